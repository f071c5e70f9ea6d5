// The queue of proposals from the keyboard: a accepts, r rejects, n goes on, u takes back,
// e opens the correction, Escape closes it; words selected in the text go into a field by the key beside it.

import { letter, writing } from "./keys.js";
import { chosen, fill } from "./select.js";

const FIELDS: Readonly<Record<string, string>> = {
  s: "speaker",
  p: "place",
  t: "when_words",
  w: "words",
  x: "cut",
};

function acting(which: string): HTMLElement | null {
  return document.querySelector<HTMLElement>(`[data-act="${which}"]`);
}

/** Press the button of a form, or follow a link. */
function press(which: string): boolean {
  const found = acting(which);
  // A click, not requestSubmit: htmx sends the value of the button that was clicked.
  (found?.querySelector("button") ?? found)?.click();
  return found !== null;
}

/** Open what is folded away, and go to its first field. */
function open(which: string): boolean {
  const found = acting(which);
  if (!(found instanceof HTMLDetailsElement)) return false;
  found.open = true;
  found.querySelector<HTMLElement>("select, input:not([type=hidden])")?.focus();
  return true;
}

/** Fold away again what the person is in, and go to its heading: letters are keys once more. */
function close(target: EventTarget | null): boolean {
  const found = target instanceof HTMLElement ? target.closest<HTMLDetailsElement>("#review details[open]") : null;
  if (found === null) return false;
  found.open = false;
  found.querySelector("summary")?.focus();
  return true;
}

/** Put the words selected into a field, unfolded; the root they replace is unticked. */
function take(name: string): boolean {
  const field = document.querySelector<HTMLInputElement>(`#review input[name="${name}"]`);
  const words = chosen();
  if (field === null || words === null) return false;
  field.closest("details")?.setAttribute("open", "");
  fill(field, words);
  if (name === "speaker") {
    const links = document.querySelectorAll<HTMLInputElement>('#review input[name="link"]');
    const root = links[links.length - 1];
    if (root !== undefined) root.checked = false;
  }
  field.form?.querySelector<HTMLButtonElement>("button")?.focus();
  return true;
}

function act(key: string): boolean {
  switch (key) {
    case "a":
      return press("accept");
    case "r":
      return press("reject");
    case "n":
      return press("next");
    case "u":
      return press("undo");
    case "e":
      return open("correct");
    case "m":
      return open("join");
    default: {
      const field = FIELDS[key];
      return field !== undefined && (take(field) || (key === "x" && open("split")));
    }
  }
}

document.addEventListener("keydown", (event) => {
  if (document.querySelector("#review") === null && acting("undo") === null) return;
  if (document.body.dataset["keys"] === "off" || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" && close(event.target)) return;
  if (writing(event.target)) return;
  if (act(letter(event))) event.preventDefault();
});

// The next proposal takes the place of the one judged: who does not see it is told.
// Where the text stands below the proposal, not beside it, the proposal stays in sight instead.
function arrive(): void {
  const text = document.querySelector("#review .text");
  const beside = document.querySelector("#review .beside");
  if (text === null || beside === null) return;
  if (text.getBoundingClientRect().top >= beside.getBoundingClientRect().bottom) return;
  text.querySelector(".lit")?.scrollIntoView({ block: "nearest" });
}

// Why a form was refused stands on the page with the form as it was sent, which takes the place
// of the one before like any other; the focus is in that form.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!(event instanceof CustomEvent) || event.detail.xhr.status !== 422) return;
  event.detail.shouldSwap = true;
  event.detail.isError = false;
});

document.addEventListener("htmx:afterSwap", () => {
  const next = document.querySelector<HTMLElement>("#review [autofocus]") ?? document.querySelector<HTMLElement>("#review #the-claim");
  next?.focus({ preventScroll: !next.matches("[autofocus]") });
  if (!next?.matches("[autofocus]")) arrive();
});
arrive();
