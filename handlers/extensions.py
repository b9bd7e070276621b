"""«Đơn vị xin gia hạn»: what the office answers, and the time it gives by itself."""

from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import board as board_texts
from core.texts import extensions as texts
from handlers.dialogue import Dialogue, Go, Next, Place, Step, Turn
from services import extensions


class ListPlace(Place):
    """At the list."""


class AskedPlace(Place):
    """At one request for more time; `grant` once that is chosen."""

    asked: int
    grant: bool = False


class Asked(Step[ListPlace]):
    """Units that asked for more time."""

    name = "list"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        return board_texts.asked_list(await extensions.waiting(turn.session, turn.actor, turn.now))

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        return Go(OneAsked, AskedPlace(asked=int(key.removeprefix("asked."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class OneAsked(Step[AskedPlace]):
    """One request, to grant or to deny."""

    name = "one"
    place_type = AskedPlace

    async def show(self, turn: Turn, place: AskedPlace) -> Message:
        return texts.to_answer(*await extensions.one(turn.session, turn.actor, place.asked, turn.now))

    async def chose(self, turn: Turn, place: AskedPlace, key: str) -> Next:
        return Go(AnswerWords, AskedPlace(asked=place.asked, grant=key == "grant"))

    async def back(self, turn: Turn, place: AskedPlace) -> Next:
        return Go(Asked, ListPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class AnswerWords(Step[AskedPlace]):
    """By which document it is granted, or why not; with it, it is answered."""

    name = "words"
    place_type = AskedPlace

    async def show(self, turn: Turn, place: AskedPlace) -> Message:
        found, facts = await extensions.one(turn.session, turn.actor, place.asked, turn.now)
        return texts.ask_words(found, facts, grant=place.grant)

    async def said(self, turn: Turn, place: AskedPlace, text: str) -> Next:
        await extensions.answer(
            turn.session, turn.actor, place.asked, grant=place.grant, words=text, now=turn.now
        )
        return Go(Asked, ListPlace(), texts.GRANTED if place.grant else texts.DENIED)

    async def back(self, turn: Turn, place: AskedPlace) -> Next:
        return Go(OneAsked, AskedPlace(asked=place.asked))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _enter(_turn: Turn, subject: str) -> Go:
    return Go(OneAsked, AskedPlace(asked=int(subject))) if subject else Go(Asked, ListPlace())


async def _waiting(turn: Turn) -> int:
    return await extensions.count_waiting(turn.session, turn.actor)


DIALOGUE = Dialogue(
    name="extensions",
    steps=(Asked(), OneAsked(), AnswerWords()),
    enter=_enter,
    needs=Permission.SEE_BOARD,
    label=board_texts.LABEL_ASKED,
    word=texts.WORD,
    waiting=_waiting,
)
