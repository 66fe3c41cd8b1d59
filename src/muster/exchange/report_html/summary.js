// The head: marks, the plan in two sentences, key figures, findings.

function drawSummary() {
  const figures = data.figures;
  const marks = [`G-day ${offset(data.g_day_min)}`, `C-day ${dateTimeGroup(0) || "not dated"}`, `D-day ${offset(data.d_day_min)}`];
  byId("marks").textContent = marks.join("  ·  ");
  byId("how-times").textContent = data.c_day === null
    ? "Days and hours after C-day, 00:00 UTC: C+12 06:30. C-day has no date yet."
    : "Days and hours after C-day, and date-time groups in UTC (Z).";
  byId("origin").textContent = `Made by Muster ${data.version}, seed ${data.seed}, scenario ${data.scenario_hash.slice(0, 16)}` +
    (figures.solve_s === null ? "." : `, planned in ${tenth(figures.solve_s)} s.`);
  byId("how-bound").textContent = data.relaxation ? ` ${data.relaxation}` : "";
  byId("brief").textContent = briefText(figures);
  const closureD = figures.closure_min === null ? null : figures.closure_min / DAY_MIN;
  byId("tiles").append(
    tile("wide main", "Closure of the force", figures.closure_min === null ? "nothing moves" : offset(figures.closure_min).split(" ")[0],
      closureMore(figures), closureScale(figures, closureD)),
    tile("", "People", count(figures.moved.people), moreOf(figures.moved.people, figures.total.people)),
    tile("", "Vehicles", count(figures.moved.vehicles), moreOf(figures.moved.vehicles, figures.total.vehicles)),
    tile("", "Tonnes", count(figures.moved.mass_t), moreOf(figures.moved.mass_t, figures.total.mass_t)),
    tile(figures.late ? "bad" : "good", "Lines on time", count(figures.on_time), `of ${count(figures.lines)}; ${count(figures.late)} late`),
    tile(figures.weighted_lateness_d > 0 ? "bad" : "good", "Weighted lateness", figures.weighted_lateness_d < 1000 ? tenth(figures.weighted_lateness_d) : count(figures.weighted_lateness_d), latenessMore(figures)),
    tile(figures.unmoved ? "bad" : "good", "Lines unmoved", count(figures.unmoved), figures.unmoved ? "reasons below" : "every line moves"),
    tile(figures.busy_resources ? "" : "good", "Places and fleets near full", count(figures.busy_resources), "above 90 % on a fifth of the days"),
    tile(data.findings === null ? "" : data.findings.length ? "bad" : "good", "Findings of the check",
      data.findings === null ? "–" : count(data.findings.length), data.findings === null ? "check not run" : data.findings.length ? "listed below" : "every rule is kept"),
  );
  if (data.findings && data.findings.length) {
    makeTable(byId("findings"), {
      caption: "Rules that this plan breaks, as the independent check found them",
      columns: [{ name: "Rule", get: (row) => row.rule, head: true }, { name: "Finding", get: (row) => row.message }],
      rows: data.findings, csv: "findings", page: 20,
    });
  }
}

function tile(kind, name, value, more, drawing = null) {
  return el("div", { class: `tile ${kind}` }, el("p", { class: "name" }, name), el("p", { class: "value" }, value), el("p", { class: "more" }, more), drawing);
}

const moreOf = (moved, total) => (Math.round(moved) === Math.round(total) ? "all that is required" : `of ${count(total)}`);

function closureMore(figures) {
  const parts = [];
  if (figures.closure_min !== null) parts.push(when(figures.closure_min));
  if (figures.closure_gap !== null) parts.push(`gap to the proven bound ${percent(figures.closure_gap)}`);
  return parts.join("; ");
}

function latenessMore(figures) {
  return figures.lateness_bound_d === null ? "weighted days" : `weighted days; proven at least ${figures.lateness_bound_d < 1000 ? tenth(figures.lateness_bound_d) : count(figures.lateness_bound_d)}`;
}

/** Uncongested closure, bound and plan on one scale of days. */
function closureScale(figures, closureD) {
  if (closureD === null) return null;
  const top = Math.max(closureD, figures.closure_bound_d || 0) * 1.08, x = (days) => 2 + (days / top) * 256;
  const svg = el("svg", { viewBox: "0 0 260 46", role: "img", "aria-label": "Closure against its bound and the uncongested closure" });
  svg.append(el("rect", { x: 2, y: 16, width: 256, height: 10, rx: 2, fill: "var(--rule)" }),
    el("rect", { x: 2, y: 16, width: Math.max(0, x(closureD) - 2), height: 10, rx: 2, fill: "var(--accent)" }));
  const flags = [["uncongested", figures.closure_uncongested_d, 42], ["bound", figures.closure_bound_d, 11]];
  for (const [name, days, y] of flags) {
    if (days === null) continue;
    svg.append(el("line", { x1: x(days), x2: x(days), y1: 12, y2: 30, stroke: "var(--ink)", "stroke-width": 2.5 }),
      el("text", { x: Math.min(x(days), 256), y, "text-anchor": x(days) > 190 ? "end" : x(days) < 70 ? "start" : "middle" }, `${name} ${tenth(days)} d`));
  }
  return svg;
}

function briefText(figures) {
  if (figures.closure_min === null) return `None of the ${plural(figures.lines, "line")} moves; the reasons are below.`;
  const closureD = figures.closure_min / DAY_MIN;
  let text = `${count(figures.moved.people)} people, ${count(figures.moved.vehicles)} vehicles and ${count(figures.moved.mass_t)} tonnes close by ${when(figures.closure_min)}, after ${tenth(closureD)} days`;
  if (figures.closure_bound_d !== null) text += `; no plan that moves every line that can move closes before day ${tenth(figures.closure_bound_d)}`;
  text += ". ";
  if (figures.closure_uncongested_d) text += `Congestion stretches the move to ${one.format(closureD / figures.closure_uncongested_d)} times the ${tenth(figures.closure_uncongested_d)} days that distance, readiness and permits alone would take. `;
  text += figures.late ? `${plural(figures.late, "line closes", "lines close")} late` : "Every line that moves closes in time";
  if (figures.late) {
    const worst = data.lines.reduce((most, line) => (line.lateness_min > most.lateness_min ? line : most));
    text += `, ${worst.name} (${worst.uln}) most, by ${duration(worst.lateness_min)}`;
  }
  text += figures.unmoved ? `; ${plural(figures.unmoved, "line does", "lines do")} not move. ` : ". ";
  const tightest = data.resources[0];
  if (tightest && (tightest.waiting_load_d > 0 || tightest.price)) text += `What holds the move up most: ${tightest.kind === "fleet" ? `the fleet ${tightest.name}` : `${tightest.name} (${tightest.kind_name})`}.`;
  return text;
}
