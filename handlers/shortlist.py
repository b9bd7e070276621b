"""«Danh sách xếp thứ tự»: who comes before whom in a round, and «Quy tắc thẩm định»."""

import re

from core.appraisal import TieRule
from core.messages import Capabilities, Message
from core.numbers import NumberProblem
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import appraisal_shortlist as texts
from core.texts import eligibility as eligibility_texts
from core.vietnamese import clean_line
from handlers.dialogue import Dialogue, Go, Next, Open, Place, Step, Turn
from services import appraisal_rules, appraisal_shortlist, nominations

_PLACE = re.compile(r"\s*(\d{1,3})[\s.,:;–-]+(.*)", re.DOTALL)


class RoundsPlace(Place):
    """Before a round is chosen."""


class RoundPlace(Place):
    """In the list of a round."""

    round: int


class WhoPlace(Place):
    """At somebody on it; `act` says what is typed about them."""

    nomination: int
    act: str = ""


class RulesPlace(Place):
    """At what holds; `what` is the time being changed, `order` the rules chosen so far."""

    what: str = ""
    order: tuple[TieRule, ...] = ()


class ChooseRound(Step[RoundsPlace]):
    """Several rounds: which one."""

    name = "rounds"
    place_type = RoundsPlace

    async def show(self, turn: Turn, place: RoundsPlace) -> Message:
        rounds = await nominations.rounds(turn.session, turn.actor, turn.now)
        choices = [
            eligibility_texts.round_choice(str(one.round_id), one.label, one.campaign) for one in rounds
        ]
        return eligibility_texts.choose_round(choices, texts.LABEL)

    async def chose(self, turn: Turn, place: RoundsPlace, key: str) -> Next:
        return Go(Listed, RoundPlace(round=int(key.removeprefix("round."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Listed(Step[RoundPlace]):
    """Everybody in order."""

    name = "listed"
    place_type = RoundPlace

    async def show(self, turn: Turn, place: RoundPlace) -> Message:
        found, book, order = await appraisal_shortlist.seen(turn.session, turn.actor, place.round, turn.now)
        preferred = await appraisal_shortlist.preferred(turn.session, place.round)
        return texts.ranked(found, book, order, book.round_label, preferred)

    async def chose(self, turn: Turn, place: RoundPlace, key: str) -> Next:
        return Go(Who, WhoPlace(nomination=int(key.removeprefix("who."))))

    async def back(self, turn: Turn, place: RoundPlace) -> Next:
        return Go(ChooseRound, RoundsPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Who(Step[WhoPlace]):
    """One of them, with what decides between equals."""

    name = "who"
    place_type = WhoPlace

    async def show(self, turn: Turn, place: WhoPlace) -> Message:
        _round, found = await appraisal_shortlist.one(turn.session, turn.actor, place.nomination, turn.now)
        return texts.one(found, appraises=turn.actor.may(Permission.APPRAISE))

    async def chose(self, turn: Turn, place: WhoPlace, key: str) -> Next:
        if key == "file":
            _round, found = await appraisal_shortlist.one(
                turn.session, turn.actor, place.nomination, turn.now
            )
            return Open("appraisal", str(found.contender.dossier_id))
        return Go(Change, place.model_copy(update={"act": key}))

    async def back(self, turn: Turn, place: WhoPlace) -> Next:
        of, _found = await appraisal_shortlist.one(turn.session, turn.actor, place.nomination, turn.now)
        return Go(Listed, RoundPlace(round=of))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Change(Step[WhoPlace]):
    """The new place with its reason, or a remark."""

    name = "change"
    place_type = WhoPlace

    async def show(self, turn: Turn, place: WhoPlace) -> Message:
        _round, found = await appraisal_shortlist.one(turn.session, turn.actor, place.nomination, turn.now)
        return texts.ask(found, place=place.act == "move")

    async def said(self, turn: Turn, place: WhoPlace, text: str) -> Next:
        to: int | None = None
        if place.act == "move":
            read = _PLACE.fullmatch(text)
            if read is None:
                given = clean_line(text, 40)
                raise Refusal(Code.NUMBER_UNREADABLE, problem=NumberProblem.NOT_A_NUMBER, given=given)
            to, text = int(read[1]), read[2]
        await appraisal_shortlist.change(turn.session, turn.actor, place.nomination, to, text, turn.now)
        note = texts.REMARKED if to is None else texts.MOVED
        return Go(Who, place.model_copy(update={"act": ""}), note)

    async def back(self, turn: Turn, place: WhoPlace) -> Next:
        return Go(Who, place.model_copy(update={"act": ""}))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Rules(Step[RulesPlace]):
    """What holds for every appraisal."""

    name = "rules"
    place_type = RulesPlace

    async def show(self, turn: Turn, place: RulesPlace) -> Message:
        return texts.rules(*await appraisal_rules.seen(turn.session, turn.actor))

    async def chose(self, turn: Turn, place: RulesPlace, key: str) -> Next:
        if key == "order":
            return Go(Order, RulesPlace())
        return Go(Days, RulesPlace(what=key.removeprefix("days.")))

    def help(self, can: Capabilities) -> str:
        return texts.RULES_HELP


class Days(Step[RulesPlace]):
    """How many working days."""

    name = "days"
    place_type = RulesPlace

    async def show(self, turn: Turn, place: RulesPlace) -> Message:
        appraisal, supplement, _order = await appraisal_rules.seen(turn.session, turn.actor)
        return texts.ask_days(supplement if place.what == "supplement" else appraisal)

    async def said(self, turn: Turn, place: RulesPlace, text: str) -> Next:
        typed = text.strip()
        count = int(typed) if typed.isdecimal() and len(typed) <= 3 else 0
        await appraisal_rules.set_days(turn.session, turn.actor, place.what, count, turn.now)
        return Go(Rules, RulesPlace(), texts.CHANGED)

    async def back(self, turn: Turn, place: RulesPlace) -> Next:
        return Go(Rules, RulesPlace())

    def help(self, can: Capabilities) -> str:
        return texts.RULES_HELP


class Order(Step[RulesPlace]):
    """What goes first among equals, chosen one after the other."""

    name = "order"
    place_type = RulesPlace

    async def show(self, turn: Turn, place: RulesPlace) -> Message:
        await appraisal_rules.seen(turn.session, turn.actor)
        return texts.ask_order(place.order)

    async def chose(self, turn: Turn, place: RulesPlace, key: str) -> Next:
        if key == "done":
            await appraisal_rules.set_order(turn.session, turn.actor, place.order, turn.now)
            return Go(Rules, RulesPlace(), texts.CHANGED)
        rule = TieRule(key.removeprefix("rule."))
        return Go(Order, RulesPlace(order=(*place.order, rule)))

    async def back(self, turn: Turn, place: RulesPlace) -> Next:
        return Go(Rules, RulesPlace())

    def help(self, can: Capabilities) -> str:
        return texts.RULES_HELP


async def _enter(turn: Turn, _subject: str) -> Go:
    rounds = await nominations.rounds(turn.session, turn.actor, turn.now)
    if len(rounds) == 1:
        return Go(Listed, RoundPlace(round=rounds[0].round_id))
    return Go(ChooseRound, RoundsPlace())


async def _enter_rules(_turn: Turn, _subject: str) -> Go:
    return Go(Rules, RulesPlace())


DIALOGUE = Dialogue(
    name="shortlist",
    steps=(ChooseRound(), Listed(), Who(), Change()),
    enter=_enter,
    needs=Permission.CALL_COUNCIL,
    label=texts.LABEL,
    command="xepthutu",
)
RULES = Dialogue(
    name="appraisal_rules",
    steps=(Rules(), Days(), Order()),
    enter=_enter_rules,
    needs=Permission.LOAD_CAMPAIGN,
    label=texts.RULES_LABEL,
    shelved=True,
    command="quytac",
)
