"""Reminding people of what is owed: computed anew each time, kept once each, said in one message a person."""

import asyncio
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta, tzinfo

import structlog

from core.deadlines import Obligation
from core.ladder import Ladders
from core.reminders import owed_of
from core.reminders_case import Table, cases
from core.reminders_digest import WEEKLY, WeeklyLine, monday_of, owing_by_person, weekly_line, without_ended
from core.reminders_facts import TOLD, Failure, History, Nudge, Rules, Sent, Snooze
from core.reminders_hours import GENERAL_HOURS, GeneralHours, Quiet, at, next_start
from core.texts import reminders as texts
from db.queries import reminders as queries
from db.queries import settings
from db.transaction import Session
from services import calendar, deadlines, outbox, reminders_said
from services.pauses import Pauses

_log = structlog.get_logger()

#: Where the ladders are kept.
LADDERS = "ladders"
#: Where everybody's quiet hours and the time of the morning round are kept.
GENERAL = "reminder_hours"


#: By so much a clock may be set back without a word.
CLOCK_TOLERANCE = timedelta(minutes=5)


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
    await _watch_clock(session, now)
    if Table(await rules_in_force(session), ()).closed(in_zone(session, now)):
        return 0
    return await remind_of(session, await deadlines.obligations(session, now), now)


async def _watch_clock(session: Session, now: datetime) -> None:
    """Administrators hear of a clock that was ahead: what was said then is not said again on its day."""
    count, newest = await queries.made_after(session, now + CLOCK_TOLERANCE)
    if newest is not None:
        message = texts.clock_was_ahead(count, in_zone(session, newest), in_zone(session, now))
        await outbox.notify_administrators(session, message, now, once=f"clock:{newest.isoformat()}")


async def remind_of(session: Session, obligations: tuple[Obligation, ...], now: datetime) -> int:
    """The same for these obligations, which are all there are; how many people are told."""
    rules, local = await rules_in_force(session), in_zone(session, now)
    await _withdraw_settled(session, obligations, local)
    facts = await known(session, obligations, rules, local)
    nudges = await _owed(facts)
    weekly = await _weekly(facts)
    until = next_start(local, rules.quiet)
    return await reminders_said.say(session, nudges, weekly, local, until)


async def rules_in_force(session: Session) -> Rules:
    """The calendar, the ladders and the quiet hours that hold now."""
    kept = await settings.read(session, LADDERS)
    own = {row.person_id: Quiet(row.starts, row.ends) for row in await queries.quiet_hours(session)}
    general = await general_hours(session)
    return Rules(
        await calendar.in_force(session),
        Ladders.from_json(kept) if kept else Ladders(),
        quiet=general.quiet,
        own=own,
        morning=general.morning,
    )


async def general_hours(session: Session) -> GeneralHours:
    """In which hours nobody is reminded, and from when on in the morning."""
    kept = await settings.read(session, GENERAL)
    return GeneralHours.from_text(kept) if kept else GENERAL_HOURS


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


async def told_of_day(session: Session, people: Iterable[tuple[Obligation, int]], now: datetime) -> None:
    """These people were just told that it is due on that day: no reminder repeats it today or tomorrow."""
    pairs = list(people)
    live = await outbox.may_be_told(session, sorted({person for _one, person in pairs}), now)
    linked = await outbox.addresses(session, live)
    rung = f"{TOLD}{in_zone(session, now).date().isoformat()}"
    rows = [
        queries.NewNudge(one.id, one.due, person, person, rung, now)
        for one, person in pairs
        if person in linked
    ]
    if rows:
        await queries.keep_told(session, rows)


async def withdraw(session: Session, obligation: str, now: datetime) -> None:
    """Something is done: reminders of it that have not left are taken back.

    Whatever else stood in the same message is owed again, and said with the next round.
    """
    waiting = await queries.on_their_way(session, obligation)
    await _take_back(session, {one.outbox_key for one in waiting}, now)


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
    gone = await outbox.withdraw(session, [key.rpartition(":")[0] for key in keys if key], now)
    await queries.forget(session, [outbox.key_of(one) for one in gone])


async def _owed(facts: Facts) -> list[Nudge]:
    """As `core/reminders.py: owed`; what cannot be judged silences nothing else."""
    table, pauses = Table(facts.rules, facts.history.absences), Pauses()
    nudges: list[Nudge] = []
    for case in cases(facts.open, facts.history):
        try:
            nudges += owed_of(case, table, facts.now)
        except Exception as error:  # noqa: BLE001 - what is odd about one thing must not hold back the others
            _log.error("reminder_unjudged", obligation=case.obligation.id, error=type(error).__name__)
        await pauses.pause()
    return nudges


async def _weekly(facts: Facts) -> dict[int, WeeklyLine]:
    """The lines of the week that nobody said yet."""
    lines: dict[int, WeeklyLine] = {}
    monday = monday_of(facts.now, facts.rules.calendar)
    if monday is None:
        return lines
    owed = without_ended(facts.open, facts.history.sent)
    said = {one.person for one in facts.history.sent if one.obligation == WEEKLY and one.due == monday}
    table, pauses = Table(facts.rules, facts.history.absences), Pauses()
    for person, owing in owing_by_person(owed, table, facts.now).items():
        if person not in said and not table.quiet(person, facts.now):
            lines[person] = weekly_line(person, monday, owing, table, facts.now)
        await pauses.pause()
    return lines


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
