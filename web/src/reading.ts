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
      return take(field("#mark", "words")) || fold("#mark");
    case "s":
      return take(field("#mark", "speaker"));
    case "g":
      return take(field(".add-note", "words")) || fold(".add-note");
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

// Words that are selected have an address, which can be sent to a colleague.
document.addEventListener("selectionchange", () => {
  const bar = document.querySelector<HTMLElement>("#chosen");
  const link = bar?.querySelector<HTMLAnchorElement>("a");
  const words = chosen();
  if (bar === null || link === null || link === undefined) return;
  bar.hidden = words === null;
  if (words !== null) link.href = `${link.pathname}?place=${words.from}-${words.to}#found`;
});
