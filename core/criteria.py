"""What a clause asks of a person, what the person answers, and whether that answer is enough."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

from core.numbers import NumberProblem, read_number, unreadable

LEVEL_LABEL_LIMIT = 24
"""Characters of a level's name: what fits on a telephone's button without being cut."""


class Operator(StrEnum):
    """How a number is compared with its target; the plan's own words decide which."""

    EQUAL = "="
    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"

    def holds(self, value: Decimal, target: Decimal) -> bool:
        """Whether `value` stands in this relation to `target`."""
        match self:
            case Operator.EQUAL:
                return value == target
            case Operator.AT_LEAST:
                return value >= target
            case Operator.ABOVE:
                return value > target
            case Operator.AT_MOST:
                return value <= target
            case Operator.BELOW:
                return value < target


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a scale. `key` is short ASCII and stable, `label` is what a person reads."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Levels from the lowest to the highest. `note` says where the scale comes from."""

    code: str
    levels: tuple[Level, ...]
    note: str = ""

    def level(self, key: str) -> Level:
        """The level of that key; `KeyError` if there is none."""
        for level in self.levels:
            if level.key == key:
                return level
        raise KeyError(key)

    def reaches(self, key: str, minimum: str) -> bool:
        """Whether level `key` is at least level `minimum`."""
        keys = [level.key for level in self.levels]
        return keys.index(key) >= keys.index(minimum)


@dataclass(frozen=True, slots=True)
class NumberMeasure:
    """A figure. Without operator and target (a plain count) a person judges it.

    `aim` is where an aspired range ends («30% - 50%»): reaching `target` passes, going beyond `aim`
    passes too. `fraction` names numerator and denominator where «12/98» is a natural answer.
    `low` and `high` bound what can be true at all, both inclusive.
    """

    code: str
    question: str
    unit: str
    operator: Operator | None = None
    target: Decimal | None = None
    aim: Decimal | None = None
    label: str = ""
    fraction: str = ""
    whole: bool = False
    low: Decimal | None = None
    high: Decimal | None = None

    @property
    def percent(self) -> bool:
        """Whether the figure is a percentage."""
        return self.unit == "%"


@dataclass(frozen=True, slots=True)
class OrdinalMeasure:
    """A level picked from a scale; `minimum` is the key of the lowest one that passes."""

    code: str
    question: str
    scale: Scale
    minimum: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class DeclarationMeasure:
    """Yes or no, with a few words to explain; yes passes."""

    code: str
    question: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class DocumentMeasure:
    """At least one file has to be there; what it says is for the reviewers."""

    code: str
    question: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class NarrativeMeasure:
    """A text, judged by people."""

    code: str
    question: str
    label: str = ""


Measure = NumberMeasure | OrdinalMeasure | DeclarationMeasure | DocumentMeasure | NarrativeMeasure


class ClauseKind(StrEnum):
    """What to compete on is not the same as what earns an award; a plan may carry both."""

    CONTENT = "content"
    STANDARD = "standard"


@dataclass(frozen=True, slots=True)
class Criterion:
    """One clause a person answers.

    `code` cites the plan («004-c3»), `key` is the same in short ASCII for buttons. `quote` is the
    plan's own sentence, `label` a few words for lists. `evidence` suggests proof and `usual` says
    who normally knows the answer; both are advice, not rules. `note` says how the plan's words were
    read where they can be read in more than one way.
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


Given = NumberGiven | LevelGiven | DeclarationGiven | TextGiven


@dataclass(frozen=True, slots=True)
class Answer:
    """What has been answered so far: by measure code, and how many files lie beside it."""

    given: Mapping[str, Given] = field(default_factory=dict)
    files: int = 0


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
    NOT_APPLICABLE = "not_applicable"


@dataclass(frozen=True, slots=True)
class Comparison:
    """One measure beside its answer. `passes` is None where a person has to judge.

    `given` is None where nothing was answered; for a document it stays None and `files` counts.
    """

    measure: Measure
    given: Given | None
    passes: bool | None
    files: int = 0

    @property
    def answered(self) -> bool:
        """Whether there is anything to compare."""
        return self.given is not None or (isinstance(self.measure, DocumentMeasure) and self.files > 0)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The outcome and every comparison it rests on, in the order of the measures."""

    outcome: Outcome
    comparisons: tuple[Comparison, ...] = ()
    reason: str = ""


def judge(criterion: Criterion, answer: Answer | NotApplicable) -> Verdict:
    """Where the criterion stands with this answer.

    Anything still unanswered keeps it open; otherwise one failed measure fails it, and a measure
    only people can judge leaves it to them.
    """
    if isinstance(answer, NotApplicable):
        return Verdict(Outcome.NOT_APPLICABLE, reason=answer.reason)
    comparisons = tuple(
        compare(measure, answer.given.get(measure.code), answer.files) for measure in criterion.measures
    )
    if not all(comparison.answered for comparison in comparisons):
        outcome = Outcome.UNANSWERED
    elif any(comparison.passes is False for comparison in comparisons):
        outcome = Outcome.NOT_MET
    elif any(comparison.passes is None for comparison in comparisons):
        outcome = Outcome.NEEDS_REVIEW
    else:
        outcome = Outcome.MET
    return Verdict(outcome, comparisons)


def compare(measure: Measure, given: Given | None, files: int = 0) -> Comparison:
    """One measure beside its answer; `TypeError` if the answer is of another kind."""
    passes: bool | None
    match measure, given:
        case DocumentMeasure(), None:
            passes = True if files else None
        case (_, None) | (NumberMeasure(operator=None), NumberGiven()) | (NarrativeMeasure(), TextGiven()):
            passes = None
        case NumberMeasure(operator=Operator() as operator, target=Decimal() as target), NumberGiven():
            passes = operator.holds(given.value, target)
        case OrdinalMeasure(), LevelGiven():
            passes = measure.scale.reaches(given.level, measure.minimum)
        case DeclarationMeasure(), DeclarationGiven():
            passes = given.yes
        case _:
            raise TypeError((type(measure).__name__, type(given).__name__))
    return Comparison(measure, given, passes, files)


def take_number(measure: NumberMeasure, text: str) -> NumberGiven:
    """The answer in what a person typed.

    Raises `Refusal(NUMBER_UNREADABLE)` when it cannot be the figure asked for: not a number, a
    share where a count is asked, a part of a whole thing, or beyond what can be true.
    """
    reading = read_number(text, percent=measure.percent, unit=measure.unit)
    if reading.part is not None and not measure.percent:
        raise unreadable(NumberProblem.FRACTION_UNWANTED, text, unit=measure.unit)
    if reading.percent and not measure.percent:
        raise unreadable(NumberProblem.PERCENT_UNWANTED, text, unit=measure.unit)
    if measure.whole and reading.value != reading.value.to_integral_value():
        raise unreadable(NumberProblem.NOT_WHOLE, text, unit=measure.unit)
    too_low = measure.low is not None and reading.value < measure.low
    if too_low or (measure.high is not None and reading.value > measure.high):
        raise unreadable(
            NumberProblem.OUT_OF_RANGE, text, unit=measure.unit, low=measure.low, high=measure.high
        )
    return NumberGiven(reading.value, reading.part, reading.whole)
