"""One game of the sandbox: a house, the two platforms it is reached through, and who sits at them."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from starlette.applications import Starlette
from starlette.routing import Mount
from starlette.types import ASGIApp

from bot.app import OFFICE_ZONE, House, Plan, open_house, side_by_side
from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_api import ZaloApi
from bot.channels.zalo_media import ZaloMedia
from bot.clock import Clock, MovableClock
from bot.emulators.telegram import BotApi, too_many
from bot.emulators.telegram_request import EmulatorRequest
from bot.emulators.zalo import MEDIA_ADDRESS, EmulatorTransport, Switches, ZaloServer, transport_to
from bot.pace import PaceLimits
from bot.sandbox import seeding
from bot.sandbox.cast import Figure
from bot.sandbox.transcript import Transcript
from bot.sandbox.travel import FARTHEST, on_the_way
from bot.web.plan import WebPlan
from core.texts import sandbox as texts
from scheduler.timetable import Entry
from services import outbox, reminders_ahead

TELEGRAM, ZALO = "telegram", "zalo"
SKINS = (TELEGRAM, ZALO)
#: Below which path of the page's own address the house shows its pages for files.
PAGES = "/trang"
OUTAGE_SECONDS = 8.0
THROTTLE_SECONDS = 3
#: There is no platform here to be gentle with.
_AT_ONCE = PaceLimits(per_second=200, burst=100, per_chat=50, chat_burst=50, bulk=100)
_MONTHLY = Switches().monthly
_JOINED_BEFORE = timedelta(minutes=25)


class SorryError(Exception):
    """What was asked cannot be done here; the sentence says why."""


@dataclass(slots=True)
class World:
    """Everything that goes away with a reset. `epoch` counts the games of a process."""

    epoch: int
    zone: ZoneInfo
    clock: MovableClock
    api: BotApi
    zalo: ZaloServer
    house: House
    names: dict[int, str]
    """Everybody on the list, by id."""
    figures: dict[str, Figure]
    transcripts: dict[tuple[str, str], Transcript]
    pages: ASGIApp
    """What people open by the addresses they are given: the house's own pages, below `PAGES`."""
    page_address: str
    twice: bool = False
    spent: str = ""
    """The month, if any, whose messages on Zalo are used up."""
    arrived: str = ""
    """What the last jump to what is owed came to; empty once the clock went elsewhere."""

    @classmethod
    async def open(cls, folder: Path, base: Clock, epoch: int, plan: Path, address: str) -> "World":
        """A house in an empty folder, with its people entered; `address` is where the page is served."""
        zone = ZoneInfo(OFFICE_ZONE)
        clock = MovableClock(base)
        clock.move(_opening(zone) - _JOINED_BEFORE - clock.now())
        api = BotApi(clock.now, name=texts.BOT_NAME, username="thi_dua_mau_bot")
        zalo = ZaloServer(clock.now, switches=Switches(poll_cap=25.0))
        transport = EmulatorTransport(zalo)
        page_address = f"{address.rstrip('/')}{PAGES}"
        telegram = TelegramChannel(api.token, request=EmulatorRequest(api), poll_request=EmulatorRequest(api))
        house = await open_house(
            Plan(
                database_url=f"sqlite+aiosqlite:///{(folder / 'bot.db').as_posix()}",
                data_dir=folder,
                channels=(
                    telegram,
                    ZaloChannel(
                        ZaloApi(zalo.token, transport=transport),
                        # What lies there is in this process: there is nobody to look up.
                        ZaloMedia([MEDIA_ADDRESS], transport=transport),
                        by_link=True,
                        poll_floor=0.02,
                    ),
                ),
                clock=clock,
                limits=_AT_ONCE,
                free_bytes=256 * 1024 * 1024,
                free_share=0.0,
                web=WebPlan(page_address, listens=False),
            )
        )
        assert house.site is not None
        pages = Starlette(routes=[Mount(PAGES, house.site.app)])
        zalo.reach = transport_to(pages)
        try:
            async with house.transactions() as session:
                entered = await seeding.enter(session, clock.now().astimezone(zone), plan)
        except BaseException:
            await house.close()
            raise
        figures = {one.persona.key: one for one in entered.figures}
        for one in figures.values():
            api.add_person(one.persona.chat, one.given_name, last_name=one.name.rpartition(" ")[0])
            zalo.add_person(str(one.persona.chat), one.name)
        transcripts = {
            (key, skin): Transcript(one.given_name, skin, clock.now)
            for key, one in figures.items()
            for skin in SKINS
        }
        names = entered.names
        return cls(epoch, zone, clock, api, zalo, house, names, figures, transcripts, pages, page_address)

    def now(self) -> datetime:
        """The moment, in the office's zone."""
        return self.clock.now().astimezone(self.zone)

    def figure(self, key: str) -> Figure:
        """Somebody with a telephone here. Raises `SorryError`."""
        if key not in self.figures:
            raise SorryError(texts.NOT_THERE)
        return self.figures[key]

    def wake(self) -> None:
        """Let every loop of the house look at the clock."""
        self.house.door.arrived()
        self.house.errands.nudge()
        for courier in self.house.couriers.values():
            courier.nudge()

    # ---------------------------------------------------------------------------------------------- time

    async def let_people_join(self) -> None:
        """The past: those who have joined do so by the dialogue, Bình answers some; then the office opens."""
        joined = [figure for figure in self.figures.values() if figure.persona.joined]
        await side_by_side(*(seeding.join(self.api, figure) for figure in joined))
        await seeding.answer_some(self.house, self.api, self.now())
        self._set_clock(_opening(self.zone))

    async def travel(self, until: datetime) -> None:
        """Go forward in time; what is due on the way happens in its order. Raises `SorryError`."""
        since = self.now()
        if not since <= until <= since + FARTHEST:
            raise SorryError(texts.TOO_FAR)
        self.arrived = ""
        await self._go(since, until, self.house.clockwork.entries)

    async def travel_to_what_is_owed(self) -> None:
        """Go on until somebody on the page is reminded of something. Raises `SorryError` if nobody will.

        What is owed to people without a telephone here rings on the way.
        """
        since, self.arrived = self.now(), ""
        await self._remind_now()
        told = await self._said(since)
        while not told:
            async with self.house.transactions() as session:
                until = await reminders_ahead.next_due(session, self.now())
            if until is None or until > since + FARTHEST:
                raise SorryError(texts.NOTHING_OWED)
            # Nobody is to be told anything before that, so nobody asks on the way.
            once_a_day = [entry for entry in self.house.clockwork.entries if not entry.every]
            await self._go(self.now(), until, once_a_day)
            await self._remind_now()
            told = await self._said(since)
        self.arrived = texts.arrived(self.now(), told)

    def morning_of(self, day: date) -> datetime:
        """The hour the office opens on a day."""
        return datetime.combine(day, time(7, 30), self.zone)

    async def _go(self, since: datetime, until: datetime, entries: Sequence[Entry]) -> None:
        for moment, entry in on_the_way(entries, since, until, self.zone):
            self._set_clock(moment)
            await entry.ring()
            await self._deliver_what_is_due()
        self._set_clock(until)
        self.wake()

    async def _remind_now(self) -> None:
        """What rings all day rings on arrival only; here somebody waits for it."""
        for entry in self.house.clockwork.entries:
            if entry.every:
                await entry.ring()
        await self._deliver_what_is_due()

    async def _said(self, since: datetime) -> list[tuple[str, str]]:
        """Who on the page was told what from a moment on."""
        by_id = {one.issued.person_id: one.given_name for one in self.figures.values()}
        async with self.house.transactions() as session:
            found = await reminders_ahead.said(session, by_id, since, self.now())
        return [(by_id[one.person], texts.reminded_of(one.obligation)) for one in found]

    def _set_clock(self, at: datetime) -> None:
        self.clock.move(at - self.clock.now())
        if self.spent != self._month():
            self.spent, self.zalo.switches.monthly = "", _MONTHLY

    def _month(self) -> str:
        """As Zalo counts."""
        return f"{self.clock.now():%Y-%m}"

    async def _deliver_what_is_due(self) -> None:
        """Let the couriers send what the alarm brought before time goes on."""
        self.wake()
        for _ in range(100):
            async with self.house.transactions() as session:
                dues = [
                    await outbox.next_due(session, channel.name, channel.bot)
                    for channel in self.house.channels.values()
                ]
            if not any(due is not None and due <= self.now() for due in dues):
                return
            await asyncio.sleep(0.02)

    # ------------------------------------------------------------------------------------------- troubles

    def begin_outage(self) -> None:
        """The platforms cannot be reached for a while."""
        self.api.outage = self.zalo.outage = True
        asyncio.get_running_loop().call_later(OUTAGE_SECONDS, self._end_outage)

    def _end_outage(self) -> None:
        self.api.outage = self.zalo.outage = False
        self.wake()

    def throttle_next(self) -> None:
        """The next message is answered «too many requests»."""
        self.api.faults.clear()
        for method in ("sendMessage", "editMessageText"):
            self.api.faults.add(too_many(THROTTLE_SECONDS, method=method))

    def spend_the_month(self) -> None:
        """No more messages on Zalo until the month is over."""
        self.spent = self._month()
        self.zalo.switches.monthly = 0

    def throttled(self) -> bool:
        """Whether the next message will be. Of the two troubles on order, one that struck ends the other."""
        if len(self.api.faults) == 1:
            self.api.faults.clear()
        return len(self.api.faults) > 0


def _opening(zone: ZoneInfo) -> datetime:
    """A Monday morning late in the plan's first year."""
    return datetime(2026, 12, 14, 8, 5, tzinfo=zone)
