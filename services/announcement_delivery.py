"""An announcement under way: let go, counted, paused, stopped, corrected, taken back."""

from datetime import datetime, timedelta

from core.announcement_choices import opens_at
from core.announcement_results import Spread
from core.announcements import (
    EDITABLE,
    Act,
    Audience,
    Content,
    State,
    after,
    leaves_at,
    needs_second,
    next_year,
)
from core.errands import ErrandKind
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import announcements as texts
from core.vietnamese import clean_line
from db.models import Announcement
from db.queries import announcement_delivery as delivery
from db.queries import announcements as queries
from db.transaction import Session
from services import (
    announcement_audience,
    announcement_progress,
    announcement_waves,
    announcements,
    calendar,
    errands,
    journal,
    outbox,
)
from services.actor import Actor, local

#: The card of progress is renewed no more often.
RENEWED_EVERY = timedelta(seconds=3)
#: One that was wanted at a time and leaves so much later is moved out of nights and days off again.
LATE = timedelta(minutes=15)
REASON_LIMIT = 300
_OUT = frozenset({State.RUNNING, State.PAUSED, State.STOPPED, State.FINISHED})
_GOING = frozenset({State.RUNNING, State.PAUSED})


async def leave(session: Session, number: int, now: datetime) -> bool:
    """Let one go whose time has come: everybody it is for is fixed now, and queued. Whether it left.

    Asked twice, or for one that was called back, nothing happens. One that is late because the machine was
    off waits for the next time at which people may be written to; one that is for more people by now than its
    author may send to alone waits for a second person.
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
    aimed = await announcement_audience.aimed(session, audience, texts.parts(content), now)
    reach = aimed.reach
    if row.approved_by is None and needs_second(reach, announcement_audience.rules_of(session)):
        await announcements.ask_again(session, row, reach, now)
        return False
    became = after(State.SCHEDULED, Act.LEAVE)
    await queries.change(session, number, row.state, state=became.value, left_at=now)
    await announcement_waves.word(session, row, content, "", now)
    await announcement_waves.keep(session, number, aimed)
    await announcement_waves.fan_out(session, row, content, now)
    if row.yearly:
        await _again_next_year(session, row, now)
    await journal.note(
        session, "house", "announcement_left", f"announcement:{number}", now, people=len(reach.people)
    )
    await errands.add(session, ErrandKind.ANNOUNCEMENT_PROGRESS, number, now)
    return True


async def settle(session: Session, number: int, now: datetime) -> bool:
    """Count what has arrived and renew the author's card; whether to look again soon.

    What has all arrived is finished. What the courier put back after a pause or a stop is held again.
    """
    row = await queries.one(session, number)
    if row is None:
        return False
    if row.state == State.PAUSED:
        await delivery.set_outbox(session, number, "queued", "paused", None)
    if row.state == State.STOPPED and row.finished_at is not None:
        before = row.finished_at
        await delivery.set_outbox(session, number, "queued", "cancelled", now, "stopped", until=before)
    await delivery.settle(session, number)
    moving = await delivery.under_way(session, number, "queued", "sending") > 0
    if row.state == State.RUNNING and not moving:
        became = after(State.RUNNING, Act.FINISH)
        await queries.change(session, number, row.state, state=became.value, finished_at=now)
    stale = await announcement_progress.renew(session, row, now, RENEWED_EVERY, over=not moving)
    return moving or stale


async def pause(session: Session, actor: Actor, number: int, now: datetime) -> None:
    """Let nothing more of it leave, for the time being."""
    actor.require(Permission.ANNOUNCE)
    await _move(session, actor, number, Act.PAUSE, now)
    await delivery.set_outbox(session, number, "queued", "paused", None)
    await errands.add(session, ErrandKind.ANNOUNCEMENT_PROGRESS, number, now)


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
    stopped = await _hold_back(session, number, now, "stopped")
    await delivery.settle(session, number)
    await errands.add(session, ErrandKind.ANNOUNCEMENT_PROGRESS, number, now)
    return stopped


async def spread(session: Session, actor: Actor, number: int, content: Content, now: datetime) -> Spread:
    """How this wording would reach those who have another one, were it sent now."""
    actor.require(Permission.ANNOUNCE)
    found = await announcements.facts(session, actor, number)
    row = await queries.one(session, number)
    fresh = row is not None and _fresh(row, now)
    in_place, follows, waiting = dict[str, int](), dict[str, int](), 0
    for channel, got, count in await delivery.holders(session, number):
        if row is None or not got:
            waiting += count
            continue
        fits = fresh and await announcement_waves.replacing(session, row, content, found.content, channel)
        kind = in_place if fits else follows
        kind[channel] = kind.get(channel, 0) + count
    return Spread(in_place, follows, waiting, fresh)


async def correct(
    session: Session,
    actor: Actor,
    number: int,
    content: Content,
    reason: str,
    now: datetime,
    seen: int | None = None,
) -> int:
    """Give everybody who has, or would get, the wrong wording the right one; how many.

    Where the channel can, and the message is not older than 48 hours, it takes the place of the wrong one;
    elsewhere it follows. Raises `Refusal` (`ANNOUNCEMENT_MOVED_ON`) where `seen` is not the wording in force.
    """
    actor.require(Permission.ANNOUNCE)
    right, said = corrected(content), reason_of(reason)
    return await _reword(session, actor, number, texts.corrected(right, said), said, now, seen)


async def take_back(
    session: Session, actor: Actor, number: int, reason: str, now: datetime, seen: int | None = None
) -> int:
    """Tell everybody who has it that it no longer holds, in its place where the channel can; how many.

    What has not left yet never will.
    """
    actor.require(Permission.ANNOUNCE)
    found = await announcements.facts(session, actor, number)
    said = reason_of(reason)
    wording = texts.taken_back(found.content, said)
    return await _reword(session, actor, number, wording, said, now, seen, retracted=True)


def corrected(content: Content) -> Content:
    """The right wording as it may be sent. Raises `Refusal` (`ANNOUNCEMENT_EMPTY`, `TEXT_TOO_LONG`)."""
    right = announcements.cleaned(content)
    if not right.title or not (right.body or right.files):
        raise Refusal(Code.ANNOUNCEMENT_EMPTY, title=not right.title)
    return right


def reason_of(text: str) -> str:
    """Why a wording is changed, on one line. Raises `Refusal` (`ANNOUNCEMENT_REASON`, `TEXT_TOO_LONG`)."""
    said = clean_line(text, REASON_LIMIT + 1)
    if not said:
        raise Refusal(Code.ANNOUNCEMENT_REASON)
    if len(said) > REASON_LIMIT:
        raise Refusal(Code.TEXT_TOO_LONG, limit=REASON_LIMIT)
    return said


async def _reword(
    session: Session,
    actor: Actor,
    number: int,
    content: Content,
    reason: str,
    now: datetime,
    seen: int | None,
    *,
    retracted: bool = False,
) -> int:
    found = await announcements.facts(session, actor, number)
    row = await queries.one(session, number)
    moved_on = row is None or row.retracted or found.state not in _OUT
    if row is None or moved_on or seen not in {None, row.version}:
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=found.state)
    old, before = Content.from_json(row.content), row.version
    await delivery.settle(session, number)
    # What still waits in the old wording never leaves; whoever waits for it waits for the new one.
    await _hold_back(session, number, now, "withdrawn")
    values = {"version": before + 1, "content": content.to_json(), "retracted": retracted, "changed_at": now}
    if retracted and found.state in _GOING:
        values |= {"state": after(found.state, Act.STOP).value, "finished_at": now}
    await queries.change(session, number, row.state, **values)
    await announcement_waves.word(session, row, content, reason, now, by=actor.person_id)
    if retracted or row.state == State.STOPPED:
        await delivery.stop_waiting(session, number)
    had = await delivery.renew(session, number, before + 1)
    await announcement_waves.fan_out(session, row, content, now, instead_of=old if _fresh(row, now) else None)
    if row.state == State.PAUSED:
        await delivery.set_outbox(session, number, "queued", "paused", None)
    verb = "took_back" if retracted else "corrected"
    await journal.note(session, actor.label, verb, f"announcement:{number}", now, people=had)
    await errands.add(session, ErrandKind.ANNOUNCEMENT_PROGRESS, number, now)
    return had


def _fresh(row: Announcement, now: datetime) -> bool:
    """Whether what was sent may still be edited."""
    return row.left_at is not None and now - row.left_at < EDITABLE


async def _hold_back(session: Session, number: int, now: datetime, why: str) -> int:
    """Nothing that waits will leave; how many messages."""
    held = 0
    for state in ("queued", "paused"):
        held += await delivery.set_outbox(session, number, state, "cancelled", now, why)
    return held


async def _move(
    session: Session, actor: Actor, number: int, act: Act, now: datetime, **values: object
) -> None:
    found = await announcements.facts(session, actor, number)
    became = after(found.state, act)
    if not await queries.change(session, number, found.state, state=became.value, changed_at=now, **values):
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=found.state)
    await journal.note(session, actor.label, f"{act.value}_announcement", f"announcement:{number}", now)


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
