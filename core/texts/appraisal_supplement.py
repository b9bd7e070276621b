"""Sentences about what a unit is asked for again, on both sides."""

from collections.abc import Mapping, Sequence
from datetime import date, tzinfo

from core.appraisal import ItemFacts
from core.assessment import EvidenceFacts
from core.dossiers import DossierFacts
from core.messages import LABEL_LENGTH, Choice, Door, FileOut, Message, Numbering, Row
from core.vietnamese import fold, inside_a_sentence, long_date, moment, shortened

LABEL = "Bổ sung hồ sơ"
WORD = "BS"
HELP = (
    "Người thẩm định trả hồ sơ lại với từng mục cần bổ sung. Trả lời mỗi mục bằng lời, gửi tệp, hoặc cả hai; "
    "đủ mọi mục thì thủ trưởng đơn vị nộp lại. Bản tự đánh giá đã ký không mở lại."
)
NOTHING = "Hiện không có hồ sơ nào cần bổ sung."
ASK_MISSING = (
    "Anh/chị ghi rõ còn thiếu gì và cần bổ sung thế nào, trong một tin nhắn, ví dụ "
    "«Thiếu quyết định công nhận sáng kiến năm 2026»."
)
NOTED = "Đã ghi mục cần bổ sung. Mục chỉ đến đơn vị khi anh/chị trả hồ sơ."
DROPPED = "Đã bỏ mục này."
RETURNED = "Đã trả hồ sơ và báo đơn vị; thời gian thẩm định dừng cho đến khi đơn vị nộp lại."
ANSWERED = "Đã ghi nội dung bổ sung."
GIVE_BACK = "Nộp lại hồ sơ"
KEPT = "Lời đã trả lời vẫn như cũ."
NOT_AN_ANSWER = f"Chưa ghi gì vào mục vừa rồi. Muốn nộp lại hồ sơ, anh/chị chọn «{GIVE_BACK}» ở đây."
RETURN_WORD = "TRA HO SO"
GIVE_BACK_WORD = "NOP LAI"
PAPERS = "Thành phần hồ sơ"
_GLIMPSE = 500
_FEW = 8


def step_reason(count: int) -> str:
    """What the history says of it."""
    return f"Cần bổ sung {count} mục."


def about(item: ItemFacts, names: Mapping[int, str]) -> str:
    """Whom and what an item is about: «Trần Thị Lan, 009-T1»."""
    who = names.get(item.nomination_id or 0, "")
    return ", ".join(part for part in (who, item.criterion) if part) or PAPERS


def items(facts: DossierFacts, found: Sequence[ItemFacts], names: Mapping[int, str], due: date) -> Message:
    """What is noted, to be sent back or struck out."""
    lines = [f"Mục {place}. {about(one, names)}: {one.missing}" for place, one in enumerate(found, 1)]
    rows: list[Row] = [(Choice("add", "Thêm mục về thành phần hồ sơ"),)]
    rows += [
        (Choice(f"drop.{one.id}", shortened(f"Bỏ mục {place}: {one.missing}", LABEL_LENGTH)),)
        for place, one in enumerate(found, 1)
    ]
    if found:
        lines += [
            "",
            f"Trả hồ sơ thì đơn vị bổ sung đến hết {long_date(due)}; anh/chị nhắn ngày khác để đổi.",
        ]
        rows.append((Choice("send", "Trả hồ sơ để bổ sung", grave=True, word=RETURN_WORD),))
    body = "\n".join(lines) or (
        "Chưa có mục nào. Thêm mục về một tiêu chí thì mở người và tiêu chí đó, chọn "
        "«Yêu cầu bổ sung mục này»."
    )
    return Message(
        title=shortened(f"Cần bổ sung · {facts.unit}", 80),
        body=body,
        rows=tuple(rows),
        numbering=Numbering.LETTERS,
    )


def day_changed(due: date, *, off: bool) -> str:
    """Another day was picked, perhaps one that is `off`."""
    return f"Hạn bổ sung: hết {long_date(due)}.{' ⚠️ Đó là ngày nghỉ; đơn vị khó nộp kịp.' if off else ''}"


def ask_missing(of: str) -> Message:
    """What is missing."""
    return Message(title=shortened(f"Cần bổ sung: {of or PAPERS}", 80), body=ASK_MISSING)


def answers(facts: DossierFacts, found: Sequence[ItemFacts], names: Mapping[int, str]) -> Message:
    """What came back, for the appraiser."""
    lines = [
        f"Mục {place}. {about(one, names)}: {one.missing}\n→ {answered(one)}"
        for place, one in enumerate(found, 1)
    ]
    rows: list[Row] = [
        (Choice(f"item.{one.id}", shortened(f"Mục {place}: {one.missing}", LABEL_LENGTH)),)
        for place, one in enumerate(found, 1)
    ]
    body = "\n\n".join(lines) or "Hồ sơ này chưa lần nào được yêu cầu bổ sung."
    return Message(title=shortened(f"Đã bổ sung · {facts.unit}", 80), body=body, rows=tuple(rows))


def answered_item(item: ItemFacts, files: Sequence[EvidenceFacts]) -> Message:
    """One of them with its files."""
    out = [FileOut(one.served_sha256, one.served_name, one.mime) for one in files if one.served_sha256]
    return Message(
        title="Mục bổ sung",
        body=f"Yêu cầu: {item.missing}\n\nĐơn vị trả lời: {answered(item)}",
        files=tuple(out),
    )


def asked_and_answered(place: int, item: ItemFacts, names: Mapping[int, str]) -> str:
    """One item in a line, for the report."""
    return f"{place}. {about(item, names)}: {item.missing} — {answered(item).removesuffix('.')}."


def answered(item: ItemFacts) -> str:
    """What came back for an item."""
    if not item.answered:
        return "chưa bổ sung"
    if not item.files:
        return item.answer
    files = f"{item.files} tệp"
    return f"{item.answer.removesuffix('.')}; {files}" if item.answer else files


def mine(found: Sequence[DossierFacts]) -> Message:
    """The dossiers that came back."""
    lines = [
        f"• {one.unit}, {inside_a_sentence(one.round_label)}"
        + (f": đến hết {long_date(one.supplement_due)}" if one.supplement_due else "")
        for one in found
    ]
    return Message(
        title=LABEL,
        body="\n".join(lines) or NOTHING,
        rows=tuple(
            (Choice(f"one.{one.id}", shortened(f"{one.unit} · {one.round_label}", LABEL_LENGTH)),)
            for one in found
        ),
    )


def one(facts: DossierFacts, found: Sequence[ItemFacts], names: Mapping[int, str], *, sends: bool) -> Message:
    """What a unit is asked for, item by item."""
    due = f"Bổ sung đến hết {long_date(facts.supplement_due)}." if facts.supplement_due else ""
    lines = [
        f"{'✅' if item.answered else '▫️'} {place}. {about(item, names)}: {item.missing}"
        for place, item in enumerate(found, 1)
    ]
    left = sum(not item.answered for item in found)
    rows: list[Row] = [
        (Choice(f"item.{item.id}", shortened(f"Mục {place}: {about(item, names)}", LABEL_LENGTH)),)
        for place, item in enumerate(found, 1)
    ]
    if not left and sends:
        rows.append((Choice("send", GIVE_BACK),))
    end = ""
    if left:
        end = f"Còn {left} mục chưa bổ sung."
    elif not sends:
        end = "Đã đủ các mục; thủ trưởng đơn vị nộp lại hồ sơ."
    return Message(
        title=shortened(f"Bổ sung hồ sơ {facts.unit}", 80),
        body="\n".join([due, "", *lines, "", end]).strip(),
        rows=tuple(rows),
    )


def given_back(facts: DossierFacts, zone: tzinfo) -> str:
    """It is handed in again."""
    at = moment(facts.received_at.astimezone(zone)) if facts.received_at is not None else ""
    return f"Đã nộp lại hồ sơ. Biên nhận {facts.receipt}, lúc {at}; người thẩm định đã được báo."


def is_give_back(text: str) -> bool:
    """Whether somebody means to hand the dossier in again, not to answer."""
    words = fold(text).rstrip(".")
    return words in {fold(GIVE_BACK_WORD), fold(GIVE_BACK)}


def ask_sure(
    facts: DossierFacts,
    found: Sequence[ItemFacts],
    names: Mapping[int, str],
    wrong: Sequence[str],
    reason: str,
) -> Message:
    """Every answer, and what is still wrong, once more before it is handed in again."""
    lines = [f"Mục {place}. {about(one, names)}: {answered(one)}" for place, one in enumerate(found, 1)]
    if wrong:
        lines += ["", f"Còn {len(wrong)} lỗi:", *wrong[:_FEW]]
        lines += [f"… và {len(wrong) - _FEW} lỗi khác."] if len(wrong) > _FEW else []
        lines.append(f"Lý do nộp khi còn lỗi: {shortened(reason, _GLIMPSE)}")
    return Message(
        title=shortened(f"{GIVE_BACK} {facts.unit}?", 80),
        body="\n".join(lines).strip(),
        rows=((Choice("send", GIVE_BACK, grave=True, word=GIVE_BACK_WORD),),),
        numbering=Numbering.LETTERS,
    )


def ask_replace(asked: ItemFacts, words: str) -> Message:
    """There is an answer already: whether the new words stand in its place or after it."""
    return Message(
        title="Mục này đã có lời trả lời",
        body=f"Đã trả lời: {shortened(asked.answer, _GLIMPSE)}\n\nVừa nhắn: {shortened(words, _GLIMPSE)}\n\n"
        "Chưa ghi gì. Anh/chị chọn ghi thế nào; không ghi thì quay lại.",
        rows=((Choice("add", "Ghi thêm vào sau"), Choice("replace", "Thay lời cũ")),),
    )


def item(asked: ItemFacts, names: Mapping[int, str], files: Sequence[EvidenceFacts]) -> Message:
    """One of them, to be answered."""
    lines = [f"Cần: {asked.missing}"]
    if asked.answer:
        lines.append(f"Đã trả lời: {shortened(asked.answer, _GLIMPSE)}")
    lines += [f"• {file.code} {file.name}{'' if file.usable else ' (không dùng được)'}" for file in files]
    lines += [
        "",
        "Nhắn nội dung bổ sung, hoặc gửi tệp. Nhắn lại thì được hỏi trước khi thay; tệp được cộng vào.",
    ]
    return Message(title=shortened(f"Bổ sung: {about(asked, names)}", 80), body="\n".join(lines))


def files_added(count: int) -> str:
    """Files came."""
    return f"Đã nhận; mục này có {count} tệp. Tệp được kiểm tra trước khi nộp lại."


def returned_notice(facts: DossierFacts, found: Sequence[ItemFacts], names: Mapping[int, str]) -> Message:
    """To the unit: the list, and until when."""
    lines = [f"Mục {place}. {about(one, names)}: {one.missing}" for place, one in enumerate(found, 1)]
    due = f"Bổ sung đến hết {long_date(facts.supplement_due)}." if facts.supplement_due else ""
    return Message(
        title="Hồ sơ được trả lại để bổ sung",
        body="\n".join(
            [f"Hồ sơ {facts.unit}, {inside_a_sentence(facts.round_label)}.", *lines, "", due]
        ).strip(),
        doors=(Door("supplements", str(facts.id), "Bổ sung", WORD),),
    )


def reminder(facts: DossierFacts, left: int) -> Message:
    """The day before, and on the day."""
    due = f" đến hết {long_date(facts.supplement_due)}" if facts.supplement_due else ""
    state = f"còn {left} mục chưa bổ sung" if left else "các mục đã đủ, chưa nộp lại"
    return Message(
        title="Sắp hết hạn bổ sung hồ sơ",
        body=f"Hồ sơ {facts.unit}, {inside_a_sentence(facts.round_label)}: {state};{due or ' chưa có hạn'}.",
        doors=(Door("supplements", str(facts.id), "Bổ sung", WORD),),
    )


def back_notice(facts: DossierFacts, count: int, reason: str) -> Message:
    """To the appraiser: every item is answered; with errors, the reason."""
    why = f"\nĐơn vị nộp khi còn lỗi, lý do: {reason}" if reason else ""
    return Message(
        title="Hồ sơ được nộp lại khi còn lỗi" if reason else "Hồ sơ đã bổ sung đủ",
        body=f"Hồ sơ {facts.unit}, {inside_a_sentence(facts.round_label)}: đơn vị đã bổ sung {count} mục "
        f"và nộp lại. Thời gian thẩm định chạy tiếp.{why}",
        doors=(Door("appraisal", str(facts.id), "Mở hồ sơ", "TD"),),
    )
