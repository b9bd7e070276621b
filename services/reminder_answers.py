"""What people do about a reminder: see whether it is done, put it off, look at what is missing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from core.campaign_terms import DeadlineKind
from core.deadlines import Obligation, Standing, standing
from core.nudging import by_hand
from core.refusals import Code, Refusal
from core.reminders_case import Table
from core.reminders_hours import SnoozeChoice, SnoozeKind, snooze_choices, snoozed_until
from core.roles import Permission
from core.submissions import HANDED_IN_HERE
from db.models import NudgeRow, SnoozeRow
from db.queries import reminders as queries
from db.transaction import Session
from services import absences, deadlines, journal, reminders, submissions
from services.actor import Actor

#: How far back somebody's own list of reminders reaches.
_LOOKED_BACK = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Reminded:
    """What a person was reminded of, as it stands now; `choices` are until when it may be put off.

    `own` says that it is theirs to do, and not told them in its turn because nobody did it.
    """

    number: int
    obligation: Obligation
    standing: Standing
    own: bool
    choices: tuple[SnoozeChoice, ...] = ()


async def mine(session: Session, actor: Actor, now: datetime) -> list[Reminded]:
    """What this person was reminded of, is still open and concerns them, the first due first.

    Until when it may be put off is not asked for a list. The statements are as many whatever its length.
    """
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    rows = await queries.of_person(session, actor.person_id, actor.today - _LOOKED_BACK)
    newest = {(row.obligation, row.due): row for row in reversed(rows)}
    units = {unit for row in rows if (unit := _unit_of(row)) is not None}
    owed = await deadlines.obligations(session, now, units=units)
    still = [one for one in owed if (one.id, one.due) in newest and one.open_on(actor.today)]
    table, local = await absences.told_instead(session, actor.today), reminders.in_zone(session, now)
    found = []
    for one in await _concerning(session, actor, still, table):
        row = newest[one.id, one.due]
        found.append(Reminded(row.id or 0, one, table.standing(one, local), _own(row, one)))
    return sorted(found, key=lambda one: (one.obligation.due, one.obligation.id))


async def one(session: Session, actor: Actor, number: int, now: datetime) -> Reminded:
    """One thing this person was reminded of and is concerned in still; anything else is not found."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    row = await queries.nudge(session, number)
    if row is None or row.person_id != actor.person_id:
        raise Refusal(Code.NOT_FOUND)
    unit = _unit_of(row)
    owed = await deadlines.obligations(session, now, units={unit} if unit is not None else set())
    found = [one for one in owed if one.id == row.obligation]
    table = await absences.told_instead(session, actor.today)
    for obligation in await _concerning(session, actor, found, table):
        return await _as_it_stands(session, row, obligation, now)
    raise Refusal(Code.NOT_FOUND)


async def may_hand_in(session: Session, actor: Actor, obligation: Obligation) -> bool:
    """Whether this person hands it in here, or prepares the dossier, and may."""
    if obligation.kind is DeadlineKind.DOSSIER:
        return bool(await submissions.reached(session, actor, Permission.PREPARE_DOSSIER, [obligation]))
    if obligation.kind not in HANDED_IN_HERE:
        return False
    return bool(await submissions.reached(session, actor, Permission.HAND_IN, [obligation]))


async def put_off(session: Session, actor: Actor, number: int, kind: SnoozeKind, now: datetime) -> datetime:
    """Be reminded again later; until when. Refused for a time that is no longer on offer."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    found = await one(session, actor, number, now)
    until = next((choice.until for choice in found.choices if choice.kind is kind), None)
    if until is None:
        raise Refusal(Code.SNOOZE_PAST)
    obligation = found.obligation
    rules = await reminders.rules_in_force(session)
    until = snoozed_until(obligation, until, reminders.in_zone(session, now), rules.calendar)
    row = SnoozeRow(
        obligation=obligation.id, due=obligation.due, person_id=actor.person_id, until=until, made_at=now
    )
    await queries.snooze(session, row)
    await journal.note(session, actor.label, "put_off", f"nudge:{number}", now, until=until.isoformat())
    return until


async def _concerning(
    session: Session, actor: Actor, found: Sequence[Obligation], table: Table
) -> list[Obligation]:
    """Those of them this person has a part in today: handing in, being told in turn, helping as the office.

    Whoever headed the unit once, or stood in for its head, has none any more.
    """
    if not found or actor.may(Permission.SEE_BOARD):
        return list(found)
    theirs = {one.id for one in await submissions.reached(session, actor, Permission.HAND_IN, found)}
    return [one for one in found if one.id in theirs or actor.person_id in _told(one, table, actor.today)]


def _told(one: Obligation, table: Table, day: date) -> set[int]:
    """Who is told of it, in their own part or standing in."""
    people = {*one.deputies, *one.office} | ({one.person} if one.person is not None else set())
    return people | {table.stand_in(person, day) for person in people}


async def _as_it_stands(session: Session, row: NudgeRow, obligation: Obligation, now: datetime) -> Reminded:
    rules, local = await reminders.rules_in_force(session), reminders.in_zone(session, now)
    stands = standing(obligation, local.date(), rules.calendar, local.timetz().replace(tzinfo=None))
    choices: Sequence[SnoozeChoice] = ()
    own = _own(row, obligation)
    if obligation.done_at is None and own:
        choices = snooze_choices(obligation, local, rules.calendar, rules.quiets(row.person_id))
    return Reminded(row.id or 0, obligation, stands, own, tuple(choices))


def _own(row: NudgeRow, obligation: Obligation) -> bool:
    """Whether it was the person's own reminder, which alone may be put off: not one told instead of them."""
    if by_hand(row.rung):
        return row.person_id not in obligation.deputies
    return not row.rung.startswith(("deputy", "office"))


def _unit_of(row: NudgeRow) -> int | None:
    """The unit that owes it; a line of the week has none."""
    unit = row.obligation.rpartition(":")[2]
    return int(unit) if unit.isdecimal() else None
