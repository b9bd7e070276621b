"""Several earlier awards at once: a sheet is taken, filled in, sent, looked at and entered."""

from core.messages import Capabilities, FileRef, Message
from core.roles import Permission
from core.texts import award_sheets as texts
from core.texts import awards as award_texts
from handlers.award_places import SheetPlace, SheetsPlace
from handlers.dialogue import Dialogue, Go, Next, Stay, Step, Turn
from services import award_sheets, outbox


class Sheets(Step[SheetsPlace]):
    """Where a sheet is sent; what was sent lately."""

    name = "sheets"
    place_type = SheetsPlace
    takes_files = 1

    async def show(self, turn: Turn, place: SheetsPlace) -> Message:
        return texts.sheets(await award_sheets.sent(turn.session, turn.actor), turn.can)

    async def sent(self, turn: Turn, place: SheetsPlace, files: tuple[FileRef, ...]) -> Next:
        return await _received(turn, files)

    async def chose(self, turn: Turn, place: SheetsPlace, key: str) -> Next:
        if key == "template":
            await award_sheets.ask_template(turn.session, turn.actor, turn.now)
            return Stay(texts.SOON)
        return Go(Sheet, SheetPlace(sheet=int(key.removeprefix("sheet."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Sheet(Step[SheetPlace]):
    """One that was sent: its faults, or what it would enter."""

    name = "sheet"
    place_type = SheetPlace
    takes_files = 1

    async def show(self, turn: Turn, place: SheetPlace) -> Message:
        facts, rows = await award_sheets.one(turn.session, turn.actor, place.sheet, turn.now)
        return texts.sheet(facts, [f"• {whom.name}: {award_texts.cited(said)}" for _line, whom, said in rows])

    async def sent(self, turn: Turn, place: SheetPlace, files: tuple[FileRef, ...]) -> Next:
        return await _received(turn, files)

    async def chose(self, turn: Turn, place: SheetPlace, key: str) -> Next:
        if key == "enter":
            done = await award_sheets.enter(turn.session, turn.actor, place.sheet, turn.now)
            return Go(Sheet, place, texts.ENTERED if done else texts.CHANGED_SINCE)
        if key == "drop":
            await award_sheets.drop(turn.session, turn.actor, place.sheet, turn.now)
            return Go(Sheets, SheetsPlace(), texts.DROPPED)
        facts, _rows = await award_sheets.one(turn.session, turn.actor, place.sheet, turn.now)
        message = Message(files=(texts.faulty_file(facts),))
        await outbox.post(turn.session, turn.address, message, outbox.Lane.ANSWER, turn.now)
        return Stay()

    async def back(self, turn: Turn, place: SheetPlace) -> Next:
        return Go(Sheets, SheetsPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _received(turn: Turn, files: tuple[FileRef, ...]) -> Next:
    number = await award_sheets.receive(turn.session, turn.actor, files[0], turn.now)
    return Go(Sheet, SheetPlace(sheet=number), texts.RECEIVED)


async def _enter(turn: Turn, subject: str) -> Go:
    """At one that was sent, for a number; else where one is sent."""
    if not subject:
        return Go(Sheets, SheetsPlace())
    await award_sheets.one(turn.session, turn.actor, int(subject), turn.now)
    return Go(Sheet, SheetPlace(sheet=int(subject)))


DIALOGUE = Dialogue(
    name="award_sheets",
    steps=(Sheets(), Sheet()),
    enter=_enter,
    needs=Permission.COMMEND,
    word=texts.DOOR_WORD,
)
