"""Calendars for the sentences about them: none known, and one with every kind of day."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from core.calendar import DayKind, SpecialDay, WorkCalendar
from core.plan import Reckoning

DAY = date(2026, 11, 23)


def samples(words: str) -> dict[object, Sequence[object]]:
    """What the texts of the calendar take."""
    days = (
        SpecialDay(DAY, DayKind.OFF, words, words),
        SpecialDay(date(2026, 11, 28), DayKind.WORK, words, words, DAY),
        SpecialDay(date(2026, 11, 29), DayKind.OFF, words, words),
        SpecialDay(date(3, 3, 4), DayKind.OFF, words, words),
    )
    return {
        WorkCalendar: [WorkCalendar(), WorkCalendar(days, frozenset({2026}))],
        Reckoning: [Reckoning(2026, WorkCalendar(days, frozenset({2026})), {})],
        DayKind: list(DayKind),
        date: [DAY],
        datetime | None: [None, datetime(2026, 11, 23, 1, 5, tzinfo=UTC)],
    }
