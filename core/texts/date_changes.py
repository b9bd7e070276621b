"""Sentences about a date that was entered, changed or taken back while units owe something by it."""

from collections.abc import Mapping, Sequence
from datetime import date

from core.calendar import WorkCalendar
from core.campaigns import Campaign
from core.date_changes import Move, Reach
from core.deadlines import Obligation, standing
from core.messages import Door, Message
from core.texts import reminders, submissions
from core.texts.papers import plan_number
from core.vietnamese import inside_a_sentence, long_date, shortened

ASK_REASON = "Vì sao có ngày này? Lý do được gửi kèm cho đơn vị."
ASK_WITHDRAWAL = "Vì sao rút ngày này? Lý do được gửi kèm cho đơn vị."
HELP_REASON = (
    "Nhắn lý do trong một, hai câu, ví dụ «Sở Y tế cần số liệu sớm hơn». Trước đó chưa có gì thay đổi."
)
A_NEW_VERSION = "Kế hoạch có bản mới"
AN_OLDER_VERSION = "Bản trước của kế hoạch được công bố lại"
_OPEN = "Mở"
_NAME = 60
_MOST_UNITS = 5


def reached(reach: Reach, when: str = "Khi ghi") -> str:
    """Who will be told, before it is kept; empty where nobody owes anything by this date."""
    if not reach.units:
        return ""
    line = f"{when}, {reach.told} người của {reach.units} đơn vị đang nợ việc này được báo ngày cũ, ngày mới."
    left = reach.people - reach.told
    if not left:
        return line
    return f"{line} {left} người nữa chưa nhắn được: chưa kết nối tài khoản, hoặc hệ thống đang chạy thử."


def reached_by_version(reach: Reach) -> str:
    """Who will be told of other days, before a version is published; empty where no day differs."""
    line = reached(reach)
    return (
        f"Bản này đổi ngày hạn của việc đang nợ. {line.replace('Khi ghi', 'Khi công bố', 1)}" if line else ""
    )


def version(campaign: Campaign, rests_on: str) -> str:
    """The document a day of a version rests on: the one it was entered with, or the plan itself."""
    return rests_on or f"{campaign.label} ({inside_a_sentence(plan_number(campaign))})"


def ask_reason(title: str, day: str, document: str, reach: Reach) -> Message:
    """Why a date is entered or changed, for those who are told."""
    body = f"Ngày sẽ ghi: {day}.\nCăn cứ: {document.rstrip('.')}.\n{reached(reach)}\n\n{ASK_REASON}"
    return Message(title=title, body=body, hint=HELP_REASON)


def ask_withdrawal_reason(title: str, reach: Reach) -> Message:
    """Why a date is taken back, for those who are told."""
    return Message(
        title=f"Rút ngày đã nhập: {title}",
        body=f"{reached(reach)}\n\n{ASK_WITHDRAWAL}".strip(),
        hint=HELP_REASON,
    )


def noted(done: str, reach: Reach) -> str:
    """What was done, and how many were told."""
    return f"{done} Đã báo cho {reach.told} người." if reach.units else done


def notice(
    moved: Sequence[Move],
    reason: str,
    document: str,
    today: date,
    calendar: WorkCalendar,
    *,
    names_units: bool,
) -> Message:
    """To somebody who owes it: the old day, the new one with what is left, why, and by which document."""
    one = moved[0].either
    old = sorted({move.before.due for move in moved if move.before is not None})
    new = {move.after.due: move.after for move in moved if move.after is not None}
    where = one.label or one.campaign
    lines = [f"{where} ({one.clause})" if one.clause else where]
    if names_units:
        lines.append(f"Đơn vị: {_units(moved)}.")
    lines.append(f"Hạn cũ: {_days(old)}." if old else "Trước đây chưa có ngày.")
    lines += [_new_day(new[day], today, calendar) for day in sorted(new)]
    if not new:
        words = f"; kế hoạch ghi «{shortened(one.words, 200)}»" if one.words else ""
        lines.append(f"Nay chưa có ngày{words}. Việc vẫn nộp được; có ngày mới thì anh/chị được báo.")
    lines += [f"Lý do: {reason.rstrip('.')}.", f"Căn cứ: {document.rstrip('.')}."]
    return Message(
        title=f"{_title(old, new)}: {inside_a_sentence(reminders.what(one))}",
        body="\n".join(lines),
        hint="Lời nhắc tính theo ngày này. Việc đã nộp thì không phải nộp lại." if new else "",
        doors=(Door("submissions", "", _OPEN, submissions.WORD),),
    )


def _title(old: Sequence[date], new: Mapping[date, Obligation]) -> str:
    if not new:
        return "Ngày hạn được rút"
    return "Đổi ngày hạn" if old else "Đã có ngày hạn"


def _new_day(one: Obligation, today: date, calendar: WorkCalendar) -> str:
    found = standing(one, today, calendar)
    safe = f"ngày làm việc cuối: {long_date(found.safe_day)}{reminders.estimated(found)}"
    return f"Hạn mới: hết {long_date(one.due)}; {safe}; {reminders.count(found)}."


def _days(days: Sequence[date]) -> str:
    return "; ".join(f"hết {long_date(day)}" for day in days)


def _units(moved: Sequence[Move]) -> str:
    names = list(dict.fromkeys(shortened(one.either.unit, _NAME) for one in moved))
    more = f" và {len(names) - _MOST_UNITS} đơn vị khác" if len(names) > _MOST_UNITS else ""
    return f"{'; '.join(names[:_MOST_UNITS])}{more}"
