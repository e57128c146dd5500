// The panel: all deals as a table; or one fact, or one name, with the words that prove it.
const panel = document.getElementById("panel");
const trail = [];
const PAGE = 100;
const UNFOLDED = 3;

const plural = (count, one, many) => `${inWords(count)} ${count === 1 ? one : many}`;
const swatchOf = (fact) => lineSwatch(colourOf(typeOf(fact.type)), 2.4, statusOf(fact.status), typeOf(fact.type).arrow);
const marks = (fact) => element("div", { class: "marks" }, swatchOf(fact),
  element("span", { class: "mark" }, typeOf(fact.type).label), element("span", { class: "mark" }, statusOf(fact.status).label));

function nameButton(id) {
  const name = NAMES.get(id);
  if (!name) return outside(id);
  return element("button", { type: "button", class: "name", "data-name": id, onclick: () => openName(id) }, outside(name.name));
}

function factButton(fact) {
  return element("button", { type: "button", class: "name", "data-fact": fact.id, onclick: () => openFact(fact.id) },
    outside(fact.label));
}

const row = (term, ...values) => [element("dt", {}, term), element("dd", {}, ...values)];
const listed = (items) => items.flatMap((item, place) => (place ? [element("br"), item] : [item]));

function properties(fact) {
  const rows = (fact.roles || []).map((role) => row(role.label, ...listed(role.fillers.map(nameButton))));
  if (fact.title) rows.push(row("Title", outside(fact.title)));
  if (fact.amount) rows.push(row("Amount", fact.amount));
  if (fact.otherAmounts) rows.push(row("Also stated", fact.otherAmounts.join("; ")));
  if (fact.stake) rows.push(row("Stake", fact.stake));
  if (fact.date) rows.push(row("Date", fact.date));
  if (fact.confidence) rows.push(row("Confidence", fact.confidence));
  if (fact.readBy) rows.push(row("Read by", ...listed(fact.readBy.map(outside))));
  return element("dl", {}, ...rows.flat());
}

function steps(fact) {
  if (!fact.history || fact.history.length < 2) return [];
  const all = fact.history.map((step) => element("li", {}, step.status + (step.date ? `, ${step.date}` : ", date not stated")));
  return [element("h3", {}, "How it went"), element("ol", {}, ...all)];
}

function citation(source, says) {
  const about = [source.publisher, source.date].filter(Boolean).join(", ");
  const title = source.link
    ? element("a", { href: source.link, target: "_blank", rel: "noopener noreferrer" }, outside(source.title))
    : outside(source.title);
  const place = source.source && !source.link ? [" – ", outside(source.source)] : [];
  return element("figcaption", {}, says ? element("span", { class: "mark" }, says) : null, says ? " " : null, title, about ? [", ", outside(about)] : [], place);
}

function quotes(fact) {
  return (fact.quotes || []).map((quote) =>
    element("figure", {}, element("blockquote", { dir: "auto" }, quote.quote), citation(DATA.sources[quote.source], quote.says)));
}

const body = (fact) => [properties(fact), ...steps(fact), element("h3", {}, "What the sources say"), ...quotes(fact)];

function factView(id) {
  const fact = FACTS.get(id);
  return [element("h2", { tabindex: "-1" }, outside(fact.label)), marks(fact), ...body(fact)];
}

function foldedFact(fact, open) {
  const about = [statusOf(fact.status).label, fact.amount, fact.stake, fact.date].filter(Boolean).join(" · ");
  const fold = element("details", { class: "fact", "data-fact": fact.id, open },
    element("summary", {}, outside(fact.label), element("small", {}, about)), marks(fact));
  // The body is made when it is first seen: a bank can have thousands of facts.
  const fill = () => fold.childElementCount === 2 && fold.append(...body(fact));
  if (open) fill();
  fold.addEventListener("toggle", fill);
  return fold;
}

function nameView(id) {
  const name = NAMES.get(id);
  const deals = name.facts.filter(isDeal).sort(newestFirst);
  const states = name.facts.filter((fact) => !isDeal(fact)).sort(newestFirst);
  const parts = [element("h2", { tabindex: "-1" }, outside(name.name)),
    element("div", { class: "marks" }, nodeSwatch(name.kind), kindOf(name.kind).one)];
  if (name.aliases.length) parts.push(element("p", { class: "soft" }, "Also ", ...name.aliases.flatMap(
    (alias, place) => (place ? [", ", outside(alias)] : [outside(alias)]))));
  const unfolded = new Set([...deals, ...states].slice(0, UNFOLDED));
  const folded = (fact) => foldedFact(fact, unfolded.has(fact));
  if (deals.length) parts.push(element("h3", {}, plural(deals.length, "deal", "deals")), ...deals.map(folded));
  if (states.length) parts.push(element("h3", {}, plural(states.length, "standing relation", "standing relations")),
    ...states.map(folded));
  return parts;
}

function factTable(facts, what) {
  const rows = element("tbody", {});
  const more = element("button", { type: "button", class: "more", onclick: () => grow() }, "Show more");
  const grow = () => {
    for (const fact of facts.slice(rows.childElementCount, rows.childElementCount + PAGE)) {
      const about = [fact.amount, fact.stake].filter(Boolean).join(" · ");
      rows.append(element("tr", {},
        element("td", {}, factButton(fact), element("small", {}, about)),
        element("td", {}, swatchOf(fact), statusOf(fact.status).label, element("small", {}, fact.date || ""))));
    }
    more.hidden = rows.childElementCount >= facts.length;
  };
  grow();
  const head = element("thead", {}, element("tr", {},
    element("th", { scope: "col" }, what), element("th", { scope: "col" }, "Status, date")));
  return [element("table", { "aria-label": what }, head, rows), more];
}

function overview() {
  const facts = [...FACTS.values()].sort(newestFirst);
  const deals = facts.filter(isDeal);
  const states = facts.filter((fact) => !isDeal(fact));
  const parts = [element("h2", { tabindex: "-1" }, "All deals"),
    element("p", { class: "soft" }, "Choose a node, a line or a deal to read the words that prove it.")];
  if (deals.length) parts.push(...factTable(deals, "Deal"));
  else parts.push(element("p", {}, "No deals were found."));
  if (states.length) parts.push(element("details", { class: "fact" },
    element("summary", {}, plural(states.length, "standing relation", "standing relations"),
      element("small", {}, "ownership, competition, roles, products, places, listings")),
    ...factTable(states, "Relation")));
  return parts;
}

/** Fill the panel; `back` leads to where the reader came from. */
function fill(parts, focus) {
  const steps = [];
  if (trail.length > 1) steps.push(element("button", { type: "button", onclick: back }, "‹ Back"));
  if (trail.length > 0) steps.push(element("button", { type: "button", id: "close", onclick: closePanel }, "All deals"));
  panel.replaceChildren(...(steps.length ? [element("div", { class: "trail" }, ...steps)] : []), ...parts);
  panel.scrollTop = 0;
  if (focus) panel.querySelector("h2").focus({ preventScroll: window.innerWidth > 760 });
}

function show(step) {
  const isName = step.name !== undefined;
  const lines = isName ? NAMES.get(step.name).lines : FACTS.get(step.fact).lines;
  if (isName) turnOnKind(NAMES.get(step.name).kind);
  const names = isName ? [step.name] : FACTS.get(step.fact).names;
  select(names, lines.map((line) => line.id));
  fill(isName ? nameView(step.name) : factView(step.fact), true);
  if (step.move) moveTo([...new Set([...names, ...lines.flatMap((line) => [line.from, line.to])])].filter(isShown));
  say(panel.querySelector("h2").textContent);
}

const say = (text) => { document.getElementById("status").textContent = text; };

function visit(step) {
  const last = trail[trail.length - 1];
  if (!last || last.name !== step.name || last.fact !== step.fact) trail.push(step);
  show(step);
}

const openName = (id, move = true) => visit({ name: id, move });
const openFact = (id, move = true) => visit({ fact: id, move });

function back() {
  trail.pop();
  show(trail[trail.length - 1]);
}

function closePanel() {
  const moved = trail.length > 0;
  trail.length = 0;
  select([], []);
  fill(overview(), moved);
}
