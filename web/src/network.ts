// Comfort on the network: whoever is pointed at or has the focus stands out with their ties; a
// button arranges the names by their ties, after which they can be dragged. Nothing moves by
// itself, and all stay of one size.

import type { SimulationLinkDatum, SimulationNodeDatum } from "d3-force";

declare const d3: typeof import("d3-force");

interface Actor extends SimulationNodeDatum {
  readonly id: string;
  readonly mark: SVGAElement;
  x: number;
  y: number;
}

interface Tie extends SimulationLinkDatum<Actor> {
  readonly mark: SVGAElement;
  readonly bend: number;
  source: Actor;
  target: Actor;
}

const STEPS = 300;
const APART = 90; // pixels between names that have to do with each other
const WIDE = 1000;

function elements(network: SVGSVGElement, selector: string): SVGAElement[] {
  return [...network.querySelectorAll<SVGAElement>(selector)];
}

/** Let all but one actor, or one tie, and what belongs to it, stand back. */
function near(network: SVGSVGElement, chosen: SVGAElement | null): void {
  network.classList.toggle("dimmed", chosen !== null);
  for (const mark of elements(network, ".near")) mark.classList.remove("near");
  if (chosen === null) return;
  const { id, a, b } = chosen.dataset;
  const beside = new Set(id === undefined ? [a, b] : [id]);
  for (const tie of elements(network, ".tie")) {
    const mine = tie === chosen || (id !== undefined && (tie.dataset["a"] === id || tie.dataset["b"] === id));
    if (!mine) continue;
    tie.classList.add("near");
    beside.add(tie.dataset["a"]).add(tie.dataset["b"]);
  }
  for (const actor of elements(network, ".actor")) actor.classList.toggle("near", beside.has(actor.dataset["id"]));
}

function place(actor: Actor): void {
  const circle = actor.mark.querySelector("circle");
  const text = actor.mark.querySelector("text");
  circle?.setAttribute("cx", actor.x.toFixed(1));
  circle?.setAttribute("cy", actor.y.toFixed(1));
  text?.setAttribute("x", actor.x.toFixed(1));
  text?.setAttribute("y", (actor.y + 22).toFixed(1));
}

function draw(tie: Tie): void {
  const { source: a, target: b } = tie;
  const [middleX, middleY] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
  const [offX, offY] = [(a.y - b.y) * tie.bend, (b.x - a.x) * tie.bend];
  const line = `M${a.x.toFixed(1)} ${a.y.toFixed(1)}Q${(middleX + offX).toFixed(1)} ${(middleY + offY).toFixed(1)} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`;
  for (const path of tie.mark.querySelectorAll("path")) path.setAttribute("d", line);
}

/** Arrange the names by their ties, all at once; then let a hand move them. */
function arrange(network: SVGSVGElement): void {
  const actors: Actor[] = elements(network, ".actor").map((mark, at) => ({
    id: mark.dataset["id"] ?? "",
    mark,
    x: WIDE / 2 + 200 * Math.cos(at * 2.4), // the same beginning each time
    y: 300 + 200 * Math.sin(at * 2.4),
  }));
  const byId = new Map(actors.map((actor) => [actor.id, actor]));
  const ties: Tie[] = [];
  for (const mark of elements(network, ".tie")) {
    const [source, target] = [byId.get(mark.dataset["a"] ?? ""), byId.get(mark.dataset["b"] ?? "")];
    if (source && target) ties.push({ mark, source, target, bend: Number(mark.dataset["bend"]) });
  }
  d3.forceSimulation(actors)
    .force("ties", d3.forceLink<Actor, Tie>(ties).distance(APART))
    .force("apart", d3.forceManyBody<Actor>().strength(-420).distanceMax(420))
    .force("room", d3.forceCollide<Actor>(38))
    .force("x", d3.forceX<Actor>(WIDE / 2).strength(0.05))
    .force("y", d3.forceY<Actor>(300).strength(0.09))
    .stop()
    .tick(STEPS);
  fit(network, actors);
  for (const actor of actors) {
    actor.mark.querySelector("text")?.setAttribute("text-anchor", "middle");
    place(actor);
    movable(network, actor, ties);
  }
  ties.forEach(draw);
}

/** Shift everybody into the drawing, which is made as high as they need. */
function fit(network: SVGSVGElement, actors: Actor[]): void {
  const [left, right] = [Math.min(...actors.map((a) => a.x)), Math.max(...actors.map((a) => a.x))];
  const [top, bottom] = [Math.min(...actors.map((a) => a.y)), Math.max(...actors.map((a) => a.y))];
  const narrower = Math.min(1, (WIDE - 200) / Math.max(1, right - left));
  for (const actor of actors) {
    actor.x = WIDE / 2 + (actor.x - (left + right) / 2) * narrower;
    actor.y = actor.y - top + 24;
  }
  const height = Math.ceil(bottom - top + 64);
  network.setAttribute("viewBox", `0 0 ${WIDE} ${height}`);
  network.setAttribute("height", String(height));
}

function movable(network: SVGSVGElement, actor: Actor, ties: readonly Tie[]): void {
  const mark = actor.mark;
  const mine = ties.filter((tie) => tie.source === actor || tie.target === actor);
  let moved = false;
  mark.classList.add("movable");
  mark.addEventListener("dragstart", (event) => event.preventDefault());
  mark.addEventListener("pointerdown", (event) => {
    moved = false;
    mark.setPointerCapture(event.pointerId);
  });
  mark.addEventListener("pointermove", (event) => {
    if (!mark.hasPointerCapture(event.pointerId)) return;
    moved ||= Math.abs(event.movementX) + Math.abs(event.movementY) > 1;
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(network.getScreenCTM()?.inverse());
    [actor.x, actor.y] = [at.x, at.y];
    place(actor);
    mine.forEach(draw);
  });
  mark.addEventListener("click", (event) => {
    if (moved) event.preventDefault(); // the end of a drag is no click
  });
}

const network = document.querySelector<SVGSVGElement>("svg#network");
const button = document.querySelector<HTMLButtonElement>("#arrange");
if (network !== null) {
  const chosen = (event: Event): SVGAElement | null =>
    event.target instanceof Element ? event.target.closest<SVGAElement>(".actor, .tie") : null;
  for (const kind of ["pointerover", "focusin"]) network.addEventListener(kind, (event) => near(network, chosen(event)));
  for (const kind of ["pointerleave", "focusout"]) network.addEventListener(kind, () => near(network, null));
  if (button !== null) {
    button.hidden = false;
    button.addEventListener("click", () => arrange(network));
  }
}
