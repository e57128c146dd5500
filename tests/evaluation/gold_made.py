"""Gold annotations and predictions of them, made by hypothesis: small, with every oddity that scoring must settle."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from kg.vocabulary import ENTITY_TYPES, FACT_TYPES, STATUSES

NAMES = (
    "Kestrel Motors Plc", "Kestrel Motors", "KESTREL", "Borland Foods", "Borland & Söhne AG", "The Borland",
    "Borland's", "Quillon’s Bank", "Quillon", "Harwell Group Holdings", "The Group", "Inc", "李華集團", "…", "Zhōu Ltd",
    "A.B.", "AB",
)  # fmt: skip
TYPES = st.sampled_from(ENTITY_TYPES)
FACTS = st.sampled_from((*FACT_TYPES, "Acquisition", "Partnership"))
ROLES = sorted({role for kind in FACT_TYPES.values() for role in kind.roles})
STATUS = st.sampled_from((*STATUSES, None))
AMOUNTS = st.none() | st.fixed_dictionaries(
    {"value": st.sampled_from((1, 100, 100.5, 101, 101.01, 1e9, 0, -7)), "currency": st.sampled_from(("USD", "EUR"))}
)
STAKES = st.none() | st.sampled_from((0, 0.5, 0.505, 0.5049, 0.51, 1.0))
DATES = st.sampled_from((None, "", "2015", "201", "2015-03", "2015-03-12", "2016-03-12", "15 March"))


def present(**values: Any) -> dict[str, Any]:
    """Leave out what has no value, as gold files do."""
    return {key: value for key, value in values.items() if value is not None}


@st.composite
def golds(draw: st.DrawFn) -> dict[str, Any]:
    """A gold annotation whose facts are filled with its own entities, mostly."""
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=6, unique=True))
    entities = [
        {"name": name, "type": draw(TYPES), "aliases": draw(st.lists(st.sampled_from(NAMES), max_size=2))}
        for name in names
    ]
    fillers = st.sampled_from((*names, "Nobody Corp"))
    return {
        "published": None,
        "entities": entities,
        "facts": draw(st.lists(facts(fillers), max_size=5)),
        "unscored": draw(st.lists(facts(fillers), max_size=2)),
    }


@st.composite
def facts(draw: st.DrawFn, fillers: st.SearchStrategy[str]) -> dict[str, Any]:
    """A fact of any type; mostly its own roles, sometimes one of another type, a list or one name alone."""
    kind = draw(FACTS)
    roles = st.sampled_from((*FACT_TYPES[kind].roles, draw(st.sampled_from(ROLES))))
    filled = draw(st.dictionaries(roles, fillers | st.lists(fillers, max_size=4), min_size=1, max_size=3))
    return present(
        type=kind,
        roles=filled,
        status=draw(STATUS),
        amount=draw(AMOUNTS),
        stake=draw(STAKES),
        date=draw(DATES),
        evidence="words",
    )


@st.composite
def predictions(draw: st.DrawFn, gold: dict[str, Any]) -> dict[str, Any]:
    """A prediction that holds a part of gold: entities doubled, lost and mistyped, facts changed and made up."""
    known = [entity["name"] for entity in gold["entities"]]
    names = draw(st.lists(st.sampled_from((*known, *NAMES)), max_size=7))
    ids = [f"e{number}" for number in range(1, len(names) + 1)]
    entities = [
        present(
            id=draw(st.sampled_from((reference, reference, "e1"))),
            name=name,
            type=draw(TYPES | st.none()),
            aliases=draw(st.lists(st.sampled_from(NAMES), max_size=2)),
        )
        for reference, name in zip(ids, names, strict=True)
    ]
    fillers = st.sampled_from((*ids, *known, "Somebody New"))
    kept = [draw(changed(fact)) for fact in gold["facts"] if draw(st.booleans())]
    return {"entities": entities, "facts": draw(st.permutations([*kept, *draw(st.lists(facts(fillers), max_size=5))]))}


@st.composite
def changed(draw: st.DrawFn, fact: dict[str, Any]) -> dict[str, Any]:
    """A gold fact with other attributes, or none, and perhaps another type."""
    other = present(status=draw(STATUS), amount=draw(AMOUNTS), stake=draw(STAKES), date=draw(DATES))
    kept = {key: value for key, value in fact.items() if key in ("type", "roles") or draw(st.booleans())}
    return {**other, **kept, **({"type": "Mystery"} if draw(st.integers(0, 9)) == 0 else {})}


@st.composite
def corpora(draw: st.DrawFn) -> dict[str, tuple[dict[str, Any], dict[str, Any] | None]]:
    """Articles by name with their gold annotation and their prediction; None for one that is missing."""
    articles = {}
    for number in range(draw(st.integers(1, 3))):
        gold = draw(golds())
        articles[f"{number + 1:03}"] = (gold, draw(st.none() | predictions(gold)))
    return articles
