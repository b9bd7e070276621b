"""Campaigns: drafts read back, approved and published; their versions, rounds and entered dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from core.campaign_changes import differences
from core.campaign_dates import (
    Datable,
    DateFacts,
    EnteredDate,
    Value,
    checked,
    counts,
    datables,
    disordered,
    ensure_plausible,
    issue_date_missing,
    read_value,
    value_of,
    with_dates,
    written,
)
from core.campaign_findings import PlanFinding, findings
from core.campaign_office import Standing
from core.campaign_terms import Unsaid
from core.campaigns import Campaign
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import campaign_changes as changes
from core.vietnamese import clean_line
from db.models import CampaignDate, CampaignVersion, Round
from db.queries import campaigns as queries
from db.transaction import Session
from services import campaign_dates, campaign_shelf, journal
from services.actor import Actor
from services.papers import campaign_toml, law_registry
from services.papers.campaign_copy import copied
from services.papers.campaign_fields import VIETNAM

DRAFT, APPROVED, PUBLISHED = "draft", "approved", "published"
DOCUMENT_LIMIT = 300
_SHORTEST_DOCUMENT = 3


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a campaign did."""

    campaign: Campaign
    version_id: int
    new_version: bool


@dataclass(frozen=True, slots=True)
class Prepared:
    """A plan as it was understood: what is odd about it, and what it changes in the version in force.

    `known` says that this very content was loaded before, `standing` what became of it. `dates` were entered
    and are laid over `campaign`.
    """

    version_id: int
    campaign: Campaign
    findings: tuple[PlanFinding, ...]
    changes: tuple[str, ...]
    known: bool
    standing: Standing
    dates: tuple[DateFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class DraftFacts:
    """A version that is not published yet; `loaded_by` is a name, empty for the machine itself."""

    version_id: int
    code: str
    label: str
    approved: bool
    loaded_by: str
    loaded_at: datetime


async def prepare(session: Session, actor: Actor, source: str, name: str, now: datetime) -> Prepared:
    """Take in a campaign file as a draft. The same content again is the version it was before.

    Raises `CampaignFileError` for a file with faults.
    """
    actor.require(Permission.LOAD_CAMPAIGN)
    return await take_in(session, actor, campaign_toml.plan_text(source, name), now)


async def take_in(session: Session, actor: Actor, plan: campaign_toml.PlanText, now: datetime) -> Prepared:
    """`prepare` for a file that was read already: a large one takes longer than a turn may."""
    actor.require(Permission.LOAD_CAMPAIGN)
    said = plan.campaign
    row = await queries.version_by_digest(session, said.code, plan.digest)
    known = row is not None
    if row is None:
        row = CampaignVersion(
            code=said.code,
            digest=plan.digest,
            source=plan.source,
            loaded_at=now,
            loaded_by=actor.person_id or None,
            state=DRAFT,
            current=False,
        )
        session.add(row)
        await session.flush()
        await _note(session, actor, "prepared_campaign", row, now)
    campaign_shelf.keep(session, plan.digest, said)
    return await _prepared(session, actor, row, said, known=known)


async def draft(session: Session, actor: Actor, version_id: int) -> Prepared:
    """A version as `prepare` gave it, to be shown again."""
    actor.require(Permission.LOAD_CAMPAIGN)
    row = await campaign_shelf.row(session, version_id)
    return await _prepared(session, actor, row, await campaign_shelf.said(session, row.id or 0), known=True)


async def drafts(session: Session, actor: Actor) -> list[DraftFacts]:
    """Versions nobody has published yet, newest first."""
    actor.require(Permission.LOAD_CAMPAIGN)
    found = []
    for row, loaded_by in await queries.unpublished(session):
        label = (await campaign_shelf.said(session, row.id or 0)).label
        approved = row.state == APPROVED
        found.append(DraftFacts(row.id or 0, row.code, label, approved, loaded_by or "", row.loaded_at))
    return found


async def approve(session: Session, actor: Actor, version_id: int, now: datetime) -> None:
    """The office has compared the draft with the document. Again changes nothing."""
    actor.require(Permission.LOAD_CAMPAIGN)
    row = await campaign_shelf.row(session, version_id)
    if row.state != DRAFT:
        return
    row.state, row.approved_at, row.approved_by = APPROVED, now, actor.person_id or None
    session.add(row)
    await _note(session, actor, "approved_campaign", row, now)


async def publish(session: Session, actor: Actor, version_id: int, now: datetime) -> None:
    """Put an approved version, or one that was in force before, in force in place of the one that is.

    Answers under that one keep it. Only `services/date_changes.py` calls it, which tells whoever owes
    something by another day now, and `load`.
    Refused for a draft, and for a plan that runs from its issue while its issue date is not known.
    """
    actor.require(Permission.LOAD_CAMPAIGN)
    row = await campaign_shelf.row(session, version_id)
    if row.current:
        return
    if row.state == DRAFT:
        raise Refusal(Code.CAMPAIGN_NOT_APPROVED)
    campaign = await of_version(session, version_id)
    if issue_date_missing(campaign):
        raise Refusal(Code.ISSUE_DATE_MISSING, plan=row.code)
    if disordered(campaign):
        raise Refusal(Code.DATES_DISORDERED)
    await queries.supersede(session, row.code)
    row.state, row.published_at, row.current = PUBLISHED, now, True
    session.add(row)
    await campaign_dates.keep_rounds(session, actor, campaign, now)
    await session.flush()
    await _note(session, actor, "published_campaign", row, now)


async def discard(session: Session, actor: Actor, version_id: int, now: datetime) -> None:
    """Forget a version that was never published."""
    actor.require(Permission.LOAD_CAMPAIGN)
    row = await campaign_shelf.row(session, version_id)
    if row.state == PUBLISHED:
        raise Refusal(Code.CAMPAIGN_PUBLISHED)
    await _note(session, actor, "discarded_campaign", row, now)
    session.expunge(row)
    await queries.discard(session, version_id)
    campaign_shelf.forget_version(session, version_id)


async def load(session: Session, actor: Actor, source: str, name: str, now: datetime) -> Loaded:
    """Prepare, approve and publish in one act. The same content again changes nothing.

    Tells nobody: it is for where nobody is there yet, at seeding. Raises `CampaignFileError` for a file
    with faults.
    """
    actor.require(Permission.LOAD_CAMPAIGN)
    prepared = await prepare(session, actor, source, name, now)
    new = not (await campaign_shelf.row(session, prepared.version_id)).current
    if new:
        await approve(session, actor, prepared.version_id, now)
        await publish(session, actor, prepared.version_id, now)
    return Loaded(prepared.campaign, prepared.version_id, new_version=new)


async def enter_date(
    session: Session,
    actor: Actor,
    code: str,
    subject: str,
    value: str | Value,
    document: str,
    now: datetime,
    reason: str = "",
) -> DateFacts:
    """Enter a date the plan leaves unsaid, or change one, with the document it rests on.

    `value` may be typed text. What was in force for `subject` before stays on record. Only
    `services/date_changes.py` calls it, which tells whoever owes something by that date, and seeding,
    which has nobody to tell.
    """
    actor.require(Permission.LOAD_CAMPAIGN)
    said, datable, in_force_now = await campaign_shelf.dated(session, code, subject)
    rests_on = read_document(document)
    entered = EnteredDate(
        subject,
        _read(value, datable),
        rests_on,
        None if isinstance(datable.said, Unsaid) else datable.said,
    )
    others = [one for one in await campaign_shelf.entered(session, code) if one.subject != subject]
    ensure_plausible(with_dates(said, others), subject, entered.value, actor.today)
    after = with_dates(said, [*others, entered])
    if disordered(after):
        raise Refusal(Code.DATES_DISORDERED)
    await queries.replace_date(session, code, subject, now)
    row = CampaignDate(
        campaign=code,
        subject=subject,
        value=written(entered.value),
        document=rests_on,
        instead_of="" if entered.instead_of is None else written(entered.instead_of),
        reason=reason,
        entered_by=actor.person_id or None,
        entered_at=now,
    )
    session.add(row)
    await session.flush()
    campaign_shelf.forget_dates(session)
    if in_force_now:
        await campaign_dates.keep_rounds(session, actor, after, now)
    told = {"what": subject, "value": row.value, "instead_of": row.instead_of}
    await journal.note(session, actor.label, "entered_date", f"campaign:{code}", now, **told)
    before = entered.instead_of
    return DateFacts(
        subject, entered.value, rests_on, before, actor.name, now, None, counts=True, reason=reason
    )


def read_document(typed: str) -> str:
    """The document a date rests on, as it is kept; refused where nothing is named."""
    rests_on = clean_line(typed, DOCUMENT_LIMIT)
    if len(rests_on) < _SHORTEST_DOCUMENT:
        raise Refusal(Code.DOCUMENT_MISSING)
    return rests_on


async def read_date(session: Session, actor: Actor, code: str, subject: str, typed: str | Value) -> Value:
    """The date a person typed for something of a plan; refused before its document is asked for."""
    actor.require(Permission.LOAD_CAMPAIGN)
    said, datable, _current = await campaign_shelf.dated(session, code, subject)
    value = _read(typed, datable)
    others = [one for one in await campaign_shelf.entered(session, code) if one.subject != subject]
    ensure_plausible(with_dates(said, others), subject, value, actor.today)
    return value


async def dates(session: Session, actor: Actor, code: str) -> list[DateFacts]:
    """Every date entered for a campaign, the newest first, replaced ones included."""
    actor.require(Permission.LOAD_CAMPAIGN)
    rows = await queries.dates_of(session, code)
    return _date_facts(rows, await campaign_shelf.leading(session, code)) if rows else []


async def leading(session: Session, actor: Actor, code: str) -> Campaign:
    """The version in force with entered dates, or the newest while none is."""
    actor.require(Permission.LOAD_CAMPAIGN)
    said = await campaign_shelf.leading(session, code)
    return with_dates(said, await campaign_shelf.entered(session, code))


async def datable(session: Session, actor: Actor, code: str) -> list[Datable]:
    """Everything in the plan that has or could have a date, as the plan itself says it."""
    actor.require(Permission.LOAD_CAMPAIGN)
    return list(datables(await campaign_shelf.leading(session, code)))


async def unsaid_dates(session: Session, actor: Actor, code: str) -> list[Datable]:
    """What the plan leaves without a date and the office has not entered either."""
    actor.require(Permission.LOAD_CAMPAIGN)
    campaign = with_dates(
        await campaign_shelf.leading(session, code), await campaign_shelf.entered(session, code)
    )
    return [one for one in datables(campaign) if isinstance(one.said, Unsaid)]


async def copy_for_year(session: Session, actor: Actor, code: str, year: int) -> str:
    """A file to start next year's plan from: last year's, with its years moved and its issue removed."""
    actor.require(Permission.LOAD_CAMPAIGN)
    return copied(await campaign_shelf.leading_source(session, code), year)


async def of_version(session: Session, version_id: int) -> Campaign:
    """The campaign as it was in that version, with the dates that were entered for it."""
    code, content = await campaign_shelf.code_and_digest(session, version_id)
    return with_dates(
        await campaign_shelf.of_digest(session, version_id, content),
        await campaign_shelf.entered(session, code),
    )


async def in_force(session: Session) -> list[tuple[int, Campaign]]:
    """Version id and content of every campaign in force, with entered dates."""
    found = []
    for version_id, code, content in await queries.current(session):
        campaign_shelf.seen(session, version_id, code, content)
        found.append((version_id, await of_version(session, version_id)))
    return found


async def open_rounds(session: Session, today: date, now: datetime) -> list[tuple[int, Campaign, Round]]:
    """Rounds that can be answered now, with the version in force.

    Where the plan leaves it unsaid, a yearly round opens with its year, the period round with the last
    year, and a round stays open.
    """
    found: list[tuple[int, Campaign, Round]] = []
    for version_id, campaign in await in_force(session):
        rows = await queries.rounds_of(session, campaign.code)
        found += [
            (version_id, campaign, row) for row in rows if campaign_dates.is_open(row, campaign, today, now)
        ]
    return found


async def _prepared(
    session: Session, actor: Actor, row: CampaignVersion, said: Campaign, *, known: bool
) -> Prepared:
    campaign = with_dates(said, await campaign_shelf.entered(session, said.code))
    found = findings(campaign, law_registry.laws(), actor.today)
    before = next((one for one, current in await queries.newest(session, said.code) if current), row.id)
    changed = () if before == row.id else differences(await campaign_shelf.said(session, before or 0), said)
    facts = _date_facts(await queries.dates_of(session, said.code), said)
    counting = tuple(one for one in facts if one.counts)
    return Prepared(row.id or 0, campaign, found, changes.lines(changed), known, _standing(row), counting)


def _standing(row: CampaignVersion) -> Standing:
    if row.current:
        return Standing.IN_FORCE
    return Standing.OLD if row.state == PUBLISHED else Standing(row.state)


def _date_facts(rows: Iterable[tuple[CampaignDate, str | None]], said: Campaign) -> list[DateFacts]:
    """Entered dates as they are shown beside a plan."""
    plain = {one.subject: one.said for one in datables(said)}
    several = list(rows)
    followed = {(row.subject, row.entered_at): row.id or 0 for row, _name in reversed(several)}
    return [
        DateFacts(
            subject=row.subject,
            value=value_of(row.value),
            document=row.document,
            instead_of=(before := value_of(row.instead_of) if row.instead_of else None),
            entered_by=name or "",
            entered_at=row.entered_at,
            replaced_at=row.replaced_at,
            counts=row.replaced_at is None and counts(plain.get(row.subject), before),
            withdrawn=row.replaced_at is not None
            and followed.get((row.subject, row.replaced_at), 0) <= (row.id or 0),
            reason=row.withdrawn_for or row.reason,
        )
        for row, name in several
    ]


def _read(value: str | Value, datable: Datable) -> Value:
    try:
        return read_value(value, datable, VIETNAM) if isinstance(value, str) else checked(value, datable)
    except ValueError:
        given = clean_line(str(value), 40)
        facts = {"given": given, "moment": datable.moment, "yearly": datable.yearly}
        raise Refusal(Code.DATE_UNREADABLE, **facts) from None


async def _note(session: Session, actor: Actor, verb: str, row: CampaignVersion, now: datetime) -> None:
    subject = f"campaign:{row.code}"
    await journal.note(session, actor.label, verb, subject, now, version=row.id, digest=row.digest)
