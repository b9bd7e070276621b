"""«Thông báo của tôi»: sentences for whoever an announcement was sent to."""

from collections.abc import Sequence

from core.announcement_content import Question
from core.announcement_reading import Received
from core.messages import LABEL_LENGTH, Capabilities, Choice, Message, Numbering, Row
from core.texts import uploads
from core.vietnamese import moment, shortened

LABEL = "Thông báo của tôi"
HELP = (
    "Đây là các thông báo anh/chị nhận trong 90 ngày qua; thông báo cần xác nhận đứng trước. "
    "Chọn một thông báo để đọc lại, xác nhận hoặc nhận lại tệp."
)
HELP_ONE = "Anh/chị đọc nội dung, rồi chọn «Đã đọc» hoặc một câu trả lời nếu có; mỗi thông báo chỉ một lần."
NOTHING = "Trong 90 ngày qua anh/chị chưa nhận thông báo nào."
CORRECTED = (
    "Bản anh/chị vừa bấm đã được đính chính nên chưa ghi gì. Đây là nội dung mới; anh/chị đọc bản này."
)
RETRACTED = "Thông báo anh/chị vừa bấm đã được thu hồi; anh/chị không phải xác nhận nữa."
QUESTION_FIRST = "Thông báo này có một câu hỏi; anh/chị chọn câu trả lời là đã xác nhận đọc."
ANSWERED_BEFORE = "Anh/chị đã trả lời câu hỏi này trước đó; câu trả lời đầu tiên được tính."
TRIED = "Đó là bản gửi thử nên chưa ghi gì; người nhận bấm vào đó thì được ghi là đã đọc."
NO_FILES = "Nội dung hiện tại của thông báo không có tệp."
PAGE = 6


def listed(found: Sequence[Received], page: int) -> Message:
    """Everything somebody received, what is open first."""
    first = page * PAGE
    shown = found[first : first + PAGE]
    lines = [f"{one.content.title} · {_state(one)}" for one in shown]
    rows: list[Row] = [(Choice(f"one.{one.number}", _label(one)),) for one in shown]
    turns = [Choice("page.before", "◀️ Trang trước")] if page else []
    turns += [Choice("page.after", "Trang sau ▶️")] if first + PAGE < len(found) else []
    rows += [tuple(turns)] if turns else []
    waits = sum(one.open for one in found)
    title = f"{LABEL} ({waits} cần xác nhận)" if waits else LABEL
    return Message(title=title, body="\n".join(lines) or NOTHING, rows=tuple(rows))


def one(found: Received, can: Capabilities) -> Message:
    """An announcement in the wording that holds now, with what its reader may do about it.

    Answers are lettered where there are no buttons: «2» may be one of them. They are quoted, so that no line
    of the author's own is taken for one told in full.
    """
    content, question = found.content, found.content.question
    rows: list[Row] = []
    hint = _received_at(found)
    if found.open and question is not None:
        hint = f"Câu hỏi: {question.words}"
        rows += [
            (Choice(f"answer.{found.version}.{place}", f"«{answer}»"),)
            for place, answer in enumerate(question.answers)
        ]
    elif found.open:
        hint = "Anh/chị đọc xong thì chọn «Đã đọc»."
        rows += [(Choice(f"read.{found.version}", "✅ Đã đọc"),)]
    lettered = found.open and question is not None
    return Message(
        title=content.title,
        body=content.body,
        hint="\n".join((hint, *_files_elsewhere(found, can))),
        rows=(*rows, *_files(found, can)),
        numbering=Numbering.LETTERS if lettered else Numbering.DIGITS,
    )


def confirmed(found: Received, waiting: int, can: Capabilities) -> Message:
    """After the confirmation or the answer; `waiting` others are still to be confirmed."""
    lines = [*_judged(found), f"Thông báo: «{found.content.title}».", _received_at(found)]
    lines += _files_elsewhere(found, can)
    rows: list[Row] = [(Choice("again", "Xem lại nội dung"),)]
    rows += _files(found, can)
    if waiting:
        rows += [(Choice("list", f"Thông báo khác cần xác nhận ({waiting})"),)]
    return Message(title="Đã ghi nhận", body="\n".join(lines), rows=tuple(rows))


def files_again(count: int) -> str:
    """After «Gửi lại tệp»."""
    return f"Đã gửi lại {count} tệp của thông báo." if count else NO_FILES


def _judged(found: Received) -> list[str]:
    question = found.content.question
    if question is None or found.answer is None:
        return []
    chosen = _answer(question, found.answer)
    if found.right:
        return [f"Đúng: «{chosen}»."]
    right = _answer(question, question.right)
    wrong = f"Chưa đúng: anh/chị chọn «{chosen}», đáp án đúng là «{right}»."
    return [f"{wrong} Anh/chị xem lại nội dung để nắm rõ; không phải trả lời lại."]


def _answer(question: Question, place: int) -> str:
    return question.answers[place] if place < len(question.answers) else ""


def _files(found: Received, can: Capabilities) -> tuple[Row, ...]:
    count = len(found.content.files)
    return ((Choice("files", f"📎 Gửi lại {count} tệp"),),) if count and can.files_out else ()


def _files_elsewhere(found: Received, can: Capabilities) -> list[str]:
    count = len(found.content.files)
    if not count or can.files_out:
        return []
    told = f"Thông báo kèm {count} tệp; ứng dụng này không chuyển được tệp."
    return [f"{told} Anh/chị {uploads.FETCH_ELSEWHERE}."]


def _received_at(found: Received) -> str:
    sent = f"Gửi lúc {moment(found.left_at)}."
    if found.read_at is None:
        return sent
    return f"{sent} Anh/chị đã xác nhận lúc {moment(found.read_at)}."


def _label(found: Received) -> str:
    return shortened(found.content.title, LABEL_LENGTH)


def _state(found: Received) -> str:
    day = f"{found.left_at:%d/%m}"
    if found.open:
        return f"{day} · cần {'trả lời' if found.content.question is not None else 'xác nhận'}"
    if found.retracted:
        return f"{day} · đã thu hồi"
    return f"{day} · đã xác nhận" if found.read_at is not None else day
