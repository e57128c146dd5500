"""What is known of the time of publication, and the periods of ISO 8601 that are counted from it."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Clock:
    """What is known of the time of publication: all of its parts, some, or none (year 0)."""

    year: int = 0
    month: int = 0
    day: int = 0

    @classmethod
    def of(cls, published: str | None) -> Clock:
        """Return what an ISO 8601 date tells; a date that is none tells nothing."""
        match = re.match(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?!\d)", published or "")
        if match is None:
            return cls()
        year, month, day = (int(part) if part else 0 for part in match.groups())
        if not 1 < year < 9999 or month > 12 or (month and day > monthrange(year, month)[1]):
            return cls()
        return cls(year, month, day if month else 0)

    @property
    def today(self) -> date | None:
        """The day of publication, when it is known to the day."""
        return date(self.year, self.month, self.day) if self.day else None

    def back_days(self, first: int, last: int = 0) -> str | None:
        """The period from ``first`` to ``last`` days ago (negative: ahead), as precise as it surely is."""
        if self.today is None:
            return None
        return common(self.today - timedelta(first), self.today - timedelta(last or first))

    def back_months(self, count: int) -> str | None:
        """The month ``count`` months before that of publication (negative: after it)."""
        if not self.month:
            return None
        index = self.year * 12 + self.month - 1 - count
        return f"{index // 12:04}-{index % 12 + 1:02}"


def common(first: date, last: date) -> str | None:
    """The period of ISO 8601 that holds both days: the day, the month, the year, or None."""
    if first == last:
        return first.isoformat()
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.year:04}-{first.month:02}"
    return f"{first.year:04}" if first.year == last.year else None


def day_of(year: int, month: int, day: int) -> str | None:
    """A day in ISO 8601, or None when the calendar has no such day."""
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(year, month)[1]:
        return None
    return f"{year:04}-{month:02}-{day:02}"
