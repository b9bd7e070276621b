"""«Vướng mắc khi xét khen thưởng»: who is hindered by what, and obstacles set aside by two people."""

from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import eligibility_office as texts
from core.texts.eligibility import choose_round, round_choice
from handlers.dialogue import Dialogue, Go, Next, Place, Step, Turn
from services import eligibility, nominations


class RoundsPlace(Place):
    """Before a round is chosen."""


class HinderedPlace(Place):
    """In the list of a round."""

    round: int
    page: int = 0


class CasePlace(Place):
    """At one self-assessment; `obstacle` where one thing in its way is meant, `round` where it was found."""

    sheet: int
    round: int = 0
    obstacle: str = ""


class WaiverPlace(Place):
    """At what somebody asked to be set aside."""

    waiver: int


class ChooseRound(Step[RoundsPlace]):
    """Several rounds: which one."""

    name = "rounds"
    place_type = RoundsPlace

    async def show(self, turn: Turn, place: RoundsPlace) -> Message:
        rounds = await nominations.rounds(turn.session, turn.actor, turn.now)
        choices = [round_choice(str(one.round_id), one.label, one.campaign) for one in rounds]
        return choose_round(choices, texts.LABEL)

    async def chose(self, turn: Turn, place: RoundsPlace, key: str) -> Next:
        return Go(Hindered, HinderedPlace(round=int(key.removeprefix("round."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Hindered(Step[HinderedPlace]):
    """People and units something stands in the way of."""

    name = "hindered"
    place_type = HinderedPlace

    async def show(self, turn: Turn, place: HinderedPlace) -> Message:
        cases, more = await eligibility.hindered(turn.session, turn.actor, place.round, place.page, turn.now)
        return texts.list_of_hindered(cases, page_number=place.page, more=more)

    async def chose(self, turn: Turn, place: HinderedPlace, key: str) -> Next:
        if key.startswith("page."):
            return Go(Hindered, HinderedPlace(round=place.round, page=int(key.removeprefix("page."))))
        return Go(CasePage, CasePlace(sheet=int(key.removeprefix("case.")), round=place.round))

    async def back(self, turn: Turn, place: HinderedPlace) -> Next:
        return Go(ChooseRound, RoundsPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class CasePage(Step[CasePlace]):
    """One of them, with everything in the way."""

    name = "case"
    place_type = CasePlace

    async def show(self, turn: Turn, place: CasePlace) -> Message:
        case = await eligibility.standing(turn.session, turn.actor, place.sheet, turn.now)
        return texts.case_page(case, turn.actor.person_id)

    async def chose(self, turn: Turn, place: CasePlace, key: str) -> Next:
        if key.startswith("waiver."):
            return Go(Decide, WaiverPlace(waiver=int(key.removeprefix("waiver."))))
        return Go(AskWaiver, place.model_copy(update={"obstacle": key.removeprefix("ask.")}))

    async def back(self, turn: Turn, place: CasePlace) -> Next:
        return (
            Go(Hindered, HinderedPlace(round=place.round)) if place.round else Go(ChooseRound, RoundsPlace())
        )

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class AskWaiver(Step[CasePlace]):
    """Why an obstacle should be set aside."""

    name = "ask"
    place_type = CasePlace

    async def show(self, turn: Turn, place: CasePlace) -> Message:
        case = await eligibility.standing(turn.session, turn.actor, place.sheet, turn.now)
        obstacle = case.standing.obstacle(place.obstacle)
        if obstacle is None:
            raise Refusal(Code.WAIVER_SETTLED)
        return texts.ask_reason(case, obstacle)

    async def said(self, turn: Turn, place: CasePlace, text: str) -> Next:
        await eligibility.ask(turn.session, turn.actor, place.sheet, place.obstacle, text, turn.now)
        return Go(CasePage, place.model_copy(update={"obstacle": ""}), texts.WAIVER_ASKED)

    async def back(self, turn: Turn, place: CasePlace) -> Next:
        return Go(CasePage, place.model_copy(update={"obstacle": ""}))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_REASON


class Decide(Step[WaiverPlace]):
    """The second person."""

    name = "decide"
    place_type = WaiverPlace

    async def show(self, turn: Turn, place: WaiverPlace) -> Message:
        found = await eligibility.waiver_case(turn.session, turn.actor, place.waiver, turn.now)
        return texts.ask_decision(found.case, found.obstacle, found.waiver.reason, found.waiver.asked_by)

    async def chose(self, turn: Turn, place: WaiverPlace, key: str) -> Next:
        found = await eligibility.waiver_case(turn.session, turn.actor, place.waiver, turn.now)
        granted = key == "grant"
        await eligibility.decide(turn.session, turn.actor, place.waiver, turn.now, granted=granted)
        note = texts.WAIVER_GRANTED if granted else texts.WAIVER_DENIED
        return Go(CasePage, CasePlace(sheet=found.case.assessment_id, round=found.case.round_id), note)

    async def back(self, turn: Turn, place: WaiverPlace) -> Next:
        found = await eligibility.waiver_case(turn.session, turn.actor, place.waiver, turn.now)
        return Go(CasePage, CasePlace(sheet=found.case.assessment_id, round=found.case.round_id))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _enter(turn: Turn, subject: str) -> Go:
    """At what was asked for, by one number; at a self-assessment, by a second; else at the list."""
    _waiver, _dot, sheet = subject.partition(".")
    if sheet:
        return Go(CasePage, CasePlace(sheet=int(sheet)))
    if subject:
        return Go(Decide, WaiverPlace(waiver=int(subject)))
    rounds = await nominations.rounds(turn.session, turn.actor, turn.now)
    if len(rounds) == 1:
        return Go(Hindered, HinderedPlace(round=rounds[0].round_id))
    return Go(ChooseRound, RoundsPlace())


DIALOGUE = Dialogue(
    name="waivers",
    steps=(Hindered(), ChooseRound(), CasePage(), AskWaiver(), Decide()),
    enter=_enter,
    needs=Permission.WAIVE,
    label=texts.LABEL,
    command="vuongmac",
    word=texts.DOOR_WORD,
    numbers=2,
)
