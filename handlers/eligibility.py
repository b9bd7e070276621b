"""«Điều kiện xét khen thưởng»: what a plan asks before anything else, shown before the effort."""

from core.assessment import RoundFacts
from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import eligibility as texts
from handlers.dialogue import Dialogue, Go, Next, Open, Place, Step, Turn
from services import assessment, eligibility

_SHEET = "sheet."


class RoundsPlace(Place):
    """Before a round is chosen."""


class CasePlace(Place):
    """At one self-assessment."""

    sheet: int


class ChooseRound(Step[RoundsPlace]):
    """Several rounds can be entered: which one."""

    name = "rounds"
    place_type = RoundsPlace

    async def show(self, turn: Turn, place: RoundsPlace) -> Message:
        rounds = await _rounds(turn)
        choices = [texts.round_choice(one.key, one.label, one.unit, one.campaign) for one in rounds]
        return texts.choose_round(choices, texts.LABEL)

    async def chose(self, turn: Turn, place: RoundsPlace, key: str) -> Next:
        return await _enter(turn, key.removeprefix("round."))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Conditions(Step[CasePlace]):
    """What is asked first of all, what is known, and what it comes to; each gate opens its card."""

    name = "conditions"
    place_type = CasePlace

    async def show(self, turn: Turn, place: CasePlace) -> Message:
        return texts.page(await eligibility.standing(turn.session, turn.actor, place.sheet, turn.now))

    async def chose(self, turn: Turn, place: CasePlace, key: str) -> Next:
        if key == "sheet":
            return Open("assessment", f"{_SHEET}{place.sheet}")
        return Open("assessment", f"{_SHEET}{place.sheet}.{key.removeprefix('gate.')}")

    def help(self, can: Capabilities) -> str:
        return texts.HELP


async def _rounds(turn: Turn) -> list[RoundFacts]:
    """One's own and one's unit's; whoever answers a part of a unit's is not considered for it."""
    rounds = await assessment.rounds(turn.session, turn.actor, turn.now)
    return [one for one in rounds if not one.part]


async def _enter(turn: Turn, subject: str) -> Go:
    """For a round («12», of a unit «12.3»), or whatever is open."""
    if subject:
        round_id, _dot, unit = subject.partition(".")
        sheet = await assessment.begin(turn.session, turn.actor, int(round_id), turn.now, int(unit or 0))
        return Go(Conditions, CasePlace(sheet=sheet))
    rounds = await _rounds(turn)
    if not rounds:
        raise Refusal(Code.NO_ROUND)
    if len(rounds) > 1:
        return Go(ChooseRound, RoundsPlace())
    return await _enter(turn, rounds[0].key)


async def _enter_standing(_turn: Turn, subject: str) -> Go:
    """For a self-assessment, by its number; who may see it is asked where it is read."""
    if not subject:
        raise Refusal(Code.NOT_FOUND)
    return Go(Conditions, CasePlace(sheet=int(subject)))


DIALOGUE = Dialogue(
    name="eligibility",
    steps=(Conditions(), ChooseRound()),
    enter=_enter,
    needs=Permission.ASSESS_SELF,
    label=texts.LABEL,
    command="dieukien",
)

STANDING = Dialogue(
    name="standing",
    steps=(Conditions(),),
    enter=_enter_standing,
    needs=Permission.READ_PLAN,
)
