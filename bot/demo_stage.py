"""The stage of the demonstration: telephones, and a house stepped by hand that follows line by line."""

import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.app import House
from bot.channels.telegram import TelegramChannel
from bot.clock import MovableClock
from bot.emulators.telegram import BotApi
from bot.sandbox.cast import Figure
from bot.sandbox.transcript import Saying, Transcript
from core.messages import Address
from core.texts import demo as texts
from core.texts import desk as desk_texts
from core.vietnamese import long_date, moment
from scheduler import reminders
from services import inbox, reminders_ahead
from services.outbox import GATHER_SECONDS

_LINES_SHOWN = 5
_BUTTONS_SHOWN = 4
_WIDTH = 104
_BETWEEN = timedelta(seconds=20)
_WAYS_OUT = frozenset(choice.label for choice in desk_texts.NAV)


class BrokenPlayError(Exception):
    """Something that had to be on the stage is not."""


class Still:
    """A clock that stands."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        """Always the same."""
        return self._at


@dataclass(slots=True)
class Stage:
    """The house and everybody's telephones, in fictional time."""

    house: House
    channel: TelegramChannel
    api: BotApi
    clock: MovableClock
    zone: ZoneInfo
    tell: Callable[[str], None]
    telephones: "list[Telephone]" = field(default_factory=list)
    hidden: bool = False
    """Whether nothing is printed for a while."""
    acting: "Telephone | None" = None
    """Whose turn it was last: what they say is printed before what others hear of it."""

    def now(self) -> datetime:
        """The moment, in the zone of the office."""
        return self.clock.now().astimezone(self.zone)

    def scene(self, title: str) -> None:
        """A new part begins."""
        self.tell("")
        self.tell(f"──── {title} · {moment(self.now())} ────")

    def telephone(self, figure: Figure) -> "Telephone":
        """Somebody comes on the stage."""
        shown = Transcript(figure.given_name, "telegram", self.clock.now)
        one = Telephone(self, figure.persona.chat, shown, figure.issued.token)
        self.telephones.append(one)
        return one

    def goes_to_tomorrow(self, hour: time) -> None:
        """Nothing happens until that hour of the next day."""
        now = self.now()
        self.clock.move(datetime.combine(now.date() + timedelta(days=1), hour, self.zone) - now)

    async def goes_on(self) -> bool:
        """Time goes on until somebody is to be told something; False where nobody will be."""
        async with self.house.transactions() as session:
            until = await reminders_ahead.next_due(session, self.now())
        if until is not None:
            if until.date() != self.now().date():
                self.tell(f"       {long_date(until.date())}")
            self.clock.move(until - self.clock.now())
            await self.reminds()
        return until is not None

    async def reminds(self) -> None:
        """The alarm clock rings for reminders."""
        await reminders.remind(self.house.transactions, self.clock.now())
        await self.settle()

    async def settle(self, *, silent: bool = False) -> None:
        """Everything that follows, an album's pause included; then it is written down."""
        await self._attend()
        self.clock.move(timedelta(seconds=GATHER_SECONDS + 0.1))
        await self._attend()
        for one in sorted(self.telephones, key=lambda one: one is not self.acting):
            one.look(silent=silent or self.hidden)
        self.clock.move(_BETWEEN)

    @contextmanager
    def unseen(self) -> Iterator[None]:
        """What happens meanwhile is not printed."""
        self.hidden = True
        try:
            yield
        finally:
            self.hidden = False

    def write(self, at: datetime, who: str, lines: Sequence[str], most: int = _LINES_SHOWN) -> None:
        """Print what somebody said, shortened."""
        head = f"{at.astimezone(self.zone):%H:%M}  {who:<7}"
        deep = 2 if len(lines) < most else 1
        for line in lines:
            for piece in textwrap.wrap(line, _WIDTH, max_lines=deep, placeholder=texts.MORE):
                self.tell(f"{head} │ {piece}")
                head = " " * len(head)

    async def _attend(self) -> None:
        """Take in what waits, answer it, run errands, deliver: until nothing is left for now."""
        busy = 1
        while busy:
            arrivals = await self.channel.poll()
            if arrivals:
                async with self.house.transactions() as session:
                    await inbox.receive(session, arrivals, self.clock.now())
                self.channel.confirm(arrivals)
            busy = len(arrivals)
            busy += await self.house.door.work()
            busy += await self.house.errands.run_due()
            for courier in self.house.couriers.values():
                await courier.empty()


@dataclass(slots=True)
class Telephone:
    """What one person does and sees. `lines` is how much of a screen is printed; 1: its title alone."""

    stage: Stage
    chat: int
    transcript: Transcript
    token: str
    lines: int = _LINES_SHOWN
    told: list[str] = field(default_factory=list)
    """The first line of everything the house said."""
    known: set[str] = field(default_factory=set)
    """Every line printed so far."""

    @property
    def address(self) -> Address:
        """Where the house writes to."""
        return Address(self.stage.channel.name, self.stage.channel.bot, str(self.chat))

    async def opens_link(self, *, silent: bool = False) -> None:
        """Open the joining link."""
        self.stage.api.user_starts(self.chat, self.token)
        await self.stage.settle(silent=silent)

    async def says(self, text: str) -> None:
        """Type something."""
        self.stage.acting = self
        self.stage.api.user_says(self.chat, text)
        await self.stage.settle()

    async def taps(self, label: str, *, silent: bool = False) -> None:
        """Press the newest button with that label. Raises `BrokenPlayError` without one."""
        api = self.stage.api
        for message in reversed(api.view(self.chat).messages):
            buttons = [button for row in message.buttons for button in row]
            fitting = [button for button in buttons if button.label == label]
            fitting += [button for button in buttons if label in button.label]
            if fitting:
                if not silent and not self.stage.hidden:
                    self.stage.write(self.stage.now(), self.transcript.name, [f"[{fitting[0].label}]"])
                self.stage.acting = self
                api.user_taps(self.chat, message.id, fitting[0].data)
                await self.stage.settle(silent=silent)
                return
        screens = api.view(self.chat).from_bot()
        raise BrokenPlayError(f"no button {label!r} under {screens[-1].text if screens else ''!r}")

    async def taps_all(self, *labels: str) -> None:
        """Press one button after the other."""
        for label in labels:
            await self.taps(label)

    async def joins(self) -> None:
        """Join before the play begins."""
        await self.opens_link(silent=True)
        await self.taps(texts.THATS_ME, silent=True)
        await self.taps(texts.AGREE, silent=True)

    async def sends_album(self, photos: Sequence[bytes]) -> None:
        """Send photos in one go."""
        self.stage.api.user_sends_album(self.chat, photos)
        await self.stage.settle()

    async def sends(self, name: str, content: bytes) -> None:
        """Send a file."""
        self.stage.acting = self
        self.stage.api.user_sends_document(self.chat, name, content)
        await self.stage.settle()

    def look(self, *, silent: bool) -> None:
        """Print what is new on the telephone."""
        for saying in self.transcript.look(self.stage.api.view(self.chat)):
            if not saying.mine:
                self.told.append(saying.text.partition("\n")[0])
            if not silent:
                name = self.transcript.name
                who = name if saying.mine else texts.to(name)
                self.stage.write(saying.at, who, self._news_in(saying), self.lines)

    def _news_in(self, saying: Saying) -> list[str]:
        """The lines to print: of a screen, its title and what no screen has said before."""
        lines = [line for line in saying.text.splitlines() if line]
        if saying.mine:
            return lines
        fresh = [line for place, line in enumerate(lines) if not place or line not in self.known]
        self.known.update(lines)
        if self.lines == 1:
            return lines[:1]
        told = _WAYS_OUT.union(lines)
        labels = [label for row in saying.buttons for label in row if label not in told]
        more = f" {texts.MORE}" if len(labels) > _BUTTONS_SHOWN else ""
        buttons = " ".join(f"[{label}]" for label in labels[:_BUTTONS_SHOWN]) + more
        if len(fresh) > self.lines:
            fresh = [*fresh[: self.lines - 1], texts.MORE]
        return [*fresh, buttons] if buttons else fresh
