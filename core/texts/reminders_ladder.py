"""Sentences about the ladder of reminders, what it will do, and what it does not take."""

from collections.abc import Mapping
from datetime import date
from typing import assert_never

from core.ladder import Audience, Ladder, LadderProblem, Rung
from core.refusals import Refusal
from core.reminders_ahead import PlannedDay, audiences
from core.vietnamese import long_date

#: Who is told, as they stand after «nhắc» or «báo».
AUDIENCES = {
    Audience.PERSON: "người phụ trách",
    Audience.DEPUTY: "cấp phó",
    Audience.OFFICE: "văn phòng",
}
_UNCHANGED = "Thang nhắc việc đang dùng vẫn giữ nguyên."
SNOOZE_PAST = "Giờ nhắc lại đã qua nên chưa ghi. Anh/chị chọn một giờ khác; lời nhắc này vẫn còn."
NOTHING_PLANNED = "Trong những ngày này không có lời nhắc nào."


def snooze_too_late(refusal: Refusal) -> str:
    """A reminder cannot be put off past the last safe day."""
    last = refusal.facts["day"]
    assert isinstance(last, date)
    return (
        f"Chưa ghi được: ngày làm việc cuối để nộp là {long_date(last)}, không hẹn nhắc sau ngày đó. "
        "Anh/chị chọn giờ sớm hơn; nếu cần thêm thời gian thì xin gia hạn."
    )


def wrong(refusal: Refusal) -> str:
    """What a ladder does not take, and what to do."""
    facts = refusal.facts
    match LadderProblem(str(facts["ladder"])):
        case LadderProblem.EMPTY:
            what = "Thang cần ít nhất một bậc nhắc người phụ trách."
        case LadderProblem.TOO_MANY:
            what = f"Thang dài quá: dùng tối đa {facts['limit']} bậc."
        case LadderProblem.TOO_FAR:
            what = f"Mỗi bậc cách ngày cuối không quá {facts['limit']} ngày làm việc."
        case LadderProblem.REPEATED:
            what = f"Bậc «{_named(facts)}» được ghi hai lần; mỗi bậc ghi một lần."
        case LadderProblem.DISORDERED:
            what = f"Bậc «{_named(facts)}» đứng sai thứ tự: xếp từ sớm đến muộn, cấp phó trước văn phòng."
        case LadderProblem.UNASKED:
            what = (
                f"Bậc «{_named(facts)}» đứng trước lời nhắc đầu tiên cho người phụ trách; ghi bậc đó trước."
            )
        case LadderProblem.UNREADABLE:
            what = (
                "Chưa hiểu bậc nhắc này. Anh/chị nhập số ngày làm việc và người được báo, "
                "ví dụ «7 ngày trước» hoặc «2 ngày sau, văn phòng»."
            )
        case problem:
            assert_never(problem)
    return f"{what} {_UNCHANGED}"


def rung(one: Rung) -> str:
    """«trước 7 ngày làm việc: nhắc người phụ trách»."""
    verb = "nhắc" if one.audience is Audience.PERSON else "báo"
    return f"{when(one.offset)}: {verb} {AUDIENCES[one.audience]}"


def when(offset: int) -> str:
    """Where a rung stands: «trước 7 ngày làm việc», «đúng ngày», «sau 1 ngày làm việc»."""
    if offset == 0:
        return "đúng ngày"
    return f"{'trước' if offset < 0 else 'sau'} {abs(offset)} ngày làm việc"


def ladder(one: Ladder) -> str:
    """The whole ladder, a rung a line, and how it ends."""
    lines = [f"• {rung(each)}" for each in one.rungs]
    return "\n".join([*lines, f"• {when(one.last_offset)}: lời nhắc cuối cho người phụ trách, rồi thôi"])


def planned_day(day: PlannedDay) -> str:
    """«thứ Hai 07/12/2026: 12 lời nhắc người phụ trách, 2 lời báo cấp phó»."""
    counts = [(one, count) for one, count in audiences(day).items() if count]
    parts = [
        f"{count} lời {'nhắc' if one is Audience.PERSON else 'báo'} {AUDIENCES[one]}" for one, count in counts
    ]
    return f"{long_date(day.day)}: {', '.join(parts)}"


def _named(facts: Mapping[str, object]) -> str:
    offset, audience = facts["offset"], facts["audience"]
    assert isinstance(offset, int)
    return rung(Rung(offset, Audience(str(audience))))
