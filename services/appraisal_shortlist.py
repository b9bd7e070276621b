"""The shortlist of a round: everybody whose appraisal has begun, in the announced order, moved by hand."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from core.appraisal import RECENT_YEARS, Contender, HandMove, NomineeVerdict, Ranked, TieRule, shortlist
from core.appraisal import preferred as preferred_in
from core.campaign_terms import Clause, SubjectKind
from core.dossiers import DossierState, NomineeFacts
from core.quotas import Ledger
from core.refusals import Code, Refusal
from core.roles import Permission
from db.models import ShortlistChange
from db.queries import appraisal as queries
from db.queries import nominations as nomination_queries
from db.transaction import Session
from services import (
    appraisal,
    appraisal_rules,
    appraisal_verdicts,
    campaigns,
    dossiers,
    eligibility,
    journal,
    nominations,
)
from services.actor import Actor, today

_BEGUN = frozenset(DossierState) - {DossierState.DRAFTING, DossierState.SUBMITTED}
#: What the council has is ordered no more.
_OPEN = frozenset({DossierState.APPRAISING, DossierState.SUPPLEMENT, DossierState.APPRAISED})


async def seen(
    session: Session, actor: Actor, round_id: int, now: datetime
) -> tuple[list[Ranked], Ledger, tuple[TieRule, ...]]:
    """The shortlist beside the quota, for whoever prepares the council's meeting."""
    actor.require(Permission.CALL_COUNCIL)
    book = await nominations.round_ledger(session, actor, round_id)
    return await ranked(session, round_id, now), book, await appraisal_rules.order(session)


async def preferred(session: Session, round_id: int) -> tuple[Clause, ...]:
    """What the plan of a round says of whom it would rather see commended."""
    row = await nomination_queries.round_of(session, round_id)
    known = {campaign.code: campaign for _id, campaign in await campaigns.in_force(session)}
    campaign = known.get(row.campaign) if row is not None else None
    return preferred_in(campaign.clauses()) if campaign is not None else ()


async def remark(session: Session, nomination_id: int) -> str:
    """What the appraiser remarked on a nominee last."""
    found = [row.words for row, _by in await queries.changes(session, [nomination_id]) if row.place is None]
    return found[-1] if found else ""


async def verdicts(session: Session, dossier_id: int, now: datetime) -> dict[int, NomineeVerdict]:
    """What was found of each nominee of a dossier, by nomination, with the place on the shortlist."""
    facts = await dossiers.facts_of(session, dossier_id, now)
    found = await appraisal_verdicts.verdicts_of(session, await dossiers.nominees(session, dossier_id, now))
    places = {one.contender.nomination_id: one.rank for one in await ranked(session, facts.round_id, now)}
    return {
        key: NomineeVerdict(key, one.mark, one.marked, one.total, one.met, one.unclear, places.get(key, 0))
        for key, one in found.items()
    }


async def ranked(session: Session, round_id: int, now: datetime) -> list[Ranked]:
    """Collectives first, then people, each in order."""
    found = await _contenders(session, round_id, now)
    changed = await queries.changes(session, [one.nomination_id for one in found])
    moves = [
        HandMove(row.nomination_id, row.place, row.words, by) for row, by in changed if row.place is not None
    ]
    order = await appraisal_rules.order(session)
    lists: list[Ranked] = []
    for subject in SubjectKind:
        own = [one for one in found if one.subject is subject]
        numbers = {one.nomination_id for one in own}
        lists += shortlist(own, order, [one for one in moves if one.nomination_id in numbers])
    return lists


async def one(session: Session, actor: Actor, nomination_id: int, now: datetime) -> tuple[int, Ranked]:
    """The round and place of one of them."""
    actor.require(Permission.CALL_COUNCIL)
    dossier_id = await queries.dossier_of(session, nomination_id)
    if dossier_id is None:
        raise Refusal(Code.NOT_FOUND)
    facts = await dossiers.one(session, actor, dossier_id, now)
    for found in await ranked(session, facts.round_id, now):
        if found.contender.nomination_id == nomination_id:
            return facts.round_id, found
    raise Refusal(Code.NOT_FOUND)


async def change(
    session: Session, actor: Actor, nomination_id: int, place: int | None, words: str, now: datetime
) -> None:
    """Put somebody at a place by hand, for a reason; or (at none) remark on them."""
    actor.require(Permission.CALL_COUNCIL)
    dossier_id = await queries.dossier_of(session, nomination_id)
    if dossier_id is None:
        raise Refusal(Code.NOT_FOUND)
    actor.require(Permission.APPRAISE)
    facts = await appraisal.ensure_free_of(session, actor, dossier_id, now)
    if facts.state not in _OPEN:
        raise Refusal(Code.DOSSIER_MOVED_ON)
    told = appraisal.reason_told(words)
    if place is not None:
        _round, found = await one(session, actor, nomination_id, now)
        same = [
            other
            for other in await ranked(session, facts.round_id, now)
            if other.contender.subject is found.contender.subject
        ]
        if not 1 <= place <= len(same):
            raise Refusal(Code.SHORTLIST_PLACE, most=len(same))
    session.add(
        ShortlistChange(
            nomination_id=nomination_id,
            place=place,
            words=told,
            made_by=actor.person_id,
            made_at=now,
        )
    )
    await session.flush()
    verb = "remarked_on_nominee" if place is None else "moved_on_shortlist"
    facts_told = eligibility.reason_facts(told)
    await journal.note(
        session, actor.label, verb, f"nomination:{nomination_id}", now, place=place or 0, **facts_told
    )


async def _contenders(session: Session, round_id: int, now: datetime) -> list[Contender]:
    late: dict[int, bool] = {}
    people: list[tuple[int, NomineeFacts]] = []
    for row in await queries.of_round(session, round_id, _BEGUN):
        late[row.id or 0] = row.late
        people += [(row.id or 0, one) for one in await dossiers.nominees(session, row.id or 0, now)]
    verdicts = await appraisal_verdicts.verdicts_of(session, [one for _dossier, one in people])
    grounds = await _Grounds.read(session, [one for _dossier, one in people], now)
    remarks = {
        row.nomination_id: row.words
        for row, _by in await queries.changes(session, [one.nomination_id for _dossier, one in people])
        if row.place is None
    }
    return [
        Contender(
            one.nomination_id,
            dossier,
            one.subject,
            one.name,
            one.unit,
            verdicts[one.nomination_id],
            {
                TieRule.MORE_MET: verdicts[one.nomination_id].met,
                TieRule.NOT_RECENT: int(not grounds.recent(one)),
                TieRule.NOT_LEADING: int(one.person_id not in grounds.leaders),
                TieRule.ON_TIME: int(not late[dossier]),
            },
            remarks.get(one.nomination_id, ""),
        )
        for dossier, one in people
    ]


class _Grounds:
    """Who was commended lately, and who leads a unit."""

    def __init__(self, commended: tuple[set[int], set[int]], leaders: set[int]) -> None:
        self._people, self._units = commended
        self.leaders = leaders

    @classmethod
    async def read(cls, session: Session, those: Sequence[NomineeFacts], now: datetime) -> "_Grounds":
        people: Collection[int] = {one.person_id for one in those if one.person_id is not None}
        units = {one.unit_id for one in those}
        since = now - timedelta(days=RECENT_YEARS * 365)
        commended = await queries.lately_commended(session, people, units, since)
        return cls(commended, await queries.leaders(session, people, today(session, now)))

    def recent(self, one: NomineeFacts) -> bool:
        """Whether somebody was commended within the last years."""
        if one.subject is SubjectKind.COLLECTIVE:
            return one.unit_id in self._units
        return one.person_id in self._people
