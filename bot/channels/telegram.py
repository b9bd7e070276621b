"""Telegram: our own polling loop, one call a delivery, and what each failure means.

python-telegram-bot gives the request classes, the error types and the parsing of updates. Its
`Updater` is not used: it confirms updates before they are safe.
"""

import hashlib
import json
import os
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import cast
from urllib.parse import quote

import httpx
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Conflict,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)
from telegram.request import BaseRequest, HTTPXRequest, RequestData

from bot.channels import telegram_files, telegram_parse, telegram_render, telegram_request
from bot.channels.base import (
    Delivered,
    Delivery,
    FetchFailedError,
    FileGoneError,
    FileTooBigError,
    Flaky,
    Forgotten,
    Misconfigured,
    Moved,
    Outgoing,
    Rejected,
    Throttled,
    Unreachable,
)
from core.joining import CODE_IN_LINK, Entrance
from core.messages import Address, Capabilities, FileRef, Incoming
from services.inbox import Arrival

ALLOWED_UPDATES = json.dumps(["message", "edited_message", "callback_query", "my_chat_member"])
#: Bot API 10.0: 4,096 UTF-16 units a message, 2 to 10 files an album, 50 MB a call (sizes are about right).
CAPABILITIES = Capabilities(
    buttons=True,
    edits=True,
    files_in=True,
    files_out=True,
    text_limit=4096,
    album=10,
    album_bytes=45_000_000,
    erases=True,
)
_POLL_SLACK = 10.0
_SEND_TIMEOUT = 20.0
_NOT_SENT = (
    telegram_request.NotSentError,
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.UnsupportedProtocol,
)
_GONE = ("chat not found", "user is deactivated", "bot was blocked", "can't initiate conversation")
_FORGOTTEN = ("wrong file identifier", "wrong remote file id", "file_reference_", "wrong file_id")
_TOO_LARGE = "request entity too large"
_NO_SUCH_FILE = ("wrong file_id", "invalid file_id")
_NOTHING_LEFT = ("message to delete not found", "message_id_invalid")
_CANNOT_EDIT = ("message to edit not found", "message can't be edited", "message_id_invalid")


def make_request(proxy: str | None, connections: int) -> BaseRequest:
    """The HTTP client: by aiohttp, or by httpx where a proxy (SOCKS among them) has to be passed."""
    if proxy:
        return HTTPXRequest(connection_pool_size=connections, proxy=proxy)
    return telegram_request.AiohttpRequest(connections)


@dataclass(frozen=True, slots=True)
class _Call:
    """The parameters of one call, ready for the wire: what the request classes read of `RequestData`.

    That class itself wants every parameter wrapped and encoded once more.
    """

    json_parameters: Mapping[str, str]
    multipart_data: Mapping[str, tuple[str, bytes, str]]

    @property
    def contains_files(self) -> bool:
        """Whether files go along: they are given more time."""
        return bool(self.multipart_data)


def _wire(fields: Mapping[str, str], uploads: Mapping[str, tuple[str, bytes, str]]) -> RequestData:
    return cast("RequestData", _Call(fields, uploads))


class TelegramChannel:
    """One bot on Telegram, reached by long polling."""

    name = "telegram"
    capabilities = CAPABILITIES

    def __init__(
        self,
        token: str,
        *,
        request: BaseRequest,
        poll_request: BaseRequest,
        base_url: str = "https://api.telegram.org/bot",
        base_file_url: str = "https://api.telegram.org/file/bot",
        poll_timeout: int = 25,
    ) -> None:
        # The pauses of RetryAfter as timedeltas, as they will be; the library warns of whole seconds.
        os.environ.setdefault("PTB_TIMEDELTA", "1")
        self.bot = token.partition(":")[0]
        self._request = request
        self._poll_request = poll_request
        self._url = f"{base_url}{token}"
        self._file_url = f"{base_file_url}{token}"
        self._poll_timeout = poll_timeout
        self._offset = 0
        self.entrance = Entrance()

    async def open(self) -> None:
        """Open the HTTP clients."""
        await self._request.initialize()
        await self._poll_request.initialize()

    async def close(self) -> None:
        """Close the HTTP clients."""
        await self._request.shutdown()
        await self._poll_request.shutdown()

    async def introduce(self) -> str | Delivery:
        """The bot's name as people find it (`getMe`), or what hinders Telegram from telling."""
        try:
            answer = await self._call("getMe", {})
        except TelegramError as error:
            return classify(error)
        name = str(answer.get("username", "")) if isinstance(answer, dict) else ""
        if name:
            self.entrance = Entrance(f"@{name}", f"https://t.me/{name}?start={CODE_IN_LINK}")
        return name

    async def poll(self) -> Sequence[Arrival]:
        """Updates from the first unconfirmed on. Raises `TelegramError` when Telegram cannot be asked."""
        fields = {
            "offset": str(self._offset),
            "timeout": str(self._poll_timeout),
            "allowed_updates": ALLOWED_UPDATES,
        }
        try:
            answer: object = await self._poll_request.post(
                f"{self._url}/getUpdates", _wire(fields, {}), read_timeout=self._poll_timeout + _POLL_SLACK
            )
        except Conflict as error:
            if "webhook" in str(error).lower():
                # Left behind by a time when updates were posted. Nothing is lost: it only stops the posting.
                await self._call("deleteWebhook", {})
            raise
        if not isinstance(answer, list):
            return []
        if not answer:
            # Telegram has forgotten all that was confirmed; after a quiet week it may number from anywhere.
            self._offset = 0
        return [_arrival(update, self.bot) for update in answer if isinstance(update, dict)]

    def confirm(self, arrivals: Sequence[Arrival]) -> None:
        """The next poll asks for what comes after these."""
        numbers = [int(one.external_id) for one in arrivals if one.external_id.isdigit()]
        if numbers:
            self._offset = numbers[-1] + 1

    async def hook(self, address: str, secret: str) -> None:
        """Have updates posted (`setWebhook`). Raises `TelegramError`."""
        fields = {"url": address, "secret_token": secret, "allowed_updates": ALLOWED_UPDATES}
        await self._call("setWebhook", fields)

    def arrival(self, body: bytes) -> Arrival | None:
        """The update in what Telegram posted: one a call."""
        try:
            update = json.loads(body) if body.strip() else None
        except (RecursionError, UnicodeDecodeError) as error:
            raise ValueError(type(error).__name__) from error
        return _arrival(update, self.bot) if isinstance(update, dict) and update else None

    def parse(self, raw: str) -> Incoming | None:
        """What a stored update means."""
        return telegram_parse.parse(raw, self.bot)

    async def deliver(self, outgoing: Outgoing) -> Delivery:
        """Send, or edit in place; what cannot be edited is sent anew. What is to be taken away is deleted."""
        if outgoing.erases:
            return await self._erase(outgoing)
        if outgoing.files:
            return await telegram_files.hand_over(self._attempt, outgoing)
        fields = {
            "chat_id": outgoing.to.chat,
            "text": telegram_render.text_of(outgoing.message, outgoing.url),
        }
        fields["parse_mode"] = "HTML"
        keyboard = telegram_render.keyboard_of(outgoing.message, outgoing.turn)
        if keyboard:
            fields["reply_markup"] = keyboard
        if outgoing.replaces:
            outcome = await self._attempt("editMessageText", {**fields, "message_id": outgoing.replaces})
            if not isinstance(outcome, Rejected):
                return outcome
            if "message is not modified" in outcome.why.lower():
                return Delivered(outgoing.replaces)
            if not any(words in outcome.why.lower() for words in _CANNOT_EDIT):
                return outcome
        fields["link_preview_options"] = '{"is_disabled":true}'
        return await self._attempt("sendMessage", fields)

    async def _erase(self, outgoing: Outgoing) -> Delivery:
        """Delete what one call brought; what is not there any more is as good as deleted."""
        numbers = [int(one) for one in outgoing.replaces.split(",") if one.isdigit()]
        fields = {"chat_id": outgoing.to.chat}
        if not numbers:
            return Delivered("")
        if len(numbers) == 1:
            outcome = await self._attempt("deleteMessage", {**fields, "message_id": str(numbers[0])})
        else:
            outcome = await self._attempt("deleteMessages", {**fields, "message_ids": json.dumps(numbers)})
        gone = isinstance(outcome, Rejected) and any(one in outcome.why.lower() for one in _NOTHING_LEFT)
        return Delivered("") if gone else outcome

    def crowd(self, chat: str) -> bool:
        """Groups have numbers below zero."""
        return chat.startswith("-")

    async def retire(self, chat: Address, screen: str) -> Throttled | None:
        """Take the buttons off a screen: a press on one would find it out of date anyway."""
        try:
            await self._call("editMessageReplyMarkup", {"chat_id": chat.chat, "message_id": screen})
        except TelegramError as error:
            outcome = classify(error)
            return outcome if isinstance(outcome, Throttled) else None
        return None

    async def fetch(self, file: FileRef) -> AsyncIterator[bytes]:
        """The bytes of a file, through `getFile`; at most 20 MB."""
        try:
            answer = await self._call("getFile", {"file_id": file.ref})
        except TelegramError as error:
            raise _not_fetched(error) from error
        path = answer.get("file_path") if isinstance(answer, dict) else None
        if not isinstance(path, str):
            raise FetchFailedError
        url = path if "://" in path else f"{self._file_url}/{quote(path)}"
        try:
            yield await self._request.retrieve(url, read_timeout=60)
        except TelegramError as error:
            raise FetchFailedError(type(error).__name__) from error

    async def acknowledge(self, raw: str, incoming: Incoming) -> None:
        """Stop a button's spinner; show «typing» where files are being taken in."""
        with suppress(TelegramError):
            if incoming.files:
                await self._call("sendChatAction", {"chat_id": incoming.address.chat, "action": "typing"})
            elif incoming.tap or incoming.door:
                query = json.loads(raw)["callback_query"]["id"]
                await self._call("answerCallbackQuery", {"callback_query_id": query})

    async def set_commands(self, chat: str, commands: Sequence[tuple[str, str]]) -> None:
        """Offer commands to one chat, or to everybody; a chat that is gone needs none.

        Raises `TelegramError`.
        """
        scope = {"type": "chat", "chat_id": int(chat)} if chat else {"type": "default"}
        listed = [{"command": name, "description": hint} for name, hint in commands]
        fields = {"commands": json.dumps(listed, ensure_ascii=False), "scope": json.dumps(scope)}
        try:
            await self._call("setMyCommands", fields)
        except TelegramError as error:
            if not isinstance(classify(error), Unreachable):
                raise

    async def _attempt(
        self,
        method: str,
        fields: Mapping[str, str],
        uploads: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> Delivery:
        try:
            answer = await self._call(method, fields, uploads or {})
        except TelegramError as error:
            return classify(error)
        except (KeyError, TypeError, ValueError):
            return Delivered("")  # A 200 of an unexpected shape: it was taken.
        return telegram_files.arrived(answer)

    async def _call(
        self,
        method: str,
        fields: Mapping[str, str],
        uploads: Mapping[str, tuple[str, bytes, str]] | None = None,
    ) -> object:
        return await self._request.post(
            f"{self._url}/{method}",
            _wire(fields, uploads or {}),
            read_timeout=_SEND_TIMEOUT,
            write_timeout=_SEND_TIMEOUT,
        )


def classify(error: TelegramError) -> Delivery:
    """What a failed call means (python-telegram-bot 22.8; by the cause, since its types are coarse)."""
    words = str(error)
    match error:
        case RetryAfter():
            wait = error.retry_after
            return Throttled(float(wait if isinstance(wait, int) else wait.total_seconds()))
        case ChatMigrated():
            return Moved(str(error.new_chat_id))
        case Forbidden():
            return Unreachable(words)
        case InvalidToken() | Conflict():
            return Misconfigured(type(error).__name__)
        case BadRequest():
            if any(part in words.lower() for part in _GONE):
                return Unreachable(words)
            return Forgotten() if any(part in words.lower() for part in _FORGOTTEN) else Rejected(words)
        case NetworkError() if _TOO_LARGE in words.lower():
            return Rejected(words)
        case TimedOut() | NetworkError():
            cause = error.__cause__
            why = str(cause) if isinstance(cause, telegram_request.LineError) else type(cause).__name__
            return Flaky(certain=isinstance(cause, _NOT_SENT), why=why)
        case _ if words.startswith("Invalid server response"):
            return Delivered("")
        case _:
            return Flaky(certain=False, why=type(error).__name__)


def _not_fetched(error: TelegramError) -> FileGoneError | FileTooBigError | FetchFailedError:
    """Why `getFile` failed. «Wrong file_id or the file is temporarily unavailable» may pass."""
    words = str(error).lower()
    if isinstance(error, BadRequest) and "file is too big" in words:
        return FileTooBigError(words)
    gone = any(part in words for part in _NO_SUCH_FILE) and "temporarily" not in words
    if isinstance(error, BadRequest) and gone:
        return FileGoneError(words)
    return FetchFailedError(type(error).__name__)


def _arrival(update: dict[str, object], bot: str) -> Arrival:
    _drop_keyboards(update)
    raw = json.dumps(update, separators=(",", ":"))
    number = update.get("update_id")
    return Arrival(
        channel="telegram",
        bot=bot,
        # An update without a number still has to be kept, or it would stop all that follow.
        external_id=str(number) if isinstance(number, int) else hashlib.sha256(raw.encode()).hexdigest(),
        chat=telegram_parse.chat_of(update),
        raw=raw,
    )


def _drop_keyboards(update: dict[str, object]) -> None:
    """Take the keyboards of ours out of an update: they say what each button of a secret vote means.

    However deep an update is: one that nobody could have sent must not stop those that follow.
    """
    inside: list[object] = [update]
    while inside:
        one = inside.pop()
        if isinstance(one, dict):
            one.pop("reply_markup", None)
            inside.extend(one.values())
        elif isinstance(one, list):
            inside.extend(one)
