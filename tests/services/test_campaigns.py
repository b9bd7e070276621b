"""Plans put in force: the same again changes nothing, another is a version, rounds stay."""

from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from core.refusals import Code, Refusal
from core.roles import Grant, Role
from db.models import CampaignVersion, Round
from services import campaigns, journal
from services.actor import Actor, console
from tests import builders
from tests.chat import Town

WITHOUT = 'label = "Năm 2026"\nkind = "yearly"\nyear = 2026\n'
CLOSING = WITHOUT + "opens_at = 2026-11-16T07:00:00\ncloses_at = 2026-12-04T17:00:00\n"


async def versions(town: Town) -> list[bool]:
    """Which versions there are, and whether they are in force."""
    return [one.current for one in await town.rows(CampaignVersion)]


async def test_the_same_plan_again_changes_nothing(numbers_town: Town) -> None:
    plan = builders.PLAN_FILE.read_text("utf-8")
    async with numbers_town.office() as session:
        now = numbers_town.clock.now()
        again = await campaigns.load(session, console(now.date()), plan, "lần hai", now)
        spaced = await campaigns.load(session, console(now.date()), plan + "\n# ghi chú\n", "lần ba", now)
    assert (again.new_version, spaced.new_version) == (False, False)
    assert await versions(numbers_town) == [True]


async def test_another_plan_is_a_version_and_the_old_one_can_come_back(numbers_town: Town) -> None:
    change = ('label = "Hài lòng của người dân"', 'label = "Hài lòng"')
    async with numbers_town.office() as session:
        await builders.the_plan(session, numbers_town.clock.now(), change)
    assert await versions(numbers_town) == [False, True]
    async with numbers_town.office() as session:
        ((version, campaign),) = await campaigns.in_force(session)
        assert (version, campaign.criterion("004-c3").label) == (2, "Hài lòng")
        assert (await campaigns.of_version(session, 1)).criterion("004-c3").label == "Hài lòng của người dân"
        await builders.the_plan(session, numbers_town.clock.now())
    assert await versions(numbers_town) == [True, False]
    async with numbers_town.office() as session:
        loads = [one for one in await journal.latest(session, 99) if one.verb == "loaded_campaign"]
    assert len(loads) == 3


async def test_a_round_keeps_its_row_when_the_plan_sets_its_end(numbers_town: Town) -> None:
    before = {one.code: one.id for one in await numbers_town.rows(Round)}
    async with numbers_town.office() as session:
        await builders.the_plan(session, numbers_town.clock.now(), (WITHOUT, CLOSING))
    after = await numbers_town.rows(Round)
    assert {one.code: one.id for one in after} == before
    ends = {one.code: one.closes_at for one in after if one.closes_at is not None}
    assert ends == {"2026": datetime(2026, 12, 4, 10, 0, tzinfo=UTC)}


@pytest.mark.parametrize(
    ("role", "may"),
    [(Role.OFFICE, True), (Role.ADMINISTRATOR, True), (Role.HEAD, False), (Role.STAFF, False)],
)
async def test_who_puts_a_plan_in_force(numbers_town: Town, role: Role, *, may: bool) -> None:
    now = numbers_town.clock.now()
    actor = Actor(0, "", 1, now.date(), frozenset({Grant(role, None, date(2020, 1, 1), None)}))
    plan = builders.PLAN_FILE.read_text("utf-8").replace("Hài lòng của người dân", "Hài lòng")
    async with numbers_town.office() as session:
        if may:
            assert (await campaigns.load(session, actor, plan, "x", now)).new_version
        else:
            with pytest.raises(Refusal) as refused:
                await campaigns.load(session, actor, plan, "x", now)
            assert refused.value.code is Code.NOT_FOUND


async def test_a_version_that_does_not_exist_is_refused(numbers_town: Town) -> None:
    async with numbers_town.office() as session:
        with pytest.raises(Refusal):
            await campaigns.of_version(session, 424242)
        assert len(list(await session.exec(select(CampaignVersion)))) == 1
