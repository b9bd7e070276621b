"""What one question of a plan asks for, and which answer to it is enough."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

LEVEL_LABEL_LIMIT = 24
"""Characters of a level's name: what fits on a telephone's button without being cut."""


class Operator(StrEnum):
    """How a number is compared with its target; the plan's own words decide which."""

    EQUAL = "="
    AT_LEAST = ">="
    ABOVE = ">"
    AT_MOST = "<="
    BELOW = "<"
    WITHIN = "within"

    def holds(self, value: Decimal, target: Decimal, upper: Decimal | None = None) -> bool:
        """Whether `value` stands in this relation to `target`; `upper` ends a range, both ends inclusive."""
        match self:
            case Operator.WITHIN:
                return target <= value and (upper is None or value <= upper)
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

    `upper` ends a range that must not be left (`WITHIN`). `aim` is where an aspired range ends
    («30% - 50%»): reaching `target` passes, going beyond `aim` passes too. `fraction` names numerator and
    denominator where «12/98» is a natural answer. `low` and `high` bound what can be true at all, both
    inclusive.
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
    upper: Decimal | None = None

    @property
    def percent(self) -> bool:
        """Whether the figure is a percentage."""
        return self.unit == "%"


@dataclass(frozen=True, slots=True)
class OrdinalMeasure:
    """A level picked from a scale; `minimum` is the key of the lowest one that passes.

    `awaited` are the words to choose while the level is not out yet («đang chờ xếp loại»), if one may wait.
    """

    code: str
    question: str
    scale: Scale
    minimum: str
    label: str = ""
    awaited: str = ""


class Gain(StrEnum):
    """What counts as better than the year before: a higher score, or a rank nearer to the first."""

    SCORE = "score"
    RANK = "rank"

    def of(self, before: Decimal, now: Decimal) -> Decimal:
        """By how much it has become better; negative where it has become worse."""
        return now - before if self is Gain.SCORE else before - now


@dataclass(frozen=True, slots=True)
class DeltaMeasure:
    """A figure beside last year's: the gain is compared with the target. `low` bounds both, inclusive."""

    code: str
    question: str
    gain: Gain
    unit: str
    operator: Operator = Operator.ABOVE
    target: Decimal = Decimal(0)
    label: str = ""
    low: Decimal | None = None
    high: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Slot:
    """One thing that has to be named. `key` is short ASCII and stable, `label` is what a person reads."""

    key: str
    label: str


@dataclass(frozen=True, slots=True)
class SlotsMeasure:
    """Several things that all have to be named («6 rõ»); what they say is for the reviewers."""

    code: str
    question: str
    slots: tuple[Slot, ...]
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


Measure = (
    NumberMeasure
    | OrdinalMeasure
    | DeltaMeasure
    | SlotsMeasure
    | DeclarationMeasure
    | DocumentMeasure
    | NarrativeMeasure
)
