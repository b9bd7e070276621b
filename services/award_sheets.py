"""Sheets of earlier awards: sent, judged cell by cell, and entered as a whole once nothing is wrong."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime

from core.awards import (
    AwardSheetFacts,
    AwardSheetState,
    Column,
    Decision,
    Fault,
    Line,
    SheetFault,
    SheetText,
    judged,
)
from core.errands import ErrandKind
from core.filenames import clean_name
from core.messages import Address, FileRef
from core.organisation import UnitIndex, code_key
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import award_sheets as texts
from core.vietnamese import fold
from db.models import AwardSheet
from db.queries import awards as queries
from db.transaction import Session
from services import awards, errands, hindrances, journal, outbox, people, people_roster
from services.actor import Actor, today
from services.hindrances import Whom

LARGEST = 5 * 1024 * 1024
"""Bytes; a thousand rows take a thirtieth of it."""
_SUFFIX = ".xlsx"
_SHOWN = 6

Row = tuple[Line, Whom, Decision]


async def receive(session: Session, actor: Actor, file: FileRef, now: datetime) -> int:
    """Take in a workbook; it is fetched, checked and read after the turn. Returns its number."""
    actor.require(Permission.COMMEND)
    name = clean_name(file.name)
    if not name.lower().endswith(_SUFFIX):
        raise Refusal(Code.AWARD_SHEET_NOT_XLSX)
    if file.size > LARGEST:
        raise Refusal(Code.FILE_TOO_BIG, name=name, size=file.size, limit=LARGEST)
    address = actor.address
    assert isinstance(address, Address)
    source = json.dumps({"address": asdict(address), "file": asdict(file)}, ensure_ascii=False)
    row = AwardSheet(person_id=actor.person_id, name=name, source=source, sent_at=now)
    session.add(row)
    await session.flush()
    number = row.id or 0
    await errands.add(session, ErrandKind.READ_AWARDS, number, now)
    await journal.note(session, actor.label, "received_award_sheet", f"award_sheet:{number}", now)
    return number


async def sent(session: Session, actor: Actor) -> list[AwardSheetFacts]:
    """What was sent lately, by whomever."""
    actor.require(Permission.COMMEND)
    return [_facts(row) for row in await queries.sheets(session, _SHOWN)]


async def one(
    session: Session, actor: Actor, sheet_id: int, now: datetime
) -> tuple[AwardSheetFacts, list[Row]]:
    """One of them, with the awards in it while they wait to be entered."""
    actor.require(Permission.COMMEND)
    row = await _known(session, sheet_id)
    if row.state != AwardSheetState.READ.value:
        return _facts(row), []
    rows, _faults = await _judged(session, _stored(row), actor, now)
    return _facts(row), rows


async def ask_template(session: Session, actor: Actor, now: datetime) -> None:
    """Ask for the template as a file."""
    actor.require(Permission.COMMEND)
    await errands.add(session, ErrandKind.GIVE_AWARD_TEMPLATE, actor.person_id, now)


async def template_made(session: Session, person_id: int, sha256: str, now: datetime) -> None:
    """It lies in the file store: it goes to whoever asked."""
    once = f"award_template:{person_id}:{now.isoformat()}"
    await outbox.notify(session, [person_id], texts.template_notice(sha256), now, once=once)


async def source(session: Session, sheet_id: int) -> tuple[str, FileRef] | None:
    """Where the bytes still lie; nothing once they were settled."""
    row = await _waiting(session, sheet_id)
    if row is None:
        return None
    told = json.loads(row.source)
    return told["address"]["channel"], FileRef(**told["file"])


async def judge(session: Session, sheet_id: int, sheet: SheetText, now: datetime) -> list[SheetFault]:
    """Everything that is wrong with a sheet, for whoever sent it; nobody's, where they may not any more."""
    row = await _waiting(session, sheet_id)
    if row is None or sheet.faults:
        return list(sheet.faults)
    actor = await _sender(session, row, now)
    return await wrong(session, actor, sheet.lines, now) if actor is not None else []


async def wrong(session: Session, actor: Actor, lines: Sequence[Line], now: datetime) -> list[SheetFault]:
    """Everything that keeps these rows from being entered by somebody, row by row."""
    actor.require(Permission.COMMEND)
    return (await _judged(session, lines, actor, now))[1]


async def read(session: Session, sheet_id: int, sheet: SheetText, now: datetime) -> None:
    """Nothing is wrong with it: whoever sent it looks at it before it is entered."""
    row = await _waiting(session, sheet_id)
    if row is None:
        return
    lines = [{"row": line.row, "cells": dict(line.cells)} for line in sheet.lines]
    rows = json.dumps(lines, ensure_ascii=False)
    await _settle(session, sheet_id, AwardSheetState.READ, now, rows=rows)


async def faulty(
    session: Session, sheet_id: int, faults: Sequence[SheetFault], sha256: str, now: datetime
) -> None:
    """It has faults: they are told, and given back at their cells."""
    findings = "\n".join(texts.finding(one) for one in faults)
    await _settle(session, sheet_id, AwardSheetState.FAULTY, now, findings=findings, sha256=sha256)


async def turned_down(session: Session, sheet_id: int, sentence: str, now: datetime) -> None:
    """The checks of the file itself said no."""
    await _settle(session, sheet_id, AwardSheetState.REFUSED, now, findings=sentence)


async def lost(session: Session, sheet_id: int, now: datetime) -> None:
    """The platform no longer has the bytes, or they could not be read for a day."""
    await _settle(session, sheet_id, AwardSheetState.LOST, now)


async def enter(session: Session, actor: Actor, sheet_id: int, now: datetime) -> bool:
    """Put all of it on record; where something has become wrong since, nothing, and the faults are told."""
    actor.require(Permission.COMMEND)
    row = await _known(session, sheet_id)
    rows, faults = await _judged(session, _stored(row), actor, now)
    state = AwardSheetState.FAULTY if faults else AwardSheetState.ENTERED
    findings = "\n".join(texts.finding(one) for one in faults)
    before = AwardSheetState.READ.value
    values: dict[str, object] = {"state": state.value, "findings": findings, "rows": "", "done_at": now}
    if not await queries.settle_sheet(session, sheet_id, before, **values):
        raise Refusal(Code.AWARD_SHEET_SETTLED)
    session.expire_all()
    for _line, whom, said in rows if not faults else ():
        await awards.enter(session, actor, whom, said, now, sheet_id)
    verb = "faulty_award_sheet" if faults else "entered_award_sheet"
    await journal.note(session, actor.label, verb, f"award_sheet:{sheet_id}", now, rows=len(rows))
    return not faults


async def drop(session: Session, actor: Actor, sheet_id: int, now: datetime) -> None:
    """Enter nothing of it."""
    actor.require(Permission.COMMEND)
    await _known(session, sheet_id)
    state = AwardSheetState.DROPPED.value
    if not await queries.settle_sheet(
        session, sheet_id, AwardSheetState.READ.value, state=state, rows="", done_at=now
    ):
        raise Refusal(Code.AWARD_SHEET_SETTLED)
    session.expire_all()
    await journal.note(session, actor.label, "dropped_award_sheet", f"award_sheet:{sheet_id}", now)


async def _judged(
    session: Session, lines: Sequence[Line], actor: Actor, now: datetime
) -> tuple[list[Row], list[SheetFault]]:
    day = today(session, now)
    staff = {code_key(code): (person, name) for person, code, name in await queries.staff(session)}
    units = UnitIndex((await people_roster.units_standing(session, day)).unit_facts())
    rows: list[Row] = []
    faults: list[SheetFault] = []
    own: dict[Whom, bool] = {}
    for line in lines:
        said, wrong = judged(line, day)
        whom = _whom(line, staff, units, wrong)
        if whom is not None and whom not in own:
            own[whom] = await hindrances.is_own(session, actor, whom.person_id, whom.unit_id)
        if whom is not None and own[whom]:
            at = Column.UNIT if whom.unit_id is not None else Column.STAFF_CODE
            wrong.append(SheetFault(line.row, at, Fault.OWN))
        if whom is not None and said is not None:
            rows.append((line, whom, said))
        faults += wrong
    return rows, sorted([*faults, *await _repeated(session, rows)], key=lambda one: one.row)


async def _repeated(session: Session, rows: Sequence[Row]) -> list[SheetFault]:
    there = await awards.known(session, [(whom, said) for _line, whom, said in rows])
    seen: dict[awards.Apart, int] = {}
    faults: list[SheetFault] = []
    for line, whom, said in rows:
        key = awards.told_apart(whom, said)
        if key in there:
            faults.append(SheetFault(line.row, Column.NUMBER, Fault.THERE_ALREADY))
        elif key in seen:
            faults.append(SheetFault(line.row, Column.NUMBER, Fault.TWICE_IN_SHEET, str(seen[key])))
        seen.setdefault(key, line.row)
    return faults


def _whom(
    line: Line, staff: Mapping[str, tuple[int, str]], units: UnitIndex, wrong: list[SheetFault]
) -> Whom | None:
    """Whose award a row is; `staff` are ids and names by staff code."""
    code, name, unit = (line.said(one) for one in (Column.STAFF_CODE, Column.NAME, Column.UNIT))
    if code and unit:
        wrong.append(SheetFault(line.row, Column.UNIT, Fault.WHO_TWICE))
    elif code:
        person_id, known_as = staff.get(code_key(code), (0, ""))
        if not person_id:
            wrong.append(SheetFault(line.row, Column.STAFF_CODE, Fault.NOBODY, code))
        elif name and fold(name) != fold(known_as):
            wrong.append(SheetFault(line.row, Column.NAME, Fault.NAME_DIFFERS, known_as))
        else:
            return Whom(known_as, "", person_id=person_id)
    elif unit:
        found = units.named(unit)
        if len(found) == 1:
            return Whom(found[0].name, found[0].name, unit_id=found[0].id)
        fault = Fault.UNIT_AMBIGUOUS if found else Fault.UNIT_UNKNOWN
        wrong.append(SheetFault(line.row, Column.UNIT, fault, unit))
    else:
        wrong.append(SheetFault(line.row, Column.STAFF_CODE, Fault.WHO_MISSING))
    return None


async def _settle(
    session: Session, sheet_id: int, state: AwardSheetState, now: datetime, **values: object
) -> None:
    before = AwardSheetState.WAITING.value
    if not await queries.settle_sheet(session, sheet_id, before, state=state.value, done_at=now, **values):
        return
    session.expire_all()
    row = await _known(session, sheet_id)
    facts = _facts(row)
    match state:
        case AwardSheetState.READ:
            notice = texts.read_notice(facts)
        case AwardSheetState.LOST:
            notice = texts.lost_notice(facts.id, facts.name)
        case _:
            notice = texts.faulty_notice(facts)
    subject = f"award_sheet:{sheet_id}"
    await journal.note(session, "house", "read_award_sheet", subject, now, state=state.value)
    await outbox.notify(session, [row.person_id], notice, now, once=subject)


async def _sender(session: Session, row: AwardSheet, now: datetime) -> Actor | None:
    """Whoever sent it, with the roles of today; nobody who may no longer enter awards."""
    address = Address(**json.loads(row.source)["address"])
    actor = (await people.identify(session, [address], now)).get(address)
    if actor is None or actor.person_id != row.person_id or not actor.may(Permission.COMMEND):
        return None
    return actor


async def _known(session: Session, sheet_id: int) -> AwardSheet:
    row = await queries.sheet(session, sheet_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    return row


async def _waiting(session: Session, sheet_id: int) -> AwardSheet | None:
    row = await queries.sheet(session, sheet_id)
    return row if row is not None and row.state == AwardSheetState.WAITING.value else None


def _stored(row: AwardSheet) -> list[Line]:
    told = json.loads(row.rows or "[]")
    return [Line(one["row"], {Column(key): text for key, text in one["cells"].items()}) for one in told]


def _facts(row: AwardSheet) -> AwardSheetFacts:
    return AwardSheetFacts(
        id=row.id or 0,
        name=row.name,
        state=AwardSheetState(row.state),
        findings=tuple(row.findings.splitlines()),
        rows=len(_stored(row)),
        sha256=row.sha256,
    )
