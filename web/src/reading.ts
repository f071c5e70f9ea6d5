// The reading room: what words selected in the text may become, and what is one key away.

import { letter, writing } from "./keys.js";
import { chosen, fill } from "./select.js";

function field(form: string, name: string): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>(`${form} input[name="${name}"]`);
}

/** Put the words selected into a form, unfolded, and go there. */
function take(into: HTMLInputElement | null): boolean {
  const words = chosen();
  if (into === null || words === null) return false;
  into.closest("details")?.setAttribute("open", "");
  fill(into, words);
  const begins = into.form?.elements.namedItem("begins");
  if (begins instanceof HTMLInputElement) begins.value = String(words.from);
  into.focus();
  return true;
}

/** Open a form with the words selected in it; with none, fold it in or out. */
function form(which: string): boolean {
  return take(field(which, "words")) || fold(which);
}

/** Fold something in or out. */
function fold(which: string): boolean {
  const found = document.querySelector<HTMLDetailsElement>(which);
  if (found === null) return false;
  found.open = !found.open;
  found.querySelector("summary")?.focus();
  return true;
}

function act(key: string): boolean {
  switch (key) {
    case "c":
      return form("#mark-claim");
    case "s":
      return take(field("#mark-claim", "speaker"));
    case "n":
      return form("#mark-name");
    case "t":
      return form("#mark-time");
    case "x":
      return form("#mark-none");
    case "g":
      return form(".add-note");
    case "y":
      return fold("details#copies");
    case "o":
      return fold("details#parts");
    default:
      return false;
  }
}

document.addEventListener("keydown", (event) => {
  if (document.body.dataset["keys"] === "off" || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
  if (act(letter(event))) event.preventDefault();
});

// By the mouse: the buttons under the text do what the keys do. They leave the selection alone.
document.addEventListener("pointerdown", (event) => {
  if (event.target instanceof Element && event.target.closest("[data-take]") !== null) event.preventDefault();
});
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest<HTMLElement>("[data-take]") : null;
  if (button !== null) act(button.dataset["take"] ?? "");
});

// Words that are selected have an address, which can be sent to a colleague.
document.addEventListener("selectionchange", () => {
  const bar = document.querySelector<HTMLElement>("#chosen");
  const link = bar?.querySelector<HTMLAnchorElement>("a");
  const words = chosen();
  if (bar === null || link === null || link === undefined) return;
  bar.hidden = words === null;
  if (words !== null) link.href = `${location.pathname}?place=${words.from}-${words.to}#found`;
});
