"""An announcement under way: counted, paused, stopped, corrected, taken back."""

from datetime import datetime, timedelta

from core.announcement_approval import Rewording
from core.announcement_content import Content
from core.announcement_results import Spread
from core.announcements import Act, State, after
from core.errands import ErrandKind
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import announcements as texts
from core.vietnamese import clean_line
from db.models import Announcement
from db.queries import announcement_delivery as delivery
from db.queries import announcement_replacing as replacing
from db.queries import announcement_results as result_queries
from db.queries import announcements as queries
from db.transaction import Session
from services import (
    announcement_changes,
    announcement_progress,
    announcement_replacing,
    announcement_waves,
    announcements,
    errands,
    journal,
    outbox,
)
from services.actor import Actor

#: The card of progress is renewed no more often.
RENEWED_EVERY = timedelta(seconds=3)
REASON_LIMIT = 300
_OUT = frozenset({State.RUNNING, State.PAUSED, State.STOPPED, State.FINISHED})


async def settle(session: Session, number: int, now: datetime) -> bool:
    """Count what has arrived and renew the author's card; whether to look again soon.

    What has all arrived is finished, once it is queued for everybody. What the courier put back after a
    pause or a stop is held again.
    """
    row = await queries.one(session, number)
    if row is None:
        return False
    if row.state == State.PAUSED:
        await delivery.set_outbox(session, number, "queued", "paused", None)
    if row.state == State.STOPPED:
        await delivery.set_outbox(session, number, "queued", "cancelled", now, "stopped")
    await result_queries.settle(session, number)
    if row.laid_to is not None:
        return True
    moving = await delivery.under_way(session, number, "queued", "sending") > 0
    if row.state == State.RUNNING and not moving:
        became = after(State.RUNNING, Act.FINISH)
        if not await queries.change(session, number, row.state, state=became.value, finished_at=now):
            return True
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
    stopped = await announcement_replacing.hold_back(session, number, now, "stopped")
    await result_queries.settle(session, number)
    await errands.add(session, ErrandKind.ANNOUNCEMENT_PROGRESS, number, now)
    return stopped


async def spread(session: Session, actor: Actor, number: int, content: Content, now: datetime) -> Spread:
    """How this wording would reach those who have another one, were it sent now."""
    actor.require(Permission.ANNOUNCE)
    found = await announcements.facts(session, actor, number)
    row = await queries.one(session, number)
    fresh = row is not None and announcement_replacing.fresh(row, now)
    in_place, follows, waiting, gone, kept, erased, told = dict[str, int](), dict[str, int](), 0, 0, 0, 0, 0
    for channel, got, count, confirmed in await replacing.holders(session, number):
        if not outbox.served(session, channel):
            gone += count
            continue
        old = await announcement_waves.wording(session, number, got) if got else None
        if row is None or old is None:
            waiting += count
            continue
        fits = fresh and await announcement_waves.replacing(session, row, content, old, channel)
        kind = in_place if fits else follows
        kind[channel] = kind.get(channel, 0) + count
        told += confirmed if fits else 0
        if fresh and outbox.erases(session, channel):
            erased += count
        else:
            kept += count
    files = len(set(found.content.files) - set(content.files))
    return Spread(in_place, follows, waiting, fresh, gone, files, kept, erased, told)


async def correct(
    session: Session,
    actor: Actor,
    number: int,
    content: Content,
    reason: str,
    now: datetime,
    seen: int | None = None,
) -> int | None:
    """Give everybody who has, or would get, the wrong wording the right one; how many.

    None where somebody else has to agree first, and is asked.

    Where the channel can, and the message is not older than 48 hours, it takes the place of the wrong one;
    elsewhere it follows. Raises `Refusal` (`ANNOUNCEMENT_MOVED_ON`) where `seen` is not the wording in force.
    """
    actor.require(Permission.ANNOUNCE)
    right, said = corrected(content), reason_of(reason)
    return await _reword_or_ask(session, actor, number, texts.corrected(right, said), said, now, seen)


async def take_back(
    session: Session, actor: Actor, number: int, reason: str, now: datetime, seen: int | None = None
) -> int | None:
    """Tell everybody who has it that it no longer holds, in its place where the channel can; how many.

    What has not left yet never will. None where somebody else has to agree first, and is asked.
    """
    actor.require(Permission.ANNOUNCE)
    found = await announcements.facts(session, actor, number)
    said = reason_of(reason)
    wording = texts.taken_back(found.content, said)
    return await _reword_or_ask(session, actor, number, wording, said, now, seen, retracted=True)


async def approve_change(
    session: Session, actor: Actor, number: int, now: datetime, seen: str | None = None
) -> int:
    """Let somebody else's correction or retraction go; to how many.

    Raises `Refusal`: `TWO_PEOPLE` for one's own, `ANNOUNCEMENT_MOVED_ON` where `seen` is not its mark.
    """
    actor.require(Permission.APPROVE_ANNOUNCEMENTS)
    agreed = await announcement_changes.agreed(session, actor, number, now, seen)
    row = await _rewordable(session, actor, number, agreed.version)
    return await _reword(session, actor, row, agreed, now)


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


async def _reword_or_ask(
    session: Session,
    actor: Actor,
    number: int,
    content: Content,
    reason: str,
    now: datetime,
    seen: int | None,
    *,
    retracted: bool = False,
) -> int | None:
    row = await _rewordable(session, actor, number, seen)
    change = Rewording(content, reason, actor.person_id, row.version, now.isoformat(), retracted)
    if await announcement_changes.needs_other(session, actor, number, retracts=retracted):
        await announcement_changes.ask(session, actor, number, change, now)
        return None
    return await _reword(session, actor, row, change, now)


async def _rewordable(session: Session, actor: Actor, number: int, seen: int | None) -> Announcement:
    """One that people may have, in the wording seen. Raises `Refusal` (`ANNOUNCEMENT_MOVED_ON`)."""
    found = await announcements.facts(session, actor, number)
    row = await queries.one(session, number)
    moved_on = row is None or row.retracted or found.state not in _OUT
    if row is None or moved_on or seen not in {None, row.version}:
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=found.state)
    return row


async def _reword(session: Session, actor: Actor, row: Announcement, change: Rewording, now: datetime) -> int:
    await announcement_changes.overtaken(session, row, now)
    content, reason, retracted = change.content, change.reason, change.retracts
    had = await announcement_replacing.reword(
        session, row, content, reason, now, change.by, retracted=retracted
    )
    verb = "retracted" if retracted else "corrected"
    await journal.note(session, actor.label, verb, f"announcement:{row.id}", now, people=had)
    return had


async def _move(
    session: Session, actor: Actor, number: int, act: Act, now: datetime, **values: object
) -> None:
    found = await announcements.facts(session, actor, number)
    became = after(found.state, act)
    if not await queries.change(session, number, found.state, state=became.value, changed_at=now, **values):
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=found.state)
    await journal.note(session, actor.label, f"{act.value}_announcement", f"announcement:{number}", now)
