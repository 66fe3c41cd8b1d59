// The Gantt chart: rows painted on a canvas, with zoom, search, tips and keys.

function drawGantt() {
  const place = byId("gantt-scroll"), left = 300, rowHeight = 22, headHeight = 26;
  const trees = new Map(), view = { name: "nation", words: "", fromMin: 0, toMin: data.end_min };
  const tree = () => { if (!trees.has(view.name)) trees.set(view.name, makeTree(view.name)); return trees.get(view.name); };
  let rows = flatten(tree(), "");
  const strips = makeStrips(place, { rowHeight, headHeight, rowCount: () => rows.length, paintRows });
  const width = () => place.clientWidth;
  const x = (minute) => left + ((minute - view.fromMin) / (view.toMin - view.fromMin)) * (width() - left);
  const minuteAt = (pixel) => view.fromMin + ((pixel - left) / (width() - left)) * (view.toMin - view.fromMin);

  function rebuild() {
    rows = flatten(tree(), view.words);
    byId("gantt-count").textContent = plural(rows.length, "row");
    strips.refresh();
  }

  function paintRows(context, frame) {
    const { height, first, last, yOf } = frame;
    for (let row = first; row < last; row += 1) paintRow(context, rows[row], yOf(row), row, frame.width);
    context.fillStyle = colours.surface;
    context.fillRect(0, 0, frame.width, headHeight);
    paintDays(context, { left, width: frame.width, height, headHeight, x, fromMin: view.fromMin, toMin: view.toMin });
    context.fillStyle = colours.rule;
    context.fillRect(0, headHeight - 1, frame.width, 1);
    context.fillRect(left - 1, 0, 1, height);
    paintMoment(context, { left, height, headHeight, x, width: frame.width });
  }

  function paintRow(context, node, y, row, full) {
    if (row === strips.focus && document.activeElement === place) { context.fillStyle = colours.faint; context.fillRect(0, y, full, rowHeight); }
    context.fillStyle = colours.faint;
    context.fillRect(0, y + rowHeight - 1, full, 1);
    context.save();
    context.beginPath();
    context.rect(left, y, full - left, rowHeight);
    context.clip();
    ({ group: paintGroup, fleet: paintGroup, line: paintLine, load: paintLoad, asset: paintAsset })[node.kind](context, node, y);
    context.restore();
    const indent = 8 + node.depth * 14;
    context.textBaseline = "middle";
    context.fillStyle = colours.muted;
    context.font = font(10);
    if (node.kids.length) context.fillText(node.open ? "▼" : "▶", indent, y + rowHeight / 2);
    context.font = font(12, node.depth === 0 || node.kind === "group" ? 600 : 400);
    context.fillStyle = node.kind === "line" && data.lines[node.index].status !== "on time" ? colours.late : colours.ink;
    const late = node.kind === "group" ? linesUnder(node).filter((line) => line.status !== "on time").length : 0;
    context.fillText(fitText(context, node.label, left - indent - (late ? 72 : 24)), indent + 14, y + rowHeight / 2);
    if (late) { context.font = font(11); context.fillStyle = colours.late; context.textAlign = "right"; context.fillText(`${late}/${node.lines.length} late`, left - 6, y + rowHeight / 2); context.textAlign = "left"; }
    if (row === strips.focus && document.activeElement === place) { context.strokeStyle = colours.focus; context.lineWidth = 2; context.strokeRect(1, y + 1, full - 2, rowHeight - 3); }
  }

  function paintGroup(context, node, y) {
    const { bins, most } = profileOf(node);
    context.fillStyle = colours.accent;
    context.globalAlpha = 0.55;
    context.beginPath();
    context.moveTo(x(0), y + rowHeight - 2);
    bins.forEach((value, bin) => { const up = y + rowHeight - 2 - (value / most) * (rowHeight - 5); context.lineTo(x(bin * 360), up); context.lineTo(x((bin + 1) * 360), up); });
    context.lineTo(x(bins.length * 360), y + rowHeight - 2);
    context.fill();
    context.globalAlpha = 1;
  }

  function paintLine(context, node, y) {
    const line = data.lines[node.index];
    if (line.closure_min === null) {
      context.fillStyle = colours.late;
      context.font = font(11);
      context.fillText(`does not move: ${line.reason}`, Math.max(left + 4, x(line.ready_min)), y + rowHeight / 2);
      return;
    }
    const inTime = Math.min(line.closure_min, line.required_min);
    bar(context, line.ready_min, line.start_min, y + 9, 3, colours.rule);
    bar(context, line.start_min, Math.max(line.start_min, inTime), y + 6, 9, colours.accent);
    if (line.lateness_min) bar(context, Math.max(line.start_min, line.required_min), line.closure_min, y + 6, 9, colours.late);
    const at = x(line.required_min);
    context.fillStyle = colours.ink;
    context.beginPath();
    context.moveTo(at - 4, y + 1); context.lineTo(at + 4, y + 1); context.lineTo(at, y + 7);
    context.fill();
  }

  function bar(context, fromMin, toMin, y, height, colour) {
    const at = x(fromMin);
    context.fillStyle = colour;
    context.fillRect(at, y, Math.max(toMin > fromMin ? 1 : 0, x(toMin) - at), height);
  }

  function paintLoad(context, node, y) {
    for (const wait of waitsOf(node.index)) bar(context, data.waits.start_min[wait], data.waits.end_min[wait], y + 10, 1.5, colours.muted);
    for (const step of stepsOf(node.index)) {
      const colour = colours[data.legs[data.steps.leg[step]].mode];
      context.globalAlpha = 0.4;
      bar(context, data.steps.start_min[step], data.steps.end_min[step], y + 5, 11, colour);
      context.globalAlpha = 1;
      bar(context, data.steps.departure_min[step], data.steps.arrival_min[step], y + 5, 11, colour);
    }
  }

  function paintAsset(context, node, y) {
    const voyages = data.voyages;
    for (const voyage of voyagesOf(node.index)) {
      const leg = voyages.leg[voyage];
      if (leg < 0) {
        const at = x(voyages.departure_min[voyage]);
        context.strokeStyle = colours.muted;
        context.lineWidth = 1;
        context.strokeRect(at + 0.5, y + 7.5, Math.max(1, x(voyages.arrival_min[voyage]) - at - 1), 6);
        continue;
      }
      const colour = colours[data.legs[leg].mode];
      context.globalAlpha = 0.4;
      bar(context, voyages.load_start_min[voyage], voyages.unload_end_min[voyage], y + 4, 13, colour);
      context.globalAlpha = 1;
      bar(context, voyages.departure_min[voyage], voyages.arrival_min[voyage], y + 4, 13, colour);
    }
  }

  function zoom(factor, centre = moment.minute) {
    const span = Math.max(DAY_MIN / 2, Math.min(data.end_min, (view.toMin - view.fromMin) / factor));
    const part = (centre - view.fromMin) / (view.toMin - view.fromMin);
    look(centre - span * Math.max(0, Math.min(1, part)), span);
  }
  function look(fromMin, span) {
    view.fromMin = Math.max(0, Math.min(data.end_min - span, fromMin));
    view.toMin = view.fromMin + span;
    strips.soon();
  }
  const pan = (part) => look(view.fromMin + part * (view.toMin - view.fromMin), view.toMin - view.fromMin);
  function toggle(row, open = !rows[row].open) {
    if (!rows[row] || !rows[row].kids.length) return;
    rows[row].open = open;
    rebuild();
  }
  function focus(row) {
    strips.focus = Math.max(0, Math.min(rows.length - 1, row));
    strips.show(strips.focus);
    strips.soon();
    if (rows.length) byId("gantt-live").textContent = rowWords(rows[strips.focus]).replaceAll("\n", "; ");
  }
  const setAll = (open) => { const visit = (node) => { node.open = open && node.kids.length > 0; node.kids.forEach(visit); }; tree().forEach(visit); rebuild(); };

  bindGantt({ place, strips, view, left, rows: () => rows, minuteAt, zoom, look, pan, toggle, focus, rebuild, setAll });
  moment.listeners.push(strips.soon);
  byId("gantt-legend").append(el("span", {}, el("span", { class: "swatch", css: { background: "var(--accent)", opacity: 0.55 } }), "loads under way, to the row's own most"), ...MODES.map((mode) => el("span", {}, el("span", { class: "swatch", css: { background: `var(--${mode})` } }), mode)),
    el("span", {}, el("span", { class: "swatch", css: { background: "var(--late)" } }), "after the required date ▼"));
  rebuild();
}

function bindGantt({ place, strips, view, left, rows, minuteAt, zoom, look, pan, toggle, focus, rebuild, setAll }) {
  const canvas = strips.canvas;
  let held = null;
  canvas.addEventListener("pointerdown", (event) => { held = { x: event.clientX, fromMin: view.fromMin, moved: false }; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointermove", (event) => {
    if (held && Math.abs(event.clientX - held.x) > 3) {
      held.moved = true;
      hideTip();
      look(held.fromMin - ((event.clientX - held.x) / (place.clientWidth - left)) * (view.toMin - view.fromMin), view.toMin - view.fromMin);
      return;
    }
    const row = strips.rowAt(event);
    showTip(event, row < 0 ? "" : ganttTip(rows()[row], event.offsetX < left ? null : minuteAt(event.offsetX)));
  });
  canvas.addEventListener("pointerup", (event) => {
    const row = strips.rowAt(event);
    if (held && !held.moved && row >= 0) { focus(row); if (event.offsetX < left) toggle(row); else moment.set(minuteAt(event.offsetX)); }
    held = null;
  });
  canvas.addEventListener("pointercancel", () => { held = null; });
  place.addEventListener("wheel", (event) => {
    if (event.ctrlKey) { event.preventDefault(); zoom(Math.exp(-event.deltaY * 0.003), minuteAt(event.offsetX)); }
    else if (event.shiftKey) { event.preventDefault(); pan((event.deltaY || event.deltaX) / 1500); }
  }, { passive: false });
  place.addEventListener("keydown", (event) => {
    const row = strips.focus, page = Math.floor(place.clientHeight / strips.rowHeight) - 2;
    const keys = { ArrowDown: () => focus(row + 1), ArrowUp: () => focus(row - 1), PageDown: () => focus(row + page), PageUp: () => focus(row - page), Home: () => focus(0), End: () => focus(Infinity),
      ArrowRight: () => (event.shiftKey ? pan(0.15) : toggle(row, true)), ArrowLeft: () => (event.shiftKey ? pan(-0.15) : toggle(row, false)), Enter: () => toggle(row), " ": () => toggle(row),
      "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), 0: () => look(0, data.end_min) };
    if (keys[event.key] && !event.ctrlKey && !event.metaKey) { event.preventDefault(); keys[event.key](); }
  });
  byId("gantt-view").addEventListener("change", (event) => { view.name = event.target.value; strips.focus = 0; place.scrollTop = 0; rebuild(); });
  byId("gantt-find").addEventListener("input", (event) => { view.words = event.target.value.trim().toLowerCase(); place.scrollTop = 0; rebuild(); });
  byId("gantt-open").addEventListener("click", () => setAll(true));
  byId("gantt-close").addEventListener("click", () => setAll(false));
  byId("gantt-in").addEventListener("click", () => zoom(1.6));
  byId("gantt-out").addEventListener("click", () => zoom(1 / 1.6));
  byId("gantt-fit").addEventListener("click", () => look(0, data.end_min));
}

/** What the pointer is on: a step, a wait or a voyage, else the row. */
function ganttTip(node, minute) {
  const within = (from, to) => minute !== null && minute >= from && minute < to;
  if (node.kind === "load") {
    for (const step of stepsOf(node.index)) if (within(data.steps.start_min[step], data.steps.end_min[step])) return stepWords(step);
    for (const wait of waitsOf(node.index)) if (within(data.waits.start_min[wait], data.waits.end_min[wait])) return waitWords(wait);
  }
  if (node.kind === "asset") {
    for (const voyage of voyagesOf(node.index)) if (within(data.voyages.load_start_min[voyage], data.voyages.unload_end_min[voyage] + 1)) return voyageWords(voyage);
  }
  return rowWords(node);
}

function stepWords(step) {
  const leg = data.legs[data.steps.leg[step]], voyage = data.steps.voyage[step];
  const by = voyage < 0 ? leg.carrier.replaceAll("_", " ") : `${data.assets[data.voyages.asset[voyage]]}, voyage ${data.voyages.id[voyage]}`;
  return `${siteName(leg.origin)} → ${siteName(leg.destination)} by ${by}\nstarts ${when(data.steps.start_min[step])}\ndeparts ${when(data.steps.departure_min[step])}\narrives ${when(data.steps.arrival_min[step])}\nends ${when(data.steps.end_min[step])}`;
}

function waitWords(wait) {
  const what = data.waits.what[wait], name = ["resource", "staging"].includes(data.waits.cause[wait]) ? resourceName(what) : what;
  return `waits at ${siteName(data.waits.place[wait])} for ${duration(data.waits.minutes[wait])}\n${CAUSES[data.waits.cause[wait]]}${name ? `: ${name}` : ""}`;
}

function voyageWords(voyage) {
  const voyages = data.voyages, loads = voyageLoads(voyage).map((step) => data.loads.id[data.steps.load[step]]);
  const carries = voyages.leg[voyage] < 0 ? "empty" : loads.length > 6 ? `${loads.slice(0, 6).join(", ")} and ${loads.length - 6} more` : loads.join(", ");
  return `${voyages.id[voyage]}: ${siteName(voyages.origin[voyage])} → ${siteName(voyages.destination[voyage])}\ndeparts ${when(voyages.departure_min[voyage])}\narrives ${when(voyages.arrival_min[voyage])}\n${carries}`;
}
