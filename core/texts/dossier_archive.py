"""What the readable list in the archive of a dossier says."""

from collections.abc import Sequence
from datetime import datetime

from core.dossier_archive import CONTENT, MANIFEST, SUMS, Member
from core.dossier_submission import Then
from core.vietnamese import file_size, inside_a_sentence, moment

TAKE = "Tải toàn bộ hồ sơ (ZIP)"
_NOTHING = "(không có tệp)"


def _added(held: Then) -> list[str]:
    """What was asked for later and answered, where anything was."""
    if not held.added:
        return []
    lines = ["Đã bổ sung theo yêu cầu của người thẩm định:"]
    for one in held.added:
        about = f"{held.names[one.of - 1]}: " if one.of else ""
        code = f" ({one.criterion})" if one.criterion else ""
        lines += [f"- {about}{one.missing}{code}", f"    Đơn vị: {one.answer or 'gửi tệp'}"]
    return [*lines, ""]


def readable(held: Then, files: Sequence[tuple[Member, int, int]], digest: str, at: datetime) -> str:
    """The list for people: who is proposed, and every file with the name it was sent under."""
    lines = [
        "GÓI HỒ SƠ ĐỀ NGHỊ KHEN THƯỞNG",
        f"Biên nhận: {held.receipt}",
        f"Đơn vị: {held.unit}",
        f"Phong trào: {held.campaign}, {inside_a_sentence(held.round_label)}",
        f"Nộp lúc: {moment(at)}",
        f"Mã băm nội dung ({CONTENT}): {digest}",
        "",
        "Người và tập thể được đề nghị:",
        *(f"{place:02d}. {name}" for place, name in enumerate(held.names, 1)),
        "",
        *_added(held),
        "Các tệp trong gói:",
    ]
    for member, part, size in files:
        code = f"{member.of.code} · " if member.of.code else ""
        lines.append(f"[phần {part}] {member.path}  ({code}{member.of.name}, {file_size(size)})")
        lines.append(f"    SHA-256 của tệp này:      {member.of.sha256}")
        if member.of.original != member.of.sha256:
            lines.append(f"    SHA-256 của tệp đã gửi:   {member.of.original}")
    missing = [one for one in (*held.papers, *held.evidence) if not one.sha256]
    if missing:
        lines += ["", "Có trong hồ sơ nhưng lúc nộp chưa kiểm tra xong hoặc không dùng được:"]
        lines += [f"- {one.code} {one.name} {_NOTHING}".replace("-  ", "- ") for one in missing]
    lines += [
        "",
        "Cách kiểm tra: giải nén mọi phần vào cùng một thư mục, mở cửa sổ lệnh ở đó và chạy",
        f"    cat {SUMS}-* | sha256sum -c",
        f"Mỗi dòng báo OK là tệp còn nguyên. {MANIFEST} là danh mục này cho máy đọc.",
    ]
    return "\n".join(lines) + "\n"
