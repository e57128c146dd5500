// The page's data and its indexes. Everything from outside is in here; it reaches the page through `element` as text alone.
const DATA = JSON.parse(document.getElementById("data").textContent);
const NAMES = new Map(DATA.names.map((name) => [name.id, { ...name, facts: [], lines: [] }]));
const FACTS = new Map(DATA.facts.map((fact) => [fact.id, { ...fact, lines: [] }]));
const LINES = new Map(DATA.network.edges.map((line) => [line.id, line]));
const NODES = new Map(DATA.network.nodes.map((node) => [node.id, node]));

for (const fact of FACTS.values()) {
  fact.names = [...new Set((fact.roles || []).flatMap((role) => role.fillers))].filter((id) => NAMES.has(id));
  for (const id of fact.names) NAMES.get(id).facts.push(fact);
}
for (const line of LINES.values()) {
  FACTS.get(line.fact).lines.push(line);
  NAMES.get(line.from).lines.push(line);
  NAMES.get(line.to).lines.push(line);
}

const DARK = window.matchMedia("(prefers-color-scheme: dark)");
const byName = (styles) => new Map(styles.map((style) => [style.name, style]));
const KINDS = byName(DATA.kinds);
const TYPES = byName(DATA.types);
const STATUSES = byName(DATA.statuses);
const kindOf = (name) => KINDS.get(name);
const typeOf = (name) => TYPES.get(name);
const statusOf = (name) => STATUSES.get(name);
const colourOf = (style) => (DARK.matches ? style.dark : style.light);
const inWords = (number) => number.toLocaleString("en");
const isDeal = (fact) => typeOf(fact.type).deal;
const newestFirst = (a, b) =>
  (b.sortDate || "").localeCompare(a.sortDate || "") || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0);

/** Make an element; children that are strings become text, never markup. */
function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (value === true) made.setAttribute(name, "");
    else if (value !== false && value !== undefined) made.setAttribute(name, value);
  }
  made.append(...children.flat().filter((child) => child !== undefined && child !== null));
  return made;
}

/** Text from outside, kept apart from the writing direction of its surroundings. */
const outside = (text) => element("bdi", { dir: "auto" }, text);

function svg(tag, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

const SHAPES = {
  dot: "M8 2a6 6 0 1 0 .01 0z", diamond: "M8 1l6 7-6 7-6-7z", square: "M3 3h10v10H3z",
  triangleDown: "M2 3h12L8 14z", hexagon: "M4.5 2h7L15 8l-3.5 6h-7L1 8z",
};

function nodeSwatch(kind) {
  const style = kindOf(kind);
  return svg("svg", { width: 16, height: 16, viewBox: "0 0 16 16", "aria-hidden": "true" },
    svg("path", { d: SHAPES[style.shape], fill: colourOf(style) }));
}

function lineSwatch(colour, width, status, arrow) {
  const line = svg("line", { x1: 1, y1: 6, x2: arrow ? 26 : 33, y2: 6, stroke: colour, "stroke-width": Math.max(width, 1.6) });
  if (status && status.dashes) line.setAttribute("stroke-dasharray", status.dashes.map((d) => d * 0.7).join(" "));
  const drawn = svg("svg", { width: 34, height: 12, viewBox: "0 0 34 12", "aria-hidden": "true" }, line);
  if (arrow) drawn.append(svg("path", { d: "M25 2l8 4-8 4z", fill: colour }));
  if (status && status.opacity < 1) drawn.setAttribute("opacity", status.opacity);
  return drawn;
}
