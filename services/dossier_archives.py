"""The archive of a submission: what goes into it, and that it was made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.dossier_archive import JSON
from core.dossier_submission import SIGNED, FileThen, Then, then
from core.messages import Address, FileOut, Message
from core.refusals import Code, Refusal
from core.texts import dossier_submission as texts
from core.texts import signing as signing_texts
from db.models import DossierArchive
from db.queries import assessment as assessment_queries
from db.queries import dossiers as queries
from db.transaction import Session
from services import journal, outbox
from services.actor import local


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is packed: the content as it was submitted, its JSON and digest, and when (office time).

    `signed` are the self-assessments in it: word for word, or None for a paper in the file store.
    """

    held: Then
    text: str
    digest: str
    at: datetime
    signed: Mapping[FileThen, str | None]


async def wanted(session: Session, submission_id: int) -> Wanted | None:
    """What an archive is made of; nothing where it is there already."""
    row = await queries.submission(session, submission_id)
    if row is None or await queries.archive(session, submission_id):
        return None
    held = then(row.content)
    return Wanted(
        held, row.content, row.digest, local(session, row.made_at), await _signed(session, held.receipts)
    )


async def _signed(session: Session, receipts: Sequence[str]) -> dict[FileThen, str | None]:
    """What was signed under these receipts, in their order, each with its paper where that is made."""
    rows = {row.receipt: row for row in await assessment_queries.by_receipts(session, receipts)}
    found: dict[FileThen, str | None] = {}
    for place, receipt in enumerate(receipts, 1):
        row = rows.get(receipt)
        if row is None:
            continue
        name = texts.signed_name(receipt)
        found[FileThen(receipt, name, row.digest, row.digest, JSON, place, SIGNED)] = row.content
        if row.copy_sha256:
            paper = signing_texts.signed_copy_file(receipt, row.copy_sha256)
            copy = row.copy_sha256
            found[FileThen(receipt, paper.name, copy, copy, paper.mime, place, SIGNED, made=True)] = None
    return found


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
