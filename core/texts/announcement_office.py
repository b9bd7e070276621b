"""Sentences of the office's side of announcements."""

from collections.abc import Sequence

from core.announcements import Act, AnnouncementFacts, Content, NotReached, Reach, State, Tally
from core.messages import LABEL_LENGTH, Choice, Message, Row
from core.vietnamese import moment, shortened

LABEL = "Thông báo"
HELP = (
    "Soạn thông báo, xem trước từng người sẽ nhận, gửi thử cho mình rồi mới gửi. "
    "Bản nháp được giữ sau mỗi bước; rời đi không mất gì."
)
HELP_WRITING = "Gõ nội dung rồi gửi. Mỗi bước được lưu vào bản nháp ngay."
KEPT = "Đã lưu vào bản nháp."
TRIED = "Bản gửi thử ở tin ngay dưới, đúng như người nhận sẽ thấy."
DISCARDED = "Đã bỏ bản nháp."
CALLED_BACK = "Đã gọi lại thông báo; chưa ai nhận được. Bản nháp vẫn còn nguyên."
APPROVED = "Đã duyệt. Thông báo sẽ tự gửi."
PAUSED = "Đã tạm dừng; những tin chưa đi sẽ chờ."
RESUMED = "Tiếp tục gửi."
NOTHING = "Chưa có thông báo nào. Chọn «Soạn thông báo» để bắt đầu."
_SHOWN = 8

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
}


def listed(being_done: Sequence[AnnouncementFacts], over: Sequence[AnnouncementFacts]) -> Message:
    """The list: what is open first."""
    found = [*being_done, *over][:_SHOWN]
    lines = [f"• {_title(one)}: {_state(one)}" for one in found]
    rows: list[Row] = [(Choice("new", "✏️ Soạn thông báo"),)]
    rows += [(Choice(f"one.{one.id}", shortened(_title(one), LABEL_LENGTH)),) for one in found]
    return Message(title=LABEL, body="\n".join(lines) or NOTHING, rows=tuple(rows))


def before(one: AnnouncementFacts, reach: Reach, *, mine: bool) -> Message:
    """One that has not left: what it says, whom it would reach."""
    lines = [one.content.body or "(chưa có nội dung)", ""]
    lines += [f"Tình trạng: {_state(one)}."]
    lines += [f"Người nhận: {len(reach.reachable)} người nhận được, {len(reach.cut_off)} không gửi được."]
    rows: list[Row] = []
    if one.state is State.DRAFT:
        rows += [(Choice("title", "Tiêu đề"), Choice("body", "Nội dung"))]
        rows += [(Choice("try", "Gửi thử cho mình"),)]
        rows += [(Choice(Act.DISCARD, "Bỏ bản nháp", grave=True, word="BO"),)]
    else:
        rows += [(Choice(Act.UNDO, "↩️ Gọi lại"),)]
        if one.state is State.WAITING and not mine:
            rows += [(Choice(Act.APPROVE, "Duyệt", grave=True, word="DUYET"),)]
    return Message(title=_title(one), body="\n".join(lines), rows=tuple(rows))


def under_way(one: AnnouncementFacts, counted: Tally) -> Message:
    """One that has left: how far it is."""
    lines = [f"Tình trạng: {_state(one)}.", *tally(counted)]
    rows: list[Row] = []
    if one.state is State.RUNNING:
        rows += [(Choice(Act.PAUSE, "Tạm dừng"), Choice(Act.STOP, "Dừng hẳn", grave=True, word="DUNG"))]
    if one.state is State.PAUSED:
        rows += [(Choice(Act.RESUME, "Gửi tiếp"), Choice(Act.STOP, "Dừng hẳn", grave=True, word="DUNG"))]
    return Message(title=_title(one), body="\n".join(lines), rows=tuple(rows))


def tally(counted: Tally) -> list[str]:
    """How many it reached, and why not others."""
    lines = [f"Đã gửi {counted.sent}/{counted.total} người; còn chờ {counted.waiting}."]
    if counted.read:
        lines.append(f"Đã xác nhận đọc: {counted.read}.")
    lines += [f"Không tới: {count} người ({WHY[why]})." for why, count in counted.not_reached.items()]
    if counted.perhaps_twice:
        lines.append(f"Có thể nhận hai lần: {counted.perhaps_twice} người.")
    return lines


def stopped(count: int) -> str:
    """After «Dừng hẳn»."""
    return f"Đã dừng: {count} tin chưa gửi sẽ không đi nữa."


def ask_title(content: Content) -> Message:
    """Its title."""
    now = f"Tiêu đề hiện tại: «{content.title}».\n\n" if content.title else ""
    return Message(title="Tiêu đề thông báo", body=f"{now}Anh/chị gõ tiêu đề, ngắn và rõ.")


def ask_body(content: Content) -> Message:
    """Its words."""
    now = f"Nội dung hiện tại:\n{content.body}\n\n" if content.body else ""
    return Message(title="Nội dung thông báo", body=f"{now}Anh/chị gõ nội dung; điều cốt lõi để ở đầu.")


def _title(one: AnnouncementFacts) -> str:
    return one.content.title or "(chưa có tiêu đề)"


def _state(one: AnnouncementFacts) -> str:
    if one.state is State.SCHEDULED and one.leaves_at is not None:
        return f"gửi lúc {moment(one.leaves_at)}"
    return "đã thu hồi" if one.retracted else STATES[one.state]
