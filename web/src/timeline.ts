// Comfort on the time line: drag it, zoom it, use the arrows.

import { chart, moving } from "./moving.js";

const LEAST = 6 * 60; // minutes: no shorter window is drawn

const backwards = document.documentElement.dir === "rtl";

function span(): [number, number] {
  return [Number(chart()?.dataset["start"]), Number(chart()?.dataset["end"])];
}

/** A minute, counted from 1970, as EDTF; a day's last minute stands for the day. */
function edtf(minute: number, last: boolean): string {
  const text = new Date(minute * 60_000).toISOString();
  return text.slice(11, 16) === (last ? "23:59" : "00:00") ? text.slice(0, 10) : text.slice(0, 16);
}

function set(address: URLSearchParams, start: number, end: number): void {
  address.set("since", edtf(start, false));
  address.set("until", edtf(end, true));
  address.delete("span"); // all, asked for before
}

moving({
  area: ".timeline",
  upward: false,
  shifted: (address, right) => {
    const [start, end] = span();
    const width = chart()?.querySelector(".timeline")?.clientWidth ?? 1;
    const later = Math.round(((backwards ? right : -right) / width) * (end + 1 - start));
    set(address, start + later, end + later);
  },
  scaled: (address, factor, x) => {
    const [start, end] = span();
    const whole = end + 1 - start; // both minutes are in it
    const length = Math.max(LEAST, Math.round(whole * factor));
    const first = Math.round(start + (whole - length) * (backwards ? 1 - x : x));
    set(address, first, first + length - 1);
  },
});
