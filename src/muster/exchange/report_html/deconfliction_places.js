// Places and fleets that are wanted too much: a grid of days, the worst first, and the same figures as tables.

const GRID_ROWS = 14;
const LEVELS = [[0.1, "to 10 %"], [0.25, "to 25 %"], [0.5, "to 50 %"], [1, "to 100 %"], [Infinity, "more"]];
const overShare = (day) => (day.limit ? day.over / day.limit : day.over);
const levelOf = (day) => 1 + LEVELS.findIndex(([top]) => overShare(day) <= top);
const named = (subject) => data.names[subject] || { name: subject, what: "", per: 1 };
const scaled = (subject, amount) => (amount === null ? null : Math.round((amount / named(subject).per) * 10) / 10);
const amountText = (subject, amount) => (amount === null ? "–" : named(subject).per > 1 ? tenth(scaled(subject, amount)) : count(amount));

/** Clashes of a kind in the form of the headquarters, whoever the page is for: a nation's own days are put together. */
function clashesOf(kind) {
  if (data.nation === null) return data.clashes.filter((clash) => clash.kind === kind || (kind === "place" && clash.kind === "order"));
  const grouped = new Map();
  for (const day of data.clashes) {
    if (day.kind !== kind && !(kind === "place" && day.kind === "order")) continue;
    if (!grouped.has(day.subject)) grouped.set(day.subject, { kind: day.kind, subject: day.subject, place: day.place, days: [] });
    const gives = day.to_give === null ? {} : { [data.nation]: day.to_give };
    grouped.get(day.subject).days.push({ ...day, wants: { [data.nation]: day.own, others: day.others }, gives });
  }
  return [...grouped.values()].sort((a, b) => worth(b) - worth(a));
}

const worth = (clash) => clash.days.reduce((sum, day) => sum + overShare(day), 0);
const amountsText = (subject, amounts) => Object.entries(amounts).filter(([, amount]) => amount).sort((a, b) => b[1] - a[1]).map(([nation, amount]) => `${nation} ${amountText(subject, amount)}`).join(", ");
const wantsText = (clash, day) => amountsText(clash.subject, day.wants);
const givesText = (clash, day) => amountsText(clash.subject, day.gives);
const linesOf = (clash) => new Set(clash.days.flatMap((day) => day.ulns));
const nationsOf = (clash) => [...new Set(clash.days.flatMap((day) => Object.keys(day.wants)))].sort();
const worstOf = (clash) => clash.days.reduce((worst, day) => (overShare(day) > overShare(worst) ? day : worst));
const isFleet = (clash) => clash.kind === "fleet";

function dayText(clash, day) {
  const { name, what } = named(clash.subject);
  const head = `${name}: ${what}\n${when(day.day * DAY_MIN)}`;
  const body = isFleet(clash) ? `${plural(day.over, "voyage")} that none of ${plural(day.limit, "asset")} can make` : day.limit === null ? `${plural(day.over, "load")} whose place was taken` : `${amountText(clash.subject, day.over + day.limit)} wanted, ${amountText(clash.subject, day.over)} over ${amountText(clash.subject, day.limit)}`;
  const gives = givesText(clash, day);
  return `${head}\n${body}\n${isFleet(clash) ? "voyages: " : "wanted: "}${wantsText(clash, day)}${gives ? `\nto give: ${gives}` : ""}`;
}

function drawClashes(section, kind, noun) {
  const rows = clashesOf(kind);
  if (!rows.length) {
    byId(`${section}-grid`).replaceChildren(el("p", { class: "muted" }, kind === "place" ? "No place is too narrow for all." : "No lift is promised twice."));
    byId(`${section}-days`).parentElement.hidden = true;
    return;
  }
  byId(`${section}-grid`).append(gridOf(rows.slice(0, GRID_ROWS), noun));
  makeTable(byId(`${section}-table`), {
    caption: `${noun} by days of capacity that are wanted too much, the narrowest first`, csv: section, search: rows.length > 15, page: 15, print: true,
    columns: [
      { name: noun.slice(0, -1), get: (row) => named(row.subject).name, head: true }, { name: "What", get: (row) => named(row.subject).what },
      { name: "Days of capacity", csv: "over_days_of_capacity", get: (row) => Math.round(worth(row) * 10) / 10, show: (row) => tenth(worth(row)), num: true },
      { name: "Days", get: (row) => row.days.length, num: true },
      { name: "From", get: (row) => row.days[0].day, show: (row) => offset(row.days[0].day * DAY_MIN), num: true },
      { name: "To", get: (row) => row.days[row.days.length - 1].day, show: (row) => offset(row.days[row.days.length - 1].day * DAY_MIN), num: true },
      { name: "Worst day", get: (row) => worstOf(row).day, show: (row) => `${offset(worstOf(row).day * DAY_MIN)}: ${amountText(row.subject, worstOf(row).over)} over ${amountText(row.subject, worstOf(row).limit)}`, num: true },
      { name: data.nation === null ? "Nations" : "Own and others, worst day", get: (row) => (data.nation === null ? nationsOf(row).join(" ") : wantsText(row, worstOf(row))) },
      { name: data.nation === null ? "Lines" : "Own lines", get: (row) => linesOf(row).size, num: true },
    ],
    rows,
  });
  makeTable(byId(`${section}-days`), {
    caption: "Every day, with what each wants and would have to give in proportion", csv: `${section}_days`, search: true, page: 25,
    columns: [
      { name: "Day", get: (row) => row.day.day, show: (row) => offset(row.day.day * DAY_MIN), num: true },
      { name: noun.slice(0, -1), get: (row) => named(row.clash.subject).name, head: true }, { name: "What", get: (row) => named(row.clash.subject).what },
      { name: "Over", get: (row) => scaled(row.clash.subject, row.day.over), num: true }, { name: "Limit", get: (row) => scaled(row.clash.subject, row.day.limit), num: true },
      { name: kind === "fleet" ? "Voyages" : "Wanted", get: (row) => wantsText(row.clash, row.day) }, { name: "To give", get: (row) => givesText(row.clash, row.day) },
      { name: data.nation === null ? "Lines" : "Own lines", get: (row) => row.day.ulns.join(" ") },
    ],
    rows: rows.flatMap((clash) => clash.days.map((day) => ({ clash, day }))),
  });
}

/** Days from left to right, one row a place or fleet; the darker, the more is wanted above what there is. */
function gridOf(rows, noun) {
  const every = rows.flatMap((clash) => clash.days.map((day) => day.day)), first = Math.min(...every), last = Math.max(...every);
  const left = 330, right = 70, top = 26, level = 24, width = 1100, column = (width - left - right) / (last - first + 1), bottom = top + rows.length * level;
  const svg = el("svg", { viewBox: `0 0 ${width} ${bottom + 34}`, role: "img", "aria-label": `${noun} that are wanted too much, by day; the same figures are in the tables below` });
  const step = [1, 2, 5, 10].find((unit) => (last - first + 1) / unit <= 26) || 20;
  for (let day = first; day <= last; day += 1) {
    if ((day - first) % step === 0) svg.append(el("text", { x: left + (day - first + 0.5) * column, y: 16, "text-anchor": "middle", class: "soft" }, `C+${day}`));
  }
  rows.forEach((clash, index) => {
    const y = top + index * level, { name, what } = named(clash.subject);
    svg.append(el("text", { x: left - 10, y: y + 15, "text-anchor": "end" }, `${name}${what && what !== name ? `, ${what}` : ""}`.slice(0, 52)));
    svg.append(el("rect", { x: left, y, width: width - left - right, height: level - 4, fill: "var(--faint)" }));
    for (const day of clash.days) {
      const at = left + (day.day - first) * column, told = dayText(clash, day);
      svg.append(el("rect", { x: at + 0.5, y, width: Math.max(1, column - 1), height: level - 4, rx: 2, fill: `var(--heat-${levelOf(day)})`, on: { mousemove: (event) => showTip(event, told), mouseleave: hideTip } }));
      if (column > 20) svg.append(el("text", { x: at + column / 2, y: y + 14, "text-anchor": "middle", "pointer-events": "none", css: { fill: levelOf(day) > 3 ? "#fff" : "var(--ink)", "font-size": "11px" } }, amountText(clash.subject, day.over)));
    }
    svg.append(el("text", { x: width - right + 8, y: y + 15, class: "soft" }, `${tenth(worth(clash))} d`));
  });
  LEVELS.forEach(([, name], index) => {
    const at = left + index * 120;
    svg.append(el("rect", { x: at, y: bottom + 12, width: 22, height: 11, rx: 2, fill: `var(--heat-${index + 1})` }), el("text", { x: at + 28, y: bottom + 22, class: "soft" }, index ? name : `over ${name}`));
  });
  return svg;
}

drawDeconfliction();
drawClashes("places", "place", "Places");
drawClashes("fleets", "fleet", "Fleets");
watchSections();
document.documentElement.dataset.drawn = "yes";
