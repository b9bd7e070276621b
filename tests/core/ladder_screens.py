"""Ladders, quiet hours and days ahead, for the screens that tell them."""

from collections.abc import Mapping, Sequence
from datetime import datetime, time

from core.campaign_terms import DeadlineKind
from core.ladder import DEFAULT_LADDER, MOST_RUNGS, Audience, Ladder, Ladders, Rung, Whose
from core.messages import Message
from core.reminders_ahead import Planned, PlannedDay
from core.reminders_facts import Nudge
from core.reminders_hours import GeneralHours, Quiet
from core.roles import Role
from tests.core.ladder_samples import HEAD, moment
from tests.core.reminder_samples import samples as reminders

_ROLES = {DeadlineKind.YEARLY_REVIEW: Role.OFFICE, DeadlineKind.FINAL_REVIEW: Role.OFFICE}


def samples(words: str) -> Mapping[object, Sequence[object]]:
    """Samples by type, with `words` for whatever a person wrote."""
    whose = [(kind, _ROLES.get(kind, Role.HEAD)) for kind in DeadlineKind]
    long = Ladder(tuple(Rung(day) for day in range(-60, MOST_RUNGS - 60)))
    days = _days([one for one in reminders(words)[Nudge] if isinstance(one, Nudge)])
    at = moment(days[0].day)
    several = [("" if place % 2 else words, at, place, bool(place % 2)) for place in range(20)]
    return {
        Ladder: [DEFAULT_LADDER, long],
        Ladders: [Ladders(), Ladders(long, dict.fromkeys(whose, DEFAULT_LADDER))],
        Whose | None: [None, *whose],
        Sequence[Whose]: [whose],
        Sequence[Rung]: [[], [Rung(-10), Rung(0), Rung(5, Audience.OFFICE)]],
        Sequence[PlannedDay]: [[], days[:1], days],
        Sequence[tuple[str, datetime, int, bool]]: [[], several[:2], several],
        GeneralHours: [GeneralHours(), GeneralHours(Quiet(time(18), time(8)), time(9))],
        Quiet | None: [None, Quiet(time(18), time(8)), Quiet(time(11, 30), time(13, 30))],
        Message: [Message(title=words, body=words, hint=words), Message(body=words)],
    }


def _days(nudges: Sequence[Nudge]) -> list[PlannedDay]:
    found = []
    for day in (7, 8, 9, 10, 11, 14):
        at = moment(nudges[0].due.replace(day=day))
        several = nudges[: day % 9 + 1]
        found.append(PlannedDay(at.date(), tuple(Planned(at, one) for one in several)))
    assert {one.nudge.person for one in found[0].planned} >= {HEAD}
    return found
