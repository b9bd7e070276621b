"""More time the office gives by itself, and reminders of what is done or due later, taken back at once."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from core.refusals import Code
from db.models import Account, Extension, NudgeRow, OutboxRow
from services import absences, deadlines, extensions, outbox, reminders, submissions
from tests.services.handing_in import (
    DUE,
    OFFICE,
    PEOPLE,
    UNTIL,
    Stations,
    refusal_of,
    refused_to,
    stations,
)
from tests.services.office import MONDAY

PAPER = "Công văn số 20/SYT-VP ngày 23/11/2026"
WHY = "Mạng của trạm hỏng cả tuần."


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Stations]:
    async with stations(tmp_path) as found:
        for person in found.people.values():
            found.session.add(
                Account(person_id=person, channel="telegram", bot="bot", chat=str(person), linked_at=MONDAY)
            )
        await outbox.set_live(found.session)
        await found.session.flush()
        yield found


async def given(
    town: Stations,
    by: str = "officer",
    key: str = "",
    until: date = UNTIL,
    why: str = WHY,
    paper: str = PAPER,
) -> object:
    actor = await town.actor(by)
    return await extensions.grant(town.session, actor, key or town.owed, until, why, paper, town.now)


async def chats_told(town: Stations) -> list[str]:
    await town.session.flush()
    return sorted((await town.session.exec(select(OutboxRow.chat))).all())


async def queued(town: Stations) -> list[str]:
    """What is kept as said, and still in the outbox, about the first station."""
    rows = (await town.session.exec(select(NudgeRow))).all()
    states = {row.once: row.state for row in (await town.session.exec(select(OutboxRow))).all()}
    return [
        row.rung for row in rows if row.obligation == town.owed and states.get(row.outbox_key) == "queued"
    ]


async def test_who_may_give_more_time(town: Stations) -> None:
    refused = {who for who in PEOPLE if await refused_to(town, given(town, who))}
    assert refused == PEOPLE.keys() - OFFICE
    for guessed in ("", "004", "004:004-D2:2026:", "004:004-D2:2026:999", "grant", "004:004-D2:2026:1:2"):
        actor = await town.actor("officer")
        act = extensions.grant(town.session, actor, guessed, UNTIL, WHY, PAPER, town.now)
        assert await refused_to(town, act)


async def test_the_unit_has_more_time_and_is_told(town: Stations) -> None:
    await given(town)
    owed = {one.id: one for one in await deadlines.obligations(town.session, town.now)}
    extended = owed[town.owed].extension
    assert extended is not None
    assert (extended.until, extended.document, owed[town.owed].due) == (UNTIL, PAPER, UNTIL)
    assert owed[town.other].due == DUE
    assert await chats_told(town) == sorted(str(town.people[who]) for who in ("head", "clerk"))
    (row,) = (await town.session.exec(select(Extension))).all()
    assert (row.state, row.asked_by, row.decided_by) == ("granted", *[town.people["officer"]] * 2)


async def test_whoever_stands_in_for_the_head_is_told(town: Stations) -> None:
    head, staff = town.people["head"], town.people["staff"]
    today = town.now.date()
    await absences.name(town.session, await town.actor("head"), head, staff, today, today, town.now)
    before = await chats_told(town)
    await given(town)
    told = await chats_told(town)
    for chat in before:
        told.remove(chat)
    assert told == sorted(str(town.people[who]) for who in ("staff", "clerk"))


@pytest.mark.parametrize(
    ("code", "until", "why", "paper"),
    [
        (Code.EXTENSION_TOO_EARLY, DUE, WHY, PAPER),
        (Code.QUESTION_TOO_SHORT, UNTIL, "🙂🙂🙂🙂🙂🙂", PAPER),
        (Code.TEXT_TOO_LONG, UNTIL, "a" * 5000, PAPER),
        (Code.DOCUMENT_MISSING, UNTIL, WHY, "\u200b\n \t"),
        (Code.TEXT_TOO_LONG, UNTIL, WHY, "a" * 5000),
    ],
)
async def test_what_is_not_taken(town: Stations, code: Code, until: date, why: str, paper: str) -> None:
    assert await refusal_of(given(town, until=until, why=why, paper=paper)) is code
    assert not (await town.session.exec(select(Extension))).all()


async def test_a_request_that_waits_is_answered_instead(town: Stations) -> None:
    asked = await town.asks()
    officer = await town.actor("officer")
    assert await refusal_of(given(town)) is Code.EXTENSION_WAITING
    assert await extensions.open_one(town.session, officer, town.owed, town.now) == asked
    assert await extensions.open_one(town.session, officer, town.other, town.now) == 0


async def test_what_was_handed_in_needs_no_more_time(town: Stations) -> None:
    await town.hands_in()
    assert await refusal_of(given(town)) is Code.HANDED_IN_ALREADY


async def test_queued_reminders_go_with_what_they_were_about(town: Stations) -> None:
    morning = town.later(days=2)
    await reminders.remind(morning.session, morning.now.replace(hour=7, minute=30))
    assert await queued(morning)
    handed_in = await morning.hands_in()
    assert await queued(morning), "not before the head confirms"
    head = await morning.actor("head")
    await submissions.confirm(morning.session, head, morning.owed, handed_in.id, morning.now)
    assert not await queued(morning)


@pytest.mark.parametrize("act", ["head", "give", "answer"])
async def test_reminders_of_the_old_day_go_too(town: Stations, act: str) -> None:
    morning = town.later(days=2)
    await reminders.remind(morning.session, morning.now.replace(hour=7, minute=30))
    assert await queued(morning)
    if act == "head":
        await morning.hands_in("head")
    elif act == "give":
        await given(morning)
    else:
        officer, asked = await morning.actor("officer"), await morning.asks()
        await extensions.answer(
            morning.session, officer, asked, grant=True, words=PAPER, now=morning.now + timedelta(hours=1)
        )
    assert not await queued(morning)
