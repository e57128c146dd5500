// Puts the parts together and listens.
const count = (kind) => DATA.names.filter((name) => name.kind === kind).length;
const counts = DATA.kinds.map((style) => [count(style.name), style])
  .filter(([number]) => number).map(([number, style]) => plural(number, style.one.toLowerCase(), style.label.toLowerCase()));
const dealCount = DATA.facts.filter(isDeal).length;
document.getElementById("summary").textContent = [
  plural(dealCount, "deal", "deals"), ...counts, `from ${plural(DATA.sources.length, "document", "documents")}`].join(", ")
  .replace(/, from/, " from");

if (window.matchMedia("(max-width: 760px)").matches) document.getElementById("legend").open = false;

network.on("click", ({ nodes: names, edges: lines }) => {
  if (names.length) openName(names[0], false);
  else if (lines.length) openFact(LINES.get(lines[0]).fact, false);
  else closePanel();
});
network.on("hoverNode", ({ node }) => { hovered.node = node; container.style.cursor = "pointer"; });
network.on("blurNode", () => { hovered.node = null; container.style.cursor = ""; });
network.on("hoverEdge", ({ edge }) => { hovered.line = edge; container.style.cursor = "pointer"; });
network.on("blurEdge", () => { hovered.line = null; container.style.cursor = ""; });
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && trail.length) closePanel(); });
document.getElementById("zoom-in").addEventListener("click", () => zoom(1.3));
document.getElementById("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
document.getElementById("zoom-fit").addEventListener("click", fitAll);
DARK.addEventListener("change", () => {
  paint();
  fillLegend();
  if (trail.length) show({ ...trail[trail.length - 1], move: false });
});

paint();
fillLegend();
closePanel();
sayWhatIsLeftOut();
fitAll();
