"""Words of the particulars in an achievement report: what is asked, why, and who sees it."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from core.campaign_terms import SubjectKind
from core.messages import LABEL_LENGTH, Choice, Door, Message, Row
from core.numbers import format_number
from core.particulars import LONGEST, ParticularsFacts
from core.vietnamese import inside_a_sentence, shortened

LABEL = "Lý lịch cho báo cáo thành tích"
DOOR_WORD = "LL"
ERASE_WORD = "XOA"
ERASED = (
    "Đã xóa hết phần đã điền. Báo cáo thành tích và danh sách trích ngang đã lập từ đó, nếu có, được bỏ khỏi "
    "hồ sơ và cần lập lại."
)
SKIPPED = "Đã bỏ qua; trên báo cáo chỗ này để trống để ghi tay."
ALL_TOLD = "Đã đủ các mục. Anh/chị xem lại; cần sửa mục nào thì chọn mục đó."
NOTHING = "Hiện không có hồ sơ khen thưởng nào cần lý lịch của anh/chị."
WHY = (
    "Mẫu báo cáo thành tích có phần này. Chỉ người lập và người xét hồ sơ khen thưởng xem được; mục nào "
    "không muốn điền thì bỏ qua, xóa lúc nào cũng được khi hồ sơ chưa nộp."
)
_HOW_BORN = "Anh/chị gõ đủ ngày, tháng, năm, ví dụ «12/3/1988»."
_HOW_SEX = "Anh/chị chọn một mục bên dưới."
_HOW = f"Anh/chị gõ nội dung, tối đa {format_number(Decimal(LONGEST))} ký tự."
SEXES = {"male": "Nam", "female": "Nữ"}
LABELS: Mapping[str, str] = {
    "born_on": "Ngày, tháng, năm sinh",
    "sex": "Giới tính",
    "ethnicity": "Dân tộc",
    "religion": "Tôn giáo",
    "home": "Quê quán",
    "residence": "Nơi thường trú",
    "qualification": "Trình độ chuyên môn, nghiệp vụ",
    "political_theory": "Trình độ lý luận chính trị",
    "titles": "Học hàm, học vị, danh hiệu",
    "duties": "Quyền hạn, nhiệm vụ được giao",
    "awards": "Các hình thức đã được khen thưởng",
}
UNIT_LABELS: Mapping[str, str] = {
    "address": "Địa chỉ trụ sở chính, điện thoại",
    "founded": "Quá trình thành lập và phát triển",
    "structure": "Cơ cấu tổ chức, số lượng người",
    "conditions": "Cơ sở vật chất, điều kiện thực hiện nhiệm vụ",
    "duties": "Chức năng, nhiệm vụ được giao",
    "policies": "Chấp hành chủ trương của Đảng, pháp luật của Nhà nước",
    "activities": "Hoạt động của tổ chức đảng, đoàn thể",
    "awards": "Các hình thức đã được khen thưởng",
}


def label(subject: SubjectKind, name: str) -> str:
    """What one of them is called."""
    return (UNIT_LABELS if subject is SubjectKind.COLLECTIVE else LABELS)[name]


def invitation(nomination_id: int, unit: str, round_label: str) -> Message:
    """To a nominee: the report needs some particulars."""
    return Message(
        title="Cần lý lịch cho báo cáo thành tích",
        body=f"{unit} đang lập hồ sơ đề nghị khen thưởng anh/chị, {inside_a_sentence(round_label)}. {WHY}",
        doors=(Door("particulars", str(nomination_id), "Điền lý lịch", DOOR_WORD),),
    )


def listed(found: Sequence[ParticularsFacts]) -> Message:
    """One's own, to choose from."""
    rows: tuple[Row, ...] = tuple(
        (Choice(f"of.{one.nomination_id}", shortened(f"{one.name}, {one.round_label}", LABEL_LENGTH)),)
        for one in found
    )
    return Message(title=LABEL, body=WHY if found else NOTHING, rows=rows)


def card(facts: ParticularsFacts) -> Message:
    """Everything that was told."""
    lines = [f"{facts.name}, {inside_a_sentence(facts.round_label)}"]
    rows: list[Row] = []
    if facts.missing:
        rows.append((Choice("fill", f"Điền lần lượt ({len(facts.missing)} mục còn lại)"),))
    for name in facts.names:
        told = facts.given.get(name)
        said = "chưa điền" if told is None else told or "để trống"
        lines.append(f"• {label(facts.subject, name)}: {shortened(said, 80)}")
        rows.append((Choice(f"edit.{name}", shortened(label(facts.subject, name), LABEL_LENGTH)),))
    if facts.given:
        rows.append((Choice("erase", "Xóa hết phần đã điền", grave=True, word=ERASE_WORD),))
    return Message(title=LABEL, body="\n".join(lines), hint=WHY, rows=tuple(rows))


def question(facts: ParticularsFacts, name: str) -> Message:
    """One of them is asked."""
    told = facts.given.get(name, "")
    place = facts.names.index(name) + 1
    body = f"Mục {place}/{len(facts.names)}. Đang ghi: {told}" if told else f"Mục {place}/{len(facts.names)}."
    rows: list[Row] = []
    if name == "sex":
        rows.append(tuple(Choice(f"sex.{key}", words) for key, words in SEXES.items()))
    rows.append((Choice("skip", "Bỏ qua mục này"),))
    how = {"born_on": _HOW_BORN, "sex": _HOW_SEX}.get(name, _HOW)
    return Message(
        title=label(facts.subject, name),
        body=body,
        hint=f"{how} {WHY}" if place == 1 else how,
        rows=tuple(rows),
    )


HELP = (
    "Trả lời từng mục bằng cách gõ chữ, hoặc bỏ qua. Phần này chỉ vào báo cáo thành tích và danh sách trích "
    "ngang của hồ sơ; không hiện ở nơi khác."
)
