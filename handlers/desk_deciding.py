"""What a message does: which step it is for, what that says to it, and where its answer leads."""

from dataclasses import dataclass, replace

from core.messages import Incoming, Tap
from core.refusals import Code, Refusal
from core.texts import desk as texts
from handlers.desk_directory import ENTRANCE, TRAY, Directory, frame_of
from handlers.dialogue import Finish, Go, Home, Next, Open, Stay, Turn
from handlers.recognise import Chosen, interpret, may_mean_back
from services import people
from services.conversations import Frame, Standing


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the person is now, and the line that heads the screen."""

    stack: tuple[Frame, ...]
    note: str = ""
    gather: str = ""
    fresh: bool = False


class Deciding:
    """Takes what a person did to the step they are at. Raises a `Refusal` for an expected no."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    async def act(
        self, turn: Turn, incoming: Incoming, standing: Standing, stack: tuple[Frame, ...]
    ) -> Outcome:
        """One message, at the uppermost frame of a sound stack."""
        step, place = self._directory.step(stack[-1])
        if incoming.edited or incoming.unsupported:
            can_not = texts.unsupported(files_in=turn.can.files_in)
            return Outcome(stack, texts.EDITED if incoming.edited else can_not)
        if incoming.command:
            return await self._command(turn, incoming, stack)
        if incoming.door is not None:
            return await self._follow(turn, stack, self._directory.through(*incoming.door))
        if incoming.tap is not None:
            if not _is_current(incoming.tap, standing):
                return Outcome(stack, texts.STALE)
            return await self._chosen(turn, stack, incoming.tap.key)
        if incoming.files:
            answer = await step.sent(turn, place, incoming.files)
            return await self._follow(turn, stack, answer or await self._unasked_files(turn, incoming))
        return await self._typed(turn, incoming, standing, stack)

    async def _typed(
        self, turn: Turn, incoming: Incoming, standing: Standing, stack: tuple[Frame, ...]
    ) -> Outcome:
        step, place = self._directory.step(stack[-1])
        meaning = interpret(incoming.text, standing.offered)
        if isinstance(meaning, Chosen):
            return await self._chosen(turn, stack, meaning.key)
        door = self._directory.door_word(incoming.text, turn)
        saying = self._directory.saying(incoming.text, turn)
        if door is not None:
            return await self._follow(turn, stack, door)
        if saying is not None and not turn.can.buttons and len(stack) == 1:
            return await self._follow(turn, stack, saying)
        if not turn.can.buttons and may_mean_back(incoming.text, standing.offered):
            return Outcome(stack, texts.ZERO)
        answer = await step.said(turn, place, incoming.text)
        return await self._follow(turn, stack, answer or saying or Stay(texts.NOT_UNDERSTOOD))

    async def _chosen(self, turn: Turn, stack: tuple[Frame, ...], key: str) -> Outcome:
        step, place = self._directory.step(stack[-1])
        match key:
            case ".back":
                return await self._follow(turn, stack, await step.back(turn, place))
            case ".cancel":
                return await self._follow(turn, stack, Finish(texts.CANCELLED if len(stack) > 1 else ""))
            case ".menu":
                return await self._follow(turn, stack, Home())
            case ".help":
                return Outcome(stack, step.help(turn.can) or texts.NOT_A_CHOICE)
            case _:
                return await self._follow(turn, stack, await step.chose(turn, place, key))

    async def _command(self, turn: Turn, incoming: Incoming, stack: tuple[Frame, ...]) -> Outcome:
        if incoming.command == "start" and incoming.argument:
            return await self._follow(turn, stack, Open(ENTRANCE, incoming.argument))
        if incoming.command == "help":
            return await self._chosen(turn, stack, ".help")
        name = self._directory.command(incoming.command)
        home = (await self._directory.first(turn),)
        if name is None or turn.stranger:
            return Outcome(home)
        return await self._follow(turn, home, Open(name))

    async def _unasked_files(self, turn: Turn, incoming: Incoming) -> Next:
        """Files sent where none were asked for are kept as evidence, to be given their place."""
        evidence = self._directory.find(TRAY)
        if turn.stranger or evidence is None or not evidence.allowed(turn.actor):
            return Stay(texts.NO_FILES_HERE)
        first = await self._directory.entry(turn, TRAY)
        answer = await evidence.by_name[first.step_name].sent(turn, first.place, incoming.files)
        return Open(TRAY, note=answer.note, gather=answer.gather) if isinstance(answer, Stay) else Stay()

    async def _follow(self, turn: Turn, stack: tuple[Frame, ...], answer: Next) -> Outcome:
        """Where the answer leads."""
        match answer:
            case Go():
                return Outcome((*stack[:-1], frame_of(stack[-1].dialogue, answer)), answer.note)
            case Stay(note, gather):
                return Outcome(stack, note, gather)
            case Finish(note, then):
                below = stack[:-1] or (await self._directory.first(turn),)
                if then is not None:
                    return await self._follow(turn, below, replace(then, note=note))
                return Outcome(below, note)
            case Home(note, as_new, fresh):
                first = await self._directory.first(await anew(turn) if as_new else turn)
                return Outcome((first,), note, fresh=fresh)
            case Open(name, subject, note, gather):
                dialogue = self._directory.find(name)
                if dialogue is None or not dialogue.allowed(None if turn.stranger else turn.actor):
                    raise Refusal(Code.NOT_FOUND)
                entered = await dialogue.enter(turn, subject)
                if isinstance(entered, Home | Open):
                    return await self._follow(turn, stack, entered)
                frame = frame_of(name, entered)
                below = tuple(one for one in stack if one.dialogue != name)
                return Outcome((*below, frame), note or entered.note, gather)


async def anew(turn: Turn) -> Turn:
    """The same turn for whoever this chat belongs to now: joining and leaving change it."""
    actors = await people.identify(turn.session, [turn.address], turn.now)
    actor = actors.get(turn.address)
    return replace(turn, stranger=actor is None, _actor=actor)


def _is_current(tap: Tap, standing: Standing) -> bool:
    """Whether the press is on a button of the screen last shown."""
    offered = standing.offered
    return tap.turn == standing.turn and tap.key in {one.key for one in (*offered.choices, *offered.nav)}
