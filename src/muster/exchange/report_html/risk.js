// The risk of the closure date: curves, the tornado of hazards, and tables.

const POLICY_LOOKS = { "right-shift": ["var(--accent)", null], dispatch: ["var(--late)", "7 3"] };
const day = (value) => (value === null ? "never" : `day ${one.format(value)}`);
const between = (estimate) => `(${estimate.low === null ? "unknown" : one.format(estimate.low)} to ${estimate.high === null ? "never" : one.format(estimate.high)})`;
const signed = (value) => (value === null ? "never" : `${value <= -0.05 ? "−" : "+"}${one.format(Math.abs(value))}`);
const span = (estimate) => `${estimate.low === null ? "unknown" : signed(estimate.low)} to ${estimate.high === null ? "unknown" : signed(estimate.high)}`;
const hundredths = (value) => (value === null ? null : Math.round(value * 100) / 100);
const first = data.policies[0];

drawRiskSummary();
byId("risk-curve").append(riskCurves());
drawCurveTable();
drawTornado();
drawBuffers();
drawRiskLines();
drawFigures();
watchSections();
document.documentElement.dataset.drawn = "yes";

function drawRiskSummary() {
  byId("marks").textContent = `${plural(first.runs, "run")} under each policy · seed ${data.seed}`;
  byId("origin").textContent = `Made by Muster ${data.version}, seed ${data.seed}, scenario ${data.scenario_hash.slice(0, 16)}. Equal seeds give equal figures on any number of workers.`;
  const promised = first.p80_d.value;
  let text = `The plan closes on ${day(data.planned_d)}. `;
  text += promised === null
    ? "Promised with 80 % certainty, it does not close before the end of the horizon. "
    : `A date that is kept in 80 of 100 runs with the plan's order is ${day(promised)}, ${one.format(Math.max(0, promised - data.planned_d))} days later. `;
  const other = data.policies[1];
  if (other && other.p80_d.value !== null) text += `With assets chosen as loads are there it is ${day(other.p80_d.value)}. `;
  const worst = data.effects.find((row) => row.among_all && row.among_all.p80_d.value > 0);
  if (worst) text += `What adds most is ${worst.hazard} (${worst.meaning}): ${one.format(worst.among_all.p80_d.value)} days. `;
  const weak = data.figures.filter((row) => row.grade === "assumed" || row.grade === "K").length;
  text += `${count(weak)} of the ${plural(data.figures.length, "figure")} it is drawn from are assumed.`;
  byId("brief").textContent = text;
  byId("tiles").append(tile("main", "Plan closes", day(data.planned_d), data.bound_d === null ? "" : `no plan before ${day(data.bound_d)}`));
  for (const policy of data.policies) {
    for (const [name, key] of [["P50", "p50_d"], ["P80", "p80_d"], ["P95", "p95_d"]]) {
      byId("tiles").append(tile("", `${policy.policy}, ${name}`, day(policy[key].value), between(policy[key])));
    }
    byId("tiles").append(tile(policy.in_time.value < 0.5 ? "bad" : "good", `${policy.policy}, in time`, percent(policy.in_time.value),
      policy.unclosed ? `${percent(policy.unclosed)} never close` : "of runs close no later than planned"));
  }
}

/** Share of runs that have closed by each day. */
function riskCurves() {
  const width = 1100, height = 380, left = 52, right = 20, top = 64, bottom = 36;
  const seen = data.policies.flatMap((policy) => policy.curve_d).filter((value) => value !== null);
  const from = Math.floor(Math.min(data.bound_d ?? data.planned_d, data.planned_d, ...seen)) - 1, until = Math.max(from + 2, Math.ceil(Math.max(data.planned_d, ...seen)) + 1);
  const x = (value) => left + ((value - from) / (until - from)) * (width - left - right);
  const y = (share) => height - bottom - share * (height - top - bottom);
  const svg = el("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "Share of runs in which the force has closed, by day; the same figures are in the table below" });
  for (const share of [0, 0.2, 0.5, 0.8, 0.95, 1]) {
    svg.append(el("line", { x1: left, x2: width - right, y1: y(share), y2: y(share), stroke: "var(--rule)" }), el("text", { x: left - 8, y: y(share) + 4, "text-anchor": "end", class: "soft" }, `${Math.round(share * 100)} %`));
  }
  const step = [1, 2, 5, 10, 20, 30, 60].find((unit) => (until - from) / unit <= 22) || 90;
  for (let at = Math.ceil(from / step) * step; at <= until; at += step) {
    svg.append(el("line", { x1: x(at), x2: x(at), y1: height - bottom, y2: height - bottom + 5, stroke: "var(--muted)" }), el("text", { x: x(at), y: height - bottom + 20, "text-anchor": "middle", class: "soft" }, `C+${at}`));
  }
  for (const [value, name, colour, dash, level] of [[data.bound_d, "bound", "var(--good)", "2 3", 40], [data.planned_d, "plan", "var(--ink)", null, 56]]) {
    if (value === null) continue;
    svg.append(el("line", { x1: x(value), x2: x(value), y1: level + 4, y2: height - bottom, stroke: colour, "stroke-width": 1.8, "stroke-dasharray": dash }), el("text", { x: x(value) + 4, y: level }, `${name}, ${day(value)}`));
  }
  data.policies.forEach((policy, index) => {
    const [colour, dash] = POLICY_LOOKS[policy.policy];
    const known = policy.curve_d.filter((value) => value !== null);
    const path = known.map((value, place) => `${place ? "L" : "M"}${x(value).toFixed(1)},${y((place + 0.5) / 100).toFixed(1)}`).join("");
    svg.append(el("path", { d: path, fill: "none", stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dash }));
    for (const [key, share] of [["p50_d", 0.5], ["p80_d", 0.8], ["p95_d", 0.95]]) {
      const estimate = policy[key];
      if (estimate.value === null) continue;
      const low = estimate.low ?? estimate.value, high = estimate.high ?? until;
      svg.append(el("line", { x1: x(low), x2: x(high), y1: y(share), y2: y(share), stroke: colour, "stroke-width": 5, opacity: 0.45 }),
        el("circle", { cx: x(estimate.value), cy: y(share), r: 4.5, fill: colour, on: { mousemove: (event) => showTip(event, `${policy.policy}, P${Math.round(share * 100)}\n${day(estimate.value)} ${between(estimate)}`), mouseleave: hideTip } }));
    }
    const at = left + index * 190;
    svg.append(el("line", { x1: at, x2: at + 30, y1: 14, y2: 14, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dash }), el("text", { x: at + 37, y: 18 }, policy.policy));
  });
  return svg;
}

function drawCurveTable() {
  const rows = first.curve_d.map((_, place) => ({ place })).filter((row) => row.place % 5 === 4);
  makeTable(byId("curve-table"), {
    caption: "Day after C-day by which this share of runs has closed", csv: "risk_curve", page: 25,
    columns: [{ name: "Share of runs", get: (row) => row.place + 0.5, show: (row) => `${row.place + 0.5} %`, head: true, num: true },
      ...data.policies.map((policy) => ({ name: policy.policy, get: (row) => hundredths(policy.curve_d[row.place]), show: (row) => day(policy.curve_d[row.place]), num: true }))],
    rows,
  });
}

function drawTornado() {
  const rows = data.effects.filter((row) => row.among_all || row.alone);
  const values = rows.flatMap((row) => [row.among_all, row.alone]).filter(Boolean).flatMap((row) => [row.p80_d.value, row.p80_d.high]).filter((value) => value !== null);
  const most = Math.max(0.5, ...values) * 1.05, least = Math.min(0, ...rows.flatMap((row) => [row.among_all]).filter(Boolean).map((row) => row.p80_d.low ?? 0));
  const width = 1100, level = 34, left = 150, right = 90, top = 42, height = top + rows.length * level + 34;
  const x = (value) => left + ((value - least) / (most - least)) * (width - left - right);
  const svg = el("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "Days that each hazard adds to P80 of the closure, among all hazards and alone; the same figures are in the table below" });
  for (const tick of niceTicks(most, 8)) {
    svg.append(el("line", { x1: x(tick), x2: x(tick), y1: top - 6, y2: height - 28, stroke: "var(--rule)" }), el("text", { x: x(tick), y: height - 12, "text-anchor": "middle", class: "soft" }, `${tick} d`));
  }
  [["adds to all others", "var(--accent)", 1], ["alone", "var(--muted)", 0.55]].forEach(([name, colour, opacity], index) => {
    svg.append(el("rect", { x: left + index * 190, y: 8, width: 26, height: 11, rx: 2, fill: colour, opacity }), el("text", { x: left + 33 + index * 190, y: 18 }, name));
  });
  rows.forEach((row, index) => {
    const at = top + index * level;
    svg.append(el("text", { x: left - 10, y: at + 17, "text-anchor": "end" }, row.hazard));
    bar(row.alone, at + 15, 9, "var(--muted)", 0.55, false);
    bar(row.among_all, at, 13, "var(--accent)", 1, true);
    function bar(comparison, y, thick, colour, opacity, told) {
      if (!comparison) return;
      const value = comparison.p80_d.value ?? most, ends = [x(Math.min(0, value)), x(Math.max(0, value))];
      svg.append(el("rect", { x: ends[0], y, width: Math.max(1.5, ends[1] - ends[0]), height: thick, rx: 2, fill: colour, opacity,
        on: { mousemove: (event) => showTip(event, `${row.hazard}: ${row.meaning}\n${told ? "adds" : "alone"} ${signed(comparison.p80_d.value)} d (${span(comparison.p80_d)})`), mouseleave: hideTip } }));
      if (!told) return;
      const low = comparison.p80_d.low ?? value, high = comparison.p80_d.high ?? value;
      svg.append(el("line", { x1: x(low), x2: x(Math.min(high, most)), y1: y + thick / 2, y2: y + thick / 2, stroke: "var(--ink)", "stroke-width": 1.6 }),
        el("text", { x: Math.max(x(Math.min(high, most)), ends[1]) + 7, y: y + 11 }, `${signed(comparison.p80_d.value)} d`));
    }
  });
  byId("tornado").append(svg);
  const figure = (name, get) => [
    { name: `${name}, days at P80`, get: (row) => (get(row) ? hundredths(get(row).p80_d.value) : null), show: (row) => (get(row) ? signed(get(row).p80_d.value) : "–"), num: true },
    { name: "Interval", csv: `${name} interval`, get: (row) => (get(row) ? span(get(row).p80_d) : ""), num: true },
    { name: `${name}, weighted days late`, get: (row) => (get(row) ? hundredths(get(row).weighted_lateness_d.value) : null), show: (row) => (get(row) ? signed(get(row).weighted_lateness_d.value) : "–"), num: true },
  ];
  makeTable(byId("tornado-table"), {
    caption: `Under ${first.policy}, ${plural(rows.length && rows[0].among_all ? rows[0].among_all.runs : 0, "run")} each, all under the same chance`, csv: "risk_hazards", print: true,
    columns: [{ name: "Hazard", get: (row) => row.hazard, head: true }, { name: "What happens", get: (row) => row.meaning },
      ...figure("Adds", (row) => row.among_all), ...figure("Alone", (row) => row.alone)],
    rows,
  });
}

function drawBuffers() {
  makeTable(byId("promise-table"), {
    caption: "A promise with a buffer: how many days after the plan's own date it must be, to be kept so often", csv: "risk_promise",
    columns: [{ name: "Kept in", get: (row) => row.kept, head: true },
      ...data.policies.flatMap((policy, index) => [
        { name: `${policy.policy}: day`, get: (row) => hundredths(row.days[index]), show: (row) => day(row.days[index]), num: true },
        { name: `${policy.policy}: days after the plan`, get: (row) => (row.days[index] === null ? null : hundredths(row.days[index] - data.planned_d)), num: true }])],
    rows: [["50 of 100", "p50_d"], ["80 of 100", "p80_d"], ["95 of 100", "p95_d"]].map(([kept, key]) => ({ kept, days: data.policies.map((policy) => policy[key].value) })),
  });
  const change = [
    { name: "Days at P80", get: (row) => hundredths(row.change.p80_d.value), show: (row) => signed(row.change.p80_d.value), num: true },
    { name: "Interval", get: (row) => span(row.change.p80_d), num: true },
    { name: "Weighted days late", get: (row) => hundredths(row.change.weighted_lateness_d.value), show: (row) => signed(row.change.weighted_lateness_d.value), num: true },
    { name: "Runs", get: (row) => row.change.runs, num: true },
  ];
  if (data.spares.length) makeTable(byId("spares-table"), {
    caption: "Spare lift: one more asset of every fleet of a kind, where somebody dispatches; less is better", csv: "risk_spares",
    columns: [{ name: "One more", get: (row) => row.carrier.replaceAll("_", " "), head: true }, { name: "Fleets", get: (row) => row.fleets, num: true }, ...change], rows: data.spares,
  });
  if (data.severities.length) makeTable(byId("severity-table"), {
    caption: `If all figures were at one end of their ranges, under ${first.policy}`, csv: "risk_severity",
    columns: [{ name: "Figures", get: (row) => row.severity, head: true }, ...change], rows: data.severities,
  });
}

function drawRiskLines() {
  const late = data.policies.map((policy, index) => ({ name: `Late, ${policy.policy}`, get: (row) => hundredths(row.late[index].value * 100), show: (row) => el("span", { class: row.late[index].value > 0.5 ? "late" : null }, percent(row.late[index].value)), num: true }));
  const certain = data.policies.map((policy, index) => ({ name: `P80, ${policy.policy}`, get: (row) => hundredths(row.p80_d[index]), show: (row) => day(row.p80_d[index]), num: true }));
  makeTable(byId("lines-table"), {
    caption: "Chance of missing the required date, and the day that is kept in 80 of 100 runs; lines that the plan has in time come first", csv: "risk_lines", search: true, page: 40, print: true,
    columns: [
      { name: "ULN", get: (row) => row.uln, head: true }, { name: "Name", get: (row) => row.name }, { name: "Nation", get: (row) => row.nation }, { name: "Priority", get: (row) => row.priority, num: true },
      { name: "Required", get: (row) => hundredths(row.required_d), show: (row) => day(row.required_d), num: true },
      { name: "Planned", get: (row) => hundredths(row.planned_d), show: (row) => el("span", { class: row.planned_d > row.required_d ? "late" : null }, day(row.planned_d)), num: true },
      ...late, { name: "Interval", get: (row) => `${percent(row.late[0].low)} to ${percent(row.late[0].high)}`, num: true }, ...certain,
      { name: "Promise later by", csv: "promise_after_required_d", get: (row) => (row.p80_d[0] === null ? null : hundredths(Math.max(0, row.p80_d[0] - row.required_d))), show: (row) => (row.p80_d[0] === null ? "never kept" : `${one.format(Math.max(0, row.p80_d[0] - row.required_d))} d`), num: true },
    ],
    rows: data.lines,
  });
}

function drawFigures() {
  makeTable(byId("figures-table"), {
    caption: "Every figure that chance was drawn from; one that is assumed is ours to replace when a source is found", csv: "risk_figures", search: true, page: 60, print: true,
    columns: [
      { name: "Hazard", get: (row) => row.hazard, head: true }, { name: "Figure", get: (row) => row.name },
      { name: "Used", get: (row) => row.used, num: true }, { name: "Low", get: (row) => row.low, num: true }, { name: "High", get: (row) => row.high, num: true }, { name: "Unit", get: (row) => row.unit },
      { name: "Grade", get: (row) => row.grade, show: (row) => el("span", { class: row.grade === "assumed" || row.grade === "K" ? "late" : null }, row.disputed ? `${row.grade}, disputed` : row.grade) },
      { name: "Source", get: (row) => row.source }, { name: "Note", get: (row) => row.note },
    ],
    rows: data.figures,
  });
}
