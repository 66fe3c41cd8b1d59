// Charts of a matching: months, burden, likelihood. Each is told as a table too.

/** Columns by month. Values may be null; look gives the colour of a value. */
function monthColumns({ values, most, label, look, tell, ticks, tickName }) {
  const width = 640, height = 230, left = 56, right = 8, top = 26, bottom = 34, wide = (width - left - right) / data.months;
  const y = (value) => height - bottom - (value / most) * (height - top - bottom);
  const svg = el("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${label}; the same figures are in the table below` });
  svg.append(el("text", { x: left, y: 14 }, label));
  for (const tick of ticks) svg.append(el("line", { x1: left, x2: width - right, y1: y(tick), y2: y(tick), stroke: "var(--rule)" }), el("text", { x: left - 7, y: y(tick) + 4, "text-anchor": "end", class: "soft" }, tickName(tick)));
  const step = [1, 2, 3, 6, 12].find((each) => each * wide >= 34) || 12;
  values.forEach((value, month) => {
    const at = left + month * wide;
    if (month % step === 0) svg.append(el("text", { x: at + wide / 2, y: height - 18, "text-anchor": "middle", class: "soft" }, monthName(month)));
    if (month % (2 * step) === 0) svg.append(el("text", { x: at + wide / 2, y: height - 4, "text-anchor": "middle", class: "soft small" }, cDay(data.month_starts_d[month])));
    if (value === null) return;
    svg.append(el("rect", { x: at + 1, y: y(value), width: Math.max(1, wide - 2), height: Math.max(0.5, height - bottom - y(value)), rx: 1.5, fill: look(value), on: { mousemove: (event) => showTip(event, tell(month, value)), mouseleave: hideTip } }));
  });
  return svg;
}

function peopleChart(label) {
  const most = Math.max(1, ...data.people);
  return monthColumns({ values: data.people, most, label, look: () => "var(--accent)", ticks: niceTicks(most, 4), tickName: count, tell: (month, value) => `${monthName(month)}, ${cDay(data.month_starts_d[month])}\n${plural(value, "person", "people")} in place` });
}

function drawMonths() {
  byId("shares-chart").append(monthColumns({ values: data.shares, most: 1, label: "Covered, by weight", look: (share) => `var(--${coverLook(share)[2]})`, ticks: [0, 0.25, 0.5, 0.75, 1], tickName: percent, tell: (month, share) => `${monthName(month)}, ${cDay(data.month_starts_d[month])}\n${exact(share)} covered` }));
  byId("people-chart").append(peopleChart("People in place"));
  makeTable(byId("months-table"), {
    caption: "Coverage and people in place, month by month", csv: "months", page: 24,
    columns: [
      { name: "Month", get: (row) => monthName(row.month), head: true }, { name: "From", csv: "from_c_d", get: (row) => data.month_starts_d[row.month], show: (row) => cDay(data.month_starts_d[row.month]), num: true },
      { name: "Covered", csv: "share", get: (row) => rounded(row.share), show: (row) => (row.share === null ? "nothing is needed" : exact(row.share)), num: true }, { name: "People in place", get: (row) => row.people, show: (row) => count(row.people), num: true },
    ],
    rows: data.shares.map((share, month) => ({ month, share, people: data.people[month] })),
  });
  if (data.sustained) byId("sustained").append(el("p", { class: data.sustained.is_sustained ? "note" : "note bad" }, sustainedText(data.sustained)));
}

function sustainedText(row) {
  const arithmetic = `At full strength ${count(row.people_in_place)} people in place need ${count(row.people_needed)} by the ratio of one in place for every ${data.rotation.ratio}; ${count(row.people_offered)} are offered. `;
  if (row.is_sustained) return `${arithmetic}The rotation rule takes nothing from coverage: the force can be sustained for the ${plural(data.months, "month")} planned.`;
  const names = row.ended_by.slice(0, 5).map((id) => { const found = data.cover.find((each) => each.requirement_id === id); return found ? `${found.name} (${id})` : id; });
  return `${arithmetic}What could be covered without the rule is covered with it for ${plural(row.months, "month")}; over the whole plan it takes ${exact(row.lost)} of coverage. ${names.length ? `First to fall short: ${names.join(", ")}${row.ended_by.length > 5 ? ` and ${plural(row.ended_by.length - 5, "other")}` : ""}.` : ""}`;
}

/** People-months that each nation carries, and its fair share as a mark. */
function drawBurden() {
  const rows = data.burdens, most = Math.max(1, ...rows.flatMap((row) => [row.people_months, row.fair_people_months || 0]));
  if (!rows.length) { byId("burden-chart").append(el("p", { class: "muted" }, "No nation offers anything.")); return; }
  const width = 1100, left = 130, right = 210, level = 22, top = 26, height = top + rows.length * level + 6, x = (value) => left + (value / most) * (width - left - right);
  const svg = el("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "People-months of each nation against its fair share; the same figures are in the table below" });
  for (const tick of niceTicks(most, 6)) svg.append(el("line", { x1: x(tick), x2: x(tick), y1: top - 4, y2: height - 4, stroke: "var(--rule)" }), el("text", { x: x(tick), y: 15, "text-anchor": "middle", class: "soft" }, count(tick)));
  rows.forEach((row, index) => {
    const y = top + index * level, fair = row.fair_people_months, beyond = fair === null ? null : row.people_months - fair, isOver = beyond !== null && beyond > 0.5;
    svg.append(el("text", { x: left - 8, y: y + 14, "text-anchor": "end" }, row.name.length > 17 ? row.nation : row.name));
    if (isOver) svg.append(el("rect", { x: left, y: y + 3, width: Math.max(1, x(fair) - left), height: level - 8, fill: "var(--accent)" }), el("rect", { x: x(fair), y: y + 3, width: x(row.people_months) - x(fair), height: level - 8, fill: "var(--heat-4)" }));
    else svg.append(el("rect", { x: left, y: y + 3, width: Math.max(1, x(row.people_months) - left), height: level - 8, fill: "var(--accent)" }));
    if (fair !== null) svg.append(el("rect", { x: x(fair) - 1.25, y: y + 1, width: 2.5, height: level - 4, fill: "var(--ink)" }));
    const text = `${count(row.people_months)}${beyond === null ? "" : `, ${beyond < -0.5 ? `${count(-beyond)} less` : isOver ? `${count(beyond)} more` : "its"} ${Math.abs(beyond) > 0.5 ? "than its share" : "share"}`}`;
    svg.append(el("text", { x: Math.max(x(row.people_months), x(fair || 0)) + 8, y: y + 14, class: "soft" }, text));
  });
  byId("burden-chart").append(svg);
  byId("burden-legend").append(...[["accent", "carried, up to the fair share"], ["heat-4", "carried beyond it"]].map(([colour, name]) => el("span", {}, el("span", { class: "swatch", css: { background: `var(--${colour})` } }), name)), el("span", {}, el("span", { class: "swatch line upright" }), `fair share by ${data.burden_key}`));
  makeTable(byId("burden-table"), {
    caption: `People-months in place by nation, against its fair share by ${data.burden_key}`, csv: "burden", page: 40, print: true,
    columns: [
      { name: "Nation", get: (row) => row.nation, head: true }, { name: "Name", get: (row) => row.name }, { name: "Offers", get: (row) => row.offers, num: true }, { name: "Used", get: (row) => row.offers_used, num: true }, { name: "Units that serve", get: (row) => row.units, num: true },
      { name: "People at most", get: (row) => Math.max(0, ...row.people), show: (row) => count(Math.max(0, ...row.people)), num: true }, { name: "People-months", get: (row) => row.people_months, show: (row) => count(row.people_months), num: true },
      { name: "Fair share", csv: "fair_share", get: (row) => rounded(row.fair_share), show: (row) => (row.fair_share === null ? "not known" : exact(row.fair_share)), num: true },
      { name: "Fair people-months", get: (row) => (row.fair_people_months === null ? null : Math.round(row.fair_people_months)), show: (row) => count(row.fair_people_months), num: true },
      { name: "Beyond", csv: "beyond_people_months", get: (row) => (row.fair_people_months === null ? null : Math.round(row.people_months - row.fair_people_months)), show: (row) => (row.fair_people_months === null ? "–" : el("span", { class: row.people_months > row.fair_people_months ? "late" : null }, `${row.people_months > row.fair_people_months ? "+" : "−"}${count(Math.abs(row.people_months - row.fair_people_months))}`)), num: true },
    ],
    rows,
  });
}

const LIKELY = [["standing", "as it stands", "var(--late)", "7 3"], ["rematched", "matched again", "var(--accent)", null]];

function drawLikely() {
  const { risk } = data;
  if (!risk) { byId("likely-chart").append(el("p", { class: "muted" }, "Nobody asked yet: muster forces risk works it out.")); hide("causes-table", "full-table"); return; }
  const width = 1100, height = 330, left = 56, right = 24, top = 44, bottom = 36, seen = [...risk.standing.curve, ...risk.rematched.curve, data.figures.coverage];
  const low = Math.max(0, Math.floor(Math.min(...seen) * 20) / 20 - 0.05), high = Math.min(1, Math.ceil(Math.max(...seen) * 20) / 20 + 0.05), x = (share) => left + ((share - low) / (high - low)) * (width - left - right), y = (part) => height - bottom - part * (height - top - bottom);
  const svg = el("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "Share of runs that reach at least a coverage; P50, P80 and P95 are in the key figures and the marks" });
  for (const part of [0, 0.2, 0.5, 0.8, 0.95, 1]) svg.append(el("line", { x1: left, x2: width - right, y1: y(part), y2: y(part), stroke: "var(--rule)" }), el("text", { x: left - 8, y: y(part) + 4, "text-anchor": "end", class: "soft" }, `${Math.round(part * 100)} %`));
  const step = high - low > 0.5 ? 0.1 : 0.05;
  for (let share = Math.ceil(low / step) * step; share <= high + 1e-9; share += step) svg.append(el("line", { x1: x(share), x2: x(share), y1: height - bottom, y2: height - bottom + 5, stroke: "var(--muted)" }), el("text", { x: x(share), y: height - bottom + 20, "text-anchor": "middle", class: "soft" }, percent(share)));
  const planned = x(data.figures.coverage);
  svg.append(el("line", { x1: planned, x2: planned, y1: top - 4, y2: height - bottom, stroke: "var(--ink)", "stroke-width": 1.6 }), el("text", { x: planned + (data.figures.coverage > (low + high) / 2 ? -6 : 6), y: top + 6, "text-anchor": data.figures.coverage > (low + high) / 2 ? "end" : "start" }, `matched, ${exact(data.figures.coverage)}`));
  LIKELY.forEach(([key, name, colour, dash], index) => {
    const path = risk[key].curve.map((share, place) => `${place ? "L" : "M"}${x(share).toFixed(1)},${y(1 - place / 100).toFixed(1)}`).join("");
    svg.append(el("path", { d: path, fill: "none", stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dash }));
    risk.levels.forEach((level, place) => {
      const reached = risk[key].reached[place];
      svg.append(el("circle", { cx: x(reached), cy: y(level), r: 5, fill: colour, on: { mousemove: (event) => showTip(event, `${name}, P${Math.round(level * 100)}\n${exact(reached)} covered or more in ${Math.round(level * 100)} of 100 runs`), mouseleave: hideTip } }));
    });
    svg.append(el("line", { x1: left + index * 330, x2: left + index * 330 + 30, y1: 16, y2: 16, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dash }), el("text", { x: left + index * 330 + 37, y: 20 }, `${name}: ${risk.levels.map((level, place) => `P${Math.round(level * 100)} ${exact(risk[key].reached[place])}`).join(", ")}`));
  });
  byId("likely-chart").append(svg, el("p", { class: "muted" }, `${plural(risk.runs, "run")}, seed ${risk.seed}. Up: the share of runs that reach at least the coverage below.`));
  const most = Math.max(1e-9, ...risk.causes.map(([, share]) => share));
  orNote("causes-table", risk.causes, "Nothing is in doubt.", {
    caption: "What takes most: mean loss of coverage when this gate or offer alone is in doubt", csv: "causes", page: 12, print: true,
    columns: [{ name: "Gate or offer", get: (row) => row[0], head: true }, { name: "Points lost", csv: "share", get: (row) => rounded(row[1]), show: (row) => figureBar(row[1], most, two100(row[1])), num: true }],
  });
  orNote("full-table", risk.full, "Nothing is required.", {
    caption: "Chance that a requirement is wholly covered when matched again, least likely first", csv: "full_likelihood", page: 12, print: true,
    columns: [{ name: "Requirement", get: (row) => row[0], head: true }, { name: "Name", get: (row) => (data.cover.find((each) => each.requirement_id === row[0]) || { name: "" }).name }, { name: "Chance", get: (row) => rounded(row[1]), show: (row) => percent(row[1]), num: true }],
  });
}
