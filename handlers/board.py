"""«Tình hình nộp»: what the office sees."""

from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import board as texts
from handlers.dialogue import Dialogue, Go, Next, Open, Place, Stay, Step, Turn
from handlers.pages import turned
from services import board, extensions, submissions


class ListPlace(Place):
    """At the list."""


class DuePlace(Place):
    """At a page of the units of one occasion."""

    due: str
    page: int = 0


class UnitPlace(Place):
    """At one unit's part in it."""

    due: str
    unit: int

    @property
    def key(self) -> str:
        """The obligation's."""
        return f"{self.due}:{self.unit}"


class Occasions(Step[ListPlace]):
    """Everything that is due."""

    name = "due"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        found = await board.occasions(turn.session, turn.actor, turn.now)
        return texts.occasions([one.facts for one in found])

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        return Go(Units, DuePlace(due=key.removeprefix("due.")))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Units(Step[DuePlace]):
    """Who handed in, who is late, who still has time."""

    name = "units"
    place_type = DuePlace

    async def show(self, turn: Turn, place: DuePlace) -> Message:
        found = await board.occasion(turn.session, turn.actor, place.due, turn.now)
        return texts.occasion([(one.obligation, one.standing) for one in found.lines], place.page)

    async def chose(self, turn: Turn, place: DuePlace, key: str) -> Next:
        if key == "nudge":
            return Open("nudging", f"due.{place.due}")
        page = turned(place.page, key)
        if page is not None:
            return Go(Units, DuePlace(due=place.due, page=page))
        return Go(OneUnit, UnitPlace(due=place.due, unit=int(key.removeprefix("unit."))))

    async def back(self, turn: Turn, place: DuePlace) -> Next:
        return Go(Occasions, ListPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class OneUnit(Step[UnitPlace]):
    """What one unit handed in, with its receipt and file, or what is missing."""

    name = "unit"
    place_type = UnitPlace

    async def show(self, turn: Turn, place: UnitPlace) -> Message:
        line, facts = await board.unit(turn.session, turn.actor, place.key, turn.now)
        asked = await extensions.last(turn.session, turn.actor, place.key, turn.now)
        away = await submissions.stand_in(turn.session, line.obligation, turn.actor.today)
        reminded = await board.reminded(turn.session, turn.actor, place.key)
        return texts.unit(line.obligation, line.standing, facts, asked, turn.zone, away, reminded=reminded)

    async def chose(self, turn: Turn, place: UnitPlace, key: str) -> Next:
        if key.startswith("asked."):
            return Open("extensions", key.removeprefix("asked."))
        match key:
            case "nudge":
                return Open("nudging", place.key)
            case "extend":
                return Open("extensions", f"grant.{place.key}")
            case "deputy":
                return Open("deputies", str(place.unit))
        sent = await board.hand_over(turn.session, turn.actor, place.key, turn.address, turn.now)
        return Stay(texts.SENT if sent else texts.NO_FILE)

    async def back(self, turn: Turn, place: UnitPlace) -> Next:
        return Go(Units, DuePlace(due=place.due))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _enter(_turn: Turn, subject: str) -> Go:
    due, _, unit = subject.rpartition(":")
    if due and not unit:
        return Go(Units, DuePlace(due=due))
    return Go(OneUnit, UnitPlace(due=due, unit=int(unit))) if subject else Go(Occasions, ListPlace())


async def _waiting(turn: Turn) -> int:
    return await board.count_late(turn.session, turn.actor, turn.now)


DIALOGUE = Dialogue(
    name="board",
    steps=(Occasions(), Units(), OneUnit()),
    enter=_enter,
    needs=Permission.SEE_BOARD,
    label=texts.LABEL,
    word=texts.WORD,
    waiting=_waiting,
)
