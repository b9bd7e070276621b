"""A unit's self-assessment as shared work: who answers what, given, taken back, sent back for more."""

from core.assessment import Sheet
from core.collective import Part
from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import collective as texts
from core.vietnamese import clean_line, clean_paragraphs
from handlers.assessment_places import CriterionPlace, SheetPlace
from handlers.dialogue import Dialogue, Finish, Go, Home, Next, Open, Place, Stay, Step, Turn
from services import assessment, sharing

COMMENT_LIMIT = 500
SHORTEST_COMMENT = 3
NAME_LIMIT = 60


class ColleaguePlace(Place):
    """Choosing a colleague, for criteria that are already chosen or for some to choose next."""

    sheet: int
    keys: tuple[str, ...] = ()
    words: str = ""


class PartPlace(Place):
    """Choosing criteria for a colleague: among the groups, or in one."""

    sheet: int
    person: int
    keys: tuple[str, ...] = ()
    group: str = ""


class HolderPlace(Place):
    """At one colleague's part."""

    sheet: int
    person: int


class Board(Step[SheetPlace]):
    """Who has what."""

    name = "board"
    place_type = SheetPlace

    async def show(self, turn: Turn, place: SheetPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        parts = await sharing.parts(turn.session, turn.actor, place.sheet)
        return texts.board(sheet, parts, turn.local_now)

    async def chose(self, turn: Turn, place: SheetPlace, key: str) -> Next:
        match key:
            case "give":
                return Go(ChooseColleague, ColleaguePlace(sheet=place.sheet))
            case "open":
                return Open("assessment", f"sheet.{place.sheet}")
            case _:
                return Go(Holder, HolderPlace(sheet=place.sheet, person=int(key.removeprefix("person."))))

    async def back(self, turn: Turn, place: SheetPlace) -> Next:
        return Finish()

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class ChooseColleague(Step[ColleaguePlace]):
    """To whom, by name."""

    name = "colleague"
    place_type = ColleaguePlace

    async def show(self, turn: Turn, place: ColleaguePlace) -> Message:
        found = await sharing.colleagues(turn.session, turn.actor, place.sheet, place.words)
        return texts.ask_colleague(found, place.words)

    async def chose(self, turn: Turn, place: ColleaguePlace, key: str) -> Next:
        person = int(key.removeprefix("person."))
        chosen = PartPlace(sheet=place.sheet, person=person, keys=place.keys)
        return Go(ConfirmShare if place.keys else ChooseCriteria, chosen)

    async def said(self, turn: Turn, place: ColleaguePlace, text: str) -> Next:
        words = clean_line(text, NAME_LIMIT)
        return Go(ChooseColleague, ColleaguePlace(sheet=place.sheet, keys=place.keys, words=words))

    async def back(self, turn: Turn, place: ColleaguePlace) -> Next:
        return Go(Board, SheetPlace(sheet=place.sheet))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_NAME


class ChooseCriteria(Step[PartPlace]):
    """Which groups, or which criteria of one."""

    name = "criteria"
    place_type = PartPlace

    async def show(self, turn: Turn, place: PartPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        to = await sharing.colleague(turn.session, turn.actor, place.sheet, place.person)
        for group in sheet.groups:
            if group.key == place.group:
                return texts.ask_criteria(sheet, group, to, place.keys)
        return texts.ask_groups(sheet, to, place.keys)

    async def chose(self, turn: Turn, place: PartPlace, key: str) -> Next:
        if key == "confirm":
            return Go(ConfirmShare, _at(place)) if place.keys else Stay(texts.NOTHING_CHOSEN)
        if key == "groups":
            return Go(ChooseCriteria, _at(place))
        if key.startswith("group."):
            return Go(ChooseCriteria, place.model_copy(update={"group": key.removeprefix("group.")}))
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        whole = _keys_of(sheet, place.group)
        if key == "all":
            marked = set(place.keys) ^ set(whole) if set(whole) <= set(place.keys) else {*place.keys, *whole}
        else:
            marked = set(place.keys) ^ {key.removeprefix("key.")}
        keys = tuple(entry.criterion.key for entry in sheet.entries if entry.criterion.key in marked)
        return Go(ChooseCriteria, place.model_copy(update={"keys": keys}))

    async def back(self, turn: Turn, place: PartPlace) -> Next:
        if place.group:
            return Go(ChooseCriteria, _at(place))
        return Go(ChooseColleague, ColleaguePlace(sheet=place.sheet))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class ConfirmShare(Step[PartPlace]):
    """The name and the criteria, before anything is sent."""

    name = "share"
    place_type = PartPlace

    async def show(self, turn: Turn, place: PartPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        to = await sharing.colleague(turn.session, turn.actor, place.sheet, place.person)
        return texts.ask_share(sheet, to, [sheet.entry(key) for key in place.keys])

    async def chose(self, turn: Turn, place: PartPlace, key: str) -> Next:
        to = await sharing.colleague(turn.session, turn.actor, place.sheet, place.person)
        given = await sharing.share(turn.session, turn.actor, place.sheet, place.keys, place.person, turn.now)
        return Go(Board, SheetPlace(sheet=place.sheet), texts.shared(given, to.name))

    async def back(self, turn: Turn, place: PartPlace) -> Next:
        return Go(ChooseCriteria, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Holder(Step[HolderPlace]):
    """What one colleague has."""

    name = "holder"
    place_type = HolderPlace

    async def show(self, turn: Turn, place: HolderPlace) -> Message:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        return texts.holder_page(sheet, await _part(turn, place), turn.local_now)

    async def chose(self, turn: Turn, place: HolderPlace, key: str) -> Next:
        if key == "more":
            return Go(ChooseCriteria, PartPlace(sheet=place.sheet, person=place.person))
        if key in {"move", "take"}:
            part = await _part(turn, place)
            keys = tuple(entry.criterion.key for entry in part.entries)
            if key == "move":
                return Go(ChooseColleague, ColleaguePlace(sheet=place.sheet, keys=keys))
            await sharing.take_back(turn.session, turn.actor, place.sheet, keys, turn.now)
            return Go(Board, SheetPlace(sheet=place.sheet), texts.TAKEN_BACK)
        return Go(One, CriterionPlace(sheet=place.sheet, key=key.removeprefix("key.")))

    async def back(self, turn: Turn, place: HolderPlace) -> Next:
        return Go(Board, SheetPlace(sheet=place.sheet))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class One(Step[CriterionPlace]):
    """One criterion, by who answers it."""

    name = "one"
    place_type = CriterionPlace

    async def show(self, turn: Turn, place: CriterionPlace) -> Message:
        sheet = await _shared(turn, place.sheet)
        return texts.one(sheet, sheet.entry(place.key), turn.local_now)

    async def chose(self, turn: Turn, place: CriterionPlace, key: str) -> Next:
        match key:
            case "open":
                return Open("assessment", f"sheet.{place.sheet}.{place.key}")
            case "move":
                return Go(ChooseColleague, ColleaguePlace(sheet=place.sheet, keys=(place.key,)))
            case "take":
                await sharing.take_back(turn.session, turn.actor, place.sheet, [place.key], turn.now)
                return Stay(texts.TAKEN_BACK)
            case _:
                return Go(SendBack, place)

    async def back(self, turn: Turn, place: CriterionPlace) -> Next:
        return Go(Board, SheetPlace(sheet=place.sheet))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class SendBack(Step[CriterionPlace]):
    """One criterion goes back to its answerer, with a comment."""

    name = "send_back"
    place_type = CriterionPlace

    async def show(self, turn: Turn, place: CriterionPlace) -> Message:
        sheet = await _shared(turn, place.sheet)
        to = await sharing.answerer(turn.session, turn.actor, place.sheet, place.key)
        return texts.ask_comment(sheet.entry(place.key), to.name)

    async def chose(self, turn: Turn, place: CriterionPlace, key: str) -> Next:
        return Stay()

    async def said(self, turn: Turn, place: CriterionPlace, text: str) -> Next:
        comment = clean_paragraphs(text, COMMENT_LIMIT)
        if len(comment) < SHORTEST_COMMENT:
            raise Refusal(Code.TEXT_TOO_SHORT)
        await sharing.send_back(turn.session, turn.actor, place.sheet, place.key, comment, turn.now)
        return Go(One, place, texts.SENT_BACK)

    async def back(self, turn: Turn, place: CriterionPlace) -> Next:
        return Go(One, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_COMMENT


def _at(place: PartPlace) -> PartPlace:
    """The same choice, among the groups."""
    return place.model_copy(update={"group": ""})


def _keys_of(sheet: Sheet, group_key: str) -> list[str]:
    for group in sheet.groups:
        if group.key == group_key:
            return [entry.criterion.key for entry in sheet.of_group(group)]
    return []


async def _part(turn: Turn, place: HolderPlace) -> Part:
    for part in await sharing.parts(turn.session, turn.actor, place.sheet):
        if part.person_id == place.person:
            return part
    raise Refusal(Code.NOT_FOUND)


async def _shared(turn: Turn, sheet_id: int) -> Sheet:
    """A unit's self-assessment, for whoever may give parts of it away."""
    sheet = await assessment.sheet(turn.session, turn.actor, sheet_id)
    if not sheet.shares:
        raise Refusal(Code.NOT_FOUND)
    return sheet


async def _enter(turn: Turn, subject: str) -> Go | Home | Open:
    """«45» is a unit's self-assessment, «45.c1» one criterion of it; who holds a part answers that part."""
    if not subject:
        return Home()
    number, _, key = subject.partition(".")
    sheet = await assessment.sheet(turn.session, turn.actor, int(number))
    if not sheet.shares:
        return Open("assessment", f"sheet.{number}")
    return Go(One, CriterionPlace(sheet=sheet.id, key=key)) if key else Go(Board, SheetPlace(sheet=sheet.id))


DIALOGUE = Dialogue(
    name="collective",
    steps=(Board(), ChooseColleague(), ChooseCriteria(), ConfirmShare(), Holder(), One(), SendBack()),
    enter=_enter,
    needs=Permission.ASSESS_SELF,
    word=texts.DOOR_WORD,
)
