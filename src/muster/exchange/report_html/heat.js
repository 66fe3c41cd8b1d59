// Load by resource and day against capacity, the worst bottleneck on top.

const HEAT = [[0.25, "0–25 %"], [0.5, "25–50 %"], [0.75, "50–75 %"], [0.9, "75–90 %"], [1.005, "90–100 %"], [Infinity, "over"]];
const heatClass = (share) => HEAT.findIndex(([top]) => share <= top);
const shareOf = (row, day) => (row.capacity[day] ? row.used[day] / row.capacity[day] : null);

function drawHeat() {
  const place = byId("heat-scroll"), left = 360, rowHeight = 20, headHeight = 26, days = Math.round(data.end_min / DAY_MIN);
  const chosen = { kind: "", words: "", day: 0 };
  let rows = [];
  const strips = makeStrips(place, { rowHeight, headHeight, rowCount: () => rows.length, paintRows, printRows: 32 });
  const x = (minute) => left + (minute / data.end_min) * (place.clientWidth - left);

  function choose() {
    rows = data.resources.filter((row) => (!chosen.kind || row.kind === chosen.kind) && row.used.some((used) => used > 0) &&
      (!chosen.words || `${row.name} ${row.resource_id} ${row.kind_name}`.toLowerCase().includes(chosen.words)));
    byId("heat-count").textContent = `${count(rows.length)} of ${count(data.resources.length)} places and fleets; those the plan does not use are left out`;
    strips.refresh();
  }

  function paintRows(context, frame) {
    const column = (frame.width - left) / days;
    for (let row = frame.first; row < frame.last; row += 1) {
      const resource = rows[row], y = frame.yOf(row);
      for (let day = 0; day < days; day += 1) {
        const share = shareOf(resource, day), at = left + day * column;
        if (share === null) {
          context.fillStyle = resource.used[day] > 0 ? colours["heat-5"] : colours.surface;
          context.fillRect(at, y, column, rowHeight - 2);
          if (!(resource.used[day] > 0)) { context.fillStyle = colours.rule; context.fillRect(at + column / 2 - 1.5, y + rowHeight / 2 - 1.5, 3, 1); }
          continue;
        }
        context.fillStyle = colours[`heat-${share === 0 ? 0 : heatClass(share)}`];
        if (share === 0) context.globalAlpha = 0.45;
        context.fillRect(at, y, Math.max(1, column - 1), rowHeight - 2);
        context.globalAlpha = 1;
        if (share > 1.005 && column > 9) { context.fillStyle = colours.surface; context.font = font(11, 700); context.textBaseline = "middle"; context.textAlign = "center"; context.fillText("!", at + column / 2, y + rowHeight / 2 - 0.5); context.textAlign = "left"; }
      }
      const focused = row === strips.focus && document.activeElement === place;
      context.textBaseline = "middle";
      context.fillStyle = colours.muted;
      context.font = font(11);
      context.textAlign = "right";
      context.fillText(String(resource.rank), 30, y + rowHeight / 2 - 1);
      context.textAlign = "left";
      context.fillStyle = colours.ink;
      context.font = font(12);
      const name = fitText(context, resource.name, resource.kind === "fleet" ? 275 : 195);
      context.fillText(name, 38, y + rowHeight / 2 - 1);
      const after = 38 + context.measureText(name).width + 7;
      context.fillStyle = colours.muted;
      context.fillText(fitText(context, resource.kind_name, left - after - 8), after, y + rowHeight / 2 - 1);
      if (focused) { context.strokeStyle = colours.focus; context.lineWidth = 2; context.strokeRect(left + chosen.day * column, y - 1, Math.max(3, column), rowHeight); }
    }
    context.fillStyle = colours.surface;
    context.fillRect(0, 0, frame.width, headHeight);
    paintDays(context, { left, width: frame.width, height: 5, headHeight, x, fromMin: 0, toMin: data.end_min });
    paintMoment(context, { left, height: frame.height, headHeight, x, width: frame.width });
  }

  function cellWords(row, day) {
    const share = shareOf(row, day);
    const load = share === null ? `no capacity${row.used[day] > 0 ? `, ${tenth(row.used[day])} used` : ""}` : `${tenth(row.used[day])} of ${tenth(row.capacity[day])} ${row.unit}, ${percent(share)}`;
    return `${row.name}: ${row.kind_name} (rank ${row.rank})\n${when(day * DAY_MIN)}\n${load}`;
  }
  function go(row, day) {
    strips.focus = Math.max(0, Math.min(rows.length - 1, row));
    chosen.day = Math.max(0, Math.min(days - 1, day));
    strips.show(strips.focus);
    strips.soon();
    if (rows.length) byId("heat-live").textContent = cellWords(rows[strips.focus], chosen.day).replaceAll("\n", "; ");
  }
  const dayAt = (event) => Math.floor(((event.offsetX - left) / (place.clientWidth - left)) * days);
  strips.canvas.addEventListener("pointermove", (event) => {
    const row = strips.rowAt(event);
    if (row < 0) { hideTip(); return; }
    const resource = rows[row];
    showTip(event, event.offsetX >= left ? cellWords(resource, dayAt(event)) : `${resource.name}: ${resource.kind_name}\nabove 90 % on ${percent(resource.busy_share)} of the days of the move\n${tenth(resource.waiting_load_d)} load-days of waiting`);
  });
  strips.canvas.addEventListener("click", (event) => { const row = strips.rowAt(event); if (row >= 0 && event.offsetX >= left) { go(row, dayAt(event)); moment.set(dayAt(event) * DAY_MIN + DAY_MIN / 2); } });
  place.addEventListener("keydown", (event) => {
    const keys = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1], PageDown: [12, 0], PageUp: [-12, 0], Home: [0, -days], End: [0, days] };
    if (keys[event.key]) { event.preventDefault(); go(strips.focus + keys[event.key][0], chosen.day + keys[event.key][1]); }
  });
  const kinds = [...new Map(data.resources.map((row) => [row.kind, row.kind_name]))].sort((a, b) => a[1].localeCompare(b[1]));
  byId("heat-kind").append(el("option", { value: "" }, "all"), ...kinds.map(([kind, name]) => el("option", { value: kind }, name)));
  byId("heat-kind").addEventListener("change", (event) => { chosen.kind = event.target.value; place.scrollTop = 0; choose(); });
  byId("heat-find").addEventListener("input", (event) => { chosen.words = event.target.value.trim().toLowerCase(); place.scrollTop = 0; choose(); });
  byId("heat-legend").append(...HEAT.map(([, name], index) => el("span", {}, el("span", { class: "swatch", css: { background: `var(--heat-${index})` } }), name)), el("span", {}, "· no capacity"));
  moment.listeners.push(strips.soon);
  choose();
}
