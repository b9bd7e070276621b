"""Sentences about questions to the office: asking, waiting, answering."""

from collections.abc import Sequence
from datetime import tzinfo

from core.messages import Choice, Door, Message, Row
from core.questions import LONGEST_ANSWER, QuestionFacts
from core.texts import pages
from core.vietnamese import moment, shortened

LABEL_MINE = "Câu hỏi của tôi"
LABEL_QUEUE = "Câu hỏi gửi về"
WORD_MINE, WORD_QUEUE = "CH", "TL"
ANSWERED = "Đã gửi câu trả lời cho người hỏi."
ANSWERED_UNTOLD = (
    "Đã lưu câu trả lời. Người hỏi hiện chưa nhận tin được qua hệ thống; khi vào lại, "
    "họ xem trong «Câu hỏi của tôi»."
)
NOTHING_ASKED = "Anh/chị chưa hỏi câu nào. Mở «Kế hoạch», chọn «Hỏi bộ phận phụ trách» để hỏi."
NOTHING_WAITS = "Hiện không có câu hỏi nào chờ trả lời."
STILL_WAITS = "Chưa có câu trả lời. Bộ phận phụ trách đã nhận câu hỏi; có trả lời là anh/chị được báo."
HELP_MINE = "Chọn một câu hỏi để xem câu trả lời."
HELP_QUEUE = "Chọn một câu hỏi, rồi gõ câu trả lời. Người hỏi nhận được ngay."
HELP_ANSWER = "Gõ câu trả lời; nên nêu mã điều khoản hoặc văn bản làm căn cứ. Gửi rồi không sửa được."
PAGE = 6
_GLIMPSE, _QUOTED = 110, 400


def mine(asked: Sequence[QuestionFacts], page: int, zone: tzinfo) -> Message:
    """What somebody asked, newest first."""
    lines = [
        _line(one, f"{'▫️ chờ trả lời' if one.open else '✅ đã trả lời'} · {_day(one, zone)}") for one in asked
    ]
    return _listed(LABEL_MINE, asked, lines, page, NOTHING_ASKED)


def queue(asked: Sequence[QuestionFacts], count: int, page: int, zone: tzinfo) -> Message:
    """What waits for the office, oldest first."""
    lines = [_line(one, f"{one.asker}, {one.unit} · {_day(one, zone)}") for one in asked]
    title = f"{LABEL_QUEUE} ({count})" if count else LABEL_QUEUE
    return _listed(title, asked, lines, page, NOTHING_WAITS)


def of_mine(one: QuestionFacts, zone: tzinfo) -> Message:
    """One question of the person who asked it."""
    return Message(
        title=f"Câu hỏi {one.id}",
        body="\n\n".join(
            part for part in (_about(one), _quoted(one, zone), _answer(one, zone) or STILL_WAITS) if part
        ),
    )


def to_answer(one: QuestionFacts, zone: tzinfo) -> Message:
    """One question for whoever answers."""
    parts = (f"Người hỏi: {one.asker}, {one.unit}", _about(one), _quoted(one, zone), _answer(one, zone))
    return Message(
        title=f"Câu hỏi {one.id}",
        body="\n\n".join(part for part in parts if part),
        hint=f"Gõ câu trả lời (tối đa {LONGEST_ANSWER} ký tự)."
        if one.open
        else "Câu hỏi này đã được trả lời.",
    )


def asked_notice(one: QuestionFacts) -> Message:
    """To everybody who answers questions."""
    return Message(
        title="Có câu hỏi gửi về",
        body=f"{one.asker}, {one.unit} hỏi:\n«{shortened(one.question, _QUOTED)}»\n{_about(one)}".strip(),
        doors=(Door("answers", str(one.id), "Trả lời câu hỏi này", WORD_QUEUE),),
    )


def nobody_answers(one: QuestionFacts) -> Message:
    """To administrators: a question that nobody can be told of."""
    return Message(
        title="Câu hỏi chưa có người trả lời",
        body=(
            f"Câu hỏi số {one.id} của {one.asker}, {one.unit} đã được lưu, nhưng chưa có ai giữ vai trò "
            "văn phòng nhận tin được. Anh/chị giao vai trò, hoặc cấp mã tham gia cho người đang giữ vai trò."
        ),
    )


def answered_notice(one: QuestionFacts) -> Message:
    """To whoever asked: the question quoted, and the answer."""
    parts = (
        f"Anh/chị hỏi: «{shortened(one.question, _QUOTED)}»\n{_about(one)}".strip(),
        f"Trả lời: {one.answer}".strip(),
        f"Người trả lời: {one.answered_by}" if one.answered_by else "",
    )
    return Message(
        title="Trả lời câu hỏi của anh/chị",
        body="\n\n".join(part for part in parts if part),
        doors=(Door("questions", str(one.id), "Mở câu hỏi", WORD_MINE),),
    )


def _listed(title: str, asked: Sequence[QuestionFacts], lines: list[str], page: int, nothing: str) -> Message:
    shown = pages.shown(range(len(asked)), page, PAGE)
    buttons = [Choice(f"question.{asked[place].id}", f"Câu {asked[place].id}") for place in shown]
    rows: list[Row] = [tuple(buttons[place : place + 3]) for place in range(0, len(buttons), 3)]
    rows += pages.turns(page, len(asked), PAGE)
    return Message(
        title=title,
        body="\n".join(lines[place] for place in shown) or nothing,
        rows=tuple(rows),
    )


def _line(one: QuestionFacts, told: str) -> str:
    clause = f" [{one.clause}]" if one.clause else ""
    # The button's words come first, so that where there are no buttons they are told once.
    return f"Câu {one.id}{clause} · {told}: «{shortened(' '.join(one.question.split()), _GLIMPSE)}»"


def _about(one: QuestionFacts) -> str:
    if not one.plan:
        return ""
    return f"Về kế hoạch: {one.plan}" + (f", điều khoản {one.clause}" if one.clause else "")


def _quoted(one: QuestionFacts, zone: tzinfo) -> str:
    return f"Hỏi lúc {moment(one.asked_at.astimezone(zone))}:\n«{one.question}»"


def _answer(one: QuestionFacts, zone: tzinfo) -> str:
    if one.answered_at is None:
        return ""
    return f"Trả lời lúc {moment(one.answered_at.astimezone(zone))}, {one.answered_by}:\n{one.answer}"


def _day(one: QuestionFacts, zone: tzinfo) -> str:
    return f"{one.asked_at.astimezone(zone):%d/%m/%Y}"
