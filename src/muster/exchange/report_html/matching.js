// A matching: its head, and the tables of what is short, asked, priced and offered. Sections without data are not shown.

const monthOf = (day) => data.month_starts_d.findIndex((start, month) => start <= day && day < data.month_starts_d[month + 1]);
const monthName = (month) => `M${month + 1}`;
const cDay = (day) => offset(day * DAY_MIN);
const points = (share) => (share === null || share === undefined ? "–" : `${share < -0.00005 ? "−" : share > 0.00005 ? "+" : ""}${two100(Math.abs(share))}`);
const two100 = (share) => new Intl.NumberFormat("en-GB", { minimumFractionDigits: 2, maximumFractionDigits: 2 }).format(share * 100);
const exact = (share) => (share === null || share === undefined ? "–" : `${one.format(share * 100)}\u00a0%`);
const hide = (...ids) => { for (const id of ids) byId(id).hidden = true; };
const rounded = (share) => (share === null ? null : Math.round(share * 10000) / 10000);

/** A bar before a figure; negative ones in the colour of loss. */
function figureBar(value, most, text) {
  return el("span", { class: "figure" }, el("span", { class: "bar", css: { width: `${Math.round((Math.abs(value) / Math.max(most, 1e-12)) * 80)}px`, background: value < 0 ? "var(--late)" : "var(--heat-3)" } }), text);
}

function drawMatching() {
  for (const node of document.querySelectorAll("[data-views]")) node.hidden = !node.dataset.views.split(" ").includes(data.view);
  byId("whose").textContent = { hq: "", nation: ` · view of ${data.nation}`, releasable: ` · releasable, release ${data.number}` }[data.view];
  byId("origin").textContent = `Made by Muster ${data.version}${data.scenario_hash ? `, scenario ${data.scenario_hash.slice(0, 16)}` : ""}.`;
  ({ hq: drawHeadquarters, nation: drawNation, releasable: drawReleasable })[data.view]();
  drawAssumptions();
  watchSections();
  document.documentElement.dataset.drawn = "yes";
}

function drawHeadquarters() {
  hide("bands");
  byId("marks").textContent = `${plural(data.months, "month")} from C-day · gates ${data.gate_scenario} · one in place for every ${data.rotation.ratio}, tours of ${plural(data.rotation.tour_months, "month")}`;
  byId("brief").textContent = briefOfMatching();
  matchingTiles();
  if (data.findings.length) makeTable(byId("findings"), {
    caption: "Rules that this matching breaks, as the independent check found them", csv: "findings", page: 20, print: true,
    columns: [{ name: "Rule", get: (row) => row.rule, head: true }, { name: "Finding", get: (row) => row.message }], rows: data.findings,
  });
  if (data.cut_short.length) byId("findings").append(el("p", { class: "note bad" }, `The time was over before all was worked out of: ${data.cut_short.join(", ")}. Below, what is missing was not worked out; it may well be there.`));
  drawAims();
  drawCoverHeat();
  drawMonths();
  drawRota();
  drawUnfilled();
  drawWorths();
  drawWhatIfs();
  drawBurden();
  drawLikely();
  drawOffers();
  drawTerms();
}

function briefOfMatching() {
  const { figures, sustained } = data;
  if (!figures.needed) return "Nothing is required within the months planned.";
  let text = `The offers cover ${exact(figures.coverage)} of what is needed, by criticality and time`;
  text += figures.bound === null || (figures.bound > 0.9995 && figures.gap >= 1e-6) ? ". " : figures.gap !== null && figures.gap < 1e-6 ? "; nothing better exists. " : `; no matching covers more than ${exact(figures.bound)}. `;
  text += figures.filled === figures.needed ? `All ${plural(figures.needed, "requirement")} are filled in every month. ` : `${count(figures.filled)} of ${plural(figures.needed, "requirement")} are filled in every month. `;
  if (data.unfilled && data.unfilled.length) text += `The most critical that is short: ${data.unfilled[0].name} (${data.unfilled[0].requirement_id}), ${data.unfilled[0].kinds.includes("not known") ? "for reasons not found in time" : `because ${data.unfilled[0].reasons}`}. `;
  if (sustained) text += sustained.is_sustained ? "The rotation rule costs nothing: the force can be sustained. " : `The rotation rule costs ${exact(sustained.lost)} of coverage; what could be covered is covered for ${plural(sustained.months, "month")}. `;
  if (data.asks && data.asks.length && data.asks[0].share > 0) text += `The ask worth most: ${data.asks[0].says}, ${points(data.asks[0].share)} points.`;
  return text;
}

function matchingTiles() {
  const { figures, sustained, risk } = data;
  const tiles = [
    tile("wide main", "Coverage", exact(figures.coverage), figures.bound === null ? "no bound was proved" : figures.gap < 1e-6 ? "proved: nothing better exists" : `at most ${exact(figures.bound)}; gap ${exact(figures.gap)}`, coverScale(figures)),
    tile(figures.filled === figures.needed ? "good" : "bad", "Requirements filled", count(figures.filled), `of ${count(figures.needed)}, in every month`),
    tile("", "Offers used", count(figures.offers_used), `of ${count(figures.offers)} that stand`),
    tile("", "Nations that serve", count(figures.nations_serving), `of ${count(figures.nations)} that offer`),
    tile("", "Most people in place", count(figures.people_max), `from ${monthName(figures.people_max_month)}, ${cDay(data.month_starts_d[figures.people_max_month])}`),
    sustained ? tile(sustained.is_sustained ? "good" : "bad", "Sustained", sustained.is_sustained ? "yes" : el("span", {}, `${count(sustained.months)} `, el("small", {}, sustained.months === 1 ? "month" : "months")), `${count(sustained.people_offered)} people offered, ${count(sustained.people_needed)} needed by the ratio`) : null,
    risk ? tile("", "Reached in 80 of 100", exact(risk.rematched.reached[1]), `as it stands ${exact(risk.standing.reached[1])}`) : null,
    tile(data.findings.length ? "bad" : "good", "Findings of the check", count(data.findings.length), data.findings.length ? "listed below" : "every rule is kept"),
  ];
  byId("tiles").append(...tiles.filter(Boolean));
}

/** Coverage and its bound on one scale from nothing to all. */
function coverScale(figures) {
  const x = (share) => 2 + share * 256;
  const svg = el("svg", { viewBox: "0 0 260 32", role: "img", "aria-label": "Coverage against its bound" });
  svg.append(el("rect", { x: 2, y: 4, width: 256, height: 10, rx: 2, fill: "var(--rule)" }), el("rect", { x: 2, y: 4, width: Math.max(0, x(figures.coverage) - 2), height: 10, rx: 2, fill: "var(--accent)" }));
  if (figures.bound !== null) svg.append(el("line", { x1: x(figures.bound), x2: x(figures.bound), y1: 0, y2: 18, stroke: "var(--ink)", "stroke-width": 2.5 }), el("text", { x: Math.min(x(figures.bound), 256), y: 30, "text-anchor": figures.bound > 0.7 ? "end" : "start" }, "bound"));
  return svg;
}

const AIM_WORDS = {
  coverage: ["Coverage", "weighted element-days covered, as many as possible"], firmness: ["Firmness", "weighted element-days that rest on what may not be kept, as few as possible"],
  cohesion: ["Cohesion", "nations in each requirement, summed, as few as possible"], burden: ["Burden", "people-months beyond fair shares, as few as possible"], stability: ["Stability", "tours that the matching before did not have, as few as possible"],
};

function drawAims() {
  const figure = (value) => (value === null ? "not proved" : count(value));
  makeTable(byId("aims-table"), {
    caption: "Aims in the order of importance: each is reached as well as it can be without giving up any of those before", csv: "aims", print: true,
    columns: [
      { name: "Aim", get: (row) => AIM_WORDS[row.aim][0], head: true }, { name: "What is counted", get: (row) => AIM_WORDS[row.aim][1] },
      { name: "Value", get: (row) => row.value, show: (row) => count(row.value), num: true }, { name: "Bound", get: (row) => row.bound, show: (row) => figure(row.bound), num: true },
      { name: "Gap", get: (row) => row.gap, show: (row) => (row.is_proved ? el("span", { class: "good" }, "proved") : row.gap === null ? "not proved" : exact(row.gap)), num: true },
    ],
    rows: data.aims,
  });
}

function drawUnfilled() {
  if (data.unfilled === null) { byId("unfilled-table").append(el("p", { class: "muted" }, "Nobody asked for the reasons.")); return; }
  orNote("unfilled-table", data.unfilled, "Every requirement is filled in every month of need.", {
    caption: "Requirements that are short, most critical first: what is missing in each month, and what would have to be otherwise", csv: "unfilled", search: true, page: 30, print: true,
    columns: [
      { name: "Criticality", get: (row) => row.criticality, num: true }, { name: "Requirement", get: (row) => row.requirement_id, head: true }, { name: "Name", get: (row) => row.name },
      { name: "Component", get: (row) => row.component }, { name: "Place", get: (row) => row.place },
      { name: "Missing by month", csv: "missing", get: (row) => row.short.join(" "), show: (row) => shortStrip(row) },
      { name: "Element-months", get: (row) => row.short_element_months, show: (row) => count(row.short_element_months), num: true },
      { name: "Why", csv: "kinds", get: (row) => row.kinds.join(", "), show: (row) => el("strong", {}, row.kinds.join(", ")) },
      { name: "What would have to be otherwise", get: (row) => row.reasons },
      { name: "Shortest", get: (row) => (row.is_shortest ? "proved" : "not proved"), show: (row) => el("span", { class: row.is_shortest ? "good" : "muted" }, row.is_shortest ? "proved" : "not proved") },
    ],
  });
}

/** Missing elements month by month, as small columns. */
function shortStrip(row) {
  const most = Math.max(1, ...row.short), wide = Math.max(2, Math.min(6, Math.floor(144 / row.short.length)));
  const svg = el("svg", { viewBox: `0 0 ${row.short.length * wide} 18`, width: row.short.length * wide, height: 18, role: "img", "aria-label": `Missing by month: ${row.short.join(", ")}` });
  row.short.forEach((missing, month) => {
    const high = missing ? 3 + (missing / most) * 14 : 1;
    svg.append(el("rect", { x: month * wide, y: 18 - high, width: wide - 1, height: high, fill: missing ? "var(--heat-5)" : "var(--rule)" }));
  });
  return svg;
}

/** Rows of changes with what they are worth. */
function worthTable(id, rows, note, caption, csv, first) {
  if (rows === null) { byId(id).append(el("p", { class: "muted" }, note.unasked)); return; }
  const most = Math.max(...rows.map((row) => Math.abs(row.share)), 1e-9);
  orNote(id, rows, note.none, {
    caption, csv, search: rows.length > 12, page: 20, print: true,
    columns: [
      ...first,
      { name: "Coverage, points", csv: "share", get: (row) => rounded(row.share), show: (row) => figureBar(row.share, most, points(row.share)), num: true },
      { name: "At most", csv: "share_bound", get: (row) => rounded(row.share_bound), show: (row) => (row.is_proved ? el("span", { class: "good" }, "proved") : points(row.share_bound)), num: true },
      { name: "Where it shows, element-days", csv: "requirements", get: (row) => row.touches.map(([name, days]) => `${name} ${days}`).join("; "), show: (row) => touched(row) },
      ...(rows.some((row) => row.note) ? [{ name: "Note", get: (row) => row.note }] : []),
    ],
  });
}

function touched(row) {
  const shown = row.touches.slice(0, 4).map(([name, days]) => `${name} ${days < 0 ? "−" : "+"}${count(Math.abs(days))}`);
  return row.touches.length ? shown.join(", ") + (row.touches.length > 4 ? ` and ${plural(row.touches.length - 4, "other")}` : "") : "nowhere";
}

function drawWorths() {
  const says = { name: "Change", get: (row) => row.says, head: true }, nation = { name: "Nation", get: (row) => row.nation, show: (row) => row.nation || "everyone's" };
  worthTable("asks-table", data.asks, { unasked: "Nobody asked yet: muster forces asks works it out.", none: "No further offer would add to coverage." }, "The next offer, worth most first: what to ask of whom, each matched again", "asks",
    [{ name: "Ask", get: (row) => row.what, head: true }, { name: "Of", get: (row) => row.nation, show: (row) => row.nation || "anybody" }, { name: "Units", get: (row) => row.units, num: true }]);
  worthTable("caveat-prices", data.caveat_prices, { unasked: "Nobody asked for the prices of caveats.", none: "No caveat bears on the matching." }, "Coverage gained if a caveat were lifted", "caveat_prices", [says, nation]);
  worthTable("gate-prices", data.gate_prices, { unasked: "Nobody asked for the prices of gates.", none: "No gate bears on the matching." }, "Coverage gained if a gate were open from the beginning", "gate_prices", [says, nation]);
  worthTable("withdrawals-table", data.withdrawals, { unasked: "Nobody asked what a withdrawal would do.", none: "No nation serves." }, "Coverage lost if a nation withdrew everything, after matching again what is left", "withdrawals", [{ name: "Nation", get: (row) => row.what, head: true }]);
}

function drawWhatIfs() {
  byId("whatifs").hidden = !data.whatifs.length;
  orNote("whatifs-table", data.whatifs, "", {
    caption: "What was supposed, all of a row at once, and what is covered before and after matching again", csv: "what_if", page: 20, print: true,
    columns: [
      { name: "Supposed", get: (row) => row.changes, head: true }, { name: "Covered before", csv: "before", get: (row) => rounded(row.before), show: (row) => exact(row.before), num: true }, { name: "After", csv: "after", get: (row) => rounded(row.after), show: (row) => exact(row.after), num: true },
      { name: "Points", get: (row) => rounded(row.after - row.before), show: (row) => el("span", { class: row.after < row.before ? "late" : "good" }, points(row.after - row.before)), num: true },
      { name: "At most", csv: "after_bound", get: (row) => rounded(row.after_bound), show: (row) => (row.is_proved ? el("span", { class: "good" }, "proved") : exact(row.after_bound)), num: true },
      { name: "Where it shows, element-days", csv: "requirements", get: (row) => row.touches.map(([name, days]) => `${name} ${days}`).join("; "), show: (row) => touched(row) },
      { name: "Who serves more or less, people-months", csv: "nations", get: (row) => row.by_nation.map(([name, people]) => `${name} ${people}`).join("; "), show: (row) => touched({ touches: row.by_nation }) },
    ],
  });
}

function drawOffers() {
  orNote("offers-table", data.offers, "Nothing is offered.", {
    caption: "Every offer: units it has, units that serve, and why the rest does not", csv: "offers", search: true, page: 30, print: true,
    columns: [
      { name: "Offer", get: (row) => row.offer_id, head: true }, ...(data.view === "hq" ? [{ name: "Nation", get: (row) => row.nation }] : []), { name: "Name", get: (row) => row.name }, { name: "Capability", get: (row) => row.capability }, { name: "Size", get: (row) => row.size },
      { name: "Units", get: (row) => row.units, num: true }, ...(data.offers.some((row) => row.in_place_max !== null) ? [{ name: "In place at most", get: (row) => row.in_place_max, show: (row) => (row.in_place_max === null ? "all" : count(row.in_place_max)), num: true }] : []), { name: "People each", get: (row) => row.people, show: (row) => (row.people ? count(row.people) : "–"), num: true }, { name: "Status", get: (row) => row.status }, { name: "Where", get: (row) => row.place_allowed },
      { name: "Notice, days", get: (row) => row.notice_days, num: true }, { name: "Gates", get: (row) => row.gates.join(", ") },
      ...(data.view === "hq" ? [{ name: "Kept", csv: "likelihood", get: (row) => row.kept, show: (row) => percent(row.kept), num: true }] : []),
      { name: "Units that serve", get: (row) => row.serving, show: (row) => el("span", { class: row.serving ? null : "late" }, count(row.serving)), num: true }, { name: "At one time", get: (row) => row.most, num: true }, { name: "Unit-months", get: (row) => row.unit_months, num: true },
      { name: "Why the rest does not", get: (row) => row.why_unused }, { name: "Said on", get: (row) => row.said_on }, ...(data.view === "hq" ? [{ name: "Source", get: (row) => row.source }] : []),
    ],
  });
  const rows = data.disputes.flatMap((dispute) => dispute.reports.map((report) => ({ ...dispute, ...report })));
  if (rows.length) makeTable(byId("disputes-table"), {
    caption: "Offers on which reports differ: the one that is used, the others beside it, and the range that they leave", csv: "disputed_offers", page: 30, print: true,
    columns: [
      { name: "Nation", get: (row) => row.nation }, { name: "Capability", get: (row) => row.capability }, { name: "Report", get: (row) => row.offer_id, head: true },
      { name: "Used", get: (row) => (row.is_used ? "yes" : ""), show: (row) => (row.is_used ? el("strong", {}, "used") : "–") },
      { name: "Units", get: (row) => row.units }, { name: "People", get: (row) => row.people, show: (row) => count(row.people), num: true },
      { name: "Range of people", csv: "people_range", get: (row) => `${row.people_low} to ${row.people_high}`, show: (row) => `${count(row.people_low)} to ${count(row.people_high)}`, num: true },
      { name: "Status", get: (row) => row.status }, { name: "Said on", get: (row) => row.said_on }, { name: "Source", get: (row) => row.source },
    ],
    rows,
  });
}

function drawTerms() {
  orNote("gates-table", data.gates, "There are no gates.", {
    caption: "Gates as this matching supposes them", csv: "gates", search: data.gates.length > 12, page: 30, print: true,
    columns: [
      { name: "Gate", get: (row) => row.gate_id, head: true }, { name: "Nation", get: (row) => row.nation, show: (row) => row.nation || "everyone's" }, { name: "State", get: (row) => row.state, show: (row) => el("span", { class: row.state === "open" ? "good" : row.state === "refused" ? "late" : null }, row.state) },
      { name: "What it waits for", get: (row) => row.says }, { name: "Likelihood", get: (row) => row.likelihood, show: (row) => percent(row.likelihood), num: true }, { name: "Offers that wait", get: (row) => row.offers, num: true }, { name: "Source", get: (row) => row.source },
    ],
  });
  orNote("caveats-table", data.caveats, "No caveat concerns service.", {
    caption: "Caveats that concern service", csv: "caveats", search: data.caveats.length > 12, page: 30, print: true,
    columns: [
      { name: "Caveat", get: (row) => row.caveat_id, head: true }, { name: "Nation", get: (row) => row.nation }, { name: "Category", get: (row) => row.category }, { name: "What it does", get: (row) => row.says },
      { name: "Lifted", get: (row) => (row.is_lifted ? "lifted" : ""), show: (row) => (row.is_lifted ? el("strong", {}, "supposed lifted") : "–") }, { name: "Source", get: (row) => row.source },
    ],
  });
}

function drawAssumptions() {
  orNote("assumptions-table", data.assumptions, "No factor was adopted.", {
    caption: "Factors that the matching rests on; one that is assumed is ours to replace when a source is found", csv: "assumptions", print: true,
    columns: [
      { name: "Factor", get: (row) => row.factor_id, head: true }, { name: "Value", get: (row) => row.value, num: true }, { name: "Unit", get: (row) => row.unit }, { name: "Low", get: (row) => row.low, num: true }, { name: "High", get: (row) => row.high, num: true },
      { name: "Grade", get: (row) => row.grade, show: (row) => el("span", { class: row.grade === "assumed" || row.grade === "K" ? "late" : null }, row.grade) }, { name: "Source", get: (row) => row.source },
    ],
  });
}
