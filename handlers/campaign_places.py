"""Where somebody is in «campaigns»."""

from core.campaign_office import Grave
from handlers.dialogue import Place


class ShelfPlace(Place):
    """All campaigns."""


class FilePlace(Place):
    """At a file that was sent."""

    file: int


class VersionPlace(Place):
    """At one version of a campaign, in force or a draft."""

    version: int


class PagePlace(VersionPlace):
    """At a page of it read back."""

    page: int = 0


class ActPlace(VersionPlace):
    """Before something grave."""

    act: Grave


class DatePlace(VersionPlace):
    """At one of its dates."""

    subject: str


class DayPlace(DatePlace):
    """At the day that a document is named for."""

    day: str


class ReasonPlace(DayPlace):
    """At why it changes, its document told."""

    document: str
