"""The dossiers and sittings of a round, gathered for its archive."""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from core.announcement_content import Content
from core.ballots import Count
from core.council import SittingFacts, SittingState
from core.dossier_submission import FileThen, Then, then
from core.dossiers import WITH_PARTICULARS, PaperKind
from core.evidence import FileKind
from core.round_archive import DOSSIERS, PAPERS, PROOFS
from core.round_kept import (
    AskedKept,
    DossierKept,
    FileKept,
    ItemKept,
    MeetingKept,
    QuestionKept,
    SittingKept,
    StepKept,
    SumsKept,
    ToldKept,
    VersionKept,
    VoteKept,
    kept,
)
from core.texts import council_papers as paper_texts
from core.texts import results_announcement
from core.unit_reviews import MeetingRecord
from db.models import CouncilSitting, Dossier, DossierSubmission, SupplementItem
from db.queries import council as council_queries
from db.queries import dossiers as dossier_queries
from db.queries import evidence as evidence_queries
from db.queries import round_archives as queries
from db.transaction import Session
from services import ballots, council, council_past, unit_reviews
from services.round_archive_facts import Gathering, proof, proof_shown


async def dossiers(session: Session, found: Gathering, ids: Collection[int]) -> list[DossierKept]:
    """These dossiers; everybody who was proposed is gathered already."""
    nominees = {one.nomination_id: one.name for one in found.nominees}
    files: dict[int, list[FileKept]] = defaultdict(list)
    for answering, row in await queries.answering(session, ids):
        if (file := proof(row)) is not None:
            files[answering.item_id].append(file)
    asked: dict[int, list[AskedKept]] = defaultdict(list)
    for item in await queries.asked_again(session, ids):
        asked[item.dossier_id].append(_asked(found, item, nominees, files[item.id or 0]))
    rows = await queries.dossiers(session, ids)
    return [await _dossier(session, found, row, asked[row.id or 0]) for row in rows]


async def _dossier(
    session: Session, found: Gathering, row: Dossier, asked: Sequence[AskedKept]
) -> DossierKept:
    number = row.id or 0
    record = await unit_reviews.record_of(session, number)
    submitted = await dossier_queries.submissions(session, number)
    return DossierKept(
        id=number,
        unit_id=row.unit_id,
        unit=found.units.get(row.unit_id, ""),
        state=row.state,
        late=row.late,
        appraiser=found.name(row.appraiser_id),
        versions=tuple(_version(found, one) for one in reversed(submitted)),
        steps=tuple(
            StepKept(
                act=one.act,
                led_to=one.led_to,
                version=one.version,
                by=found.name(one.done_by, one.done_for),
                at=one.done_at,
                reason=one.reason,
            )
            for one in await dossier_queries.steps(session, number)
        ),
        asked=tuple(asked),
        meeting=_meeting(record) if record is not None else None,
    )


def _asked(
    found: Gathering, row: SupplementItem, nominees: Mapping[int, str], files: Sequence[FileKept]
) -> AskedKept:
    return AskedKept(
        nominee=nominees.get(row.nomination_id or 0, ""),
        criterion=row.criterion,
        missing=row.missing,
        by=found.name(row.noted_by),
        at=row.asked_at or row.noted_at,
        due=row.due,
        answer=row.answer,
        answered_by=found.name(row.answered_by),
        files=tuple(files),
    )


def _version(found: Gathering, row: DossierSubmission) -> VersionKept:
    path = f"{DOSSIERS}/{row.receipt}.json"
    found.texts[path] = row.content
    held: Then = then(row.content)
    return VersionKept(
        version=row.version,
        receipt=row.receipt,
        digest=row.digest,
        at=row.made_at,
        by=found.name(row.made_by, row.made_for),
        late=row.late,
        overridden_for=row.overridden_for,
        path=path,
        files=(
            *(_paper(one) for one in held.papers),
            *(kept(PROOFS, one.name, one.mime, one.sha256, one.original, one.code) for one in held.evidence),
        ),
    )


def _paper(one: FileThen) -> FileKept:
    """A paper of a submission; particulars of people are nobody's business years later."""
    folder, private = PAPERS if one.made else PROOFS, PaperKind(one.kind) in WITH_PARTICULARS
    return kept(folder, one.name, one.mime, one.sha256, one.original, out=private)


def _meeting(record: MeetingRecord) -> MeetingKept:
    return MeetingKept(
        held_at=record.held_at,
        ended_at=record.ended_at,
        place=record.place,
        chair=record.chair,
        secretary=record.secretary,
        present=record.present,
        absent=record.absent,
        votes=tuple((one.nomination_id, _sums(one.count), one.endorsed) for one in record.votes),
        conclusions=record.conclusions,
        proof=proof_shown(record.proof) if record.proof is not None else None,
    )


async def sittings(session: Session, found: Gathering) -> tuple[SittingKept, ...]:
    """Every sitting of the council, those called off included."""
    rows = await queries.sittings(session, found.round.id or 0)
    return tuple([await _sitting(session, found, row) for row in rows])


async def _sitting(session: Session, found: Gathering, row: CouncilSitting) -> SittingKept:
    facts = await council.facts_of(session, row.id or 0, found.over_at)
    counts = await ballots.counts(session, facts.poll_id) if facts.poll_id else {}
    names = {one.nomination_id: one.name for one in facts.items}
    scan = await evidence_queries.get(session, row.scan_id) if row.scan_id is not None else None
    return SittingKept(
        id=facts.id,
        state=facts.state.value,
        held_at=facts.held_at,
        place=facts.place,
        chair=facts.chair.name,
        secretary=facts.secretary,
        members=tuple(f"{one.name}, {one.post}" if one.post else one.name for one in facts.members),
        quorum=(row.quorum_part, row.quorum_whole),
        threshold=(row.threshold_part, row.threshold_whole),
        items=_items(facts, counts),
        conflicts=tuple(
            (found.name(one.person_id), names.get(one.nomination_id, ""), one.reason)
            for one in facts.conflicts
        ),
        questions=await _questions(session, found, facts.id, names),
        votes=await _votes(session, found, facts, names, counted=bool(counts)),
        conclusions=facts.conclusions,
        referred=facts.referred,
        approved_by=found.name(row.approved_by),
        approved_at=row.approved_at,
        number=row.number,
        dated=row.dated,
        decided_by=found.name(row.decided_by),
        decided_at=row.decided_at,
        scan=proof(scan),
        papers=await _papers(session, facts.id),
    )


async def _votes(
    session: Session, found: Gathering, facts: SittingFacts, names: Mapping[int, str], *, counted: bool
) -> tuple[VoteKept, ...]:
    """Every vote that was counted, the oldest first; those set aside have no last one where none followed."""
    votes = await council_past.earlier(session, facts.id)
    if counted and facts.state not in {SittingState.CALLED, SittingState.CANCELLED}:
        votes.append(await council_past.last(session, facts))
    return tuple(
        [
            VoteKept(
                ended_at=one.ended_at,
                sums=tuple((names.get(of, ""), _sums(count)) for of, count in one.counts.items()),
                on_paper=one.on_paper,
                paper=tuple((names.get(of, ""), _sums(count)) for of, count in one.paper.items()),
                sheet=proof(await evidence_queries.get(session, one.sheet) if one.sheet else None),
                words=one.words,
                referred=one.referred,
                by=found.name(one.by),
                conclusions=one.conclusions,
            )
            for one in votes
        ]
    )


def _items(facts: SittingFacts, counts: Mapping[int, Count]) -> tuple[ItemKept, ...]:
    return tuple(
        ItemKept(
            nomination_id=one.nomination_id,
            name=one.name,
            unit=one.unit,
            achievement=one.achievement,
            announced=one.announced,
            sums=_sums(counts[one.nomination_id]) if one.nomination_id in counts else None,
            settled=one.settled_words,
            chosen=one.chosen,
            reason=one.reason,
        )
        for one in facts.items
    )


async def _questions(
    session: Session, found: Gathering, sitting_id: int, names: Mapping[int, str]
) -> tuple[QuestionKept, ...]:
    return tuple(
        QuestionKept(
            nominee=names.get(one.nomination_id, ""),
            by=found.name(one.asked_by),
            words=one.words,
            answered_by=found.name(one.answered_by),
            answer=one.answer,
        )
        for one in await queries.questions(session, sitting_id)
    )


async def _papers(session: Session, sitting_id: int) -> tuple[FileKept, ...]:
    """The minutes and the draft of the decision as they were made last."""
    latest = {row.kind: row for row in reversed(await council_queries.papers(session, sitting_id))}
    return tuple(
        kept(PAPERS, f"{paper_texts.NAMES[kind]}-{sitting_id}.docx", FileKind.DOCX.mime, latest[kind].sha256)
        for kind in paper_texts.NAMES
        if kind in latest
    )


async def told(session: Session, found: Gathering) -> tuple[ToldKept, ...]:
    """The announcements that were drafted from a decision of the round and sent, in their last wording."""
    titles: set[str] = set()
    ends: list[datetime] = []
    for row in await queries.sittings(session, found.round.id or 0):
        if row.decided_at is not None:
            sitting = await council.facts_of(session, row.id or 0, found.over_at)
            titles.add(results_announcement.title(sitting))
            ends.append(row.decided_at)
    if not ends:
        return ()
    sent: list[ToldKept] = []
    for one in await queries.announced_since(session, min(ends)):
        content = Content.from_json(one.content)
        if content.title in titles and one.left_at is not None:
            files = tuple(kept(PROOFS, file.name, file.mime, file.sha256) for file in content.files)
            by = found.name(one.author_id)
            sent.append(ToldKept(content.title, content.body, by, one.left_at, files, one.retracted))
    return tuple(sent)


def _sums(count: Count) -> SumsKept:
    return SumsKept(count.entitled, count.votes_for, count.against, count.blank)
