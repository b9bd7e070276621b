"""Sentences about who is in a dossier and which papers: lists, single pages, reasons."""

from collections.abc import Sequence

from core.assessment import EvidenceFacts
from core.dossier_parts import Part
from core.dossiers import NomineeFacts, PaperFacts, PaperKind
from core.messages import LABEL_LENGTH, Capabilities, Choice, FileOut, Message, Numbering, Row
from core.texts import pages, particulars, uploads
from core.vietnamese import file_size, shortened

NOMINEES = "Danh sách đề nghị"
PARTS = "Giấy tờ của hồ sơ"
HELP_NOMINEES = (
    "Thứ tự ở đây là thứ tự trong tờ trình và danh sách. Đưa ai ra khỏi hồ sơ thì ghi lý do; đề nghị vẫn còn "
    "và đưa lại được."
)
HELP_PARTS = (
    "Hệ thống lập được giấy tờ từ những gì đã trả lời. Đơn vị cũng có thể gửi bản của mình, ví dụ bản đã ký "
    "và đóng dấu được chụp hoặc quét."
)
HELP_REASON = "Lý do được lưu cùng hồ sơ. Viết cụ thể trong một hai câu."
TAKE_OUT_WORD = "DUA RA"
MOVED = "Đã đổi thứ tự."
TAKEN_OUT = "Đã đưa ra khỏi hồ sơ."
PUT_BACK = "Đã đưa lại vào hồ sơ, ở cuối danh sách."
ATTACHED = "Đã nhận tệp; tệp được kiểm tra rồi vào hồ sơ."
DETACHED = "Đã bỏ tệp khỏi hồ sơ. Tệp vẫn còn trong kho của người gửi."
MAKING = "⏳ Đang lập giấy tờ; xong sẽ báo. Ai chưa khai lý lịch được nhắn để khai."
BLANK = " bản để trống (chưa ghi cuộc họp)"
NOT_A_FILE = "Ở bước này anh/chị gửi tệp hoặc ảnh. Hồ sơ vẫn còn nguyên."
NAMES = {
    PaperKind.REQUEST: "Tờ trình, văn bản đề nghị",
    PaperKind.MINUTES: "Biên bản họp",
    PaperKind.REPORT: "Báo cáo thành tích",
    PaperKind.LIST: "Danh sách trích ngang",
    PaperKind.EVIDENCE: "Danh mục minh chứng",
    PaperKind.OTHER: "Giấy tờ khác",
}
_NAME = 60
_QUOTE = 160
_STATES = {"waiting": "đang kiểm tra", "refused": "không dùng được", "lost": "không còn lấy được"}


def nominees(
    found: Sequence[NomineeFacts],
    out: Sequence[tuple[int, str, str]],
    page: int,
    *,
    opened: bool,
    gathers: bool,
) -> Message:
    """Who is proposed, in the order of the papers, and who was taken out."""
    lines = [
        f"• {shortened(one.name, _NAME)}{f' · {one.post}' if one.post else ''}"
        for one in pages.shown(found, page)
    ]
    rows: list[Row] = [
        (Choice(f"one.{one.nomination_id}", shortened(one.name, LABEL_LENGTH)),)
        for one in pages.shown(found, page)
    ]
    rows += pages.turns(page, len(found))
    if out:
        lines += [
            *([""] if lines else []),
            "Đã đưa ra khỏi hồ sơ:",
            *(f"• {name}: {reason}" for _id, name, reason in out),
        ]
    if opened:
        rows += [
            (Choice(f"back.{number}", shortened(f"Đưa lại: {name}", LABEL_LENGTH)),)
            for number, name, _reason in out
        ]
    if gathers:
        rows.append((Choice("gather", "Lấy thêm đề nghị mới"),))
    return Message(title=NOMINEES, body="\n".join(lines) or "Chưa có ai.", rows=tuple(rows))


def nominee(
    one: NomineeFacts,
    receipt: str,
    lines: Sequence[str],
    *,
    place: int,
    count: int,
    opened: bool,
    tells: bool,
) -> Message:
    """One nominee: what for, what they signed, the report, and what may be done."""
    told = [f"{one.unit}{f' · {one.post}' if one.post else ''}", f"Thứ tự trong hồ sơ: {place}/{count}."]
    told.append(f"Thành tích: {one.achievement}")
    told.append(f"Bản tự đánh giá đã ký: {receipt}." if receipt else "Bản tự đánh giá: chưa ký.")
    rows: list[Row] = []
    if opened:
        moves = [Choice("up", "Lên trên")] if place > 1 else []
        moves += [Choice("down", "Xuống dưới")] if place < count else []
        rows += [tuple(moves)] if moves else []
        rows.append((Choice("report", "Báo cáo thành tích"),))
        rows += [(Choice("particulars", particulars.LABEL),)] if tells else []
        rows.append((Choice("out", "Đưa ra khỏi hồ sơ"),))
    return Message(title=shortened(one.name, _NAME), body="\n".join([*told, *lines]), rows=tuple(rows))


def report_line(*, made: int, sent: int, told: bool) -> list[str]:
    """How far the report of a nominee is."""
    has = "đơn vị đã gửi" if sent else "đã lập" if made else "chưa lập"
    given = "đã có" if told else "chưa có"
    return [f"Báo cáo thành tích: {has}. Lý lịch cho báo cáo: {given}."]


def ask_out(one: NomineeFacts) -> Message:
    """Why a nominee is taken out."""
    return Message(
        title=shortened(f"Đưa {one.name} ra khỏi hồ sơ", 80),
        body=f"Anh/chị cho biết lý do. {HELP_REASON}",
        numbering=Numbering.LETTERS,
    )


def ask_out_sure(one: NomineeFacts, reason: str) -> Message:
    """Once more, before it is done."""
    return Message(
        title=shortened(f"Đưa {one.name} ra khỏi hồ sơ?", 80),
        body=f"Lý do: {reason}\n\nNgười đã đề nghị được báo. Đề nghị vẫn còn và đưa lại được.",
        rows=((Choice("out", "Đưa ra khỏi hồ sơ", grave=True, word=TAKE_OUT_WORD),),),
    )


def parts(found: Sequence[tuple[Part, int, int]], *, opened: bool, making: bool, met: bool) -> Message:
    """Each part with how many papers the house made and the unit sent; the plan's own words first.

    Minutes made before a meeting is recorded (`met`) are a blank form and count for nothing yet.
    """
    lines = [
        _part_line(part, made, sent, blank=part.kind is PaperKind.MINUTES and not met and not sent)
        for part, made, sent in found
    ]
    lines += ["", MAKING] if making else []
    rows: list[Row] = [
        (Choice(f"part.{part.key}", shortened(_part_name(part), LABEL_LENGTH)),)
        for part, _made, _sent in found
    ]
    if opened:
        rows.append((Choice("make", "Lập giấy tờ"),))
    return Message(title=PARTS, body="\n".join(lines).lstrip(), rows=tuple(rows))


def _part_line(part: Part, made: int, sent: int, *, blank: bool) -> str:
    mark = "⚠️" if made and blank else "✅" if made or sent else "▫️"
    told = [f"lập {made}{BLANK if blank else ''}"] if made else []
    told += [f"đơn vị gửi {sent}"] if sent else []
    has = ", ".join(told) or "chưa có"
    code = f" ({part.clause.code})" if part.clause is not None else ""
    return f"{mark} {_part_name(part)}{code}: {has}"


def _part_name(part: Part) -> str:
    if part.kind is PaperKind.OTHER and part.clause is not None:
        return shortened(part.clause.quote.rstrip("."), _NAME)
    return NAMES[part.kind]


def part(
    found: Part, papers: Sequence[tuple[PaperFacts, EvidenceFacts | None]], *, opened: bool, can: Capabilities
) -> Message:
    """One part: what the plan says, the papers there are, and what may be done with them."""
    lines = (
        [f"Kế hoạch ghi: «{shortened(found.clause.quote, _QUOTE)}» ({found.clause.code})."]
        if found.clause
        else []
    )
    rows: list[Row] = []
    for number, (one, sent) in enumerate(papers, 1):
        by = "đơn vị gửi" if sent is not None else "hệ thống lập"
        state = f", {_STATES[sent.state]}" if sent is not None and sent.state in _STATES else ""
        lines.append(f"Tệp {number}: {one.name} ({by}, {file_size(one.size)}{state})")
        acts: list[Choice] = []
        if can.files_out and one.sha256:
            acts.append(Choice(f"get.{one.id}", f"Tải tệp {number}"))
        if opened and sent is not None:
            acts.append(Choice(f"drop.{one.id}", f"Bỏ tệp {number}"))
        rows += [tuple(acts)] if acts else []
    if not papers:
        lines.append("Chưa có giấy tờ nào ở mục này.")
    if opened:
        rows.append((Choice("send", "Gửi bản của đơn vị"),))
    return Message(title=_part_name(found), body="\n".join(lines), rows=tuple(rows))


def ask_paper(found: Part, who: str, can: Capabilities) -> Message:
    """The unit's own paper."""
    whom = f" của {who}" if who else ""
    asked = f"Anh/chị gửi tệp hoặc ảnh chụp{whom}; nhiều trang gửi lần lượt."
    how = f"{asked} {uploads.elsewhere(can)}".rstrip()
    return Message(title=_part_name(found), body=how, numbering=Numbering.LETTERS)


def paper_file(one: PaperFacts) -> FileOut:
    """A paper, to hand over."""
    return FileOut(one.sha256, one.name, one.mime, size=one.size)
