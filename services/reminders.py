"""Reminding people of what is owed: computed anew each time, kept once each, said in one message a person."""

import asyncio
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from core.deadlines import Obligation
from core.ladder import Ladders
from core.messages import Message
from core.reminders import owed_of
from core.reminders_ahead import PlannedDay, preview
from core.reminders_case import Table, cases
from core.reminders_digest import Digest, WeeklyLine, digest, weekly_lines
from core.reminders_facts import Failure, History, Nudge, Rules, Sent, Snooze
from core.reminders_hours import Quiet, at
from core.texts import reminders as texts
from core.texts import reminders_doors as doors
from db.models import NudgeRow
from db.queries import reminders as queries
from db.queries import settings
from db.transaction import Session
from services import calendar, deadlines, outbox

#: Where the ladders are kept.
LADDERS = "ladders"
#: Under what a line of the week is kept: nothing that is owed is called so.
WEEKLY = "weekly"
#: Things looked at, and people written to, before anybody else may go on.
_AT_ONCE = 10


@dataclass(frozen=True, slots=True)
class Facts:
    """What is owed and what happened about it, at one moment in the zone of the office."""

    now: datetime
    obligations: tuple[Obligation, ...]
    history: History
    rules: Rules

    @property
    def open(self) -> list[Obligation]:
        """What is still owed."""
        return [one for one in self.obligations if one.open_on(self.now.date())]


async def remind(session: Session, now: datetime) -> int:
    """Tell everybody what is owed now and was not said; how many people are told.

    Asked twice, late, or after days of silence, nobody is told anything twice.
    """
    await settle(session, now)
    if Table(await rules_in_force(session), ()).closed(in_zone(session, now)):
        return 0
    return await remind_of(session, await deadlines.obligations(session, now), now)


async def remind_of(session: Session, obligations: tuple[Obligation, ...], now: datetime) -> int:
    """The same for these obligations, which are all there are; how many people are told."""
    rules, local = await rules_in_force(session), in_zone(session, now)
    await _withdraw_settled(session, obligations, local)
    facts = await known(session, obligations, rules, local)
    nudges = await _owed(facts)
    weekly = await _weekly(facts)
    return await _say(session, facts, nudges, weekly)


async def rules_in_force(session: Session) -> Rules:
    """The calendar, the ladders and the quiet hours that hold now."""
    kept = await settings.read(session, LADDERS)
    own = {row.person_id: Quiet(row.starts, row.ends) for row in await queries.quiet_hours(session)}
    return Rules(await calendar.in_force(session), Ladders.from_json(kept) if kept else Ladders(), own=own)


async def known(
    session: Session, obligations: tuple[Obligation, ...], rules: Rules, local: datetime
) -> Facts:
    """What happened about these obligations until now."""
    due = min((one.due for one in obligations), default=local.date())
    sent: list[Sent] = []
    async for page in queries.made_since(session, due, at(local.date(), time(), local)):
        sent += [_sent(row) for row in page]
        await asyncio.sleep(0)
    put_off = [
        Snooze(row.obligation, row.due, row.person_id, row.until)
        for row in await queries.snoozes(session, due)
    ]
    away = await deadlines.absences(session, local.date())
    return Facts(local, obligations, History(sent, put_off, away), rules)


async def ahead(
    session: Session, now: datetime, start: date, days: int
) -> tuple[tuple[PlannedDay, ...], dict[int, str]]:
    """Who would get what and when from a day on, were nothing done until then; and what they are called.

    Reads only. The past is not asked about: a day gone by counts as today.
    """
    rules, local = await rules_in_force(session), in_zone(session, now)
    begins = max(local, at(start, time(), local))
    facts = await known(session, await deadlines.obligations(session, begins), rules, local)
    planned = preview(facts.obligations, facts.history, begins, days, rules)
    return planned, await queries.names(session, _named(one.nudge for day in planned for one in day.planned))


async def settle(session: Session, now: datetime) -> None:
    """Record which reminders arrived, and why others did not."""
    outcomes: list[tuple[int, datetime | None, str]] = []
    for one in await queries.on_their_way(session):
        match one.state:
            case "sent":
                outcomes.append((one.id, one.finished_at or now, ""))
            case "dead":
                outcomes.append((one.id, None, Failure.REJECTED.value))
            case "cancelled":
                outcomes.append((one.id, None, Failure.UNREACHABLE.value))
            case "expired" | None:
                outcomes.append((one.id, None, Failure.EXPIRED.value))
    if outcomes:
        await queries.settle(session, outcomes)


async def withdraw(session: Session, obligation: str, now: datetime) -> None:
    """Something is done: reminders of it that have not left are taken back.

    Whatever else stood in the same message is owed again, and said with the next round.
    """
    waiting = await queries.on_their_way(session)
    await _take_back(session, {one.outbox_key for one in waiting if one.obligation == obligation}, now)


def in_zone(session: Session, now: datetime) -> datetime:
    """Now, in the zone of the office."""
    zone = session.info.get("zone")
    return now.astimezone(zone) if isinstance(zone, tzinfo) else now


async def _withdraw_settled(session: Session, obligations: Iterable[Obligation], local: datetime) -> None:
    """What became done, or due on another day, while its reminder waited, is not said."""
    waiting = await queries.on_their_way(session)
    if not waiting:
        return
    still = {(one.id, one.due) for one in obligations if one.open_on(local.date())}
    passed = {
        one.outbox_key
        for one in waiting
        if one.obligation != WEEKLY and (one.obligation, one.due) not in still
    }
    await _take_back(session, passed, local)


async def _take_back(session: Session, keys: Collection[str], now: datetime) -> None:
    gone = [key for key in keys if key and await outbox.withdraw(session, key.rpartition(":")[0], now)]
    if gone:
        await queries.forget(session, gone)


async def _owed(facts: Facts) -> list[Nudge]:
    """As `core/reminders.py: owed`, with pauses in which others go on."""
    table = Table(facts.rules, facts.history.absences)
    nudges: list[Nudge] = []
    for place, case in enumerate(cases(facts.open, facts.history)):
        nudges += owed_of(case, table, facts.now)
        if place % _AT_ONCE == 0:
            await asyncio.sleep(0)
    return nudges


async def _weekly(facts: Facts) -> dict[int, WeeklyLine]:
    """The lines of the week that nobody said yet."""
    said = {(one.person, one.due) for one in facts.history.sent if one.obligation == WEEKLY}
    table = Table(facts.rules, facts.history.absences)
    today, lines = facts.now.date(), dict[int, WeeklyLine]()
    sunday = today - timedelta(days=today.isoweekday())
    if facts.rules.calendar.plus_working_days(sunday, 1) != today:
        return lines
    by_person: defaultdict[int, list[Obligation]] = defaultdict(list)
    for one in facts.open:
        if one.person is not None:
            by_person[table.stand_in(one.person, today)].append(one)
    for person, owing in by_person.items():
        for line in weekly_lines(owing, facts.history.absences, facts.now, facts.rules):
            if (person, line.monday) not in said:
                lines[person] = line
        await asyncio.sleep(0)
    return lines


async def _say(session: Session, facts: Facts, nudges: Sequence[Nudge], weekly: dict[int, WeeklyLine]) -> int:
    """Keep what is said and queue it, one message a person; on trial nobody else than administrators."""
    folded = {one.person: one for one in digest(nudges)}
    people = list({*folded, *weekly})
    told = await outbox.may_be_told(session, people, facts.now)
    found = await outbox.addresses(session, told)
    names = await queries.names(session, _named(nudges))
    until = at(facts.now.date(), facts.rules.quiet.starts, facts.now)
    for start in range(0, len(told), _AT_ONCE):
        some = told[start : start + _AT_ONCE]
        rows = {one: _rows(folded.get(one), weekly.get(one), facts.now) for one in some}
        for person in some:
            for row in rows[person]:
                row.outbox_key = outbox.key_of(_once(rows[person])) if person in found else ""
                row.failure = "" if person in found else Failure.NO_ACCOUNT.value
        await queries.keep(session, [row for one in some for row in rows[one]])
        for person in (one for one in some if one in found):
            message = _message(rows[person], folded.get(person), weekly.get(person), names)
            once = _once(rows[person])
            await outbox.post_until(session, found[person], message, facts.now, until, once=once)
        await asyncio.sleep(0)
    return len(found)


def _rows(folded: Digest | None, weekly: WeeklyLine | None, now: datetime) -> list[NudgeRow]:
    """What is kept of one message: its nudges in their order, then its line of the week."""
    rows = [
        NudgeRow(
            obligation=one.obligation.id,
            due=one.due,
            person_id=one.person,
            principal_id=one.principal,
            rung=one.rung,
            made_at=now,
        )
        for one in (folded.nudges if folded is not None else ())
    ]
    if weekly is not None:
        line = NudgeRow(
            obligation=WEEKLY,
            due=weekly.monday,
            person_id=weekly.person,
            principal_id=weekly.person,
            rung=WEEKLY,
            made_at=now,
        )
        rows.append(line)
    return rows


def _once(rows: Sequence[NudgeRow]) -> str:
    """The key under which a message may be said once."""
    first = rows[0]
    return f"nudge:{first.obligation}:{first.due.isoformat()}:{first.person_id}:{first.rung}"


def _message(
    rows: Sequence[NudgeRow], folded: Digest | None, weekly: WeeklyLine | None, names: Mapping[int, str]
) -> Message:
    if folded is None:
        assert weekly is not None
        return texts.weekly(weekly, doors.of_several())
    if len(folded.nudges) > 1:
        return texts.digest(folded, names, weekly, doors.of_several())
    return texts.digest(folded, names, weekly, doors.of_one(folded.nudges[0], rows[0].id or 0))


def _named(nudges: Iterable[Nudge]) -> set[int]:
    """Everybody who is named in these."""
    people: set[int] = set()
    for one in nudges:
        people |= {one.person, one.principal}
        people |= {one.obligation.person} if one.obligation.person is not None else set()
    return people


def _sent(row: queries.Made) -> Sent:
    return Sent(
        row.obligation,
        row.due,
        row.person_id,
        row.rung,
        row.made_at,
        row.principal_id,
        row.delivered_at,
        Failure(row.failure) if row.failure else None,
    )
