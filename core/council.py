"""A sitting of the council on the nominees of a round, from the call to the signed decision.

    called ─open─▸ voting ─close─▸ counted ─conclude─▸ concluded ─approve─▸ approved ─enter─▸ decided

    once more       counted ─again─▸ called        concluded, approved ─refer─▸ called
    called off      called ─cancel─▸ cancelled

What is decided is signed outside the house; its number, day and scan are entered then.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from core.appraisal import TieRule
from core.ballots import Count, PollRules, Verdict, verdicts
from core.campaign_terms import SubjectKind


class SittingState(StrEnum):
    """Where a sitting stands."""

    CALLED = "called"
    VOTING = "voting"
    COUNTED = "counted"
    CONCLUDED = "concluded"
    APPROVED = "approved"
    DECIDED = "decided"
    CANCELLED = "cancelled"


class OutcomeKind(StrEnum):
    """What has become of a nominee before the council."""

    WAITING = "waiting"
    CHOSEN = "chosen"
    NOT_CHOSEN = "not_chosen"
    COMMENDED = "commended"


class PaperOf(StrEnum):
    """What is made of a sitting: its minutes, and the decision as it is put before the director."""

    MINUTES = "minutes"
    DECISION = "decision"


@dataclass(frozen=True, slots=True)
class Member:
    """Somebody who sits."""

    person_id: int
    name: str
    post: str
    unit_id: int


@dataclass(frozen=True, slots=True)
class Item:
    """A nominee on the agenda, and what it came to."""

    nomination_id: int
    dossier_id: int
    subject: SubjectKind
    name: str
    post: str
    unit: str
    unit_id: int
    achievement: str
    place: int
    announced: int
    settled: int
    settled_words: str
    chosen: bool | None
    reason: str


@dataclass(frozen=True, slots=True)
class ConflictOf:
    """A member who does not vote about a nominee."""

    person_id: int
    nomination_id: int
    reason: str


@dataclass(frozen=True, slots=True)
class SittingFacts:
    """A sitting as it stands; `poll_id` is the vote that is open or was counted last, 0 before any.

    `order` is what goes first among equals, as it was announced when the sitting was called.
    """

    id: int
    round_id: int
    campaign: str
    campaign_label: str
    round_label: str
    state: SittingState
    held_at: datetime
    place: str
    chair_id: int
    secretary_id: int | None
    secretary: str
    members: tuple[Member, ...]
    items: tuple[Item, ...]
    conflicts: tuple[ConflictOf, ...]
    rules: PollRules
    order: tuple[TieRule, ...]
    places: Mapping[SubjectKind, int | None]
    poll_id: int
    conclusions: str
    referred: str
    number: str
    dated: date | None

    @property
    def chair(self) -> Member:
        """Who presides."""
        return next(one for one in self.members if one.person_id == self.chair_id)

    @property
    def chosen(self) -> tuple[Item, ...]:
        """Whom the council chose."""
        return tuple(one for one in self.items if one.chosen)

    def item(self, nomination_id: int) -> Item | None:
        """A nominee of the agenda."""
        return next((one for one in self.items if one.nomination_id == nomination_id), None)


@dataclass(frozen=True, slots=True)
class QuestionFacts:
    """What a member asked a unit, and its answer; empty while there is none."""

    id: int
    sitting_id: int
    nomination_id: int
    by: str
    words: str
    answered_by: str
    answer: str


@dataclass(frozen=True, slots=True)
class VoteThen:
    """A vote that was counted, by nomination: all sums, and apart those of the paper ballots of its `sheet`.

    One that was set aside has the `words` why, `by` the director where it was `referred` back, else the
    chair, and the `conclusions` that fell with it.
    """

    ended_at: datetime | None
    counts: Mapping[int, Count]
    on_paper: int
    paper: Mapping[int, Count]
    sheet: int | None
    words: str = ""
    referred: bool = False
    conclusions: str = ""
    by: int | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a nomination before the council, with the number and day of the decision."""

    sitting_id: int
    kind: OutcomeKind
    reason: str = ""
    number: str = ""
    dated: date | None = None


def results(sitting: SittingFacts, counts: Mapping[int, Count]) -> list[Verdict]:
    """What the vote came to, collectives and people apart: each kind has places of its own.

    Among equals goes first who does by the announced order, then whom the chair put first.
    """
    found: list[Verdict] = []
    for subject in SubjectKind:
        items = [one for one in sitting.items if one.subject is subject and one.nomination_id in counts]
        own = {one.nomination_id: counts[one.nomination_id] for one in items}
        order = {one.nomination_id: (one.announced, -one.settled) for one in items}
        found += verdicts(own, sitting.rules, sitting.places.get(subject), order)
    return found


def tied(found: Iterable[Verdict]) -> tuple[int, ...]:
    """Whom the chair has to choose among."""
    return tuple(one.nominee for one in found if one.tied)


def too_few_for(sitting: SittingFacts, fewest: int) -> Sequence[Item]:
    """The nominees about whom fewer than so many members could vote: the sums would tell who voted how."""
    return [
        item
        for item in sitting.items
        if len(sitting.members) - sum(one.nomination_id == item.nomination_id for one in sitting.conflicts)
        < fewest
    ]
