"""Where somebody is in «submissions»."""

from datetime import date

from handlers.dialogue import Place


class ListPlace(Place):
    """At a page of the list."""

    page: int = 0


class OnePlace(Place):
    """At one thing the unit owes, chosen on a page of the list."""

    key: str
    page: int = 0


class PaperPlace(Place):
    """On the way to handing in, with what was understood of the document so far."""

    key: str
    number: str = ""
    dated: date | None = None
    words: str = ""
    file: int = 0


class HandedInPlace(Place):
    """At something that was handed in, seen on the screen."""

    key: str
    seen: int


class MoreTimePlace(Place):
    """Asking for more time, with what was said of it so far."""

    key: str
    until: date
    reason: str = ""
