"""Where somebody stands, who may see it, and obstacles set aside by two people."""

from datetime import date, timedelta

import pytest

from core.eligibility import HindranceKind, ObstacleKind, Result
from core.refusals import Code
from core.roles import Role
from core.texts import eligibility as texts
from db.models import Hindrance, Waiver
from db.transaction import write_now
from services import assessment, eligibility, hindrances, journal
from services.hindrances import Whom
from tests import builders
from tests.chat import Town
from tests.services.considering import (
    GOOD,
    NONE_LATE,
    NOT_OUT,
    POOR,
    REASON,
    SOME_LATE,
    cast,
    entered,
    notices,
    round_id,
    share,
    unit_entered,
)
from tests.services.test_assessment import refusal_of

DAY = timedelta(days=1)


async def test_it_follows_the_answers(numbers_town: Town) -> None:
    town = numbers_town
    lan, *_ = await cast(town)
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, lan)
        sheet = await entered(town, session, actor, None, None)
        assert (await eligibility.standing(session, actor, sheet, now)).standing.result is Result.INCOMPLETE
        for rating, late, result in (
            (NOT_OUT, NONE_LATE, Result.AWAITED),
            (POOR, NONE_LATE, Result.NOT_ELIGIBLE),
            (GOOD, SOME_LATE, Result.NOT_ELIGIBLE),
            (GOOD, NONE_LATE, Result.ELIGIBLE),
        ):
            await entered(town, session, actor, rating, late)
            case = await eligibility.standing(session, actor, sheet, now)
            assert case.standing.result is result
        case = await eligibility.standing(session, actor, sheet, now)
        assert (case.name, case.unit, case.signed) == ("Trần Thị Lan", "Khoa Mẫu 1", False)


async def test_a_unit_is_considered_by_its_own_gates_and_hindrances(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, _ = await cast(town)
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, head)
        sheet = await unit_entered(town, session, actor, share(12, 98))
        case = await eligibility.standing(session, actor, sheet, now)
        assert [one.kind for one in case.standing.obstacles] == [ObstacleKind.DISQUALIFIER]
        assert "12/98 ≈ 12,24 %" in "\n".join(texts.told(case))
        assert case.subject == "Khoa Mẫu 1"
        for part, whole in ((98, 980), (0, 98)):
            await unit_entered(town, session, actor, share(part, whole))
            case = await eligibility.standing(session, actor, sheet, now)
            assert case.standing.result is Result.ELIGIBLE
        clerk = await town.actor(session, office)
        # Her own discipline is nothing of the unit's, and the unit's complaint nothing of hers.
        person = (await town.actor(session, lan)).person_id
        for whom, kind in (
            (Whom("Lan", "", person_id=person), HindranceKind.DISCIPLINE),
            (Whom("Khoa", "", unit_id=1), HindranceKind.COMPLAINT),
        ):
            await hindrances.note(session, clerk, whom, kind, "Quyết định 15/QĐ", now.date(), None, now)
        own = await entered(town, session, await town.actor(session, lan))
        found = await eligibility.standing(session, actor, sheet, now)
        assert [one.kind for one in found.standing.obstacles] == [ObstacleKind.COMPLAINT]
        found = await eligibility.standing(session, actor, own, now)
        assert [one.kind for one in found.standing.obstacles] == [ObstacleKind.DISCIPLINE]


async def test_who_may_see_where_somebody_stands(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, appraiser = await cast(town)
    async with town.office() as session:
        await builders.a_unit(session, "Khoa Mẫu 2", "KM2")
    others = [
        await town.joined("Vũ Thị Đồng"),
        await town.joined("Ngô Văn Khác", roles=(Role.HEAD,), unit=2),
        await town.joined("Hồ Thị Hội", roles=(Role.COUNCIL,)),
        await town.joined("Bùi Văn Quản", roles=(Role.ADMINISTRATOR,)),
        await town.joined("Lý Văn Giám", roles=(Role.OBSERVER,)),
    ]
    coordinator = await town.joined("Mai Thị Mối", roles=(Role.COORDINATOR,))
    async with town.office() as session:
        now = town.clock.now()
        sheet = await entered(town, session, await town.actor(session, lan))
        for chat in (lan, head, office, appraiser, coordinator):
            case = await eligibility.standing(session, await town.actor(session, chat), sheet, now)
            assert case.name == "Trần Thị Lan"
        for chat in others:
            actor = await town.actor(session, chat)
            assert await refusal_of(eligibility.standing(session, actor, sheet, now)) is Code.NOT_FOUND
        assert (
            await refusal_of(eligibility.standing(session, await town.actor(session, lan), 99, now))
            is Code.NOT_FOUND
        )


async def test_two_people_set_an_obstacle_aside(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, appraiser = await cast(town)
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, head)
        sheet = await unit_entered(town, session, actor, share(12, 98))
        clerk, judge = await town.actor(session, office), await town.actor(session, appraiser)
        (obstacle,) = (await eligibility.standing(session, clerk, sheet, now)).standing.obstacles

        for wrong in (actor, await town.actor(session, lan)):
            asked = eligibility.ask(session, wrong, sheet, obstacle.key, REASON, now)
            assert await refusal_of(asked) is Code.NOT_FOUND
        short = eligibility.ask(session, clerk, sheet, obstacle.key, " vì thế ", now)
        assert await refusal_of(short) is Code.TEXT_TOO_SHORT
        nothing = eligibility.ask(session, clerk, sheet, "h99", REASON, now)
        assert await refusal_of(nothing) is Code.WAIVER_SETTLED

        waiver = await eligibility.ask(session, clerk, sheet, obstacle.key, REASON, now)
        again = eligibility.ask(session, judge, sheet, obstacle.key, REASON, now)
        assert await refusal_of(again) is Code.WAIVER_SETTLED
        case = await eligibility.standing(session, actor, sheet, now)
        assert case.standing.result is Result.NOT_ELIGIBLE
        assert "Đang có đề nghị bỏ qua của Lê Thị Văn" in "\n".join(texts.told(case))
        assert [len(await notices(session, chat)) for chat in (office, appraiser, head)] == [0, 1, 0]

        mine = eligibility.decide(session, clerk, waiver, now, granted=True)
        assert await refusal_of(mine) is Code.TWO_PEOPLE
        theirs = eligibility.decide(session, actor, waiver, now, granted=True)
        assert await refusal_of(theirs) is Code.NOT_FOUND
        await eligibility.decide(session, judge, waiver, now, granted=True)
        case = await eligibility.standing(session, actor, sheet, now)
        assert case.standing.result is Result.ELIGIBLE
        told = "\n".join(texts.told(case))
        assert f"Đã được bỏ qua, lý do «{REASON}»" in told
        assert "người đề nghị: Lê Thị Văn; người quyết định: Đỗ Văn Thẩm" in told
        late = eligibility.decide(session, judge, waiver, now, granted=False)
        assert await refusal_of(late) is Code.WAIVER_SETTLED
        assert len(await notices(session, office)) == 1
        await write_now(session)
        verbs = [entry.verb for entry in await journal.latest(session, 3)]
        assert {"granted_waiver", "asked_waiver"} <= set(verbs)
        assert all(REASON not in str(entry.facts) for entry in await journal.latest(session, 20))


async def test_what_was_refused_can_be_asked_again_and_a_new_answer_is_another_matter(
    numbers_town: Town,
) -> None:
    town = numbers_town
    lan, _head, office, appraiser = await cast(town)
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, lan)
        clerk, judge = await town.actor(session, office), await town.actor(session, appraiser)
        sheet = await entered(town, session, actor, GOOD, SOME_LATE)
        (obstacle,) = (await eligibility.standing(session, clerk, sheet, now)).standing.obstacles
        first = await eligibility.ask(session, clerk, sheet, obstacle.key, REASON, now)
        await eligibility.decide(session, judge, first, now, granted=False)
        second = await eligibility.ask(session, judge, sheet, obstacle.key, REASON, now)
        assert first != second
        await eligibility.decide(session, clerk, second, now, granted=True)
        assert (await eligibility.standing(session, actor, sheet, now)).standing.result is Result.ELIGIBLE
        await assessment.answer(session, actor, sheet, "T1", "1", share(5, 1), now)
        assert (await eligibility.standing(session, actor, sheet, now)).standing.barring
        gone = eligibility.waiver_case(session, judge, second, now)
        assert await refusal_of(gone) is Code.WAIVER_SETTLED
    assert [one.state for one in await town.rows(Waiver)] == ["denied", "granted"]


async def test_nobody_decides_in_their_own_case(numbers_town: Town) -> None:
    town = numbers_town
    _lan, _head, office, appraiser = await cast(town)
    async with town.office() as session:
        now, clerk = town.clock.now(), await town.actor(session, office)
        sheet = await entered(town, session, clerk, POOR)
        (obstacle,) = (await eligibility.standing(session, clerk, sheet, now)).standing.obstacles
        judge = await town.actor(session, appraiser)
        waiver = await eligibility.ask(session, judge, sheet, obstacle.key, REASON, now)
        assert await notices(session, office) == []
        mine = eligibility.decide(session, clerk, waiver, now, granted=True)
        assert await refusal_of(mine) is Code.TWO_PEOPLE


async def test_a_hindrance_is_noted_changed_and_lifted(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, appraiser = await cast(town)
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, lan)
        today = actor.today
        sheet = await entered(town, session, actor)
        clerk, whom = await town.actor(session, office), Whom("Lan", "", person_id=actor.person_id)
        discipline = HindranceKind.DISCIPLINE
        for chat in (lan, head, appraiser):
            noted = hindrances.note(
                session, await town.actor(session, chat), whom, discipline, "Quyết định 15", today, None, now
            )
            assert await refusal_of(noted) is Code.NOT_FOUND
        bare = hindrances.note(session, clerk, whom, discipline, " \u200b ", today, None, now)
        assert await refusal_of(bare) is Code.DOCUMENT_MISSING
        odd = hindrances.note(session, clerk, whom, discipline, "Quyết định 15", today, today - DAY, now)
        assert await refusal_of(odd) is Code.PERIOD_REVERSED

        one = await hindrances.note(session, clerk, whom, discipline, "Quyết định 15", today, today, now)
        assert (await eligibility.standing(session, actor, sheet, now)).standing.barring
        assert not (await eligibility.standing(session, actor, sheet, now + DAY)).standing.barring
        await hindrances.change_period(session, clerk, one, today, None, now)
        assert (await eligibility.standing(session, actor, sheet, now + 400 * DAY)).standing.barring
        reversed_ = hindrances.change_period(session, clerk, one, today, today - DAY, now)
        assert await refusal_of(reversed_) is Code.PERIOD_REVERSED
        assert [item.hindrance.id for item in await hindrances.noted(session, clerk, now)] == [one]
        await hindrances.lift(session, clerk, one, now)
        assert not (await eligibility.standing(session, actor, sheet, now)).standing.barring
        assert await refusal_of(hindrances.lift(session, clerk, one, now)) is Code.NOT_FOUND
        assert await hindrances.noted(session, clerk, now) == []
        await write_now(session)
        verbs = {entry.verb for entry in await journal.latest(session, 10)}
        assert {"noted_hindrance", "changed_hindrance", "lifted_hindrance"} <= verbs
    (row,) = await town.rows(Hindrance)
    assert row.lifted_at is not None


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("NV001", ["Trần Thị Lan"]),
        ("nv001", ["Trần Thị Lan"]),
        ("tran lan", ["Trần Thị Lan"]),
        ("Lan", ["Trần Thị Lan"]),
        ("khoa mau", ["Khoa Mẫu 1"]),
        ("%", []),
        ("_____", []),
        ("' OR 1=1 --", []),
        ("", []),
        ("\u202e\u200b", []),
    ],
)
async def test_people_and_units_are_found_by_words(numbers_town: Town, words: str, found: list[str]) -> None:
    *_, office, _appraiser = await cast(numbers_town)
    async with numbers_town.office() as session:
        clerk = await numbers_town.actor(session, office)
        whom = await hindrances.find(session, clerk, words, numbers_town.clock.now())
        assert [one.name for one in whom] == found


async def test_the_office_lists_whom_something_stands_in_the_way_of(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, appraiser = await cast(town)
    async with town.office() as session:
        now, clerk = town.clock.now(), await town.actor(session, office)
        of = await round_id(session)
        assert await eligibility.hindered(session, clerk, of, 0, now) == ([], False)
        good = await entered(town, session, clerk)
        pending = await entered(town, session, await town.actor(session, lan), NOT_OUT)
        unit = await unit_entered(town, session, await town.actor(session, head), share(12, 98))
        await write_now(session)
        cases, more = await eligibility.hindered(session, clerk, of, 0, now)
        assert ([case.assessment_id for case in cases], more) == ([pending, unit], False)
        whom = Whom("Văn", "", person_id=clerk.person_id)
        kind, day = HindranceKind.COMPLAINT, date(2026, 11, 23)
        await hindrances.note(session, clerk, whom, kind, "Đơn số 3", day, day, now)
        cases, _more = await eligibility.hindered(session, clerk, of, 0, now)
        assert [case.assessment_id for case in cases] == [good, pending, unit]
        assert (await eligibility.hindered(session, clerk, of, 1, now)) == ([], False)
        assert await refusal_of(eligibility.hindered(session, clerk, 999, 0, now)) is Code.NOT_FOUND
        actor = await town.actor(session, head)
        assert await refusal_of(eligibility.hindered(session, actor, of, 0, now)) is Code.NOT_FOUND
        assert await eligibility.hindered(session, await town.actor(session, appraiser), of, 0, now)
