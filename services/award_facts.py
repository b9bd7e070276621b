"""Awards as they are shown, whoever asks: rights are those of who calls."""

from collections.abc import Collection, Sequence
from datetime import datetime

from core.awards import Annulment, AnnulmentState, AwardFacts, Decision, newest_first
from core.campaign_terms import SubjectKind
from core.dossiers import NomineeFacts
from db.models import Award, AwardAnnulment, Round
from db.queries import awards as queries
from db.queries import eligibility as eligibility_queries
from db.queries import people as people_queries
from db.transaction import Session
from services import campaigns, dossier_people
from services.actor import today


async def of_subjects(
    session: Session, people: Collection[int], units: Collection[int], now: datetime
) -> list[AwardFacts]:
    """What these people, and these units as a whole, were awarded, the newest first; annulled ones say so."""
    return newest_first(await facts(session, await queries.of_subjects(session, people, units), now))


async def of_nominee(session: Session, who: NomineeFacts, now: datetime) -> list[AwardFacts]:
    """What somebody in a dossier, or the unit that is proposed as a whole, was awarded before."""
    if who.subject is SubjectKind.COLLECTIVE:
        return await of_subjects(session, [], [who.unit_id], now)
    return await of_subjects(session, [who.person_id or 0], [], now)


async def concerned(session: Session, one: AwardFacts, now: datetime) -> tuple[list[int], list[int]]:
    """Whose award it is (nobody, for a unit's), and who looks after the unit besides."""
    person = await people_queries.person(session, one.person_id) if one.person_id is not None else None
    unit_id = person.unit_id if person is not None else one.unit_id or 0
    others = [
        other for other in await dossier_people.of_unit(session, unit_id, now) if other != one.person_id
    ]
    return [person.id or 0] if person is not None else [], others


async def by_ids(session: Session, ids: Collection[int], now: datetime) -> list[AwardFacts]:
    """These awards."""
    return await facts(session, await queries.by_ids(session, ids), now)


async def facts(
    session: Session, rows: Sequence[tuple[Award, Round | None]], now: datetime
) -> list[AwardFacts]:
    """Stored awards, in their order."""
    if not rows:
        return []
    owners = await eligibility_queries.people(
        session, {row.person_id for row, _round in rows if row.person_id}
    )
    asked = await queries.annulments_of(session, [row.id or 0 for row, _round in rows])
    units = {row.unit_id for row, _round in rows if row.unit_id} | {one.unit_id for one in owners.values()}
    names = await eligibility_queries.unit_names(session, units, today(session, now))
    by = {person for one in asked.values() for person in (one.asked_by, one.decided_by) if person}
    told = {key: person.name for key, person in (await eligibility_queries.people(session, by)).items()}
    labels = {plan.code: plan.label for _id, plan in await campaigns.in_force(session)}
    found: list[AwardFacts] = []
    for row, of_round in rows:
        owner = owners.get(row.person_id or 0)
        unit = names.get(owner.unit_id if owner else row.unit_id or 0, "")
        found.append(
            AwardFacts(
                id=row.id or 0,
                decision=decision_of(row),
                subject=owner.name if owner else unit,
                unit=unit,
                person_id=row.person_id,
                unit_id=row.unit_id,
                campaign=labels.get(row.campaign, row.campaign),
                round_label=of_round.label if of_round is not None else "",
                nomination_id=row.nomination_id,
                annulled=row.annulled_at is not None,
                annulment=_annulment(asked.get(row.id or 0), told),
            )
        )
    return found


def _annulment(row: AwardAnnulment | None, names: dict[int, str]) -> Annulment | None:
    if row is None:
        return None
    return Annulment(
        id=row.id or 0,
        state=AnnulmentState(row.state),
        slip=row.slip,
        reason=row.reason,
        document=row.document,
        asked_by=names.get(row.asked_by, ""),
        asker_id=row.asked_by,
        decided_by=names.get(row.decided_by or 0, ""),
    )


def decision_of(row: Award) -> Decision:
    """What a stored award says."""
    return Decision(
        title=row.title,
        authority=row.authority,
        number=row.number,
        dated=row.dated,
        achievement=row.achievement,
        first_year=row.first_year,
        last_year=row.last_year,
        thematic=row.thematic,
    )
