"""Reminders from the first morning to the last word, seen by the people they go to."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from sqlmodel import select

from core.reminders_digest import WEEKLY
from core.roles import Grant, Role
from core.texts import reminder_commands
from db.models import Leadership, NudgeRow, OutboxRow, Person, Submission
from scheduler import reminders
from services import campaigns, extensions, ladders
from services import reminders as services
from services.actor import Actor, console
from tests import builders
from tests.builders import LONG_AGO
from tests.chat import Chat, Town

ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
REPORT = "deadline:004-D2"


def at(day: date, hour: int = 7, minute: int = 30) -> datetime:
    """A moment at the office."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=ZONE)


def december(day: int) -> date:
    return date(2026, 12, day)


async def a_report_due(town: Town, *subjects: str) -> tuple[Chat, Chat, Chat]:
    """A unit's report is due on Tuesday 15/12; its head, its deputy and somebody of the office are there."""
    head = await town.joined("Trần Thị Trưởng", roles=(Role.HEAD,))
    deputy = await town.joined("Lê Văn Phó")
    async with town.office() as session:
        desk = await builders.a_unit(session, "Văn phòng", "VP")
    officer = await town.joined("Phạm Thị Phòng", roles=(Role.OFFICE,), unit=desk)
    people = {one.name: one.id for one in await town.rows(Person)}
    async with town.office() as session:
        session.add(Leadership(unit_id=1, person_id=people["Lê Văn Phó"] or 0, rank="deputy", since=LONG_AGO))
        now, office = town.clock.now(), console(town.clock.now().date())
        for subject in subjects or (REPORT,):
            await campaigns.enter_date(session, office, "004", subject, "15/12", "Hướng dẫn 12/HD-SYT", now)
    return head, deputy, officer


async def rings(town: Town, moment: datetime) -> None:
    """The alarm clock rings then, and what it asked for is delivered."""
    town.clock.move(seconds=(moment - town.clock.now()).total_seconds())
    async with town.house() as house:
        await reminders.remind(house.transactions, town.clock.now())
    await town.hears(None, "", lambda: None)


async def hands_in(town: Town, person: int = 1) -> None:
    """The report comes in."""
    now = town.clock.now()
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
                made_by=person,
                made_at=now,
                confirmed_by=person,
                confirmed_at=now,
            )
        )
        await session.flush()
        await services.withdraw(session, "004:004-D2:2026:1", now)


async def test_a_report_nobody_hands_in_goes_up_to_the_office(town: Town) -> None:
    head, deputy, officer = await a_report_due(town)
    await rings(town, at(date(2026, 11, 25), 7, 0))
    assert head.bubbles_seen == 0  # Before the morning round.
    await rings(town, at(date(2026, 11, 25)))
    assert "Còn 14 ngày làm việc" in head.sees
    assert "15/12" in head.sees
    await rings(town, at(date(2026, 11, 25), 7, 35))
    assert (head.bubbles_seen, deputy.bubbles_seen, officer.bubbles_seen) == (0, 0, 0)

    for day in (4, 10, 14, 15):
        await rings(town, at(december(day)))
        assert (head.bubbles_seen, deputy.bubbles_seen, officer.bubbles_seen) == (1, 0, 0)
    await rings(town, at(december(16)))
    assert "Trần Thị Trưởng" in deputy.sees
    assert officer.bubbles_seen == 0
    await rings(town, at(december(17)))
    assert "văn phòng" in officer.sees.casefold()
    assert "lời nhắc cuối" in head.sees.casefold()
    for day in (18, 21, 22):
        await rings(town, at(december(day)))
    seen = [one for one in await town.rows(NudgeRow) if one.obligation != WEEKLY]
    assert len(seen) == 8
    assert len({(one.obligation, one.due, one.person_id, one.rung) for one in seen}) == 8


async def test_done_is_checked_and_ends_it(telegram_town: Town) -> None:
    town = telegram_town
    head, deputy, officer = await a_report_due(town)
    await rings(town, at(december(4)))
    await head.taps("Đã làm")
    assert "chưa nhận được" in head.sees
    await hands_in(town)
    await head.taps("Đã làm")
    assert "đã xong" in head.sees
    await head.taps("Nhắc lại")
    assert "đã xong" in head.sees
    assert "Không còn giờ" not in head.sees
    for day in (10, 14, 15, 16, 17, 21):
        await rings(town, at(december(day)))
        assert (head.bubbles_seen, deputy.bubbles_seen, officer.bubbles_seen) == (0, 0, 0)


async def test_put_off_until_the_afternoon(telegram_town: Town) -> None:
    town = telegram_town
    head, _deputy, _officer = await a_report_due(town)
    await rings(town, at(december(4)))
    await head.taps("Nhắc lại")
    await head.taps("Chiều nay")
    assert "14:00" in head.sees
    await rings(town, at(december(4), 13, 55))
    assert head.bubbles_seen == 0
    await rings(town, at(december(4), 14, 0))
    assert "hẹn nhắc lại" in head.sees
    await rings(town, at(december(4), 14, 5))
    assert head.bubbles_seen == 0


async def test_what_is_done_while_it_waits_is_not_said(telegram_town: Town) -> None:
    town = telegram_town
    head, _deputy, _officer = await a_report_due(town, REPORT, "deadline:004-D1")
    town.clock.move(seconds=(at(december(4)) - town.clock.now()).total_seconds())
    async with town.house() as house:
        await reminders.remind(house.transactions, town.clock.now())
    await hands_in(town)
    await town.hears(None, "", lambda: None)
    assert head.bubbles_seen == 0
    await rings(town, at(december(4), 7, 35))
    assert "hồ sơ" in head.sees
    assert "báo cáo" not in head.sees.casefold()
    assert {row.state for row in await town.rows(OutboxRow) if row.lane == 1} == {"cancelled", "sent"}


async def test_ten_days_of_silence_are_one_reminder(telegram_town: Town) -> None:
    town = telegram_town
    head, deputy, officer = await a_report_due(town)
    await rings(town, at(date(2026, 11, 25)))
    await rings(town, at(december(14), 9, 12))
    assert "còn 1 ngày làm việc" in head.sees
    assert (head.bubbles_seen, deputy.bubbles_seen, officer.bubbles_seen) == (1, 0, 0)
    rungs = [row.rung for row in await town.rows(NudgeRow) if row.obligation != WEEKLY]
    assert rungs == ["person-14", "person-1"]


async def test_what_is_to_come_is_known_and_reaches_nobody(numbers_town: Town) -> None:
    town = numbers_town
    head, _deputy, _officer = await a_report_due(town)
    now = town.clock.now()
    async with town.office() as session:
        found = await ladders.ahead(session, console(now.date()), now, now.date(), 40)
    told = reminder_commands.preview(found.days, found.names)
    assert "thứ Tư 25/11/2026: 1 lời nhắc người phụ trách" in told
    assert "07:30 Trần Thị Trưởng: báo cáo · Khoa Mẫu 1" in told
    assert "Lê Văn Phó" in told
    assert "Phạm Thị Phòng" in told
    assert await town.rows(NudgeRow) == []
    assert head.sees == ""


async def test_the_last_word_says_that_the_deputy_has_no_account(town: Town) -> None:
    head, _deputy, officer = await a_report_due(town)
    async with town.office() as session:
        absent = await builders.a_person(session, 1, town.clock.now(), name="Võ Thị Vắng", code="vang")
        for one in (await session.exec(select(Leadership))).all():
            one.person_id = absent
    for day in (15, 16, 17):
        await rings(town, at(december(day)))
    assert "Cấp phó chưa có tài khoản nên chưa nhận được." in officer.sees
    assert "đã được báo cho văn phòng; cấp phó chưa có tài khoản nên chưa nhận được" in head.sees


async def test_the_office_is_told_of_several_units_and_may_act_at_once(telegram_town: Town) -> None:
    town = telegram_town
    _head, _deputy, officer = await a_report_due(town)
    async with town.office() as session:
        for name, code in (("Trạm Y tế Hai", "T2"), ("Trạm Y tế Ba", "T3")):
            unit = await builders.a_unit(session, name, code)
            await builders.a_person(session, unit, town.clock.now(), code=code, roles=(Role.HEAD,))
    for day in (15, 16, 17):
        await rings(town, at(december(day)))
    assert "Quá hạn: 3 việc của 3 đơn vị" in officer.sees
    await officer.taps("Nhắc các đơn vị chưa nộp")
    assert "3 đơn vị chưa nộp" in officer.sees
    assert "Trần Thị Trưởng" in officer.sees
    await officer.taps("Xem và sửa lời nhắc")
    await officer.taps("Gửi cho 1 người")
    assert "Đã gửi lời nhắc cho Trần Thị Trưởng" in officer.sees
    assert "[Trạm Y tế Hai]" in officer.sees  # The page of all units.
    await officer.says("/viec")
    await officer.taps("Mở")
    await officer.taps("Trạm Y tế Hai")
    for label in ("Nhắc", "Gia hạn", "Phân công"):
        assert f"[{label}]" in officer.sees


async def test_after_the_last_word_the_week_does_not_raise_it_again(town: Town) -> None:
    head, _deputy, _officer = await a_report_due(town)
    for day in (15, 16, 17):
        await rings(town, at(december(day)))
    assert "lời nhắc cuối" in head.sees.casefold()
    await rings(town, at(december(21)))
    assert head.bubbles_seen == 0
    assert [
        one for one in await town.rows(NudgeRow) if one.obligation == WEEKLY and one.due == december(21)
    ] == []


async def test_the_first_screen_shows_what_the_unit_owes_to_whoever_answers_for_it(
    telegram_town: Town,
) -> None:
    town = telegram_town
    head, deputy, officer = await a_report_due(town)
    town.clock.move(seconds=(at(december(11), 9) - town.clock.now()).total_seconds())
    await head.says("/viec")
    assert "▫️ Khoa Mẫu 1 · Báo cáo · " in head.sees
    assert "còn 2 ngày làm việc" in head.sees
    assert "[Kế hoạch, báo cáo của đơn vị (1)]" in head.sees
    await deputy.says("/viec")
    assert "ngày làm việc" not in deputy.sees
    await officer.says("/viec")
    assert "[Tình hình nộp]" in officer.sees
    town.clock.move(seconds=(at(december(17), 9) - town.clock.now()).total_seconds())
    await head.says("/viec")
    assert "đã quá hạn 2 ngày làm việc" in head.sees
    await officer.says("/viec")
    assert "[Tình hình nộp (1)]" in officer.sees
    await hands_in(town)
    await head.says("/viec")
    assert "[Kế hoạch, báo cáo của đơn vị]" in head.sees
    await officer.says("/viec")
    assert "[Tình hình nộp]" in officer.sees


async def test_more_time_is_told_once_and_not_repeated_by_a_reminder(town: Town) -> None:
    _head, _deputy, _officer = await a_report_due(town)
    town.clock.move(seconds=(at(december(10), 9) - town.clock.now()).total_seconds())
    now = town.clock.now()
    people = {one.name: one.id or 0 for one in await town.rows(Person)}
    async with town.office() as session:
        grants = frozenset({Grant(Role.OFFICE, None, LONG_AGO, None)})
        officer = Actor(people["Phạm Thị Phòng"], "Phạm Thị Phòng", 2, now.date(), grants)
        await extensions.grant(
            session, officer, "004:004-D2:2026:1", december(22), "Khoa vừa chuyển trụ sở.", "CV 5/SYT", now
        )
    for moment in (at(december(10), 9, 5), at(december(11)), at(december(14), 6)):
        await rings(town, moment)
    told = [one for one in await town.rows(NudgeRow) if one.due == december(22)]
    assert [(one.person_id, one.rung) for one in told] == [(people["Trần Thị Trưởng"], "told@2026-12-10")]
    for day in (14, 15, 16, 17):
        await rings(town, at(december(day)))
    rungs = [one.rung for one in await town.rows(NudgeRow) if one.due == december(22)]
    assert rungs == ["told@2026-12-10", "person-3"]
