// The list of sections: without those that are not shown, and with the one in view marked.

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
