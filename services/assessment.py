"""A member of staff's self-assessment: begun, answered, noted."""

from collections.abc import Callable, Collection
from datetime import datetime

from core.assessment import RoundFacts, Sheet
from core.campaigns import Campaign
from core.criteria import Answer, Given, NotApplicable
from core.refusals import Code, Refusal
from core.roles import Permission
from db.models import Assessment
from db.queries import assessment as queries
from db.transaction import Session
from services import campaigns, journal, sheets
from services.actor import Actor


async def rounds(session: Session, actor: Actor, now: datetime) -> list[RoundFacts]:
    """The rounds this person can answer in, then those that have closed on their answers."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    mine = {row.round_id: (row, count) for row, count in await queries.of_person(session, actor.person_id)}
    found: list[RoundFacts] = []
    for version_id, campaign, row in await campaigns.open_rounds(session, actor.today, now):
        own, answered = mine.pop(row.id or 0, (None, 0))
        if own is not None and own.version_id != version_id:
            campaign = await campaigns.of_version(session, own.version_id)  # noqa: PLW2901 - theirs stays
        found.append(_facts(campaign, row.id or 0, row.label, row.closes_at, own, answered, closed=False))
    past = {own.id or 0: (own, answered) for own, answered in mine.values()}
    for held in await queries.held(session, list(past)):
        own, answered = past[held.id]
        campaign = await campaigns.of_version(session, held.version_id)
        label, closes_at = held.round_label, held.closes_at
        found.append(_facts(campaign, own.round_id, label, closes_at, own, answered, closed=True))
    return found


def _facts(
    campaign: Campaign,
    round_id: int,
    label: str,
    closes_at: datetime | None,
    own: Assessment | None,
    answered: int,
    *,
    closed: bool,
) -> RoundFacts:
    return RoundFacts(
        round_id=round_id,
        campaign=campaign.label,
        label=label,
        closes_at=closes_at,
        assessment_id=own.id if own else None,
        answered=answered,
        total=sum(1 for _ in campaign.criteria()),
        signed=bool(own and own.state == "signed"),
        closed=closed,
    )


async def begin(session: Session, actor: Actor, round_id: int, now: datetime) -> int:
    """The person's self-assessment in a round, made now if there is none; on the version in force."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    known = await queries.find(session, actor.person_id, round_id)
    if known is not None:
        return known.id or 0
    for version_id, _campaign, row in await campaigns.open_rounds(session, actor.today, now):
        if row.id == round_id:
            fresh = Assessment(
                person_id=actor.person_id,
                round_id=round_id,
                version_id=version_id,
                unit_id=actor.unit_id,
                created_at=now,
                updated_at=now,
            )
            session.add(fresh)
            await session.flush()
            await journal.note(session, actor.label, "began", f"assessment:{fresh.id}", now)
            return fresh.id or 0
    raise Refusal(Code.NO_ROUND)


async def sheet(session: Session, actor: Actor, assessment_id: int) -> Sheet:
    """The whole self-assessment, to show."""
    return (await sheets.own(session, actor, assessment_id)).facts()


async def read_ahead(session: Session, assessment_ids: Collection[int]) -> None:
    """Read the self-assessments that several turns are about to look at, all at once."""
    await sheets.load_all(session, assessment_ids)


async def answer(
    session: Session, actor: Actor, assessment_id: int, key: str, measure: str, given: Given, now: datetime
) -> None:
    """Record the answer to one measure of a criterion."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    await _change(session, actor, assessment_id, key, now, lambda before: _with(before, measure, given))


async def does_not_apply(
    session: Session, actor: Actor, assessment_id: int, keys: list[str], reason: str, now: datetime
) -> None:
    """Record that these criteria do not concern the person."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    for key in keys:
        await _change(session, actor, assessment_id, key, now, lambda _before: NotApplicable(reason))


async def answer_again(session: Session, actor: Actor, assessment_id: int, key: str, now: datetime) -> None:
    """Take the answer to a criterion back, to give another; its note and files stay."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    await _change(session, actor, assessment_id, key, now, lambda _before: Answer())


async def keep_note(
    session: Session, actor: Actor, assessment_id: int, key: str, note: str, now: datetime
) -> None:
    """Keep a note beside a criterion; an empty one removes it."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    whole = await sheets.own(session, actor, assessment_id)
    whole.ensure_open(now)
    criterion = whole.criterion(key)
    sheets.record_note(session, whole, criterion.code, note, now)
    await journal.note(
        session, actor.label, "noted", f"assessment:{assessment_id}", now, criterion=criterion.code
    )


async def weigh_files(session: Session, actor: Actor, assessment_id: int, key: str, now: datetime) -> None:
    """Judge a criterion anew after its files changed."""
    actor.require(Permission.ASSESS_SELF, actor.own)
    whole = await sheets.own(session, actor, assessment_id)
    await sheets.files_changed(session, whole, whole.criterion(key).code, now)


async def weigh_after_check(session: Session, assessment_id: int, code: str, now: datetime) -> None:
    """Judge a criterion anew after a file of it failed its checks (nobody's act)."""
    whole = await sheets.load(session, assessment_id)
    if whole is not None and whole.held.state != "signed":
        await sheets.files_changed(session, whole, code, now)


async def _change(
    session: Session,
    actor: Actor,
    assessment_id: int,
    key: str,
    now: datetime,
    change: Callable[[Answer | NotApplicable], Answer | NotApplicable],
) -> None:
    whole = await sheets.own(session, actor, assessment_id)
    whole.ensure_open(now)
    code = whole.criterion(key).code
    outcome = sheets.record(session, whole, code, change(whole.answer(code)), now)
    subject = f"assessment:{assessment_id}"
    await journal.note(session, actor.label, "answered", subject, now, criterion=code, outcome=outcome.value)


def _with(before: Answer | NotApplicable, measure: str, given: Given) -> Answer:
    if isinstance(before, NotApplicable):
        return Answer({measure: given})
    return Answer({**before.given, measure: given}, before.files)
