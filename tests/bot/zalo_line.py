"""The Zalo channel over the emulated platform, and what a test may want of both."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from bot.channels.base import Delivery, Outgoing, OutgoingFile
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_api import ZaloApi
from bot.channels.zalo_media import ZaloMedia
from bot.emulators.zalo import EmulatorTransport, ZaloServer
from core.messages import Address, Incoming, Message
from tests.fakes import FrozenClock
from tests.surfaces import public

LAN, HUNG = "0a1b2c3d4e5f60718293", "0a1b2c3d4e5f60718294"
MONDAY = datetime(2026, 11, 23, 1, 5, tzinfo=UTC)


@dataclass(frozen=True)
class Line:
    """A channel that asks without waiting, and the platform behind it; Lan has written before."""

    server: ZaloServer
    channel: ZaloChannel
    clock: FrozenClock

    async def says(self, text: str, to: str = LAN, **more: str) -> Delivery:
        """Send a text."""
        return await self.channel.deliver(
            Outgoing(Address("zalo", self.channel.bot, to), Message(body=text), **more)  # type: ignore[arg-type]  # its fields
        )

    async def hands(self, *files: OutgoingFile) -> Delivery:
        """Send files."""
        return await self.channel.deliver(
            Outgoing(Address("zalo", self.channel.bot, LAN), Message(), files=files)
        )

    async def hears(self) -> list[Incoming]:
        """What has come in, understood."""
        heard: list[Incoming] = []
        while arrivals := await self.channel.poll():
            self.channel.confirm(arrivals)
            meant = [self.channel.parse(one.raw) for one in arrivals]
            heard += [one for one in meant if one is not None]
        return heard

    def shown(self, chat: str = LAN) -> list[str]:
        """What stands in the chat, of the bot."""
        return [one.text for one in self.server.view(chat).from_bot()]


def a_line(
    *,
    token: str = "",
    by_link: bool = True,
    reach: httpx.AsyncBaseTransport | None = None,
    addresses: Sequence[str] = ("8.8.8.8",),
) -> Line:
    """A line of its own for a test; `token` is what the bot holds for its token."""
    clock = FrozenClock(MONDAY)
    server = ZaloServer(clock.now, reach=reach)
    transport = EmulatorTransport(server)

    async def resolver(host: str) -> Sequence[str]:
        return await public(host) if addresses == ("8.8.8.8",) else addresses

    channel = ZaloChannel(
        ZaloApi(token or server.token, transport=transport),
        ZaloMedia(transport=transport, resolver=resolver),
        by_link=by_link,
        poll_timeout=0,
        poll_floor=0.0,
    )
    server.introduce(LAN)
    return Line(server, channel, clock)
