"""What becomes of evidence after its checks: it serves, takes another's place, or is asked for again."""

import json
from datetime import datetime

from core.messages import FileRef
from core.roles import Grant, Permission, Role
from core.submissions import HandedIn
from core.texts import evidence as texts
from db.models import Evidence, EvidenceUse
from db.queries import evidence as queries
from db.queries import likeness as likeness_queries
from db.queries import people as people_queries
from db.queries import submissions as submission_queries
from db.transaction import Session
from services import assessment, journal, outbox, sheets
from services.actor import today


async def source(session: Session, evidence_id: int) -> tuple[str, FileRef] | None:
    """Where the bytes still lie: the channel and its handle; nothing once they were settled."""
    row = await queries.get(session, evidence_id)
    if row is None or row.state != "waiting":
        return None
    told = json.loads(row.source)
    return told["channel"], FileRef(**told["file"])


async def stored(
    session: Session,
    evidence_id: int,
    *,
    sha256: str,
    served_sha256: str,
    size: int,
    mime: str,
    facts: dict[str, object],
    now: datetime,
) -> None:
    """The checks passed. The same bytes seen before are noted for the appraiser.

    A new version now takes the place of the one it was sent for.
    """
    row = await queries.get(session, evidence_id)
    if row is None or row.state != "waiting":
        return
    seen = await queries.held_elsewhere(session, sha256)
    await queries.settle(
        session,
        evidence_id,
        state="clean",
        sha256=sha256,
        served_sha256=served_sha256,
        size=size,
        mime=mime,
        facts=json.dumps(facts, ensure_ascii=False, default=str),
        seen_elsewhere=seen,
        checked_at=now,
    )
    look = facts.get("look")
    if isinstance(look, list | tuple):
        await likeness_queries.keep_print(session, evidence_id, look)
    await journal.note(
        session, "house", "stored_file", f"evidence:{evidence_id}", now, sha256=sha256, seen=seen
    )
    if row.replaces_id is not None and row.removed_at is None:
        await take_over(session, evidence_id, row.replaces_id, now)


async def refused(session: Session, evidence_id: int, reason: str, sentence: str, now: datetime) -> None:
    """The checks said no: the person is told why and how to mend it; the criteria lose the file."""
    row = await queries.get(session, evidence_id)
    if row is None or row.state != "waiting":
        return
    await queries.settle(session, evidence_id, state="refused", reason=reason, checked_at=now)
    await _weigh_again(session, evidence_id, now)
    await journal.note(session, "house", "refused_file", f"evidence:{evidence_id}", now, reason=reason)
    old_stays, handed_in = await _old_stays(session, row), await _handed_in(session, evidence_id)
    tray = await _has_tray(session, row.person_id, now)
    notice = texts.refused_notice(
        row.code, row.name, sentence, old_stays=old_stays, handed_in=handed_in, tray=tray
    )
    await outbox.notify(session, [row.person_id], notice, now, once=f"file:{evidence_id}")


async def lost(session: Session, evidence_id: int, now: datetime) -> None:
    """The platform no longer has the bytes: the person is asked to send them again."""
    row = await queries.get(session, evidence_id)
    if row is None or row.state != "waiting":
        return
    await queries.settle(session, evidence_id, state="lost", checked_at=now)
    await _weigh_again(session, evidence_id, now)
    await journal.note(session, "house", "lost_file", f"evidence:{evidence_id}", now)
    old_stays, handed_in = await _old_stays(session, row), await _handed_in(session, evidence_id)
    tray = await _has_tray(session, row.person_id, now)
    notice = texts.lost_notice(row.code, row.name, old_stays=old_stays, handed_in=handed_in, tray=tray)
    await outbox.notify(session, [row.person_id], notice, now, once=f"file:{evidence_id}")


async def _weigh_again(session: Session, evidence_id: int, now: datetime) -> None:
    for assessment_id, code in await queries.criteria_of(session, evidence_id):
        await assessment.weigh_after_check(session, assessment_id, code, now)


async def take_over(session: Session, fresh_id: int, old_id: int, now: datetime) -> None:
    """A new version serves wherever the old one did; what was signed or closed meanwhile keeps the old."""
    old = await queries.get(session, old_id)
    if old is None or old.removed_at is not None:
        return
    served = set(await queries.criteria_of(session, fresh_id))
    moved = True
    for assessment_id, code in await queries.criteria_of(session, old_id):
        whole = await sheets.load(session, assessment_id)
        if whole is None or whole.obstacle(now):
            moved = False
            continue
        await queries.remove_use(session, old_id, assessment_id, code, now)
        if (assessment_id, code) not in served:
            session.add(
                EvidenceUse(evidence_id=fresh_id, assessment_id=assessment_id, criterion=code, added_at=now)
            )
        await sheets.files_changed(session, whole, code, now)
    if moved:
        await queries.remove(session, old_id, now)
    await journal.note(session, "house", "replaced_file", f"evidence:{old_id}", now, by=fresh_id)


async def _has_tray(session: Session, person_id: int, now: datetime) -> bool:
    """Whether they have files of their own besides what they send for an act."""
    day = today(session, now)
    held = [
        Grant(Role(role), unit, since, until)
        for _of, role, unit, since, until in await people_queries.grants_of(session, [person_id])
    ]
    return any(one.holds_on(day) and one.allows(Permission.ASSESS_SELF) for one in held)


async def _old_stays(session: Session, row: Evidence) -> bool:
    old = await queries.get(session, row.replaces_id) if row.replaces_id is not None else None
    return old is not None and old.removed_at is None and old.state == "clean"


async def _handed_in(session: Session, evidence_id: int) -> HandedIn | None:
    """What a unit handed in with this file."""
    row = await submission_queries.of_evidence(session, evidence_id)
    return HandedIn(row.id or 0, row.receipt) if row is not None else None
