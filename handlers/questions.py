"""Questions to the office: one's own with their answers, and those that wait for whoever answers."""

from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import questions as texts
from handlers.dialogue import Dialogue, Go, Next, Place, Stay, Step, Turn
from handlers.pages import turned
from services import questions


class ListPlace(Place):
    """At a page of questions."""

    page: int = 0


class QuestionPlace(Place):
    """At one question."""

    question: int
    page: int = 0


class Mine(Step[ListPlace]):
    """What I asked, newest first."""

    name = "mine"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        return texts.mine(await questions.mine(turn.session, turn.actor), place.page, turn.zone)

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        page = turned(place.page, key)
        return Go(OfMine, _question(place, key)) if page is None else Go(Mine, ListPlace(page=page))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_MINE


class OfMine(Step[QuestionPlace]):
    """One question of mine, and its answer."""

    name = "of_mine"
    place_type = QuestionPlace

    async def show(self, turn: Turn, place: QuestionPlace) -> Message:
        return texts.of_mine(await questions.own(turn.session, turn.actor, place.question), turn.zone)

    async def chose(self, turn: Turn, place: QuestionPlace, key: str) -> Next:
        return Stay()

    async def back(self, turn: Turn, place: QuestionPlace) -> Next:
        return Go(Mine, ListPlace(page=place.page))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_MINE


class Queue(Step[ListPlace]):
    """What waits for the office, oldest first."""

    name = "queue"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        asked = await questions.waiting(turn.session, turn.actor)
        count = await questions.count_waiting(turn.session, turn.actor)
        return texts.queue(asked, count, place.page, turn.zone)

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        page = turned(place.page, key)
        return Go(Answering, _question(place, key)) if page is None else Go(Queue, ListPlace(page=page))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_QUEUE


class Answering(Step[QuestionPlace]):
    """One question; what is typed here is the answer."""

    name = "answering"
    place_type = QuestionPlace

    async def show(self, turn: Turn, place: QuestionPlace) -> Message:
        return texts.to_answer(await questions.one(turn.session, turn.actor, place.question), turn.zone)

    async def chose(self, turn: Turn, place: QuestionPlace, key: str) -> Next:
        return Stay()

    async def said(self, turn: Turn, place: QuestionPlace, text: str) -> Next:
        told = await questions.answer(turn.session, turn.actor, place.question, text, turn.now)
        return Go(Queue, ListPlace(), texts.ANSWERED if told else texts.ANSWERED_UNTOLD)

    async def back(self, turn: Turn, place: QuestionPlace) -> Next:
        return Go(Queue, ListPlace(page=place.page))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_ANSWER


def _question(place: ListPlace, key: str) -> QuestionPlace:
    return QuestionPlace(question=int(key.removeprefix("question.")), page=place.page)


async def _enter_mine(_turn: Turn, subject: str) -> Go:
    return Go(OfMine, QuestionPlace(question=int(subject))) if subject else Go(Mine, ListPlace())


async def _enter_queue(_turn: Turn, subject: str) -> Go:
    return Go(Answering, QuestionPlace(question=int(subject))) if subject else Go(Queue, ListPlace())


async def _waiting(turn: Turn) -> int:
    return await questions.count_waiting(turn.session, turn.actor)


DIALOGUE = Dialogue(
    name="questions",
    steps=(Mine(), OfMine()),
    enter=_enter_mine,
    needs=Permission.ASK_OFFICE,
    word=texts.WORD_MINE,
)

QUEUE = Dialogue(
    name="answers",
    steps=(Queue(), Answering()),
    enter=_enter_queue,
    needs=Permission.ANSWER_QUESTIONS,
    label=texts.LABEL_QUEUE,
    word=texts.WORD_QUEUE,
    waiting=_waiting,
)
