// Comfort on the map: drag it, zoom it, use the arrows, and slide through the periods.

import { chart, moving } from "./moving.js";

const HEIGHT = 560; // pixels, as the page has it
const LEAST = 0;
const MOST = 11;
const PAUSE = 180; // milliseconds that the slider rests before the map of a period is asked for

/** A place in widths of the world, from its left and upper edge (spherical Mercator). */
function projected(latitude: number, longitude: number): [number, number] {
  const y = Math.asinh(Math.tan((latitude * Math.PI) / 180)) / Math.PI;
  return [(longitude + 180) / 360, (1 - y) / 2];
}

function unprojected(x: number, y: number): [number, number] {
  return [(Math.atan(Math.sinh((1 - 2 * y) * Math.PI)) * 180) / Math.PI, x * 360 - 180];
}

function view(): [number, number, number] {
  const [latitude = 0, longitude = 0, zoom = 1] = (chart()?.dataset["at"] ?? "").split(",").map(Number);
  return [latitude, longitude, zoom];
}

/** Set the window whose middle lies so many pixels from this one's, at another zoom. */
function set(address: URLSearchParams, right: number, down: number, zoom: number): void {
  const [latitude, longitude, now] = view();
  const [x, y] = projected(latitude, longitude);
  const world = 256 * 2 ** now;
  const [north, east] = unprojected(x + right / world, Math.min(Math.max(y + down / world, 0.02), 0.98));
  const wrapped = ((((east + 180) % 360) + 360) % 360) - 180;
  address.set("at", `${north.toFixed(3)},${wrapped.toFixed(3)},${zoom.toFixed(2)}`);
}

const show = moving({
  area: ".map",
  upward: true,
  shifted: (address, right, down) => set(address, -right, -down, view()[2]),
  scaled: (address, factor, x, y) => {
    const zoom = Math.min(Math.max(view()[2] - Math.log2(factor), LEAST), MOST);
    const kept = 1 - 2 ** (view()[2] - zoom); // what lies under the pointer stays there
    const width = chart()?.querySelector(".map")?.clientWidth ?? 1000;
    set(address, (x - 0.5) * width * kept, (y - 0.5) * HEIGHT * kept, zoom);
  },
  placed: slide,
});

/** Bring the slider in line with the periods that can be chosen: 0 is all times. */
function slide(): void {
  const row = document.querySelector<HTMLElement>("#period");
  const slider = row?.querySelector<HTMLInputElement>("input");
  const said = row?.querySelector("output");
  if (!row || !slider || !said) return;
  const found = periods();
  const since = new URL(location.href).searchParams.get("since");
  row.hidden = found.length === 0;
  slider.max = String(found.length);
  const at = found.findIndex((period) => asked(period).get("since") === since);
  if (document.activeElement !== slider) slider.value = String(at + 1);
  const period = found[Number(slider.value) - 1];
  const ever = since === null ? said.dataset["ever"] : "";
  said.textContent = (period === undefined ? ever : name(period)) ?? "";
  slider.setAttribute("aria-valuetext", said.textContent);
}

type Period = SVGAElement | HTMLAnchorElement;

function asked(period: Period): URLSearchParams {
  return new URL(period.getAttribute("href") ?? "", location.href).searchParams;
}

/** The periods in the order of time, whichever way they are drawn; those far off among them. */
function periods(): Period[] {
  const since = (period: Period): string => asked(period).get("since") ?? "";
  return [...document.querySelectorAll<Period>(".periods a.count, .periods .far a")].sort((a, b) => since(a).localeCompare(since(b)));
}

function name(period: Period): string {
  return period.getAttribute("aria-label") ?? period.textContent ?? "";
}

let timer = 0;
document.querySelector<HTMLInputElement>("#period input")?.addEventListener("input", (event) => {
  if (!(event.target instanceof HTMLInputElement)) return;
  const period = periods()[event.target.valueAsNumber - 1];
  const address = new URL(location.href);
  const chosen = period === undefined ? null : asked(period);
  for (const part of ["since", "until"]) {
    const value = chosen?.get(part) ?? "";
    if (value === "") address.searchParams.delete(part);
    else address.searchParams.set(part, value);
  }
  address.searchParams.set("at", chart()?.dataset["at"] ?? "");
  address.searchParams.delete("page");
  window.clearTimeout(timer);
  timer = window.setTimeout(() => void show(address), PAUSE);
});
