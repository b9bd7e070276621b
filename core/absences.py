"""Who stands in for whom, as facts: from one day to another, both included."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from core.refusals import Code, Refusal

#: Days that somebody may be stood in for at a time; longer is a change of office, or a slip of the year.
LONGEST = 366
WORDS_LIMIT = 60


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody who may be away or stand in. `leads` says that they answer for a unit."""

    person_id: int
    name: str
    post: str
    unit: str
    unit_id: int
    leads: bool = False


@dataclass(frozen=True, slots=True)
class AbsenceFacts:
    """`deputy` stands in for `person` (of `unit`) from one day to another, unless it was ended."""

    id: int
    person_id: int
    person: str
    unit: str
    deputy_id: int
    deputy: str
    starts_on: date
    ends_on: date


def check_period(starts_on: date, ends_on: date, today: date) -> None:
    """Refuse a period that begins in the past, ends before it begins, or is too long."""
    if starts_on < today:
        raise Refusal(Code.ABSENCE_PAST, day=starts_on)
    if ends_on < starts_on:
        raise Refusal(Code.ABSENCE_REVERSED, day=starts_on, other=ends_on)
    if (ends_on - starts_on).days >= LONGEST:
        raise Refusal(Code.ABSENCE_TOO_LONG, limit=LONGEST)


def overlapping(found: Collection[AbsenceFacts], starts_on: date, ends_on: date) -> AbsenceFacts | None:
    """The first of these that shares a day with a period."""
    return next((one for one in found if one.starts_on <= ends_on and starts_on <= one.ends_on), None)
