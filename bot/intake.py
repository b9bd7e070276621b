"""Messages in: committed to the inbox before they are confirmed, then worked on, chat by chat."""

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

import structlog

from bot.channels.base import Channel, Misconfigured
from bot.clock import Clock
from bot.crashpoints import crashpoint
from core.joining import may_be_code
from core.messages import Address, Incoming
from core.quota_meter import Stop
from db.transaction import Session, Transactions
from handlers.desk import Desk
from services import inbox, quota_meter, uploads
from services.inbox import Heads, Waiting

_Turn = tuple[Waiting, Incoming | None]

_log = structlog.get_logger()
_COURTESIES = 16
_COURTESY_TIMEOUT = 5.0
_GROUP = 16
_BACK_OFF = (1.0, 2.0, 5.0, 15.0, 30.0)
#: Polls that fail one after the other, after so many of which the platform is asked whether it knows the bot.
_SUSPICIOUS = 5
#: Seconds after which a suspect message is tried even though it never gets quiet.
_PATIENCE = 60.0


async def listen(
    channel: Channel,
    transactions: Transactions,
    clock: Clock,
    arrived: Callable[[], None],
    stopping: asyncio.Event,
) -> None:
    """Poll a channel for ever: store, then confirm. Trouble with the platform is waited out.

    A platform that goes on refusing the bot itself is reported like one that refuses to send: where nothing
    is to be sent, nobody would hear of it.
    """
    failures, refused = 0, False
    while not stopping.is_set():
        try:
            arrivals = await channel.poll()
            if arrivals:
                crashpoint("intake.before_store")
                async with transactions() as session:
                    await inbox.receive(session, arrivals, clock.now())
                crashpoint("intake.after_store")
                channel.confirm(arrivals)
                crashpoint("intake.confirmed")
                arrived()
            if refused:
                async with transactions() as session:
                    await quota_meter.restarted(session, channel.name, channel.bot)
            failures, refused = 0, False
        except Exception as error:  # noqa: BLE001 - whatever a platform or disk does, polling goes on
            pause = _BACK_OFF[min(failures, len(_BACK_OFF) - 1)]
            failures += 1
            _log.warning("poll_failed", channel=channel.name, error=type(error).__name__, pause=pause)
            if failures % _SUSPICIOUS == 0 and not refused:
                refused = await _refused(channel, transactions, clock)
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await stopping.wait()


async def _refused(channel: Channel, transactions: Transactions, clock: Clock) -> bool:
    """Whether the platform does not know the bot, and that is on record."""
    told = await channel.introduce()
    if not isinstance(told, Misconfigured):
        return False
    try:
        async with transactions() as session:
            where, now = (channel.name, channel.bot), clock.now()
            await quota_meter.stop(session, *where, Stop.MISCONFIGURED, told.why, now)
    except Exception as error:  # noqa: BLE001 - a database that refuses is asked again after the next failures
        _log.warning("refusal_not_recorded", channel=channel.name, error=type(error).__name__)
        return False
    return True


class _FinishedAlreadyError(Exception):
    """One of a group was done before: the group is undone, and each is looked at alone."""


class FrontDoor:
    """Takes waiting messages to the desk: the first of each chat, several chats in one commit."""

    def __init__(
        self,
        desk: Desk,
        channels: Mapping[str, Channel],
        transactions: Transactions,
        clock: Clock,
        posted: Callable[[], None],
        *,
        quiet: float = 10.0,
    ) -> None:
        self._desk = desk
        self._channels = channels
        self._served = [(channel.name, channel.bot) for channel in channels.values()]
        self._transactions = transactions
        self._clock = clock
        self._posted = posted
        self._quiet = quiet
        self._wake = asyncio.Event()
        self._busy_at = self._tried_at = time.monotonic()
        self._shaken = self._trying = False
        self._left: list[int] = []
        self._courtesies: asyncio.TaskGroup | None = None
        self._running: set[asyncio.Task[None]] = set()

    def arrived(self) -> None:
        """There may be something new to work on."""
        self._wake.set()

    async def recover(self) -> int:
        """After a start: count what died with the process. Returns how many rows were given up."""
        self._shaken = True
        async with self._transactions() as session:
            return await inbox.count_crashes(session, self._clock.now())

    async def run(self, stopping: asyncio.Event) -> None:
        """Work until told to stop."""
        async with asyncio.TaskGroup() as courtesies:
            self._courtesies = courtesies
            while not stopping.is_set():
                if await self._worked():
                    await asyncio.sleep(0)
                    continue
                with suppress(TimeoutError):
                    async with asyncio.timeout(0.5):
                        await self._wake.wait()
                self._wake.clear()
            for courtesy in self._running:
                courtesy.cancel()

    async def _worked(self) -> bool:
        try:
            return await self.work() > 0
        except Exception:  # noqa: BLE001 - the database refuses: what was taken up is handed back later
            _log.exception("inbox_failed")
            await asyncio.sleep(_BACK_OFF[0])
            return False

    async def work(self) -> int:
        """Take up what waits, once; returns how many messages were taken up."""
        async with self._transactions() as session:
            rows = await self._take_up(session)
            # Remembered before the commit, whose answer may get lost.
            self._left = [row.id for row in rows]
            if rows:
                crashpoint("intake.before_claim_commit")
        if not rows:
            return 0
        crashpoint("intake.claimed")
        turns = await self._understood(rows)
        try:
            await self._together(turns)
        except Exception:  # noqa: BLE001 - the group is undone; whose fault it was shows one by one
            if len(turns) == 1:
                await self._failed(turns[0][0])
            else:
                for turn in turns:
                    await self._alone(turn)
        self._left = []
        self._posted()
        return len(rows)

    async def _take_up(self, session: Session) -> list[Waiting]:
        """What to work on next.

        What was there when the process died comes first, one by one, so that another death tells whose
        fault it was; what was there too often is tried alone, in a quiet moment.
        """
        now, tick = self._clock.now(), time.monotonic()
        rows: list[Waiting] = []
        if self._left:
            await inbox.hand_back(session, self._left)
        if self._shaken:
            rows = await inbox.claim(session, now, 1, self._served, Heads.SHAKEN)
            self._shaken = bool(rows)
        if not rows and (self._trying or tick - self._tried_at >= _PATIENCE):
            rows = await self._next_suspect(session, now, tick)
        if not rows:
            rows = await inbox.claim(session, now, _GROUP, self._served)
            if rows:
                self._busy_at = tick
            elif tick - self._busy_at >= self._quiet:
                rows = await self._next_suspect(session, now, tick)
        return rows

    async def _next_suspect(self, session: Session, now: datetime, tick: float) -> list[Waiting]:
        """One suspect; once one was tried, the others are too before anything else goes on."""
        rows = await inbox.claim(session, now, 1, self._served, Heads.SUSPECT)
        self._trying = bool(rows)
        self._tried_at = tick
        return rows

    async def _understood(self, rows: Sequence[Waiting]) -> list[_Turn]:
        """What the rows mean. One that is not what its platform describes never will be: it is given up."""
        understood: list[_Turn] = []
        for row in rows:
            try:
                incoming = self._parsed(row)
                known = incoming and replace(incoming, received_at=row.received_at)
                understood.append((row, known))
            except ValueError:
                await self._failed(row, for_good=True)
            except Exception:  # noqa: BLE001 - a failed message never stops the others
                await self._failed(row)
        return understood

    def _parsed(self, row: Waiting) -> Incoming | None:
        if uploads.came_by_page(row.external_id):
            return uploads.understood(Address(row.channel, row.bot, row.chat), row.external_id, row.raw)
        return self._channels[row.channel].parse(row.raw)

    async def _together(self, turns: Sequence[_Turn]) -> None:
        if not turns:
            return
        async with self._transactions() as session:
            now = self._clock.now()
            if not await inbox.finish(session, [row.id for row, _incoming in turns], now):
                if len(turns) > 1:
                    raise _FinishedAlreadyError
                return  # A commit whose answer got lost had done it after all.
            await inbox.forget(session, [row.id for row, one in turns if one and _secret(one)])
            meant = [incoming for _row, incoming in turns if incoming is not None]
            if meant:
                await self._desk.receive(session, meant, now)
            crashpoint("desk.before_commit")
        crashpoint("desk.after_commit")
        for row, incoming in turns:
            self._be_courteous(row, incoming)

    async def _alone(self, turn: _Turn) -> None:
        try:
            await self._together([turn])
        except Exception:  # noqa: BLE001 - a failed turn never stops the others
            await self._failed(turn[0])

    async def _failed(self, row: Waiting, *, for_good: bool = False) -> None:
        """The turn was undone: later again, or given up with a case number."""
        _log.exception("turn_failed", inbox=row.id, channel=row.channel, errors=row.errors)
        async with self._transactions() as session:
            now = self._clock.now()
            if for_good or row.errors + 1 >= inbox.ERRORS_ALLOWED:
                await inbox.bury(session, row.id, Address(row.channel, row.bot, row.chat), now)
            else:
                await inbox.retry(session, row, now)

    def _be_courteous(self, row: Waiting, incoming: Incoming | None) -> None:
        if incoming is None or incoming.upload or self._courtesies is None:
            return
        owed = incoming.tap or incoming.door or incoming.files
        if owed and len(self._running) < _COURTESIES:
            channel = self._channels[row.channel]
            task = self._courtesies.create_task(_courtesy(channel, row.raw, incoming))
            self._running.add(task)
            task.add_done_callback(self._running.discard)


def _secret(incoming: Incoming) -> bool:
    """Whether a message may have carried a way in; a changed one no longer says what was in it."""
    return incoming.edited or bool(incoming.argument) or may_be_code(incoming.text)


async def _courtesy(channel: Channel, raw: str, incoming: Incoming) -> None:
    try:
        async with asyncio.timeout(_COURTESY_TIMEOUT):
            await channel.acknowledge(raw, incoming)
    except Exception as error:  # noqa: BLE001 - worth nothing after the fact
        _log.info("courtesy_failed", error=type(error).__name__)
