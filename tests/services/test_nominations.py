"""Who may be proposed and commended, and how that counts against the quotas of the plan."""

from datetime import timedelta

import pytest
from sqlalchemy.dialects import registry

from core.eligibility import HindranceKind
from core.refusals import Code
from core.roles import Role
from core.texts import nominations as texts
from core.texts.nominations import rows_of
from db.models import Nomination
from db.queries import nominations as queries
from db.transaction import write_now
from services import eligibility, hindrances, journal, nominations, signing
from services.hindrances import Whom
from tests import builders
from tests.chat import Town
from tests.services.considering import (
    GOOD,
    REASON,
    SOME_LATE,
    cast,
    entered,
    in_force,
    notices,
    round_id,
    share,
    unit_entered,
)
from tests.services.test_assessment import refusal_of

ACHIEVEMENT = "Rút ngắn thời gian chờ khám từ 60 phút còn 25 phút."


async def test_a_head_proposes_what_is_signed_and_in_order(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, appraiser = await cast(town)
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, head)
        sheet = await entered(town, session, await town.actor(session, lan))
        assert (await nominations.candidates(session, actor, await round_id(session), 0, now))[0] == []
        early = nominations.propose(session, actor, sheet, ACHIEVEMENT, now)
        assert await refusal_of(early) is Code.NOT_SIGNED
        await signing.sign(session, await town.actor(session, lan), sheet, now)
        (case,), more = await nominations.candidates(session, actor, await round_id(session), 0, now)
        assert (case.assessment_id, case.nomination, more) == (sheet, None, False)
        short = nominations.propose(session, actor, sheet, "Tốt", now)
        assert await refusal_of(short) is Code.TEXT_TOO_SHORT
        for chat in (lan, office, appraiser):
            wrong = nominations.propose(session, await town.actor(session, chat), sheet, ACHIEVEMENT, now)
            assert await refusal_of(wrong) is Code.NOT_FOUND
        assert await nominations.propose(session, actor, sheet, ACHIEVEMENT, now) == 0
        again = nominations.propose(session, actor, sheet, ACHIEVEMENT, now)
        assert await refusal_of(again) is Code.ALREADY_NOMINATED
        case, elsewhere = await nominations.candidate(session, actor, sheet, now)
        assert case.nomination is not None
        assert (case.nomination.achievement, elsewhere) == (ACHIEVEMENT, [])

        await nominations.withdraw(session, actor, sheet, now)
        assert await refusal_of(nominations.withdraw(session, actor, sheet, now)) is Code.NOT_NOMINATED
        assert await nominations.propose(session, actor, sheet, ACHIEVEMENT, now) == 0
        await write_now(session)
        verbs = [entry.verb for entry in await journal.latest(session, 3)]
        assert verbs == ["nominated", "withdrew_nomination", "nominated"]
    assert [row.state for row in await town.rows(Nomination)] == ["withdrawn", "proposed"]


async def test_nobody_is_proposed_over_an_obstacle_unless_it_was_set_aside(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, appraiser = await cast(town)
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, head)
        sheet = await entered(town, session, await town.actor(session, lan), GOOD, SOME_LATE, signed=True)
        refused = nominations.propose(session, actor, sheet, ACHIEVEMENT, now)
        assert await refusal_of(refused) is Code.NOT_ELIGIBLE
        clerk, judge = await town.actor(session, office), await town.actor(session, appraiser)
        (obstacle,) = (await eligibility.standing(session, clerk, sheet, now)).standing.obstacles
        waiver = await eligibility.ask(session, clerk, sheet, obstacle.key, REASON, now)
        await eligibility.decide(session, judge, waiver, now, granted=True)
        assert await nominations.propose(session, actor, sheet, ACHIEVEMENT, now) == 0


async def test_a_head_reaches_no_further_than_the_own_unit(numbers_town: Town) -> None:
    town = numbers_town
    await in_force(town)
    async with town.office() as session:
        await builders.a_unit(session, "Trung tâm Mẫu", "TT")
        await builders.a_unit(session, "Khoa Mẫu 3", "KM3", parent=2)
    lan = await town.joined("Trần Thị Lan", unit=3)
    own = await town.joined("Phạm Văn Trưởng", roles=(Role.HEAD,), unit=3)
    above = await town.joined("Lê Văn Giám", roles=(Role.HEAD,), unit=2)
    stranger = await town.joined("Ngô Văn Khác", roles=(Role.HEAD,), unit=1)
    async with town.office() as session:
        now, of = town.clock.now(), await round_id(session)
        sheet = await entered(town, session, await town.actor(session, lan), signed=True)
        for chat, sees in ((own, True), (above, True), (stranger, False)):
            actor = await town.actor(session, chat)
            cases, _more = await nominations.candidates(session, actor, of, 0, now)
            assert bool(cases) is sees
        actor = await town.actor(session, stranger)
        for act in (
            nominations.propose(session, actor, sheet, ACHIEVEMENT, now),
            nominations.withdraw(session, actor, sheet, now),
            nominations.candidate(session, actor, sheet, now),
            nominations.propose(session, actor, 424242, ACHIEVEMENT, now),
        ):
            assert await refusal_of(act) is Code.NOT_FOUND


async def test_one_achievement_is_commended_once(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, *_ = await cast(town)
    async with town.office() as session:
        now, actor, person = town.clock.now(), await town.actor(session, head), await town.actor(session, lan)
        year = await entered(town, session, person, signed=True)
        period = await entered(town, session, person, of="ca-ky", signed=True)
        await nominations.propose(session, actor, year, ACHIEVEMENT, now)
        same = nominations.propose(session, actor, period, ACHIEVEMENT.upper().replace(".", ""), now)
        assert await refusal_of(same) is Code.ALREADY_COMMENDED
        _case, elsewhere = await nominations.candidate(session, actor, period, now)
        assert [one.achievement for one in elsewhere] == [ACHIEVEMENT]
        await nominations.propose(session, actor, period, "Bốn năm liền không có hồ sơ trễ hẹn.", now)
        await nominations.withdraw(session, actor, period, now)
        await nominations.withdraw(session, actor, year, now)
        await nominations.propose(session, actor, period, ACHIEVEMENT, now)
        # The unit's achievement is not the person's.
        unit = await unit_entered(town, session, actor, share(0, 98), signed=True)
        await nominations.propose(session, actor, unit, ACHIEVEMENT, now)


async def test_whom_a_decision_leaves_out_counts_no_more_and_may_be_proposed_elsewhere(
    numbers_town: Town,
) -> None:
    town = numbers_town
    lan, head, office, _ = await cast(town)
    async with town.office() as session:
        now, actor, person = town.clock.now(), await town.actor(session, head), await town.actor(session, lan)
        clerk, of = await town.actor(session, office), await round_id(session)
        year = await entered(town, session, person, signed=True)
        period = await entered(town, session, person, of="ca-ky", signed=True)
        await nominations.propose(session, actor, year, ACHIEVEMENT, now)
        (one,), _more = await nominations.nominees(session, clerk, of, 0, now)
        wrong = nominations.pass_over(session, actor, one.nomination.id, now)
        assert await refusal_of(wrong) is Code.NOT_FOUND
        await nominations.pass_over(session, clerk, one.nomination.id, now)
        assert rows_of(await nominations.round_ledger(session, clerk, of))[1] == (
            "• Cá nhân: 0/1, không quá 1 (009-A2); đã khen 0; không được chọn 1"
        )
        found, case = await nominations.nominee(session, clerk, one.nomination.id, now)
        assert "(không được chọn)" in texts.nominee(case, found.nomination, may_commend=True).body
        assert texts.nominee(case, found.nomination, may_commend=True).rows == ()
        assert await refusal_of(nominations.withdraw(session, actor, year, now)) is Code.NOT_NOMINATED
        late = nominations.commend(session, clerk, one.nomination.id, now)
        assert await refusal_of(late) is Code.NOT_NOMINATED
        await nominations.propose(session, actor, period, ACHIEVEMENT, now)
        await nominations.pass_over(session, clerk, one.nomination.id, now)
        await signing.withdraw(session, person, year, now)
    assert [row.state for row in await town.rows(Nomination)] == ["not_chosen", "proposed"]


async def test_beyond_the_quota_one_may_be_proposed_but_not_commended(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, appraiser = await cast(town)
    hoa = await town.joined("Lê Thị Hoa")
    async with town.office() as session:
        now, actor, of = town.clock.now(), await town.actor(session, head), await round_id(session)
        clerk = await town.actor(session, office)
        first = await entered(town, session, await town.actor(session, lan), signed=True)
        second = await entered(town, session, await town.actor(session, hoa), signed=True)
        third = await entered(town, session, actor, signed=True)
        assert await nominations.propose(session, actor, first, ACHIEVEMENT, now) == 0
        assert await notices(session, office) == []
        assert await nominations.propose(session, actor, second, "Số hóa toàn bộ hồ sơ bệnh án.", now) == 1
        assert await nominations.propose(session, actor, third, "Điều hành khoa không trễ hẹn.", now) == 2
        first_notice, second_notice = await notices(session, office)
        assert "2/1, không quá 1, vượt 1" in first_notice
        assert "3/1, không quá 1, vượt 2" in second_notice
        await nominations.withdraw(session, actor, third, now)
        assert await nominations.propose(session, actor, third, "Điều hành khoa không trễ hẹn.", now) == 2
        assert len(await notices(session, office)) == 2

        (one, two, three), more = await nominations.nominees(session, clerk, of, 0, now)
        assert ([one.subject, two.subject, three.subject], more) == (
            ["Trần Thị Lan", "Lê Thị Hoa", "Phạm Văn Trưởng"],
            False,
        )
        for chat in (head, appraiser, lan):
            wrong = nominations.commend(session, await town.actor(session, chat), one.nomination.id, now)
            assert await refusal_of(wrong) is Code.NOT_FOUND
        await nominations.commend(session, clerk, two.nomination.id, now)
        full = nominations.commend(session, clerk, one.nomination.id, now)
        assert await refusal_of(full) is Code.QUOTA_FULL
        twice = nominations.commend(session, clerk, two.nomination.id, now)
        assert await refusal_of(twice) is Code.NOT_NOMINATED
        assert await refusal_of(nominations.withdraw(session, actor, second, now)) is Code.NOT_NOMINATED
        year = await nominations.round_ledger(session, clerk, of)
        assert rows_of(year) == [
            "• Tập thể: 0/1, không quá 1 (009-A2); đã khen 0",
            "• Cá nhân: 3/1, không quá 1, vượt 2 (009-A2); đã khen 1",
        ]
        period = await nominations.round_ledger(session, clerk, await round_id(session, "ca-ky"))
        assert rows_of(period) == [
            "• Tập thể: đã chọn 0, chỉ tiêu chưa quy định; đã khen 0",
            "• Cá nhân: đã chọn 0, cần đúng 3, còn thiếu 3 (009-A3); đã khen 0",
        ]
        assert [one.round_label for one in await nominations.ledgers(session, clerk, now)] == [
            "Năm 2026",
            "Cả kỳ 2026 - 2027",
        ]


async def test_what_came_between_proposing_and_commending_counts(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, _ = await cast(town)
    async with town.office() as session:
        now, actor, person = town.clock.now(), await town.actor(session, head), await town.actor(session, lan)
        clerk = await town.actor(session, office)
        sheet = await entered(town, session, person, signed=True)
        await nominations.propose(session, actor, sheet, ACHIEVEMENT, now)
        (one,), _more = await nominations.nominees(session, clerk, await round_id(session), 0, now)
        whom = Whom("Lan", "", person_id=person.person_id)
        under = await hindrances.note(
            session, clerk, whom, HindranceKind.DISCIPLINE, "Quyết định 15", now.date(), None, now
        )
        hindered = nominations.commend(session, clerk, one.nomination.id, now)
        assert await refusal_of(hindered) is Code.NOT_ELIGIBLE
        # What was noted today by a slip ends yesterday.
        day = clerk.today - timedelta(days=1)
        await hindrances.change_period(session, clerk, under, day, day, now)
        await nominations.commend(session, clerk, one.nomination.id, now)


async def test_a_proposal_ends_with_the_signature_and_a_commendation_holds_it(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, _ = await cast(town)
    async with town.office() as session:
        now, actor, person = town.clock.now(), await town.actor(session, head), await town.actor(session, lan)
        clerk, of = await town.actor(session, office), await round_id(session)
        sheet = await entered(town, session, person, signed=True)
        await nominations.propose(session, actor, sheet, ACHIEVEMENT, now)
        (one,), _more = await nominations.nominees(session, clerk, of, 0, now)
        await signing.withdraw(session, person, sheet, now)
        (told,) = await notices(session, head)
        assert "Trần Thị Lan · Khoa Mẫu 1" in told
        assert "Chữ ký ở bản tự đánh giá đã được rút lại" in told
        assert await nominations.nominees(session, clerk, of, 0, now) == ([], False)
        gone = nominations.commend(session, clerk, one.nomination.id, now)
        assert await refusal_of(gone) is Code.NOT_NOMINATED
        unsigned = nominations.candidate(session, actor, sheet, now)
        assert await refusal_of(unsigned) is Code.NOT_FOUND

        await signing.sign(session, person, sheet, now)
        await nominations.propose(session, actor, sheet, ACHIEVEMENT, now)
        (one,), _more = await nominations.nominees(session, clerk, of, 0, now)
        await nominations.commend(session, clerk, one.nomination.id, now)
        assert await refusal_of(signing.withdraw(session, person, sheet, now)) is Code.COMMENDED
        await write_now(session)
        verbs = [entry.verb for entry in await journal.latest(session, 20)]
        assert "ended_nomination" in verbs
    assert [row.state for row in await town.rows(Nomination)] == ["withdrawn", "commended"]


async def test_nobody_marks_their_own_commendation(numbers_town: Town) -> None:
    town = numbers_town
    _lan, head, office, _ = await cast(town)
    both = await town.joined("Cao Văn Kiêm", roles=(Role.OFFICE, Role.HEAD))
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, head)
        clerk, of = await town.actor(session, office), await round_id(session)
        own = await entered(town, session, clerk, signed=True)
        unit = await unit_entered(town, session, actor, share(0, 98), signed=True)
        for sheet in (own, unit):
            await nominations.propose(session, actor, sheet, ACHIEVEMENT, now)
        (of_unit, of_clerk), _more = await nominations.nominees(session, clerk, of, 0, now)
        mine = nominations.commend(session, clerk, of_clerk.nomination.id, now)
        assert await refusal_of(mine) is Code.OWN_CASE
        ours = nominations.commend(session, await town.actor(session, both), of_unit.nomination.id, now)
        assert await refusal_of(ours) is Code.OWN_CASE
        await nominations.commend(session, clerk, of_unit.nomination.id, now)


def test_a_round_is_locked_where_rows_can_be() -> None:
    assert "FOR UPDATE" in str(queries.locking(1).compile(dialect=registry.load("postgresql")()))
    assert "FOR UPDATE" not in str(queries.locking(1).compile(dialect=registry.load("sqlite")()))


@pytest.mark.parametrize("role", list(Role))
async def test_who_sees_the_quotas(numbers_town: Town, role: Role) -> None:
    await in_force(numbers_town)
    somebody = await numbers_town.joined("Hồ Thị Hội", roles=(role,))
    async with numbers_town.office() as session:
        actor, now = await numbers_town.actor(session, somebody), numbers_town.clock.now()
        of = await round_id(session)
        reading = (
            nominations.ledgers(session, actor, now),
            nominations.round_ledger(session, actor, of),
            nominations.nominees(session, actor, of, 0, now),
        )
        for one in reading:
            if role in {Role.OFFICE, Role.APPRAISER, Role.COUNCIL, Role.DIRECTOR}:
                await one
            else:
                assert await refusal_of(one) is Code.NOT_FOUND


async def test_lists_are_cut_into_pages(numbers_town: Town) -> None:
    town = numbers_town
    _lan, head, office, _ = await cast(town)
    staff = [await town.joined(f"Nguyễn Thị {place}", code=f"P{place:02}") for place in range(9)]
    async with town.office() as session:
        now, actor, of = town.clock.now(), await town.actor(session, head), await round_id(session)
        for place, chat in enumerate(staff):
            sheet = await entered(town, session, await town.actor(session, chat), signed=True)
            await nominations.propose(session, actor, sheet, f"Thành tích số {place} của khoa.", now)
        clerk = await town.actor(session, office)
        for page, count, rest in ((0, 8, True), (1, 1, False), (2, 0, False)):
            cases, more = await nominations.candidates(session, actor, of, page, now)
            assert (len(cases), more) == (count, rest)
            people, more = await nominations.nominees(session, clerk, of, page, now)
            assert (len(people), more) == (count, rest)
        assert len(await notices(session, office)) == 8
