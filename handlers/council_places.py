"""Where somebody is around a sitting of the council."""

from datetime import date, datetime

from handlers.dialogue import Place


class ListPlace(Place):
    """At the list of sittings, or of rounds."""


class CallPlace(Place):
    """Calling one, with what was settled so far."""

    round: int
    at: datetime | None = None
    where: str = ""
    without: tuple[int, ...] = ()
    chair: int = 0


class SittingPlace(Place):
    """At one sitting."""

    sitting: int
    page: int = 0


class ItemPlace(Place):
    """At a nominee on its agenda."""

    sitting: int
    nomination: int


class WordsPlace(Place):
    """About to say why, or what: `act` tells for what."""

    sitting: int
    act: str
    nomination: int = 0


class PapersPlace(Place):
    """Entering paper ballots: (for, against, blank) of the first nominees, in the order of the agenda."""

    sitting: int
    sums: tuple[tuple[int, int, int], ...] = ()
    file: int = 0


class DecisionPlace(Place):
    """Entering the signed decision; without a title it gives what the plan says."""

    sitting: int
    number: str = ""
    dated: date | None = None
    file: int = 0
    title: str = ""
    authority: str = ""


class QuestionPlace(Place):
    """At a question of the council to a unit."""

    question: int = 0
