"""Sentences of sending an announcement: what is about to happen, when, who approves, what is scheduled."""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime

from core.announcement_approval import mark
from core.announcement_choices import Look, Moved, Timed
from core.announcements import AnnouncementFacts, NotReached, Reach, State
from core.messages import LABEL_LENGTH, Choice, Message, Row
from core.texts import announcements as told
from core.texts import channels
from core.texts.announcement_audience import count, described
from core.texts.announcement_writing import described as comes_with
from core.texts.announcement_writing import quoted
from core.texts.quota_meter import takes
from core.vietnamese import moment, shortened

LABEL = "Gửi thông báo"
TIMED = "Đã hẹn giờ"
WAITING = "Chờ duyệt"
HELP = (
    "Kiểm tra số người nhận rồi mới gửi. Gửi ngay vẫn còn một lúc để gọi lại; "
    "hẹn giờ thì đổi hoặc hủy được đến phút cuối."
)
HELP_WHEN = (
    "Gõ ngày giờ, ví dụ «8 giờ 30 sáng mai» hoặc «17h 15/12/2026». Giờ đêm được dời sau; ngày nghỉ cũng vậy, "
    "trừ khi anh/chị chọn «Vẫn gửi đúng ngày này»."
)
HELP_APPROVE = (
    "Thông báo chỉ đi khi người thứ hai duyệt. Không duyệt thì nêu lý do; người soạn nhận được ngay."
)
APPROVED = "Đã duyệt. Thông báo sẽ tự gửi."
REFUSED = "Đã trả lại cho người soạn kèm lý do."
SEND_WORD, ASK_WORD, TIME_WORD, APPROVE_WORD = "GUI", "XINDUYET", "HEN", "DUYET"
ON_THE_DAY, MOVE = "Vẫn gửi đúng ngày này", "Dời sang ngày làm việc"
_NAME = 60


def before(look: Look, opens: datetime | None) -> Message:
    """The last look before it goes: to whom, how many, how long, by which channel, who else has a say."""
    lines, people = summary(look), len(look.reach.reachable)
    if told.has_blanks(look.facts.content):
        lines += ["", "Còn chỗ «[điền …]» chưa viết nên chưa gửi được. Anh/chị điền xong rồi quay lại đây."]
        ways = (Choice("title", "Sửa tiêu đề"), Choice("body", "Sửa nội dung"))
        return Message(
            title=LABEL, body="\n".join(lines), rows=(ways, (Choice("recipients", "Xem danh sách"),))
        )
    if opens is not None:
        lines += ["", f"Bây giờ ngoài giờ nhắn tin. {_again_from(opens)}"]
    if look.second:
        lines += ["", "Cần người thứ hai duyệt rồi mới gửi."]
    else:
        lines += ["", f"Bấm gửi rồi vẫn còn {spell(look.hold)} để gọi lại."]
    rows: list[Row] = []
    if people:
        label = f"Xin duyệt để gửi {people} người" if look.second else f"Gửi cho {people} người"
        rows.append((Choice("now", label, grave=True, word=ASK_WORD if look.second else SEND_WORD),))
    if opens is not None:
        rows.append((Choice(key(opens), f"Gửi lúc {opens:%H:%M %d/%m}"),))
    rows.append((Choice("when", "Hẹn giờ gửi"), Choice("recipients", "Xem danh sách")))
    return Message(title=LABEL, body="\n".join(lines), rows=tuple(rows))


def summary(look: Look) -> list[str]:
    """To whom, how many, how long, by which channel; that the house is on trial."""
    title, found = look.facts.content.title, look.reach
    lines = [f"«{title or '(chưa có tiêu đề)'}»", *described(look.names), "", count(found)]
    if found.reachable:
        lines.append(f"Gửi qua {_channels(found)}; mất khoảng {spell(found.seconds)}.")
    if look.without_files:
        who = ", ".join(f"{people} người trên {channels.name(name)}" for name, people in look.without_files)
        lines.append(f"{who} không nhận được ảnh, tệp đính kèm; điều quan trọng nên viết thành chữ.")
    for meter, needed in look.takes:
        lines += takes(meter, needed)
    if not look.live:
        kept = sum(each.why is NotReached.TRIAL for each in found.people)
        lines += ["", f"Hệ thống đang chạy thử: chỉ quản trị nhận được, {kept} người khác chưa nhận."]
    return lines


def when(one: AnnouncementFacts, offered: Sequence[datetime]) -> Message:
    """Asks for a time."""
    now = f"Đang hẹn gửi lúc {moment(one.leaves_at)}.\n\n" if one.leaves_at is not None else ""
    return Message(
        title="Hẹn giờ gửi",
        body=f"{now}Anh/chị gõ ngày giờ gửi, ví dụ «8 giờ 30 sáng mai» hoặc «17h 15/12/2026».",
        rows=tuple((Choice(key(at), moment(at)),) for at in offered),
    )


def when_sure(look: Look, at: Timed, *, yearly: bool, on_the_day: bool) -> Message:
    """The last look before a time is kept; it says when that was moved, why, and what else there is."""
    lines = [f"Gửi lúc {moment(at.leaves)}{', lặp lại hằng năm' if yearly else ''}."]
    lines += [f"Anh/chị chọn {moment(at.wanted)}; {_why(at.why)}."] if at.why is not None else []
    if at.other is not None:
        lines += [
            f"Đó là ngày nghỉ; nếu dời thì gửi lúc {moment(at.other)}."
            if on_the_day
            else f"Nếu vẫn gửi đúng ngày này thì gửi lúc {moment(at.other)}."
        ]
    if yearly:
        lines += [
            "Năm nào gặp ngày nghỉ vẫn gửi đúng ngày."
            if on_the_day
            else "Năm nào gặp ngày nghỉ thì dời sang ngày làm việc tiếp theo."
        ]
    lines += ["", *summary(look), "Số người được tính lại lúc gửi."]
    second = look.second and look.facts.state is State.DRAFT
    lines += ["", "Cần người thứ hai duyệt trước giờ đó."] if second else []
    label, word = ("Xin duyệt", ASK_WORD) if second else ("Hẹn giờ này", TIME_WORD)
    day = (Choice("day", MOVE if on_the_day else ON_THE_DAY),)
    rows: tuple[Row, ...] = (
        (Choice("yes", label, grave=True, word=word),),
        *((day,) if yearly or at.other is not None else ()),
        (
            Choice("yearly", "Chỉ gửi một lần" if yearly else "Lặp lại hằng năm"),
            Choice("other", "Chọn giờ khác"),
        ),
    )
    return Message(title="Hẹn giờ gửi", body="\n".join(lines), rows=rows)


def approving(look: Look, opens: datetime | None, now: datetime, *, mine: bool) -> Message:
    """The last look of the second person: what it says, who gets it, when; only this is agreed to."""
    one = look.facts
    lines = [f"{one.author} xin gửi.", "", *summary(look), "", "Nội dung:", quoted(one.content.body)]
    lines += comes_with(one.content, 0)
    if one.wanted_at is not None and one.wanted_at <= now:
        when = f"gửi từ {moment(opens)}" if opens is not None else f"gửi sau {spell(look.hold)}"
        lines += ["", f"Giờ hẹn {moment(one.wanted_at)} đã qua; duyệt thì {when}."]
    elif one.wanted_at is not None:
        off = " Vẫn gửi đúng ngày dù là ngày nghỉ." if one.on_the_day else ""
        lines += ["", f"Hẹn gửi lúc {moment(one.wanted_at)}.{off}"]
    elif opens is not None:
        lines += ["", f"Bây giờ ngoài giờ nhắn tin; duyệt là gửi ngay. {_again_from(opens)}"]
    lines += ["Lặp lại hằng năm; mỗi năm duyệt một lần."] if one.yearly else []
    rows: list[Row] = []
    if one.state is State.WAITING and not mine:
        rows.append((Choice(f"yes.{mark(one)}", "Duyệt và gửi", grave=True, word=APPROVE_WORD),))
        rows.append((Choice("refusing", "Không duyệt"),))
    rows.append((Choice("preview", "Xem trước"), Choice("recipients", "Xem danh sách")))
    return Message(title="Duyệt thông báo", body="\n".join(lines), rows=tuple(rows))


def refusing(one: AnnouncementFacts) -> Message:
    """Asks for a reason."""
    return Message(
        title="Không duyệt thông báo",
        body=f"«{one.content.title}» của {one.author}.\n\nAnh/chị gõ lý do, để người soạn biết cần sửa gì.",
    )


def queue(shown: Sequence[AnnouncementFacts], state: State, turns: tuple[Row, ...], mine: int) -> Message:
    """A page of what is scheduled, or waits to be approved."""
    title = TIMED if state is State.SCHEDULED else WAITING
    lines = [_line(one, mine) for one in shown] or ["Không có thông báo nào."]
    rows: list[Row] = [
        (Choice(f"one.{one.id}", shortened(one.content.title, LABEL_LENGTH)),) for one in shown
    ]
    rows += turns
    return Message(title=title, body="\n".join(lines), rows=tuple(rows))


def going(one: AnnouncementFacts, hold: int, others: Sequence[str]) -> str:
    """After «Gửi»: what happens now, and who was asked."""
    if one.state is State.WAITING:
        return f"Đã chuyển xin duyệt tới {told.names(others)}. Thông báo chỉ gửi khi người thứ hai duyệt."
    return f"Sẽ gửi sau {spell(hold)}. Muốn dừng, chọn «Gọi lại»."


def kept(one: AnnouncementFacts, others: Sequence[str]) -> str:
    """After «Hẹn giờ này»."""
    if one.state is State.WAITING or one.leaves_at is None:
        return f"Đã chuyển xin duyệt tới {told.names(others)}; được duyệt thì gửi đúng giờ đã hẹn."
    return f"Đã hẹn: gửi lúc {moment(one.leaves_at)}{', rồi mỗi năm một lần' if one.yearly else ''}."


def rows_card(one: AnnouncementFacts, *, mine: bool, may_approve: bool) -> list[Row]:
    """What the card of one that has not left offers on its way."""
    if one.state is State.DRAFT:
        return [(Choice("audience", "Người nhận"), Choice("sending", "Gửi…"))]
    rows: list[Row] = []
    if one.state is State.WAITING and may_approve and not mine:
        rows.append((Choice("approving", "Xem và duyệt"), Choice("refusing", "Không duyệt")))
    if one.state is State.SCHEDULED or mine:
        rows.append((Choice("undo", "↩️ Gọi lại"),))
    if one.state is State.SCHEDULED:
        rows.append((Choice("when", "Đổi giờ gửi"),))
    rows.append((Choice("recipients", "Xem danh sách người nhận"),))
    return rows


def rows_listed(counted: Mapping[State, int]) -> list[Row]:
    """The ways from the list to what is scheduled and what waits."""
    timed, waiting = counted[State.SCHEDULED], counted[State.WAITING]
    row = [Choice("queue.waiting", f"{WAITING} ({waiting})")] if waiting else []
    row += [Choice("queue.scheduled", f"{TIMED} ({timed})")] if timed else []
    return [tuple(row)] if row else []


def key(at: datetime) -> str:
    """How a time travels in a choice."""
    return f"at.{at:%Y-%m-%dT%H:%M}"


def spell(seconds: int) -> str:
    """«45 giây», «3 phút», «1 giờ 5 phút»."""
    if seconds < 60:
        return f"{max(seconds, 1)} giây"
    minutes = -(-seconds // 60)
    if minutes < 60:
        return f"{minutes} phút"
    return f"{minutes // 60} giờ {minutes % 60} phút" if minutes % 60 else f"{minutes // 60} giờ"


def _why(why: Moved) -> str:
    match why:
        case Moved.DAY_OFF:
            return "rơi vào ngày nghỉ nên dời sang ngày làm việc tiếp theo"
        case Moved.QUIET:
            return "đó là giờ đêm không nhắn tin nên dời lại"
        case Moved.BOTH:
            return "đó là giờ đêm và gặp ngày nghỉ nên dời sang giờ được nhắn tin của ngày làm việc tiếp theo"


def _again_from(opens: datetime) -> str:
    return f"Gửi được bình thường từ {moment(opens)}."


def _channels(found: Reach) -> str:
    counted = Counter(one.channel for one in found.reachable)
    return ", ".join(f"{channels.name(name)} ({number})" for name, number in sorted(counted.items()))


def _line(one: AnnouncementFacts, mine: int) -> str:
    title = shortened(one.content.title, _NAME)
    at = one.leaves_at or one.wanted_at
    when = f", {moment(at)}" if at is not None else ""
    yearly = ", hằng năm" if one.yearly else ""
    whose = "" if one.author_id == mine else f", của {one.author}"
    return f"• {title}{when}{yearly}{whose}"
