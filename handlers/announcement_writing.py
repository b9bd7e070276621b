"""Writing an announcement: its title, its words, what it asks of the reader, which campaign it is about."""

from dataclasses import replace

from core.announcement_content import Asked, Content, Question
from core.announcement_writing import PERHAPS_CUT, SHORTEST_DRAFT, answers, asked, begun
from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.texts import announcement_office as office_texts
from core.texts import announcement_writing as texts
from handlers.dialogue import Go, Next, Place, PlaceT, Stay, Step, Turn
from services import announcements, campaigns


class NumberPlace(Place):
    """At one announcement; 0 is one that is not begun."""

    number: int


class _Writing(Step[PlaceT]):
    """A screen about one draft."""

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class _OfDraft(_Writing[NumberPlace]):
    """A screen from which the way back is the draft's card."""

    place_type = NumberPlace

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return _back(place)


class Title(_OfDraft):
    """What it is called; with it, the draft is begun."""

    name = "title"

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        return office_texts.ask_title(await content_of(turn, place.number))

    async def said(self, turn: Turn, place: NumberPlace, text: str) -> Next:
        content = replace(await content_of(turn, place.number), title=text)
        if place.number:
            await announcements.write(turn.session, turn.actor, place.number, content, turn.now)
            return Go("card", place, texts.KEPT)
        number = await announcements.begin(turn.session, turn.actor, content, turn.now)
        return Go(Body, NumberPlace(number=number), texts.KEPT)


class Body(_OfDraft):
    """What it says."""

    name = "body"

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        return office_texts.ask_body(await content_of(turn, place.number))

    async def said(self, turn: Turn, place: NumberPlace, text: str) -> Next:
        content = replace(await content_of(turn, place.number), body=text)
        await announcements.write(turn.session, turn.actor, place.number, content, turn.now)
        if len(text) >= PERHAPS_CUT:
            return Go(More, place, texts.MAYBE_MORE)
        return Go("card", place, texts.KEPT)


class More(_OfDraft):
    """The words came in several messages: the next one."""

    name = "more"

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        return texts.ask_more(await content_of(turn, place.number))

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        return Go("card", place)

    async def said(self, turn: Turn, place: NumberPlace, text: str) -> Next:
        content = await content_of(turn, place.number)
        joined = replace(content, body=f"{content.body}\n{text}")
        await announcements.write(turn.session, turn.actor, place.number, joined, turn.now)
        return Stay(texts.JOINED)


class Asks(_OfDraft):
    """Whether the reader confirms, and what they are asked."""

    name = "asks"

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        return texts.asks(await content_of(turn, place.number))

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        content = await content_of(turn, place.number)
        if key == "ask":
            return Go(_goes_on(content), place)
        if key == "unask":
            begun_one = content.unfinished is not None
            changed = replace(content, question=content.question if begun_one else None, unfinished=None)
            note = texts.QUESTION_OUT
        else:
            changed = replace(content, wants_reading=not content.wants_reading)
            note = texts.READING_ON if changed.wants_reading else texts.READING_OFF
        await announcements.write(turn.session, turn.actor, place.number, changed, turn.now)
        return Stay(note)


class Ask(_Writing[NumberPlace]):
    """The question itself."""

    name = "ask"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        await content_of(turn, place.number)
        return texts.ask_question()

    async def said(self, turn: Turn, place: NumberPlace, text: str) -> Next | None:
        typed = asked(text)
        if not typed.words:
            return None
        return Go(_goes_on(await _begun(turn, place, typed)), place)

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return Go(Asks, place)


class Answers(_Writing[NumberPlace]):
    """The answers to choose from."""

    name = "answers"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        typed = (await content_of(turn, place.number)).unfinished
        return texts.ask_answers(typed.words) if typed is not None else texts.ask_question()

    async def said(self, turn: Turn, place: NumberPlace, text: str) -> Next:
        typed = (await content_of(turn, place.number)).unfinished
        changed = replace(typed, answers=answers(text)) if typed is not None else asked(text)
        return Go(_goes_on(await _begun(turn, place, changed)), place)

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return Go(Ask, place)


class Right(_Writing[NumberPlace]):
    """Which of them is right; with it, the question is kept."""

    name = "right"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        typed = (await content_of(turn, place.number)).unfinished
        return texts.ask_right(typed.words, typed.answers) if typed is not None else texts.ask_question()

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        content = await content_of(turn, place.number)
        if (typed := content.unfinished) is None:
            return Go(Asks, place)
        question = Question(typed.words, typed.answers, int(key.removeprefix("right.")))
        # Answering confirms: without the question, the confirmation stays.
        changed = replace(content, question=question, unfinished=None, wants_reading=True)
        await announcements.write(turn.session, turn.actor, place.number, changed, turn.now)
        return Go(Asks, place, texts.QUESTION_KEPT)

    async def back(self, turn: Turn, place: NumberPlace) -> Next:
        return Go(Answers, place)


async def _begun(turn: Turn, place: NumberPlace, typed: Asked) -> Content:
    """Keep what is there of a question."""
    content = replace(await content_of(turn, place.number), unfinished=typed)
    await announcements.write(turn.session, turn.actor, place.number, content, turn.now)
    return content


def _goes_on(content: Content) -> type[Step[NumberPlace]]:
    """Where writing the question goes on."""
    if content.unfinished is None:
        return Ask
    return Right if content.unfinished.answers else Answers


class Belongs(_OfDraft):
    """Which campaign it is about."""

    name = "belongs"

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        known = [campaign for _version, campaign in await campaigns.in_force(turn.session)]
        return texts.belongs(found.campaign, known)

    async def chose(self, turn: Turn, place: NumberPlace, key: str) -> Next:
        code = key.removeprefix("of.")
        await announcements.belong(turn.session, turn.actor, place.number, code, turn.now)
        return Go("card", place, texts.BELONGS)


async def begin_from(turn: Turn, text: str) -> Next | None:
    """A text sent straight to the list (one passed on, say) begins a draft, unless it is very short."""
    if len(text) < SHORTEST_DRAFT:
        return None
    content = begun(text)
    number = await announcements.begin(turn.session, turn.actor, content, turn.now)
    place = NumberPlace(number=number)
    if not content.title:
        return Go(Title, place, texts.BEGUN_UNTITLED)
    return Go(More, place, texts.MAYBE_MORE) if len(text) >= PERHAPS_CUT else Go("card", place, texts.BEGUN)


async def content_of(turn: Turn, number: int) -> Content:
    """What a draft says so far; one that is not begun says nothing."""
    if not number:
        return Content()
    found = await announcements.facts(turn.session, turn.actor, number)
    if found.author_id != turn.actor.person_id:
        raise Refusal(Code.NOT_FOUND)
    return found.content


def _back(place: NumberPlace) -> Go:
    if not place.number:
        return Go("list", _Nowhere())
    return Go("card", place)


class _Nowhere(Place):
    """The list has no place of its own."""


STEPS = (Title(), Body(), More(), Asks(), Ask(), Answers(), Right(), Belongs())
