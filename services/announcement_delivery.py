"""An announcement under way: let go, counted, paused, stopped, corrected, taken back."""

import asyncio
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, timedelta
from typing import TypeVar

from core.announcement_choices import opens_at
from core.announcements import (
    EDITABLE,
    Act,
    Addressee,
    Audience,
    Content,
    State,
    after,
    leaves_at,
    next_year,
)
from core.errands import ErrandKind
from core.messages import Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import announcements as texts
from core.vietnamese import clean_line
from db.models import Announcement, AnnouncementWording
from db.queries import announcement_delivery as delivery
from db.queries import announcements as queries
from db.queries.announcement_delivery import Wave
from db.transaction import Session
from services import announcement_audience, announcements, calendar, errands, journal, outbox
from services.actor import Actor, local

#: A notice that has not left for so long is worth nothing.
LIFE = timedelta(days=3)
#: The card of progress is renewed no more often.
RENEWED_EVERY = timedelta(seconds=3)
#: One that was wanted at a time and leaves so much later is moved out of nights and days off again.
LATE = timedelta(minutes=15)
_REASON_LIMIT = 300
_AT_ONCE = 1_000
_OUT = frozenset({State.RUNNING, State.PAUSED, State.STOPPED, State.FINISHED})
T = TypeVar("T")


async def leave(session: Session, number: int, now: datetime) -> bool:
    """Let one go whose time has come: everybody it is for is fixed now, and queued. Whether it left.

    Asked twice, or for one that was called back, nothing happens. One that is late because the machine was
    off waits for the next time at which people may be written to.
    """
    row = await queries.one(session, number)
    if row is None or row.state != State.SCHEDULED or row.leaves_at is None or row.leaves_at > now:
        return False
    if row.wanted_at is not None and now - row.leaves_at > LATE:
        rules, when = announcement_audience.rules_of(session), await calendar.in_force(session)
        if (opens := opens_at(local(session, now), when, rules)) is not None:
            await queries.change(session, number, row.state, leaves_at=opens)
            await errands.add(session, ErrandKind.ANNOUNCE, number, opens)
            return False
    content, audience = Content.from_json(row.content), Audience.from_json(row.audience)
    became = after(State.SCHEDULED, Act.LEAVE)
    await queries.change(session, number, row.state, state=became.value, left_at=now)
    await _word(session, row, content, "", now)
    reach = await announcement_audience.reached(session, audience, texts.parts(content), now)
    await _keep(session, number, reach.people)
    await _fan_out(session, row, content, now)
    if row.yearly:
        await _again_next_year(session, row, now)
    await journal.note(
        session, "house", "announcement_left", f"announcement:{number}", now, people=len(reach.people)
    )
    await errands.add(session, ErrandKind.ANNOUNCEMENT_PROGRESS, number, now)
    return True


async def settle(session: Session, number: int, now: datetime) -> bool:
    """Count what has arrived; whether something is still under way. What has all arrived is finished."""
    row = await queries.one(session, number)
    if row is None:
        return False
    await delivery.settle(session, number)
    if await delivery.left_in_outbox(session, number):
        return True
    if row.state == State.RUNNING:
        became = after(State.RUNNING, Act.FINISH)
        await queries.change(session, number, row.state, state=became.value, finished_at=now)
    return False


async def pause(session: Session, actor: Actor, number: int, now: datetime) -> None:
    """Let nothing more of it leave, for the time being."""
    actor.require(Permission.ANNOUNCE)
    await _move(session, actor, number, Act.PAUSE, now)
    await delivery.set_outbox(session, number, "queued", "paused", None)


async def resume(session: Session, actor: Actor, number: int, now: datetime) -> None:
    """Let it go on."""
    actor.require(Permission.ANNOUNCE)
    await _move(session, actor, number, Act.RESUME, now)
    await delivery.set_outbox(session, number, "paused", "queued", None)
    await errands.add(session, ErrandKind.ANNOUNCEMENT_PROGRESS, number, now)


async def stop(session: Session, actor: Actor, number: int, now: datetime) -> int:
    """Let nothing more of it leave, for good; how many messages do not."""
    actor.require(Permission.ANNOUNCE)
    await _move(session, actor, number, Act.STOP, now, finished_at=now)
    stopped = 0
    for state in ("queued", "paused"):
        stopped += await delivery.set_outbox(session, number, state, "cancelled", now, "stopped")
    await delivery.settle(session, number)
    return stopped


async def correct(
    session: Session, actor: Actor, number: int, content: Content, reason: str, now: datetime
) -> int:
    """Give everybody who has, or would get, the wrong wording the right one; how many.

    Where the channel can, and the message is not older than 48 hours, it takes the place of the wrong one;
    elsewhere it follows.
    """
    actor.require(Permission.ANNOUNCE)
    said = clean_line(reason, _REASON_LIMIT)
    return await _reword(session, actor, number, texts.corrected(content, said), said, now)


async def take_back(session: Session, actor: Actor, number: int, reason: str, now: datetime) -> int:
    """Tell everybody who has it that it no longer holds, in its place where the channel can; how many."""
    actor.require(Permission.ANNOUNCE)
    found = await announcements.facts(session, actor, number)
    said = clean_line(reason, _REASON_LIMIT)
    wording = texts.taken_back(found.content, said)
    return await _reword(session, actor, number, wording, said, now, retracted=True)


async def _reword(
    session: Session,
    actor: Actor,
    number: int,
    content: Content,
    reason: str,
    now: datetime,
    *,
    retracted: bool = False,
) -> int:
    found = await announcements.facts(session, actor, number)
    row = await queries.one(session, number)
    if row is None or row.retracted or found.state not in _OUT:
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=found.state)
    old, before = Content.from_json(row.content), row.version
    await delivery.settle(session, number)
    # What still waits in the old wording never leaves; whoever waits for it waits for the new one.
    for state in ("queued", "paused"):
        await delivery.set_outbox(session, number, state, "cancelled", now, "withdrawn")
    values = {"version": before + 1, "content": content.to_json(), "retracted": retracted, "changed_at": now}
    await queries.change(session, number, row.state, **values)
    await _word(session, row, content, reason, now, by=actor.person_id)
    if retracted or row.state == State.STOPPED:
        await delivery.stop_waiting(session, number)
    had = await delivery.renew(session, number, before + 1)
    fresh = row.left_at is not None and now - row.left_at < EDITABLE
    await _fan_out(session, row, content, now, instead_of=old if fresh else None)
    if row.state == State.PAUSED:
        await delivery.set_outbox(session, number, "queued", "paused", None)
    verb = "took_back" if retracted else "corrected"
    await journal.note(session, actor.label, verb, f"announcement:{number}", now, people=had)
    await errands.add(session, ErrandKind.ANNOUNCEMENT_PROGRESS, number, now)
    return had


async def _move(
    session: Session, actor: Actor, number: int, act: Act, now: datetime, **values: object
) -> None:
    found = await announcements.facts(session, actor, number)
    became = after(found.state, act)
    if not await queries.change(session, number, found.state, state=became.value, changed_at=now, **values):
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=found.state)
    await journal.note(session, actor.label, f"{act.value}_announcement", f"announcement:{number}", now)


async def _word(
    session: Session, row: Announcement, content: Content, reason: str, now: datetime, by: int | None = None
) -> None:
    """Keep the wording that people are about to get."""
    await queries.word(
        session,
        AnnouncementWording(
            announcement_id=row.id or 0,
            version=row.version,
            content=content.to_json(),
            reason=reason,
            made_by=by if by is not None else row.author_id,
            made_at=now,
        ),
    )


async def _keep(session: Session, number: int, people: Collection[Addressee]) -> None:
    """Who it is for is settled when it leaves, those who cannot be reached among them."""
    where = await announcement_audience.addresses(session)
    for some in _batched(list(people), _AT_ONCE):
        rows = []
        for one in some:
            address = where.get(one.person_id) if one.why is None else None
            rows.append(
                {
                    "announcement_id": number,
                    "person_id": one.person_id,
                    "unit_id": one.unit_id,
                    "channel": address.channel if address is not None else "",
                    "bot": address.bot if address is not None else "",
                    "chat": address.chat if address is not None else "",
                    "state": one.why.value if one.why is not None else "queued",
                    "version": 1,
                    "got": 0,
                    "perhaps_twice": False,
                }
            )
        await delivery.keep_recipients(session, rows)
        await asyncio.sleep(0)


async def _fan_out(
    session: Session, row: Announcement, content: Content, now: datetime, instead_of: Content | None = None
) -> None:
    """Queue a wording for everybody who waits for it; `instead_of` is the one it may take the place of."""
    number = row.id or 0
    message = await _message(session, row, content)
    for channel, got in await delivery.waiting(session, number, row.version):
        parts, replaces = outbox.payloads(session, channel, message), None
        if got and instead_of is not None and content.files == instead_of.files:
            texts_only = len(parts) - len(content.files)
            before = outbox.payloads(session, channel, await _message(session, row, instead_of))
            if len(before) == len(parts) and outbox.edits(session, channel):
                parts, replaces = parts[:texts_only], got
        wave = Wave(number, row.version, channel, got, parts, now, now + LIFE, replaces)
        people = await delivery.waiting_people(session, wave)
        for some in _batched(people, _AT_ONCE):
            await delivery.fan_out(session, wave, (some[0], some[-1]))
            await asyncio.sleep(0)


async def _message(session: Session, row: Announcement, content: Content) -> Message:
    """The message as it arrives; where it reminds of another one, reading counts for that."""
    original = await queries.one(session, row.reminds) if row.reminds is not None else row
    counted = original if original is not None else row
    return texts.message(content, counted.id or 0, counted.version)


async def _again_next_year(session: Session, row: Announcement, now: datetime) -> None:
    """The same announcement a year later, moved out of nights and days off; its author is told."""
    assert row.leaves_at is not None
    wanted = next_year(local(session, row.wanted_at or row.leaves_at))
    rules = announcement_audience.rules_of(session)
    leaving = leaves_at(local(session, now), wanted, await calendar.in_force(session), rules)
    number = await queries.add(
        session,
        Announcement(
            author_id=row.author_id,
            campaign=row.campaign,
            content=row.content,
            audience=row.audience,
            state=State.SCHEDULED.value,
            yearly=True,
            changed_at=now,
            wanted_at=wanted,
            approved_by=row.approved_by,
            leaves_at=leaving,
        ),
    )
    await errands.add(session, ErrandKind.ANNOUNCE, number, leaving)
    notice = texts.next_year_kept(Content.from_json(row.content).title, leaving, number)
    await outbox.notify(session, [row.author_id], notice, now)


def _batched(rows: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    return (rows[start : start + size] for start in range(0, len(rows), size))
