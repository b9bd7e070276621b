"""Dates that changed, for the screens that tell of them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from core.calendar import WorkCalendar
from core.date_changes import Move, Reach
from core.deadlines import Calendar
from tests.core.ladder_samples import an_obligation


def samples(words: str) -> Mapping[object, Sequence[object]]:
    """Samples by type, with `words` for whatever a person wrote."""
    before = replace(an_obligation(), words=words, label=words, unit=words)
    after = replace(before, legal_day=date(2026, 12, 28))
    return {
        Calendar: [WorkCalendar()],
        Reach: [Reach(), Reach(1, 1, 1), Reach(40, 55, 52)],
        Sequence[Move]: [
            [Move(before, after)],
            [Move(None, after), Move(before, after)],
            [Move(before, None)],
        ],
    }
