// The march table, and the classic movement graph: distance up, time across, one line per convoy.

const HALTS = ["short halt", "meal halt", "rest", "wait"];

function drawMarch() {
  byId("march").hidden = !data.convoys.length;
  if (!data.convoys.length) return;
  const corridor = byId("march-corridor"), from = byId("march-from"), days = byId("march-days"), which = byId("march-which");
  corridor.append(...data.corridors.map((row, index) => el("option", { value: index }, `${row.points[0].name} – ${row.points.at(-1).name} (${plural(row.lines.length, "convoy", "convoys")})`)));
  const chosen = () => data.corridors[Number(corridor.value)];
  const paint = () => {
    const row = chosen();
    if (row) byId("march-graph").replaceChildren(graphSvg(row, Number(from.value) * DAY_MIN, Number(days.value) * DAY_MIN, Math.max(640, byId("march-graph").clientWidth)));
  };
  const list = () => {
    const row = chosen(), only = row && which.value === "corridor" ? new Set(row.lines.map((line) => line.convoy)) : null;
    marchTable(data.convoys.filter((_, index) => !only || only.has(index)), only ? `Convoys on ${corridor.selectedOptions[0].textContent}` : "Every convoy of the plan, in the order in which they start");
  };
  corridor.addEventListener("change", () => { from.value = busiestDay(chosen(), Number(days.value)); paint(); list(); });
  from.addEventListener("input", paint);
  days.addEventListener("change", paint);
  which.addEventListener("change", list);
  from.max = Math.round(data.end_min / DAY_MIN) - 1;
  if (chosen()) from.value = busiestDay(chosen(), Number(days.value));
  else { byId("march-graph").hidden = true; which.value = "all"; }
  new ResizeObserver(onceAFrame(paint)).observe(byId("march-graph"));
  paint();
  list();
}

/** The first of the days in which most convoys are on a corridor. */
function busiestDay(corridor, days) {
  const starts = corridor.lines.map((line) => Math.floor(line.head_min[0] / DAY_MIN));
  const within = (day) => starts.filter((start) => start >= day && start < day + days).length;
  return starts.reduce((best, day) => (within(day) > within(best) ? day : best), starts[0] || 0);
}

function graphSvg(corridor, fromMin, spanMin, width) {
  const height = 430, left = 190, right = 16, top = 16, bottom = 34, points = corridor.points, length = points.at(-1).distance_m || 1;
  const x = (minute) => left + ((minute - fromMin) / spanMin) * (width - left - right);
  const y = (distance) => height - bottom - (distance / length) * (height - top - bottom);
  const svg = el("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `Movement graph from ${points[0].name} to ${points.at(-1).name}; the march table below tells the same` });
  svg.append(el("clipPath", { id: "march-clip" }, el("rect", { x: left, y: top - 8, width: width - left - right, height: height - top - bottom + 16 })));
  const clip = el("g", { "clip-path": "url(#march-clip)" });
  const hours = [1, 2, 3, 6, 12, 24, 48, 72, 168, 336].find((step) => ((width - left - right) * step * 60) / spanMin > 34) || 720;
  for (let minute = Math.ceil(fromMin / (hours * 60)) * hours * 60; minute <= fromMin + spanMin; minute += hours * 60) {
    const midnight = minute % DAY_MIN === 0;
    svg.append(el("line", { x1: x(minute), x2: x(minute), y1: top, y2: height - bottom, stroke: "var(--rule)", "stroke-width": midnight ? 1.6 : 0.7 }),
      el("text", { x: x(minute), y: height - bottom + 17, "text-anchor": "middle", class: midnight ? null : "soft" }, midnight ? offset(minute) : two((minute % DAY_MIN) / 60)));
  }
  let lastY = Infinity;
  for (const point of points) {
    svg.append(el("line", { x1: left, x2: width - right, y1: y(point.distance_m), y2: y(point.distance_m), stroke: "var(--muted)", "stroke-width": 0.8 }));
    if (lastY - y(point.distance_m) < 14) continue;
    lastY = y(point.distance_m);
    const name = point.name.length > 24 ? `${point.name.slice(0, 23)}…` : point.name;
    svg.append(el("text", { x: left - 8, y: lastY + 4, "text-anchor": "end" }, `${name} ${count(point.distance_m / 1000)}`));
  }
  const shown = corridor.lines.filter((line) => line.head_min[0] < fromMin + spanMin && line.tail_min.at(-1) > fromMin);
  for (const line of shown) clip.append(convoyLine(line, x, y));
  clip.append(...convoyLabels(shown, x, y));
  for (const conflict of corridor.conflicts) {
    if (conflict.start_min >= fromMin && conflict.start_min < fromMin + spanMin) {
      clip.append(el("circle", { cx: x(conflict.start_min), cy: y(conflict.distance_m), r: 6, fill: "none", stroke: "var(--late)", "stroke-width": 2.2 },
        el("title", {}, `${data.convoys[conflict.convoys[0]].number} and ${data.convoys[conflict.convoys[1]].number} meet at ${conflict.place} from ${when(conflict.start_min)} to ${when(conflict.end_min)}`)));
    }
  }
  svg.append(clip, el("text", { x: left - 34, y: height - bottom + 17, "text-anchor": "end", class: "soft" }, "km"));
  if (!shown.length) svg.append(el("text", { x: (left + width) / 2, y: height / 2, "text-anchor": "middle", class: "soft" }, "No convoy on these days"));
  return svg;
}

/** Head and tail of a convoy with the road between them. */
function convoyLine(line, x, y) {
  const convoy = data.convoys[line.convoy], there = line.distance_m.map((distance, index) => `${x(line.head_min[index]).toFixed(1)},${y(distance).toFixed(1)}`);
  const back = line.distance_m.map((distance, index) => `${x(line.tail_min[index]).toFixed(1)},${y(distance).toFixed(1)}`).reverse();
  const group = el("g", { on: { mousemove: (event) => showTip(event, convoyWords(convoy)), mouseleave: hideTip } });
  group.append(el("polygon", { points: [...there, ...back].join(" "), fill: "var(--road)", opacity: 0.3 }),
    el("path", { d: `M${there.join("L")}`, fill: "none", stroke: "var(--road)", "stroke-width": 2 }),
    el("path", { d: `M${there.join("L")}`, fill: "none", stroke: "transparent", "stroke-width": 9 }));
  return group;
}

/** Numbers of convoys where their lines begin; those that begin together share one label. */
function convoyLabels(lines, x, y) {
  const labels = [];
  for (const line of lines) {
    const at = [x(line.head_min[0]) + 4, Math.max(24, y(line.distance_m[0]) - 5)], number = data.convoys[line.convoy].number;
    const near = labels.find((label) => Math.abs(label.at[0] - at[0]) < 46 && Math.abs(label.at[1] - at[1]) < 12);
    if (near) near.more += 1; else labels.push({ at, number, more: 0 });
  }
  return labels.map(({ at, number, more }) => el("text", { x: at[0], y: at[1], css: { "font-size": "10.5px" } }, more ? `${number} +${more}` : number));
}

function convoyWords(convoy) {
  return `${convoy.number}: ${convoy.uln} (${data.nations[convoy.nation]}), ${plural(convoy.vehicles, "vehicle")}\n${siteName(convoy.origin)} → ${siteName(convoy.destination)}\nstarts ${when(convoy.start_min)}\narrives ${when(convoy.end_min)}, tail ${count(convoy.clear_min - convoy.end_min)} min later`;
}

const creditWords = (convoy) => convoy.credits.map((credit) => `${credit.number} ${credit.place} ${offset(credit.arrival_min)} to ${offset(credit.clear_min)}`).join("; ");

/** Halts as people read them: how many of each, and how long in all. */
function haltWords(convoy) {
  return HALTS.map((name, kind) => {
    const minutes = convoy.halts.filter((halt) => halt[0] === kind).map((halt) => halt[2] - halt[1]);
    return minutes.length ? `${minutes.length > 1 ? `${minutes.length} × ` : ""}${name}, ${duration(minutes.reduce((sum, part) => sum + part, 0))}` : null;
  }).filter(Boolean).join("; ");
}

function marchTable(rows, caption) {
  const clock = (minute) => (data.c_day === null ? offset(minute) : dateTimeGroup(minute));
  makeTable(byId("march-table"), {
    caption, csv: "march_table", search: true, page: 25, rows, print: true,
    columns: [
      { name: "Convoy", get: (row) => row.number, head: true },
      { name: "ULN", get: (row) => row.uln },
      { name: "Nation", get: (row) => data.nations[row.nation] },
      { name: "From", get: (row) => siteName(row.origin) },
      { name: "To", get: (row) => siteName(row.destination) },
      { name: "km", csv: "distance_km", get: (row) => Math.round(row.distance_m / 1000), num: true },
      { name: "Vehicles", get: (row) => row.vehicles, num: true },
      { name: "Road space, km", csv: "road_space_km", get: (row) => Math.round(row.road_space_m / 100) / 10, show: (row) => tenth(row.road_space_m / 1000), num: true },
      { name: "Starts", get: (row) => clock(row.start_min), num: true },
      { name: "Pass, min", csv: "pass_min", get: (row) => row.clear_min - row.end_min, num: true },
      { name: "Head arrives", get: (row) => clock(row.end_min), num: true },
      { name: "Tail clears", get: (row) => clock(row.clear_min), num: true },
      { name: "Credits", get: creditWords },
      { name: "Halts", get: haltWords },
    ],
  });
}
