"""Sentences of the first screen, «Việc của tôi»."""

from collections.abc import Sequence
from datetime import datetime, tzinfo

from core.assessment import RoundFacts
from core.campaigns import Track
from core.deadlines import Obligation, Standing
from core.messages import LABEL_LENGTH, Capabilities, Choice, Message, Row
from core.texts import submissions, uploads
from core.texts.desk import HELP as HELP_BUTTON
from core.vietnamese import inside_a_sentence, long_date, moment, shortened

TITLE = "Việc của tôi"
HELP = "Đây là những việc đang chờ anh/chị. Chọn một việc để làm tiếp; mọi câu trả lời được lưu ngay."
HELP_FILES = "Có thể gửi ảnh hoặc tệp minh chứng vào đây bất cứ lúc nào."
SOMETHING_WAITS = "Có việc chờ anh/chị ở mục có ghi số bên dưới."
NOTHING_OPEN = "Hiện không có việc nào đang chờ anh/chị."
SHELF = "Mục khác"
GO_LIVE = "Chuyển sang hoạt động chính thức"
WENT_LIVE = "Hệ thống đã hoạt động chính thức: từ nay mọi người đều nhận được tin."
GO_LIVE_WORD = "CHINH THUC"
_TWO_LINES = 60


def screen(
    name: str,
    rounds: Sequence[RoundFacts],
    loose_files: int,
    others: Sequence[Choice],
    now: datetime,
    owed: Sequence[tuple[Obligation, Standing]] = (),
    *,
    waits: bool,
) -> Message:
    """What waits for this person, and what their units owe; `waits`: something does behind another choice."""
    lines = [f"{name} · {long_date(now.date())}", ""]
    lines += [_round_line(one, rounds, now.tzinfo) for one in rounds]
    lines += submissions.nearest(owed)
    if not rounds and not owed:
        lines.append(SOMETHING_WAITS if waits else NOTHING_OPEN)
    if loose_files:
        lines.append(f"📎 {loose_files} tệp minh chứng chưa gắn vào tiêu chí nào.")
    rows: list[Row] = [(Choice(f"round.{one.key}", _round_button(one, rounds)),) for one in rounds]
    rows += [(choice,) for choice in others]
    return Message(title=TITLE, body="\n".join(lines), rows=tuple(rows), nav=(HELP_BUTTON,))


def waiting(label: str, count: int) -> str:
    """«Câu hỏi gửi về (3)»: what may be opened, and how much waits there."""
    return f"{label} ({count})" if count else label


def shelf(choices: Sequence[Choice]) -> Message:
    """What is seldom needed."""
    return Message(
        title=SHELF,
        body="Những mục ít dùng hơn. Việc đang chờ anh/chị ở «Việc của tôi».",
        rows=tuple((choice,) for choice in choices),
    )


def help_here(can: Capabilities) -> str:
    """What to do on the first screen."""
    return f"{HELP} {HELP_FILES if can.files_in else uploads.elsewhere(can)}"


def round_name(one: RoundFacts, among: Sequence[RoundFacts]) -> str:
    """«Năm 2026», «Năm 2026 · Tập thể Khoa Nội»: told apart from the others by track and by campaign."""
    return " · ".join(part for part in (one.label, _campaign(one, among), _as_what(one)) if part)


def round_button(verb: str, one: RoundFacts, among: Sequence[RoundFacts], end: str = "") -> str:
    """The same on a button, where what comes last may be cut off: «Bắt đầu: Tập thể Khoa Nội · năm 2026».

    Where there are several campaigns it takes two lines, so that they can be told apart.
    """
    campaign, as_what = _campaign(one, among), _as_what(one)
    if not campaign and not as_what:
        return f"{verb} {inside_a_sentence(one.label)} {end}".strip() if verb else one.label
    name = " · ".join(part for part in (as_what, inside_a_sentence(one.label), campaign) if part)
    whole = f"{verb}: {name}" if verb else name[:1].upper() + name[1:]
    room = (_TWO_LINES if campaign else LABEL_LENGTH) - (len(end) + 1 if end else 0)
    return f"{shortened(whole, room)} {end}".rstrip()


def _campaign(one: RoundFacts, among: Sequence[RoundFacts]) -> str:
    return one.campaign if len({other.campaign for other in among}) > 1 else ""


def _as_what(one: RoundFacts) -> str:
    if one.part:
        return f"Phần được giao của {one.unit}"
    match one.track:
        case Track.COLLECTIVE:
            return f"Tập thể {one.unit}"
        case Track.HEAD:
            return "Người đứng đầu"
        case Track.INDIVIDUAL:
            return ""


def _round_line(one: RoundFacts, among: Sequence[RoundFacts], zone: tzinfo | None) -> str:
    name = f"Tự đánh giá {inside_a_sentence(round_name(one, among))}"
    until = f", đợt khóa lúc {moment(one.closes_at.astimezone(zone))}" if one.closes_at else ""
    if one.signed:
        return f"✅ {name}: đã ký."
    if one.closed:
        return f"▫️ {name}: đợt đã khóa, chưa ký ({one.answered}/{one.total} tiêu chí)."
    if one.assessment_id is None:
        return f"▫️ {name}: chưa bắt đầu ({one.total} tiêu chí){until}."
    if one.answered < one.total:
        return f"▫️ {name}: {one.answered}/{one.total} tiêu chí{until}."
    if one.part:
        return f"☑️ {name}: đã làm xong {one.total} tiêu chí{until}."
    who = "trưởng đơn vị" if one.track is Track.COLLECTIVE else "anh/chị"
    return f"▫️ {name}: đủ {one.total} tiêu chí, chờ {who} ký{until}."


def _round_button(one: RoundFacts, among: Sequence[RoundFacts]) -> str:
    if one.signed:
        return round_button("Xem bản đã ký", one, among)
    if one.closed:
        return round_button("Xem câu trả lời", one, among)
    if one.assessment_id is None:
        return round_button("Bắt đầu tự đánh giá" if one.track is Track.INDIVIDUAL else "Bắt đầu", one, among)
    if one.answered == one.total:
        return round_button("Xem lại" if one.part else "Xem lại và ký", one, among)
    return round_button("Làm tiếp", one, among, f"({one.answered}/{one.total})")


def ask_go_live() -> Message:
    """Before leaving trial mode."""
    return Message(
        title="Chuyển sang hoạt động chính thức",
        body=(
            "Hiện hệ thống đang chạy thử: chỉ quản trị viên nhận được tin. "
            "Sau khi chuyển, mọi người đã tham gia đều dùng được và nhận được tin. "
            "Việc này không quay lại chế độ chạy thử được."
        ),
        rows=((Choice("go", GO_LIVE, grave=True, word=GO_LIVE_WORD),),),
    )
