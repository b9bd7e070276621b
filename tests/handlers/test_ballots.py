"""Voting in secret through a chat: what is picked means nothing in anything that is kept."""

import hashlib
import re
import sqlite3
from contextlib import closing
from copy import deepcopy
from datetime import timedelta
from pathlib import Path

from bot.emulators.zalo.state import World
from core import veil
from core.ballots import Count, PollRules, Vote
from core.messages import Address
from core.roles import Role
from db.models import PollConflict
from services import ballots, dossiers, nominations
from services.ballots import ToOpen, Urn
from services.veil import Veil
from tests.chat import Chat, Town
from tests.fakes import FrozenClock
from tests.services.considering import cast, entered, round_id
from tests.services.test_ballots import ACHIEVEMENT, CountedUrn, copied
from tests.surfaces import TelegramSurface, ZaloSurface

#: A mark of three digits is found by trying, with any secret; which choice it is, is not.
MARK = 3
FOR, AGAINST, BLANK = "Đồng ý", "Không đồng ý", "Phiếu trắng"


async def chamber(town: Town) -> tuple[int, int, list[Chat]]:
    """A vote on one nominee that four people vote in."""
    lan, head, _office, _appraiser = await cast(town)
    members = [await town.joined(f"Thành Viên {letter}", roles=(Role.COUNCIL,)) for letter in "ABCD"]
    async with town.office() as session:
        sheet = await entered(town, session, await town.actor(session, lan), signed=True)
        chief, now = await town.actor(session, head), town.clock.now()
        await nominations.propose(session, chief, sheet, ACHIEVEMENT, now)
        number = await dossiers.open_for(session, chief, await round_id(session), chief.unit_id, now)
        (nominee,) = await dossiers.nominees(session, number, now)
        people = [(await town.actor(session, one)).person_id for one in members]
        until = now + timedelta(hours=4)
        wanted = ToOpen("council:1", [nominee.nomination_id], people, {}, PollRules(), until)
        poll = await ballots.open_poll(session, "console", wanted, None, now)
    return poll, nominee.nomination_id, members


async def opens(chat: Chat) -> None:
    """From anywhere to the first ballot."""
    await chat.says("menu")
    await chat.taps("Bỏ phiếu kín (1)")
    await chat.taps("Bỏ phiếu (còn 1)")


def pick(chat: Chat, label: str) -> str:
    """Press exactly this on the newest screen: «Đồng ý» is in «Không đồng ý» too."""
    if isinstance(chat.surface, TelegramSurface):
        message = chat.surface.api.view(chat.id).messages[-1]
        (button,) = [one for row in message.buttons for one in row if one.label == label]
        chat.surface.api.user_taps(chat.id, message.id, button.data)
        return button.data.partition(":")[2]
    (mark,) = re.findall(rf"^(\d{{3}})\. {label}$", str(chat.surface.bubbles(chat.id)[-1]), re.MULTILINE)
    chat.surface.says(chat.id, mark)
    return str(mark)


async def votes(chat: Chat, label: str) -> str:
    """Vote; returns what went over the wire."""
    said: list[str] = []
    await chat.town.hears(chat, label, lambda: said.append(pick(chat, label)))
    return said[0]


async def test_a_vote_is_cast_recast_and_counted(town: Town) -> None:
    poll, nomination, members = await chamber(town)
    first, second, third, fourth = members
    await opens(first)
    assert "Trần Thị Lan" in first.sees
    assert ACHIEVEMENT in first.sees
    await votes(first, AGAINST)
    assert "Đã ghi phiếu về Trần Thị Lan" in first.sees
    assert AGAINST not in first.sees
    await first.taps("Bỏ lại: Trần Thị Lan")
    assert "phiếu sau cùng được tính" in first.sees
    await votes(first, FOR)
    await opens(second)
    await votes(second, BLANK)
    await opens(third)
    await votes(third, FOR)
    await opens(fourth)
    await fourth.taps("Tôi có liên quan")
    await fourth.says("Là vợ của người được đề nghị")
    assert "không bỏ phiếu (có liên quan)" in fourth.sees
    async with town.office() as session:
        found = await ballots.close(session, "console", poll, town.clock.now())
    assert found == {nomination: Count(3, votes_for=2, against=0, blank=1)}
    assert [one.reason for one in await town.rows(PollConflict)] == ["Là vợ của người được đề nghị"]
    await third.taps("Bỏ lại")
    assert "Không tìm thấy" in third.sees or "không" in third.sees.casefold()


async def test_neither_a_plain_number_nor_the_words_are_a_vote(numbers_town: Town) -> None:
    poll, _nomination, (first, *_others) = await chamber(numbers_town)
    await opens(first)
    for said in ("1", "Đồng ý", "999999"):
        await first.says(said)
        assert "Chưa ghi" in first.sees
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, first)
        assert len(await ballots.left(session, actor, poll)) == 1


async def test_what_another_process_drew_is_drawn_anew(town: Town) -> None:
    poll, _nomination, (first, *_others) = await chamber(town)
    await opens(first)
    town.veil = Veil()
    await votes(first, FOR)
    assert "Chưa ghi gì" in first.sees
    await votes(first, FOR)
    assert "Đã ghi phiếu" in first.sees
    town.veil, town.urn = Veil(), Urn()
    async with town.house() as house:
        await house.recover()
    await town.time_passes(seconds=5)
    assert "Xin bỏ phiếu lại".casefold() in first.sees.casefold()
    await first.taps("Bỏ phiếu kín")
    assert "còn 1" in first.sees
    async with town.office() as session:
        assert len(await ballots.left(session, await town.actor(session, first), poll)) == 1


async def test_everything_kept_reads_the_same_however_they_vote(town: Town, tmp_path: Path) -> None:
    """Cùng một chuyện, phiếu đổi chỗ: mọi thứ được ghi lại đọc lên như nhau, và không dò ngược được."""
    _poll, _nomination, members = await chamber(town)
    town.veil.secret = b"one secret, the same in both of them"
    for chat in members[:3]:
        await opens(chat)
    before, platform, clock = tmp_path / "before.db", remembered(town), town.clock
    copied(town.folder / "bot.db", before)
    drawn, moment = dict(town.veil.drawn), clock.now()
    kept: list[list[str]] = []
    for labels in ((FOR, AGAINST, BLANK), (AGAINST, BLANK, FOR)):
        copied(before, town.folder / "bot.db")
        clock.move(seconds=(moment - clock.now()).total_seconds())
        town.urn, town.veil.drawn = CountedUrn(name="urn"), dict(drawn)
        again_from(town, platform, clock)
        said = [await votes(chat, label) for chat, label in zip(members, labels, strict=False)]
        kept.append(masked(town.folder / "bot.db", said))
        assert not reversed_by_what_is_there(town, drawn, said)
    assert kept[0] == kept[1]
    assert any("INSERT" in line and "poll_mark" in line for line in kept[0])


def remembered(town: Town) -> object:
    """What the platform knows now."""
    surface, clock = town.surface, town.clock
    known = surface.server.world if isinstance(surface, ZaloSurface) else surface
    return deepcopy(known, {id(clock): clock})


def again_from(town: Town, known: object, clock: FrozenClock) -> None:
    """Let the platform know this and nothing later."""
    known = deepcopy(known, {id(clock): clock})
    if isinstance(known, TelegramSurface):
        town.surface = known
        for chat in town.people:
            chat.surface = known
    elif isinstance(town.surface, ZaloSurface):
        assert isinstance(known, World)
        town.surface.server.world = known


def masked(database: Path, said: list[str]) -> list[str]:
    """Everything a database holds, what went over the wire as votes made alike."""
    with closing(sqlite3.connect(database)) as stored:
        lines = "\n".join(stored.iterdump())
    for one in said:
        digest = hashlib.sha256(one.encode()).hexdigest()[:16]
        lines = re.sub(rf"(?<=[:\"]){one}(?=[\"'])|{digest}", "~", lines)
    return lines.splitlines()


def reversed_by_what_is_there(town: Town, drawn: dict[Address, int], said: list[str]) -> list[str]:
    """Which of these mean something with what lies in the data folder for a secret."""
    files = [one for one in town.folder.rglob("*") if one.is_file()]
    everything = b"".join(one.read_bytes() for one in files)
    assert town.veil.secret not in everything
    assert b"callback_data" not in everything
    keys = [vote.value for vote in Vote]
    return [
        one
        for secret in (one.read_bytes() for one in files if one.suffix == ".key")
        for (at, turn), one in zip(drawn.items(), said, strict=True)
        if veil.uncovered(secret, at.chat, turn, one, keys) is not None and len(one) > MARK
    ]
