"""Who is under what until when, and that nobody takes it away alone."""

from datetime import timedelta

import pytest

from core.eligibility import HindranceKind
from core.refusals import Code
from core.roles import Role
from db.models import Hindrance
from db.transaction import write_now
from services import eligibility, hindrances, journal
from services.hindrances import Wanted, Whom
from tests.chat import Town
from tests.services.considering import REASON, cast, entered, notices
from tests.services.test_assessment import refusal_of

DAY = timedelta(days=1)
PAPER = "Quyết định 20/QĐ-TTYT"


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
        await write_now(session)
        verbs = {entry.verb for entry in await journal.latest(session, 10)}
        assert {"noted_hindrance", "changed_hindrance"} <= verbs


async def test_two_people_lift_and_shorten(numbers_town: Town) -> None:
    town = numbers_town
    lan, _head, office, _appraiser = await cast(town)
    other = await town.joined("Mai Văn Phòng", roles=(Role.OFFICE,))
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, lan)
        sheet, day = await entered(town, session, actor), actor.today
        clerk, second = await town.actor(session, office), await town.actor(session, other)
        whom = Whom("Lan", "", person_id=actor.person_id)
        one = await hindrances.note(session, clerk, whom, HindranceKind.DISCIPLINE, "Số 15", day, None, now)
        later = now + DAY
        for who, since, until in ((clerk, day, day + DAY), (clerk, day + DAY, None), (second, day, day)):
            alone = hindrances.change_period(session, who, one, since, until, later)
            assert await refusal_of(alone) is Code.TWO_PEOPLE
        await hindrances.change_period(session, clerk, one, day - DAY, None, later)

        for wanted, barring in ((Wanted(day, day + 9 * DAY), True), (Wanted(day, None, lifts=True), False)):
            for reason, paper, code in (
                ("vì", PAPER, Code.TEXT_TOO_SHORT),
                (REASON, " ", Code.DOCUMENT_MISSING),
            ):
                bad = hindrances.ask_change(session, clerk, one, wanted, reason, paper, later)
                assert await refusal_of(bad) is code
            change = await hindrances.ask_change(session, clerk, one, wanted, REASON, PAPER, later)
            again = hindrances.ask_change(session, second, one, wanted, REASON, PAPER, later)
            assert await refusal_of(again) is Code.WAIVER_SETTLED
            held = await eligibility.standing(session, actor, sheet, later)
            assert held.standing.barring
            mine = hindrances.decide_change(session, clerk, one, change, later, granted=True)
            assert await refusal_of(mine) is Code.TWO_PEOPLE
            await hindrances.decide_change(session, second, one, change, later, granted=True)
            case = await eligibility.standing(session, actor, sheet, later)
            assert bool(case.standing.barring) is barring
        assert len(await notices(session, other)) == 2
        assert len(await notices(session, office)) == 2
        await write_now(session)
        noted = await journal.latest(session, 20)
        asked = [entry for entry in noted if entry.verb == "asked_hindrance_change"]
        assert [entry.actor for entry in asked] == [clerk.label] * 2
        assert all(entry.facts["reason_length"] == len(REASON) for entry in asked)
        granted = [entry.actor for entry in noted if entry.verb == "granted_hindrance_change"]
        assert granted == [second.label] * 2
        assert "lifted_hindrance" in {entry.verb for entry in noted}
    (row,) = await town.rows(Hindrance)
    assert row.lifted_at is not None


async def test_a_refused_change_leaves_it_as_it_was(numbers_town: Town) -> None:
    town = numbers_town
    lan, _head, office, _appraiser = await cast(town)
    other = await town.joined("Mai Văn Phòng", roles=(Role.OFFICE,))
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, lan)
        clerk, second = await town.actor(session, office), await town.actor(session, other)
        whom, day = Whom("Lan", "", person_id=actor.person_id), actor.today
        one = await hindrances.note(session, clerk, whom, HindranceKind.DISCIPLINE, "Số 15", day, None, now)
        wanted = Wanted(day, None, lifts=True)
        change = await hindrances.ask_change(session, clerk, one, wanted, REASON, PAPER, now)
        await hindrances.decide_change(session, second, one, change, now, granted=False)
        late = hindrances.decide_change(session, second, one, change, now, granted=True)
        assert await refusal_of(late) is Code.WAIVER_SETTLED
        assert (await hindrances.one(session, clerk, one, now)).change is None


async def test_nobody_touches_what_they_are_under_themselves(numbers_town: Town) -> None:
    town = numbers_town
    _lan, _head, office, _appraiser = await cast(town)
    both = await town.joined("Cao Văn Kiêm", roles=(Role.OFFICE, Role.HEAD))
    async with town.office() as session:
        now, clerk = town.clock.now(), await town.actor(session, office)
        leader, day = await town.actor(session, both), clerk.today
        kind, wanted = HindranceKind.DISCIPLINE, Wanted(clerk.today, None, lifts=True)
        of_clerk = Whom("Văn", "", person_id=clerk.person_id)
        of_unit = Whom("Khoa", "", unit_id=1)
        for actor, noter, whom in ((clerk, leader, of_clerk), (leader, clerk, of_unit)):
            own = hindrances.note(session, actor, whom, kind, "Số 15", day, None, now)
            assert await refusal_of(own) is Code.OWN_CASE
            one = await hindrances.note(session, noter, whom, kind, "Số 15", day, None, now)
            change = await hindrances.ask_change(session, noter, one, wanted, REASON, PAPER, now)
            for act in (
                hindrances.change_period(session, actor, one, day - DAY, None, now),
                hindrances.ask_change(session, actor, one, wanted, REASON, PAPER, now),
                hindrances.decide_change(session, actor, one, change, now, granted=True),
            ):
                assert await refusal_of(act) is Code.OWN_CASE


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
