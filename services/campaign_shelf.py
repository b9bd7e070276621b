"""The versions of campaigns as read from their sources, and the dates the office has entered for them."""

from collections.abc import MutableMapping

from core.campaign_dates import Datable, EnteredDate, datables, value_of
from core.campaigns import Campaign
from core.refusals import Code, Refusal
from db.models import CampaignVersion
from db.queries import campaigns as queries
from db.transaction import Session, remember
from services.papers import campaign_toml

_DATES = "campaign dates"
_DIGESTS = "campaign digests"


async def row(session: Session, version_id: int) -> CampaignVersion:
    """A version as it is kept."""
    found = await queries.version(session, version_id)
    if found is None:
        raise Refusal(Code.NOT_FOUND)
    return found


async def said(session: Session, version_id: int) -> Campaign:
    """A version in the plan's own words, without entered dates."""
    _code, content = await code_and_digest(session, version_id)
    return await of_digest(session, version_id, content)


async def code_and_digest(session: Session, version_id: int) -> tuple[str, str]:
    """Of which campaign a version is, and what is in it."""
    known = _digests(session)
    if version_id not in known:
        found = await queries.code_and_digest(session, version_id)
        if found is None:
            raise Refusal(Code.NOT_FOUND)
        known[version_id] = found
    return known[version_id]


async def of_digest(session: Session, version_id: int, content: str) -> Campaign:
    """What is under a digest never changes, so each is read from its source once a process."""
    shelf = _shelf(session)
    found = shelf.get(content)
    if found is None:
        kept = await row(session, version_id)
        found = shelf[content] = campaign_toml.read(kept.source, kept.code)
    assert isinstance(found, Campaign)
    return found


def keep(session: Session, content: str, campaign: Campaign) -> None:
    """What is under a digest was read by somebody else."""
    _shelf(session).setdefault(content, campaign)


async def leading_id(session: Session, code: str) -> int:
    """The number of the version in force, or of the newest while none is."""
    versions = await queries.newest(session, code)
    if not versions:
        raise Refusal(Code.NOT_FOUND)
    return versions[0][0]


async def leading(session: Session, code: str) -> Campaign:
    """That version in the plan's own words."""
    return await said(session, await leading_id(session, code))


async def leading_source(session: Session, code: str) -> str:
    """The file of that version."""
    return (await row(session, await leading_id(session, code))).source


async def entered(session: Session, code: str) -> list[EnteredDate]:
    """The dates in force that were entered for a campaign; read once a transaction."""
    by_code = _by_code(session)
    if not by_code:
        by_code[""] = []
        for kept in await queries.dates_in_force(session):
            before = value_of(kept.instead_of) if kept.instead_of else None
            one = EnteredDate(kept.subject, value_of(kept.value), kept.document, before)
            by_code.setdefault(kept.campaign, []).append(one)
    return by_code.get(code, [])


async def dated(session: Session, code: str, subject: str) -> tuple[Campaign, Datable, bool]:
    """The version in force that can have this dated, or the newest that can, and whether it is in force."""
    for version_id, current in await queries.newest(session, code):
        plan = await said(session, version_id)
        for one in datables(plan):
            if one.subject == subject:
                return plan, one, current
    raise Refusal(Code.NOT_FOUND)


def seen(session: Session, version_id: int, code: str, content: str) -> None:
    """Note what another query has read anyway."""
    _digests(session)[version_id] = (code, content)


def forget_dates(session: Session) -> None:
    """Read the entered dates anew: one was just entered."""
    _by_code(session).clear()


def forget_version(session: Session, version_id: int) -> None:
    """A version is gone."""
    _digests(session).pop(version_id, None)


def _shelf(session: Session) -> MutableMapping[str, object]:
    shelf = session.info["campaigns"]
    assert isinstance(shelf, MutableMapping)
    return shelf


def _by_code(session: Session) -> dict[str, list[EnteredDate]]:
    """What was read, by campaign; with an entry for none once it was read."""
    known = remember(session).setdefault(_DATES, {})
    assert isinstance(known, dict)
    return known


def _digests(session: Session) -> dict[int, tuple[str, str]]:
    known = remember(session).setdefault(_DIGESTS, {})
    assert isinstance(known, dict)
    return known
