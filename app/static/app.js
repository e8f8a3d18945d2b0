// What a page of the dashboard can do quicker with script: everything here has a way without.
import "./command.js";
import { copy, copyFrom } from "./copying.js";

// Copy: the element a button names, or its own data.
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copy]");
  if (!button) return;
  const from = button.dataset.copy && document.getElementById(button.dataset.copy);
  const text = from ? (from.value ?? from.textContent) : button.previousElementSibling.textContent;
  copy(button, text.trim());
});
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copy-from]");
  if (button) copyFrom(button, button.dataset.copyFrom);
});
for (const button of document.querySelectorAll("[data-copy], [data-copy-from]")) button.hidden = false;

// Two keys lead to a place: g, then its letter. Not while somebody types.
let first = 0;
addEventListener("keydown", (event) => {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  if (event.target.matches("input, textarea, select, [contenteditable]")) return;
  if (event.key === "g") {
    first = event.timeStamp;
    return;
  }
  if (event.timeStamp - first > 1200) return;
  const link = document.querySelector(`[data-keys="g ${CSS.escape(event.key)}"]`);
  first = 0;
  if (link) link.click();
});
