// Keyboard ways to what a page offers, and a question before unsaved work is left. Pages work without it.
"use strict";
const typing = (at) => at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|SELECT|TEXTAREA)$/.test(at.tagName));
document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return;
  const found = document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
  if (!(found instanceof HTMLElement)) return;
  event.preventDefault();
  if (typing(found)) found.focus(); else found.click();
});
const guarded = document.querySelector("form[data-guard]");
if (guarded instanceof HTMLFormElement) {
  let changed = false;
  guarded.addEventListener("input", () => { changed = true; });
  guarded.addEventListener("submit", () => { changed = false; });
  addEventListener("beforeunload", (event) => { if (changed) event.preventDefault(); });
}
const again = document.querySelector("[data-again]");
if (again instanceof HTMLElement) {
  // Only what is new is put in the place of what it was: focus stays, and a reader hears a state once.
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(again.dataset.again, { credentials: "same-origin" });
        if (answer.ok && !answer.redirected) {
          const found = document.createElement("template");
          found.innerHTML = await answer.text();
          if (found.content.querySelector("[data-over]")) { location.reload(); return; }
          for (const part of found.content.querySelectorAll("[id]")) {
            const old = document.getElementById(part.id);
            if (old && !old.isEqualNode(part)) old.replaceWith(part);
          }
        }
      } catch { /* the network is away for a while: look again */ }
    }
    setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
}
