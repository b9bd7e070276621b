"""The database of the installation, opened for one command."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, nullcontext
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.config import Settings
    from db.transaction import Transactions


@contextmanager
def alone(settings: "Settings") -> Iterator[None]:
    """Hold the installation; `TroubleError` while the bot runs. PostgreSQL looks after itself."""
    from bot.lock import HeldLock
    from db.engine import sqlite_file

    settings.data.dir.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = HeldLock(settings.data.dir / "bot.lock")
    if sqlite_file(settings.database_url) is not None:
        lock.take()
    try:
        yield
    finally:
        lock.release()


@asynccontextmanager
async def opened(settings: "Settings", *, to_write: bool) -> AsyncIterator["Transactions"]:
    """Transactions on the database; whoever writes must be alone."""
    from bot.app import own_calendar
    from bot.channels import telegram, zalo
    from bot.keyfile import journal_key
    from db.engine import make_engine
    from db.transaction import Transactions

    tokens = {"telegram": settings.telegram.token, "zalo": settings.zalo.token}
    can = {"telegram": telegram.CAPABILITIES, "zalo": zalo.CAPABILITIES}
    with alone(settings) if to_write else nullcontext():
        engine = make_engine(settings.database_url, read_only=not to_write)
        try:
            yield Transactions.over(
                engine,
                journal_key=journal_key(settings.data.dir),
                # What a command has to tell people waits in the outbox for the bot to run.
                capabilities={name: can[name] for name, token in tokens.items() if token is not None},
                campaigns={},
                calendar=own_calendar(settings.data.dir),
                zone=settings.organisation.zone,
            )
        finally:
            await engine.dispose()
