"""Whoever hands in for hundreds of units: lists come a page at a time, in as many statements as for few."""

from collections.abc import AsyncIterator, Awaitable
from pathlib import Path

import pytest
from sqlalchemy import event
from sqlmodel import col, select

from bot.channels.telegram import CAPABILITIES
from core.messages import Message
from core.texts import board as board_texts
from core.texts import reminders_doors
from core.texts import submissions as texts
from core.texts.pages import AFTER, BEFORE, PAGE
from core.vietnamese import fold
from db.engine import key_of
from db.models import Extension, NudgeRow, RoleGrant, Unit, UnitName
from services import board, extensions, reminder_answers, submissions
from tests.builders import LONG_AGO
from tests.services.handing_in import DUE, UNTIL, Stations, stations

MANY = 500
STATEMENTS = 20
#: Telegram's: buttons under one message.
BUTTONS = 100


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Stations]:
    """Five hundred more stations, which one person heads and the director answers for besides."""
    async with stations(tmp_path) as found:
        session = found.session
        session.add_all(Unit(code=f"XA{place:03}", kind="ward") for place in range(MANY))
        await session.flush()
        units = (
            await session.exec(select(key_of(Unit.id), col(Unit.code)).where(col(Unit.code).startswith("XA")))
        ).all()
        for unit, code in units:
            name = f"Trạm Y tế xã {code}"
            session.add(
                UnitName(
                    unit_id=unit, name=name, folded=fold(name), parent_id=found.units["top"], since=LONG_AGO
                )
            )
            session.add(
                RoleGrant(person_id=found.people["other_head"], role="head", unit_id=unit, since=LONG_AGO)
            )
        await session.flush()
        yield found


async def statements(town: Stations, act: Awaitable[object]) -> int:
    """How many the database is asked while it is done."""
    asked: list[str] = []

    def hear(*told: object) -> None:
        asked.append(str(told[2]))

    connection = (await town.session.connection()).sync_connection
    assert connection is not None
    event.listen(connection, "before_cursor_execute", hear)
    await act
    event.remove(connection, "before_cursor_execute", hear)
    return len(asked)


def keys(message: Message) -> list[str]:
    return [choice.key for row in message.rows for choice in row]


@pytest.mark.parametrize("who", ["other_head", "director"])
async def test_what_many_units_owe_fits_a_screen(town: Stations, who: str) -> None:
    actor = await town.actor(who)
    assert await statements(town, submissions.owed_as_it_stands(town.session, actor, town.now)) <= STATEMENTS
    owed = await submissions.owed_as_it_stands(town.session, actor, town.now)
    assert len(owed) >= MANY
    first, second = texts.listed(owed), texts.listed(owed, 1)
    assert [key.partition(".")[0] for key in keys(first)] == ["one"] * PAGE + ["page"]
    assert keys(second)[-2:] == [BEFORE, AFTER]
    assert not {*keys(first)[:PAGE]} & {*keys(second)[:PAGE]}
    last = texts.listed(owed, 10**6)
    assert keys(last)[-1] == BEFORE
    assert len(keys(last)) > 1
    for page in (first, second, last):
        assert len(keys(page)) <= BUTTONS
        assert len(page.body) < CAPABILITIES.text_limit


async def test_what_somebody_was_reminded_of_for_many_units_fits_a_screen(town: Stations) -> None:
    actor = await town.actor("other_head")
    owed = await submissions.owed(town.session, actor, town.now)
    town.session.add_all(
        NudgeRow(
            obligation=one.id,
            due=DUE,
            person_id=actor.person_id,
            principal_id=actor.person_id,
            rung="person-7",
            made_at=town.now,
        )
        for one in owed
    )
    await town.session.flush()
    assert await statements(town, reminder_answers.mine(town.session, actor, town.now)) <= STATEMENTS
    found = await reminder_answers.mine(town.session, actor, town.now)
    assert len(found) >= MANY
    listed = [(one.number, one.obligation, one.standing) for one in found]
    for page in (0, 1, 10**6):
        shown = reminders_doors.mine(listed, page)
        assert 1 < len(keys(shown)) <= PAGE + 2
        assert len(shown.body) < CAPABILITIES.text_limit


async def test_what_many_units_asked_for_is_listed_and_counted_alike(town: Stations) -> None:
    actor, officer = await town.actor("other_head"), await town.actor("officer")
    owed = await submissions.owed(town.session, actor, town.now)
    town.session.add_all(
        Extension(
            campaign=one.campaign,
            deadline=submissions.occasion(one)[1],
            period=submissions.occasion(one)[2],
            unit_id=one.unit_id,
            until=UNTIL,
            reason="Khoa vừa chuyển trụ sở.",
            asked_by=actor.person_id,
            asked_at=town.now,
        )
        for one in owed
    )
    await town.session.flush()
    waiting = await extensions.waiting(town.session, officer, town.now)
    assert await extensions.count_waiting(town.session, officer, town.now) == len(waiting) == len(owed)
    assert await statements(town, extensions.waiting(town.session, officer, town.now)) <= STATEMENTS
    shown = [keys(board_texts.asked_list(waiting, page)) for page in range(len(waiting) // PAGE + 1)]
    assert all(len(page) <= PAGE + 2 for page in shown)
    assert len({key for page in shown for key in page} - {BEFORE, AFTER}) == len(waiting)


async def test_the_board_of_many_units_is_read_in_few_statements(town: Stations) -> None:
    officer = await town.actor("officer")
    assert await statements(town, board.occasions(town.session, officer, town.now)) <= STATEMENTS
