"""Databases that were made before: a copy costs a hundredth of what making one anew does."""

from collections.abc import Awaitable, Callable, Hashable
from pathlib import Path
from typing import TypeVar, cast

from db import schema
from db.engine import Engine, make_engine

Told = TypeVar("Told")

_MADE: dict[Hashable, tuple[bytes, object]] = {}
# Files of a megabyte at most, in memory: nothing is kept waiting by them.
_read, _write, _is_there = Path.read_bytes, Path.write_bytes, Path.exists


async def ready(path: Path, key: Hashable, build: Callable[[Engine], Awaitable[Told]]) -> Told:
    """Put a database at `path` as `build` leaves it, and return what it told; one is built for each `key`."""
    if key not in _MADE:
        engine = make_engine(f"sqlite+aiosqlite:///{path}")
        await schema.create(engine)
        told = await build(engine)
        await engine.dispose()
        _MADE[key] = (_read(path), told)
    content, known = _MADE[key]
    _write(path, content)
    return cast("Told", known)


async def empty(path: Path) -> None:
    """Put a database at `path` that has its tables and nothing in them, unless there is one already."""
    if not _is_there(path):
        await ready(path, "empty", _nothing)


async def _nothing(_engine: Engine) -> None:
    pass
