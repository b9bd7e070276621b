"""Sentences about the templates of a dossier's papers."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import assert_never

from core.evidence import FileKind
from core.messages import LABEL_LENGTH, Capabilities, Choice, Door, FileOut, Message, Row
from core.paper_templates import TemplateFacts, TemplateFault, TemplateFinding, TemplateKind, TemplateState
from core.texts.dossier_papers import NAMES
from core.vietnamese import shortened

LABEL = "Mẫu văn bản hồ sơ"
DOOR_WORD = "MAU"
SHIPPED = "mẫu có sẵn"
SOON = "Đang chuẩn bị; bộ mẫu sẽ đến trong một tin riêng."
RECEIVED = "Đã nhận tệp; hệ thống thử mẫu rồi báo lại, kèm một bản in thử."
IN_FORCE = "Đã ghi ngày dùng mẫu."
ENDED = "Đã thôi dùng mẫu này."
HELP = (
    "Tờ trình, biên bản, báo cáo và hai danh sách của hồ sơ khen thưởng được lập từ mẫu Word. Chọn «Tải bộ "
    "mẫu» để lấy mẫu đang dùng, sửa trong Word rồi gửi lại ở mục của mẫu ấy. Giữ nguyên các trường trong dấu "
    "ngoặc nhọn kép; cách dùng có trong tài liệu «Mẫu hồ sơ»."
)
_STATES: Mapping[TemplateState, str] = {
    TemplateState.WAITING: "đang thử",
    TemplateState.FAULTY: "có lỗi, chưa dùng được",
    TemplateState.REFUSED: "không nhận được",
    TemplateState.LOST: "không lấy về được",
    TemplateState.READY: "thử xong, chưa dùng",
}
_DOCX = FileKind.DOCX.mime


def finding(one: TemplateFinding) -> str:
    """What is wrong with a template, and what to do."""
    match one.fault:
        case TemplateFault.NOT_WORD:
            return (
                "Tệp không phải văn bản Word (.docx) bình thường, hoặc có macro. Anh/chị lưu lại dạng .docx."
            )
        case TemplateFault.TOO_BIG:
            return "Tệp quá lớn so với một mẫu văn bản. Anh/chị bỏ bớt hình ảnh rồi gửi lại."
        case TemplateFault.UNKNOWN_FIELD:
            return f"Có trường không tồn tại ({one.about}). Anh/chị đối chiếu tên trường trong mẫu có sẵn."
        case TemplateFault.FORBIDDEN:
            return (
                f"Mẫu có lệnh không được phép ({one.about}). Chỉ dùng trường, điều kiện và danh sách như "
                "trong mẫu có sẵn."
            )
        case TemplateFault.BROKEN_TAG:
            return f"Có dấu ngoặc nhọn mở mà không đóng, hoặc lệnh viết thiếu ({one.about})."
        case TemplateFault.NO_FIELDS:
            return "Tệp không có trường nào trong dấu ngoặc nhọn kép, nên văn bản nào lập ra cũng giống nhau."
        case _:
            assert_never(one.fault)


def kinds(in_force: Mapping[TemplateKind, TemplateFacts]) -> Message:
    """Every template, and since when an own one is used."""
    lines = [
        f"{place}) {NAMES[kind]}: {_used(in_force.get(kind))}" for place, kind in enumerate(TemplateKind, 1)
    ]
    rows: list[Row] = [
        (Choice(f"kind.{kind.value}", shortened(NAMES[kind], LABEL_LENGTH)),) for kind in TemplateKind
    ]
    return Message(title=LABEL, body="\n".join(lines), rows=(*rows, (Choice("all", "Tải bộ mẫu đang dùng"),)))


def kind(
    of: TemplateKind, used: TemplateFacts | None, sent: Sequence[TemplateFacts], can: Capabilities
) -> Message:
    """One template: what is used, what was sent."""
    lines = [f"Đang dùng: {_used(used)}."]
    lines += [f"• {one.name}: {_state(one)}" for one in sent]
    rows: list[Row] = [(Choice(f"template.{one.id}", shortened(one.name, LABEL_LENGTH)),) for one in sent]
    hint = (
        "Gửi tệp Word (.docx) vào đây để dùng mẫu mới; mẫu đang dùng chưa đổi cho đến ngày anh/chị chọn."
        if can.files_in
        else "Mẫu mới gửi bằng tệp Word, qua kênh hoặc trang nhận được tệp."
    )
    return Message(title=NAMES[of], body="\n".join(lines), hint=hint, rows=tuple(rows))


def template(one: TemplateFacts, today: date) -> Message:
    """One that was sent."""
    lines = [NAMES[one.kind], f"{one.name}: {_state(one)}"]
    lines += [f"Người gửi: {one.sent_by}"] if one.sent_by else []
    lines += one.findings
    rows: list[Row] = []
    hint = ""
    if one.preview:
        rows.append((Choice("preview", "Xem bản in thử"), Choice("file", "Tải mẫu này")))
    if one.state is TemplateState.READY and one.in_force_from is None:
        rows.append((Choice("use", f"Dùng từ hôm nay {today:%d/%m/%Y}"),))
        hint = "Muốn dùng từ ngày khác thì gõ ngày, ví dụ 15/12/2026. Giấy tờ đã lập giữ nguyên mẫu cũ."
    if one.in_force_from is not None:
        rows.append((Choice("end", "Thôi dùng mẫu này"),))
    return Message(title=LABEL, body="\n".join(lines), hint=hint, rows=tuple(rows))


def ready_notice(one: TemplateFacts) -> Message:
    """It can be used; with a paper made from it."""
    return Message(
        title="Mẫu văn bản dùng được",
        body=f"{NAMES[one.kind]}: {one.name} không có lỗi. Tệp dưới đây là bản in thử với dữ liệu ví dụ; "
        "mẫu chưa được dùng cho đến khi anh/chị chọn ngày.",
        files=(preview_file(one),),
        doors=_door(one.id),
    )


def faulty_notice(one: TemplateFacts) -> Message:
    """It cannot be used."""
    return Message(
        title="Mẫu văn bản chưa dùng được",
        body="\n".join((f"{NAMES[one.kind]}: {one.name}.", *one.findings, "Mẫu đang dùng vẫn nguyên.")),
        doors=_door(one.id),
    )


def lost_notice(template_id: int, name: str) -> Message:
    """It could not be fetched."""
    return Message(
        title="Chưa lấy được mẫu văn bản",
        body=f"{name}: nền tảng không còn tệp này. Anh/chị gửi lại; mẫu đang dùng vẫn nguyên.",
        doors=_door(template_id),
    )


def set_notice(files: Sequence[FileOut]) -> Message:
    """The templates in force, to change in Word."""
    return Message(
        title="Bộ mẫu văn bản đang dùng",
        body="Sửa trong Word rồi gửi lại ở mục của từng mẫu. Giữ nguyên các trường trong dấu ngoặc nhọn kép.",
        files=tuple(files),
        doors=_door(0),
    )


def set_file(of: TemplateKind, sha256: str) -> FileOut:
    """A template as a file."""
    return FileOut(sha256, f"Mẫu - {NAMES[of]}.docx".replace("/", "-"), _DOCX)


def preview_file(one: TemplateFacts) -> FileOut:
    """The paper a template was tried on."""
    return FileOut(one.preview, f"In thử - {one.name}", _DOCX)


def _door(number: int) -> tuple[Door, ...]:
    return (Door("paper_templates", str(number) if number else "", "Mở mẫu văn bản", DOOR_WORD),)


def _used(one: TemplateFacts | None) -> str:
    if one is None or one.in_force_from is None:
        return SHIPPED
    return f"mẫu của đơn vị từ {one.in_force_from:%d/%m/%Y} ({one.name})"


def _state(one: TemplateFacts) -> str:
    if one.in_force_from is not None:
        return f"dùng từ {one.in_force_from:%d/%m/%Y}"
    return _STATES[one.state]
