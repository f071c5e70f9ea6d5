// Comfort for those who read many claims: j and k go to the next and previous claim,
// a accepts, r rejects, e corrects in the text, / goes to the search box. Everything they do, the page does without.

const CLAIM = "[data-claim]";

/** The letter meant by a key press, whatever the layout: Arabic keyboards have no j. */
export function letter(event: KeyboardEvent): string {
  if (/^[a-z/]$/i.test(event.key)) return event.key.toLowerCase();
  if (event.key.charCodeAt(0) < 0x250) return ""; // another Latin key: not meant
  if (event.code === "Slash") return "/";
  return /^Key[A-Z]$/.test(event.code) ? event.code.slice(3).toLowerCase() : "";
}

/** Whether the person is writing, so that letters are letters. */
export function writing(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest("input, textarea, select, [contenteditable]") !== null;
}

function claims(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(CLAIM)];
}

function current(): HTMLElement | null {
  return document.activeElement?.closest<HTMLElement>(CLAIM) ?? null;
}

function show(claim: HTMLElement): void {
  claim.focus({ preventScroll: true });
  claim.scrollIntoView({ block: "nearest" });
  const id = claim.dataset["claim"];
  for (const piece of document.querySelectorAll(".lit")) piece.classList.remove("lit");
  if (id === undefined) return;
  const pieces = document.querySelectorAll<HTMLElement>(`mark[data-claims~="${CSS.escape(id)}"]`);
  for (const piece of pieces) piece.classList.add("lit");
  pieces[0]?.scrollIntoView({ block: "nearest" });
}

function step(by: 1 | -1): void {
  const all = claims();
  const here = current();
  const at = here === null ? (by === 1 ? -1 : all.length) : all.indexOf(here);
  const next = all[at + by];
  if (next !== undefined) show(next);
}

function judge(verdict: "accept" | "reject"): void {
  const button = current()?.querySelector<HTMLButtonElement>(`form[data-verdict="${verdict}"] button`);
  button?.form?.requestSubmit(button);
}

function act(key: string): boolean {
  switch (key) {
    case "j":
      step(1);
      return true;
    case "k":
      step(-1);
      return true;
    case "a":
      judge("accept");
      return current() !== null;
    case "r":
      judge("reject");
      return current() !== null;
    case "e": {
      const link = current()?.querySelector<HTMLAnchorElement>("[data-correct]");
      link?.click();
      return link !== undefined && link !== null;
    }
    case "/": {
      const box = document.querySelector<HTMLInputElement>("#site-search");
      box?.focus();
      return box !== null;
    }
    default:
      return false;
  }
}

document.addEventListener("keydown", (event) => {
  if (document.body.dataset["keys"] === "off" || document.querySelector("#review") !== null) return;
  if (event.ctrlKey || event.metaKey || event.altKey || writing(event.target)) return;
  if (act(letter(event))) event.preventDefault();
});

// The claim that the address asks for is lit in the text; beside it, its row is brought up too.
const asked = document.querySelector<HTMLElement>('[data-claim][aria-current="true"]');
if (asked !== null) {
  asked.focus({ preventScroll: true });
  const list = asked.parentElement;
  if (list !== null && list.scrollHeight > list.clientHeight) {
    list.scrollTop += asked.getBoundingClientRect().top - list.getBoundingClientRect().top;
  }
}

// A swapped row is a new element: it gets the focus back, and the marks in the text its status.
document.addEventListener("htmx:load", (event) => {
  const row = event.target;
  if (!(row instanceof HTMLElement) || !row.matches(CLAIM)) return;
  const { claim, status } = row.dataset;
  if (claim === undefined || status === undefined) return;
  for (const piece of document.querySelectorAll<HTMLElement>(`mark[data-claims~="${CSS.escape(claim)}"]`)) {
    piece.dataset["status"] = status;
  }
  if (document.activeElement === document.body || document.activeElement === null) {
    row.focus({ preventScroll: true });
  }
});

// What the node refuses is explained on a page of its own: the form is sent again the plain way,
// with the button that was pressed.
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, (event) => {
    const form = event.target;
    if (!(form instanceof HTMLFormElement) || !(event instanceof CustomEvent)) return;
    const pressed: unknown = event.detail?.requestConfig?.triggeringEvent?.submitter;
    if (pressed instanceof HTMLButtonElement && pressed.name !== "") {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = pressed.name;
      field.value = pressed.value;
      form.append(field);
    }
    form.submit();
  });
}
