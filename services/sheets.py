"""A self-assessment as this transaction works on it: read once, kept true with every change."""

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.assessment import Entry, EvidenceFacts, Sheet, given_from_json, given_to_json
from core.campaigns import Campaign, Track
from core.criteria import Answer, Criterion, NotApplicable, Outcome
from core.criteria_judged import judge
from core.refusals import Code, Refusal
from core.roles import Permission, Target
from db.queries import assessment as queries
from db.queries import evidence as evidence_queries
from db.queries import people as people_queries
from db.queries import sharing as sharing_queries
from db.queries.assessment import Held
from db.queries.sharing import Holder
from db.transaction import Session, remember
from services import campaigns
from services.actor import Actor

_NOTHING = ("{}", "", "")


@dataclass(frozen=True, slots=True)
class Reach:
    """How far an actor's hand goes in a self-assessment: all of it, or the criteria given to them (`part`).

    `signs` and `shares` say who may end it and who may give parts of it away; `signs_for` in whose place
    a stand-in ends it.
    """

    part: frozenset[str] | None = None
    signs: bool = True
    shares: bool = False
    on_behalf: bool = False
    signs_for: int | None = None


@dataclass
class WorkingSheet:
    """Answers and files of one self-assessment; `answers` are (given, outcome, note) by criterion.

    What is read is the same object for everybody in a transaction; only `reach` is each reader's own.
    """

    held: Held
    campaign: Campaign
    answers: dict[str, tuple[str, str, str]]
    files: dict[str, list[EvidenceFacts]]
    shares: dict[str, Holder] = field(default_factory=dict)
    subject: str = ""
    reach: Reach = field(default_factory=Reach)
    _entries: dict[str, Entry] = field(default_factory=dict)

    @property
    def track(self) -> Track:
        """Who is assessed."""
        return Track(self.held.track)

    def criteria(self) -> list[Criterion]:
        """What the reader may answer, in the order of the plan."""
        part = self.reach.part
        return [one for one in self.campaign.criteria(self.track) if part is None or one.code in part]

    def facts(self) -> Sheet:
        """What the reader may see, to show."""
        return Sheet(
            id=self.held.id,
            campaign=self.campaign,
            round_label=self.held.round_label,
            closes_at=self.held.closes_at,
            signed=self.held.state == "signed",
            entries=tuple(self._entry(criterion) for criterion in self.criteria()),
            track=self.track,
            subject=self.subject if self.track is Track.COLLECTIVE or self.reach.on_behalf else "",
            on_behalf=self.reach.on_behalf,
            part=self.reach.part is not None,
            signs=self.reach.signs,
            shares=self.reach.shares,
            holders={code: holder.name for code, holder in self.shares.items()},
            version=self.held.version_id,
        )

    def ensure_open(self, now: datetime) -> None:
        """Raise a refusal when it is signed or its round has closed."""
        obstacle = self.obstacle(now)
        if obstacle is not None:
            raise Refusal(obstacle)

    def ensure_round_open(self, now: datetime) -> None:
        """Raise a refusal when its round has closed."""
        if self._closed(now):
            raise Refusal(Code.ROUND_CLOSED)

    def obstacle(self, now: datetime) -> Code | None:
        """Why nothing can be changed: it is signed, or its round has closed."""
        if self.held.state == "signed":
            return Code.ALREADY_SIGNED
        return Code.ROUND_CLOSED if self._closed(now) else None

    def _closed(self, now: datetime) -> bool:
        return self.held.closes_at is not None and now >= self.held.closes_at

    def criterion(self, key: str) -> Criterion:
        """The criterion with that key, or a refusal where there is none or it is somebody else's."""
        for criterion in self.criteria():
            if criterion.key == key:
                return criterion
        raise Refusal(Code.NOT_FOUND)

    def answer(self, code: str) -> Answer | NotApplicable:
        """What is answered to a criterion."""
        usable = sum(file.usable for file in self.files.get(code, ()))
        return given_from_json(self.answers.get(code, _NOTHING)[0], usable)

    def changed(self, code: str = "") -> None:
        """The answer to a criterion (to any, for none) or its files are others now."""
        if code:
            self._entries.pop(code, None)
        else:
            self._entries.clear()

    def _entry(self, criterion: Criterion) -> Entry:
        known = self._entries.get(criterion.code)
        if known is None:
            given, outcome, note = self.answers.get(criterion.code, _NOTHING)
            files = tuple(self.files.get(criterion.code, ()))
            known = Entry(criterion, given, Outcome(outcome or Outcome.UNANSWERED), note, files)
            self._entries[criterion.code] = known
        return known


async def load_all(session: Session, assessment_ids: Collection[int]) -> None:
    """Read several at once, for turns that share a transaction."""
    memory = remember(session)
    wanted = [one for one in assessment_ids if ("sheet", one) not in memory]
    if not wanted:
        return
    answers: dict[int, dict[str, tuple[str, str, str]]] = {one: {} for one in wanted}
    for of, code, answer in await queries.answers_of(session, wanted):
        answers[of][code] = answer
    files = await _files(session, wanted)
    for held in await queries.held(session, wanted):
        campaign = await campaigns.of_version(session, held.version_id)
        sheet = WorkingSheet(held, campaign, answers[held.id], files[held.id])
        if held.track == Track.COLLECTIVE:
            shares = await sharing_queries.of(session, [held.id])
            sheet.shares.update({code: holder for _of, code, holder in shares})
        memory["sheet", held.id] = sheet


async def load(session: Session, assessment_id: int) -> WorkingSheet | None:
    """The working copy of a self-assessment, whoever's it is."""
    await load_all(session, [assessment_id])
    found = remember(session).get(("sheet", assessment_id))
    return found if isinstance(found, WorkingSheet) else None


async def reached(session: Session, actor: Actor, assessment_id: int) -> WorkingSheet:
    """A self-assessment as far as the actor may see and change it; out of reach is as good as none.

    One's own; a unit's, for whoever looks after it or holds a part of it; that of somebody without an
    account, for whoever may fill it for them.
    """
    actor.require(Permission.ASSESS_SELF, actor.own)
    sheet = await load(session, assessment_id)
    if sheet is None:
        raise Refusal(Code.NOT_FOUND)
    reach = await _reach(session, actor, sheet)
    if isinstance(reach, Code):
        raise Refusal(reach)
    if not sheet.subject:
        sheet.subject = await _subject(session, actor, sheet)
    return dataclasses.replace(sheet, reach=reach)


async def sees(session: Session, actor: Actor, assessment_id: int, code: str) -> bool:
    """Whether a criterion of it is within the actor's reach."""
    sheet = await load(session, assessment_id)
    reach = await _reach(session, actor, sheet) if sheet is not None else Code.NOT_FOUND
    return isinstance(reach, Reach) and (reach.part is None or code in reach.part)


async def ensure_fills_for(session: Session, actor: Actor, person_id: int) -> None:
    """Raise a refusal unless the actor may fill in for this other person, who never had an account."""
    obstacle = await _cannot_fill_for(session, actor, person_id)
    if obstacle is not None:
        raise Refusal(obstacle)


async def _cannot_fill_for(session: Session, actor: Actor, person_id: int) -> Code | None:
    person = await people_queries.person(session, person_id)
    if person is None or not person.active or person_id == actor.person_id:
        return Code.NOT_FOUND
    above = await people_queries.units_above(session, person.unit_id, actor.today)
    if not actor.may(Permission.ASSESS_FOR_OTHERS, Target(person_id=person_id, units=above)):
        return Code.NOT_FOUND
    return Code.HAS_ACCOUNT if await people_queries.accounts_of(session, person_id) else None


async def _reach(session: Session, actor: Actor, sheet: WorkingSheet) -> Reach | Code:
    """How far the actor's hand goes, or why it does not reach at all."""
    if sheet.track is Track.COLLECTIVE:
        return await _reach_of_unit(session, actor, sheet)
    if sheet.held.person_id == actor.person_id:
        return Reach()
    if sheet.held.filled_by is None:
        return Code.NOT_FOUND
    obstacle = await _cannot_fill_for(session, actor, sheet.held.person_id)
    return Reach(on_behalf=True) if obstacle is None else obstacle


async def _reach_of_unit(session: Session, actor: Actor, sheet: WorkingSheet) -> Reach | Code:
    above = await people_queries.units_above(session, sheet.held.unit_id, actor.today)
    unit = Target(units=above)
    if actor.may(Permission.ASSESS_UNIT, unit):
        return Reach(
            signs=actor.may(Permission.SIGN_UNIT, unit),
            shares=True,
            signs_for=actor.instead_of(Permission.SIGN_UNIT, unit),
        )
    part = frozenset(code for code, one in sheet.shares.items() if one.person_id == actor.person_id)
    here = await people_queries.units_above(session, actor.unit_id, actor.today)
    return Reach(part, signs=False) if part and sheet.held.unit_id in here else Code.NOT_FOUND


async def _subject(session: Session, actor: Actor, sheet: WorkingSheet) -> str:
    """The unit's name, or the person's it is filled for; nobody needs a name for their own."""
    if sheet.held.filled_by is None and sheet.track is not Track.COLLECTIVE:
        return ""
    if sheet.track is Track.COLLECTIVE:
        name = await people_queries.unit_name_on(session, sheet.held.unit_id, actor.today)
        return name.name if name else ""
    person = await people_queries.person(session, sheet.held.person_id)
    return person.name if person else ""


def record(
    session: Session, sheet: WorkingSheet, code: str, answer: Answer | NotApplicable, now: datetime
) -> Outcome:
    """Keep an answer and what it comes to; the note stays."""
    outcome = judge(sheet.campaign.criterion(code), answer).outcome
    note = sheet.answers.get(code, _NOTHING)[2]
    told = "" if outcome is Outcome.UNANSWERED else outcome.value
    _keep(session, sheet, code, (given_to_json(answer), told, note), now)
    return outcome


def record_note(session: Session, sheet: WorkingSheet, code: str, note: str, now: datetime) -> None:
    """Keep a note; the answer stays."""
    given, outcome, _old = sheet.answers.get(code, _NOTHING)
    _keep(session, sheet, code, (given, outcome, note), now)


def reopen(session: Session, sheet: WorkingSheet, code: str, note: str, now: datetime) -> None:
    """Ask for a criterion again: what was given stays to be seen, and is no answer until it is given anew."""
    given = sheet.answers.get(code, _NOTHING)[0]
    whole = isinstance(sheet.answer(code), NotApplicable)
    _keep(session, sheet, code, ("{}" if whole else given, "", note), now)


async def files_changed(session: Session, sheet: WorkingSheet, code: str, now: datetime) -> Outcome:
    """Read a criterion's files anew and judge it again: a document criterion rests on them."""
    await session.flush()
    fresh = (await _files(session, [sheet.held.id]))[sheet.held.id]
    sheet.files.clear()
    sheet.files.update(fresh)
    sheet.changed()
    return record(session, sheet, code, sheet.answer(code), now)


async def set_state(session: Session, sheet: WorkingSheet, state: str, now: datetime) -> None:
    """Draft or signed."""
    await queries.set_state(session, sheet.held.id, state, now)
    sheet.held = dataclasses.replace(sheet.held, state=state)
    shared = await load(session, sheet.held.id)
    if shared is not None:
        shared.held = sheet.held


def _keep(
    session: Session, sheet: WorkingSheet, code: str, answer: tuple[str, str, str], now: datetime
) -> None:
    given, outcome, note = answer
    sheet.answers[code] = answer
    sheet.changed(code)
    queries.keep_answer(
        session,
        {
            "assessment_id": sheet.held.id,
            "criterion": code,
            "given": given,
            "outcome": outcome,
            "note": note,
            "updated_at": now,
        },
    )


async def _files(
    session: Session, assessment_ids: Sequence[int]
) -> dict[int, dict[str, list[EvidenceFacts]]]:
    files: dict[int, dict[str, list[EvidenceFacts]]] = {one: {} for one in assessment_ids}
    for of, code, file in await evidence_queries.uses_of(session, assessment_ids):
        files[of].setdefault(code, []).append(file)
    return files
