"""Finds out who we are on each platform; a token that is refused is told from a network that is down."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from itertools import chain, repeat
from typing import Protocol

import structlog

from bot.app import side_by_side
from bot.channels.base import Channel, Delivery, Misconfigured
from core.texts import desk as desk_texts
from core.texts import running as texts

_log = structlog.get_logger()
_PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)


class Introduced(Channel, Protocol):
    """A channel of a platform where the bot has a name."""

    async def open(self) -> None:
        """Open the way there."""

    async def close(self) -> None:
        """Close it."""

    async def introduce(self) -> str | Delivery:
        """The bot's name as people find it, or what hinders the platform from telling."""


class Greeting:
    """Asks every platform for the bot's name until it answers, then offers strangers their commands.

    `refused` names the platforms that do not know the token: nothing can be done there without another.
    """

    def __init__(self, channels: Sequence[Introduced], tell: Callable[[str], None]) -> None:
        self._channels = channels
        self._tell = tell
        self.refused: list[str] = []

    async def run(self, stopping: asyncio.Event) -> None:
        """Ask until answered; being refused everywhere stops everything."""
        await side_by_side(*(self._greet(channel, stopping) for channel in self._channels))

    async def _greet(self, channel: Introduced, stopping: asyncio.Event) -> None:
        for tries, pause in enumerate(chain(_PAUSES, repeat(_PAUSES[-1]))):
            name = await channel.introduce()
            if isinstance(name, str):
                self._tell(texts.known_as(channel.name, name))
                await self._offer_commands(channel)
                return
            if isinstance(name, Misconfigured):
                self._give_up(channel, stopping)
                return
            _log.warning("platform_unreachable", channel=channel.name, pause=pause)
            if not tries:
                self._tell(texts.unreachable(channel.name))
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await stopping.wait()
                    return

    def _give_up(self, channel: Introduced, stopping: asyncio.Event) -> None:
        self.refused.append(channel.name)
        if len(self.refused) == len(self._channels):
            stopping.set()
        else:
            self._tell(texts.bot_refused(channel.name, others=True))

    async def _offer_commands(self, channel: Introduced) -> None:
        try:
            await channel.set_commands("", desk_texts.COMMANDS_FOR_STRANGERS)
        except Exception as error:  # noqa: BLE001 - a menu is a convenience; the bot works without it
            _log.warning("commands_not_set", channel=channel.name, error=type(error).__name__)
