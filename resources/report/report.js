// The second part of the script: words and numbers beside the circuit of circuit_graph.js, where one
// goes in it, the page's address and its switch of colours. All else of the page works without.

// Colours

function chooseTheme(choice) {
  if (choice === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice;
  for (const button of document.querySelectorAll("[data-theme-choice]"))
    button.setAttribute("aria-pressed", String(button.dataset.themeChoice === choice));
}
for (const button of document.querySelectorAll("[data-theme-choice]"))
  button.addEventListener("click", () => { state.theme = button.dataset.themeChoice; chooseTheme(state.theme); remember(); });
document.querySelector(".themes").hidden = false;

// Words and numbers

const hues = {
  start: [["kept", "about as at the start"], ["entered", "entered"], ["stronger", "stronger"], ["weaker", "weaker"], ["gone", "left"]],
  previous: [["kept", "about as before"], ["entered", "entered"], ["stronger", "stronger"], ["weaker", "weaker"], ["gone", "left"]],
  sign: [["plus", "raises the metric"], ["minus", "lowers it"]],
  kind: [["q", "query"], ["k", "key"], ["v", "value"], ["m", "MLP"], ["l", "logits"]]
};

function tell() {
  const of = run();
  const [iteration, step, loss, metric, tunable, edges, entered] = of.iterations[state.place];
  const last = of.iterations[lastPlace()][0];
  const now = find(".now");
  now.replaceChildren();
  for (const [name, value] of [["iteration", iteration + " of " + last], ["step", step], ["loss of the batch", loss],
    [of.metric, metric], ["tunable ratio", tunable], ["edges", edges], ["entered", entered]]) {
    if (value === "") continue; // not known
    element(now, "dt", {}, name);
    element(now, "dd", {}, value);
  }
  const strong = find(".strong");
  strong.replaceChildren();
  const isOf = (one) => !state.node || [2, 3].some((end) => of.nodes[of.edges[one.edge][end]][0] === state.node);
  for (const one of drawn.shown.filter((shown) => shown.rank && isOf(shown)).slice(0, listed)) {
    const item = element(strong, "li", { "data-index": one.edge });
    element(item, "code", {}, of.edges[one.edge][1]);
    element(item, "span", {}, scoreText(one.score));
    item.addEventListener("pointerenter", () => point(one.edge));
    item.addEventListener("pointerleave", () => point(-1));
  }
  const legend = find(".hues");
  legend.replaceChildren();
  for (const [name, words] of hues[state.colors]) {
    const item = element(legend, "li", { class: name + (name === "gone" ? " dashed" : "") });
    element(item, "i", {});
    item.append(words);
  }
  find(".place").value = state.place;
  find(".place").setAttribute("aria-valuetext", "iteration " + iteration + " of " + last);
  find(".place-text").textContent = "iteration " + iteration + " of " + last + ", step " + step;
  const all = circuit(state.place)[0].length;
  find(".count-text").textContent = Math.min(state.count, all) + " of " + all;
  graph.setAttribute("aria-label", "Circuit of " + of.name + " at iteration " + iteration);
  player.dataset.run = of.run;
  player.dataset.iteration = iteration;
  for (const plot of document.querySelectorAll(".plot")) {
    const left = Number(plot.dataset.left), right = Number(plot.dataset.right), end = Number(plot.dataset.last);
    const cursor = plot.querySelector(".cursor");
    cursor.style.left = 100 * (left + (right - left) * Math.min(1, step / end)) + "%";
    cursor.style.top = 100 * Number(plot.dataset.top) + "%";
    cursor.style.bottom = 100 * (1 - Number(plot.dataset.bottom)) + "%";
  }
}

// Going places

function show() { drawCircuit(); tell(); }

function go(place) {
  state.place = Math.max(0, Math.min(lastPlace(), place));
  hideTip();
  show();
  remember();
}

function chooseRun(index) {
  state.run = index;
  const of = run();
  find(".run").value = String(index);
  find(".place").max = String(lastPlace());
  const most = Math.max(1, ...of.circuits.map((one) => one[0].length));
  find(".count").max = String(most);
  state.count = Math.min(state.count, most);
  find(".count").value = String(state.count);
  const nodes = find(".node");
  nodes.replaceChildren();
  element(nodes, "option", { value: "" }, "no node");
  const used = new Set(of.edges.flatMap((edge) => [edge[2], edge[3]]));
  of.nodes.forEach((node, i) => { if (used.has(i)) element(nodes, "option", { value: node[0] }, node[0]); });
  if (!of.nodes.some((node, i) => used.has(i) && node[0] === state.node)) state.node = "";
  nodes.value = state.node;
  const kept = find(".kept-note");
  kept.hidden = !of.kept;
  kept.textContent = of.kept;
  drawRun();
}

function pause() {
  clearInterval(timer);
  timer = null;
  player.classList.remove("playing");
  find(".play").setAttribute("aria-label", "Play");
}
function play() {
  if (timer) { pause(); return; }
  if (state.place >= lastPlace()) go(0);
  player.classList.add("playing");
  find(".play").setAttribute("aria-label", "Pause");
  timer = setInterval(() => { if (state.place >= lastPlace()) pause(); else go(state.place + 1); }, 1000 / Number(find(".speed").value));
}

// The address says what is shown: #run=1&iteration=5&strongest=20&colors=sign&node=a2.h4&theme=dark

function remember() {
  if (!drawn) return;
  const said = ["run=" + run().run, "iteration=" + run().iterations[state.place][0]];
  if (state.count !== usualCount) said.push("strongest=" + state.count);
  if (state.colors !== "start") said.push("colors=" + state.colors);
  if (state.node) said.push("node=" + encodeURIComponent(state.node));
  if (state.theme !== "auto") said.push("theme=" + state.theme);
  try { history.replaceState(null, "", "#" + said.join("&")); } catch (refused) { /* from a file, in some browsers */ }
}

function readAddress() {
  const said = new URLSearchParams(location.hash.slice(1));
  if (["light", "dark", "auto"].includes(said.get("theme"))) state.theme = said.get("theme");
  chooseTheme(state.theme);
  if (!shows.length) return;
  const asked = runs.findIndex((one) => String(one.run) === said.get("run"));
  if (hues[said.get("colors")]) state.colors = said.get("colors");
  if (Number(said.get("strongest")) >= 1) state.count = Math.floor(Number(said.get("strongest")));
  if (said.get("node") !== null) state.node = said.get("node");
  find(".colors").value = state.colors;
  const index = shows.includes(asked) ? asked : drawn ? state.run : shows[0];
  chooseRun(index);
  if (said.get("iteration") !== null) {
    const wanted = Number(said.get("iteration"));
    state.place = Math.max(0, run().iterations.findLastIndex((one) => one[0] <= wanted));
  }
  state.place = Math.min(state.place, lastPlace());
  show();
}

const shows = runs.map((one, i) => i).filter((i) => runs[i].circuits.length > 0);
if (shows.length) {
  player.hidden = false;
  for (const part of document.querySelectorAll(".scripted")) part.hidden = false;
  for (const i of shows) element(find(".run"), "option", { value: i }, runs[i].name);
  find(".run").addEventListener("change", (event) => {
    const step = run().iterations[state.place][1];
    chooseRun(Number(event.target.value));
    go(run().iterations.findLastIndex((one) => one[1] <= step));
  });
  find(".colors").addEventListener("change", (event) => { state.colors = event.target.value; show(); remember(); });
  find(".node").addEventListener("change", (event) => chooseNode(event.target.value));
  find(".count").addEventListener("input", (event) => { state.count = Number(event.target.value); show(); remember(); });
  find(".place").addEventListener("input", (event) => { pause(); go(Number(event.target.value)); });
  find(".speed").addEventListener("change", () => { if (timer) { pause(); play(); } });
  const buttons = { first: () => go(0), previous: () => go(state.place - 1), next: () => go(state.place + 1), last: () => go(lastPlace()) };
  for (const name in buttons) find("." + name).addEventListener("click", () => { pause(); buttons[name](); });
  find(".play").addEventListener("click", play);
  graph.addEventListener("click", () => chooseNode(""));
  player.addEventListener("keydown", (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey || /SELECT|INPUT/.test(event.target.tagName)) return;
    const keys = { ArrowLeft: buttons.previous, ArrowRight: buttons.next, Home: buttons.first, End: buttons.last, " ": play, Escape: () => chooseNode("") };
    if (!keys[event.key] || (event.key === " " && event.target.tagName === "BUTTON")) return;
    if (event.key !== " ") pause();
    keys[event.key]();
    event.preventDefault();
  });
  for (const plot of document.querySelectorAll(".plot")) {
    plot.classList.add("linked");
    plot.addEventListener("click", (event) => {
      const box = plot.getBoundingClientRect();
      const left = Number(plot.dataset.left), right = Number(plot.dataset.right);
      const step = Number(plot.dataset.last) * ((event.clientX - box.left) / box.width - left) / (right - left);
      pause();
      go(run().iterations.findLastIndex((one) => one[1] <= Math.round(step)));
    });
  }
}
// On paper nothing can be opened.
const details = [...document.querySelectorAll("details")];
let closed = [];
window.addEventListener("beforeprint", () => { closed = details.filter((one) => !one.open); for (const one of closed) one.open = true; });
window.addEventListener("afterprint", () => { for (const one of closed) one.open = false; });
window.addEventListener("hashchange", readAddress);
readAddress();
