"""«Kế hoạch, báo cáo của đơn vị»: what the unit owes, and handing it in step by step."""

from datetime import date

from core.dates import read_date
from core.deadlines import Obligation, Standing, safe_day, standing
from core.messages import Capabilities, FileRef, Message
from core.refusals import Code, Refusal
from core.roles import Permission, Scope
from core.texts import extensions as extension_texts
from core.texts import submissions as texts
from handlers.dialogue import Dialogue, Go, Next, Open, Stay, Step, Turn
from handlers.pages import turned
from handlers.submission_places import HandedInPlace, ListPlace, MoreTimePlace, OnePlace, PaperPlace
from services import calendar, evidence, extensions, submissions


async def _one(turn: Turn, key: str) -> Obligation:
    return await submissions.one(turn.session, turn.actor, key, turn.now)


async def _standing(turn: Turn, one: Obligation) -> Standing:
    known = await calendar.in_force(turn.session)
    return standing(one, turn.actor.today, known, turn.local_now.time())


async def _day_typed(turn: Turn, text: str, *, past: bool = False) -> date:
    return read_date(text, turn.actor.today, await calendar.in_force(turn.session), past=past)


def _dated(turn: Turn, place: PaperPlace) -> date:
    return place.dated or turn.actor.today


class Listed(Step[ListPlace]):
    """Everything the person's units owe."""

    name = "list"
    place_type = ListPlace

    async def show(self, turn: Turn, place: ListPlace) -> Message:
        owed = await submissions.owed_as_it_stands(turn.session, turn.actor, turn.now)
        return texts.listed(owed, place.page)

    async def chose(self, turn: Turn, place: ListPlace, key: str) -> Next:
        page = turned(place.page, key)
        if page is not None:
            return Go(Listed, ListPlace(page=page))
        return Go(One, OnePlace(key=key.removeprefix("one."), page=place.page))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class One(Step[OnePlace]):
    """One of them: when, what was handed in, and what may be done."""

    name = "one"
    place_type = OnePlace

    async def show(self, turn: Turn, place: OnePlace) -> Message:
        one = await _one(turn, place.key)
        return texts.page(
            one,
            await _standing(turn, one),
            await submissions.of(turn.session, turn.actor, place.key, turn.now),
            await extensions.last(turn.session, turn.actor, place.key, turn.now),
            turn.zone,
            head=await submissions.may_confirm(turn.session, turn.actor, one),
            away=await submissions.stand_in(turn.session, one, turn.actor.today),
        )

    async def chose(self, turn: Turn, place: OnePlace, key: str) -> Next:
        act, _, seen = key.partition(".")
        match act:
            case "hand_in":
                return Go(GiveNumber, PaperPlace(key=place.key))
            case "dossier":
                return Open("dossiers", place.key)
            case "extend":
                return Go(AskUntil, place)
            case "take_back":
                await extensions.take_back(turn.session, turn.actor, place.key, turn.now)
                return Stay(extension_texts.TAKEN_BACK)
            case "cut_off":
                return Go(SetCutOff, place)
            case "confirm":
                await submissions.confirm(turn.session, turn.actor, place.key, int(seen), turn.now)
                return Stay(texts.CONFIRMED)
            case "attach":
                return Go(GiveMissingFile, HandedInPlace(key=place.key, seen=int(seen)))
            case _:
                await submissions.withdraw(turn.session, turn.actor, place.key, int(seen), turn.now)
                return Stay(texts.WITHDRAWN)

    async def back(self, turn: Turn, place: OnePlace) -> Next:
        return Go(Listed, ListPlace(page=place.page))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class GiveNumber(Step[PaperPlace]):
    """The number of the document."""

    name = "number"
    place_type = PaperPlace

    async def show(self, turn: Turn, place: PaperPlace) -> Message:
        return texts.ask_number(await _one(turn, place.key))

    async def said(self, turn: Turn, place: PaperPlace, text: str) -> Next:
        number = submissions.checked_number(text)
        return Go(GiveDate, place.model_copy(update={"number": number}))

    async def back(self, turn: Turn, place: PaperPlace) -> Next:
        return Go(One, OnePlace(key=place.key))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_NUMBER


class GiveDate(Step[PaperPlace]):
    """Its date."""

    name = "dated"
    place_type = PaperPlace

    async def show(self, turn: Turn, place: PaperPlace) -> Message:
        return texts.ask_dated(await _one(turn, place.key), place.number)

    async def said(self, turn: Turn, place: PaperPlace, text: str) -> Next:
        day = await _day_typed(turn, text, past=True)
        submissions.check_dated(turn.actor, day)
        one = await _one(turn, place.key)
        dated = place.model_copy(update={"dated": day})
        return Go(GiveWords, dated) if texts.has_words(one.kind) else Go(GiveFile, dated)

    async def back(self, turn: Turn, place: PaperPlace) -> Next:
        return Go(GiveNumber, PaperPlace(key=place.key))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_DATED


class GiveWords(Step[PaperPlace]):
    """What a report says, in short."""

    name = "words"
    place_type = PaperPlace

    async def show(self, turn: Turn, place: PaperPlace) -> Message:
        return texts.ask_words(await _one(turn, place.key), place.number, _dated(turn, place))

    async def said(self, turn: Turn, place: PaperPlace, text: str) -> Next:
        words = submissions.checked_words(text, await _one(turn, place.key))
        return Go(GiveFile, place.model_copy(update={"words": words}))

    async def back(self, turn: Turn, place: PaperPlace) -> Next:
        return Go(GiveDate, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_WORDS


class GiveFile(Step[PaperPlace]):
    """Its file, or none."""

    name = "file"
    place_type = PaperPlace
    takes_files = 1

    async def show(self, turn: Turn, place: PaperPlace) -> Message:
        return texts.ask_file(await _one(turn, place.key), place.number, _dated(turn, place), turn.can)

    async def chose(self, turn: Turn, place: PaperPlace, key: str) -> Next:
        return Go(Confirm, place.model_copy(update={"file": 0}))

    async def said(self, turn: Turn, place: PaperPlace, text: str) -> Next:
        return Stay(texts.NOT_A_FILE)

    async def sent(self, turn: Turn, place: PaperPlace, files: tuple[FileRef, ...]) -> Next:
        if len(files) != 1 or files[0].group:
            return Stay(texts.ONLY_ONE, gather=files[0].group)
        (file,) = await evidence.receive(
            turn.session, turn.actor, files, turn.now, serving=Permission.HAND_IN
        )
        return Go(Confirm, place.model_copy(update={"file": file.id}))

    async def back(self, turn: Turn, place: PaperPlace) -> Next:
        return Go(GiveWords, place) if place.words else Go(GiveDate, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_FILE


class GiveMissingFile(Step[HandedInPlace]):
    """The file of what was handed in without one, or with one that cannot be used."""

    name = "missing_file"
    place_type = HandedInPlace
    takes_files = 1

    async def show(self, turn: Turn, place: HandedInPlace) -> Message:
        one = await _one(turn, place.key)
        facts = await submissions.of(turn.session, turn.actor, place.key, turn.now)
        if facts is None or facts.id != place.seen:
            raise Refusal(Code.HANDED_IN_ANEW)
        return texts.ask_missing_file(one, facts, turn.can)

    async def said(self, turn: Turn, place: HandedInPlace, text: str) -> Next:
        return Stay(texts.NOT_A_FILE)

    async def sent(self, turn: Turn, place: HandedInPlace, files: tuple[FileRef, ...]) -> Next:
        if len(files) != 1 or files[0].group:
            return Stay(texts.ONLY_ONE, gather=files[0].group)
        (file,) = await evidence.receive(
            turn.session, turn.actor, files, turn.now, serving=Permission.HAND_IN
        )
        await submissions.attach(turn.session, turn.actor, place.key, place.seen, file.id, turn.now)
        return Go(One, OnePlace(key=place.key), texts.ATTACHED)

    async def back(self, turn: Turn, place: HandedInPlace) -> Next:
        return Go(One, OnePlace(key=place.key))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Confirm(Step[PaperPlace]):
    """Everything once more; with «Nộp» it is handed in."""

    name = "confirm"
    place_type = PaperPlace

    async def show(self, turn: Turn, place: PaperPlace) -> Message:
        one = await _one(turn, place.key)
        file = await evidence.one(turn.session, turn.actor, place.file) if place.file else None
        dated, stands = _dated(turn, place), await _standing(turn, one)
        return texts.ask_sure(one, place.number, dated, place.words, file, stands)

    async def chose(self, turn: Turn, place: PaperPlace, key: str) -> Next:
        paper = submissions.Paper(place.number, _dated(turn, place), place.words, place.file)
        facts = await submissions.hand_in(turn.session, turn.actor, place.key, paper, turn.now)
        return Go(One, OnePlace(key=place.key), texts.received(facts))

    async def back(self, turn: Turn, place: PaperPlace) -> Next:
        return Go(GiveFile, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class AskUntil(Step[OnePlace]):
    """Until when more time is asked for."""

    name = "until"
    place_type = OnePlace

    async def show(self, turn: Turn, place: OnePlace) -> Message:
        return extension_texts.ask_until(await _one(turn, place.key))

    async def said(self, turn: Turn, place: OnePlace, text: str) -> Next:
        day = await _day_typed(turn, text)
        extensions.check_until(turn.actor, await _one(turn, place.key), day)
        return Go(AskReason, MoreTimePlace(key=place.key, until=day))

    async def back(self, turn: Turn, place: OnePlace) -> Next:
        return Go(One, place)

    def help(self, can: Capabilities) -> str:
        return extension_texts.HELP


class AskReason(Step[MoreTimePlace]):
    """Why."""

    name = "reason"
    place_type = MoreTimePlace

    async def show(self, turn: Turn, place: MoreTimePlace) -> Message:
        return extension_texts.ask_reason(await _one(turn, place.key), place.until)

    async def said(self, turn: Turn, place: MoreTimePlace, text: str) -> Next:
        reason = extensions.checked_reason(text)
        return Go(MoreTimeSure, place.model_copy(update={"reason": reason}))

    async def back(self, turn: Turn, place: MoreTimePlace) -> Next:
        return Go(AskUntil, OnePlace(key=place.key))

    def help(self, can: Capabilities) -> str:
        return extension_texts.HELP


class MoreTimeSure(Step[MoreTimePlace]):
    """Everything once more; with «Gửi đề nghị» it is asked, and the office is told."""

    name = "more_time"
    place_type = MoreTimePlace

    async def show(self, turn: Turn, place: MoreTimePlace) -> Message:
        return extension_texts.ask_sure(await _one(turn, place.key), place.until, place.reason)

    async def chose(self, turn: Turn, place: MoreTimePlace, key: str) -> Next:
        await extensions.ask(turn.session, turn.actor, place.key, place.until, place.reason, turn.now)
        return Go(One, OnePlace(key=place.key), extension_texts.ASKED)

    async def back(self, turn: Turn, place: MoreTimePlace) -> Next:
        return Go(AskReason, place)

    def help(self, can: Capabilities) -> str:
        return extension_texts.HELP


class SetCutOff(Step[OnePlace]):
    """The unit's own day before the day of the plan."""

    name = "cut_off"
    place_type = OnePlace

    async def show(self, turn: Turn, place: OnePlace) -> Message:
        one = await _one(turn, place.key)
        return texts.ask_cut_off(one, safe_day(one, await calendar.in_force(turn.session)))

    async def chose(self, turn: Turn, place: OnePlace, key: str) -> Next:
        await submissions.set_cut_off(turn.session, turn.actor, place.key, None, turn.now)
        return Go(One, place, texts.CUT_OFF_GONE)

    async def said(self, turn: Turn, place: OnePlace, text: str) -> Next:
        day = await _day_typed(turn, text)
        kept = await submissions.set_cut_off(turn.session, turn.actor, place.key, day, turn.now)
        return Go(One, place, texts.cut_off_set(day, kept or day))

    async def back(self, turn: Turn, place: OnePlace) -> Next:
        return Go(One, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _enter(turn: Turn, subject: str) -> Go:
    """At the list, at one thing by its key, or at what a submission (by its number) was handed in for."""
    if subject.isdecimal():
        subject = await submissions.key_of(turn.session, turn.actor, int(subject), turn.now)
    return Go(One, OnePlace(key=subject)) if subject else Go(Listed, ListPlace())


async def _waiting(turn: Turn) -> int | None:
    """How much is open; off the menu of an office that owes nothing now, and hands in for no unit."""
    count = len(await submissions.open_now(turn.session, turn.actor, turn.now))
    for_units = any(one.allows(Permission.HAND_IN) is Scope.UNIT for one in turn.actor.grants)
    return count if count or for_units else None


DIALOGUE = Dialogue(
    name="submissions",
    steps=(
        Listed(),
        One(),
        GiveNumber(),
        GiveDate(),
        GiveWords(),
        GiveFile(),
        Confirm(),
        GiveMissingFile(),
        AskUntil(),
        AskReason(),
        MoreTimeSure(),
        SetCutOff(),
    ),
    enter=_enter,
    needs=Permission.HAND_IN,
    label=texts.LABEL,
    command="nop",
    waiting=_waiting,
    word=texts.WORD,
)
