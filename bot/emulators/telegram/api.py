"""One bot's Bot API in memory: calls answered, people acting, chats to look at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from http import HTTPStatus
from types import MappingProxyType, TracebackType
from typing import Final, Self

from bot.emulators.telegram.errors import ApiError
from bot.emulators.telegram.faults import Fault, Faults
from bot.emulators.telegram.files import FileStore
from bot.emulators.telegram.json_types import JsonObject, JsonValue, json_array
from bot.emulators.telegram.ledger import Ledger, LedgerEntry
from bot.emulators.telegram.limits import Limits, Throttle
from bot.emulators.telegram.methods import METHODS, get_updates
from bot.emulators.telegram.people import PeopleSide
from bot.emulators.telegram.server import Call, Change, Result, Server
from bot.emulators.telegram.state import Chat, World
from bot.emulators.telegram.updates import UpdateQueue
from bot.emulators.telegram.view import ChatView, view_of
from bot.emulators.telegram.wire import ApiAnswer, Params, UploadedFile

TOKEN: Final = "7000000001:AAEmulatedEmulatedEmulatedEmulated00"  # noqa: S105 - made up, it opens nothing
NO_FILES: Final[Mapping[str, UploadedFile]] = MappingProxyType({})


class ConnectionDroppedError(Exception):
    """The server closed the connection without an answer; the call may have taken effect."""


class ServerUnreachableError(Exception):
    """The server cannot be reached; nothing happened."""


class Subscription:
    """Changes as they happen: ``async for change in subscription``; close it, or use ``with``."""

    def __init__(self, leave: Callable[[Subscription], None]) -> None:
        self._leave = leave
        self._queue: asyncio.Queue[Change | None] = asyncio.Queue()

    def put(self, change: Change) -> None:
        """Hand over one change."""
        self._queue.put_nowait(change)

    def close(self) -> None:
        """End the iteration."""
        self._leave(self)
        self._queue.put_nowait(None)

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> Change:
        change = await self._queue.get()
        if change is None:
            raise StopAsyncIteration
        return change

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


class BotApi(PeopleSide):
    """The emulator of one bot.

    ``clock`` returns an aware datetime; ids come from counters, so a run can be repeated exactly.
    ``latency`` is how long an accepted call waits for its answer, in seconds. ``outage`` makes every
    connection fail before anything happens.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        token: str = TOKEN,
        name: str = "Emulated bot",
        username: str = "emulated_bot",
        limits: Limits | None = None,
        first_update_id: int = 100_000_001,
    ) -> None:
        bot: JsonObject = {
            "id": int(token.partition(":")[0]),
            "is_bot": True,
            "first_name": name,
            "username": username,
        }
        self.token = token
        self.latency = 0.0
        self.outage = False
        self.faults = Faults()
        self.ledger = Ledger()
        self.server = Server(World(bot), UpdateQueue(first_update_id), clock, self._changed)
        self.server.throttle = Throttle(limits or Limits())
        self.server.files = FileStore(int(token.partition(":")[0]))
        self._subscriptions: list[Subscription] = []
        self._views: dict[int, ChatView] = {}

    async def call(
        self,
        method: str,
        params: Mapping[str, object] = MappingProxyType({}),
        files: Mapping[str, UploadedFile] = NO_FILES,
    ) -> ApiAnswer:
        """Answer one Bot API call.

        The call takes effect before any waiting, so whoever gives up waiting has still been heard.
        Raises ServerUnreachableError during an outage and ConnectionDroppedError when a fault says so.
        """
        if self.outage:
            raise ServerUnreachableError
        lower = method.lower()
        read = Params(params)
        chat_id = read.integer("chat_id") if "chat_id" in params else None
        fault = self.faults.take(lower, chat_id)
        if lower == "getupdates":
            return await self._poll(Call(read, files), fault)
        self.ledger.begin(chat_id)
        try:
            answer = self._perform(lower, method, Call(read, files), chat_id, fault)
            wait = self.latency + (fault.delay if fault is not None else 0.0)
            if wait:
                await asyncio.sleep(wait)
        finally:
            self.ledger.end(chat_id)
        if fault is not None and fault.drop:
            raise ConnectionDroppedError
        return answer

    def download(self, path: str) -> bytes | None:
        """The bytes behind a download path; None for 404. Raises ServerUnreachableError during an outage."""
        if self.outage:
            raise ServerUnreachableError
        self.ledger.counts["download"] += 1
        return self.server.files.download(path)

    def view(self, chat: int) -> ChatView:
        """What the person sees now; an unknown chat is an empty screen."""
        known = self.server.world.chats.get(chat)
        if known is None:
            return view_of(self.server.world, Chat(chat, "private"))
        if chat not in self._views:
            self._views[chat] = view_of(self.server.world, known)
        return self._views[chat]

    def file_bytes(self, file_id: str) -> bytes:
        """The content of a file on the screen. Raises KeyError for an unknown id."""
        return self.server.files.bytes_of(file_id)

    def chats(self) -> list[int]:
        """The chats the bot may find, in the order they were introduced."""
        return [chat.id for chat in self.server.world.chats.values() if chat.known]

    def subscribe(self) -> Subscription:
        """Follow changes from now on."""
        subscription = Subscription(self._unsubscribe)
        self._subscriptions.append(subscription)
        return subscription

    @property
    def limits(self) -> Limits:
        """The rates in force."""
        return self.server.throttle.limits

    @limits.setter
    def limits(self, limits: Limits) -> None:
        self.server.throttle = Throttle(limits)

    @property
    def pending(self) -> list[JsonObject]:
        """Updates the bot has not confirmed."""
        return self.server.updates.pending()

    @property
    def confirmed(self) -> int:
        """The highest update id the bot has confirmed, 0 before the first."""
        return self.server.updates.confirmed

    def redeliver(self, updates: list[JsonObject]) -> None:
        """Serve updates once more under the ids they had."""
        self.server.updates.push_again(updates)

    def restart_update_ids(self, next_id: int) -> None:
        """Number updates from elsewhere, as after a week of silence; nothing may be waiting."""
        self.server.updates.restart_ids(next_id)

    def _changed(self, change: Change) -> None:
        if change.chat_id:
            self._views.pop(change.chat_id, None)
        else:
            self._views.clear()
        for subscription in self._subscriptions:
            subscription.put(change)

    def _unsubscribe(self, subscription: Subscription) -> None:
        if subscription in self._subscriptions:
            self._subscriptions.remove(subscription)

    async def _poll(self, call: Call, fault: Fault | None) -> ApiAnswer:
        self.ledger.counts["getUpdates"] += 1
        if fault is not None:
            await asyncio.sleep(fault.delay)
            if fault.drop:
                raise ConnectionDroppedError
            if fault.answers():
                return fault.answer()
        try:
            updates = await get_updates(self.server, call)
        except ApiError as error:
            return ApiAnswer(error.status, error.body())
        return ApiAnswer(200, {"ok": True, "result": json_array(updates)})

    def _perform(
        self, lower: str, method: str, call: Call, chat_id: int | None, fault: Fault | None
    ) -> ApiAnswer:
        """Let the call take effect, unless a fault stands before it, and write it down."""
        name, perform = METHODS.get(lower, (method, _unknown))
        result: Result | None = None
        if fault is not None and fault.answers() and not fault.accepted:
            answer = truth = fault.answer()
        else:
            try:
                result = perform(self.server, call)
                truth = ApiAnswer(200, {"ok": True, "result": _plain(result)})
            except ApiError as error:
                truth = ApiAnswer(error.status, error.body())
            answer = fault.answer() if fault is not None and fault.answers() else truth
        self._record(name, call, chat_id, truth, answer, result)
        return answer

    def _record(
        self,
        method: str,
        call: Call,
        chat_id: int | None,
        truth: ApiAnswer,
        answer: ApiAnswer,
        result: Result | None,
    ) -> None:
        self.ledger.counts[method] += 1
        first = result[0] if isinstance(result, list) and result else result
        number = first.get("message_id") if isinstance(first, dict) else None
        entry = LedgerEntry(
            at=self.server.clock(),
            method=method,
            chat_id=chat_id,
            status=truth.status if result is not None or truth.status != HTTPStatus.OK else 0,
            message_id=number if isinstance(number, int) else None,
            text=call.params.text("text") or call.params.text("caption"),
            told=answer.status,
            description=str(truth.body.get("description", "")),
            messages=len(result) if isinstance(result, list) else 1,
            uploaded=sum(len(file.data) for file in call.files.values()),
        )
        self.ledger.entries.append(entry)


def _unknown(server: Server, call: Call) -> Result:
    del server, call
    raise ApiError.unknown_method()


def _plain(result: Result) -> JsonValue:
    return json_array(result) if isinstance(result, list) else result
