"""Sentences of the office's side of announcements."""

from collections.abc import Sequence

from core.announcement_content import Content
from core.announcements import Act, AnnouncementFacts, NotReached, State
from core.messages import LABEL_LENGTH, Choice, Message, Row
from core.texts import announcement_writing
from core.vietnamese import moment, shortened

LABEL = "Thông báo"
HELP = (
    "Soạn thông báo, xem trước từng người sẽ nhận, gửi thử cho mình rồi mới gửi. "
    "Bản nháp được giữ sau mỗi bước; rời đi không mất gì."
)
KEPT = "Đã lưu vào bản nháp."
TRIED = "Bản gửi thử ở tin ngay dưới, đúng như người nhận sẽ thấy; nút trên bản thử chưa ghi nhận gì."
DISCARDED = "Đã bỏ bản nháp."
CALLED_BACK = "Đã gọi lại thông báo; chưa ai nhận được. Bản nháp vẫn còn nguyên."
APPROVED = "Đã duyệt. Thông báo sẽ tự gửi."
NOTHING = "Chưa có thông báo nào. Chọn «Soạn thông báo» để bắt đầu."

STATES = {
    State.DRAFT: "bản nháp",
    State.WAITING: "chờ người thứ hai duyệt",
    State.SCHEDULED: "sắp gửi",
    State.RUNNING: "đang gửi",
    State.PAUSED: "tạm dừng",
    State.STOPPED: "đã dừng",
    State.FINISHED: "đã gửi xong",
    State.DISCARDED: "đã bỏ",
}
WHY = {
    NotReached.NO_ACCOUNT: "chưa tham gia",
    NotReached.UNREACHABLE: "đã chặn hoặc không còn dùng",
    NotReached.TRIAL: "hệ thống đang chạy thử",
    NotReached.REJECTED: "kênh không nhận tin",
    NotReached.EXPIRED: "quá hạn gửi",
    NotReached.STOPPED: "đã dừng trước khi tới",
    NotReached.STANDS_STILL: "kênh hết lượt tin hoặc đang dừng, còn chờ",
}


def listed(found: Sequence[AnnouncementFacts], queues: Sequence[Row], turns: tuple[Row, ...]) -> Message:
    """A page of the list; `queues` lead to what is scheduled and what waits, `turns` to other pages."""
    lines = [f"• {_title(one)}: {_state(one)}" for one in found]
    rows: list[Row] = [(Choice("new", "✏️ Soạn thông báo"), Choice("templates", "Soạn từ mẫu"))]
    rows += queues
    rows += [(Choice(f"one.{one.id}", shortened(_title(one), LABEL_LENGTH)),) for one in found]
    rows += turns
    return Message(title=LABEL, body="\n".join(lines) or NOTHING, rows=tuple(rows))


def before(one: AnnouncementFacts, checking: int, aimed: Sequence[str], sending: Sequence[Row]) -> Message:
    """One that has not left: what it says, whom it is for and would reach (`aimed`), what leads on."""
    lines = [announcement_writing.quoted(one.content.body), ""]
    lines += announcement_writing.described(one.content, checking)
    lines += [f"Tình trạng: {_state(one)}."]
    lines += aimed
    rows: list[Row] = []
    if one.state is State.DRAFT:
        rows += [*announcement_writing.rows(), *sending]
        rows += [(Choice("try", "Gửi thử cho mình"),)]
        ask_first = one.content != Content()
        rows += [(Choice("discarding", "Bỏ bản nháp…") if ask_first else _discard(),)]
    else:
        rows += [(Choice("preview", "Xem trước"),), *sending]
    return Message(title=_title(one), body="\n".join(lines), rows=tuple(rows))


def discarding(one: AnnouncementFacts) -> Message:
    """Asks once more before what was written is given up."""
    lines = [announcement_writing.quoted(one.content.body), *announcement_writing.described(one.content, 0)]
    lines += ["", "Bỏ thì bản nháp này mất hẳn, không lấy lại được."]
    return Message(title=f"Bỏ bản nháp: {_title(one)}", body="\n".join(lines), rows=((_discard(),),))


def _discard() -> Choice:
    return Choice(Act.DISCARD, "Bỏ bản nháp", grave=True, word="BO")


def ask_title(content: Content) -> Message:
    """Its title."""
    now = f"Tiêu đề hiện tại: «{content.title}».\n\n" if content.title else ""
    return Message(title="Tiêu đề thông báo", body=f"{now}Anh/chị gõ tiêu đề, ngắn và rõ.")


def ask_body(content: Content) -> Message:
    """Its words."""
    now = f"Nội dung hiện tại:\n{content.body}\n\n" if content.body else ""
    how = "Nội dung mới thay cho nội dung hiện tại." if now else "Điều cốt lõi để ở đầu."
    return Message(title="Nội dung thông báo", body=f"{now}Anh/chị gõ nội dung. {how}")


def _title(one: AnnouncementFacts) -> str:
    return one.content.title or "(chưa có tiêu đề)"


def _state(one: AnnouncementFacts) -> str:
    if one.state is State.SCHEDULED and one.leaves_at is not None:
        return f"gửi lúc {moment(one.leaves_at)}{', hằng năm' if one.yearly else ''}"
    return "đã thu hồi" if one.retracted else STATES[one.state]
