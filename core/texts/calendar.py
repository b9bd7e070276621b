"""Sentences about the working calendar: days off, swapped days, how many days are left and why."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime

from core.calendar import DayKind, Explanation, SpecialDay, WorkCalendar, weekend
from core.messages import Choice, Message, Numbering, Row
from core.vietnamese import at_the_start, long_date, moment

LABEL = "Lịch làm việc"
HELP = (
    "Lịch này cho biết ngày nào làm việc, ngày nào nghỉ và vì sao. Anh/chị nhắn một ngày để xem ngày đó, "
    "ví dụ «15/12/2026», «thứ 6 tuần sau», «10 ngày làm việc nữa». "
    "Quản trị viên mở một ngày để ghi ngày nghỉ, ngày làm bù hoặc hoán đổi, kèm văn bản làm căn cứ; "
    "mở cả năm để xác nhận lịch của năm đó."
)
ASK_DAY = "Nhắn một ngày để xem, ví dụ 15/12/2026 hoặc «thứ 6 tuần sau»."
ASK_SOURCE = "Anh/chị nêu văn bản làm căn cứ: loại, số, ký hiệu, ngày."
ASK_OTHER = (
    "Anh/chị nhắn ngày kia của việc hoán đổi, ví dụ 10/01/2026. "
    "Một ngày đang làm việc đổi với một ngày đang nghỉ."
)
ESTIMATED = "dự kiến"
PLAIN = "Chỉ nghỉ thứ Bảy và Chủ nhật."
MADE_UP = "Ngày làm bù"
REMOVED = "Đã gỡ mục do đơn vị ghi. Mục cũ vẫn nằm trong hồ sơ."
REMOVE_WORD = "GO"
_WORKS, _OFF = "ngày làm việc", "ngày nghỉ"

#: Why a day is off, or worked, where an administrator enters it: key, name.
REASONS: dict[DayKind, dict[str, str]] = {
    DayKind.OFF: {
        "holiday": "Nghỉ lễ, Tết",
        "substitute": "Nghỉ bù",
        "organisation": "Đơn vị nghỉ làm việc",
        "emergency": "Nghỉ do thiên tai, dịch bệnh, sự cố",
    },
    DayKind.WORK: {
        "made_up": MADE_UP,
        "called": "Làm việc theo điều động",
        "not_off": "Không nghỉ ngày này",
    },
}


def from_library(version: str) -> str:
    """The source of what nobody decided yet but can be computed."""
    return f"tính theo Bộ luật Lao động, thư viện holidays {version}"


def swapped_off(work: date) -> str:
    """The name of the day off in a swap."""
    return f"Nghỉ hoán đổi, làm bù {long_date(work)}"


def swapped_work(off: date) -> str:
    """The name of the worked day in a swap."""
    return f"{MADE_UP} cho {long_date(off)}"


def estimated(calendar: WorkCalendar, year: int) -> str:
    """« (dự kiến)» behind what stands in a year that nobody has confirmed."""
    return "" if calendar.confirmed(year) else f" ({ESTIMATED})"


def status(calendar: WorkCalendar, day: date) -> str:
    """«ngày làm việc», «ngày nghỉ, Ngày Văn hóa Việt Nam», «ngày nghỉ cuối tuần»."""
    one = calendar.special(day)
    if one is None:
        return f"{_OFF} cuối tuần" if weekend(day) else _WORKS
    return f"{_WORKS if one.kind is DayKind.WORK else _OFF}, {one.name}"


def echoed(calendar: WorkCalendar, today: date, day: date) -> str:
    """A day that was understood, as it is told before it is kept.

    «thứ Hai 14/12/2026, ngày làm việc – còn 15 ngày làm việc».
    """
    told = f"{long_date(day)}{estimated(calendar, day.year)}, {status(calendar, day)}"
    left = calendar.working_days_between(today, day)
    return f"{told} – {'còn' if day > today else 'cách đây'} {abs(left)} {_WORKS}" if day != today else told


def explained(found: Explanation) -> str:
    """«15 ngày làm việc (không tính 6 ngày cuối tuần; thứ Ba 24/11/2026, Ngày Văn hóa Việt Nam)»."""
    not_counted = [f"{found.weekend} ngày cuối tuần"] if found.weekend else []
    not_counted += [_named(one) for one in found.off]
    parts = [f"không tính {'; '.join(not_counted)}"] if not_counted else []
    if found.worked:
        parts.append(f"có tính {'; '.join(_named(one) for one in found.worked)}")
    if found.estimated:
        parts.append(f"lịch năm {', '.join(map(str, found.estimated))} là {ESTIMATED}")
    return f"{found.working} {_WORKS}" + (f" ({'; '.join(parts)})" if parts else "")


def _named(one: SpecialDay) -> str:
    return f"{long_date(one.day)}, {one.name}"


def month_page(
    calendar: WorkCalendar, today: date, year: int, month: int, *, first_year: int, last_year: int
) -> Message:
    """A month's special days with their sources, and what tomorrow is."""
    tomorrow = date.fromordinal(today.toordinal() + 1)
    first, last = date(year, month, 1), _last_of(year, month)
    lines = [
        f"Hôm nay, {long_date(today)}: {status(calendar, today)}.",
        f"Ngày mai, {long_date(tomorrow)}: {status(calendar, tomorrow)}.",
        "",
        f"Tháng {month}/{year}{estimated(calendar, year)}: {calendar.working_days_in(year, month)} {_WORKS}.",
        *_by_source(calendar.within(first, last)),
    ]
    around = [_month(year, month, by) for by in (-1, 1)]
    turns = tuple(
        Choice(f"month.{one.year}.{one.month}", f"Tháng {one.month}/{one.year}")
        for one in around
        if first_year <= one.year <= last_year
    )
    return Message(
        title=LABEL,
        body="\n".join(lines),
        hint=ASK_DAY,
        rows=(*([turns] if turns else []), (Choice(f"year.{year}", f"Cả năm {year}"),)),
        numbering=Numbering.LETTERS,
    )


def _by_source(days: Sequence[SpecialDay]) -> list[str]:
    """Days one a line, each run with the same source above that source."""
    lines = [] if days else [PLAIN]
    for index, one in enumerate(days):
        lines.append(f"• {_line(one)}")
        if index + 1 == len(days) or days[index + 1].source != one.source:
            lines.append(f"  Nguồn: {one.source}.")
    return lines


def _line(one: SpecialDay) -> str:
    kind = _WORKS if one.kind is DayKind.WORK else _OFF
    changes = "" if weekend(one.day) is (one.kind is DayKind.WORK) else ", trùng ngày cuối tuần"
    if one.kind is DayKind.WORK and not weekend(one.day):
        changes = ""
    return f"{long_date(one.day)}: {kind}, {one.name}{changes}"


def day_page(
    calendar: WorkCalendar,
    today: date,
    day: date,
    entered_at: datetime | None,
    *,
    may_edit: bool,
) -> Message:
    """One day: what it is, why, by which source; `entered_at` if an administrator entered it."""
    one = calendar.special(day)
    lines = [f"{at_the_start(long_date(day))}{estimated(calendar, day.year)}: {status(calendar, day)}."]
    if one is not None:
        lines.append(f"Nguồn: {one.source}.")
    if entered_at is not None:
        lines.append(f"Mục do đơn vị ghi lúc {moment(entered_at)}.")
    if not calendar.is_working_day(day):
        before, after = calendar.last_working_day(day), calendar.next_working_day(day)
        lines.append(f"Ngày làm việc liền trước: {long_date(before)}; liền sau: {long_date(after)}.")
    if day > today:
        lines += ["", f"Sau hôm nay, tính đến hết ngày đó: {explained(calendar.explain(today, day))}."]
    return Message(
        title=LABEL,
        body="\n".join(lines),
        hint=ASK_DAY,
        rows=(*_acts(calendar, day, entered=entered_at is not None),) if may_edit else (),
        numbering=Numbering.LETTERS,
    )


def _acts(calendar: WorkCalendar, day: date, *, entered: bool) -> Iterator[Row]:
    if entered:
        yield (Choice("remove", "Gỡ mục đã ghi", grave=True, word=REMOVE_WORD),)
        return
    works = calendar.is_working_day(day)
    yield (Choice(f"kind.{DayKind.OFF}", "Ghi là ngày nghỉ") if works else _work_choice(),)
    yield (Choice("swap", "Hoán đổi với ngày khác"),)


def _work_choice() -> Choice:
    return Choice(f"kind.{DayKind.WORK}", "Ghi là ngày làm việc")


def ask_reason(day: date, kind: DayKind) -> Message:
    """Why a day is off, or worked."""
    return Message(
        title=at_the_start(long_date(day)),
        body=f"Ghi là {_WORKS if kind is DayKind.WORK else _OFF}. Anh/chị chọn lý do.",
        rows=tuple((Choice(f"reason.{key}", name),) for key, name in REASONS[kind].items()),
    )


def ask_source(day: date, name: str) -> Message:
    """By which document a day is off, or worked."""
    return Message(title=at_the_start(long_date(day)), body=f"{name}.\n\n{ASK_SOURCE}")


def ask_other(calendar: WorkCalendar, day: date) -> Message:
    """With which other day this one is swapped."""
    body = f"Hiện là {status(calendar, day)}.\n\n{ASK_OTHER}"
    return Message(title=f"Hoán đổi {long_date(day)}", body=body)


def ask_swap_source(calendar: WorkCalendar, off: date, work: date) -> Message:
    """By which document two days are swapped; what they are now is told once more."""
    lines = [
        f"Nghỉ: {long_date(off)} (hiện là {status(calendar, off)}).",
        f"Làm bù: {long_date(work)} (hiện là {status(calendar, work)}).",
        "",
        ASK_SOURCE,
    ]
    return Message(title="Hoán đổi ngày làm việc", body="\n".join(lines))


def noted(changes: Iterable[tuple[int, int, int, int]]) -> str:
    """What an entry did: for each month its year, and its working days before and after."""
    told = [
        f"tháng {month}/{year} có {after} {_WORKS}" + (f" (trước là {before})" if before != after else "")
        for year, month, before, after in changes
    ]
    return f"Đã ghi: {'; '.join(told)}. Các hạn được tính lại theo lịch này."


def year_page(
    calendar: WorkCalendar, year: int, *, may_confirm: bool, first_year: int, last_year: int
) -> Message:
    """A year: its working days by month, and every day on which weeks are not plain."""
    known = calendar.confirmed(year)
    state = "Lịch năm này đã được xác nhận." if known else f"Lịch năm này là {ESTIMATED}, chưa được xác nhận."
    months = ", ".join(f"tháng {one}: {calendar.working_days_in(year, one)}" for one in range(1, 13))
    lines = [
        state,
        f"{calendar.working_days_in(year)} {_WORKS}; {months}.",
        "",
        *_by_source(calendar.within(date(year, 1, 1), date(year, 12, 31))),
    ]
    around = [one for one in (year - 1, year + 1) if first_year <= one <= last_year]
    rows: list[Row] = [tuple(Choice(f"year.{one}", f"Năm {one}") for one in around)] if around else []
    if may_confirm and not known:
        rows.append((Choice("confirm", f"Xác nhận lịch năm {year}"),))
    return Message(title=f"{LABEL} năm {year}", body="\n".join(lines), rows=tuple(rows))


def ask_confirmation(calendar: WorkCalendar, year: int) -> Message:
    """Before a year is confirmed: by which document."""
    body = (
        f"Xác nhận rằng lịch nghỉ lễ, Tết và hoán đổi năm {year} đúng với văn bản của cấp có thẩm quyền: "
        f"{calendar.working_days_in(year)} {_WORKS}. Từ đó các hạn trong năm không còn ghi «{ESTIMATED}».\n\n"
        f"{ASK_SOURCE}"
    )
    return Message(title=f"Xác nhận lịch năm {year}", body=body)


def year_confirmed(year: int) -> str:
    """It is confirmed."""
    return f"Đã xác nhận lịch năm {year}."


def _last_of(year: int, month: int) -> date:
    following = _month(year, month, 1)
    return date.fromordinal(following.toordinal() - 1)


def _month(year: int, month: int, by: int) -> date:
    months = year * 12 + month - 1 + by
    return date(months // 12, months % 12 + 1, 1)
