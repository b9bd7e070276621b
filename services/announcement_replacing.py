"""Another wording in the place of one that people have, or would get: it follows it wherever that went."""

from datetime import datetime

from core.announcement_content import Content
from core.announcements import EDITABLE, Act, State, after
from core.errands import ErrandKind
from core.refusals import Code, Refusal
from core.texts import announcements as texts
from db.models import Announcement
from db.queries import announcement_delivery as delivery
from db.queries import announcement_replacing as replacing
from db.queries import announcement_results as result_queries
from db.queries import announcements as queries
from db.transaction import Session
from services import announcement_waves, errands, journal, outbox

_OUT = frozenset({State.RUNNING, State.PAUSED, State.STOPPED, State.FINISHED})
_GOING = frozenset({State.RUNNING, State.PAUSED})
_OPEN = frozenset({State.DRAFT, State.WAITING, State.SCHEDULED})


def fresh(row: Announcement, now: datetime) -> bool:
    """Whether what was sent may still be edited."""
    return row.left_at is not None and now - row.left_at < EDITABLE


async def hold_back(session: Session, number: int, now: datetime, why: str) -> int:
    """Nothing that waits will leave; how many messages."""
    held = 0
    for state in ("queued", "paused"):
        held += await delivery.set_outbox(session, number, state, "cancelled", now, why)
    return held


async def reword(
    session: Session,
    row: Announcement,
    content: Content,
    reason: str,
    now: datetime,
    by: int,
    *,
    retracted: bool,
) -> int:
    """Give everybody who has something of it, or waits for it, this wording; how many.

    What reminds of it, or says it again next year, says the same, or is given up where it is `retracted`.
    Raises `Refusal` (`ANNOUNCEMENT_LEAVING`) while one of them is still being queued.
    """
    number = row.id or 0
    told = await _replace(session, row, content, reason, now, by, retracted=retracted)
    for one in await replacing.reminders(session, number, _OUT):
        repeated = content if retracted else texts.reminder(content)
        await _replace(session, one, repeated, reason, now, by, retracted=retracted)
    for one in await replacing.reminders(session, number, _OPEN):
        await _change(session, one, None if retracted else texts.reminder(content), now, by)
    for one in await replacing.repetitions(session, number, _OPEN):
        await _change(session, one, None if retracted else texts.plain(content, reason), now, by)
    return told


async def _replace(
    session: Session,
    row: Announcement,
    content: Content,
    reason: str,
    now: datetime,
    by: int,
    *,
    retracted: bool,
) -> int:
    number, state = row.id or 0, State(row.state)
    if row.laid_to is not None:
        raise Refusal(Code.ANNOUNCEMENT_LEAVING)
    await result_queries.settle(session, number)
    await replacing.note_parts(session, number)
    # What still waits in the old wording never leaves; whoever waits for it waits for the new one.
    await hold_back(session, number, now, "withdrawn")
    values = {"version": row.version + 1, "content": content.to_json(), "retracted": retracted}
    if state not in _GOING:
        values |= {"state": after(state, Act.CORRECT).value}
    elif retracted and state is State.PAUSED:
        values |= {"state": after(state, Act.RESUME).value}
    if not await queries.change(session, number, state, changed_at=now, **values):
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=state)
    await announcement_waves.word(session, row, content, reason, now, by=by)
    if retracted or state is State.STOPPED:
        await replacing.stop_waiting(session, number)
    had = await replacing.renew(session, number, row.version)
    await announcement_waves.fan_out(session, row, content, now, in_place=fresh(row, now))
    if row.state == State.PAUSED:
        await delivery.set_outbox(session, number, "queued", "paused", None)
    await errands.add(session, ErrandKind.ANNOUNCEMENT_PROGRESS, number, now)
    return had


async def _change(
    session: Session, row: Announcement, content: Content | None, now: datetime, by: int
) -> None:
    """One that has not left says the same, or is given up, and its author hears of that."""
    number, state = row.id or 0, State(row.state)
    if content is not None:
        changed = await queries.change(session, number, state, content=content.to_json(), changed_at=now)
    else:
        draft = state if state is State.DRAFT else after(state, Act.UNDO)
        became = after(draft, Act.DISCARD).value
        values = {"state": became, "leaves_at": None, "yearly": False, "changed_at": now}
        changed = await queries.change(session, number, state, **values)
    if not changed:
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=state)
    if content is None:
        await journal.note(session, "house", "discarded_announcement", f"announcement:{number}", now)
        title = Content.from_json(row.content).title
        if row.author_id != by or state is not State.DRAFT:
            await outbox.notify(session, [row.author_id], texts.fell_away(title), now)
