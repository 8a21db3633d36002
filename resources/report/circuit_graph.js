"use strict";
// The report's interactive circuit: what is shown of which run, and its drawing. A place is an index
// into a run's stored circuits; its iteration is that circuit's number. The second part of the script
// is report.js.

const space = "http://www.w3.org/2000/svg"; // a name, which no browser loads
const changeFactor = 1.1; // as in the program: |score| must grow or shrink by more
const usualCount = 35;
const listed = 12;
const runs = JSON.parse(document.getElementById("data").textContent).runs;
const player = document.querySelector(".player");
const graph = player.querySelector(".graph");
const find = (name) => player.querySelector(name);

function element(parent, name, attributes, text) {
  const made = parent.namespaceURI === space || name === "svg"
    ? document.createElementNS(space, name) : document.createElement(name);
  for (const key in attributes) made.setAttribute(key, attributes[key]);
  if (text !== undefined) made.textContent = text;
  parent.appendChild(made);
  return made;
}

// What is shown

const state = { run: 0, place: 0, count: usualCount, colors: "start", node: "", theme: "auto" };
let drawn = null; // the elements of the run that is drawn
let timer = null;
const run = () => runs[state.run];
const circuit = (place) => run().circuits[place];
const lastPlace = () => run().circuits.length - 1;

function scores(place) {
  const [edges, values] = circuit(place);
  return new Map(edges.map((edge, i) => [edge, values[i]]));
}

function scoreText(score) {
  const text = Math.abs(score) >= 1000 || (score !== 0 && Math.abs(score) < 1e-4)
    ? Math.abs(score).toExponential(2) : String(Number(Math.abs(score).toPrecision(3)));
  return (score < 0 ? "\u2212" : "+") + text;
}

// Drawing

function drawRun() {
  const of = run();
  graph.replaceChildren();
  graph.setAttribute("viewBox", "0 0 " + of.size[0] + " " + of.size[1]);
  const bands = element(graph, "g", {});
  for (const [layer, x, y, width, height] of of.bands) {
    element(bands, "rect", { class: "band", x: x, y: y, width: width, height: height, rx: 8 });
    element(bands, "text", { class: "layer", x: x + 9, y: y + 13 }, "layer " + layer);
  }
  const dots = element(graph, "g", {});
  for (const [, , x, y, , , shown] of of.nodes)
    if (shown) element(dots, "circle", { class: "dot", cx: x, cy: y, r: 2.6 });
  drawn = { edges: new Map(), nodes: new Map(), lines: element(graph, "g", {}), boxes: element(graph, "g", {}), in: new Set() };
}

function nodeOf(index) {
  if (!drawn.nodes.has(index)) {
    const [name, label, x, y, width, height] = run().nodes[index];
    const group = element(drawn.boxes, "g", { class: "node", "data-node": name });
    element(group, "rect", { class: "box", x: x - width / 2, y: y - height / 2, width: width, height: height, rx: Math.min(height / 2, 9) });
    if (label) element(group, "text", { x: x, y: y, style: "font-size:" + Math.max(6, Math.min(12, height * 0.56, 1.62 * width / label.length)) + "px" }, label);
    group.addEventListener("click", (event) => { chooseNode(state.node === name ? "" : name); event.stopPropagation(); });
    group.addEventListener("pointerenter", (event) => pointAtNode(index, event));
    group.addEventListener("pointermove", moveTip);
    group.addEventListener("pointerleave", hideTip);
    drawn.nodes.set(index, group);
  }
  return drawn.nodes.get(index);
}

function edgeOf(index) {
  if (!drawn.edges.has(index)) {
    const edge = run().edges[index];
    const c = edge.slice(5);
    const path = "M" + c[0] + " " + c[1] + "C" + c.slice(2).join(" ");
    const group = element(drawn.lines, "g", { class: "edge", "data-edge": edge[1] });
    const line = element(group, "path", { class: "line", d: path });
    element(group, "path", { class: "hit", d: path });
    group.addEventListener("pointerenter", (event) => { point(index); tellEdge(index, event); });
    group.addEventListener("pointermove", moveTip);
    group.addEventListener("pointerleave", () => { point(-1); hideTip(); });
    drawn.edges.set(index, { group: group, line: line });
  }
  return drawn.edges.get(index);
}

function comparedPlace() {
  if (state.colors === "start" && state.place > 0) return 0;
  if (state.colors === "previous" && state.place > 0) return state.place - 1;
  return -1;
}

function hueOf(index, score, before) {
  if (state.colors === "sign") return score < 0 ? "minus" : "plus";
  if (state.colors === "kind") return run().edges[index][4];
  if (!before) return "kept";
  if (!before.has(index)) return "entered";
  const ratio = Math.abs(score) / Math.abs(before.get(index));
  return ratio > changeFactor ? "stronger" : ratio < 1 / changeFactor ? "weaker" : "kept";
}

// The strongest edges of the place, and those of the circuit compared with that it lacks.
function shownEdges() {
  const [edges, values] = circuit(state.place);
  const compared = comparedPlace();
  const before = compared < 0 ? null : scores(compared);
  const shown = edges.slice(0, state.count).map((edge, i) => ({ edge: edge, score: values[i], rank: i + 1, hue: hueOf(edge, values[i], before) }));
  if (before) {
    const now = new Set(edges);
    const [old, oldValues] = circuit(compared);
    old.slice(0, state.count).forEach((edge, i) => {
      if (!now.has(edge)) shown.push({ edge: edge, score: oldValues[i], rank: 0, hue: "gone" });
    });
  }
  return shown;
}

function drawCircuit() {
  const shown = shownEdges();
  const widest = shown.length ? Math.abs(shown[0].score) || 1 : 1;
  const seen = new Set();
  const touched = new Set();
  for (const one of shown) {
    const strength = Math.sqrt(Math.min(1, Math.abs(one.score) / widest));
    const { group, line } = edgeOf(one.edge);
    const gone = one.hue === "gone";
    group.setAttribute("class", "edge in " + one.hue);
    line.style.strokeWidth = gone ? 1.2 : Math.max(1, run().widest * strength);
    line.style.opacity = gone ? 0.55 : 0.46 + 0.48 * strength;
    seen.add(one.edge);
    if (!gone) { touched.add(run().edges[one.edge][2]); touched.add(run().edges[one.edge][3]); }
  }
  for (const index of drawn.in) {
    if (seen.has(index)) continue;
    const { group, line } = drawn.edges.get(index);
    group.setAttribute("class", "edge");
    line.style.strokeWidth = 0;
    line.style.opacity = 0;
  }
  drawn.in = seen;
  drawn.shown = shown;
  for (const index of touched) nodeOf(index);
  for (const [index, group] of drawn.nodes) group.classList.toggle("in", touched.has(index));
  drawn.touched = touched;
  light();
}

// Lighting up

function light() {
  const nodes = run().nodes;
  const chosen = nodes.findIndex((node) => node[0] === state.node);
  const lit = new Set([chosen]);
  for (const one of drawn.shown) {
    const [, , source, target] = run().edges[one.edge];
    const on = chosen >= 0 && (source === chosen || target === chosen);
    drawn.edges.get(one.edge).group.classList.toggle("lit", on);
    if (on) { lit.add(source); lit.add(target); }
  }
  for (const [index, group] of drawn.nodes) {
    group.classList.toggle("lit", lit.has(index));
    group.classList.toggle("chosen", index === chosen);
  }
  graph.classList.toggle("choosing", chosen >= 0 && drawn.touched.has(chosen));
}

function chooseNode(name) {
  state.node = name;
  find(".node").value = name;
  light();
  tell();
  remember();
}

function point(index) {
  for (const [edge, made] of drawn.edges) made.group.classList.toggle("pointed", edge === index);
  for (const item of find(".strong").children) item.classList.toggle("lit", Number(item.dataset.index) === index);
}

const tip = find(".tip");
function showTip(head, lines, event) {
  tip.replaceChildren();
  element(tip, "b", {}, head);
  for (const line of lines) element(tip, "div", {}, line);
  tip.hidden = false;
  moveTip(event);
}
function moveTip(event) {
  if (tip.hidden) return;
  const box = player.getBoundingClientRect();
  const x = event.clientX - box.left + 14;
  tip.style.left = Math.max(4, Math.min(x, box.width - tip.offsetWidth - 8)) + "px";
  tip.style.top = event.clientY - box.top + 16 + "px";
}
function hideTip() { tip.hidden = true; }

function tellEdge(index, event) {
  const one = drawn.shown.find((shown) => shown.edge === index);
  if (!one) return;
  const words = { entered: "entered", stronger: "stronger", weaker: "weaker", gone: "left; the score it had" };
  const all = circuit(state.place)[0].length;
  const lines = ["score " + scoreText(one.score) + (words[one.hue] ? ", " + words[one.hue] : "")];
  if (one.rank) lines.push("rank " + one.rank + " of " + all);
  showTip(run().edges[index][1], lines, event);
}

function pointAtNode(index, event) {
  let into = 0, out = 0;
  for (const one of drawn.shown) {
    if (one.hue === "gone") continue;
    if (run().edges[one.edge][2] === index) ++out;
    if (run().edges[one.edge][3] === index) ++into;
  }
  showTip(run().nodes[index][0], [into + " in, " + out + " out", "click lights its edges"], event);
}
