"""Plans as files: sent by the office and read as drafts, or written down for it to change."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime

from core.campaign_office import PlanFileState
from core.errands import ErrandKind
from core.filenames import clean_name
from core.messages import Address, FileRef
from core.refusals import Code, Refusal
from core.roles import Permission
from db.models import CampaignFile
from db.queries import campaign_files as queries
from db.transaction import Session
from services import campaign_shelf, campaigns, errands, journal
from services.actor import Actor
from services.papers.campaign_copy import years_moved

LARGEST = 5 * 1024 * 1024
"""Bytes; a plan of 500 criteria takes a tenth of it."""
_SUFFIX = ".xlsx"


@dataclass(frozen=True, slots=True)
class PlanFileFacts:
    """A plan's file as it is shown to whoever sent it."""

    id: int
    name: str
    state: PlanFileState
    findings: tuple[str, ...]
    sha256: str
    version_id: int | None


async def receive(session: Session, actor: Actor, file: FileRef, now: datetime) -> int:
    """Take in a workbook; it is fetched, checked and read after the turn. Returns its number."""
    actor.require(Permission.LOAD_CAMPAIGN)
    name = clean_name(file.name)
    if not name.lower().endswith(_SUFFIX):
        raise Refusal(Code.PLAN_NOT_WORKBOOK, name=name)
    if file.size > LARGEST:
        raise Refusal(Code.FILE_TOO_BIG, name=name, size=file.size, limit=LARGEST)
    address = actor.address
    assert isinstance(address, Address)
    source = json.dumps({"address": asdict(address), "file": asdict(file)}, ensure_ascii=False)
    return await _add(
        session,
        actor,
        CampaignFile(kind="sent", name=name, source=source, person_id=actor.person_id, asked_at=now),
    )


async def ask_template(session: Session, actor: Actor, now: datetime) -> None:
    """Ask for the template."""
    actor.require(Permission.LOAD_CAMPAIGN)
    await _add(session, actor, CampaignFile(kind="template", person_id=actor.person_id, asked_at=now))


async def ask_export(session: Session, actor: Actor, version_id: int, now: datetime) -> None:
    """Ask for a version as a workbook."""
    actor.require(Permission.LOAD_CAMPAIGN)
    await campaigns.draft(session, actor, version_id)
    await _add(
        session,
        actor,
        CampaignFile(kind="export", version_id=version_id, person_id=actor.person_id, asked_at=now),
    )


async def ask_next_year(session: Session, actor: Actor, version_id: int, now: datetime) -> int:
    """Ask for a workbook to start the next plan from, out of this version; returns the year it is for."""
    actor.require(Permission.LOAD_CAMPAIGN)
    window = (await campaigns.draft(session, actor, version_id)).campaign.window
    year = window.last_year + 1
    years_moved(window.first_year, window.last_year, year)  # refused now, for the work is done by nobody
    row = CampaignFile(
        kind="next_year", version_id=version_id, year=year, person_id=actor.person_id, asked_at=now
    )
    await _add(session, actor, row)
    return year


async def source_of(session: Session, actor: Actor, code: str) -> str:
    """The file of the version in force, or of the newest while none is."""
    actor.require(Permission.LOAD_CAMPAIGN)
    return await campaign_shelf.leading_source(session, code)


async def one(session: Session, actor: Actor, file_id: int) -> PlanFileFacts:
    """A file the actor sent."""
    actor.require(Permission.LOAD_CAMPAIGN)
    row = await queries.get(session, file_id)
    if row is None or row.person_id != actor.person_id or row.kind != "sent":
        raise Refusal(Code.NOT_FOUND)
    return PlanFileFacts(
        row.id or 0,
        row.name,
        PlanFileState(row.state),
        tuple(row.findings.splitlines()),
        row.sha256,
        row.version_id,
    )


async def _add(session: Session, actor: Actor, row: CampaignFile) -> int:
    session.add(row)
    await session.flush()
    number = row.id or 0
    kind = ErrandKind.READ_PLAN if row.kind == "sent" else ErrandKind.WRITE_PLAN
    await errands.add(session, kind, number, row.asked_at)
    verb = "received_plan" if row.kind == "sent" else "asked_for_plan"
    await journal.note(session, actor.label, verb, f"plan_file:{number}", row.asked_at, kind=row.kind)
    return number
