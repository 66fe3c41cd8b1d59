// A tall list of painted rows that scrolls inside its frame: only the rows in view are drawn. Gantt and heat strips share it.

/** Make a scroller. rowCount() and paint(context, frame) are the owner's; frame: width, height, top row, rows in view. */
function makeStrips(place, { rowHeight, headHeight, rowCount, paintRows, printRows = 40 }) {
  const canvas = place.querySelector("canvas"), spacer = place.querySelector(".spacer");
  const strips = { canvas, rowHeight, headHeight, focus: 0, paint, refresh, rowAt, show };
  let most = 0;

  function refresh() {
    most = most || parseFloat(getComputedStyle(place).maxHeight) || 420;
    const rows = rowCount(), printing = matchMedia("print").matches;
    const full = headHeight + rows * rowHeight, height = printing ? headHeight + Math.min(rows, printRows) * rowHeight : Math.min(most, full) - 2;
    spacer.style.height = `${Math.max(0, (printing ? height : full) - height)}px`;
    canvas.style.height = `${height}px`;
    strips.focus = Math.max(0, Math.min(strips.focus, rows - 1));
    paint();
  }
  function paint() {
    const width = place.clientWidth, height = parseFloat(canvas.style.height);
    if (!width || !(height > 0)) return;
    const context = sharpen(canvas, width, height);
    context.fillStyle = colours.surface;
    context.fillRect(0, 0, width, height);
    const first = matchMedia("print").matches ? 0 : Math.floor(place.scrollTop / rowHeight);
    const shift = matchMedia("print").matches ? 0 : place.scrollTop - first * rowHeight;
    const last = Math.min(rowCount(), first + Math.ceil((height - headHeight + shift) / rowHeight));
    paintRows(context, { width, height, first, last, yOf: (row) => headHeight + (row - first) * rowHeight - shift });
  }
  function rowAt(event) {
    if (event.offsetY < headHeight) return -1;
    const row = Math.floor((event.offsetY - headHeight + place.scrollTop) / rowHeight);
    return row < rowCount() ? row : -1;
  }
  /** Scroll so that a row is in view. */
  function show(row) {
    const up = row * rowHeight, room = parseFloat(canvas.style.height) - headHeight;
    if (up < place.scrollTop) place.scrollTop = up;
    else if (up + rowHeight > place.scrollTop + room) place.scrollTop = up + rowHeight - room;
  }
  const soon = onceAFrame(paint);
  place.addEventListener("scroll", soon);
  place.addEventListener("focus", soon);
  place.addEventListener("blur", soon);
  new ResizeObserver(onceAFrame(refresh)).observe(place);
  painters.push(refresh);
  canvas.addEventListener("pointerleave", hideTip);
  strips.soon = soon;
  return strips;
}

/** Day lines and their names along the top. */
function paintDays(context, { left, width, height, headHeight, x, fromMin, toMin }) {
  const step = dayStep((toMin - fromMin) / DAY_MIN, (width - left) / 52);
  context.font = font(11);
  context.textBaseline = "middle";
  context.textAlign = "center";
  for (let day = Math.ceil(fromMin / DAY_MIN / step) * step; day * DAY_MIN <= toMin; day += step) {
    const at = x(day * DAY_MIN);
    if (at < left) continue;
    context.fillStyle = colours.rule;
    context.fillRect(at, headHeight - 5, 1, height);
    context.fillStyle = colours.muted;
    if (at < width - 18) context.fillText(`C+${day}`, Math.max(at, left + 16), headHeight / 2 - 1);
  }
  context.textAlign = "left";
}

/** The moment shown, as a line down the rows. */
function paintMoment(context, { left, height, headHeight, x, width }) {
  const at = x(moment.minute);
  if (at < left || at > width) return;
  context.fillStyle = colours.ink;
  context.globalAlpha = 0.75;
  context.fillRect(at - 0.5, headHeight - 4, 1.2, height);
  context.globalAlpha = 1;
}
