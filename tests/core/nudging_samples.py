"""Reminders sent by hand, to whoever can be reached and not, for the screens that show them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from core.deadlines import standing
from core.nudging import Aim, Barrier, Contact
from tests.core.ladder_samples import CALENDAR, DEPUTY, HEAD, an_obligation, moment


def samples(words: str) -> Mapping[object, Sequence[object]]:
    """Samples by type, with `words` for whatever a person wrote."""
    one = replace(an_obligation(), words=words, label=words, unit=words)
    day = date(2026, 12, 14)
    open_one = standing(one, day, CALENDAR)
    late = standing(one, date(2026, 12, 21), CALENDAR)
    head = Contact(HEAD, words, "0912345678", HEAD, words)
    deputy = Contact(DEPUTY, words, "", HEAD, words)
    missed = tuple(replace(head, barrier=barrier, until=moment(day, 13)) for barrier in Barrier)
    return {
        Contact: [head, deputy],
        Aim: [
            Aim(one, open_one, (head,), ()),
            Aim(one, late, (deputy,), missed),
            Aim(one, late, (), missed),
            Aim(one, late, (), ()),
            Aim(one, open_one, (head,), (), (words, words)),
        ],
        datetime | None: [None, moment(day, 7)],
    }
