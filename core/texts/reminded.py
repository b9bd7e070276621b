"""Sentences of who was reminded of something last, when and how, and whether it reached them."""

from collections.abc import Sequence
from datetime import tzinfo

from core.ladder import Audience
from core.nudging import by_hand
from core.reminders_case import LAST, offset_of
from core.reminders_facts import Failure, Reminded
from core.texts.reminders_ladder import when
from core.vietnamese import moment

NOBODY_YET = "Chưa nhắc ai về việc này."
_BY_HAND = "văn phòng nhắc trực tiếp"
_AGAIN = "theo giờ tự hẹn"
_CUT_OFF = "hạn nội bộ"
_LAST = "lời nhắc cuối"
_WHY = {
    Failure.NO_ACCOUNT: "chưa gửi được vì chưa có tài khoản",
    Failure.EXPIRED: "chưa gửi được, lời nhắc đã hết giờ gửi",
    Failure.UNREACHABLE: "không nhận được tin nhắn",
    Failure.REJECTED: "không nhận được tin nhắn",
    Failure.NOBODY: "chưa có người phụ trách",
}


def lines(found: Sequence[Reminded], zone: tzinfo) -> list[str]:
    """«Lần nhắc gần nhất: Lan, 08:00 thứ Hai 07/12/2026, theo thang, trước 5 ngày làm việc; đã gửi đến.»."""
    told = [
        f"{one.name}, {moment(one.made_at.astimezone(zone))}, {_how(one.rung)}; {_became(one)}."
        for one in found
    ]
    if len(told) < 2:
        return [f"Lần nhắc gần nhất: {one}" for one in told] or [NOBODY_YET]
    return ["Lần nhắc gần nhất của từng người:", *(f"• {one}" for one in told)]


def _how(rung: str) -> str:
    if by_hand(rung):
        return _BY_HAND
    for audience in Audience:
        offset = offset_of(rung, audience)
        if offset is not None and rung.startswith(LAST):
            return f"theo thang, {_LAST}"
        if offset is not None and audience is Audience.PERSON and not rung.startswith(audience):
            return f"theo thang, {_CUT_OFF}"
        if offset is not None:
            return f"theo thang, {when(offset)}"
    return _AGAIN


def _became(one: Reminded) -> str:
    if one.delivered_at is not None:
        return "đã gửi đến"
    return _WHY[one.failure] if one.failure is not None else "đang chờ gửi"
