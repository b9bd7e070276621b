"""The tables of a campaign file that hold what people are asked, and how each becomes a fact."""

from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Discriminator, Field

from core import campaigns as facts
from core import criteria
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

    def fact(self) -> criteria.Scale:
        levels = tuple(criteria.Level(level.key, level.label) for level in self.levels)
        return criteria.Scale(self.code, levels, self.note)


Scales = dict[str, criteria.Scale]


class MeasureRow(Row):
    """What every question has. A clause with one question needs no code and label for it."""

    question: Text
    code: Key = "1"
    label: Annotated[str, Field(max_length=ITEM_LABEL_LIMIT)] = ""


class NumberRow(MeasureRow):
    """A figure; a percentage lies between 0 and 100 unless the file says otherwise."""

    kind: Literal["number"]
    unit: Label
    operator: Annotated[criteria.Operator, Field(strict=False)] | None = None
    target: Figure | None = None
    aim: Figure | None = None
    fraction: Optional = ""
    low: Figure | None = None
    high: Figure | None = None

    def fact(self, _scales: Scales) -> criteria.NumberMeasure:
        percent = self.unit == "%"
        return criteria.NumberMeasure(
            code=self.code,
            question=self.question,
            unit=self.unit,
            operator=self.operator,
            target=self.target,
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
    operator: Annotated[criteria.Operator, Field(strict=False)] | None = None
    target: Figure | None = None

    def fact(self, _scales: Scales) -> criteria.NumberMeasure:
        return criteria.NumberMeasure(
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

    def fact(self, scales: Scales) -> criteria.OrdinalMeasure:
        return criteria.OrdinalMeasure(self.code, self.question, scales[self.scale], self.minimum, self.label)


class DeclarationRow(MeasureRow):
    """Yes or no, with an explanation."""

    kind: Literal["declaration"]

    def fact(self, _scales: Scales) -> criteria.DeclarationMeasure:
        return criteria.DeclarationMeasure(self.code, self.question, self.label)


class DocumentRow(MeasureRow):
    """A file has to be there."""

    kind: Literal["document"]

    def fact(self, _scales: Scales) -> criteria.DocumentMeasure:
        return criteria.DocumentMeasure(self.code, self.question, self.label)


class NarrativeRow(MeasureRow):
    """A text."""

    kind: Literal["narrative"]

    def fact(self, _scales: Scales) -> criteria.NarrativeMeasure:
        return criteria.NarrativeMeasure(self.code, self.question, self.label)


AnyMeasureRow = Annotated[
    NumberRow | CountRow | OrdinalRow | DeclarationRow | DocumentRow | NarrativeRow, Discriminator("kind")
]


class ItemRow(Row):
    """`[[groups.items]]`: one clause a person answers."""

    code: ClauseCode
    label: Label
    quote: Text
    measures: Annotated[list[AnyMeasureRow], Field(min_length=1)]
    evidence: Optional = ""
    usual: Optional = ""
    note: Optional = ""

    def fact(self, kind: criteria.ClauseKind, scales: Scales) -> criteria.Criterion:
        return criteria.Criterion(
            code=self.code,
            key=facts.criterion_key(self.code),
            label=self.label,
            quote=self.quote,
            measures=tuple(measure.fact(scales) for measure in self.measures),
            kind=kind,
            evidence=self.evidence,
            usual=self.usual,
            note=self.note,
        )


class GroupRow(Row):
    """`[[groups]]`: clauses under one head."""

    code: ClauseCode
    label: Button
    title: Text
    kind: Annotated[criteria.ClauseKind, Field(strict=False)]
    items: Annotated[list[ItemRow], Field(min_length=1)]
    letter: Annotated[str, Field(max_length=1)] = ""

    def fact(self, scales: Scales) -> facts.Group:
        items = tuple(item.fact(self.kind, scales) for item in self.items)
        return facts.Group(self.code, self.letter, self.label, self.title, items)
