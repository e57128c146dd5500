// The legend: explains shapes, colours and dashes, and switches each of them on and off.
const legend = document.getElementById("legend-entries");

function entry(group, key, label, swatch, count) {
  const box = element("input", {
    type: "checkbox", "data-group": group, value: key, checked: !off[group].has(key),
    onchange: () => {
      if (box.checked) off[group].delete(key);
      else off[group].add(key);
      paint();
      say(`${label} ${box.checked ? "shown" : "hidden"}`);
    },
  });
  return element("label", {}, box, swatch, element("span", {}, label), element("output", {}, inWords(count)));
}

function counted(items, key) {
  const counts = new Map();
  for (const item of items) counts.set(item[key], (counts.get(item[key]) || 0) + 1);
  return counts;
}

function section(title, entries) {
  return entries.length ? [element("fieldset", {}, element("legend", {}, title), ...entries)] : [];
}

function captionSwitch() {
  const box = element("input", { type: "checkbox", id: "captions", checked: captions.on,
    onchange: () => { captions.on = box.checked; network.redraw(); } });
  return element("label", {}, box, element("span", {}, "Captions on lines"));
}

function fillLegend() {
  const kinds = counted(NAMES.values(), "kind");
  const types = counted(FACTS.values(), "type");
  const statuses = counted(FACTS.values(), "status");
  const ofTypes = (deal) => [...TYPES.keys()].filter((t) => types.has(t) && typeOf(t).deal === deal).map((t) =>
    entry("types", t, typeOf(t).label, lineSwatch(colourOf(typeOf(t)), typeOf(t).width, null, typeOf(t).arrow), types.get(t)));
  legend.replaceChildren(
    ...section("Names", [...KINDS.keys()].filter((k) => kinds.has(k)).map((k) =>
      entry("kinds", k, kindOf(k).label, nodeSwatch(k), kinds.get(k)))),
    ...section("Deals", ofTypes(true)),
    ...section("Standing relations", ofTypes(false)),
    ...section("Status", [...STATUSES.keys()].filter((s) => statuses.has(s)).map((s) =>
      entry("statuses", s, statusOf(s).label, lineSwatch(css("--ink"), 2.4, statusOf(s), false), statuses.get(s)))),
    ...section("Picture", [captionSwitch()]));
}

/** Switch a kind of name on that the legend has switched off, because the reader asked for one of them. */
function turnOnKind(kind) {
  if (!off.kinds.delete(kind)) return;
  fillLegend();
}
