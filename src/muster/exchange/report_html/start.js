// Draw the page, and open it on the day with most on its way.

drawSummary();
drawChanges();
drawCurves();
drawMap();
drawGantt();
drawHeat();
drawTables();
drawPrices();
drawUnitValues();
drawChain();
drawMarch();
moment.set(busiestMinute());
watchSections();
document.documentElement.dataset.drawn = "yes";

function busiestMinute() {
  const people = new Map();
  data.flows.day.forEach((day, index) => people.set(day, (people.get(day) || 0) + data.flows.people[index]));
  const busiest = [...people].reduce((best, row) => (row[1] > best[1] ? row : best), [0, 0]);
  return busiest[0] * DAY_MIN + DAY_MIN / 2;
}
