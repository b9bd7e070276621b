"""Sentences about a unit's self-assessment: who was given what, and what was sent back."""

from collections.abc import Sequence
from datetime import date, datetime

from core.assessment import Entry, Sheet
from core.campaigns import Group
from core.collective import Colleague, Part
from core.messages import LABEL_LENGTH, Choice, Door, Message, Row
from core.texts.assessment import lettered, mark, only_view, progress
from core.texts.criteria_verdict import verdict
from core.vietnamese import inside_a_sentence, shortened

DOOR_WORD = "GIAO"
HELP = (
    "Giao từng tiêu chí hoặc cả nhóm cho đồng nghiệp trong đơn vị: chọn người, đánh dấu các mục, "
    "xem lại tên rồi giao. Khi bản chưa ký, thu lại hoặc chuyển cho người khác được; "
    "câu trả lời đã có vẫn được giữ."
)
ASK_NAME = "Gõ tên (hoặc một phần tên) của đồng nghiệp, hoặc chọn trong danh sách."
NOBODY_CALLED_SO = (
    "Không có ai tên như vậy trong đơn vị đã kết nối tài khoản. Chưa giao gì; anh/chị gõ lại tên, "
    "hoặc cấp mã tham gia cho người đó trước."
)
NOBODY_YET = (
    "Chưa có ai để giao: chỉ giao được cho người trong đơn vị đã có tài khoản ở đây, ngoài anh/chị. "
    "Đồng nghiệp cần mã tham gia và vào trước; khi đó tên hiện ở đây. Chưa giao gì; "
    "chưa có ai thì đầu mối trả lời các tiêu chí."
)
NOTHING_CHOSEN = (
    "Chưa đánh dấu tiêu chí nào nên chưa giao gì. Anh/chị chọn nhóm rồi đánh dấu ít nhất một mục."
)
TAKEN_BACK = "Đã thu lại. Câu trả lời đã có vẫn được giữ; đầu mối trả lời tiếp được."
ASK_COMMENT = "Anh/chị gõ điều cần bổ sung hoặc sửa. Người trả lời nhận một thông báo kèm lời này."
SENT_BACK = "Đã trả lại tiêu chí. Câu trả lời cũ vẫn được giữ để người đó sửa."
GIVE = Choice("give", "Giao phần…")


def board(sheet: Sheet, parts: Sequence[Part], now: datetime) -> Message:
    """Who has what, and how far they are."""
    given = sum(len(part.entries) for part in parts)
    lines = [progress(sheet), ""]
    lines += [f"👤 {part.name}: {part.answered}/{len(part.entries)} tiêu chí" for part in parts]
    lines.append(f"Chưa giao cho ai: {sheet.total - given} tiêu chí (đầu mối trả lời).")
    rows: list[Row] = [
        (
            Choice(
                f"person.{part.person_id}",
                shortened(f"{part.name} ({part.answered}/{len(part.entries)})", LABEL_LENGTH),
            ),
        )
        for part in parts
    ]
    fixed = only_view(sheet, now)
    if not fixed:
        rows.append((GIVE,))
    rows.append((Choice("open", "Mở bản tự đánh giá của đơn vị"),))
    return Message(title="Phân công trong đơn vị", body="\n".join(lines), hint=fixed, rows=tuple(rows))


def ask_colleague(people: Sequence[Colleague], words: str) -> Message:
    """To whom."""
    found = "\n".join(f"• {one.name}: {_standing(one)}" for one in people)
    looked_for = f"Tìm: «{words}»" if words else ""
    nobody = (NOBODY_CALLED_SO, ASK_NAME) if words else (NOBODY_YET,)
    parts = (looked_for, *((found, ASK_NAME) if found else nobody))
    return Message(
        title="Giao cho ai?",
        body="\n\n".join(part for part in parts if part),
        rows=tuple((Choice(f"person.{one.person_id}", shortened(one.name, LABEL_LENGTH)),) for one in people),
    )


def ask_groups(sheet: Sheet, colleague: Colleague, chosen: Sequence[str]) -> Message:
    """Which groups, or criteria of them."""
    rows: list[Row] = []
    for group in sheet.groups:
        entries = sheet.of_group(group)
        marked = sum(entry.criterion.key in chosen for entry in entries)
        label = f"{_box(marked == len(entries))} {lettered(group, group.label)} ({marked}/{len(entries)})"
        rows.append((Choice(f"group.{group.key}", shortened(label, LABEL_LENGTH)),))
    rows.append((Choice("confirm", f"▶️ Giao {len(chosen)} tiêu chí"),))
    return Message(
        title=shortened(f"Giao cho {colleague.name}", 60),
        body="Chọn nhóm, rồi đánh dấu cả nhóm hoặc từng tiêu chí. Giao nhiều nhóm một lần được.",
        rows=tuple(rows),
    )


def ask_criteria(sheet: Sheet, group: Group, colleague: Colleague, chosen: Sequence[str]) -> Message:
    """Which criteria of a group."""
    entries = sheet.of_group(group)
    lines = [f"Giao cho {colleague.name}.", ""]
    rows: list[Row] = []
    for entry in entries:
        code, label = entry.criterion.code, entry.criterion.label
        box = _box(entry.criterion.key in chosen)
        holder = sheet.holders.get(code)
        lines.append(f"{box} {code} {label}{f' (đang giao: {holder})' if holder else ''}")
        rows.append((Choice(f"key.{entry.criterion.key}", shortened(f"{box} {code} {label}", LABEL_LENGTH)),))
    whole = all(entry.criterion.key in chosen for entry in entries)
    rows.append((Choice("all", "Bỏ chọn cả nhóm" if whole else "Chọn cả nhóm"),))
    rows.append((Choice("groups", "Nhóm khác"), Choice("confirm", f"▶️ Giao {len(chosen)} tiêu chí")))
    return Message(title=lettered(group, group.label), body="\n".join(lines), rows=tuple(rows))


def ask_share(sheet: Sheet, colleague: Colleague, entries: Sequence[Entry]) -> Message:
    """The name and the criteria, before anything is sent."""
    lines = [f"Người nhận: {colleague.name}, {_standing(colleague)}.", ""]
    for entry in entries:
        holder = sheet.holders.get(entry.criterion.code, "")
        moved = f" (chuyển từ {holder})" if holder and holder != colleague.name else ""
        lines.append(f"• {entry.criterion.code} {entry.criterion.label}{moved}")
    lines += ["", "Người này nhận một thông báo và chỉ thấy, trả lời được các mục trên."]
    return Message(
        title=f"Giao {len(entries)} tiêu chí?",
        body="\n".join(lines),
        rows=((Choice("send", "Giao"),),),
    )


def shared(count: int, name: str) -> str:
    """After criteria were given."""
    return f"Đã giao {count} tiêu chí cho {name}."


def holder_page(sheet: Sheet, part: Part, now: datetime) -> Message:
    """What one colleague has, and what can be done about it."""
    body = "\n".join(f"{mark(one)} {one.criterion.code} {one.criterion.label}" for one in part.entries)
    rows: list[Row] = [
        (
            Choice(
                f"key.{one.criterion.key}",
                shortened(f"{mark(one)} {one.criterion.code} {one.criterion.label}", LABEL_LENGTH),
            ),
        )
        for one in part.entries
    ]
    fixed = only_view(sheet, now)
    if not fixed:
        rows.append((Choice("more", "Giao thêm"), Choice("move", "Chuyển cho người khác")))
        rows.append((Choice("take", "Thu lại tất cả"),))
    title = f"{part.name}: {part.answered}/{len(part.entries)} tiêu chí"
    return Message(title=title, body=body, hint=fixed, rows=tuple(rows))


def one(sheet: Sheet, entry: Entry, now: datetime) -> Message:
    """One criterion: who answers it, what was answered, and what can be done about it."""
    holder = sheet.holders.get(entry.criterion.code, "")
    parts = [
        f"«{entry.criterion.quote}» ({entry.criterion.code})",
        f"Người được giao: {holder}." if holder else "Chưa giao cho ai; đầu mối trả lời.",
        verdict(entry.criterion, entry.verdict) if entry.answered else "Chưa trả lời xong.",
        f"Ghi chú: {entry.note}" if entry.note else "",
        f"Minh chứng: {entry.proofs} tệp" if entry.proofs else "",
    ]
    rows: list[Row] = [(Choice("open", "Mở tiêu chí"),)]
    fixed = only_view(sheet, now)
    if not fixed:
        rows.append((Choice("move", "Giao cho người khác" if holder else "Giao cho đồng nghiệp"),))
        if holder:
            rows.append((Choice("take", "Thu lại"),))
        if entry.answered:
            rows.append((Choice("return", "Trả lại để bổ sung…"),))
    return Message(
        title=f"Phân công {entry.criterion.code}",
        body="\n\n".join(part for part in parts if part),
        hint=fixed,
        rows=tuple(rows),
    )


def ask_comment(entry: Entry, name: str) -> Message:
    """Why a criterion goes back."""
    return Message(
        title=f"Trả lại {entry.criterion.code} cho {name}", body=f"{entry.criterion.label}\n\n{ASK_COMMENT}"
    )


def with_comment(note: str, comment: str, day: date) -> str:
    """The note of a criterion that was sent back."""
    return "\n".join(part for part in (note, f"Trả lại ngày {day:%d/%m/%Y}: {comment}") if part)


def given_notice(sheet: Sheet, entries: Sequence[Entry], by: str) -> Message:
    """To whom criteria were given: one notice, however many they are."""
    told = (
        f"{by} giao anh/chị trả lời {len(entries)} tiêu chí của {_unit(sheet)}, "
        f"{inside_a_sentence(sheet.round_label)}:"
    )
    listed = (f"• {one.criterion.code} {one.criterion.label}" for one in entries)
    return Message(
        title="Phần được giao trong bản tự đánh giá của đơn vị",
        body="\n".join((told, *listed)),
        doors=(_door(sheet),),
    )


def taken_notice(sheet: Sheet, count: int) -> Message:
    """To whom criteria were given before."""
    return Message(
        title="Thay đổi phân công",
        body=(
            f"{count} tiêu chí của {_unit(sheet)} đã giao cho anh/chị nay được thu lại "
            "hoặc chuyển cho người khác. Những gì anh/chị đã trả lời vẫn được giữ trong bản của đơn vị."
        ),
    )


def returned_notice(sheet: Sheet, entry: Entry, comment: str, by: str) -> Message:
    """A criterion comes back with a comment."""
    return Message(
        title=f"Tiêu chí {entry.criterion.code} được trả lại để bổ sung",
        body=(
            f"Của {_unit(sheet)}, {inside_a_sentence(sheet.round_label)}: {entry.criterion.label}.\n"
            f"{by} ghi: «{comment}»\nCâu trả lời cũ vẫn còn; anh/chị mở, sửa hoặc bổ sung minh chứng."
        ),
        doors=(_door(sheet),),
    )


def handed_back_notice(name: str, unit: str, count: int, sheet_id: int) -> Message:
    """To who looks after the unit's self-assessment, when a colleague left or moved."""
    return Message(
        title="Phần đã giao trở về đầu mối",
        body=(
            f"{name} không còn ở {unit}; {count} tiêu chí đã giao trở về đầu mối. "
            "Câu trả lời đã có vẫn được giữ. Anh/chị trả lời tiếp hoặc giao cho người khác."
        ),
        doors=(Door("collective", str(sheet_id), "Xem phân công", DOOR_WORD),),
    )


def _door(sheet: Sheet) -> Door:
    return Door("collective", str(sheet.id), "Mở phần được giao", DOOR_WORD)


def _unit(sheet: Sheet) -> str:
    return f"tập thể {sheet.subject}".rstrip()


def _standing(one: Colleague) -> str:
    return ", ".join(part for part in (one.post, one.unit) if part)


def _box(whole: bool) -> str:  # noqa: FBT001 - one mark, one question
    return "☑" if whole else "☐"
