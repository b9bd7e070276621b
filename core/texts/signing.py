"""Sentences of the end of a self-assessment: review, signature, receipt, withdrawal."""

from datetime import datetime

from core.assessment import Entry, Sheet
from core.campaigns import Track
from core.criteria import Outcome
from core.evidence import FileKind
from core.messages import Choice, FileOut, Message, Row
from core.texts import criteria, criteria_verdict, uploads
from core.texts import evidence as evidence_texts
from core.texts.assessment import all_done, lettered, mark, only_view, progress
from core.texts.deputies import in_place_of
from core.vietnamese import inside_a_sentence, moment, shortened

SIGN_WORD = "KY"
WITHDRAW_WORD = "RUT LAI"
HELP_REVIEW = "Đọc lại các câu trả lời. Muốn sửa mục nào, quay lại và mở mục đó."
WITHDRAWN = "Đã rút lại bản đã ký. Anh/chị sửa rồi ký lại; bản cũ vẫn được lưu."
COPY_SOON = "Bản sao (tệp Word) đang được tạo và sẽ gửi tới anh/chị."
COPY_FAILED = (
    "Chưa tạo được bản sao (tệp Word). Bản đã ký vẫn có hiệu lực và được lưu nguyên; "
    "anh/chị chọn «Tạo lại bản sao» để thử lần nữa."
)
HELP_SIGN = (
    "Ký là xác nhận các câu trả lời và minh chứng là đúng. Sau khi ký không sửa được, trừ khi rút lại."
)
COPY_ELSEWHERE = (
    "Bản sao (tệp Word) được lưu trong hệ thống. Kênh trò chuyện này không gửi được tệp; "
    f"anh/chị {uploads.FETCH_ELSEWHERE}."
)
_GLIMPSE = 40
_LISTED = 120


def review(sheet: Sheet, now: datetime, loose: int = 0) -> Message:
    """Every answer on one page, and how many files serve no criterion."""
    fixed = only_view(sheet, now)
    lines = [progress(sheet), *([] if fixed else _apart(sheet, loose))]
    for group in sheet.groups:
        lines += ["", lettered(group, group.label)]
        for entry in sheet.of_group(group):
            lines.append(_review_line(entry))
    rows: list[Row] = []
    if sheet.missing:
        rows.append((Choice("missing", f"Còn thiếu ({len(sheet.missing)})"),))
    elif sheet.signs:
        rows.append((Choice("sign", "Ký xác nhận…"),))
    return Message(
        title=f"Xem lại tự đánh giá {inside_a_sentence(sheet.round_label)}",
        body="\n".join(lines),
        hint=fixed or ("" if sheet.signs else all_done(sheet) if not sheet.missing else ""),
        rows=() if fixed else tuple(rows),
    )


def _review_line(entry: Entry) -> str:
    said = criteria_verdict.in_short(entry.criterion, entry.verdict, _GLIMPSE)
    files = f" · {entry.proofs} tệp" if entry.proofs else ""
    told = f" ({said})" if said else ""
    name = f"{entry.criterion.code} {entry.criterion.label}"
    return f"{mark(entry)} {name}: {criteria.result(entry.criterion.kind, entry.outcome)}{told}{files}"


def _loose(files: int) -> str:
    return (
        f"📎 {files} tệp minh chứng chưa gắn vào tiêu chí nào; gắn ở «{evidence_texts.LABEL}» trước khi ký."
    )


def _apart(sheet: Sheet, loose: int) -> list[str]:
    """What would not be signed: files that serve no criterion, and those that cannot be used."""
    unusable: dict[str, list[str]] = {}
    for entry in sheet.entries:
        for file in entry.files:
            if not file.usable:
                unusable.setdefault(file.code, []).append(entry.criterion.code)
    told = [_loose(loose)] if loose else []
    if unusable:
        named = "; ".join(f"{code} ({', '.join(where)})" for code, where in unusable.items())
        told.append(
            f"⚠️ {len(unusable)} tệp không dùng được nên không tính là minh chứng: "
            f"{shortened(named, _LISTED)}. Anh/chị gửi lại trước khi ký nếu cần."
        )
    return told


def ask_sign(sheet: Sheet, now: datetime, loose: int = 0) -> Message:
    """What signing means, what cannot be undone, and how many files would be left out."""
    counts = dict.fromkeys(Outcome, 0)
    for entry in sheet.entries:
        counts[entry.outcome] += 1
    summary = [f"{criteria.outcome(one)}: {count}" for one, count in counts.items() if count]
    files = len({file.id for entry in sheet.entries for file in entry.files if file.usable})
    until = (
        f"đến khi đợt khóa ({moment(sheet.closes_at.astimezone(now.tzinfo))})"
        if sheet.closes_at
        else "khi đợt còn mở (kế hoạch chưa quy định ngày khóa)"
    )
    apart = "".join(f"{one}\n" for one in _apart(sheet, loose))
    return Message(
        title="Ký xác nhận bản tự đánh giá",
        body=(
            f"{sheet.total} tiêu chí · {' · '.join(summary)} · {files} tệp minh chứng.\n{apart}\n"
            "Khi ký, anh/chị xác nhận nội dung là đúng. Sau khi ký: không sửa được câu trả lời, "
            "không thay hay gỡ được minh chứng; bản đã ký được lưu lâu dài kèm thời điểm và mã kiểm tra.\n\n"
            f"Anh/chị rút lại được {until}; bản đã ký vẫn nằm trong hồ sơ."
        ),
        rows=((Choice("sign", "✍️ Ký xác nhận", grave=True, word=SIGN_WORD),),),
    )


def signed(
    receipt: str,
    at: datetime,
    sheet: Sheet,
    *,
    by: str,
    copy_ready: bool,
    copy_failed: bool,
    withdrawable: bool,
    files_out: bool,
) -> Message:
    """The receipt; `by` says who signed for whom, where that is not the same."""
    rows: list[Row] = []
    if copy_failed:
        rows.append((Choice("copy_again", "Tạo lại bản sao"),))
    if copy_ready and files_out:
        rows.append((Choice("copy", "Tải bản đã ký"),))
    rows.append((Choice("review", "Xem các câu trả lời"),))
    if withdrawable and sheet.signs:
        rows.append((Choice("withdraw", "Rút lại để sửa…"),))
    lines = (
        f"Số biên nhận: {receipt}",
        f"Ký lúc: {moment(at)}",
        f"{sheet.campaign.label}, {inside_a_sentence(sheet.round_label)}: {sheet.total} tiêu chí.",
        by,
    )
    return Message(
        title="Biên nhận tự đánh giá",
        body="\n".join(line for line in lines if line),
        hint=COPY_FAILED if copy_failed else _where_the_copy_is(copy_ready=copy_ready, files_out=files_out),
        rows=tuple(rows),
    )


def signed_by(sheet: Sheet, signer: str, proof: str, stood_in_for: str = "") -> str:
    """Who signed for a unit, perhaps standing in, or for somebody else; nothing for one's own."""
    if sheet.track is Track.COLLECTIVE and stood_in_for:
        return f"Người ký: {in_place_of(signer, stood_in_for)}, thay mặt tập thể {sheet.subject}."
    if sheet.track is Track.COLLECTIVE:
        return f"Người ký: {signer}, trưởng đơn vị, thay mặt tập thể {sheet.subject}."
    return f"Người khai thay: {signer}. Căn cứ: phiếu giấy đã ký, minh chứng {proof}." if proof else ""


def _where_the_copy_is(*, copy_ready: bool, files_out: bool) -> str:
    if files_out:
        return "" if copy_ready else COPY_SOON
    return COPY_ELSEWHERE if copy_ready else ""


def ask_withdraw() -> Message:
    """Before taking a signature back."""
    return Message(
        title="Rút lại bản đã ký?",
        body=(
            "Bản tự đánh giá trở về trạng thái đang làm để anh/chị sửa. Bản đã ký vẫn được lưu trong hồ sơ, "
            "nhưng không còn hiệu lực cho đến khi anh/chị ký lại."
        ),
        rows=((Choice("withdraw", "Rút lại", grave=True, word=WITHDRAW_WORD),),),
    )


def signed_copy_notice(receipt: str, sha256: str) -> Message:
    """With the file of what was signed."""
    return Message(
        title="Bản sao tự đánh giá đã ký",
        body=f"Số biên nhận: {receipt}.",
        files=(signed_copy_file(receipt, sha256),),
    )


def signed_copy_file(receipt: str, sha256: str) -> FileOut:
    """The paper of what was signed."""
    return FileOut(sha256, f"tu-danh-gia-{receipt}.docx", FileKind.DOCX.mime)
