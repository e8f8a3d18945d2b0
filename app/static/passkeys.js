// Passkeys: the browser's part of making one and of signing in with one. They need script.

const bytes = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (each) => each.charCodeAt(0));
const text = (buffer) =>
  btoa(String.fromCharCode(...new Uint8Array(buffer)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const listed = (credentials = []) => credentials.map((each) => ({ ...each, id: bytes(each.id) }));

// What the server asks, as the browser wants to read it.
const asked = async (form) => {
  const answer = await fetch(form.dataset.options, {
    method: "POST",
    headers: { "X-CSRFToken": form.elements.csrf_token.value },
  });
  if (!answer.ok) throw new Error(answer.status === 429 ? "busy" : "refused");
  const options = await answer.json();
  return {
    ...options,
    challenge: bytes(options.challenge),
    ...(options.user && { user: { ...options.user, id: bytes(options.user.id) } }),
    excludeCredentials: listed(options.excludeCredentials),
    allowCredentials: listed(options.allowCredentials),
  };
};

// What the browser answers, as the server reads it.
const answered = ({ id, rawId, type, response }) => {
  const said = {};
  for (const name of [
    "clientDataJSON",
    "attestationObject",
    "authenticatorData",
    "signature",
    "userHandle",
  ])
    if (response[name]) said[name] = text(response[name]);
  return JSON.stringify({ id, rawId: text(rawId), type, response: said });
};

const send = (form, credential) => {
  form.elements.passkey.value = answered(credential);
  form.submit();
};

const WORDS = {
  NotAllowedError: "That was cancelled, or took too long. Try again.",
  InvalidStateError: "This device has a passkey for this account already.",
  busy: "Too many tries. Wait some minutes.",
};
const say = (form, error) => {
  const place = form.querySelector("[data-said]");
  place.textContent = WORDS[error.name] ?? WORDS[error.message] ?? "This did not work. Try again.";
};

let waiting = new AbortController(); // what is offered while the page is open

const pressed = async (form) => {
  const button = form.querySelector("[data-passkey]");
  waiting.abort();
  button.setAttribute("aria-busy", "true");
  try {
    const publicKey = await asked(form);
    const made = "make" in form.dataset;
    const credential = await (made
      ? navigator.credentials.create({ publicKey })
      : navigator.credentials.get({ publicKey }));
    send(form, credential);
  } catch (error) {
    say(form, error);
    if ("autofill" in form.dataset) offered(form);
  }
  button.removeAttribute("aria-busy");
};

// Passkeys among what the browser offers to fill in, asked anew before the challenge ends.
const RENEWED_MS = 240_000;
const offered = async (form) => {
  if (!(await PublicKeyCredential.isConditionalMediationAvailable?.())) return;
  waiting = new AbortController();
  const { signal } = waiting;
  const again = () => {
    if (signal.aborted) return;
    if (document.hidden) return addEventListener("visibilitychange", again, { once: true });
    waiting.abort();
    offered(form);
  };
  const renewal = setTimeout(again, RENEWED_MS);
  try {
    const publicKey = await asked(form);
    send(form, await navigator.credentials.get({ publicKey, mediation: "conditional", signal }));
  } catch {
    clearTimeout(renewal); // nobody chose one, or the button was pressed instead
  }
};

if (window.PublicKeyCredential)
  for (const form of document.querySelectorAll("form[data-options]")) {
    form.hidden = false;
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (form.reportValidity()) pressed(form);
    });
    if ("autofill" in form.dataset) offered(form);
  }
