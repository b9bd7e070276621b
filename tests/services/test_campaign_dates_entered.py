"""Dates that the office enters for a plan: with their document, kept, replaced, taken back."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.campaign_dates import DateFacts
from core.campaign_terms import Unsaid, YearDay
from core.refusals import Code, Refusal
from core.texts.refusals import sentence
from db.models import CampaignDate, Round
from db.transaction import Session
from services import campaign_dates, campaigns
from services.actor import Actor, console
from tests import builders
from tests.chat import Town
from tests.services.short_plan import SHORT

CHANGE = ('label = "Hài lòng của người dân"', 'label = "Hài lòng"')
FROM_ISSUE = SHORT.replace("issued_on = 2025-03-21\n", "").replace(
    "starts_on = 2025-03-21\n", "from_issue = true\n"
)
LETTER = "Công văn số 12/SYT-VP ngày 03/11/2025"


@pytest.fixture
def office(numbers_town: Town) -> Actor:
    """The office at its own machine."""
    return console(numbers_town.clock.now().date())


async def entered(
    session: Session, town: Town, subject: str, value: str, document: str = LETTER, code: str = "009"
) -> DateFacts:
    now = town.clock.now()
    return await campaigns.enter_date(session, console(now.date()), code, subject, value, document, now)


async def test_a_plan_that_runs_from_its_issue_waits_for_the_day(numbers_town: Town, office: Actor) -> None:
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        version = (await campaigns.prepare(session, office, FROM_ISSUE, "x", now)).version_id
        await campaigns.approve(session, office, version, now)
        with pytest.raises(Refusal) as refused:
            await campaigns.publish(session, office, version, now)
        assert refused.value.code is Code.ISSUE_DATE_MISSING
        assert "Ngày ban hành" in sentence(refused.value)
        assert [one.code for one in await campaigns.drafts(session, office)] == ["009"]

        await entered(session, numbers_town, "issued_on", "21/3/2025")
        await campaigns.publish(session, office, version, now)
        campaign = await campaigns.of_version(session, version)
    assert (campaign.issued_on, campaign.window.starts_on) == (date(2025, 3, 21), date(2025, 3, 21))


async def test_a_plan_whose_time_is_stated_by_years_needs_no_issue_date(numbers_town: Town) -> None:
    async with numbers_town.office() as session:
        ((_, plan),) = await campaigns.in_force(session)
    assert isinstance(plan.issued_on, Unsaid)
    assert not plan.window.from_issue


async def test_an_entered_date_holds_in_every_version_until_replaced(
    numbers_town: Town, office: Actor
) -> None:
    async with numbers_town.office() as session:
        await entered(session, numbers_town, "round:2026:closes_at", "17:00 04/12/2026", code="004")
        await entered(
            session, numbers_town, "round:2026:closes_at", "17:00 11/12/2026", LETTER + " (mới)", code="004"
        )
    (row,) = [one for one in await numbers_town.rows(Round) if one.code == "2026"]
    assert row.closes_at == datetime(2026, 12, 11, 10, 0, tzinfo=UTC)
    kept = await numbers_town.rows(CampaignDate)
    assert [(one.value, one.replaced_at is None) for one in kept] == [
        ("2026-12-04T17:00:00+07:00", False),
        ("2026-12-11T17:00:00+07:00", True),
    ]
    async with numbers_town.office() as session:
        await builders.the_plan(session, numbers_town.clock.now(), CHANGE)
        shown = await campaigns.dates(session, office, "004")
        assert [(one.counts, one.document) for one in shown] == [(True, LETTER + " (mới)"), (False, LETTER)]
    (row,) = [one for one in await numbers_town.rows(Round) if one.code == "2026"]
    assert row.closes_at == datetime(2026, 12, 11, 10, 0, tzinfo=UTC)


async def test_a_said_date_is_changed_on_record_and_a_newer_plan_has_the_last_word(
    numbers_town: Town, office: Actor
) -> None:
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        version = (await campaigns.load(session, office, SHORT, "x", now)).version_id
        changed = await entered(session, numbers_town, "deadline:009-D1", "20/12/2025")
        assert changed.instead_of == date(2025, 12, 15)
        deadline = (await campaigns.of_version(session, version)).deadlines[0]
        assert (deadline.day, deadline.last_day(2025)) == (date(2025, 12, 20), date(2025, 12, 20))

        newer = SHORT.replace("day = 2025-12-15", "day = 2025-12-10")
        version = (await campaigns.load(session, office, newer, "x", now)).version_id
        deadline = (await campaigns.of_version(session, version)).deadlines[0]
        assert deadline.last_day(2025) == date(2025, 12, 9)
        assert [one.counts for one in await campaigns.dates(session, office, "009")] == [False]


async def test_what_is_left_to_enter(numbers_town: Town, office: Actor) -> None:
    async with numbers_town.office() as session:
        before = [one.subject for one in await campaigns.unsaid_dates(session, office, "004")]
        assert {"issued_on", "window:starts_on", "round:2026:opens_at"} <= set(before)
        await entered(session, numbers_town, "issued_on", "2026-04-15", code="004")
        after = [one.subject for one in await campaigns.unsaid_dates(session, office, "004")]
    assert set(before) - set(after) == {"issued_on"}


async def test_a_day_of_every_year_can_be_entered(numbers_town: Town, office: Actor) -> None:
    now = numbers_town.clock.now()
    unsaid = SHORT.replace("day = 2025-12-15\nbefore = true\n", "")
    async with numbers_town.office() as session:
        await campaigns.load(session, office, unsaid, "x", now)
        facts = await entered(session, numbers_town, "deadline:009-D1", "15/12")
        assert facts.value == YearDay(12, 15)
        assert [one.value for one in await campaigns.dates(session, office, "009")] == [YearDay(12, 15)]


@pytest.mark.parametrize(
    ("subject", "value", "document", "code"),
    [
        ("issued_on", "31/02/2025", LETTER, Code.DATE_UNREADABLE),
        ("issued_on", "hôm qua", LETTER, Code.DATE_UNREADABLE),
        ("issued_on", "21/3", LETTER, Code.DATE_UNREADABLE),
        ("issued_on", "17:00 21/03/2025", LETTER, Code.DATE_UNREADABLE),
        ("issued_on", "21/03/0025", LETTER, Code.DATE_UNREADABLE),
        ("round:2025:closes_at", "05/12/2025", LETTER, Code.DATE_UNREADABLE),
        ("round:2025:closes_at", "25:00 05/12/2025", LETTER, Code.DATE_UNREADABLE),
        ("round:2025:closes_at", "06:00 01/11/2025", LETTER, Code.DATES_DISORDERED),
        ("window:ends_on", "20/03/2025", LETTER, Code.DATES_DISORDERED),
        ("deadline:009-D1", "29/02", LETTER, Code.DATE_UNREADABLE),
        ("deadline:009-D1", "20/03/2025", LETTER, Code.DATE_IMPLAUSIBLE),
        ("deadline:009-D1", "15/12/2036", LETTER, Code.DATE_IMPLAUSIBLE),
        ("issued_on", "21/03/2025", "  ", Code.DOCUMENT_MISSING),
        ("issued_on", "21/03/2025", "\u200b\u202e??", Code.DOCUMENT_MISSING),
        ("deadline:009-D9", "20/12/2025", LETTER, Code.NOT_FOUND),
    ],
)
async def test_a_date_that_cannot_stand_is_refused(
    numbers_town: Town, office: Actor, subject: str, value: str, document: str, code: Code
) -> None:
    async with numbers_town.office() as session:
        await campaigns.load(session, office, SHORT, "x", numbers_town.clock.now())
        with pytest.raises(Refusal) as refused:
            await entered(session, numbers_town, subject, value, document)
        assert refused.value.code is code
        assert sentence(refused.value)
    assert await numbers_town.rows(CampaignDate) == []


async def test_dates_of_a_plan_nobody_knows(numbers_town: Town, office: Actor) -> None:
    async with numbers_town.office() as session:
        for attempt in (
            campaigns.unsaid_dates(session, office, "404"),
            campaigns.copy_for_year(session, office, "404", 2026),
            entered(session, numbers_town, "issued_on", "21/03/2025", code="404"),
        ):
            with pytest.raises(Refusal):
                await attempt
        assert await campaigns.dates(session, office, "404") == []


async def test_a_date_taken_back_leaves_the_plan_as_it_was(numbers_town: Town, office: Actor) -> None:
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        version = (await campaigns.load(session, office, SHORT, "x", now)).version_id
        await entered(session, numbers_town, "deadline:009-D1", "20/12/2025")
        await campaign_dates.withdraw_date(session, office, "009", "deadline:009-D1", now)
        assert (await campaigns.of_version(session, version)).deadlines[0].day == date(2025, 12, 15)
        (kept,) = await campaigns.dates(session, office, "009")
        assert (kept.withdrawn, kept.counts) == (True, False)
        with pytest.raises(Refusal) as refused:
            await campaign_dates.withdraw_date(session, office, "009", "deadline:009-D1", now)
        assert refused.value.code is Code.NOT_FOUND


async def test_the_issue_of_a_plan_in_force_is_not_taken_back(numbers_town: Town, office: Actor) -> None:
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        version = (await campaigns.prepare(session, office, FROM_ISSUE, "x", now)).version_id
        await entered(session, numbers_town, "issued_on", "21/3/2025")
        await campaigns.approve(session, office, version, now)
        await campaigns.publish(session, office, version, now)
        with pytest.raises(Refusal) as refused:
            await campaign_dates.withdraw_date(session, office, "009", "issued_on", now)
    assert refused.value.code is Code.ISSUE_DATE_MISSING


async def test_what_a_date_does_is_told_before(numbers_town: Town, office: Actor) -> None:
    now = numbers_town.clock.now()
    moment = now - timedelta(hours=1)
    async with numbers_town.office() as session:
        shut = await campaign_dates.effect(session, office, "004", "round:2026:closes_at", moment, now)
        later = await campaign_dates.effect(
            session, office, "004", "round:2026:closes_at", now + timedelta(days=9), now
        )
        over = await campaign_dates.effect(session, office, "004", "deadline:004-D2", date(2026, 11, 2), now)
        await campaigns.prepare(session, office, SHORT, "x", now)
        draft = await campaign_dates.effect(session, office, "009", "deadline:009-D1", date(2025, 1, 2), now)
    assert (shut.shuts, shut.grave) == (("Năm 2026",), True)
    assert not later.grave
    assert (over.passes, over.grave) == (True, True)
    assert (draft.in_force, draft.grave) == (False, False)
