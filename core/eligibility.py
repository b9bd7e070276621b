"""Whether somebody may be considered for a commendation, and everything that stands in the way."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum
from hashlib import sha256

from core.assessment import Entry
from core.awards import AwardFacts
from core.campaigns import Track
from core.criteria import ClauseKind, Criterion, Outcome, Verdict
from core.vietnamese import words_only

GATES = frozenset({ClauseKind.PREREQUISITE, ClauseKind.DISQUALIFIER})
_FINGERPRINT = 8


class HindranceKind(StrEnum):
    """What a person, or a unit, can be under; nobody is considered meanwhile."""

    DISCIPLINE = "discipline"
    COMPLAINT = "complaint"


@dataclass(frozen=True, slots=True)
class HindranceFacts:
    """Under discipline or complaint by a document, from `since` until `until`, both inclusive."""

    id: int
    kind: HindranceKind
    since: date
    until: date | None
    document: str

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on that day; one without an end holds until it is lifted."""
        return self.since <= day and (self.until is None or day <= self.until)

    def shortened_by(self, since: date, until: date | None) -> bool:
        """Whether there are days on which it holds now and would not then."""
        ends_earlier = until is not None and (self.until is None or until < self.until)
        return since > self.since or ends_earlier


@dataclass(frozen=True, slots=True)
class HindranceChange:
    """What somebody asked to become of a hindrance, why, and by which document; `lifts` ends it at once."""

    id: int
    since: date
    until: date | None
    lifts: bool
    reason: str
    document: str
    asked_by: str
    asker_id: int


@dataclass(frozen=True, slots=True)
class NominationFacts:
    """Somebody proposed for a commendation, commended already, or left out by the decision.

    `by` is who proposed them, and in whose place.
    """

    id: int
    assessment_id: int
    campaign: str
    round_label: str
    achievement: str
    commended: bool
    by: str = ""
    not_chosen: bool = False

    @property
    def proposed(self) -> bool:
        """Whether nothing has been decided about it."""
        return not (self.commended or self.not_chosen)


class WaiverState(StrEnum):
    """One person asks for an obstacle to be set aside, another decides."""

    ASKED = "asked"
    GRANTED = "granted"
    DENIED = "denied"


@dataclass(frozen=True, slots=True)
class WaiverFacts:
    """Who wanted which obstacle set aside, why, and who decided; the names are of people."""

    id: int
    obstacle: str
    state: WaiverState
    reason: str
    asked_by: str
    asker_id: int
    decided_by: str = ""


class ObstacleKind(StrEnum):
    """Everything that can stand in the way. The last two are no «no» yet."""

    PREREQUISITE = "prerequisite"
    DISQUALIFIER = "disqualifier"
    STANDARD = "standard"
    DISCIPLINE = "discipline"
    COMPLAINT = "complaint"
    COMMENDED = "commended"
    AWAITED = "awaited"
    UNANSWERED = "unanswered"


_NOT_KNOWN = frozenset({ObstacleKind.AWAITED, ObstacleKind.UNANSWERED})


@dataclass(frozen=True, slots=True)
class Obstacle:
    """One thing in the way, with what it rests on: a clause and its sum, a hindrance, a proposal or an award.

    `key` is short ASCII; it changes with the answer, with the time and document of a hindrance, and with the
    state of a nomination, so that what was waived is what was seen.
    """

    kind: ObstacleKind
    key: str
    criterion: Criterion | None = None
    verdict: Verdict | None = None
    hindrance: HindranceFacts | None = None
    nomination: NominationFacts | None = None
    award: AwardFacts | None = None
    waiver: WaiverFacts | None = None

    @property
    def waived(self) -> bool:
        """Whether it has been set aside."""
        return self.waiver is not None and self.waiver.state is WaiverState.GRANTED

    @property
    def waivable(self) -> bool:
        """Whether setting it aside can be asked for: nobody sets aside what is not known yet."""
        open_again = self.waiver is None or self.waiver.state is WaiverState.DENIED
        return open_again and self.kind not in _NOT_KNOWN


class Result(StrEnum):
    """What the obstacles that are left come to."""

    ELIGIBLE = "eligible"
    NOT_ELIGIBLE = "not_eligible"
    INCOMPLETE = "incomplete"
    AWAITED = "awaited"


@dataclass(frozen=True, slots=True)
class Standing:
    """Every obstacle, waived ones included, and every gate of the plan with what is known of it."""

    obstacles: tuple[Obstacle, ...]
    gates: tuple[Entry, ...] = ()

    @property
    def left(self) -> tuple[Obstacle, ...]:
        """The obstacles nobody has set aside."""
        return tuple(one for one in self.obstacles if not one.waived)

    @property
    def barring(self) -> tuple[Obstacle, ...]:
        """What is a «no» already."""
        return tuple(one for one in self.left if one.kind not in _NOT_KNOWN)

    @property
    def unanswered(self) -> tuple[Obstacle, ...]:
        """What is not known yet, gates first."""
        found = [one for one in self.left if one.kind is ObstacleKind.UNANSWERED]
        return tuple(sorted(found, key=lambda one: one.criterion is None or one.criterion.kind not in GATES))

    @property
    def awaiting(self) -> tuple[Obstacle, ...]:
        """What somebody else has yet to say: pending, not refused."""
        return tuple(one for one in self.left if one.kind is ObstacleKind.AWAITED)

    @property
    def result(self) -> Result:
        """A «no» outweighs what is unknown, and what is unknown what is awaited."""
        if self.barring:
            return Result.NOT_ELIGIBLE
        if self.unanswered:
            return Result.INCOMPLETE
        return Result.AWAITED if self.awaiting else Result.ELIGIBLE

    def obstacle(self, key: str) -> Obstacle | None:
        """The obstacle of that key."""
        return next((one for one in self.obstacles if one.key == key), None)


@dataclass(frozen=True, slots=True)
class Case:
    """Somebody's self-assessment as it is considered: whose, in which round, and where it stands.

    `filled_by` is who began it for a person without an account.
    """

    assessment_id: int
    round_id: int
    person_id: int
    unit_id: int
    track: Track
    name: str
    unit: str
    campaign: str
    round_label: str
    signed: bool
    standing: Standing = field(repr=False)
    nomination: NominationFacts | None = None
    filled_by: int | None = None

    @property
    def subject(self) -> str:
        """The person, or the unit, that is considered."""
        return self.unit if self.track is Track.COLLECTIVE else self.name


def consider(
    entries: Iterable[Entry],
    hindrances: Iterable[HindranceFacts],
    nominations: Iterable[NominationFacts],
    waivers: Sequence[WaiverFacts],
    today: date,
    awards: Iterable[AwardFacts] = (),
) -> Standing:
    """Where somebody stands on that day.

    `entries` are what the plan asks of them, `nominations` and `awards` those of the same achievement
    elsewhere. Where a commendation is on record as an award, the award speaks: it has a decision, and does
    not count once it is annulled.
    """
    entries, awards = tuple(entries), tuple(awards)
    on_record = {one.nomination_id for one in awards}
    obstacles = (
        *_of_clauses(entries),
        *(_under(one) for one in hindrances if one.holds_on(today)),
        *(_commended(one) for one in nominations if one.id not in on_record),
        *(_awarded(one) for one in awards if one.counts),
    )
    gates = tuple(entry for entry in entries if entry.criterion.kind in GATES)
    return Standing(tuple(_with_waiver(one, waivers) for one in obstacles), gates)


def same_achievement(one: str, other: str) -> bool:
    """Whether two descriptions name the same achievement, however they are spelt or punctuated."""
    return bool(words_only(one)) and words_only(one) == words_only(other)


def _of_clauses(entries: Iterable[Entry]) -> Iterator[Obstacle]:
    for entry in entries:
        kind = _clause_obstacle(entry.criterion.kind, entry.outcome)
        if kind is not None:
            yield Obstacle(kind, _key(entry), criterion=entry.criterion, verdict=entry.verdict)


_FAILED = {
    ClauseKind.PREREQUISITE: ObstacleKind.PREREQUISITE,
    ClauseKind.DISQUALIFIER: ObstacleKind.DISQUALIFIER,
    ClauseKind.STANDARD: ObstacleKind.STANDARD,
}


def _clause_obstacle(kind: ClauseKind, outcome: Outcome) -> ObstacleKind | None:
    """What competition is about earns nothing and costs nothing; everything else can stand in the way.

    A prerequisite has to be shown, so «không áp dụng» leaves it open. A standard earns the commendation
    and a disqualifier excludes: one that is said not to apply is in the way until two people set it aside.
    """
    if kind is ClauseKind.CONTENT:
        return None
    match outcome:
        case Outcome.NOT_MET:
            return _FAILED[kind]
        case Outcome.NOT_APPLICABLE if kind in {ClauseKind.STANDARD, ClauseKind.DISQUALIFIER}:
            return _FAILED[kind]
        case Outcome.AWAITED:
            return ObstacleKind.AWAITED
        case Outcome.UNANSWERED:
            return ObstacleKind.UNANSWERED
        case Outcome.NOT_APPLICABLE if kind is ClauseKind.PREREQUISITE:
            return ObstacleKind.UNANSWERED
    return None


def in_the_way(kind: ClauseKind) -> frozenset[Outcome]:
    """The outcomes of such a clause that stand in the way, apart from what is merely not answered."""
    aside = {None, ObstacleKind.UNANSWERED}
    return frozenset(one for one in Outcome if _clause_obstacle(kind, one) not in aside)


def _key(entry: Entry) -> str:
    return f"{entry.criterion.key}-{_fingerprint(entry.given, entry.proofs)}"


def _under(hindrance: HindranceFacts) -> Obstacle:
    kind = ObstacleKind(hindrance.kind.value)
    seen = _fingerprint(hindrance.since, hindrance.until, hindrance.document)
    return Obstacle(kind, f"h{hindrance.id}-{seen}", hindrance=hindrance)


def _commended(nomination: NominationFacts) -> Obstacle:
    state = "commended" if nomination.commended else "proposed"
    return Obstacle(ObstacleKind.COMMENDED, f"n{nomination.id}-{state}", nomination=nomination)


def _awarded(award: AwardFacts) -> Obstacle:
    return Obstacle(ObstacleKind.COMMENDED, f"a{award.id}", award=award)


def _fingerprint(*seen: object) -> str:
    return sha256("|".join(str(one) for one in seen).encode()).hexdigest()[:_FINGERPRINT]


def _with_waiver(obstacle: Obstacle, waivers: Sequence[WaiverFacts]) -> Obstacle:
    """The obstacle with the waiver that was asked for last."""
    found = [one for one in waivers if one.obstacle == obstacle.key]
    return replace(obstacle, waiver=max(found, key=lambda one: one.id)) if found else obstacle
