"""Sentences about evidence: receipts, lists, what became of a file."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from core.assessment import EvidenceFacts, RoundFacts, Sheet
from core.campaigns import Group
from core.criteria import Criterion
from core.messages import LABEL_LENGTH, Capabilities, Choice, Door, Message, Row
from core.refusals import Code
from core.submissions import HandedIn
from core.texts import menu, uploads
from core.texts.assessment import lettered
from core.vietnamese import file_size, shortened

HANDED_IN = "Đã nộp cùng kế hoạch, báo cáo của đơn vị:"
LABEL = "Minh chứng của tôi"
DOOR_WORD = "MC"
OPEN_DOOR = "Mở minh chứng của tôi"
HELP_FILES = (
    "Gửi ảnh, PDF, Word, Excel vào đây (mỗi tệp tối đa 20 MB), sau đó chọn tiêu chí dùng tệp. "
    "Một tệp dùng được cho nhiều tiêu chí. Không gửi ảnh có thông tin người bệnh."
)
HERE_IT_IS_PLACED = (
    "Sau đó chọn tiêu chí dùng tệp; một tệp dùng được cho nhiều tiêu chí. "
    "Không gửi ảnh có thông tin người bệnh."
)
NOTHING_YET = "Anh/chị chưa gửi tệp nào."
SEND_HERE = "Gửi ảnh, PDF, Word hoặc Excel vào cuộc trò chuyện này bất cứ lúc nào."
SET_APART = "Đã bỏ tệp khỏi tiêu chí; tệp vẫn nằm trong «Minh chứng của tôi»."
PLACED = "Đã gắn tệp vào tiêu chí."
REMOVED = "Đã gỡ tệp. Muốn dùng lại, anh/chị gửi lại tệp."
REPLACED = "Đã nhận bản mới. Bản cũ vẫn được dùng cho đến khi bản mới kiểm tra xong."
REPLACED_AT_ONCE = "Đã thay tệp. Bản mới đang được kiểm tra."
SEND_ANEW = "Gửi bản mới thay cho tệp này."
SEND_NEW_VERSION = (
    "Gửi bản mới của tệp. Bản cũ vẫn được dùng cho đến khi bản mới kiểm tra xong, và được lưu trong lịch sử."
)
OLD_STAYS = "Bản gửi trước vẫn đang được dùng."
ONLY_ONE = "Anh/chị gửi đúng một tệp để thay. Chưa có gì thay đổi."
NOT_CLEAN_YET = "Tệp còn đang được kiểm tra, chưa tải về được. Anh/chị thử lại sau ít phút."
FIXED = "Tệp này thuộc bản đã ký hoặc đợt đã khóa nên không thay, không gỡ được."
PRIVACY = "Không gửi ảnh có thông tin người bệnh."
_KEPT_IN_TRAY = "tệp nằm trong «Minh chứng của tôi»."
DOWNLOAD = "Đây là bản xem của tệp."


def help_here(can: Capabilities) -> str:
    """What to do with files."""
    return HELP_FILES if can.files_in else _how(can, HERE_IT_IS_PLACED)


def _how(can: Capabilities, then: str) -> str:
    """How to send files where documents do not come into the chat, and what then."""
    return f"{uploads.elsewhere(can)} {then}"


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


def button(file: EvidenceFacts) -> Choice:
    """What opens one file from a list."""
    return Choice(f"file.{file.id}", shortened(f"{file.code} {file.name}", LABEL_LENGTH))


MAYBE_A_PLAN = (
    "Tệp Excel gửi ở đây được giữ làm minh chứng, chưa được đọc như kế hoạch. "
    "Nếu là kế hoạch theo mẫu, anh/chị mở «Phong trào» rồi gửi lại tệp ở đó."
)


def received(count: int, obstacle: Code | None = None) -> str:
    """The receipt's first line, and why files could not be given their place at once."""
    if obstacle is None:
        return f"Đã nhận {count} tệp."
    if obstacle is Code.TOO_MANY_FILES:
        return (
            f"Đã nhận {count} tệp. Tiêu chí này đã đủ số tệp nên phần gửi thêm chưa gắn vào đây; "
            f"{_KEPT_IN_TRAY}"
        )
    why = "bản tự đánh giá đã ký" if obstacle is Code.ALREADY_SIGNED else "đợt đã khóa"
    return f"Đã nhận {count} tệp, chưa gắn vào tiêu chí vì {why}; {_KEPT_IN_TRAY}"


def tray(
    files: Sequence[EvidenceFacts],
    loose: Sequence[EvidenceFacts],
    zone: tzinfo,
    can: Capabilities,
    *,
    plans: bool = False,
    handed_in: Sequence[EvidenceFacts] = (),
) -> Message:
    """All files, those without a place first.

    `plans`: one of them may be a plan sent to the wrong place; `handed_in` are documents of a
    unit and serve no criterion.
    """
    how = f"{SEND_HERE} {PRIVACY}" if can.files_in else _how(can, PRIVACY)
    if not files:
        return Message(title=LABEL, body=NOTHING_YET, hint=how)
    coming = [file for file in files if file.succeeds]
    apart = {file.id for file in (*loose, *coming, *handed_in)}
    parts = (
        ("Chưa gắn vào tiêu chí nào:", loose),
        ("Đã dùng cho tiêu chí:", [one for one in files if one.usable and one.id not in apart]),
        (HANDED_IN, [one for one in handed_in if one.usable]),
        ("Sẽ thay bản cũ khi kiểm tra xong:", coming),
        ("Cần thay hoặc gửi lại:", [file for file in files if not file.usable]),
    )
    lists = ["\n".join((head, *(line(file, zone) for file in some))) for head, some in parts if some]
    rows: list[Row] = []
    if loose:
        rows.append((Choice("place", f"Chọn tiêu chí cho {len(loose)} tệp"),))
    if plans:
        rows.append((Choice("plans", "Mở «Phong trào» để gửi kế hoạch"),))
    rows += [(button(file),) for file in files[-12:]]
    return Message(
        title=LABEL,
        body="\n\n".join(lists),
        hint=f"Gửi thêm tệp bất cứ lúc nào. {PRIVACY}" if can.files_in else how,
        rows=tuple(rows),
    )


def ask_round(rounds: Sequence[RoundFacts]) -> Message:
    """Which self-assessment the files are for."""
    return Message(
        title="Tệp dùng cho đợt nào?",
        body="Anh/chị đang có nhiều đợt tự đánh giá.",
        rows=tuple((Choice(f"round.{one.key}", menu.round_button("", one, rounds)),) for one in rounds),
    )


def ask_group(count: int, groups: Sequence[Group]) -> Message:
    """Which group the files are for."""
    buttons = [
        Choice(f"group.{group.key}", shortened(lettered(group, group.label), LABEL_LENGTH))
        for group in groups
    ]
    return Message(
        title="Tệp dùng cho nhóm nào?",
        body=f"Chọn nhóm, sau đó chọn tiêu chí cho {count} tệp.",
        rows=tuple((button,) for button in buttons),
    )


def ask_criterion(count: int, group: Group) -> Message:
    """Which criterion of the group."""
    body = "\n\n".join(f"{one.code}: {one.label}" for one in group.criteria)
    return Message(
        title=f"Nhóm {group.letter or group.label}: chọn tiêu chí cho {count} tệp",
        body=body,
        rows=tuple(
            (Choice(f"key.{one.key}", shortened(f"{one.code} {one.label}", LABEL_LENGTH)),)
            for one in group.criteria
        ),
    )


def detail(
    file: EvidenceFacts,
    uses: Sequence[tuple[Sheet, Criterion]],
    zone: tzinfo,
    now: datetime,
    can: Capabilities,
) -> Message:
    """One file, and what can be done with it."""
    lines = [line(file, zone)]
    if file.succeeds:
        lines.append("Sẽ thay bản gửi trước khi kiểm tra xong; đến lúc đó bản trước vẫn được dùng.")
    elif file.replaces_id and file.usable:
        lines.append("Là bản thay cho một tệp gửi trước.")
    if uses:
        lines += ["Dùng cho:", *(f"• {_use(use, uses)} {use[1].label}" for use in uses)]
    elif not file.succeeds:
        lines.append("Chưa dùng cho tiêu chí nào.")
    rows: list[Row] = []
    if file.state == "clean" and can.files_out:
        rows.append((Choice("get", "Tải bản xem"),))
    drop = Choice("drop", "Gỡ tệp này")
    open_uses = [(sheet, one) for sheet, one in uses if not sheet.signed and not sheet.closed(now)]
    changeable = len(open_uses) == len(uses)
    if changeable and file.usable and not file.succeeds:
        also = "Dùng cho tiêu chí khác" if uses else "Chọn tiêu chí cho tệp này"
        rows.append((Choice("also", also),))
    rows += [
        (Choice(f"off.{sheet.id}.{one.key}", f"Bỏ khỏi {_use((sheet, one), uses)}"),)
        for sheet, one in open_uses
    ]
    if changeable:
        rows.append((Choice("swap", "Thay bằng bản mới"), drop))
    return Message(
        title=f"Minh chứng {file.code}",
        body="\n".join(lines),
        hint="" if changeable else FIXED,
        rows=tuple(rows),
    )


def look(file: EvidenceFacts, sender: str, zone: tzinfo, *, files_out: bool) -> Message:
    """A file that somebody else sent for what the reader looks after."""
    ready = file.state == "clean" and files_out
    return Message(
        title=f"Minh chứng {file.code}",
        body=f"{line(file, zone)}\nNgười gửi: {sender}. Chỉ người gửi thay hoặc gỡ được tệp này.",
        rows=((Choice("get", "Tải bản xem"),),) if ready else (),
    )


def ask_new_version(file: EvidenceFacts, zone: tzinfo, can: Capabilities) -> Message:
    """What a new version of a file does, and how to send it."""
    how = SEND_NEW_VERSION if file.usable else SEND_ANEW
    told = how if can.files_in else f"{how} {uploads.elsewhere(can)}"
    return Message(title=file.code, body=f"{line(file, zone)}\n\n{told}")


def _use(use: tuple[Sheet, Criterion], uses: Sequence[tuple[Sheet, Criterion]]) -> str:
    """The code of a criterion, with its round where a file serves several."""
    sheet, criterion = use
    several = len({one.id for one, _criterion in uses}) > 1
    return f"{criterion.code} ({sheet.round_label})" if several else criterion.code


def ask_drop(file: EvidenceFacts, uses: Sequence[tuple[Sheet, Criterion]], zone: tzinfo) -> Message:
    """Before a file is taken out of sight for good."""
    served = f" và không dùng cho {len(uses)} tiêu chí nữa" if uses else ""
    return Message(
        title="Gỡ tệp?",
        body=(
            f"{line(file, zone)}\n\nTệp sẽ không hiện ở «{LABEL}»{served}. "
            "Không lấy lại được: muốn dùng lại thì gửi lại tệp. «Quay lại» để giữ tệp."
        ),
        rows=((Choice("drop", "Gỡ tệp"),),),
    )


def refused_notice(
    code: str,
    name: str,
    sentence: str,
    *,
    old_stays: bool,
    handed_in: HandedIn | None = None,
    tray: bool = True,
) -> Message:
    """A file failed its checks; the one it was to replace, or what came with it, may still stand.

    Without a `tray` of their own they sent it for an act, and send it again there.
    """
    return Message(
        title="Tệp không dùng được",
        body=f"📎 {name} ({code})\n{sentence}{_still_there(handed_in, old_stays=old_stays)}",
        doors=_doors(handed_in, tray=tray),
    )


def lost_notice(
    code: str, name: str, *, old_stays: bool, handed_in: HandedIn | None = None, tray: bool = True
) -> Message:
    """The bytes could not be fetched any more; the one it was to replace, or what came with it, may stand."""
    asked = "Anh/chị" if handed_in else "Câu trả lời vẫn còn; anh/chị"
    return Message(
        title="Cần gửi lại một tệp",
        body=(
            f"📎 {name} ({code})\nHệ thống chưa tải được tệp này từ ứng dụng trò chuyện. "
            f"{asked} gửi lại tệp giúp.{_still_there(handed_in, old_stays=old_stays)}"
        ),
        doors=_doors(handed_in, tray=tray),
    )


def _still_there(handed_in: HandedIn | None, *, old_stays: bool) -> str:
    if handed_in:
        return f" Bản đã nộp (biên nhận {handed_in.receipt}) vẫn được tính, chỉ cần gửi lại tệp."
    return f" {OLD_STAYS}" if old_stays else ""


def _doors(handed_in: HandedIn | None, *, tray: bool) -> tuple[Door, ...]:
    if handed_in:
        return (Door("submissions", str(handed_in.id), "Mở bản đã nộp", "NOP"),)
    return (Door("evidence", "", OPEN_DOOR, DOOR_WORD),) if tray else ()
