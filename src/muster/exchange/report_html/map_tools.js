// What the hand does on the map: filters, pan, zoom, keys, tips; and the simple symbols of its sites.

function bindMapTools(shown, update, fit) {
  const nation = byId("map-nation"), measure = byId("map-measure"), span = byId("map-span");
  nation.append(el("option", { value: -1 }, "all"), ...data.nations.map((code, index) => el("option", { value: index }, code)));
  measure.append(...MEASURES.map(([key, name]) => el("option", { value: key }, name.toLowerCase())));
  measure.value = shown.measure;
  nation.addEventListener("change", () => { shown.nation = Number(nation.value); update(); });
  measure.addEventListener("change", () => { shown.measure = measure.value; update(); });
  span.addEventListener("change", () => { shown.span = span.value; update(); });
  byId("map-table").parentElement.addEventListener("toggle", update);
  for (const mode of MODES) {
    const chip = el("button", { type: "button", class: "mode", "aria-pressed": "true", on: { click: () => {
      if (!shown.modes.delete(mode)) shown.modes.add(mode);
      chip.setAttribute("aria-pressed", String(shown.modes.has(mode)));
      update();
    } } }, el("span", { class: "swatch", css: { background: `var(--${mode})` } }), mode);
    byId("map-modes").append(chip);
  }
  const slider = byId("time"), play = byId("play");
  slider.max = data.end_min;
  slider.addEventListener("input", () => moment.set(Number(slider.value)));
  moment.listeners.push((minute) => {
    slider.value = minute;
    slider.setAttribute("aria-valuetext", when(minute));
    byId("time-label").textContent = offset(Math.floor(minute / 60) * 60);
    byId("map-clock").textContent = `Day ${offset(Math.floor(minute / DAY_MIN) * DAY_MIN)}${dateTimeGroup(minute) ? ` · ${dateTimeGroup(Math.floor(minute / 60) * 60)}` : ""}`;
  });
  let last = null;
  const tick = (now) => {
    if (play.getAttribute("aria-pressed") !== "true") { last = null; return; }
    if (last !== null) moment.set(moment.minute + Math.min(100, now - last) * (data.end_min / 45000));
    last = now;
    if (moment.minute >= data.end_min) press(false);
    requestAnimationFrame(tick);
  };
  const press = (on) => {
    play.setAttribute("aria-pressed", String(on));
    play.textContent = on ? "❚❚ Pause" : "▶ Play";
    if (on) { if (moment.minute >= data.end_min) moment.set(0); requestAnimationFrame(tick); }
  };
  play.addEventListener("click", () => press(play.getAttribute("aria-pressed") !== "true"));
  byId("map-fit").addEventListener("click", () => { fit(); update(); });
}

function bindMapPointer(canvas, view, repaint, fit, tipAt) {
  const zoom = (factor, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) => {
    const [fromX, fromY] = [(x - canvas.clientWidth / 2) / view.scale, (y - canvas.clientHeight / 2) / view.scale];
    const scale = Math.max(40, Math.min(400000, view.scale * factor));
    view.x += fromX * (1 - view.scale / scale);
    view.y += fromY * (1 - view.scale / scale);
    view.scale = scale;
    repaint();
  };
  const pan = (x, y) => { view.x -= x / view.scale; view.y -= y / view.scale; repaint(); };
  let held = null;
  canvas.addEventListener("pointerdown", (event) => { held = [event.clientX, event.clientY]; canvas.setPointerCapture(event.pointerId); });
  canvas.addEventListener("pointermove", (event) => {
    if (!held) { tipAt(event); return; }
    hideTip();
    pan(event.clientX - held[0], event.clientY - held[1]);
    held = [event.clientX, event.clientY];
  });
  for (const name of ["pointerup", "pointercancel"]) canvas.addEventListener(name, () => { held = null; });
  canvas.addEventListener("pointerleave", hideTip);
  canvas.addEventListener("wheel", (event) => {
    if (document.activeElement !== canvas && !event.ctrlKey) return;
    event.preventDefault();
    zoom(Math.exp(-event.deltaY * 0.0016), event.offsetX, event.offsetY);
  }, { passive: false });
  canvas.addEventListener("dblclick", (event) => zoom(2, event.offsetX, event.offsetY));
  canvas.addEventListener("keydown", (event) => {
    const keys = { ArrowLeft: () => pan(60, 0), ArrowRight: () => pan(-60, 0), ArrowUp: () => pan(0, 60), ArrowDown: () => pan(0, -60),
      "+": () => zoom(1.5), "=": () => zoom(1.5), "-": () => zoom(1 / 1.5), 0: () => { fit(); repaint(); } };
    if (keys[event.key] && !event.ctrlKey && !event.metaKey) { event.preventDefault(); keys[event.key](); }
  });
  byId("map-in").addEventListener("click", () => zoom(1.5));
  byId("map-out").addEventListener("click", () => zoom(1 / 1.5));
}

/** The site or flow under the pointer, in words. */
function mapTip(event, canvas, legs, sites, flows, view) {
  const { offsetX: x, offsetY: y } = event;
  const site = sites.find((other) => Math.hypot(other.screen[0] - x, other.screen[1] - y) < 10);
  if (site) {
    const day = Math.floor(moment.minute / DAY_MIN);
    const loads = data.resources.filter((row) => row.place === site.place && row.kind !== "fleet" && row.used.some((used) => used > 0));
    const told = loads.slice(0, 8).map((row) => `${row.kind_name}: ${percent(shareOf(row, day))} (${tenth(row.used[day])} of ${tenth(row.capacity[day])})`);
    showTip(event, [`${site.name}, ${site.country}`, site.kinds.join(", "), ...(told.length ? [`Day ${offset(day * DAY_MIN)}`, ...told] : [])].filter(Boolean).join("\n"));
    return;
  }
  const at = [(x - canvas.clientWidth / 2) / view.scale + view.x, (y - canvas.clientHeight / 2) / view.scale + view.y];
  let best = null, nearest = 7 / view.scale;
  for (const index of flows.keys()) {
    const away = distanceTo(legs[index].way.points, at);
    if (away < nearest) [nearest, best] = [away, index];
  }
  if (best === null) { hideTip(); return; }
  const flow = flows.get(best), leg = legs[best];
  showTip(event, `${siteName(leg.origin)} → ${siteName(leg.destination)}\n${leg.mode}, ${leg.carrier.replaceAll("_", " ")}, ${count(leg.distance_m / 1000)} km\n${count(flow.people)} people, ${count(flow.vehicles)} vehicles, ${count(flow.mass_t)} t`);
}

function distanceTo(points, [x, y]) {
  let least = Infinity;
  for (let index = 1; index < points.length; index += 1) {
    const [ax, ay] = points[index - 1], [bx, by] = points[index], [dx, dy] = [bx - ax, by - ay];
    const part = Math.max(0, Math.min(1, ((x - ax) * dx + (y - ay) * dy) / (dx * dx + dy * dy || 1)));
    least = Math.min(least, Math.hypot(ax + part * dx - x, ay + part * dy - y));
  }
  return least;
}

/** A friendly frame in the manner of APP-6 with a mark for what the site is; a dot where there is no room or no use. */
function drawSymbol(context, site, x, y, palette) {
  if (!site.framed) {
    context.beginPath();
    context.arc(x, y, site.used ? 3 : 2, 0, 2 * Math.PI);
    context.fillStyle = site.used ? palette.friend : palette.muted;
    context.fill();
    context.strokeStyle = palette["friend-line"];
    context.lineWidth = 1;
    if (site.used) context.stroke();
    return;
  }
  const [left, up, width, height] = [x - 8, y - 5.5, 16, 11];
  context.fillStyle = palette.friend;
  context.fillRect(left, up, width, height);
  context.lineWidth = 1.3;
  context.strokeStyle = context.fillStyle = palette["friend-line"];
  context.strokeRect(left, up, width, height);
  context.fillRect(left + 4.5, up - 2.4, 7, 2.4);
  const kinds = new Set(site.kinds), line = (...points) => {
    context.beginPath();
    points.forEach(([px, py], index) => (index ? context.lineTo(x + px, y + py) : context.moveTo(x + px, y + py)));
    context.stroke();
  };
  if (kinds.has("port")) { line([0, -3.5], [0, 3.5]); line([-2.5, -1.8], [2.5, -1.8]); line([-4, 1], [-2.5, 3.3], [0, 3.8], [2.5, 3.3], [4, 1]); }
  else if (kinds.has("airfield")) { line([-5, 0], [5, 0]); line([-1, -3.6], [1.6, 0], [-1, 3.6]); line([-5, -1.8], [-5, 1.8]); }
  else if (kinds.has("border") || kinds.has("gauge_point")) { line([-4.5, -3], [4.5, 3]); line([-4.5, 3], [4.5, -3]); }
  else if (kinds.has("railhead")) { line([-5.5, -1.6], [5.5, -1.6]); line([-5.5, 1.6], [5.5, 1.6]); for (const tie of [-3.5, 0, 3.5]) line([tie, -3.2], [tie, 3.2]); }
  else if (kinds.has("staging")) { line([-5.5, 3], [-5.5, -3], [5.5, -3], [5.5, 3]); }
  else { context.beginPath(); context.arc(x, y, 1.8, 0, 2 * Math.PI); context.fill(); }
}
