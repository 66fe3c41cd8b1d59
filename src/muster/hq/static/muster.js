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
