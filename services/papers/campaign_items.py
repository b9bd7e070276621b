"""The tables of a campaign file that hold what people are asked, and how each becomes a fact."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Discriminator, Field

from core import campaigns as facts
from core import criteria, measures
from services.papers.campaign_fields import (
    ITEM_LABEL_LIMIT,
    Button,
    ClauseCode,
    Figure,
    Key,
    Label,
    LevelLabel,
    Optional,
    Row,
    Text,
)

_HUNDRED = Decimal(100)


class LevelRow(Row):
    """One level of a scale."""

    key: Key
    label: LevelLabel


class ScaleRow(Row):
    """`[[scales]]`: levels from the lowest to the highest."""

    code: Key
    levels: Annotated[list[LevelRow], Field(min_length=2)]
    note: Optional = ""

    def fact(self) -> measures.Scale:
        levels = tuple(measures.Level(level.key, level.label) for level in self.levels)
        return measures.Scale(self.code, levels, self.note)


Scales = dict[str, measures.Scale]


class MeasureRow(Row):
    """What every question has. A clause with one question needs no code and label for it."""

    question: Text
    code: Key = "1"
    label: Annotated[str, Field(max_length=ITEM_LABEL_LIMIT)] = ""


class NumberRow(MeasureRow):
    """A figure; a percentage lies between 0 and 100 unless the file says otherwise."""

    kind: Literal["number"]
    unit: Label
    operator: Annotated[measures.Operator, Field(strict=False)] | None = None
    target: Figure | None = None
    upper: Figure | None = None
    aim: Figure | None = None
    fraction: Optional = ""
    low: Figure | None = None
    high: Figure | None = None

    def fact(self, _scales: Scales) -> measures.NumberMeasure:
        percent = self.unit == "%"
        return measures.NumberMeasure(
            code=self.code,
            question=self.question,
            unit=self.unit,
            operator=self.operator,
            target=self.target,
            upper=self.upper,
            aim=self.aim,
            label=self.label,
            fraction=self.fraction,
            low=self.low if self.low is not None or not percent else Decimal(0),
            high=self.high if self.high is not None or not percent else _HUNDRED,
        )


class CountRow(MeasureRow):
    """A whole number from 0."""

    kind: Literal["count"]
    unit: Label
    operator: Annotated[measures.Operator, Field(strict=False)] | None = None
    target: Figure | None = None

    def fact(self, _scales: Scales) -> measures.NumberMeasure:
        return measures.NumberMeasure(
            code=self.code,
            question=self.question,
            unit=self.unit,
            operator=self.operator,
            target=self.target,
            label=self.label,
            whole=True,
            low=Decimal(0),
        )


class OrdinalRow(MeasureRow):
    """A level of a scale."""

    kind: Literal["ordinal"]
    scale: Key
    minimum: Key
    awaited: Annotated[str, Field(max_length=measures.LEVEL_LABEL_LIMIT)] = ""

    def fact(self, scales: Scales) -> measures.OrdinalMeasure:
        scale = scales[self.scale]
        return measures.OrdinalMeasure(
            self.code, self.question, scale, self.minimum, self.label, self.awaited
        )


class DeltaRow(MeasureRow):
    """A figure beside last year's."""

    kind: Literal["delta"]
    gain: Annotated[measures.Gain, Field(strict=False)]
    unit: Label
    operator: Annotated[measures.Operator, Field(strict=False)] = measures.Operator.ABOVE
    target: Figure = Decimal(0)
    low: Figure | None = None
    high: Figure | None = None

    def fact(self, _scales: Scales) -> measures.DeltaMeasure:
        first_rank = Decimal(1) if self.gain is measures.Gain.RANK else None
        return measures.DeltaMeasure(
            code=self.code,
            question=self.question,
            gain=self.gain,
            unit=self.unit,
            operator=self.operator,
            target=self.target,
            label=self.label,
            low=self.low if self.low is not None else first_rank,
            high=self.high,
        )


class SlotRow(Row):
    """One thing that has to be named."""

    key: Key
    label: LevelLabel


class SlotsRow(MeasureRow):
    """Several things that all have to be named."""

    kind: Literal["slots"]
    slots: Annotated[list[SlotRow], Field(min_length=2, max_length=9)]

    def fact(self, _scales: Scales) -> measures.SlotsMeasure:
        slots = tuple(measures.Slot(slot.key, slot.label) for slot in self.slots)
        return measures.SlotsMeasure(self.code, self.question, slots, self.label)


class DeclarationRow(MeasureRow):
    """Yes or no, with an explanation."""

    kind: Literal["declaration"]

    def fact(self, _scales: Scales) -> measures.DeclarationMeasure:
        return measures.DeclarationMeasure(self.code, self.question, self.label)


class DocumentRow(MeasureRow):
    """A file has to be there."""

    kind: Literal["document"]

    def fact(self, _scales: Scales) -> measures.DocumentMeasure:
        return measures.DocumentMeasure(self.code, self.question, self.label)


class NarrativeRow(MeasureRow):
    """A text."""

    kind: Literal["narrative"]

    def fact(self, _scales: Scales) -> measures.NarrativeMeasure:
        return measures.NarrativeMeasure(self.code, self.question, self.label)


AnyMeasureRow = Annotated[
    NumberRow | CountRow | OrdinalRow | DeltaRow | SlotsRow | DeclarationRow | DocumentRow | NarrativeRow,
    Discriminator("kind"),
]


class WayRow(Row):
    """`[[groups.items.ways]]`: a combination of answers; the first one is what the clause needs."""

    code: Key
    label: Label
    any_of: list[Key] = Field(default_factory=list)
    all_of: list[Key] = Field(default_factory=list)

    def fact(self) -> criteria.Way:
        parts = self.any_of or self.all_of
        return criteria.Way(self.code, self.label, bool(self.any_of), tuple(parts))


class ItemRow(Row):
    """`[[groups.items]]`: one clause a person answers; in an umbrella plan it asks nothing."""

    code: ClauseCode
    label: Label
    quote: Text
    measures: Annotated[list[AnyMeasureRow], Field(min_length=1)] = Field(default_factory=list)
    evidence: Optional = ""
    usual: Optional = ""
    note: Optional = ""
    ways: list[WayRow] = Field(default_factory=list)

    def fact(self, kind: criteria.ClauseKind, scales: Scales) -> criteria.Criterion:
        return criteria.Criterion(
            code=self.code,
            key=facts.criterion_key(self.code),
            label=self.label,
            quote=self.quote,
            measures=tuple(row.fact(scales) for row in self.measures),
            kind=kind,
            evidence=self.evidence,
            usual=self.usual,
            note=self.note,
            ways=tuple(way.fact() for way in self.ways),
        )


class GroupRow(Row):
    """`[[groups]]`: clauses under one head."""

    code: ClauseCode
    label: Button
    title: Text
    kind: Annotated[criteria.ClauseKind, Field(strict=False)]
    items: Annotated[list[ItemRow], Field(min_length=1)]
    letter: Annotated[str, Field(max_length=1)] = ""
    tracks: list[Annotated[facts.Track, Field(strict=False)]] = Field(default_factory=list)

    def fact(self, scales: Scales) -> facts.Group:
        items = tuple(item.fact(self.kind, scales) for item in self.items)
        return facts.Group(self.code, self.letter, self.label, self.title, items, tuple(self.tracks))
