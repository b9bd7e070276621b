"""Self-assessment: the overview, its groups, and what is still missing."""

from collections.abc import Mapping, Sequence

from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import assessment as texts
from db.transaction import Session
from handlers import assessment_cards, signing
from handlers.assessment_cards import Card, card_named, next_card
from handlers.assessment_places import CriterionPlace, GroupPlace, RoundsPlace, SheetPlace, sheet_of
from handlers.assessment_together import Together
from handlers.dialogue import Dialogue, Go, Next, Open, Step, Turn
from services import assessment


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
            case "board":
                return Open("collective", str(place.sheet))
            case "eligibility":
                return Open("standing", str(place.sheet))
            case _:
                return Go(GroupPage, GroupPlace(sheet=place.sheet, group=key.removeprefix("group.")))

    async def said(self, turn: Turn, place: SheetPlace, text: str) -> Next | None:
        return await card_named(turn, place.sheet, text)

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
            if entry.may_be_dismissed
        ]
        await assessment.does_not_apply(
            turn.session, turn.actor, place.sheet, open_here, texts.not_mine(sheet), turn.now
        )
        return Go(Overview, SheetPlace(sheet=place.sheet), texts.REST_MARKED)

    async def said(self, turn: Turn, place: GroupPlace, text: str) -> Next | None:
        return await card_named(turn, place.sheet, text)

    async def back(self, turn: Turn, place: GroupPlace) -> Next:
        return Go(Overview, SheetPlace(sheet=place.sheet))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_OVERVIEW


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

    async def said(self, turn: Turn, place: SheetPlace, text: str) -> Next | None:
        return await card_named(turn, place.sheet, text)

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
        return texts.ask_rest(sheet)

    async def chose(self, turn: Turn, place: SheetPlace, key: str) -> Next:
        sheet = await assessment.sheet(turn.session, turn.actor, place.sheet)
        keys = [entry.criterion.key for entry in sheet.dismissable]
        why = texts.not_mine(sheet)
        await assessment.does_not_apply(turn.session, turn.actor, place.sheet, keys, why, turn.now)
        return Go(Overview, place, texts.REST_MARKED)

    async def back(self, turn: Turn, place: SheetPlace) -> Next:
        return Go(Missing, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_OVERVIEW


async def _enter(turn: Turn, subject: str) -> Go:
    if not subject:
        rounds = await assessment.rounds(turn.session, turn.actor, turn.now)
        if not rounds:
            raise Refusal(Code.NO_ROUND)
        if len(rounds) > 1:
            return Go(ChooseRound, RoundsPlace())
        subject = rounds[0].key
    if subject.startswith("sheet.") and subject.count(".") > 1:
        _sheet, number, key = subject.split(".")
        return Go(Card, CriterionPlace(sheet=int(number), key=key))
    return Go(Overview, SheetPlace(sheet=await sheet_of(turn, subject)))


async def _banner(turn: Turn, place: Mapping[str, object]) -> str:
    number = place.get("sheet")
    if not isinstance(number, int):
        return ""
    return texts.heading(await assessment.sheet(turn.session, turn.actor, number))


async def _ahead(session: Session, places: Sequence[Mapping[str, object]]) -> None:
    wanted = {place.get("sheet") for place in places}
    await assessment.read_ahead(session, [sheet for sheet in wanted if isinstance(sheet, int)])


DIALOGUE = Dialogue(
    name="assessment",
    steps=(
        Overview(),
        ChooseRound(),
        GroupPage(),
        *assessment_cards.STEPS,
        Together(),
        Missing(),
        ConfirmRest(),
        *signing.STEPS,
    ),
    enter=_enter,
    needs=Permission.ASSESS_SELF,
    command="tudanhgia",
    ahead=_ahead,
    banner=_banner,
)
