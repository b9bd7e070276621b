"""What is wrong or odd about a dossier, in one sentence each, and what is pressed to mend it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from core.campaign_terms import SubjectKind
from core.dossier_findings import Finding, FindingKind, Mend, Severity
from core.texts.nominations import SUBJECTS
from core.vietnamese import fold, long_date, shortened

TITLE = "Khám hồ sơ"
HELP = (
    "Hệ thống đối chiếu tên, số lượng, phiếu, ngày, tệp và giấy tờ trong hồ sơ. Chọn một mục để tới chỗ sửa. "
    "Còn lỗi thì chỉ nộp được khi nêu lý do; mục nhắc thì vẫn nộp được."
)
CLEAN = "Chưa thấy điều gì cần sửa."
MARKS = {Severity.ERROR: "❌", Severity.WARNING: "⚠️"}
_QUOTE = 120
_NAME = 60


def sentence(one: Finding) -> str:
    """What was found, in one sentence."""
    return _SENTENCES[one.kind](one)


def line(one: Finding) -> str:
    """The same in a list, with its mark."""
    return f"{MARKS[one.severity]} {sentence(one)}"


def counted(findings: Sequence[Finding]) -> str:
    """«2 lỗi, 1 điều cần để ý»."""
    errors = sum(one.severity is Severity.ERROR for one in findings)
    parts = [f"{errors} lỗi"] if errors else []
    parts += [f"{len(findings) - errors} điều cần để ý"] if len(findings) > errors else []
    return ", ".join(parts) or "không có lỗi"


def mend_label(one: Finding) -> str:
    """What is pressed to go where it is mended."""
    what = _MENDS[one.mend]
    return shortened(one.who, _NAME) if one.who and one.mend is Mend.NOMINEE else what


_MENDS = {
    Mend.NOMINEE: "Xem người được đề nghị",
    Mend.NOMINEES: "Danh sách đề nghị",
    Mend.PART: "Giấy tờ của hồ sơ",
    Mend.PAPERS: "Giấy tờ của hồ sơ",
    Mend.MEETING: "Họp của đơn vị",
    Mend.OBJECTIONS: "Ý kiến về danh sách công khai",
    Mend.SUBMIT: "Nộp hồ sơ",
}


def _spelling(one: str, other: str) -> str:
    """In what two spellings of a name differ."""
    if one.casefold() == other.casefold():
        return "khác chữ hoa, chữ thường"
    return "khác dấu" if fold(one) == fold(other) else "khác tên"


def _name_differs(one: Finding) -> str:
    return (
        f"Tên ghi không giống nhau ({_spelling(one.said, one.other)}): danh sách ghi «{one.said}», "
        f"bản tự đánh giá đã ký ghi «{one.other}»."
    )


def _name_elsewhere(one: Finding) -> str:
    return f"Biên bản họp ghi «{one.other}», danh sách ghi «{one.said}» ({_spelling(one.said, one.other)})."


def _names_alike(one: Finding) -> str:
    return f"Hai tên gần giống nhau: «{one.said}» và «{one.other}». Cần xem có phải là một người."


def _same_achievement(one: Finding) -> str:
    same = f"{one.said} và {one.other} ghi thành tích giống hệt nhau."
    return f"{same} Nếu cùng làm thì ghi rõ phần của từng người."


def _no_meeting(_one: Finding) -> str:
    return "Kế hoạch yêu cầu biên bản họp, mà chưa ghi cuộc họp nào và chưa có bản chụp biên bản."


def _outdated(one: Finding) -> str:
    if one.count == 1:
        return f"{one.said} được lập trước lần sửa gần nhất; cần lập lại."
    return (
        f"{one.count} giấy tờ được lập trước lần sửa gần nhất: {shortened(one.said, _QUOTE)}. "
        "«Lập giấy tờ» một lần là đủ."
    )


def _day(text: str) -> str:
    return long_date(date.fromisoformat(text))


_SENTENCES: Mapping[FindingKind, Callable[[Finding], str]] = {
    FindingKind.NO_NOMINEE: lambda _one: "Hồ sơ chưa có người hay tập thể nào được đề nghị.",
    FindingKind.NAME_DIFFERS: _name_differs,
    FindingKind.NAME_ELSEWHERE: _name_elsewhere,
    FindingKind.NAMES_ALIKE: _names_alike,
    FindingKind.SAME_ACHIEVEMENT: _same_achievement,
    FindingKind.NOT_SIGNED: lambda one: f"{one.who}: bản tự đánh giá không còn chữ ký có hiệu lực.",
    FindingKind.SIGNATURE_BROKEN: lambda one: (
        f"{one.who}: nội dung lưu của bản đã ký {one.said} không khớp với mã băm lúc ký."
    ),
    FindingKind.SIGNED_LATER: lambda one: (
        f"{one.who}: bản tự đánh giá được ký lại sau khi đã đề nghị. Xem lại trước khi nộp."
    ),
    FindingKind.NOT_ELIGIBLE: lambda one: f"{one.who}: hiện chưa được xét. {one.said}",
    FindingKind.OUTSIDE_UNIT: lambda one: f"{one.who} thuộc {one.said}, không thuộc đơn vị nộp hồ sơ này.",
    FindingKind.FILE_CHECKING: lambda one: (
        f"{one.who}: minh chứng {one.said} ({one.other}) đang được kiểm tra."
    ),
    FindingKind.FILE_UNUSABLE: lambda one: f"{one.who}: minh chứng {one.said} ({one.other}) không dùng được.",
    FindingKind.MET_WITHOUT_FILE: lambda one: (
        f"{one.who}: trả lời đạt mà chưa kèm minh chứng ở {shortened(one.said, _QUOTE)}."
    ),
    FindingKind.PARTICULARS_MISSING: lambda one: (
        f"{one.who}: chưa khai lý lịch cho báo cáo thành tích; báo cáo để trống phần đó."
    ),
    FindingKind.PART_MISSING: lambda one: f"Còn thiếu: {shortened(one.said, _QUOTE)}",
    FindingKind.REPORT_MISSING: lambda one: f"{one.who}: chưa có báo cáo thành tích.",
    FindingKind.REPORT_OF_NOBODY: lambda one: (
        f"Có báo cáo thành tích ({one.said}) của người không còn trong danh sách."
    ),
    FindingKind.PAPER_CHECKING: lambda one: f"Tệp {one.said} đang được kiểm tra.",
    FindingKind.PAPER_UNUSABLE: lambda one: f"Tệp {one.said} không dùng được; cần gửi lại.",
    FindingKind.PAPER_OUTDATED: _outdated,
    FindingKind.SENT_EARLIER: lambda one: (
        f"{one.said} do đơn vị gửi trước lần sửa gần nhất. Kiểm tra còn khớp với danh sách."
    ),
    FindingKind.NO_MEETING: _no_meeting,
    FindingKind.MINUTES_BLANK: lambda _one: (
        "Chưa ghi cuộc họp và kết quả bỏ phiếu, cũng chưa có bản chụp biên bản; biên bản lập ra để trống."
    ),
    FindingKind.MEETING_EARLY: lambda one: (
        f"Cuộc họp ghi {_day(one.said)}, trước khi đợt bắt đầu ({_day(one.other)})."
    ),
    FindingKind.MEETING_LATE: lambda one: (
        f"Cuộc họp ghi {_day(one.said)}: giờ họp không hợp lý hoặc chưa tới."
    ),
    FindingKind.MEETING_BEFORE_SIGNING: lambda one: (
        f"{one.who}: đơn vị họp trước khi bản tự đánh giá được ký. Kiểm tra lại ngày họp."
    ),
    FindingKind.MEMBERS_DIFFER: lambda one: (
        f"Biên bản họp: có mặt và vắng cộng lại là {one.count}, mà hội đồng có {one.limit} thành viên."
    ),
    FindingKind.NOT_QUORATE: lambda one: f"Cuộc họp có mặt {one.count}/{one.limit}, chưa đủ số để quyết.",
    FindingKind.VOTE_MISSING: lambda one: f"{one.who}: biên bản họp chưa có kết quả bỏ phiếu.",
    FindingKind.VOTE_OF_NOBODY: lambda _one: (
        "Biên bản họp có phiếu về một người không còn trong danh sách đề nghị."
    ),
    FindingKind.VOTES_TOO_MANY: lambda one: (
        f"{one.who}: số phiếu là {one.count}, nhiều hơn số người bỏ phiếu ({one.limit})."
    ),
    FindingKind.NOT_ENDORSED: lambda one: (
        f"{one.who}: cuộc họp của đơn vị không đủ phiếu đồng ý ({one.count}/{one.limit} phiếu)."
    ),
    FindingKind.ENDORSED_BELOW: lambda one: (
        f"{one.who}: ghi là đủ phiếu đồng ý, mà {one.count}/{one.limit} phiếu chưa đủ tỷ lệ đã định."
    ),
    FindingKind.OBJECTION_OPEN: lambda one: (
        f"{one.who}: còn {one.count} ý kiến khi công khai danh sách chưa được trả lời."
    ),
    FindingKind.WINDOW_OPEN: lambda one: f"Danh sách còn công khai đến hết {_day(one.said)}.",
    FindingKind.OVER_QUOTA: lambda one: (
        f"Toàn ngành đang đề nghị {SUBJECTS[SubjectKind(one.said)]} vượt chỉ tiêu {one.count}; vẫn nộp được."
    ),
    FindingKind.NOT_GATHERED: lambda one: (
        f"Đơn vị đã đề nghị thêm {one.count} người hoặc tập thể chưa có trong hồ sơ này."
    ),
    FindingKind.LATE: lambda one: f"Đã qua hạn nộp {_day(one.said)}; hồ sơ vẫn được nhận và ghi là nộp muộn.",
}
