"""What is told about a dossier's papers, and what their files are called."""

from core.dossiers import DossierFacts, PaperKind
from core.messages import Door, Message
from core.vietnamese import inside_a_sentence

DOOR_WORD = "HS"
_OPEN = "Mở hồ sơ"
_FILES = {
    PaperKind.REQUEST: "Tờ trình đề nghị khen thưởng",
    PaperKind.MINUTES: "Biên bản họp Hội đồng",
    PaperKind.REPORT: "Báo cáo thành tích",
    PaperKind.LIST: "Danh sách trích ngang",
    PaperKind.EVIDENCE: "Danh mục minh chứng",
    PaperKind.OTHER: "Giấy tờ khác",
}


def file_name(kind: PaperKind, name: str) -> str:
    """«Báo cáo thành tích - Trần Thị Lan.docx»."""
    return f"{_FILES[kind]} - {name}.docx" if name else f"{_FILES[kind]}.docx"


def made(facts: DossierFacts, papers: int) -> Message:
    """The papers are there."""
    return Message(
        title="Giấy tờ của hồ sơ đã lập xong",
        body=f"{_dossier(facts)}: {papers} văn bản Word. Số, ngày, chữ ký và dấu để trống; "
        "anh/chị tải về, đọc lại, in và trình ký.",
        doors=(Door("dossiers", str(facts.id), _OPEN, DOOR_WORD),),
    )


def lost(facts: DossierFacts) -> Message:
    """They could not be made."""
    return Message(
        title="Giấy tờ của hồ sơ chưa lập được",
        body=f"{_dossier(facts)}: hồ sơ vẫn nguyên. Anh/chị mở hồ sơ và chọn lập lại.",
        doors=(Door("dossiers", str(facts.id), _OPEN, DOOR_WORD),),
    )


def _dossier(facts: DossierFacts) -> str:
    return f"Hồ sơ đề nghị khen thưởng {inside_a_sentence(facts.round_label)} của {facts.unit}"
