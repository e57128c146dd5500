// The picture: vis-network draws nodes and lines; what is hidden, faded or highlighted is decided in `paint`.
const off = { kinds: new Set(DATA.crowded ? ["Place"] : []), types: new Set(), statuses: new Set() };
const selection = { names: new Set(), lines: new Set() };
const container = document.getElementById("network");
const nodes = new vis.DataSet();
const edges = new vis.DataSet();

const bare = ({ label, ...node }) => node;
nodes.add([...NODES.values()].filter((node) => node.first).map(bare));
edges.add([...LINES.values()].filter((line) => NODES.get(line.from).first && NODES.get(line.to).first));

const network = new vis.Network(container, { nodes, edges }, DATA.network.options);

const lineIsOn = (line) =>
  !off.types.has(line.type) && !off.statuses.has(line.status) &&
  !off.kinds.has(NODES.get(line.from).kind) && !off.kinds.has(NODES.get(line.to).kind);

function nodeIsOn(node) {
  if (off.kinds.has(node.kind)) return false;
  const lines = NAMES.get(node.id).lines;
  return lines.length === 0 || selection.names.has(node.id) || lines.some(lineIsOn);
}

function isShown(id) {
  const node = nodes.get(id);
  return node !== null && !node.hidden;
}

/** Bring colours, fading and visibility up to date with the theme, the legend and the selection. */
function paint() {
  const some = selection.names.size > 0 || selection.lines.size > 0;
  const near = new Set(selection.names);
  for (const id of selection.lines) near.add(LINES.get(id).from).add(LINES.get(id).to);
  edges.update(edges.getIds().map((id) => {
    const line = LINES.get(id);
    const lit = selection.lines.has(id);
    const opacity = statusOf(line.status).opacity;
    return {
      id, hidden: !lineIsOn(line), width: (lit ? line.width + 1.4 : line.width) * grown,
      color: { color: colourOf(typeOf(line.type)), highlight: colourOf(typeOf(line.type)), hover: colourOf(typeOf(line.type)),
        inherit: false, opacity: some && !lit ? Math.min(opacity, 0.12) : lit ? Math.max(opacity, 0.6) : opacity },
    };
  }));
  nodes.update(nodes.getIds().map((id) => {
    const node = NODES.get(id);
    const fill = some && !near.has(id) ? paled(colourOf(kindOf(node.kind))) : colourOf(kindOf(node.kind));
    const border = selection.names.has(id) ? css("--ink") : css("--page");
    return {
      id, size: node.size * grown, hidden: !nodeIsOn(node), borderWidth: selection.names.has(id) ? 3 : 1.5,
      color: { background: fill, border, highlight: { background: fill, border: css("--ink") },
        hover: { background: fill, border: css("--ink") } },
    };
  }));
}

const css = (property) => getComputedStyle(document.documentElement).getPropertyValue(property).trim();

/** A colour most of the way to the page's; unlike opacity it lets no line shine through a node. */
function paled(colour) {
  const [from, to] = [colour, css("--page")].map((hex) => [1, 3, 5].map((place) => parseInt(hex.slice(place, place + 2), 16)));
  return `rgb(${from.map((part, place) => Math.round(part * 0.2 + to[place] * 0.8)).join(",")})`;
}

/** Light up names and lines, fade the rest; nothing given: all as usual. */
function select(names, lines) {
  selection.names = new Set(names);
  selection.lines = new Set(lines);
  for (const id of names) bring(id);
  network.unselectAll();
  paint();
}

/** Put a name that was left out at first into the picture, near those it has relations with. */
function bring(id) {
  if (nodes.get(id) !== null) return;
  const lines = NAMES.get(id).lines.filter((line) => nodes.get(line.from === id ? line.to : line.from) !== null);
  const anchor = lines.length ? network.getPosition(lines[0].from === id ? lines[0].to : lines[0].from) : { x: 0, y: 0 };
  const turn = nodes.length * 2.4;
  nodes.add({ ...bare(NODES.get(id)), x: anchor.x + 70 * Math.cos(turn), y: anchor.y + 70 * Math.sin(turn) });
  edges.add(lines);
  sayWhatIsLeftOut();
}

function isInSight(id) {
  const { x, y } = network.canvasToDOM(network.getPosition(id));
  return x > 40 && y > 30 && x < container.clientWidth - 40 && y < container.clientHeight - 40;
}

/** Move the picture, if need be, so that these names are well in sight. */
function moveTo(names) {
  if (network.getScale() >= Math.min(0.7, fittingScale) && names.every(isInSight)) return;
  const still = window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  fit(names, still ? false : { duration: 300 }, Math.max(1.1, fittingScale));
}

/** Show these names in full, with room for their labels; small pictures are not blown up. */
function fit(ids, animation, largest = 1.5) {
  if (ids.length === 0) return;
  network.setSize("100%", "100%");
  const points = Object.values(network.getPositions(ids));
  const [left, right] = [Math.min(...points.map((p) => p.x)), Math.max(...points.map((p) => p.x))];
  const [top, bottom] = [Math.min(...points.map((p) => p.y)), Math.max(...points.map((p) => p.y))];
  const wide = Math.max(60, container.clientWidth - Math.min(150, container.clientWidth * 0.3));
  const high = Math.max(60, container.clientHeight - (NODES.size > nodes.length ? 140 : 90));
  const scale = Math.min(largest, wide / Math.max(1, right - left), high / Math.max(1, bottom - top));
  network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale, animation });
}

let fittingScale = 1;

function fitAll() {
  fit(nodes.getIds().filter((id) => nodeIsOn(NODES.get(id))), false);
  fittingScale = network.getScale();
}

function zoom(factor) {
  network.moveTo({ scale: Math.min(6, Math.max(0.05, network.getScale() * factor)), animation: false });
}

/** How much larger than true to scale nodes and lines are drawn, so that a picture seen from afar stays readable. */
const growth = () => Math.max(1, network.getScale() ** -0.45);
let grown = 1;

function growWithDistance() {
  if (Math.abs(growth() / grown - 1) < 0.03) return;
  grown = growth();
  paint();
}

function sayWhatIsLeftOut() {
  const left = NODES.size - nodes.length;
  const notice = document.getElementById("notice");
  notice.hidden = left === 0;
  notice.textContent = `The ${inWords(nodes.length)} best connected of ${inWords(NODES.size)} names are drawn; search finds the other ${inWords(left)}.`;
}
