"""The words in which a decision is announced."""

from collections.abc import Sequence

from core.announcement_content import BODY_LIMIT, TITLE_LIMIT
from core.campaign_terms import SubjectKind
from core.council import Item, SittingFacts
from core.messages import Choice
from core.texts.results import decision
from core.vietnamese import inside_a_sentence, shortened

ANNOUNCE = Choice("announce", "Soạn thông báo kết quả")
DRAFTED = (
    "Đã tạo bản nháp từ Quyết định, dành cho các đơn vị của phong trào; chưa gửi cho ai. Anh/chị xem lại."
)
THERE_ALREADY = "Thông báo về Quyết định này đã có sẵn."
PAPER = "Quyết định"
_THEMATIC = "Khen thưởng theo chuyên đề, không tính làm căn cứ khen thưởng theo công trạng."
_THANKS = "Trân trọng chúc mừng các tập thể, cá nhân được khen và cảm ơn các đơn vị, anh/chị đã tham gia."
_REST = "… và {count} {kind} khác theo danh sách trong Quyết định."
_KINDS = {SubjectKind.COLLECTIVE: "tập thể", SubjectKind.INDIVIDUAL: "cá nhân"}
_LINE = 160
#: What is left of the room for the names of one kind.
_ROOM = (BODY_LIMIT - 1_500) // len(_KINDS)


def title(sitting: SittingFacts) -> str:
    """«Kết quả khen thưởng theo Quyết định số 12/QĐ-SYT: Thi đua CCHC 2026»."""
    number = decision(sitting.number, None)
    about = f"{sitting.campaign_label}, {inside_a_sentence(sitting.round_label)}"
    return shortened(f"Kết quả khen thưởng theo {number}: {about}", TITLE_LIMIT)


def body(sitting: SittingFacts) -> str:
    """Who was commended, by what, with their units."""
    about = f"{sitting.campaign_label}, {inside_a_sentence(sitting.round_label)}"
    parts = [f"{decision(sitting.number, sitting.dated)} khen thưởng trong {about}:"]
    for kind in SubjectKind:
        items = [one for one in sitting.chosen if one.subject is kind]
        if items:
            parts.append("\n".join([f"{_KINDS[kind].capitalize()} ({len(items)}):", *_names(kind, items)]))
    return "\n\n".join([*parts, _THEMATIC, _THANKS])


def _names(kind: SubjectKind, items: Sequence[Item]) -> list[str]:
    lines: list[str] = []
    for place, one in enumerate(items, 1):
        who = one.name if one.name == one.unit else f"{one.name}, {one.unit}"
        line = shortened(f"{place}. {who}", _LINE)
        if sum(map(len, lines)) + len(line) > _ROOM:
            return [*lines, _REST.format(count=len(items) - place + 1, kind=_KINDS[kind])]
        lines.append(line)
    return lines
