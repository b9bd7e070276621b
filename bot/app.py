"""The composition root: everything is made here, introduced to one another, started and stopped."""

import asyncio
from collections.abc import Coroutine, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.channels.base import Channel, Findable
from bot.clock import Clock
from bot.courier import Courier, Couriers
from bot.filestore import FileStore, Quarantine, Store
from bot.inspection.inspector import Inspector
from bot.inspection.policy import InspectionPolicy
from bot.intake import FrontDoor, listen
from bot.keeper import Keeper
from bot.keyfile import journal_key, links_key
from bot.lock import HeldLock
from bot.pace import PaceLimits
from bot.trouble import Outcome, TroubleError
from bot.web.plan import WebPlan
from bot.web.shelf import Shelf
from bot.web.signing import Signer
from core.announcements import Rules
from core.evidence import Allowance
from core.flooding import FloodLimits
from core.quota_meter import Allowance as ChannelAllowance
from core.texts import running as texts
from db import schema
from db.engine import Engine, make_engine
from db.transaction import Transactions
from handlers import DIALOGUES
from handlers.desk import Desk
from scheduler.clockwork import Clockwork
from scheduler.errands import ErrandRunner
from scheduler.housekeeping import MakeBackup
from scheduler.timetable import missed, timetable
from services import ballot_voters
from services.ballots import Urn
from services.papers import calendar_file
from services.veil import Veil

if TYPE_CHECKING:
    from bot.web.site import Site

OFFICE_ZONE = "Asia/Ho_Chi_Minh"
_CALENDAR_AFTER = 0.5


@dataclass(frozen=True, slots=True)
class Speed:
    """How fast a channel may be spoken to, and how many messages may be on their way at once."""

    limits: PaceLimits
    in_flight: int


@dataclass(frozen=True, slots=True)
class Plan:
    """What a house is made of, settled before it is opened.

    `limits` and `in_flight` are for channels whose own are not among the `speeds`.
    """

    database_url: str
    data_dir: Path
    channels: Sequence[Channel]
    clock: Clock
    zone: str = OFFICE_ZONE
    organisation: str = ""
    limits: PaceLimits = field(default_factory=PaceLimits)
    in_flight: int = 4
    speeds: Mapping[str, Speed] = field(default_factory=dict)
    quiet: float = 10.0
    inspector: Inspector | None = None
    policy: InspectionPolicy = field(default_factory=InspectionPolicy)
    make_backup: MakeBackup | None = None
    allowance: Allowance = field(default_factory=Allowance)
    announcements: Rules = field(default_factory=Rules)
    urn: Urn = field(default_factory=Urn)
    veil: Veil = field(default_factory=Veil)
    allowances: Mapping[str, ChannelAllowance] = field(default_factory=dict)
    flood: FloodLimits | None = field(default_factory=FloodLimits)
    free_bytes: int = 2 * 1024 * 1024 * 1024
    free_share: float = 0.10
    web: WebPlan | None = None


@dataclass(frozen=True, slots=True)
class House:
    """A house with its lights on. `transactions` is for whoever looks in from outside."""

    plan: Plan
    engine: Engine
    transactions: Transactions
    lock: HeldLock
    channels: Mapping[str, Channel]
    couriers: Mapping[str, Courier]
    door: FrontDoor
    errands: ErrandRunner
    clockwork: Clockwork
    store: Store
    site: "Site | None" = None

    async def recover(self) -> None:
        """After a start: settle what the last process left in the middle."""
        await self.door.recover()
        async with self.transactions() as session:
            await ballot_voters.ask_again(session, self.plan.clock.now())
        for courier in self.couriers.values():
            await courier.recover()

    async def run(self, stopping: asyncio.Event) -> None:
        """Everything at once, until told to stop: first no more is taken in, then what flies lands."""
        await self.recover()
        # The library of holidays takes a moment to load: nobody's turn is to wait for it, nor is what was
        # left in the middle, which it would slow down.
        calendar = Thread(target=calendar_file.shipped, name="calendar", daemon=True)
        asyncio.get_running_loop().call_later(_CALENDAR_AFTER, calendar.start)
        zone = ZoneInfo(self.plan.zone)
        now = self.plan.clock.now()
        self.clockwork.start(await missed(self.transactions, self.clockwork.entries, now, zone))
        try:
            async with asyncio.TaskGroup() as tasks:
                listening = [
                    tasks.create_task(
                        listen(channel, self.transactions, self.plan.clock, self.door.arrived, stopping)
                    )
                    for channel in self.channels.values()
                    if self.plan.web is None or channel.name not in self.plan.web.hooked
                ]
                if self.site is not None:
                    for loop in self.site.loops(stopping):
                        tasks.create_task(loop)
                tasks.create_task(self.door.run(stopping))
                tasks.create_task(self.errands.run(stopping))
                for courier in self.couriers.values():
                    tasks.create_task(courier.run(stopping))
                await stopping.wait()
                self._wake_all()
                for task in listening:
                    task.cancel()
        finally:
            self.clockwork.stop()

    async def close(self) -> None:
        """Close the database, let go of the port and of the lock."""
        if self.site is not None:
            self.site.close()
        await self.engine.dispose()
        self.lock.release()

    def _wake_all(self) -> None:
        self.door.arrived()
        self.errands.nudge()
        for courier in self.couriers.values():
            courier.nudge()


async def open_house(plan: Plan) -> House:
    """Make everything. Raises `TroubleError` when another process runs or the schema is not at head."""
    lock = HeldLock(plan.data_dir / "bot.lock")
    lock.take()
    engine = make_engine(plan.database_url)
    try:
        await _ensure_schema(engine)
        house = furnish(plan, engine, lock)
    except BaseException:
        await engine.dispose()
        lock.release()
        raise
    return house


def furnish(plan: Plan, engine: Engine, lock: HeldLock) -> House:
    """Everything a house holds beside its database: made anew, it remembers nothing."""
    zone = ZoneInfo(plan.zone)
    channels = {channel.name: channel for channel in plan.channels}
    transactions = Transactions.over(
        engine,
        journal_key=journal_key(plan.data_dir),
        capabilities={name: channel.capabilities for name, channel in channels.items()},
        campaigns={},
        calendar=own_calendar(plan.data_dir),
        allowance=plan.allowance,
        announcements=plan.announcements,
        urn=plan.urn,
        veil=plan.veil,
        allowances=plan.allowances,
        zone=zone,
        entrances=lambda: {
            name: channel.entrance for name, channel in channels.items() if isinstance(channel, Findable)
        },
    )
    store = FileStore(plan.data_dir / "files")
    shelf = Shelf(plan.data_dir / "uploads", free_share=plan.free_share, free_bytes=plan.free_bytes)
    signer = Signer(links_key(plan.data_dir), plan.web.address) if plan.web is not None else None
    couriers = {
        name: Courier(
            channel,
            transactions,
            plan.clock,
            store,
            limits=speed.limits,
            in_flight=speed.in_flight,
            signer=signer,
            veil=plan.veil,
        )
        for name, channel in channels.items()
        for speed in (plan.speeds.get(name, Speed(plan.limits, plan.in_flight)),)
    }
    all_couriers = Couriers(couriers)
    quarantine = Quarantine(
        plan.data_dir / "quarantine", free_share=plan.free_share, free_bytes=plan.free_bytes
    )
    quarantine.clear()
    keeper = Keeper(
        channels, store, quarantine, plan.inspector or Inspector(plan.policy), plan.policy.limits, shelf
    )
    errands = ErrandRunner(transactions, keeper, plan.clock.now, zone, all_couriers.nudge)

    def posted() -> None:
        all_couriers.nudge()
        errands.nudge()

    can = {name: channel.capabilities for name, channel in channels.items()}
    desk = Desk(DIALOGUES, can, zone, plan.organisation, plan.flood)
    door = FrontDoor(desk, channels, transactions, plan.clock, posted, quiet=plan.quiet)
    clockwork = Clockwork(timetable(transactions, plan.clock.now, shelf.sweep, plan.make_backup), plan.zone)
    site = None
    if plan.web is not None and signer is not None:
        from bot.web.site import Behind, Site

        behind = Behind(channels, transactions, plan.clock, zone, shelf, store.path_served, door.arrived)
        site = Site(plan.web, signer, behind)
    return House(plan, engine, transactions, lock, channels, couriers, door, errands, clockwork, store, site)


async def side_by_side(*loops: Coroutine[object, object, None]) -> None:
    """Run loops that belong together until all have ended; one that fails ends the others."""
    async with asyncio.TaskGroup() as tasks:
        for loop in loops:
            tasks.create_task(loop)


def own_calendar(data_dir: Path) -> calendar_file.Decisions:
    """What the calendar file of this installation says. Raises `TroubleError` with all its faults."""
    try:
        return calendar_file.read_own(data_dir)
    except calendar_file.CalendarFileError as error:
        raise TroubleError(texts.calendar_faulty(str(error)), Outcome.ATTENTION) from None


async def _ensure_schema(engine: Engine) -> None:
    """A new database is made; one that is not at head is left alone."""
    match await schema.state(engine):
        case schema.SchemaState.EMPTY:
            await schema.create(engine)
        case schema.SchemaState.HEAD:
            pass
        case schema.SchemaState.BEHIND:
            raise TroubleError(texts.SCHEMA_BEHIND, Outcome.ATTENTION)
        case schema.SchemaState.NEWER | schema.SchemaState.FOREIGN:
            raise TroubleError(texts.SCHEMA_FOREIGN, Outcome.ATTENTION)
