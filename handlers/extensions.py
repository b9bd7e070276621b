"""«Đơn vị xin gia hạn»: what the office answers, and the time it gives by itself."""

from datetime import date

from core.dates import read_date
from core.deadlines import Obligation
from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import board as board_texts
from core.texts import extensions as texts
from handlers.dialogue import Dialogue, Finish, Go, Next, Place, Step, Turn
from handlers.pages import turned
from services import calendar, extensions, submissions


class ListPlace(Place):
    """At a page of the list."""

    page: int = 0


class AskedPlace(Place):
    """At one request for more time; `grant` once that is chosen."""

    asked: int
    grant: bool = False


class GrantPlace(Place):
    """Giving a unit more time, with what is settled of it so far."""

    key: str
    until: date | None = None
    reason: str = ""
    document: str = ""


class Asked(Step[ListPlace]):
    """Units that asked for more time."""

    name = "list"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        waiting = await extensions.waiting(turn.session, turn.actor, turn.now)
        return board_texts.asked_list(waiting, place.page)

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        page = turned(place.page, key)
        if page is not None:
            return Go(Asked, ListPlace(page=page))
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
        if key == "grant":
            await extensions.ensure_grantable(turn.session, turn.actor, place.asked, turn.now)
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


class GrantUntil(Step[GrantPlace]):
    """Until when the office gives a unit more time."""

    name = "until"
    place_type = GrantPlace

    async def show(self, turn: Turn, place: GrantPlace) -> Message:
        return texts.ask_grant(await _open(turn, place))

    async def said(self, turn: Turn, place: GrantPlace, text: str) -> Next:
        day = read_date(text, turn.actor.today, await calendar.in_force(turn.session))
        extensions.check_given(turn.actor, await _open(turn, place), day)
        return Go(GrantReason, GrantPlace(key=place.key, until=day))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class GrantReason(Step[GrantPlace]):
    """Why."""

    name = "reason"
    place_type = GrantPlace

    async def show(self, turn: Turn, place: GrantPlace) -> Message:
        return texts.ask_grant_reason(await _open(turn, place), place.until or turn.actor.today)

    async def said(self, turn: Turn, place: GrantPlace, text: str) -> Next:
        reason = extensions.checked_reason(text)
        return Go(GrantDocument, place.model_copy(update={"reason": reason}))

    async def back(self, turn: Turn, place: GrantPlace) -> Next:
        return Go(GrantUntil, GrantPlace(key=place.key))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_REASON


class GrantDocument(Step[GrantPlace]):
    """By which document."""

    name = "document"
    place_type = GrantPlace

    async def show(self, turn: Turn, place: GrantPlace) -> Message:
        until = place.until or turn.actor.today
        return texts.ask_grant_document(await _open(turn, place), until, place.reason)

    async def said(self, turn: Turn, place: GrantPlace, text: str) -> Next:
        document = extensions.checked_document(text)
        return Go(GrantSure, place.model_copy(update={"document": document}))

    async def back(self, turn: Turn, place: GrantPlace) -> Next:
        return Go(GrantReason, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_DOCUMENT


class GrantSure(Step[GrantPlace]):
    """Everything once more; with «Cho gia hạn» it is given, and the unit is told."""

    name = "sure"
    place_type = GrantPlace

    async def show(self, turn: Turn, place: GrantPlace) -> Message:
        until = place.until or turn.actor.today
        return texts.ask_grant_sure(await _open(turn, place), until, place.reason, place.document)

    async def chose(self, turn: Turn, place: GrantPlace, key: str) -> Next:
        until = place.until or turn.actor.today
        await extensions.grant(
            turn.session, turn.actor, place.key, until, place.reason, place.document, turn.now
        )
        return Finish(texts.GRANTED)

    async def back(self, turn: Turn, place: GrantPlace) -> Next:
        return Go(GrantDocument, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _open(turn: Turn, place: GrantPlace) -> Obligation:
    return await submissions.one(turn.session, turn.actor, place.key, turn.now)


async def _enter(turn: Turn, subject: str) -> Go:
    """At the list, at one request by its number, or at giving more time for «grant.<obligation>»."""
    act, _, key = subject.partition(".")
    if act == "grant":
        asked = await extensions.open_one(turn.session, turn.actor, key, turn.now)
        return Go(OneAsked, AskedPlace(asked=asked)) if asked else Go(GrantUntil, GrantPlace(key=key))
    return Go(OneAsked, AskedPlace(asked=int(subject))) if subject else Go(Asked, ListPlace())


async def _waiting(turn: Turn) -> int:
    return await extensions.count_waiting(turn.session, turn.actor, turn.now)


DIALOGUE = Dialogue(
    name="extensions",
    steps=(
        Asked(),
        OneAsked(),
        AnswerWords(),
        GrantUntil(),
        GrantReason(),
        GrantDocument(),
        GrantSure(),
    ),
    enter=_enter,
    needs=Permission.SEE_BOARD,
    label=board_texts.LABEL_ASKED,
    word=texts.WORD,
    waiting=_waiting,
)
