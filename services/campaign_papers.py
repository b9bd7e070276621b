"""What becomes of a plan's file after the turn: read as a draft, given back with its faults, written down."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.campaign_office import PlanFileKind, Standing
from core.campaign_sheets import SheetFinding
from core.messages import Address, FileRef, Message
from core.roles import Permission
from core.texts import campaign_notices as texts
from core.texts import campaign_workbook as sheets
from db.models import CampaignFile
from db.queries import campaign_files as queries
from db.queries import campaigns as version_queries
from db.transaction import Session
from services import campaigns, journal, outbox, people
from services.actor import Actor
from services.papers.campaign_copy import copied
from services.papers.campaign_toml import PlanText


@dataclass(frozen=True, slots=True)
class Asked:
    """A workbook to write: the text of a campaign file (none for the template), and its name."""

    source: str
    name: str


async def source(session: Session, file_id: int) -> tuple[str, FileRef] | None:
    """Where the bytes still lie: the channel and its handle; nothing once they were settled."""
    row = await _waiting(session, file_id)
    if row is None:
        return None
    told = json.loads(row.source)
    return told["address"]["channel"], FileRef(**told["file"])


async def read(session: Session, file_id: int, plan: PlanText, sha256: str, now: datetime) -> None:
    """The workbook says this: it becomes a draft, if its sender may still load plans."""
    row = await _waiting(session, file_id)
    if row is None:
        return
    actor = await _sender(session, row, now)
    if actor is None:
        await queries.settle(session, file_id, state="refused", done_at=now)
        return
    prepared = await campaigns.take_in(session, actor, plan, now)
    await queries.settle(
        session,
        file_id,
        state="drafted",
        version_id=prepared.version_id,
        original_sha256=sha256,
        done_at=now,
    )
    told = (file_id, row.name, prepared.campaign)
    if prepared.standing in {Standing.IN_FORCE, Standing.OLD}:
        notice = texts.published_notice(*told, in_force=prepared.standing is Standing.IN_FORCE)
    else:
        notice = texts.drafted_notice(*told, len(prepared.findings), known=prepared.known)
    await _tell(session, row, notice, now)


async def faulty(
    session: Session, file_id: int, found: Sequence[SheetFinding], sha256: str, now: datetime
) -> None:
    """The workbook has faults: its sender gets them in words, and the workbook with them pointed out."""
    row = await _waiting(session, file_id)
    if row is None:
        return
    lines = tuple(" ".join(sheets.finding(one).split()) for one in found)
    findings = "\n".join(lines)
    await queries.settle(session, file_id, state="faulty", findings=findings, sha256=sha256, done_at=now)
    await journal.note(session, "house", "faulty_plan", f"plan_file:{file_id}", now, faults=len(lines))
    await _tell(session, row, texts.faulty_notice(file_id, row.name, lines, sha256), now)


async def turned_down(session: Session, file_id: int, sentence: str, now: datetime) -> None:
    """The checks of the file itself said no."""
    row = await _waiting(session, file_id)
    if row is None:
        return
    await queries.settle(session, file_id, state="refused", findings=sentence, done_at=now)
    await journal.note(session, "house", "refused_plan", f"plan_file:{file_id}", now)
    await _tell(session, row, texts.turned_down_notice(file_id, row.name, sentence), now)


async def lost(session: Session, file_id: int, now: datetime) -> None:
    """The platform no longer has the bytes, or they could not be read for a day."""
    row = await _waiting(session, file_id)
    if row is None:
        return
    await queries.settle(session, file_id, state="lost", done_at=now)
    notice = texts.lost_notice(file_id, row.name) if row.kind == "sent" else texts.not_made_notice()
    await _tell(session, row, notice, now)


async def asked(session: Session, file_id: int, now: datetime) -> Asked | None:
    """What is to be written down; nothing once it was, or where there is nothing any more."""
    row = await _waiting(session, file_id)
    if row is None:
        return None
    if row.kind == "template":
        return Asked("", texts.TEMPLATE_FILE)
    version = await version_queries.version(session, row.version_id or 0)
    if version is None:
        await queries.settle(session, file_id, state="lost", done_at=now)
        await _tell(session, row, texts.version_dropped_notice(), now)
        return None
    if row.year is None:
        return Asked(version.source, texts.export_file(version.code, version.id or 0))
    return Asked(copied(version.source, row.year), texts.copy_file(version.code, row.year))


async def made(session: Session, file_id: int, name: str, sha256: str, now: datetime) -> None:
    """The workbook is there: it goes to whoever asked."""
    row = await _waiting(session, file_id)
    if row is None:
        return
    await queries.settle(session, file_id, state="made", name=name, sha256=sha256, done_at=now)
    await _tell(session, row, texts.made_notice(PlanFileKind(row.kind), name, sha256), now)


async def _waiting(session: Session, file_id: int) -> CampaignFile | None:
    row = await queries.get(session, file_id)
    return row if row is not None and row.state == "waiting" else None


async def _sender(session: Session, row: CampaignFile, now: datetime) -> Actor | None:
    """Whoever sent a file, with the roles of today; nobody who left, or may no longer load plans."""
    address = Address(**json.loads(row.source)["address"])
    actor = (await people.identify(session, [address], now)).get(address)
    if actor is None or actor.person_id != row.person_id:
        return None
    return actor if actor.may(Permission.LOAD_CAMPAIGN) else None


async def _tell(session: Session, row: CampaignFile, notice: Message, now: datetime) -> None:
    await outbox.notify(session, [row.person_id], notice, now, once=f"plan:{row.id}")
