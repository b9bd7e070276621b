"""Sentences about the shortlist of a round and about what holds for every appraisal."""

from collections.abc import Sequence

from core.appraisal import Ranked, TieRule
from core.campaign_terms import Clause, SubjectKind
from core.messages import LABEL_LENGTH, Choice, Message, Numbering, Row
from core.quotas import Ledger
from core.texts import appraisal as texts
from core.texts import nominations as nomination_texts
from core.vietnamese import inside_a_sentence, shortened

LABEL = "Danh sách xếp thứ tự"
HELP = (
    "Mọi người và tập thể đã vào thẩm định trong một đợt, xếp theo kết quả rồi theo thứ tự ưu tiên "
    "đã công bố. Có thể xếp lại bằng tay kèm lý do, và ghi chú để Hội đồng cân nhắc khi ngang nhau."
)
NOBODY = "Chưa có hồ sơ nào vào thẩm định trong đợt này."
ASK_PLACE = (
    "Anh/chị nhắn vị trí mới và lý do trong một tin, ví dụ «2 Trực tiếp phục vụ người bệnh». "
    "Người ở vị trí đó và sau đó lùi xuống."
)
ASK_REMARK = "Anh/chị nhắn ghi chú cho Hội đồng, ví dụ «Trực tiếp phục vụ người bệnh ở khoa Hồi sức»."
MOVED = "Đã xếp lại; vị trí cũ và lý do vẫn được lưu."
REMARKED = "Đã ghi chú."

RULES_LABEL = "Quy tắc thẩm định"
RULES_HELP = (
    "Thời gian thẩm định và thời gian bổ sung tính bằng ngày làm việc; thứ tự ưu tiên dùng khi hai hồ sơ "
    "ngang nhau. Đổi quy tắc thì áp dụng ngay cho cả hồ sơ đang thẩm định và được ghi vào nhật ký."
)
CHANGED = "Đã đổi quy tắc."
NOT_COUNTED = (
    "Hệ thống không tính điều này vào thứ tự; ai thuộc diện ấy thì nêu ở «Ghi chú» để Hội đồng cân nhắc. "
    "Lý lịch (giới tính, dân tộc) chỉ dùng cho báo cáo thành tích, không dùng để xếp."
)
_QUOTE = 300
SUBJECTS = {SubjectKind.COLLECTIVE: "Tập thể", SubjectKind.INDIVIDUAL: "Cá nhân"}
RULES = {
    TieRule.MORE_MET: "đạt nhiều tiêu chí hơn",
    TieRule.NOT_RECENT: "chưa được khen trong 3 năm",
    TieRule.NOT_LEADING: "không giữ chức vụ lãnh đạo",
    TieRule.ON_TIME: "đơn vị nộp hồ sơ đúng hạn",
}


def prefers(found: Sequence[Clause]) -> list[str]:
    """What the plan says of whom it would rather see commended, and that the council weighs it."""
    if not found:
        return []
    return [
        "",
        *(f"Kế hoạch nêu ({one.code}): «{shortened(one.quote, _QUOTE)}»" for one in found),
        NOT_COUNTED,
    ]


def ranked(
    found: Sequence[Ranked],
    book: Ledger,
    order: Sequence[TieRule],
    label: str,
    preferred: Sequence[Clause] = (),
) -> Message:
    """Everybody in order, beside the quota."""
    lines = [*nomination_texts.rows_of(book), ""]
    rows: list[Row] = []
    subject: SubjectKind | None = None
    for one in found:
        who = one.contender
        if who.subject is not subject:
            subject = who.subject
            lines.append(f"{SUBJECTS[subject]}:")
        lines.append(line(one))
        rows.append((Choice(f"who.{who.nomination_id}", shortened(f"{one.rank}. {who.name}", LABEL_LENGTH)),))
    if found:
        lines += ["", f"Khi ngang nhau, ưu tiên: {_order(order)}.", *prefers(preferred)]
    else:
        lines.append(NOBODY)
    return Message(
        title=shortened(f"{LABEL} {inside_a_sentence(label)}", 80),
        body="\n".join(lines).strip(),
        rows=tuple(rows),
        numbering=Numbering.LETTERS,
    )


def line(one: Ranked) -> str:
    """One place: «2. ✅ Trần Thị Lan (Khoa Nội): đạt (14/14 đạt); xếp sau vì …»."""
    who = one.contender
    unit = f" ({who.unit})" if who.unit != who.name else ""
    parts = [texts.marked(who.verdict)]
    if one.moved is not None:
        parts.append(f"{one.moved.by} xếp vào vị trí {one.moved.place}: {one.moved.reason}")
    elif one.level:
        parts.append("ngang người trước, cần Hội đồng quyết định")
    elif one.decided_by is not None:
        parts.append(f"xếp sau người trước theo «{RULES[one.decided_by]}»")
    if who.remark:
        parts.append(f"ghi chú: {who.remark}")
    return f"{one.rank}. {texts.SIGNS[who.verdict.mark]} {who.name}{unit}: {'; '.join(parts)}"


def one(found: Ranked, *, appraises: bool) -> Message:
    """Somebody on the list, to be moved or remarked on."""
    who = found.contender
    grounds = [f"• {RULES[rule]}: {_ground(rule, value)}" for rule, value in who.grounds.items()]
    return Message(
        title=shortened(who.name, 80),
        body="\n".join([line(found), "", *grounds]),
        rows=(
            (Choice("file", "Mở phần thẩm định"),),
            (Choice("move", "Xếp lại vị trí"), Choice("remark", "Ghi chú")),
        )
        if appraises
        else (),
    )


def _ground(rule: TieRule, value: int) -> str:
    if rule is TieRule.MORE_MET:
        return f"{value} tiêu chí"
    return "có" if value else "không"


def ask(found: Ranked, *, place: bool) -> Message:
    """The new place with its reason, or a remark."""
    return Message(title=shortened(found.contender.name, 80), body=ASK_PLACE if place else ASK_REMARK)


def _order(order: Sequence[TieRule]) -> str:
    return "; ".join(f"({place}) {RULES[rule]}" for place, rule in enumerate(order, 1))


def rules(appraisal: int, supplement: int, order: Sequence[TieRule]) -> Message:
    """What holds now."""
    return Message(
        title=RULES_LABEL,
        body=f"Thẩm định trong {appraisal} ngày làm việc kể từ ngày sau ngày nhận hồ sơ.\n"
        f"Đơn vị bổ sung trong {supplement} ngày làm việc nếu người thẩm định không chọn ngày khác.\n"
        f"Khi ngang nhau, ưu tiên: {_order(order)}.",
        rows=(
            (Choice("days.appraisal", "Đổi thời gian thẩm định"),),
            (Choice("days.supplement", "Đổi thời gian bổ sung"),),
            (Choice("order", "Đổi thứ tự ưu tiên"),),
        ),
    )


def ask_days(now: int) -> Message:
    """How many working days."""
    return Message(
        title=RULES_LABEL, body=f"Hiện là {now} ngày làm việc. Anh/chị nhắn số ngày mới, ví dụ «8»."
    )


def ask_order(chosen: Sequence[TieRule]) -> Message:
    """Which goes next, until all that is to count is chosen."""
    left = [rule for rule in TieRule if rule not in chosen]
    rows: list[Row] = [(Choice(f"rule.{rule.value}", RULES[rule].capitalize()),) for rule in left]
    if chosen:
        rows.append((Choice("done", "Dùng thứ tự này"),))
    told = f"Đã chọn: {_order(chosen)}.\n\n" if chosen else ""
    return Message(
        title="Thứ tự ưu tiên",
        body=f"{told}Anh/chị chọn điều xét {'tiếp theo' if chosen else 'trước hết'}. "
        "Điều không chọn thì không dùng để xếp thứ tự.",
        rows=tuple(rows),
    )
