"""What became of an announcement, and what may be done about it: results, corrections, taking it back."""

from dataclasses import replace
from typing import TypeVar

from core.announcements import Act, Content
from core.messages import Capabilities, Message
from core.roles import Permission
from core.texts import announcement_results as texts
from core.texts import announcements as told
from handlers.announcement_writing import NumberPlace
from handlers.dialogue import Dialogue, Go, Next, Open, Stay, Step, Turn
from services import announcement_delivery, announcement_results, announcement_sheets, announcements


class PagePlace(NumberPlace):
    """At a page of a list about one announcement."""

    page: int = 0


class WordsPlace(NumberPlace):
    """At a correction whose right wording is typed; `version` is the wording it corrects."""

    version: int
    words: str


class CorrectionPlace(WordsPlace):
    """At a correction that is ready to go."""

    reason: str


class RetractionPlace(NumberPlace):
    """At a retraction whose reason is typed; `version` is the wording it takes back."""

    version: int
    reason: str


AtOne = TypeVar("AtOne", bound=NumberPlace)


async def results(turn: Turn, number: int) -> Message:
    """The screen of one that has left."""
    session, actor = turn.session, turn.actor
    found = await announcements.facts(session, actor, number)
    counted = await announcement_results.tally(session, actor, number)
    answers = await announcement_results.answers(session, actor, number)
    wordings = len(await announcement_results.wordings(session, actor, number))
    return texts.results(found, counted, answers, wordings=wordings)


async def act(turn: Turn, place: NumberPlace, key: str) -> Go | Stay | None:
    """What is chosen there; `None` for what leads to another step."""
    session, actor, now, number = turn.session, turn.actor, turn.now, place.number
    match key:
        case Act.PAUSE:
            await announcement_delivery.pause(session, actor, number, now)
            return Stay(texts.PAUSED)
        case Act.RESUME:
            await announcement_delivery.resume(session, actor, number, now)
            return Stay(texts.RESUMED)
        case Act.STOP:
            return Stay(texts.stopped(await announcement_delivery.stop(session, actor, number, now)))
        case "sheet":
            await announcement_sheets.ask(session, actor, number, now)
            return Stay(texts.SHEET_ASKED)
        case "remind":
            draft = await announcement_results.remind_unread(session, actor, number, now)
            return Go("card", NumberPlace(number=draft), texts.REMINDED)
        case _:
            return None


class _OfOne(Step[AtOne]):
    """A screen that lies behind the card."""

    async def back(self, turn: Turn, place: AtOne) -> Next:
        return Go("card", _at(place))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class _Pages(_OfOne[PagePlace]):
    """A list in pages."""

    place_type = PagePlace

    async def chose(self, turn: Turn, place: PagePlace, key: str) -> Next:
        return Go(self.name, PagePlace(number=place.number, page=int(key.removeprefix("page."))))


class Units(_Pages):
    """By unit."""

    name = "units"

    async def show(self, turn: Turn, place: PagePlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        units = await announcement_results.by_unit(turn.session, turn.actor, place.number)
        return texts.units(found.content.title, units, place.page, asks=found.content.asks)


class Calls(_Pages):
    """Whom to call."""

    name = "calls"

    async def show(self, turn: Turn, place: PagePlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        people = await announcement_results.to_call(turn.session, turn.actor, place.number)
        return texts.calls(found.content.title, people, place.page)


class Wordings(_Pages):
    """Every wording people may have had."""

    name = "wordings"

    async def show(self, turn: Turn, place: PagePlace) -> Message:
        found = await announcement_results.wordings(turn.session, turn.actor, place.number)
        return texts.wordings(found, place.page)


class _Changing(_OfOne[AtOne]):
    """A screen on the way to a new wording."""

    def help(self, can: Capabilities) -> str:
        return texts.HELP_CORRECTION


class Correct(_Changing[NumberPlace]):
    """The right wording."""

    name = "correct"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        wording = told.corrected(found.content, "")
        return texts.ask_correction(found, await _spread(turn, place.number, wording, retracts=False))

    async def said(self, turn: Turn, place: NumberPlace, text: str) -> Next:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        right = announcement_delivery.corrected(Content(found.content.title, text))
        return Go(Reason, WordsPlace(number=place.number, version=found.version, words=right.body))


class Reason(_Changing[WordsPlace]):
    """What was wrong."""

    name = "correct_reason"
    place_type = WordsPlace

    async def show(self, turn: Turn, place: WordsPlace) -> Message:
        return texts.ask_reason()

    async def said(self, turn: Turn, place: WordsPlace, text: str) -> Next:
        reason = announcement_delivery.reason_of(text)
        return Go(CorrectSure, CorrectionPlace(**place.model_dump(), reason=reason))

    async def back(self, turn: Turn, place: WordsPlace) -> Next:
        return Go(Correct, _at(place))


class CorrectSure(_Changing[CorrectionPlace]):
    """What people will get, and how; then it goes."""

    name = "correct_sure"
    place_type = CorrectionPlace

    async def show(self, turn: Turn, place: CorrectionPlace) -> Message:
        content = told.corrected(await _right(turn, place), place.reason)
        return texts.correction_sure(content, await _spread(turn, place.number, content, retracts=False))

    async def chose(self, turn: Turn, place: CorrectionPlace, key: str) -> Next:
        content = await _right(turn, place)
        await announcement_delivery.correct(
            turn.session, turn.actor, place.number, content, place.reason, turn.now, place.version
        )
        return Go("card", _at(place), texts.CORRECTED)

    async def back(self, turn: Turn, place: CorrectionPlace) -> Next:
        return Go(Reason, WordsPlace(**place.model_dump(exclude={"reason"})))


class Retract(_Changing[NumberPlace]):
    """Why it is taken back."""

    name = "retract"
    place_type = NumberPlace

    async def show(self, turn: Turn, place: NumberPlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        wording = told.taken_back(found.content, "")
        return texts.ask_retraction(found, await _spread(turn, place.number, wording, retracts=True))

    async def said(self, turn: Turn, place: NumberPlace, text: str) -> Next:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        reason = announcement_delivery.reason_of(text)
        return Go(RetractSure, RetractionPlace(number=place.number, version=found.version, reason=reason))


class RetractSure(_Changing[RetractionPlace]):
    """What people will get, and how; then it is taken back."""

    name = "retract_sure"
    place_type = RetractionPlace

    async def show(self, turn: Turn, place: RetractionPlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        content = told.taken_back(found.content, place.reason)
        return texts.retraction_sure(content, await _spread(turn, place.number, content, retracts=True))

    async def chose(self, turn: Turn, place: RetractionPlace, key: str) -> Next:
        await announcement_delivery.take_back(
            turn.session, turn.actor, place.number, place.reason, turn.now, place.version
        )
        return Go("card", _at(place), texts.TAKEN_BACK)

    async def back(self, turn: Turn, place: RetractionPlace) -> Next:
        return Go(Retract, _at(place))


async def _right(turn: Turn, place: CorrectionPlace) -> Content:
    """The right wording: the words that were typed, everything else as it is."""
    found = await announcements.facts(turn.session, turn.actor, place.number)
    return replace(found.content, body=place.words)


async def _spread(turn: Turn, number: int, content: Content, *, retracts: bool) -> str:
    found = await announcement_delivery.spread(turn.session, turn.actor, number, content, turn.now)
    return texts.spread(found, retracts=retracts)


def _at(place: NumberPlace) -> NumberPlace:
    return NumberPlace(number=place.number)


STEPS = (Units(), Calls(), Wordings(), Correct(), Reason(), CorrectSure(), Retract(), RetractSure())


async def _enter_pause(turn: Turn, subject: str) -> Open:
    return await _halted(turn, subject, Act.PAUSE)


async def _enter_resume(turn: Turn, subject: str) -> Open:
    return await _halted(turn, subject, Act.RESUME)


async def _enter_stop(_turn: Turn, subject: str) -> Open:
    return Open("announcements", subject, texts.STOP_SURE if subject else "")


async def _halted(turn: Turn, subject: str, what: Act) -> Open:
    """The door of the card of progress: done at once, and shown."""
    done = await act(turn, NumberPlace(number=int(subject)), what) if subject else None
    return Open("announcements", subject, done.note if done is not None else "")


#: Doors of the card of progress.
PAUSE = Dialogue(
    name="announcement_pause",
    steps=(),
    enter=_enter_pause,
    needs=Permission.ANNOUNCE,
    word=texts.WORD_PAUSE,
)
RESUME = Dialogue(
    name="announcement_resume",
    steps=(),
    enter=_enter_resume,
    needs=Permission.ANNOUNCE,
    word=texts.WORD_RESUME,
)
STOP = Dialogue(
    name="announcement_stop",
    steps=(),
    enter=_enter_stop,
    needs=Permission.ANNOUNCE,
    word=texts.WORD_STOP,
)
