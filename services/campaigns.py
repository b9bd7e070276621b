"""Campaigns in force, their versions and rounds."""

from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import date, datetime

from core.campaigns import Campaign, RoundKind, Unsaid, digest
from core.refusals import Code, Refusal
from core.roles import Permission
from db.models import CampaignVersion, Round
from db.queries import campaigns as queries
from db.transaction import Session
from services import journal
from services.actor import Actor
from services.papers import campaign_toml


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading a campaign did."""

    campaign: Campaign
    version_id: int
    new_version: bool


async def load(session: Session, actor: Actor, source: str, name: str, now: datetime) -> Loaded:
    """Put a campaign file in force. The same content again changes nothing; a new one is a version.

    Answers given under an older version keep it. Raises `CampaignFileError` for a file with faults.
    """
    actor.require(Permission.LOAD_CAMPAIGN)
    campaign = campaign_toml.read(source, name)
    content = digest(campaign)
    known = await queries.version_by_digest(session, campaign.code, content)
    if known is not None and known.current:
        return Loaded(campaign, known.id or 0, new_version=False)
    await queries.supersede(session, campaign.code)
    if known is None:
        known = CampaignVersion(
            code=campaign.code,
            digest=content,
            source=source,
            loaded_at=now,
            loaded_by=actor.person_id or None,
        )
    known.current = True
    session.add(known)
    await _keep_rounds(session, campaign, now)
    await session.flush()
    await journal.note(
        session, actor.label, "loaded_campaign", f"campaign:{campaign.code}", now, digest=content
    )
    return Loaded(campaign, known.id or 0, new_version=True)


async def of_version(session: Session, version_id: int) -> Campaign:
    """The campaign as it was in that version."""
    shelf = _shelf(session)
    found = shelf.get(version_id)
    if found is None:
        row = await queries.version(session, version_id)
        if row is None:
            raise Refusal(Code.NOT_FOUND)
        found = campaign_toml.read(row.source, row.code)
        shelf[version_id] = found
    return found


async def in_force(session: Session) -> list[tuple[int, Campaign]]:
    """Version id and content of every campaign in force."""
    return [(row[0], await of_version(session, row[0])) for row in await queries.current(session)]


async def open_rounds(session: Session, today: date, now: datetime) -> list[tuple[int, Campaign, Round]]:
    """Rounds that can be answered now, with the version in force.

    Where the plan leaves it unsaid, a yearly round opens with its year, the period round with the last
    year, and a round stays open.
    """
    found: list[tuple[int, Campaign, Round]] = []
    for version_id, campaign in await in_force(session):
        for row in await queries.rounds_of(session, campaign.code):
            year = row.year if row.year is not None else campaign.window.last_year
            begun = now >= row.opens_at if row.opens_at is not None else today.year >= year
            if begun and (row.closes_at is None or now < row.closes_at):
                found.append((version_id, campaign, row))
    return found


async def _keep_rounds(session: Session, campaign: Campaign, now: datetime) -> None:
    """Rounds are as the plan now says; those it no longer has are closed."""
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


def _shelf(session: Session) -> MutableMapping[int, Campaign]:
    """Versions never change, so each is read from its source once a process."""
    shelf = session.info["campaigns"]
    assert isinstance(shelf, MutableMapping)
    return shelf
