"""Sentences about who may be considered for a commendation, what stands in the way, and who set it aside."""

from collections.abc import Sequence
from typing import assert_never

from core.assessment import Entry
from core.campaigns import Track
from core.criteria import ClauseKind, Outcome, Verdict
from core.eligibility import Case, HindranceFacts, HindranceKind, Obstacle, ObstacleKind, Result, WaiverState
from core.messages import LABEL_LENGTH, Choice, Message, Row
from core.texts import awards, criteria, criteria_verdict
from core.vietnamese import inside_a_sentence, long_date, shortened

LABEL = "Điều kiện xét khen thưởng"
HELP = (
    "Trang này cho biết kế hoạch đòi hỏi điều gì trước khi xét và anh/chị đang đứng ở đâu. "
    "Chọn một điều kiện để trả lời hoặc xem lại; kết quả được tính lại ngay."
)
MORE = "Xem tiếp"
FIRST_PAGE = "Về trang đầu"
_QUOTE_LIMIT = 220

HINDRANCES = {
    HindranceKind.DISCIPLINE: "Đang trong thời gian bị kỷ luật",
    HindranceKind.COMPLAINT: "Đang có khiếu nại, tố cáo được xem xét",
}
RESULTS = {
    Result.ELIGIBLE: "Được xét",
    Result.NOT_ELIGIBLE: "Chưa được xét",
    Result.INCOMPLETE: "Chưa đủ thông tin",
    Result.AWAITED: "Đang chờ kết quả",
}
_MARKS = {
    Result.ELIGIBLE: "✅",
    Result.NOT_ELIGIBLE: "❌",
    Result.INCOMPLETE: "▫️",
    Result.AWAITED: "⏳",
}


def round_choice(key: str, label: str, *belongs_to: str) -> Choice:
    """A round among others: «Năm 2026 · Khoa Nội · Thi đua CCHC»."""
    return Choice(f"round.{key}", " · ".join(part for part in (label, *belongs_to) if part))


def choose_round(rounds: Sequence[Choice], title: str) -> Message:
    """Which round."""
    return Message(
        title=title,
        body="\n".join(one.label for one in rounds) or "Hiện chưa có đợt nào.",
        rows=tuple((Choice(one.key, shortened(one.label, LABEL_LENGTH)),) for one in rounds),
    )


def page(case: Case) -> Message:
    """For the person themself: what is asked first of all, what is known, and what it comes to."""
    rows: list[Row] = []
    gates = sorted(case.standing.gates, key=lambda one: one.answered)
    for entry in gates:
        criterion = entry.criterion
        verb = "Xem" if entry.answered else "Trả lời"
        label = shortened(f"{verb} {criterion.code} {criterion.label}", LABEL_LENGTH)
        rows.append((Choice(f"gate.{criterion.key}", label),))
    rows.append((Choice("sheet", "Mở bản tự đánh giá"),))
    body = [*heading(case), *_gates(case), *told(case, gates_told=True)]
    return Message(title=title(case), body="\n".join(body), rows=tuple(rows))


def told(case: Case, *, gates_told: bool = False) -> list[str]:
    """What it comes to, with every obstacle: «Chưa được xét vì: …».

    What is merely unanswered is only counted: standards always, gates where they were `gates_told` above.
    """
    standing = case.standing
    parts = [
        (Result.NOT_ELIGIBLE, standing.barring, ""),
        (Result.INCOMPLETE, standing.unanswered, "Chưa có thông tin:"),
        (Result.AWAITED, standing.awaiting, "Đang chờ:"),
    ]
    lines = [f"{_MARKS[standing.result]} {_verdict(case)}"]
    for result, obstacles, heading in parts:
        if obstacles and result is not standing.result:
            lines.append(heading)
        counted = [one for one in obstacles if _only_counted(one, gates_told=gates_told)]
        lines += [f"• {obstacle(one)}" for one in obstacles if one not in counted]
        if counted:
            lines.append(f"• Còn {_counts(counted)} chưa trả lời.")
    waived = [one for one in standing.obstacles if one.waived]
    if waived:
        lines += ["Đã được bỏ qua:", *(f"• {obstacle(one)}" for one in waived)]
    return lines


def obstacle(value: Obstacle) -> str:
    """One obstacle: its clause in the plan's words, its sum, and what became of a wish to set it aside."""
    return f"{what(value)}{_about_waiver(value)}"


def result_line(case: Case) -> str:
    """One line of a list: «❌ Trần Thị Lan (Khoa Nội): Chưa được xét»."""
    who = case.unit if case.track is Track.COLLECTIVE else f"{case.name} ({case.unit})"
    return f"{_MARKS[case.standing.result]} {who}: {inside_a_sentence(RESULTS[case.standing.result])}"


def turning(page_number: int, *, more: bool) -> list[Row]:
    """On to the next page of a list, or to its beginning."""
    if more:
        return [(Choice(f"page.{page_number + 1}", MORE),)]
    return [(Choice("page.0", FIRST_PAGE),)] if page_number else []


def hindrance(value: HindranceFacts) -> str:
    """«Đang trong thời gian bị kỷ luật đến hết thứ Hai 14/12/2026 (Quyết định 15/QĐ-SYT)»."""
    until = f"đến hết {long_date(value.until)}" if value.until else "chưa rõ ngày kết thúc"
    return f"{HINDRANCES[value.kind]}, {until} ({value.document})"


def sum_of(value: Verdict) -> str:
    """What the answer comes to beside what the clause asks; where something failed, that alone."""
    failed = [one for one in value.comparisons if one.answered and not one.passes]
    told = failed or [one for one in value.comparisons if one.answered]
    return " ".join(criteria_verdict.compared(one) for one in told)


def title(case: Case) -> str:
    return f"{LABEL} {inside_a_sentence(case.round_label)}"


def who(case: Case) -> str:
    who = case.unit if case.track is Track.COLLECTIVE else f"{case.name} · {case.unit}"
    return f"{who}\n{case.campaign}, {inside_a_sentence(case.round_label)}"


def heading(case: Case) -> list[str]:
    return [*who(case).split("\n"), ""]


def _gates(case: Case) -> list[str]:
    """What has to hold and what must not, each with what is known of it."""
    if not case.standing.gates:
        return ["Kế hoạch không đặt điều kiện riêng trước khi xét.", ""]
    lines = ["Kế hoạch đòi hỏi trước hết:"]
    for entry in case.standing.gates:
        criterion = entry.criterion
        excluding = criterion.kind is ClauseKind.DISQUALIFIER
        role = "không xét nếu" if excluding else "phải có"
        lines.append(f"{criterion.code} ({role}): {criterion.label}. {_known(entry)}")
    return [*lines, ""]


def _known(entry: Entry) -> str:
    excluding = entry.criterion.kind is ClauseKind.DISQUALIFIER
    if entry.outcome is Outcome.MET:
        return "Không vi phạm." if excluding else "Đạt."
    if entry.outcome is Outcome.NOT_MET:
        return "Thuộc diện không xét." if excluding else "Chưa đạt."
    return f"{criteria.outcome(entry.outcome)}."


def _verdict(case: Case) -> str:
    match case.standing.result:
        case Result.ELIGIBLE:
            if case.signed:
                return "Được xét: không có điều gì cản trở."
            return "Được xét: chưa thấy điều gì cản trở. Ký bản tự đánh giá thì đơn vị đề nghị được."
        case Result.NOT_ELIGIBLE:
            return "Chưa được xét vì:"
        case Result.INCOMPLETE:
            return "Chưa đủ thông tin:"
        case Result.AWAITED:
            return "Đang chờ, chưa phải là bị từ chối:"
        case _:
            assert_never(case.standing.result)


def _only_counted(one: Obstacle, *, gates_told: bool) -> bool:
    if one.verdict is None or one.criterion is None or one.verdict.outcome is not Outcome.UNANSWERED:
        return False
    return gates_told or one.criterion.kind is ClauseKind.STANDARD


def _counts(obstacles: Sequence[Obstacle]) -> str:
    """«1 điều kiện và 10 tiêu chuẩn khen thưởng»."""
    standards = sum(
        one.criterion is not None and one.criterion.kind is ClauseKind.STANDARD for one in obstacles
    )
    gates = len(obstacles) - standards
    parts = (
        f"{gates} điều kiện" if gates else "",
        f"{standards} tiêu chuẩn khen thưởng" if standards else "",
    )
    return " và ".join(part for part in parts if part)


def short(value: Obstacle) -> str:
    """A few words for a button or a list: the clause, or what somebody is under."""
    if value.criterion is not None:
        return value.criterion.code
    if value.hindrance is not None:
        return "kỷ luật" if value.kind is ObstacleKind.DISCIPLINE else "khiếu nại, tố cáo"
    return "đã khen thành tích này"


def what(value: Obstacle) -> str:
    if value.hindrance is not None:
        return f"{hindrance(value.hindrance)}."
    if value.award is not None:
        return awards.in_the_way(value.award)
    if value.nomination is not None:
        done = "đã được khen" if value.nomination.commended else "đã được đề nghị khen"
        where = f"{value.nomination.campaign}, {inside_a_sentence(value.nomination.round_label)}"
        return (
            f"Thành tích «{value.nomination.achievement}» {done} ở {where}; một thành tích chỉ khen một lần."
        )
    assert value.criterion is not None
    clause = f"{value.criterion.code} «{shortened(value.criterion.quote, _QUOTE_LIMIT)}»"
    match value.kind:
        case ObstacleKind.UNANSWERED if value.verdict and value.verdict.outcome is Outcome.NOT_APPLICABLE:
            return f"{clause}: điều kiện bắt buộc, không ghi «Không áp dụng» được; hãy trả lời lại."
        case ObstacleKind.UNANSWERED:
            return f"{clause}: chưa trả lời."
    said = sum_of(value.verdict) if value.verdict else ""
    return f"{clause}: {said}".rstrip(" :")


def _about_waiver(value: Obstacle) -> str:
    waiver = value.waiver
    if waiver is None:
        return ""
    match waiver.state:
        case WaiverState.ASKED:
            return f" Đang có đề nghị bỏ qua của {waiver.asked_by}, chờ quyết định; lý do «{waiver.reason}»."
        case WaiverState.GRANTED:
            return (
                f" Đã được bỏ qua, lý do «{waiver.reason}»; người đề nghị: {waiver.asked_by}; "
                f"người quyết định: {waiver.decided_by}."
            )
        case WaiverState.DENIED:
            return f" Đề nghị bỏ qua của {waiver.asked_by} không được đồng ý ({waiver.decided_by})."
        case _:
            assert_never(waiver.state)
