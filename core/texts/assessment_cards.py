"""The card of one criterion: asked step by step, then its verdict, its note and its files."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, tzinfo

from core.assessment import Entry, EvidenceFacts, Sheet
from core.criteria import Answer, Comparison, Criterion, DeltaGiven, Outcome, SlotsGiven, Way
from core.criteria_typed import missing_slots
from core.measures import (
    DeclarationMeasure,
    DeltaMeasure,
    DocumentMeasure,
    Measure,
    NumberMeasure,
    OrdinalMeasure,
    SlotsMeasure,
)
from core.messages import LABEL_LENGTH, Capabilities, Choice, Message, Numbering, Row
from core.texts import criteria, criteria_verdict, uploads
from core.texts import evidence as evidence_texts
from core.texts.assessment import does_not_apply, last, only_view, progress
from core.vietnamese import shortened

LATER = Choice("later", "⏭ Để sau")
CLAUSE = Choice("clause", "Điều khoản")

HELP_CRITERION = (
    "Trả lời câu hỏi bằng cách chọn một mục hoặc gõ chữ, số. Không thuộc nhiệm vụ thì chọn "
    "«Không áp dụng…»; chưa rõ thì «Để sau»."
)
HELP_FILES = "Gửi ảnh, tệp ngay tại đây để làm minh chứng."

ASK_EXPLANATION = "Anh/chị giải thích ngắn (một vài câu), hoặc chọn «Bỏ qua»."
ASK_NOTE = "Gõ ghi chú cho tiêu chí này (ví dụ số văn bản, nguồn số liệu)."
NOTE_KEPT = "Đã lưu ghi chú."
NOTE_REMOVED = "Đã xóa ghi chú."
PUT_OFF = "Đã để sau. Mục này vẫn nằm trong danh sách còn thiếu."
CHOOSE_HERE = "Câu này trả lời bằng cách chọn một mục bên dưới."
WHEN_IT_IS_OUT = "Khi có kết quả, anh/chị mở lại mục này và chọn mức."
OLD_STAYS = "Giữ nguyên câu trả lời trước."
REST_STAYS = "Đã ghi phần trả lời lại; phần còn lại giữ như trước."
BOTH_YEARS = "Chưa ghi gì: khi trả lời lại, anh/chị nhắn cả hai con số, năm trước rồi năm nay."
AGAIN = "Đang trả lời lại. Câu trả lời trước vẫn giữ cho đến khi có câu mới; «Quay lại» để giữ nguyên."
SEND_HERE = "Câu này cần một tệp minh chứng; nội dung vừa nhắn chưa được ghi."
_SHOWN_WORDS = 600


def help_criterion(can: Capabilities) -> str:
    """What to do on a card."""
    return f"{HELP_CRITERION} {HELP_FILES if can.files_in else uploads.elsewhere(can)}"


def card(sheet: Sheet, entry: Entry, now: datetime, can: Capabilities) -> Message:
    """One criterion: the plan's own words, what is asked or how it was answered, its files.

    Once it is answered nothing is asked, so a digit is no choice where there are buttons to press.
    """
    criterion = entry.criterion
    fixed = only_view(sheet, now)
    question = None if fixed else entry.question
    parts = [
        f"«{criterion.quote}» ({criterion.code})",
        criteria.GATES.get(criterion.kind, ""),
        _told(sheet, entry) or (f"Kết quả: {criteria.outcome(entry.outcome)}" if fixed else ""),
        _asked(entry, question),
        f"Ghi chú: {entry.note}" if entry.note else "",
        _files(entry, now.tzinfo) or ("" if fixed else _advice(entry)),
    ]
    place = sheet.place_of(criterion.key)
    typed = isinstance(question, NumberMeasure | DeltaMeasure | SlotsMeasure)
    typed = typed or (can.buttons and question is None)
    return Message(
        title=f"Tiêu chí {place}/{sheet.total} · {criterion.label}",
        body="\n\n".join(part for part in parts if part),
        hint=fixed or f"{_hint(question, can)} · {progress(sheet)}",
        rows=(*(() if fixed else _card_rows(sheet, entry, question)), (CLAUSE,)),
        numbering=Numbering.LETTERS if typed else Numbering.DIGITS,
    )


def card_again(sheet: Sheet, entry: Entry, asked: Entry, now: datetime, can: Capabilities) -> Message:
    """The same criterion `asked` again, with the answer that still holds."""
    shown = card(sheet, asked, now, can)
    return replace(shown, body="\n\n".join((shown.body, AGAIN, _told(sheet, entry))).strip())


def _told(sheet: Sheet, entry: Entry) -> str:
    """What was answered so far, in the person's own words too, and what it comes to."""
    if entry.outcome is Outcome.NOT_APPLICABLE:
        return f"Kết quả: {criteria_verdict.verdict(entry.criterion, entry.verdict)}"
    lines: list[str] = []
    if entry.answered:
        lines.append(f"Kết quả: {criteria.result(entry.criterion.kind, entry.outcome)}")
        lines += criteria_verdict.carried(entry.criterion, entry.verdict)
    for one in entry.verdict.comparisons:
        if one.answered:
            lines += [criteria_verdict.compared(one), *_own_words(sheet, one)]
    if entry.awaited is not None:
        lines.append(WHEN_IT_IS_OUT)
    return "\n".join(lines)


def _own_words(sheet: Sheet, one: Comparison) -> list[str]:
    match one.measure, one.given:
        case SlotsMeasure() as measure, SlotsGiven() as given:
            return criteria_verdict.slots_so_far(measure, given)
    words = criteria_verdict.own_words(one)
    wrote = "Đã viết" if sheet.shares or sheet.on_behalf else "Anh/chị đã viết"
    return [f"{wrote}: «{shortened(words, _SHOWN_WORDS)}»"] if words else []


def _asked(entry: Entry, question: Measure | Way | None) -> str:
    """The question, how its answer will be checked, and what is known of that answer already."""
    if question is None:
        return ""
    needed = criteria.all_needed(entry.criterion)
    if isinstance(question, Way):
        return "\n".join(line for line in (needed, criteria.ways(entry.criterion, question)) if line)
    checked = criteria.how_checked(question, entry.criterion.kind)
    lines = [*([needed] if needed else []), *_route(entry, question), question.question, checked]
    match question, entry.given_to(question.code):
        case SlotsMeasure() as measure, (SlotsGiven() | None) as given:
            following = missing_slots(measure, given)[0]
            lines += ["", *criteria_verdict.slots_so_far(measure, given)]
            place = 1 + measure.slots.index(following)
            lines += ["", f"{place}/{len(measure.slots)} {following.label}: anh/chị nêu cụ thể."]
        case DeltaMeasure() as measure, DeltaGiven(before=before, now=now) if before is not None:
            lines.append(f"Năm trước: {criteria_verdict.given_year(measure, before)}. Còn số của năm nay.")
        case DeltaMeasure() as measure, DeltaGiven(now=now) if now is not None:
            lines.append(f"Năm nay: {criteria_verdict.given_year(measure, now)}. Còn số của năm trước.")
    return "\n".join(lines)


def _route(entry: Entry, question: Measure) -> list[str]:
    """The way that is being answered, where one was picked."""
    answer, criterion = entry.answer, entry.criterion
    if not isinstance(answer, Answer):
        return []
    picked = [
        (way, part)
        for way in criterion.ways
        if (part := answer.picked(way)) and question.code in criterion.measures_of(part)
    ]
    return [
        f"Đang trả lời theo {criteria.way_number(criterion, way.code, part)}." for way, part in picked[-1:]
    ]


def _files(entry: Entry, zone: tzinfo | None) -> str:
    if not entry.files:
        return ""
    lines = (evidence_texts.line(file, zone) for file in entry.files)
    return "\n".join((f"Minh chứng ({entry.proofs}):", *lines))


def _advice(entry: Entry) -> str:
    """Who usually knows the answer, while it is open, and what may prove it."""
    usual = entry.criterion.usual if not entry.answered else ""
    lines = (
        f"Người thường trả lời: {usual}" if usual else "",
        f"Minh chứng gợi ý: {entry.criterion.evidence}" if entry.criterion.evidence else "",
    )
    return "\n".join(line for line in lines if line)


def _hint(question: Measure | Way | None, can: Capabilities) -> str:
    if isinstance(question, Way):
        return criteria.PICK_A_WAY
    if question is not None and (can.files_in or not isinstance(question, DocumentMeasure)):
        return criteria.how_to_answer(question)
    here = "Có thể gửi ảnh, tệp minh chứng ngay tại đây"
    return here if can.files_in else uploads.elsewhere(can).rstrip(".")


def _card_rows(sheet: Sheet, entry: Entry, question: Measure | Way | None) -> tuple[Row, ...]:
    rows: list[Row] = []
    if entry.answered:
        if entry.awaited is not None:
            rows += _levels(entry.awaited, awaited=False)
        rows += _other_ways(entry)
        rows.append((Choice("next", "▶️ Tiếp theo" if sheet.missing else last(sheet)),))
        rows.append((Choice("again", "Trả lời lại"), Choice("note", "Ghi chú")))
    else:
        rows += _answers(entry, question) + _other_ways(entry)
        if entry.begun:
            rows.append((Choice("again", "Trả lời lại từ đầu"),))
        rows.append((LATER, does_not_apply(sheet)) if entry.dismissable else (LATER,))
    if entry.files:
        rows.append((Choice("files", f"Minh chứng ({entry.proofs})"),))
    if sheet.shares:
        rows.append((Choice("share", "Giao cho đồng nghiệp, trả lại…"),))
    return tuple(rows)


def _answers(entry: Entry, question: Measure | Way | None) -> list[Row]:
    match question:
        case OrdinalMeasure():
            return _levels(question, awaited=True)
        case DeclarationMeasure():
            return [(Choice("yes", criteria.YES), Choice("no", criteria.NO))]
        case Way():
            return [(_way_choice(entry.criterion, question, part, ""),) for part in question.parts]
        case _:
            return []


def _levels(measure: OrdinalMeasure, *, awaited: bool) -> list[Row]:
    levels = [Choice(f"level.{one.key}", one.label) for one in measure.scale.levels]
    rows: list[Row] = [tuple(levels[place : place + 2]) for place in range(0, len(levels), 2)]
    if awaited and measure.awaited:
        rows.append((Choice("awaited", measure.awaited),))
    return rows


def _other_ways(entry: Entry) -> list[Row]:
    """The ways not taken, while the one taken has not carried the answer."""
    answer, criterion = entry.answer, entry.criterion
    if not isinstance(answer, Answer) or entry.outcome is Outcome.MET:
        return []
    return [
        (_way_choice(criterion, way, part, "Sang "),)
        for way in criterion.ways
        if (picked := answer.picked(way))
        for part in way.parts
        if part != picked
    ]


def _way_choice(criterion: Criterion, way: Way, part: str, verb: str) -> Choice:
    """«Cách 2: tăng bậc»; its key counts, for codes may be longer than a button carries."""
    key = f"way.{criterion.ways.index(way)}.{way.parts.index(part)}"
    words = f"{verb}{criteria.way_number(criterion, way.code, part)}"
    return Choice(key, shortened(f"{words[0].upper()}{words[1:]}", LABEL_LENGTH))


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
    entry: Entry, loose: Sequence[EvidenceFacts], zone: tzinfo, can: Capabilities, *, changeable: bool
) -> Message:
    """The files of one criterion."""
    how = "Gửi thêm ảnh, tệp ngay tại đây." if can.files_in else uploads.elsewhere(can)
    lines = [evidence_texts.line(file, zone) for file in entry.files] or ["Chưa có tệp nào."]
    rows: list[Row] = [(evidence_texts.button(file),) for file in entry.files]
    if loose and changeable:
        rows.append((Choice("take", f"Dùng {len(loose)} tệp đã gửi trước"),))
    return Message(
        title=f"Minh chứng {entry.criterion.code}",
        body="\n".join(lines),
        hint=f"{how} {evidence_texts.PRIVACY}" if changeable else "",
        rows=tuple(rows),
    )
