// The palette: go anywhere by its name. Without script its button is a link to the same search.
const palette = document.getElementById("palette");
const field = palette.querySelector("[role=combobox]");
const list = document.getElementById("palette-list");
const keys = document.getElementById("keys");

const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled])")];

// The one that is chosen: told to assistive technology, and kept in sight.
const choose = (option) => {
  for (const each of options()) each.setAttribute("aria-selected", String(each === option));
  if (!option) return field.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
};
const chosen = () => list.querySelector("[aria-selected=true]");
const go = (option) => {
  palette.close();
  location.assign(option.dataset.href);
};

const open = () => {
  if (document.querySelector("dialog[open]")) return;
  document.querySelector("#side:popover-open")?.hidePopover();
  field.value = "";
  palette.showModal();
  field.focus();
  field.dispatchEvent(new Event("palette")); // htmx asks for everything there is
};

// Ids are given here: htmx would carry the old choice over to whatever has the same one.
new MutationObserver(() => {
  options().forEach((each, number) => (each.id = `option-${number}`));
  choose(options()[0]);
}).observe(list, { childList: true });

const moves = {
  ArrowDown: (at, all) => all[(at + 1) % all.length],
  ArrowUp: (at, all) => all.at(at <= 0 ? -1 : at - 1),
  PageDown: (at, all) => all[Math.min(at + 6, all.length - 1)],
  PageUp: (at, all) => all[Math.max(at - 6, 0)],
};
field.addEventListener("keydown", (event) => {
  const all = options();
  if (event.isComposing || !all.length) return;
  if (event.key === "Enter" && chosen()) {
    event.preventDefault();
    go(chosen());
  } else if (moves[event.key]) {
    event.preventDefault();
    choose(moves[event.key](all.indexOf(chosen()), all));
  }
});
list.addEventListener("click", ({ target }) => {
  const option = target.closest("[data-href]");
  if (option) go(option);
});
list.addEventListener("mousemove", ({ target }) => {
  const option = target.closest("[data-href]");
  if (option && option !== chosen()) choose(option);
});

// What was found for other words is no answer to these.
for (const event of ["htmx:error", "htmx:response:error"]) field.addEventListener(event, () => list.replaceChildren());

// htmx readies a page in a task of its own after load; the palette may be asked for before that.
htmx.process(palette);

// A press outside closes; Escape and the focus are the dialog's own.
for (const dialog of [palette, keys]) {
  dialog.addEventListener("click", ({ target }) => target === dialog && dialog.close());
}

for (const link of document.querySelectorAll("[data-palette]")) {
  link.setAttribute("aria-haspopup", "dialog");
  link.addEventListener("click", (event) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    open();
  });
}

addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() === "k" && (event.metaKey || event.ctrlKey)) {
    event.preventDefault();
    palette.open ? palette.close() : open();
    return;
  }
  const typing = event.target.closest?.("input, textarea, select, [contenteditable], dialog");
  if (event.key !== "?" || typing || event.metaKey || event.ctrlKey || event.altKey) return;
  event.preventDefault();
  if (!document.querySelector("dialog[open]")) keys.showModal();
});
