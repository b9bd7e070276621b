"""How a wording gets on its way: kept, addressed to everybody it is for, queued in the outbox."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from core.announcement_content import Content
from core.announcements import Addressee, NotReached, State
from core.messages import Message
from core.texts import announcements as texts
from db.models import Announcement, AnnouncementWording
from db.queries import announcement_delivery as delivery
from db.queries import announcement_replacing as replace_queries
from db.queries import announcements as queries
from db.queries.announcement_delivery import Wave
from db.transaction import Session
from services import announcement_audience, outbox

#: A notice that has not left for so long is worth nothing.
LIFE = timedelta(days=3)
_Put = Callable[[Session, Wave, tuple[int, int]], Awaitable[int]]


async def word(
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


async def keep(
    session: Session,
    number: int,
    people: Sequence[Addressee],
    accounts: Mapping[int, int],
    *,
    stopped: bool = False,
) -> None:
    """Who it is for is settled when it leaves, those who cannot be reached among them.

    Whose account was taken from them since they were found is one of these; of one that was `stopped`
    meanwhile, all others wait for nothing.
    """
    missed = defaultdict[NotReached, list[int]](list)
    for one in people:
        missed[one.why or NotReached.NO_ACCOUNT].append(one.person_id)
    written_to = [accounts[one.person_id] for one in people if one.why is None]
    if written_to:
        await delivery.keep_recipients(session, number, written_to, NotReached.STOPPED if stopped else None)
    for why, ids in missed.items():
        await delivery.keep_missed(session, number, ids, why)


async def lay(session: Session, row: Announcement, people: tuple[int, int], now: datetime) -> None:
    """Queue the first wording for the recipients above one number and up to another, who have nothing yet.

    Of one that was paused meanwhile it is held. On a channel that is served no more nobody is reached.
    """
    number, content = row.id or 0, Content.from_json(row.content)
    for channel, got in await delivery.waiting(session, number, row.version, people):
        if not outbox.served(session, channel):
            await replace_queries.miss(session, number, channel)
            continue
        parts = outbox.payloads(session, channel, await _message(session, row, content))
        held = row.state == State.PAUSED
        await delivery.fan_out(
            session, Wave(number, row.version, channel, got, parts, now, now + LIFE, held=held), people
        )


async def fan_out(
    session: Session, row: Announcement, content: Content, now: datetime, *, in_place: bool = False
) -> None:
    """Queue another wording for everybody who waits for it, `in_place` of what they have where possible.

    Whoever confirmed what a correction replaces is told by a message besides: an edit does not ring.
    Whoever lacks one of its files gets that too; where it has none any more, those they have are taken away.
    On a channel that is served no more nobody is reached.
    """
    number = row.id or 0
    for channel, got in await delivery.waiting(session, number, row.version):
        if not outbox.served(session, channel):
            await replace_queries.miss(session, number, channel)
            continue
        old = await wording(session, number, got) if got and in_place else None
        words = await replacing(session, row, content, old, channel) if old is not None else []
        parts = outbox.payloads(session, channel, await _message(session, row, content))
        wave = Wave(number, row.version, channel, got, parts, now, now + LIFE)
        if words:
            await _queue(session, replace(wave, parts=words, replaces=got))
            files = parts[len(words) :]
            await _queue(session, replace(wave, parts=files, first=len(words), lacking=True))
            if not row.retracted:
                notice = outbox.payloads(session, channel, texts.replaced(content, number, row.version))
                await _queue(session, replace(wave, parts=notice, confirmed=True))
        else:
            await _queue(session, wave)
        if old is not None and not content.files and outbox.erases(session, channel):
            await _in_portions(session, wave, delivery.take_away)


async def wording(session: Session, number: int, version: int) -> Content | None:
    """What one wording said."""
    row = await queries.wording(session, number, version)
    return Content.from_json(row.content) if row is not None else None


async def _queue(session: Session, wave: Wave) -> None:
    if wave.parts:
        await _in_portions(session, wave, delivery.fan_out)


async def _in_portions(session: Session, wave: Wave, put: _Put) -> None:
    done = 0
    while last := await delivery.stretch(session, wave, done, announcement_audience.PORTION):
        await put(session, wave, (done, last))
        done = last
        await asyncio.sleep(0)


async def replacing(
    session: Session, row: Announcement, content: Content, instead_of: Content, channel: str
) -> list[str]:
    """The parts that take the places of another wording's on a channel; none where it cannot be done.

    Only words can be replaced, part for part; files stay where they are.
    """
    if not outbox.served(session, channel) or not outbox.edits(session, channel):
        return []
    if content.files and content.files != instead_of.files:
        return []
    ours = await _words(session, row, content, channel)
    theirs = await _words(session, row, instead_of, channel)
    return ours if len(ours) == len(theirs) else []


async def _words(session: Session, row: Announcement, content: Content, channel: str) -> list[str]:
    message = await _message(session, row, content)
    parts = outbox.payloads(session, channel, message)
    return parts[: len(parts) - outbox.file_calls(session, channel, message)]


async def _message(session: Session, row: Announcement, content: Content) -> Message:
    """A wording as it arrives; where it reminds of another announcement, reading counts for that."""
    original = await queries.one(session, row.reminds) if row.reminds is not None else None
    if original is None:
        return texts.message(content, row.id or 0, row.version)
    return texts.message(content, original.id or 0, await _reminded(session, original, content))


async def _reminded(session: Session, original: Announcement, content: Content) -> int:
    """Which wording a reminder repeats: whoever confirms one of before is shown the one of now.

    One that its author wrote otherwise counts for that of now, unless it asks another question.
    """
    told = {
        one.version: Content.from_json(one.content)
        for one in await queries.wordings(session, original.id or 0)
    }
    same = [
        version
        for version, one in told.items()
        if (one.body, one.question) == (content.body, content.question)
    ]
    asked = Content.from_json(original.content).question
    return max(same, default=original.version if asked == content.question else 0)
