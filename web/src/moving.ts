// What time line and map share: while a hand moves the drawing it is only shifted; when the hand
// rests, the page is asked for again with another window, and its chart is put in place of the
// old one. What is drawn, and how, is decided where the page is made.

const REST = 140; // milliseconds without movement after which the window is asked for
const TREMBLE = 4; // pixels that a click may move

export interface Moving {
  /** Selects the area that is moved, within the chart. */
  readonly area: string;
  /** Whether it moves up and down as well. */
  readonly upward: boolean;
  /** Set the window that lies so many pixels beside this one. */
  readonly shifted: (address: URLSearchParams, right: number, down: number) => void;
  /** Set a window so many times as wide about a place of it, both from 0 to 1. */
  readonly scaled: (address: URLSearchParams, factor: number, x: number, y: number) => void;
  /** Called with each chart as it is put in place. */
  readonly placed?: () => void;
}

export function chart(): HTMLElement | null {
  return document.querySelector<HTMLElement>("#chart");
}

/** Let the chart of this page be moved; return what shows the chart of another address. */
export function moving(how: Moving): (address: URL) => Promise<void> {
  let held: { readonly pointer: number; readonly x: number; readonly y: number } | null = null;
  let [right, down] = [0, 0]; // pixels that the drawing is shifted by
  let frame = 0;
  let timer = 0;
  let asking: AbortController | null = null;

  const area = (): HTMLElement | null => chart()?.querySelector<HTMLElement>(how.area) ?? null;

  function here(change: (address: URLSearchParams) => void): URL {
    const address = new URL(location.href);
    change(address.searchParams);
    address.searchParams.delete("page");
    return address;
  }

  async function show(address: URL): Promise<void> {
    asking?.abort();
    asking = new AbortController();
    const asked = new URL(address);
    asked.searchParams.set("width", String(Math.round(area()?.clientWidth ?? 1000)));
    const answer = await fetch(asked, { signal: asking.signal }).catch(() => null);
    if (answer === null) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const [old, fresh] = [chart(), page.querySelector<HTMLElement>("#chart")];
    if (old === null || fresh === null) {
      location.assign(address);
      return;
    }
    const focused = document.activeElement === area();
    history.replaceState(null, "", address);
    for (const name of ["since", "until"]) {
      const box = document.querySelector<HTMLInputElement>(`.filter [name="${name}"]`);
      if (box !== null) box.value = address.searchParams.get(name) ?? "";
    }
    old.replaceWith(document.adoptNode(fresh));
    const [count, now] = [document, page].map((each) => each.querySelector("h1 .total"));
    if (count && now) count.textContent = now.textContent;
    [right, down, held] = [0, 0, null];
    live();
    if (focused) area()?.focus({ preventScroll: true });
  }

  function draw(): void {
    frame = 0;
    chart()?.querySelector(".moved")?.setAttribute("transform", `translate(${right} ${down})`);
  }

  function moveBy(x: number, y: number): void {
    right += x;
    if (how.upward) down += y;
    if (frame === 0) frame = requestAnimationFrame(draw);
    window.clearTimeout(timer);
    timer = window.setTimeout(() => {
      if (held === null) settle();
    }, REST);
  }

  function settle(): void {
    if (right !== 0 || down !== 0) void show(here((to) => how.shifted(to, right, down)));
  }

  function zoom(factor: number, x = 0.5, y = 0.5): void {
    void show(here((to) => how.scaled(to, factor, x, y)));
  }

  function whole(): void {
    const link = chart()?.querySelector<HTMLAnchorElement>(".moves [data-all]");
    if (link) void show(new URL(link.href));
  }

  function live(): void {
    const moved = area();
    if (moved === null) return;
    moved.classList.add("live");
    moved.addEventListener("dragstart", (event) => event.preventDefault());
    moved.addEventListener("pointerdown", (event) => {
      if (event.button === 0) held = { pointer: event.pointerId, x: event.clientX - right, y: event.clientY - down };
    });
    moved.addEventListener("pointermove", (event) => {
      if (held === null || event.pointerId !== held.pointer) return;
      const [x, y] = [event.clientX - held.x - right, event.clientY - held.y - down];
      if (right === 0 && down === 0 && Math.abs(x) < TREMBLE && Math.abs(y) < TREMBLE) return;
      if (!moved.hasPointerCapture(event.pointerId)) moved.setPointerCapture(event.pointerId);
      moved.classList.add("held");
      moveBy(x, y);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      moved.addEventListener(end, () => {
        held = null;
        moved.classList.remove("held");
        settle();
      });
    }
    // The end of a drag is no click on what lies there.
    moved.addEventListener("click", (event) => {
      if (right !== 0 || down !== 0) event.preventDefault();
    }, true);
    moved.addEventListener("wheel", (event) => {
      const zooms = event.ctrlKey || event.metaKey;
      if (!zooms && Math.abs(event.deltaX) <= Math.abs(event.deltaY)) return; // the page scrolls
      event.preventDefault();
      const box = moved.getBoundingClientRect();
      if (zooms) zoom(event.deltaY > 0 ? 1.5 : 1 / 1.5, (event.clientX - box.left) / box.width, (event.clientY - box.top) / box.height);
      else moveBy(-event.deltaX, 0);
    }, { passive: false });
    moved.addEventListener("keydown", (event) => {
      if (event.altKey || event.ctrlKey || event.metaKey) return;
      const step = moved.clientWidth / 5;
      if (event.key === "ArrowLeft") moveBy(step, 0);
      else if (event.key === "ArrowRight") moveBy(-step, 0);
      else if (how.upward && event.key === "ArrowUp") moveBy(0, step);
      else if (how.upward && event.key === "ArrowDown") moveBy(0, -step);
      else if (event.key === "+" || event.key === "=") zoom(0.5);
      else if (event.key === "-") zoom(2);
      else if (event.key === "0") whole();
      else return;
      event.preventDefault();
    });
    how.placed?.();
  }

  live();
  const [shown, drawn] = [area(), area()?.querySelector("svg")?.viewBox.baseVal.width];
  if (shown !== null && drawn !== undefined && Math.abs(drawn - shown.clientWidth) > 8) {
    void show(new URL(location.href)); // as wide as the window that it is shown in
  }
  return show;
}
