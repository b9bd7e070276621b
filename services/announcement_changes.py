"""A correction or retraction that waits for a second person: kept, asked about, dropped."""

from datetime import datetime

from core.announcement_approval import Pending, Rewording, takes_two
from core.announcement_content import Content
from core.announcements import AnnouncementFacts, State
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import announcement_changes as texts
from core.vietnamese import clean_paragraphs
from db.models import Announcement
from db.queries import announcements as queries
from db.queries import people as people_queries
from db.transaction import Session
from services import announcement_audience, announcements, journal, outbox
from services.actor import Actor


async def pending(session: Session, actor: Actor, number: int) -> Pending | None:
    """What waits about one."""
    actor.require(Permission.ANNOUNCE)
    await announcements.facts(session, actor, number)
    row = await queries.one(session, number)
    if row is None or row.pending is None:
        return None
    wording = Rewording.from_json(row.pending)
    person = await people_queries.person(session, wording.by)
    return Pending(wording, person.name if person is not None else "", wording.by == actor.person_id)


async def to_approve(session: Session, actor: Actor) -> list[AnnouncementFacts]:
    """Those about which somebody else's waits for this person."""
    actor.require(Permission.ANNOUNCE)
    if not actor.may(Permission.APPROVE_ANNOUNCEMENTS):
        return []
    rows = [one for one in await queries.with_pending(session) if _by(one) != actor.person_id]
    return [await announcements.facts(session, actor, one.id or 0) for one in rows]


async def needs_other(session: Session, actor: Actor, number: int, *, retracts: bool) -> bool:
    """Whether somebody else has to agree to another wording of one that has left.

    What is wrong may be taken back at once by whoever may approve.
    """
    actor.require(Permission.ANNOUNCE)
    found = await announcements.facts(session, actor, number)
    if not actor.may(Permission.APPROVE_ANNOUNCEMENTS):
        return True
    if retracts:
        return False
    rules = announcement_audience.rules_of(session)
    return takes_two(found.audience, await queries.size(session, number), rules)


async def ask(session: Session, actor: Actor, number: int, wording: Rewording, now: datetime) -> None:
    """Keep a wording until somebody else agrees, in the place of one's own of before.

    Raises `Refusal`: `ANNOUNCEMENT_NOBODY_ELSE`; `ANNOUNCEMENT_MOVED_ON` where somebody else's waits.
    """
    actor.require(Permission.ANNOUNCE)
    found = await announcements.facts(session, actor, number)
    row = await queries.one(session, number)
    if row is None or (row.pending is not None and _by(row) != actor.person_id):
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=found.state)
    if not (others := await announcements.approvers(session, actor, now)):
        raise Refusal(Code.ANNOUNCEMENT_NOBODY_ELSE)
    await _keep(session, row, wording.to_json())
    await journal.note(session, actor.label, "asked_rewording", f"announcement:{number}", now)
    notice = texts.wanted(
        found, Pending(wording, actor.name, mine=False), await queries.size(session, number)
    )
    once = f"rewording:{number}:{now.isoformat()}"
    await outbox.notify(session, list(others), notice, now, once=once)


async def agreed(
    session: Session, actor: Actor, number: int, now: datetime, seen: str | None = None
) -> Rewording:
    """Somebody else agrees: the wording that may go, which waits no longer; whoever asked is told.

    Raises `Refusal`: `TWO_PEOPLE`, `ANNOUNCEMENT_MOVED_ON` where `seen` is not its mark.
    """
    actor.require(Permission.APPROVE_ANNOUNCEMENTS)
    row, found = await _others(session, actor, number, seen)
    await _keep(session, row, None)
    await journal.note(session, actor.label, "approved_rewording", f"announcement:{number}", now)
    title = (await announcements.facts(session, actor, number)).content.title
    await outbox.notify(session, [found.wording.by], texts.approved(title, number, actor.name), now)
    return found.wording


async def refuse(
    session: Session, actor: Actor, number: int, reason: str, now: datetime, seen: str | None = None
) -> None:
    """Drop it; whoever asked is told why, with their words, so that nothing is lost."""
    actor.require(Permission.APPROVE_ANNOUNCEMENTS)
    row, found = await _others(session, actor, number, seen)
    why = clean_paragraphs(reason, announcements.REASON_LIMIT)
    if len(why) < announcements.SHORTEST_REASON:
        raise Refusal(Code.QUESTION_TOO_SHORT)
    await _keep(session, row, None)
    await journal.note(session, actor.label, "refused_rewording", f"announcement:{number}", now)
    title = (await announcements.facts(session, actor, number)).content.title
    notice = texts.refused(title, number, found.wording, actor.name, why)
    await outbox.notify(session, [found.wording.by], notice, now)


async def withdraw(
    session: Session, actor: Actor, number: int, now: datetime, seen: str | None = None
) -> Rewording:
    """Whoever asked takes their own back before anybody has agreed; those who were asked are told.

    Raises `Refusal` (`ANNOUNCEMENT_MOVED_ON`) where there is none of theirs, or `seen` is not its mark.
    """
    actor.require(Permission.ANNOUNCE)
    found, row = await pending(session, actor, number), await queries.one(session, number)
    if row is None or found is None or not found.mine or seen not in {None, found.mark}:
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=State(row.state) if row is not None else None)
    await _keep(session, row, None)
    await journal.note(session, actor.label, "withdrew_rewording", f"announcement:{number}", now)
    title = Content.from_json(row.content).title
    others = await announcements.approvers(session, actor, now)
    await outbox.notify(session, list(others), texts.withdrawn(title, found), now)
    return found.wording


async def overtaken(session: Session, row: Announcement, now: datetime) -> None:
    """Another wording goes first: what waits is dropped, and whoever asked for it is told."""
    if row.pending is None:
        return
    title, asked_by = Content.from_json(row.content).title, _by(row)
    await _keep(session, row, None)
    await outbox.notify(session, [asked_by], texts.overtaken(title, row.id or 0), now)


async def _others(
    session: Session, actor: Actor, number: int, seen: str | None
) -> tuple[Announcement, Pending]:
    found, row = await pending(session, actor, number), await queries.one(session, number)
    if row is None or found is None or found.wording.version != row.version or seen not in {None, found.mark}:
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=State(row.state) if row is not None else None)
    if found.mine:
        raise Refusal(Code.TWO_PEOPLE)
    return row, found


async def _keep(session: Session, row: Announcement, wording: str | None) -> None:
    if not await queries.change(session, row.id or 0, row.state, pending=wording):
        raise Refusal(Code.ANNOUNCEMENT_MOVED_ON, state=State(row.state))


def _by(row: Announcement) -> int:
    return Rewording.from_json(row.pending).by if row.pending is not None else 0
