"""Messages out: answers before the rest, one at a time to each person, none lost, none late."""

import asyncio
import itertools
import random
import time
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot import logs
from bot.app import House, open_house
from bot.clock import Clock, SystemClock
from bot.emulators.telegram import BotApi, Fault, too_many
from bot.emulators.telegram_server import serving
from bot.pace import PaceLimits
from core.messages import Address, FileOut, Message
from services import outbox
from services.outbox import Lane
from tests.bot import staff
from tests.bot.lives import LifeServer, Plot
from tests.bot.refusing import refusing_to_write
from tests.bot.restored import logging_restored
from tests.bot.staff import eventually, plan_over, running, telegram_over
from tests.fakes import FrozenClock

FIRST = 1001


@dataclass
class Office:
    """A database, and a Telegram that knows everybody."""

    folder: Path
    api: BotApi
    clock: Clock

    async def post(self, house: House, chat: int, text: str, lane: Lane = Lane.NOTICE, **how: object) -> None:
        """Queue one message."""
        async with house.transactions() as session:
            to = Address("telegram", staff.BOT, str(chat))
            await outbox.post(session, to, Message(body=text), lane, self.clock.now(), **how)  # type: ignore[arg-type]  # keywords of `post`

    async def post_many(self, house: House, chats: int, each: int, lanes: Iterator[Lane]) -> None:
        """Queue so many messages for each of so many people, in one transaction."""
        async with house.transactions() as session:
            for number in range(each):
                for chat in range(FIRST, FIRST + chats):
                    to = Address("telegram", staff.BOT, str(chat))
                    message = Message(body=f"{chat}: {number}")
                    await outbox.post(
                        session, to, message, next(lanes), self.clock.now(), expires_at=_later(self.clock)
                    )

    def tell(self, query: str) -> list[tuple[object, ...]]:
        """What the database says."""
        with staff.opened(self.folder) as database:
            return database.execute(query).fetchall()

    def heard(self, chat: int) -> list[str]:
        """What one person was sent, repetitions included."""
        return [entry.text for entry in self.api.ledger.sent(chat)]

    @property
    def states(self) -> dict[object, object]:
        return dict(self.tell("SELECT state, count(*) FROM outbox GROUP BY state"))  # type: ignore[arg-type]  # pairs


def _later(clock: Clock) -> "object":
    return clock.now() + timedelta(days=1)
