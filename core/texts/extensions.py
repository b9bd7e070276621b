"""Sentences about more time: asked for with a reason, granted by a document or denied."""

from datetime import date

from core.deadlines import Obligation
from core.messages import Choice, Door, Message, Numbering, Row
from core.refusals import Code, Refusal
from core.submissions import ExtensionFacts
from core.texts.reminders import what
from core.vietnamese import long_date, shortened

LABEL = "Xin gia hạn"
WORD = "GH"
ASKED = "Đã gửi đề nghị gia hạn. Hạn hiện nay vẫn giữ nguyên cho đến khi có câu trả lời."
GRANTED = "Đã cho gia hạn; đơn vị được báo ngay."
LABEL_SEND = "Gửi đề nghị"
LABEL_GRANT = "Cho gia hạn"
LABEL_TAKE_BACK = "Rút đề nghị gia hạn"
TAKEN_BACK = "Đã rút đề nghị gia hạn. Hạn giữ nguyên; cần thì anh/chị xin lại được."
CORRECTED = "Văn phòng sửa ngày gia hạn"
ASK_REASON = "Anh/chị viết lý do, một hai câu; đơn vị sẽ đọc đúng lời này."
DENIED = "Đã trả lời không gia hạn; đơn vị được báo ngay."
ASK_DOCUMENT = "Anh/chị nêu văn bản cho gia hạn: loại, số, ký hiệu, ngày."
ASK_WHY = "Anh/chị viết lý do không gia hạn, một hai câu; đơn vị sẽ đọc đúng lời này."
HELP = "Đơn vị xin thêm thời gian thì nêu ngày mới và lý do; văn phòng trả lời, hai bên đều được báo."
_QUOTED = 300


def ask_until(one: Obligation) -> Message:
    """Until when."""
    return Message(
        title=LABEL,
        body=(
            f"{_where(one)}\nHạn hiện nay: hết {long_date(one.due)}.\n\n"
            "Anh/chị nhắn ngày mới xin được nộp (tính cả ngày đó), ví dụ 20/12/2026."
        ),
    )


def ask_reason(one: Obligation, until: date) -> Message:
    """Why."""
    return Message(
        title=LABEL,
        body=(
            f"{_where(one)}\nXin nộp đến hết {long_date(until)}.\n\n"
            "Anh/chị viết lý do, một hai câu; văn phòng sẽ đọc đúng lời này."
        ),
    )


def ask_sure(one: Obligation, until: date, reason: str) -> Message:
    """Everything once more, before the office gets it."""
    return Message(
        title=LABEL,
        body=(
            f"{_where(one)}\nHạn hiện nay: hết {long_date(one.due)}.\n"
            f"Xin nộp đến hết {long_date(until)}.\nLý do: «{reason}»\n\n"
            f"Chưa gửi gì. Chọn «{LABEL_SEND}» thì văn phòng nhận đúng những lời này."
        ),
        rows=((Choice("send", LABEL_SEND),),),
    )


def asked_notice(one: Obligation, facts: ExtensionFacts) -> Message:
    """To the office."""
    return Message(
        title="Đơn vị xin gia hạn",
        body=_request(one, facts),
        doors=(Door("extensions", str(facts.id), "Trả lời đề nghị này", WORD),),
    )


def answered_notice(one: Obligation, facts: ExtensionFacts) -> Message:
    """To whoever asked, and the head."""
    return Message(
        title="Trả lời đề nghị gia hạn",
        body=f"{_where(one)}\n{told(facts)}",
        doors=(Door("submissions", "", "Mở việc cần nộp", "NOP"),),
    )


def given_notice(one: Obligation, facts: ExtensionFacts) -> Message:
    """To the unit: the office gives it more time, or puts the day right that it gave (`one` has it still)."""
    lines = [_where(one), told(facts)]
    if facts.until < one.due:
        lines[1] = (
            f"Ngày gia hạn đã báo trước đây (hết {long_date(one.due)}) được sửa lại. Hạn nay là hết "
            f"{long_date(facts.until)}, theo {facts.document}."
        )
    return Message(
        title=CORRECTED if facts.until < one.due else "Văn phòng cho gia hạn",
        body="\n".join([*lines, f"Lý do: «{shortened(facts.reason, _QUOTED)}»"]),
        doors=(Door("submissions", "", "Mở việc cần nộp", "NOP"),),
    )


def ask_grant(one: Obligation) -> Message:
    """Until when the office gives more time."""
    return Message(
        title=LABEL_GRANT,
        body=(
            f"{_where(one)}\nHạn hiện nay: hết {long_date(one.due)}.\n{_given_before(one)}\n"
            "Anh/chị nhắn ngày mới cho đơn vị nộp (tính cả ngày đó), ví dụ 20/12/2026."
        ),
        numbering=Numbering.LETTERS,
    )


def _given_before(one: Obligation) -> str:
    if one.extension is None:
        return ""
    return (
        f"Đã gia hạn theo {one.extension.document}; kế hoạch ghi hết {long_date(one.legal_day)}. Nhập nhầm "
        "thì sửa sớm lại được.\n"
    )


def ask_grant_reason(one: Obligation, until: date) -> Message:
    """Why."""
    return Message(
        title=LABEL_GRANT,
        body=f"{_where(one)}\nCho nộp đến hết {long_date(until)}.\n\n{ASK_REASON}",
        numbering=Numbering.LETTERS,
    )


def ask_grant_document(one: Obligation, until: date, reason: str) -> Message:
    """By which document."""
    return Message(
        title=LABEL_GRANT,
        body=(
            f"{_where(one)}\nCho nộp đến hết {long_date(until)}.\n"
            f"Lý do: «{shortened(reason, _QUOTED)}»\n\n{ASK_DOCUMENT}"
        ),
        numbering=Numbering.LETTERS,
    )


def ask_grant_sure(one: Obligation, until: date, reason: str, document: str) -> Message:
    """Everything once more."""
    return Message(
        title=LABEL_GRANT,
        body=(
            f"{_where(one)}\nHạn hiện nay: hết {long_date(one.due)}.\n"
            f"Hạn mới: hết {long_date(until)}, theo {document}.\n"
            f"Lý do: «{shortened(reason, _QUOTED)}»\n\nĐơn vị được báo ngay."
        ),
        rows=((Choice("grant", LABEL_GRANT),),),
    )


def told(facts: ExtensionFacts) -> str:
    """What became of a request, in a sentence."""
    match facts.state:
        case "granted":
            return f"Được gia hạn đến hết {long_date(facts.until)}, theo {facts.document}."
        case "denied":
            return f"Không được gia hạn: {facts.document}"
        case "withdrawn":
            return "Đề nghị này không còn chờ trả lời: đơn vị đã rút lại hoặc đã nộp."
        case _:
            return f"Đã xin gia hạn đến hết {long_date(facts.until)}; đang chờ văn phòng trả lời."


def to_answer(one: Obligation, facts: ExtensionFacts) -> Message:
    """One request, for the office."""
    rows: tuple[Row, ...] = ()
    if facts.state == "asked":
        rows = ((Choice("grant", "Cho gia hạn"), Choice("deny", "Không gia hạn")),)
    body = _request(one, facts)
    return Message(
        title=LABEL, body=body if facts.state == "asked" else f"{body}\n\n{told(facts)}", rows=rows
    )


def ask_words(one: Obligation, facts: ExtensionFacts, *, grant: bool) -> Message:
    """By which document, or why not."""
    return Message(
        title="Cho gia hạn" if grant else "Không gia hạn",
        body=f"{_request(one, facts)}\n\n{ASK_DOCUMENT if grant else ASK_WHY}",
    )


def declined(refusal: Refusal) -> str:
    """Why there is no more time until that day."""
    facts = refusal.facts
    day = _day(facts["day"])
    match refusal.code:
        case Code.EXTENSION_TOO_LATE:
            return (
                f"Hạn mới không được sau {day}; có thể anh/chị nhập nhầm năm. Chưa ghi gì; "
                "anh/chị nhập lại ngày."
            )
        case Code.EXTENSION_CUT_SHORT:
            return (
                f"Ngày đã gia hạn chỉ sửa sớm lại được đến {day}, không trước hạn của kế hoạch và không "
                "trước hôm nay; chưa ghi gì. Anh/chị nhập ngày khác."
            )
        case Code.EXTENSION_UNCHANGED:
            return f"Hạn hiện nay đã là {day} nên chưa ghi gì thêm. Anh/chị nhập ngày khác."
        case Code.EXTENSION_OVERTAKEN:
            return (
                f"Đơn vị xin nộp đến hết {day}, nhưng nay hạn đã là {_day(facts['other'])} hoặc ngày xin đã "
                "qua, nên cho gia hạn theo đề nghị này không thêm được ngày nào; chưa ghi gì. Anh/chị chọn "
                "«Không gia hạn» và cho đơn vị biết hạn hiện nay."
            )
        case _:
            return (
                f"Ngày xin gia hạn phải sau hạn hiện nay ({day}) và chưa qua; "
                "chưa ghi gì. Anh/chị nhập ngày khác."
            )


def _day(value: object) -> str:
    assert isinstance(value, date)
    return long_date(value)


def _request(one: Obligation, facts: ExtensionFacts) -> str:
    return (
        f"{_where(one)}\nHạn hiện nay: hết {long_date(one.due)}.\n"
        f"{facts.asked_by} xin nộp đến hết {long_date(facts.until)}.\n"
        f"Lý do: «{shortened(facts.reason, _QUOTED)}»"
    )


def _where(one: Obligation) -> str:
    return f"{what(one)} · {one.unit} · {one.label}"
