"""«Tình hình nộp» and «Đơn vị xin gia hạn»: what the office sees and answers."""

from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import board as texts
from core.texts import extensions as extension_texts
from handlers.dialogue import Dialogue, Go, Next, Open, Place, Stay, Step, Turn
from services import board, extensions


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


class AskedPlace(Place):
    """At one request for more time; `grant` once that is chosen."""

    asked: int
    grant: bool = False


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
        match key:
            case "page.after":
                return Go(Units, DuePlace(due=place.due, page=place.page + 1))
            case "page.before":
                return Go(Units, DuePlace(due=place.due, page=max(0, place.page - 1)))
            case _:
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
        return texts.unit(line.obligation, line.standing, facts, asked, turn.zone)

    async def chose(self, turn: Turn, place: UnitPlace, key: str) -> Next:
        if key.startswith("asked."):
            return Open("extensions", key.removeprefix("asked."))
        sent = await board.hand_over(turn.session, turn.actor, place.key, turn.address, turn.now)
        return Stay(texts.SENT if sent else texts.NO_FILE)

    async def back(self, turn: Turn, place: UnitPlace) -> Next:
        return Go(Units, DuePlace(due=place.due))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Asked(Step[ListPlace]):
    """Units that asked for more time."""

    name = "list"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        return texts.asked_list(await extensions.waiting(turn.session, turn.actor, turn.now))

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        return Go(OneAsked, AskedPlace(asked=int(key.removeprefix("asked."))))

    def help(self, can: Capabilities) -> str:
        return extension_texts.HELP


class OneAsked(Step[AskedPlace]):
    """One request, to grant or to deny."""

    name = "one"
    place_type = AskedPlace

    async def show(self, turn: Turn, place: AskedPlace) -> Message:
        return extension_texts.to_answer(
            *await extensions.one(turn.session, turn.actor, place.asked, turn.now)
        )

    async def chose(self, turn: Turn, place: AskedPlace, key: str) -> Next:
        return Go(AnswerWords, AskedPlace(asked=place.asked, grant=key == "grant"))

    async def back(self, turn: Turn, place: AskedPlace) -> Next:
        return Go(Asked, ListPlace())

    def help(self, can: Capabilities) -> str:
        return extension_texts.HELP


class AnswerWords(Step[AskedPlace]):
    """By which document it is granted, or why not; with it, it is answered."""

    name = "words"
    place_type = AskedPlace

    async def show(self, turn: Turn, place: AskedPlace) -> Message:
        found, facts = await extensions.one(turn.session, turn.actor, place.asked, turn.now)
        return extension_texts.ask_words(found, facts, grant=place.grant)

    async def said(self, turn: Turn, place: AskedPlace, text: str) -> Next:
        await extensions.answer(
            turn.session, turn.actor, place.asked, grant=place.grant, words=text, now=turn.now
        )
        return Go(Asked, ListPlace(), extension_texts.GRANTED if place.grant else extension_texts.DENIED)

    async def back(self, turn: Turn, place: AskedPlace) -> Next:
        return Go(OneAsked, AskedPlace(asked=place.asked))

    def help(self, can: Capabilities) -> str:
        return extension_texts.HELP


async def _enter(_turn: Turn, subject: str) -> Go:
    due, _, unit = subject.rpartition(":")
    return Go(OneUnit, UnitPlace(due=due, unit=int(unit))) if subject else Go(Occasions, ListPlace())


async def _enter_asked(_turn: Turn, subject: str) -> Go:
    return Go(OneAsked, AskedPlace(asked=int(subject))) if subject else Go(Asked, ListPlace())


async def _waiting(turn: Turn) -> int:
    return await extensions.count_waiting(turn.session, turn.actor)


DIALOGUE = Dialogue(
    name="board",
    steps=(Occasions(), Units(), OneUnit()),
    enter=_enter,
    needs=Permission.SEE_BOARD,
    label=texts.LABEL,
    word=texts.WORD,
)

EXTENSIONS = Dialogue(
    name="extensions",
    steps=(Asked(), OneAsked(), AnswerWords()),
    enter=_enter_asked,
    needs=Permission.SEE_BOARD,
    label=texts.LABEL_ASKED,
    word=extension_texts.WORD,
    waiting=_waiting,
)
