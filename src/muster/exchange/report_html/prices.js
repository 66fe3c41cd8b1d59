// What one more of a place or fleet would be worth on each day, beside how full it is on that day.

const PRICES_DRAWN = 10;

/** Small charts of the places and fleets that have prices, the dearest first, and the figures as a table. */
function drawPrices() {
  const priced = data.resources.filter((row) => row.saved_d).map((row) => ({ ...row, whole_d: row.saved_d.reduce((sum, value) => sum + (value || 0), 0) })).filter((row) => row.whole_d > 0.05)
    .sort((a, b) => b.whole_d - a.whole_d);
  byId("prices").hidden = !priced.length;
  if (!priced.length) return;
  const drawn = priced.slice(0, PRICES_DRAWN), days = data.end_min / DAY_MIN;
  const highest = Math.max(...drawn.flatMap((row) => row.saved_d.map((value) => value || 0)));
  byId("prices-charts").replaceChildren(...drawn.map((row) => priceChart(row, days, highest)));
  byId("prices-legend").replaceChildren(
    el("span", {}, el("i", { class: "swatch", css: { background: "var(--heat-3)" } }), "in use"),
    el("span", {}, el("i", { class: "swatch", css: { background: "var(--faint)", outline: "1px solid var(--muted)" } }), "capacity"),
    el("span", {}, el("i", { class: "swatch", css: { background: "var(--late)" } }), `worth of one more on that day; all to one scale, to ${saved(highest)} weighted days`));
  const rows = priced.flatMap((row) => row.saved_d.map((value, day) => ({ row, day, value })).filter((each) => each.value));
  makeTable(byId("prices-table"), {
    caption: "Days with a price: weighted days of lateness that one more unit on that day takes off the bound, to the first order",
    columns: [
      { name: "Place or fleet", get: (each) => resourceName(each.row.resource_id), head: true },
      { name: "Day", csv: "day_c_d", get: (each) => each.day, show: (each) => `C+${each.day}`, num: true },
      { name: "In use", csv: "used", get: (each) => each.row.used[each.day] ?? null, num: true },
      { name: "Capacity", csv: "capacity", get: (each) => each.row.capacity[each.day] ?? null, num: true },
      { name: "One more of", get: (each) => each.row.unit },
      { name: "Weighted days saved", csv: "saved_d", get: (each) => each.value, show: (each) => saved(each.value), num: true },
    ],
    rows, csv: "prices_by_day", page: 15, sort: { column: 5, down: true },
  });
}

const saved = (value) => (value === null ? "closed" : value >= 100 ? count(value) : value >= 0.1 || value === 0 ? tenth(value) : "< 0.1");

/** One place or fleet: use against capacity above, the worth of one more below, day under day. */
function priceChart(row, days, highest) {
  const width = 360, left = 4, wide = (width - 2 * left) / days, upper = 46, lower = 46, foot = 16, middle = upper + 6, base = middle + lower;
  const most = Math.max(1e-9, ...row.used, ...row.capacity.map((value) => value || 0));
  const dearest = row.saved_d.reduce((best, value, day) => ((value || 0) > (row.saved_d[best] || 0) ? day : best), 0);
  const said = `${resourceName(row.resource_id)}: one more is worth most on C+${dearest}, ${saved(row.saved_d[dearest])} weighted days of lateness, and ${saved(row.whole_d)} over all days`;
  const svg = el("svg", { viewBox: `0 0 ${width} ${base + foot}`, role: "img", "aria-label": said });
  const bar = (day, top, high, fill, extra = {}) => el("rect", { x: left + day * wide, y: top, width: Math.max(0.5, wide - 0.6), height: Math.max(0, high), fill, ...extra });
  for (let day = 0; day < days; day++) {
    const room = ((row.capacity[day] || 0) / most) * upper, used = ((row.used[day] || 0) / most) * upper, worth = ((row.saved_d[day] || 0) / highest) * lower;
    if (room > 0) svg.append(bar(day, upper - room, room, "var(--faint)", { stroke: "var(--rule)", "stroke-width": 0.4 }));
    if (used > 0) svg.append(bar(day, upper - used, used, "var(--heat-3)"));
    if (worth > 0) svg.append(bar(day, base - worth, worth, "var(--late)"));
    svg.append(el("rect", { x: left + day * wide, y: 0, width: wide, height: base, fill: "transparent" },
      el("title", {}, `C+${day}: ${count(row.used[day] || 0)} of ${count(row.capacity[day] || 0)} ${row.unit} in use; one more is worth ${saved(row.saved_d[day] ?? 0)} weighted days`)));
  }
  for (const y of [upper, base]) svg.append(el("line", { x1: left, x2: width - left, y1: y, y2: y, stroke: "var(--muted)", "stroke-width": 0.8 }));
  const step = dayStep(days, 7);
  for (let day = 0; day < days; day += step) svg.append(el("text", { x: left + day * wide, y: base + 12, class: "soft", "font-size": 10 }, `C+${day}`));
  return el("figure", { class: "price" }, el("figcaption", {}, el("strong", {}, resourceName(row.resource_id)), ` ${saved(row.whole_d)} weighted days in all, most on C+${dearest}`), svg);
}
