"""«Danh sách đề nghị công khai»: shown by the head, looked at and objected to by everybody of the unit."""

from core.messages import Capabilities, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from core.texts import unit_windows as texts
from core.unit_reviews import ObjectionFacts, ShownNominee, WindowFacts
from handlers.dialogue import Dialogue, Finish, Go, Next, Place, Step, Turn
from services import unit_reviews, unit_windows


class HeadPlace(Place):
    """At a unit's list of a round, as its head sees it."""

    round: int
    unit: int


class ObjectionPlace(Place):
    """At one objection; `round` and `unit` where it was picked from the list of them."""

    objection: int
    round: int = 0
    unit: int = 0


class ListsPlace(Place):
    """Before a list is chosen."""


class WindowPlace(Place):
    """At a list that is shown to one's unit."""

    window: int


class NomineePlace(Place):
    """At somebody on it; `named` once it is settled whether one gives one's name."""

    window: int
    nomination: int
    named: bool = False


class Head(Step[HeadPlace]):
    """Whether the list is shown, and what was said."""

    name = "head"
    place_type = HeadPlace

    async def show(self, turn: Turn, place: HeadPlace) -> Message:
        facts = await unit_reviews.review(turn.session, turn.actor, place.round, place.unit, turn.now)
        said: list[ObjectionFacts] = []
        if facts.window is not None:
            said = await unit_windows.objections(turn.session, turn.actor, facts.window.dossier_id, turn.now)
        return texts.head(facts.window, facts.of, said, acts=facts.acts and facts.open_to_unit)

    async def chose(self, turn: Turn, place: HeadPlace, key: str) -> Next:
        if key == "open":
            return Go(Days, place)
        number = int(key.removeprefix("objection."))
        return Go(One, ObjectionPlace(objection=number, round=place.round, unit=place.unit))

    def help(self, can: Capabilities) -> str:
        return texts.HELP_HEAD


class Days(Step[HeadPlace]):
    """For how long; with it, everybody is told."""

    name = "days"
    place_type = HeadPlace

    async def show(self, turn: Turn, place: HeadPlace) -> Message:
        facts = await unit_reviews.review(turn.session, turn.actor, place.round, place.unit, turn.now)
        return texts.ask_days(facts.of, facts.proposed)

    async def chose(self, turn: Turn, place: HeadPlace, key: str) -> Next:
        days = int(key.removeprefix("days."))
        await unit_windows.open_window(turn.session, turn.actor, place.round, place.unit, days, turn.now)
        return Go(Head, place, texts.OPENED)

    async def back(self, turn: Turn, place: HeadPlace) -> Next:
        return Go(Head, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP_HEAD


class One(Step[ObjectionPlace]):
    """One objection."""

    name = "one"
    place_type = ObjectionPlace

    async def show(self, turn: Turn, place: ObjectionPlace) -> Message:
        facts, acts = await unit_windows.objection(turn.session, turn.actor, place.objection)
        return texts.objection(facts, acts=acts)

    async def chose(self, turn: Turn, place: ObjectionPlace, key: str) -> Next:
        return Go(Answer, place)

    async def back(self, turn: Turn, place: ObjectionPlace) -> Next:
        return Go(Head, HeadPlace(round=place.round, unit=place.unit)) if place.round else Finish()

    def help(self, can: Capabilities) -> str:
        return texts.HELP_HEAD


class Answer(Step[ObjectionPlace]):
    """What the head says to it; with it, it is settled."""

    name = "answer"
    place_type = ObjectionPlace

    async def show(self, turn: Turn, place: ObjectionPlace) -> Message:
        facts, _acts = await unit_windows.objection(turn.session, turn.actor, place.objection)
        return texts.ask_answer(facts)

    async def said(self, turn: Turn, place: ObjectionPlace, text: str) -> Next:
        await unit_windows.settle(turn.session, turn.actor, place.objection, text, turn.now)
        return Go(One, place, texts.SETTLED)

    async def back(self, turn: Turn, place: ObjectionPlace) -> Next:
        return Go(One, place)

    def help(self, can: Capabilities) -> str:
        return texts.ASK_ANSWER


class Lists(Step[ListsPlace]):
    """Several lists: which one."""

    name = "lists"
    place_type = ListsPlace

    async def show(self, turn: Turn, place: ListsPlace) -> Message:
        return texts.lists(await unit_windows.mine(turn.session, turn.actor, turn.now))

    async def chose(self, turn: Turn, place: ListsPlace, key: str) -> Next:
        return Go(Shown, WindowPlace(window=int(key.removeprefix("window."))))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Shown(Step[WindowPlace]):
    """A list."""

    name = "shown"
    place_type = WindowPlace

    async def show(self, turn: Turn, place: WindowPlace) -> Message:
        facts, nominees = await unit_windows.shown(turn.session, turn.actor, place.window, turn.now)
        return texts.shown(facts, nominees)

    async def chose(self, turn: Turn, place: WindowPlace, key: str) -> Next:
        number = int(key.removeprefix("nominee."))
        return Go(Nominee, NomineePlace(window=place.window, nomination=number))

    async def back(self, turn: Turn, place: WindowPlace) -> Next:
        return Go(Lists, ListsPlace())

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Nominee(Step[NomineePlace]):
    """Somebody on it."""

    name = "nominee"
    place_type = NomineePlace

    async def show(self, turn: Turn, place: NomineePlace) -> Message:
        facts, one = await _nominee(turn, place)
        mine = await unit_windows.mine_of(turn.session, turn.actor, place.window, place.nomination)
        return texts.nominee(facts, one, mine)

    async def chose(self, turn: Turn, place: NomineePlace, key: str) -> Next:
        return Go(Named, place)

    async def back(self, turn: Turn, place: NomineePlace) -> Next:
        return Go(Shown, WindowPlace(window=place.window))

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Named(Step[NomineePlace]):
    """With one's name or without it."""

    name = "named"
    place_type = NomineePlace

    async def show(self, turn: Turn, place: NomineePlace) -> Message:
        _facts, one = await _nominee(turn, place)
        return texts.ask_named(one)

    async def chose(self, turn: Turn, place: NomineePlace, key: str) -> Next:
        return Go(Words, place.model_copy(update={"named": key == "named"}))

    async def back(self, turn: Turn, place: NomineePlace) -> Next:
        return Go(Nominee, place)

    def help(self, can: Capabilities) -> str:
        return texts.HELP


class Words(Step[NomineePlace]):
    """What it is; with it, the head is told."""

    name = "words"
    place_type = NomineePlace

    async def show(self, turn: Turn, place: NomineePlace) -> Message:
        _facts, one = await _nominee(turn, place)
        return texts.ask_words(one, named=place.named)

    async def said(self, turn: Turn, place: NomineePlace, text: str) -> Next:
        await unit_windows.object_to(
            turn.session, turn.actor, place.window, place.nomination, text, turn.now, named=place.named
        )
        return Go(Nominee, place.model_copy(update={"named": False}), texts.SAID)

    async def back(self, turn: Turn, place: NomineePlace) -> Next:
        return Go(Named, place.model_copy(update={"named": False}))

    def help(self, can: Capabilities) -> str:
        return texts.ASK_WORDS


async def _nominee(turn: Turn, place: NomineePlace) -> tuple[WindowFacts, ShownNominee]:
    facts, nominees = await unit_windows.shown(turn.session, turn.actor, place.window, turn.now)
    for one in nominees:
        if one.nomination_id == place.nomination:
            return facts, one
    raise Refusal(Code.NOT_FOUND)


async def _enter_head(_turn: Turn, subject: str) -> Go:
    """At one objection («5»), or at a unit's list of a round («12.3»)."""
    first, _dot, second = subject.partition(".")
    if not first:
        raise Refusal(Code.NOT_FOUND)
    if second:
        return Go(Head, HeadPlace(round=int(first), unit=int(second)))
    return Go(One, ObjectionPlace(objection=int(first)))


async def _enter(turn: Turn, subject: str) -> Go:
    if subject:
        return Go(Shown, WindowPlace(window=int(subject)))
    mine = await unit_windows.mine(turn.session, turn.actor, turn.now)
    return Go(Shown, WindowPlace(window=mine[0].id)) if len(mine) == 1 else Go(Lists, ListsPlace())


async def _waiting(turn: Turn) -> int | None:
    """On the menu only while something is shown."""
    return await unit_windows.count_open(turn.session, turn.actor, turn.now) or None


HEAD = Dialogue(
    name="objections",
    steps=(Head(), Days(), One(), Answer()),
    enter=_enter_head,
    needs=Permission.PREPARE_DOSSIER,
    word=texts.HEAD_WORD,
    numbers=2,
)

DIALOGUE = Dialogue(
    name="unit_window",
    steps=(Lists(), Shown(), Nominee(), Named(), Words()),
    enter=_enter,
    needs=Permission.READ_PLAN,
    label=texts.LABEL,
    word=texts.WORD,
    waiting=_waiting,
)
