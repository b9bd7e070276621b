"""The types of values in a campaign file; none is guessed from another."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from typing import Annotated, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Discriminator, Field, Tag
from pydantic_core import PydanticCustomError

from core import campaign_terms as terms
from core import campaigns as facts
from core import measures

VIETNAM = timezone(timedelta(hours=7))
"""A moment written without an offset is Vietnamese time, which has no summer time."""

GROUP_LABEL_LIMIT = 24
ITEM_LABEL_LIMIT = 40
_Said = TypeVar("_Said")


def _shaped(pattern: str, example: str) -> Callable[[str], str]:
    def check(value: str) -> str:
        if re.fullmatch(pattern, value) is None or not facts.criterion_key(value).isascii():
            raise PydanticCustomError("bad_code", "not a code", {"example": example})
        return value

    return check


def between(low: int, high: int) -> Callable[[int], int]:
    """A whole number from `low` to `high`, both inclusive."""

    def check(value: int) -> int:
        if not low <= value <= high:
            raise PydanticCustomError("out_of_bounds", "out of bounds", {"low": low, "high": high})
        return value

    return check


def _decimal(value: object) -> object:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _aware(value: datetime) -> datetime:
    return value if value.tzinfo is not None else value.replace(tzinfo=VIETNAM)


Text = Annotated[str, Field(min_length=1, max_length=2000)]
Optional = Annotated[str, Field(max_length=2000)]
Label = Annotated[str, Field(min_length=1, max_length=ITEM_LABEL_LIMIT)]
Button = Annotated[str, Field(min_length=1, max_length=GROUP_LABEL_LIMIT)]
LevelLabel = Annotated[str, Field(min_length=1, max_length=measures.LEVEL_LABEL_LIMIT)]
PlanCode = Annotated[str, AfterValidator(_shaped(r"[0-9a-z]{1,12}", "004"))]
ClauseCode = Annotated[str, AfterValidator(_shaped(r"[0-9a-z]{1,12}-[^\W_][^\W_.]*(\.[^\W_]+)*", "004-a1"))]
Key = Annotated[str, AfterValidator(_shaped(r"[a-z0-9]+(-[a-z0-9]+)*", "xuat-sac"))]
Figure = Annotated[Decimal, BeforeValidator(_decimal), Field(max_digits=15, decimal_places=6)]
Year = Annotated[int, AfterValidator(between(2000, 2100))]
Amount = Annotated[int, AfterValidator(between(1, 1000))]
Moment = Annotated[datetime, AfterValidator(_aware)]


class Row(BaseModel):
    """A table of the file. A key nobody reads is a fault, and no type is guessed from another."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class UnsaidRow(Row):
    """`{ unsaid = "theo quy định" }`: the plan leaves it open, in these words."""

    unsaid: Optional


def _spoken(value: object) -> str:
    return "open" if isinstance(value, dict | UnsaidRow) else "said"


EITHER = Discriminator(_spoken)
Open = Annotated[UnsaidRow, Tag("open")]
TextOrUnsaid = Annotated[Annotated[Text, Tag("said")] | Open, EITHER]
DateOrUnsaid = Annotated[Annotated[date, Tag("said")] | Open, EITHER]
AmountOrUnsaid = Annotated[Annotated[Amount, Tag("said")] | Open, EITHER]


def or_unsaid(value: _Said | UnsaidRow | None) -> _Said | terms.Unsaid:
    """Silence and open words both become `Unsaid`."""
    if value is None:
        return terms.Unsaid()
    return terms.Unsaid(value.unsaid) if isinstance(value, UnsaidRow) else value
