"""More time: who may ask and answer, once each, and what becomes of the day."""

from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from core.refusals import Code
from db.models import Account, Extension, OutboxRow
from db.transaction import write_now
from services import date_changes, extensions, outbox, submissions
from services.actor import Actor, console
from services.extensions import DOCUMENT_LIMIT, LONGEST, REASON_LIMIT
from tests.services.handing_in import (
    DUE,
    HANDS,
    OFFICE,
    PEOPLE,
    UNTIL,
    Stations,
    refusal_of,
    refused_to,
    stations,
)

GROUND = "Công văn số 20/SYT-VP ngày 23/11/2026"
Act = Callable[[Stations, Actor], Awaitable[object]]


@pytest.fixture
async def town(tmp_path: Path) -> AsyncIterator[Stations]:
    async with stations(tmp_path) as found:
        yield found


async def asked(town: Stations) -> int:
    (row,) = (await town.session.exec(select(Extension))).all()
    return row.id or 0


async def answers(
    town: Stations, extension_id: int, *, grant: bool = True, words: str = GROUND
) -> Code | None:
    officer = await town.actor("officer")
    return await refusal_of(
        extensions.answer(town.session, officer, extension_id, grant=grant, words=words, now=town.now)
    )


async def _ask(town: Stations, actor: Actor) -> object:
    return await extensions.ask(town.session, actor, town.owed, UNTIL, "Khoa chuyển trụ sở.", town.now)


async def _grant(town: Stations, actor: Actor) -> None:
    number = await asked(town)
    await extensions.answer(town.session, actor, number, grant=True, words=GROUND, now=town.now)


async def _deny(town: Stations, actor: Actor) -> None:
    number = await asked(town)
    await extensions.answer(town.session, actor, number, grant=False, words=GROUND, now=town.now)


async def _take_back(town: Stations, actor: Actor) -> None:
    await extensions.take_back(town.session, actor, town.owed, town.now)


async def _ensure_grantable(town: Stations, actor: Actor) -> None:
    await extensions.ensure_grantable(town.session, actor, await asked(town), town.now)


async def _waiting(town: Stations, actor: Actor) -> object:
    return await extensions.waiting(town.session, actor, town.now)


async def _count(town: Stations, actor: Actor) -> object:
    return await extensions.count_waiting(town.session, actor, town.now)


async def _one(town: Stations, actor: Actor) -> object:
    return await extensions.one(town.session, actor, await asked(town), town.now)


async def _last(town: Stations, actor: Actor) -> object:
    return await extensions.last(town.session, actor, town.owed, town.now)


#: Each act, who may do it, and whether the first station asked before.
ACTS: dict[str, tuple[Act, frozenset[str], bool]] = {
    "ask": (_ask, HANDS, False),
    "take back": (_take_back, HANDS, True),
    "be asked whether it may be granted": (_ensure_grantable, OFFICE, True),
    "grant": (_grant, OFFICE, True),
    "deny": (_deny, OFFICE, True),
    "see what waits": (_waiting, OFFICE, True),
    "count what waits": (_count, OFFICE, True),
    "see one": (_one, OFFICE, True),
    "see the last": (_last, HANDS | OFFICE, True),
}


@pytest.mark.parametrize("name", ACTS)
async def test_who_may_do_what_about_more_time(town: Stations, name: str) -> None:
    act, allowed, before = ACTS[name]
    if before:
        await town.asks()
    refused = {who for who in PEOPLE if await refused_to(town, act(town, await town.actor(who)))}
    assert refused == PEOPLE.keys() - allowed


@pytest.mark.parametrize("number", [0, -1, 424242])
async def test_a_guessed_number_is_not_found(town: Stations, number: int) -> None:
    await town.asks()
    assert await answers(town, number) is Code.NOT_FOUND
    officer = await town.actor("officer")
    assert await refused_to(town, extensions.one(town.session, officer, number, town.now))


async def test_granted_by_a_document_the_day_moves(town: Stations) -> None:
    assert await answers(town, await town.asks()) is None
    head = await town.actor("head")
    owed = await submissions.one(town.session, head, town.owed, town.now)
    assert (owed.legal_day, owed.due) == (DUE, UNTIL)
    assert owed.extension is not None
    assert owed.extension.document == GROUND
    other = await submissions.one(town.session, await town.actor("other_head"), town.other, town.now)
    assert other.due == DUE


async def test_denied_the_day_stays_and_may_be_asked_for_again(town: Stations) -> None:
    assert await answers(town, await town.asks(), grant=False, words="Đã gia hạn chung một lần.") is None
    head = await town.actor("head")
    assert (await submissions.one(town.session, head, town.owed, town.now)).due == DUE
    last = await extensions.last(town.session, head, town.owed, town.now)
    assert last is not None
    assert (last.state, last.document) == ("denied", "Đã gia hạn chung một lần.")
    assert await town.asks("head") > last.id


async def test_one_request_at_a_time_and_one_answer_each(town: Stations) -> None:
    first = await town.asks()
    assert await refusal_of(town.asks("head")) is Code.EXTENSION_WAITING
    assert await answers(town, first) is None
    assert await answers(town, first, grant=False) is Code.EXTENSION_ANSWERED
    kept = await town.session.get(Extension, first)
    assert kept is not None
    assert (kept.state, kept.document) == ("granted", GROUND)


async def test_what_was_handed_in_needs_no_more_time(town: Stations) -> None:
    await town.hands_in()
    assert await refusal_of(town.asks()) is Code.HANDED_IN_ALREADY


async def test_more_time_after_more_time_counts_from_the_day_given(town: Stations) -> None:
    assert await answers(town, await town.asks()) is None
    assert await refusal_of(town.asks(until=UNTIL)) is Code.EXTENSION_TOO_EARLY
    assert await answers(town, await town.asks(until=date(2026, 12, 10))) is None
    head = await town.actor("head")
    assert (await submissions.one(town.session, head, town.owed, town.now)).due == date(2026, 12, 10)


async def test_a_day_that_gives_no_more_time_is_refused(town: Stations) -> None:
    for until in (date(2026, 11, 22), date(2026, 11, 29), DUE, date(2000, 1, 1)):
        assert await refusal_of(town.asks(until=until)) is Code.EXTENSION_TOO_EARLY


async def test_a_reason_that_says_nothing_or_too_much_is_refused(town: Stations) -> None:
    clerk = await town.actor("clerk")
    before = await town.counts()
    for code, reasons in {
        Code.QUESTION_TOO_SHORT: ["", "🙂" * 40, "\x00\x07\u202e\u200b" * 9],
        Code.TEXT_TOO_LONG: ["a" * (REASON_LIMIT + 1), "a" * 5000],
    }.items():
        for reason in reasons:
            act = extensions.ask(town.session, clerk, town.owed, UNTIL, reason, town.now)
            assert await refusal_of(act) is code
    assert await town.counts() == before


async def test_an_answer_without_ground_is_refused(town: Stations) -> None:
    number = await town.asks()
    for words in ("", "🙂🙂🙂🙂🙂🙂"):
        assert await answers(town, number, words=words) is Code.DOCUMENT_MISSING
        assert await answers(town, number, grant=False, words=words) is Code.QUESTION_TOO_SHORT
    assert await answers(town, number, words="a" * (DOCUMENT_LIMIT + 1)) is Code.TEXT_TOO_LONG
    assert await answers(town, number, grant=False, words="a" * 5000) is Code.TEXT_TOO_LONG
    officer = await town.actor("officer")
    assert await extensions.count_waiting(town.session, officer, town.now) == 1


async def test_a_request_nobody_owes_any_more_keeps_the_others_answerable(town: Stations) -> None:
    gone = await town.asks()
    await town.asks("other_head", town.other)
    row = await town.session.get(Extension, gone)
    assert row is not None
    row.deadline = "004-D9"
    await town.session.flush()
    officer = await town.actor("officer")
    waiting = await extensions.waiting(town.session, officer, town.now)
    assert [one.unit for one, _facts in waiting] == ["Trạm Y tế Hai"]
    assert await extensions.count_waiting(town.session, officer, town.now) == 1
    assert await refused_to(
        town, extensions.answer(town.session, officer, gone, grant=True, words=GROUND, now=town.now)
    )


async def test_a_plan_in_force_no_more_gives_no_time(town: Stations) -> None:
    number = await town.asks()
    await town.plan_ends()
    officer = await town.actor("officer")
    assert await refused_to(town, _ask(town, await town.actor("head")))
    assert await refused_to(town, extensions.one(town.session, officer, number, town.now))
    assert await extensions.waiting(town.session, officer, town.now) == []
    assert await extensions.count_waiting(town.session, officer, town.now) == 0


async def test_more_time_than_a_year_is_a_slip(town: Stations) -> None:
    last = DUE + LONGEST
    for until in (last + timedelta(days=1), date(2062, 12, 4), date.max):
        assert await refusal_of(town.asks(until=until)) is Code.EXTENSION_TOO_LATE
        assert await gives(town, until) is Code.EXTENSION_TOO_LATE
    assert not (await town.session.exec(select(Extension))).all()
    assert await gives(town, last) is None


async def test_the_office_puts_a_day_right_that_it_gave_by_mistake(town: Stations) -> None:
    assert await gives(town, date(2027, 12, 1)) is None
    assert await gives(town, date(2027, 12, 1)) is Code.EXTENSION_UNCHANGED
    assert await gives(town, DUE - timedelta(days=1)) is Code.EXTENSION_CUT_SHORT
    await listens(town, "head")
    assert await gives(town, UNTIL) is None
    assert await due(town) == UNTIL
    (said,) = await told(town, "head")
    assert "Văn phòng sửa ngày gia hạn" in said
    assert "01/12/2027" in said
    assert "04/12/2026" in said
    assert await gives(town, DUE) is None
    assert await due(town) == DUE


async def test_a_day_given_is_not_put_before_today(town: Stations) -> None:
    assert await gives(town, UNTIL + timedelta(days=9)) is None
    later = town.later(days=9)
    assert DUE < later.now.date() < UNTIL
    assert await gives(later, DUE) is Code.EXTENSION_CUT_SHORT
    assert await gives(later, later.now.date()) is None


async def test_a_day_that_the_plan_overtook_is_not_granted(town: Stations) -> None:
    number = await town.asks()
    office = console(town.now.date())
    await date_changes.enter(
        town.session, office, "004", "deadline:004-D2", "20/12/2026", GROUND, "Lùi cho mọi đơn vị", town.now
    )
    assert await answers(town, number) is Code.EXTENSION_OVERTAKEN
    officer = await town.actor("officer")
    act = extensions.ensure_grantable(town.session, officer, number, town.now)
    assert await refusal_of(act) is Code.EXTENSION_OVERTAKEN
    assert await due(town) == date(2026, 12, 20)
    assert await answers(town, number, grant=False, words="Hạn chung nay là 20/12/2026.") is None


async def test_a_day_that_passed_while_nobody_answered_is_not_granted(town: Stations) -> None:
    number = await town.asks()
    assert await answers(town.later(days=30), number) is Code.EXTENSION_OVERTAKEN


@pytest.mark.parametrize("confirmed_later", [False, True])
async def test_handing_in_ends_the_request(town: Stations, *, confirmed_later: bool) -> None:
    number = await town.asks()
    officer, head = await town.actor("officer"), await town.actor("head")
    if confirmed_later:
        clerks = await town.hands_in("clerk")
        assert await extensions.count_waiting(town.session, officer, town.now) == 1
        await submissions.confirm(town.session, head, town.owed, clerks.id, town.now)
    else:
        await town.hands_in("head")
    assert await extensions.waiting(town.session, officer, town.now) == []
    assert await extensions.count_waiting(town.session, officer, town.now) == 0
    assert await answers(town, number) is Code.EXTENSION_ANSWERED
    assert await extensions.last(town.session, head, town.owed, town.now) is None
    kept = await town.session.get(Extension, number)
    assert kept is not None
    await town.session.refresh(kept)
    assert kept.state == "withdrawn"


async def test_the_unit_takes_its_request_back_and_asks_again(town: Stations) -> None:
    await listens(town, "officer")
    number = await town.asks()
    await write_now(town.session)
    head, officer = await town.actor("head"), await town.actor("officer")
    assert len(await told(town, "officer")) == 1
    await extensions.take_back(town.session, head, town.owed, town.now)
    assert await told(town, "officer") == []
    act = extensions.take_back(town.session, head, town.owed, town.now)
    assert await refusal_of(act) is Code.EXTENSION_ANSWERED
    assert await answers(town, number) is Code.EXTENSION_ANSWERED
    assert await extensions.count_waiting(town.session, officer, town.now) == 0
    assert await extensions.open_one(town.session, officer, town.owed, town.now) == 0
    assert await town.asks("head") > number


async def gives(town: Stations, until: date) -> Code | None:
    officer = await town.actor("officer")
    act = extensions.grant(town.session, officer, town.owed, until, "Nhập nhầm năm.", GROUND, town.now)
    return await refusal_of(act)


async def due(town: Stations) -> date:
    return (await submissions.one(town.session, await town.actor("head"), town.owed, town.now)).due


async def listens(town: Stations, who: str) -> None:
    person = town.people[who]
    town.session.add(
        Account(person_id=person, channel="telegram", bot="bot", chat=str(person), linked_at=town.now)
    )
    await outbox.set_live(town.session)
    await town.session.flush()


async def told(town: Stations, who: str) -> list[str]:
    """What waits to be said to somebody."""
    await write_now(town.session)
    query = select(OutboxRow.payload).where(
        OutboxRow.chat == str(town.people[who]), OutboxRow.state == "queued"
    )
    return [str(one) for one in (await town.session.exec(query)).all()]
