"""Sheets of new codes: asked for with names, the codes made as the sheet is written, forgotten soon after.

No code is stored: an errand makes them, writes the sheet and hands it over; where it dies in between, the
next try makes others, and those of before are worthless.
"""

import json
from collections.abc import Sequence
from datetime import datetime, timedelta

from core.cut_off import MOST, Slip
from core.errands import ErrandKind
from core.joining import CODE_IN_LINK, Entrance
from core.refusals import Code, Refusal
from core.roles import Permission, Target
from core.texts import channels as channel_texts
from core.texts import cut_off as texts
from db.models import CodeSheet
from db.queries import cut_off as queries
from db.queries import people as people_queries
from db.transaction import Session
from services import channels, errands, journal, outbox, people
from services.actor import Actor, local, today

#: So long the file is kept for whoever asked to fetch it.
KEPT = timedelta(hours=24)
_MIME = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


async def ask(session: Session, actor: Actor, person_ids: Sequence[int], now: datetime) -> None:
    """Ask for new codes for these people on a sheet; it comes in a message of its own.

    Raises `Refusal`: `NOT_FOUND` where one of them is not the actor's to give a code to, `CODE_SHEET_SIZE`
    for nobody or too many, `CODE_SHEET_FILES` where no file can reach the actor.
    """
    actor.require(Permission.ISSUE_CODES)
    there = (await outbox.addresses(session, [actor.person_id])).get(actor.person_id)
    carries = there is not None and outbox.channels(session)[there.channel].files_out
    if not carries:
        raise Refusal(Code.CODE_SHEET_FILES)
    if not 0 < len(person_ids) <= MOST:
        raise Refusal(Code.CODE_SHEET_SIZE)
    for person_id in person_ids:
        if not await _may_issue(session, actor, person_id, now):
            raise Refusal(Code.NOT_FOUND)
    row = CodeSheet(person_id=actor.person_id, people=json.dumps(list(person_ids)), asked_at=now)
    session.add(row)
    await session.flush()
    await errands.add(session, ErrandKind.CODE_SHEET, row.id or 0, now)
    await journal.note(
        session, actor.label, "asked_for_codes", f"sheet:{row.id}", now, people=len(person_ids)
    )


async def write(session: Session, sheet_id: int, now: datetime) -> tuple[Slip, ...]:
    """Make the codes of a sheet; none where it is made already, or whoever asked may not any more."""
    row = await queries.sheet(session, sheet_id)
    actor = await _asker(session, row, now) if row is not None and not row.sha256 else None
    if row is None or actor is None:
        return ()
    entrances = channels.entrances_of(session)
    slips = list[Slip]()
    for person_id in json.loads(row.people):
        if not await _may_issue(session, actor, person_id, now):
            continue
        issued = await people.issue_code(session, actor, person_id, now)
        links, places = list[tuple[str, str]](), list[str]()
        for channel in outbox.channels(session):
            name, entrance = channel_texts.name(channel), entrances.get(channel, Entrance())
            linked = CODE_IN_LINK in entrance.address
            if entrance.address:
                links.append((name, entrance.address.replace(CODE_IN_LINK, issued.token)))
            places.append(texts.how(name, entrance.name, scanned=bool(entrance.address), linked=linked))
        expires = local(session, issued.expires_at)
        slips.append(Slip(issued.name, issued.unit, issued.code, expires, tuple(links), tuple(places)))
    return tuple(slips)


async def made(session: Session, sheet_id: int, sha256: str, count: int, now: datetime) -> None:
    """The sheet is there, or is for nobody: it goes to whoever asked, and is forgotten later."""
    row = await queries.sheet(session, sheet_id)
    if row is None or row.sha256:
        return
    if not sha256:
        await queries.drop_sheet(session, sheet_id)
        return
    await queries.shelved(session, sheet_id, sha256, now)
    name = texts.sheet_name(local(session, now).date(), sheet_id)
    await outbox.notify(session, [row.person_id], texts.sheet_made(count, name, sha256, _MIME), now)
    await errands.add(session, ErrandKind.FORGET_CODE_SHEET, sheet_id, now + KEPT)


async def file_of(session: Session, sheet_id: int) -> str:
    """The file of a sheet that is to be forgotten."""
    row = await queries.sheet(session, sheet_id)
    return row.sha256 if row is not None else ""


async def forgotten(session: Session, sheet_id: int) -> None:
    """Its file is gone."""
    await queries.drop_sheet(session, sheet_id)


async def lost(session: Session, sheet_id: int, now: datetime) -> None:
    """It could not be made for a day."""
    row = await queries.sheet(session, sheet_id)
    if row is not None:
        await queries.drop_sheet(session, sheet_id)
        await outbox.notify(session, [row.person_id], texts.sheet_lost(), now)


async def _may_issue(session: Session, actor: Actor, person_id: int, now: datetime) -> bool:
    person = await people_queries.person(session, person_id)
    if person is None or not person.active:
        return False
    above = await people_queries.units_above(session, person.unit_id, today(session, now))
    return actor.may(Permission.ISSUE_CODES, Target(person_id=person_id, units=above))


async def _asker(session: Session, row: CodeSheet, now: datetime) -> Actor | None:
    """Whoever asked for it, with the roles of today."""
    address = (await outbox.addresses(session, [row.person_id])).get(row.person_id)
    found = await people.identify(session, [address], now) if address is not None else {}
    actor = found.get(address) if address is not None else None
    return actor if actor is not None and actor.may(Permission.ISSUE_CODES) else None
