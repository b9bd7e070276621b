"""Plans from draft to in force: the same again is no version, rounds and dates stay."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlmodel import select

from core.campaign_findings import FindingKind
from core.campaigns import digest
from core.refusals import Code, Refusal
from core.roles import Grant, Role
from db.models import CampaignVersion, Round
from db.transaction import Session
from services import assessment, campaign_dates, campaigns, journal
from services.actor import Actor, console
from services.papers.campaign_toml import plan_text
from tests import builders
from tests.chat import Town
from tests.services.short_plan import SHORT

WITHOUT = 'label = "Năm 2026"\nkind = "yearly"\nyear = 2026\n'
CLOSING = WITHOUT + "opens_at = 2026-11-16T07:00:00\ncloses_at = 2026-12-04T17:00:00\n"
CHANGE = ('label = "Hài lòng của người dân"', 'label = "Hài lòng"')
FROM_ISSUE = SHORT.replace("issued_on = 2025-03-21\n", "").replace(
    "starts_on = 2025-03-21\n", "from_issue = true\n"
)
LETTER = "Công văn số 12/SYT-VP ngày 03/11/2025"


@pytest.fixture
def office(numbers_town: Town) -> Actor:
    """The office at its own machine."""
    return console(numbers_town.clock.now().date())


async def versions(town: Town) -> list[bool]:
    """Which versions there are, and whether they are in force."""
    return [one.current for one in await town.rows(CampaignVersion)]


async def in_force(session: Session) -> list[str]:
    return [campaign.code for _, campaign in await campaigns.in_force(session)]


def plan_with(*changes: tuple[str, str]) -> str:
    plan = builders.PLAN_FILE.read_text("utf-8")
    for before, after in changes:
        assert before in plan
        plan = plan.replace(before, after)
    return plan


# ------------------------------------------------------------------------------------------- in one act


async def test_the_same_plan_again_changes_nothing(numbers_town: Town, office: Actor) -> None:
    async with numbers_town.office() as session:
        now = numbers_town.clock.now()
        again = await campaigns.load(session, office, plan_with(), "lần hai", now)
        spaced = await campaigns.load(session, office, plan_with() + "\n# ghi chú\n", "lần ba", now)
    assert (again.new_version, spaced.new_version) == (False, False)
    assert await versions(numbers_town) == [True]


async def test_another_plan_is_a_version_and_the_old_one_can_come_back(numbers_town: Town) -> None:
    async with numbers_town.office() as session:
        await builders.the_plan(session, numbers_town.clock.now(), CHANGE)
    assert await versions(numbers_town) == [False, True]
    async with numbers_town.office() as session:
        ((version, campaign),) = await campaigns.in_force(session)
        assert (version, campaign.criterion("004-c3").label) == (2, "Hài lòng")
        assert (await campaigns.of_version(session, 1)).criterion("004-c3").label == "Hài lòng của người dân"
        await builders.the_plan(session, numbers_town.clock.now())
    assert await versions(numbers_town) == [True, False]
    async with numbers_town.office() as session:
        verbs = [one.verb for one in await journal.latest(session, 99)]
    assert verbs.count("published_campaign") == 3


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
    async with numbers_town.office() as session:
        if may:
            assert (await campaigns.load(session, actor, plan_with(CHANGE), "x", now)).new_version
        else:
            with pytest.raises(Refusal) as refused:
                await campaigns.load(session, actor, plan_with(CHANGE), "x", now)
            assert refused.value.code is Code.NOT_FOUND


async def test_a_version_that_does_not_exist_is_refused(numbers_town: Town) -> None:
    async with numbers_town.office() as session:
        with pytest.raises(Refusal):
            await campaigns.of_version(session, 424242)
        assert len(list(await session.exec(select(CampaignVersion)))) == 1


# --------------------------------------------------------------------------- draft, approved, published


async def test_a_draft_is_approved_and_published(numbers_town: Town, office: Actor) -> None:
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        prepared = await campaigns.prepare(session, office, SHORT, "ngan.toml", now)
        assert (prepared.campaign.code, prepared.known) == ("009", False)
        assert await in_force(session) == ["004"]
        (waiting,) = await campaigns.drafts(session, office)
        assert (waiting.version_id, waiting.code, waiting.approved) == (prepared.version_id, "009", False)

        with pytest.raises(Refusal) as refused:
            await campaigns.publish(session, office, prepared.version_id, now)
        assert refused.value.code is Code.CAMPAIGN_NOT_APPROVED

        await campaigns.approve(session, office, prepared.version_id, now)
        assert [one.approved for one in await campaigns.drafts(session, office)] == [True]
        await campaigns.publish(session, office, prepared.version_id, now)
        assert await in_force(session) == ["004", "009"]
        assert await campaigns.drafts(session, office) == []
    row = (await numbers_town.rows(CampaignVersion))[-1]
    assert (row.state, row.approved_at, row.published_at) == ("published", now, now)
    rounds = [one.code for one in await numbers_town.rows(Round) if one.campaign == "009"]
    assert rounds == ["2025", "ca-ky"]


async def test_the_same_content_is_the_version_it_was(numbers_town: Town, office: Actor) -> None:
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        first = await campaigns.prepare(session, office, SHORT, "ngan.toml", now)
        again = await campaigns.prepare(session, office, SHORT + "\n# khác\n", "khac.toml", now)
        in_force_now = await campaigns.prepare(session, office, plan_with(), "x", now)
        shown = await campaigns.draft(session, office, first.version_id)
    assert (again.version_id, again.known) == (first.version_id, True)
    assert (in_force_now.version_id, in_force_now.known, in_force_now.changes) == (1, True, ())
    assert (shown.campaign, shown.findings) == (first.campaign, first.findings)


async def test_a_plan_that_was_read_already_is_not_read_again(numbers_town: Town, office: Actor) -> None:
    now = numbers_town.clock.now()
    read = replace(plan_text(SHORT, "ngan.toml"), source="[never parsed")
    async with numbers_town.office() as session:
        taken = await campaigns.take_in(session, office, read, now)
        shown = await campaigns.draft(session, office, taken.version_id)
    assert (taken.campaign, shown.campaign) == (read.campaign, read.campaign)
    (kept,) = [one for one in await numbers_town.rows(CampaignVersion) if one.code == "009"]
    assert (kept.digest, kept.source) == (digest(read.campaign), "[never parsed")


async def test_a_draft_can_be_dropped_and_what_is_published_cannot(numbers_town: Town, office: Actor) -> None:
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        draft = await campaigns.prepare(session, office, SHORT, "x", now)
        await campaigns.discard(session, office, draft.version_id, now)
    async with numbers_town.office() as session:
        with pytest.raises(Refusal) as refused:
            await campaigns.discard(session, office, 1, now)
        assert refused.value.code is Code.CAMPAIGN_PUBLISHED
        # The number of a dropped draft is never another's: somebody may still be about to approve it.
        other = await campaigns.prepare(session, office, SHORT.replace("Thi đua CCHC", "Thi đua"), "x", now)
        assert other.version_id > draft.version_id
        assert (await campaigns.of_version(session, other.version_id)).label == "Thi đua 2025"
    assert len(await numbers_town.rows(CampaignVersion)) == 2


async def test_twice_approved_or_published_is_once(numbers_town: Town, office: Actor) -> None:
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        version = (await campaigns.prepare(session, office, SHORT, "x", now)).version_id
        for act in (campaigns.approve, campaigns.approve, campaigns.publish, campaigns.publish):
            await act(session, office, version, now)
        verbs = [one.verb for one in await journal.latest(session, 3)]
    assert verbs == ["published_campaign", "approved_campaign", "prepared_campaign"]


async def test_only_the_office_sees_and_moves_drafts(numbers_town: Town, office: Actor) -> None:
    now = numbers_town.clock.now()
    nobody = Actor(7, "", 1, now.date(), frozenset({Grant(Role.STAFF, None, date(2020, 1, 1), None)}))
    async with numbers_town.office() as session:
        version = (await campaigns.prepare(session, office, SHORT, "x", now)).version_id
        for attempt in (
            campaigns.prepare(session, nobody, SHORT, "x", now),
            campaigns.take_in(session, nobody, plan_text(SHORT, "x"), now),
            campaigns.draft(session, nobody, version),
            campaigns.drafts(session, nobody),
            campaigns.approve(session, nobody, version, now),
            campaigns.publish(session, nobody, version, now),
            campaigns.discard(session, nobody, version, now),
            campaigns.enter_date(session, nobody, "009", "issued_on", "21/03/2025", LETTER, now),
            campaigns.dates(session, nobody, "009"),
            campaign_dates.withdraw_date(session, nobody, "009", "issued_on", now),
            campaign_dates.effect(session, nobody, "009", "issued_on", now.date(), now),
            campaigns.datable(session, nobody, "009"),
            campaigns.unsaid_dates(session, nobody, "009"),
            campaigns.copy_for_year(session, nobody, "009", 2026),
        ):
            with pytest.raises(Refusal) as refused:
                await attempt
            assert refused.value.code is Code.NOT_FOUND


async def test_a_new_version_tells_what_it_changes(numbers_town: Town, office: Actor) -> None:
    now = numbers_town.clock.now()
    change = ("Hoàn thành tốt nhiệm vụ trở lên.", "Hoàn thành nhiệm vụ.")
    async with numbers_town.office() as session:
        await campaigns.load(session, office, SHORT, "x", now)
        newer = await campaigns.prepare(session, office, SHORT.replace(*change), "y", now)
    assert newer.changes == (
        "Đổi điều khoản [009-c2]: «Hoàn thành tốt nhiệm vụ trở lên.» → «Hoàn thành nhiệm vụ.».",
    )


async def test_what_is_odd_is_told_with_the_draft(numbers_town: Town, office: Actor) -> None:
    async with numbers_town.office() as session:
        prepared = await campaigns.prepare(session, office, FROM_ISSUE, "x", numbers_town.clock.now())
    assert FindingKind.ISSUE_DATE_MISSING in {one.kind for one in prepared.findings}


async def test_answers_under_an_older_version_keep_it(telegram_town: Town) -> None:
    lan = await telegram_town.joined()
    async with telegram_town.office() as session:
        actor = await telegram_town.actor(session, lan)
        sheet = await builders.an_assessment(session, actor, telegram_town.clock.now())
    async with telegram_town.office() as session:
        await builders.the_plan(session, telegram_town.clock.now(), CHANGE)
        assert (await campaigns.in_force(session))[0][1].criterion("004-c3").label == "Hài lòng"
        entries = (await assessment.sheet(session, actor, sheet)).entries
    (satisfaction,) = [one.criterion for one in entries if one.criterion.code == "004-c3"]
    assert satisfaction.label == "Hài lòng của người dân"


# --------------------------------------------------------------------------------------- entered dates
