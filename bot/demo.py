"""The demonstration: one self-assessment from the joining link to the signed copy, played in seconds.

The real channel, desk, courier, inspection and papers; only Telegram and the clock are made up. It fails
when anything on the way is missing, so it also serves as the smoke test of an installation.
"""

import asyncio
import io
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.app import OFFICE_ZONE, House, Plan, open_house
from bot.channels.telegram import TelegramChannel
from bot.clock import MovableClock
from bot.emulators.telegram import BotApi
from bot.emulators.telegram_request import EmulatorRequest
from bot.logs import configure
from bot.pace import PaceLimits
from bot.sandbox import seeding
from bot.sandbox.cast import LAN
from bot.sandbox.ground import Ground
from bot.sandbox.transcript import Saying, Transcript
from bot.trouble import Outcome, TroubleError
from core.messages import Address
from core.texts import demo as texts
from core.texts import desk as desk_texts
from core.texts import sandbox as sandbox_texts
from core.vietnamese import file_size, moment
from services import evidence, inbox, journal, people
from services.outbox import GATHER_SECONDS

FOLDER = Path("data") / "demo"
_LINES_SHOWN = 5
_BUTTONS_SHOWN = 4
_WIDTH = 104
_BETWEEN = timedelta(seconds=20)
_AT_ONCE = PaceLimits(per_second=1e6, burst=1000, per_chat=1e6, chat_burst=1000, bulk=1e6)
_WAYS_OUT = frozenset(choice.label for choice in desk_texts.NAV)


class BrokenPlayError(Exception):
    """Something that had to be on the stage is not."""


class _Still:
    """A clock that stands."""

    def __init__(self, at: datetime) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at


@dataclass(slots=True)
class Stage:
    """Lan's telephone, and the house stepped by hand so that every line follows from the one before."""

    house: House
    channel: TelegramChannel
    api: BotApi
    clock: MovableClock
    zone: ZoneInfo
    transcript: Transcript
    tell: Callable[[str], None]
    known: set[str] = field(default_factory=set)
    """Every line printed so far."""

    def scene(self, title: str) -> None:
        """A new part begins."""
        self.tell("")
        self.tell(f"──── {title} · {moment(self.clock.now().astimezone(self.zone))} ────")

    async def opens_link(self, token: str) -> None:
        """Lan opens her joining link."""
        self.api.user_starts(LAN.chat, token)
        await self._settle()

    async def says(self, text: str) -> None:
        """Lan types something."""
        self.api.user_says(LAN.chat, text)
        await self._settle()

    async def taps(self, label: str) -> None:
        """Lan presses the newest button with that label. Raises `BrokenPlayError` without one."""
        for message in reversed(self.api.view(LAN.chat).messages):
            buttons = [button for row in message.buttons for button in row]
            fitting = [button for button in buttons if button.label == label]
            fitting += [button for button in buttons if label in button.label]
            if fitting:
                self._write(self.clock.now(), self.transcript.name, [f"[{fitting[0].label}]"])
                self.api.user_taps(LAN.chat, message.id, fitting[0].data)
                await self._settle()
                return
        screens = self.api.view(LAN.chat).from_bot()
        raise BrokenPlayError(f"no button {label!r} under {screens[-1].text if screens else ''!r}")

    async def sends_album(self, photos: Sequence[bytes]) -> None:
        """Lan sends photos in one go."""
        self.api.user_sends_album(LAN.chat, photos)
        await self._settle()

    async def sends(self, name: str, content: bytes) -> None:
        """Lan sends a file."""
        self.api.user_sends_document(LAN.chat, name, content)
        await self._settle()

    async def _settle(self) -> None:
        """Everything that follows, an album's pause included; then it is written down."""
        await _attend(self.house, self.channel)
        self.clock.move(timedelta(seconds=GATHER_SECONDS + 0.1))
        await _attend(self.house, self.channel)
        for saying in self.transcript.look(self.api.view(LAN.chat)):
            who = self.transcript.name if saying.mine else sandbox_texts.HOUSE_SAYS
            self._write(saying.at, who, self._news_in(saying))
        self.clock.move(_BETWEEN)

    def _news_in(self, saying: Saying) -> list[str]:
        """The lines to print: of a screen, its title and what no screen has said before."""
        lines = [line for line in saying.text.splitlines() if line]
        if saying.mine:
            return lines
        fresh = [line for place, line in enumerate(lines) if not place or line not in self.known]
        self.known.update(lines)
        told = _WAYS_OUT.union(lines)
        labels = [label for row in saying.buttons for label in row if label not in told]
        more = f" {texts.MORE}" if len(labels) > _BUTTONS_SHOWN else ""
        buttons = " ".join(f"[{label}]" for label in labels[:_BUTTONS_SHOWN]) + more
        if len(fresh) > _LINES_SHOWN:
            fresh = [*fresh[: _LINES_SHOWN - 1], texts.MORE]
        return [*fresh, buttons] if buttons else fresh

    def _write(self, at: datetime, who: str, lines: Sequence[str]) -> None:
        head = f"{at.astimezone(self.zone):%H:%M}  {who:<4}"
        deep = 2 if len(lines) < _LINES_SHOWN else 1
        for line in lines:
            for piece in textwrap.wrap(line, _WIDTH, max_lines=deep, placeholder=texts.MORE):
                self.tell(f"{head} │ {piece}")
                head = " " * len(head)


def play(tell: Callable[[str], None], folder: Path = FOLDER, plan: Path = seeding.PLAN) -> None:
    """Play it all, telling every line. Raises `BrokenPlayError` when it does not go as it should."""
    if not plan.is_file():
        raise TroubleError(sandbox_texts.no_plan(str(plan)), Outcome.ATTENTION)
    ground = Ground(folder)
    ground.take()
    try:
        configure(file=ground.log)
        asyncio.run(_play(tell, ground, plan))
    finally:
        ground.let_go()


async def _play(tell: Callable[[str], None], ground: Ground, plan: Path) -> None:
    zone = ZoneInfo(OFFICE_ZONE)
    clock = MovableClock(_Still(datetime(2026, 12, 14, 8, 5, tzinfo=zone)))
    api = BotApi(clock.now)
    request = EmulatorRequest(api)
    channel = TelegramChannel(api.token, request=request, poll_request=request, poll_timeout=0)
    data = ground.fresh()
    house = await open_house(
        Plan(
            database_url=f"sqlite+aiosqlite:///{(data / 'bot.db').as_posix()}",
            data_dir=data,
            channels=(channel,),
            clock=clock,
            limits=_AT_ONCE,
            free_bytes=0,
            free_share=0.0,
        )
    )
    try:
        async with house.transactions() as session:
            entered = await seeding.enter(session, clock.now().astimezone(zone), plan)
        lan = next(one for one in entered.figures if one.persona == LAN)
        transcript = Transcript(lan.given_name, "telegram", clock.now)
        stage = Stage(house, channel, api, clock, zone, transcript, tell)
        tell(texts.TITLE)
        await _joining(stage, lan.issued.token)
        await _answering(stage)
        await _evidence(stage)
        await _signing(stage)
        await _count_up(stage, ground.fresh(texts.RESULTS))
    finally:
        await house.close()


async def _joining(stage: Stage, token: str) -> None:
    stage.scene(texts.JOINING)
    await stage.opens_link(token)
    await stage.taps(texts.THATS_ME)
    await stage.taps(texts.AGREE)


async def _answering(stage: Stage) -> None:
    stage.scene(texts.ANSWERING)
    await stage.taps(texts.START)
    await stage.taps(texts.GROUP_C)
    await stage.taps(texts.SATISFIED)
    await stage.says(texts.NOT_ENOUGH)
    await stage.taps(texts.BACK)
    await stage.taps(texts.GROUP_H)
    await stage.taps(texts.INDEXES)
    await stage.taps(texts.LEVEL_GOOD)
    await stage.taps(texts.LEVEL_BEST)
    await stage.taps(texts.NEXT)
    await stage.says(texts.AS_FRACTION)
    await stage.taps(texts.BACK)
    await stage.taps(texts.GROUP_DD)
    await stage.taps(texts.DISCIPLINE)
    await stage.taps(texts.YES)
    await stage.says(texts.EXPLANATION)
    await stage.taps(texts.BACK)


async def _evidence(stage: Stage) -> None:
    stage.scene(texts.EVIDENCE)
    await stage.taps(texts.GROUP_C)
    await stage.taps(texts.SATISFIED)
    await stage.sends_album([_photo("steelblue"), _photo("seagreen")])
    await stage.sends(texts.PDF_NAME, _pdf())
    await stage.sends(texts.OLD_WORD_NAME, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    await stage.taps(texts.BACK)


async def _signing(stage: Stage) -> None:
    stage.scene(texts.SIGNING)
    await stage.taps(texts.MISSING)
    await stage.taps(texts.REST)
    await stage.taps(texts.REST_SURE)
    await stage.taps(texts.REVIEW)
    await stage.taps(texts.SIGN)
    await stage.taps(texts.SIGN)


async def _count_up(stage: Stage, folder: Path) -> None:
    """Hand out the files the house made, and prove that the journal is whole."""
    tell = stage.tell
    async with stage.house.transactions() as session:
        address = Address(stage.channel.name, stage.channel.bot, str(LAN.chat))
        lan = (await people.identify(session, [address], stage.clock.now()))[address]
        kept = await evidence.mine(session, lan)
        checked = await journal.verify(session)
    if checked.broken_at is not None:
        raise BrokenPlayError("the journal does not hold")
    made = {
        f"{one.code}-{one.served_name}": await stage.house.store.read_served(one.served_sha256)
        for one in kept
        if one.served_sha256
    }
    papers = [one.file for one in stage.api.view(LAN.chat).messages if one.by_bot and one.file]
    made |= {paper.name: stage.api.file_bytes(paper.id) for paper in papers}
    if not papers or len(made) == len(papers):
        raise BrokenPlayError("the signed copy or the evidence is missing")
    tell("")
    tell(f"──── {texts.FILES_MADE} ────")
    for path, size in _write(folder, made):
        tell(f"  {path} · {file_size(size)}")
    tell("")
    tell(texts.lasted(checked.entries))


def _write(folder: Path, made: dict[str, bytes]) -> list[tuple[Path, int]]:
    for name, content in made.items():
        (folder / name).write_bytes(content)
    return [(folder / name, len(content)) for name, content in made.items()]


async def _attend(house: House, channel: TelegramChannel) -> None:
    """Take in what waits, answer it, run errands, deliver: until nothing is left for now."""
    busy = 1
    while busy:
        arrivals = await channel.poll()
        if arrivals:
            async with house.transactions() as session:
                await inbox.receive(session, arrivals, house.plan.clock.now())
            channel.confirm(arrivals)
        busy = len(arrivals)
        busy += await house.door.work()
        busy += await house.errands.run_due()
        for courier in house.couriers.values():
            await courier.empty()


def _photo(colour: str) -> bytes:
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (640, 480), colour)
    ImageDraw.Draw(image).rectangle((120, 90, 520, 390), outline="white", width=12)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def _pdf() -> bytes:
    import pikepdf

    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        document.save(buffer)
    return buffer.getvalue()
