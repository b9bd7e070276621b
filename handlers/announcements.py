"""«Thông báo»: what the office announces, from the draft to whom it reached."""

from core.announcement_content import Content
from core.announcements import Act, State
from core.messages import Capabilities, FileRef, Message
from core.roles import Permission
from core.texts import announcement_changes as told_of_changes
from core.texts import announcement_office as texts
from core.texts import announcement_sending as sending
from core.texts import announcements as told
from core.texts import pages
from core.texts.announcement_audience import count, described
from handlers import (
    announcement_audience,
    announcement_changes,
    announcement_corrections,
    announcement_files,
    announcement_results,
    announcement_sending,
    announcement_writing,
)
from handlers.announcement_sending import QueuePlace
from handlers.announcement_templates import TemplateFor, Templates, TemplatesPlace
from handlers.announcement_writing import NumberPlace
from handlers.dialogue import SEVERAL, Dialogue, Go, Next, Place, Stay, Step, Turn
from handlers.pages import turned
from services import announcement_changes as changes
from services import announcement_choices, announcements
from services import announcement_files as attached


class ListPlace(Place):
    """At a page of the list."""

    page: int = 0


class Listed(Step[ListPlace]):
    """What is being written, waits, is under way, and went lately."""

    name = "list"
    place_type = ListPlace
    takes_files = SEVERAL

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        states = (*announcements.OPEN, *announcements.OVER)
        counted = await announcements.counted(turn.session, turn.actor, states)
        count = sum(counted.values())
        first = pages.first(place.page, count)
        found = await announcements.listed(turn.session, turn.actor, states, first, pages.PAGE)
        waits = await changes.to_approve(turn.session, turn.actor)
        ways = [*sending.rows_listed(counted), *told_of_changes.rows_listed(waits)]
        return texts.listed(found, ways, pages.turns(place.page, count))

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        if (page := turned(place.page, key)) is not None:
            return Go(Listed, ListPlace(page=page))
        if key == "new":
            return Go("title", NumberPlace(number=0))
        if key.startswith("queue."):
            return Go("queue", QueuePlace(state=State(key.removeprefix("queue."))))
        if key == "templates":
            return Go(Templates, TemplatesPlace())
        return Go(Card, NumberPlace(number=int(key.removeprefix("one."))))

    async def said(self, turn: Turn, place: ListPlace, text: str) -> Next | None:
        return await announcement_writing.begin_from(turn, text)

    async def sent(self, turn: Turn, place: ListPlace, files: tuple[FileRef, ...]) -> Next:
        return await announcement_files.begin_from(turn, files)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Card(Step[NumberPlace]):
    """One announcement: what it says, who it is for, how it stands, and what may be done."""

    name = "card"
    place_type = NumberPlace
    takes_files = SEVERAL

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        mine = found.author_id == turn.actor.person_id
        if found.state in {State.DRAFT, State.WAITING, State.SCHEDULED}:
            reach = await announcements.reach(turn.session, turn.actor, place.number, turn.now)
            checking = len(await attached.checking(turn.session, turn.actor, place.number))
            names = await announcement_choices.names(turn.session, turn.actor, found.audience)
            rows = sending.rows_card(
                found, mine=mine, may_approve=turn.actor.may(Permission.APPROVE_ANNOUNCEMENTS)
            )
            return texts.before(found, checking, [*described(names), count(reach)], rows)
        results = await announcement_results.results(turn, place.number)
        return await announcement_changes.told(turn, place.number, results)

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        session, actor, now = turn.session, turn.actor, turn.now
        match key:
            case "try":
                await announcements.try_out(session, actor, place.number, now)
                return Stay(texts.TRIED)
            case Act.DISCARD:
                found = await announcements.facts(session, actor, place.number)
                return Go(Discarding, place) if found.content != Content() else await _discard(turn, place)
            case Act.UNDO:
                await announcements.undo(session, actor, place.number, now)
                return Go(Card, place, texts.CALLED_BACK)
            case "preview":
                return Go(announcement_files.Preview, announcement_files.PreviewPlace(number=place.number))
            case _:
                return await announcement_results.act(turn, place, key) or Go(key, place)

    async def sent(self, turn: Turn, place: NumberPlace, files: tuple[FileRef, ...]) -> Next:
        return await announcement_files.attach(turn, place.number, files)

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return Go(Listed, ListPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Discarding(Step[NumberPlace]):
    """Once more, before what was written is given up."""

    name = "discarding"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        return texts.discarding(await announcements.facts(turn.session, turn.actor, place.number))

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        return await _discard(turn, place)

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return Go(Card, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _discard(turn: Turn, place: NumberPlace) -> Go:
    await announcements.discard(turn.session, turn.actor, place.number, turn.now)
    return Go(Listed, ListPlace(), texts.DISCARDED)


async def _enter(_turn: Turn, subject: str) -> Go:
    return Go(Card, NumberPlace(number=int(subject))) if subject else Go(Listed, ListPlace())


DIALOGUE = Dialogue(
    name="announcements",
    steps=(
        Listed(),
        Card(),
        Discarding(),
        *announcement_writing.STEPS,
        *announcement_audience.STEPS,
        *announcement_sending.STEPS,
        *announcement_files.STEPS,
        *announcement_results.STEPS,
        *announcement_corrections.STEPS,
        *announcement_changes.STEPS,
        Templates(),
        TemplateFor(),
    ),
    enter=_enter,
    needs=Permission.ANNOUNCE,
    label=texts.LABEL,
    command="thongbao",
    word=told.WORD,
    waiting=announcement_sending.waiting,
)
