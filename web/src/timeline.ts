// Comfort on the time line: drag it, zoom it, use the arrows. While a hand moves it, the drawing
// is only shifted; when it rests, the page is asked for again with the new window and its chart
// put in place of the old one. What is drawn, and how, is decided where the page is made.

const REST = 140; // milliseconds without movement after which the window is asked for
const LEAST = 6 * 60; // minutes: the server draws no shorter window
const LIMIT = 4_000_000; // minutes of a step beyond which moving goes nowhere useful

interface Held {
  readonly pointer: number;
  readonly x: number;
}

const backwards = document.documentElement.dir === "rtl";
let chart = document.querySelector<HTMLElement>("#chart");
let held: Held | null = null;
let shift = 0; // pixels that the drawing is moved by, to the right
let frame = 0;
let timer = 0;
let asking: AbortController | null = null;

function view(): HTMLElement | null {
  return chart?.querySelector<HTMLElement>(".timeline") ?? null;
}

function span(): [number, number] {
  return [Number(chart?.dataset["start"]), Number(chart?.dataset["end"])];
}

/** How many minutes later the window begins when the drawing is moved so many pixels right. */
function minutes(pixels: number): number {
  const [start, end] = span();
  const width = view()?.clientWidth ?? 1;
  return Math.round(((backwards ? pixels : -pixels) / width) * (end - start));
}

/** A minute, counted from 1970, as EDTF; a day's last minute stands for the day. */
function edtf(minute: number, last: boolean): string {
  const text = new Date(minute * 60_000).toISOString();
  return text.slice(11, 16) === (last ? "23:59" : "00:00") ? text.slice(0, 10) : text.slice(0, 16);
}

function moveBy(pixels: number): void {
  shift += pixels;
  if (frame === 0) frame = requestAnimationFrame(draw);
  window.clearTimeout(timer);
  timer = window.setTimeout(() => {
    if (held === null) settle();
  }, REST);
}

function draw(): void {
  frame = 0;
  chart?.querySelector(".moved")?.setAttribute("transform", `translate(${shift} 0)`);
}

function settle(): void {
  if (shift === 0) return;
  const [start, end] = span();
  const by = minutes(shift);
  if (Math.abs(by) < LIMIT * 1000) void show(start + by, end + by);
}

/** Make the window so many times as long, about a place between 0 and 1 of it. */
function zoom(factor: number, place = 0.5): void {
  const [start, end] = span();
  const length = Math.max(LEAST, Math.round((end - start) * factor));
  const first = Math.round(start + (end - start - length) * place);
  void show(first, first + length);
}

async function show(start: number, end: number): Promise<void> {
  const address = new URL(location.href);
  address.searchParams.set("since", edtf(start, false));
  address.searchParams.set("until", edtf(end, true));
  address.searchParams.delete("page");
  await load(address);
}

/** Put the chart of another address in place of this one; `since` and `until` follow it. */
async function load(address: URL): Promise<void> {
  asking?.abort();
  asking = new AbortController();
  const asked = new URL(address);
  asked.searchParams.set("width", String(Math.round(view()?.clientWidth ?? 1000)));
  const answer = await fetch(asked, { signal: asking.signal }).catch(() => null);
  if (answer === null) return;
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector<HTMLElement>("#chart");
  if (fresh === null || chart === null) {
    location.assign(address);
    return;
  }
  const focused = view()?.contains(document.activeElement) ?? false;
  history.replaceState(null, "", address);
  for (const name of ["since", "until"]) {
    const box = document.querySelector<HTMLInputElement>(`.filter [name="${name}"]`);
    if (box !== null) box.value = address.searchParams.get(name) ?? "";
  }
  chart.replaceWith(document.adoptNode(fresh));
  chart = fresh;
  shift = 0;
  live();
  if (focused) view()?.focus({ preventScroll: true });
}

/** Make the drawing answer to the hand. */
function live(): void {
  const area = view();
  if (area === null) return;
  area.classList.add("live");
  area.addEventListener("pointerdown", (event) => {
    if (event.button !== 0) return;
    held = { pointer: event.pointerId, x: event.clientX - shift };
  });
  area.addEventListener("pointermove", (event) => {
    if (held === null || event.pointerId !== held.pointer) return;
    const moved = event.clientX - held.x - shift;
    if (moved === 0 || (shift === 0 && Math.abs(moved) < 4)) return; // a click with a trembling hand
    if (!area.hasPointerCapture(event.pointerId)) area.setPointerCapture(event.pointerId);
    area.classList.add("held");
    moveBy(moved);
  });
  for (const end of ["pointerup", "pointercancel"]) {
    area.addEventListener(end, () => {
      held = null;
      area.classList.remove("held");
      settle();
    });
  }
  area.addEventListener("click", (event) => {
    if (shift !== 0) event.preventDefault(); // the end of a drag is no click on what lies there
  }, true);
  area.addEventListener("dragstart", (event) => event.preventDefault());
  area.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) {
      if (Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return; // the page scrolls
      event.preventDefault();
      moveBy(-event.deltaX);
      return;
    }
    event.preventDefault();
    const box = area.getBoundingClientRect();
    const place = (event.clientX - box.left) / box.width;
    zoom(event.deltaY > 0 ? 1.5 : 1 / 1.5, backwards ? 1 - place : place);
  }, { passive: false });
  area.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const step = area.clientWidth / 5;
    if (event.key === "ArrowLeft") moveBy(step);
    else if (event.key === "ArrowRight") moveBy(-step);
    else if (event.key === "+" || event.key === "=") zoom(0.5);
    else if (event.key === "-") zoom(2);
    else if (event.key === "0") void all();
    else return;
    event.preventDefault();
  });
}

async function all(): Promise<void> {
  const address = new URL(location.href);
  for (const name of ["since", "until", "page"]) address.searchParams.delete(name);
  await load(address);
}

live();
const area = view();
const drawn = area?.querySelector("svg")?.viewBox.baseVal.width;
if (area !== null && drawn !== undefined && Math.abs(drawn - area.clientWidth) > 8) {
  void load(new URL(location.href)); // as wide as the window that it is shown in
}
