"""Sentences of a person's own quiet hours."""

from core.messages import Choice, Message, Numbering, Row
from core.reminders_hours import QUIET_NIGHT, GeneralHours, Quiet

LABEL = "Giờ không nhắc"
HELP = (
    "Chọn hoặc nhắn giờ anh/chị không muốn nhận lời nhắc việc, ví dụ «18h đến 8h». "
    "Lời nhắc rơi vào giờ đó được gửi khi giờ đó hết."
)
GENERAL = "Giờ nhắc chung"
HELP_GENERAL = (
    "Giờ này áp dụng cho mọi lời nhắc: tự động, nhắc trực tiếp và hẹn nhắc lại. Ai đặt giờ riêng thì "
    "tính thêm giờ riêng của người đó."
)
REMOVED = "Đã bỏ giờ riêng; từ nay theo giờ chung."
#: Offered as buttons: key, start and end in hours.
OFFERED = (Quiet(QUIET_NIGHT.starts.replace(hour=18), QUIET_NIGHT.ends.replace(hour=8)),)


def ask(own: Quiet | None, general: GeneralHours) -> Message:
    """Everybody's hours, one's own, and how to set them."""
    lines = [
        f"Giờ chung: không nhắc ai từ {hours(general.quiet)} và trong ngày nghỉ.",
        f"Giờ riêng của anh/chị: từ {hours(own)}." if own is not None else "Anh/chị chưa đặt giờ riêng.",
    ]
    rows: list[Row] = [(Choice(f"hours.{code(one)}", f"Từ {hours(one)}"),) for one in OFFERED if one != own]
    rows += [(Choice("remove", "Bỏ giờ riêng"),)] if own is not None else []
    return Message(
        title=LABEL,
        body="\n".join(lines),
        hint="Nhắn giờ bắt đầu và kết thúc, ví dụ «18h đến 8h» hoặc «11:30-13:30».",
        rows=tuple(rows),
        numbering=Numbering.LETTERS,
    )


def ask_general(general: GeneralHours) -> Message:
    """To an administrator: everybody's hours, and how to change them."""
    return Message(
        title=GENERAL,
        body=(
            f"Không nhắc ai từ {hours(general.quiet)} và trong ngày nghỉ.\n"
            f"Lượt nhắc buổi sáng đi lúc {general.morning:%H:%M}; trước giờ đó không nhắc."
        ),
        hint="Nhắn khoảng giờ không nhắc, ví dụ «20h đến 7h», hoặc giờ lượt nhắc sáng, ví dụ «sáng 7h30».",
        numbering=Numbering.LETTERS,
    )


def noted_general(general: GeneralHours) -> str:
    """They were set."""
    return f"Đã ghi: không nhắc từ {hours(general.quiet)}; lượt sáng lúc {general.morning:%H:%M}."


def noted(own: Quiet) -> str:
    """It was set."""
    return f"Đã ghi: không nhắc anh/chị từ {hours(own)}."


def hours(one: Quiet) -> str:
    """«20:00 đến 07:00»."""
    return f"{one.starts:%H:%M} đến {one.ends:%H:%M}"


def code(one: Quiet) -> str:
    """The same as a key."""
    return f"{one.starts:%H%M}-{one.ends:%H%M}"
