"""Everything that happened in a round, gathered for its archive."""

from collections import defaultdict, deque
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from core.appraisal import Mark, is_marked, verdict
from core.assessment import Entry, EvidenceFacts, Sheet
from core.campaign_terms import SubjectKind
from core.round_archive import PLANS, PROOFS, SIGNED
from core.round_kept import (
    AnswerKept,
    AssessmentKept,
    AwardKept,
    DossierKept,
    FileKept,
    MarkKept,
    NomineeKept,
    PlacedKept,
    PlanKept,
    SignedKept,
    UnitKept,
    kept,
)
from core.texts import criteria, papers
from core.texts.campaigns import read_back
from core.texts.deputies import in_place_of
from db.models import Assessment, CampaignVersion, Dossier, Evidence, Nomination, Person, Round, Signature
from db.queries import awards as award_queries
from db.queries import eligibility as eligibility_queries
from db.queries import round_archives as queries
from db.transaction import Session
from services import calendar, campaigns, sheets
from services.actor import today


@dataclass
class Gathering:
    """What is known of a round while it is gathered: units as they were called when it was `over_at`.

    Texts are by path. Of assessments, nominations and dossiers the ids are here that are still to be read.
    """

    round: Round
    over_at: datetime
    units: dict[int, str]
    names: dict[int, str]
    to_read: tuple[deque[int], deque[int], deque[int]]
    texts: dict[str, str] = field(default_factory=dict)
    assessments: list[AssessmentKept] = field(default_factory=list)
    nominees: list[NomineeKept] = field(default_factory=list)
    dossiers: list[DossierKept] = field(default_factory=list)

    @property
    def whole(self) -> bool:
        """Whether nothing is left to read."""
        return not any(self.to_read)

    def name(self, person_id: int | None, instead_of: int | None = None) -> str:
        """Who did something, perhaps in somebody's place."""
        return in_place_of(self.names.get(person_id or 0, ""), self.names.get(instead_of or 0, ""))


def proof(row: Evidence | None) -> FileKept | None:
    """A file somebody sent; one that did not pass its checks has no bytes."""
    if row is None:
        return None
    served = row.served_sha256 if row.state == "clean" else ""
    return kept(PROOFS, row.name, row.mime, served, row.sha256, row.code)


def proof_shown(file: EvidenceFacts) -> FileKept:
    """The same of a file as it is shown."""
    served = file.served_sha256 if file.state == "clean" else ""
    return kept(PROOFS, file.name, file.mime, served, file.sha256, file.code)


async def begun(session: Session, of: Round, over_at: datetime) -> Gathering:
    """What everything else is read with."""
    rows = [await queries.units_by_id(session, of.id or 0, one) for one in (Assessment, Nomination, Dossier)]
    units = {unit for one in rows for unit in one.values()}
    return Gathering(
        of,
        over_at,
        await eligibility_queries.unit_names(session, units, today(session, over_at)),
        await queries.names(session),
        (deque(rows[0]), deque(rows[1]), deque(rows[2])),
    )


async def plans(session: Session, found: Gathering, versions: Iterable[int]) -> tuple[PlanKept, ...]:
    """The versions that were answered and the one in force: word for word, and as people read them."""
    known = await calendar.in_force(session)
    told: list[PlanKept] = []
    for place, row in enumerate(await queries.plans(session, found.round.campaign, set(versions)), 1):
        path, readable = f"{PLANS}/{place:02d}.toml", f"{PLANS}/{place:02d}.txt"
        found.texts[path] = row.source
        campaign = await campaigns.of_version(session, row.id or 0)
        found.texts[readable] = read_back(campaign, known) + "\n"
        told.append(_plan(row, path, readable))
    return tuple(told)


def _plan(row: CampaignVersion, path: str, readable: str) -> PlanKept:
    return PlanKept(row.id or 0, row.digest, row.published_at, row.current, path, readable)


async def units(session: Session, found: Gathering) -> tuple[UnitKept, ...]:
    """The units that took part."""
    codes = await queries.unit_codes(session, found.units)
    return tuple(UnitKept(one, codes.get(one, ""), found.units[one]) for one in sorted(found.units))


async def assessments(session: Session, found: Gathering, ids: Collection[int]) -> list[AssessmentKept]:
    """These self-assessments, with what was signed; what never was has no answers here."""
    signed: dict[int, list[tuple[Signature, Evidence | None]]] = defaultdict(list)
    for signature, of in await queries.signatures(session, ids):
        signed[signature.assessment_id].append((signature, of))
    await sheets.load_all(session, ids)
    rows = await queries.assessments(session, ids)
    return [await _assessment(session, found, row, who, signed[row.id or 0]) for row, who in rows]


async def _assessment(
    session: Session,
    found: Gathering,
    row: Assessment,
    who: Person,
    signed: Sequence[tuple[Signature, Evidence | None]],
) -> AssessmentKept:
    unit = found.units.get(row.unit_id, "")
    collective = row.track == SubjectKind.COLLECTIVE.value
    sheet = await sheet_of(session, row.id or 0) if row.state == "signed" else None
    entries = sheet.entries if sheet is not None else ()
    files = {file.id: file for entry in entries for file in entry.files if file.usable}
    return AssessmentKept(
        id=row.id or 0,
        track=row.track,
        name=unit if collective else who.name,
        post="" if collective else who.post,
        unit_id=row.unit_id,
        signed=tuple(_signed(found, *one) for one in signed),
        answers=tuple(_answer(entry) for entry in entries),
        files=tuple(proof_shown(file) for file in files.values()),
    )


def _signed(found: Gathering, row: Signature, of: Evidence | None) -> SignedKept:
    path = f"{SIGNED}/{row.receipt}.json"
    found.texts[path] = row.content
    by = found.name(row.signed_by, row.signed_for)
    return SignedKept(row.receipt, row.digest, row.signed_at, by, row.withdrawn_at, proof(of), path)


def _answer(entry: Entry) -> AnswerKept:
    return AnswerKept(
        criterion=entry.criterion.code,
        label=entry.criterion.label,
        said=tuple(papers.answers(entry)),
        result=criteria.result(entry.criterion.kind, entry.outcome),
        note=entry.note,
        files=tuple(file.code for file in entry.files if file.usable),
    )


async def sheet_of(session: Session, assessment_id: int) -> Sheet | None:
    """A self-assessment as it stands."""
    working = await sheets.load(session, assessment_id)
    return working.facts() if working is not None else None


async def nominees(session: Session, found: Gathering, ids: Collection[int]) -> list[NomineeKept]:
    """These who were proposed, with what the appraisal found of them."""
    places = {row.nomination_id: row for row in await queries.places(session, ids)}
    marks: dict[int, list[MarkKept]] = defaultdict(list)
    for mark in await queries.marks(session, ids):
        by = found.name(mark.marked_by)
        marks[mark.nomination_id].append(
            MarkKept(mark.criterion, mark.mark, mark.reason, by, mark.marked_at, mark.replaced_at)
        )
    moved: dict[int, list[PlacedKept]] = defaultdict(list)
    for change in await queries.shortlist(session, ids):
        moved[change.nomination_id].append(
            PlacedKept(change.place, change.words, found.name(change.made_by), change.made_at)
        )
    told: list[NomineeKept] = []
    rows = await queries.nominations(session, ids)
    await sheets.load_all(session, [row.assessment_id for row, _who in rows if marks[row.id or 0]])
    for row, who in rows:
        nomination, place = row.id or 0, places.get(row.id or 0)
        unit = found.units.get(row.unit_id, "")
        told.append(
            NomineeKept(
                nomination_id=nomination,
                assessment_id=row.assessment_id,
                subject=row.subject,
                name=who.name if who is not None else unit,
                post=who.post if who is not None else "",
                unit_id=row.unit_id,
                unit=unit,
                achievement=row.achievement,
                state=row.state,
                by=found.name(row.nominated_by, row.nominated_for),
                at=row.nominated_at,
                dossier_id=place.dossier_id if place is not None else 0,
                place=place.place if place is not None else 0,
                removed_for=place.removed_for if place is not None and place.removed_at else "",
                verdict=await _verdict(session, row, marks[nomination]),
                marks=tuple(marks[nomination]),
                shortlist=tuple(moved[nomination]),
            )
        )
    return told


async def _verdict(session: Session, row: Nomination, marks: Sequence[MarkKept]) -> str:
    """What the marks come to; nothing where there are none."""
    live = {one.criterion: Mark(one.mark) for one in marks if one.replaced_at is None}
    sheet = await sheet_of(session, row.assessment_id) if live else None
    if sheet is None:
        return ""
    kinds = {one.criterion.code: one.criterion.kind for one in sheet.entries if is_marked(one)}
    whole = verdict(row.id or 0, kinds, live).mark
    return whole.value if whole is not None else ""


async def awards(session: Session, told: Sequence[NomineeKept]) -> tuple[AwardKept, ...]:
    """The awards that the round brought, collectives first, those annulled since included."""
    nominees = {one.nomination_id: one for one in told}
    rows = await queries.awards(session, list(nominees))
    ends = await award_queries.annulments_of(session, [row.id or 0 for row in rows])
    found: list[AwardKept] = []
    for row in rows:
        of, end = nominees[row.nomination_id or 0], ends.get(row.id or 0)
        found.append(
            AwardKept(
                subject=of.subject,
                name=of.name,
                post=of.post,
                unit=of.unit,
                achievement=row.achievement,
                title=row.title,
                authority=row.authority,
                number=row.number,
                dated=row.dated,
                annulled_at=row.annulled_at,
                annulled_for=end.reason if end is not None and row.annulled_at is not None else "",
            )
        )
    return tuple(sorted(found, key=lambda one: one.subject))
