"""Where in a self-assessment a person can be, and which one a choice of the menu means."""

from core.refusals import Code, Refusal
from handlers.dialogue import Place, Turn
from services import assessment

#: In place of a criterion: several were answered in one message.
SEVERAL = "*"


class RoundsPlace(Place):
    """Before a round is chosen."""


class SheetPlace(Place):
    """In one self-assessment."""

    sheet: int


class GroupPlace(Place):
    """At one group of criteria."""

    sheet: int
    group: str


class CriterionPlace(Place):
    """At one criterion; `measure` where one of its measures is being explained.

    `again` says how far it is answered again: the marks of what was given anew, none where it is not.
    `after` is the criterion whose answer led here by itself (SEVERAL, if more): its files may still follow.
    """

    sheet: int
    key: str
    measure: str = ""
    again: tuple[str, ...] | None = None
    after: str = ""


class TogetherPlace(Place):
    """At several criteria that are answered in one message; each is numbered by its place here."""

    sheet: int
    keys: tuple[str, ...]


async def sheet_of(turn: Turn, subject: str) -> int:
    """«12» is one's own self-assessment of that round, «12.3» a unit's, «sheet.45» that very one."""
    first, _, second = subject.removeprefix("sheet.").partition(".")
    if not first.isdecimal() or (second and not second.isdecimal()):
        raise Refusal(Code.NOT_FOUND)
    if subject.startswith("sheet."):
        return int(first)
    return await assessment.begin(turn.session, turn.actor, int(first), turn.now, int(second or 0))
