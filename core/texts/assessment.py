"""Sentences of the self-assessment: the overview and its lists."""

from collections.abc import Sequence
from datetime import datetime

from core.assessment import Entry, RoundFacts, Sheet
from core.campaigns import Group, Track
from core.criteria import ClauseKind, Outcome
from core.messages import LABEL_LENGTH, Choice, Message, Row
from core.texts import eligibility, menu
from core.vietnamese import inside_a_sentence, moment, shortened

LABEL = "Tự đánh giá"
NOT_MINE = "Không thuộc nhiệm vụ của tôi"
NOT_THE_UNITS = "Không thuộc nhiệm vụ của đơn vị"
NOT_THE_OTHERS = "Không thuộc nhiệm vụ của người được khai thay"
REST_WORD = "KHONG AP DUNG"

HELP_OVERVIEW = (
    "Mỗi nhóm có vài tiêu chí. «Tiếp tục» mở tiêu chí chưa trả lời kế tiếp. "
    "Trả lời xong tất cả thì xem lại và ký. Có thể dừng bất cứ lúc nào."
)
ALL_DONE = "Đã trả lời hết các tiêu chí. Anh/chị xem lại rồi ký."
PART_DONE = "Anh/chị đã trả lời hết phần được giao; đầu mối và trưởng đơn vị xem tiếp."
HEAD_SIGNS = "Đã trả lời hết các tiêu chí. Trưởng đơn vị xem lại toàn bộ và ký."
REST_MARKED = "Đã ghi các mục còn lại là không áp dụng."
SIGNED_ONLY_VIEW = "Bản này đã ký, chỉ xem."
CLOSED_ONLY_VIEW = "Đợt đã khóa, chỉ xem."

_MARKS = {
    Outcome.UNANSWERED: "▫️",
    Outcome.MET: "✅",
    Outcome.NOT_MET: "❌",
    Outcome.NEEDS_REVIEW: "📝",
    Outcome.AWAITED: "⏳",
    Outcome.NOT_APPLICABLE: "➖",
}
_BAR = 10


def heading(sheet: Sheet) -> str:
    """The line above every screen of a self-assessment that is not, or not only, the reader's own."""
    if sheet.track is Track.COLLECTIVE:
        return f"👥 {'Phần được giao của tập thể' if sheet.part else 'Tập thể'} {sheet.subject}"
    return f"🖊 Đang khai thay: {sheet.subject}" if sheet.on_behalf else ""


def not_mine(sheet: Sheet) -> str:
    """Why a criterion does not apply, in the words of whom it is about."""
    if sheet.track is Track.COLLECTIVE:
        return NOT_THE_UNITS
    return NOT_THE_OTHERS if sheet.on_behalf else NOT_MINE


def does_not_apply(sheet: Sheet) -> Choice:
    """The button that says so."""
    return Choice("na", f"Không áp dụng với {_whom(sheet)}")


def _whom(sheet: Sheet) -> str:
    if sheet.track is Track.COLLECTIVE:
        return "đơn vị"
    return "người này" if sheet.on_behalf else "tôi"


def _whole_group(sheet: Sheet) -> str:
    return f"Cả nhóm không áp dụng với {_whom(sheet)}"


def all_done(sheet: Sheet) -> str:
    """Nothing is open any more: what comes next, for whoever reads it."""
    if sheet.part:
        return PART_DONE
    return ALL_DONE if sheet.signs else HEAD_SIGNS


def progress(sheet: Sheet) -> str:
    """«▰▰▰▱▱▱▱▱▱▱ 3/10»: the bar never stands without its numbers."""
    filled = _BAR * sheet.answered // max(1, sheet.total)
    return f"{'▰' * filled}{'▱' * (_BAR - filled)} {sheet.answered}/{sheet.total}"


def choose_round(rounds: Sequence[RoundFacts]) -> Message:
    """There are several rounds to look at."""
    lines = [
        f"{menu.round_name(one, ())}{' (đã khóa)' if one.closed else ''}: {one.campaign}" for one in rounds
    ]
    return Message(
        title=LABEL,
        body="\n".join(lines),
        rows=tuple((Choice(f"round.{one.key}", menu.round_button("", one, rounds)),) for one in rounds),
    )


def overview(sheet: Sheet, now: datetime) -> Message:
    """The whole at a glance: progress, groups with marks, what to do next."""
    lines = [sheet.campaign.label, progress(sheet)]
    if sheet.closes_at:
        verb = "đã khóa" if sheet.closed(now) else "khóa"
        lines.append(f"Đợt {verb} lúc {moment(sheet.closes_at.astimezone(now.tzinfo))}.")
    lines.append("")
    rows: list[Row] = []
    if sheet.signed and not sheet.part:
        rows.append((Choice("signed", "Xem biên nhận bản đã ký"),))
    elif sheet.signed or sheet.closed(now):
        rows.append((Choice("review", "Xem các câu trả lời"),))
    elif sheet.missing:
        following = sheet.missing[0].criterion
        verb = "Tiếp tục" if sheet.answered else "Bắt đầu"
        rows.append((Choice("go", f"▶️ {verb}: {following.code}"),))
        rows.append(
            (
                Choice("missing", f"Còn thiếu ({len(sheet.missing)})"),
                Choice("review", "Xem lại"),
            )
        )
    else:
        lines.append(all_done(sheet))
        rows.append((Choice("review", last(sheet)),))
    if sheet.shares:
        rows.append((Choice("board", "Phân công: ai trả lời mục nào"),))
    if not sheet.part and any(entry.criterion.kind is not ClauseKind.CONTENT for entry in sheet.entries):
        rows.append((Choice("eligibility", eligibility.LABEL),))
    groups: list[Choice] = []
    for group in sheet.groups:
        entries = sheet.of_group(group)
        done = sum(entry.answered for entry in entries)
        mark = "☑️" if done == len(entries) else "▫️"
        lines.append(f"{mark} {lettered(group, group.label)}: {done}/{len(entries)}")
        shown = shortened(_short_name(group), LABEL_LENGTH // 2)
        groups.append(Choice(f"group.{group.key}", f"{mark} {shown} {done}/{len(entries)}"))
    rows += [tuple(groups[place : place + 2]) for place in range(0, len(groups), 2)]
    title = f"{LABEL} {inside_a_sentence(sheet.round_label)}"
    return Message(title=title, body="\n".join(lines), rows=tuple(rows))


def lettered(group: Group, words: str) -> str:
    """«a) Lãnh đạo», or the words alone where the plan does not letter its groups."""
    return f"{group.letter}) {words}" if group.letter else words


def _short_name(group: Group) -> str:
    return f"{group.letter})" if group.letter else group.label


def last(sheet: Sheet) -> str:
    """The button behind the last answer."""
    return "Xem lại và ký" if sheet.signs else "Xem lại"


def group_page(sheet: Sheet, group: Group, now: datetime) -> Message:
    """The criteria under one head, each with its mark."""
    entries = sheet.of_group(group)
    body = "\n".join(f"{mark(entry)} {entry.criterion.code} {entry.criterion.label}" for entry in entries)
    rows: list[Row] = [
        (
            Choice(
                f"key.{entry.criterion.key}",
                shortened(f"{mark(entry)} {entry.criterion.code} {entry.criterion.label}", LABEL_LENGTH),
            ),
        )
        for entry in entries
    ]
    if not only_view(sheet, now) and any(entry.may_be_dismissed for entry in entries):
        begun = any(entry.answered for entry in entries)
        rows.append((Choice("na", "Phần còn lại không áp dụng" if begun else _whole_group(sheet)),))
    return Message(title=lettered(group, group.title), body=body, rows=tuple(rows))


def mark(entry: Entry) -> str:
    """One sign for a list; the words stand on the card."""
    return _MARKS[entry.outcome]


def only_view(sheet: Sheet, now: datetime) -> str:
    """Why nothing can be changed; empty while it can."""
    if sheet.signed:
        return SIGNED_ONLY_VIEW
    return CLOSED_ONLY_VIEW if sheet.closed(now) else ""


def missing_page(sheet: Sheet) -> Message:
    """What is still open."""
    missing = sheet.missing
    body = "\n".join(f"▫️ {entry.criterion.code} {entry.criterion.label}" for entry in missing)
    buttons = [Choice(f"key.{entry.criterion.key}", f"▫️ {entry.criterion.code}") for entry in missing]
    rows: list[Row] = [tuple(buttons[place : place + 4]) for place in range(0, len(buttons), 4)]
    if sheet.dismissable:
        rows.append((Choice("rest", "Các mục còn lại không áp dụng"),))
    return Message(title=f"Còn thiếu {len(missing)}/{sheet.total} tiêu chí", body=body, rows=tuple(rows))


def ask_rest(sheet: Sheet) -> Message:
    """Before marking everything left as not applicable."""
    left = len(sheet.missing) - len(sheet.dismissable)
    kept = (
        f"{left} tiêu chí đã trả lời dở, được trả lại hoặc là điều kiện xét thì giữ nguyên, "
        "anh/chị trả lời từng mục. "
    )
    return Message(
        title=f"Ghi {len(sheet.dismissable)} tiêu chí còn lại là «Không áp dụng»?",
        body=(
            f"Lý do được ghi: {not_mine(sheet).lower()}. {kept if left else ''}"
            "Câu trả lời và minh chứng của các tiêu chí khác không đổi. "
            "Từng mục vẫn trả lời lại được trước khi ký."
        ),
        rows=((Choice("mark", "Ghi không áp dụng", grave=True, word=REST_WORD),),),
    )
