// What a page of the documentation can do quicker with script: everything here has a way without.
import "./command.js";
import { copy, copyFrom, say } from "./copying.js";

const copyButton = document.getElementById("copy-button");

// Code: a button in its caption.
for (const figure of document.querySelectorAll("figure.code")) {
  const button = copyButton.content.firstElementChild.cloneNode(true);
  button.addEventListener("click", () => copy(button, figure.querySelector("code").textContent));
  figure.querySelector("figcaption").append(button);
}

// The whole page, as its Markdown twin has it.
for (const button of document.querySelectorAll("[data-copy-page]")) {
  button.hidden = false;
  button.addEventListener("click", () => copyFrom(button, button.dataset.copyPage));
}

// The address of the endpoint, in the menu.
for (const item of document.querySelectorAll("[data-copy]")) {
  item.hidden = false;
  const button = item.querySelector("button");
  button.addEventListener("click", () => copy(button, item.dataset.copy));
}

// A heading's own address: followed as any link, and copied where the browser lets us.
for (const anchor of document.querySelectorAll(".anchor"))
  anchor.addEventListener("click", () =>
    navigator.clipboard?.writeText(anchor.href).then(
      () => say(anchor, "Copied"),
      () => {}, // the address bar has it
    ),
  );

// Tabs: the tongue chosen once is shown wherever there is one of it.
const TONGUE = "docs.language";
const choose = (name) => {
  for (const radio of document.querySelectorAll(".tabs input"))
    if (radio.value === name) radio.checked = true;
};
for (const tabs of document.querySelectorAll(".tabs"))
  tabs.addEventListener("change", ({ target }) => {
    const top = tabs.getBoundingClientRect().top;
    choose(target.value);
    scrollBy(0, tabs.getBoundingClientRect().top - top);
    try {
      localStorage.setItem(TONGUE, target.value);
    } catch {} // a browser may refuse to remember
  });
try {
  choose(localStorage.getItem(TONGUE));
} catch {} // as above

// Search: one key away.
addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey)) return;
  const field = document.querySelector("[data-search]");
  if (!field) return;
  event.preventDefault();
  const nav = field.closest("[popover]");
  if (nav && getComputedStyle(nav).display === "none") nav.showPopover();
  field.focus();
  field.select();
});

// Their own key's beginning wherever code gives a key to Polis, and the address they know us by:
// what is copied is what is shown.
const fill = (prefix, published, base) => {
  const own = (text) => {
    const addressed = text.replaceAll(published, base);
    return prefix ? addressed.replace(/(Bearer |POLIS_KEY="?)sk_live_…/g, `$1${prefix}…`) : addressed;
  };
  for (const code of document.querySelectorAll(".prose code")) {
    const texts = document.createTreeWalker(code, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) texts.currentNode.data = own(texts.currentNode.data);
  }
  for (const item of document.querySelectorAll("[data-copy]")) item.dataset.copy = own(item.dataset.copy);
};

// Whoever is signed in sees their own endpoint and key; the page itself is the same for everybody.
for (const place of document.querySelectorAll("[data-yours]"))
  fetch(`/docs/yours?page=${place.dataset.yours}`, { headers: { Accept: "text/html" } }).then(async (answer) => {
    if (answer.status !== 200) return;
    place.innerHTML = await answer.text();
    place.hidden = false;
    const { prefix, base } = place.querySelector("[data-prefix]").dataset;
    fill(prefix, place.dataset.published, base);
  });
