"""Contents built by hand, one of them hostile, for the tests of the views."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from kg.model import Claim, Deal, Evidence, Fact, Identity, Money, StatusStep, Support
from kg.views.content import Content, Source

HOSTILE = (
    "<img src=x onerror=alert(1)>",
    "</script><script>alert(2)</script>",
    "javascript:alert(3)",
    "a\u2028b\u2029c & <!-- d",
    "safe\u202egnp.exe",
    "\x00\x07\ud800 end",
)


def fact_of(
    type_: str,
    roles: Mapping[str, tuple[str, ...]],
    status: str = "announced",
    quote: str = "As agreed.",
    *,
    key: str = "1",
    amount: Money | None = None,
) -> tuple[Deal, Claim]:
    """Return a deal (or state) that one claim of document ``d1`` makes."""
    stem = "deal" if type_ not in ("Ownership", "Role", "BasedIn", "Competition") else "state"
    words = Evidence(0, len(quote), quote)
    support = tuple(Support(0, len(quote), *read) for read in (("network", 0.968), (f"words: {quote}", 0.75)))
    found = Fact(type_, {}, status, (words,), amount=amount, date="2021-03", support=support)
    claim = Claim(f"d1#claim-{type_}-{key}", "d1", found, roles, "2021-03-04")
    deal = Deal(
        id=f"{stem}/{type_.lower()}-{key}",
        type=type_,
        label=f"{type_} {key}",
        status=status,
        roles=roles,
        claims=(claim.id,),
        history=(StatusStep("rumoured", None, (claim.id,)), StatusStep(status, "2021-03", (claim.id,))),
        documents=("d1",),
        amount=amount,
        amounts=(amount,) if amount else (),
        date="2021-03",
    )
    return deal, claim


def content_of(*facts: tuple[Deal, Claim], names: Mapping[str, str] | None = None, title: str = "News") -> Content:
    """Return the content of these facts; ``names`` maps identity ids to names that differ from the id's end."""
    ids = sorted({filler for deal, _ in facts for group in deal.roles.values() for filler in group})
    kinds = {"company": "Company", "person": "Person", "place": "Place"}
    return Content(
        identities=tuple(
            Identity(key, kinds[key.split("/")[0]], (names or {}).get(key, key.split("/")[1].title())) for key in ids
        ),
        facts=tuple(sorted((deal for deal, _ in facts), key=lambda deal: deal.id)),
        claims={deal.id: (claim,) for deal, claim in facts},
        sources=(Source("d1", "https://news.example/a?b=1&c=2", title, "2021-03-04", None, "Gazette"),),
    )


def small_content() -> Content:
    """Six names, deals of every way of drawing, and states."""
    alba, birk, corvo = "company/alba", "company/birk", "company/corvo"
    return content_of(
        fact_of(
            "JointVenture",
            {"partner": (alba, birk)},
            quote="Alba and Birk set up a venture.",
            amount=Money(Decimal(1_000_000_000), "CNY"),
        ),
        fact_of(
            "Acquisition", {"acquirer": (alba,), "target": (corvo,), "seller": (birk,)}, "rumoured", "Alba eyes Corvo."
        ),
        fact_of("Merger", {"party": (birk, corvo)}, "denied", "Birk denies it."),
        fact_of("Role", {"person": ("person/ada",), "organization": (alba,)}, "in_effect", "Ada, chief of Alba"),
        fact_of("BasedIn", {"organization": (alba,), "place": ("place/oslo",)}, "in_effect", "Oslo's Alba"),
    )


def hostile_content() -> Content:
    """Every hostile text as a name, in a label, in a quote and as a title."""
    facts = [
        fact_of("Partnership", {"partner": (f"company/h{place}", "company/other")}, quote=text, key=str(place))
        for place, text in enumerate(HOSTILE)
    ]
    return content_of(*facts, names={f"company/h{n}": text for n, text in enumerate(HOSTILE)}, title=HOSTILE[0])
