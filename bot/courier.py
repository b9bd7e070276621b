"""The outbox emptied: claimed one a chat, delivered outside any transaction, recorded in another."""

import asyncio
import secrets
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import structlog

from bot.channels.base import (
    Channel,
    Delivered,
    Delivery,
    Flaky,
    Misconfigured,
    Moved,
    Outgoing,
    OutgoingFile,
    Rejected,
    Throttled,
    Unreachable,
)
from bot.clock import Clock
from bot.crashpoints import crashpoint
from bot.filestore import MissingFileError, Store
from bot.pace import Pace, PaceLimits
from core.messages import Address, Message
from db.transaction import Savepoint, Session, Transactions
from services import outbox
from services.outbox import Parcel

_log = structlog.get_logger()
_LOOK_EVERY = 1.0
_LINGER = 0.004
_EXPIRE_EVERY = timedelta(seconds=5)
_MISCONFIGURED_PAUSE = 30.0
_LAST_RECORD = 8.0
_BREAKER = 10
_PROBE_EVERY = 5.0
_LONGEST_PAUSE = 60.0
_LONGEST_DOUBT = 3600.0
_FADED_KEPT = 1000


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
    ) -> None:
        self._channel = channel
        self._transactions = transactions
        self._clock = clock
        self._files = files
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
        """After a start: what was in flight is sent again, and counted. Returns how many."""
        async with self._transactions() as session:
            return await outbox.recover(session, self._channel.name, self._channel.bot)

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
        parcels: list[Parcel] = []
        try:
            async with self._transactions() as session:
                if self._doubtful:
                    await outbox.hand_back(session, self._doubtful)
                await self._record(session, landed, now)
                if landed:
                    crashpoint("courier.before_sent_commit")
                if now - self._expired_at > _EXPIRE_EVERY:
                    await outbox.expire(session, now)
                    self._expired_at = now
                parcels = await self._claim(session, now, free) if free > 0 else []
                due = await self._next_due(session) if len(parcels) < free else None
                if parcels:
                    crashpoint("courier.before_claim_commit")
        except BaseException:
            self._landed = landed + self._landed
            # The commit may have arrived and its answer got lost: nobody is on the way with these.
            self._doubtful += [parcel.id for parcel in parcels]
            raise
        self._doubtful = []
        if landed:
            crashpoint("courier.after_sent_commit")
        if parcels:
            crashpoint("courier.claimed")
        self._let_fly(tasks, parcels)
        if len(parcels) < free:
            return self._until(due, now)
        # More may be due, once something lands or the pace allows it.
        return _LOOK_EVERY if len(self._flying) >= self._slots() else min(_LOOK_EVERY, self._pace.wait())

    def _let_fly(self, tasks: asyncio.TaskGroup, parcels: Sequence[Parcel]) -> None:
        for parcel in parcels:
            self._pace.took(_address(parcel), bulk=parcel.lane == outbox.Lane.BULK)
            task = tasks.create_task(self._carry(parcel))
            self._flying[task] = parcel
            task.add_done_callback(self._land)
        for _ in range(min(len(self._faded), self._in_flight - len(self._flying) - self._tidying)):
            tasks.create_task(self._tidy())

    def _slots(self) -> int:
        """How many may be in flight: one, to feel the way, while nothing gets through."""
        return 1 if self._failures >= _BREAKER else self._in_flight

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

    async def _claim(self, session: Session, now: datetime, free: int) -> list[Parcel]:
        """What leaves now: answers first, and one slot is theirs even when there are none."""
        resting = [one.chat for one in self._pace.resting()]
        channel, bot = self._channel.name, self._channel.bot
        unasked = sum(parcel.lane > outbox.Lane.ANSWER for parcel in self._flying.values())
        room = max(0, max(1, self._in_flight - 1) - unasked)
        highest = outbox.Lane.BULK if self._pace.bulk_room() else outbox.Lane.NOTICE
        return await outbox.claim(session, channel, bot, now, free, highest, room, resting)

    async def _carry(self, parcel: Parcel) -> Delivery:
        try:
            return await self._deliver(parcel)
        except Exception:  # noqa: BLE001 - a fault of ours must not stop the other deliveries
            _log.exception("delivery_failed", row=parcel.id)
            return Flaky(certain=False, why="exception")

    async def _deliver(self, parcel: Parcel) -> Delivery:
        message = Message.from_json(parcel.payload)
        file: OutgoingFile | None = None
        if message.files:
            wanted = message.files[0]
            try:
                data = await self._files.read_served(wanted.sha256)
            except MissingFileError:
                return Rejected("file missing")
            file = OutgoingFile(wanted.name, wanted.mime, data)
        crashpoint("courier.before_send")
        outcome = await self._channel.deliver(
            Outgoing(
                to=_address(parcel),
                message=message,
                turn=parcel.turn,
                replaces=parcel.screen if parcel.edit else "",
                file=file,
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
            case Flaky() if self._failures >= _BREAKER:
                self._pace.pause(_PROBE_EVERY)

    def _rest(self, address: Address, seconds: float) -> None:
        """A pause is the chat's own, unless another chat was told the same just before."""
        tick = asyncio.get_running_loop().time()
        self._pace.pause_chat(address, seconds)
        if self._throttled and tick - self._throttled[0] < 2 and self._throttled[1] != address:
            self._pace.pause(seconds)
        self._throttled = (tick, address)

    async def _tidy(self) -> None:
        """Take the buttons off screens that were followed, while sends leave room: answers come first."""
        self._tidying += 1
        try:
            while self._faded and len(self._flying) < self._in_flight and self._pace.room():
                chat, screen = self._faded.popleft()
                self._pace.took(chat, bulk=False)
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
                    await self._record(session, self._landed, self._clock.now())
            except Exception:
                if asyncio.get_running_loop().time() > until:
                    raise
                await asyncio.sleep(0.2)
            else:
                return

    async def _record(self, session: Session, landed: list[tuple[Parcel, Delivery]], now: datetime) -> None:
        sent = [(parcel, outcome.receipt) for parcel, outcome in landed if isinstance(outcome, Delivered)]
        if sent:
            await outbox.record_sent(session, sent, now)
        for parcel, outcome in landed:
            if isinstance(outcome, Delivered):
                continue
            try:
                async with Savepoint(session):
                    await self._record_failure(session, parcel, outcome, now)
            except Exception:  # noqa: BLE001 - one that cannot be recorded must not hold up the others
                _log.exception("outcome_unrecorded", row=parcel.id)
                await outbox.give_up(session, parcel, "unrecorded", now)

    async def _record_failure(
        self, session: Session, parcel: Parcel, outcome: Delivery, now: datetime
    ) -> None:
        match outcome:
            case Throttled(seconds):
                await outbox.put_back(session, parcel, now + timedelta(seconds=seconds), "throttled")
            case Moved(chat):
                await outbox.follow_move(session, parcel, chat, now)
            case Unreachable(why):
                await outbox.give_up_chat(session, parcel, why, now)
            case Rejected(why):
                _log.error("delivery_rejected", row=parcel.id, why=why)
                await outbox.give_up(session, parcel, why, now)
            case Misconfigured(why):
                _log.error("channel_misconfigured", channel=self._channel.name, why=why)
                await outbox.put_back(session, parcel, now, why)
            case Flaky(certain, why):
                await self._try_again(session, parcel, now, why, certain=certain)

    async def _try_again(
        self, session: Session, parcel: Parcel, now: datetime, why: str, *, certain: bool
    ) -> None:
        """Later again. Charged is only what may have arrived, and not while nothing gets through.

        What may have arrived waits longer each time, so that it is not repeated for ever and the next to
        feel the way is another one.
        """
        broken = self._failures >= _BREAKER
        charged = not certain and not broken
        if charged and parcel.attempts + 1 >= outbox.ATTEMPTS:
            await outbox.give_up(session, parcel, why, now)
            return
        if certain:
            pause = min(_PROBE_EVERY if broken else _LONGEST_PAUSE, 2.0 ** min(self._failures, 6))
        else:
            pause = min(_LONGEST_DOUBT if broken else _LONGEST_PAUSE, 2.0 ** min(parcel.repeats + 1, 12))
        until = now + timedelta(seconds=pause * (0.8 + secrets.randbelow(400) / 1000))
        await outbox.put_back(session, parcel, until, why, attempted=charged, uncertain=not certain)


class Couriers:
    """All couriers, nudged together."""

    def __init__(self, couriers: Mapping[str, Courier]) -> None:
        self._couriers = couriers

    def nudge(self) -> None:
        """There may be something new to send, on any channel."""
        for courier in self._couriers.values():
            courier.nudge()


def _address(parcel: Parcel) -> Address:
    return Address(parcel.channel, parcel.bot, parcel.chat)
