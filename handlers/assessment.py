"""Self-assessment: from the overview to one card at a time."""

from collections.abc import Mapping, Sequence

from core.assessment import Sheet
from core.criteria import DeclarationGiven, LevelGiven, TextGiven
from core.criteria_typed import take_number
from core.measures import NarrativeMeasure, NumberMeasure
from core.messages import Capabilities, FileRef, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import assessment as texts
from core.texts import evidence as evidence_texts
from core.vietnamese import clean_paragraphs
from db.transaction import Session
from handlers import signing
from handlers.assessment_places import CriterionPlace, GroupPlace, RoundsPlace, SheetPlace, sheet_of
from handlers.dialogue import Dialogue, Go, Next, Open, Stay, Step, Turn
from handlers.evidence import attach
from services import assessment, evidence

NARRATIVE_LIMIT = 3000
NOTE_LIMIT = 500
SHORTEST_NARRATIVE = 3


class ChooseRound(Step[RoundsPlace]):
    """Several rounds are open: which one."""

    name = "rounds"
    place_type = RoundsPlace

    async def show(self, turn: Turn, place: RoundsPlace) -> Message:
        return texts.choose_round(await assessment.rounds(turn.session, turn.actor, turn.now))

    async def chose(self, turn: Turn, place: RoundsPlace, key: str) -> Next:
        return Go(Overview, SheetPlace(sheet=await sheet_of(turn, key.removeprefix("round."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_OVERVIEW


class Overview(Step[SheetPlace]):
    """Progress, the groups, and what to do next."""

    name = "overview"
    place_type = SheetPlace

    async def show(self, turn: Turn, place: SheetPlace) -> Message:
        return texts.overview(await assessment.sheet(turn.session, turn.actor, place.sheet), turn.local_now)

    async def chose(self, turn: Turn, place: SheetPlace, key: str) -> Next:
        match key:
            case "go":
                return await next_card(turn, place, "")
            case "missing":
                return Go(Missing, place)
            case "review":
                return Go(signing.Review, place)
            case "signed":
                return Go(signing.Signed, place)
            case _:
                return Go(GroupPage, GroupPlace(sheet=place.sheet, group=key.removeprefix("group.")))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_OVERVIEW


class GroupPage(Step[GroupPlace]):
    """The criteria under one head."""

    name = "group"
    place_type = GroupPlace

    async def show(self, turn: Turn, place: GroupPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        group = next((one for one in sheet.groups if one.key == place.group), None)
        if group is None:
            raise Refusal(Code.NOT_FOUND)
        return texts.group_page(sheet, group, turn.local_now)

    async def chose(self, turn: Turn, place: GroupPlace, key: str) -> Next:
        if key != "na":
            return Go(Card, CriterionPlace(sheet=place.sheet, key=key.removeprefix("key.")))
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        open_here = [
            entry.criterion.key
            for group in sheet.groups
            if group.key == place.group
            for entry in sheet.of_group(group)
            if not entry.answered
        ]
        await assessment.does_not_apply(
            turn.session, turn.actor, place.sheet, open_here, texts.NOT_MINE, turn.now
        )
        return Go(Overview, SheetPlace(sheet=place.sheet), texts.REST_MARKED)

    async def back(self, turn: Turn, place: GroupPlace) -> Next:
        return Go(Overview, SheetPlace(sheet=place.sheet))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_OVERVIEW


class Card(Step[CriterionPlace]):
    """One criterion: asked measure by measure, then its verdict."""

    name = "card"
    place_type = CriterionPlace

    async def show(self, turn: Turn, place: CriterionPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        entry = sheet.entry(place.key)
        return texts.card(sheet, entry, turn.local_now, files_in=turn.can.files_in)

    async def chose(self, turn: Turn, place: CriterionPlace, key: str) -> Next:
        match key:
            case "next":
                return await next_card(turn, SheetPlace(sheet=place.sheet), place.key)
            case "later":
                return await next_card(turn, SheetPlace(sheet=place.sheet), place.key, texts.PUT_OFF)
            case "na":
                await assessment.does_not_apply(
                    turn.session, turn.actor, place.sheet, [place.key], texts.NOT_MINE, turn.now
                )
                return Stay()
            case "again":
                await assessment.answer_again(turn.session, turn.actor, place.sheet, place.key, turn.now)
                return Stay()
            case "note":
                return Go(Note, place)
            case "files":
                return Go(CriterionFiles, place)
            case _:
                return await self._answered_by_button(turn, place, key)

    async def _answered_by_button(self, turn: Turn, place: CriterionPlace, key: str) -> Next:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        measure = sheet.entry(place.key).next_measure()
        if measure is None:
            return Stay()
        if key in {"yes", "no"}:
            given = DeclarationGiven(yes=key == "yes")
            await assessment.answer(
                turn.session, turn.actor, place.sheet, place.key, measure.code, given, turn.now
            )
            return Go(Explain, CriterionPlace(sheet=place.sheet, key=place.key, measure=measure.code))
        level = LevelGiven(key.removeprefix("level."))
        await assessment.answer(
            turn.session, turn.actor, place.sheet, place.key, measure.code, level, turn.now
        )
        return Stay()

    async def said(self, turn: Turn, place: CriterionPlace, text: str) -> Next | None:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        match sheet.entry(place.key).next_measure():
            case NumberMeasure() as measure:
                given = take_number(measure, text)
                await assessment.answer(
                    turn.session, turn.actor, place.sheet, place.key, measure.code, given, turn.now
                )
                return Stay()
            case NarrativeMeasure() as measure:
                told = clean_paragraphs(text, NARRATIVE_LIMIT)
                if len(told) < SHORTEST_NARRATIVE:
                    raise Refusal(Code.TEXT_TOO_SHORT)
                await assessment.answer(
                    turn.session, turn.actor, place.sheet, place.key, measure.code, TextGiven(told), turn.now
                )
                return Stay()
            case None:
                raise Refusal(_why_not(sheet, turn))
            case _:
                return Stay(texts.CHOOSE_HERE)

    async def sent(self, turn: Turn, place: CriterionPlace, files: tuple[FileRef, ...]) -> Next:
        return await attach(turn, place, files)

    async def back(self, turn: Turn, place: CriterionPlace) -> Next:
        return Go(Overview, SheetPlace(sheet=place.sheet))

    def help(self, can: Capabilities) -> str:
        return texts.help_criterion(files_in=can.files_in)


class Explain(Step[CriterionPlace]):
    """A few words beside a yes or no."""

    name = "explain"
    place_type = CriterionPlace

    async def show(self, turn: Turn, place: CriterionPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        entry = sheet.entry(place.key)
        given = next(
            (one.given for one in entry.verdict.comparisons if one.measure.code == place.measure), None
        )
        return texts.ask_explanation(entry.criterion, yes=isinstance(given, DeclarationGiven) and given.yes)

    async def chose(self, turn: Turn, place: CriterionPlace, key: str) -> Next:
        return Go(Card, _card_of(place))

    async def said(self, turn: Turn, place: CriterionPlace, text: str) -> Next:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        told = clean_paragraphs(text, NARRATIVE_LIMIT)
        for one in sheet.entry(place.key).verdict.comparisons:
            if one.measure.code == place.measure and isinstance(one.given, DeclarationGiven):
                given = DeclarationGiven(one.given.yes, told)
                await assessment.answer(
                    turn.session, turn.actor, place.sheet, place.key, place.measure, given, turn.now
                )
        return Go(Card, _card_of(place))

    async def sent(self, turn: Turn, place: CriterionPlace, files: tuple[FileRef, ...]) -> Next:
        return await attach(turn, place, files)

    async def back(self, turn: Turn, place: CriterionPlace) -> Next:
        return Go(Card, _card_of(place))

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
        note = clean_paragraphs(text, NOTE_LIMIT)
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

    async def show(self, turn: Turn, place: CriterionPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        loose = await evidence.unused(turn.session, turn.actor)
        return texts.files_of(
            sheet.entry(place.key),
            loose,
            turn.zone,
            changeable=not sheet.signed and not sheet.closed(turn.now),
            files_in=turn.can.files_in,
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
        return evidence_texts.help_here(files_in=can.files_in)


class Missing(Step[SheetPlace]):
    """What is still open."""

    name = "missing"
    place_type = SheetPlace

    async def show(self, turn: Turn, place: SheetPlace) -> Message:
        return texts.missing_page(await assessment.sheet(turn.session, turn.actor, place.sheet))

    async def chose(self, turn: Turn, place: SheetPlace, key: str) -> Next:
        if key == "rest":
            return Go(ConfirmRest, place)
        return Go(Card, CriterionPlace(sheet=place.sheet, key=key.removeprefix("key.")))

    async def back(self, turn: Turn, place: SheetPlace) -> Next:
        return Go(Overview, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_OVERVIEW


class ConfirmRest(Step[SheetPlace]):
    """Everything left is not applicable: asked for with a word."""

    name = "rest"
    place_type = SheetPlace

    async def show(self, turn: Turn, place: SheetPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        return texts.ask_rest(len(sheet.missing))

    async def chose(self, turn: Turn, place: SheetPlace, key: str) -> Next:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        keys = [entry.criterion.key for entry in sheet.missing]
        await assessment.does_not_apply(turn.session, turn.actor, place.sheet, keys, texts.NOT_MINE, turn.now)
        return Go(Overview, place, texts.REST_MARKED)

    async def back(self, turn: Turn, place: SheetPlace) -> Next:
        return Go(Missing, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_OVERVIEW


async def next_card(turn: Turn, place: SheetPlace, after: str, note: str = "") -> Next:
    """The next open criterion, or the review when there is none."""
    sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
    following = sheet.after(after) if after else next(iter(sheet.missing), None)
    if following is None:
        return Go(signing.Review, place, note if sheet.missing else texts.ALL_DONE)
    return Go(Card, CriterionPlace(sheet=place.sheet, key=following.criterion.key), note)


def _why_not(sheet: Sheet, turn: Turn) -> Code:
    """Why a text on an answered card changes nothing."""
    if sheet.signed:
        return Code.ALREADY_SIGNED
    return Code.ROUND_CLOSED if sheet.closed(turn.now) else Code.ANSWERED


def _card_of(place: CriterionPlace) -> CriterionPlace:
    return CriterionPlace(sheet=place.sheet, key=place.key)


async def _enter(turn: Turn, subject: str) -> Go:
    if not subject:
        rounds = await assessment.rounds(turn.session, turn.actor, turn.now)
        if not rounds:
            raise Refusal(Code.NO_ROUND)
        if len(rounds) > 1:
            return Go(ChooseRound, RoundsPlace())
        subject = rounds[0].key
    return Go(Overview, SheetPlace(sheet=await sheet_of(turn, subject)))


async def _ahead(session: Session, places: Sequence[Mapping[str, object]]) -> None:
    wanted = {place.get("sheet") for place in places}
    await assessment.read_ahead(session, [sheet for sheet in wanted if isinstance(sheet, int)])


DIALOGUE = Dialogue(
    name="assessment",
    steps=(
        Overview(),
        ChooseRound(),
        GroupPage(),
        Card(),
        Explain(),
        Note(),
        CriterionFiles(),
        Missing(),
        ConfirmRest(),
        *signing.STEPS,
    ),
    enter=_enter,
    needs=Permission.ASSESS_SELF,
    command="tudanhgia",
    ahead=_ahead,
)
