// The closure curve: what is closed against what is required, with the bound, as an SVG.

function drawCurves() {
  const place = byId("curve"), choice = { measure: "people" };
  const chips = byId("curve-measures");
  for (const [key, name] of MEASURES) {
    chips.append(el("button", { type: "button", role: "radio", "aria-checked": String(key === choice.measure), on: { click: () => {
      choice.measure = key;
      for (const [index, chip] of [...chips.children].entries()) chip.setAttribute("aria-checked", String(MEASURES[index][0] === key));
      paint();
    } } }, name));
  }
  let cursor = null, x = null;
  const move = () => { if (cursor) { cursor.setAttribute("x1", x(moment.minute)); cursor.setAttribute("x2", x(moment.minute)); } };
  function paint() {
    const drawn = curveSvg(choice.measure, Math.max(320, place.clientWidth), Math.max(300, Math.min(780, place.parentElement.clientHeight - 120)));
    ({ cursor, x } = drawn);
    place.replaceChildren(drawn.svg);
    move();
  }
  moment.listeners.push(move);
  new ResizeObserver(onceAFrame(paint)).observe(place.parentElement);
  painters.push(paint);
  paint();
  curveTable();
}

function curveSvg(measure, width, height) {
  const { step_min: step, closed, required } = data.curve;
  const left = 58, right = 14, top = 84, bottom = 34;
  const most = Math.max(1, closed[measure].at(-1) || 0, required[measure].at(-1) || 0);
  const x = (minute) => left + (minute / data.end_min) * (width - left - right);
  const y = (value) => height - bottom - (value / most) * (height - top - bottom);
  const svg = el("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": `${measureName(measure)} closed and required by day; the same figures are in the table below` });
  for (const tick of niceTicks(most, 5)) {
    svg.append(el("line", { x1: left, x2: width - right, y1: y(tick), y2: y(tick), stroke: "var(--rule)" }),
      el("text", { x: left - 8, y: y(tick) + 4, "text-anchor": "end", class: "soft" }, count(tick)));
  }
  const everyD = dayStep(data.end_min / DAY_MIN, (width - left - right) / 46);
  for (let day = 0; day * DAY_MIN <= data.end_min; day += everyD) {
    svg.append(el("line", { x1: x(day * DAY_MIN), x2: x(day * DAY_MIN), y1: height - bottom, y2: height - bottom + 5, stroke: "var(--muted)" }),
      el("text", { x: x(day * DAY_MIN), y: height - bottom + 19, "text-anchor": "middle", class: "soft" }, `C+${day}`));
  }
  const path = (values) => values.reduce((line, value, index) => `${line}H${x((index + 1) * step).toFixed(1)}V${y(value).toFixed(1)}`, `M${left},${y(0)}`);
  const area = path(closed[measure]);
  svg.append(el("path", { d: `${area}V${y(0)}Z`, fill: "var(--accent)", opacity: 0.14 }),
    el("path", { d: path(required[measure]), fill: "none", stroke: "var(--muted)", "stroke-width": 2, "stroke-dasharray": "6 4" }),
    el("path", { d: area, fill: "none", stroke: "var(--accent)", "stroke-width": 2.5 }));
  const flags = [
    [data.figures.closure_uncongested_d, "uncongested", "var(--good)", "2 3"],
    [data.figures.closure_bound_d, "bound", "var(--late)", "7 3"],
    [data.figures.closure_min === null ? null : data.figures.closure_min / DAY_MIN, "plan", "var(--accent)", null],
  ].filter(([days]) => days !== null).sort((a, b) => a[0] - b[0]);
  flags.forEach(([days, name, colour, dash], index) => {
    const at = x(days * DAY_MIN), words = `${name}, day ${tenth(days)}`, before = at > words.length * 6.2 + 8, level = top - 10 - index * 16;
    svg.append(el("line", { x1: at, x2: at, y1: level + 3, y2: height - bottom, stroke: colour, "stroke-width": 1.8, "stroke-dasharray": dash }),
      el("text", { x: before ? at - 4 : at + 4, y: level, "text-anchor": before ? "end" : "start" }, words));
  });
  const cursor = el("line", { y1: top, y2: height - bottom, stroke: "var(--ink)", "stroke-width": 1, opacity: 0.7 });
  svg.append(cursor);
  [["closed", "var(--accent)", null], ["required", "var(--muted)", "6 4"]].forEach(([name, colour, dash], index) => {
    const at = left + index * 96;
    svg.append(el("line", { x1: at, x2: at + 26, y1: 10, y2: 10, stroke: colour, "stroke-width": 2.5, "stroke-dasharray": dash }), el("text", { x: at + 33, y: 14 }, name));
  });
  svg.append(el("rect", { x: left, y: top, width: width - left - right, height: height - top - bottom, fill: "transparent", on: {
    mousemove: (event) => showTip(event, curveTip(measure, minuteAt(event))), mouseleave: hideTip, click: (event) => moment.set(minuteAt(event)) } }));
  function minuteAt(event) {
    const box = svg.getBoundingClientRect();
    return (((event.clientX - box.left) / box.width) * width - left) / (width - left - right) * data.end_min;
  }
  return { svg, cursor, x };
}

const measureName = (measure) => MEASURES.find(([key]) => key === measure)[1];

function curveTip(measure, minute) {
  const index = Math.max(0, Math.min(data.curve.closed[measure].length - 1, Math.floor(minute / data.curve.step_min)));
  return `By ${when((index + 1) * data.curve.step_min)}\nclosed ${count(data.curve.closed[measure][index])}\nrequired ${count(data.curve.required[measure][index])}`;
}

function niceTicks(most, wanted) {
  const raw = most / wanted, power = 10 ** Math.floor(Math.log10(raw)), step = [1, 2, 5, 10].find((unit) => unit * power >= raw) * power;
  return Array.from({ length: Math.floor(most / step) + 1 }, (_, index) => index * step);
}

/** The largest of 1, 2, 5, 10, 20 ... that is not above a value. */
function roundBelow(value) {
  const power = 10 ** Math.floor(Math.log10(Math.max(1, value)));
  return [5, 2, 1].find((unit) => unit * power <= value) * power || 1;
}

const dayStep = (days, room) => [1, 2, 5, 10, 20, 30, 60].find((step) => days / step <= room) || 90;

function curveTable() {
  const perDay = DAY_MIN / data.curve.step_min, rows = [];
  for (let day = 1; day * DAY_MIN <= data.end_min; day += 1) {
    const row = { day };
    for (const [key] of MEASURES) [row[key], row[`${key}_required`]] = [data.curve.closed[key][day * perDay - 1], data.curve.required[key][day * perDay - 1]];
    rows.push(row);
  }
  const columns = MEASURES.flatMap(([key, name]) => [
    { name: `${name} closed`, get: (row) => row[key], show: (row) => count(row[key]), num: true },
    { name: `${name} required`, get: (row) => row[`${key}_required`], show: (row) => count(row[`${key}_required`]), num: true },
  ]);
  makeTable(byId("curve-table"), { caption: "Cumulated at the end of each day", columns: [{ name: "By end of day", get: (row) => `C+${row.day - 1}`, head: true }, ...columns], rows, csv: "closure_curve", page: 15 });
}
