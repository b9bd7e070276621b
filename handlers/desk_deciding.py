"""What a message does: which step it is for, what that says to it, and where its answer leads."""

from dataclasses import dataclass, replace

from core.messages import Incoming, Tap
from core.refusals import Code, Refusal
from core.texts import desk as texts
from core.texts import uploads as upload_texts
from core.vietnamese import words_only
from handlers.desk_directory import ENTRANCE, TRAY, Directory, frame_of
from handlers.dialogue import Finish, Go, Home, Next, Open, Stay, Turn
from handlers.recognise import Chosen, interpret, is_bare, may_mean_back
from services import people, uploads, veil
from services.conversations import Frame, Marks, Standing
from services.uploads import Bound


@dataclass(frozen=True, slots=True)
class Outcome:
    """Where the person is now, and the line that heads the screen."""

    stack: tuple[Frame, ...]
    note: str = ""
    gather: str = ""
    fresh: bool = False
    upload: int = 0


class Deciding:
    """Takes what a person did to the step they are at. Raises a `Refusal` for an expected no."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory

    async def act(
        self, turn: Turn, incoming: Incoming, standing: Standing, stack: tuple[Frame, ...]
    ) -> Outcome:
        """One message, at the uppermost frame of a sound stack."""
        step, place = self._directory.step(stack[-1])
        if incoming.upload:
            return await self._came_by_page(turn, incoming, stack)
        if incoming.edited:
            return Outcome(stack, texts.EDITED)
        if incoming.unsupported:
            return await self._page(turn, stack, texts.unsupported(turn.can), unasked=True)
        if incoming.command:
            return await self._command(turn, incoming, stack)
        if incoming.door is not None:
            return await self._follow(turn, stack, self._directory.through(*incoming.door))
        if incoming.tap is not None:
            if not _is_current(incoming.tap, standing):
                return Outcome(stack, texts.STALE)
            return await self._pressed(turn, standing, stack, incoming.tap.key)
        if incoming.files:
            answer = await step.sent(turn, place, incoming.files)
            return await self._follow(turn, stack, answer or await self._unasked_files(turn, incoming))
        if standing.offered.veiled:
            return await self._typed_under_veil(turn, incoming, standing, stack)
        return await self._typed(turn, incoming, standing, stack)

    async def _typed_under_veil(
        self, turn: Turn, incoming: Incoming, standing: Standing, stack: tuple[Frame, ...]
    ) -> Outcome:
        """Words on a screen whose choices are picked by the marks drawn for this chat alone."""
        offered, said = standing.offered, incoming.text.strip(" .")
        found = veil.lifted(turn.session, said, turn.address, standing.turn, offered)
        if found is not None and turn.marks is not Marks.EARLIER:
            return await self._chosen(turn, stack, found)
        if said != "0" and is_bare(said):
            return Outcome(stack, texts.VEIL_RENEWED)
        bare = replace(standing, offered=replace(offered, rows=(), veiled=False))
        return await self._typed(turn, incoming, bare, stack)

    async def _typed(
        self, turn: Turn, incoming: Incoming, standing: Standing, stack: tuple[Frame, ...]
    ) -> Outcome:
        step, place = self._directory.step(stack[-1])
        meaning = interpret(incoming.text, standing.offered)
        if turn.marks is Marks.EARLIER and is_bare(incoming.text):
            return Outcome(stack, texts.marks_earlier(incoming.text.strip()))
        if isinstance(meaning, Chosen) and meaning.marked and turn.marks is Marks.OLD:
            return Outcome(stack, texts.MARKS_OLD)
        if isinstance(meaning, Chosen):
            return await self._chosen(turn, stack, meaning.key)
        door = self._directory.door_word(incoming.text, turn)
        saying = self._directory.saying(incoming.text, turn)
        if door is not None:
            return await self._follow(turn, stack, door)
        above = saying is not None and not turn.can.buttons
        if saying is not None and above and (len(stack) == 1 or await self._awaited(turn, saying)):
            return await self._follow(turn, stack, saying)
        if not turn.can.buttons and may_mean_back(incoming.text, standing.offered):
            return Outcome(stack, texts.ZERO)
        if (
            turn.can.by_page
            and not turn.stranger
            and words_only(incoming.text) == upload_texts.WORD.casefold()
        ):
            return await self._chosen(turn, stack, upload_texts.CHOICE.key)
        answer = await step.said(turn, place, incoming.text)
        return await self._follow(turn, stack, answer or saying or Stay(texts.NOT_UNDERSTOOD))

    async def _awaited(self, turn: Turn, saying: Open) -> bool:
        """Whether these words are owed to something, so that they are no answer to the step in sight."""
        dialogue = self._directory.find(saying.dialogue)
        return dialogue is not None and dialogue.waiting is not None and bool(await dialogue.waiting(turn))

    async def _pressed(self, turn: Turn, standing: Standing, stack: tuple[Frame, ...], key: str) -> Outcome:
        """A press on the screen last shown; on a veiled one it has to be understood first."""
        offered = standing.offered
        if offered.veiled and key not in {one.key for one in offered.nav}:
            found = veil.lifted(turn.session, key, turn.address, standing.turn, offered)
            return (
                Outcome(stack, texts.VEIL_RENEWED)
                if found is None
                else await self._chosen(turn, stack, found)
            )
        return await self._chosen(turn, stack, key)

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
            case upload_texts.CHOICE.key:
                return await self._page(turn, stack, upload_texts.NOTHING_TO_SEND)
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

    async def _page(
        self, turn: Turn, stack: tuple[Frame, ...], otherwise: str, *, unasked: bool = False
    ) -> Outcome:
        """A page for sending files to this place, or to the evidence where it takes none."""
        if turn.stranger or not turn.can.by_page:
            return Outcome(stack, otherwise)
        frame = stack[-1]
        into_place = self._directory.takes_files(turn, frame)
        if not into_place:
            evidence = self._directory.find(TRAY)
            if evidence is None or not evidence.allowed(turn.actor):
                return Outcome(stack, otherwise)
            frame = frame_of(TRAY, await self._directory.entry(turn, TRAY))
        step, place = self._directory.step(frame)
        what = (await step.show(turn, place)).title or self._directory.label(frame)
        number = await uploads.issue(
            turn.session, turn.actor, turn.address, frame, what, turn.now, most=step.takes_files
        )
        told = upload_texts.here_is_the_page(into_place=into_place, unasked=unasked)
        return Outcome(stack, told, upload=number)

    async def _came_by_page(self, turn: Turn, incoming: Incoming, stack: tuple[Frame, ...]) -> Outcome:
        """Files go to the place their page was given out for; the person stays where they are by now.

        Where that place leads on (a file is shown, a step follows), it is opened upon what they are doing.
        """
        bound = await self._bound(turn, incoming)
        if bound is None:
            return Outcome(stack, upload_texts.NOT_TAKEN)
        if not self._directory.takes_files(turn, bound.frame):
            return await self.kept_as_evidence(turn, incoming, stack, upload_texts.PLACE_GONE)
        step, place = self._directory.step(bound.frame)
        answer = await step.sent(turn, place, incoming.files)
        if bound.frame == stack[-1] and answer is not None:
            return await self._follow(turn, stack, answer)
        if bound.frame.dialogue == TRAY and isinstance(answer, Stay) and len(stack) == 1:
            answer = Open(TRAY, note=answer.note)  # At the first screen nothing is interrupted.
        match answer:
            case Go():
                # Of the same dialogue, too: what is half typed there waits below.
                below = tuple(one for one in stack if one != bound.frame)
                led = Outcome((*below, frame_of(bound.frame.dialogue, answer)), answer.note)
            case Open():
                led = await self._follow(turn, stack, answer)
            case _:
                led = Outcome(stack, answer.note if answer is not None else "")
        return replace(led, note=upload_texts.went_to(bound.what, led.note))

    async def kept_as_evidence(
        self, turn: Turn, incoming: Incoming, stack: tuple[Frame, ...], why: str
    ) -> Outcome:
        """Files by a page whose place does not take them: they are not lost for that, if it can be helped."""
        if await self._bound(turn, incoming) is None:
            return Outcome(stack, why)
        kept = isinstance(await self._unasked_files(turn, incoming), Open)
        return Outcome(stack, f"{why} {upload_texts.KEPT}" if kept else why)

    async def _bound(self, turn: Turn, incoming: Incoming) -> Bound | None:
        if turn.stranger:
            return None
        return await uploads.bound(turn.session, turn.actor, turn.address, incoming.upload)

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
    if offered.veiled:
        return tap.turn == standing.turn
    return tap.turn == standing.turn and tap.key in {one.key for one in (*offered.choices, *offered.nav)}
