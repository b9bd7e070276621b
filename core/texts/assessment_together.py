"""Several criteria on one screen, answered in one message, where each message counts."""

from collections.abc import Sequence

from core.assessment import Entry, Sheet
from core.assessment_together import LETTERS, options
from core.criteria import (
    AwaitedGiven,
    DeclarationGiven,
    Given,
    LevelGiven,
    NumberGiven,
    Outcome,
)
from core.measures import NarrativeMeasure, NumberMeasure, OrdinalMeasure
from core.messages import LABEL_LENGTH, Choice, Message
from core.texts import criteria, criteria_verdict
from core.texts.assessment import does_not_apply, progress
from core.vietnamese import shortened

LATER_WORD = "DE SAU"
HOW = (
    "Trả lời nhiều mục trong một tin, ví dụ «1A 2A»; số hoặc lời kể thì mỗi mục một dòng, ví dụ «3: 95%». "
    "Chưa trả lời hết cũng được. Gõ mã của một mục để mở riêng mục đó (xem đủ câu chữ, gửi minh chứng)."
)
NOTHING_READ = "Chưa đọc được câu trả lời nào trong tin vừa rồi; chưa ghi gì."
EARLIER = (
    "Tin vừa rồi chưa được ghi, vì được gửi trước khi màn hình dưới đây tới. "
    "Anh/chị trả lời theo màn hình này; mục trước đó mở lại được bằng mã."
)
ANSWERED = "đã trả lời"
_QUESTION_LENGTH = 180
_PIECE = 40
_MEASURED = NumberMeasure | OrdinalMeasure
_MOST_STRANGE = 5


def screen(sheet: Sheet, entries: Sequence[Entry]) -> Message:
    """Up to five criteria, numbered, each with its question and its letters."""
    items = [_item(sheet, number, entry) for number, entry in enumerate(entries, 1)]
    later = Choice("later", "Để sau các mục này", grave=True, word=LATER_WORD)
    return Message(
        title=f"Tự đánh giá · {len(entries)} tiêu chí",
        body="\n\n".join(items),
        hint=f"{HOW}\n{progress(sheet)}",
        rows=((later,),),
    )


def _item(sheet: Sheet, number: int, entry: Entry) -> str:
    criterion = entry.criterion
    head = f"{number}. {criterion.code} {shortened(criterion.label, LABEL_LENGTH)}"
    if entry.answered:
        return f"{head}: {ANSWERED}."
    gate = criteria.GATES.get(criterion.kind, "")
    question = entry.next_measure()
    asked = shortened(question.question, _QUESTION_LENGTH) if question is not None else ""
    letters = [
        f"{LETTERS[place]}. {_label(sheet, entry, given)}" for place, given in enumerate(options(entry))
    ]
    checked = criteria.how_checked(question, criterion.kind) if isinstance(question, _MEASURED) else ""
    return "\n".join(line for line in (head, gate, asked, checked, _how(number, entry, letters)) if line)


def _how(number: int, entry: Entry, letters: Sequence[str]) -> str:
    match entry.question:
        case NumberMeasure() as measure:
            typed = [f"Nhắn «{number}: {'95%' if measure.percent else '3'}»"]
        case NarrativeMeasure():
            typed = [f"Nhắn «{number}: đã làm gì, kết quả»"]
        case _:
            typed = []
    return " · ".join((*typed, *letters))


def _label(sheet: Sheet, entry: Entry, given: Given | None) -> str:
    match given, entry.question:
        case DeclarationGiven(yes=yes), _:
            return criteria.YES if yes else criteria.NO
        case LevelGiven(level=level), OrdinalMeasure() as measure:
            return measure.scale.level(level).label
        case AwaitedGiven(), OrdinalMeasure() as measure:
            return measure.awaited
        case _:
            return does_not_apply(sheet).label


def kept(entries: Sequence[Entry], strange: Sequence[str] = ()) -> str:
    """What was just answered and what came of it, criteria of one result together; then what was not read."""
    told: dict[str, list[str]] = {}
    for entry in entries:
        told.setdefault(result(entry), []).append(entry.criterion.code)
    lines = [f"{', '.join(codes)}: {said}" for said, codes in told.items()]
    if not entries:
        lines.append(NOTHING_READ)
    if strange:
        pieces = ", ".join(f"«{shortened(one, _PIECE)}»" for one in strange[:_MOST_STRANGE])
        lines.append(f"Chưa hiểu: {pieces}{'…' if len(strange) > _MOST_STRANGE else ''}.")
    return "\n".join(lines)


def proof_of(entry: Entry) -> str:
    """The card has gone on: where evidence of the answer is sent."""
    return f"Minh chứng cho mục này: gõ «{entry.criterion.code}» rồi gửi."


def result(entry: Entry) -> str:
    """One answer's result in a line: a figure and a yes with their comparison, anything else in a word."""
    if entry.outcome is Outcome.NOT_APPLICABLE:
        return f"{criteria.NOT_APPLICABLE}."
    comparisons = [one for one in entry.verdict.comparisons if one.answered]
    if len(comparisons) == 1 and isinstance(comparisons[0].given, NumberGiven | DeclarationGiven):
        return criteria_verdict.compared(comparisons[0])
    return f"{criteria.result(entry.criterion.kind, entry.outcome)}."
