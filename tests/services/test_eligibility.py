"""Where somebody stands, who may see it, and obstacles set aside by two people."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from hashlib import sha256

from sqlalchemy import event

from core.eligibility import HindranceKind, ObstacleKind, Result
from core.refusals import Code
from core.roles import Role
from core.texts import eligibility as texts
from db.models import Answer, Leadership, Waiver
from db.transaction import Session, connection_of, write_now
from services import assessment, eligibility, hindrances, journal, nominations, proxy, signing
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
from tests.services.gated_plan import gated
from tests.services.test_assessment import refusal_of

DAY = timedelta(days=1)


@contextmanager
def counted(session: Session) -> Iterator[list[str]]:
    """Every statement that is sent meanwhile."""
    asked: list[str] = []
    connection = connection_of(session).sync_connection

    def hear(*told: str) -> None:
        asked.append(told[2])

    event.listen(connection, "before_cursor_execute", hear)
    yield asked
    event.remove(connection, "before_cursor_execute", hear)


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
        found = await eligibility.standing(session, clerk, own, now)
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
        for chat in (lan, office, appraiser):
            case = await eligibility.standing(session, await town.actor(session, chat), sheet, now)
            assert case.name == "Trần Thị Lan"
        for chat in (head, coordinator):
            # What somebody has not signed is nobody else's to read in their unit.
            actor = await town.actor(session, chat)
            assert await refusal_of(eligibility.standing(session, actor, sheet, now)) is Code.NOT_FOUND
        await signing.sign(session, await town.actor(session, lan), sheet, now)
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


async def test_whoever_no_longer_leads_a_unit_does_not_see_where_it_stands(numbers_town: Town) -> None:
    town = numbers_town
    _lan, head, *_ = await cast(town)
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, head)
        sheet = await unit_entered(town, session, actor, share(0, 98))
        assert (await eligibility.standing(session, actor, sheet, now)).person_id == actor.person_id
        later = replace(actor, grants=frozenset(one for one in actor.grants if one.role is Role.STAFF))
        assert await refusal_of(eligibility.standing(session, later, sheet, now)) is Code.NOT_FOUND


async def test_who_fills_in_for_somebody_sees_where_they_stand(numbers_town: Town) -> None:
    town = numbers_town
    await cast(town)
    coordinator = await town.joined("Mai Thị Mối", roles=(Role.STAFF, Role.COORDINATOR))
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, coordinator)
        person = await builders.a_person(session, 1, now, name="Hồ Thị Không Máy", code="KM01")
        sheet = await proxy.begin(session, actor, person, await round_id(session), now)
        assert (await eligibility.standing(session, actor, sheet, now)).name == "Hồ Thị Không Máy"


async def test_what_is_awaited_is_not_set_aside(numbers_town: Town) -> None:
    town = numbers_town
    lan, _head, office, _ = await cast(town)
    async with town.office() as session:
        now, clerk = town.clock.now(), await town.actor(session, office)
        sheet = await entered(town, session, await town.actor(session, lan), NOT_OUT)
        (pending,) = (await eligibility.standing(session, clerk, sheet, now)).standing.obstacles
        asked = eligibility.ask(session, clerk, sheet, pending.key, REASON, now)
        assert await refusal_of(asked) is Code.WAIVER_SETTLED


async def test_who_heads_a_unit_decides_nothing_for_it(numbers_town: Town) -> None:
    town = numbers_town
    _lan, head, office, _ = await cast(town)
    both = await town.joined("Cao Văn Kiêm", roles=(Role.APPRAISER, Role.HEAD))
    leader = await town.joined("Đinh Văn Phó", roles=(Role.APPRAISER,))
    async with town.office() as session:
        now, clerk = town.clock.now(), await town.actor(session, office)
        second = await town.actor(session, leader)
        session.add(Leadership(unit_id=1, person_id=second.person_id, rank="deputy", since=second.today))
        await session.flush()
        sheet = await unit_entered(town, session, await town.actor(session, head), share(12, 98))
        (obstacle,) = (await eligibility.standing(session, clerk, sheet, now)).standing.obstacles
        waiver = await eligibility.ask(session, clerk, sheet, obstacle.key, REASON, now)
        for actor in (await town.actor(session, both), second):
            decided = eligibility.decide(session, actor, waiver, now, granted=True)
            assert await refusal_of(decided) is Code.OWN_CASE


async def test_the_journal_vouches_for_a_reason_without_telling_it(numbers_town: Town) -> None:
    town = numbers_town
    lan, _head, office, appraiser = await cast(town)
    async with town.office() as session:
        now = town.clock.now()
        clerk, judge = await town.actor(session, office), await town.actor(session, appraiser)
        sheet = await entered(town, session, await town.actor(session, lan), POOR)
        (obstacle,) = (await eligibility.standing(session, clerk, sheet, now)).standing.obstacles
        waiver = await eligibility.ask(session, clerk, sheet, obstacle.key, REASON, now)
        await eligibility.decide(session, judge, waiver, now, granted=False)
        await write_now(session)
        noted = {one.verb: one.facts for one in await journal.latest(session, 5)}
        for verb in ("asked_waiver", "denied_waiver"):
            assert noted[verb]["reason_sha256"] == sha256(REASON.encode()).hexdigest()
            assert noted[verb]["reason_length"] == len(REASON)


async def test_each_sheet_is_searched_by_the_clauses_of_its_own_version(numbers_town: Town) -> None:
    town = numbers_town
    lan, _head, office, _ = await cast(town)
    async with town.office() as session:
        now, clerk = town.clock.now(), await town.actor(session, office)
        sheet = await entered(town, session, await town.actor(session, lan), GOOD, SOME_LATE)
        # In the version that follows, what she failed is another clause.
        await gated(session, now, ("009-T1", "009-T7"))
        await write_now(session)
        cases, _more = await eligibility.hindered(session, clerk, await round_id(session), 0, now)
        assert [case.assessment_id for case in cases] == [sheet]


async def test_a_standard_said_not_to_apply_is_found(numbers_town: Town) -> None:
    town = numbers_town
    lan, _head, office, _ = await cast(town)
    async with town.office() as session:
        now, clerk = town.clock.now(), await town.actor(session, office)
        sheet = await entered(town, session, await town.actor(session, lan), GOOD, None)
        row = Answer(
            assessment_id=sheet, criterion="009-T1", given="{}", outcome="not_applicable", updated_at=now
        )
        session.add(row)
        await session.flush()
        cases, _more = await eligibility.hindered(session, clerk, await round_id(session), 0, now)
        assert [case.assessment_id for case in cases] == [sheet]


async def test_a_page_of_cases_is_read_at_once(numbers_town: Town) -> None:
    town = numbers_town
    _lan, head, office, _ = await cast(town)
    staff = [await town.joined(f"Nguyễn Thị {place}", code=f"P{place:02}") for place in range(8)]
    async with town.office() as session:
        for chat in staff:
            await entered(town, session, await town.actor(session, chat), GOOD, SOME_LATE, signed=True)
    async with town.office() as session:
        now, of = town.clock.now(), await round_id(session)
        clerk, actor = await town.actor(session, office), await town.actor(session, head)
        with counted(session) as asked:
            cases, _more = await eligibility.hindered(session, clerk, of, 0, now)
        assert len(cases) == 8
        assert len(asked) <= 18
    async with town.office() as session:
        with counted(session) as asked:
            cases, _more = await nominations.candidates(session, actor, of, 0, now)
        assert len(cases) == 8
        assert len(asked) <= 18


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


async def test_the_office_lists_whom_something_stands_in_the_way_of(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, appraiser = await cast(town)
    other = await town.joined("Mai Văn Phòng", roles=(Role.OFFICE,))
    async with town.office() as session:
        now, clerk = town.clock.now(), await town.actor(session, office)
        colleague = await town.actor(session, other)
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
        await hindrances.note(session, colleague, whom, kind, "Đơn số 3", day, day, now)
        cases, _more = await eligibility.hindered(session, clerk, of, 0, now)
        assert [case.assessment_id for case in cases] == [good, pending, unit]
        assert (await eligibility.hindered(session, clerk, of, 1, now)) == ([], False)
        assert await refusal_of(eligibility.hindered(session, clerk, 999, 0, now)) is Code.NOT_FOUND
        actor = await town.actor(session, head)
        assert await refusal_of(eligibility.hindered(session, actor, of, 0, now)) is Code.NOT_FOUND
        assert await eligibility.hindered(session, await town.actor(session, appraiser), of, 0, now)
