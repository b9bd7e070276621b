"""Sentences of correcting an announcement that has left, and of taking it back."""

from core.announcement_content import MOST_ANSWERS, Content, Question
from core.announcement_results import Spread
from core.announcements import AnnouncementFacts
from core.messages import Choice, Message, Row
from core.texts import announcements as told
from core.texts import channels
from core.vietnamese import shortened

CORRECTED = "Bản đính chính đang được gửi."
TAKEN_BACK = "Thông báo đã thu hồi; lời thu hồi đang được gửi."
HELP = (
    "Gõ nội dung rồi gửi. Sửa được tiêu đề, nội dung, câu hỏi; tệp thì không. "
    "Chưa có gì được gửi đi cho đến khi anh/chị xác nhận ở bước cuối."
)
_FILES_STAY = "Tệp đã gửi không sửa được: nếu tệp sai, anh/chị thu hồi rồi gửi thông báo mới."
_AGREED_FIRST = "\n\nCần người thứ hai duyệt rồi mới gửi."
_NOTICE = "một tin ngắn báo thông báo đã được sửa"
_EXCERPT = 600


def words(one: AnnouncementFacts) -> str:
    """What it says, without the line that a correction of before put first."""
    head, _, rest = one.content.body.partition("\n\n")
    return rest if one.version > 1 and head.startswith(told.CORRECTION) else one.content.body


def ask_correction(one: AnnouncementFacts, right: Content, now: str, *, changed: bool) -> Message:
    """The first step of a correction; `right` is what it says so far."""
    lines = [now, "", f"Tiêu đề: {right.title}", f"Nội dung:\n{shortened(right.body, _EXCERPT)}"]
    lines += ["", *question_lines(right.question)] if right.question is not None else []
    lines += ["", _FILES_STAY] if one.content.files else []
    lines += ["", "Anh/chị gõ lại toàn bộ nội dung đúng; nếu chỉ sai chỗ khác thì chọn ở dưới."]
    if one.content.question is not None and right.question is None:
        lines.insert(-2, "Câu hỏi: bỏ.")
    row = [Choice("title", "Sửa tiêu đề")]
    row += [Choice("question", "Sửa câu hỏi")] if one.content.question is not None else []
    rows: list[Row] = [tuple(row)]
    rows += [(Choice("on", "Giữ nội dung này, tiếp tục"),)] if changed else []
    return Message(title="Đính chính: nội dung đúng", body="\n".join(lines), rows=tuple(rows))


def ask_title(title: str) -> Message:
    """The right title."""
    return Message(
        title="Đính chính: tiêu đề", body=f"Tiêu đề đang có: «{title}».\n\nAnh/chị gõ tiêu đề đúng."
    )


def look_at_question(question: Question | None) -> Message:
    """Whether the question still fits."""
    rows: tuple[Row, ...] = (
        (Choice("keep", "Câu hỏi vẫn đúng"),),
        (Choice("ask", "Đổi câu hỏi"), Choice("off", "Bỏ câu hỏi")),
    )
    body = "\n".join(question_lines(question))
    return Message(
        title="Đính chính: câu hỏi",
        body=f"{body}\n\nCâu hỏi và đáp án này còn đúng với nội dung mới không?".lstrip(),
        rows=rows,
    )


def ask_question() -> Message:
    """The right question, with its answers."""
    return Message(
        title="Đính chính: câu hỏi",
        body="Anh/chị gõ câu hỏi đúng, rồi các phương án ở những dòng dưới trong cùng một tin: "
        f"từ 2 đến {MOST_ANSWERS} phương án, mỗi dòng một phương án.",
    )


def question_lines(question: Question | None) -> list[str]:
    """A question as its author sees it, with the right answer marked."""
    if question is None:
        return []
    marks = (("✅" if place == question.right else "▫️") for place in range(len(question.answers)))
    answers = (f"{mark} {answer}" for mark, answer in zip(marks, question.answers, strict=True))
    return [f"Câu hỏi: {question.words}", *answers]


def ask_reason() -> Message:
    """The second step of a correction."""
    return Message(
        title="Đính chính: lý do",
        body="Anh/chị gõ một câu nói rõ sai chỗ nào, ví dụ «sai giờ họp». Câu này đứng đầu bản đính chính.",
    )


def correction_sure(content: Content, now: str, *, other: bool) -> Message:
    """The last step of a correction: exactly what people get, and whether an `other` has to agree first."""
    return Message(
        title="Gửi đính chính",
        body=f"{now}{_AGREED_FIRST if other else ''}\n\n{_as_seen(content)}",
        rows=((Choice("send", "Gửi đính chính", grave=True, word="DINHCHINH"),),),
    )


def ask_retraction(one: AnnouncementFacts, now: str) -> Message:
    """The first step of taking it back."""
    return Message(
        title="Thu hồi: lý do",
        body=f"Thu hồi thông báo «{one.content.title}». {now}\n\n"
        "Anh/chị gõ lý do; người nhận sẽ đọc được lý do này.",
    )


def retraction_sure(content: Content, now: str, *, other: bool) -> Message:
    """The last step of taking it back; whether an `other` person has to agree first."""
    return Message(
        title="Thu hồi thông báo",
        body=f"{now} Việc này không hoàn tác được.{_AGREED_FIRST if other else ''}\n\n{_as_seen(content)}",
        rows=((Choice("send", "Thu hồi", grave=True, word="THUHOI"),),),
    )


def spread(found: Spread, *, retracts: bool) -> str:
    """Before it goes: on which channel the new wording takes the old one's place, and on which it follows."""
    parts = [
        f"{count} người trên {channels.name(name)} sẽ thấy bản mới thay ngay bản cũ"
        for name, count in found.in_place.items()
    ]
    parts += [
        f"{count} người trên {channels.name(name)} nhận một tin mới, bản cũ vẫn còn đó"
        for name, count in found.follows.items()
    ]
    if found.waiting:
        late = "sẽ không nhận gì" if retracts else "sẽ chỉ nhận bản mới"
        parts.append(f"{found.waiting} người chưa nhận {late}")
    if found.gone:
        parts.append(f"{found.gone} người ở kênh đã ngừng dùng, cần báo bằng cách khác")
    if not parts:
        return "Chưa ai có thông báo này."
    because = "" if found.fresh else " Đã quá 48 giờ nên không thay tại chỗ được nữa."
    told = (
        "" if retracts or not found.told else f" {found.told} người đã xác nhận bản cũ nhận thêm {_NOTICE}."
    )
    return f"{'; '.join(parts)}.{because}{told}{_files(found)}"


def _files(found: Spread) -> str:
    """What becomes of files that the new wording has no more."""
    if not found.files:
        return ""
    away = f" {found.files} tệp đã gửi sẽ bị xóa khỏi cuộc trò chuyện của {found.erased} người."
    stays = f" {found.files} tệp đã gửi vẫn còn trong cuộc trò chuyện của {found.kept} người."
    return (away if found.erased else "") + (stays if found.kept else "")


def _as_seen(content: Content) -> str:
    asked = question_lines(content.question)
    files = [_FILES_STAY] if content.files else []
    words = f"{content.title}\n{content.body}".rstrip()
    return "\n\n".join(("Người nhận sẽ thấy:", words, *(["\n".join(asked)] if asked else []), *files))
