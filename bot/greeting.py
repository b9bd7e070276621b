"""Finds out who we are on a platform; a token that is refused is told from a network that is down."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from itertools import chain, repeat

import structlog

from bot.channels.base import Misconfigured
from bot.channels.telegram import TelegramChannel
from core.texts import desk as desk_texts
from core.texts import running as texts

_log = structlog.get_logger()
_PAUSES = (1.0, 2.0, 5.0, 15.0, 60.0)


class Greeting:
    """Asks Telegram for the bot's name until it answers, then offers strangers their commands."""

    def __init__(self, channel: TelegramChannel, tell: Callable[[str], None]) -> None:
        self._channel = channel
        self._tell = tell
        self.refused = False
        """Whether Telegram does not know the token: nothing can be done without another."""

    async def run(self, stopping: asyncio.Event) -> None:
        """Ask until answered; a refusal stops everything."""
        for tries, pause in enumerate(chain(_PAUSES, repeat(_PAUSES[-1]))):
            name = await self._channel.introduce()
            if isinstance(name, str):
                self._tell(texts.known_as(name))
                await self._offer_commands()
                return
            if isinstance(name, Misconfigured):
                self.refused = True
                stopping.set()
                return
            _log.warning("platform_unreachable", channel=self._channel.name, pause=pause)
            if not tries:
                self._tell(texts.UNREACHABLE)
            with suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await stopping.wait()
                    return

    async def _offer_commands(self) -> None:
        try:
            await self._channel.set_commands("", desk_texts.COMMANDS_FOR_STRANGERS)
        except Exception as error:  # noqa: BLE001 - a menu is a convenience; the bot works without it
            _log.warning("commands_not_set", channel=self._channel.name, error=type(error).__name__)
