// What takes a while is shown as such, and what could not be heard is said. Quick answers show nothing.
const SLOW_MS = 300;

// Each element that is waited for, by how many waits, and when that begins to show.
const waits = new Map();
const begin = (element) => {
  const wait = waits.get(element) ?? { count: 0, timer: setTimeout(() => element.setAttribute("aria-busy", "true"), SLOW_MS) };
  wait.count += 1;
  waits.set(element, wait);
};
const end = (element) => {
  const wait = waits.get(element);
  if (!wait || --wait.count) return;
  clearTimeout(wait.timer);
  waits.delete(element);
  element.removeAttribute("aria-busy");
};
const calm = () => {
  for (const [element, wait] of waits) {
    wait.count = 1;
    end(element);
  }
};

// An element names by id what it waits for; what asks by itself names nothing.
const named = (element) => (element.dataset.waits ?? "").split(" ").map((id) => document.getElementById(id)).filter(Boolean);
const asked = new Map();
document.addEventListener("htmx:before:request", ({ detail: { ctx } }) => {
  asked.set(ctx, named(ctx.sourceElement));
  asked.get(ctx).forEach(begin);
});
document.addEventListener("htmx:finally:request", ({ detail: { ctx } }) => {
  asked.get(ctx)?.forEach(end);
  asked.delete(ctx);
});

// Whole pages: the button that was pressed, and the list it narrows or turns over: the one that is named,
// or else the one beside it.
const listsBy = (element) => {
  const naming = element.closest("[data-waits]");
  if (naming) return named(naming);
  const within = element.closest("section, .main");
  const lists = [...(within?.querySelectorAll(".holder") ?? [])];
  if (element.matches(".filters")) return lists.slice(0, 1);
  return element.matches(".pager a") ? lists.slice(-1) : [];
};
// Where only the fragment differs the page stays, and nothing would end the wait.
const stays = (to) => to.hash && to.href.split("#")[0] === location.href.split("#")[0];
const sentTo = (form, submitter) => {
  const to = new URL(form.getAttribute("action") ?? "", location);
  to.search = new URLSearchParams(new FormData(form, submitter));
  return to;
};
addEventListener("submit", (event) => {
  const form = event.target;
  const method = form.getAttribute("method") ?? "get";
  if (event.defaultPrevented || method === "dialog") return;
  if (method === "get" && stays(sentTo(form, event.submitter))) return;
  for (const each of [event.submitter, ...listsBy(form)]) if (each) begin(each);
});
addEventListener("click", (event) => {
  const link = event.target.closest?.(".pager a[href], nav[data-waits] a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  if (!stays(link)) listsBy(link).forEach(begin);
});
// Back from elsewhere, or the way there was given up: nothing is waited for any more.
addEventListener("pageshow", calm);
window.navigation?.addEventListener("navigateerror", calm);

// No answer, or an error: said in the part it belongs to, until everything that failed there is heard again.
const unheard = new Map();
const place = (element) => (element.closest("[data-part]") ?? document).querySelector("[data-unheard]");
const note = (element, failed) => {
  const said = place(element);
  if (!said) return;
  const those = unheard.get(said) ?? new Set();
  those[failed ? "add" : "delete"](element.id || element.name);
  unheard.set(said, those);
  said.hidden = !those.size;
};
for (const event of ["htmx:error", "htmx:response:error"]) {
  document.addEventListener(event, ({ detail: { ctx } }) => ctx && note(ctx.sourceElement, true));
}
document.addEventListener("htmx:after:request", ({ detail: { ctx } }) => {
  if (ctx.response.status < 400) note(ctx.sourceElement, false);
});
