"""A plan read back: everything that was understood, and everything the plan leaves unsaid."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime, timedelta

from core.calendar import WorkCalendar
from core.campaign_dates import DateFacts, deadline_subject
from core.campaign_terms import (
    Clause,
    Commendation,
    Deadline,
    Dossier,
    Quota,
    Round,
    RoundKind,
    SubjectKind,
    Unsaid,
    Window,
    YearDay,
)
from core.campaigns import Body, Campaign, CampaignKind, RemarkKind, Subject, digest
from core.texts import campaign_contents
from core.texts.account import ROLE_NAMES
from core.texts.calendar import ESTIMATED, estimated
from core.texts.campaign_dates import DEADLINES, entered, subject
from core.vietnamese import inside_a_sentence, long_date, moment

UNSAID = campaign_contents.SILENT
group_title = campaign_contents.group_title
NO_ROLE = "không gắn vai trò nào"
_STEP = "  "
_ANY_YEAR = 2025

_KINDS = {
    CampaignKind.COMPETITION: "phong trào thi đua, có tự đánh giá",
    CampaignKind.UMBRELLA: "kế hoạch chung, không tự đánh giá riêng",
}
_SUBJECTS = {SubjectKind.COLLECTIVE: "Tập thể", SubjectKind.INDIVIDUAL: "Cá nhân"}
_ROUNDS = {RoundKind.YEARLY: "hằng năm", RoundKind.PERIOD: "cả giai đoạn"}
_REMARKS = {
    RemarkKind.MISSING: "Thiếu trong văn bản",
    RemarkKind.CORRECTED: "Đã sửa lỗi chữ",
    RemarkKind.NOTED: "Cần lưu ý",
}


def quoted(code: str, quote: str) -> str:
    """The plan's own sentence with its code."""
    return f"[{code}] «{quote}»"


def unsaid(value: Unsaid) -> str:
    """What the plan leaves open, with its words where it has any."""
    return f"{UNSAID} (nguyên văn: «{value.words}»)" if value.words else UNSAID


def last_day(deadline: Deadline, year: int | None = None) -> str:
    """When something is due: the plan's words and the last day that counts, or that it is unsaid.

    What is due every year is told for `year`, or as a day of every year where none is given. A day that
    another document names is told with that document.
    """
    if isinstance(deadline.day, Unsaid):
        return unsaid(Unsaid(deadline.words))
    joint = "; đơn vị nhập: " if deadline.rests_on else ", tức "
    words = f"«{deadline.words}»{joint}" if deadline.words else ""
    document = f", theo {deadline.rests_on}" if deadline.rests_on else ""
    return f"{words}{_last(deadline, deadline.day, year)}{document}"


def _last(deadline: Deadline, day: date | YearDay, year: int | None) -> str:
    if isinstance(day, YearDay) and year is None:
        shown, named = deadline.last_day(_ANY_YEAR), date(_ANY_YEAR, day.month, day.day)
        late = f"; {named:%d/%m} là đã trễ" if deadline.before else ""
        return f"chậm nhất {_clock(deadline)}ngày {shown:%d/%m} hằng năm{late}"
    named = date(year or _ANY_YEAR, day.month, day.day) if isinstance(day, YearDay) else day
    last = named - timedelta(days=1) if deadline.before else named
    late = f"; {named:%d/%m/%Y} là đã trễ" if deadline.before else ""
    return f"chậm nhất {_clock(deadline)}{long_date(last)}{late}"


def _clock(deadline: Deadline) -> str:
    return f"{deadline.at:%H:%M} " if deadline.at is not None else ""


def read_back(campaign: Campaign, calendar: WorkCalendar, dates: Iterable[DateFacts] = ()) -> str:
    """Everything that was understood, for the office to compare with the document.

    `dates` were entered by the office and are laid over `campaign` already; each is told with the document
    it rests on.
    """
    laid_over = {one.subject: one for one in dates if one.counts}
    sections = (
        _header(campaign),
        _window(campaign.window),
        _section("ĐỐI TƯỢNG", (_subject(one) for one in campaign.subjects)),
        _section("MỤC ĐÍCH", _clauses(campaign.purposes)),
        _section("YÊU CẦU", _clauses(campaign.requirements)),
        campaign_contents.contents(campaign),
        _commendation(campaign),
        _dossier(campaign),
        _section("THỜI HẠN", _due(campaign, laid_over, calendar)),
        _section("NGÀY ĐƠN VỊ ĐÃ NHẬP", (_entered(campaign, one) for one in laid_over.values())),
        _duties(campaign),
        _section("VAI TRÒ TRONG PHẦN MỀM", (_roles(one) for one in campaign.bodies)),
        _section("CÁC KỲ TỰ ĐÁNH GIÁ", map(round_line, campaign.rounds)),
        _section("NƠI NHẬN", campaign.recipients),
        _section("GHI NHẬN VỀ CHÍNH VĂN BẢN", _remarks(campaign)),
        _section("ĐIỀU KHOẢN ĐỂ NGOÀI", (f"[{one.code}] {one.reason}" for one in campaign.left_out)),
    )
    return "\n\n".join("\n".join(lines) for lines in map(list, sections) if lines)


def _header(campaign: Campaign) -> Iterator[str]:
    yield f"KẾ HOẠCH {campaign.code}: {campaign.label}"
    yield f"Tên: {campaign.title}"
    yield f"Loại: {_KINDS[campaign.kind]}"
    yield f"Cơ quan ban hành: {campaign.issuer}"
    yield f"Số: {_said(campaign.number)}"
    yield f"Ngày ban hành: {_day(campaign.issued_on)}"
    if isinstance(campaign.signatory, Unsaid):
        yield f"Người ký: {unsaid(campaign.signatory)}"
    else:
        yield f"Người ký: {campaign.signatory.name}, chức vụ: {_said(campaign.signatory.title)}"
    for basis in campaign.legal_bases:
        yield f"Căn cứ: {basis}"
    if campaign.units:
        yield f"Dành cho các đơn vị (kể cả đơn vị trực thuộc): {', '.join(campaign.units)}"
    if campaign.theme:
        yield f"Chủ đề: {campaign.theme}"
    if campaign.parent:
        known = f" (mã {campaign.parent_code})" if campaign.parent_code else ""
        yield f"Thực hiện kế hoạch cấp trên: {campaign.parent}{known}"
    yield f"Nơi nhận khó khăn, vướng mắc: {_feedback(campaign)}"
    yield f"Dấu nội dung: {digest(campaign)[:12]}"


def _feedback(campaign: Campaign) -> str:
    told = campaign.feedback
    if isinstance(told, Unsaid):
        return unsaid(told)
    facts = (
        f"gửi {_body(campaign, told.to)}" if told.to else "",
        "phải bằng văn bản" if told.written else "",
        "nhận cả đề nghị điều chỉnh kế hoạch" if told.changes else "",
    )
    understood = "; ".join(fact for fact in facts if fact)
    return f"«{told.words}»" + (f", tức {understood}" if understood else "")


def _window(window: Window) -> Iterator[str]:
    yield f"THỜI GIAN: «{window.words}»"
    yield f"{_STEP}Từ năm {window.first_year} đến năm {window.last_year}"
    starts = _day(window.starts_on)
    if window.from_issue:
        known = "" if isinstance(window.starts_on, Unsaid) else f", {starts}"
        starts = f"ngày ban hành kế hoạch{known}"
    yield f"{_STEP}Ngày bắt đầu: {starts}"
    yield f"{_STEP}Ngày kết thúc: {_day(window.ends_on)}"
    yield from (f"{_STEP}{line}" for line in _clauses(window.clauses))


def _subject(subject: Subject) -> str:
    return f"{_SUBJECTS[subject.kind]}: {quoted(subject.code, subject.quote)}"


def _roles(body: Body) -> str:
    others = f" (còn gọi: {', '.join(body.aliases)})" if body.aliases else ""
    return f"{body.name}{others}: {', '.join(ROLE_NAMES[role] for role in body.roles) or NO_ROLE}"


def _commendation(campaign: Campaign) -> Iterator[str]:
    match campaign.commendation:
        case Unsaid() as nothing:
            yield f"BIỂU DƯƠNG, KHEN THƯỞNG: {unsaid(nothing)}"
        case Commendation() as said:
            yield "BIỂU DƯƠNG, KHEN THƯỞNG"
            yield f"{_STEP}{quoted(said.code, said.quote)}"
            yield f"{_STEP}Ai quyết định: {said.decided_by or UNSAID}"
            yield from (f"{_STEP}{line}" for line in _clauses(said.clauses))
            form = unsaid(said.form) if isinstance(said.form, Unsaid) else _clause(said.form)
            yield f"{_STEP}Hình thức: {form}"
            yield f"{_STEP}Số lượng: {_quotas(said.quotas)}"
            if not isinstance(said.quotas, Unsaid):
                sentences = dict.fromkeys(one.clause for one in said.quotas)
                yield from (f"{_STEP}{_STEP}{line}" for line in _clauses(sentences))
            if isinstance(said.money, Unsaid):
                yield f"{_STEP}Kinh phí: {unsaid(said.money)}"
            else:
                yield from (f"{_STEP}Kinh phí: {_clause(one)}" for one in said.money)


def _quotas(quotas: tuple[Quota, ...] | Unsaid) -> str:
    if isinstance(quotas, Unsaid):
        return unsaid(quotas)
    return "; ".join(map(quota, quotas))


def quota(one: Quota) -> str:
    """«hằng năm không quá 05 tập thể [000-A2]»."""
    count = f"{'không quá ' if one.at_most else 'đúng '}{one.count:02d}"
    return f"{_ROUNDS[one.round]} {count} {_SUBJECTS[one.subject].lower()} [{one.clause.code}]"


def _dossier(campaign: Campaign) -> Iterator[str]:
    match campaign.dossier:
        case Unsaid() as nothing:
            yield f"HỒ SƠ ĐỀ NGHỊ KHEN THƯỞNG: {unsaid(nothing)}"
        case Dossier() as said:
            parts = (
                "; ".join(map(_clause, said.parts)) if isinstance(said.parts, tuple) else unsaid(said.parts)
            )
            copies = unsaid(said.copies) if isinstance(said.copies, Unsaid) else f"{said.copies:02d} bộ"
            yield f"HỒ SƠ ĐỀ NGHỊ KHEN THƯỞNG [{said.clause}]"
            yield f"{_STEP}Gồm: {parts}"
            told = f" {_clause(said.copies_clause)}" if said.copies_clause else ""
            yield f"{_STEP}Số bộ: {copies}{told}"
            yield f"{_STEP}Gửi về: {_body(campaign, said.send_to)}"
            yield f"{_STEP}Thẩm định: {_body(campaign, said.appraised_by)}"


def _due(campaign: Campaign, dates: Mapping[str, DateFacts], calendar: WorkCalendar) -> Iterator[str]:
    yield from (_deadline(campaign, one, dates, calendar) for one in campaign.deadlines)
    if any(not isinstance(one.day, Unsaid) for one in campaign.deadlines):
        yield (
            f"Ngày làm việc cuối tính theo lịch làm việc, bản {calendar.version}; "
            f"«{ESTIMATED}» là năm chưa xác nhận lịch."
        )


def _deadline(
    campaign: Campaign, deadline: Deadline, dates: Mapping[str, DateFacts], calendar: WorkCalendar
) -> str:
    labels = {one.code: inside_a_sentence(one.label) for one in campaign.rounds}
    of_round = f", {labels.get(deadline.round, deadline.round)}" if deadline.round else ""
    head = f"{DEADLINES[deadline.kind]}{of_round} [{deadline.clause}]"
    known = dates.get(deadline_subject(deadline.code))
    if known is not None:
        words = f"«{deadline.words}»; " if deadline.words else ""
        return f"{head}: {words}{entered(known)}{_working_days(campaign, deadline, calendar)}"
    if isinstance(deadline.day, Unsaid):
        return f"{head}: {last_day(deadline)}"
    return f"{head}. Tôi hiểu: {last_day(deadline)}{_working_days(campaign, deadline, calendar)}"


def _working_days(campaign: Campaign, deadline: Deadline, calendar: WorkCalendar) -> str:
    """The last safe working day beside the legal last day, for each year where it recurs."""
    if isinstance(deadline.day, YearDay):
        years = range(campaign.window.first_year, campaign.window.last_year + 1)
        lasts = [last for year in years if isinstance(last := deadline.last_day(year), date)]
        return "; ngày làm việc cuối: " + ", ".join(safe_day(calendar, last) for last in lasts)
    last = deadline.last_day(campaign.window.last_year)
    if isinstance(last, Unsaid):
        return ""
    return f"; ngày làm việc cuối: {safe_day(calendar, last)}"


def safe_day(calendar: WorkCalendar, last: date) -> str:
    """The last working day that counts, «(dự kiến)» while nobody has confirmed the calendar of that year."""
    safe = calendar.last_working_day(last)
    return f"{long_date(safe)}{estimated(calendar, safe.year)}"


def _entered(campaign: Campaign, one: DateFacts) -> str:
    return f"{subject(campaign, one.subject)}: {entered(one)}"


def _duties(campaign: Campaign) -> Iterator[str]:
    if not campaign.duties:
        return
    yield "TỔ CHỨC THỰC HIỆN"
    for duty in campaign.duties:
        bodies = ", ".join(_body(campaign, code) for code in duty.bodies) or UNSAID
        yield f"{_STEP}[{duty.code}] {duty.heading}. Người thực hiện: {bodies}"
        yield from (f"{_STEP}{_STEP}{line}" for line in _clauses(duty.clauses))


def round_line(one: Round) -> str:
    """A round with the year it is for and the moments between which it can be answered."""
    year = f" {one.year}" if one.year is not None else ""
    window = f"mở: {_moment(one.opens_at)}; khóa: {_moment(one.closes_at)}"
    return f"{one.label} [{one.code}], kỳ {_ROUNDS[one.kind]}{year}; {window}"


def _remarks(campaign: Campaign) -> Iterator[str]:
    for one in campaign.remarks:
        yield f"{_REMARKS[one.kind]} ({one.where}): {one.words}"


def _section(title: str, lines: Iterable[str]) -> Iterator[str]:
    """A title and its lines, or nothing where there are none."""
    for place, line in enumerate(lines):
        if place == 0:
            yield title
        yield f"{_STEP}{line}"


def _clause(clause: Clause) -> str:
    return quoted(clause.code, clause.quote)


def _clauses(clauses: Iterable[Clause]) -> Iterator[str]:
    return (quoted(clause.code, clause.quote) for clause in clauses)


def _body(campaign: Campaign, code: str) -> str:
    return campaign.body(code).name if code else UNSAID


def _said(value: str | Unsaid) -> str:
    return unsaid(value) if isinstance(value, Unsaid) else value


def _day(value: date | Unsaid) -> str:
    return unsaid(value) if isinstance(value, Unsaid) else long_date(value)


def _moment(value: datetime | Unsaid) -> str:
    return unsaid(value) if isinstance(value, Unsaid) else moment(value)
