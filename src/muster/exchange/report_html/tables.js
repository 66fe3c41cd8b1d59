// Tables that sort, search, page and leave as CSV.

/** Draw a table into a place. Columns: name, get(row), and as wanted: show(row) -> node or text, num, head. */
function makeTable(place, { caption, columns, rows, csv = null, search = false, page = 100, sort = null, print = false }) {
  const state = { key: sort ? sort.column : -1, down: sort ? sort.down : false, words: "", shown: page };
  const body = el("tbody"), status = el("span", { class: "muted", "aria-live": "polite" });
  const more = el("button", { type: "button", on: { click: () => { state.shown = Infinity; draw(); } } }, "Show all");
  const heads = columns.map((column, index) => {
    const button = el("button", { type: "button", on: { click: () => { state.down = state.key === index ? !state.down : Boolean(column.num); state.key = index; draw(); } } }, column.name);
    return el("th", { scope: "col", class: column.num ? "num" : null }, button);
  });
  const table = el("table", {}, el("caption", {}, caption), el("thead", {}, el("tr", {}, ...heads)), body);
  const tools = el("div", { class: "table-tools" });
  if (search) {
    const input = el("input", { type: "search", "aria-label": `Find in: ${caption}`, placeholder: "Find", on: { input: () => { state.words = input.value.toLowerCase(); draw(); } } });
    tools.append(input);
  }
  if (csv) tools.append(el("button", { type: "button", class: "csv", on: { click: () => saveCsv(csv, columns, chosen()) } }, "Save as CSV"));
  tools.append(status, more);
  place.replaceChildren(tools, el("div", { class: "table-wrap" }, table));

  const texts = search ? rows.map((row) => columns.map((column) => String(column.get(row) ?? "")).join(" ").toLowerCase()) : [];
  function chosen() {
    const found = rows.filter((_, index) => !state.words || texts[index].includes(state.words));
    if (state.key < 0) return found;
    const get = columns[state.key].get, sign = state.down ? -1 : 1;
    return [...found].sort((a, b) => sign * compare(get(a), get(b)));
  }
  function draw() {
    const found = chosen(), shown = found.slice(0, state.shown);
    body.replaceChildren(...shown.map((row) => el("tr", {}, ...columns.map((column) => {
      const content = column.show ? column.show(row) : column.get(row);
      const text = content === null || content === undefined || content === "" ? "–" : content;
      return column.head ? el("th", { scope: "row" }, text) : el("td", { class: column.num ? "num" : null }, text);
    }))));
    heads.forEach((head, index) => {
      if (index === state.key) head.setAttribute("aria-sort", state.down ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    status.textContent = shown.length < found.length ? `first ${count(shown.length)} of ${count(found.length)}` : plural(found.length, "row");
    more.hidden = shown.length >= found.length;
  }
  if (print) addEventListener("beforeprint", () => { if (state.shown < rows.length) { state.shown = rows.length; draw(); } });
  draw();
}

function compare(a, b) {
  if (a === null || a === undefined) return b === null || b === undefined ? 0 : 1;
  if (b === null || b === undefined) return -1;
  return typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b), "en", { numeric: true });
}

/** Save rows as CSV; a text that a spreadsheet would take for a formula is kept a text. */
function saveCsv(name, columns, rows) {
  const cell = (value) => {
    let text = value === null || value === undefined ? "" : String(value);
    if (typeof value !== "number" && /^[=+\-@\t\r]/.test(text)) text = `'${text}`;
    return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  };
  const lines = [columns.map((column) => cell(column.csv || column.name)), ...rows.map((row) => columns.map((column) => cell(column.get(row))))];
  const url = URL.createObjectURL(new Blob([`${lines.map((line) => line.join(",")).join("\r\n")}\r\n`], { type: "text/csv;charset=utf-8" }));
  const link = el("a", { href: url, download: `${name}.csv` });
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(url), 1000);
}

const CAUSES = { predecessor: "lines that close before it", lock: "planner's lock", join: "rest of its line", integration: "integration", permit: "permit", caveat: "caveat", resource: "full place", staging: "full staging area",
  priority: "more urgent lines", fleet: "busy fleet", voyage: "loads that share its voyage", together: "unit kept together", choice: "plan's own timing" };

function drawTables() {
  const day = (minute) => (minute === null ? null : Math.round((minute / DAY_MIN) * 100) / 100);
  makeTable(byId("bottlenecks-table"), {
    caption: "By part in the bound, then by waiting caused, then by days near full. Waiting is summed over loads; the part in the bound says how much of the proven closure each holds up; alike fleets that bind together show the same part.",
    columns: [
      { name: "Rank", get: (row) => row.rank, num: true },
      { name: "Place or fleet", get: (row) => row.name, head: true },
      { name: "What", get: (row) => row.kind_name },
      { name: "Days above 90 %", csv: "days_above_90_percent_share", get: (row) => row.busy_share, show: (row) => percent(row.busy_share), num: true },
      { name: "Mean load", csv: "mean_share", get: (row) => row.mean_share, show: (row) => percent(row.mean_share), num: true },
      { name: "Waiting caused, load-days", csv: "waiting_load_d", get: (row) => row.waiting_load_d, show: (row) => waitingBar(row), num: true },
      { name: "Waits", get: (row) => row.waiting_loads, show: (row) => count(row.waiting_loads), num: true },
      ...(data.resources.some((row) => row.price !== null) ? [{ name: "Part in the bound", csv: "bound_share", get: (row) => row.price, show: (row) => percent(row.price), num: true }] : []),
    ],
    rows: data.resources.filter((row) => row.used.some((value) => value > 0)), csv: "bottlenecks", search: true, page: 20,
  });
  makeTable(byId("nations-table"), {
    caption: "By nation: what moves, when its last line closes, and how late", csv: "nations", page: 60, print: true,
    columns: [
      { name: "Nation", get: (row) => row.nation, head: true },
      { name: "Lines", get: (row) => row.lines, num: true }, { name: "Late", get: (row) => row.late, num: true }, { name: "Unmoved", get: (row) => row.unmoved, num: true },
      ...MEASURES.map(([key, name]) => ({ name, get: (row) => Math.round(row[key]), show: (row) => count(row[key]), num: true })),
      { name: "Closes", csv: "closes_c_d", get: (row) => day(row.closure_min), show: (row) => (row.closure_min === null ? "–" : offset(row.closure_min)), num: true },
      { name: "Mean lateness", csv: "mean_late_d", get: (row) => day(row.lateness_min / row.lines), show: (row) => (row.lateness_min ? duration(row.lateness_min / row.lines) : "–"), num: true },
      { name: "Worst lateness", csv: "worst_late_d", get: (row) => day(row.worst_min), show: (row) => (row.worst_min ? el("span", { class: "late" }, duration(row.worst_min)) : "–"), num: true },
    ],
    rows: nationRows(),
  });
  makeTable(byId("lines-table"), {
    caption: "Every line: when it closes against its required date, and what it waited for on the way: the load that joins last, then the load that arrives last. For a late line, the fewest causes that make up its lateness.",
    columns: [
      { name: "ULN", get: (row) => row.uln, head: true },
      { name: "Name", get: (row) => row.name },
      { name: "Nation", get: (row) => data.nations[row.nation] },
      { name: "Priority", get: (row) => row.priority, num: true },
      { name: "From", get: (row) => siteName(row.origin) },
      { name: "To", get: (row) => siteName(row.destination) },
      { name: "People", get: (row) => row.people, show: (row) => count(row.people), num: true },
      { name: "Vehicles", get: (row) => row.vehicles, show: (row) => count(row.vehicles), num: true },
      { name: "Tonnes", get: (row) => row.mass_t, show: (row) => count(row.mass_t), num: true },
      { name: "Ready", csv: "ready_c_d", get: (row) => day(row.ready_min), show: (row) => offset(row.ready_min), num: true },
      { name: "Required", csv: "required_c_d", get: (row) => day(row.required_min), show: (row) => offset(row.required_min), num: true },
      { name: "Closes", csv: "closes_c_d", get: (row) => day(row.closure_min), show: (row) => (row.closure_min === null ? "–" : offset(row.closure_min)), num: true },
      { name: "Late", csv: "late_d", get: (row) => day(row.lateness_min), show: (row) => (row.lateness_min ? el("span", { class: "late" }, duration(row.lateness_min)) : "–"), num: true },
      ...(data.lines.some((row) => row.after.length) ? [{ name: "After", get: (row) => row.after.join(", ") }] : []),
      { name: "Status", get: (row) => row.status, show: (row) => el("span", { class: row.status === "on time" ? "good" : "late" }, row.status) },
      { name: "Waited for", get: (row) => (row.lateness_min ? lateText(row) : waitText(row)) },
    ],
    rows: data.lines, csv: "lines", search: true, page: 50, print: true,
  });
  orNote("unmoved-table", data.unmoved, "Every line moves.", {
    caption: "Lines that this plan leaves where they are, and why", csv: "unmoved", page: 100, print: true,
    columns: [
      { name: "ULN", get: (row) => row.uln, head: true }, { name: "Name", get: (row) => row.name }, { name: "Nation", get: (row) => row.nation },
      { name: "Priority", get: (row) => row.priority, num: true }, { name: "People", get: (row) => row.people, num: true },
      { name: "Vehicles", get: (row) => row.vehicles, num: true }, { name: "Reason", get: (row) => row.reason },
    ],
  });
  byId("overrides").hidden = !data.overrides.length;
  orNote("overrides-table", data.overrides, "", {
    caption: "How much worse the plan is with each than without it, as two plans of equal effort show it; a dash is not priced", csv: "overrides",
    columns: [
      { name: "Override", get: (row) => row.override_id, head: true }, { name: "Kind", get: (row) => row.kind }, { name: "Whom", get: (row) => row.whom },
      { name: "What", get: (row) => (row.start_min === null ? row.what : `${row.what} ${offset(row.start_min)}`.trim()) }, { name: "Reason", get: (row) => row.reason },
      { name: "Weighted days late", get: (row) => row.weighted_lateness_d, show: (row) => tenth(row.weighted_lateness_d), num: true },
      { name: "Days of closure", get: (row) => row.closure_d, show: (row) => tenth(row.closure_d), num: true },
      { name: "Weight unmoved", get: (row) => row.unmet_weight, show: (row) => count(row.unmet_weight), num: true },
    ],
  });
  orNote("assumptions-table", data.assumptions, "No assumed value was needed.", {
    caption: "Values that no good source gives, adopted for this plan", csv: "assumptions", search: true, page: 50,
    columns: [
      { name: "Subject", get: (row) => row.subject, head: true }, { name: "Value", get: (row) => row.value, num: true }, { name: "Unit", get: (row) => row.unit },
      { name: "Low", get: (row) => row.low, num: true }, { name: "High", get: (row) => row.high, num: true }, { name: "Why", get: (row) => row.why },
    ],
  });
  orNote("disputed-table", data.disputed_facts, "Sources agree on every figure used.", {
    caption: "Figures on which sources differ, and what this plan used", csv: "disputed_facts", search: true, page: 50,
    columns: [
      { name: "Subject", get: (row) => row.subject, head: true }, { name: "Used", get: (row) => row.used, num: true }, { name: "Unit", get: (row) => row.unit },
      { name: "Others say", get: (row) => row.others }, { name: "Sources", get: (row) => row.sources },
    ],
  });
}

/** Lines of each nation together. */
function nationRows() {
  const rows = data.nations.map((nation) => ({ nation, lines: 0, late: 0, unmoved: 0, people: 0, vehicles: 0, mass_t: 0, closure_min: null, lateness_min: 0, worst_min: 0 }));
  for (const line of data.lines) {
    const row = rows[line.nation];
    row.lines += 1;
    row.late += line.status === "late" ? 1 : 0;
    row.unmoved += line.status === "unmoved" ? 1 : 0;
    for (const [key] of MEASURES) row[key] += line[key];
    if (line.closure_min !== null) row.closure_min = Math.max(row.closure_min || 0, line.closure_min);
    row.lateness_min += line.lateness_min;
    row.worst_min = Math.max(row.worst_min, line.lateness_min);
  }
  return rows;
}

function orNote(place, rows, note, settings) {
  if (rows.length) makeTable(byId(place), { ...settings, rows });
  else byId(place).replaceChildren(el("p", { class: "muted" }, note));
}

function waitingBar(row) {
  const most = Math.max(...data.resources.map((other) => other.waiting_load_d), 1e-9);
  return el("span", {}, el("span", { class: "bar", css: { width: `${Math.round((row.waiting_load_d / most) * 90)}px` } }), tenth(row.waiting_load_d));
}

/** A cause, with the place, fleet, permit, caveat or override where it has one. */
function causeText(cause, what) {
  return what ? `${CAUSES[cause]} (${cause === "fleet" ? what : resourceName(what)})` : CAUSES[cause];
}

/** The fewest causes that make up a lateness, the longest first. */
function lateText(row) {
  const parts = row.late_because.map(([cause, what, minutes]) => `${causeText(cause, what)} ${duration(minutes)}`);
  if (row.late_anyway_min) parts.push(`ready date and way alone ${duration(row.late_anyway_min)}`);
  return parts.join("; ");
}

/** What a line waited for, the longest first. */
function waitText(row) {
  if (row.closure_min === null) return row.reason;
  const parts = Object.entries(row.waits_min).filter(([, minutes]) => minutes >= 60).sort((a, b) => b[1] - a[1]);
  const text = parts.slice(0, 3).map(([cause, minutes]) => `${CAUSES[cause]} ${duration(minutes)}`).join(", ");
  return row.held_by && text ? `${text} (${resourceName(row.held_by)})` : text;
}
