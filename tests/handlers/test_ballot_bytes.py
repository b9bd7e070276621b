"""Who holds every byte of the machine but its memory cannot tell two votes apart that changed places.

Two stories in which two members vote the other way round, told by two processes whose secrets happen to call
«for» what the other calls «against»: the bytes on disk are the same, so they say nothing of who voted how.
"""

import logging
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from core.ballots import Vote
from core.messages import Address, Message
from services.veil import Veil
from tests.chat import Chat, Town
from tests.handlers.test_ballots import AGAINST, BLANK, FOR, again_from, chamber, opens, remembered, votes
from tests.house.source import ROOMS
from tests.services.test_ballots import CountedUrn

_HEADER, _FRAME, _INDEX = 32, 24, 136
"""Bytes at the head of a write-ahead log, of each page in it, and of its index; salts and sums lie there."""
_OTHER = {Vote.FOR.value: Vote.AGAINST.value, Vote.AGAINST.value: Vote.FOR.value}


class Reversed(Veil):
    """Calls «for» what another secret would call «against»."""

    def over(self, message: Message, to: Address, turn: int, *, buttons: bool) -> Message:
        drawn = super().over(message, to, turn, buttons=buttons)
        called = dict(
            zip((one.key for one in message.choices), (one.key for one in drawn.choices), strict=True)
        )
        rows = tuple(
            tuple(
                replace(shown, key=called[_OTHER.get(meant.key, meant.key)])
                for meant, shown in zip(*both, strict=True)
            )
            for both in zip(message.rows, drawn.rows, strict=True)
        )
        return replace(drawn, rows=rows) if message.veiled else drawn

    def lift(self, said: str, at: Address, turn: int, offered: Message) -> str | None:
        found = super().lift(said, at, turn, offered)
        return _OTHER.get(found, found) if found is not None else None


async def test_the_bytes_are_the_same_whoever_voted_how(
    town: Town, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    _poll, _nomination, members = await chamber(town)
    secret, platform, clock, moment = b"one secret", remembered(town), town.clock, town.clock.now()
    assert town.engine is not None
    await town.engine.dispose()  # With the last connection everything comes into one file.
    shutil.copytree(town.folder, tmp_path / "before")
    caplog.set_level(logging.DEBUG)
    kept: list[dict[str, object]] = []
    for veil, labels in ((Veil, (FOR, AGAINST, BLANK)), (Reversed, (AGAINST, FOR, BLANK))):
        await town.engine.dispose()
        for lying in town.folder.iterdir():
            if lying.is_file():
                lying.unlink()
        shutil.copytree(tmp_path / "before", town.folder, dirs_exist_ok=True)
        clock.move(seconds=(moment - clock.now()).total_seconds())
        town.urn, town.veil = CountedUrn(name="urn"), veil(secret)
        again_from(town, platform, clock)
        caplog.clear()
        kept.append(await _told(town, members, labels, caplog))
    assert kept[0].keys() == kept[1].keys()
    assert [name for name, found in kept[0].items() if found != kept[1][name]] == []
    assert any(name.endswith("-wal") for name in kept[0])


async def _told(
    town: Town, members: list[Chat], labels: tuple[str, ...], caplog: pytest.LogCaptureFixture
) -> dict[str, object]:
    """Everything that lies about after they voted, one after the other, and what was logged."""
    for chat, label in zip(members, labels, strict=False):
        await opens(chat)
        await votes(chat, label)
    found = {
        path.relative_to(town.folder).as_posix(): _lasting(path)
        for path in sorted(town.folder.rglob("*"))
        if path.is_file()
    }
    ours = [one for one in caplog.records if one.name.partition(".")[0] in ROOMS]  # The log keeps no others.
    return {**found, "what was logged": [one.getMessage() for one in ours]}


def _lasting(path: Path) -> object:
    """The bytes of a file, without what SQLite draws by lot for each write-ahead log."""
    content = path.read_bytes()
    if path.name.endswith("-shm"):
        return content[_INDEX:]
    if not path.name.endswith("-wal") or len(content) < _HEADER:
        return content
    size = _FRAME + int.from_bytes(content[8:12], "big")
    pages = [content[at : at + size] for at in range(_HEADER, len(content), size)]
    return [(page[:8], page[_FRAME:]) for page in pages]
