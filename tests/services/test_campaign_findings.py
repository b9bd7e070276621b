"""The five plans: exactly what is odd about each, and which of them can be published."""

from datetime import date
from pathlib import Path

import pytest

from core.campaign_dates import issue_date_missing
from core.campaign_findings import FindingKind, findings
from core.refusals import Code, Refusal
from services import campaigns
from services.actor import console
from services.papers.campaign_toml import read_file
from services.papers.law_registry import laws, plan_files
from tests.chat import Town

TODAY = date(2026, 11, 23)
PLANS = plan_files(Path(__file__).parents[2] / "campaigns")
KIND = FindingKind

ODD = {
    "000": {
        (KIND.SECTION_MISSING, "IV"),
        (KIND.SECTION_MISSING, "Phần ký"),
        (KIND.TIME_SHORT, "000-D1"),
        (KIND.DATE_UNSAID, "000-D3"),
        (KIND.DATE_UNSAID, "000-D5"),
        (KIND.DATE_UNSAID, "000-D6"),
        (KIND.DATE_UNSAID, ""),
        (KIND.ROUND_UNSAID, ""),
    },
    "001": {
        (KIND.WRONG_YEAR, "001-N2"),
        (KIND.STALE_CITATION, "001-K1"),
        (KIND.ISSUE_DATE_MISSING, ""),
        (KIND.SECTION_MISSING, "Phần đầu văn bản"),
        (KIND.DATE_UNSAID, "001-D2"),
        (KIND.DATE_UNSAID, "001-D3"),
        (KIND.DATE_UNSAID, "001-D4"),
        (KIND.ROUND_UNSAID, ""),
    },
    "002": {
        (KIND.ISSUE_DATE_MISSING, ""),
        (KIND.SECTION_MISSING, "Phần đầu văn bản"),
        (KIND.DATE_UNSAID, ""),
        (KIND.ROUND_UNSAID, ""),
        (KIND.DOSSIER_UNSAID, ""),
        (KIND.APPRAISER_UNSAID, ""),
    },
    "003": {
        (KIND.SECTION_MISSING, "Phần ký và nơi nhận"),
        (KIND.DATE_UNSAID, "003-D1"),
        (KIND.DATE_UNSAID, "003-D2"),
        (KIND.DATE_UNSAID, "003-D3"),
    },
    "004": {
        (KIND.ISSUE_DATE_MISSING, ""),
        (KIND.SECTION_MISSING, "IV"),
        (KIND.SECTION_MISSING, "V.3"),
        (KIND.SECTION_MISSING, "Phần đầu văn bản"),
        (KIND.DATE_UNSAID, "004-D1"),
        (KIND.DATE_UNSAID, "004-D2"),
        (KIND.DATE_UNSAID, "004-D3"),
        (KIND.DATE_UNSAID, "004-D4"),
        (KIND.ROUND_UNSAID, ""),
        (KIND.DOSSIER_UNSAID, "004-V.2.3"),
    },
}


@pytest.mark.parametrize("path", PLANS, ids=lambda path: path.stem)
def test_exactly_what_is_odd(path: Path) -> None:
    plan = read_file(path)
    found = {(one.kind, one.facts.get("place", one.where)) for one in findings(plan, laws(), TODAY)}
    assert found == ODD[plan.code]


def test_all_five_plans_are_there() -> None:
    assert sorted(read_file(path).code for path in PLANS) == sorted(ODD)


async def test_those_that_run_from_their_issue_wait_for_the_day(numbers_town: Town) -> None:
    now = numbers_town.clock.now()
    office = console(now.date())
    waiting = {}
    async with numbers_town.office() as session:
        for path in PLANS:
            draft = await campaigns.prepare(session, office, path.read_text("utf-8"), path.name, now)
            await campaigns.approve(session, office, draft.version_id, now)
            if issue_date_missing(draft.campaign):
                waiting[draft.campaign.code] = draft
                with pytest.raises(Refusal) as refused:
                    await campaigns.publish(session, office, draft.version_id, now)
                assert refused.value.code is Code.ISSUE_DATE_MISSING
            else:
                await campaigns.publish(session, office, draft.version_id, now)
    assert sorted(waiting) == ["001", "002"]
    async with numbers_town.office() as session:
        assert sorted(one.code for _, one in await campaigns.in_force(session)) == ["000", "003", "004"]
        for code, draft in waiting.items():
            day = f"15/02/{draft.campaign.window.first_year}"
            await campaigns.enter_date(session, office, code, "issued_on", day, "Công văn số 1/SYT", now)
            await campaigns.publish(session, office, draft.version_id, now)
        every = dict(await campaigns.in_force(session))
        assert sorted(one.code for one in every.values()) == sorted(ODD)
        # What was entered is no part of the version: the plan under it is the file, word for word.
        for path in PLANS:
            again = await campaigns.prepare(session, office, path.read_text("utf-8"), path.name, now)
            assert again.known
            assert again.version_id in every
        assert every[waiting["001"].version_id].window.starts_on == date(2024, 2, 15)
