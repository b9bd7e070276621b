"""Sentences of «Phong trào»: the office makes a campaign, reads it back, approves, publishes, dates it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo

from core.calendar import WorkCalendar
from core.campaign_dates import Datable, DateFacts, Value
from core.campaign_findings import PlanFinding
from core.campaign_office import Grave, PlanFileState
from core.campaign_terms import Unsaid
from core.campaigns import Campaign
from core.messages import LABEL_LENGTH, Capabilities, Choice, Message, Row
from core.texts import campaign_dates, campaign_findings, campaigns, uploads
from core.texts import campaign_notices as notices
from core.vietnamese import shortened

LABEL = "Phong trào"
APPROVE_WORD, PUBLISH_WORD, DISCARD_WORD = "DUYET", "CONG BO", "BO NHAP"
#: Characters of a plan that are read back at a time; findings and dates on one screen.
PAGE, _SHOWN, DATES_SHOWN = 1500, 12, 8

SOON = "Tệp đang được tạo, sẽ gửi đến đây trong ít phút."
APPROVED = "Đã duyệt bản nháp. Bản nháp chưa có hiệu lực cho đến khi công bố."
PUBLISHED = "Đã công bố. Từ nay mọi người trả lời theo bản này; câu trả lời theo bản trước được giữ nguyên."
DISCARDED = "Đã bỏ bản nháp."
RECEIVED = "Đã nhận tệp. Hệ thống kiểm tra và đọc tệp, rồi báo kết quả ở đây; chưa có gì thay đổi."
ONE_FILE = "Anh/chị gửi từng tệp kế hoạch một. Chưa có tệp nào được nhận."
SEND_HERE = "Gửi tệp kế hoạch theo mẫu Excel vào đây để kiểm tra. Chưa có gì có hiệu lực trước khi công bố."
_BY_PAGE = (
    f"Gõ «{uploads.WORD}» để gửi tệp kế hoạch theo mẫu Excel qua trang web. "
    "Chưa có gì có hiệu lực trước khi công bố."
)
_HELP_BY_PAGE = (
    f"Tải mẫu Excel, điền theo kế hoạch đã ký rồi gõ «{uploads.WORD}» để gửi lại qua trang web. "
    "Hệ thống kiểm tra, đọc lại bằng lời; anh/chị so với văn bản, duyệt rồi công bố."
)
_MEND_BY_PAGE = (
    f"Sửa các ô được tô màu trong tệp đánh dấu lỗi, rồi gõ «{uploads.WORD}» để gửi lại tệp ấy qua trang web."
)
FILES_ELSEWHERE = (
    "Kênh trò chuyện này không gửi, nhận được tệp. Anh/chị gửi tệp kế hoạch qua kênh khác đã nối ở «Kênh "
    "nhận tin», hoặc nhờ quản trị viên dùng dòng lệnh «campaign template», «campaign export» và "
    "«campaign load». Đọc lại, duyệt, công bố và nhập ngày vẫn làm được ở đây."
)
HELP = (
    "Tải mẫu Excel, điền theo kế hoạch đã ký rồi gửi lại vào đây. Hệ thống kiểm tra, đọc lại bằng lời; "
    "anh/chị so với văn bản, duyệt rồi công bố."
)
HELP_DRAFT = (
    "Đọc lại toàn bộ và so với văn bản. «Duyệt» là xác nhận đã so; «Công bố» là cho mọi người trả lời theo "
    "bản này. Cả hai đều ghi vào nhật ký."
)
HELP_DATES = (
    "Nhập ngày mà kế hoạch không nói, kèm văn bản làm căn cứ. Nhập lại là đổi ngày; ngày cũ vẫn được lưu."
)
_WAITING = "Đang kiểm tra và đọc tệp. Kết quả sẽ được báo ở đây trong ít phút."
_COMMAND_LINE = "(máy chủ)"


@dataclass(frozen=True, slots=True)
class _Asked:
    """Something that is asked once more: what it does, its button, and the word to type without buttons."""

    title: str
    body: str
    label: str
    word: str


@dataclass(frozen=True, slots=True)
class DraftLine:
    """A draft in the list; `by` is who loaded it, empty for the machine itself."""

    version_id: int
    code: str
    label: str
    approved: bool
    by: str


def shelf(
    in_force: Sequence[tuple[int, Campaign]], drafts: Sequence[DraftLine], can: Capabilities
) -> Message:
    """Every campaign in force and every draft."""
    lines = ["Đang có hiệu lực:"]
    lines += [f"• {one.code} · {one.label}" for _id, one in in_force] or ["• chưa có phong trào nào"]
    lines += ["", "Bản nháp:"]
    lines += [
        f"• {one.code} · {one.label} · {'đã duyệt, chưa công bố' if one.approved else 'chưa duyệt'} · "
        f"{one.by or _COMMAND_LINE}"
        for one in drafts
    ] or ["• không có"]
    rows: list[Row] = [(Choice(f"version.{number}", f"{one.code} {one.label}"),) for number, one in in_force]
    rows += [
        (Choice(f"version.{one.version_id}", shortened(f"Nháp {one.code} {one.label}", LABEL_LENGTH)),)
        for one in drafts[:_SHOWN]
    ]
    if exchanges_files(can):
        rows.append((Choice("template", "Tải mẫu Excel"),))
    return Message(title=LABEL, body="\n".join(lines), hint=_how(can, SEND_HERE, _BY_PAGE), rows=tuple(rows))


def exchanges_files(can: Capabilities) -> bool:
    """Whether plans can come and go as workbooks."""
    return can.documents_in and can.files_out


def help_shelf(can: Capabilities) -> str:
    """What to do with workbooks."""
    return _how(can, HELP, _HELP_BY_PAGE)


def help_sent_file(can: Capabilities) -> str:
    """What to do about a workbook with faults."""
    return _how(can, notices.HELP_FILE, _MEND_BY_PAGE)


def _how(can: Capabilities, here: str, by_page: str) -> str:
    if not exchanges_files(can):
        return FILES_ELSEWHERE
    return here if can.files_in else by_page


def sent_file(name: str, state: PlanFileState, findings: Sequence[str], *, annotated: bool) -> Message:
    """What became of a file that was sent."""
    rows: list[Row] = []
    match state:
        case PlanFileState.WAITING:
            body = _WAITING
        case PlanFileState.FAULTY:
            body = f"{notices.faults(findings)}\n\n{notices.NOTHING_CHANGED}"
            if annotated:
                rows.append((Choice("annotated", "Tải tệp đã đánh dấu lỗi"),))
        case PlanFileState.REFUSED:
            body = "\n\n".join([*findings, f"Tệp này không dùng được. {notices.NOTHING_CHANGED}"])
        case PlanFileState.LOST:
            body = notices.LOST
        case _:
            body = "Tệp đã thành bản nháp, bản nháp ấy không còn nữa."
    return Message(title=f"Tệp kế hoạch {name}", body=body, rows=tuple(rows))


def version(campaign: Campaign, unsaid_dates: int, *, files: bool) -> Message:
    """A campaign in force, and what the office can do with it."""
    left = f"Còn {unsaid_dates} ngày kế hoạch không nói và chưa nhập." if unsaid_dates else ""
    rows: list[Row] = [
        (Choice("read", "Đọc lại toàn bộ"),),
        _dates_choice(unsaid_dates),
    ]
    if files:
        rows += [(Choice("export", "Tải về Excel để sửa"),), (Choice("next_year", "Chép cho năm sau"),)]
    return Message(
        title=f"{campaign.code} {campaign.label}",
        body="\n".join(line for line in (*_counts(campaign), left) if line),
        hint="" if files else FILES_ELSEWHERE,
        rows=tuple(rows),
    )


def old_version(campaign: Campaign, changes: Sequence[str], *, files: bool) -> Message:
    """A version that was in force and was replaced."""
    lines = [
        *_counts(campaign),
        "",
        f"So với bản đang có hiệu lực: {len(changes)} điểm khác." if changes else _SAME,
        "Trạng thái: bản cũ, đã công bố trước đây và đã được thay.",
    ]
    rows: list[Row] = [(Choice("read", "Đọc lại toàn bộ"),)]
    if changes:
        rows.append((Choice("changes", f"So với bản đang có hiệu lực ({len(changes)})"),))
    if files:
        rows.append((Choice("export", "Tải về Excel để sửa"),))
    rows.append((Choice("republish", "Công bố lại…"),))
    return Message(title=f"Bản cũ {campaign.code} {campaign.label}", body="\n".join(lines), rows=tuple(rows))


def _dates_choice(unsaid: int) -> Row:
    return (Choice("dates", f"Nhập ngày còn thiếu ({unsaid})" if unsaid else "Các ngày"),)


def draft(
    campaign: Campaign,
    found: Sequence[PlanFinding],
    changes: Sequence[str],
    unsaid_dates: int,
    *,
    approved: bool,
    replaces: bool,
    files: bool,
) -> Message:
    """A draft: what was understood, what is odd, what it changes."""
    lines = [*_counts(campaign), "", campaign_findings.listed(found), ""]
    if replaces:
        lines.append(f"So với bản đang có hiệu lực: {len(changes)} điểm khác." if changes else _SAME)
    else:
        lines.append("Chưa có bản nào của kế hoạch này có hiệu lực.")
    lines.append("Trạng thái: đã duyệt, chưa công bố." if approved else "Trạng thái: bản nháp, chưa duyệt.")
    rows: list[Row] = [(Choice("read", "Đọc lại toàn bộ"),)]
    if changes:
        rows.append((Choice("changes", f"So với bản trước ({len(changes)})"),))
    rows.append(_dates_choice(unsaid_dates))
    if files:
        rows.append((Choice("export", "Tải về Excel để sửa"),))
    rows.append((Choice("publish", "Công bố…") if approved else Choice("approve", "Duyệt…"),))
    rows.append((Choice("discard", "Bỏ bản nháp…"),))
    return Message(
        title=f"Bản nháp {campaign.code} {campaign.label}", body="\n".join(lines), rows=tuple(rows)
    )


_SAME = "So với bản đang có hiệu lực: không khác gì."


def _counts(campaign: Campaign) -> list[str]:
    questions = sum(len(one.measures) for one in campaign.criteria())
    return [
        campaign.title,
        (
            f"{len(campaign.groups)} nhóm, {len(list(campaign.criteria()))} tiêu chí, {questions} câu hỏi · "
            f"{len(campaign.deadlines)} thời hạn · {len(campaign.rounds)} kỳ · "
            f"{len(campaign.duties)} nhiệm vụ."
        ),
    ]


def pages(campaign: Campaign, calendar: WorkCalendar, dates: Sequence[DateFacts]) -> list[str]:
    """The plan read back in pages of a readable length, cut between sections where that is possible."""
    return _paged(campaigns.read_back(campaign, calendar, dates).split("\n\n"))


def _paged(sections: Sequence[str]) -> list[str]:
    found: list[str] = []
    for section in sections:
        for piece in _pieces(section):
            if found and len(found[-1]) + len(piece) + 2 <= PAGE:
                found[-1] = f"{found[-1]}\n\n{piece}"
            else:
                found.append(piece)
    return found or [""]


def _pieces(section: str) -> list[str]:
    """A section too long for a page, cut between its lines."""
    pieces = [""]
    for line in section.split("\n"):
        if pieces[-1] and len(pieces[-1]) + len(line) + 1 > PAGE:
            pieces.append(line)
        else:
            pieces[-1] = f"{pieces[-1]}\n{line}" if pieces[-1] else line
    return pieces


def page(campaign: Campaign, text: str, number: int, count: int) -> Message:
    """One page of the plan read back."""
    rows: list[Row] = []
    if number + 1 < count:
        rows.append((Choice("next", "Trang sau"),))
    if number:
        rows.append((Choice("before", "Trang trước"),))
    return Message(
        title=f"Đọc lại {campaign.code} ({number + 1}/{count})",
        body=text,
        hint="Anh/chị so từng phần với văn bản đã ký." if number == 0 else "",
        rows=tuple(rows),
    )


def changes(campaign: Campaign, told: Sequence[str]) -> Message:
    """What a draft changes in the version in force."""
    lines = [f"{number}. {one}" for number, one in enumerate(told, start=1)] or [_SAME]
    return Message(title=f"So với bản trước: {campaign.code}", body="\n".join(lines))


_GRAVE = {
    Grave.APPROVE: _Asked(
        "Duyệt bản nháp",
        "Khi duyệt, anh/chị xác nhận đã đọc lại và so bản nháp với văn bản đã ký. Việc duyệt được ghi "
        "vào nhật ký. Bản nháp chưa có hiệu lực cho đến khi công bố.",
        "Duyệt",
        APPROVE_WORD,
    ),
    Grave.PUBLISH: _Asked(
        "Công bố kế hoạch",
        "Từ khi công bố, mọi người trả lời theo bản này. Ai đang làm hoặc đã ký theo bản trước vẫn giữ "
        "câu trả lời và bản ấy. Bản đã công bố không bỏ được, chỉ thay bằng bản mới.",
        "Công bố",
        PUBLISH_WORD,
    ),
    Grave.REPUBLISH: _Asked(
        "Công bố lại bản cũ",
        "Bản cũ này có hiệu lực trở lại, thay bản đang có hiệu lực. Ai đang làm hoặc đã ký theo bản kia vẫn "
        "giữ câu trả lời và bản ấy. Bản này đã được duyệt trước đây nên không cần duyệt lại.",
        "Công bố lại",
        PUBLISH_WORD,
    ),
    Grave.DISCARD: _Asked(
        "Bỏ bản nháp",
        "Bản nháp này bị xóa. Bản đang có hiệu lực và các ngày đã nhập vẫn nguyên.",
        "Bỏ bản nháp",
        DISCARD_WORD,
    ),
}


def ask(act: Grave, campaign: Campaign, told: str = "") -> Message:
    """Before something grave; `told` is who will be told of it."""
    asked = _GRAVE[act]
    return Message(
        title=asked.title,
        body=f"{campaign.code} · {campaign.label}\n\n{asked.body}\n\n{told}".rstrip(),
        rows=((Choice(act.value, asked.label, grave=True, word=asked.word),),),
    )


def dates(
    campaign: Campaign, every: Sequence[Datable], entered: Sequence[DateFacts], zone: tzinfo, page: int
) -> Message:
    """The dates of a plan, some at a time: said by it, entered, or open."""
    counting = {one.subject: one for one in entered if one.counts}
    first = min(max(page, 0) * DATES_SHOWN, max(len(every) - 1, 0) // DATES_SHOWN * DATES_SHOWN)
    lines: list[str] = []
    rows: list[Row] = []
    for place, one in enumerate(every[first : first + DATES_SHOWN], start=first):
        name = campaign_dates.subject(campaign, one.subject)
        lines.append(f"{_mark(one, counting)} {name}: {_told(one, counting, zone)}")
        rows.append((Choice(f"date.{place}", shortened(name, LABEL_LENGTH)),))
    if first + DATES_SHOWN < len(every):
        rows.append((Choice("next", f"Xem tiếp ({len(every) - first - DATES_SHOWN})"),))
    if first:
        rows.append((Choice("before", "Xem phần trước"),))
    return Message(
        title=f"Các ngày của {campaign.code}",
        body="\n".join(lines),
        hint="▫️ là ngày chưa có. Chọn một ngày để nhập hoặc đổi.",
        rows=tuple(rows),
    )


def _mark(one: Datable, counting: Mapping[str, DateFacts]) -> str:
    return "▫️" if isinstance(one.said, Unsaid) and one.subject not in counting else "•"


def _told(one: Datable, counting: Mapping[str, DateFacts], zone: tzinfo) -> str:
    if one.subject in counting:
        return f"{campaign_dates.value(counting[one.subject].value, zone)} (đã nhập)"
    if isinstance(one.said, Unsaid):
        return f"kế hoạch chỉ nói «{one.said.words}»" if one.said.words else "chưa có"
    return campaign_dates.value(one.said, zone)


def ask_day(campaign: Campaign, one: Datable, history: Sequence[DateFacts], zone: tzinfo) -> Message:
    """One date: what the plan says, what was entered, and the question for a new one."""
    lines = [_said(one, zone)]
    lines += (
        ["", "Đã nhập:", *(campaign_dates.one_line(campaign, entry) for entry in history)] if history else []
    )
    example = "17:00 04/12/2026" if one.moment else "15/12/2026"
    yearly = ", hoặc 15/12 nếu lặp lại hằng năm" if one.yearly else ""
    yearly += "; «trước ngày 15/12/2026» hoặc «16:00 15/12/2026» cũng được" if one.timed else ""
    kept = any(entry.replaced_at is None for entry in history)
    return Message(
        title=campaign_dates.subject(campaign, one.subject),
        body="\n".join(lines),
        hint=f"Nhắn ngày, ví dụ {example}{yearly}. Ngày cũ vẫn được lưu.",
        rows=((Choice("withdraw", "Rút ngày đã nhập…"),),) if kept else (),
    )


def _said(one: Datable, zone: tzinfo) -> str:
    if not isinstance(one.said, Unsaid):
        return f"Kế hoạch ghi: {campaign_dates.value(one.said, zone)}."
    return f"Kế hoạch chỉ nói «{one.said.words}»." if one.said.words else "Kế hoạch không quy định ngày này."


def ask_document(
    campaign: Campaign, one: Datable, day: Value, zone: tzinfo, counted: str, *, in_force: bool
) -> Message:
    """The date read back with its weekday and what is left to it, and the question what it rests on."""
    return Message(
        title=campaign_dates.subject(campaign, one.subject),
        body=(
            f"Ngày sẽ ghi: {campaign_dates.value(day, zone)}.\n{counted}"
            f"{campaign_dates.affects(campaign, one.subject)}\n"
            f"{campaign_dates.applies(in_force=in_force)}\n\nNgày này căn cứ vào văn bản nào?"
        ),
        hint="Nhắn số, ký hiệu và ngày của văn bản, ví dụ «Công văn số 12/SYT-VP ngày 03/11/2026».",
    )


def entered(campaign: Campaign, facts: DateFacts, zone: tzinfo) -> str:
    """«Đã ghi Ngày ban hành: thứ Ba 15/12/2026»."""
    name, day = campaign_dates.subject(campaign, facts.subject), campaign_dates.value(facts.value, zone)
    return f"Đã ghi {name}: {day}."


def copying(year: int) -> str:
    """A workbook for the next plan is being made."""
    return f"Bản chép cho năm {year} đang được tạo. Anh/chị sửa theo kế hoạch mới rồi gửi lại vào đây."
