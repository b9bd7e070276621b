"""Standard beside achievement: what a nominee said of each criterion, its proof, and the appraiser's mark."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from core.appraisal import GOOD, WITH_REASON, LikenessFacts, Mark, MarkFacts, is_marked
from core.assessment import Entry, EvidenceFacts, Sheet
from core.awards import AwardFacts
from core.dossiers import DossierFacts, DossierState, NomineeFacts
from core.eligibility import Case
from core.refusals import Code, Refusal
from core.roles import Permission
from core.vietnamese import clean_line
from db.models import AppraisalMark
from db.queries import appraisal as queries
from db.transaction import Session
from services import appraisal, appraisal_likeness, award_facts, dossiers, eligibility, journal, sheets
from services.actor import Actor


@dataclass(frozen=True, slots=True)
class Appraised:
    """A nominee as an appraiser sees them: what they signed, where they stand, and the marks so far.

    `writes` says whether the viewer is the one to mark them now.
    """

    dossier: DossierFacts
    nominee: NomineeFacts
    sheet: Sheet
    case: Case
    marks: dict[str, MarkFacts]
    alike: list[LikenessFacts]
    awards: list[AwardFacts]
    writes: bool

    @property
    def to_mark(self) -> tuple[Entry, ...]:
        """What is marked of this nominee, in the order of the plan."""
        return tuple(one for one in self.sheet.entries if is_marked(one))

    @property
    def unmarked(self) -> tuple[Entry, ...]:
        """What is still to be marked."""
        return tuple(one for one in self.to_mark if one.criterion.code not in self.marks)

    @property
    def rest(self) -> tuple[Entry, ...]:
        """What «còn lại: Đạt» marks: the unmarked, but for what the own answer leaves open or denies."""
        return tuple(one for one in self.unmarked if one.outcome in GOOD)


async def nominee(session: Session, actor: Actor, nomination_id: int, now: datetime) -> Appraised:
    """One nominee, for an appraiser who has no interest in their dossier."""
    actor.require(Permission.APPRAISE)
    dossier_id = await queries.dossier_of(session, nomination_id)
    if dossier_id is None:
        raise Refusal(Code.NOT_FOUND)
    facts = await appraisal.ensure_free_of(session, actor, dossier_id, now)
    found = await dossiers.nominees(session, dossier_id, now)
    who = next((one for one in found if one.nomination_id == nomination_id), None)
    sheet = await sheets.load(session, who.assessment_id) if who is not None else None
    if who is None or sheet is None:
        raise Refusal(Code.NOT_FOUND)
    marks = {
        row.criterion: MarkFacts(row.criterion, Mark(row.mark), row.reason, by, row.marked_at)
        for row, by in await queries.marks(session, [nomination_id])
    }
    return Appraised(
        facts,
        who,
        sheet.facts(),
        await eligibility.case_of(session, who.assessment_id, now),
        marks,
        await appraisal_likeness.of(session, actor, nomination_id),
        await award_facts.of_nominee(session, who, now),
        facts.state is DossierState.APPRAISING and facts.appraiser_id == actor.person_id,
    )


async def history(
    session: Session, actor: Actor, nomination_id: int, key: str, now: datetime
) -> list[MarkFacts]:
    """Every mark a criterion ever had, the newest first."""
    actor.require(Permission.APPRAISE)
    seen = await nominee(session, actor, nomination_id, now)
    code = seen.sheet.entry(key).criterion.code
    return [
        MarkFacts(code, Mark(row.mark), row.reason, by, row.marked_at)
        for row, by in reversed(await queries.marks_of(session, nomination_id, code))
    ]


async def file(
    session: Session, actor: Actor, nomination_id: int, evidence_id: int, now: datetime
) -> EvidenceFacts:
    """A proof of a nominee, to open."""
    actor.require(Permission.APPRAISE)
    seen = await nominee(session, actor, nomination_id, now)
    for entry in seen.sheet.entries:
        for one in entry.files:
            if one.id == evidence_id and one.served_sha256:
                return one
    raise Refusal(Code.NOT_FOUND)


async def mark(
    session: Session,
    actor: Actor,
    nomination_id: int,
    keys: Sequence[str],
    value: Mark,
    reason: str,
    now: datetime,
) -> int:
    """Mark criteria of a nominee, all alike; returns how many marks are new.

    What speaks against somebody, or leaves a question, needs a reason. An earlier mark stays on record.
    """
    actor.require(Permission.APPRAISE)
    seen = await nominee(session, actor, nomination_id, now)
    await appraisal.held(session, actor, seen.dossier.id, now)
    told = appraisal.reason_told(reason) if value in WITH_REASON or reason.strip() else ""
    codes = [seen.sheet.entry(key).criterion.code for key in dict.fromkeys(keys)]
    fresh = [
        code
        for code in codes
        if code not in seen.marks or (seen.marks[code].mark, seen.marks[code].reason) != (value, told)
    ]
    if not fresh:
        return 0
    await queries.replace_marks(session, nomination_id, fresh, now)
    for code in fresh:
        session.add(
            AppraisalMark(
                nomination_id=nomination_id,
                criterion=code,
                mark=value.value,
                reason=told,
                marked_by=actor.person_id,
                marked_at=now,
            )
        )
    await session.flush()
    about = clean_line(",".join(fresh), 200)
    subject = f"nomination:{nomination_id}"
    told_of = eligibility.reason_facts(told) if told else {}
    await journal.note(session, actor.label, f"marked_{value.value}", subject, now, criteria=about, **told_of)
    return len(fresh)


async def mark_rest(session: Session, actor: Actor, nomination_id: int, now: datetime) -> int:
    """«Còn lại: Đạt»; returns how many there were."""
    actor.require(Permission.APPRAISE)
    seen = await nominee(session, actor, nomination_id, now)
    keys = [one.criterion.key for one in seen.rest]
    return await mark(session, actor, nomination_id, keys, Mark.MET, "", now)
