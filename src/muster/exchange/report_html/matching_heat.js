// Cover by requirement and month, or by what requirements have in common: blue is covered, orange and red are short.

const COVER = [[0.0005, "none", "heat-5"], [0.5, "under half", "heat-4"], [0.75, "half or more", "heat-1"], [0.9995, "three quarters or more", "heat-2"], [Infinity, "all", "heat-3"]];
const coverLook = (share) => COVER.find(([top]) => share < top);

const monthStep = (column) => [1, 2, 3, 6, 12].find((each) => each * column >= 44) || 12;

/** Lines where months begin, below everything else. */
function paintMonthLines(context, { left, width, height, headHeight }) {
  const column = (width - left) / data.months;
  context.fillStyle = colours.rule;
  for (let month = 0; month < data.months; month += monthStep(column)) context.fillRect(left + month * column, headHeight - 6, 1, height);
}

/** Month names and their first days along the top. */
function paintMonths(context, { left, width }) {
  const column = (width - left) / data.months, step = monthStep(column);
  context.textBaseline = "middle";
  context.textAlign = "center";
  for (let month = 0; month < data.months; month += step) {
    const at = left + month * column;
    context.fillStyle = colours.ink;
    context.font = font(11, 600);
    context.fillText(monthName(month), at + (step * column) / 2, 9);
    context.fillStyle = colours.muted;
    context.font = font(10);
    context.fillText(cDay(data.month_starts_d[month]), at + (step * column) / 2, 23);
  }
  context.textAlign = "left";
}

function drawCoverHeat() {
  const place = byId("heat-scroll"), left = Math.min(390, Math.max(190, place.clientWidth * 0.3)), rowHeight = 22, headHeight = 34;
  const chosen = { rows: "requirement", component: "", order: "component", words: "", month: 0 };
  const single = data.cover.map((row) => ({
    name: row.name, note: `${row.requirement_id} · ${row.place}`, share: row.share, component: row.component, criticality: row.criticality, place: row.place,
    words: `${row.requirement_id} ${row.name} ${row.place} ${row.capability} ${row.nations.join(" ")}`.toLowerCase(), row,
    months: row.needed.map((needed, month) => (needed ? Math.min(1, row.in_place[month] / needed) : null)),
  }));
  let rows = [];
  const strips = makeStrips(place, { rowHeight, headHeight, rowCount: () => rows.length, paintRows, printRows: 30 });

  function choose() {
    const grouped = chosen.rows !== "requirement";
    rows = grouped
      ? data.groups.filter((group) => group.grouping === chosen.rows).map((group) => ({ name: chosen.rows === "criticality" ? `Criticality ${group.name}` : group.name, note: plural(group.requirements, "requirement"), share: group.share, months: group.months, words: group.name.toLowerCase() }))
      : single.filter((row) => !chosen.component || row.component === chosen.component);
    rows = rows.filter((row) => !chosen.words || row.words.includes(chosen.words));
    const orders = { component: (a, b) => compare(a.component, b.component) || compare(a.criticality, b.criticality) || compare(a.share, b.share), place: (a, b) => compare(a.place, b.place) || compare(a.criticality, b.criticality), worst: (a, b) => compare(a.share, b.share) || compare(a.criticality, b.criticality) };
    if (!grouped) rows.sort(orders[chosen.order]);
    byId("heat-count").textContent = plural(rows.length, "row");
    byId("heat-component").disabled = byId("heat-order").disabled = grouped;
    strips.refresh();
  }

  function paintRows(context, frame) {
    const column = (frame.width - left) / data.months;
    for (let index = frame.first; index < frame.last; index += 1) {
      const row = rows[index], y = frame.yOf(index), isFocused = index === strips.focus && document.activeElement === place;
      row.months.forEach((share, month) => paintCell(context, row, month, share, left + month * column, y, column));
      context.textBaseline = "middle";
      context.font = font(12);
      context.fillStyle = colours.ink;
      const mark = row.criticality === undefined ? 8 : 28;
      const name = fitText(context, row.name, left - mark - 60 - Math.min(130, left * 0.3));
      context.fillText(name, mark, y + rowHeight / 2);
      const after = mark + context.measureText(name).width + 7;
      context.fillStyle = colours.muted;
      context.font = font(11);
      context.fillText(fitText(context, row.note, left - after - 56), after, y + rowHeight / 2);
      if (row.criticality !== undefined) context.fillText(String(row.criticality), 10, y + rowHeight / 2);
      context.textAlign = "right";
      context.fillStyle = row.share !== null && row.share < 0.9995 ? colours.late : colours.muted;
      context.fillText(row.share === null ? "–" : percent(row.share), left - 8, y + rowHeight / 2);
      context.textAlign = "left";
      if (isFocused) { context.strokeStyle = colours.focus; context.lineWidth = 2.5; context.strokeRect(left + chosen.month * column, y, Math.max(4, column - 1), rowHeight - 2); }
    }
    context.fillStyle = colours.surface;
    context.fillRect(0, 0, frame.width, headHeight);
    paintMonths(context, { left, width: frame.width });
  }

  function paintCell(context, row, month, share, at, y, column) {
    if (share === null) { context.fillStyle = colours.rule; context.fillRect(at + column / 2 - 1.5, y + rowHeight / 2 - 1, 3, 1); return; }
    context.fillStyle = colours[coverLook(share)[2]];
    context.fillRect(at, y, Math.max(1, column - 1), rowHeight - 2);
    const text = row.row ? `${row.row.in_place[month]}/${row.row.needed[month]}` : whole.format(share * 100);
    if (share >= 0.9995 || column < 26) return;
    context.font = font(10.5, 600);
    if (context.measureText(text).width > column - 3) return;
    context.fillStyle = inkOn(coverLook(share)[2]);
    context.textBaseline = "middle";
    context.textAlign = "center";
    context.fillText(text, at + column / 2 - 0.5, y + rowHeight / 2 - 0.5);
    context.textAlign = "left";
  }

  function cellWords(row, month) {
    const share = row.months[month], when = `${monthName(month)}, ${cDay(data.month_starts_d[month])} to ${cDay(data.month_starts_d[month + 1])}`;
    if (share === null) return `${row.name} (${row.note})\n${when}\nnot needed`;
    if (!row.row) return `${row.name} (${row.note})\n${when}\n${exact(share)} covered, by weight`;
    const serving = nationsAt(row.row.requirement_id, month);
    return `${row.name} (${row.note})\n${when}\n${plural(row.row.in_place[month], row.row.element, pluralOf(row.row.element))} of ${count(row.row.needed[month])}, ${percent(share)}${serving.length ? `: ${serving.join(", ")}` : ""}`;
  }
  function go(index, month) {
    strips.focus = Math.max(0, Math.min(rows.length - 1, index));
    chosen.month = Math.max(0, Math.min(data.months - 1, month));
    strips.show(strips.focus);
    strips.soon();
    if (rows.length) byId("heat-live").textContent = cellWords(rows[strips.focus], chosen.month).replaceAll("\n", "; ");
  }
  const monthAt = (event) => Math.floor(((event.offsetX - left) / (place.clientWidth - left)) * data.months);
  strips.canvas.addEventListener("pointermove", (event) => {
    const index = strips.rowAt(event);
    if (index < 0) { hideTip(); return; }
    const row = rows[index];
    showTip(event, event.offsetX >= left ? cellWords(row, Math.min(data.months - 1, monthAt(event))) : `${row.name} (${row.note})\n${exact(row.share)} covered${row.row && row.row.nations.length ? `, by ${row.row.nations.join(", ")}` : ""}`);
  });
  strips.canvas.addEventListener("click", (event) => { const index = strips.rowAt(event); if (index >= 0 && event.offsetX >= left) go(index, monthAt(event)); });
  place.addEventListener("keydown", (event) => {
    const keys = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [12, 0], PageUp: [-12, 0], Home: [0, -data.months], End: [0, data.months] };
    if (keys[event.key]) { event.preventDefault(); go(strips.focus + keys[event.key][0], chosen.month + keys[event.key][1]); }
  });
  byId("heat-component").append(el("option", { value: "" }, "all"), ...[...new Set(data.cover.map((row) => row.component))].sort().map((name) => el("option", { value: name }, name)));
  for (const key of ["rows", "component", "order"]) byId(`heat-${key}`).addEventListener("change", (event) => { chosen[key] = event.target.value; place.scrollTop = 0; choose(); });
  byId("heat-find").addEventListener("input", (event) => { chosen.words = event.target.value.trim().toLowerCase(); place.scrollTop = 0; choose(); });
  byId("heat-legend").append(...COVER.map(([, name, colour]) => el("span", {}, el("span", { class: "swatch", css: { background: `var(--${colour})` } }), name)), el("span", {}, "– not needed"));
  choose();
  coverTables();
}

const pluralOf = (element) => (element === "company" ? "companies" : element === "headquarters" ? "headquarters" : `${element}s`);
const inkOn = (look) => (darkScheme() ? (look === "heat-1" || look === "heat-2" ? "#ffffff" : "#0b141c") : look === "heat-5" ? "#ffffff" : "#14202b");

/** Nations in a requirement in a month, by what they bring. */
function nationsAt(requirement, month) {
  const brought = new Map(), { tours } = data, start = data.month_starts_d[month], end = data.month_starts_d[month + 1];
  for (const tour of toursOf("requirement_id", requirement)) {
    if (tours.start_d[tour] < end && start < tours.end_d[tour]) brought.set(tours.nation[tour], (brought.get(tours.nation[tour]) || 0) + tours.elements[tour]);
  }
  return [...brought].sort((a, b) => b[1] - a[1]).map(([nation, elements]) => `${nation} ${elements}`);
}

function coverTables() {
  const months = data.cover.length ? data.cover[0].needed.map((_, month) => month) : [];
  orNote("heat-table", data.cover, "Nothing is required.", {
    caption: "Elements in place and needed, by requirement and month", csv: "coverage", search: true, page: 25,
    columns: [
      { name: "Requirement", get: (row) => row.requirement_id, head: true }, { name: "Name", get: (row) => row.name }, { name: "Component", get: (row) => row.component }, { name: "Place", get: (row) => row.place }, { name: "Criticality", get: (row) => row.criticality, num: true },
      { name: "Covered", csv: "share", get: (row) => rounded(row.share), show: (row) => exact(row.share), num: true }, { name: "Nations", get: (row) => row.nations.join(" ") },
      ...months.map((month) => ({ name: monthName(month), get: (row) => (row.needed[month] ? `${row.in_place[month]}/${row.needed[month]}` : ""), num: true })),
    ],
  });
  makeTable(byId("groups-table"), {
    caption: "Coverage by component, criticality and place, each requirement by its weight", csv: "coverage_groups", page: 12, print: true,
    columns: [
      { name: "By", get: (row) => row.grouping }, { name: "Name", get: (row) => row.name, head: true }, { name: "Requirements", get: (row) => row.requirements, num: true },
      { name: "Covered", csv: "share", get: (row) => rounded(row.share), show: (row) => (row.share === null ? "–" : figureBar(row.share, 1, exact(row.share))), num: true },
      { name: "Worst month", csv: "worst_month", get: (row) => worstMonth(row), show: (row) => (worstMonth(row) === null ? "–" : `${monthName(worstMonth(row))}, ${exact(row.months[worstMonth(row)])}`), num: true },
    ],
    rows: data.groups,
  });
}

function worstMonth(row) {
  let worst = null;
  row.months.forEach((share, month) => { if (share !== null && (worst === null || share < row.months[worst])) worst = month; });
  return worst;
}
