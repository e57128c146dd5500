// Names beside the nodes and captions on the lines, always in reading size: the best connected first, each only where it
// covers no other. Zooming in makes room for more.
const NAME_FONT = "500 12.5px system-ui, 'DejaVu Sans', sans-serif";
const CAPTION_FONT = "11px system-ui, 'DejaVu Sans', sans-serif";
const hovered = { node: null, line: null };
const captions = { on: LINES.size <= 45 };
const widths = new Map();
// Names with so many deals get their label even where it hides a small node.
const crowdMark = Math.max(2, [...NODES.values()].map((node) => node.deals).sort((a, b) => b - a)[Math.floor(NODES.size / 8)] || 0);

const shorten = (text) => ([...text].length > 34 ? [...text].slice(0, 33).join("") + "…" : text);

function widthOf(context, text) {
  const key = context.font + text;
  if (!widths.has(key)) widths.set(key, context.measureText(text).width);
  return widths.get(key);
}

function isFree(box, taken) {
  return !taken.some((t) => box[0] < t[2] && box[2] > t[0] && box[1] < t[3] && box[3] > t[1]);
}

/** Write centred text with a halo of the page's colour. */
function write(context, text, x, y, colour, alpha) {
  context.globalAlpha = alpha;
  context.lineWidth = 3.5;
  context.lineJoin = "round";
  context.strokeStyle = css("--page");
  context.strokeText(text, x, y);
  context.fillStyle = colour;
  context.fillText(text, x, y);
  context.globalAlpha = 1;
}

const isFaded = (id) => {
  if (selection.names.size === 0 && selection.lines.size === 0) return false;
  if (selection.names.has(id)) return false;
  return ![...selection.lines].some((line) => LINES.get(line).from === id || LINES.get(line).to === id);
};

/** The middle of a line on the page, on the curve that vis-network draws for it. */
function middleOf(line, from, to) {
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  if (!line.smooth.enabled) return middle;
  const bow = line.smooth.roundness * (line.smooth.type === "curvedCW" ? 1 : -1) / 2;
  return { x: middle.x + bow * (to.y - from.y), y: middle.y - bow * (to.x - from.x) };
}

function drawLabels(context) {
  const ratio = context.canvas.width / container.clientWidth;
  const view = context.getTransform();
  const at = network.getPositions();
  const scale = network.getScale();
  // vis-network draws while an update is half done: what has no position yet, or no more, has no label.
  const placed = (id) => at[id] !== undefined;
  const spot = (id) => ({ x: (view.a * at[id].x + view.e) / ratio, y: (view.d * at[id].y + view.f) / ratio });
  context.save();
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.textAlign = "center";
  context.textBaseline = "middle";
  const [wide, high] = [container.clientWidth, container.clientHeight];
  // Labels keep clear of the zoom buttons and of the margins.
  const taken = [[wide - 46, 0, wide, 124], [-999, -999, 2, high + 999], [wide - 2, -999, wide + 999, high + 999]];
  const radius = (id) => NODES.get(id).size * grown * scale;
  drawNames(context, nodes.getIds().filter((id) => placed(id) && isShown(id)), spot, radius, taken);
  drawCaptions(context, edges.get().filter((line) => placed(line.from) && placed(line.to)), spot, radius, taken);
  context.restore();
}

/** Where a label may stand: below its node, above it, to the right, to the left. */
function labelBoxes(point, radius, width) {
  const [below, above] = [point.y + radius + 2, point.y - radius - 18];
  const [right, left] = [point.x + radius + 3, point.x - radius - 3 - width];
  return [[point.x - width / 2, below], [point.x - width / 2, above], [right, point.y - 8], [left, point.y - 8]]
    .map(([x, y]) => [x, y, x + width, y + 16]);
}

function drawNames(context, shown, spot, radius, taken) {
  context.font = NAME_FONT;
  const rank = (id) => (id === hovered.node ? 3 : selection.names.has(id) ? 2 : isFaded(id) ? 0 : 1);
  const discs = shown.map((id) => ({ id, ...spot(id), r: radius(id) * 0.7 }));
  const coversNode = (own, box) => discs.some((d) => d.id !== own &&
    box[0] < d.x + d.r && box[2] > d.x - d.r && box[1] < d.y + d.r && box[3] > d.y - d.r);
  const order = shown.map((id, place) => [id, rank(id), place]).sort((a, b) => b[1] - a[1] || a[2] - b[2]);
  for (const [id, importance] of order) {
    const node = NODES.get(id);
    const point = spot(id);
    const text = importance > 1 ? node.label : shorten(node.label);
    const beside = labelBoxes(point, radius(id), widthOf(context, text) + 4);
    const free = beside.filter((box) => isFree(box, taken));
    const box = free.find((candidate) => !coversNode(id, candidate)) || (node.deals >= crowdMark ? free[0] : undefined)
      || (importance > 1 ? beside[0] : undefined);
    if (!box) continue;
    taken.push(box);
    write(context, text, (box[0] + box[2]) / 2, (box[1] + box[3]) / 2, css("--ink"), importance === 0 ? 0.3 : 1);
  }
}

function drawCaptions(context, drawn, spot, radius, taken) {
  context.font = CAPTION_FONT;
  const none = selection.names.size === 0 && selection.lines.size === 0;
  const wanted = (line) => line.id === hovered.line || selection.lines.has(line.id) || (captions.on && none);
  for (const { id } of drawn) {
    const line = LINES.get(id);
    if (!wanted(line) || !lineIsOn(line)) continue;
    const from = spot(line.from);
    const to = spot(line.to);
    const point = middleOf(line, from, to);
    const half = widthOf(context, line.caption) / 2 + 2;
    const box = [point.x - half, point.y - 7, point.x + half, point.y + 7];
    const room = Math.hypot(to.x - from.x, to.y - from.y) - radius(line.from) - radius(line.to);
    if (line.id !== hovered.line && (!isFree(box, taken) || half * 2 > room)) continue;
    taken.push(box);
    write(context, line.caption, point.x, point.y, css("--soft"), 1);
  }
}

network.on("afterDrawing", drawLabels);
network.on("afterDrawing", () => requestAnimationFrame(growWithDistance));
