"""A person's evidence: everything sent, what it serves, replaced or removed until signing."""

from dataclasses import replace

from core.assessment import RoundFacts, Sheet
from core.campaigns import Group
from core.messages import Capabilities, FileOut, FileRef, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import evidence as texts
from handlers.assessment_places import CriterionPlace, sheet_of
from handlers.dialogue import SEVERAL, Dialogue, Finish, Go, Next, Open, Place, Stay, Step, Turn
from services import assessment, evidence, outbox


class TrayPlace(Place):
    """All files."""


class PickPlace(Place):
    """Choosing a criterion for one file, or for all that have none (`file` 0); first of all the round."""

    sheet: int = 0
    file: int = 0
    group: str = ""


class FilePlace(Place):
    """At one file."""

    file: int


class Tray(Step[TrayPlace]):
    """All files, those without a place first."""

    name = "tray"
    place_type = TrayPlace
    takes_files = SEVERAL

    async def show(self, turn: Turn, place: TrayPlace) -> Message:
        files = await evidence.mine(turn.session, turn.actor)
        loose = await evidence.unused(turn.session, turn.actor)
        plans = turn.actor.may(Permission.LOAD_CAMPAIGN) and any(_workbook(one.name) for one in loose)
        papers = await evidence.handed_in(turn.session, turn.actor)
        return texts.tray(files, loose, turn.zone, turn.can, plans=plans, handed_in=papers)

    async def chose(self, turn: Turn, place: TrayPlace, key: str) -> Next:
        if key == "place":
            return await _pick(turn)
        if key == "plans":
            return Open("campaigns")
        return Go(Detail, FilePlace(file=int(key.removeprefix("file."))))

    async def sent(self, turn: Turn, place: TrayPlace, files: tuple[FileRef, ...]) -> Next:
        received = await evidence.receive(turn.session, turn.actor, files, turn.now)
        album = files[0].group
        count = await evidence.count_together(turn.session, turn.actor, received, album)
        note = texts.received(count)
        if turn.actor.may(Permission.LOAD_CAMPAIGN) and any(_workbook(one.name) for one in files):
            note = f"{note} {texts.MAYBE_A_PLAN}"
        return Stay(note, gather=album)

    def help(self, can: Capabilities) -> str:
        return texts.help_here(can)


def _workbook(name: str) -> bool:
    """Whether a file is by its name a workbook, as plans are sent."""
    return name.lower().endswith(".xlsx")


class PickRound(Step[PickPlace]):
    """Several rounds are open: which one the files are for."""

    name = "pick_round"
    place_type = PickPlace

    async def show(self, turn: Turn, place: PickPlace) -> Message:
        return texts.ask_round(await _unsigned(turn))

    async def chose(self, turn: Turn, place: PickPlace, key: str) -> Next:
        sheet = await sheet_of(turn, key.removeprefix("round."))
        return Go(PickGroup, PickPlace(sheet=sheet, file=place.file))

    async def back(self, turn: Turn, place: PickPlace) -> Next:
        return _whence(place)

    def help(self, can: Capabilities) -> str:
        return texts.help_here(can)


class PickGroup(Step[PickPlace]):
    """First the group."""

    name = "pick_group"
    place_type = PickPlace

    async def show(self, turn: Turn, place: PickPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        return texts.ask_group(await _count(turn, place), sheet.groups)

    async def chose(self, turn: Turn, place: PickPlace, key: str) -> Next:
        return Go(
            PickCriterion, PickPlace(sheet=place.sheet, file=place.file, group=key.removeprefix("group."))
        )

    async def back(self, turn: Turn, place: PickPlace) -> Next:
        return _whence(place)

    def help(self, can: Capabilities) -> str:
        return texts.help_here(can)


class PickCriterion(Step[PickPlace]):
    """Then the criterion."""

    name = "pick_criterion"
    place_type = PickPlace

    async def show(self, turn: Turn, place: PickPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        group = _group(sheet, place.group)
        asked = [entry.criterion for entry in sheet.of_group(group)]
        return texts.ask_criterion(await _count(turn, place), replace(group, criteria=tuple(asked)))

    async def chose(self, turn: Turn, place: PickPlace, key: str) -> Next:
        files = (
            [place.file]
            if place.file
            else [one.id for one in await evidence.unused(turn.session, turn.actor)]
        )
        await evidence.use(turn.session, turn.actor, files, place.sheet, key.removeprefix("key."), turn.now)
        if place.file:
            return Go(Detail, FilePlace(file=place.file), texts.PLACED)
        return Go(Tray, TrayPlace(), texts.PLACED)

    async def back(self, turn: Turn, place: PickPlace) -> Next:
        return Go(PickGroup, PickPlace(sheet=place.sheet, file=place.file))

    def help(self, can: Capabilities) -> str:
        return texts.help_here(can)


class Detail(Step[FilePlace]):
    """One file, and what can be done with it."""

    name = "detail"
    place_type = FilePlace

    async def show(self, turn: Turn, place: FilePlace) -> Message:
        file = await evidence.one(turn.session, turn.actor, place.file)
        sender = await evidence.sender(turn.session, turn.actor, place.file)
        if sender:
            return texts.look(file, sender, turn.zone, files_out=turn.can.files_out)
        uses = await evidence.uses(turn.session, turn.actor, place.file)
        return texts.detail(
            file,
            uses,
            turn.zone,
            turn.now,
            turn.can,
        )

    async def chose(self, turn: Turn, place: FilePlace, key: str) -> Next:
        match key:
            case "also":
                return await _pick(turn, place.file)
            case "swap":
                return Go(Swap, place)
            case "drop":
                return Go(ConfirmDrop, place)
            case _ if key.startswith("off."):
                _off, sheet, criterion = key.split(".", 2)
                await evidence.stop_using(
                    turn.session, turn.actor, place.file, int(sheet), criterion, turn.now
                )
                return Stay(texts.SET_APART)
            case _:
                return await self._hand_over(turn, place)

    async def _hand_over(self, turn: Turn, place: FilePlace) -> Next:
        file = await evidence.one(turn.session, turn.actor, place.file)
        if not file.served_sha256:
            return Stay(texts.NOT_CLEAN_YET)
        out = FileOut(file.served_sha256, file.served_name, file.mime)
        await outbox.post(turn.session, turn.address, Message(files=(out,)), outbox.Lane.ANSWER, turn.now)
        return Stay(texts.DOWNLOAD)

    async def back(self, turn: Turn, place: FilePlace) -> Next:
        return Finish()

    def help(self, can: Capabilities) -> str:
        return texts.help_here(can)


class ConfirmDrop(Step[FilePlace]):
    """A file taken out of sight does not come back."""

    name = "drop"
    place_type = FilePlace

    async def show(self, turn: Turn, place: FilePlace) -> Message:
        file = await evidence.one(turn.session, turn.actor, place.file)
        return texts.ask_drop(file, await evidence.uses(turn.session, turn.actor, place.file), turn.zone)

    async def chose(self, turn: Turn, place: FilePlace, key: str) -> Next:
        await evidence.remove(turn.session, turn.actor, place.file, turn.now)
        return Finish(texts.REMOVED)

    async def back(self, turn: Turn, place: FilePlace) -> Next:
        return Go(Detail, place)

    def help(self, can: Capabilities) -> str:
        return texts.help_here(can)


class Swap(Step[FilePlace]):
    """A new version of a file."""

    name = "swap"
    place_type = FilePlace
    takes_files = 1

    async def show(self, turn: Turn, place: FilePlace) -> Message:
        file = await evidence.one(turn.session, turn.actor, place.file)
        return texts.ask_new_version(file, turn.zone, turn.can)

    async def chose(self, turn: Turn, place: FilePlace, key: str) -> Next:
        return Stay()

    async def sent(self, turn: Turn, place: FilePlace, files: tuple[FileRef, ...]) -> Next:
        if len(files) != 1 or files[0].group:
            return Stay(texts.ONLY_ONE)
        fresh = await evidence.replace(turn.session, turn.actor, place.file, files[0], turn.now)
        note = texts.REPLACED if fresh.succeeds else texts.REPLACED_AT_ONCE
        return Go(Detail, FilePlace(file=fresh.id), note)

    async def back(self, turn: Turn, place: FilePlace) -> Next:
        return Go(Detail, place)

    def help(self, can: Capabilities) -> str:
        return texts.SEND_NEW_VERSION


async def attach(turn: Turn, place: CriterionPlace, files: tuple[FileRef, ...]) -> Next:
    """Files sent while looking at a criterion serve it at once; where it takes none they are kept."""
    received = await evidence.receive(turn.session, turn.actor, files, turn.now)
    obstacle = await evidence.obstacle(
        turn.session, turn.actor, place.sheet, place.key, len(received), turn.now
    )
    if obstacle is None:
        ids = [file.id for file in received]
        await evidence.use(turn.session, turn.actor, ids, place.sheet, place.key, turn.now)
    album = files[0].group
    count = await evidence.count_together(turn.session, turn.actor, received, album)
    return Stay(texts.received(count, obstacle), gather=album)


def _whence(place: PickPlace) -> Go:
    """Back to where the choosing began."""
    return Go(Detail, FilePlace(file=place.file)) if place.file else Go(Tray, TrayPlace())


async def _pick(turn: Turn, file: int = 0) -> Go:
    """Begin to choose a criterion, in the one self-assessment that is open or in one of several."""
    rounds = await _unsigned(turn)
    if len(rounds) > 1:
        return Go(PickRound, PickPlace(file=file))
    sheet = await sheet_of(turn, rounds[0].key)
    return Go(PickGroup, PickPlace(sheet=sheet, file=file))


async def _unsigned(turn: Turn) -> list[RoundFacts]:
    """The rounds whose self-assessments still take files."""
    rounds = [one for one in await assessment.rounds(turn.session, turn.actor, turn.now) if not one.closed]
    unsigned = [one for one in rounds if not one.signed]
    if not unsigned:
        raise Refusal(Code.ALREADY_SIGNED if rounds else Code.NO_ROUND)
    return unsigned


async def _count(turn: Turn, place: PickPlace) -> int:
    return 1 if place.file else len(await evidence.unused(turn.session, turn.actor))


def _group(sheet: Sheet, code: str) -> Group:
    for group in sheet.groups:
        if group.key == code:
            return group
    raise Refusal(Code.NOT_FOUND)


async def _enter(_turn: Turn, subject: str) -> Go:
    if subject:
        return Go(Detail, FilePlace(file=int(subject)))
    return Go(Tray, TrayPlace())


DIALOGUE = Dialogue(
    name="evidence",
    steps=(Tray(), PickRound(), PickGroup(), PickCriterion(), Detail(), ConfirmDrop(), Swap()),
    enter=_enter,
    needs=Permission.ASSESS_SELF,
    label=texts.LABEL,
    command="minhchung",
    word=texts.DOOR_WORD,
)
