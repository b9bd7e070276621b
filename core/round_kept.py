"""What the archive of a round keeps: who took part, what was said, marked, voted and decided, and every file.

People appear by name and post alone. Of a secret vote there are sums, never a vote of anybody.
"""

from dataclasses import dataclass
from datetime import date, datetime

from core.evidence import FileKind


@dataclass(frozen=True, slots=True)
class FileKept:
    """A file: `sha256` is that of what people may see, `original` of what was uploaded.

    Without a `path` it is not in the archive: `left_out` for the particulars in it, else it never was there.
    """

    code: str
    name: str
    mime: str
    sha256: str
    original: str
    path: str = ""
    left_out: bool = False


def kept(
    folder: str, name: str, mime: str, sha256: str, original: str = "", code: str = "", *, out: bool = False
) -> FileKept:
    """A file under a name of our own: what it holds, and what kind of file it is."""
    kind = next((kind for kind in FileKind if kind.mime == mime), None)
    path = f"{folder}/{sha256}{kind.suffix if kind else '.bin'}" if sha256 and not out else ""
    return FileKept(code, name, mime, sha256, original or sha256, path, left_out=out)


@dataclass(frozen=True, slots=True)
class UnitKept:
    """A unit that took part, as it was called when the round was over."""

    id: int
    code: str
    name: str


@dataclass(frozen=True, slots=True)
class PlanKept:
    """A version of the plan that somebody answered or that was in force, word for word in `path`."""

    version: int
    digest: str
    published_at: datetime | None
    in_force: bool
    path: str
    readable: str


@dataclass(frozen=True, slots=True)
class AnswerKept:
    """What was answered to a criterion, what it comes to, and the codes of the files that prove it."""

    criterion: str
    label: str
    said: tuple[str, ...]
    result: str
    note: str
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SignedKept:
    """A signature: what was signed is in `path`, word for word, and `digest` is its SHA-256."""

    receipt: str
    digest: str
    at: datetime
    by: str
    withdrawn_at: datetime | None
    proof: FileKept | None
    path: str


@dataclass(frozen=True, slots=True)
class AssessmentKept:
    """A self-assessment; answers only where one is signed and the signature stands."""

    id: int
    track: str
    name: str
    post: str
    unit_id: int
    signed: tuple[SignedKept, ...]
    answers: tuple[AnswerKept, ...]
    files: tuple[FileKept, ...]

    @property
    def standing(self) -> SignedKept | None:
        """The signature that stands."""
        return next((one for one in self.signed if one.withdrawn_at is None), None)


@dataclass(frozen=True, slots=True)
class MarkKept:
    """A mark of one criterion; one that was changed has when."""

    criterion: str
    mark: str
    reason: str
    by: str
    at: datetime
    replaced_at: datetime | None


@dataclass(frozen=True, slots=True)
class PlacedKept:
    """What was changed on the shortlist by hand: a place, or (without one) a remark."""

    place: int | None
    words: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class NomineeKept:
    """Somebody who was proposed; `dossier_id` is 0 for who never came into one.

    `removed_for` is why they were taken out of it. `verdict` is what the marks come to, empty while unmarked.
    """

    nomination_id: int
    assessment_id: int
    subject: str
    name: str
    post: str
    unit_id: int
    unit: str
    achievement: str
    state: str
    by: str
    at: datetime
    dossier_id: int
    place: int
    removed_for: str
    verdict: str
    marks: tuple[MarkKept, ...]
    shortlist: tuple[PlacedKept, ...]


@dataclass(frozen=True, slots=True)
class VersionKept:
    """One submission; all that stood in it is in `path`, word for word, and `digest` is its SHA-256."""

    version: int
    receipt: str
    digest: str
    at: datetime
    by: str
    late: bool
    overridden_for: str
    path: str
    files: tuple[FileKept, ...]


@dataclass(frozen=True, slots=True)
class StepKept:
    """One step: what was done, by whom, when and why."""

    act: str
    led_to: str
    version: int
    by: str
    at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class AskedKept:
    """What a unit was asked for again, and what it answered."""

    nominee: str
    criterion: str
    missing: str
    by: str
    at: datetime
    due: date | None
    answer: str
    answered_by: str
    files: tuple[FileKept, ...]


@dataclass(frozen=True, slots=True)
class SumsKept:
    """A vote about somebody, in sums."""

    entitled: int
    votes_for: int
    against: int
    blank: int


@dataclass(frozen=True, slots=True)
class MeetingKept:
    """The meeting of a unit's council that stands; `votes` by nomination."""

    held_at: datetime
    ended_at: datetime
    place: str
    chair: str
    secretary: str
    present: tuple[str, ...]
    absent: tuple[str, ...]
    votes: tuple[tuple[int, SumsKept, bool], ...]
    conclusions: str
    proof: FileKept | None


@dataclass(frozen=True, slots=True)
class DossierKept:
    """What a unit handed in, every version of it, and everything that was done with it."""

    id: int
    unit_id: int
    unit: str
    state: str
    late: bool
    appraiser: str
    versions: tuple[VersionKept, ...]
    steps: tuple[StepKept, ...]
    asked: tuple[AskedKept, ...]
    meeting: MeetingKept | None


@dataclass(frozen=True, slots=True)
class ItemKept:
    """A nominee before the council: the sums, whether chosen and why."""

    nomination_id: int
    name: str
    unit: str
    achievement: str
    announced: int
    sums: SumsKept | None
    settled: str
    chosen: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class QuestionKept:
    """What a member asked about a nominee, and the answer."""

    nominee: str
    by: str
    words: str
    answered_by: str
    answer: str


@dataclass(frozen=True, slots=True)
class VoteKept:
    """A vote that was counted: the sums by nominee, and apart those of the members who voted on paper.

    One that was set aside has the `words` why, and the conclusions that fell with it; `referred` is whether
    the director sent it back.
    """

    ended_at: datetime | None
    sums: tuple[tuple[str, SumsKept], ...]
    on_paper: int
    paper: tuple[tuple[str, SumsKept], ...]
    sheet: FileKept | None
    words: str
    referred: bool
    by: str
    conclusions: str


@dataclass(frozen=True, slots=True)
class SittingKept:
    """A sitting of the council, from the call to the decision, and its votes; shares are parts of a whole."""

    id: int
    state: str
    held_at: datetime
    place: str
    chair: str
    secretary: str
    members: tuple[str, ...]
    quorum: tuple[int, int]
    threshold: tuple[int, int]
    items: tuple[ItemKept, ...]
    conflicts: tuple[tuple[str, str, str], ...]
    questions: tuple[QuestionKept, ...]
    votes: tuple[VoteKept, ...]
    conclusions: str
    referred: str
    approved_by: str
    approved_at: datetime | None
    number: str
    dated: date | None
    decided_by: str
    decided_at: datetime | None
    scan: FileKept | None
    papers: tuple[FileKept, ...]


@dataclass(frozen=True, slots=True)
class AwardKept:
    """An award that the decision brought, as it says it; `annulled_for` is why it was annulled since."""

    subject: str
    name: str
    post: str
    unit: str
    achievement: str
    title: str
    authority: str
    number: str
    dated: date
    annulled_at: datetime | None
    annulled_for: str


@dataclass(frozen=True, slots=True)
class ToldKept:
    """An announcement of results that was sent, perhaps taken back since."""

    title: str
    body: str
    by: str
    at: datetime
    files: tuple[FileKept, ...]
    taken_back: bool


@dataclass(frozen=True, slots=True)
class RoundKept:
    """All of it. `over_at` is the last thing that happened in the round, or its end."""

    campaign: str
    campaign_label: str
    title: str
    round: str
    round_label: str
    over_at: datetime
    plans: tuple[PlanKept, ...]
    units: tuple[UnitKept, ...]
    assessments: tuple[AssessmentKept, ...]
    nominees: tuple[NomineeKept, ...]
    dossiers: tuple[DossierKept, ...]
    sittings: tuple[SittingKept, ...]
    awards: tuple[AwardKept, ...]
    told: tuple[ToldKept, ...]

    def files(self) -> tuple[FileKept, ...]:
        """Every file that is in the archive, each once, by path."""
        found = {one.path: one for one in self._all_files() if one.path}
        return tuple(found[path] for path in sorted(found))

    def _all_files(self) -> list[FileKept]:
        found: list[FileKept | None] = []
        for assessment in self.assessments:
            found += [*assessment.files, *(one.proof for one in assessment.signed)]
        for dossier in self.dossiers:
            found += [file for version in dossier.versions for file in version.files]
            found += [file for item in dossier.asked for file in item.files]
            found.append(dossier.meeting.proof if dossier.meeting else None)
        for sitting in self.sittings:
            found += [sitting.scan, *sitting.papers, *(vote.sheet for vote in sitting.votes)]
        found += [file for one in self.told for file in one.files]
        return [one for one in found if one is not None]
