"""Sentences of the self-assessment: cards, lists, review, signing."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from core.assessment import Entry, EvidenceFacts, RoundFacts, Sheet
from core.campaigns import Group
from core.criteria import (
    Answer,
    Criterion,
    DeclarationMeasure,
    Measure,
    NumberMeasure,
    OrdinalMeasure,
    Outcome,
)
from core.evidence import FileKind
from core.messages import Choice, FileOut, Message, Numbering, Row
from core.texts import criteria
from core.texts import evidence as evidence_texts
from core.vietnamese import long_date, moment

LABEL = "Tự đánh giá"
NOT_MINE = "Không thuộc nhiệm vụ của tôi"
LATER = Choice("later", "⏭ Để sau")
NOT_APPLICABLE = Choice("na", "Không áp dụng với tôi")
SIGN_WORD = "KY"
WITHDRAW_WORD = "RUT LAI"
REST_WORD = "KHONG AP DUNG"

HELP_OVERVIEW = (
    "Mỗi nhóm có vài tiêu chí. «Tiếp tục» mở tiêu chí chưa trả lời kế tiếp. "
    "Trả lời xong tất cả thì xem lại và ký. Có thể dừng bất cứ lúc nào."
)
HELP_CRITERION = (
    "Trả lời câu hỏi bằng nút bấm hoặc gõ chữ, số. Gửi ảnh, tệp ngay tại đây để làm minh chứng. "
    "Không liên quan đến việc của mình thì chọn «Không áp dụng với tôi»; chưa rõ thì «Để sau»."
)
HELP_REVIEW = "Đọc lại các câu trả lời. Muốn sửa mục nào, quay lại và mở mục đó."
HELP_SIGN = (
    "Ký là xác nhận các câu trả lời và minh chứng là đúng. Sau khi ký không sửa được, trừ khi rút lại."
)

ASK_EXPLANATION = "Anh/chị giải thích ngắn (một vài câu), hoặc bấm «Bỏ qua»."
ASK_NOTE = "Gõ ghi chú cho tiêu chí này (ví dụ số văn bản, nguồn số liệu)."
NOTE_KEPT = "Đã lưu ghi chú."
NOTE_REMOVED = "Đã xóa ghi chú."
PUT_OFF = "Đã để sau. Mục này vẫn nằm trong danh sách còn thiếu."
ALL_DONE = "Đã trả lời hết các tiêu chí. Anh/chị xem lại rồi ký."
REST_MARKED = "Đã ghi các mục còn lại là không áp dụng."
WITHDRAWN = "Đã rút lại bản đã ký. Anh/chị sửa rồi ký lại; bản cũ vẫn được lưu."
COPY_SOON = "Bản sao (tệp Word) đang được tạo và sẽ gửi tới anh/chị."
EXPLAIN_HERE = "Anh/chị chọn một nút, hoặc gõ câu trả lời."

_MARKS = {
    Outcome.UNANSWERED: "▫️",
    Outcome.MET: "✅",
    Outcome.NOT_MET: "❌",
    Outcome.NEEDS_REVIEW: "📝",
    Outcome.NOT_APPLICABLE: "➖",
}
_BAR = 10


def progress(sheet: Sheet) -> str:
    """«▰▰▰▱▱▱▱▱▱▱ 3/10»: the bar never stands without its numbers."""
    filled = _BAR * sheet.answered // max(1, sheet.total)
    return f"{'▰' * filled}{'▱' * (_BAR - filled)} {sheet.answered}/{sheet.total}"


def choose_round(rounds: Sequence[RoundFacts]) -> Message:
    """Several rounds are open."""
    return Message(
        title=LABEL,
        body="\n".join(f"{one.label}: {one.campaign}" for one in rounds),
        rows=tuple((Choice(f"round.{one.round_id}", one.label),) for one in rounds),
    )


def overview(sheet: Sheet) -> Message:
    """The whole at a glance: progress, groups with marks, what to do next."""
    lines = [sheet.campaign.label, progress(sheet)]
    if sheet.closes_at:
        lines.append(f"Đợt khóa lúc {moment(sheet.closes_at)}.")
    lines.append("")
    rows: list[Row] = []
    if sheet.signed:
        rows.append((Choice("signed", "Xem biên nhận bản đã ký"),))
    elif sheet.missing:
        following = sheet.missing[0].criterion
        verb = "Tiếp tục" if sheet.answered else "Bắt đầu"
        rows.append((Choice("go", f"▶️ {verb}: {following.code}"),))
        rows.append(
            (
                Choice("missing", f"Còn thiếu ({len(sheet.missing)})"),
                Choice("review", "Xem lại"),
            )
        )
    else:
        lines.append(ALL_DONE)
        rows.append((Choice("review", "Xem lại và ký"),))
    groups: list[Choice] = []
    for group in sheet.campaign.groups:
        entries = sheet.of_group(group)
        done = sum(entry.answered for entry in entries)
        mark = "✅" if done == len(entries) else "▫️"
        lines.append(f"{mark} {group.letter}) {group.label}: {done}/{len(entries)}")
        groups.append(Choice(f"group.{group.key}", f"{mark} {group.letter}) {done}/{len(entries)}"))
    rows += [tuple(groups[place : place + 2]) for place in range(0, len(groups), 2)]
    return Message(title=f"{LABEL} {sheet.round_label}", body="\n".join(lines), rows=tuple(rows))


def group_page(sheet: Sheet, group: Group) -> Message:
    """The criteria under one head, each with its mark."""
    entries = sheet.of_group(group)
    body = "\n".join(f"{mark(entry)} {entry.criterion.code} {entry.criterion.label}" for entry in entries)
    rows: list[Row] = [
        (
            Choice(
                f"key.{entry.criterion.key}",
                f"{mark(entry)} {entry.criterion.code} {entry.criterion.label}"[:40],
            ),
        )
        for entry in entries
    ]
    if not sheet.signed and any(not entry.answered for entry in entries):
        rows.append((Choice("na", "Cả nhóm không áp dụng với tôi"),))
    return Message(title=f"{group.letter}) {group.title}", body=body, rows=tuple(rows))


def mark(entry: Entry) -> str:
    """One sign for a list; the words stand on the card."""
    return _MARKS[entry.outcome]


def card(sheet: Sheet, entry: Entry, zone: tzinfo) -> Message:
    """One criterion: the plan's own words, what is asked or how it was answered, its files."""
    criterion = entry.criterion
    lines = [f"«{criterion.quote}» ({criterion.code})"]
    answered = [one for one in entry.verdict.comparisons if one.answered and one.given is not None]
    measure = entry.next_measure()
    if entry.answered:
        lines += ["", f"Kết quả: {criteria.outcome(entry.outcome)}", criteria.verdict(entry.verdict)]
    else:
        lines += ["", *(criteria.compared(one) for one in answered)] if answered else []
        if measure is not None:
            lines += ["", measure.question, criteria.how_checked(measure)]
    if entry.note:
        lines += ["", f"Ghi chú: {entry.note}"]
    if entry.files:
        lines += ["", f"Minh chứng ({len(entry.files)}):"]
        lines += [evidence_texts.line(file, zone) for file in entry.files]
    elif criterion.evidence:
        lines += ["", f"Minh chứng gợi ý: {criterion.evidence}"]
    place = sheet.place_of(criterion.key)
    return Message(
        title=f"Tiêu chí {place}/{sheet.total} · {criterion.label}",
        body="\n".join(lines),
        hint=_hint(sheet, entry, measure),
        rows=_card_rows(sheet, entry, measure),
        numbering=Numbering.LETTERS if _wants_number(measure) else Numbering.DIGITS,
    )


def _hint(sheet: Sheet, entry: Entry, measure: Measure | None) -> str:
    if sheet.signed:
        return "Bản này đã ký, chỉ xem."
    if measure is not None and not entry.answered:
        return f"{criteria.how_to_answer(measure)} · {progress(sheet)}"
    return f"Có thể gửi ảnh, tệp minh chứng ngay tại đây · {progress(sheet)}"


def _wants_number(measure: Measure | None) -> bool:
    return isinstance(measure, NumberMeasure)


def _card_rows(sheet: Sheet, entry: Entry, measure: Measure | None) -> tuple[Row, ...]:
    if sheet.signed:
        return ()
    rows: list[Row] = []
    if entry.answered:
        rows.append((Choice("next", "▶️ Tiếp theo" if sheet.missing else "Xem lại và ký"),))
        rows.append((Choice("again", "Trả lời lại"), Choice("note", "Ghi chú")))
        if entry.files:
            rows.append((Choice("files", f"Minh chứng ({len(entry.files)})"),))
        return tuple(rows)
    match measure:
        case OrdinalMeasure():
            levels = [Choice(f"level.{one.key}", one.label) for one in measure.scale.levels]
            rows += [tuple(levels[place : place + 2]) for place in range(0, len(levels), 2)]
        case DeclarationMeasure():
            rows.append((Choice("yes", criteria.YES), Choice("no", criteria.NO)))
        case _:
            pass
    if isinstance(entry.answer, Answer) and entry.begun:
        rows.append((Choice("again", "Trả lời lại từ đầu"),))
    rows.append((LATER, NOT_APPLICABLE))
    if entry.files:
        rows.append((Choice("files", f"Minh chứng ({len(entry.files)})"),))
    return tuple(rows)


def ask_explanation(criterion: Criterion, *, yes: bool) -> Message:
    """A few words for a yes or no."""
    word = criteria.YES if yes else criteria.NO
    return Message(
        title=f"{criterion.code}: {word}",
        body=ASK_EXPLANATION,
        rows=((Choice("skip", "Bỏ qua"),),),
    )


def ask_note(criterion: Criterion, note: str) -> Message:
    """A note beside the answer."""
    rows: tuple[Row, ...] = ((Choice("drop", "Xóa ghi chú"),),) if note else ()
    return Message(
        title=f"Ghi chú {criterion.code}",
        body=f"{ASK_NOTE}\n\nHiện có: {note}" if note else ASK_NOTE,
        rows=rows,
    )


def files_of(entry: Entry, loose: Sequence[EvidenceFacts], zone: tzinfo, *, changeable: bool) -> Message:
    """The files of one criterion."""
    lines = [evidence_texts.line(file, zone) for file in entry.files] or ["Chưa có tệp nào."]
    rows: list[Row] = [(Choice(f"file.{file.id}", f"{file.code} {file.name}"[:40]),) for file in entry.files]
    if loose and changeable:
        rows.append((Choice("take", f"Dùng {len(loose)} tệp đã gửi trước"),))
    return Message(
        title=f"Minh chứng {entry.criterion.code}",
        body="\n".join(lines),
        hint="Gửi thêm ảnh, tệp ngay tại đây. " + evidence_texts.PRIVACY if changeable else "",
        rows=tuple(rows),
    )


def missing_page(sheet: Sheet) -> Message:
    """What is still open."""
    missing = sheet.missing
    body = "\n".join(f"▫️ {entry.criterion.code} {entry.criterion.label}" for entry in missing)
    buttons = [Choice(f"key.{entry.criterion.key}", f"▫️ {entry.criterion.code}") for entry in missing]
    rows: list[Row] = [tuple(buttons[place : place + 4]) for place in range(0, len(buttons), 4)]
    rows.append((Choice("rest", "Các mục còn lại không áp dụng"),))
    return Message(title=f"Còn thiếu {len(missing)}/{sheet.total} tiêu chí", body=body, rows=tuple(rows))


def ask_rest(count: int) -> Message:
    """Before marking everything left as not applicable."""
    return Message(
        title=f"Ghi {count} tiêu chí còn lại là «Không áp dụng»?",
        body=(
            f"Lý do được ghi: {NOT_MINE.lower()}. Câu trả lời và minh chứng của các tiêu chí khác không đổi. "
            "Từng mục vẫn trả lời lại được trước khi ký."
        ),
        rows=((Choice("mark", "Ghi không áp dụng", grave=True, word=REST_WORD),),),
    )


def review(sheet: Sheet) -> Message:
    """Every answer on one page."""
    lines = [progress(sheet)]
    for group in sheet.campaign.groups:
        lines += ["", f"{group.letter}) {group.label}"]
        for entry in sheet.of_group(group):
            lines.append(_review_line(entry))
    rows: list[Row] = []
    if not sheet.signed:
        if sheet.missing:
            rows.append((Choice("missing", f"Còn thiếu ({len(sheet.missing)})"),))
        else:
            rows.append((Choice("sign", "Ký xác nhận…"),))
    return Message(title=f"Xem lại {sheet.round_label}", body="\n".join(lines), rows=tuple(rows))


def _review_line(entry: Entry) -> str:
    said = "; ".join(criteria.answered(one) for one in entry.verdict.comparisons if one.answered)
    files = f" · {len(entry.files)} tệp" if entry.files else ""
    outcome = criteria.outcome(entry.outcome)
    told = f" ({said[:60]})" if said else ""
    return f"{mark(entry)} {entry.criterion.code}: {outcome}{told}{files}"


def ask_sign(sheet: Sheet) -> Message:
    """What signing means, and what cannot be undone."""
    counts = dict.fromkeys(Outcome, 0)
    for entry in sheet.entries:
        counts[entry.outcome] += 1
    summary = [f"{criteria.outcome(one)}: {count}" for one, count in counts.items() if count]
    files = len({file.id for entry in sheet.entries for file in entry.files if file.usable})
    until = (
        f"đến khi đợt khóa ({long_date(sheet.closes_at.date())})"
        if sheet.closes_at
        else "khi đợt còn mở (kế hoạch chưa quy định ngày khóa)"
    )
    return Message(
        title="Ký xác nhận bản tự đánh giá",
        body=(
            f"{sheet.total} tiêu chí · {' · '.join(summary)} · {files} tệp minh chứng.\n\n"
            "Khi ký, anh/chị xác nhận nội dung là đúng. Sau khi ký: không sửa được câu trả lời, "
            "không thay hay gỡ được minh chứng; bản đã ký được lưu lâu dài kèm thời điểm và mã kiểm tra.\n\n"
            f"Anh/chị rút lại được {until}; bản đã ký vẫn nằm trong hồ sơ."
        ),
        rows=((Choice("sign", "✍️ Ký xác nhận", grave=True, word=SIGN_WORD),),),
    )


def signed(receipt: str, at: datetime, sheet: Sheet, *, copy_ready: bool, withdrawable: bool) -> Message:
    """The receipt."""
    rows: list[Row] = []
    if copy_ready:
        rows.append((Choice("copy", "Tải bản đã ký"),))
    rows.append((Choice("review", "Xem các câu trả lời"),))
    if withdrawable:
        rows.append((Choice("withdraw", "Rút lại để sửa…"),))
    return Message(
        title="Biên nhận tự đánh giá",
        body=(
            f"Số biên nhận: {receipt}\n"
            f"Ký lúc: {moment(at)}\n"
            f"{sheet.campaign.label}, {sheet.round_label}: {sheet.total} tiêu chí."
        ),
        hint="" if copy_ready else COPY_SOON,
        rows=tuple(rows),
    )


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
        body=f"Số biên nhận: {receipt}. Anh/chị lưu tệp dưới đây.",
        files=(signed_copy_file(receipt, sha256),),
    )


def signed_copy_file(receipt: str, sha256: str) -> FileOut:
    """The paper of what was signed."""
    return FileOut(sha256, f"tu-danh-gia-{receipt}.docx", FileKind.DOCX.mime)
