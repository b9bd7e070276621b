"""The archive of a round that is over: who may have it, what goes into it, and that it was made."""

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from core.council import SittingState
from core.errands import ErrandKind
from core.messages import Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.round_archive import Over
from core.round_kept import RoundKept
from core.texts import round_archive as texts
from db.models import CouncilSitting, Round, RoundArchive, RoundArchivePart
from db.queries import council as council_queries
from db.queries import eligibility as eligibility_queries
from db.queries import nominations as nomination_queries
from db.queries import round_archives as queries
from db.transaction import Session
from services import campaigns, errands, journal, outbox, round_archive_dossiers, round_archive_facts
from services.actor import Actor, local
from services.round_archive_facts import Gathering

PORTION = 20
"""People read in one transaction: some 50 ms at twenty criteria each."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is packed: the facts, texts word for word by path, and the office time that all is dated by."""

    held: RoundKept
    texts: Mapping[str, str]
    at: datetime


async def listed(session: Session, actor: Actor, now: datetime) -> list[Over]:
    """Every round that is over, with its latest archive."""
    actor.require(Permission.ARCHIVE_ROUND)
    found = [await _over(session, row, now) for row in await queries.rounds(session)]
    return [one for one in found if not one.going]


async def one(session: Session, actor: Actor, round_id: int, now: datetime) -> Over:
    """One of them."""
    actor.require(Permission.ARCHIVE_ROUND)
    row = await nomination_queries.round_of(session, round_id)
    if row is None:
        raise Refusal(Code.NOT_FOUND)
    return await _over(session, row, now)


async def find(session: Session, actor: Actor, name: str, now: datetime) -> Over | None:
    """The round that is called so at the machine: «004/2026», or «004» where the plan has only one."""
    actor.require(Permission.ARCHIVE_ROUND)
    code, _, period = name.strip().partition("/")
    rows = [row for row in await queries.rounds(session) if row.campaign == code and period in {"", row.code}]
    return await _over(session, rows[0], now) if len(rows) == 1 else None


async def names(session: Session, actor: Actor) -> list[str]:
    """What rounds are called at the machine."""
    actor.require(Permission.ARCHIVE_ROUND)
    return sorted(f"{row.campaign}/{row.code}" for row in await queries.rounds(session))


async def ask(session: Session, actor: Actor, round_id: int, now: datetime) -> None:
    """Have the archive of a round made; asked for again while that is being done, nothing changes."""
    actor.require(Permission.ARCHIVE_ROUND)
    found = await one(session, actor, round_id, now)
    _ensure_over(found)
    if found.making:
        return
    row = RoundArchive(round_id=round_id, asked_by=actor.person_id or None, asked_at=now)
    session.add(row)
    await session.flush()
    await errands.add(session, ErrandKind.ROUND_ARCHIVE, row.id or 0, now)
    await journal.note(session, actor.label, "asked_for_archive", f"round:{round_id}", now)


async def content(session: Session, actor: Actor, round_id: int, now: datetime) -> Wanted:
    """Everything of a round that is over."""
    actor.require(Permission.ARCHIVE_ROUND)
    _ensure_over(await one(session, actor, round_id, now))
    found = await _begun(session, round_id)
    while not found.whole:
        await gather(session, found)
    return await gathered(session, found)


async def begun(session: Session, archive_id: int) -> Gathering | None:
    """An archive that was asked for, to be gathered portion by portion; nothing where it is there already."""
    row = await queries.archive(session, archive_id)
    if row is None or row.state != "making":
        return None
    return await _begun(session, row.round_id)


async def gather(session: Session, found: Gathering) -> None:
    """Read the next portion: thousands of people in one transaction would keep everybody waiting."""
    assessments, nominations, dossiers = found.to_read
    if assessments:
        found.assessments += await round_archive_facts.assessments(session, found, _few(assessments))
    elif nominations:
        found.nominees += await round_archive_facts.nominees(session, found, _few(nominations))
    elif dossiers:
        found.dossiers += await round_archive_dossiers.dossiers(session, found, [dossiers.popleft()])


async def gathered(session: Session, found: Gathering) -> Wanted:
    """All of it, once every portion is read."""
    of = found.round
    versions = await eligibility_queries.versions_in(session, of.id or 0)
    plans = await round_archive_facts.plans(session, found, versions)
    campaign = await campaigns.of_version(session, plans[-1].version)
    held = RoundKept(
        campaign=of.campaign,
        campaign_label=campaign.label,
        title=campaign.title,
        round=of.code,
        round_label=of.label,
        over_at=found.over_at,
        plans=plans,
        units=await round_archive_facts.units(session, found),
        assessments=tuple(found.assessments),
        nominees=tuple(found.nominees),
        dossiers=tuple(found.dossiers),
        sittings=await round_archive_dossiers.sittings(session, found),
        awards=await round_archive_facts.awards(session, found.nominees),
        told=await round_archive_dossiers.told(session, found),
    )
    return Wanted(held, found.texts, local(session, found.over_at))


async def made(session: Session, archive_id: int, parts: Sequence[tuple[str, int]], now: datetime) -> None:
    """Note its parts (SHA-256 and size), once; whoever asked for it is told."""
    row = await queries.archive(session, archive_id)
    if row is None or not await queries.end(session, archive_id, "made", now):
        return
    round_id, asked_by = row.round_id, row.asked_by
    session.add_all(
        RoundArchivePart(archive_id=archive_id, part=place, sha256=sha256, size=size)
        for place, (sha256, size) in enumerate(parts, 1)
    )
    await session.flush()
    session.expire_all()
    await note_made(session, "house", round_id, [sha256 for sha256, _size in parts], now)
    await _tell(session, asked_by, round_id, texts.ready, f"round_archive:{archive_id}", now)


async def note_made(session: Session, label: str, round_id: int, parts: Sequence[str], now: datetime) -> None:
    """That it was made, with the SHA-256 of every part: years later they tell whether it is the same."""
    await journal.note(session, label, "made_archive", f"round:{round_id}", now, parts=" ".join(parts))


async def lost(session: Session, archive_id: int, now: datetime) -> None:
    """It could not be made for a day."""
    row = await queries.archive(session, archive_id)
    if row is None or not await queries.end(session, archive_id, "lost", now):
        return
    await _tell(session, row.asked_by, row.round_id, texts.lost, f"round_archive:{archive_id}", now)


async def _tell(
    session: Session,
    person_id: int | None,
    round_id: int,
    words: Callable[[Over], Message],
    once: str,
    now: datetime,
) -> None:
    of = await nomination_queries.round_of(session, round_id)
    if person_id is not None and of is not None:
        await outbox.notify(session, [person_id], words(await _over(session, of, now)), now, once=once)


def _ensure_over(found: Over) -> None:
    if found.going:
        raise Refusal(Code.ROUND_NOT_OVER)


async def _over(session: Session, row: Round, now: datetime) -> Over:
    number = row.id or 0
    found = await queries.archives(session, number)
    whole = next((one for one in found if one.state == "made"), None)
    parts = await queries.parts(session, whole.id or 0) if whole is not None else []
    labels = {campaign.code: campaign.label for _id, campaign in await campaigns.in_force(session)}
    return Over(
        round_id=number,
        campaign=row.campaign,
        code=row.code,
        campaign_label=labels.get(row.campaign, row.campaign),
        round_label=row.label,
        going=await _going(session, row, now),
        made_at=local(session, whole.ended_at) if whole is not None and whole.ended_at is not None else None,
        parts=tuple((one.sha256, one.size) for one in parts),
        making=any(one.state == "making" for one in found),
    )


async def _going(session: Session, row: Round, now: datetime) -> bool:
    """Whether something is still to come: a dossier is on its way, the council sits, or neither did yet.

    A round is over with the council's decision; where there was nothing to decide, with its end.
    """
    number = row.id or 0
    if await queries.under_way(session, number) or await council_queries.live_of_round(session, number):
        return True
    if _decided(await queries.sittings(session, number)):
        return False
    return row.closes_at is None or now < row.closes_at


def _decided(rows: Sequence[CouncilSitting]) -> list[datetime]:
    return [
        row.decided_at
        for row in rows
        if row.state == SittingState.DECIDED.value and row.decided_at is not None
    ]


async def _begun(session: Session, round_id: int) -> Gathering:
    row = await nomination_queries.round_of(session, round_id)
    assert row is not None
    over_at = max(_decided(await queries.sittings(session, round_id)), default=row.closes_at)
    assert over_at is not None
    return await round_archive_facts.begun(session, row, over_at)


def _few(left: deque[int]) -> list[int]:
    return [left.popleft() for _place in range(min(PORTION, len(left)))]
