"""The server's side of one bot: state and rules that the methods share."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from http import HTTPStatus
from typing import Final

import httpx

from bot.emulators.zalo.errors import RefusedError
from bot.emulators.zalo.ledger import Ledger, Posted
from bot.emulators.zalo.state import Bubble, Chat, Json, Kind, World
from bot.emulators.zalo.switches import Switches

TOKEN: Final = "4100000000000000001:EmulatedZaloEmulatedZaloEmulatedZalo"  # noqa: S105 - opens nothing
MEDIA_ADDRESS: Final = "https://photo-stal-11.zdn.vn"
_HOOK_TIMEOUT = 10.0
_PICTURES = {"image/jpeg", "image/png"}


class ConnectionDroppedError(Exception):
    """The connection was closed without an answer; the call may have taken effect."""


class ServerUnreachableError(Exception):
    """No connection; nothing happened."""


class Server:
    """What every method works on.

    `clock` returns an aware datetime. `reach` is how Zalo gets to the bot's own addresses (its webhook, the
    photos it sends); without it, by the network. An `outage` makes every connection fail.
    """

    def __init__(
        self,
        clock: Callable[[], datetime],
        *,
        token: str = TOKEN,
        name: str = "Emulated Zalo bot",
        switches: Switches | None = None,
        reach: httpx.AsyncBaseTransport | None = None,
        media_address: str = MEDIA_ADDRESS,
    ) -> None:
        self.clock = clock
        self.token = token
        self.bot = token.partition(":")[0]
        self.name = name
        self.switches = switches or Switches()
        self.reach = reach
        self.media_address = media_address
        self.outage = False
        self.world = World()
        self.ledger = Ledger()
        self.waiting: deque[Json] = deque()
        self.webhook = self.webhook_secret = ""
        self.webhook_at = 0

    def milliseconds(self) -> int:
        """The time as Zalo writes it."""
        return int(self.clock().timestamp() * 1000)

    def media(self, name: str) -> tuple[int, bytes, str]:
        """What the media host answers: status, bytes, type. Raises `ServerUnreachableError`."""
        if self.outage:
            raise ServerUnreachableError
        found, life = self.world.media.get(name), self.switches.media_lifetime
        if self.switches.media_status != HTTPStatus.OK:
            return self.switches.media_status, b"", "text/html"
        if found is None:
            return 404, b"", "text/html"
        if life is not None and self.clock() - found.at > life:
            return 403, b"", "text/html"
        return 200, found.data, found.mime

    def admit(self, number: str, *, count: bool = True) -> Chat:
        """A chat the bot may write to now; `count` it against the month. Raises `RefusedError`."""
        if not number:
            raise RefusedError(400)
        chat = self.world.chats.get(number)
        blocked = not number.startswith("zgr-") and self.world.person(number).blocked
        if chat is None or not chat.wrote or blocked:
            raise RefusedError(self.switches.stranger_status)
        if count:
            if self.world.sent.get(f"{self.clock():%Y-%m}", 0) >= self.switches.monthly:
                raise RefusedError(429)
            self.count()
        return chat

    async def picture(self, url: str) -> tuple[bytes, str] | None:
        """A picture at an address of the bot's: no redirect, no login, the right type."""
        try:
            async with httpx.AsyncClient(transport=self.reach, follow_redirects=False) as client:
                answer = await client.get(url)
        except (httpx.HTTPError, httpx.InvalidURL):
            return None
        mime = answer.headers.get("Content-Type", "").partition(";")[0]
        fits = answer.status_code == HTTPStatus.OK and mime in _PICTURES and answer.content
        return (answer.content, mime) if fits else None

    async def refetch_photos(self) -> None:
        """Fetch every photo that was sent once more, as telephones do later."""
        for chat in self.world.chats.values():
            for place, one in enumerate(chat.bubbles):
                if one.by_bot and one.kind == "photo" and await self.picture(one.link) is None:
                    chat.bubbles[place] = replace(one, black=True)
                    self.ledger.complaints.append(f"photo gone later: {one.link}")

    def put(
        self,
        chat: Chat,
        kind: Kind = "text",
        *,
        text: str = "",
        data: bytes = b"",
        mime: str = "",
        black: bool = False,
        link: str = "",
    ) -> Json:
        """Show a message of the bot's in its chat; returns what a send answers."""
        number = self.world.next_id()
        chat.typing = False
        chat.bubbles.append(
            Bubble(number, True, self.clock(), kind, text, data, mime, black, self.name, link)
        )
        return {"message_id": number, "date": self.milliseconds()}

    def count(self) -> None:
        """One more message of this month."""
        month = f"{self.clock():%Y-%m}"
        self.world.sent[month] = self.world.sent.get(month, 0) + 1

    async def post_to_webhook(self, body: Json, event: Json | None = None) -> int:
        """Post a body with the secret; returns the status, 0 for none."""
        secret = self.switches.webhook_secret
        headers = {
            "X-Bot-Api-Secret-Token": self.webhook_secret if secret is None else secret,
            "User-Agent": "Java/1.8.0_192",
        }
        try:
            async with httpx.AsyncClient(transport=self.reach, timeout=_HOOK_TIMEOUT) as client:
                status = (await client.post(self.webhook, json=body, headers=headers)).status_code
        except (httpx.HTTPError, httpx.InvalidURL):
            status = 0
        message = event.get("message") if event is not None else None
        number = str(message.get("message_id", "")) if isinstance(message, dict) else ""
        self.ledger.posted.append(Posted(number, status))
        return status
