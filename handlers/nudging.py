"""Reminding by hand: to whom, in which words, and off it goes; once a day each."""

from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import nudging as texts
from handlers.dialogue import Dialogue, Finish, Go, Next, Open, Place, Step, Turn
from handlers.pages import turned
from services import nudging


class NudgingPlace(Place):
    """About one thing or a whole occasion (`services/nudging.py` reads it), with the draft so far."""

    about: str
    page: int = 0
    words: str = ""


class Whom(Step[NudgingPlace]):
    """Who will get it, and who cannot be reached."""

    name = "whom"
    place_type = NudgingPlace

    async def show(self, turn: Turn, place: NudgingPlace) -> Message:
        found = await nudging.aims(turn.session, turn.actor, place.about, turn.now)
        later = await nudging.opens_at(turn.session, turn.actor, turn.now)
        return texts.whom(found, place.page, later)

    async def chose(self, turn: Turn, place: NudgingPlace, key: str) -> Next:
        page = turned(place.page, key)
        return Go(Draft, place) if page is None else Go(Whom, place.model_copy(update={"page": page}))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Draft(Step[NudgingPlace]):
    """The message as it will be received; typing changes the office's own words in it."""

    name = "draft"
    place_type = NudgingPlace

    async def show(self, turn: Turn, place: NudgingPlace) -> Message:
        found = await nudging.aims(turn.session, turn.actor, place.about, turn.now)
        later = await nudging.opens_at(turn.session, turn.actor, turn.now)
        return texts.draft(found, place.words, turn.actor.name, later)

    async def chose(self, turn: Turn, place: NudgingPlace, key: str) -> Next:
        told = await nudging.send(turn.session, turn.actor, place.about, place.words, turn.now)
        return Finish(texts.sent(told), then=Open("board", nudging.board_subject(place.about)))

    async def said(self, turn: Turn, place: NudgingPlace, text: str) -> Next:
        words = nudging.checked_words(text)
        return Go(Draft, place.model_copy(update={"words": words}), texts.WORDS_KEPT)

    async def back(self, turn: Turn, place: NudgingPlace) -> Next:
        return Go(Whom, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DRAFT


async def _enter(_turn: Turn, subject: str) -> Go:
    return Go(Whom, NudgingPlace(about=subject))


DIALOGUE = Dialogue(
    name="nudging",
    steps=(Whom(), Draft()),
    enter=_enter,
    needs=Permission.SEE_BOARD,
)
