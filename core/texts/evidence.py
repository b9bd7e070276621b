"""Sentences about evidence: receipts, lists, what became of a file."""

from collections.abc import Sequence
from datetime import tzinfo

from core.assessment import EvidenceFacts, RoundFacts
from core.campaigns import Group
from core.criteria import Criterion
from core.messages import Choice, Door, Message, Row
from core.vietnamese import file_size

LABEL = "Minh chứng của tôi"
DOOR_WORD = "MC"
OPEN_DOOR = "Mở minh chứng của tôi"
HELP_FILES = (
    "Gửi ảnh, PDF, Word, Excel vào đây (mỗi tệp tối đa 20 MB), sau đó chọn tiêu chí dùng tệp. "
    "Một tệp dùng được cho nhiều tiêu chí. Không gửi ảnh có thông tin người bệnh."
)
NOTHING_YET = "Anh/chị chưa gửi tệp nào."
SEND_HERE = "Gửi ảnh, PDF, Word hoặc Excel vào cuộc trò chuyện này bất cứ lúc nào."
PLACED = "Đã gắn tệp vào tiêu chí."
REMOVED = "Đã gỡ tệp."
REPLACED = "Đã thay tệp; bản cũ vẫn được lưu trong lịch sử."
SEND_NEW_VERSION = "Gửi bản mới của tệp. Bản cũ vẫn được lưu trong lịch sử."
ONLY_ONE = "Anh/chị gửi đúng một tệp để thay. Chưa có gì thay đổi."
NOT_CLEAN_YET = "Tệp còn đang được kiểm tra, chưa tải về được. Anh/chị thử lại sau ít phút."
PRIVACY = "Không gửi ảnh có thông tin người bệnh."
NO_FILES_ON_CHANNEL = (
    "Kênh trò chuyện này chưa nhận tệp. Anh/chị gửi minh chứng qua Telegram hoặc nhờ đầu mối của đơn vị; "
    "các câu trả lời vẫn làm tiếp được ở đây."
)
FILES_ELSEWHERE = "Kênh này chưa nhận tệp: minh chứng gửi qua Telegram hoặc nhờ đầu mối của đơn vị"
DOWNLOAD = "Đây là bản xem của tệp."


def help_here(*, files_in: bool) -> str:
    """What to do with files."""
    return HELP_FILES if files_in else NO_FILES_ON_CHANNEL


def line(file: EvidenceFacts, zone: tzinfo | None) -> str:
    """One file: name, size, time, code, state."""
    state = {
        "waiting": " · đang kiểm tra",
        "clean": "",
        "refused": " · không dùng được",
        "lost": " · cần gửi lại",
    }[file.state]
    at = file.received_at.astimezone(zone)
    caption = f" · {file.caption}" if file.caption else ""
    return f"📎 {file.name} · {file_size(file.size)} · {at:%H:%M %d/%m} · {file.code}{state}{caption}"


def received(count: int) -> str:
    """The receipt's first line."""
    return f"Đã nhận {count} tệp."


def tray(
    files: Sequence[EvidenceFacts], loose: Sequence[EvidenceFacts], zone: tzinfo, *, files_in: bool
) -> Message:
    """All files, those without a place first."""
    how = f"{SEND_HERE} {PRIVACY}" if files_in else NO_FILES_ON_CHANNEL
    if not files:
        return Message(title=LABEL, body=NOTHING_YET, hint=how)
    loose_ids = {file.id for file in loose}
    parts = (
        ("Chưa gắn vào tiêu chí nào:", loose),
        ("Đã dùng cho tiêu chí:", [file for file in files if file.usable and file.id not in loose_ids]),
        ("Cần thay hoặc gửi lại:", [file for file in files if not file.usable]),
    )
    lists = ["\n".join((head, *(line(file, zone) for file in some))) for head, some in parts if some]
    rows: list[Row] = []
    if loose:
        rows.append((Choice("place", f"Chọn tiêu chí cho {len(loose)} tệp"),))
    rows += [(Choice(f"file.{file.id}", f"{file.code} {file.name}"[:40]),) for file in files[-12:]]
    return Message(
        title=LABEL,
        body="\n\n".join(lists),
        hint=f"Gửi thêm tệp bất cứ lúc nào. {PRIVACY}" if files_in else NO_FILES_ON_CHANNEL,
        rows=tuple(rows),
    )


def ask_round(rounds: Sequence[RoundFacts]) -> Message:
    """Which self-assessment the files are for."""
    return Message(
        title="Tệp dùng cho đợt nào?",
        body="Anh/chị đang có nhiều đợt tự đánh giá.",
        rows=tuple((Choice(f"round.{one.round_id}", one.label),) for one in rounds),
    )


def ask_group(count: int, groups: Sequence[Group]) -> Message:
    """Which group the files are for."""
    buttons = [Choice(f"group.{group.key}", f"{group.letter}) {group.label}"[:40]) for group in groups]
    return Message(
        title="Tệp dùng cho nhóm nào?",
        body=f"{count} tệp chưa gắn.",
        rows=tuple((button,) for button in buttons),
    )


def ask_criterion(count: int, group: Group) -> Message:
    """Which criterion of the group."""
    body = "\n\n".join(f"{one.code}: {one.label}" for one in group.criteria)
    return Message(
        title=f"Nhóm {group.letter}: chọn tiêu chí cho {count} tệp",
        body=body,
        rows=tuple((Choice(f"key.{one.key}", f"{one.code} {one.label}"[:40]),) for one in group.criteria),
    )


def detail(
    file: EvidenceFacts,
    used_for: Sequence[Criterion],
    zone: tzinfo,
    *,
    changeable: bool,
    files_in: bool,
    files_out: bool,
) -> Message:
    """One file, and what can be done with it."""
    lines = [line(file, zone)]
    if file.replaces_id:
        lines.append("Là bản thay cho một tệp gửi trước.")
    if used_for:
        lines += ["Dùng cho:", *(f"• {one.code} {one.label}" for one in used_for)]
    else:
        lines.append("Chưa dùng cho tiêu chí nào.")
    rows: list[Row] = []
    if file.state == "clean" and files_out:
        rows.append((Choice("get", "Tải bản xem"),))
    drop = Choice("drop", "Gỡ tệp này")
    if changeable:
        if file.usable:
            also = "Dùng cho tiêu chí khác" if used_for else "Chọn tiêu chí cho tệp này"
            rows.append((Choice("also", also),))
        rows.append((Choice("swap", "Thay bằng bản mới"), drop) if files_in else (drop,))
    return Message(title=f"Minh chứng {file.code}", body="\n".join(lines), rows=tuple(rows))


def refused_notice(code: str, name: str, sentence: str) -> Message:
    """A file failed its checks."""
    return Message(
        title="Tệp không dùng được",
        body=f"📎 {name} ({code})\n{sentence}",
        doors=(Door("evidence", "", OPEN_DOOR, DOOR_WORD),),
    )


def lost_notice(code: str, name: str) -> Message:
    """The bytes could not be fetched any more."""
    return Message(
        title="Cần gửi lại một tệp",
        body=(
            f"📎 {name} ({code})\nHệ thống chưa tải được tệp này từ ứng dụng trò chuyện. "
            "Câu trả lời vẫn còn; anh/chị gửi lại tệp giúp."
        ),
        doors=(Door("evidence", "", OPEN_DOOR, DOOR_WORD),),
    )
