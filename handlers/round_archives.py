"""«Lưu trữ đợt thi đua»: rounds that are over, each with its archive."""

from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import round_archive as texts
from handlers import pages
from handlers.dialogue import Dialogue, Go, Home, Next, Open, Place, Stay, Step, Turn
from services import outbox, round_archives


class ListPlace(Place):
    """At a page of the list."""

    page: int = 0


class RoundPlace(Place):
    """At a round."""

    round: int


class Rounds(Step[ListPlace]):
    """Every round that is over."""

    name = "list"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        return texts.listed(await round_archives.listed(turn.session, turn.actor, turn.now), place.page)

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        if (page := pages.turned(place.page, key)) is not None:
            return Go(Rounds, place.model_copy(update={"page": page}))
        return Go(One, RoundPlace(round=int(key.removeprefix("one."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class One(Step[RoundPlace]):
    """One of them: its archive made, and handed over."""

    name = "one"
    place_type = RoundPlace

    async def show(self, turn: Turn, place: RoundPlace) -> Message:
        found = await round_archives.one(turn.session, turn.actor, place.round, turn.now)
        return texts.one(found, files_out=turn.can.files_out)

    async def chose(self, turn: Turn, place: RoundPlace, key: str) -> Next:
        if key == "make":
            await round_archives.ask(turn.session, turn.actor, place.round, turn.now)
            return Stay()
        found = await round_archives.one(turn.session, turn.actor, place.round, turn.now)
        if not found.parts:
            raise Refusal(Code.NOT_FOUND)
        for file in texts.files(found):
            message = Message(files=(file,))
            await outbox.post(turn.session, turn.address, message, outbox.Lane.ANSWER, turn.now)
        return Stay()

    async def back(self, turn: Turn, place: RoundPlace) -> Next:
        return Go(Rounds, ListPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _enter(turn: Turn, subject: str) -> Go | Home | Open:
    turn.actor.require(Permission.ARCHIVE_ROUND)
    if not subject:
        return Go(Rounds, ListPlace())
    found = await round_archives.one(turn.session, turn.actor, int(subject), turn.now)
    return Go(One, RoundPlace(round=found.round_id))


DIALOGUE = Dialogue(
    name="round_archive",
    steps=(Rounds(), One()),
    enter=_enter,
    needs=Permission.ARCHIVE_ROUND,
    label=texts.LABEL,
    word=texts.WORD,
    shelved=True,
)
