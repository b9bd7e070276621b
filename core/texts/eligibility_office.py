"""Sentences for the office about what stands in the way, and about setting it aside."""

from collections.abc import Sequence

from core.eligibility import Case, Obstacle, ObstacleKind, WaiverState
from core.messages import LABEL_LENGTH, Choice, Door, Message, Row
from core.texts.eligibility import heading, obstacle, result_line, short, title, told, turning, what, who
from core.vietnamese import shortened

LABEL = "Vướng mắc khi xét khen thưởng"
DOOR_WORD = "BQ"
HELP = (
    "Mỗi điều cản trở có điều khoản và con số của nó. Muốn bỏ qua một điều thì nêu lý do; "
    "một người khác có thẩm quyền quyết định, cả hai việc đều được ghi nhật ký. "
    "Điều chưa trả lời hoặc đang chờ kết quả thì chưa bỏ qua được."
)
ASK_REASON = (
    "Anh/chị nêu lý do đề nghị bỏ qua (ví dụ số văn bản, tình huống cụ thể). "
    "Người khác có thẩm quyền sẽ quyết định."
)
WAIVER_ASKED = "Đã ghi đề nghị bỏ qua và báo cho người có thẩm quyền quyết định."
WAIVER_GRANTED = "Đã đồng ý bỏ qua. Điều cản trở vẫn hiện trong hồ sơ cùng lý do."
WAIVER_DENIED = "Đã ghi quyết định không bỏ qua."
GRANT_WORD = "DONG Y"
WAITING = "; có đề nghị bỏ qua chờ quyết định"
NOBODY_HINDERED = "Chưa thấy vướng mắc nào ở đợt này."
_OPEN = {ObstacleKind.UNANSWERED, ObstacleKind.AWAITED}


def list_of_hindered(cases: Sequence[Case], *, page_number: int, more: bool) -> Message:
    """Everybody of a round whom something stands in the way of."""
    lines: list[str] = []
    for case in cases:
        names = ", ".join(short(one) for one in case.standing.obstacles if one.kind not in _OPEN)
        asked = any(one.waiver and one.waiver.state is WaiverState.ASKED for one in case.standing.obstacles)
        lines.append(f"{result_line(case)}{f' ({names})' if names else ''}{WAITING if asked else ''}")
    rows: list[Row] = [
        (Choice(f"case.{case.assessment_id}", shortened(case.subject, LABEL_LENGTH)),) for case in cases
    ]
    rows += turning(page_number, more=more)
    return Message(title=LABEL, body="\n".join(lines) or NOBODY_HINDERED, rows=tuple(rows))


def case_page(case: Case, viewer: int) -> Message:
    """For the office: one case, what can be asked to be set aside, and what waits to be decided.

    `viewer` is the person who looks: whoever asked, or is considered, does not decide.
    """
    rows: list[Row] = []
    for one in case.standing.obstacles:
        if one.waivable:
            rows.append((Choice(f"ask.{one.key}", shortened(f"Đề nghị bỏ qua: {short(one)}", LABEL_LENGTH)),))
        elif (
            one.waiver is not None
            and one.waiver.state is WaiverState.ASKED
            and viewer not in {one.waiver.asker_id, case.person_id}
        ):
            label = shortened(f"Quyết định: {short(one)}", LABEL_LENGTH)
            rows.append((Choice(f"waiver.{one.waiver.id}", label),))
    return Message(
        title=title(case),
        body="\n".join([*heading(case), *told(case)]),
        rows=tuple(rows),
    )


def ask_reason(case: Case, value: Obstacle) -> Message:
    """Why this should be set aside."""
    return Message(
        title=shortened(f"Đề nghị bỏ qua cho {case.subject}", 80),
        body=f"{obstacle(value)}\n\n{ASK_REASON}",
    )


def ask_decision(case: Case, value: Obstacle, reason: str, asked_by: str) -> Message:
    """Before an obstacle is set aside for good."""
    lines = [
        *heading(case),
        what(value),
        "",
        f"Người đề nghị: {asked_by}",
        f"Lý do: {reason}",
    ]
    return Message(
        title="Quyết định bỏ qua vướng mắc",
        body="\n".join(lines),
        rows=(
            (Choice("grant", "Đồng ý bỏ qua", grave=True, word=GRANT_WORD),),
            (Choice("deny", "Không đồng ý"),),
        ),
    )


def waiver_asked_notice(case: Case, value: Obstacle, reason: str, asked_by: str, waiver: int) -> Message:
    """To everybody else who may decide."""
    return Message(
        title="Có đề nghị bỏ qua vướng mắc",
        body=f"{who(case)}\n{what(value)}\n\nNgười đề nghị: {asked_by}\nLý do: {reason}",
        doors=(Door("waivers", str(waiver), "Xem và quyết định", DOOR_WORD),),
    )


def waiver_decided_notice(case: Case, value: Obstacle, decided_by: str, *, granted: bool) -> Message:
    """To whoever asked."""
    word = "được đồng ý" if granted else "không được đồng ý"
    return Message(
        title=f"Đề nghị bỏ qua {word}",
        body=f"{who(case)}\n{what(value)}\n\nNgười quyết định: {decided_by}",
    )
