"""Word tables of resolution: country names, words that a company's short form leaves out, job titles.

Keys are folded as ``names.normalise`` folds them: lower case, no accents, no punctuation.
"""

from __future__ import annotations

_COUNTRY_VARIANTS = {
    "united states": ("us", "usa", "america", "american", "united states of america", "the states"),
    "united kingdom": ("uk", "gb", "britain", "british", "great britain"),
    "china": ("chinese", "prc", "peoples republic of china", "mainland china"),
    "germany": ("german", "federal republic of germany"),
    "france": ("french",),
    "japan": ("japanese",),
    "south korea": ("korea", "korean", "south korean", "republic of korea"),
    "india": ("indian",),
    "italy": ("italian",),
    "spain": ("spanish",),
    "netherlands": ("dutch", "holland", "the netherlands"),
    "switzerland": ("swiss",),
    "sweden": ("swedish",),
    "norway": ("norwegian",),
    "denmark": ("danish",),
    "finland": ("finnish",),
    "ireland": ("irish", "republic of ireland"),
    "austria": ("austrian",),
    "belgium": ("belgian",),
    "portugal": ("portuguese",),
    "greece": ("greek",),
    "poland": ("polish",),
    "czechia": ("czech", "czech republic"),
    "turkey": ("turkish", "turkiye"),
    "russia": ("russian", "russian federation"),
    "ukraine": ("ukrainian",),
    "canada": ("canadian",),
    "mexico": ("mexican",),
    "brazil": ("brazilian",),
    "argentina": ("argentine", "argentinian"),
    "chile": ("chilean",),
    "australia": ("australian",),
    "new zealand": ("new zealander",),
    "singapore": ("singaporean",),
    "malaysia": ("malaysian",),
    "indonesia": ("indonesian",),
    "thailand": ("thai",),
    "vietnam": ("vietnamese", "viet nam"),
    "philippines": ("philippine", "filipino"),
    "taiwan": ("taiwanese",),
    "hong kong": ("hong kong sar china",),
    "israel": ("israeli",),
    "saudi arabia": ("saudi", "kingdom of saudi arabia"),
    "united arab emirates": ("uae", "emirati"),
    "qatar": ("qatari",),
    "egypt": ("egyptian",),
    "south africa": ("south african",),
    "nigeria": ("nigerian",),
}

COUNTRIES = {variant: country for country, variants in _COUNTRY_VARIANTS.items() for variant in variants}
"""Other names and adjectives of a country → its usual name."""

GENERIC_WORDS = frozenset(
    {
        "aerospace",
        "airlines",
        "airways",
        "and",
        "automotive",
        "co",
        "communications",
        "company",
        "corp",
        "corporation",
        "de",
        "electronics",
        "enterprises",
        "global",
        "group",
        "groupe",
        "gruppe",
        "holding",
        "holdings",
        "inc",
        "industries",
        "international",
        "limited",
        "ltd",
        "motor",
        "motors",
        "of",
        "pharma",
        "pharmaceutical",
        "pharmaceuticals",
        "plc",
        "semiconductor",
        "semiconductors",
        "software",
        "systems",
        "technologies",
        "technology",
        "telecom",
        "telecommunications",
        "worldwide",
    }
)
"""Words that a company's name loses in its short form without becoming another company's."""

NO_LEGAL_FORM = frozenset({"a", "at", "c", "ca", "eu", "et", "i", "nl", "ok", "ro", "uk"})
"""What the list of legal forms takes for one at the end of a name, and news uses for a place or a word."""

TITLES = {
    "chief executive": "ceo",
    "chief executive officer": "ceo",
    "chief financial officer": "cfo",
    "finance chief": "cfo",
    "chief operating officer": "coo",
    "chief technology officer": "cto",
    "chairman of the board": "chair",
    "chairwoman": "chair",
    "chairman": "chair",
    "chairperson": "chair",
    "co founder": "cofounder",
    "vice president": "vp",
    "managing director": "md",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
}
"""Job titles that mean the same."""
