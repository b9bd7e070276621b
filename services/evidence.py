"""Evidence: received at once, checked later, used for as many criteria as it serves."""

import json
import secrets
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime, timedelta

from core.assessment import EvidenceFacts, Sheet
from core.criteria import Criterion
from core.errands import ErrandKind
from core.evidence import Allowance
from core.filenames import clean_name
from core.messages import Address, FileRef
from core.refusals import Code, Refusal
from core.roles import Permission, Target
from core.vietnamese import clean_line
from db.models import Evidence, EvidenceUse
from db.queries import evidence as queries
from db.queries import people as people_queries
from db.transaction import Session
from services import assessment, errands, evidence_checks, journal, sheets
from services.actor import Actor

_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


async def receive(
    session: Session,
    actor: Actor,
    files: Sequence[FileRef],
    now: datetime,
    replaces: int | None = None,
    *,
    serving: Permission = Permission.ASSESS_SELF,
) -> list[EvidenceFacts]:
    """Take files in for what whoever sends them may do; their bytes are fetched and checked after the turn.

    Refused when one is known to be too big, or the day's allowance is used up.
    """
    actor.require(serving)
    allowed = _allowance(session)
    for file in files:
        if file.size > allowed.file_bytes:
            raise Refusal(
                Code.FILE_TOO_BIG, name=clean_name(file.name), size=file.size, limit=allowed.file_bytes
            )
    count, size = await queries.received_since(session, actor.person_id, now - timedelta(days=1))
    if (
        count + len(files) > allowed.files_a_day
        or size + sum(one.size for one in files) > allowed.bytes_a_day
    ):
        raise Refusal(Code.DAILY_QUOTA, limit=allowed.files_a_day)
    rows: list[Evidence] = []
    for file in files:
        row = Evidence(
            code="MC-" + "".join(secrets.choice(_LETTERS) for _ in range(6)),
            person_id=actor.person_id,
            name=clean_name(file.name),
            size=file.size,
            mime=file.mime,
            album=file.group,
            caption=clean_line(file.caption, 200),
            source=json.dumps({"channel": _channel(actor), "file": asdict(file)}, ensure_ascii=False),
            received_at=now,
            replaces_id=replaces,
        )
        session.add(row)
        await session.flush()
        await errands.add(session, ErrandKind.FETCH_EVIDENCE, row.id or 0, now)
        await journal.note(session, actor.label, "received_file", f"evidence:{row.id}", now, code=row.code)
        rows.append(row)
    return [facts_of(row) for row in rows]


async def count_together(
    session: Session, actor: Actor, received: Sequence[EvidenceFacts], album: str
) -> int:
    """How many files came together with these: the parts of an album arrive one by one."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    if not album:
        return len(received)
    return len(await queries.of_album(session, actor.person_id, album))


async def use(
    session: Session,
    actor: Actor,
    evidence_ids: Sequence[int],
    assessment_id: int,
    key: str,
    now: datetime,
) -> None:
    """Let files serve a criterion; one file may serve several."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    whole = await sheets.reached(session, actor, assessment_id)
    whole.ensure_open(now)
    criterion = whole.criterion(key)
    there = {file.id for file in whole.files.get(criterion.code, ())}
    added = [one for one in evidence_ids if one not in there]
    if len(added) > _room(session, whole, criterion):
        raise Refusal(Code.TOO_MANY_FILES, limit=_allowance(session).files_a_criterion)
    for evidence_id in added:
        await _own(session, actor, evidence_id)
        session.add(
            EvidenceUse(
                evidence_id=evidence_id, assessment_id=assessment_id, criterion=criterion.code, added_at=now
            )
        )
        await session.flush()
        await journal.note(
            session, actor.label, "used_file", f"evidence:{evidence_id}", now, criterion=criterion.code
        )
    await assessment.weigh_files(session, actor, assessment_id, key, now)


async def obstacle(
    session: Session, actor: Actor, assessment_id: int, key: str, count: int, now: datetime
) -> Code | None:
    """What keeps so many more files from serving a criterion: signed, closed or full."""
    whole = await sheets.reached(session, actor, assessment_id)
    full = count > _room(session, whole, whole.criterion(key))
    return whole.obstacle(now) or (Code.TOO_MANY_FILES if full else None)


async def stop_using(
    session: Session, actor: Actor, evidence_id: int, assessment_id: int, key: str, now: datetime
) -> None:
    """A file no longer serves that criterion; the file itself stays."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    whole = await sheets.reached(session, actor, assessment_id)
    whole.ensure_open(now)
    criterion = whole.criterion(key)
    await _own(session, actor, evidence_id)
    await queries.remove_use(session, evidence_id, assessment_id, criterion.code, now)
    await journal.note(
        session, actor.label, "unused_file", f"evidence:{evidence_id}", now, criterion=criterion.code
    )
    await assessment.weigh_files(session, actor, assessment_id, key, now)


async def replace(
    session: Session, actor: Actor, evidence_id: int, file: FileRef, now: datetime
) -> EvidenceFacts:
    """A new version of a file; the old one serves until the new one has passed its checks.

    One that cannot be used is replaced at once. Refused once a signed self-assessment rests on the old one.
    """
    actor.require(Permission.ASSESS_SELF, actor.own)
    old = await _in_place(session, actor, evidence_id)
    old_id = old.id or 0
    await _ensure_free(session, actor, old_id, now)
    for earlier in {*await queries.successors(session, old_id), evidence_id} - {old_id}:
        await queries.remove(session, earlier, now)
    if old.state in {"waiting", "clean"}:
        return (await receive(session, actor, [file], now, replaces=old_id))[0]
    fresh = (await receive(session, actor, [file], now))[0]
    await evidence_checks.take_over(session, fresh.id, old_id, now)
    return fresh


async def uses(session: Session, actor: Actor, evidence_id: int) -> list[tuple[Sheet, Criterion]]:
    """The self-assessments and criteria a file of the actor serves."""
    await _own(session, actor, evidence_id)
    found: list[tuple[Sheet, Criterion]] = []
    for assessment_id, code in await queries.criteria_of(session, evidence_id):
        whole = await sheets.load(session, assessment_id)
        if whole is not None:
            found.append((whole.facts(), whole.campaign.criterion(code)))
    return found


async def unused(session: Session, actor: Actor) -> list[EvidenceFacts]:
    """Files that serve no criterion yet."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    return [facts_of(row) for row in await queries.unused(session, actor.person_id)]


async def handed_in(session: Session, actor: Actor) -> list[EvidenceFacts]:
    """Files of the actor that are documents of a unit, handed in, and serve no criterion besides."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    papers = await queries.handed_in_alone(session, actor.person_id)
    return [one for one in await mine(session, actor) if one.id in papers]


async def mine(session: Session, actor: Actor) -> list[EvidenceFacts]:
    """All files of the actor that were not removed."""
    actor.require(Permission.MANAGE_ACCOUNT, actor.own)
    return [facts_of(row) for row in await queries.of_person(session, actor.person_id)]


async def one(session: Session, actor: Actor, evidence_id: int) -> EvidenceFacts:
    """One file of the actor, or one that serves what they may see."""
    row = await queries.get(session, evidence_id)
    if row is not None and row.removed_at is None and row.person_id != actor.person_id:
        for assessment_id, code in await queries.criteria_of(session, evidence_id):
            if await sheets.sees(session, actor, assessment_id, code):
                return facts_of(row)
    return facts_of(await _own(session, actor, evidence_id))


async def sender(session: Session, actor: Actor, evidence_id: int) -> str:
    """Who sent a file the actor may see; nothing where they did so themselves."""
    file = await one(session, actor, evidence_id)
    row = await queries.get(session, file.id)
    if row is None or row.person_id == actor.person_id:
        return ""
    person = await people_queries.person(session, row.person_id)
    return person.name if person else ""


async def remove(session: Session, actor: Actor, evidence_id: int, now: datetime) -> None:
    """Take a file out of sight; refused while a signed self-assessment rests on it."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    served = await _ensure_free(session, actor, evidence_id, now)
    await queries.remove(session, evidence_id, now)
    await journal.note(session, actor.label, "removed_file", f"evidence:{evidence_id}", now)
    for whole, criterion in served:
        await assessment.weigh_after_check(session, whole.id, criterion.code, now)


async def _ensure_free(
    session: Session, actor: Actor, evidence_id: int, now: datetime
) -> list[tuple[Sheet, Criterion]]:
    """What a file serves; a refusal where part of it is signed, closed, or in other hands by now."""
    served = await uses(session, actor, evidence_id)
    for whole, criterion in served:
        if not await sheets.sees(session, actor, whole.id, criterion.code):
            raise Refusal(Code.EVIDENCE_OF_UNIT)
    if await queries.proves(session, evidence_id):
        raise Refusal(Code.ALREADY_SIGNED)
    if any(whole.signed for whole, _criterion in served):
        raise Refusal(Code.ALREADY_SIGNED)
    if any(whole.closed(now) for whole, _criterion in served):
        raise Refusal(Code.ROUND_CLOSED)
    return served


async def _in_place(session: Session, actor: Actor, evidence_id: int) -> Evidence:
    """The file itself, or the one it was to replace where it never came to that."""
    row = await _own(session, actor, evidence_id)
    while row.state != "clean" and row.replaces_id is not None:
        before = await queries.get(session, row.replaces_id)
        if before is None or before.removed_at is not None:
            break
        row = before
    return row


async def _own(session: Session, actor: Actor, evidence_id: int) -> Evidence:
    row = await queries.get(session, evidence_id)
    if row is None or row.removed_at is not None:
        raise Refusal(Code.NOT_FOUND)
    actor.require(Permission.MANAGE_ACCOUNT, Target(person_id=row.person_id))
    return row


def _room(session: Session, whole: sheets.WorkingSheet, criterion: Criterion) -> int:
    """How many more files a criterion takes."""
    there = sum(file.usable for file in whole.files.get(criterion.code, ()))
    return max(0, _allowance(session).files_a_criterion - there)


def facts_of(row: Evidence) -> EvidenceFacts:
    """A file as it is shown."""
    return EvidenceFacts(
        id=row.id or 0,
        code=row.code,
        name=row.name,
        size=row.size,
        state=row.state,
        reason=row.reason,
        sha256=row.sha256,
        served_sha256=row.served_sha256,
        mime=row.mime,
        received_at=row.received_at,
        seen_elsewhere=row.seen_elsewhere,
        replaces_id=row.replaces_id,
        caption=row.caption,
    )


def _allowance(session: Session) -> Allowance:
    allowance = session.info.get("allowance", Allowance())
    assert isinstance(allowance, Allowance)
    return allowance


def _channel(actor: Actor) -> str:
    address = actor.address
    assert isinstance(address, Address)
    return address.channel
