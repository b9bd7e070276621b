"""Sentences about discipline and complaints that keep somebody from being considered."""

from collections.abc import Sequence

from core.eligibility import HindranceFacts, HindranceKind
from core.messages import LABEL_LENGTH, Choice, Message, Numbering, Row
from core.texts.eligibility import HINDRANCES, hindrance
from core.vietnamese import long_date, shortened

LABEL = "Kỷ luật, khiếu nại"
HELP = (
    "Người hoặc đơn vị đang bị kỷ luật, hoặc đang có khiếu nại, tố cáo được xem xét thì chưa được xét "
    "khen thưởng cho đến hết ngày ghi ở đây. Mỗi mục phải có văn bản làm căn cứ."
)
NOTHING = "Hiện không có ai, không có đơn vị nào bị ghi nhận."
ASK_WHOM = "Anh/chị nhắn mã nhân viên, họ tên hoặc tên đơn vị."
NOT_FOUND = "Không tìm thấy ai hay đơn vị nào như vậy. Anh/chị thử vài chữ khác, hoặc mã nhân viên."
ASK_DOCUMENT = (
    "Anh/chị nêu văn bản làm căn cứ: loại, số, ký hiệu, ngày. "
    "Mục này được tính từ hôm nay; ngày bắt đầu và kết thúc sửa được ngay sau đó."
)
ASK_SINCE = "Anh/chị nhắn ngày bắt đầu (tính cả ngày đó), ví dụ 15/12/2026."
ASK_UNTIL = "Anh/chị nhắn ngày kết thúc (tính cả ngày đó), ví dụ 15/12/2026."
OPEN_END = "Chưa rõ ngày kết thúc"
NOTED = "Đã ghi."
CHANGED = "Đã đổi ngày."
LIFTED = "Đã gỡ. Mục cũ vẫn nằm trong hồ sơ."
LIFT_WORD = "GO"


def listed(items: Sequence[tuple[int, str, HindranceFacts]]) -> Message:
    """Everything that holds: the key, who, and what they are under."""
    lines = [f"• {who}: {hindrance(one)}" for _id, who, one in items]
    rows: list[Row] = [(Choice("new", "Ghi mục mới"),)]
    rows += [(Choice(f"one.{key}", shortened(who, LABEL_LENGTH)),) for key, who, _one in items]
    return Message(title=LABEL, body="\n".join(lines) or NOTHING, rows=tuple(rows))


def ask_whom(found: Sequence[Choice], *, asked: bool) -> Message:
    """Of whom: what was found, once something was typed."""
    body = NOT_FOUND if asked and not found else ASK_WHOM
    rows = tuple((Choice(one.key, shortened(one.label, LABEL_LENGTH)),) for one in found)
    return Message(title="Ghi cho ai", body=body, rows=rows, numbering=Numbering.LETTERS)


def ask_kind(who: str) -> Message:
    """Which of the two."""
    return Message(
        title=shortened(who, 80),
        body="Anh/chị chọn điều cần ghi.",
        rows=tuple((Choice(f"kind.{kind.value}", HINDRANCES[kind]),) for kind in HindranceKind),
    )


def ask_document(who: str, kind: HindranceKind) -> Message:
    """By which document."""
    return Message(title=shortened(who, 80), body=f"{HINDRANCES[kind]}.\n\n{ASK_DOCUMENT}")


def one(who: str, unit: str, value: HindranceFacts) -> Message:
    """One of them, to change or to lift."""
    until = long_date(value.until) if value.until else OPEN_END.lower()
    lines = [
        who if who == unit else f"{who} · {unit}",
        f"{HINDRANCES[value.kind]}.",
        f"Văn bản: {value.document}",
        f"Từ ngày: {long_date(value.since)}",
        f"Đến hết ngày: {until}",
    ]
    return Message(
        title=LABEL,
        body="\n".join(lines),
        rows=(
            (Choice("since", "Sửa ngày bắt đầu"), Choice("until", "Sửa ngày kết thúc")),
            (Choice("lift", "Gỡ mục này", grave=True, word=LIFT_WORD),),
        ),
    )


def ask_day(value: HindranceFacts, *, first: bool) -> Message:
    """One end of the time."""
    rows: tuple[Row, ...] = () if first else ((Choice("open", OPEN_END),),)
    return Message(
        title="Ngày bắt đầu" if first else "Ngày kết thúc",
        body=f"{value.document}\n\n{ASK_SINCE if first else ASK_UNTIL}",
        rows=rows,
        numbering=Numbering.LETTERS,
    )
