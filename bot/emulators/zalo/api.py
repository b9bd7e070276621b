"""One bot's Bot API in memory: calls answered, people acting, chats to look at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

import httpx

from bot.emulators.zalo import methods
from bot.emulators.zalo.errors import RefusedError
from bot.emulators.zalo.ledger import LedgerEntry
from bot.emulators.zalo.people import PeopleSide
from bot.emulators.zalo.server import (
    MEDIA_ADDRESS,
    TOKEN,
    ConnectionDroppedError,
    ServerUnreachableError,
)
from bot.emulators.zalo.state import Bubble, Chat, Json, JsonValue
from bot.emulators.zalo.switches import Fault, Faults, Switches


@dataclass(frozen=True, slots=True)
class Answer:
    """An HTTP status with a JSON body, or a body that is none (`raw`)."""

    status: int
    body: Json
    raw: bytes | None = None


@dataclass(frozen=True, slots=True)
class ChatView:
    """The screen of one chat."""

    chat: str
    name: str
    blocked: bool
    typing: bool
    bubbles: tuple[Bubble, ...]

    def from_bot(self) -> list[Bubble]:
        """What the bot wrote, in order."""
        return [one for one in self.bubbles if one.by_bot]


class ZaloServer(PeopleSide):
    """The emulator of one bot; see `Server` for what it is made of."""

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        token: str = TOKEN,
        switches: Switches | None = None,
        reach: httpx.AsyncBaseTransport | None = None,
        media_address: str = MEDIA_ADDRESS,
    ) -> None:
        super().__init__(clock, token=token, switches=switches, reach=reach, media_address=media_address)
        self.faults = Faults()
        self._reads = 0
        self._news = asyncio.Event()

    def view(self, chat: str) -> ChatView:
        """What the person sees now; an unknown chat is an empty screen."""
        known, person = self.world.chats.get(chat, Chat(chat)), self.world.person(chat)
        return ChatView(chat, person.name, person.blocked, known.typing, tuple(known.bubbles))

    async def call(self, method: str, fields: Mapping[str, JsonValue]) -> Answer:
        """Answer one call; it takes effect before any waiting.

        Raises `ServerUnreachableError` and `ConnectionDroppedError`.
        """
        if self.outage:
            raise ServerUnreachableError
        fault = self.faults.take(method)
        if fault is not None and fault.unreachable:
            raise ServerUnreachableError
        self.ledger.counts[method] += 1
        truth: Answer | None = None
        if fault is None or not fault.speaks() or fault.accepted:
            truth = await self._truth(method, fields)
        told = truth if truth is not None and not (fault and fault.speaks()) else self._spoken(fault)
        if method != "getUpdates":
            self._record(method, fields, truth, told)
        if fault is not None and fault.delay:
            await asyncio.sleep(fault.delay)
        if fault is not None and fault.drop:
            raise ConnectionDroppedError
        return told

    def unauthorized(self) -> Answer:
        """What a call with another token gets. Raises `ServerUnreachableError`."""
        if self.outage:
            raise ServerUnreachableError
        if self.switches.stranger_body == "html":
            return Answer(401, {}, b"<html>401</html>")
        return self._refusal(RefusedError(401))

    async def _truth(self, method: str, fields: Mapping[str, JsonValue]) -> Answer:
        try:
            if method == "getUpdates":
                result: JsonValue = await self._next_update(fields)
            elif method in methods.METHODS:
                result = await methods.METHODS[method][0](self, fields)
            else:
                return self._refusal(RefusedError(self.switches.unknown_method))
        except RefusedError as error:
            return self._refusal(error)
        body: Json = {"ok": True} if result == methods.NO_RESULT else {"ok": True, "result": result}
        if self.switches.success_code:
            body["error_code"] = 0
        return Answer(200, body)

    def _refusal(self, error: RefusedError) -> Answer:
        body: Json = {"ok": False, "description": error.description, "error_code": error.status}
        return Answer(200 if self.switches.refuses_with_200 else error.status, body)

    def _spoken(self, fault: Fault | None) -> Answer:
        if fault is None or fault.drop:
            return Answer(0, {})
        if fault.raw is not None:
            return Answer(fault.status or 200, {}, fault.raw)
        return self._refusal(RefusedError(fault.status))

    def _record(
        self, method: str, fields: Mapping[str, JsonValue], truth: Answer | None, told: Answer
    ) -> None:
        result = truth.body.get("result") if truth is not None else None
        code = truth.body.get("error_code") if truth is not None and not truth.body.get("ok") else 200
        known = methods.METHODS.get(method, (None, frozenset[str]()))[1]
        self.ledger.entries.append(
            LedgerEntry(
                at=self.clock(),
                method=method,
                chat_id=methods.text_of(fields, "chat_id"),
                status=0 if truth is None else code if isinstance(code, int) else 0,
                told=told.status,
                message_id=str(result.get("message_id", "")) if isinstance(result, dict) else "",
                text=methods.text_of(fields, "text") or methods.text_of(fields, "caption"),
                unknown=tuple(sorted(fields.keys() - known)),
            )
        )
        if "reply_markup" in fields:
            self.ledger.complaints.append(f"{method} with reply_markup: nobody sees it")

    async def pump(self) -> None:
        """Post what waits to the webhook: one event a posting, none of them ever again."""
        while self.webhook and self.waiting:
            event = self.waiting.pop() if self.switches.out_of_order else self.waiting.popleft()
            shaped: Json = event
            if self.switches.webhook_shape == "enveloped":
                shaped = {"ok": True, "result": event}
            for _ in range(self.switches.duplicates):
                await self.post_to_webhook(shaped, event)

    def _tell(self, event: Json) -> None:
        self.waiting.append(event)
        self._news.set()

    async def _next_update(self, fields: Mapping[str, JsonValue]) -> JsonValue:
        """One update: taken away as it is read, or told again until it was read so often."""
        if self.webhook:
            raise RefusedError(400)
        told = methods.text_of(fields, "timeout") or "30"
        wait = min(float(told) if told.isdigit() else 30.0, self.switches.poll_cap)
        if not self.waiting and wait:
            self._news.clear()
            try:
                async with asyncio.timeout(wait):
                    await self._news.wait()
            except TimeoutError:
                raise RefusedError(408) from None
        if not self.waiting:
            raise RefusedError(408)
        self._reads += 1
        if self.switches.poll == "consume" or self._reads >= self.switches.replay_reads:
            self._reads = 0
            return self.waiting.popleft()
        return self.waiting[0]
