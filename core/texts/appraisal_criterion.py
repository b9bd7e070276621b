"""One criterion of a nominee, as an appraiser sees it: standard, achievement, proof, requests, marks."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from core.appraisal import ItemFacts, LikenessFacts, MarkFacts
from core.assessment import Entry, EvidenceFacts
from core.messages import LABEL_LENGTH, Choice, FileOut, Message, Row
from core.texts import appraisal_supplement, criteria, eligibility
from core.texts.appraisal import MARKS, alike_line
from core.vietnamese import inside_a_sentence, moment, shortened

_GLIMPSE = 900
_STATES: Mapping[str, str] = {
    "waiting": " (đang kiểm tra)",
    "refused": " (không dùng được)",
    "lost": " (không còn lấy được)",
}


def criterion(
    entry: Entry,
    history: Sequence[MarkFacts],
    alike: Sequence[LikenessFacts],
    asked: Sequence[ItemFacts],
    zone: tzinfo,
    *,
    writes: bool,
    shown: FileOut | None,
) -> Message:
    """Standard beside achievement: the clause, what was answered, the proofs, and every mark so far.

    `asked` is what the unit was asked for about it, or will be.
    """
    one = entry.criterion
    lines = [
        "Tiêu chuẩn:",
        f"«{shortened(' '.join(one.quote.split()), _GLIMPSE)}»",
        "",
        "Thành tích tự khai:",
    ]
    said = eligibility.sum_of(entry.verdict)
    lines.append(said or inside_a_sentence(criteria.outcome(entry.outcome)).capitalize())
    if entry.note:
        lines.append(f"Ghi chú: {shortened(entry.note, _GLIMPSE)}")
    lines.append(f"Tự đánh giá: {criteria.result(one.kind, entry.outcome)}")
    lines += ["", "Minh chứng:" if entry.files else "Không có tệp minh chứng."]
    lines += [_proof(file) for file in entry.files]
    lines += [f"⚠️ {alike_line(found)}" for found in alike]
    if asked:
        lines += ["", "Yêu cầu bổ sung:", *(_request(one) for one in asked)]
    if history:
        lines += ["", "Kết quả thẩm định:"]
        for place, mark in enumerate(history):
            before = "" if place == 0 else "trước đó: "
            why = f". {mark.reason}" if mark.reason else ""
            lines.append(f"• {before}{MARKS[mark.mark]} ({mark.by}, {moment(mark.at.astimezone(zone))}){why}")
    rows: list[Row] = []
    if writes:
        rows.append(tuple(Choice(f"mark.{mark.value}", word) for mark, word in MARKS.items()))
        rows.append((Choice("ask", "Yêu cầu bổ sung mục này"),))
    rows += [
        (Choice(f"file.{file.id}", shortened(f"Mở {file.code} {file.name}", LABEL_LENGTH)),)
        for file in entry.files
        if file.served_sha256
    ]
    rows.append((Choice("next", "Tiêu chí sau"),))
    return Message(
        title=shortened(f"{one.code} {one.label}", 80),
        body="\n".join(lines),
        rows=tuple(rows),
        files=(shown,) if shown else (),
    )


def _proof(file: EvidenceFacts) -> str:
    return f"• {file.code} {file.name}{_STATES.get(file.state, '')}"


def _request(one: ItemFacts) -> str:
    came = f"\n→ {appraisal_supplement.answered(one)}" if one.sent else " (chưa gửi đơn vị)"
    return f"• {one.missing}{came}"
