"""«Việc của tôi»: the first screen, derived from what waits for this person and may be opened."""

from collections.abc import Callable, Sequence

from core.messages import Capabilities, Choice, Message
from core.roles import Permission
from core.texts import menu as texts
from handlers.dialogue import Dialogue, Go, Home, Next, Open, Place, Stay, Step, Turn
from services import assessment, evidence, outbox, people, submissions
from services.actor import Actor

_ROUND = "round."
_GO_LIVE = "go_live"
_SHELF = "shelf"
_OPEN = "open."
#: Fewer than these stand on the first screen themselves.
_WORTH_A_SHELF = 3


class MenuPlace(Place):
    """The first screen."""


class Tasks(Step[MenuPlace]):
    """What waits, and what else there is."""

    name = "tasks"
    place_type = MenuPlace

    def __init__(self, others: Callable[[], Sequence[Dialogue]]) -> None:
        self._others = others

    async def show(self, turn: Turn, place: MenuPlace) -> Message:
        actor = turn.actor
        rounds = []
        loose = 0
        if actor.may(Permission.ASSESS_SELF):
            rounds = await assessment.rounds(turn.session, actor, turn.now)
            loose = len(await evidence.unused(turn.session, actor))
        owed = []
        if actor.may(Permission.HAND_IN):
            owed = await submissions.open_now(turn.session, actor, turn.now)
        opens = _on_menu(self._others(), actor)
        shelf = _on_shelf(opens)
        counts = [(one, await _count(turn, one)) for one in opens if one not in shelf]
        waits = any(count for _, count in counts)
        others = [_choice(one, count) for one, count in counts if count is not None]
        if shelf:
            others.append(Choice(_SHELF, texts.SHELF))
        if actor.may(Permission.GO_LIVE) and not await outbox.is_live(turn.session):
            others.append(Choice(_GO_LIVE, texts.GO_LIVE))
        return texts.screen(actor.name, rounds, loose, others, turn.local_now, owed, waits=waits)

    async def chose(self, turn: Turn, place: MenuPlace, key: str) -> Next:
        if key.startswith(_ROUND):
            return Open("assessment", key.removeprefix(_ROUND))
        if key == _GO_LIVE:
            return Go(ConfirmGoLive, place)
        if key == _SHELF:
            return Go(Shelf, place)
        return Open(key.removeprefix(_OPEN))

    async def back(self, turn: Turn, place: MenuPlace) -> Next:
        return Stay()

    def help(self, can: Capabilities) -> str:
        return texts.help_here(can)


class Shelf(Step[MenuPlace]):
    """What is seldom needed."""

    name = "shelf"
    place_type = MenuPlace

    def __init__(self, others: Callable[[], Sequence[Dialogue]]) -> None:
        self._others = others

    async def show(self, turn: Turn, place: MenuPlace) -> Message:
        shelf = _on_shelf(_on_menu(self._others(), turn.actor))
        return texts.shelf([_choice(one, 0) for one in shelf])

    async def chose(self, turn: Turn, place: MenuPlace, key: str) -> Next:
        return Open(key.removeprefix(_OPEN))

    async def back(self, turn: Turn, place: MenuPlace) -> Next:
        return Go(Tasks, place)


class ConfirmGoLive(Step[MenuPlace]):
    """Leaving trial mode cannot be undone."""

    name = "go_live"
    place_type = MenuPlace

    async def show(self, turn: Turn, place: MenuPlace) -> Message:
        return texts.ask_go_live()

    async def chose(self, turn: Turn, place: MenuPlace, key: str) -> Next:
        await people.go_live(turn.session, turn.actor, turn.now)
        return Home(texts.WENT_LIVE)

    async def back(self, turn: Turn, place: MenuPlace) -> Next:
        return Go(Tasks, place)


def _on_menu(dialogues: Sequence[Dialogue], actor: Actor) -> list[Dialogue]:
    return [one for one in dialogues if one.label and one.allowed(actor)]


def _on_shelf(opens: Sequence[Dialogue]) -> list[Dialogue]:
    shelf = [one for one in opens if one.shelved]
    return shelf if len(shelf) >= _WORTH_A_SHELF else []


def _choice(dialogue: Dialogue, count: int) -> Choice:
    return Choice(f"{_OPEN}{dialogue.name}", texts.waiting(dialogue.label, count))


async def _count(turn: Turn, dialogue: Dialogue) -> int | None:
    return await dialogue.waiting(turn) if dialogue.waiting is not None else 0


async def _enter(_turn: Turn, _subject: str) -> Go:
    return Go(Tasks, MenuPlace())


def dialogue(others: Callable[[], Sequence[Dialogue]]) -> Dialogue:
    """The menu over these dialogues."""
    return Dialogue(
        name="menu", steps=(Tasks(others), Shelf(others), ConfirmGoLive()), enter=_enter, command="viec"
    )
