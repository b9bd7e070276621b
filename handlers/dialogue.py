"""The kit dialogues are made of: a dialogue is a module, a step is one screenful.

A step's `show` only reads and may be called at any time: after a restart, after a stale tap. Its
other methods write through services and return what comes next; none of them sends anything.
"""

import re
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from typing import Any, ClassVar, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from core.messages import Address, Capabilities, FileRef, Message
from core.refusals import Code, Refusal
from core.roles import Permission
from db.transaction import Session
from services.actor import Actor
from services.conversations import Marks

#: What a door leads to: some of our numbers, with dots between them.
_NUMBERS = re.compile(r"[0-9]{1,15}(?:\.[0-9]{1,15})*")


class Place(BaseModel):
    """Where in a dialogue a person is; never what they answered."""

    model_config = ConfigDict(frozen=True, extra="forbid")


PlaceT = TypeVar("PlaceT", bound=Place)

#: As many files as are sent together, by people and by a page.
SEVERAL = 10


@dataclass(frozen=True, slots=True)
class Turn:
    """One message being answered. `now` is aware; `zone` is the office's.

    `screen` is the platform's id of the message the person is looking at; `marks` says whether a number can
    be one of its.
    """

    session: Session
    address: Address
    can: Capabilities
    now: datetime
    zone: tzinfo
    organisation: str
    stranger: bool
    screen: str
    marks: Marks = Marks.CURRENT
    _actor: Actor | None = None

    @property
    def actor(self) -> Actor:
        """Who is writing; a stranger is refused."""
        if self._actor is None:
            raise Refusal(Code.NOT_JOINED)
        return self._actor

    @property
    def local_now(self) -> datetime:
        """Now, in the office's zone."""
        return self.now.astimezone(self.zone)


@dataclass(frozen=True, slots=True)
class Go:
    """Go on to another step of the same dialogue, by its class or (from another module) its name."""

    step: "type[AnyStep] | str"
    place: Place
    note: str = ""

    @property
    def step_name(self) -> str:
        """The step's name."""
        return self.step if isinstance(self.step, str) else self.step.name


@dataclass(frozen=True, slots=True)
class Stay:
    """Show the same step again.

    `gather` names several things sent in one go (an album), which get one answer together.
    """

    note: str = ""
    gather: str = ""


@dataclass(frozen=True, slots=True)
class Finish:
    """Leave the dialogue, for the one it was opened from, or for what is to be seen `then`."""

    note: str = ""
    then: "Open | None" = None


@dataclass(frozen=True, slots=True)
class Home:
    """Leave everything, for the first screen.

    `as_new` says that the person is another one now; `fresh` that the screen they are looking at stays
    as it is: what comes next is a message of its own.
    """

    note: str = ""
    as_new: bool = False
    fresh: bool = False


@dataclass(frozen=True, slots=True)
class Open:
    """Open another dialogue upon this one."""

    dialogue: str
    subject: str = ""
    note: str = ""
    gather: str = ""


Next = Go | Stay | Finish | Home | Open


class Step(Generic[PlaceT]):
    """One screenful. Subclasses say what is shown and what a person may do about it."""

    name: ClassVar[str]
    place_type: type[PlaceT]
    #: How many files it takes at once; a step that takes some says what it does with them (`sent`).
    takes_files: ClassVar[int] = 0

    async def show(self, turn: Turn, place: PlaceT) -> Message:
        """The screen; reads only."""
        raise NotImplementedError

    async def chose(self, turn: Turn, place: PlaceT, key: str) -> Next:
        """One of the offered choices was picked."""
        raise NotImplementedError

    async def said(self, turn: Turn, place: PlaceT, text: str) -> Next | None:
        """Something was typed that is no choice; `None` if this step has no use for text."""
        return None

    async def sent(self, turn: Turn, place: PlaceT, files: tuple[FileRef, ...]) -> Next | None:
        """Files came; `None` if this step has no use for them."""
        return None

    async def back(self, turn: Turn, place: PlaceT) -> Next:
        """«Quay lại»."""
        return Finish()

    def help(self, can: Capabilities) -> str:
        """What to do on this screen, for «trợ giúp»."""
        return ""


# A dialogue holds steps of different places; each validates its own before it is called.
AnyStep = Step[Any]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A conversation about one thing.

    `enter` finds the first step for a subject («» from the menu), or leads home or to another dialogue.
    `label` puts it on the menu for whoever has the permission `needs`; `command` and `word` open it by
    «/viec» or a keyword. A door to it names up to `numbers` of our numbers, with dots between them.
    `says` opens it too, where somebody types just that and the screen takes no words; without buttons, also
    at the first screen, and wherever something waits there.
    `ahead` reads in one go what several people at these places are about to need; `waiting` counts what
    waits there, for the menu, None keeps it off the menu. `banner` is a line above every screen of it, and
    of what is opened upon it. `shelved` keeps it behind «Mục khác» on the menu: what is seldom touched.
    """

    name: str
    steps: tuple[AnyStep, ...]
    enter: Callable[[Turn, str], Awaitable[Go | Home | Open]]
    needs: Permission | None = None
    label: str = ""
    command: str = ""
    word: str = ""
    says: str = ""
    ahead: Callable[[Session, Sequence[Mapping[str, object]]], Awaitable[None]] | None = None
    banner: Callable[[Turn, Mapping[str, object]], Awaitable[str]] | None = None
    waiting: Callable[[Turn], Awaitable[int | None]] | None = None
    numbers: int = 1
    shelved: bool = False
    by_name: dict[str, AnyStep] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_name", {step.name: step for step in self.steps})

    def allowed(self, actor: Actor | None) -> bool:
        """Whether this person may open it."""
        if self.needs is None:
            return True
        return actor is not None and actor.may(self.needs)

    def led_to_by(self, subject: str) -> bool:
        """Whether a door may say this: as many numbers as the dialogue takes, or nothing in particular."""
        return not subject or (_NUMBERS.fullmatch(subject) is not None and subject.count(".") < self.numbers)
