"""What a clause asks of a person, what the person answers, and each figure beside what is asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from core.measures import (
    DeclarationMeasure,
    DeltaMeasure,
    DocumentMeasure,
    Measure,
    NarrativeMeasure,
    NumberMeasure,
    Operator,
    OrdinalMeasure,
    SlotsMeasure,
)


class ClauseKind(StrEnum):
    """What to compete on is not the same as what earns an award; a plan may carry both.

    A prerequisite must hold before anything else counts. A disqualifier describes what excludes: where its
    measure holds, nobody is considered; of several, any one is enough unless its ways say otherwise.
    """

    CONTENT = "content"
    STANDARD = "standard"
    PREREQUISITE = "prerequisite"
    DISQUALIFIER = "disqualifier"


@dataclass(frozen=True, slots=True)
class Way:
    """A named combination: one of its parts is enough (`any_of`), or all are needed.

    `parts` are codes of measures or of other ways of the same criterion; no way contains itself.
    """

    code: str
    label: str
    any_of: bool
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Criterion:
    """One clause a person answers.

    `code` cites the plan («004-c3»), `key` is the same in short ASCII for buttons. `quote` is the
    plan's own sentence, `label` a few words for lists. `evidence` suggests proof and `usual` says
    who normally knows the answer; both are advice, not rules. `note` says how the plan's words were
    read where they can be read in more than one way. Without `ways` every measure has to pass; with them,
    the first one, which is built from the others.
    """

    code: str
    key: str
    label: str
    quote: str
    measures: tuple[Measure, ...]
    kind: ClauseKind = ClauseKind.CONTENT
    evidence: str = ""
    usual: str = ""
    note: str = ""
    ways: tuple[Way, ...] = ()

    @property
    def excludes(self) -> bool:
        """Whether what its measures describe keeps somebody out."""
        return self.kind is ClauseKind.DISQUALIFIER

    def measure(self, code: str) -> Measure:
        """The measure of that code; `KeyError` if there is none."""
        for measure in self.measures:
            if measure.code == code:
                return measure
        raise KeyError(code)

    def way(self, code: str) -> Way | None:
        """The way of that code; none where it is a measure's."""
        return next((way for way in self.ways if way.code == code), None)

    def measures_of(self, code: str) -> tuple[str, ...]:
        """The codes of the measures that a way, or a measure, rests on."""
        way = self.way(code)
        if way is None:
            return (code,)
        return tuple(dict.fromkeys(one for part in way.parts for one in self.measures_of(part)))

    def chosen_between(self, way: Way) -> bool:
        """Whether a person answers one part of this way and leaves the others; all that excludes is asked."""
        return way.any_of and len(way.parts) > 1 and not self.excludes


@dataclass(frozen=True, slots=True)
class NumberGiven:
    """A figure; `part` and `whole` when it was given as a fraction."""

    value: Decimal
    part: Decimal | None = None
    whole: Decimal | None = None


@dataclass(frozen=True, slots=True)
class LevelGiven:
    """A level, by its key."""

    level: str


@dataclass(frozen=True, slots=True)
class DeclarationGiven:
    """Yes or no, and the words that explain it."""

    yes: bool
    explanation: str = ""


@dataclass(frozen=True, slots=True)
class TextGiven:
    """A narrative."""

    text: str


@dataclass(frozen=True, slots=True)
class AwaitedGiven:
    """The level is not out yet."""


@dataclass(frozen=True, slots=True)
class DeltaGiven:
    """Last year's figure and this year's; while only one is known, the other is None."""

    before: Decimal | None
    now: Decimal | None = None


@dataclass(frozen=True, slots=True)
class SlotsGiven:
    """What was named so far, by slot."""

    texts: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WayGiven:
    """Which part of a way the person answers, by its code; it is kept under the code of the way."""

    part: str


Given = (
    NumberGiven
    | LevelGiven
    | AwaitedGiven
    | DeltaGiven
    | SlotsGiven
    | DeclarationGiven
    | TextGiven
    | WayGiven
)


@dataclass(frozen=True, slots=True)
class Answer:
    """What has been answered so far: by code of measure or way, and how many files lie beside it."""

    given: Mapping[str, Given] = field(default_factory=dict)
    files: int = 0

    def picked(self, way: Way) -> str:
        """The part of this way that the person answers; empty while none is picked."""
        given = self.given.get(way.code)
        return given.part if isinstance(given, WayGiven) and given.part in way.parts else ""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """«Không áp dụng»: the clause does not concern this person, and why."""

    reason: str


class Outcome(StrEnum):
    """Where a criterion stands."""

    UNANSWERED = "unanswered"
    MET = "met"
    NOT_MET = "not_met"
    NEEDS_REVIEW = "needs_review"
    AWAITED = "awaited"
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure beside its answer. `passes` is None where a person has to judge, or it is not out yet.

    `given` is None where nothing was answered; for a document it stays None and `files` counts. Of a
    disqualifier, which `excludes`, `passes` says that it does not.
    """

    measure: Measure
    given: Given | None
    passes: bool | None
    files: int = 0
    excludes: bool = False

    @property
    def answered(self) -> bool:
        """Whether there is anything to compare."""
        match self.measure, self.given:
            case DocumentMeasure(), None:
                return self.files > 0
            case DeltaMeasure(), DeltaGiven(before, now):
                return before is not None and now is not None
            case SlotsMeasure(slots=slots), SlotsGiven(texts):
                return all(texts.get(slot.key) for slot in slots)
        return self.given is not None

    @property
    def standing(self) -> Outcome:
        """Where this measure stands by itself."""
        if not self.answered:
            return Outcome.UNANSWERED
        if isinstance(self.given, AwaitedGiven):
            return Outcome.AWAITED
        if self.passes is None:
            return Outcome.NEEDS_REVIEW
        return Outcome.MET if self.passes else Outcome.NOT_MET


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome and every comparison it rests on, in the order of the measures.

    `carried` names, by the code of a way, the part of it that decided.
    """

    outcome: Outcome
    comparisons: tuple[Comparison, ...] = ()
    reason: str = ""
    carried: Mapping[str, str] = field(default_factory=dict)


def compare(measure: Measure, given: Given | None, files: int = 0) -> Comparison:
    """One measure beside its answer; `TypeError` if the answer is of another kind."""
    passes: bool | None
    match measure, given:
        case DocumentMeasure(), None:
            passes = True if files else None
        case (
            (_, None)
            | (NumberMeasure(operator=None), NumberGiven())
            | (NarrativeMeasure(), TextGiven())
            | (SlotsMeasure(), SlotsGiven())
            | (OrdinalMeasure(), AwaitedGiven())
        ):
            passes = None
        case NumberMeasure(operator=Operator() as operator, target=Decimal() as target), NumberGiven():
            passes = operator.holds(given.value, target, measure.upper)
        case DeltaMeasure(), DeltaGiven(before=Decimal() as before, now=Decimal() as now):
            passes = measure.operator.holds(measure.gain.of(before, now), measure.target)
        case DeltaMeasure(), DeltaGiven():
            passes = None
        case OrdinalMeasure(), LevelGiven():
            passes = measure.scale.reaches(given.level, measure.minimum)
        case DeclarationMeasure(), DeclarationGiven():
            passes = given.yes
        case _:
            raise TypeError((type(measure).__name__, type(given).__name__))
    return Comparison(measure, given, passes, files)
