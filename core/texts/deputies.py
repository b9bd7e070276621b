"""Sentences about stand-ins: who is away from when to when, who acts in their place, and both are told."""

from collections.abc import Sequence
from datetime import date

from core.absences import AbsenceFacts, Colleague
from core.messages import LABEL_LENGTH, Choice, Message, Numbering, Row
from core.refusals import Code, Refusal
from core.vietnamese import at_the_start, long_date, shortened

LABEL = "Người thay"
WORD = "THAY"
END_WORD = "THOI"
HELP = (
    "Khi thủ trưởng hoặc đầu mối vắng, cử một người thay. Trong thời gian đó người thay được nhắc việc, nộp "
    "và xác nhận thay; hệ thống ghi rõ tên cả hai người. Hết thời gian thì quyền đó tự hết."
)
NOBODY_AWAY = "Hiện không ai được cử thay."
NOBODY = "Không tìm thấy ai tên như vậy. Chưa ghi gì; anh/chị gõ lại tên."
NOBODY_LINKED = (
    "Không tìm thấy ai tên như vậy mà đã có tài khoản. Người thay phải có tài khoản để được nhắc "
    "và xác nhận. Chưa ghi gì; anh/chị gõ tên khác."
)
NOBODY_YET = "Chưa có ai khác có tài khoản để cử thay. Anh/chị cấp mã tham gia cho đồng nghiệp trước."
ASK_NAME = "Chọn trong danh sách, hoặc gõ tên (hay một phần tên)."
ENDED = "Đã kết thúc việc thay; cả hai người được báo."
NAMED = "Đã cử người thay; cả hai người được báo."
TODAY = "Từ hôm nay"
HELP_DAY = "Nhắn ngày, ví dụ 15/12, ngày mai, thứ Hai tuần sau hoặc cuối tháng 12."


def listed(found: Sequence[AbsenceFacts], unit: str = "") -> Message:
    """Everybody who is stood in for, now or later."""
    lines = [f"• {shortened(one.unit, 60)}: {period(one)}" for one in found]
    rows: list[Row] = [
        (Choice(f"one.{one.id}", shortened(f"{one.deputy} thay {one.person}", LABEL_LENGTH)),)
        for one in found
    ]
    rows.append((Choice("new", "Cử người thay"),))
    body = "\n".join(lines) or NOBODY_AWAY
    return Message(title=LABEL, body=f"{unit}\n\n{body}" if unit else body, rows=tuple(rows))


def one(found: AbsenceFacts) -> Message:
    """One of them, to end."""
    return Message(
        title=LABEL,
        body=f"{at_the_start(period(found))}.\nĐơn vị: {found.unit}.",
        rows=((Choice("end", "Kết thúc việc thay", grave=True, word=END_WORD),),),
    )


def ask_person(found: Sequence[Colleague], words: str, own: int) -> Message:
    """Who is away."""
    rows = tuple((Choice(f"person.{one.person_id}", _button(one, own)),) for one in found)
    return Message(title="Ai vắng?", body=_choosing(found, words, NOBODY, NOBODY), rows=rows)


def ask_deputy(person: Colleague, found: Sequence[Colleague], words: str) -> Message:
    """Who stands in for them."""
    rows = tuple((Choice(f"deputy.{one.person_id}", _button(one, 0)),) for one in found)
    body = _choosing(found, words, NOBODY_LINKED, NOBODY_YET)
    return Message(title=f"Ai thay {person.name}?", body=body, rows=rows)


def ask_start(person: Colleague, deputy: Colleague) -> Message:
    """From when."""
    return Message(
        title="Thay từ ngày nào?",
        body=f"{deputy.name} thay {person.name}.\n\nAnh/chị nhắn ngày đầu tiên. {HELP_DAY}",
        rows=((Choice("today", TODAY),),),
        numbering=Numbering.LETTERS,
    )


def ask_end(person: Colleague, deputy: Colleague, starts_on: date) -> Message:
    """Until when."""
    return Message(
        title="Thay đến hết ngày nào?",
        body=(
            f"{deputy.name} thay {person.name} từ {long_date(starts_on)}.\n\n"
            f"Anh/chị nhắn ngày cuối cùng (tính cả ngày đó). {HELP_DAY}"
        ),
        numbering=Numbering.LETTERS,
    )


def ask_sure(person: Colleague, deputy: Colleague, starts_on: date, ends_on: date) -> Message:
    """Everything once more."""
    return Message(
        title="Cử người thay",
        body=(
            f"Người vắng: {_who(person)}.\nNgười thay: {_who(deputy)}.\n"
            f"Từ {long_date(starts_on)} đến hết {long_date(ends_on)}.\n\n"
            f"Trong thời gian này {deputy.name} được nhắc việc và được nộp, xác nhận thay {person.name}; "
            "mỗi việc ghi tên cả hai người."
        ),
        rows=((Choice("name", "Cử người thay"),),),
    )


def told(found: AbsenceFacts, by: str) -> Message:
    """To both, once somebody was named."""
    return Message(
        title="Cử người thay",
        body=(
            f"{at_the_start(period(found))} ({found.unit}).\nNgười cử: {by or 'văn phòng'}.\n"
            f"Trong thời gian này lời nhắc gửi đến {found.deputy}, người được nộp và xác nhận thay. "
            f"Mở «menu» để xem việc; từ ngày đầu tiên mới có mục của đơn vị."
        ),
    )


def told_ended(found: AbsenceFacts, by: str) -> Message:
    """To both, once it was ended early."""
    return Message(
        title="Kết thúc việc thay",
        body=(
            f"{found.deputy} thôi thay {found.person} ({found.unit}) từ bây giờ, theo {by or 'văn phòng'}. "
            f"Việc đã làm thay vẫn được ghi nhận; lời nhắc lại gửi đến {found.person}."
        ),
    )


def period(found: AbsenceFacts) -> str:
    """«Lan thay Nguyễn Văn Trưởng từ … đến hết …»."""
    return (
        f"{found.deputy} thay {found.person} từ {long_date(found.starts_on)} "
        f"đến hết {long_date(found.ends_on)}"
    )


def in_place_of(name: str, whose: str) -> str:
    """Both names, where something was done in somebody's place."""
    return f"{name} (thay {whose})" if whose else name


def declined(refusal: Refusal) -> str:
    """Why nobody was named."""
    facts = refusal.facts
    match refusal.code:
        case Code.ABSENCE_PAST:
            return (
                f"{at_the_start(_day(facts['day']))} đã qua nên chưa ghi gì. Anh/chị chọn từ hôm nay trở đi."
            )
        case Code.ABSENCE_REVERSED:
            return (
                f"Ngày cuối ({_day(facts['other'])}) đứng trước ngày đầu ({_day(facts['day'])}) "
                "nên chưa ghi gì. Anh/chị nhập lại ngày cuối."
            )
        case Code.ABSENCE_TOO_LONG:
            return (
                f"Mỗi lần cử thay tối đa {facts['limit']} ngày nên chưa ghi gì. "
                "Anh/chị nhập ngày cuối sớm hơn; vắng lâu hơn thì đổi vai trò."
            )
        case Code.ABSENCE_OVERLAPS:
            return (
                f"{facts['person']} đã có {facts['deputy']} thay từ {_day(facts['day'])} đến hết "
                f"{_day(facts['other'])} nên chưa ghi thêm. Muốn đổi thì kết thúc việc thay đó trước."
            )
        case Code.DEPUTY_SELF:
            return "Người thay phải là người khác; chưa ghi gì. Anh/chị chọn người khác."
        case Code.DEPUTY_AWAY:
            return (
                f"{facts['person']} cũng vắng trong thời gian này (có {facts['deputy']} thay) "
                "nên chưa ghi gì. Anh/chị chọn người khác."
            )
        case Code.DEPUTY_BEYOND:
            return (
                f"Trong thời gian này {facts['person']} còn phụ trách hoặc làm thay ở đơn vị khác nên chưa "
                "ghi gì. Anh/chị nhờ văn phòng cử người thay."
            )
        case _:
            return (
                f"{facts['person']} không còn làm việc hoặc chưa có tài khoản nên không thay được; "
                "chưa ghi gì. Anh/chị chọn người khác."
            )


def _choosing(found: Sequence[Colleague], words: str, unheard: str, none: str) -> str:
    lines = [f"• {_who(one)}" for one in found]
    looked_for = f"Tìm: «{words}»\n\n" if words else ""
    if not lines:
        return f"{looked_for}{unheard if words else none}"
    return f"{looked_for}{ASK_NAME}\n\n" + "\n".join(lines)


def _button(one: Colleague, own: int) -> str:
    return shortened(f"Tôi ({one.name})" if one.person_id == own else one.name, LABEL_LENGTH)


def _who(one: Colleague) -> str:
    return ", ".join(part for part in (one.name, one.post, one.unit) if part)


def _day(value: object) -> str:
    assert isinstance(value, date)
    return long_date(value)
