"""A self-assessment as this transaction works on it: read once, kept true with every change."""

import dataclasses
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
    files: dict[str, list[EvidenceFacts]] = field(default_factory=dict)

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
        if self.held.state == "signed":
            raise Refusal(Code.ALREADY_SIGNED)
        self.ensure_round_open(now)

    def ensure_round_open(self, now: datetime) -> None:
        """Raise a refusal when its round has closed."""
        if self.held.closes_at is not None and now >= self.held.closes_at:
            raise Refusal(Code.ROUND_CLOSED)

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

    def _entry(self, criterion: Criterion) -> Entry:
        given, outcome, note = self.answers.get(criterion.code, _NOTHING)
        files = tuple(self.files.get(criterion.code, ()))
        return Entry(criterion, given, Outcome(outcome or Outcome.UNANSWERED), note, files)


async def load(session: Session, assessment_id: int) -> WorkingSheet | None:
    """The working copy of a self-assessment, whoever's it is."""
    memory = remember(session)
    known = memory.get(("sheet", assessment_id))
    if isinstance(known, WorkingSheet):
        return known
    held = await queries.held(session, assessment_id)
    if held is None:
        return None
    sheet = WorkingSheet(
        held,
        await campaigns.of_version(session, held.version_id),
        await queries.answers_of(session, assessment_id),
        await _files(session, assessment_id),
    )
    memory["sheet", assessment_id] = sheet
    return sheet


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
    sheet.files = await _files(session, sheet.held.id)
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


async def _files(session: Session, assessment_id: int) -> dict[str, list[EvidenceFacts]]:
    files: dict[str, list[EvidenceFacts]] = {}
    for code, file in await evidence_queries.uses_of(session, assessment_id):
        files.setdefault(code, []).append(file)
    return files
