// The rotation chart: tours of each requirement on lanes, or units of each offer in place and away.

const tourGroups = new Map();
/** Tours by what one of their columns says. */
function toursOf(column, value) {
  if (!tourGroups.has(column)) {
    const groups = new Map();
    data.tours[column].forEach((key, tour) => { if (groups.has(key)) groups.get(key).push(tour); else groups.set(key, [tour]); });
    tourGroups.set(column, groups);
  }
  return tourGroups.get(column).get(value) || [];
}

function drawRota() {
  const place = byId("rota-scroll"), left = Math.min(330, Math.max(170, place.clientWidth * 0.27)), rowHeight = 22, headHeight = 34;
  const chosen = { rows: "requirement", nation: "", words: "", tour: -1 };
  const { tours } = data, endD = data.month_starts_d[data.months];
  const cover = new Map((data.cover || []).map((row) => [row.requirement_id, row]));
  const titles = new Map([...(data.cover || []).map((row) => [row.requirement_id, row.name]), ...(data.rows || []).map((row) => [row.name, row.title])]);
  let rows = [];
  const strips = makeStrips(place, { rowHeight, headHeight, rowCount: () => rows.length, paintRows, printRows: 30 });
  const x = (day) => left + (Math.max(0, Math.min(endD, day)) / endD) * (place.clientWidth - left);

  function choose() {
    rows = chosen.rows === "requirement" ? requirementRows() : offerRows();
    byId("rota-count").textContent = tours.unit.length ? `${plural(tours.unit.length, "tour")} of ${plural(new Set(tours.offer_id).size, "offer")}` : "no tours";
    strips.refresh();
  }
  const fits = (words, own) => (!chosen.words || words.toLowerCase().includes(chosen.words)) && (!chosen.nation || own.some((tour) => tours.nation[tour] === chosen.nation));

  function requirementRows() {
    const names = data.cover ? data.cover.map((row) => row.requirement_id) : [...new Set(tours.requirement_id)];
    return names.flatMap((name) => {
      const own = toursOf("requirement_id", name);
      if (!fits(`${name} ${titles.get(name) || ""} ${own.map((tour) => tours.offer_id[tour]).join(" ")}`, own)) return [];
      const lanes = [], free = [];
      for (const tour of [...own].sort((a, b) => tours.there_d[a] - tours.there_d[b] || tours.end_d[a] - tours.end_d[b])) {
        let lane = free.findIndex((day) => day <= tours.there_d[tour]);
        if (lane < 0) { lane = lanes.length; lanes.push([]); free.push(0); }
        lanes[lane].push(tour);
        free[lane] = tours.end_d[tour];
      }
      return [{ kind: "head", name: titles.get(name) || name, note: name, cover: cover.get(name) || null, tours: own }, ...lanes.map((each, index) => ({ kind: "lane", name: `tour line ${index + 1}`, tours: each }))];
    });
  }
  function offerRows() {
    return data.offers.flatMap((offer) => {
      const own = toursOf("offer_id", offer.offer_id);
      if (!fits(`${offer.offer_id} ${offer.name} ${offer.capability}`, own) || !own.length) return [];
      const units = new Map();
      for (const tour of own) { if (!units.has(tours.unit[tour])) units.set(tours.unit[tour], []); units.get(tours.unit[tour]).push(tour); }
      return [{ kind: "head", name: offer.offer_id, note: `${offer.capability}, ${count(offer.serving)} of ${plural(offer.units, "unit")} serve`, cover: null, tours: own },
        ...[...units].sort((a, b) => a[0] - b[0]).map(([unit, each]) => ({ kind: "unit", name: `unit ${unit}`, tours: each }))];
    });
  }

  function paintRows(context, frame) {
    paintMonthLines(context, { left, width: frame.width, height: frame.height, headHeight });
    for (let index = frame.first; index < frame.last; index += 1) {
      const row = rows[index], y = frame.yOf(index);
      if (index === strips.focus && document.activeElement === place) { context.fillStyle = colours.faint; context.fillRect(0, y, frame.width, rowHeight); }
      context.fillStyle = row.kind === "head" ? colours.rule : colours.faint;
      context.fillRect(0, row.kind === "head" ? y : y + rowHeight - 1, frame.width, 1);
      if (row.kind === "head") paintHead(context, row, y, frame.width); else for (const tour of row.tours) paintTour(context, row, tour, y);
      context.textBaseline = "middle";
      context.font = font(row.kind === "head" ? 12 : 11, row.kind === "head" ? 600 : 400);
      context.fillStyle = row.kind === "head" ? colours.ink : colours.muted;
      const name = fitText(context, row.name, left - (row.kind === "head" ? 70 : 30));
      context.fillText(name, row.kind === "head" ? 8 : 22, y + rowHeight / 2);
      if (row.kind === "head") {
        const after = 8 + context.measureText(name).width + 8;
        context.font = font(11);
        context.fillStyle = colours.muted;
        context.fillText(fitText(context, row.note, left - after - 8), after, y + rowHeight / 2);
      }
    }
    context.fillStyle = colours.surface;
    context.fillRect(0, 0, frame.width, headHeight);
    paintMonths(context, { left, width: frame.width });
    context.fillStyle = colours.rule;
    context.fillRect(left - 1, 0, 1, frame.height);
  }

  /** Need as a line, and what is in place below it. */
  function paintHead(context, row, y) {
    if (!row.cover) return;
    const most = Math.max(1, ...row.cover.needed, ...row.cover.in_place), up = (value) => y + rowHeight - 3 - (value / most) * (rowHeight - 8);
    for (let month = 0; month < data.months; month += 1) {
      const needed = row.cover.needed[month], there = row.cover.in_place[month], at = x(data.month_starts_d[month]), wide = x(data.month_starts_d[month + 1]) - at;
      if (!needed && !there) continue;
      context.fillStyle = there >= needed ? colours["heat-2"] : colours["heat-4"];
      context.fillRect(at, up(there), wide, y + rowHeight - 3 - up(there));
      if (needed) { context.fillStyle = colours.ink; context.fillRect(at, up(needed) - 1, wide, 1.5); }
    }
  }

  function paintTour(context, row, tour, y) {
    const fade = chosen.nation && tours.nation[tour] !== chosen.nation ? 0.25 : 1, at = x(tours.start_d[tour]), until = x(tours.end_d[tour]), there = x(tours.there_d[tour]);
    context.globalAlpha = fade;
    if (row.kind === "unit") { context.fillStyle = colours["heat-1"]; context.fillRect(until, y + 8, x(tours.away_until_d[tour]) - until, 5); }
    context.fillStyle = colours["heat-2"];
    context.fillRect(there, y + 3, at - there, rowHeight - 7);
    context.fillStyle = colours.accent;
    context.fillRect(at, y + 3, Math.max(1, until - at - 1), rowHeight - 7);
    context.font = font(11);
    context.textBaseline = "middle";
    context.fillStyle = darkScheme() ? "#08131d" : "#ffffff";
    const label = row.kind === "unit" ? tours.requirement_id[tour] : `${tours.offer_id[tour]} · ${tours.unit[tour]}`;
    const short = row.kind === "unit" ? label : until - at > 150 ? `${tours.nation[tour]}  ${label}` : tours.nation[tour];
    if (until - at > 26) context.fillText(fitText(context, short, until - at - 8), at + 4, y + rowHeight / 2 - 0.5);
    if (tour === chosen.tour && document.activeElement === place) { context.strokeStyle = colours.focus; context.lineWidth = 2.5; context.strokeRect(there, y + 2, until - there, rowHeight - 5); }
    context.globalAlpha = 1;
  }

  function tourWords(tour) {
    const early = tours.start_d[tour] - tours.there_d[tour], name = titles.get(tours.requirement_id[tour]);
    return `${tours.nation[tour]} ${tours.offer_id[tour]}, unit ${tours.unit[tour]}${tours.people[tour] ? `, ${count(tours.people[tour])} people` : ""}\n${tours.requirement_id[tour]}${name ? ` ${name}` : ""}\n` +
      `in place ${cDay(tours.start_d[tour])} to ${cDay(tours.end_d[tour])}${early > 0 ? `, there ${plural(early, "day")} before` : ""}\naway until ${cDay(tours.away_until_d[tour])}`;
  }
  const rowWords = (row) => `${row.name}${row.note ? ` (${row.note})` : ""}: ${plural(row.tours.length, "tour")}`;
  function go(index, step) {
    if (!rows.length) return;
    strips.focus = Math.max(0, Math.min(rows.length - 1, index));
    const row = rows[strips.focus], own = row.kind === "head" ? [] : row.tours, now = own.indexOf(chosen.tour);
    chosen.tour = own.length ? own[Math.max(0, Math.min(own.length - 1, now < 0 ? 0 : now + step))] : -1;
    strips.show(strips.focus);
    strips.soon();
    byId("rota-live").textContent = (chosen.tour >= 0 ? tourWords(chosen.tour) : rowWords(row)).replaceAll("\n", "; ");
  }
  function tourAt(event) {
    const index = strips.rowAt(event);
    if (index < 0 || rows[index].kind === "head") return -1;
    return rows[index].tours.find((tour) => event.offsetX >= x(tours.there_d[tour]) && event.offsetX < x(rows[index].kind === "unit" ? tours.away_until_d[tour] : tours.end_d[tour])) ?? -1;
  }
  strips.canvas.addEventListener("pointermove", (event) => {
    const tour = tourAt(event), index = strips.rowAt(event);
    if (tour >= 0) showTip(event, tourWords(tour)); else if (index >= 0) showTip(event, rowWords(rows[index])); else hideTip();
  });
  strips.canvas.addEventListener("click", (event) => { const tour = tourAt(event); if (tour >= 0) { chosen.tour = tour; strips.focus = strips.rowAt(event); strips.soon(); byId("rota-live").textContent = tourWords(tour).replaceAll("\n", "; "); } });
  place.addEventListener("keydown", (event) => {
    const keys = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [12, 0], PageUp: [-12, 0], Home: [-rows.length, 0], End: [rows.length, 0] };
    if (keys[event.key]) { event.preventDefault(); go(strips.focus + keys[event.key][0], keys[event.key][1]); }
  });
  const nations = [...new Set(tours.nation)].sort();
  byId("rota-nation").append(el("option", { value: "" }, "all"), ...nations.map((name) => el("option", { value: name }, name)));
  byId("rota-nation-label").hidden = nations.length < 2;
  for (const key of ["rows", "nation"]) byId(`rota-${key}`).addEventListener("change", (event) => { chosen[key] = event.target.value; place.scrollTop = 0; choose(); });
  byId("rota-find").addEventListener("input", (event) => { chosen.words = event.target.value.trim().toLowerCase(); place.scrollTop = 0; choose(); });
  const legend = [["accent", "in place"], ["heat-2", "there beside the one relieved"], ["heat-1", "away: rests, trains, prepares"], ...(data.cover ? [["heat-4", "less in place than needed"]] : [])];
  byId("rota-legend").append(...legend.map(([colour, name]) => el("span", {}, el("span", { class: "swatch", css: { background: `var(--${colour})` } }), name)), ...(data.cover ? [el("span", {}, el("span", { class: "swatch line" }), "need")] : []));
  choose();
  tourTable(titles);
}

const darkScheme = () => matchMedia("(prefers-color-scheme: dark)").matches && !matchMedia("print").matches;

function tourTable(titles) {
  const { tours } = data, rows = tours.unit.map((_, tour) => tour), get = (column) => (tour) => tours[column][tour];
  orNote("tours-table", rows, "Nobody serves anywhere.", {
    caption: "Every tour, in days after C-day", csv: "tours", search: true, page: 30,
    columns: [
      { name: "Offer", get: get("offer_id"), head: true }, { name: "Nation", get: get("nation") }, { name: "Unit", get: get("unit"), num: true }, { name: "Requirement", get: get("requirement_id") }, { name: "Name", get: (tour) => titles.get(tours.requirement_id[tour]) || "" },
      { name: "People", get: get("people"), num: true }, { name: "Elements", get: get("elements"), num: true },
      ...[["There", "there_d"], ["In place from", "start_d"], ["Until", "end_d"], ["Away until", "away_until_d"]].map(([name, column]) => ({ name, csv: column, get: get(column), show: (tour) => cDay(tours[column][tour]), num: true })),
    ],
  });
}
