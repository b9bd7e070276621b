"""Where in the plan at hand a person can be."""

from core.plan import Section
from handlers.dialogue import Place


class PlanPlace(Place):
    """At one version of a plan, or (0) before one is chosen."""

    version: int = 0


class PartPlace(Place):
    """At a page of a section, or of one head in it."""

    version: int
    section: Section
    group: str = ""
    page: int = 0


class ClausePlace(Place):
    """At one clause, by its place in the plan.

    `words` and `page` lead back to a search, `everywhere` to one in all plans; `alone` was opened from
    another dialogue.
    """

    version: int
    at: int
    words: str = ""
    page: int = 0
    everywhere: bool = False
    alone: bool = False


class FoundPlace(Place):
    """At what was found, in one version or (0) in all plans in force."""

    version: int = 0
    words: str
    page: int = 0


class AskPlace(Place):
    """Asking the office: of a plan, of one clause (`at`), or after a search for `words`."""

    version: int = 0
    at: int = -1
    words: str = ""
    page: int = 0
    everywhere: bool = False
    alone: bool = False
