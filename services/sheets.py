"""A self-assessment as this transaction works on it: read once, kept true with every change."""

import dataclasses
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.assessment import Entry, EvidenceFacts, Sheet, given_from_json, given_to_json
from core.campaigns import Campaign
from core.criteria import Answer, Criterion, NotApplicable, Outcome, judge
from core.refusals import Code, Refusal
from core.roles import Permission, Target
from db.queries import assessment as queries
from db.queries import evidence as evidence_queries
from db.queries.assessment import Held
from db.transaction import Session, remember
from services import campaigns
from services.actor import Actor

_NOTHING = ("{}", "", "")


@dataclass
class WorkingSheet:
    """Answers and files of one self-assessment; `answers` are (given, outcome, note) by criterion."""

    held: Held
    campaign: Campaign
    answers: dict[str, tuple[str, str, str]]
    files: dict[str, list[EvidenceFacts]]
    _entries: dict[str, Entry] = field(default_factory=dict)

    def facts(self) -> Sheet:
        """The whole, to show."""
        return Sheet(
            id=self.held.id,
            campaign=self.campaign,
            round_label=self.held.round_label,
            closes_at=self.held.closes_at,
            signed=self.held.state == "signed",
            entries=tuple(self._entry(criterion) for criterion in self.campaign.criteria()),
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
        """The criterion with that key, or a refusal."""
        for criterion in self.campaign.criteria():
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
        memory["sheet", held.id] = WorkingSheet(held, campaign, answers[held.id], files[held.id])


async def load(session: Session, assessment_id: int) -> WorkingSheet | None:
    """The working copy of a self-assessment, whoever's it is."""
    await load_all(session, [assessment_id])
    found = remember(session).get(("sheet", assessment_id))
    return found if isinstance(found, WorkingSheet) else None


async def own(session: Session, actor: Actor, assessment_id: int) -> WorkingSheet:
    """The actor's self-assessment; a stranger's is as good as none."""
    sheet = await load(session, assessment_id)
    if sheet is None:
        raise Refusal(Code.NOT_FOUND)
    actor.require(Permission.ASSESS_SELF, Target(person_id=sheet.held.person_id))
    return sheet


def record(
    session: Session, sheet: WorkingSheet, code: str, answer: Answer | NotApplicable, now: datetime
) -> Outcome:
    """Keep an answer and what it comes to; the note stays."""
    outcome = judge(next(one for one in sheet.campaign.criteria() if one.code == code), answer).outcome
    note = sheet.answers.get(code, _NOTHING)[2]
    told = "" if outcome is Outcome.UNANSWERED else outcome.value
    _keep(session, sheet, code, (given_to_json(answer), told, note), now)
    return outcome


def record_note(session: Session, sheet: WorkingSheet, code: str, note: str, now: datetime) -> None:
    """Keep a note; the answer stays."""
    given, outcome, _old = sheet.answers.get(code, _NOTHING)
    _keep(session, sheet, code, (given, outcome, note), now)


async def files_changed(session: Session, sheet: WorkingSheet, code: str, now: datetime) -> Outcome:
    """Read a criterion's files anew and judge it again: a document criterion rests on them."""
    await session.flush()
    sheet.files = (await _files(session, [sheet.held.id]))[sheet.held.id]
    sheet.changed()
    return record(session, sheet, code, sheet.answer(code), now)


async def set_state(session: Session, sheet: WorkingSheet, state: str, now: datetime) -> None:
    """Draft or signed."""
    await queries.set_state(session, sheet.held.id, state, now)
    sheet.held = dataclasses.replace(sheet.held, state=state)


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
