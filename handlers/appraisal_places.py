"""Where somebody is while they appraise."""

from datetime import date

from handlers.dialogue import Place


class QueuePlace(Place):
    """In the queue, or among what is `done`."""

    page: int = 0
    done: bool = False


class DeskPlace(Place):
    """At a dossier; `act` is what a reason is asked for, `item` and `due` belong to what is missing.

    With `report` the newest report is opened.
    """

    dossier: int
    act: str = ""
    item: int = 0
    due: date | None = None
    report: bool = False


class NomineePlace(Place):
    """At a nominee, on a `page` of their criteria.

    `key` at one criterion, `file` with a proof open, `mark` where a reason is asked.
    """

    nomination: int
    page: int = 0
    key: str = ""
    file: int = 0
    mark: str = ""
