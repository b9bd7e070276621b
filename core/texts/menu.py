"""Sentences of the first screen, «Việc của tôi»."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from core.assessment import RoundFacts
from core.messages import Choice, Message, Row
from core.vietnamese import inside_a_sentence, long_date, moment

TITLE = "Việc của tôi"
HELP = "Đây là những việc đang chờ anh/chị. Chọn một việc để làm tiếp; mọi câu trả lời được lưu ngay."
HELP_FILES = "Có thể gửi ảnh hoặc tệp minh chứng vào đây bất cứ lúc nào."
NOTHING_OPEN = "Hiện không có việc nào đang chờ anh/chị."
GO_LIVE = "Chuyển sang hoạt động chính thức"
WENT_LIVE = "Hệ thống đã hoạt động chính thức: từ nay mọi người đều nhận được tin."
GO_LIVE_WORD = "CHINH THUC"


def screen(
    name: str, rounds: Sequence[RoundFacts], loose_files: int, others: Sequence[Choice], now: datetime
) -> Message:
    """What waits for this person."""
    lines = [f"{name} · {long_date(now.date())}", ""]
    lines += [_round_line(one, now.tzinfo) for one in rounds] or [NOTHING_OPEN]
    if loose_files:
        lines.append(f"📎 {loose_files} tệp minh chứng chưa gắn vào tiêu chí nào.")
    rows: list[Row] = [(Choice(f"round.{one.round_id}", _round_button(one)),) for one in rounds]
    rows += [(choice,) for choice in others]
    return Message(title=TITLE, body="\n".join(lines), rows=tuple(rows))


def help_here(*, files_in: bool) -> str:
    """What to do on the first screen."""
    return f"{HELP} {HELP_FILES}" if files_in else HELP


def _round_line(one: RoundFacts, zone: tzinfo | None) -> str:
    name = f"Tự đánh giá {inside_a_sentence(one.label)}"
    until = f", đợt khóa lúc {moment(one.closes_at.astimezone(zone))}" if one.closes_at else ""
    if one.signed:
        return f"✅ {name}: đã ký."
    if one.closed:
        return f"▫️ {name}: đợt đã khóa, chưa ký ({one.answered}/{one.total} tiêu chí)."
    if one.assessment_id is None:
        return f"▫️ {name}: chưa bắt đầu ({one.total} tiêu chí){until}."
    if one.answered == one.total:
        return f"▫️ {name}: đủ {one.total} tiêu chí, chờ anh/chị ký{until}."
    return f"▫️ {name}: {one.answered}/{one.total} tiêu chí{until}."


def _round_button(one: RoundFacts) -> str:
    label = inside_a_sentence(one.label)
    if one.signed:
        return f"Xem bản đã ký {label}"
    if one.closed:
        return f"Xem câu trả lời {label}"
    if one.assessment_id is None:
        return f"Bắt đầu tự đánh giá {label}"
    if one.answered == one.total:
        return f"Xem lại và ký {label}"
    return f"Làm tiếp {label} ({one.answered}/{one.total})"


def ask_go_live() -> Message:
    """Before leaving trial mode."""
    return Message(
        title="Chuyển sang hoạt động chính thức",
        body=(
            "Hiện hệ thống đang chạy thử: chỉ quản trị viên nhận được tin. "
            "Sau khi chuyển, mọi người đã tham gia đều dùng được và nhận được tin. "
            "Việc này không quay lại chế độ chạy thử được."
        ),
        rows=((Choice("go", GO_LIVE, grave=True, word=GO_LIVE_WORD),),),
    )
