// Puts other people's code and maps, with their licences, beside the compiled script; git ignores
// that folder.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

const from = (path) => fileURLToPath(new URL(`node_modules/${path}`, import.meta.url));
const fonts = (name) => fileURLToPath(new URL(`../src/tawatur/briefs/fonts/${name}`, import.meta.url));
const to = (name) => fileURLToPath(new URL(`../src/tawatur/web/static/vendor/${name}`, import.meta.url));

mkdirSync(to(""), { recursive: true });
copyFileSync(from("htmx.org/dist/htmx.min.js"), to("htmx.min.js"));
copyFileSync(from("htmx.org/LICENSE"), to("htmx.LICENSE.txt"));
for (const name of ["d3-dispatch", "d3-quadtree", "d3-timer", "d3-force"]) {
  copyFileSync(from(`${name}/dist/${name}.min.js`), to(`${name}.min.js`));
  copyFileSync(from(`${name}/LICENSE`), to(`${name}.LICENSE.txt`));
}
copyFileSync(from("world-atlas/LICENSE"), to("world.LICENSE.txt"));
for (const detail of ["110m", "50m"]) {
  const atlas = JSON.parse(readFileSync(from(`world-atlas/countries-${detail}.json`), "utf8"));
  writeFileSync(to(`world-${detail}.svg`), world(atlas));
}

// What briefs on paper are set in.
mkdirSync(fonts(""), { recursive: true });
for (const [family, name] of [["amiri", "Amiri"], ["noto-sans", "NotoSans"]]) {
  for (const weight of ["400Regular", "700Bold"]) {
    const file = `${name}_${weight}.ttf`;
    copyFileSync(from(`@expo-google-fonts/${family}/${weight}/${file}`), fonts(file));
  }
  copyFileSync(from(`@expo-google-fonts/${family}/LICENSE_FONT`), fonts(`${name}.LICENSE.txt`));
}

/**
 * A ring whose points follow one another by the shorter way: what crosses the antimeridian runs
 * over the edge of the world, where it is drawn a second time, and what goes round the pole is
 * closed along the lower edge.
 */
function onward(ring) {
  const points = [];
  let turn = 0;
  for (const [n, [x, y]] of ring.entries()) {
    if (n > 0) turn -= 1000 * Math.round((x - ring[n - 1][0]) / 1000);
    points.push([x + turn, y]);
  }
  const [first, last] = [points[0][0], points.at(-1)[0]];
  if (Math.abs(last - first) > 500) points.push([last, 1000], [first, 1000]);
  return points;
}

/**
 * The countries of a TopoJSON atlas as a picture of the world, 1000 units wide and high, in the
 * projection of web maps (spherical Mercator). Greys that let through what lies behind stand
 * well on light and on dark.
 */
function world({ objects, arcs, transform }) {
  const degree = Math.PI / 180;
  const [scale, shift] = [transform.scale, transform.translate];
  const lines = arcs.map((arc) => {
    let [x, y] = [0, 0];
    return arc.map(([dx, dy]) => {
      [x, y] = [x + dx, y + dy];
      const longitude = x * scale[0] + shift[0];
      const latitude = Math.max(-85, Math.min(85, y * scale[1] + shift[1]));
      const north = Math.log(Math.tan(Math.PI / 4 + (latitude * degree) / 2));
      return [(longitude + 180) / 0.36, 500 - (north / Math.PI) * 500];
    });
  });
  const line = (at) => (at < 0 ? lines[~at].toReversed() : lines[at]);
  const drawn = (points, by) => `M${points.map(([x, y]) => `${+(x + by).toFixed(2)} ${+y.toFixed(2)}`).join("L")}z`;
  const ring = (ends) => {
    const points = onward(ends.flatMap((at, n) => line(at).slice(n === 0 ? 0 : 1)));
    const xs = points.map(([x]) => x);
    const turns = [0];
    if (Math.max(...xs) > 1000) turns.push(-1000);
    if (Math.min(...xs) < 0) turns.push(1000);
    return turns.map((by) => drawn(points, by)).join("");
  };
  const paths = objects.countries.geometries.map((country) => {
    const polygons = country.type === "Polygon" ? [country.arcs] : country.arcs;
    const named = country.id === undefined ? "" : ` id="c${country.id}"`; // ISO 3166-1 numeric
    return `<path${named} vector-effect="non-scaling-stroke" d="${polygons.flat().map(ring).join("")}"/>`;
  });
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1000 1000" width="1000" height="1000">' +
    '<g fill="#8a8f86" fill-opacity=".28" stroke="#767c72" stroke-opacity=".75" stroke-width=".8" ' +
    `fill-rule="evenodd">${paths.join("")}</g></svg>`
  );
}
