"""Sentences about people who cannot be written to, and the sheet of new codes for them."""

from collections.abc import Sequence
from datetime import date, datetime

from core.cut_off import MOST, CutOff, Why
from core.messages import Choice, FileOut, Message, Row
from core.texts import pages
from core.vietnamese import moment, shortened

LABEL = "Người chưa liên lạc được"
NOBODY = "Ai cũng đang nhận được tin."
HELP = (
    "Những người hệ thống chưa gửi tin được, vì sao và từ khi nào. Cấp lại mã thì mã cũ chưa dùng mất hiệu "
    "lực; mã mới đến trong một tệp Word để in và cắt, mỗi người một phiếu."
)
ASKED = "Đang lập phiếu mã; tệp sẽ đến trong một tin riêng."
CHANGED = "Danh sách vừa thay đổi; anh/chị xem lại trước khi cấp mã."
#: People on a page.
PAGE = 8
_LABEL_LENGTH = 30
_WHY = {
    Why.NEVER: "chưa được cấp mã",
    Why.INVITED: "đã cấp mã, chưa dùng",
    Why.EXPIRED: "mã đã hết hạn",
    Why.UNLINKED: "tài khoản đã khóa",
    Why.BLOCKED: "đã chặn bot hoặc không nhận được tin",
    Why.DOWN: "kênh đang gián đoạn",
    Why.UNSERVED: "kênh không còn được phục vụ",
}
PROBLEM_FILES = (
    "Phiếu mã là tệp Word, mà kênh anh/chị đang nhận tin không chuyển được tệp. Chưa có mã nào đổi. "
    "Anh/chị chọn kênh khác ở mục «Kênh nhận tin», hoặc nhờ người quản trị chạy «people codes»."
)
PROBLEM_SIZE = f"Mỗi lần cấp mã cho 1 đến {MOST} người; anh/chị chọn từng đơn vị. Chưa có mã nào đổi."


def listed(people: Sequence[CutOff], page: int, units: int) -> Message:
    """Who they are, a page at a time; `units` is how many units they belong to."""
    rows: list[Row] = []
    lines: list[str] = []
    unit = 0
    for one in pages.shown(people, page, PAGE):
        if one.unit_id != unit:
            lines.append(one.unit or "(chưa có đơn vị)")
            unit = one.unit_id
        lines.append(f"• {one.name} ({one.staff_code}){_phone(one)}: {reason(one)}")
        label = shortened(f"{one.name} ({one.staff_code})", _LABEL_LENGTH)
        rows.append((Choice(f"person.{one.person_id}", label),))
    rows += pages.turns(page, len(people), PAGE)
    rows += [(Choice("units", "Chọn một đơn vị"),)] if units > 1 else []
    rows += [(Choice("all", f"Cấp mã cho cả {len(people)} người"),)] if people else []
    return Message(
        title=f"{LABEL} ({len(people)})" if people else LABEL,
        body="\n".join(lines) or NOBODY,
        rows=tuple(rows),
    )


def units(counted: Sequence[tuple[int, str, int]], page: int) -> Message:
    """The units of those people, each with how many."""
    rows: list[Row] = [
        (Choice(f"unit.{unit}", f"{shortened(name, _LABEL_LENGTH)} ({count})"),)
        for unit, name, count in pages.shown(counted, page, PAGE)
    ]
    return Message(
        title="Chọn đơn vị",
        body=f"{len(counted)} đơn vị có người chưa liên lạc được; số trong ngoặc là số người.",
        rows=(*rows, *pages.turns(page, len(counted), PAGE)),
    )


def person(one: CutOff) -> Message:
    """One of them."""
    lines = [
        f"{one.name} ({one.staff_code})",
        one.unit,
        f"Điện thoại: {one.phone}" if one.phone else "Chưa có số điện thoại",
        f"Lý do: {reason(one)}",
    ]
    return Message(
        title=LABEL,
        body="\n".join(line for line in lines if line),
        rows=((Choice("issue", "Cấp lại mã"),),),
    )


def confirm(people: Sequence[CutOff]) -> Message:
    """Before new codes are made, with the names."""
    names = "\n".join(
        f"{place}) {one.name} ({one.staff_code}), {one.unit}" for place, one in enumerate(people, 1)
    )
    return Message(
        title=f"Cấp mã mới cho {len(people)} người?",
        body=names,
        hint=(
            "Mã cũ chưa dùng của những người này mất hiệu lực. Mã mới dùng một lần trong 72 giờ, "
            "chỉ nằm trong tệp Word gửi riêng cho anh/chị."
        ),
        rows=((Choice("yes", f"Cấp mã cho {len(people)} người"),),),
    )


def reason(one: CutOff) -> str:
    """Why, and since when."""
    return f"{_WHY[one.why]} (từ {moment(one.since)})"


def sheet_name(day: date, number: int) -> str:
    """What the file is called."""
    return f"phieu-ma-{day:%Y%m%d}-{number}.docx"


def sheet_made(count: int, name: str, sha256: str, mime: str) -> Message:
    """To whoever asked: the sheet."""
    return Message(
        body=(
            f"Phiếu mã của {count} người ở tệp dưới đây. In ra, cắt theo đường kẻ và giao tận tay từng "
            "người; xong thì xóa tin này. Mã dùng trong 72 giờ; sau 24 giờ hệ thống xóa tệp, cần thì cấp lại."
        ),
        files=(FileOut(sha256, name, mime),),
    )


def sheet_lost() -> Message:
    """It could not be made."""
    return Message(
        body="Phiếu mã anh/chị yêu cầu chưa lập được. Anh/chị thử cấp lại mã; danh sách vẫn còn nguyên."
    )


def _phone(one: CutOff) -> str:
    return f", {one.phone}" if one.phone else ""


TITLE = "Mã tham gia hệ thống tự đánh giá"
TYPE = "Mã:"
ONCE = "Mã chỉ dùng một lần, chỉ của người có tên trên phiếu. Không chụp, không gửi cho người khác."


def until(at: datetime) -> str:
    """Until when a code can be used."""
    return f"Dùng đến {moment(at)}"


def how(channel: str, name: str, *, scanned: bool, linked: bool) -> str:
    """How to join on a channel: `scanned` opens the bot, `linked` hands the code over as well."""
    if linked:
        return f"{channel}: quét mã QR rồi bấm Bắt đầu."
    where = f"tìm «{name}»" if name else "mở bot của đơn vị"
    if scanned:
        where = f"quét mã QR (hoặc {where})"
    return f"{channel}: {where}, gõ «lienket» và mã."
