"""Sentences about a person's own account and data."""

from collections.abc import Sequence
from datetime import datetime

from core.messages import Choice, Message
from core.reminders_hours import Quiet
from core.roles import Role
from core.texts.calendar import LABEL as CALENDAR
from core.texts.channels import LABEL as CHANNELS
from core.texts.joining import NOTICE
from core.texts.quiet import LABEL as QUIET
from core.texts.quiet import hours
from core.vietnamese import moment

LABEL = "Tài khoản và dữ liệu"
ROLE_NAMES = {
    Role.STAFF: "viên chức, người lao động",
    Role.COORDINATOR: "đầu mối thi đua",
    Role.HEAD: "thủ trưởng đơn vị",
    Role.OFFICE: "văn phòng",
    Role.APPRAISER: "thẩm định",
    Role.COUNCIL: "hội đồng",
    Role.COMMUNICATIONS: "truyền thông",
    Role.DIRECTOR: "giám đốc",
    Role.OBSERVER: "giám sát",
    Role.ADMINISTRATOR: "quản trị",
}
HELP = (
    "Xem những gì hệ thống lưu về anh/chị. Nếu tài khoản nối nhầm người, chọn «Không phải tôi» để khóa ngay."
)
DISOWNED = "Tài khoản này đã bị khóa và người quản trị đã được báo. Cảm ơn anh/chị."


def screen(
    name: str,
    staff_code: str,
    post: str,
    unit: str,
    phone: str,
    roles: Sequence[Role],
    consents: Sequence[tuple[str, datetime]],
    quiet: Quiet | None,
) -> Message:
    """What is kept about this person."""
    lines = [
        f"Họ tên: {name}",
        f"Mã nhân viên: {staff_code}",
        f"Chức vụ: {post}" if post else "",
        f"Đơn vị: {unit}",
        f"Điện thoại: {phone}" if phone else "",
        f"Vai trò: {', '.join(ROLE_NAMES[role] for role in roles)}" if roles else "",
        f"{QUIET} riêng: từ {hours(quiet)}" if quiet is not None else "",
        *(f"Đồng ý thông báo dữ liệu (bản {version}): {moment(at)}" for version, at in consents),
    ]
    return Message(
        title=LABEL,
        body="\n".join(line for line in lines if line),
        hint="Thông tin sai: báo đầu mối của đơn vị để sửa.",
        rows=(
            (Choice("channels", CHANNELS),),
            (Choice("quiet", QUIET), Choice("calendar", CALENDAR)),
            (Choice("notice", "Đọc lại thông báo dữ liệu"),),
            (Choice("not_me", "Không phải tôi"),),
        ),
    )


def notice() -> Message:
    """The notice on personal data, again."""
    return Message(title="Thông báo về dữ liệu cá nhân", body=NOTICE)


def ask_not_me(name: str) -> Message:
    """Before freezing an account that was linked by mistake."""
    return Message(
        title="Khóa tài khoản này?",
        body=(
            f"Cuộc trò chuyện này đang nối với {name}. Nếu anh/chị không phải {name}, "
            "tài khoản sẽ bị khóa ngay và người quản trị được báo. Muốn dùng lại phải có mã tham gia mới."
        ),
        rows=((Choice("freeze", "Không phải tôi, khóa lại", grave=True, word="KHOA"),),),
    )
