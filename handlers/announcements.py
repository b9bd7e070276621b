"""«Thông báo»: what the office announces, from the draft to whom it reached."""

from core.announcements import Act, State
from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import announcement_office as texts
from core.texts import announcements as told
from handlers.announcement_writing import Body, NumberPlace, Title
from handlers.dialogue import Dialogue, Go, Next, Place, Stay, Step, Turn
from services import announcement_delivery, announcement_results, announcements


class ListPlace(Place):
    """At the list."""


class Listed(Step[ListPlace]):
    """What is being written, waits, is under way, and went lately."""

    name = "list"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        being_done = await announcements.listed(turn.session, turn.actor, announcements.OPEN)
        over = await announcements.listed(turn.session, turn.actor, announcements.OVER)
        return texts.listed(being_done, over)

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        if key == "new":
            return Go("title", NumberPlace(number=0))
        return Go(Card, NumberPlace(number=int(key.removeprefix("one."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Card(Step[NumberPlace]):
    """One announcement: what it says, who it is for, how it stands, and what may be done."""

    name = "card"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        mine = found.author_id == turn.actor.person_id
        if found.state in {State.DRAFT, State.WAITING, State.SCHEDULED}:
            reach = await announcements.reach(turn.session, turn.actor, place.number, turn.now)
            return texts.before(found, reach, mine=mine)
        counted = await announcement_results.tally(turn.session, turn.actor, place.number)
        return texts.under_way(found, counted)

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        session, actor, now = turn.session, turn.actor, turn.now
        match key:
            case "try":
                await announcements.try_out(session, actor, place.number, now)
                return Stay(texts.TRIED)
            case Act.DISCARD:
                await announcements.discard(session, actor, place.number, now)
                return Go(Listed, ListPlace(), texts.DISCARDED)
            case Act.UNDO:
                await announcements.undo(session, actor, place.number, now)
                return Go(Card, place, texts.CALLED_BACK)
            case Act.APPROVE:
                await announcements.approve(session, actor, place.number, now)
                return Go(Card, place, texts.APPROVED)
            case Act.PAUSE:
                await announcement_delivery.pause(session, actor, place.number, now)
                return Go(Card, place, texts.PAUSED)
            case Act.RESUME:
                await announcement_delivery.resume(session, actor, place.number, now)
                return Go(Card, place, texts.RESUMED)
            case Act.STOP:
                stopped = await announcement_delivery.stop(session, actor, place.number, now)
                return Go(Card, place, texts.stopped(stopped))
            case _:
                return Go(key, place)

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return Go(Listed, ListPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _enter(_turn: Turn, subject: str) -> Go:
    return Go(Card, NumberPlace(number=int(subject))) if subject else Go(Listed, ListPlace())


DIALOGUE = Dialogue(
    name="announcements",
    steps=(Listed(), Card(), Title(), Body()),
    enter=_enter,
    needs=Permission.ANNOUNCE,
    label=texts.LABEL,
    command="thongbao",
    word=told.WORD,
)
