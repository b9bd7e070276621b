"""The card of one criterion: every kind of answer, then its verdict, its note and its files."""

from collections.abc import Sequence
from dataclasses import replace

from core.assessment import Entry, Sheet
from core.assessment_again import asked_again, marks, over, picked
from core.assessment_together import following as simple_after
from core.assessment_together import is_simple
from core.criteria import (
    AwaitedGiven,
    DeclarationGiven,
    DeltaGiven,
    Given,
    LevelGiven,
    SlotsGiven,
    TextGiven,
    WayGiven,
)
from core.criteria_typed import take_delta, take_number, take_slots
from core.measures import (
    DeclarationMeasure,
    DeltaMeasure,
    DocumentMeasure,
    Measure,
    NarrativeMeasure,
    NumberMeasure,
    OrdinalMeasure,
    SlotsMeasure,
)
from core.messages import Capabilities, FileRef, Message, split_message
from core.refusals import Code, Refusal
from core.texts import assessment as sheet_texts
from core.texts import assessment_cards as texts
from core.texts import assessment_together as together_texts
from core.texts import evidence as evidence_texts
from core.texts.desk import NAV
from core.vietnamese import clean_paragraphs, words_only, words_spelt
from handlers import signing
from handlers.assessment_places import SEVERAL as SEVERAL_ANSWERED
from handlers.assessment_places import CriterionPlace, SheetPlace, TogetherPlace
from handlers.dialogue import SEVERAL, AnyStep, Go, Next, Open, Stay, Step, Turn
from handlers.evidence import attach
from services import assessment, evidence
from services.conversations import Marks

OVERVIEW = "overview"
NARRATIVE_LIMIT = 3000
NOTE_LIMIT = 500
SHORTEST_NARRATIVE = 3


class Card(Step[CriterionPlace]):
    """One criterion: asked measure by measure, then its verdict."""

    name = "card"
    place_type = CriterionPlace
    takes_files = SEVERAL

    async def show(self, turn: Turn, place: CriterionPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        entry = sheet.entry(place.key)
        asked = _asked(entry, place)
        if asked is entry:
            return texts.card(sheet, entry, turn.local_now, turn.can)
        return texts.card_again(sheet, entry, asked, turn.local_now, turn.can)

    async def chose(self, turn: Turn, place: CriterionPlace, key: str) -> Next:
        match key:
            case "next":
                return await next_card(turn, SheetPlace(sheet=place.sheet), place.key)
            case "later":
                return await next_card(turn, SheetPlace(sheet=place.sheet), place.key, texts.PUT_OFF)
            case "na":
                why = sheet_texts.not_mine(await assessment.sheet(turn.session, turn.actor, place.sheet))
                await assessment.does_not_apply(
                    turn.session, turn.actor, place.sheet, [place.key], why, turn.now
                )
                return await _answered(turn, _card_of(place))
            case "again":
                return Go(Card, _card_of(place).model_copy(update={"again": ()}))
            case "note":
                return Go(Note, place)
            case "files":
                return Go(CriterionFiles, place)
            case "clause":
                sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
                return Open("plan", f"{sheet.version}.{place.key}")
            case "share":
                return Open("collective", f"{place.sheet}.{place.key}")
            case _:
                return await self._answered_by_button(turn, place, key)

    async def _answered_by_button(self, turn: Turn, place: CriterionPlace, key: str) -> Next:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        found = _picked(_asked(sheet.entry(place.key), place), key)
        if found is None:
            return Stay()
        code, given = found
        onward = await _keep(turn, place, code, given)
        if isinstance(given, DeclarationGiven):
            return Go(Explain, onward.model_copy(update={"measure": code}))
        return await _answered(turn, onward)

    async def said(self, turn: Turn, place: CriterionPlace, text: str) -> Next | None:
        if named := await card_named(turn, place.sheet, text):
            return named
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        entry = _asked(sheet.entry(place.key), place)
        if entry.question is None:
            raise Refusal(_why_not(sheet, turn))
        if turn.can.metered and turn.marks is Marks.EARLIER:
            return Stay(together_texts.EARLIER)  # It goes on with an answer to another card.
        measure = entry.next_measure()
        given = None if measure is None else taken(measure, entry.given_to(measure.code), text)
        if measure is None or given is None:
            return Stay(texts.SEND_HERE if isinstance(measure, DocumentMeasure) else texts.CHOOSE_HERE)
        if place.again is not None and over(None, given) is None:
            return Stay(texts.BOTH_YEARS)
        return await _answered(turn, await _keep(turn, place, measure.code, given))

    async def sent(self, turn: Turn, place: CriterionPlace, files: tuple[FileRef, ...]) -> Next | None:
        if place.after and turn.marks is Marks.EARLIER:
            return await _belated(turn, place, files)
        answer = await attach(turn, place, files)
        entry = (await assessment.sheet(turn.session, turn.actor, place.sheet)).entry(place.key)
        if place.again and _asked(entry, place) is entry:
            await _keep_ways(turn, place, place.again)
        return answer

    async def back(self, turn: Turn, place: CriterionPlace) -> Next:
        if place.again is not None:
            anew = len(place.again) > len(picked(place.again))
            return Go(Card, _card_of(place), texts.REST_STAYS if anew else texts.OLD_STAYS)
        return Go(OVERVIEW, SheetPlace(sheet=place.sheet))

    def help(self, can: Capabilities) -> str:
        return texts.help_criterion(can)


class Explain(Step[CriterionPlace]):
    """A few words beside a yes or no."""

    name = "explain"
    place_type = CriterionPlace
    takes_files = SEVERAL

    async def show(self, turn: Turn, place: CriterionPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        entry = sheet.entry(place.key)
        given = next(
            (one.given for one in entry.verdict.comparisons if one.measure.code == place.measure), None
        )
        return texts.ask_explanation(entry.criterion, yes=isinstance(given, DeclarationGiven) and given.yes)

    async def chose(self, turn: Turn, place: CriterionPlace, key: str) -> Next:
        return await _answered(turn, _after_explaining(place))

    async def said(self, turn: Turn, place: CriterionPlace, text: str) -> Next:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        told = _whole(text, NARRATIVE_LIMIT)
        for one in sheet.entry(place.key).verdict.comparisons:
            if one.measure.code == place.measure and isinstance(one.given, DeclarationGiven):
                given = DeclarationGiven(one.given.yes, told)
                await _keep(turn, place, place.measure, given)
        return await _answered(turn, _after_explaining(place))

    async def sent(self, turn: Turn, place: CriterionPlace, files: tuple[FileRef, ...]) -> Next:
        return await attach(turn, place, files)

    async def back(self, turn: Turn, place: CriterionPlace) -> Next:
        return Go(Card, _after_explaining(place))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_EXPLANATION


class Note(Step[CriterionPlace]):
    """A note beside the answer."""

    name = "note"
    place_type = CriterionPlace

    async def show(self, turn: Turn, place: CriterionPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        entry = sheet.entry(place.key)
        return texts.ask_note(entry.criterion, entry.note)

    async def chose(self, turn: Turn, place: CriterionPlace, key: str) -> Next:
        await assessment.keep_note(turn.session, turn.actor, place.sheet, place.key, "", turn.now)
        return Go(Card, place, texts.NOTE_REMOVED)

    async def said(self, turn: Turn, place: CriterionPlace, text: str) -> Next:
        note = _whole(text, NOTE_LIMIT)
        await assessment.keep_note(turn.session, turn.actor, place.sheet, place.key, note, turn.now)
        return Go(Card, place, texts.NOTE_KEPT)

    async def back(self, turn: Turn, place: CriterionPlace) -> Next:
        return Go(Card, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_NOTE


class CriterionFiles(Step[CriterionPlace]):
    """The files of one criterion: look at one, take some sent before, send more."""

    name = "files"
    place_type = CriterionPlace
    takes_files = SEVERAL

    async def show(self, turn: Turn, place: CriterionPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        loose = await evidence.unused(turn.session, turn.actor)
        return texts.files_of(
            sheet.entry(place.key),
            loose,
            turn.zone,
            turn.can,
            changeable=not sheet.signed and not sheet.closed(turn.now),
        )

    async def chose(self, turn: Turn, place: CriterionPlace, key: str) -> Next:
        if key == "take":
            loose = [file.id for file in await evidence.unused(turn.session, turn.actor)]
            await evidence.use(turn.session, turn.actor, loose, place.sheet, place.key, turn.now)
            return Stay(evidence_texts.PLACED)
        return Open("evidence", key.removeprefix("file."))

    async def sent(self, turn: Turn, place: CriterionPlace, files: tuple[FileRef, ...]) -> Next:
        return await attach(turn, place, files)

    async def back(self, turn: Turn, place: CriterionPlace) -> Next:
        return Go(Card, place)

    def help(self, can: Capabilities) -> str:
        return evidence_texts.help_here(can)


STEPS: tuple[AnyStep, ...] = (Card(), Explain(), Note(), CriterionFiles())


async def next_card(turn: Turn, place: SheetPlace, after: str, note: str = "", *, answered: str = "") -> Next:
    """The next open criterion, or the review when there is none; `answered` is what led on by itself."""
    sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
    following = sheet.after(after) if after else next(iter(sheet.missing), None)
    if following is None:
        done = note if sheet.missing else sheet_texts.all_done(sheet)
        told = f"{note}\n{done}" if turn.can.metered and note and not sheet.missing else done
        return Go(signing.Review, place, told)
    keys = _keys_together(turn, sheet, after, note) if turn.can.metered and is_simple(following) else ()
    if len(keys) > 1:
        return Go("together", TogetherPlace(sheet=place.sheet, keys=keys), note)
    card = CriterionPlace(sheet=place.sheet, key=following.criterion.key, after=answered)
    return Go(Card, card, note)


async def _belated(turn: Turn, place: CriterionPlace, files: tuple[FileRef, ...]) -> Next | None:
    """Files sent before this card arrived: they prove the answer before it, if that was one alone."""
    if place.after == SEVERAL_ANSWERED:
        return None
    before = CriterionPlace(sheet=place.sheet, key=place.after)
    kept = await attach(turn, before, files)
    return Go(Card, before, kept.note)


def _keys_together(turn: Turn, sheet: Sheet, after: str, note: str) -> tuple[str, ...]:
    """The next simple criteria that fit one message with what is to be said above them."""
    simple = simple_after(sheet, after)
    while len(simple) > 1:
        drawn = together_texts.screen(sheet, simple).noting(note)
        if len(split_message(replace(drawn, nav=NAV), turn.can.text_limit)) == 1:
            break
        simple = simple[:-1]
    return tuple(entry.criterion.key for entry in simple)


async def card_named(turn: Turn, sheet_id: int, text: str) -> Next | None:
    """The card of the criterion whose code was typed, whole or without the plan's: «004-c3», «c3»."""
    sheet = await assessment.sheet(turn.session, turn.actor, sheet_id)
    for form in (words_spelt, words_only):
        for criterion in (entry.criterion for entry in sheet.entries):
            if form(text) and form(text) in {form(criterion.code), form(criterion.code.partition("-")[2])}:
                return Go(Card, CriterionPlace(sheet=sheet_id, key=criterion.key))
    return None


async def _answered(turn: Turn, place: CriterionPlace) -> Next:
    """After an answer: its card again, or where each message counts the next one, headed by the result."""
    if turn.can.metered and place.again is None:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        entry = sheet.entry(place.key)
        if entry.answered and entry.awaited is None:
            told = f"{together_texts.kept([entry])}\n{together_texts.proof_of(entry)}"
            sheet_place = SheetPlace(sheet=place.sheet)
            return await next_card(turn, sheet_place, place.key, told, answered=place.key)
    return Go(Card, place)


def _asked(entry: Entry, place: CriterionPlace) -> Entry:
    """The criterion as it is asked here: from the beginning, as long as it is answered again."""
    if place.again is None:
        return entry
    asked = asked_again(entry, place.again)
    return entry if asked.question is None else asked


async def _keep(turn: Turn, place: CriterionPlace, code: str, given: Given) -> CriterionPlace:
    """Record an answer, and where one is then; answered again, a way counts once its answer is there."""

    async def keep(of: str, what: Given) -> None:
        await assessment.answer(turn.session, turn.actor, place.sheet, place.key, of, what, turn.now)

    if place.again is None:
        await keep(code, given)
        return _card_of(place)
    marked = (*place.again, *(mark for mark in marks(code, given) if mark not in place.again))
    old = (await assessment.sheet(turn.session, turn.actor, place.sheet)).entry(place.key).given_to(code)
    kept = over(old, given)
    if kept is not None and not isinstance(given, WayGiven):
        await keep(code, kept)
    entry = (await assessment.sheet(turn.session, turn.actor, place.sheet)).entry(place.key)
    if asked_again(entry, marked).question is not None:
        return place.model_copy(update={"again": marked})
    await _keep_ways(turn, place, marked)
    return _card_of(place)


async def _keep_ways(turn: Turn, place: CriterionPlace, marked: Sequence[str]) -> None:
    """The ways picked anew, now that their answers are there."""
    for way, part in picked(marked):
        await assessment.answer(
            turn.session, turn.actor, place.sheet, place.key, way, WayGiven(part), turn.now
        )


def _picked(entry: Entry, key: str) -> tuple[str, Given] | None:
    """What a button answers, and to which measure or way; nothing where the question is another by now."""
    kind, _, which = key.partition(".")
    if kind == "way":
        place, _, part = which.partition(".")
        way = entry.criterion.ways[int(place)]
        return way.code, WayGiven(way.parts[int(part)])
    match entry.question or entry.awaited, kind:
        case DeclarationMeasure(code=code), "yes" | "no":
            return code, DeclarationGiven(yes=kind == "yes")
        case OrdinalMeasure(code=code), "level":
            return code, LevelGiven(which)
        case OrdinalMeasure(code=code), "awaited":
            return code, AwaitedGiven()
    return None


def taken(measure: Measure, known: Given | None, text: str) -> Given | None:
    """What a text answers to a measure; nothing where it is answered by a choice or a file."""
    match measure, known:
        case NumberMeasure(), _:
            return take_number(measure, text)
        case DeltaMeasure(), (DeltaGiven() | None) as before:
            return take_delta(measure, text, before)
        case SlotsMeasure(), (SlotsGiven() | None) as before:
            return take_slots(measure, text, before)
        case NarrativeMeasure(), _:
            told = _whole(text, NARRATIVE_LIMIT)
            if len(told) < SHORTEST_NARRATIVE:
                raise Refusal(Code.TEXT_TOO_SHORT)
            return TextGiven(told)
    return None


def _why_not(sheet: Sheet, turn: Turn) -> Code:
    """Why a text on an answered card changes nothing."""
    if sheet.signed:
        return Code.ALREADY_SIGNED
    return Code.ROUND_CLOSED if sheet.closed(turn.now) else Code.ANSWERED


def _whole(text: str, limit: int) -> str:
    """The text, cleaned; refused where it is longer than what is kept, for half of it is another text."""
    told = clean_paragraphs(text, len(text))
    if len(told) > limit:
        raise Refusal(Code.TEXT_TOO_LONG, limit=limit, length=len(told))
    return told


def _card_of(place: CriterionPlace) -> CriterionPlace:
    return CriterionPlace(sheet=place.sheet, key=place.key)


def _after_explaining(place: CriterionPlace) -> CriterionPlace:
    return place.model_copy(update={"measure": ""})
