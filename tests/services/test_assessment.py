"""Self-assessments at their borders: whose they are, when they open and close, on which version."""

from collections.abc import Awaitable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from core.criteria import (
    Answer,
    DeclarationGiven,
    Given,
    LevelGiven,
    NotApplicable,
    NumberGiven,
    Outcome,
    TextGiven,
)
from core.refusals import Code, Refusal
from core.roles import Grant, Role
from db.models import Answer as AnswerRow
from db.models import Assessment, RoleGrant
from db.transaction import Session
from services import assessment, journal
from services.actor import Actor, console
from tests import builders
from tests.chat import Chat, Town


@pytest.fixture
async def lan(numbers_town: Town) -> Chat:
    return await numbers_town.joined("Trần Thị Lan")


async def begun(town: Town, session: Session, chat: Chat) -> tuple[Actor, int]:
    """Somebody with the self-assessment of this year."""
    actor = await town.actor(session, chat)
    (this_year,) = await assessment.rounds(session, actor, town.clock.now())
    return actor, await assessment.begin(session, actor, this_year.round_id, town.clock.now())


async def refusal_of(act: Awaitable[object]) -> Code:
    """Why an act is declined."""
    with pytest.raises(Refusal) as refused:
        await act
    return refused.value.code


async def test_it_is_begun_once(numbers_town: Town, lan: Chat) -> None:
    async with numbers_town.office() as session:
        actor, first = await begun(numbers_town, session, lan)
        _, second = await begun(numbers_town, session, lan)
        assert first == second
        assert [one.id for one in await session.exec(select(Assessment))] == [first]
        assert (
            await refusal_of(assessment.begin(session, actor, 424242, numbers_town.clock.now()))
            is Code.NO_ROUND
        )

    async with numbers_town.office() as session:
        assert [one.verb for one in await journal.latest(session, 20)].count("began") == 1


async def test_it_is_nobody_elses(numbers_town: Town, lan: Chat) -> None:
    hoa = await numbers_town.joined("Lê Thị Hoa", roles=(Role.STAFF, Role.HEAD, Role.ADMINISTRATOR))
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        _, sheet = await begun(numbers_town, session, lan)
        other = await numbers_town.actor(session, hoa)
        for actor in (other, console(now.date())):
            for act in (
                assessment.sheet(session, actor, sheet),
                assessment.answer(session, actor, sheet, "a1", "1", TextGiven("x y z"), now),
                assessment.does_not_apply(session, actor, sheet, ["a1"], "", now),
                assessment.keep_note(session, actor, sheet, "a1", "x", now),
                assessment.weigh_files(session, actor, sheet, "a1", now),
            ):
                assert await refusal_of(act) is Code.NOT_FOUND
        assert (await assessment.sheet(session, await numbers_town.actor(session, lan), sheet)).answered == 0


async def test_what_does_not_exist_is_refused(numbers_town: Town, lan: Chat) -> None:
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        actor, sheet = await begun(numbers_town, session, lan)
        assert await refusal_of(assessment.sheet(session, actor, 424242)) is Code.NOT_FOUND
        wrong = assessment.answer(session, actor, sheet, "zz", "1", TextGiven("x"), now)
        assert await refusal_of(wrong) is Code.NOT_FOUND
        assert await refusal_of(assessment.keep_note(session, actor, sheet, "zz", "x", now)) is Code.NOT_FOUND


async def test_answers_of_every_kind_are_read_back(numbers_town: Town, lan: Chat) -> None:
    now = numbers_town.clock.now()
    given: dict[tuple[str, str], Given] = {
        ("c1", "cong-khai"): NumberGiven(Decimal("12.5"), Decimal(1), Decimal(8)),
        ("c1", "dung-han"): NumberGiven(Decimal("99.00")),
        ("h1", "par-index"): LevelGiven("tot"),
        ("dd3", "1"): DeclarationGiven(yes=False, explanation="Một lần đi muộn «có phép»\nđã báo"),
        ("a1", "1"): TextGiven("Dòng 1\nDòng 2 \u201c6 rõ\u201d"),
    }
    async with numbers_town.office() as session:
        actor, sheet = await begun(numbers_town, session, lan)
        for (key, measure), one in given.items():
            await assessment.answer(session, actor, sheet, key, measure, one, now)
    async with numbers_town.office() as session:
        whole = await assessment.sheet(session, actor, sheet)
        for (key, measure), one in given.items():
            answer = whole.entry(key).answer
            assert isinstance(answer, Answer)
            assert answer.given[measure] == one
        outcomes = {entry.criterion.key: entry.outcome for entry in whole.entries if entry.answered}
    assert outcomes == {"c1": Outcome.NOT_MET, "dd3": Outcome.NOT_MET, "a1": Outcome.NEEDS_REVIEW}


async def test_a_note_outlives_its_answer(numbers_town: Town, lan: Chat) -> None:
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        actor, sheet = await begun(numbers_town, session, lan)
        await assessment.keep_note(session, actor, sheet, "a1", "Số 15/BC", now)
        await assessment.answer(session, actor, sheet, "a1", "1", TextGiven("Đã làm"), now)
        await assessment.does_not_apply(session, actor, sheet, ["a1", "a2"], "Không thuộc nhiệm vụ", now)
        await assessment.answer(session, actor, sheet, "a1", "1", TextGiven("Đã làm lại"), now)
    async with numbers_town.office() as session:
        whole = await assessment.sheet(session, actor, sheet)
        rows = list(await session.exec(select(AnswerRow)))
    assert (whole.entry("a1").note, whole.entry("a1").answered) == ("Số 15/BC", True)
    assert whole.entry("a2").answer == NotApplicable("Không thuộc nhiệm vụ")
    assert [(one.criterion, one.outcome) for one in rows] == [
        ("004-a1", "needs_review"),
        ("004-a2", "not_applicable"),
    ]


@pytest.mark.parametrize(("seconds", "open_still"), [(-1, True), (0, False), (1, False)])
async def test_a_round_closes_at_its_moment(
    numbers_town: Town, lan: Chat, *, seconds: int, open_still: bool
) -> None:
    closes = numbers_town.clock.now() + timedelta(days=1)
    at = closes + timedelta(seconds=seconds)
    async with numbers_town.office() as session:
        actor, sheet = await begun(numbers_town, session, lan)
        await builders.closes(session, closes)
    async with numbers_town.office() as session:
        act = assessment.answer(session, actor, sheet, "a1", "1", TextGiven("Đã làm"), at)
        if open_still:
            await act
        else:
            assert await refusal_of(act) is Code.ROUND_CLOSED
        (known,) = await assessment.rounds(session, actor, at)
        assert known.closed is not open_still


async def test_rounds_open_with_their_year(numbers_town: Town, lan: Chat) -> None:
    clock = numbers_town.clock
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, lan)
        seen = {}
        for year in (2025, 2026, 2027, 2030):
            at = clock.now().replace(year=year)
            then = Actor(actor.person_id, "", actor.unit_id, at.date(), actor.grants)
            seen[year] = [one.label for one in await assessment.rounds(session, then, at)]
    assert seen[2025] == []
    assert seen[2026] == ["Năm 2026"]
    assert seen[2027] == ["Năm 2026", "Năm 2027"]
    assert seen[2030][-1] == "Giai đoạn 2026 - 2030"
    assert len(seen[2030]) == 6


async def test_a_new_version_is_for_those_who_begin_later(numbers_town: Town, lan: Chat) -> None:
    hoa = await numbers_town.joined("Lê Thị Hoa")
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        lans, first = await begun(numbers_town, session, lan)
        await builders.the_plan(session, now, ('label = "Hài lòng của người dân"', 'label = "Hài lòng"'))
        hoas, second = await begun(numbers_town, session, hoa)
        assert (await assessment.sheet(session, lans, first)).entry(
            "c3"
        ).criterion.label == "Hài lòng của người dân"
        assert (await assessment.sheet(session, hoas, second)).entry("c3").criterion.label == "Hài lòng"


async def test_whoever_only_looked_is_asked_by_the_new_version(numbers_town: Town, lan: Chat) -> None:
    hoa = await numbers_town.joined("Lê Thị Hoa")
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        lans, first = await begun(numbers_town, session, lan)
        hoas, second = await begun(numbers_town, session, hoa)
        await assessment.answer(session, hoas, second, "a1", "1", TextGiven("Đã phổ biến."), now)
        await builders.the_plan(session, now, ('label = "Hài lòng của người dân"', 'label = "Hài lòng"'))
    async with numbers_town.office() as session:
        assert (await begun(numbers_town, session, lan))[1] == first
        assert (await begun(numbers_town, session, hoa))[1] == second
        assert (await assessment.sheet(session, lans, first)).entry("c3").criterion.label == "Hài lòng"
        kept = (await assessment.sheet(session, hoas, second)).entry("c3").criterion.label
        assert kept == "Hài lòng của người dân"


async def test_a_role_that_has_ended_closes_everything(numbers_town: Town, lan: Chat) -> None:
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        _, sheet = await begun(numbers_town, session, lan)
        for grant in await session.exec(select(RoleGrant)):
            grant.until = date(2026, 11, 22)
    async with numbers_town.office() as session:
        actor = await numbers_town.actor(session, lan)
        assert actor.grants == frozenset()
        assert await refusal_of(assessment.sheet(session, actor, sheet)) is Code.NOT_FOUND
        assert await refusal_of(assessment.rounds(session, actor, now)) is Code.NOT_FOUND
        past = Grant(Role.STAFF, 1, date(2020, 1, 1), date(2026, 11, 22))
        stale = Actor(actor.person_id, "", 1, date(2026, 11, 23), frozenset({past}))
        assert await refusal_of(assessment.sheet(session, stale, sheet)) is Code.NOT_FOUND
