"""Where the next reminder lies, and what was said of late: asked by whoever moves the clock."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time

from core import reminders_ahead as rules_ahead
from core.deadlines import Obligation
from core.reminders_facts import Rules
from core.reminders_hours import at
from db.queries import reminders as queries
from db.transaction import Session
from services import deadlines, reminders


@dataclass(frozen=True, slots=True)
class Said:
    """Somebody was told of something; of nothing in particular where it was the line of the week."""

    person: int
    obligation: Obligation | None


async def next_due(session: Session, now: datetime) -> datetime | None:
    """The first moment after `now` at which anybody is to be told anything, if nobody does anything; or None.

    What is owed at `now` is taken as said. Where nothing is left of this year, the next one is asked about.
    """
    rules, local = await reminders.rules_in_force(session), reminders.in_zone(session, now)
    new_year = at(date(local.year + 1, 1, 1), time(), local)
    found = await _next_after(session, rules, local)
    return found if found is not None else await _next_after(session, rules, new_year)


async def said(session: Session, people: Collection[int], since: datetime, now: datetime) -> tuple[Said, ...]:
    """What was said to these people from a moment on, and could be sent; each thing once a person."""
    known = {one.id: one for one in await deadlines.obligations(session, now)}
    told = [
        Said(row.person_id, known.get(row.obligation))
        for person in people
        for row in reversed(await queries.of_person(session, person, date.min))
        if row.made_at >= since and not row.failure
    ]
    return tuple(dict.fromkeys(told))


async def _next_after(session: Session, rules: Rules, local: datetime) -> datetime | None:
    facts = await reminders.known(session, await deadlines.obligations(session, local), rules, local)
    return rules_ahead.next_due(facts.obligations, facts.history, facts.now, facts.rules)
