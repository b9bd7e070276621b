"""Sentences of the self-assessment: cards, lists, review, signing."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from core.assessment import Entry, EvidenceFacts, RoundFacts, Sheet
from core.campaigns import Group
from core.criteria import Answer, Criterion, Outcome
from core.measures import DeclarationMeasure, DocumentMeasure, Measure, NumberMeasure, OrdinalMeasure
from core.messages import LABEL_LENGTH, Choice, Message, Numbering, Row
from core.texts import criteria, menu
from core.texts import evidence as evidence_texts
from core.vietnamese import inside_a_sentence, moment, shortened

LABEL = "Tự đánh giá"
NOT_MINE = "Không thuộc nhiệm vụ của tôi"
LATER = Choice("later", "⏭ Để sau")
NOT_APPLICABLE = Choice("na", "Không áp dụng với tôi")
REST_WORD = "KHONG AP DUNG"

HELP_OVERVIEW = (
    "Mỗi nhóm có vài tiêu chí. «Tiếp tục» mở tiêu chí chưa trả lời kế tiếp. "
    "Trả lời xong tất cả thì xem lại và ký. Có thể dừng bất cứ lúc nào."
)
HELP_CRITERION = (
    "Trả lời câu hỏi bằng cách chọn một mục hoặc gõ chữ, số. Không liên quan đến việc của mình thì chọn "
    "«Không áp dụng với tôi»; chưa rõ thì «Để sau»."
)
HELP_FILES = "Gửi ảnh, tệp ngay tại đây để làm minh chứng."

ASK_EXPLANATION = "Anh/chị giải thích ngắn (một vài câu), hoặc chọn «Bỏ qua»."
ASK_NOTE = "Gõ ghi chú cho tiêu chí này (ví dụ số văn bản, nguồn số liệu)."
NOTE_KEPT = "Đã lưu ghi chú."
NOTE_REMOVED = "Đã xóa ghi chú."
PUT_OFF = "Đã để sau. Mục này vẫn nằm trong danh sách còn thiếu."
ALL_DONE = "Đã trả lời hết các tiêu chí. Anh/chị xem lại rồi ký."
REST_MARKED = "Đã ghi các mục còn lại là không áp dụng."
CHOOSE_HERE = "Câu này trả lời bằng cách chọn một mục bên dưới."
SIGNED_ONLY_VIEW = "Bản này đã ký, chỉ xem."
CLOSED_ONLY_VIEW = "Đợt đã khóa, chỉ xem."
_SHOWN_WORDS = 600

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


def help_criterion(*, files_in: bool) -> str:
    """What to do on a card."""
    return f"{HELP_CRITERION} {HELP_FILES if files_in else evidence_texts.NO_FILES_ON_CHANNEL}"


def choose_round(rounds: Sequence[RoundFacts]) -> Message:
    """There are several rounds to look at."""
    lines = [
        f"{menu.round_name(one, ())}{' (đã khóa)' if one.closed else ''}: {one.campaign}" for one in rounds
    ]
    return Message(
        title=LABEL,
        body="\n".join(lines),
        rows=tuple((Choice(f"round.{one.key}", menu.round_button("", one, rounds)),) for one in rounds),
    )


def overview(sheet: Sheet, now: datetime) -> Message:
    """The whole at a glance: progress, groups with marks, what to do next."""
    lines = [sheet.campaign.label, progress(sheet)]
    if sheet.closes_at:
        verb = "đã khóa" if sheet.closed(now) else "khóa"
        lines.append(f"Đợt {verb} lúc {moment(sheet.closes_at.astimezone(now.tzinfo))}.")
    lines.append("")
    rows: list[Row] = []
    if sheet.signed:
        rows.append((Choice("signed", "Xem biên nhận bản đã ký"),))
    elif sheet.closed(now):
        rows.append((Choice("review", "Xem các câu trả lời"),))
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
    for group in sheet.groups:
        entries = sheet.of_group(group)
        done = sum(entry.answered for entry in entries)
        mark = "✅" if done == len(entries) else "▫️"
        lines.append(f"{mark} {group.letter}) {group.label}: {done}/{len(entries)}")
        groups.append(Choice(f"group.{group.key}", f"{mark} {group.letter}) {done}/{len(entries)}"))
    rows += [tuple(groups[place : place + 2]) for place in range(0, len(groups), 2)]
    title = f"{LABEL} {inside_a_sentence(sheet.round_label)}"
    return Message(title=title, body="\n".join(lines), rows=tuple(rows))


def group_page(sheet: Sheet, group: Group, now: datetime) -> Message:
    """The criteria under one head, each with its mark."""
    entries = sheet.of_group(group)
    body = "\n".join(f"{mark(entry)} {entry.criterion.code} {entry.criterion.label}" for entry in entries)
    rows: list[Row] = [
        (
            Choice(
                f"key.{entry.criterion.key}",
                shortened(f"{mark(entry)} {entry.criterion.code} {entry.criterion.label}", LABEL_LENGTH),
            ),
        )
        for entry in entries
    ]
    if not only_view(sheet, now) and any(not entry.answered for entry in entries):
        begun = any(entry.answered for entry in entries)
        rows.append(
            (Choice("na", "Phần còn lại không áp dụng" if begun else "Cả nhóm không áp dụng với tôi"),)
        )
    return Message(title=f"{group.letter}) {group.title}", body=body, rows=tuple(rows))


def mark(entry: Entry) -> str:
    """One sign for a list; the words stand on the card."""
    return _MARKS[entry.outcome]


def card(sheet: Sheet, entry: Entry, now: datetime, *, files_in: bool) -> Message:
    """One criterion: the plan's own words, what is asked or how it was answered, its files."""
    criterion = entry.criterion
    fixed = only_view(sheet, now)
    measure = None if fixed else entry.next_measure()
    parts = [
        f"«{criterion.quote}» ({criterion.code})",
        _told(entry) or (f"Kết quả: {criteria.outcome(entry.outcome)}" if fixed else ""),
        "" if measure is None else f"{measure.question}\n{criteria.how_checked(measure)}",
        f"Ghi chú: {entry.note}" if entry.note else "",
        _files(entry, now.tzinfo) or ("" if fixed else _advice(entry)),
    ]
    place = sheet.place_of(criterion.key)
    return Message(
        title=f"Tiêu chí {place}/{sheet.total} · {criterion.label}",
        body="\n\n".join(part for part in parts if part),
        hint=fixed or f"{_hint(measure, files_in=files_in)} · {progress(sheet)}",
        rows=() if fixed else _card_rows(sheet, entry, measure),
        numbering=Numbering.LETTERS if isinstance(measure, NumberMeasure) else Numbering.DIGITS,
    )


def only_view(sheet: Sheet, now: datetime) -> str:
    """Why nothing can be changed; empty while it can."""
    if sheet.signed:
        return SIGNED_ONLY_VIEW
    return CLOSED_ONLY_VIEW if sheet.closed(now) else ""


def _told(entry: Entry) -> str:
    """What was answered so far, in the person's own words too, and what it comes to."""
    if entry.outcome is Outcome.NOT_APPLICABLE:
        return f"Kết quả: {criteria.verdict(entry.verdict)}"
    lines = [f"Kết quả: {criteria.outcome(entry.outcome)}"] if entry.answered else []
    for one in entry.verdict.comparisons:
        if entry.answered or one.answered:
            lines.append(criteria.compared(one))
        if words := criteria.own_words(one):
            lines.append(f"Anh/chị đã viết: «{shortened(words, _SHOWN_WORDS)}»")
    return "\n".join(lines)


def _files(entry: Entry, zone: tzinfo | None) -> str:
    if not entry.files:
        return ""
    lines = (evidence_texts.line(file, zone) for file in entry.files)
    return "\n".join((f"Minh chứng ({entry.proofs}):", *lines))


def _advice(entry: Entry) -> str:
    """Who usually knows the answer, while it is open, and what may prove it."""
    usual = entry.criterion.usual if not entry.answered else ""
    lines = (
        f"Thường trả lời: {usual}" if usual else "",
        f"Minh chứng gợi ý: {entry.criterion.evidence}" if entry.criterion.evidence else "",
    )
    return "\n".join(line for line in lines if line)


def _hint(measure: Measure | None, *, files_in: bool) -> str:
    if measure is not None and (files_in or not isinstance(measure, DocumentMeasure)):
        return criteria.how_to_answer(measure)
    return "Có thể gửi ảnh, tệp minh chứng ngay tại đây" if files_in else evidence_texts.FILES_ELSEWHERE


def _card_rows(sheet: Sheet, entry: Entry, measure: Measure | None) -> tuple[Row, ...]:
    rows: list[Row] = []
    if entry.answered:
        rows.append((Choice("next", "▶️ Tiếp theo" if sheet.missing else "Xem lại và ký"),))
        rows.append((Choice("again", "Trả lời lại"), Choice("note", "Ghi chú")))
        if entry.files:
            rows.append((Choice("files", f"Minh chứng ({entry.proofs})"),))
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
        rows.append((Choice("files", f"Minh chứng ({entry.proofs})"),))
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
        numbering=Numbering.LETTERS,
    )


def files_of(
    entry: Entry, loose: Sequence[EvidenceFacts], zone: tzinfo, *, changeable: bool, files_in: bool
) -> Message:
    """The files of one criterion."""
    more = f"Gửi thêm ảnh, tệp ngay tại đây. {evidence_texts.PRIVACY}"
    lines = [evidence_texts.line(file, zone) for file in entry.files] or ["Chưa có tệp nào."]
    rows: list[Row] = [(evidence_texts.button(file),) for file in entry.files]
    if loose and changeable:
        rows.append((Choice("take", f"Dùng {len(loose)} tệp đã gửi trước"),))
    return Message(
        title=f"Minh chứng {entry.criterion.code}",
        body="\n".join(lines),
        hint=(more if files_in else f"{evidence_texts.FILES_ELSEWHERE}.") if changeable else "",
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
