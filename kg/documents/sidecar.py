"""A document's metadata in a JSON file beside it: ``NAME.json`` beside ``NAME.txt``."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.documents.dates import iso_date
from kg.errors import SourceError

SUFFIX = ".json"
_KEYS = ("published", "title", "source", "url", "publisher")
_MOST_BYTES = 20_000_000


@dataclass(frozen=True, slots=True)
class Sidecar:
    """What a sidecar says; every value is absent when the file, its key or a non-blank value is."""

    published: str | None = None
    title: str | None = None
    source: str | None = None
    url: str | None = None
    publisher: str | None = None


def read_sidecar(path: Path) -> Sidecar:
    """Return what ``NAME.json`` beside this file says, nothing when there is none.

    Keys other than those of ``Sidecar`` are ignored. Raises ``SourceError`` for the sidecar when it cannot be read, is
    no JSON object, or gives a value of the wrong kind.
    """
    beside = path.with_suffix(SUFFIX)
    if beside == path or not beside.is_file():
        return Sidecar()
    name = beside.as_posix()
    data = _object(beside, name)
    values = {key: _string(data.get(key), key, name) for key in _KEYS}
    published = values["published"]
    if published is not None:
        values["published"] = iso_date(published)
        if values["published"] is None:
            raise SourceError(name, f"says published {published!r}; write 2015, 2015-03 or 2015-03-12")
    return Sidecar(**values)


def _object(path: Path, name: str) -> dict[str, Any]:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise SourceError(name, "is too large for metadata; remove or rename it")
        data = json.loads(path.read_bytes())
    except OSError as error:
        raise SourceError(name, f"cannot be read ({error.strerror}); repair or remove it") from None
    except (ValueError, RecursionError) as error:
        raise SourceError(name, f"is not valid JSON ({error}); repair or remove it") from None
    if not isinstance(data, dict):
        raise SourceError(name, "is JSON but not an object with the document's metadata; repair or rename it")
    return data


def _string(value: object, key: str, name: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise SourceError(name, f"gives {key} as {type(value).__name__}; write it as a string")
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise SourceError(name, f"gives a {key} that is not Unicode text; repair it")
    return value.strip() or None
