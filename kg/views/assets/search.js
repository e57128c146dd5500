// Search: finds a name by any of its names, whatever its case and accents, and opens it.
const query = document.getElementById("query");
const matches = document.getElementById("matches");
const MOST = 12;
let chosen = -1;

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().trim();
const SPELLINGS = [...NAMES.values()].flatMap((name) =>
  [name.name, ...name.aliases].map((spelling) => ({ name, spelling, folded: fold(spelling) })));

function rank(folded, wanted) {
  if (folded === wanted) return 0;
  if (folded.startsWith(wanted)) return 1;
  if (folded.includes(" " + wanted)) return 2;
  return folded.includes(wanted) ? 3 : 4;
}

/** The best matches, one for each name; the better connected first among equals. */
function find(text) {
  const wanted = fold(text);
  if (!wanted) return [];
  const best = new Map();
  for (const { name, spelling, folded } of SPELLINGS) {
    const found = { name, spelling, rank: rank(folded, wanted) };
    if (found.rank < 4 && (!best.has(name.id) || best.get(name.id).rank > found.rank)) best.set(name.id, found);
  }
  return [...best.values()]
    .sort((a, b) => a.rank - b.rank || b.name.facts.length - a.name.facts.length || (a.name.id < b.name.id ? -1 : 1))
    .slice(0, MOST);
}

function offer() {
  const found = find(query.value);
  chosen = found.length ? 0 : -1;
  matches.replaceChildren(...found.map(({ name, spelling }, place) => {
    const about = kindOf(name.kind).one + (spelling === name.name ? "" : `, also ${spelling}`);
    return element("li", { role: "option", id: `match-${place}`, "data-name": name.id, onpointerdown: (event) => {
      event.preventDefault();
      pick(name.id);
    } }, outside(name.name), element("small", {}, outside(about)));
  }));
  if (query.value.trim() && !found.length) matches.append(element("li", { class: "none" }, "No such name in this graph."));
  matches.hidden = matches.childElementCount === 0;
  mark();
}

function mark() {
  [...matches.querySelectorAll("[role=option]")].forEach((item, place) => {
    item.setAttribute("aria-selected", String(place === chosen));
    if (place === chosen) item.scrollIntoView({ block: "nearest" });
  });
  query.setAttribute("aria-expanded", String(!matches.hidden));
  if (chosen >= 0) query.setAttribute("aria-activedescendant", `match-${chosen}`);
  else query.removeAttribute("aria-activedescendant");
}

function closeMatches() {
  matches.replaceChildren();
  matches.hidden = true;
  chosen = -1;
  mark();
}

function pick(id) {
  query.value = "";
  closeMatches();
  openName(id);
}

query.addEventListener("input", offer);
query.addEventListener("blur", closeMatches);
query.addEventListener("keydown", (event) => {
  const count = matches.querySelectorAll("[role=option]").length;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    if (count) chosen = (chosen + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
    mark();
    event.preventDefault();
  } else if (event.key === "Enter" && chosen >= 0) {
    pick(matches.children[chosen].dataset.name);
    event.preventDefault();
  } else if (event.key === "Escape" && !matches.hidden) {
    closeMatches();
    event.stopPropagation();
  }
});
