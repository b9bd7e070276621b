"""Sentences about discipline and complaints that keep somebody from being considered."""

from collections.abc import Sequence
from datetime import date

from core.eligibility import HindranceChange, HindranceFacts, HindranceKind
from core.messages import LABEL_LENGTH, Choice, Door, Message, Numbering, Row
from core.texts.eligibility import HINDRANCES, hindrance
from core.vietnamese import long_date, shortened

LABEL = "Kỷ luật, khiếu nại"
HELP = (
    "Người hoặc đơn vị đang bị kỷ luật, hoặc đang có khiếu nại, tố cáo được xem xét thì chưa được xét "
    "khen thưởng cho đến hết ngày ghi ở đây. Mỗi mục phải có văn bản làm căn cứ. "
    "Gỡ hoặc rút ngắn một mục thì nêu lý do, văn bản, và do một người khác quyết định."
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
ASK_REASON = "Anh/chị nêu lý do gỡ hoặc rút ngắn mục này. Người khác của văn phòng sẽ quyết định."
ASK_GROUND = "Anh/chị nêu văn bản làm căn cứ để gỡ hoặc rút ngắn: loại, số, ký hiệu, ngày."
CHANGE_ASKED = (
    "Đã ghi đề nghị và báo cho người khác của văn phòng. Mục này vẫn giữ nguyên đến khi có quyết định."
)
CHANGE_GRANTED = "Đã đồng ý. Việc đề nghị và quyết định đều nằm trong hồ sơ."
CHANGE_DENIED = "Đã ghi quyết định không đồng ý. Mục này giữ nguyên."
GRANT_WORD = "DONG Y"
DOOR_WORD = "KL"


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


def one(
    who: str, unit: str, value: HindranceFacts, change: HindranceChange | None, *, asked_by_viewer: bool
) -> Message:
    """One of them, to change or to lift, or with what waits to be decided about it."""
    lines = [*_about(who, unit, value), *(_change(change) if change else ())]
    rows: list[Row] = [
        (Choice("since", "Sửa ngày bắt đầu"), Choice("until", "Sửa ngày kết thúc")),
    ]
    if change is None:
        rows.append((Choice("lift", "Đề nghị gỡ mục này"),))
    elif not asked_by_viewer:
        rows.append((Choice(f"grant.{change.id}", "Đồng ý", grave=True, word=GRANT_WORD),))
        rows.append((Choice(f"deny.{change.id}", "Không đồng ý"),))
    return Message(title=LABEL, body="\n".join(lines), rows=tuple(rows))


def _about(who: str, unit: str, value: HindranceFacts) -> list[str]:
    return [
        who if who == unit else f"{who} · {unit}",
        f"{HINDRANCES[value.kind]}.",
        f"Văn bản: {value.document}",
        f"Từ ngày: {long_date(value.since)}",
        f"Đến hết ngày: {_until(value.until)}",
    ]


def _change(change: HindranceChange) -> list[str]:
    wanted = (
        "gỡ mục này"
        if change.lifts
        else f"sửa thành từ {long_date(change.since)} đến hết {_until(change.until)}"
    )
    return [
        "",
        f"Đề nghị của {change.asked_by}: {wanted}; đang chờ quyết định.",
        f"Lý do: {change.reason}",
        f"Căn cứ: {change.document}",
    ]


def _until(day: date | None) -> str:
    return long_date(day) if day else OPEN_END.lower()


def ask_reason(value: HindranceFacts) -> Message:
    """Why it should be shortened or lifted."""
    return Message(title="Lý do", body=f"{value.document}\n\n{ASK_REASON}")


def ask_ground(value: HindranceFacts) -> Message:
    """By which document."""
    return Message(title="Văn bản làm căn cứ", body=f"{value.document}\n\n{ASK_GROUND}")


def change_asked_notice(who: str, unit: str, value: HindranceFacts, change: HindranceChange) -> Message:
    """To everybody else who may decide."""
    return Message(
        title="Có đề nghị gỡ hoặc rút ngắn một mục kỷ luật, khiếu nại",
        body="\n".join([*_about(who, unit, value), *_change(change)]),
        doors=(Door("hindrances", str(value.id), "Xem và quyết định", DOOR_WORD),),
    )


def change_decided_notice(who: str, unit: str, decided_by: str, *, granted: bool) -> Message:
    """To whoever asked."""
    word = "được đồng ý" if granted else "không được đồng ý"
    return Message(
        title=f"Đề nghị gỡ hoặc rút ngắn {word}",
        body=f"{who if who == unit else f'{who} · {unit}'}\nNgười quyết định: {decided_by}",
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
