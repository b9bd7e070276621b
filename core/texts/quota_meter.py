"""Sentences about what channels may still carry this month: warnings, stops, «Kênh và lượt tin»."""

from collections.abc import Sequence
from datetime import datetime

from core.messages import Choice, Message, Row
from core.quota_meter import Meter, Standing, Stop, Threshold, left, room, standing, used
from core.texts.channels import name
from core.vietnamese import moment

LABEL = "Kênh và lượt tin"
WORD = "LUOTTIN"
HELP = (
    "Zalo chỉ cho mỗi bot một số tin trong tháng và một số người dùng. Ở đây xem đã dùng bao nhiêu, còn bao "
    "nhiêu. Phần để dành chỉ dùng cho nhắc hạn. Sang tháng, mọi việc tự chạy lại."
)
AGAIN = "Đã cho gửi lại. Nếu nền tảng vẫn từ chối, kênh sẽ dừng như trước và báo lại."
_HALF_WAY = {
    Threshold.HALF: "đã dùng một nửa",
    Threshold.FOUR_FIFTHS: "đã dùng 80%",
    Threshold.NINE_TENTHS: "đã dùng 90%",
}


def answers_stand_still(channel: str, next_month: datetime) -> Message:
    """To whoever wrote and cannot be answered any more this month; said once."""
    return Message(
        body=(
            f"Tháng này kênh {name(channel)} đã hết lượt trả lời tự động nên câu trả lời cho anh/chị chưa "
            f"gửi được. Việc anh/chị đã gửi không mất. Nhắc hạn vẫn tới. Từ {next_month:%d/%m} bot trả lời "
            "lại như thường; cần gấp, anh/chị liên hệ đầu mối của đơn vị."
        )
    )


def warning(one: Meter, threshold: Threshold, next_month: datetime, *, costs: bool) -> Message:
    """To administrators, once for each threshold and month; `costs` says that it is counted itself."""
    called = name(one.channel)
    lines = [_reached(one, threshold, next_month)]
    if one.forecast is not None:
        lines.append(f"Với tốc độ này, đến khoảng {one.forecast:%d/%m} chỉ còn phần dành cho nhắc hạn.")
    lines.append(f"Xem thêm ở mục «{LABEL}» trong menu.")
    if costs:
        lines.append("Tin này cũng tính một lượt.")
    return Message(title=f"Lượt tin {called}", body="\n".join(lines))


def stopped(channel: str, why: Stop, until: datetime | None) -> Message:
    """To administrators and the office, on another channel: this one carries nothing."""
    called = name(channel)
    if why is Stop.EXHAUSTED and until is not None:
        body = (
            f"{called} báo đã hết lượt tin của tháng. Kênh {called} dừng gửi tới {moment(until)}; tin "
            "đang chờ vẫn giữ, không mất. Nếu đơn vị đã mua thêm lượt, quản trị vào "
            f"«{LABEL}» chọn «Thử lại»."
        )
    else:
        body = (
            f"{called} từ chối mã truy cập (token) của bot. Kênh {called} dừng gửi; tin đang chờ vẫn giữ, "
            "không mất. Quản trị kiểm tra mã truy cập trong tệp cấu hình rồi khởi động lại bot, hoặc vào "
            f"«{LABEL}» chọn «Thử lại» nếu nền tảng vừa trục trặc."
        )
    return Message(title=f"Kênh {called} dừng gửi", body=body)


def meters(shown: Sequence[Meter], *, may_retry: bool) -> Message:
    """Every channel this month."""
    rows: list[Row] = []
    parts: list[str] = []
    for one in shown:
        parts.append("\n".join(_lines(one)))
        if one.still and may_retry:
            again = Choice(
                f"again.{one.channel}",
                f"Thử lại {name(one.channel)}",
                grave=True,
                word=f"THULAI {one.channel.upper()}",
            )
            rows.append((again,))
    return Message(title=LABEL, body="\n\n".join(parts) or "Chưa có kênh nào.", rows=tuple(rows))


def standing_line(one: Meter) -> str:
    """A channel on one line, for the doctor."""
    return " ".join(_lines(one)).removeprefix("▪️ ").removesuffix(".")


def takes(one: Meter, needed: int) -> list[str]:
    """Before an announcement goes: what it takes of a channel's month, and whether that is there."""
    called, there = name(one.channel), room(one.allowance, one.use, reminders=False)
    if one.stop is not None:
        return [f"Kênh {called} đang dừng: {needed} tin qua {called} sẽ chờ, quá 3 ngày thì không gửi nữa."]
    if there is None:
        return []
    if needed <= there:
        return [
            f"Tốn {needed} lượt tin {called}; tháng này còn {_count(there)} lượt (chưa kể phần nhắc hạn)."
        ]
    return [
        f"Không đủ lượt tin {called}: cần {needed}, tháng này còn {_count(there)} (chưa kể phần nhắc hạn).",
        f"{needed - there} tin sẽ chờ, quá 3 ngày thì không gửi nữa; bot cũng không trả lời được ai nữa.",
        "Anh/chị nên bớt người nhận qua kênh này, hoặc chờ sang tháng.",
    ]


def people_full(channel: str, users: int) -> str:
    """To somebody who would be one more than the platform serves."""
    return (
        f"Kênh {name(channel)} của đơn vị đã đủ {users} người dùng mà nền tảng cho phép nên chưa nhận thêm "
        "được. Mã của anh/chị vẫn còn dùng được; anh/chị hỏi đầu mối của đơn vị về kênh khác."
    )


def _reached(one: Meter, threshold: Threshold, next_month: datetime) -> str:
    count = f"{_count(used(one.allowance, one.use))}/{_count(one.allowance.monthly)} lượt của tháng"
    match threshold:
        case Threshold.RESERVE:
            return f"Đã dùng {count}. Tới {next_month:%d/%m} chỉ nhắc hạn được gửi; trả lời, thông báo chờ."
        case Threshold.USED_UP:
            return f"Đã dùng {count}. Không gửi được gì nữa tới {next_month:%d/%m}, kể cả nhắc hạn."
        case _:
            return f"Kênh {name(one.channel)} {_HALF_WAY[threshold]}: {count}."


def _lines(one: Meter) -> list[str]:
    allowance, use = one.allowance, one.use
    there = left(allowance, use)
    lines = [f"▪️ {name(one.channel)}: {_how(one)}"]
    if one.metered:
        received = f", nhận {_count(use.received)}" if allowance.counts_received else ""
        lines.append(f"Tháng này đã gửi {_count(use.sent + use.in_flight)}{received}.")
    if there is not None:
        kept = f" (trong đó {_count(min(allowance.kept, there))} dành cho nhắc hạn)" if allowance.kept else ""
        lines.append(f"Còn {_count(there)}/{_count(allowance.monthly)} lượt{kept}.")
    if use.lifted:
        lines.append("Quản trị đã cho gửi tiếp quá số lượt ghi trong cấu hình.")
    if one.forecast is not None:
        lines.append(f"Với tốc độ này, đến khoảng {one.forecast:%d/%m} chỉ còn phần dành cho nhắc hạn.")
    if allowance.users:
        lines.append(f"Người dùng: {one.people}/{allowance.users}.")
    if one.waiting and one.still:
        lines.append(f"{_count(one.waiting)} tin đang chờ.")
    return lines


def _how(one: Meter) -> str:
    if one.stop is Stop.MISCONFIGURED:
        return "đang dừng vì nền tảng từ chối mã truy cập (token)."
    if one.stop is Stop.EXHAUSTED and one.until is not None:
        return f"đang dừng vì nền tảng báo hết lượt tháng này, tới {moment(one.until)}."
    match standing(one.allowance, one.use):
        case Standing.RESERVE:
            return "chỉ còn lượt dành cho nhắc hạn; trả lời và thông báo chờ sang tháng."
        case Standing.USED_UP:
            return "đã hết lượt tháng này; mọi tin chờ sang tháng."
        case Standing.OPEN:
            return (
                "đang gửi bình thường."
                if one.allowance.monthly
                else "đang gửi bình thường, không giới hạn lượt."
            )


def _count(number: int) -> str:
    return f"{number:,}".replace(",", ".")
