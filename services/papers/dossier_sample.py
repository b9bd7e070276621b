"""A dossier nobody ever handed in: what a template is tried on before it is put in force."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from core.assessment import Entry, EvidenceFacts, Sheet, SignedCopy, given_to_json
from core.ballots import Count, PollRules
from core.campaign_terms import SubjectKind
from core.campaigns import Campaign, Track
from core.criteria import (
    Answer,
    Criterion,
    DeclarationGiven,
    DeltaGiven,
    Given,
    LevelGiven,
    NumberGiven,
    SlotsGiven,
    TextGiven,
)
from core.criteria_judged import judge
from core.dossier_papers import DossierContent, NomineeContent
from core.dossiers import PARTICULARS, UNIT_PARTICULARS, DossierFacts, DossierState, NomineeFacts
from core.measures import (
    DeclarationMeasure,
    DeltaMeasure,
    Measure,
    NarrativeMeasure,
    NumberMeasure,
    OrdinalMeasure,
    SlotsMeasure,
)
from core.texts import dossier_sample as texts
from core.unit_reviews import MeetingRecord, NomineeVote

SIGNED_AT = datetime(2027, 12, 3, 2, 5, tzinfo=UTC)
_MIME = "application/pdf"


def content(campaign: Campaign, *, met: bool = True, files: int = 2, people: int = 2) -> DossierContent:
    """One collective and so many people of a plan, everything answered; `met` with a council's minutes."""
    tracks = (Track.COLLECTIVE, *[Track.INDIVIDUAL] * people)
    nominees = tuple(_nominee(campaign, place, track, files) for place, track in enumerate(tracks, 1))
    facts = DossierFacts(
        id=1,
        round_id=1,
        unit_id=1,
        unit=texts.UNIT,
        campaign=campaign.code,
        campaign_label=campaign.label,
        round_label=texts.ROUND,
        state=DossierState.DRAFTING,
        version=1,
    )
    meeting = _meeting(nominees) if met else None
    return DossierContent(facts, campaign, nominees, meeting, texts.HEAD, texts.HEAD_POST)


def _nominee(campaign: Campaign, place: int, track: Track, files: int) -> NomineeContent:
    collective = track is Track.COLLECTIVE
    name = texts.UNIT if collective else texts.NAMES[(place - 2) % len(texts.NAMES)]
    post = "" if collective else texts.POST
    numbers = iter(range(1 + 1000 * (place - 1), 1000 * place))
    entries = tuple(
        _entry(one, tuple(_file(next(numbers)) for _ in range(files))) for one in campaign.criteria(track)
    )
    sheet = Sheet(place, campaign, texts.ROUND, None, signed=True, entries=entries, track=track)
    receipt = f"TDG-{place:05d}-1"
    digest = sha256(receipt.encode()).hexdigest()
    signer = texts.HEAD if collective else name
    copy = SignedCopy(receipt, digest, SIGNED_AT, signer, f"NV{place:03d}", post, texts.UNIT, sheet)
    facts = NomineeFacts(
        nomination_id=place,
        assessment_id=place,
        subject=SubjectKind.COLLECTIVE if collective else SubjectKind.INDIVIDUAL,
        name=name,
        post=post,
        unit=texts.UNIT,
        unit_id=1,
        person_id=None if collective else place,
        achievement=texts.ACHIEVEMENT,
        place=place,
    )
    return NomineeContent(facts, copy, _particulars(UNIT_PARTICULARS if collective else PARTICULARS))


def _particulars(names: Iterable[str]) -> dict[str, str]:
    return {name: texts.PARTICULARS[name] for name in names}


def _entry(criterion: Criterion, files: tuple[EvidenceFacts, ...]) -> Entry:
    given = {one.code: told for one in criterion.measures if (told := _answer(one)) is not None}
    answer = Answer(given, len(files))
    return Entry(criterion, given_to_json(answer), judge(criterion, answer).outcome, "", files)


def _answer(measure: Measure) -> Given | None:
    match measure:
        case NumberMeasure():
            return NumberGiven(Decimal("92.5") if measure.percent else Decimal(12))
        case DeltaMeasure():
            return DeltaGiven(Decimal(80), Decimal(91))
        case OrdinalMeasure():
            return LevelGiven(measure.scale.levels[-1].key)
        case DeclarationMeasure():
            return DeclarationGiven(yes=True, explanation=texts.TOLD)
        case NarrativeMeasure():
            return TextGiven(texts.TOLD)
        case SlotsMeasure():
            return SlotsGiven({slot.key: texts.TOLD for slot in measure.slots})
    return None


def _file(number: int) -> EvidenceFacts:
    return EvidenceFacts(
        id=number,
        code=f"MC-{number:05d}",
        name=texts.FILE.format(number),
        size=1_234_567,
        state="clean",
        reason="",
        sha256=sha256(str(number).encode()).hexdigest(),
        served_sha256="",
        mime=_MIME,
        received_at=SIGNED_AT,
    )


def _meeting(nominees: tuple[NomineeContent, ...]) -> MeetingRecord:
    began = SIGNED_AT + timedelta(days=4)
    return MeetingRecord(
        held_at=began,
        ended_at=began + timedelta(hours=2),
        place=texts.PLACE,
        chair=f"{texts.HEAD}, {texts.HEAD_POST}",
        secretary=texts.SECRETARY,
        members=9,
        present=texts.PRESENT,
        absent=texts.ABSENT,
        rules=PollRules(),
        votes=tuple(
            NomineeVote(one.facts.nomination_id, Count(9, 7, 1, 0), endorsed=True) for one in nominees
        ),
        conclusions=texts.CONCLUSIONS,
    )
