"""Where everything at the desk lies: the dialogues, and the ways that lead to them."""

import re
from collections.abc import Iterable, Sequence

from pydantic import ValidationError

from core.refusals import Code, Refusal
from core.vietnamese import fold
from handlers.dialogue import AnyStep, Dialogue, Go, Open, Place, Turn
from services.conversations import Frame

#: A keyword and the numbers of what it leads to, folded, as a notice tells it or a little differently.
_KEYWORD = re.compile(r"[«\"' ]*(?:soan )?([a-z]+(?: [a-z]+)?) ?([0-9]+(?: ?\. ?[0-9]+)*)[.»\"' ]*")

ROOT, ENTRANCE, TRAY = "menu", "joining", "evidence"


class Directory:
    """The dialogues by their names, commands and words."""

    def __init__(self, dialogues: Sequence[Dialogue]) -> None:
        self._dialogues = {dialogue.name: dialogue for dialogue in dialogues}
        self._commands = {one.command: one.name for one in dialogues if one.command}
        self._words = {one.word: one.name for one in dialogues if one.word}
        self._sayings = {fold(one.says): one.name for one in dialogues if one.says}

    def find(self, name: str) -> Dialogue | None:
        """The dialogue of this name, if there is one."""
        return self._dialogues.get(name)

    def uppermost_first(self, stack: Sequence[Frame]) -> Iterable[tuple[Dialogue, Frame]]:
        """The frames of a sound stack with their dialogues, from what is in sight downwards."""
        return ((self._dialogues[frame.dialogue], frame) for frame in reversed(stack))

    def step(self, frame: Frame) -> tuple[AnyStep, Place]:
        """The step somebody is at, and where in it."""
        step = self._dialogues[frame.dialogue].by_name[frame.step]
        return step, step.place_type.model_validate(frame.place)

    def sound(self, turn: Turn, stack: tuple[Frame, ...]) -> tuple[Frame, ...]:
        """The stack, or nothing where part of it no longer exists, fits or is allowed."""
        actor = None if turn.stranger else turn.actor
        for frame in stack:
            dialogue = self._dialogues.get(frame.dialogue)
            if dialogue is None or frame.step not in dialogue.by_name or not dialogue.allowed(actor):
                return ()
            if turn.stranger and frame.dialogue != ENTRANCE:
                return ()
            try:
                self.step(frame)
            except ValidationError:
                return ()
        return stack

    def label(self, frame: Frame) -> str:
        """What the dialogue of a place is called on the menu."""
        return self._dialogues[frame.dialogue].label

    def takes_files(self, turn: Turn, frame: Frame) -> bool:
        """Whether files can be sent to a place: it is sound, and its step takes some."""
        return bool(self.sound(turn, (frame,))) and self.step(frame)[0].takes_files > 0

    def is_outside(self, stack: Sequence[Frame]) -> bool:
        """Whether a stranger here has not even given a good code yet."""
        return not stack or stack[-1].step == self._dialogues[ENTRANCE].steps[0].name

    async def first(self, turn: Turn) -> Frame:
        """The first screen of whoever this is."""
        name = ENTRANCE if turn.stranger else ROOT
        return frame_of(name, await self.entry(turn, name))

    async def entry(self, turn: Turn, name: str) -> Go:
        """The first step of a dialogue that has one for everybody."""
        first = await self._dialogues[name].enter(turn, "")
        assert isinstance(first, Go)
        return first

    def command(self, command: str) -> str | None:
        """The dialogue behind «/viec»."""
        return self._commands.get(command)

    def door_word(self, text: str, turn: Turn) -> Open | None:
        """«MC 12»: the keyword of a notice, where there are no buttons to open it.

        «nộp12» and «Soạn NOP 12.» mean the same. Without a number it is only taken as it was shown, for the
        words of an answer or a search are words of Vietnamese too.
        """
        found = _KEYWORD.fullmatch(fold(text))
        word, subject = (found[1], found[2]) if found else (text.strip(), "")
        name = self._words.get((word.replace(" ", "") if found else word).upper())
        subject = subject.replace(" ", "")
        if name is None or turn.stranger or not self._dialogues[name].led_to_by(subject):
            return None
        return Open(name, subject)

    def saying(self, text: str, turn: Turn) -> Open | None:
        """«Đã đọc»: what people answer to a notice, typed instead of pressed."""
        name = None if turn.stranger else self._sayings.get(fold(text).strip(" .,✅"))
        return Open(name) if name is not None else None

    def through(self, name: str, subject: str) -> Open:
        """The way behind a door; a door that is not ours leads nowhere."""
        dialogue = self._dialogues.get(name)
        if dialogue is None or not dialogue.led_to_by(subject):
            raise Refusal(Code.NOT_FOUND)
        return Open(name, subject)


def frame_of(dialogue: str, to: Go) -> Frame:
    """A step of a dialogue as it is remembered."""
    return Frame(dialogue, to.step_name, to.place.model_dump(mode="json", exclude_defaults=True))
