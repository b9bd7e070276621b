"""Files of an announcement: received with the draft, checked like evidence, shown as their cleaned copies."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from core.announcement_choices import with_files
from core.announcement_content import MOST_FILES, Content
from core.announcement_writing import begun
from core.announcements import State
from core.errands import ErrandKind
from core.evidence import Allowance
from core.filenames import clean_name
from core.messages import FileOut, FileRef, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import announcement_writing as texts
from db.models import AnnouncementFile
from db.queries import announcement_files as queries
from db.queries import announcements as announcement_queries
from db.queries import campaign_files as plan_files
from db.transaction import Session
from services import announcements, campaign_shelf, errands, journal, outbox
from services.actor import Actor


@dataclass(frozen=True, slots=True)
class Checking:
    """A file that is still being checked."""

    id: int
    name: str


async def receive(
    session: Session, actor: Actor, number: int, files: Sequence[FileRef], now: datetime
) -> int:
    """Take files in for a draft; they are fetched and checked after the turn. How many it has then.

    What is written below a photo becomes the words of a draft that has none. Raises `Refusal`:
    `ANNOUNCEMENT_FILES`, `FILE_TOO_BIG`, `DAILY_QUOTA`.
    """
    actor.require(Permission.ANNOUNCE)
    content = await _draft(session, actor, number)
    there = len(content.files) + len(await queries.waiting(session, number))
    if there + len(files) > MOST_FILES:
        raise Refusal(Code.ANNOUNCEMENT_FILES, limit=MOST_FILES)
    await _ensure_allowed(session, actor, files, now)
    assert actor.address is not None
    for file in files:
        row = AnnouncementFile(
            announcement_id=number,
            person_id=actor.person_id,
            name=clean_name(file.name),
            size=file.size,
            source=json.dumps({"channel": actor.address.channel, "file": asdict(file)}, ensure_ascii=False),
            received_at=now,
        )
        file_id = await queries.add(session, row)
        await errands.add(session, ErrandKind.FETCH_ANNOUNCEMENT_FILE, file_id, now)
        await journal.note(session, actor.label, "received_file", f"announcement:{number}", now, file=file_id)
    caption = next((file.caption for file in files if file.caption), "")
    if caption and not content.body:
        said = begun(caption)
        worded = replace(content, title=content.title or said.title, body=said.body)
        if content.title and said.title:
            worded = replace(content, body=caption)
        await announcements.write(session, actor, number, worded, now)
    return there + len(files)


async def attach_plan(session: Session, actor: Actor, number: int, version_id: int, now: datetime) -> bool:
    """Let the workbook of a plan come with a draft, where the plan came as one; whether it does."""
    actor.require(Permission.ANNOUNCE)
    await _draft(session, actor, number)
    name = await plan_files.sent_as(session, version_id)
    if not name:
        return False
    row = AnnouncementFile(
        announcement_id=number,
        person_id=actor.person_id,
        name=name,
        size=0,
        source=json.dumps({"plan": version_id}),
        received_at=now,
    )
    file_id = await queries.add(session, row)
    await errands.add(session, ErrandKind.FETCH_ANNOUNCEMENT_FILE, file_id, now)
    return True


async def checking(session: Session, actor: Actor, number: int) -> list[Checking]:
    """The files of a draft that are still being checked."""
    actor.require(Permission.ANNOUNCE)
    await announcements.facts(session, actor, number)
    return [Checking(row.id or 0, row.name) for row in await queries.waiting(session, number)]


async def remove(session: Session, actor: Actor, number: int, sha256: str, now: datetime) -> None:
    """Take a file out of a draft."""
    actor.require(Permission.ANNOUNCE)
    content = await _draft(session, actor, number)
    left = tuple(file for file in content.files if file.sha256 != sha256)
    await announcements.write(session, actor, number, replace(content, files=left), now)


async def remove_unchecked(session: Session, actor: Actor, number: int, file_id: int, now: datetime) -> None:
    """Take a file out that is still being checked."""
    actor.require(Permission.ANNOUNCE)
    await _draft(session, actor, number)
    row = await queries.get(session, file_id)
    if row is None or row.announcement_id != number:
        raise Refusal(Code.NOT_FOUND)
    await queries.remove(session, file_id, now)


async def source(session: Session, file_id: int) -> tuple[str, FileRef] | None:
    """Where the bytes still lie: the channel and its handle; nothing once they were settled."""
    row = await _waiting(session, file_id)
    if row is None:
        return None
    told = json.loads(row.source)
    return None if "plan" in told else (told["channel"], FileRef(**told["file"]))


async def plan(session: Session, file_id: int) -> str:
    """The plan that is to be written down for an announcement; nothing for what people sent."""
    row = await _waiting(session, file_id)
    version_id = json.loads(row.source).get("plan") if row is not None else None
    if version_id is None:
        return ""
    return (await campaign_shelf.row(session, version_id)).source


async def stored(session: Session, file_id: int, served_sha256: str, mime: str, now: datetime) -> None:
    """The checks passed: the draft has the file now, in the order the files came."""
    row = await _waiting(session, file_id)
    if row is None:
        return
    photo = json.loads(row.source).get("file", {}).get("photo", False) and mime.startswith("image/")
    await queries.settle(session, file_id, state="clean", sha256=served_sha256, checked_at=now)
    kept = await announcement_queries.one(session, row.announcement_id)
    if kept is None or kept.state != State.DRAFT:
        return
    content = Content.from_json(kept.content)
    if any(one.sha256 == served_sha256 for one in content.files):
        await _tell(session, row, texts.same_notice(row.announcement_id, row.name), now)
    elif row.removed_at is None:
        place = await queries.order(session, row.announcement_id)
        fresh = FileOut(served_sha256, row.name, mime, photo=photo, size=row.size)
        more = with_files(content, [fresh])
        sorted_files = sorted(more.files, key=lambda one: place.get(one.sha256, 0))
        content = replace(more, files=tuple(sorted_files))
        await announcement_queries.change(
            session, row.announcement_id, kept.state, content=content.to_json(), changed_at=now
        )
    await journal.note(session, "house", "stored_file", f"announcement:{row.announcement_id}", now)


async def refused(session: Session, file_id: int, reason: str, sentence: str, now: datetime) -> None:
    """The checks said no: its author is told why and how to mend it; the draft stays."""
    row = await _waiting(session, file_id)
    if row is None:
        return
    await queries.settle(session, file_id, state="refused", reason=reason, checked_at=now)
    about = f"announcement:{row.announcement_id}"
    await journal.note(session, "house", "refused_file", about, now, reason=reason)
    await _tell(session, row, texts.refused_notice(row.announcement_id, row.name, sentence), now)


async def lost(session: Session, file_id: int, now: datetime) -> None:
    """The platform no longer has the bytes: its author is asked to send them again."""
    row = await _waiting(session, file_id)
    if row is None:
        return
    await queries.settle(session, file_id, state="lost", checked_at=now)
    await journal.note(session, "house", "lost_file", f"announcement:{row.announcement_id}", now)
    await _tell(session, row, texts.lost_notice(row.announcement_id, row.name), now)


async def _draft(session: Session, actor: Actor, number: int) -> Content:
    found = await announcements.facts(session, actor, number)
    if found.state is not State.DRAFT or found.author_id != actor.person_id:
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=found.state)
    return found.content


async def _ensure_allowed(session: Session, actor: Actor, files: Sequence[FileRef], now: datetime) -> None:
    allowed = session.info.get("allowance", Allowance())
    assert isinstance(allowed, Allowance)
    for file in files:
        if file.size > allowed.file_bytes:
            raise Refusal(
                Code.FILE_TOO_BIG, name=clean_name(file.name), size=file.size, limit=allowed.file_bytes
            )
    count, size = await queries.received_since(session, actor.person_id, now - timedelta(days=1))
    size += sum(one.size for one in files)
    if count + len(files) > allowed.files_a_day or size > allowed.bytes_a_day:
        raise Refusal(Code.DAILY_QUOTA, limit=allowed.files_a_day)


async def _waiting(session: Session, file_id: int) -> AnnouncementFile | None:
    row = await queries.get(session, file_id)
    return row if row is not None and row.state == "waiting" else None


async def _tell(session: Session, row: AnnouncementFile, notice: Message, now: datetime) -> None:
    """Its sender, unless they took the file out meanwhile."""
    if row.removed_at is None:
        await outbox.notify(session, [row.person_id], notice, now, once=f"announcement_file:{row.id}")
