"""What follows a sitting: the director approves or refers it back, the office enters the signed decision."""

from collections.abc import Iterable
from datetime import date, datetime

from core.council import Item, SittingFacts, SittingState
from core.dossiers import DossierAct
from core.refusals import Code, Refusal, uncut
from core.roles import Permission
from core.texts import council_notices as texts
from db.queries import nominations as nomination_queries
from db.transaction import Session
from services import (
    awards,
    council,
    council_past,
    council_scans,
    dossier_people,
    dossiers,
    eligibility,
    journal,
    nominations,
)
from services.actor import Actor, local

NUMBER_LIMIT = 60


async def approve(session: Session, actor: Actor, sitting_id: int, chosen: int, now: datetime) -> None:
    """Approve whom the council chose, having read them back: `chosen` is how many they are.

    Nobody approves a list that they are on.
    """
    actor.require(Permission.DECIDE)
    sitting = await council.one(session, actor, sitting_id, now)
    if chosen != len(sitting.chosen):
        raise Refusal(Code.COUNCIL_READ_BACK)
    await _ensure_not_on(session, actor, sitting.chosen)
    await council.moved(
        session,
        sitting,
        SittingState.CONCLUDED,
        SittingState.APPROVED,
        approved_by=actor.person_id,
        approved_at=now,
    )
    await journal.note(session, actor.label, "approved_council", f"council:{sitting_id}", now, chosen=chosen)
    office = await eligibility.holding(session, Permission.COMMEND, local(session, now).date())
    people = sorted({*office, sitting.secretary_id or 0} - {0})
    once = f"council:{sitting_id}:{sitting.poll_id}:approved"
    await council.tell(session, actor.person_id, people, texts.approved(sitting), now, once)


async def refer(session: Session, actor: Actor, sitting_id: int, words: str, now: datetime) -> None:
    """Send it back to the council with words: it votes anew. Nobody does so whom it was about.

    Also what was approved, until the signed decision is entered: somebody chosen may not be commended by now.
    """
    actor.require(Permission.DECIDE)
    sitting, told = await council.one(session, actor, sitting_id, now), council.said(words)
    await _ensure_not_on(session, actor, sitting.items)
    before = SittingState.APPROVED if sitting.state is SittingState.APPROVED else SittingState.CONCLUDED
    await council_past.set_aside(session, actor.person_id, sitting, before, told, now)
    for number in dict.fromkeys(item.dossier_id for item in sitting.items):
        await dossiers.move(session, actor, number, DossierAct.REFER, now, told)
    await journal.note(session, actor.label, "referred_council", f"council:{sitting_id}", now)
    people = sorted({one.person_id for one in sitting.members} | {sitting.secretary_id or 0} - {0})
    once = f"council:{sitting_id}:{sitting.poll_id}:referred"
    await council.tell(session, actor.person_id, people, texts.referred(sitting, told), now, once)


async def enter(
    session: Session,
    actor: Actor,
    sitting_id: int,
    number: str,
    dated: date,
    scan_id: int,
    now: datetime,
    form: tuple[str, str] | None = None,
) -> None:
    """Enter the decision as it was signed: who was chosen is commended, within the quota.

    `form` is what it gives (title, authority), else what the plan says. Raises `Refusal` where
    somebody chosen may not be commended by now; nothing is entered then.
    """
    actor.require(Permission.COMMEND)
    sitting = await council.one(session, actor, sitting_id, now)
    told = number_told(number)
    ensure_dated(dated, local(session, now).date())
    await council_scans.ensure(session, actor, scan_id)
    await council.moved(
        session,
        sitting,
        SittingState.APPROVED,
        SittingState.DECIDED,
        number=told,
        dated=dated,
        scan_id=scan_id,
        decided_by=actor.person_id,
        decided_at=now,
    )
    for one in sitting.chosen:
        await nominations.commend(session, actor, one.nomination_id, now)
        await awards.note_decided(session, actor, one.nomination_id, told, dated, now, form)
    await _over(session, actor, sitting, now)
    await journal.note(session, actor.label, "entered_decision", f"council:{sitting_id}", now)


async def end(session: Session, actor: Actor, sitting_id: int, now: datetime) -> None:
    """Close what the council was about where it chose nobody: there is no decision to be signed.

    Raises `Refusal` (`COUNCIL_MOVED_ON`) where it chose somebody, or the director has not approved that.
    """
    actor.require(Permission.COMMEND)
    sitting = await council.one(session, actor, sitting_id, now)
    if sitting.chosen:
        raise Refusal(Code.COUNCIL_MOVED_ON)
    await council.moved(
        session,
        sitting,
        SittingState.APPROVED,
        SittingState.DECIDED,
        decided_by=actor.person_id,
        decided_at=now,
    )
    await _over(session, actor, sitting, now)
    await journal.note(session, actor.label, "ended_council", f"council:{sitting_id}", now)


async def _over(session: Session, actor: Actor, sitting: SittingFacts, now: datetime) -> None:
    """Whoever was not chosen may be proposed elsewhere, the dossiers are decided, and everybody is told."""
    for one in sitting.items:
        if not one.chosen:
            await nominations.pass_over(session, actor, one.nomination_id, now)
    concerned: set[int] = set()
    for dossier_id in dict.fromkeys(item.dossier_id for item in sitting.items):
        facts = await dossiers.move(session, actor, dossier_id, DossierAct.DECIDE, now)
        nominees = await dossiers.nominees(session, dossier_id, now)
        concerned |= await dossier_people.concerned(session, facts.unit_id, nominees, now)
    people = [one.person_id for one in sitting.members if one.person_id not in concerned]
    after = await council.facts_of(session, sitting.id, now)
    await council.tell(
        session, actor.person_id, people, texts.decided(after), now, f"council:{sitting.id}:decided"
    )


def number_told(words: str) -> str:
    """Number and symbol of a decision. Raises `Refusal` where there is no number in it, or it is too long."""
    told = uncut(words, NUMBER_LIMIT)
    if not any(letter.isdecimal() for letter in told):
        raise Refusal(Code.NUMBER_OF_PAPER_MISSING)
    return told


def ensure_dated(dated: date, today: date) -> None:
    """Raise a `Refusal` where nothing can have been signed on that day yet."""
    if dated > today:
        raise Refusal(Code.DATED_LATER, day=dated)


async def _ensure_not_on(session: Session, actor: Actor, items: Iterable[Item]) -> None:
    """Raise a refusal where the person is one of these nominees."""
    for one in items:
        nomination = await nomination_queries.nomination(session, one.nomination_id)
        if nomination is not None and nomination.person_id == actor.person_id:
            raise Refusal(Code.OWN_CASE)
