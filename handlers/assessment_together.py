"""Several criteria on one screen, answered in one message: where each message counts."""

from collections.abc import Sequence

from core.assessment import Entry, Sheet
from core.assessment_together import Part, asked, options, read
from core.messages import Capabilities, Message
from core.texts import assessment as sheet_texts
from core.texts import assessment_cards as card_texts
from core.texts import assessment_together as texts
from core.texts import desk as desk_texts
from handlers.assessment_cards import card_named, next_card, taken
from handlers.assessment_places import SEVERAL, SheetPlace, TogetherPlace
from handlers.dialogue import Go, Next, Stay, Step, Turn
from services import assessment
from services.conversations import Marks


class Together(Step[TogetherPlace]):
    """Up to five simple criteria at once; each answer is kept like a single one."""

    name = "together"
    place_type = TogetherPlace

    async def show(self, turn: Turn, place: TogetherPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        return texts.screen(sheet, [sheet.entry(key) for key in place.keys])

    async def chose(self, turn: Turn, place: TogetherPlace, key: str) -> Next:
        return await next_card(turn, SheetPlace(sheet=place.sheet), place.keys[-1], card_texts.PUT_OFF)

    async def said(self, turn: Turn, place: TogetherPlace, text: str) -> Next:
        if named := await card_named(turn, place.sheet, text):
            return named
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        entries = [sheet.entry(key) for key in place.keys]
        found = read(text, [asked(entry) for entry in entries])
        if not found.parts:
            return Stay(texts.kept([], found.strange))
        if turn.marks is not Marks.CURRENT:
            return Stay(desk_texts.MARKS_OLD if turn.marks is Marks.OLD else texts.EARLIER)
        answered = [entries[part.number - 1] for part in found.parts]
        await _keep(turn, sheet, answered, found.parts)
        now = await assessment.sheet(turn.session, turn.actor, place.sheet)
        note = texts.kept([now.entry(entry.criterion.key) for entry in answered], found.strange)
        left = [entry for entry in entries if entry not in answered]
        # What is left comes first: the next one is looked for from the one before it.
        before = now.entries[now.place_of(left[0].criterion.key) - 2] if left else entries[-1]
        return await next_card(
            turn, SheetPlace(sheet=place.sheet), before.criterion.key, note, answered=SEVERAL
        )

    async def back(self, turn: Turn, place: TogetherPlace) -> Next:
        return Go("overview", SheetPlace(sheet=place.sheet))

    def help(self, can: Capabilities) -> str:
        return texts.HOW


async def _keep(turn: Turn, sheet: Sheet, entries: Sequence[Entry], parts: Sequence[Part]) -> None:
    """Record each answer; a refused one undoes the message, so that nobody has to guess what was kept."""
    for entry, part in zip(entries, parts, strict=True):
        key, measure = entry.criterion.key, entry.next_measure()
        if measure is None:
            continue  # Answered in the meantime.
        given = options(entry)[part.letter] if part.letter is not None else taken(measure, None, part.text)
        if given is None:
            why = sheet_texts.not_mine(sheet)
            await assessment.does_not_apply(turn.session, turn.actor, sheet.id, [key], why, turn.now)
        else:
            await assessment.answer(turn.session, turn.actor, sheet.id, key, measure.code, given, turn.now)
