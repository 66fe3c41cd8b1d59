// What a replan changed against the plan that was in force: the curve, and the changes by nation and line.

function drawChanges() {
  byId("changes").hidden = !data.replan;
  if (!data.replan) return;
  const { now, curve, changes, weighted_lateness_before_d: late, closure_before_d: closed, weighted_lateness_bound_d: least, closure_bound_d: first } = data.replan;
  byId("changes-brief").textContent = `Replanned at ${now}. What had begun by then stands. Before the events the plan was ${tenth(late)} weighted days late and closed after ${tenth(closed)} days.` +
    (least === null || first === null ? "" : ` No plan that goes on from here and leaves no line behind is less than ${tenth(least)} weighted days late or closes before day ${tenth(first)}.`);
  makeTable(byId("curve-of-change"), {
    caption: "Lateness against change: each row is a plan; the one taken is marked", csv: "lateness_against_change", page: 50, print: true,
    columns: [
      { name: "Legs moved", get: (row) => row.legs_moved, num: true }, { name: "Lines", get: (row) => row.lines_changed, num: true },
      { name: "Assets re-tasked", get: (row) => row.assets_retasked, num: true }, { name: "Nations", get: (row) => row.nations_affected, num: true },
      { name: "Weight unmoved", get: (row) => row.unmet_weight, show: (row) => count(row.unmet_weight), num: true },
      { name: "Weighted days late", get: (row) => row.weighted_lateness_d, show: (row) => tenth(row.weighted_lateness_d), num: true },
      { name: "Closes after days", get: (row) => row.closure_d, show: (row) => tenth(row.closure_d), num: true },
      { name: "Taken", get: (row) => (row.is_chosen ? "yes" : ""), show: (row) => (row.is_chosen ? el("strong", {}, "yes") : "–") },
    ],
    rows: curve,
  });
  orNote("changes-table", changes, "No line changes.", {
    caption: "What changes for each line", csv: "changes", search: true, page: 50, print: true, sort: { column: 0, down: false },
    columns: [
      { name: "Nation", get: (row) => row.nation }, { name: "ULN", get: (row) => row.uln, head: true },
      { name: "Legs moved", get: (row) => row.legs, num: true },
      { name: "Days later", get: (row) => (row.later_min === null ? null : Math.round(row.later_min / DAY_MIN * 10) / 10), num: true },
      { name: "What changes", get: (row) => row.words.join(" "), show: (row) => el("span", {}, ...row.words.map((words) => el("div", {}, words))) },
    ],
  });
}
