"""What becomes of a plan's file, told to whoever sent it or asked for it."""

from collections.abc import Sequence

from core.campaign_office import PlanFileKind
from core.campaigns import Campaign
from core.evidence import FileKind
from core.messages import Door, FileOut, Message

DOOR_WORD = "PT"
TEMPLATE_FILE = "mau-ke-hoach.xlsx"
HELP_FILE = "Sửa các ô được tô màu trong tệp gửi kèm rồi gửi lại tệp ấy vào đây."
LOST = "Nền tảng không còn tệp này. Anh/chị gửi lại tệp."
NOTHING_CHANGED = "Kế hoạch đang có hiệu lực vẫn nguyên."
_OPEN = "Mở phong trào"
_SHOWN = 12
_MADE = {
    PlanFileKind.SENT: "Tệp kế hoạch",
    PlanFileKind.TEMPLATE: "Mẫu kế hoạch",
    PlanFileKind.EXPORT: "Kế hoạch ở dạng Excel",
    PlanFileKind.NEXT_YEAR: "Bản chép cho năm sau",
}


def faults(findings: Sequence[str]) -> str:
    """What is wrong in a workbook, as far as a message holds it."""
    lines = [f"{number}. {one}" for number, one in enumerate(findings[:_SHOWN], start=1)]
    if len(findings) > _SHOWN:
        lines.append(f"… và {len(findings) - _SHOWN} chỗ nữa, xem trang «Cần sửa» của tệp đã đánh dấu.")
    return "\n".join([f"Tệp có {len(findings)} chỗ cần sửa, chưa nạp gì:", *lines])


def export_file(code: str, version_id: int) -> str:
    """What an exported plan is called."""
    return f"ke-hoach-{code}-ban-{version_id}.xlsx"


def copy_file(code: str, year: int) -> str:
    """What a copy for another year is called."""
    return f"ke-hoach-{code}-nam-{year}.xlsx"


def annotated_file(name: str, sha256: str) -> FileOut:
    """The workbook with its faults pointed out."""
    return FileOut(sha256, f"can-sua-{name}", FileKind.XLSX.mime)


def _door(file_id: int) -> tuple[Door, ...]:
    return (Door("campaigns", str(file_id), _OPEN, DOOR_WORD),)


def drafted_notice(file_id: int, name: str, campaign: Campaign, findings: int, *, known: bool) -> Message:
    """The file became a draft, or is one that was there (`known`)."""
    ready = "Bản nháp có nội dung này đã có từ trước và vẫn còn" if known else "Bản nháp đã sẵn sàng"
    odd = f" Có {findings} điều cần lưu ý về văn bản." if findings else ""
    return Message(
        title="Tệp kế hoạch đọc được",
        body=f"{name}: không có lỗi.{odd}\n{campaign.code} · {campaign.label}\n"
        f"{ready} để đọc lại và duyệt; chưa có gì có hiệu lực.",
        doors=_door(file_id),
    )


def published_notice(file_id: int, name: str, campaign: Campaign, *, in_force: bool) -> Message:
    """The file is a version that was published before: it is in force, or has been replaced since."""
    what = (
        "Nội dung của tệp đang có hiệu lực, không có gì thay đổi."
        if in_force
        else "Nội dung của tệp đã từng được công bố và nay là bản cũ. Bản đang có hiệu lực vẫn nguyên; "
        "muốn dùng lại bản cũ thì anh/chị mở ra và chọn «Công bố lại»."
    )
    return Message(
        title="Kế hoạch này đang có hiệu lực" if in_force else "Kế hoạch này là bản cũ",
        body=f"{name}: không có lỗi.\n{campaign.code} · {campaign.label}\n{what}",
        doors=_door(file_id),
    )


def faulty_notice(file_id: int, name: str, findings: Sequence[str], sha256: str) -> Message:
    """The file has faults; the workbook with them comes along."""
    return Message(
        title=f"Tệp kế hoạch cần sửa: {name}",
        body=f"{faults(findings)}\n\n{NOTHING_CHANGED}",
        hint=HELP_FILE if sha256 else "",
        doors=_door(file_id),
        files=(annotated_file(name, sha256),) if sha256 else (),
    )


def turned_down_notice(file_id: int, name: str, sentence: str) -> Message:
    """The file itself is not taken."""
    body = f"{name}: {sentence}\n\n{NOTHING_CHANGED}"
    return Message(title="Tệp kế hoạch không dùng được", body=body, doors=_door(file_id))


def lost_notice(file_id: int, name: str) -> Message:
    """The platform lost it."""
    return Message(title="Cần gửi lại tệp kế hoạch", body=f"{name}: {LOST}", doors=_door(file_id))


def not_made_notice() -> Message:
    """A workbook could not be made."""
    return Message(
        title="Chưa tạo được tệp Excel", body=f"Anh/chị yêu cầu lại sau ít phút. {NOTHING_CHANGED}"
    )


def version_dropped_notice() -> Message:
    """What was to be written down is gone."""
    return Message(
        title="Không tạo tệp Excel",
        body="Bản nháp mà anh/chị yêu cầu đã được bỏ trước khi tệp kịp tạo. "
        f"Anh/chị chọn bản khác ở mục «Phong trào». {NOTHING_CHANGED}",
    )


def made_notice(kind: PlanFileKind, name: str, sha256: str) -> Message:
    """The workbook asked for."""
    return Message(
        title=_MADE[kind],
        body="Anh/chị điền hoặc sửa rồi gửi lại tệp vào mục «Phong trào». Trang «Hướng dẫn» nói cách điền.",
        files=(FileOut(sha256, name, FileKind.XLSX.mime),),
    )
