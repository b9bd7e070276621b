"""Zalo: polled one message at a time or told by webhook, plain text out, and what each failure means.

Zalo's Bot API has neither buttons nor edits nor files out (`docs/decisions` says what was read where);
a document goes as the address it can be fetched from.
"""

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import structlog

from bot.channels import zalo_parse
from bot.channels.base import (
    Delivered,
    Delivery,
    Exhausted,
    Flaky,
    Misconfigured,
    Outgoing,
    OutgoingFile,
    Rejected,
    Throttled,
    Unreachable,
)
from bot.channels.zalo_api import NOTHING_CAME, ZaloApi, ZaloError
from bot.channels.zalo_media import ZaloMedia
from core.joining import Entrance
from core.messages import Address, Capabilities, FileRef, Incoming
from core.texts import plain
from services.inbox import Arrival

_log = structlog.get_logger()
#: Text of 2,000 characters, photos in, photos out by address, nothing else; so many messages a month.
CAPABILITIES = Capabilities(
    buttons=False,
    edits=False,
    files_in=False,
    files_out=False,
    text_limit=2000,
    metered=True,
)
#: Opens the chat with the bot of this number; observed, not documented, so the name is told beside it.
_OPENS = "https://bot.zaloplatforms.com/bots/"
_POLL_SLACK = 10.0
#: Zalo fetches a photo before it answers.
_PHOTO_TIMEOUT = 120.0
_BAD_REQUEST, _NOT_FOUND, _TOO_OFTEN = 400, 404, 426
_PICTURES = {"image/jpeg", "image/png"}


class ZaloChannel:
    """One bot on Zalo.

    `by_link` says that files can be handed over by addresses of ours, `metered` that Zalo allows only so many
    messages a month, as every plan but an unlimited one does. From one poll to the next pass at least
    `poll_floor` seconds: some bots are told one message again and again, each time at once, and no limit is
    published.
    """

    name = zalo_parse.NAME

    def __init__(
        self,
        api: ZaloApi,
        media: ZaloMedia,
        *,
        by_link: bool = False,
        metered: bool = True,
        poll_timeout: int = 25,
        poll_floor: float = 1.0,
    ) -> None:
        self.bot = api.bot
        self.capabilities = replace(CAPABILITIES, files_out=by_link, files_by_link=by_link, metered=metered)
        self._api = api
        self._media = media
        self._poll_timeout = poll_timeout
        self._poll_floor = poll_floor
        self._polled_at = -poll_floor
        self.entrance = Entrance()
        self._unconfirmed: list[Arrival] = []

    async def open(self) -> None:
        """Connections are made when they are needed."""

    async def close(self) -> None:
        """Close the HTTP clients."""
        await self._api.close()
        await self._media.close()

    async def introduce(self) -> str | Delivery:
        """The bot's name as people find it (`getMe`), or what hinders Zalo from telling."""
        try:
            answer = await self._api.call("getMe")
        except ZaloError as error:
            return classify(error)
        names = answer if isinstance(answer, dict) else {}
        name = str(names.get("display_name") or names.get("account_name") or "")
        number = str(names.get("id") or "")
        opens = number.isascii() and number.isalnum()
        self.entrance = Entrance(name, f"{_OPENS}{number}" if opens else "")
        return name

    async def poll(self) -> Sequence[Arrival]:
        """The next message, if one came. Raises `ZaloError` when Zalo cannot be asked.

        Zalo may forget what it has told, so what is not confirmed is told again from here.
        """
        if self._unconfirmed:
            return list(self._unconfirmed)
        loop = asyncio.get_running_loop()
        await asyncio.sleep(self._polled_at + self._poll_floor - loop.time())
        self._polled_at = loop.time()
        try:
            answer = await self._api.call(
                "getUpdates", {"timeout": self._poll_timeout}, wait=self._poll_timeout + _POLL_SLACK
            )
        except ZaloError as error:
            if error.code == NOTHING_CAME:
                return []
            if error.code == _BAD_REQUEST and await self._webhook():
                # Left behind by a time when messages were posted.
                await self._api.call("deleteWebhook")
            raise
        found = zalo_parse.event_of(answer, self.bot)
        self._unconfirmed = [] if found is None else [found]
        return list(self._unconfirmed)

    def confirm(self, arrivals: Sequence[Arrival]) -> None:
        """There is nothing to tell Zalo; we need not keep these."""
        numbers = {one.external_id for one in arrivals}
        self._unconfirmed = [one for one in self._unconfirmed if one.external_id not in numbers]

    async def hook(self, address: str, secret: str) -> None:
        """Have messages posted (`setWebhook`). Raises `ZaloError`.

        The address is kept even when Zalo's trial of it failed. Told too often in a day, Zalo refuses; where
        it posts to this address already, nothing has to be told.
        """
        try:
            answer = await self._api.call("setWebhook", {"url": address, "secret_token": secret}, wait=60.0)
        except ZaloError as error:
            if error.code != _TOO_OFTEN or await self._webhook() != address:
                raise
            return
        tried = answer.get("verification") if isinstance(answer, dict) else None
        if isinstance(tried, dict) and tried.get("ok") is not True:
            _log.warning("webhook_not_reached", channel=self.name, outcome=str(tried.get("outcome", "")))

    def arrival(self, body: bytes) -> Arrival | None:
        """The message in what Zalo posted: one a call."""
        return zalo_parse.arrival_of(body, self.bot)

    def parse(self, raw: str) -> Incoming | None:
        """What a stored event means."""
        return zalo_parse.parse(raw, self.bot)

    async def deliver(self, outgoing: Outgoing) -> Delivery:
        """Send a text, or files by their addresses; nothing is edited."""
        chat = outgoing.to.chat
        if not outgoing.files:
            return await self._say(chat, plain.screen(outgoing.message, outgoing.url))
        outcomes: list[Delivery] = []
        for file in outgoing.files:
            outcomes.append(await self._hand_over(chat, file))
            if not isinstance(outcomes[-1], Delivered):
                return outcomes[-1]
        return outcomes[0]

    def crowd(self, chat: str) -> bool:
        """Ids of groups say so."""
        return chat.startswith("zgr-")

    async def fetch(self, file: FileRef) -> AsyncIterator[bytes]:
        """The bytes of a photo: soon, since nobody says how long its address lives."""
        yield await self._media.read(file.ref)

    async def acknowledge(self, raw: str, incoming: Incoming) -> None:
        """Show «typing» where a photo is being taken in."""
        if incoming.files:
            with suppress(ZaloError):
                await self._type(incoming.address.chat)

    async def retire(self, chat: Address, screen: str) -> Throttled | None:
        """There are no buttons to take away."""
        return None

    async def set_commands(self, chat: str, commands: Sequence[tuple[str, str]]) -> None:
        """There is no menu to fill."""

    async def _hand_over(self, chat: str, file: OutgoingFile) -> Delivery:
        """A picture as a picture; anything else, and a picture Zalo does not take, as where to find it."""
        if not file.url:
            return Rejected("file without address")
        if file.photo and file.mime in _PICTURES:
            fields = {"chat_id": chat, "photo": file.url, "caption": file.name}
            outcome = await self._attempt("sendPhoto", fields, wait=_PHOTO_TIMEOUT)
            if not isinstance(outcome, Rejected):
                return outcome
        return await self._say(chat, plain.file_at(file.name, file.url))

    async def _say(self, chat: str, text: str) -> Delivery:
        return await self._attempt("sendMessage", {"chat_id": chat, "text": text})

    async def _attempt(self, method: str, fields: Mapping[str, str | int], *, wait: float = 20.0) -> Delivery:
        try:
            answer = await self._api.call(method, fields, wait=wait)
        except ZaloError as error:
            outcome = classify(error)
            doubtful = isinstance(outcome, Rejected) or error.code == _NOT_FOUND
            if doubtful and await self._is_closed(str(fields["chat_id"])):
                return Unreachable(str(error.code))
            return outcome
        number = answer.get("message_id") if isinstance(answer, dict) else None
        return Delivered(number if isinstance(number, str) else "")

    async def _webhook(self) -> str:
        """Where Zalo posts to; empty where it does not."""
        try:
            answer = await self._api.call("getWebhookInfo")
        except ZaloError:
            return ""  # Where none was ever set, that is a 404.
        return str(answer.get("url") or "") if isinstance(answer, dict) else ""

    async def _is_closed(self, chat: str) -> bool:
        """Whether a chat takes nothing at all: not even «typing», in which nothing can be wrong.

        Zalo documents no code for somebody who never wrote or has blocked the bot, only that what it
        refuses is a 400; so a refused message is told from a refused person. A 404 is a person's where the
        bot itself is known.
        """
        try:
            await self._type(chat)
        except ZaloError as error:
            if error.code == _NOT_FOUND:
                return isinstance(await self.introduce(), str)
            return isinstance(classify(error), Rejected)
        return False

    async def _type(self, chat: str) -> None:
        await self._api.call("sendChatAction", {"chat_id": chat, "action": "typing"}, wait=10.0)


def classify(error: ZaloError) -> Delivery:
    """What a failed call means, by its code alone: no wording is documented."""
    match error.code:
        case 0:
            return Flaky(certain=error.certain, why=error.why)
        case 401 | 404:
            # Without its token the whole address is unknown.
            return Misconfigured(str(error.code))
        case 429:
            return Exhausted()
        case 403 | 408:
            # 403 is documented as an error of the server.
            return Flaky(certain=False, why=str(error.code))
        case code if 400 <= code < 500:
            return Rejected(str(code))
        case code:
            return Flaky(certain=False, why=str(code))
