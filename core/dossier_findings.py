"""What can be found wrong or odd about a dossier, and what it is held against."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from core.assessment import EvidenceFacts
from core.campaign_terms import SubjectKind
from core.dossiers import PaperFacts


class Severity(StrEnum):
    """How grave a finding is."""

    ERROR = "error"
    WARNING = "warning"


class Mend(StrEnum):
    """Where a finding is mended."""

    NOMINEE = "nominee"
    NOMINEES = "nominees"
    PART = "part"
    PAPERS = "papers"
    MEETING = "meeting"
    OBJECTIONS = "objections"
    SUBMIT = "submit"


class FindingKind(StrEnum):
    """Everything that is looked for."""

    NO_NOMINEE = "no_nominee"
    NAME_DIFFERS = "name_differs"
    NAME_ELSEWHERE = "name_elsewhere"
    NAMES_ALIKE = "names_alike"
    SAME_ACHIEVEMENT = "same_achievement"
    NOT_SIGNED = "not_signed"
    SIGNATURE_BROKEN = "signature_broken"
    SIGNED_LATER = "signed_later"
    NOT_ELIGIBLE = "not_eligible"
    OUTSIDE_UNIT = "outside_unit"
    FILE_CHECKING = "file_checking"
    FILE_UNUSABLE = "file_unusable"
    MET_WITHOUT_FILE = "met_without_file"
    PARTICULARS_MISSING = "particulars_missing"
    PART_MISSING = "part_missing"
    REPORT_MISSING = "report_missing"
    REPORT_OF_NOBODY = "report_of_nobody"
    PAPER_CHECKING = "paper_checking"
    PAPER_UNUSABLE = "paper_unusable"
    PAPER_OUTDATED = "paper_outdated"
    SENT_EARLIER = "sent_earlier"
    NO_MEETING = "no_meeting"
    MINUTES_BLANK = "minutes_blank"
    MEETING_EARLY = "meeting_early"
    MEETING_LATE = "meeting_late"
    MEETING_BEFORE_SIGNING = "meeting_before_signing"
    MEMBERS_DIFFER = "members_differ"
    NOT_QUORATE = "not_quorate"
    VOTE_MISSING = "vote_missing"
    VOTE_OF_NOBODY = "vote_of_nobody"
    VOTES_TOO_MANY = "votes_too_many"
    NOT_ENDORSED = "not_endorsed"
    ENDORSED_BELOW = "endorsed_below"
    OBJECTION_OPEN = "objection_open"
    WINDOW_OPEN = "window_open"
    OVER_QUOTA = "over_quota"
    NOT_GATHERED = "not_gathered"
    LATE = "late"


#: What is only odd; everything else is an error.
_WARNINGS = frozenset(
    {
        FindingKind.NAMES_ALIKE,
        FindingKind.SAME_ACHIEVEMENT,
        FindingKind.NAME_ELSEWHERE,
        FindingKind.SIGNED_LATER,
        FindingKind.MET_WITHOUT_FILE,
        FindingKind.PARTICULARS_MISSING,
        FindingKind.REPORT_OF_NOBODY,
        FindingKind.SENT_EARLIER,
        FindingKind.MINUTES_BLANK,
        FindingKind.MEETING_BEFORE_SIGNING,
        FindingKind.OBJECTION_OPEN,
        FindingKind.WINDOW_OPEN,
        FindingKind.OVER_QUOTA,
        FindingKind.NOT_GATHERED,
        FindingKind.LATE,
    }
)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `who` is a nominee's name, `where` their nomination or the key of a part.

    `said` and `other` are what stands in two places, `count` of `limit` what was counted.
    """

    kind: FindingKind
    mend: Mend
    where: str = ""
    who: str = ""
    said: str = ""
    other: str = ""
    count: int = 0
    limit: int = 0

    @property
    def severity(self) -> Severity:
        """How grave it is."""
        return Severity.WARNING if self.kind in _WARNINGS else Severity.ERROR


@dataclass(frozen=True, slots=True)
class NomineeGrounds:
    """What is known of a nominee now: `signed_at` is None where their signature is in force no longer.

    `intact` says that what was signed has still the digest it was signed with. `barring` are sentences about
    what stands in their way.
    """

    signed_at: datetime | None
    intact: bool
    proposed_at: datetime
    within_unit: bool
    barring: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Grounds:
    """What a dossier is held against besides itself; moments are aware, `now` in the zone of the office.

    `sent` are the unit's own files by the paper they are. `over` is by how many too many the sector
    proposes, `ungathered` how many of the unit are proposed and in no dossier. `objections` are how many
    nobody has answered, by nomination, and `shown_until` is the last day of a list that is still shown to the
    unit. `changed_at` is when what all papers are made from last changed, `told_at` when each nominee told
    their particulars, `begins_on` the first day of the round's time and `due` the last one for the dossier,
    where they are known.
    """

    now: datetime
    papers: tuple[PaperFacts, ...] = ()
    sent: Mapping[int, EvidenceFacts] = field(default_factory=dict)
    nominees: Mapping[int, NomineeGrounds] = field(default_factory=dict)
    over: Mapping[SubjectKind, int] = field(default_factory=dict)
    ungathered: int = 0
    objections: Mapping[int, int] = field(default_factory=dict)
    shown_until: date | None = None
    changed_at: datetime | None = None
    told_at: Mapping[int, datetime] = field(default_factory=dict)
    begins_on: date | None = None
    due: date | None = None


def errors(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Those that keep a dossier from being submitted without a reason."""
    return tuple(one for one in findings if one.severity is Severity.ERROR)
