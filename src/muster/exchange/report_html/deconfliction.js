// A deconfliction: the summary, what the joint plan asks of each nation, what changes, shared places.

const FEW_LINES = 5;

function drawDeconfliction() {
  byId("whose").textContent = data.nation === null ? "" : ` · view of ${data.nation}`;
  byId("origin").textContent = `Made by Muster ${data.version}.`;
  if (data.nation === null) drawJoint(); else drawOwn();
  drawChanges();
}

function drawJoint() {
  const taken = data.curve.find((row) => row.is_proposed), conflicts = Object.values(data.conflicts_by_rule).reduce((sum, value) => sum + value, 0);
  const places = data.clashes.filter((clash) => clash.kind === "place"), fleets = data.clashes.filter((clash) => clash.kind === "fleet");
  byId("marks").textContent = `${plural(Object.keys(data.tables).length, "nation")} · ${plural(data.lines, "line")} · seed ${data.seed}`;
  let text = conflicts
    ? `Laid over each other the nations' plans have ${plural(conflicts, "conflict")}: ${plural(places.length, "place")} too narrow, ${plural(fleets.length, "fleet")} promised twice; ${count(data.lines_in_conflict)} of ${plural(data.lines, "line")} are in one. `
    : "The nations' plans do not collide. ";
  if (places.length) text += `The narrowest place is ${named(places[0].subject).name} (${named(places[0].subject).what}), over on ${plural(places[0].days.length, "day")}. `;
  if (fleets.length) text += `The lift wanted most is ${named(fleets[0].subject).name}. `;
  text += `The joint plan keeps every rule, leaves ${plural(data.lines - taken.lines_changed, "line")} as they stand and changes ${count(taken.lines_changed)}; ${spreadText()}.`;
  byId("brief").textContent = text;
  byId("tiles").append(
    tile(conflicts ? "wide bad" : "wide good", "Conflicts", count(conflicts), Object.entries(data.conflicts_by_rule).map(([rule, value]) => `${rule.replaceAll("_", " ")} ${count(value)}`).join(", ")),
    tile("", "Lines in conflict", count(data.lines_in_conflict), `of ${count(data.lines)}`),
    tile("", "Lines changed", count(taken.lines_changed), `${count(taken.legs_moved)} legs moved`),
    tile("", "Weighted lateness", `${count(taken.weighted_lateness_d)} d`, `each alone ${count(data.weighted_lateness_alone_d)} d`),
    tile("", "Closes after", `${tenth(taken.closure_d)} d`, `each alone ${tenth(data.closure_alone_d)} d`),
    tile(taken.unmet_weight ? "bad" : "good", "Weight unmoved", count(taken.unmet_weight), taken.unmet_weight ? "see what changes" : "every line moves"));
  const faults = Object.entries(data.own_faults).flatMap(([nation, told]) => told.map((words) => ({ nation, words })));
  if (faults.length) makeTable(byId("own-faults"), {
    caption: "Wrong in a nation's plan by itself, whoever else is there", csv: "own_faults", page: 20,
    columns: [{ name: "Nation", get: (row) => row.nation, head: true }, { name: "Finding", get: (row) => row.words }], rows: faults,
  });
  if (data.without_table.length) byId("own-faults").append(el("p", { class: "note" }, `No table came from ${data.without_table.join(", ")}: the joint plan moves their lines where there is room.`));
  byId("shared").hidden = true;
  document.querySelector('nav a[href="#shared"]').parentElement.hidden = true;
  drawBurdens();
  drawJointCurve();
}

/** Between which shares of their lines nations change, those with a few lines left out where others have more. */
function spreadText() {
  const many = data.burdens.filter((row) => row.lines >= FEW_LINES), rows = many.length > 1 ? many : data.burdens;
  const shares = rows.map((row) => row.changed / row.lines), most = percent(Math.max(...shares)), least = percent(Math.min(...shares));
  const whose = rows === many ? `nations with at least ${plural(FEW_LINES, "line")}` : "nations";
  return least === most ? `${whose} change ${most} of theirs` : `${whose} change between ${least} and ${most} of theirs`;
}

/** Share of lines that each nation changes, with the most it is later by. */
function drawBurdens() {
  const rows = [...data.burdens].sort((a, b) => b.changed / b.lines - a.changed / a.lines || b.lines - a.lines);
  const width = 1100, left = 70, level = 22, top = 24, height = top + rows.length * level + 8, x = (share) => left + share * (width - left - 330);
  const svg = el("svg", { viewBox: `0 0 ${width} ${height}`, role: "img", "aria-label": "Share of its lines that each nation changes; the same figures are in the table below" });
  for (const share of [0, 0.25, 0.5, 0.75, 1]) svg.append(el("line", { x1: x(share), x2: x(share), y1: top - 4, y2: height - 8, stroke: "var(--rule)" }), el("text", { x: x(share), y: 14, "text-anchor": "middle", class: "soft" }, percent(share)));
  rows.forEach((row, index) => {
    const y = top + index * level, share = row.changed / row.lines;
    svg.append(el("text", { x: left - 10, y: y + 14, "text-anchor": "end" }, row.nation),
      el("rect", { x: left, y: y + 2, width: Math.max(1, x(share) - left), height: level - 6, rx: 2, fill: "var(--accent)" }),
      el("text", { x: x(share) + 8, y: y + 14, class: "soft" }, `${count(row.changed)} of ${plural(row.lines, "line")}${row.worst_later_min ? `, up to ${duration(row.worst_later_min)} later` : ""}`));
  });
  byId("burden-chart").append(svg);
  burdenTable(rows);
}

function burdenTable(rows) {
  makeTable(byId("burden-table"), {
    caption: "By nation: how much of its plan changes, and what that costs it", csv: "burden", page: 40, print: true,
    columns: [
      { name: "Nation", get: (row) => row.nation, head: true }, { name: "Lines", get: (row) => row.lines, num: true }, { name: "In a conflict", get: (row) => row.in_conflict, num: true },
      { name: "Changed", get: (row) => row.changed, num: true }, { name: "Share", get: (row) => Math.round((row.changed / row.lines) * 1000) / 1000, show: (row) => percent(row.changed / row.lines), num: true },
      { name: "Legs moved", get: (row) => row.legs, num: true },
      { name: "Later in all, h", get: (row) => Math.round(row.later_min / 60), show: (row) => count(row.later_min / 60), num: true },
      { name: "Earlier in all, h", get: (row) => Math.round(row.earlier_min / 60), show: (row) => count(row.earlier_min / 60), num: true },
      { name: "Worst line later", csv: "worst_later_h", get: (row) => Math.round(row.worst_later_min / 60), show: (row) => (row.worst_later_min ? duration(row.worst_later_min) : "–"), num: true },
      { name: "Newly late", get: (row) => row.newly_late, num: true }, { name: "Left unmoved", get: (row) => row.unmoved, num: true },
    ],
    rows,
  });
}

function drawJointCurve() {
  makeTable(byId("joint-curve"), {
    caption: "Joint plans that were found: lateness against change; the one proposed is marked", csv: "joint_plans", page: 30, print: true,
    columns: [
      { name: "Legs moved", get: (row) => row.legs_moved, num: true }, { name: "Lines changed", get: (row) => row.lines_changed, num: true },
      { name: "Largest share of a nation", get: (row) => row.largest_share, show: (row) => percent(row.largest_share), num: true },
      { name: "Weight unmoved", get: (row) => row.unmet_weight, show: (row) => count(row.unmet_weight), num: true },
      { name: "Weighted days late", get: (row) => row.weighted_lateness_d, show: (row) => tenth(row.weighted_lateness_d), num: true },
      { name: "Closes after days", get: (row) => row.closure_d, show: (row) => tenth(row.closure_d), num: true },
      { name: "Proposed", get: (row) => (row.is_proposed ? "yes" : ""), show: (row) => (row.is_proposed ? el("strong", {}, "yes") : "–") },
    ],
    rows: data.curve,
  });
}

function drawOwn() {
  const { burden } = data, days = new Set(data.clashes.map((clash) => clash.day)).size;
  byId("marks").textContent = `Own lines and shared places only · ${data.label}`;
  byId("brief").textContent = (data.clashes.length
    ? `${count(burden.in_conflict)} of ${plural(burden.lines, "line")} want what others want too, on ${plural(days, "day")}. `
    : "None of the lines wants what others want too. ") +
    `The joint plan changes ${plural(burden.changed, "line")}` + (burden.worst_later_min ? `, one by up to ${duration(burden.worst_later_min)} later. ` : ". ");
  byId("tiles").append(
    tile("main", "Lines in conflict", count(burden.in_conflict), `of ${count(burden.lines)}`),
    tile("", "Lines changed", count(burden.changed), `${percent(burden.changed / burden.lines)}; ${count(burden.legs)} legs moved`),
    tile("", "Later in all", `${count(burden.later_min / 60)} h`, `${count(burden.earlier_min / 60)} h earlier`),
    tile(burden.newly_late ? "bad" : "good", "Newly late", count(burden.newly_late), "lines after their required date"),
    tile(burden.unmoved ? "bad" : "good", "Left unmoved", count(burden.unmoved), "lines that the own plan moves"));
  if (data.own_faults.length) makeTable(byId("own-faults"), {
    caption: "Wrong in the own plan by itself, whoever else is there", csv: "own_faults", page: 20,
    columns: [{ name: "Finding", get: (row) => row, head: true }], rows: data.own_faults,
  });
  burdenTable([burden]);
  orNote("shared-table", data.uses, "No place is used.", {
    caption: "Places on the days on which the own lines use them: own use, and all others as one figure", csv: "shared_places", search: true, page: 30,
    columns: [
      { name: "Day", get: (row) => row.day, show: (row) => offset(row.day * DAY_MIN), num: true },
      { name: "Place", get: (row) => named(row.resource_id).name, head: true }, { name: "What", get: (row) => named(row.resource_id).what },
      ...[["Own", "own"], ["Others", "others"], ["Capacity", "capacity"]].map(([name, key]) => ({ name, get: (row) => scaled(row.resource_id, row[key]), num: true })),
    ],
  });
}

function drawChanges() {
  orNote("changes-table", data.changes, "No line changes.", {
    caption: "What changes for each line", csv: "changes", search: true, page: 25, print: true, sort: { column: 0, down: false },
    columns: [
      { name: "Nation", get: (row) => row.nation }, { name: "ULN", get: (row) => row.uln, head: true }, { name: "Legs moved", get: (row) => row.legs, num: true },
      { name: "Days later", get: (row) => (row.later_min === null ? null : Math.round((row.later_min / DAY_MIN) * 10) / 10), num: true },
      { name: "What changes", get: (row) => row.words.join(" "), show: (row) => wordsOf(row) },
    ],
  });
}

/** The last sentence, when the line closes, with the others behind it. */
function wordsOf(row) {
  const last = row.words[row.words.length - 1], rest = row.words.slice(0, -1);
  if (!rest.length) return el("span", {}, last);
  return el("details", {}, el("summary", {}, last), ...rest.map((words) => el("div", {}, words)));
}
