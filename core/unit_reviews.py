"""What a unit does about its nominees itself: whom it shows to its people, what its council concluded."""

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from fractions import Fraction

from core.assessment import EvidenceFacts, Sheet
from core.ballots import FEWEST_MEMBERS, Count, PollRules, reaches
from core.criteria import Outcome
from core.eligibility import Case
from core.quotas import Ledger

#: How many working days a list may be shown.
MOST_DAYS = 10
#: How many are compared on one screen.
FEWEST_COMPARED, MOST_COMPARED = 2, 4


@dataclass(frozen=True, slots=True)
class NomineeVote:
    """What the unit's council came to about one nominee."""

    nomination_id: int
    count: Count
    endorsed: bool

    @property
    def ratio(self) -> Fraction:
        """The share of those entitled who voted for it."""
        return Fraction(self.count.votes_for, self.count.entitled) if self.count.entitled else Fraction(0)


@dataclass(frozen=True, slots=True)
class MeetingRecord:
    """A meeting of the unit's council, for its minutes; times are aware.

    `present` and `absent` are names with posts, as the minutes give them. One that was held on paper has the
    photo or scan of its minutes as `proof`.
    """

    held_at: datetime
    ended_at: datetime
    place: str
    chair: str
    secretary: str
    members: int
    present: tuple[str, ...]
    absent: tuple[str, ...]
    rules: PollRules
    votes: tuple[NomineeVote, ...]
    conclusions: str
    on_paper: bool = False
    proof: EvidenceFacts | None = None

    @property
    def quorate(self) -> bool:
        """Whether enough members were there."""
        return reaches(len(self.present), self.members, self.rules.quorum)


@dataclass(frozen=True, slots=True)
class UnitRound:
    """A unit in a round: what it reviews its people for."""

    round_id: int
    unit_id: int
    unit: str
    campaign: str
    round_label: str


@dataclass(frozen=True, slots=True)
class SentBackFacts:
    """A criterion that was sent back, with what its head wanted to know."""

    id: int
    assessment_id: int
    criterion: str
    key: str
    label: str
    comment: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Candidate:
    """A signed self-assessment beside others: where it stands, what was answered, what was sent back."""

    case: Case
    sheet: Sheet = field(repr=False)
    sent_back: tuple[SentBackFacts, ...] = ()


@dataclass(frozen=True, slots=True)
class ShownNominee:
    """Somebody on a list that is shown: what for and how the plan judges it, and nothing of the person.

    `objected` is whether who looks has objected, and with their name; None where they have not.
    """

    nomination_id: int
    name: str
    unit: str
    achievement: str
    outcomes: tuple[tuple[Outcome, int], ...]
    own: bool = False
    objected: bool | None = None


@dataclass(frozen=True, slots=True)
class WindowFacts:
    """A list that is or was shown to the unit; `last_day` is inclusive."""

    id: int
    dossier_id: int
    of: UnitRound
    is_open: bool
    days: int
    last_day: date
    opened_at: datetime
    nominees: int
    objections: int
    unsettled: int


@dataclass(frozen=True, slots=True)
class ObjectionFacts:
    """What somebody holds against a nominee; `by` is empty where they gave no name."""

    id: int
    window_id: int
    nomination_id: int
    nominee: str
    words: str
    made_on: date
    by: str = ""
    settlement: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None

    @property
    def settled(self) -> bool:
        """Whether the head has answered it."""
        return self.settled_at is not None


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """A member of the unit's council; `absent_because` is empty for those who are there."""

    person_id: int
    name: str
    post: str
    absent_because: str = ""

    @property
    def present(self) -> bool:
        """Whether they are there."""
        return not self.absent_because


@dataclass(frozen=True, slots=True)
class AgendaItem:
    """A nominee on the agenda; `count` once the votes are known. `withdrawn` is who is proposed no more."""

    nomination_id: int
    name: str
    unit: str
    person_id: int | None
    count: Count | None = None
    endorsed: bool = False
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ConflictFacts:
    """A member without a vote about a nominee, and why."""

    person_id: int
    member: str
    nomination_id: int
    nominee: str
    reason: str


class MeetingState(StrEnum):
    """Where a meeting stands; `counted` is between its vote and its conclusions."""

    PREPARING = "preparing"
    VOTING = "voting"
    COUNTED = "counted"
    HELD = "held"
    ANNULLED = "annulled"


class Gap(StrEnum):
    """What a meeting lacks."""

    MEMBERS = "members"
    CHAIR = "chair"
    SECRETARY = "secretary"
    PLACE = "place"
    TIME = "time"
    QUORUM = "quorum"
    EARLY = "early"
    VOTES = "votes"
    PROOF = "proof"


@dataclass(frozen=True, slots=True)
class MeetingFacts:
    """A meeting as it stands; `voted`, `awaited` and `held` (`ballots.close`) are of an open vote."""

    id: int
    dossier_id: int
    of: UnitRound
    version: int
    state: MeetingState
    on_paper: bool
    rules: PollRules
    held_at: datetime | None = None
    ended_at: datetime | None = None
    place: str = ""
    chair_id: int | None = None
    secretary_id: int | None = None
    members: tuple[MemberFacts, ...] = ()
    agenda: tuple[AgendaItem, ...] = ()
    conflicts: tuple[ConflictFacts, ...] = ()
    conclusions: str = ""
    proof: EvidenceFacts | None = None
    poll_id: int = 0
    closes_at: datetime | None = None
    voted: int = 0
    awaited: tuple[str, ...] = ()
    held: str = ""
    annulled_because: str = ""

    @property
    def present(self) -> tuple[MemberFacts, ...]:
        """Who is there."""
        return tuple(one for one in self.members if one.present)

    @property
    def quorate(self) -> bool:
        """Whether enough members are there."""
        return reaches(len(self.present), len(self.members), self.rules.quorum)

    def member(self, person_id: int | None) -> MemberFacts | None:
        """One of the members."""
        return next((one for one in self.members if one.person_id == person_id), None)

    def _there(self, person_id: int | None) -> bool:
        found = self.member(person_id)
        return found is not None and found.present

    def entitled(self, nomination_id: int) -> int:
        """How many members have a vote about a nominee, whether they came or not."""
        return len(self.members) - len(self._barred(nomination_id))

    def voting(self, nomination_id: int) -> int:
        """How many of those who are there have a vote about a nominee."""
        barred = self._barred(nomination_id)
        return sum(one.person_id not in barred for one in self.present)

    def _barred(self, nomination_id: int) -> set[int]:
        members = {one.person_id for one in self.members}
        found = {one.person_id for one in self.conflicts if one.nomination_id == nomination_id}
        return found & members

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing before the vote can be opened, or the record of a meeting on paper be closed."""
        lacks = {
            Gap.MEMBERS: len(self.members) < FEWEST_MEMBERS,
            Gap.CHAIR: not self._there(self.chair_id),
            Gap.SECRETARY: not self._there(self.secretary_id),
            Gap.PLACE: not self.place,
            Gap.TIME: self.held_at is None,
            Gap.QUORUM: len(self.members) >= FEWEST_MEMBERS and not self.quorate,
            Gap.VOTES: self.on_paper and any(one.count is None for one in self.agenda if not one.withdrawn),
            Gap.PROOF: self.on_paper and (self.proof is None or not self.proof.proves),
        }
        return tuple(gap for gap, missing in lacks.items() if missing)


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """A unit's review of a round; `acts` is whether who looks may do more than look."""

    of: UnitRound
    acts: bool
    open_to_unit: bool
    signed: int
    proposed: int
    ledger: Ledger
    window: WindowFacts | None = None
    unsettled: int = 0
    meeting: MeetingFacts | None = None


def own_conflicts(
    members: tuple[MemberFacts, ...], agenda: tuple[AgendaItem, ...]
) -> tuple[tuple[int, int], ...]:
    """Members who are nominees themselves, with the nomination that is theirs."""
    return tuple(
        (member.person_id, item.nomination_id)
        for item in agenda
        for member in members
        if item.person_id == member.person_id
    )


def outcomes_of(sheet: Sheet) -> tuple[tuple[Outcome, int], ...]:
    """How many criteria came out how, those met first."""
    found: dict[Outcome, int] = {}
    for entry in sheet.entries:
        found[entry.outcome] = found.get(entry.outcome, 0) + 1
    return tuple((one, found[one]) for one in Outcome if one in found)
