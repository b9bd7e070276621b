"""The workbook of an announcement's results: asked for in a turn, made by an errand, handed over."""

from dataclasses import dataclass
from datetime import datetime

from core.announcement_content import Content
from core.announcement_results import ResultRow
from core.errands import ErrandKind
from core.roles import Permission
from core.texts import announcement_results as texts
from db.models import AnnouncementSheet
from db.queries import announcement_progress as queries
from db.queries import announcements as announcement_queries
from db.transaction import Session
from services import announcement_results, announcements, errands, journal, outbox, people
from services.actor import Actor

_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True, slots=True)
class Results:
    """What goes into the workbook."""

    number: int
    content: Content
    rows: list[ResultRow]


async def ask(session: Session, actor: Actor, number: int, now: datetime) -> None:
    """Ask for the workbook; it comes in a message of its own."""
    actor.require(Permission.ANNOUNCE)
    await announcements.facts(session, actor, number)
    row = AnnouncementSheet(announcement_id=number, person_id=actor.person_id, asked_at=now)
    session.add(row)
    await session.flush()
    await errands.add(session, ErrandKind.ANNOUNCEMENT_SHEET, row.id or 0, now)
    await journal.note(session, actor.label, "asked_for_results", f"announcement:{number}", now)


async def results(session: Session, sheet_id: int, now: datetime) -> Results | None:
    """What the workbook says; nothing where it is made already, or whoever asked may not see it any more."""
    row = await queries.sheet(session, sheet_id)
    actor = await _asker(session, row, now) if row is not None else None
    if row is None or actor is None or not await announcements.may_see(session, actor, row.announcement_id):
        return None
    number = row.announcement_id
    content = (await announcements.facts(session, actor, number)).content
    return Results(number, content, await announcement_results.rows(session, actor, number))


async def made(session: Session, sheet_id: int, sha256: str, now: datetime) -> None:
    """The workbook is there (or, without `sha256`, is for nobody): it goes to whoever asked."""
    row = await queries.sheet(session, sheet_id)
    if row is None:
        return
    await queries.drop_sheet(session, sheet_id)
    found = await announcement_queries.one(session, row.announcement_id)
    if not sha256 or found is None:
        return
    title, name = Content.from_json(found.content).title, texts.sheet_name(row.announcement_id)
    notice = texts.sheet_made(title, name, sha256, _MIME)
    await outbox.notify(session, [row.person_id], notice, now)


async def lost(session: Session, sheet_id: int, now: datetime) -> None:
    """It could not be made for a day."""
    row = await queries.sheet(session, sheet_id)
    if row is None:
        return
    await queries.drop_sheet(session, sheet_id)
    await outbox.notify(session, [row.person_id], texts.sheet_lost(row.announcement_id), now)


async def _asker(session: Session, row: AnnouncementSheet, now: datetime) -> Actor | None:
    """Whoever asked for it, with the roles of today."""
    address = (await outbox.addresses(session, [row.person_id])).get(row.person_id)
    found = await people.identify(session, [address], now) if address is not None else {}
    actor = found.get(address) if address is not None else None
    return actor if actor is not None and actor.may(Permission.ANNOUNCE) else None
