// Copying, and what a button says of it for a moment; for pages of the dashboard and of the docs.
const MOMENT_MS = 2000;
const talking = new WeakMap(); // by label: what stands there otherwise, and the end of its moment

export const say = (button, text) => {
  const label = button.querySelector("[data-label]") ?? button;
  const { before, ends } = talking.get(label) ?? { before: [...label.childNodes] };
  clearTimeout(ends); // said again: the moment begins anew, and what stood there stays known
  const silent = () => {
    label.replaceChildren(...before);
    talking.delete(label);
  };
  label.textContent = text;
  button.setAttribute("aria-live", "polite");
  talking.set(label, { before, ends: setTimeout(silent, MOMENT_MS) });
};

// Over plain http a browser has no clipboard at all: that refuses as one does that may not be used.
const write = async (text) => navigator.clipboard.writeText(text);

export const copy = (button, text) =>
  write(text).then(
    () => say(button, "Copied"),
    () => say(button, "Select and copy it yourself"),
  );

// What an address answers; no page of an error, and no sign-in it leads to, is ever taken for it.
export const copyFrom = (button, address) =>
  fetch(address)
    .then((answer) => (answer.ok && !answer.redirected ? answer.text() : Promise.reject(answer)))
    .then(write)
    .then(
      () => say(button, "Copied"),
      () => say(button, "Could not be copied"),
    );
