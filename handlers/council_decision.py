"""After a sitting: the director reads the list back, the office enters the signed decision."""

from core.dates import read_date
from core.evidence import may_prove
from core.messages import Capabilities, FileRef, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import awards as award_texts
from core.texts import council as texts
from handlers.council_places import DecisionPlace, SittingPlace
from handlers.dialogue import AnyStep, Go, Next, Stay, Step, Turn
from services import awards, calendar, council, council_decision, evidence


class ReadBack(Step[SittingPlace]):
    """The director reads the list and types how many are on it."""

    name = "read_back"
    place_type = SittingPlace

    async def show(self, turn: Turn, place: SittingPlace) -> Message:
        return texts.read_back(await council.one(turn.session, turn.actor, place.sitting, turn.now))

    async def said(self, turn: Turn, place: SittingPlace, text: str) -> Next:
        told = text.strip(" .")
        if not (told.isdecimal() and len(told) < 5):
            raise Refusal(Code.COUNCIL_READ_BACK)
        await council_decision.approve(turn.session, turn.actor, place.sitting, int(told), turn.now)
        return Go("one", place, texts.APPROVED)

    async def back(self, turn: Turn, place: SittingPlace) -> Next:
        return Go("one", place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Number(Step[DecisionPlace]):
    """Number and symbol of the signed decision."""

    name = "number"
    place_type = DecisionPlace

    async def show(self, turn: Turn, place: DecisionPlace) -> Message:
        return texts.ask(texts.NUMBER_TITLE, texts.ASK_NUMBER)

    async def said(self, turn: Turn, place: DecisionPlace, text: str) -> Next:
        return Go(Dated, place.model_copy(update={"number": council_decision.number_told(text)}))

    async def back(self, turn: Turn, place: DecisionPlace) -> Next:
        return Go("one", SittingPlace(sitting=place.sitting))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_NUMBER


class Dated(Step[DecisionPlace]):
    """The day it was signed."""

    name = "dated"
    place_type = DecisionPlace

    async def show(self, turn: Turn, place: DecisionPlace) -> Message:
        return texts.ask(texts.DATED_TITLE, texts.ASK_DATED)

    async def said(self, turn: Turn, place: DecisionPlace, text: str) -> Next:
        known = await calendar.in_force(turn.session)
        dated = read_date(text, turn.local_now.date(), known, past=True)
        council_decision.ensure_dated(dated, turn.local_now.date())
        return Go(Scan, place.model_copy(update={"dated": dated}))

    async def back(self, turn: Turn, place: DecisionPlace) -> Next:
        return Go(Number, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_DATED


class Scan(Step[DecisionPlace]):
    """Its scan."""

    name = "scan"
    place_type = DecisionPlace
    takes_files = 1

    async def show(self, turn: Turn, place: DecisionPlace) -> Message:
        return texts.ask(texts.SCAN_TITLE, texts.ASK_SCAN)

    async def said(self, turn: Turn, place: DecisionPlace, text: str) -> Next:
        return Stay(texts.NOT_A_FILE)

    async def sent(self, turn: Turn, place: DecisionPlace, files: tuple[FileRef, ...]) -> Next:
        if len(files) != 1 or not may_prove(files[0].name, files[0].mime):
            return Stay(texts.NOT_A_FILE, gather=files[0].group)
        (file,) = await evidence.receive(
            turn.session, turn.actor, files, turn.now, serving=Permission.COMMEND
        )
        return Go(Enter, place.model_copy(update={"file": file.id}))

    async def back(self, turn: Turn, place: DecisionPlace) -> Next:
        return Go(Dated, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_SCAN


class Enter(Step[DecisionPlace]):
    """Everything once more; then whom it names is commended."""

    name = "enter"
    place_type = DecisionPlace

    async def show(self, turn: Turn, place: DecisionPlace) -> Message:
        one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
        title, authority = await self._form(turn, place)
        dated = place.dated or turn.local_now.date()
        return texts.confirm_decision(one, place.number, dated, award_texts.form(title, authority))

    async def _form(self, turn: Turn, place: DecisionPlace) -> tuple[str, str]:
        """What it gives: as was typed, else as the plan says."""
        if place.title:
            return place.title, place.authority
        one = await council.one(turn.session, turn.actor, place.sitting, turn.now)
        return await awards.proposed_form(turn.session, one.campaign)

    async def said(self, turn: Turn, place: DecisionPlace, text: str) -> Next:
        title, authority = awards.form_told(text)
        return Go(Enter, place.model_copy(update={"title": title, "authority": authority}), texts.FORM_TOLD)

    async def chose(self, turn: Turn, place: DecisionPlace, key: str) -> Next:
        if place.dated is None:
            raise Refusal(Code.NOT_FOUND)
        session, actor = turn.session, turn.actor
        await council_decision.enter(
            session,
            actor,
            place.sitting,
            place.number,
            place.dated,
            place.file,
            turn.now,
            await self._form(turn, place),
        )
        return Go("one", SittingPlace(sitting=place.sitting), texts.ENTERED)

    async def back(self, turn: Turn, place: DecisionPlace) -> Next:
        return Go(Scan, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


def begun(sitting_id: int) -> DecisionPlace:
    """Nothing of the decision is entered yet."""
    return DecisionPlace(sitting=sitting_id)


STEPS: tuple[AnyStep, ...] = (ReadBack(), Number(), Dated(), Scan(), Enter())
