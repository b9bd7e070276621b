"""What the office sees of what units handed in, and nobody else does."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace
from datetime import UTC, date
from pathlib import Path

import pytest
from sqlmodel import col, select

from core.texts import reminded
from db.models import NudgeRow, OutboxRow
from db.transaction import write_now
from services import board, submissions
from services.actor import Actor
from tests.services.handing_in import (
    ADDRESS,
    DUE,
    OFFICE,
    PAPER,
    PEOPLE,
    Stations,
    refused_to,
    stations,
)

Act = Callable[[Stations, Actor], Awaitable[object]]
REPORT = "004:004-D2:2026"


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Stations]:
    async with stations(tmp_path) as found:
        yield found


async def _occasions(town: Stations, actor: Actor) -> object:
    return await board.occasions(town.session, actor, town.now)


async def _occasion(town: Stations, actor: Actor) -> object:
    return await board.occasion(town.session, actor, REPORT, town.now)


async def _unit(town: Stations, actor: Actor) -> object:
    return await board.unit(town.session, actor, town.owed, town.now)


async def _hand_over(town: Stations, actor: Actor) -> object:
    return await board.hand_over(town.session, actor, town.owed, ADDRESS, town.now)


async def _reminded(town: Stations, actor: Actor) -> object:
    return await board.reminded(town.session, actor, town.owed)


@pytest.mark.parametrize("act", [_occasions, _occasion, _unit, _hand_over, _reminded])
async def test_the_board_is_the_offices_alone(town: Stations, act: Act) -> None:
    await town.hands_in("head", paper=replace(PAPER, evidence_id=await town.a_file("head")))
    refused = {who for who in PEOPLE if await refused_to(town, act(town, await town.actor(who)))}
    assert refused == PEOPLE.keys() - OFFICE


@pytest.mark.parametrize("key", ["", ":", "004:004-D2:2026:999999", "009:004-D2:2026:3", "004:004-D2:2031:3"])
async def test_a_guessed_key_is_not_found(town: Stations, key: str) -> None:
    officer = await town.actor("officer")
    assert await refused_to(town, board.unit(town.session, officer, key, town.now))
    assert await refused_to(town, board.occasion(town.session, officer, f"{key}?", town.now))
    assert await refused_to(town, board.hand_over(town.session, officer, key, ADDRESS, town.now))


async def test_handed_in_late_and_missing_are_counted_and_the_late_come_first(town: Stations) -> None:
    officer = await town.actor("officer")
    await town.hands_in("clerk")
    seen = await board.occasion(town.session, officer, REPORT, town.now)
    assert (seen.facts.count, seen.facts.done, seen.facts.late) == (3, 0, 0)
    await town.hands_in("other_head", town.other)
    after = town.later(days=(DUE - date(2026, 11, 23)).days + 1)
    officer = await after.actor("officer")
    seen = await board.occasion(town.session, officer, REPORT, after.now)
    assert (seen.facts.count, seen.facts.done, seen.facts.late) == (3, 1, 2)
    assert [one.obligation.unit for one in seen.lines][-1] == "Trạm Y tế Hai"


async def test_the_file_of_a_unit_is_handed_over_once_it_is_checked(town: Stations) -> None:
    officer = await town.actor("officer")
    for state, sent in (("waiting", False), ("refused", False), ("clean", True)):
        file = await town.a_file("other_head", state)
        kept = await town.hands_in("other_head", town.other, replace(PAPER, evidence_id=file))
        assert await board.hand_over(town.session, officer, town.other, ADDRESS, town.now) is sent
        if not sent:
            head = await town.actor("other_head")
            await submissions.withdraw(town.session, head, town.other, kept.id, town.now)
    await write_now(town.session)
    (row,) = (await town.session.exec(select(OutboxRow).where(col(OutboxRow.chat) == ADDRESS.chat))).all()
    assert "Báo cáo.pdf" in row.payload


async def test_a_unit_without_a_file_has_none_to_hand_over(town: Stations) -> None:
    officer = await town.actor("officer")
    assert not await board.hand_over(town.session, officer, town.owed, ADDRESS, town.now)
    await town.hands_in("head")
    assert not await board.hand_over(town.session, officer, town.owed, ADDRESS, town.now)


async def test_the_last_reminder_of_each_person_is_told_newest_first(town: Stations) -> None:
    for who, rung, failure in (
        ("head", "person-7", ""),
        ("clerk", "person-7", "no_account"),
        ("head", "hand@2026-11-23", ""),
        ("head", "told@2026-11-23", ""),
    ):
        person, now = town.people[who], town.now
        arrived = None if failure else now
        town.session.add(
            NudgeRow(
                obligation=town.owed,
                due=DUE,
                person_id=person,
                principal_id=person,
                rung=rung,
                made_at=now,
                delivered_at=arrived,
                failure=failure,
            )
        )
        await town.session.flush()
    officer = await town.actor("officer")
    found = await board.reminded(town.session, officer, town.owed)
    assert [(one.name, one.rung, one.delivered_at is not None) for one in found] == [
        ("head", "hand@2026-11-23", True),
        ("clerk", "person-7", False),
    ]
    by_hand, by_ladder = reminded.lines(found, UTC)[1:]
    assert by_hand == "• head, 01:00 thứ Hai 23/11/2026, văn phòng nhắc trực tiếp; đã gửi đến."
    assert by_ladder.endswith("theo thang, trước 7 ngày làm việc; chưa gửi được vì chưa có tài khoản.")
    assert await board.reminded(town.session, officer, town.other) == []
