"""Who was told besides, who could not be, and who need not be told again."""

from datetime import date

import pytest

from core.reminders_facts import Absence, Failure, Sent
from core.texts import reminders
from tests.core.ladder_samples import DEPUTY, HEAD, Town, an_obligation, hourly, moment

FIRST = date(2026, 11, 20)
DUE = date(2026, 12, 14)
NEXT = date(2026, 12, 15)


@pytest.mark.parametrize(
    ("failure", "told"),
    [
        (Failure.NO_ACCOUNT, "cấp phó chưa có tài khoản nên chưa nhận được"),
        (Failure.UNREACHABLE, "cấp phó không nhận được tin nhắn"),
    ],
)
def test_nobody_is_said_to_be_told_who_was_not(failure: Failure, told: str) -> None:
    town = Town(an_obligation())
    town.failing[DEPUTY] = failure
    town.lives(hourly(FIRST, 60))
    office, last = town.log[-2][1], town.log[-1][1]
    assert (office.rung, last.rung) == ("office+2", "last+2")
    assert f"{told[0].upper()}{told[1:]}." in reminders.notice(office, {}).body
    assert f"Việc này đã được báo cho văn phòng; {told}. Đây là" in reminders.notice(last, {}).body


def test_the_office_reads_who_stands_in_for_the_head() -> None:
    town = Town(an_obligation())
    town.absences.append(Absence(HEAD, 7, NEXT, date(2026, 12, 20)))
    town.lives(hourly(FIRST, 60))
    (found,) = (one for _now, one in town.log if one.rung == "office+2")
    body = reminders.notice(found, {HEAD: "bà Lê Thị Hoa", 7: "ông Trần Văn Tám"}).body
    assert "Người phụ trách: bà Lê Thị Hoa; hiện ông Trần Văn Tám thay." in body


def test_whoever_was_told_of_the_day_is_not_told_again_the_morning_after() -> None:
    told = date(2026, 12, 3)  # The day before the rung of seven working days.
    town = Town(an_obligation())
    town.sent.append(Sent("plan:1", DUE, HEAD, f"told@{told}", moment(told, 9), HEAD, moment(told, 9)))
    assert town.lives(hourly(told, 20)) == [
        "12-09 07:30 1 person-3",
        "12-11 07:30 1 person-1",
        "12-14 07:30 1 person+0",
        "12-15 07:30 2 deputy+1",
        "12-16 07:30 9 office+2",
        "12-16 07:30 1 last+2",
    ]
