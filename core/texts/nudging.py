"""Sentences of reminders that the office sends by hand: who gets one, who cannot, and how it reads."""

from collections.abc import Sequence
from datetime import datetime

from core.messages import Choice, Message, Row
from core.nudging import Aim, Barrier, Contact
from core.refusals import Code, Refusal
from core.texts import pages, reminders, reminders_doors
from core.texts.reminders import what
from core.vietnamese import inside_a_sentence, moment, shortened

LABEL = "Nhắc trực tiếp"
DRAFT = "Văn phòng đề nghị đơn vị hoàn thành việc dưới đây đúng hạn; nếu đang vướng, anh/chị báo lại sớm."
DRAFT_LATE = (
    "Việc dưới đây đã quá hạn. Văn phòng đề nghị đơn vị nộp ngay; nếu đang vướng, anh/chị báo lại sớm."
)
HELP = (
    "Lời nhắc đi ngay đến thủ trưởng đơn vị; không nhắn được thì đến cấp phó, rồi đến đầu mối. "
    "Mỗi đơn vị mỗi ngày nhắc một lần. Ai không nhắn được thì anh/chị gọi điện."
)
HELP_DRAFT = (
    "Gõ lời mới để thay lời của văn phòng; hạn và phần còn thiếu được ghi sẵn. "
    "Chưa chọn gửi thì chưa ai nhận được gì."
)
NOTHING_LEFT = "Không còn đơn vị nào chưa nộp việc này nên không có lời nhắc nào để gửi."
NOBODY = "Hiện không nhắn được cho ai của đơn vị nên chưa gửi gì. Anh/chị gọi điện theo số ghi trên màn hình."
WORDS_KEPT = "Đã đổi lời nhắc. Chưa gửi cho ai."
SEND_WORD = "GUI"
PAGE = 10
_NAME = 60
_NAMED = 12
_WHY = {
    Barrier.NO_ACCOUNT: "chưa kết nối tài khoản",
    Barrier.UNREACHABLE: "không nhận được tin nhắn",
    Barrier.ON_TRIAL: "đang chạy thử nên chưa nhắn được",
    Barrier.QUIET: "đang trong giờ riêng không nhận tin",
}


def whom(found: Sequence[Aim], page: int, later: datetime | None) -> Message:
    """Who will get it, who cannot be reached (apart, with telephone numbers), who heard today already."""
    if not found:
        return Message(title=LABEL, body=NOTHING_LEFT)
    fresh = [one for one in found if not one.heard]
    shown = pages.shown(found, page, PAGE)
    lines = [f"{what(found[0].obligation)} · {shortened(found[0].obligation.label, _NAME)}"]
    lines.append(_summary(found))
    lines += _block("Sẽ nhận lời nhắc:", [_gets(one) for one in shown if not one.heard and one.to])
    lines += _block(
        "Không nhắn được, cần gọi điện:",
        [_cannot(one, contact) for one in shown if not one.heard for contact in one.missed]
        + [f"• {_unit(one)}: chưa có người phụ trách" for one in shown if not (one.to or one.missed)],
    )
    lines += _block(
        "Hôm nay đã nhắc:", [f"• {_unit(one)}: {', '.join(one.heard)}" for one in shown if one.heard]
    )
    lines += ["", _too_early(later)] if later is not None else []
    rows: list[Row] = []
    if any(one.to for one in fresh):
        rows.append((Choice("write", "Xem và sửa lời nhắc"),))
    rows += pages.turns(page, len(found), PAGE)
    return Message(title=LABEL, body="\n".join(lines), rows=tuple(rows))


def draft(found: Sequence[Aim], words: str, sender: str, later: datetime | None) -> Message:
    """What the first of them will receive, word for word, before it is sent."""
    sending = [one for one in found if not one.heard and one.to]
    if not sending:
        return Message(title=LABEL, body=NOTHING_LEFT)
    people = sum(len(one.to) for one in sending)
    first = received(sending[0], sending[0].to[0], sender, words, 0)
    doors = " ".join(f"[{one.label}]" for one in first.doors)
    others = (
        " Các đơn vị khác nhận lời tương tự với hạn và phần còn thiếu của mình." if len(sending) > 1 else ""
    )
    lines = [
        f"Gửi cho {people} người của {len(sending)} đơn vị.{others}",
        f"{sending[0].to[0].name} nhận đúng như sau:",
        "────────",
        first.title,
        first.body,
        *([first.hint] if first.hint else []),
        doors,
        "────────",
        "Muốn đổi lời của văn phòng thì gõ lời mới.",
    ]
    if later is not None:
        return Message(title=LABEL, body="\n".join([*lines, _too_early(later)]))
    send = Choice("send", f"Gửi cho {people} người", grave=True, word=SEND_WORD)
    return Message(title=LABEL, body="\n".join(lines), rows=((send,),))


def received(aim: Aim, contact: Contact, sender: str, words: str, number: int) -> Message:
    """The reminder as it is received; `number` is the nudge's, `words` the office's own where not empty."""
    one = aim.obligation
    said = words or (DRAFT_LATE if aim.standing.late else DRAFT)
    lines = [f"{shortened(one.unit, _NAME)} · {shortened(one.label, _NAME)}", f"{sender} nhắc: {said}"]
    if contact.person != contact.principal and contact.principal_name:
        lines.append(f"Anh/chị nhận lời nhắc này thay {contact.principal_name}.")
    lines += ["", *reminders.dates(one, aim.standing), reminders.missing(one)]
    return Message(
        title=f"{reminders.LABEL}: {inside_a_sentence(what(one))}",
        body="\n".join(lines),
        hint=reminders.HINT,
        doors=reminders_doors.of_hand(number, may_put_off=aim.may_put_off(contact)),
    )


def sent(told: Sequence[Aim]) -> str:
    """Who it went to."""
    names = list(dict.fromkeys(contact.name for one in told for contact in one.to))
    return f"Đã gửi lời nhắc cho {_names(names)}."


def declined(refusal: Refusal) -> str:
    """Why nothing was sent."""
    match refusal.code:
        case Code.NUDGED_TODAY:
            names = refusal.facts["names"]
            assert isinstance(names, tuple)
            return (
                f"Hôm nay đã nhắc {_names([str(one) for one in names])} về việc này nên chưa gửi thêm. "
                "Mỗi ngày nhắc một lần; việc gấp thì anh/chị gọi điện."
            )
        case Code.NUDGED_TOO_EARLY:
            later = refusal.facts["at"]
            assert isinstance(later, datetime)
            return _too_early(later)
        case Code.NOBODY_TO_NUDGE:
            return NOBODY
        case _:
            return NOTHING_LEFT


def _too_early(later: datetime) -> str:
    return f"Ngoài giờ nhắn tin nên chưa gửi. Gửi được từ {moment(later)}; việc gấp thì anh/chị gọi điện."


def _summary(found: Sequence[Aim]) -> str:
    open_units = f"{len(found)} đơn vị chưa nộp"
    to = sum(bool(one.to) and not one.heard for one in found)
    unreached = sum(not one.to and not one.heard for one in found)
    heard = sum(bool(one.heard) for one in found)
    parts = [f"sẽ nhắc {to}"]
    parts += [f"không nhắn được {unreached}"] if unreached else []
    parts += [f"hôm nay đã nhắc {heard}"] if heard else []
    return f"{open_units}: {', '.join(parts)}."


def _block(head: str, lines: Sequence[str]) -> list[str]:
    return ["", head, *lines] if lines else []


def _gets(one: Aim) -> str:
    return f"• {_unit(one)}: {', '.join(_called(contact) for contact in one.to)}"


def _called(contact: Contact) -> str:
    if contact.person == contact.principal or not contact.principal_name:
        return contact.name
    return f"{contact.name} (thay {contact.principal_name})"


def _cannot(one: Aim, contact: Contact) -> str:
    assert contact.barrier is not None
    until = f" đến {moment(contact.until)}" if contact.until is not None else ""
    phone = contact.phone or "chưa có số điện thoại"
    return f"• {_unit(one)}: {contact.name}, {phone} ({_WHY[contact.barrier]}{until})"


def _unit(one: Aim) -> str:
    return shortened(one.obligation.unit, _NAME)


def _names(names: Sequence[str]) -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" và {more} người khác" if more > 0 else "")
