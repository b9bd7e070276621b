"""Where somebody of the office is in the record of awards."""

from datetime import date

from core.awards import Asked
from handlers.dialogue import Place


class BookPlace(Place):
    """At the beginning; `words` once somebody is looked for."""

    words: str = ""


class AllPlace(Place):
    """In the whole record."""

    page: int = 0


class WhomPlace(Place):
    """At the awards of a person, or of a unit."""

    person: int | None = None
    unit: int | None = None
    page: int = 0


class RecordPlace(Place):
    """At an award; `reason` and `slip` once its annulment is being proposed."""

    award: int
    slip: bool = False
    reason: str = ""


class EnteringPlace(Place):
    """Entering an award of somebody: what its decision says, as far as it was told; `asked` is asked now."""

    person: int | None = None
    unit: int | None = None
    asked: Asked = Asked.TITLE
    title: str = ""
    authority: str = ""
    number: str = ""
    dated: date | None = None
    first_year: int = 0
    last_year: int = 0
    achievement: str = ""
    thematic: bool = True


class SheetsPlace(Place):
    """Where sheets of earlier awards are sent."""


class SheetPlace(Place):
    """At one that was sent."""

    sheet: int
