// What a page hears while it lies open: what came, who has the same open, that it changed.
// Only while it is looked at: a browser holds few connections, and each would take one.

const KINDS = ["news", "here", "changed", "coming"] as const;

let stream: EventSource | null = null;
let listening = "";

function address(): string {
  const shown = document.querySelector<HTMLElement>("#main [data-thing]");
  const asked = new URLSearchParams();
  if (shown !== null) {
    asked.set("thing", shown.dataset["thing"] ?? "");
    asked.set("state", shown.dataset["state"] ?? "");
  }
  return `/live?${asked.toString()}`;
}

/** Say something in the line of its kind, which is hidden where there is nothing to say. */
function say(kind: string, text: string): void {
  const line = document.querySelector<HTMLElement>(`#live [data-kind="${kind}"]`);
  const words = line?.querySelector("span");
  if (line === null || words === null || words === undefined) return;
  words.textContent = text;
  line.hidden = text === "";
  if (kind === "changed") line.querySelector("a")?.setAttribute("href", location.href);
}

function stop(): void {
  stream?.close();
  stream = null;
}

function listen(): void {
  const asked = address();
  if (document.hidden || (stream !== null && asked === listening && stream.readyState !== EventSource.CLOSED)) return;
  stop();
  listening = asked;
  const behind = document.querySelector<HTMLElement>('#live [data-kind="coming"]')?.hidden === false;
  stream = new EventSource(behind ? `${asked}&coming=1` : asked);
  for (const kind of KINDS) {
    stream.addEventListener(kind, (event) => say(kind, event.data));
  }
}

document.addEventListener("visibilitychange", () => (document.hidden ? stop() : listen()));
// What another page has in its place is another thing, and what was said is of the one before.
document.addEventListener("htmx:afterSettle", () => {
  if (address() === listening) return;
  say("here", "");
  say("changed", "");
  listen();
});
window.addEventListener("pagehide", stop);
listen();
