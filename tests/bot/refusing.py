"""A database that refuses to write for a while, as on a full or failing disk."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot.app import House

EVERYTHING = ("INSERT ON inbox", "UPDATE ON inbox", "INSERT ON outbox", "UPDATE ON outbox")


@asynccontextmanager
async def refusing_to_write(house: House, *what: str) -> AsyncIterator[None]:
    """While the block runs, these writes fail; all to the inbox and the outbox unless told otherwise."""
    writes = dict(enumerate(what or EVERYTHING))
    await _run(
        house,
        [
            f"CREATE TRIGGER full_{number} BEFORE {write} "
            "BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END"
            for number, write in writes.items()
        ],
    )
    try:
        yield
    finally:
        await _run(house, [f"DROP TRIGGER full_{number}" for number in writes])


async def _run(house: House, statements: list[str]) -> None:
    async with house.transactions() as session:
        connection = await session.connection()
        for statement in statements:
            await connection.exec_driver_sql(statement)
