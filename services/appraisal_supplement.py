"""What a unit is asked for again: noted by the appraiser, sent back as a list, answered item by item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from core.appraisal import ItemFacts
from core.assessment import EvidenceFacts
from core.dossiers import DossierAct, DossierFacts, DossierState
from core.refusals import Code, Refusal, uncut
from core.roles import Permission, Target
from core.texts import appraisal_supplement as texts
from core.vietnamese import clean_paragraphs
from db.models import SupplementFile, SupplementItem
from db.queries import appraisal as queries
from db.queries import people as people_queries
from db.transaction import Session
from services import (
    appraisal,
    appraisal_marks,
    appraisal_rules,
    calendar,
    dossier_people,
    dossier_submission,
    dossiers,
    evidence,
    journal,
    outbox,
    stood_in,
)
from services.actor import Actor, today

WORDS_LIMIT = 1_500
MOST_ITEMS = 30
MOST_FILES = 20


@dataclass(frozen=True, slots=True)
class Supplement:
    """What a unit has back: the dossier, what it was asked for, and whom each item is about."""

    facts: DossierFacts
    items: tuple[ItemFacts, ...]
    names: dict[int, str]
    sends: bool

    @property
    def left(self) -> int:
        """How many items have no answer yet."""
        return sum(not one.answered for one in self.items)


async def note(
    session: Session,
    actor: Actor,
    dossier_id: int,
    missing: str,
    now: datetime,
    nomination_id: int | None = None,
    key: str = "",
) -> int:
    """Note something to ask the unit for: of a nominee's criterion, or (for none) of the papers."""
    actor.require(Permission.APPRAISE)
    facts = await appraisal.held(session, actor, dossier_id, now)
    told = words_of(missing)
    code = ""
    if nomination_id is not None:
        seen = await appraisal_marks.nominee(session, actor, nomination_id, now)
        if seen.dossier.id != dossier_id:
            raise Refusal(Code.NOT_FOUND)
        code = seen.sheet.entry(key).criterion.code if key else ""
    if len(await noted(session, actor, dossier_id, now)) >= MOST_ITEMS:
        raise Refusal(Code.SUPPLEMENT_FULL, most=MOST_ITEMS)
    row = SupplementItem(
        dossier_id=dossier_id,
        version=facts.version + 1,
        nomination_id=nomination_id,
        criterion=code,
        missing=told,
        noted_by=actor.person_id,
        noted_at=now,
    )
    session.add(row)
    await session.flush()
    await journal.note(
        session, actor.label, "noted_missing", f"dossier:{dossier_id}", now, item=row.id or 0, criterion=code
    )
    return row.id or 0


async def noted(session: Session, actor: Actor, dossier_id: int, now: datetime) -> list[ItemFacts]:
    """What is noted and not sent yet."""
    actor.require(Permission.APPRAISE)
    await appraisal.ensure_free_of(session, actor, dossier_id, now)
    found = await queries.items(session, dossier_id)
    return [queries.facts_of(row, files) for row, files in found if row.asked_at is None]


async def drop(session: Session, actor: Actor, dossier_id: int, item_id: int, now: datetime) -> None:
    """Strike out a note that was not sent."""
    actor.require(Permission.APPRAISE)
    await appraisal.held(session, actor, dossier_id, now)
    if item_id not in {one.id for one in await noted(session, actor, dossier_id, now)}:
        raise Refusal(Code.NOT_FOUND)
    await queries.drop_item(session, item_id)
    await journal.note(session, actor.label, "dropped_missing", f"dossier:{dossier_id}", now, item=item_id)


async def usual_day(session: Session, now: datetime) -> date:
    """Until when a unit has time where nothing else is said."""
    days = await appraisal_rules.days(session, "supplement")
    return (await calendar.in_force(session)).plus_working_days(today(session, now), days)


async def send_back(
    session: Session, actor: Actor, dossier_id: int, due: date | None, now: datetime
) -> DossierFacts:
    """Return a dossier with the list of what is missing, to be there until the end of that day."""
    actor.require(Permission.APPRAISE)
    await appraisal.held(session, actor, dossier_id, now)
    items = await noted(session, actor, dossier_id, now)
    if not items:
        raise Refusal(Code.SUPPLEMENT_EMPTY)
    day = due or await usual_day(session, now)
    if day <= actor.today:
        raise Refusal(Code.SUPPLEMENT_PAST)
    told = texts.step_reason(len(items))
    facts = await dossiers.move(session, actor, dossier_id, DossierAct.RETURN, now, told, supplement_due=day)
    await queries.ask_items(session, dossier_id, facts.version, day, now)
    session.expire_all()
    return facts


async def asked_again(session: Session, dossier_id: int) -> list[ItemFacts]:
    """What a unit was asked for last, and may answer: nothing else of its nominees is open again."""
    found = [(row, files) for row, files in await queries.items(session, dossier_id) if row.asked_at]
    last = max((row.version for row, _files in found), default=0)
    return [queries.facts_of(row, files) for row, files in found if row.version == last]


async def mine(session: Session, actor: Actor, now: datetime) -> list[Supplement]:
    """The dossiers that came back to the person's units."""
    actor.require(Permission.PREPARE_DOSSIER)
    found = await dossiers.of_units(session, actor, now)
    return [
        await one(session, actor, facts.id, now) for facts in found if facts.state is DossierState.SUPPLEMENT
    ]


async def one(session: Session, actor: Actor, dossier_id: int, now: datetime) -> Supplement:
    """One of them."""
    actor.require(Permission.PREPARE_DOSSIER)
    facts = await _of_unit(session, actor, dossier_id, now)
    target = Target(units=await people_queries.units_above(session, facts.unit_id, actor.today))
    return Supplement(
        facts,
        tuple(await asked_again(session, dossier_id)),
        await _names(session, dossier_id, now),
        actor.may(Permission.SUBMIT_DOSSIER, target),
    )


async def item(
    session: Session, actor: Actor, item_id: int, now: datetime
) -> tuple[Supplement, ItemFacts, list[EvidenceFacts]]:
    """One item, for its unit while the dossier is there, with the files added to it."""
    actor.require(Permission.PREPARE_DOSSIER)
    row = await queries.item(session, item_id)
    if row is None or row.asked_at is None:
        raise Refusal(Code.NOT_FOUND)
    whole = await one(session, actor, row.dossier_id, now)
    found = next((item for item in whole.items if item.id == item_id), None)
    if found is None:
        raise Refusal(Code.NOT_FOUND)
    return whole, found, [evidence.facts_of(file) for file in await queries.files(session, item_id)]


async def answer(session: Session, actor: Actor, item_id: int, words: str, now: datetime) -> None:
    """Say what is to be said to an item; said again, it stands in place of the former."""
    actor.require(Permission.PREPARE_DOSSIER)
    whole, _item, _files = await item(session, actor, item_id, now)
    told = words_of(words)
    await _answered(session, actor, item_id, now, answer=told)
    subject = f"dossier:{whole.facts.id}"
    instead = await stood_in.noted(session, actor, Permission.PREPARE_DOSSIER, whole.facts.unit_id)
    await journal.note(session, actor.label, "answered_missing", subject, now, item=item_id, **instead)


async def add_files(
    session: Session, actor: Actor, item_id: int, evidence_ids: Sequence[int], now: datetime
) -> int:
    """Add files of the person's own to an item; returns how many can be used now."""
    actor.require(Permission.PREPARE_DOSSIER)
    whole, _item, there = await item(session, actor, item_id, now)
    known = {file.id for file in there}
    own = {file.id for file in await evidence.mine(session, actor)}
    fresh = [one for one in dict.fromkeys(evidence_ids) if one not in known]
    if not set(fresh) <= own:
        raise Refusal(Code.NOT_FOUND)
    if len(known) + len(fresh) > MOST_FILES:
        raise Refusal(Code.TOO_MANY_FILES, limit=MOST_FILES)
    for evidence_id in fresh:
        session.add(
            SupplementFile(
                item_id=item_id, evidence_id=evidence_id, added_by=actor.person_id or None, added_at=now
            )
        )
    await session.flush()
    await _answered(session, actor, item_id, now)
    subject = f"dossier:{whole.facts.id}"
    told = {"item": item_id, "files": len(fresh)}
    instead = await stood_in.noted(session, actor, Permission.PREPARE_DOSSIER, whole.facts.unit_id)
    await journal.note(session, actor.label, "added_missing", subject, now, **told, **instead)
    return sum(evidence.facts_of(file).usable for file in await queries.files(session, item_id))


async def give_back(
    session: Session, actor: Actor, dossier_id: int, now: datetime, reason: str = ""
) -> DossierFacts:
    """Hand the dossier in again, everything asked for answered; with a reason where errors are left."""
    actor.require(Permission.SUBMIT_DOSSIER)
    whole = await one(session, actor, dossier_id, now)
    if whole.left:
        raise Refusal(Code.SUPPLEMENT_OPEN, left=whole.left)
    checking = [
        file
        for one_item in whole.items
        for file in await queries.files(session, one_item.id)
        if file.state == "waiting"
    ]
    if checking:
        raise Refusal(Code.EVIDENCE_CHECKING, files=len(checking))
    return await dossier_submission.hand_back(session, actor, dossier_id, now, reason)


async def answers(
    session: Session, actor: Actor, dossier_id: int, now: datetime
) -> tuple[list[ItemFacts], dict[int, str]]:
    """What came back, for the appraiser, and whom each is about."""
    actor.require(Permission.APPRAISE)
    await appraisal.ensure_free_of(session, actor, dossier_id, now)
    return await asked_again(session, dossier_id), await _names(session, dossier_id, now)


async def about(
    session: Session, actor: Actor, dossier_id: int, nomination_id: int, criterion: str, now: datetime
) -> list[ItemFacts]:
    """Everything a unit was asked for about a nominee's criterion, or will be, for the appraiser."""
    actor.require(Permission.APPRAISE)
    await appraisal.ensure_free_of(session, actor, dossier_id, now)
    found = await queries.items(session, dossier_id)
    return [
        queries.facts_of(row, files)
        for row, files in found
        if (row.nomination_id, row.criterion) == (nomination_id, criterion)
    ]


async def answered_item(
    session: Session, actor: Actor, dossier_id: int, item_id: int, now: datetime
) -> tuple[ItemFacts, list[EvidenceFacts]]:
    """One item with the files that came back for it, for the appraiser."""
    actor.require(Permission.APPRAISE)
    await appraisal.ensure_free_of(session, actor, dossier_id, now)
    for found in await asked_again(session, dossier_id):
        if found.id == item_id:
            return found, [evidence.facts_of(file) for file in await queries.files(session, item_id)]
    raise Refusal(Code.NOT_FOUND)


async def remind(session: Session, now: datetime) -> int:
    """Remind units the working day before a supplement is due and on the day, each once; returns how many."""
    day = today(session, now)
    tomorrow = (await calendar.in_force(session)).plus_working_days(day, 1)
    told = 0
    for row in await queries.in_supplement(session, day, tomorrow):
        facts = await dossiers.facts_of(session, row.id or 0, now)
        left = sum(not one.answered for one in await asked_again(session, facts.id))
        when = "day" if facts.supplement_due == day else "before"
        once = f"supplement:{facts.id}:{facts.version}:{when}"
        people = await dossier_people.of_unit(session, facts.unit_id, now)
        told += await outbox.notify(session, people, texts.reminder(facts, left), now, once=once)
    return told


async def _of_unit(session: Session, actor: Actor, dossier_id: int, now: datetime) -> DossierFacts:
    """A dossier that is back with a unit the person prepares dossiers for."""
    facts = await dossiers.one(session, actor, dossier_id, now)
    above = await people_queries.units_above(session, facts.unit_id, actor.today)
    actor.require(Permission.PREPARE_DOSSIER, Target(units=above))
    if facts.state is not DossierState.SUPPLEMENT:
        raise Refusal(Code.DOSSIER_MOVED_ON)
    return facts


async def _answered(session: Session, actor: Actor, item_id: int, now: datetime, **values: object) -> None:
    await queries.answer_item(
        session, item_id, answered_by=actor.person_id or None, answered_at=now, **values
    )
    session.expire_all()


async def _names(session: Session, dossier_id: int, now: datetime) -> dict[int, str]:
    return {one.nomination_id: one.name for one in await dossiers.nominees(session, dossier_id, now)}


def words_of(text: str) -> str:
    """Words that say something, as they are kept."""
    told = uncut(text, WORDS_LIMIT, clean_paragraphs)
    if len(told) < appraisal.SHORTEST_REASON:
        raise Refusal(Code.TEXT_TOO_SHORT)
    return told
