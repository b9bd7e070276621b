"""A date that changes while units owe something by it: who is told, once, and what is taken back."""

from datetime import date

import pytest

from core.campaign_dates import Value
from core.campaign_terms import YearDay
from core.date_changes import Reach
from core.refusals import Code, Refusal
from core.roles import Role
from db.models import (
    Absence,
    CampaignDate,
    CampaignVersion,
    Extension,
    JournalRow,
    Leadership,
    NudgeRow,
    OutboxRow,
    Person,
    Submission,
)
from scheduler import reminders
from services import campaigns, date_changes
from services.actor import console
from tests import builders
from tests.builders import LONG_AGO
from tests.chat import Chat, Town
from tests.journeys.test_campaigns import the_office

REPORT = "deadline:004-D2"
GUIDE, LATER = "Hướng dẫn 12/HD-SYT", "Công văn 40/SYT ngày 23/11/2026"
WHY = "Sở Y tế cần số liệu sớm hơn"


async def enters(town: Town, value: str, reason: str = "", document: str = LATER) -> None:
    """The office at its machine enters when reports are due; what that says is delivered."""
    now = town.clock.now()
    async with town.office() as session:
        office = console(now.date())
        await date_changes.enter(session, office, "004", REPORT, value, document, reason, now)
    await town.hears(None, "", lambda: None)


async def withdraws(town: Town, reason: str) -> None:
    """The office takes that date back."""
    now = town.clock.now()
    async with town.office() as session:
        await date_changes.withdraw(session, console(now.date()), "004", REPORT, reason, now)
    await town.hears(None, "", lambda: None)


async def reached(town: Town, day: Value | None) -> Reach:
    now = town.clock.now()
    async with town.office() as session:
        return await date_changes.reach(session, console(now.date()), "004", REPORT, day, now)


async def a_head(town: Town) -> Chat:
    return await town.joined("Trần Thị Trưởng", roles=(Role.HEAD,))


async def numbers(town: Town) -> dict[str, int]:
    return {one.name: one.id or 0 for one in await town.rows(Person)}


async def told(town: Town, words: str) -> int:
    """How many messages say that."""
    return len([one for one in await town.rows(OutboxRow) if words in one.payload])


async def test_those_who_owe_it_are_told_once(town: Town) -> None:
    head, deputy = await a_head(town), await town.joined("Lê Văn Phó")
    coordinator = await town.joined("Vũ Thị Mối", roles=(Role.COORDINATOR,))
    staff = await town.joined("Đỗ Văn Viên")
    known = await numbers(town)
    async with town.office() as session:
        session.add(Leadership(unit_id=1, person_id=known["Lê Văn Phó"], rank="deputy", since=LONG_AGO))
    shown = staff.bubbles_seen
    await enters(town, "15/12", "Nay có hướng dẫn", GUIDE)
    assert "đã có ngày hạn: báo cáo" in head.sees.casefold()
    assert "Trước đây chưa có ngày." in head.sees
    await enters(town, "10/12", WHY)
    for one in (head, deputy, coordinator):
        assert "đổi ngày hạn: báo cáo" in one.sees.casefold()
        assert "Hạn cũ: hết thứ Ba 15/12/2026." in one.sees
        assert "Hạn mới: hết thứ Năm 10/12/2026; ngày làm việc cuối: thứ Năm 10/12/2026; còn" in one.sees
        assert f"Lý do: {WHY}." in one.sees
        assert f"Căn cứ: {LATER}." in one.sees
    assert await told(town, "Đổi ngày hạn") == 3
    assert staff.bubbles_seen == shown

    await enters(town, "10/12", WHY)
    assert await told(town, "Đổi ngày hạn") == 3
    assert [one.reason for one in await town.rows(CampaignDate)] == ["Nay có hướng dẫn", WHY, WHY]
    assert [one.verb for one in await town.rows(JournalRow)].count("told_of_date") == 2


async def test_the_door_of_the_notice_opens_what_is_owed(town: Town) -> None:
    head = await a_head(town)
    await enters(town, "15/12", WHY)
    await head.taps("Mở")
    assert "Kế hoạch, báo cáo của đơn vị".casefold() in head.sees.casefold()
    assert "Báo cáo" in head.sees


async def test_a_date_that_is_taken_back_is_told_with_its_document(numbers_town: Town) -> None:
    town = numbers_town
    head = await a_head(town)
    await enters(town, "15/12", WHY, GUIDE)
    with pytest.raises(Refusal) as refused:
        await withdraws(town, "  ")
    assert refused.value.code is Code.REASON_OF_DATE_MISSING
    assert [one.replaced_at for one in await town.rows(CampaignDate)] == [None]
    await withdraws(town, "Hướng dẫn bị thu hồi")
    assert "ngày hạn được rút: báo cáo" in head.sees.casefold()
    assert "Hạn cũ: hết thứ Ba 15/12/2026." in head.sees
    assert "Nay chưa có ngày" in head.sees
    assert "Lý do: Hướng dẫn bị thu hồi." in head.sees
    assert f"Căn cứ: {GUIDE}." in head.sees
    (kept,) = await town.rows(CampaignDate)
    assert (kept.reason, kept.withdrawn_for) == (WHY, "Hướng dẫn bị thu hồi")


async def test_without_a_reason_nothing_is_stored(numbers_town: Town) -> None:
    await a_head(numbers_town)
    with pytest.raises(Refusal) as refused:
        await enters(numbers_town, "15/12", "vì")
    assert refused.value.code is Code.REASON_OF_DATE_MISSING
    assert await numbers_town.rows(CampaignDate) == []


@pytest.mark.parametrize("too_long", ["vì lý do rất dài " * 40, "a" * (date_changes.REASON_LIMIT + 1)])
async def test_a_reason_that_is_too_long_is_not_cut(numbers_town: Town, too_long: str) -> None:
    await a_head(numbers_town)
    await enters(numbers_town, "10/12", WHY)
    for act in (enters(numbers_town, "20/12", too_long), withdraws(numbers_town, too_long)):
        with pytest.raises(Refusal) as refused:
            await act
        assert refused.value.code is Code.TEXT_TOO_LONG
    (kept,) = await numbers_town.rows(CampaignDate)
    assert (kept.reason, kept.withdrawn_for) == (WHY, "")


async def test_where_nobody_owes_it_no_reason_is_needed(numbers_town: Town) -> None:
    await enters(numbers_town, "15/12")
    assert [one.reason for one in await numbers_town.rows(CampaignDate)] == [""]


async def test_done_and_extended_units_are_left_alone(numbers_town: Town) -> None:
    town = numbers_town
    await a_head(town)
    async with town.office() as session:
        second = await builders.a_unit(session, "Khoa Ngoại", "KN")
    await town.joined("Phạm Văn Ngoại", roles=(Role.HEAD,), unit=second)
    await enters(town, "15/12", WHY)
    known, now = await numbers(town), town.clock.now()
    async with town.office() as session:
        session.add(
            Submission(
                kind="report",
                campaign="004",
                deadline="004-D2",
                period="2026",
                unit_id=1,
                number="5/BC",
                dated=now.date(),
                receipt="R1",
                made_by=known["Trần Thị Trưởng"],
                made_at=now,
                confirmed_by=known["Trần Thị Trưởng"],
                confirmed_at=now,
            )
        )
        session.add(
            Extension(
                campaign="004",
                deadline="004-D2",
                period="2026",
                unit_id=second,
                until=date(2026, 12, 31),
                reason="Thiếu số liệu",
                state="granted",
                document="Công văn 41",
                asked_by=known["Phạm Văn Ngoại"],
                asked_at=now,
                decided_at=now,
            )
        )
    assert await reached(town, YearDay(12, 10)) == Reach()
    await enters(town, "10/12")
    assert await told(town, "Đổi ngày hạn") == 0


async def test_who_stands_in_is_told_as_well_and_who_changes_it_is_not(numbers_town: Town) -> None:
    town = numbers_town
    head, deputy = await a_head(town), await town.joined("Lê Văn Phó")
    known, now = await numbers(town), town.clock.now()
    async with town.office() as session:
        session.add(
            Absence(
                person_id=known["Trần Thị Trưởng"],
                deputy_id=known["Lê Văn Phó"],
                starts_on=now.date(),
                ends_on=now.date(),
                named_at=now,
            )
        )
    await enters(town, "15/12", WHY)
    assert "đã có ngày hạn" in deputy.sees.casefold()
    assert "đã có ngày hạn" in head.sees.casefold()


async def test_the_count_before_it_is_kept_tells_who_cannot_be_written_to(numbers_town: Town) -> None:
    town = numbers_town
    await a_head(town)
    await town.invite("Chưa Nối Ai")
    known = await numbers(town)
    async with town.office() as session:
        session.add(Leadership(unit_id=1, person_id=known["Chưa Nối Ai"], rank="deputy", since=LONG_AGO))
    assert await reached(town, date(2026, 12, 10)) == Reach(units=1, people=2, told=1)


async def test_nudges_of_the_old_day_do_not_leave(numbers_town: Town) -> None:
    town = numbers_town
    head = await a_head(town)
    await enters(town, "25/11", WHY)
    town.clock.move(hours=48)
    async with town.house() as house:
        await reminders.remind(house.transactions, town.clock.now())
    owed = [one for one in await town.rows(NudgeRow) if one.obligation.startswith("004:004-D2")]
    assert [one.rung for one in owed] == ["told@2026-11-23", "person+0"]
    await enters(town, "15/12", "Sở gia hạn cho mọi đơn vị")
    assert not [one for one in await town.rows(NudgeRow) if one.due == date(2026, 11, 25) and one.outbox_key]
    assert "Hạn cũ: hết thứ Tư 25/11/2026." in head.sees
    assert "Nhắc việc" not in head.sees


async def test_only_who_may_load_plans_changes_a_date(numbers_town: Town) -> None:
    head, now = await a_head(numbers_town), numbers_town.clock.now()
    async with numbers_town.office() as session:
        nobody = await numbers_town.actor(session, head)
        for act in (
            date_changes.enter(session, nobody, "004", REPORT, "15/12", GUIDE, WHY, now),
            date_changes.withdraw(session, nobody, "004", REPORT, WHY, now),
            date_changes.reach(session, nobody, "004", REPORT, None, now),
        ):
            with pytest.raises(Refusal) as refused:
                await act
            assert refused.value.code is Code.NOT_FOUND
    assert await numbers_town.rows(CampaignDate) == []


async def drafted(town: Town, day: str, label: str = "") -> int:
    """A version of the plan, approved, that says when reports are due."""
    now = town.clock.now()
    report = 'code = "004-D2"\nkind = "report"\nclause = "004-V.6.1"\nwords = "theo quy định"\n'
    source = builders.PLAN_FILE.read_text("utf-8")
    assert report in source
    async with town.office() as session:
        office = console(now.date())
        said = source.replace(report, f"{report}day = {day}\n" if day else report) + f"# {label}\n"
        version = (await campaigns.prepare(session, office, said, "004.toml", now)).version_id
        await campaigns.approve(session, office, version, now)
    return version


async def publishes(town: Town, version: int) -> Reach:
    town.clock.move(minutes=1)
    now = town.clock.now()
    async with town.office() as session:
        found = await date_changes.publish(session, console(now.date()), version, now)
    await town.hears(None, "", lambda: None)
    return found


async def test_another_day_in_another_version_is_told_once(town: Town) -> None:
    head, staff = await a_head(town), await town.joined("Đỗ Văn Viên")
    shown = staff.bubbles_seen
    first, second = await drafted(town, "2026-12-15"), await drafted(town, "2026-12-10")
    assert await publishes(town, first) == Reach(units=1, people=1, told=1)
    assert "đã có ngày hạn: báo cáo" in head.sees.casefold()
    await publishes(town, second)
    assert "đổi ngày hạn: báo cáo" in head.sees.casefold()
    assert "Hạn cũ: hết thứ Ba 15/12/2026." in head.sees
    assert "Hạn mới: hết thứ Năm 10/12/2026;" in head.sees
    assert "Lý do: Kế hoạch có bản mới." in head.sees
    assert await publishes(town, second) == Reach()
    assert await told(town, "Đổi ngày hạn") == 1

    await publishes(town, first)
    assert "Hạn cũ: hết thứ Năm 10/12/2026." in head.sees
    assert "Hạn mới: hết thứ Ba 15/12/2026;" in head.sees
    assert "Lý do: Bản trước của kế hoạch được công bố lại." in head.sees
    await publishes(town, second)
    assert await told(town, "Đổi ngày hạn") == 3
    assert staff.bubbles_seen == shown
    assert [one.verb for one in await town.rows(JournalRow)].count("told_of_date") == 4


async def test_a_version_with_the_same_days_tells_nobody(numbers_town: Town) -> None:
    head = await a_head(numbers_town)
    shown = head.bubbles_seen
    await enters(numbers_town, "15/12", WHY)
    assert head.bubbles_seen > shown
    assert await publishes(numbers_town, await drafted(numbers_town, "", "cùng ngày")) == Reach()
    assert await told(numbers_town, "gày hạn") == 1


async def test_what_a_version_says_itself_takes_the_place_of_what_was_entered(numbers_town: Town) -> None:
    town = numbers_town
    head = await a_head(town)
    await publishes(town, await drafted(town, "2026-12-20"))
    await enters(town, "24/11/2026", WHY, LATER)
    town.clock.move(hours=1)
    async with town.house() as house:
        await reminders.remind(house.transactions, town.clock.now())
    assert [one for one in await town.rows(NudgeRow) if one.due == date(2026, 11, 24)]
    await publishes(town, await drafted(town, "2026-12-15"))
    left = [one.rung for one in await town.rows(NudgeRow) if one.due == date(2026, 11, 24)]
    assert left == ["told@2026-11-23"]
    assert "Hạn cũ: hết thứ Ba 24/11/2026." in head.sees
    assert "Hạn mới: hết thứ Ba 15/12/2026;" in head.sees
    assert "Nhắc việc" not in head.sees


async def test_only_who_may_load_plans_publishes_another_day(numbers_town: Town) -> None:
    head, version = await a_head(numbers_town), await drafted(numbers_town, "2026-12-15")
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        nobody = await numbers_town.actor(session, head)
        for act in (date_changes.publish, date_changes.reach_of_version):
            with pytest.raises(Refusal) as refused:
                await act(session, nobody, version, now)
            assert refused.value.code is Code.NOT_FOUND
    assert [one.id for one in await numbers_town.rows(CampaignVersion) if one.current] != [version]


async def test_before_publishing_it_is_said_how_many_will_be_told(numbers_town: Town) -> None:
    office = await the_office(numbers_town)
    await a_head(numbers_town)
    await publishes(numbers_town, await drafted(numbers_town, "2026-12-15"))
    version = await drafted(numbers_town, "2026-12-10")
    await office.says("menu")
    await office.taps("Phong trào")
    await office.taps("Nháp 004")
    await office.taps("Công bố…")
    assert "Bản này đổi ngày hạn của việc đang nợ." in office.sees
    assert "Khi công bố, 1 người của 1 đơn vị đang nợ việc này được báo" in office.sees
    await office.taps("Công bố")
    assert "Đã báo cho 1 người." in office.sees
    assert [one.id for one in await numbers_town.rows(CampaignVersion) if one.current] == [version]
