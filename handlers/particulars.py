"""«Lý lịch cho báo cáo thành tích»: what a report says of a nominee besides the achievement, told by them."""

from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import particulars as texts
from handlers.dialogue import Dialogue, Finish, Go, Next, Place, Step, Turn
from services import particulars


class ListPlace(Place):
    """At one's own nominations."""


class CardPlace(Place):
    """At what was told for one nomination."""

    nomination: int


class FieldPlace(CardPlace):
    """At one of the particulars; `all` goes on to the next one that is missing."""

    field: str
    all: bool = False


class Listed(Step[ListPlace]):
    """One's own nominations that stand in a dossier."""

    name = "list"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        return texts.listed(await particulars.mine(turn.session, turn.actor))

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        return Go(Card, CardPlace(nomination=int(key.partition(".")[2])))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Card(Step[CardPlace]):
    """Everything that was told."""

    name = "card"
    place_type = CardPlace

    async def show(self, turn: Turn, place: CardPlace) -> Message:
        return texts.card(await particulars.one(turn.session, turn.actor, place.nomination))

    async def chose(self, turn: Turn, place: CardPlace, key: str) -> Next:
        if key == "erase":
            await particulars.erase(turn.session, turn.actor, place.nomination, turn.now)
            return Go(Card, place, texts.ERASED)
        facts = await particulars.one(turn.session, turn.actor, place.nomination)
        if key == "fill":
            return _next(place, facts.missing, "")
        return Go(Field, FieldPlace(nomination=place.nomination, field=key.partition(".")[2]))

    async def back(self, turn: Turn, place: CardPlace) -> Next:
        return Finish()

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Field(Step[FieldPlace]):
    """One of them."""

    name = "field"
    place_type = FieldPlace

    async def show(self, turn: Turn, place: FieldPlace) -> Message:
        facts = await particulars.one(turn.session, turn.actor, place.nomination)
        return texts.question(facts, place.field)

    async def said(self, turn: Turn, place: FieldPlace, text: str) -> Next:
        return await self._told(turn, place, text, "")

    async def chose(self, turn: Turn, place: FieldPlace, key: str) -> Next:
        if key == "skip":
            return await self._told(turn, place, "", texts.SKIPPED)
        return await self._told(turn, place, texts.SEXES[key.partition(".")[2]], "")

    async def back(self, turn: Turn, place: FieldPlace) -> Next:
        return Go(Card, CardPlace(nomination=place.nomination))

    def help(self, can: Capabilities) -> str:
        return texts.HELP

    async def _told(self, turn: Turn, place: FieldPlace, words: str, note: str) -> Next:
        facts = await particulars.tell(
            turn.session, turn.actor, place.nomination, place.field, words, turn.now
        )
        return _next(place, facts.missing if place.all else (), note)


def _next(place: CardPlace, missing: tuple[str, ...], note: str) -> Go:
    """To what is asked next; to the whole where nothing is."""
    if missing:
        return Go(Field, FieldPlace(nomination=place.nomination, field=missing[0], all=True), note)
    done = texts.ALL_TOLD if isinstance(place, FieldPlace) and place.all else note
    return Go(Card, CardPlace(nomination=place.nomination), done)


async def _enter(turn: Turn, subject: str) -> Go:
    if not subject:
        return Go(Listed, ListPlace())
    await particulars.one(turn.session, turn.actor, int(subject))
    return Go(Card, CardPlace(nomination=int(subject)))


async def _waiting(turn: Turn) -> int | None:
    found = await particulars.mine(turn.session, turn.actor)
    return sum(bool(one.missing) for one in found) if found else None


DIALOGUE = Dialogue(
    name="particulars",
    steps=(Listed(), Card(), Field()),
    enter=_enter,
    needs=Permission.MANAGE_ACCOUNT,
    label=texts.LABEL,
    word=texts.DOOR_WORD,
    waiting=_waiting,
)
