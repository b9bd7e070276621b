"""What a unit's own council did about its nominees: who was there, how it voted, what it concluded."""

from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from core.assessment import EvidenceFacts
from core.ballots import Count, PollRules


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
        return self.members > 0 and Fraction(len(self.present), self.members) >= self.rules.quorum
