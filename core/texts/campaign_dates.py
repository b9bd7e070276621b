"""Dates of a plan in words: what each is called, what was entered for it, and the document it rests on."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from typing import assert_never

from core.calendar import WorkCalendar
from core.campaign_dates import (
    CLOSES_AT,
    ENDS_ON,
    ISSUED_ON,
    OPENS_AT,
    STARTS_ON,
    Datable,
    DateFacts,
    Implausible,
    Value,
    deadline_subject,
    round_subject,
)
from core.campaign_terms import DeadlineKind, Unsaid, YearDay
from core.campaigns import Campaign
from core.messages import Choice, Message
from core.vietnamese import inside_a_sentence, long_date, moment

DEADLINES = {
    DeadlineKind.PLAN: "Gửi kế hoạch của đơn vị",
    DeadlineKind.DOSSIER: "Gửi hồ sơ đề nghị khen thưởng",
    DeadlineKind.REPORT: "Báo cáo",
    DeadlineKind.YEARLY_REVIEW: "Sơ kết",
    DeadlineKind.FINAL_REVIEW: "Tổng kết",
}
_PLAIN = {
    ISSUED_ON: "Ngày ban hành",
    STARTS_ON: "Ngày bắt đầu",
    ENDS_ON: "Ngày kết thúc",
}
_ENDS = {OPENS_AT: "Lúc mở", CLOSES_AT: "Lúc khóa"}
SURE_WORD, WITHDRAW_WORD = "AP DUNG", "RUT NGAY"
NONE_ENTERED = "Chưa nhập ngày nào cho kế hoạch này."
NONE_UNSAID = "Không còn ngày nào để trống."


def subject(campaign: Campaign, name: str) -> str:
    """What a date is called: «Ngày ban hành», «Gửi hồ sơ … [004-D1]», «Lúc khóa năm 2026»."""
    if name in _PLAIN:
        return _PLAIN[name]
    for deadline in campaign.deadlines:
        if deadline_subject(deadline.code) == name:
            return f"{DEADLINES[deadline.kind]} [{deadline.code}]"
    for one in campaign.rounds:
        for end, words in _ENDS.items():
            if round_subject(one.code, end) == name:
                return f"{words} {inside_a_sentence(one.label)}"
    return name


def value(told: Value, zone: tzinfo | None = None) -> str:
    """A date as people read it; a moment in `zone`, or as it was entered."""
    match told:
        case YearDay(month, day):
            return f"ngày {day:02d}/{month:02d} hằng năm"
        case datetime():
            return moment(told if zone is None else told.astimezone(zone))
        case date():
            return long_date(told)


def counted(told: Value, today: date, calendar: WorkCalendar) -> str:
    """How much time is left to a day that something is due on, that day included; a line of its own."""
    if isinstance(told, YearDay):
        named = date(today.year, told.month, told.day)
        day = named if named >= today else date(today.year + 1, told.month, told.day)
    else:
        day = told.date() if isinstance(told, datetime) else told
    safe = calendar.last_working_day(day)
    left = calendar.working_days_between(today, safe) if safe >= today else 0
    tail = f"còn {left} ngày làm việc" if left else "không còn ngày làm việc nào sau hôm nay"
    until = "đến giờ đó" if isinstance(told, datetime) else "tính cả ngày đó"
    return f"Hạn {until}; ngày làm việc cuối để nộp: {long_date(safe)}; {tail}.\n"


def implausible(facts: Mapping[str, object]) -> str:
    """Why a date was not taken, and what to do."""
    given, other = facts["day"], facts.get("other")
    assert isinstance(given, YearDay | datetime | date)
    told = value(given)
    beside = value(other) if isinstance(other, date) else ""
    reason = Implausible(str(facts["why"]))
    match reason:
        case Implausible.ISSUED_AHEAD:
            why = f"{told} chưa đến (hôm nay là {beside}), nên chưa thể là ngày ban hành"
        case Implausible.ISSUED_AFTER_DEADLINE:
            why = f"ngày ban hành {told} đứng sau một hạn của chính kế hoạch ({beside})"
        case Implausible.DUE_BEFORE_ISSUE:
            why = f"hạn {told} đứng trước ngày ban hành kế hoạch ({beside})"
        case Implausible.OUTSIDE:
            why = f"{told} nằm ngoài thời gian của kế hoạch (chỉ nhận các năm {facts['years']})"
        case Implausible.ONCE_ONLY:
            why = f"tổng kết chỉ có một lần, không phải {told}; cần ngày có cả năm"
        case _:
            assert_never(reason)
    return f"Chưa ghi ngày: {why}. Các ngày đã nhập vẫn còn. Anh/chị xem lại văn bản rồi nhập lại."


def affects(campaign: Campaign, name: str) -> str:
    """Whom a date concerns, told before it is entered."""
    if name == ISSUED_ON and campaign.window.from_issue:
        return "Thời gian của kế hoạch tính từ ngày này, với mọi đơn vị và cá nhân tham gia."
    if name in _PLAIN:
        return "Mọi người đọc kế hoạch thấy ngày này."
    for deadline in campaign.deadlines:
        if deadline_subject(deadline.code) == name:
            what = inside_a_sentence(DEADLINES[deadline.kind])
            return f"Đây là hạn {what} của mọi đơn vị có nhiệm vụ này; nhắc việc tính theo ngày mới."
    return "Mọi người trả lời kỳ này chịu ảnh hưởng: chỉ trả lời và ký được từ lúc mở đến lúc khóa."


def applies(*, in_force: bool) -> str:
    """When an entered date holds."""
    if in_force:
        return "Ngày này áp dụng ngay cho bản đang có hiệu lực, không đợi công bố bản nháp nào."
    return "Kế hoạch chưa có bản nào có hiệu lực; ngày này áp dụng khi công bố."


def ask_sure(campaign: Campaign, name: str, day: Value, shuts: Sequence[str], zone: tzinfo) -> Message:
    """Before a date that shuts open rounds (`shuts`), or a deadline that would be over at once."""
    lines = [f"Ngày sẽ ghi: {value(day, zone)}.", applies(in_force=True), ""]
    if shuts:
        lines.append(
            f"Ghi ngày này thì kỳ đang mở bị khóa ngay: {', '.join(shuts)}. Mọi người không trả lời, "
            "không ký được nữa; câu trả lời đã có vẫn còn."
        )
    else:
        lines.append("Ngày này đã qua: ghi vào thì hạn thành quá hạn ngay với mọi đơn vị có nhiệm vụ này.")
    return Message(
        title=subject(campaign, name),
        body="\n".join(lines),
        hint="Nếu gõ nhầm, anh/chị quay lại và nhập ngày khác. Chưa có gì được ghi.",
        rows=((Choice("sure", "Vẫn nhập ngày này", grave=True, word=SURE_WORD),),),
    )


def ask_withdraw(campaign: Campaign, name: str, facts: DateFacts, *, in_force: bool) -> Message:
    """Before an entered date is taken back."""
    when = "Việc rút áp dụng ngay cho bản đang có hiệu lực.\n" if in_force else ""
    back = "trở lại như kế hoạch ghi" if facts.instead_of is not None else "trở lại thành ngày chưa có"
    return Message(
        title=f"Rút ngày đã nhập: {subject(campaign, name)}",
        body=f"{one_line(campaign, facts)}\n\n{when}Ngày này {back}. Ngày đã rút vẫn được lưu.",
        rows=((Choice("withdraw", "Rút ngày này", grave=True, word=WITHDRAW_WORD),),),
    )


def withdrawn(campaign: Campaign, name: str) -> str:
    """An entered date was taken back."""
    return f"Đã rút {subject(campaign, name)}. Ngày đã rút vẫn được lưu."


def entered(facts: DateFacts) -> str:
    """«đã nhập … theo …», or «đã thay … bằng … theo …» where the plan itself says another."""
    day = value(facts.value)
    if facts.instead_of is None:
        return f"đơn vị đã nhập {day}, theo {facts.document}"
    return f"kế hoạch ghi {value(facts.instead_of)}, đã thay bằng {day}, theo {facts.document}"


def one_line(campaign: Campaign, facts: DateFacts) -> str:
    """An entered date with its name, who entered it, and whether it still counts."""
    by = f" Người nhập: {facts.entered_by}." if facts.entered_by else ""
    if facts.withdrawn and facts.replaced_at is not None:
        state = f" Đã được rút ngày {facts.replaced_at:%d/%m/%Y}."
    elif facts.replaced_at is not None:
        state = f" Đã được thay ngày {facts.replaced_at:%d/%m/%Y}."
    else:
        state = "" if facts.counts else " Không còn tính: bản kế hoạch mới ghi ngày khác."
    because = f" Lý do: {facts.reason.rstrip('.')}." if facts.reason else ""
    return (
        f"{subject(campaign, facts.subject)}: {entered(facts)}. Nhập {facts.entered_at:%d/%m/%Y}."
        f"{by}{state}{because}"
    )


def listed(campaign: Campaign, every: Iterable[DateFacts]) -> str:
    """Everything that was entered for a plan, replaced dates included."""
    return "\n".join(one_line(campaign, one) for one in every) or NONE_ENTERED


def unsaid(campaign: Campaign, every: Iterable[Datable]) -> str:
    """What is still without a date, with the name under which it is entered at the machine."""
    lines = []
    for one in every:
        words = f" («{one.said.words}»)" if isinstance(one.said, Unsaid) and one.said.words else ""
        lines.append(f"{one.subject}: {subject(campaign, one.subject)}{words}")
    return "\n".join(lines) or NONE_UNSAID
