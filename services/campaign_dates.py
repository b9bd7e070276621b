"""What a date does to the plan in force: the rounds it moves, what it shuts, and taking it back."""

from dataclasses import dataclass
from datetime import date, datetime

from core.campaign_dates import (
    ISSUED_ON,
    EnteredDate,
    Value,
    deadline_subject,
    disordered,
    issue_date_missing,
    with_dates,
)
from core.campaign_terms import RoundKind, Unsaid
from core.campaigns import Campaign
from core.refusals import Code, Refusal
from core.roles import Permission
from db.models import Round
from db.queries import campaigns as queries
from db.transaction import Session
from services import campaign_shelf, journal
from services.actor import Actor


@dataclass(frozen=True, slots=True)
class Effect:
    """What entering a date would do at once; nothing while no version is `in_force`.

    `shuts` are the labels of rounds that are open and would not be, `passes` that a deadline would be over.
    """

    in_force: bool
    shuts: tuple[str, ...] = ()
    passes: bool = False

    @property
    def grave(self) -> bool:
        """Whether it is asked once more."""
        return bool(self.shuts) or self.passes


async def effect(
    session: Session, actor: Actor, code: str, subject: str, value: Value, now: datetime
) -> Effect:
    """What this date would do if it were entered now."""
    actor.require(Permission.LOAD_CAMPAIGN)
    said, one, in_force = await campaign_shelf.dated(session, code, subject)
    if not in_force:
        return Effect(in_force=False)
    others = [kept for kept in await campaign_shelf.entered(session, code) if kept.subject != subject]
    instead_of = None if isinstance(one.said, Unsaid) else one.said
    after = with_dates(said, [*others, EnteredDate(subject, value, "", instead_of)])
    return Effect(
        in_force=True,
        shuts=await _shut(session, after, actor.today, now),
        passes=_passes(after, subject, actor.today),
    )


async def withdraw_date(
    session: Session, actor: Actor, code: str, subject: str, now: datetime, reason: str = ""
) -> None:
    """Take an entered date back: the plan is again as it says itself. The date stays on record.

    Refused where the plan in force cannot be without it. Only `services/date_changes.py` calls it, which
    tells whoever owes something by that date.
    """
    actor.require(Permission.LOAD_CAMPAIGN)
    said, _one, in_force = await campaign_shelf.dated(session, code, subject)
    entered = await campaign_shelf.entered(session, code)
    others = [kept for kept in entered if kept.subject != subject]
    if len(others) == len(entered):
        raise Refusal(Code.NOT_FOUND)
    after = with_dates(said, others)
    if in_force and subject == ISSUED_ON and issue_date_missing(after):
        raise Refusal(Code.ISSUE_DATE_MISSING, plan=code)
    if disordered(after):
        raise Refusal(Code.DATES_DISORDERED)
    await queries.replace_date(session, code, subject, now, reason)
    campaign_shelf.forget_dates(session)
    if in_force:
        await keep_rounds(session, actor, after, now)
    await journal.note(session, actor.label, "withdrew_date", f"campaign:{code}", now, what=subject)


def is_open(row: Round, campaign: Campaign, today: date, now: datetime) -> bool:
    """Whether a round can be answered; `campaign` says when it begins where nothing else does."""
    year = row.year if row.year is not None else campaign.window.last_year
    begun = now >= row.opens_at if row.opens_at is not None else today.year >= year
    return begun and (row.closes_at is None or now < row.closes_at)


async def keep_rounds(session: Session, actor: Actor, campaign: Campaign, now: datetime) -> None:
    """Rounds are as the plan now says; those it no longer has are closed."""
    actor.require(Permission.LOAD_CAMPAIGN)
    known = {row.code: row for row in await queries.rounds_of(session, campaign.code)}
    for one in campaign.rounds:
        row = known.pop(one.code, None) or Round(campaign=campaign.code, code=one.code, label=one.label)
        row.label = one.label
        row.year = one.year if one.kind is RoundKind.YEARLY else None
        row.opens_at = None if isinstance(one.opens_at, Unsaid) else one.opens_at
        row.closes_at = None if isinstance(one.closes_at, Unsaid) else one.closes_at
        session.add(row)
    for dropped in known.values():
        dropped.closes_at = min(now, dropped.closes_at or now)
        session.add(dropped)


async def _shut(session: Session, after: Campaign, today: date, now: datetime) -> tuple[str, ...]:
    """Rounds that are open and would not be."""
    rows = {row.code: row for row in await queries.rounds_of(session, after.code)}
    found = []
    for one in after.rounds:
        row = rows.get(one.code)
        if row is None or not is_open(row, after, today, now):
            continue
        opens = None if isinstance(one.opens_at, Unsaid) else one.opens_at
        closes = None if isinstance(one.closes_at, Unsaid) else one.closes_at
        moved = Round(
            campaign=row.campaign, code=row.code, label="", year=row.year, opens_at=opens, closes_at=closes
        )
        if not is_open(moved, after, today, now):
            found.append(one.label)
    return tuple(found)


def _passes(after: Campaign, subject: str, today: date) -> bool:
    """Whether the deadline that is dated would be over."""
    for one in after.deadlines:
        if deadline_subject(one.code) == subject:
            last = one.last_day(today.year)
            return not isinstance(last, Unsaid) and last < today
    return False
