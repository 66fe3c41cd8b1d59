// The map: land, flows by mode and day, what is on its way at the moment shown, sites with labels that keep apart.

const DASHES = { road: [], rail: [9, 2.5], sea: [5, 3.5], air: [1.5, 3] };

function drawMap() {
  const canvas = byId("map-canvas"), project = makeProjection(data.sites);
  const legs = data.legs.map((leg) => {
    const points = [];
    for (let index = 0; index < leg.points.length; index += 2) points.push(project(leg.points[index] / 1000, leg.points[index + 1] / 1000));
    return { ...leg, path: pathOf(points), way: measured(points) };
  });
  const sites = data.sites.map((site) => ({ ...site, at: project(site.longitude_deg, site.latitude_deg) }));
  const land = (data.basemap ? Object.values(data.basemap.countries).flat() : []).map((ring) => {
    const points = [];
    for (let index = 0; index < ring.length; index += 2) points.push(project(ring[index] / 100, ring[index + 1] / 100));
    return pathOf(points, true);
  });
  const countries = data.basemap ? countryMiddles(data.basemap.countries, project) : [];
  const graticule = sites.length ? graticulePath(project, data.sites) : new Path2D();
  const shown = { nation: -1, measure: "mass_t", span: "day", modes: new Set(MODES) };
  const view = { x: 0, y: 0, scale: 1 };
  const flowDays = flowsByDay();
  const top = { day: new Map(), all: new Map() };
  let flows = new Map(), labels = [];

  function fit() {
    const box = canvas.getBoundingClientRect(), used = sites.filter((site) => site.used);
    const xs = (used.length ? used : sites).map((site) => site.at[0]), ys = (used.length ? used : sites).map((site) => site.at[1]);
    if (!xs.length) return;
    const [left, right, up, down] = [Math.min(...xs), Math.max(...xs), Math.min(...ys), Math.max(...ys)];
    [view.x, view.y] = [(left + right) / 2, (up + down) / 2];
    view.scale = Math.min((box.width - 110) / Math.max(right - left, 0.01), (box.height - 80) / Math.max(down - up, 0.01));
  }

  /** Amounts by leg for the day shown or the whole move, under the filters. */
  function chooseFlows() {
    flows = new Map();
    const add = (flow) => {
      const [leg, , nation, people, vehicles, mass_t] = flow;
      if ((shown.nation >= 0 && nation !== shown.nation) || !shown.modes.has(data.legs[leg].mode)) return;
      const sum = flows.get(leg) || { people: 0, vehicles: 0, mass_t: 0 };
      sum.people += people; sum.vehicles += vehicles; sum.mass_t += mass_t;
      flows.set(leg, sum);
    };
    if (shown.span === "all") for (const day of flowDays.values()) day.forEach(add);
    else (flowDays.get(Math.floor(moment.minute / DAY_MIN)) || []).forEach(add);
  }

  /** The largest flow of any leg on any day, or over the move: the same width means the same amount all along. */
  function widest() {
    const known = top[shown.span].get(shown.measure);
    if (known) return known;
    const sums = new Map();
    for (const [day, rows] of flowDays) for (const row of rows) {
      const key = shown.span === "all" ? row[0] : row[0] * 10000 + day;
      sums.set(key, (sums.get(key) || 0) + row[3 + MEASURES.findIndex(([name]) => name === shown.measure)]);
    }
    const most = Math.max(1, ...sums.values());
    top[shown.span].set(shown.measure, most);
    return most;
  }

  function paint() {
    const box = canvas.getBoundingClientRect();
    if (!box.width) return;
    const context = sharpen(canvas, box.width, box.height);
    const toScreen = ([x, y]) => [(x - view.x) * view.scale + box.width / 2, (y - view.y) * view.scale + box.height / 2];
    context.fillStyle = colours.water;
    context.fillRect(0, 0, box.width, box.height);
    context.save();
    context.translate(box.width / 2, box.height / 2);
    context.scale(view.scale, view.scale);
    context.translate(-view.x, -view.y);
    context.lineJoin = "round";
    context.fillStyle = colours.land;
    context.strokeStyle = colours.border;
    context.lineWidth = 0.8 / view.scale;
    for (const ring of land) { context.fill(ring); context.stroke(ring); }
    context.strokeStyle = colours.graticule;
    context.lineWidth = 0.7 / view.scale;
    context.stroke(graticule);
    drawFlows(context);
    context.restore();
    drawCountries(context, toScreen, box);
    drawDots(context, toScreen);
    drawSites(context, toScreen, box);
    drawScaleBar(context, box);
    drawLegend(context, box);
  }

  /** Codes of countries whose middle is in view, large enough to carry one. */
  function drawCountries(context, toScreen, box) {
    context.font = font(13, 700);
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = colours.muted;
    context.globalAlpha = 0.5;
    for (const { code, middle, size } of countries) {
      const [x, y] = toScreen(middle);
      if (size * view.scale > 46 && x > 20 && y > 12 && x < box.width - 20 && y < box.height - 12) context.fillText(code, x, y);
    }
    context.globalAlpha = 1;
    context.textAlign = "left";
  }

  function drawFlows(context) {
    const most = widest();
    context.lineCap = "butt";
    for (const [index, leg] of legs.entries()) {
      if (!shown.modes.has(leg.mode)) continue;
      const flow = flows.get(index);
      context.strokeStyle = colours[leg.mode];
      const width = flow ? 1.6 + 9 * Math.sqrt(flow[shown.measure] / most) : 0.9;
      context.globalAlpha = flow ? 0.88 : 0.2;
      context.setLineDash(DASHES[leg.mode].map((length) => (length * Math.max(1, width / 2.5)) / view.scale));
      context.lineWidth = width / view.scale;
      context.stroke(leg.path);
    }
    context.setLineDash([]);
    context.globalAlpha = 1;
  }

  /** One dot for each voyage or convoy on its way. */
  function drawDots(context, toScreen) {
    if (shown.span === "all") return;
    const seen = new Set(), { leg, load, voyage, departure_min, arrival_min } = data.steps;
    for (let index = 0; index < leg.length; index += 1) {
      if (departure_min[index] > moment.minute || arrival_min[index] <= moment.minute) continue;
      if (voyage[index] >= 0) { if (seen.has(voyage[index])) continue; seen.add(voyage[index]); }
      const way = legs[leg[index]];
      if (!shown.modes.has(way.mode) || (shown.nation >= 0 && data.lines[data.loads.line[load[index]]].nation !== shown.nation)) continue;
      const [x, y] = toScreen(partOfTheWay(way.way, (moment.minute - departure_min[index]) / (arrival_min[index] - departure_min[index])));
      context.beginPath();
      context.arc(x, y, 4, 0, 2 * Math.PI);
      context.fillStyle = colours[way.mode];
      context.fill();
      context.strokeStyle = colours.surface;
      context.lineWidth = 1.5;
      context.stroke();
    }
  }

  function drawSites(context, toScreen, box) {
    const order = [...sites].sort((a, b) => b.weight - a.weight), taken = [];
    labels = [];
    context.textBaseline = "middle";
    for (const site of order) {
      const [x, y] = toScreen(site.at);
      if (x < -20 || y < -20 || x > box.width + 20 || y > box.height + 20) continue;
      site.screen = [x, y];
      labels.push(site);
    }
    for (const site of labels) {
      const rect = [site.screen[0] - 9, site.screen[1] - 8, site.screen[0] + 9, site.screen[1] + 6, site];
      site.framed = site.used && !taken.some((other) => overlaps(rect, other));
      if (site.framed) taken.push(rect);
    }
    for (const site of [...labels].reverse()) if (!site.framed) drawSymbol(context, site, ...site.screen, colours);
    for (const site of labels) if (site.framed) drawSymbol(context, site, ...site.screen, colours);
    for (const site of labels) {
      if (site.used && !site.framed && view.scale < 9000) continue;
      context.font = font(site.weight > 0 ? 12 : 11, site.weight > 0 ? 600 : 400);
      const width = context.measureText(site.name).width, [x, y] = site.screen;
      const free = [[x + 12, y], [x - 12 - width, y], [x - width / 2, y - 16], [x - width / 2, y + 16]].find(([left, middle]) => {
        const rect = [left - 2, middle - 8, left + width + 2, middle + 8];
        return rect[0] > 0 && rect[2] < box.width && taken.every((other) => other[4] === site || !overlaps(rect, other));
      });
      if (!free) continue;
      taken.push([free[0] - 2, free[1] - 8, free[0] + width + 2, free[1] + 8, null]);
      context.lineWidth = 3.5;
      context.strokeStyle = colours.land;
      context.lineJoin = "round";
      context.strokeText(site.name, ...free);
      context.fillStyle = colours.ink;
      context.fillText(site.name, ...free);
    }
  }

  function drawScaleBar(context, box) {
    const kmOfPixel = 6371 / view.scale, km = [10, 20, 50, 100, 200, 500, 1000, 2000].find((length) => length / kmOfPixel > 70) || 5000;
    const width = km / kmOfPixel, y = box.height - 16;
    context.fillStyle = colours.ink;
    context.fillRect(14, y, width, 3);
    context.font = font(11);
    context.textBaseline = "alphabetic";
    context.fillText(`${count(km)} km`, 14, y - 5);
  }

  function drawLegend(context, box) {
    context.font = font(11);
    const most = widest(), x = box.width - 132, y = box.height - 76, shownMost = roundBelow(most);
    context.globalAlpha = 0.88;
    context.fillStyle = colours.surface;
    context.fillRect(x - 10, y - 14, 136, 84);
    context.globalAlpha = 1;
    context.textBaseline = "middle";
    context.fillStyle = colours.ink;
    context.fillText(`${measureName(shown.measure)} ${shown.span === "all" ? "in all" : "a day"}`, x, y);
    [1, 0.2, 0.05].forEach((part, index) => {
      const amount = shownMost * part, line = y + 18 + index * 19;
      context.strokeStyle = colours.muted;
      context.lineWidth = 1.6 + 9 * Math.sqrt(amount / most);
      context.beginPath();
      context.moveTo(x, line);
      context.lineTo(x + 44, line);
      context.stroke();
      context.fillText(count(amount), x + 54, line);
    });
  }

  const update = onceAFrame(() => { chooseFlows(); paint(); mapTable(flows, legs, shown); });
  const repaintMap = onceAFrame(paint);
  bindMapTools(shown, update, fit);
  bindMapPointer(canvas, view, repaintMap, fit, (event) => mapTip(event, canvas, legs, labels, flows, view));
  moment.listeners.push(update);
  painters.push(() => { if (matchMedia("print").matches) fit(); paint(); });
  new ResizeObserver(repaintMap).observe(canvas);
  byId("map-credit").textContent = [data.basemap ? `Land: ${data.basemap.credit}.` : "", data.routes_credit].join(" ");
  fit();
  update();
}

const overlaps = (one, other) => one[0] <= other[2] && one[2] >= other[0] && one[1] <= other[3] && one[3] >= other[1];

function flowsByDay() {
  const days = new Map(), { leg, day, nation, people, vehicles, mass_t } = data.flows;
  for (let index = 0; index < leg.length; index += 1) {
    if (!days.has(day[index])) days.set(day[index], []);
    days.get(day[index]).push([leg[index], day[index], nation[index], people[index], vehicles[index], mass_t[index]]);
  }
  return days;
}

function mapTable(flows, legs, shown) {
  if (!byId("map-table").parentElement.open) return;
  const rows = [...flows].map(([leg, sum]) => ({ ...sum, leg: legs[leg] })).sort((a, b) => b[shown.measure] - a[shown.measure]);
  makeTable(byId("map-table"), {
    caption: shown.span === "all" ? "Flows of the whole move" : `On their way on day ${offset(Math.floor(moment.minute / DAY_MIN) * DAY_MIN)}`,
    columns: [
      { name: "From", get: (row) => siteName(row.leg.origin), head: true }, { name: "To", get: (row) => siteName(row.leg.destination) },
      { name: "Mode", get: (row) => row.leg.mode }, { name: "By", get: (row) => row.leg.carrier },
      ...MEASURES.map(([key, name]) => ({ name, get: (row) => Math.round(row[key]), show: (row) => count(row[key]), num: true })),
    ],
    rows, csv: "flows", page: 15,
  });
}
