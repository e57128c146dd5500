"""Publication dates as metadata gives them → ISO 8601, as precise as stated."""

from __future__ import annotations

import re
from datetime import date

from kg.errors import KgError

_ISO = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", re.ASCII)
_TIME_OF_DAY = re.compile(r"[T ]\d{1,2}:.*", re.DOTALL)


def is_iso_date(value: str) -> bool:
    """Whether the value is ``2015``, ``2015-03`` or ``2015-03-12`` and lies in the calendar."""
    match = _ISO.fullmatch(value)
    if not match:
        return False
    year, month, day = (int(part or 1) for part in match.groups())
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def iso_date(value: str) -> str | None:
    """Return the value as an ISO date, its time of day cut off; ``None`` when it is no such date."""
    day = _TIME_OF_DAY.sub("", value.strip())
    return day if is_iso_date(day) else None


def given_date(value: str) -> str:
    """Return a date that the user gave; raises ``KgError`` when it is not ISO 8601."""
    if not is_iso_date(value):
        raise KgError(f"published {value!r} is not a date: write 2015, 2015-03 or 2015-03-12")
    return value
