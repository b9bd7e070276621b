"""What a unit handed in and asked for, as facts that are shown."""

from dataclasses import dataclass
from datetime import date, datetime

from core.assessment import EvidenceFacts
from core.campaign_terms import DeadlineKind
from core.deadlines import Obligation

NUMBER_LIMIT = 60
WORDS_LIMIT = 1500
SHORTEST_WORDS = 5
SHORTEST_NUMBER = 2
#: What the office owes itself: its reports on a year and on the whole campaign.
OF_OFFICE = frozenset({DeadlineKind.YEARLY_REVIEW, DeadlineKind.FINAL_REVIEW})
#: What is handed in here; a dossier has its own way.
HANDED_IN_HERE = frozenset({DeadlineKind.PLAN, DeadlineKind.REPORT}) | OF_OFFICE


@dataclass(frozen=True, slots=True)
class SubmissionFacts:
    """One plan or report; `confirmed_at` is None while the head has still to confirm it."""

    id: int
    number: str
    dated: date
    words: str
    receipt: str
    late: bool
    made_by: str
    made_by_id: int
    made_at: datetime
    confirmed_by: str
    confirmed_at: datetime | None
    file: EvidenceFacts | None

    @property
    def lacks_file(self) -> bool:
        """Whether it came without a file, or with one that cannot be used."""
        return self.file is None or self.file.state not in {"waiting", "clean"}


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a file came with: the submission and its receipt."""

    id: int
    receipt: str


@dataclass(frozen=True, slots=True)
class ExtensionFacts:
    """More time asked for: `document` is what it was granted by, or why it was denied."""

    id: int
    unit: str
    key: str
    until: date
    reason: str
    state: str
    asked_by: str
    asked_at: datetime
    document: str


@dataclass(frozen=True, slots=True)
class DueFacts:
    """One time that something falls due: one of its obligations, how many owe it, did it, are late."""

    key: str
    obligation: Obligation
    count: int
    done: int
    late: int
