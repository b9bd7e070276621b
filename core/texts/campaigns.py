"""A plan read back: everything that was understood, and everything the plan leaves unsaid."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime, timedelta

from core.campaign_terms import (
    Clause,
    Commendation,
    Deadline,
    DeadlineKind,
    Dossier,
    Quota,
    Round,
    RoundKind,
    SubjectKind,
    Unsaid,
    Window,
    YearDay,
)
from core.campaigns import Body, Campaign, CampaignKind, Group, RemarkKind, Subject, digest
from core.criteria import ClauseKind, Criterion
from core.measures import (
    DeclarationMeasure,
    DeltaMeasure,
    DocumentMeasure,
    Measure,
    NarrativeMeasure,
    NumberMeasure,
    OrdinalMeasure,
    SlotsMeasure,
)
from core.texts.account import ROLE_NAMES
from core.texts.criteria import gain_needed, levels_needed, need
from core.vietnamese import long_date, moment

UNSAID = "chưa quy định trong kế hoạch"
NO_ROLE = "không gắn vai trò nào"
_STEP = "  "
_ANY_YEAR = 2025

_KINDS = {
    CampaignKind.COMPETITION: "phong trào thi đua, có tự đánh giá",
    CampaignKind.UMBRELLA: "kế hoạch chung, không tự đánh giá riêng",
}
_SUBJECTS = {SubjectKind.COLLECTIVE: "Tập thể", SubjectKind.INDIVIDUAL: "Cá nhân"}
_CLAUSES = {
    ClauseKind.CONTENT: "nội dung thi đua",
    ClauseKind.STANDARD: "tiêu chuẩn khen thưởng",
    ClauseKind.PREREQUISITE: "điều kiện tiên quyết",
    ClauseKind.DISQUALIFIER: "trường hợp không xét",
}
_ROUNDS = {RoundKind.YEARLY: "hằng năm", RoundKind.PERIOD: "cả giai đoạn"}
_DEADLINES = {
    DeadlineKind.PLAN: "Gửi kế hoạch của đơn vị",
    DeadlineKind.DOSSIER: "Gửi hồ sơ đề nghị khen thưởng",
    DeadlineKind.REPORT: "Báo cáo",
    DeadlineKind.YEARLY_REVIEW: "Sơ kết",
    DeadlineKind.FINAL_REVIEW: "Tổng kết",
}
_REMARKS = {
    RemarkKind.MISSING: "Thiếu trong văn bản",
    RemarkKind.CORRECTED: "Đã sửa lỗi chữ",
    RemarkKind.NOTED: "Cần lưu ý",
}


def group_title(group: Group) -> str:
    """«c) Thủ tục hành chính»: the head of a group on a card or a button."""
    return f"{group.letter}) {group.label}" if group.letter else group.label


def quoted(code: str, quote: str) -> str:
    """The plan's own sentence with its code."""
    return f"[{code}] «{quote}»"


def unsaid(value: Unsaid) -> str:
    """What the plan leaves open, with its words where it has any."""
    return f"{UNSAID} (nguyên văn: «{value.words}»)" if value.words else UNSAID


def last_day(deadline: Deadline, year: int | None = None) -> str:
    """When something is due: the plan's words and the last day that counts, or that it is unsaid.

    What is due every year is told for `year`, or as a day of every year where none is given.
    """
    words = f"«{deadline.words}», tức " if deadline.words else ""
    match deadline.day:
        case Unsaid():
            return unsaid(Unsaid(deadline.words))
        case YearDay() if year is None:
            shown = deadline.last_day(_ANY_YEAR)
            named = date(_ANY_YEAR, deadline.day.month, deadline.day.day)
            late = f"; {named:%d/%m} là đã trễ" if deadline.before else ""
            return f"{words}chậm nhất ngày {shown:%d/%m} hằng năm{late}"
        case YearDay(month, day):
            named = date(year or _ANY_YEAR, month, day)
        case _:
            named = deadline.day
    last = named - timedelta(days=1) if deadline.before else named
    late = f"; {named:%d/%m/%Y} là đã trễ" if deadline.before else ""
    return f"{words}chậm nhất {long_date(last)}{late}"


def read_back(campaign: Campaign) -> str:
    """Everything that was understood, for the office to compare with the document."""
    sections = (
        _header(campaign),
        _window(campaign.window),
        _section("ĐỐI TƯỢNG", (_subject(one) for one in campaign.subjects)),
        _section("MỤC ĐÍCH", _clauses(campaign.purposes)),
        _section("YÊU CẦU", _clauses(campaign.requirements)),
        _contents(campaign),
        _commendation(campaign),
        _dossier(campaign),
        _section("THỜI HẠN", (_deadline(one) for one in campaign.deadlines)),
        _duties(campaign),
        _section("VAI TRÒ TRONG PHẦN MỀM", (_roles(one) for one in campaign.bodies)),
        _section("CÁC KỲ TỰ ĐÁNH GIÁ", (_round(one) for one in campaign.rounds)),
        _section("NƠI NHẬN", campaign.recipients),
        _section("GHI NHẬN VỀ CHÍNH VĂN BẢN", _remarks(campaign)),
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
    starts = "ngày ban hành kế hoạch" if window.from_issue else _day(window.starts_on)
    yield f"{_STEP}Ngày bắt đầu: {starts}"
    yield f"{_STEP}Ngày kết thúc: {_day(window.ends_on)}"
    yield from (f"{_STEP}{line}" for line in _clauses(window.clauses))


def _subject(subject: Subject) -> str:
    return f"{_SUBJECTS[subject.kind]}: {quoted(subject.code, subject.quote)}"


def _roles(body: Body) -> str:
    others = f" (còn gọi: {', '.join(body.aliases)})" if body.aliases else ""
    return f"{body.name}{others}: {', '.join(ROLE_NAMES[role] for role in body.roles) or NO_ROLE}"


def _contents(campaign: Campaign) -> Iterator[str]:
    if not campaign.groups:
        return
    yield f"NỘI DUNG: {len(campaign.groups)} nhóm, {len(list(campaign.criteria()))} mục"
    for group in campaign.groups:
        yield ""
        yield f"{group_title(group)} [{group.code}], {_CLAUSES[group.criteria[0].kind]}"
        yield f"{_STEP}«{group.title}»"
        for criterion in group.criteria:
            yield from (f"{_STEP}{line}" for line in _criterion(criterion))


def _criterion(criterion: Criterion) -> Iterator[str]:
    yield f"[{criterion.code}] {criterion.label}"
    yield f"{_STEP}«{criterion.quote}»"
    for measure in criterion.measures:
        named = f" ({measure.label})" if measure.label else ""
        yield f"{_STEP}Câu hỏi{named}: {measure.question}"
        yield f"{_STEP}Trả lời: {_answer(measure)}"
    if criterion.note:
        yield f"{_STEP}Cách hiểu: {criterion.note}"
    if criterion.evidence:
        yield f"{_STEP}Minh chứng gợi ý: {criterion.evidence}"
    if criterion.usual:
        yield f"{_STEP}Thường do: {criterion.usual}"


def _answer(measure: Measure) -> str:
    match measure:
        case NumberMeasure(operator=None):
            return f"con số ({measure.unit}), {UNSAID} phải đạt bao nhiêu; người thẩm định xem xét"
        case NumberMeasure():
            return f"con số ({measure.unit}), phải {need(measure)}"
        case OrdinalMeasure():
            scale = ", ".join(level.label for level in measure.scale.levels)
            note = f". {measure.scale.note}" if measure.scale.note else ""
            return f"một mức trong thang {scale}; phải là {levels_needed(measure)}{note}"
        case DeltaMeasure():
            return f"hai con số ({measure.unit}), năm trước và năm nay; phải {gain_needed(measure)}"
        case SlotsMeasure():
            return f"nêu đủ: {', '.join(slot.label for slot in measure.slots)}; người thẩm định xem xét"
        case DeclarationMeasure():
            return "có hoặc không, kèm giải thích; phải là có"
        case DocumentMeasure():
            return "ít nhất một tệp minh chứng"
        case NarrativeMeasure():
            return "vài câu; người thẩm định đọc và đánh giá"


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
            if isinstance(said.money, Unsaid):
                yield f"{_STEP}Kinh phí: {unsaid(said.money)}"
            else:
                yield from (f"{_STEP}Kinh phí: {_clause(one)}" for one in said.money)


def _quotas(quotas: tuple[Quota, ...] | Unsaid) -> str:
    if isinstance(quotas, Unsaid):
        return unsaid(quotas)
    return "; ".join(
        f"{_ROUNDS[one.round]} {'không quá ' if one.at_most else 'đúng '}{one.count:02d} "
        f"{_SUBJECTS[one.subject].lower()} [{one.clause.code}]"
        for one in quotas
    )


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
            yield f"{_STEP}Số bộ: {copies}"
            yield f"{_STEP}Gửi về: {_body(campaign, said.send_to)}"
            yield f"{_STEP}Thẩm định: {_body(campaign, said.appraised_by)}"


def _deadline(deadline: Deadline) -> str:
    of_round = f", kỳ {deadline.round}" if deadline.round else ""
    return f"{_DEADLINES[deadline.kind]}{of_round} [{deadline.clause}]: {last_day(deadline)}"


def _duties(campaign: Campaign) -> Iterator[str]:
    if not campaign.duties:
        return
    yield "TỔ CHỨC THỰC HIỆN"
    for duty in campaign.duties:
        bodies = ", ".join(_body(campaign, code) for code in duty.bodies) or UNSAID
        yield f"{_STEP}[{duty.code}] {duty.heading}. Người thực hiện: {bodies}"
        yield from (f"{_STEP}{_STEP}{line}" for line in _clauses(duty.clauses))


def _round(one: Round) -> str:
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
