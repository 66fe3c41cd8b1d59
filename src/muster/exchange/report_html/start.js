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

/** Mark the section in view in the list of sections. */
function watchSections() {
  const links = new Map([...document.querySelectorAll("nav a")].map((link) => [link.hash.slice(1), link]));
  for (const [id, link] of links) if (byId(id) && byId(id).hidden) link.parentElement.hidden = true;
  const watcher = new IntersectionObserver((entries) => {
    for (const entry of entries) {
      const link = links.get(entry.target.id);
      if (link && entry.isIntersecting) { for (const other of links.values()) other.removeAttribute("aria-current"); link.setAttribute("aria-current", "true"); }
    }
  }, { rootMargin: "-20% 0px -70% 0px" });
  for (const id of links.keys()) if (byId(id)) watcher.observe(byId(id));
}
