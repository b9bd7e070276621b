"""What is owed to whom: the ladder climbed, put off, stood in for, escalated and ended."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from core.calendar import WorkCalendar
from core.deadlines import Extension
from core.ladder import Ladders
from core.refusals import Code, Refusal
from core.reminders_ahead import next_due, preview
from core.reminders_digest import WEEKLY, digest, weekly_lines, without_ended
from core.reminders_facts import Absence, Failure, History, Nudge, Rules, Sent, Snooze, Tone
from core.reminders_hours import QUIET_NIGHT, Quiet, leaves_time, not_before, snooze_choices, snoozed_until
from core.texts import reminders, reminders_ladder
from tests.core.ladder_samples import (
    CALENDAR,
    DEPUTY,
    HEAD,
    OFFICE,
    RULES,
    Town,
    an_obligation,
    hourly,
    ladder_of,
    moment,
    owed,
)

FIRST = date(2026, 11, 20)
DUE = date(2026, 12, 14)
NEXT = date(2026, 12, 15)


def rungs(nudges: Sequence[Nudge]) -> list[str]:
    return [f"{one.person} {one.rung}" for one in nudges]


def test_the_ladder_is_climbed_and_ends_with_one_last_word() -> None:
    town = Town(an_obligation())
    assert town.lives(hourly(FIRST, 60)) == [
        "11-24 07:30 1 person-14",
        "12-04 07:30 1 person-7",
        "12-09 07:30 1 person-3",
        "12-11 07:30 1 person-1",
        "12-14 07:30 1 person+0",
        "12-15 07:30 2 deputy+1",
        "12-16 07:30 9 office+2",
        "12-16 07:30 1 last+2",
    ]
    told = reminders.notice(town.log[-1][1], {}).body
    assert "Việc này đã được báo cho cấp phó và văn phòng. Đây là lời nhắc cuối về việc này." in told


def test_each_nudge_names_words_both_days_and_what_is_missing() -> None:
    one = an_obligation(legal_day=date(2026, 12, 13), missing=("số kế hoạch", "tệp kế hoạch"))
    (nudge,) = Town(one).asks(moment(date(2026, 12, 9)))
    assert reminders.notice(nudge, {}).body.splitlines() == [
        "Trung tâm Y tế Quy Nhơn · Thi đua cải cách hành chính",
        "Kế hoạch ghi: «Gửi kế hoạch trước ngày 15/12 hằng năm» (000-D1).",
        "Hạn theo văn bản: hết Chủ nhật 13/12/2026.",
        "Ngày làm việc cuối để nộp: thứ Sáu 11/12/2026.",
        "Còn 2 ngày làm việc.",
        "Còn thiếu: số kế hoạch; tệp kế hoạch.",
    ]


def test_what_is_done_or_not_yet_asked_for_is_left_alone() -> None:
    done = an_obligation("done", done_at=moment(date(2026, 12, 1)))
    later = an_obligation("later", opened_on=NEXT)
    assert Town(done, later).asks(moment(DUE)) == ()
    assert rungs(Town(later).asks(moment(NEXT))) == ["1 person+0"]


def test_days_of_silence_end_with_the_highest_rung_alone() -> None:
    town = Town(an_obligation())
    assert rungs(town.rings(moment(date(2026, 12, 11)))) == ["1 person-1"]
    assert town.rings(moment(date(2026, 12, 11))) == ()


@pytest.mark.parametrize(
    ("day", "hour"),
    [(date(2026, 12, 12), 9), (date(2026, 12, 2), 9), (DUE, 6), (DUE, 7), (DUE, 20), (DUE, 23)],
)
def test_nobody_is_written_to_in_quiet_hours(day: date, hour: int) -> None:
    assert Town(an_obligation()).asks(moment(day, hour, 0)) == ()


def test_own_quiet_hours_are_kept_unless_they_leave_no_time() -> None:
    siesta = Rules(CALENDAR, own={HEAD: Quiet(time(6), time(9)), OFFICE: Quiet(time(7), time(20))})
    assert Town(an_obligation(), rules=siesta).asks(moment(DUE)) == ()
    assert rungs(Town(an_obligation(), rules=siesta).asks(moment(DUE, 9, 0))) == ["1 person+0"]
    assert len(siesta.quiets(OFFICE)) == 2


def test_an_escalation_waits_for_four_working_hours_after_delivery() -> None:
    town = Town(an_obligation())
    town.rings(moment(NEXT))
    assert town.said() == ["12-15 07:30 1 person+0"]
    assert town.asks(moment(NEXT, 11, 29)) == ()
    (told,) = town.rings(moment(NEXT, 11, 30))
    assert (told.person, told.rung, told.tone) == (DEPUTY, "deputy+1", Tone.ESCALATION)
    assert told.ground is not None
    body = reminders.notice(told, {HEAD: "bà Lê Thị Hoa"}).body
    assert "Người phụ trách: bà Lê Thị Hoa. Người phụ trách đã được nhắc lúc 07:30 thứ Ba 15/12/2026." in body


def test_what_is_still_on_its_way_escalates_nothing() -> None:
    town = Town(an_obligation())
    town.rings(moment(DUE), delivered=False)
    assert town.asks(moment(date(2026, 12, 18))) == ()


@pytest.mark.parametrize("failure", [Failure.UNREACHABLE, Failure.NO_ACCOUNT])
def test_whoever_cannot_be_reached_is_escalated_with_that_reason(failure: Failure) -> None:
    town = Town(an_obligation())
    town.failing[HEAD] = failure
    town.rings(moment(DUE))
    (told,) = town.rings(moment(NEXT))
    assert told.ground is not None
    assert told.ground.failure is failure
    assert reminders.ground(told.ground) in reminders.notice(told, {}).body


def test_a_unit_without_a_head_is_told_to_its_deputy_and_the_office() -> None:
    town = Town(an_obligation(person=None))
    assert town.lives(hourly(FIRST, 40)) == ["12-15 07:30 2 deputy+1", "12-16 07:30 9 office+2"]
    assert "Đơn vị chưa có người phụ trách việc này." in reminders.notice(town.log[0][1], {}).body


def test_a_unit_without_a_deputy_goes_to_the_office() -> None:
    town = Town(an_obligation(deputies=()))
    assert town.lives(hourly(DUE, 20)) == [
        "12-14 07:30 1 person+0",
        "12-16 07:30 9 office+2",
        "12-16 07:30 1 last+2",
    ]


def test_everybody_in_the_office_is_told_and_the_deputy_before_them() -> None:
    town = Town(an_obligation(office=(8, 9)))
    said = town.lives(hourly(date(2026, 12, 21), 10))
    assert said == [
        "12-21 07:30 1 person+0",
        "12-21 11:30 2 deputy+1",
        "12-22 07:30 8 office+2",
        "12-22 07:30 9 office+2",
        "12-22 07:30 1 last+2",
    ]


def test_a_deputy_for_a_period_is_told_in_the_head_s_place() -> None:
    town = Town(an_obligation())
    town.absences.append(Absence(HEAD, 7, date(2026, 12, 7), date(2026, 12, 11)))
    assert town.lives(hourly(FIRST, 25)) == [
        "11-24 07:30 1 person-14",
        "12-04 07:30 1 person-7",
        "12-09 07:30 7 person-3",
        "12-11 07:30 7 person-1",
        "12-14 07:30 1 person+0",
    ]
    told = reminders.notice(town.log[2][1], {HEAD: "bà Lê Thị Hoa"}).body
    assert "Anh/chị nhận lời nhắc này thay bà Lê Thị Hoa." in told


def test_those_who_stand_in_for_each_other_are_told_themselves() -> None:
    town = Town(an_obligation())
    town.absences += [Absence(HEAD, 7, FIRST, DUE), Absence(7, HEAD, FIRST, DUE)]
    assert rungs(town.asks(moment(DUE))) == ["1 person+0"]


def test_the_deputy_who_stands_in_hears_of_it_once_a_day() -> None:
    town = Town(an_obligation())
    town.absences.append(Absence(HEAD, DEPUTY, FIRST, date(2027, 1, 31)))
    said = town.lives(hourly(DUE, 12))
    assert [one for one in said if one.startswith("12-15")] == ["12-15 07:30 2 deputy+1"]
    assert len({(one[:5], one[12]) for one in said}) == len(said)
    assert said[-1].endswith("2 last+2")


def test_a_new_date_reminds_again_and_the_old_one_does_not() -> None:
    one = an_obligation()
    town = Town(one)
    assert rungs(town.rings(moment(DUE))) == ["1 person+0"]
    moved = replace(one, extension=Extension(date(2026, 12, 18), "Công văn số 12"))
    town.obligations[one.id] = moved
    assert town.asks(moment(DUE, 14, 0)) == ()
    assert rungs(town.rings(moment(NEXT))) == ["1 person-3"]
    town.obligations[one.id] = one
    assert rungs(town.asks(moment(date(2026, 12, 16)))) == ["2 deputy+1"]


def test_the_unit_s_own_cut_off_is_reminded_of_once() -> None:
    town = Town(an_obligation(cut_off=date(2026, 12, 8)))
    said = town.lives(hourly(date(2026, 12, 3), 8))
    assert said == [
        "12-03 07:30 1 person-14",
        "12-04 07:30 1 person-7",
        "12-08 07:30 1 cut_off-4",
        "12-09 07:30 1 person-3",
    ]
    assert town.log[2][1].tone is Tone.CUT_OFF


def test_a_ladder_without_escalation_still_ends() -> None:
    plain = Rules(CALENDAR, Ladders(ladder_of([1, 0], None, None)))
    assert Town(an_obligation(), rules=plain).lives(hourly(FIRST, 60)) == [
        "12-11 07:30 1 person-1",
        "12-14 07:30 1 person+0",
        "12-15 07:30 1 last+1",
    ]


# --- putting off ------------------------------------------------------------------------------------


def test_the_times_on_offer_are_computed_and_told() -> None:
    now = moment(date(2026, 12, 4), 8, 5)
    offered = snooze_choices(an_obligation(), now, CALENDAR)
    assert [reminders.snooze_label(one, now) for one in offered] == [
        "1 giờ nữa (09:05)",
        "Chiều nay (14:00)",
        "Sáng mai (08:00 thứ Bảy 05/12/2026)",
        "Thứ Hai tới (08:00 thứ Hai 07/12/2026)",
    ]


def test_nothing_is_offered_twice_at_night_or_past_the_last_safe_day() -> None:
    friday = moment(date(2026, 12, 11), 19, 30)
    offered = snooze_choices(an_obligation(), friday, CALENDAR)
    assert [reminders.snooze_label(one, friday) for one in offered] == [
        "Ngày làm việc tới (08:00 thứ Hai 14/12/2026)"
    ]
    assert [one.until for one in snooze_choices(an_obligation(), moment(DUE, 14, 0), CALENDAR)] == [
        moment(DUE, 15, 0)
    ]
    assert snooze_choices(an_obligation(), moment(NEXT), CALENDAR) == ()


def test_past_the_last_safe_day_it_is_refused() -> None:
    now = moment(date(2026, 12, 11))
    with pytest.raises(Refusal) as late:
        snoozed_until(an_obligation(), moment(NEXT), now, CALENDAR)
    assert late.value.code is Code.SNOOZE_TOO_LATE
    with pytest.raises(Refusal) as past:
        snoozed_until(an_obligation(), now, now, CALENDAR)
    assert past.value.code is Code.SNOOZE_PAST
    assert snoozed_until(an_obligation(), moment(DUE), now, CALENDAR) == moment(DUE)


def test_what_is_put_off_comes_back_once_at_its_time() -> None:
    town = Town(an_obligation())
    town.rings(moment(date(2026, 12, 7)))
    town.snoozes.append(Snooze("plan:1", DUE, HEAD, moment(date(2026, 12, 7), 14, 0)))
    assert town.asks(moment(date(2026, 12, 7), 13, 59)) == ()
    (again,) = town.rings(moment(date(2026, 12, 7), 14, 0))
    assert (again.tone, again.rung) == (Tone.AGAIN, "again@20261207T1400")
    assert town.asks(moment(date(2026, 12, 7), 16, 0)) == ()
    assert rungs(town.asks(moment(date(2026, 12, 9)))) == ["1 person-3"]


def test_a_rung_on_the_way_is_held_and_stands_for_the_repeat() -> None:
    town = Town(an_obligation())
    town.rings(moment(date(2026, 12, 7)))
    town.snoozes.append(Snooze("plan:1", DUE, HEAD, moment(date(2026, 12, 10))))
    assert town.asks(moment(date(2026, 12, 9))) == ()
    assert rungs(town.rings(moment(date(2026, 12, 10)))) == ["1 person-3"]
    assert town.asks(moment(date(2026, 12, 10), 15, 0)) == ()


@given(some.integers(-20, 60))
def test_no_snooze_silences_the_last_safe_day(days: int) -> None:
    town = Town(an_obligation())
    town.rings(moment(date(2026, 12, 11)))
    town.snoozes.append(Snooze("plan:1", DUE, HEAD, moment(DUE) + timedelta(days=days)))
    assert rungs(town.asks(moment(DUE))) == ["1 person+0"]


# --- ahead, digest, week ----------------------------------------------------------------------------


def test_the_preview_is_what_then_happens() -> None:
    obligations = [an_obligation(f"plan:{n}", legal_day=DUE + timedelta(days=n), person=n) for n in range(9)]
    foreseen = preview(obligations, History(), moment(FIRST, 0, 0), 60, RULES)
    town = Town(*obligations)
    town.lives(hourly(FIRST, 60))
    expected = sorted((now, nudge.once) for now, nudge in town.log)
    assert sorted((one.at, one.nudge.once) for day in foreseen for one in day.planned) == expected
    assert reminders_ladder.planned_day(foreseen[0]) == "thứ Ba 24/11/2026: 1 lời nhắc người phụ trách"


def test_the_next_moment_is_when_something_is_owed() -> None:
    one, history = an_obligation(), History()
    sent: list[Sent] = []
    now, seen, weeks = moment(FIRST, 22, 0), [], []
    while (found := next_due([one], History(sent), now, RULES)) is not None:
        assert found > now
        nudges = owed([one], History(sent), found, RULES)
        lines = weekly_lines([one], [], found, RULES)
        assert nudges or lines
        assert owed([one], History(sent), found - timedelta(minutes=1), RULES) == ()
        sent += [nudge.made(found, found) for nudge in nudges]
        sent += [Sent(WEEKLY, line.monday, line.person, WEEKLY, found, line.person) for line in lines]
        now = found
        seen += [found] if nudges else []
        weeks += [found] if lines else []
    assert [f"{at:%m-%d %H:%M}" for at in seen][-3:] == ["12-14 07:30", "12-15 07:30", "12-16 07:30"]
    mondays = [f"{at:%m-%d %H:%M}" for at in weeks]
    assert mondays[:3] == ["11-23 07:30", "11-30 07:30", "12-07 07:30"]
    assert mondays[-1] == "12-14 07:30"  # The last word ends them too.
    assert next_due([replace(one, done_at=now)], history, moment(FIRST), RULES) is None


def test_the_next_line_of_the_week_waits_for_own_quiet_hours() -> None:
    monday = date(2026, 12, 7)
    rules = replace(RULES, own={HEAD: Quiet(time(6), time(9))})
    far = an_obligation(legal_day=date(2027, 3, 1))
    assert next_due([far], History(), moment(monday, 8, 0), rules) == moment(monday, 9, 0)
    assert next_due([far], History(), moment(monday, 8, 0), RULES) == moment(monday + timedelta(days=7))
    said = Sent(WEEKLY, monday, HEAD, WEEKLY, moment(monday, 7, 30), HEAD)
    assert next_due([far], History([said]), moment(monday, 8, 0), rules) == moment(date(2026, 12, 14), 9, 0)
    away = [Absence(HEAD, 7, monday, monday)]
    assert next_due([far], History(absences=away), moment(monday, 7, 0), rules) == moment(monday)


def test_a_morning_is_one_digest_a_person() -> None:
    town = Town(*(an_obligation(f"plan:{n}", legal_day=DUE + timedelta(days=n)) for n in range(9)))
    (folded,) = digest(town.asks(moment(DUE)))
    assert folded.person == HEAD
    assert [one.due for one in folded.nudges] == sorted(one.due for one in folded.nudges)
    message = reminders.digest(folded, {})
    assert message.title == "Nhắc việc: 9 việc"
    assert message.body.endswith("Và 2 việc khác.")
    assert message.body.startswith("• Gửi kế hoạch của đơn vị · Trung tâm Y tế Quy Nhơn")


def test_the_week_begins_with_one_line_and_none_when_nothing_is_open() -> None:
    monday, late = date(2026, 12, 7), an_obligation("late", legal_day=date(2026, 12, 1))
    some_open = [an_obligation(), late, an_obligation("done", done_at=moment(monday))]
    (line,) = weekly_lines(some_open, [], moment(monday), RULES)
    assert (line.person, len(line.items), line.late) == (HEAD, 2, 1)
    assert line.once == "weekly:1:2026-12-07"
    assert reminders.weekly_line(line) == (
        "Anh/chị còn 2 việc đang mở, 1 việc đã quá hạn; gần nhất: gửi kế hoạch của đơn vị, "
        "còn 5 ngày làm việc."
    )
    assert weekly_lines(some_open, [], moment(date(2026, 12, 8)), RULES) == ()
    assert weekly_lines(some_open[2:], [], moment(monday), RULES) == ()
    assert weekly_lines(some_open, [], moment(monday, 6, 0), RULES) == ()
    said = Sent("late", late.due, HEAD, "last+2", moment(date(2026, 12, 3)), HEAD)
    assert [one.id for one in without_ended(some_open, [said])] == ["plan:1", "done"]
    (line,) = weekly_lines(some_open, [Absence(HEAD, 7, monday, monday)], moment(monday), RULES)
    assert line.person == 7


# --- hours ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("now", "then"),
    [
        (moment(DUE, 9, 15), moment(DUE, 9, 15)),
        (moment(DUE, 6, 59), moment(DUE, 7, 0)),
        (moment(DUE, 20, 0), moment(NEXT, 7, 0)),
        (moment(date(2026, 12, 11), 23, 0), moment(DUE, 7, 0)),
        (moment(date(2026, 12, 12), 9, 0), moment(DUE, 7, 0)),
        (moment(date(2026, 12, 2), 9, 0), moment(date(2026, 12, 3), 7, 0)),
        (moment(date(2026, 12, 5), 9, 0), moment(date(2026, 12, 5), 9, 0)),
    ],
)
def test_what_may_not_be_said_now_waits_for_a_working_morning(now: datetime, then: datetime) -> None:
    assert not_before(now, CALENDAR, QUIET_NIGHT) == then


@given(some.integers(0, 60 * 24 * 30), some.times(), some.times())
def test_the_first_moment_allowed_is_allowed(minutes: int, starts: time, ends: time) -> None:
    now, own = moment(DUE, 0, 0) + timedelta(minutes=minutes), Quiet(starts, ends)
    if not leaves_time(QUIET_NIGHT, own):
        return
    found = not_before(now, WorkCalendar(), QUIET_NIGHT, own)
    assert found >= now
    assert WorkCalendar().is_working_day(found.date())
    assert not own.holds(found.time())
    assert not QUIET_NIGHT.holds(found.time())
    assert not_before(found, WorkCalendar(), QUIET_NIGHT, own) == found
