"""The record of awards: who may write and read it, what it bars, and that two people annul."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from core.awards import Decision
from core.refusals import Code
from core.roles import Role
from core.texts import eligibility as eligibility_texts
from db.models import Award
from db.transaction import write_now
from services import (
    award_annulments,
    award_giving,
    awards,
    dossier_editing,
    dossiers,
    eligibility,
    journal,
    nominations,
)
from services.hindrances import Whom
from tests.chat import Town
from tests.handlers.award_places import BEFORE
from tests.services.considering import REASON, cast, entered, notices, round_id
from tests.services.test_assessment import refusal_of

ANNULS = "Quyết định 9/QĐ-SYT ngày 01/11/2026"


async def test_an_award_of_before_bars_the_same_achievement_until_it_is_annulled(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, appraiser = await cast(town)
    other = await town.joined("Mai Văn Phòng", roles=(Role.OFFICE,))
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, lan)
        chief, clerk = await town.actor(session, head), await town.actor(session, office)
        second = await town.actor(session, other)
        sheet = await entered(town, session, actor, signed=True)
        lans = Whom("Lan", "", person_id=actor.person_id)
        for chat in (lan, head, appraiser):
            wrong = awards.enter(session, await town.actor(session, chat), lans, BEFORE, now)
            assert await refusal_of(wrong) is Code.NOT_FOUND
        own = awards.enter(session, clerk, Whom("", "", person_id=clerk.person_id), BEFORE, now)
        assert await refusal_of(own) is Code.OWN_CASE
        award = await awards.enter(session, clerk, lans, BEFORE, now)
        again = awards.enter(session, clerk, lans, replace(BEFORE, number="12/qđ-syt."), now)
        assert await refusal_of(again) is Code.AWARD_THERE

        same = nominations.propose(session, chief, sheet, f"{BEFORE.achievement.upper()}.", now)
        assert await refusal_of(same) is Code.ALREADY_COMMENDED
        case = await eligibility.case_of(session, sheet, now, BEFORE.achievement)
        (barring,) = case.standing.barring
        assert barring.award is not None
        assert barring.award.decision == BEFORE

        alone = award_annulments.propose(session, actor, award, REASON, ANNULS, now, slip=False)
        assert await refusal_of(alone) is Code.NOT_FOUND
        bare = award_annulments.propose(session, clerk, award, REASON, " ", now, slip=False)
        assert await refusal_of(bare) is Code.DOCUMENT_MISSING
        asked = await award_annulments.propose(session, clerk, award, REASON, ANNULS, now, slip=False)
        twice = award_annulments.propose(session, second, award, REASON, ANNULS, now, slip=False)
        assert await refusal_of(twice) is Code.WAIVER_SETTLED
        mine = award_annulments.decide(session, clerk, award, asked, now, granted=True)
        assert await refusal_of(mine) is Code.TWO_PEOPLE
        assert (await eligibility.case_of(session, sheet, now, BEFORE.achievement)).standing.barring
        forged = award_annulments.decide(session, second, award, asked + 1, now, granted=True)
        assert await refusal_of(forged) is Code.WAIVER_SETTLED
        await award_annulments.decide(session, second, award, asked, now, granted=True)
        settled = award_annulments.decide(session, second, award, asked, now, granted=True)
        assert await refusal_of(settled) is Code.WAIVER_SETTLED

        assert not (await eligibility.case_of(session, sheet, now, BEFORE.achievement)).standing.barring
        (kept,) = await awards.mine(session, actor, now)
        assert kept.annulled
        assert kept.annulment is not None
        assert kept.annulment.decided_by == "Mai Văn Phòng"
        await nominations.propose(session, chief, sheet, BEFORE.achievement, now)
        await awards.enter(session, clerk, lans, BEFORE, now)
        for chat, words in (
            (other, "đề nghị hủy"),
            (office, "được đồng ý"),
            (lan, "bị hủy"),
            (head, "bị hủy"),
        ):
            assert any(words in told for told in await notices(session, chat)), words
        await write_now(session)
        verbs = [entry.verb for entry in await journal.latest(session, 20)]
        assert {"entered_award", "proposed_annulment", "granted_annulment"} <= set(verbs)


async def test_a_slip_is_taken_off_by_two_and_nobody_else_is_told(numbers_town: Town) -> None:
    town = numbers_town
    lan, _head, office, _appraiser = await cast(town)
    other = await town.joined("Mai Văn Phòng", roles=(Role.OFFICE,))
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, lan)
        clerk, second = await town.actor(session, office), await town.actor(session, other)
        award = await awards.enter(session, clerk, Whom("", "", person_id=actor.person_id), BEFORE, now)
        before = len(await notices(session, lan))
        asked = await award_annulments.propose(session, clerk, award, REASON, "", now, slip=True)
        await award_annulments.decide(session, second, award, asked, now, granted=False)
        assert (await awards.one(session, actor, award, now)).counts
        asked = await award_annulments.propose(session, second, award, REASON, "", now, slip=True)
        assert [one.id for one in await award_annulments.waiting(session, clerk, now)] == [award]
        await award_annulments.decide(session, clerk, award, asked, now, granted=True)
        assert not (await awards.one(session, actor, award, now)).counts
        assert len(await notices(session, lan)) == before


async def test_who_sees_which_awards(numbers_town: Town) -> None:
    town = numbers_town
    lan, head, office, appraiser = await cast(town)
    director = await town.joined("Hoàng Văn Giám", roles=(Role.DIRECTOR,))
    hoa = await town.joined("Lê Thị Hoa")
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, lan)
        clerk = await town.actor(session, office)
        award = await awards.enter(session, clerk, Whom("", "", person_id=actor.person_id), BEFORE, now)
        of_unit = await awards.enter(session, clerk, Whom("", "", unit_id=actor.unit_id), BEFORE, now)
        for chat in (lan, head, office, appraiser):
            assert (await awards.one(session, await town.actor(session, chat), award, now)).id == award
        for chat, number in ((hoa, award), (director, award), (hoa, of_unit), (head, 10**9), (lan, 0)):
            wrong = awards.one(session, await town.actor(session, chat), number, now)
            assert await refusal_of(wrong) is Code.NOT_FOUND
        looking = await town.actor(session, hoa)
        hers = awards.history(session, looking, actor.person_id, None, now)
        assert await refusal_of(hers) is Code.NOT_FOUND
        assert await awards.within(session, looking, 0, now) == ([], False)
        found, more = await awards.within(session, await town.actor(session, head), 0, now)
        assert {one.id for one in found} == {award, of_unit}
        assert not more
        assert await refusal_of(awards.find(session, await town.actor(session, appraiser), "lan", now)) is (
            Code.NOT_FOUND
        )


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"title": " \u200b"}, Code.TEXT_TOO_SHORT),
        ({"achievement": "Tốt"}, Code.TEXT_TOO_SHORT),
        ({"title": "Giấy khen " * 20}, Code.TEXT_TOO_LONG),
        ({"number": "QĐ-SYT"}, Code.NUMBER_OF_PAPER_MISSING),
        ({"dated": date(2999, 1, 1)}, Code.DATED_LATER),
        ({"first_year": 2026, "last_year": 2025}, Code.AWARD_YEARS),
        ({"last_year": 2999}, Code.AWARD_YEARS),
    ],
)
def test_what_is_no_award(wrong: dict[str, object], code: Code) -> None:
    from core.refusals import Refusal

    told: Decision = replace(BEFORE, **wrong)  # type: ignore[arg-type]  # a table of fields
    with pytest.raises(Refusal) as refused:
        awards.checked(told, date(2026, 11, 22))
    assert refused.value.code is code


async def test_nothing_of_an_award_is_lost_or_changed(numbers_town: Town) -> None:
    town = numbers_town
    lan, _head, office, _appraiser = await cast(town)
    async with town.office() as session:
        now, actor = town.clock.now(), await town.actor(session, lan)
        clerk = await town.actor(session, office)
        await awards.enter(session, clerk, Whom("", "", person_id=actor.person_id), BEFORE, now)
    (row,) = await town.rows(Award)
    assert (row.entered_by, row.entered_at, row.annulled_at) == (clerk.person_id, now, None)
    assert (row.title, row.number, row.dated, row.thematic) == ("Giấy khen", "12/QĐ-SYT", BEFORE.dated, True)


async def test_a_decision_without_a_dossier_is_on_record_and_told(numbers_town: Town) -> None:
    """«Chỉ tiêu khen thưởng»: whoever is commended there has an award, too, and knows of it."""
    town = numbers_town
    lan, head, office, _appraiser = await cast(town)
    async with town.office() as session:
        now, clerk, chief = (
            town.clock.now(),
            await town.actor(session, office),
            await town.actor(session, head),
        )
        person = await town.actor(session, lan)
        sheet = await entered(town, session, person, signed=True)
        await nominations.propose(session, chief, sheet, BEFORE.achievement, now)
        own = (await eligibility.case_of(session, sheet, now)).nomination
        assert own is not None
        wrong = award_giving.give(session, clerk, own.id, "số", clerk.today, now)
        assert await refusal_of(wrong) is Code.NUMBER_OF_PAPER_MISSING
        early = award_giving.give(session, clerk, own.id, "125/QĐ-SYT", clerk.today + timedelta(days=1), now)
        assert await refusal_of(early) is Code.DATED_LATER
        number = await dossiers.open_for(session, chief, await round_id(session), chief.unit_id, now)
        beside = award_giving.give(session, clerk, own.id, "125/QĐ-SYT", clerk.today, now)
        assert await refusal_of(beside) is Code.COMMENDED_BY_COUNCIL
        await dossier_editing.take_out(session, chief, number, own.id, REASON, now)
        await award_giving.give(session, clerk, own.id, " 125/QĐ-SYT ", clerk.today, now)
        (award,) = await awards.mine(session, person, now)
        assert (award.decision.number, award.decision.dated) == ("125/QĐ-SYT", clerk.today)
        (told,), (also,) = await notices(session, lan), await notices(session, head)
        assert "Anh/chị được khen thưởng" in told
        assert "Trần Thị Lan · Khoa Mẫu 1" in also
        assert "Quyết định số 125/QĐ-SYT" in told
        assert "Quyết định số 125/QĐ-SYT" in also
        again = award_giving.give(session, clerk, own.id, "125/QĐ-SYT", clerk.today, now)
        assert await refusal_of(again) is Code.NOT_NOMINATED
        assert await awards.mine(session, person, now) == [award]


async def test_what_a_decision_gave_bars_the_whole_period_until_it_is_annulled(numbers_town: Town) -> None:
    """A round of several years sees what its yearly rounds gave; the one that gave it is not barred."""
    town = numbers_town
    lan, head, office, _appraiser = await cast(town)
    other = await town.joined("Mai Văn Phòng", roles=(Role.OFFICE,))
    async with town.office() as session:
        now, actor, chief = town.clock.now(), await town.actor(session, lan), await town.actor(session, head)
        clerk, second = await town.actor(session, office), await town.actor(session, other)
        year = await entered(town, session, actor, signed=True)
        period = await entered(town, session, actor, of="ca-ky", signed=True)
        await nominations.propose(session, chief, year, BEFORE.achievement, now)
        own = (await eligibility.case_of(session, year, now)).nomination
        assert own is not None
        await nominations.commend(session, clerk, own.id, now)
        award = await awards.note_decided(session, clerk, own.id, "125/QĐ-SYT", clerk.today, now)
        assert not (await eligibility.case_of(session, year, now)).standing.barring
        (barring,) = (await eligibility.case_of(session, period, now, BEFORE.achievement)).standing.barring
        assert "Quyết định số 125/QĐ-SYT" in eligibility_texts.what(barring)
        asked = await award_annulments.propose(session, clerk, award, REASON, ANNULS, now, slip=False)
        await award_annulments.decide(session, second, award, asked, now, granted=True)
        assert not (await eligibility.case_of(session, period, now, BEFORE.achievement)).standing.barring
        await nominations.propose(session, chief, period, BEFORE.achievement, now)
