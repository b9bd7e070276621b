"""A second process that reminds people, told when: `python -m tests.scheduler.one_ticker database-file`.

It says «ready», and for each moment that it reads how many it told.
"""

import asyncio
import sys
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.channels.telegram import CAPABILITIES
from db.engine import make_engine
from db.transaction import Transactions
from services import reminders

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")


def over(database: Path) -> Transactions:
    """Transactions on this file."""
    engine = make_engine(f"sqlite+aiosqlite:///{database.as_posix()}")
    house: dict[str, object] = {"journal_key": b"key", "zone": ZONE, "campaigns": {}}
    return Transactions.over(engine, capabilities={"telegram": CAPABILITIES}, **house)


def say(word: str) -> None:
    """Tell whoever started this process."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


async def main(database: Path) -> None:
    """Remind at each moment that comes in, until nothing more does."""
    transactions = over(database)
    async with transactions():
        pass
    say("ready")
    while line := await asyncio.to_thread(sys.stdin.readline):
        async with transactions() as session:
            told = await reminders.remind(session, datetime.fromisoformat(line.strip()).astimezone(ZONE))
        say(str(told))
    await transactions.engine.dispose()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
