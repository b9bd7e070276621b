"""The archive of a submission: what goes into it, and that it was made."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.dossier_submission import Then, then
from core.messages import Address, FileOut, Message
from core.refusals import Code, Refusal
from core.texts import dossier_submission as texts
from db.models import DossierArchive
from db.queries import dossiers as queries
from db.transaction import Session
from services import journal, outbox
from services.actor import local


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is packed: the content as it was submitted, its JSON and digest, and when (office time)."""

    held: Then
    text: str
    digest: str
    at: datetime


async def wanted(session: Session, submission_id: int) -> Wanted | None:
    """What an archive is made of; nothing where it is there already."""
    row = await queries.submission(session, submission_id)
    if row is None or await queries.archive(session, submission_id):
        return None
    return Wanted(then(row.content), row.content, row.digest, local(session, row.made_at))


async def made(session: Session, submission_id: int, parts: Sequence[tuple[str, int]], now: datetime) -> None:
    """Note its parts (SHA-256 and size), once; whoever handed the dossier in is told."""
    row = await queries.submission(session, submission_id)
    if row is None or await queries.archive(session, submission_id):
        return
    session.add_all(
        DossierArchive(submission_id=submission_id, part=place, sha256=sha256, size=size, made_at=now)
        for place, (sha256, size) in enumerate(parts, 1)
    )
    await session.flush()
    if row.made_by is not None:
        total = sum(size for _sha256, size in parts)
        notice = texts.archive_notice(row.receipt, row.dossier_id, row.version, len(parts), total)
        await outbox.notify(session, [row.made_by], notice, now, once=f"archive:{submission_id}")


async def latest(session: Session, dossier_id: int) -> tuple[FileOut, ...]:
    """The archive of what was handed in last, part by part; nothing before it is packed."""
    for row in (await queries.submissions(session, dossier_id))[:1]:
        parts = [(one.sha256, one.size) for one in await queries.archive(session, row.id or 0)]
        return texts.archive_parts(row.receipt, parts)
    return ()


async def handed(session: Session, label: str, to: Address, dossier_id: int, now: datetime) -> None:
    """Hand it over to somebody who may see the whole dossier; that they took it is in the journal."""
    files = await latest(session, dossier_id)
    if not files:
        raise Refusal(Code.NOT_FOUND)
    await journal.note(session, label, "took_archive", f"dossier:{dossier_id}", now)
    for file in files:
        await outbox.post(session, to, Message(files=(file,)), outbox.Lane.ANSWER, now)


async def lost(session: Session, submission_id: int, now: datetime) -> None:
    """It could not be made for a day."""
    row = await queries.submission(session, submission_id)
    if row is not None and row.made_by is not None:
        notice = texts.archive_lost(row.receipt, row.dossier_id)
        await outbox.notify(session, [row.made_by], notice, now, once=f"archive:{submission_id}")
