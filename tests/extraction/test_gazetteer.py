"""The lexicon of listed companies: full and short names by their first word, and no common words."""

from __future__ import annotations

from kg.extraction.gazetteer import well_known
from kg.extraction.lexicon import countries, words


def test_names_are_found_by_their_first_word_longest_first() -> None:
    """A name is a tuple of words under its first one."""
    known = well_known()
    assert len(known) > 500
    for first, forms in known.items():
        assert all(form[0] == first for form in forms)
        assert [len(form) for form in forms] == sorted((len(form) for form in forms), reverse=True)


def test_a_name_is_known_without_its_legal_form_too() -> None:
    """Some listed company ends with a legal form, and is known without it as well."""
    legal = words("names", "company", "legal_forms")
    forms = {form for some in well_known().values() for form in some}
    with_form = [form for form in forms if len(form) > 2 and form[-1] in legal]
    assert with_form
    assert sum(form[:-1] in forms for form in with_form) > len(with_form) / 2


def test_an_ampersand_may_be_written_out() -> None:
    """A firm with "&" in its name is also known with "and"."""
    forms = {form for some in well_known().values() for form in some}
    joined = [form for form in forms if "&" in form[1:-1]]
    assert joined
    assert all(tuple("and" if part == "&" else part for part in form) in forms for form in joined)


def test_no_place_and_no_generic_word_is_a_company() -> None:
    """Single words that are common, and names of countries, are left out."""
    adjectives, places = countries()
    generic = words("names", "generic", "words")
    for forms in well_known().values():
        for form in forms:
            assert " ".join(form) not in places
            assert form[0] not in adjectives
            assert len(form) > 1 or form[0] not in generic
