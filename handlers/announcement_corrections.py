"""Correcting an announcement that has left, and taking it back."""

from dataclasses import replace
from enum import StrEnum

from core.announcement_content import MOST_ANSWERS, Content, Question
from core.announcement_writing import asked
from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.texts import announcement_corrections as texts
from core.texts import announcement_writing as writing_texts
from core.texts import announcements as told
from handlers.announcement_changes import after
from handlers.announcement_results import AtOne, OfOne, at_card
from handlers.announcement_writing import NumberPlace
from handlers.dialogue import Go, Next, Turn
from services import announcement_changes, announcement_delivery, announcements


class Asking(StrEnum):
    """What a correction does with the question."""

    OPEN = ""
    KEEP = "keep"
    OFF = "off"
    NEW = "new"


class CorrectPlace(NumberPlace):
    """At a correction with what was changed so far: what is empty stays as it is.

    `version` is the wording it corrects, 0 while nothing is changed.
    """

    version: int = 0
    title: str = ""
    words: str = ""
    asking: Asking = Asking.OPEN
    question: str = ""
    answers: tuple[str, ...] = ()
    right: int = 0


class CorrectionPlace(CorrectPlace):
    """At a correction that is ready to go."""

    reason: str


class RetractionPlace(NumberPlace):
    """At a retraction whose reason is typed; `version` is the wording it takes back."""

    version: int
    reason: str


class _Changing(OfOne[AtOne]):
    """A screen on the way to a new wording."""

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Correct(_Changing[CorrectPlace]):
    """The right wording."""

    name = "correct"
    place_type = CorrectPlace

    async def show(self, turn: Turn, place: CorrectPlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        right = await _right(turn, place)
        now = await _spread(turn, place.number, told.corrected(right, ""), retracts=False)
        return texts.ask_correction(found, right, now, changed=_changed(place))

    async def said(self, turn: Turn, place: CorrectPlace, text: str) -> Next:
        right = announcement_delivery.corrected(replace(await _right(turn, place), body=text))
        return await _onward(turn, place, words=right.body)

    async def chose(self, turn: Turn, place: CorrectPlace, key: str) -> Next:
        if key == "on":
            return await _onward(turn, place)
        return Go(CorrectTitle if key == "title" else CorrectQuestion, place)


class CorrectTitle(_Changing[CorrectPlace]):
    """The right title."""

    name = "correct_title"
    place_type = CorrectPlace

    async def show(self, turn: Turn, place: CorrectPlace) -> Message:
        return texts.ask_title((await _right(turn, place)).title)

    async def said(self, turn: Turn, place: CorrectPlace, text: str) -> Next:
        right = announcement_delivery.corrected(replace(await _right(turn, place), title=text))
        return Go(Correct, await _with(turn, place, title=right.title))

    async def back(self, turn: Turn, place: CorrectPlace) -> Next:
        return Go(Correct, place)


class CorrectQuestion(_Changing[CorrectPlace]):
    """Whether the question still fits what is told now."""

    name = "correct_question"
    place_type = CorrectPlace

    async def show(self, turn: Turn, place: CorrectPlace) -> Message:
        found = await announcements.facts(turn.session, turn.actor, place.number)
        return texts.look_at_question(found.content.question)

    async def chose(self, turn: Turn, place: CorrectPlace, key: str) -> Next:
        match key:
            case "ask":
                return Go(CorrectAsk, place)
            case "off":
                return await _onward(turn, place, asking=Asking.OFF)
            case _:
                return await _onward(turn, place, asking=Asking.KEEP)

    async def back(self, turn: Turn, place: CorrectPlace) -> Next:
        return Go(Correct, place)


class CorrectAsk(_Changing[CorrectPlace]):
    """The right question and its answers."""

    name = "correct_ask"
    place_type = CorrectPlace

    async def show(self, turn: Turn, place: CorrectPlace) -> Message:
        return texts.ask_question()

    async def said(self, turn: Turn, place: CorrectPlace, text: str) -> Next | None:
        typed = asked(text)
        if not typed.words:
            return None
        if not typed.answers:
            raise Refusal(Code.ANNOUNCEMENT_QUESTION, limit=MOST_ANSWERS)
        return Go(CorrectRight, place.model_copy(update={"question": typed.words, "answers": typed.answers}))

    async def back(self, turn: Turn, place: CorrectPlace) -> Next:
        return Go(CorrectQuestion, place)


class CorrectRight(_Changing[CorrectPlace]):
    """Which of them is right."""

    name = "correct_right"
    place_type = CorrectPlace

    async def show(self, turn: Turn, place: CorrectPlace) -> Message:
        return writing_texts.ask_right(place.question, place.answers)

    async def chose(self, turn: Turn, place: CorrectPlace, key: str) -> Next:
        right = int(key.removeprefix("right."))
        return await _onward(turn, place, asking=Asking.NEW, right=right)

    async def back(self, turn: Turn, place: CorrectPlace) -> Next:
        return Go(CorrectAsk, place)


class Reason(_Changing[CorrectPlace]):
    """What was wrong."""

    name = "correct_reason"
    place_type = CorrectPlace

    async def show(self, turn: Turn, place: CorrectPlace) -> Message:
        return texts.ask_reason()

    async def said(self, turn: Turn, place: CorrectPlace, text: str) -> Next:
        reason = announcement_delivery.reason_of(text)
        return Go(CorrectSure, CorrectionPlace(**place.model_dump(), reason=reason))

    async def back(self, turn: Turn, place: CorrectPlace) -> Next:
        return Go(Correct, place)


class CorrectSure(_Changing[CorrectionPlace]):
    """What people will get, and how; then it goes."""

    name = "correct_sure"
    place_type = CorrectionPlace

    async def show(self, turn: Turn, place: CorrectionPlace) -> Message:
        content = told.corrected(await _right(turn, place), place.reason)
        now = await _spread(turn, place.number, content, retracts=False)
        return texts.correction_sure(content, now, other=await _other(turn, place.number, retracts=False))

    async def chose(self, turn: Turn, place: CorrectionPlace, key: str) -> Next:
        content = await _right(turn, place)
        told_to = await announcement_delivery.correct(
            turn.session, turn.actor, place.number, content, place.reason, turn.now, place.version
        )
        return Go("card", at_card(place), await after(turn, told_to, texts.CORRECTED))

    async def back(self, turn: Turn, place: CorrectionPlace) -> Next:
        return Go(Reason, CorrectPlace(**place.model_dump(exclude={"reason"})))


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
        now = await _spread(turn, place.number, content, retracts=True)
        return texts.retraction_sure(content, now, other=await _other(turn, place.number, retracts=True))

    async def chose(self, turn: Turn, place: RetractionPlace, key: str) -> Next:
        told_to = await announcement_delivery.take_back(
            turn.session, turn.actor, place.number, place.reason, turn.now, place.version
        )
        return Go("card", at_card(place), await after(turn, told_to, texts.TAKEN_BACK))

    async def back(self, turn: Turn, place: RetractionPlace) -> Next:
        return Go(Retract, at_card(place))


async def _with(turn: Turn, place: CorrectPlace, **changed: object) -> CorrectPlace:
    """The place with more changed, of the wording in force when the first change was made."""
    found = await announcements.facts(turn.session, turn.actor, place.number)
    return place.model_copy(update={"version": place.version or found.version, **changed})


async def _onward(turn: Turn, place: CorrectPlace, **changed: object) -> Go:
    """To the reason, once it is settled what becomes of the question; where nothing is changed, back."""
    place = await _with(turn, place, **changed)
    found = await announcements.facts(turn.session, turn.actor, place.number)
    if not _changed(place):
        return Go(Correct, place)
    unsettled = found.content.question is not None and place.asking is Asking.OPEN
    return Go(CorrectQuestion if unsettled else Reason, place)


def _changed(place: CorrectPlace) -> bool:
    return bool(place.title or place.words) or place.asking in {Asking.OFF, Asking.NEW}


async def _right(turn: Turn, place: CorrectPlace) -> Content:
    """The right wording: what was changed, everything else as it is."""
    found = await announcements.facts(turn.session, turn.actor, place.number)
    content = replace(
        found.content,
        title=place.title or found.content.title,
        body=place.words or texts.words(found),
    )
    match place.asking:
        case Asking.OFF:
            return replace(content, question=None)
        case Asking.NEW:
            question = Question(place.question, place.answers, place.right)
            return replace(content, question=question, wants_reading=True)
        case _:
            return content


async def _spread(turn: Turn, number: int, content: Content, *, retracts: bool) -> str:
    found = await announcement_delivery.spread(turn.session, turn.actor, number, content, turn.now)
    return texts.spread(found, retracts=retracts)


async def _other(turn: Turn, number: int, *, retracts: bool) -> bool:
    return await announcement_changes.needs_other(turn.session, turn.actor, number, retracts=retracts)


STEPS = (
    Correct(),
    CorrectTitle(),
    CorrectQuestion(),
    CorrectAsk(),
    CorrectRight(),
    Reason(),
    CorrectSure(),
    Retract(),
    RetractSure(),
)
