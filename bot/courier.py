"""The outbox emptied: claimed one a chat, delivered outside any transaction, recorded in another."""

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog

from bot import courier_outcomes as outcomes
from bot.channels.base import (
    Channel,
    Delivered,
    Delivery,
    Flaky,
    Misconfigured,
    Outgoing,
    OutgoingFile,
    Rejected,
    Throttled,
)
from bot.clock import Clock
from bot.courier_files import CourierFiles
from bot.courier_links import CourierLinks, Signer
from bot.courier_memory import CourierMemory
from bot.courier_outage import Outage
from bot.courier_quota import CourierQuota
from bot.crashpoints import crashpoint
from bot.filestore import Store
from bot.pace import Pace, PaceLimits
from core.messages import Address, Message
from db.transaction import Session, Transactions
from services import channels, outbox
from services.outbox import Parcel
from services.veil import Veil

_log = structlog.get_logger()
_LOOK_EVERY = 1.0
_LINGER = 0.004
_EXPIRE_EVERY = timedelta(seconds=5)
_MISCONFIGURED_PAUSE = 30.0
_LAST_RECORD = 8.0
_FADED_KEPT = 1000
_BULK_AT_ONCE = 3
#: A parcel and what it says, unless that cannot be read.
_Load = tuple[Parcel, Message | None]


class Courier:
    """Sends what one channel's outbox holds, at most `in_flight` at once, never two to one chat.

    `in_flight` is also the bound on what may be repeated after a crash. Taking the buttons off an old
    screen comes on top: done twice, it does no harm.
    """

    def __init__(
        self,
        channel: Channel,
        transactions: Transactions,
        clock: Clock,
        files: Store,
        *,
        limits: PaceLimits,
        in_flight: int = 4,
        signer: Signer | None = None,
        veil: Veil | None = None,
    ) -> None:
        self._channel = channel
        self._transactions = transactions
        self._clock = clock
        self._memory = CourierMemory(channel.name, channel.bot)
        self._quota = CourierQuota(channel.name, channel.bot, metered=channel.capabilities.metered)
        self._outage = Outage(channel.name, channel.bot)
        self._links = CourierLinks(signer, clock, by_link=channel.capabilities.files_by_link)
        self._veil = veil or Veil()
        self._files = CourierFiles(files, self._memory, self._links)
        self._pace = Pace(limits)
        self._in_flight = in_flight
        self._flying: dict[asyncio.Task[Delivery], Parcel] = {}
        self._landed: list[tuple[Parcel, Delivery]] = []
        self._doubtful: list[int] = []
        self._faded: deque[tuple[Address, str]] = deque(maxlen=_FADED_KEPT)
        self._tidying = 0
        self._wake = asyncio.Event()
        self._failures = 0
        self._throttled: tuple[float, Address] | None = None
        self._expired_at = datetime.min.replace(tzinfo=UTC)

    def nudge(self) -> None:
        """There may be something new to send."""
        self._wake.set()

    async def recover(self) -> int:
        """After a start: what was in flight is sent again, and counted; returns how many.

        Pauses that the platform asked for go on.
        """
        channel, bot = self._channel.name, self._channel.bot
        async with self._transactions() as session:
            pauses = await self._memory.pauses(session, self._clock.now())
            again = await outbox.recover(session, channel, bot)
            await self._quota.recover(session, again, self._clock.now())
            await self._outage.recover(session, self._clock.now())
        for chat, rest in pauses.items():
            if chat:
                self._pace.pause_chat(Address(channel, bot, chat), rest.total_seconds())
            else:
                self._pace.pause(rest.total_seconds())
        return again

    async def run(self, stopping: asyncio.Event) -> None:
        """Deliver until told to stop; what is in flight then is finished and recorded."""
        async with asyncio.TaskGroup() as tasks:
            while not stopping.is_set():
                try:
                    wait = await self._round(tasks)
                except Exception:  # noqa: BLE001 - the database refuses: what landed is recorded when it can be
                    _log.exception("outbox_failed", channel=self._channel.name)
                    with suppress(TimeoutError):
                        async with asyncio.timeout(_LOOK_EVERY):
                            await stopping.wait()
                else:
                    await self._sleep(wait, stopping)
            self._faded.clear()
            if self._flying:
                await asyncio.wait(self._flying)
            await self._record_last()

    async def empty(self) -> None:
        """Deliver what is due now, and come back when it has landed."""
        async with asyncio.TaskGroup() as tasks:
            while True:
                before = len(self._flying)
                await self._round(tasks)
                if len(self._flying) == before == 0 and not self._landed:
                    return
                if self._flying:
                    await asyncio.wait(self._flying, return_when=asyncio.FIRST_COMPLETED)
                await asyncio.sleep(0)

    async def _round(self, tasks: asyncio.TaskGroup) -> float:
        """Record what landed and claim what may leave, in one transaction; then let it fly.

        Returns the seconds after which to look again, unless woken before.
        """
        self._wake.clear()
        now = self._clock.now()
        landed, self._landed = self._landed, []
        free = min(self._slots() - len(self._flying), self._pace.room())
        loads: list[_Load] = []
        try:
            async with self._transactions() as session:
                if self._doubtful:
                    await outbox.hand_back(session, self._doubtful)
                await self._quota.note(session, landed, now)
                await outcomes.record(session, self._channel.name, landed, now, self._failures)
                await self._outage.note(session, landed, now, self._failures)
                await self._memory.save(session, now)
                if landed:
                    crashpoint("courier.before_sent_commit")
                if now - self._expired_at > _EXPIRE_EVERY:
                    await outbox.expire(session, now)
                    self._expired_at = now
                loads = await self._claim(session, now, free) if free > 0 else []
                due = await self._next_due(session) if len(loads) < free else None
                if loads:
                    crashpoint("courier.before_claim_commit")
        except BaseException:
            self._landed = landed + self._landed
            # The commit may have arrived and its answer got lost: nobody is on the way with these.
            self._doubtful += [parcel.id for parcel, _message in loads]
            raise
        self._doubtful = []
        self._memory.saved()
        self._outage.saved()
        self._quota.saved()
        if landed:
            crashpoint("courier.after_sent_commit")
        if loads:
            crashpoint("courier.claimed")
        self._let_fly(tasks, loads)
        if len(loads) < free:
            return self._until(due, now)
        # More may be due, once something lands or the pace allows it.
        return _LOOK_EVERY if len(self._flying) >= self._slots() else min(_LOOK_EVERY, self._pace.wait())

    def _let_fly(self, tasks: asyncio.TaskGroup, loads: Sequence[_Load]) -> None:
        for parcel, message in loads:
            bulk, crowd = parcel.lane == outbox.Lane.BULK, self._channel.crowd(parcel.chat)
            self._pace.took(_address(parcel), bulk=bulk, count=_weight(message), crowd=crowd)
            task = tasks.create_task(self._carry(parcel, message))
            self._flying[task] = parcel
            task.add_done_callback(self._land)
        for _ in range(min(len(self._faded), self._in_flight - len(self._flying) - self._tidying)):
            tasks.create_task(self._tidy())

    def _slots(self) -> int:
        """How many may be in flight: one, to feel the way, while nothing gets through."""
        return 1 if self._failures >= outcomes.BREAKER else self._in_flight

    async def _next_due(self, session: Session) -> datetime | None:
        return await outbox.next_due(session, self._channel.name, self._channel.bot)

    def _until(self, due: datetime | None, now: datetime) -> float:
        if due is None:
            return _LOOK_EVERY
        soonest = max((due - now).total_seconds(), self._pace.wait(), 0.0)
        if soonest == 0:  # What is due may not leave: its chat rests, or it is bulk.
            held_up = (*self._pace.resting().values(), self._pace.bulk_wait())
            soonest = min((wait for wait in held_up if wait > 0), default=_LOOK_EVERY)
        return min(_LOOK_EVERY, soonest)

    async def _sleep(self, seconds: float, stopping: asyncio.Event) -> None:
        if not stopping.is_set() and not self._landed:
            with suppress(TimeoutError):
                async with asyncio.timeout(max(seconds, 0.001)):
                    await self._wake.wait()
        if self._flying:
            # What lands within a few milliseconds is recorded, and followed, in one transaction.
            await asyncio.wait(self._flying, timeout=_LINGER)

    async def _claim(self, session: Session, now: datetime, free: int) -> list[_Load]:
        """What leaves now: answers first, and one slot is theirs even when there are none."""
        leave = await self._quota.leave(session, now)
        free = free if leave.count is None else min(free, leave.count)
        if not free:
            return []
        resting = [one.chat for one in self._pace.resting()]
        channel, bot = self._channel.name, self._channel.bot
        unasked = sum(parcel.lane > outbox.Lane.ANSWER for parcel in self._flying.values())
        room = max(0, max(1, self._in_flight - 1) - unasked)
        highest = outbox.Lane.BULK if self._pace.bulk_room() else outbox.Lane.NOTICE
        if leave.urgent:
            parcels = await outbox.claim_urgent(session, channel, bot, now, free, resting)
        else:
            parcels = await outbox.claim(session, channel, bot, now, free, highest, room, resting)
        loads = await self._lightened(session, [(parcel, _read(session, parcel)) for parcel in parcels])
        files = [file for _parcel, message in loads if message is not None for file in message.files]
        await self._memory.look_up(session, files)
        return loads

    async def _lightened(self, session: Session, loads: list[_Load]) -> list[_Load]:
        """Without the albums that, leaving all at once, would make answers wait; they are queued again."""
        spent, left = 0, list[_Load]()
        for parcel, message in loads:
            bulk = parcel.lane == outbox.Lane.BULK
            if bulk and spent and spent + _weight(message) > _BULK_AT_ONCE:
                continue
            spent += _weight(message) if bulk else 0
            left.append((parcel, message))
        if len(left) < len(loads):
            staying = {parcel.id for parcel, _message in left}
            await outbox.hand_back(session, [one.id for one, _message in loads if one.id not in staying])
        return left

    async def _carry(self, parcel: Parcel, message: Message | None) -> Delivery:
        if message is None:
            return Rejected("unreadable")
        try:
            if not message.files:
                return await self._deliver(parcel, message)
            return await self._files.carry(
                message.files,
                lambda files: self._deliver(parcel, message, files),
                shared=parcel.lane == outbox.Lane.BULK,
            )
        except Exception:  # noqa: BLE001 - a fault of ours must not stop the other deliveries
            _log.exception("delivery_failed", row=parcel.id)
            return Flaky(certain=False, why="exception")

    async def _deliver(
        self, parcel: Parcel, message: Message, files: tuple[OutgoingFile, ...] = ()
    ) -> Delivery:
        crashpoint("courier.before_send")
        outcome = await self._channel.deliver(
            Outgoing(
                to=_address(parcel),
                message=self._veil.over(
                    message, _address(parcel), parcel.turn, buttons=self._channel.capabilities.buttons
                ),
                turn=parcel.turn,
                replaces=parcel.screen if parcel.edit else "",
                files=files,
                url=self._links.page(message),
            )
        )
        crashpoint("courier.after_send")
        return outcome

    def _land(self, task: "asyncio.Task[Delivery]") -> None:
        parcel = self._flying.pop(task)
        if not task.cancelled():
            outcome = task.result()
            self._landed.append((parcel, outcome))
            self._heed(_address(parcel), outcome)
            if isinstance(outcome, Delivered) and parcel.screen and not parcel.edit:
                self._faded.append((_address(parcel), parcel.screen))
        self._wake.set()

    def _heed(self, address: Address, outcome: Delivery) -> None:
        """What an outcome means for whatever leaves next, at once and not only when it is recorded."""
        self._failures = self._failures + 1 if isinstance(outcome, Flaky) else 0
        match outcome:
            case Throttled(seconds):
                self._rest(address, seconds)
            case Misconfigured():
                self._pace.pause(_MISCONFIGURED_PAUSE)
            case Flaky() if self._failures >= outcomes.BREAKER:
                self._pace.pause(outcomes.PROBE_EVERY)

    def _rest(self, address: Address, seconds: float) -> None:
        """A pause is the chat's own, unless another chat was told the same just before.

        Then it is the whole bot that was too fast.
        """
        tick = asyncio.get_running_loop().time()
        until = self._clock.now() + timedelta(seconds=seconds)
        self._pace.pause_chat(address, seconds)
        self._memory.pause(address.chat, until)
        if self._throttled and tick - self._throttled[0] < 2 and self._throttled[1] != address:
            self._pace.pause(seconds)
            self._pace.slow_down()
            self._memory.pause("", until)
        self._throttled = (tick, address)

    async def _tidy(self) -> None:
        """Take the buttons off screens that were followed, while sends leave room: answers come first."""
        self._tidying += 1
        try:
            while self._faded and len(self._flying) < self._in_flight and self._pace.room():
                chat, screen = self._faded.popleft()
                self._pace.took(chat, bulk=False, crowd=self._channel.crowd(chat.chat))
                if throttled := await self._channel.retire(chat, screen):
                    self._rest(chat, throttled.seconds)
        except Exception as error:  # noqa: BLE001 - worth nothing after the fact
            _log.info("courtesy_failed", error=type(error).__name__)
        finally:
            self._tidying -= 1

    async def _record_last(self) -> None:
        """Before the end: what arrived has to be noted, or it would arrive again."""
        until = asyncio.get_running_loop().time() + _LAST_RECORD
        while True:
            try:
                async with self._transactions() as session:
                    now = self._clock.now()
                    await self._quota.note(session, self._landed, now)
                    await outcomes.record(session, self._channel.name, self._landed, now, self._failures)
                    await self._memory.save(session, now)
            except Exception:
                if asyncio.get_running_loop().time() > until:
                    raise
                await asyncio.sleep(0.2)
            else:
                return


class Couriers:
    """All couriers, nudged together."""

    def __init__(self, couriers: Mapping[str, Courier]) -> None:
        self._couriers = couriers

    def nudge(self) -> None:
        """There may be something new to send, on any channel."""
        for courier in self._couriers.values():
            courier.nudge()


def _read(session: Session, parcel: Parcel) -> Message | None:
    """What a parcel says, with the code it gives away; one that is unreadable must not hold others up."""
    try:
        return channels.written(session, Message.from_json(parcel.payload))
    except Exception:  # noqa: BLE001 - whatever is wrong with it
        _log.exception("parcel_unreadable", row=parcel.id)
        return None


def _weight(message: Message | None) -> int:
    """As how many messages it counts: an album as many as it has files."""
    return 1 if message is None else max(1, len(message.files))


def _address(parcel: Parcel) -> Address:
    return Address(parcel.channel, parcel.bot, parcel.chat)
