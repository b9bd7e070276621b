"""Each step of a dossier told to everybody it concerns: one message each, once, in the step's transaction.

`services.dossiers.move` calls `tell` for every step there is, so that none is forgotten. Who has several
parts in a dossier has one message with everything in it; who sits in the council is told by the council.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from core.appraisal import ItemFacts
from core.dossiers import DossierAct, DossierState, NomineeFacts
from core.messages import Message
from core.results import Taken, Told
from core.roles import Permission
from core.texts import appraisal_supplement as supplement_texts
from core.texts import dossiers as dossier_texts
from core.texts import results_notices as texts
from db.queries import appraisal as appraisal_queries
from db.queries import council as council_queries
from db.queries import results as queries
from db.transaction import Session
from services import appraisal_verdicts, dossier_people, eligibility, outbox
from services.actor import local, today

#: Nobody but colleagues at the same desk has to know.
_INTERNAL = frozenset({DossierAct.LET_GO})
#: The unit knows that it is being appraised; for a nominee nothing has changed.
_UNIT_ALONE = frozenset({DossierAct.TAKE_UP})
#: What those who sit are told by the council itself, everybody on its agenda included.
_BY_COUNCIL = frozenset({DossierAct.PUT, DossierAct.TAKE_OFF, DossierAct.REFER, DossierAct.CONCLUDE})


async def tell(session: Session, taken: Taken, people: Sequence[NomineeFacts], now: datetime) -> None:
    """Tell everybody concerned of a step that was just taken; who took it knows."""
    if taken.act in _INTERNAL:
        return
    told = await _told(session, taken, people)
    looks_after = await dossier_people.of_unit(session, taken.after.unit_id, now)
    letters = await _at_work(session, taken, told, now) | _of_the_unit(taken, told, looks_after)
    own = {} if taken.act in _UNIT_ALONE else await dossier_people.of_nominees(session, people, now)
    for person, whom in own.items():
        lines = [line for one in whom if (line := texts.line(taken, told, one))]
        if lines and person not in letters:
            letters[person] = texts.to_nominee(taken, lines)
        elif lines and person not in looks_after:
            letters[person] = texts.also(letters[person], lines)
    told_elsewhere = await _sitting(session, taken.act, people)
    once = _once(taken)
    alike: dict[Message, list[int]] = {}
    for person, message in letters.items():
        if person != taken.by_id and person not in told_elsewhere:
            alike.setdefault(message, []).append(person)
    for message, persons in alike.items():
        await outbox.notify(session, persons, message, now, once=once)


def _once(taken: Taken) -> str:
    """A dossier that changes hands while it is appraised is taken up once, as far as its unit is told."""
    if taken.act is DossierAct.TAKE_UP:
        return f"dossier:{taken.after.id}:{taken.after.version}:taken_up"
    return f"dossier_step:{taken.step_id}"


def _of_the_unit(taken: Taken, told: Told, people: Collection[int]) -> dict[int, Message]:
    message = texts.to_unit(taken, told)
    letters = dict.fromkeys(people, message)
    if taken.instead_of is not None and taken.act is DossierAct.SUBMIT:
        letters[taken.instead_of] = dossier_texts.in_place_notice(taken.after, taken.by)
    elif taken.instead_of is not None and taken.act is DossierAct.WITHDRAW:
        letters[taken.instead_of] = message
    return letters


async def _at_work(session: Session, taken: Taken, told: Told, now: datetime) -> dict[int, Message]:
    """What those are told who have to do with a dossier next: appraisers and the office."""
    if taken.act not in {DossierAct.SUBMIT, DossierAct.WITHDRAW}:
        return {}
    day = today(session, now)
    appraisers = await eligibility.holding(session, Permission.APPRAISE, day)
    if taken.supplements:
        appraiser = taken.after.appraiser_id
        message = supplement_texts.back_notice(taken.after, len(told.items), taken.reason)
        return dict.fromkeys([appraiser] if appraiser in appraisers else appraisers, message)
    office = await eligibility.holding(session, Permission.CALL_COUNCIL, day)
    if taken.act is DossierAct.WITHDRAW:
        return dict.fromkeys(
            (*office, *appraisers), dossier_texts.withdrawn_notice(taken.before, taken.reason)
        )
    message = dossier_texts.submitted_notice(taken.after, len(told.people), taken.reason)
    to_appraise = replace(message, doors=(dossier_texts.to_appraise(taken.after),))
    return dict.fromkeys(office, message) | dict.fromkeys(appraisers, to_appraise)


async def _told(session: Session, taken: Taken, people: Sequence[NomineeFacts]) -> Told:
    told = Told(tuple(people))
    match taken.act:
        case DossierAct.RETURN:
            return replace(told, items=tuple(await _items(session, taken.after.id, asked=False)))
        case DossierAct.SUBMIT if taken.before.state is DossierState.SUPPLEMENT:
            return replace(told, items=tuple(await _items(session, taken.after.id, asked=True)))
        case DossierAct.FINISH:
            return replace(
                told,
                verdicts=await appraisal_verdicts.verdicts_of(session, people),
                wanting=await appraisal_verdicts.wanting(session, people),
            )
        case DossierAct.PUT:
            sitting = await queries.last_sitting(session, [one.nomination_id for one in people])
            held = local(session, sitting.held_at) if sitting is not None else None
            return replace(told, held_at=held)
        case DossierAct.CONCLUDE | DossierAct.DECIDE:
            return await _outcomes(session, told)
    return told


async def _outcomes(session: Session, told: Told) -> Told:
    for one in told.people:
        found = await council_queries.latest_item(session, one.nomination_id)
        if found is not None:
            item, sitting = found
            outcome = {one.nomination_id: (item.chosen, item.reason)}
            told = replace(
                told, outcomes={**told.outcomes, **outcome}, number=sitting.number, dated=sitting.dated
            )
    return told


async def _items(session: Session, dossier_id: int, *, asked: bool) -> list[ItemFacts]:
    """What the unit is being asked for now; or (`asked`) what it was asked for last."""
    rows = await appraisal_queries.items(session, dossier_id)
    found = [(row, files) for row, files in rows if (row.asked_at is not None) is asked]
    last = max((row.version for row, _files in found), default=0)
    return [
        appraisal_queries.facts_of(row, files) for row, files in found if not asked or row.version == last
    ]


async def _sitting(session: Session, act: DossierAct, people: Sequence[NomineeFacts]) -> Collection[int]:
    """Who is told of this by the council: its members and, of what it concludes, its secretary."""
    if act not in _BY_COUNCIL:
        return ()
    sitting = await queries.last_sitting(session, [one.nomination_id for one in people])
    if sitting is None:
        return ()
    members = {one.id or 0 for one in await council_queries.members(session, sitting.id or 0)}
    reads = act in {DossierAct.CONCLUDE, DossierAct.REFER} and sitting.secretary_id is not None
    return members | ({sitting.secretary_id or 0} if reads else set())
