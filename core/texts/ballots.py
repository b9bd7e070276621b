"""What somebody who votes in secret reads."""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from core.ballots import HALF, QUORUMS, THRESHOLDS, Base, PollRules, Vote
from core.messages import LABEL_LENGTH, Choice, Door, Message, Row
from core.vietnamese import shortened

LABEL = "Bỏ phiếu kín"
DOOR_WORD = "BP"
HELP = (
    "Mỗi màn hình là một người được đề nghị. Chọn đồng ý, không đồng ý hoặc phiếu trắng; "
    "bỏ lại được đến khi lượt bỏ phiếu kết thúc, phiếu sau cùng được tính."
)
WHO_SEES_WHAT = (
    "Phiếu là kín: hệ thống ghi ai đã bỏ phiếu, không ghi bỏ thế nào, kể cả với người quản trị, sao lưu hay "
    "nhật ký. Kết quả chỉ được cộng khi kết thúc. Điều hệ thống không che được: nền tảng nhắn tin chuyển "
    "lựa chọn của anh/chị, và người sửa được phần mềm đang chạy."
)
CHOOSE = "Anh/chị chọn lượt bỏ phiếu."
NOTHING_OPEN = "Lúc này không có lượt bỏ phiếu nào của anh/chị."
ASK_CONFLICT = (
    "Anh/chị có quan hệ hoặc lợi ích liên quan nên không bỏ phiếu về người này. Nêu lý do bằng một câu; "
    "lý do được ghi vào biên bản và không rút lại được."
)
PICK_ON_SCREEN = (
    "Chưa ghi gì: phiếu chỉ được nhận bằng lựa chọn trên màn hình dưới đây, bấm nút hoặc gõ đúng ba chữ số "
    "đứng trước lựa chọn."
)
TYPE_DIGITS = "Gõ ba chữ số đứng trước lựa chọn; mỗi màn hình là số khác."
AGAIN = "Anh/chị đang bỏ lại; phiếu sau cùng được tính."
CONFLICT_NOTED = "Đã ghi: anh/chị không bỏ phiếu về người này."
ALL_VOTED = "Anh/chị đã bỏ đủ phiếu. Đến khi kết thúc vẫn bỏ lại được."
UNCOUNTED = "Chưa đủ ba phiếu nên không kiểm, để giữ kín phiếu của từng người"
RULES = "Quy tắc bỏ phiếu"
RULES_SOURCE = (
    "Theo quy chế của Hội đồng; luật không ấn định tỷ lệ cho giấy khen. Chọn một mục để đổi. Đổi được "
    "đến khi mở bỏ phiếu; khi mở, quy tắc được báo cho mọi thành viên."
)
_BASES = {Base.MEMBERS: "tổng số thành viên được bỏ phiếu", Base.CAST: "số phiếu đã bỏ"}
VOTES = {Vote.FOR: "Đồng ý", Vote.AGAINST: "Không đồng ý", Vote.BLANK: "Phiếu trắng"}
_MEETINGS = {"council": "Hội đồng Thi đua - Khen thưởng", "unit_review": "Hội đồng của đơn vị"}


@dataclass(frozen=True, slots=True)
class OfPoll:
    """What a screen says of the vote as a whole; `until` is told in full."""

    number: int
    subject: str
    nominees: int
    left: int
    rules: PollRules
    until: str


def meeting(subject: str) -> str:
    """Whose vote it is."""
    return _MEETINGS.get(subject.partition(":")[0], LABEL)


def share(part: Fraction) -> str:
    """«2/3», «quá nửa», «toàn bộ»."""
    if part == HALF:
        return "quá nửa"
    return "toàn bộ" if part == 1 else f"{part.numerator}/{part.denominator}"


def at_least(part: Fraction) -> str:
    """«từ 2/3», «quá nửa»."""
    return share(part) if part in {HALF, 1} else f"từ {share(part)}"


def rules(value: PollRules) -> str:
    """When the vote counts and who passes."""
    return (
        f"Lượt bỏ phiếu có giá trị khi {at_least(value.quorum)} số thành viên được bỏ phiếu tham gia; "
        f"người được đề nghị đạt khi có {at_least(value.threshold)} phiếu đồng ý trên {_BASES[value.base]}."
    )


def ask_rules(value: PollRules) -> Message:
    """The rules of a vote that is not open yet: one tap changes one of them."""
    rows: list[Row] = [
        (_rule(f"quorum.{place}", f"Tham gia {at_least(part)}", chosen=part == value.quorum),)
        for place, part in enumerate(QUORUMS)
    ]
    rows += [
        (_rule(f"threshold.{place}", f"Đồng ý {at_least(part)}", chosen=part == value.threshold),)
        for place, part in enumerate(THRESHOLDS)
    ]
    rows += [
        (_rule(f"base.{base.value}", f"Tính trên {told}", chosen=base is value.base),)
        for base, told in _BASES.items()
    ]
    return Message(title=RULES, body=f"{rules(value)}\n\n{RULES_SOURCE}", rows=tuple(rows))


def _rule(key: str, label: str, *, chosen: bool) -> Choice:
    return Choice(key, f"{'☑️' if chosen else '⬜'} {label}")


def polls(open_now: Sequence[OfPoll]) -> Message:
    """Several votes: which one."""
    rows = tuple(
        (Choice(f"poll.{one.number}", f"{meeting(one.subject)} ({one.number})"),) for one in open_now
    )
    return Message(title=LABEL, body=CHOOSE if rows else NOTHING_OPEN, rows=rows)


def about(of: OfPoll) -> Message:
    """Before the first ballot: on what, by which rules, until when, and who sees what."""
    body = (
        f"{meeting(of.subject)}: {of.nominees} đề nghị, bỏ phiếu đến {of.until}.\n\n"
        f"{rules(of.rules)}\n\n{WHO_SEES_WHAT}"
    )
    begin = f"Bỏ phiếu (còn {of.left})" if of.left else "Xem phiếu đã bỏ"
    return Message(title=LABEL, body=body, rows=((Choice("begin", begin),),))


def ballot(
    who: str,
    achievement: str,
    appraised: str,
    *,
    place: int,
    of: int,
    has_paper: bool,
    again: bool,
    typed: bool,
) -> Message:
    """One nominee. Its choices are veiled."""
    lines = [who, f"Thành tích đề nghị khen: {achievement}", appraised]
    rows: list[Row] = [(Choice(vote.value, label),) for vote, label in VOTES.items()]
    if has_paper:
        rows.append((Choice("paper", "Xem đầy đủ báo cáo, bản tự đánh giá"),))
    rows.append((Choice("conflict", "Tôi có liên quan, không bỏ phiếu"),))
    return Message(
        title=f"{LABEL} {place}/{of}",
        body="\n".join(line for line in lines if line),
        hint=" ".join(told for told, holds in ((AGAIN, again), (TYPE_DIGITS, typed)) if holds),
        rows=tuple(rows),
        veiled=True,
    )


def voted(name: str) -> str:
    """Never what."""
    return f"Đã ghi phiếu về {name}."


def done(of: OfPoll, names: Sequence[tuple[int, str, str]]) -> Message:
    """Everybody on the ballot with whether one voted (`conflict` says why not), and the way to vote again."""
    lines = [
        f"{name}: {'không bỏ phiếu (có liên quan)' if why else 'đã ghi phiếu'}" for _id, name, why in names
    ]
    rows = tuple(
        (Choice(f"again.{number}", shortened(f"Bỏ lại: {name}", LABEL_LENGTH)),)
        for number, name, why in names
        if not why
    )
    body = "\n".join([f"{ALL_VOTED} Kết thúc {of.until}.", "", *lines]).rstrip()
    return Message(title=LABEL, body=body, rows=rows)


def ask_conflict(who: str) -> Message:
    """Why somebody does not vote about a nominee."""
    return Message(title="Không bỏ phiếu vì có liên quan", body=f"{who}\n\n{ASK_CONFLICT}")


def door(poll_id: int) -> Door:
    """To the ballot."""
    return Door("ballot", str(poll_id), LABEL, DOOR_WORD)


def opened(subject: str, poll_id: int, nominees: int, until: str, announced: str) -> Message:
    """A vote has been opened, by rules that are announced with it."""
    body = (
        f"{meeting(subject)} mở bỏ phiếu kín về {nominees} đề nghị, đến {until}. Mời anh/chị bỏ phiếu.\n\n"
        f"{announced}"
    )
    return Message(title="Mời bỏ phiếu kín", body=body, doors=(door(poll_id),))


def reminder(subject: str, poll_id: int, until: str) -> Message:
    """Once, to whoever has not voted about everybody."""
    body = f"{meeting(subject)}: anh/chị chưa bỏ đủ phiếu, lượt bỏ phiếu kết thúc {until}."
    return Message(title="Nhắc bỏ phiếu kín", body=body, doors=(door(poll_id),))


def lost(subject: str, poll_id: int, until: str) -> Message:
    """The slips ended with the process that held them."""
    body = (
        f"{meeting(subject)}: hệ thống vừa khởi động lại. Phiếu kín chỉ nằm trong bộ nhớ nên phiếu "
        f"anh/chị đã bỏ không còn. Xin anh/chị bỏ lại trước {until}; các việc khác không mất."
    )
    return Message(title="Xin bỏ phiếu lại", body=body, doors=(door(poll_id),))
