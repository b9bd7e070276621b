"""Sentences about a correction or retraction that waits for a second person."""

from collections.abc import Sequence

from core.announcement_approval import Pending, Rewording
from core.announcements import AnnouncementFacts
from core.messages import LABEL_LENGTH, Choice, Door, Message, Row
from core.texts.announcement_writing import described
from core.texts.announcements import WORD, names
from core.vietnamese import shortened

APPROVED = "Đã duyệt; nội dung mới đang được gửi."
REFUSED = "Đã trả lại cho người đề nghị kèm lý do."
OTHER_NOW = (
    "Bản chờ duyệt vừa được thay bằng bản khác, nên chưa ghi nhận gì. Anh/chị xem bản này rồi quyết định."
)
APPROVE_WORD, WITHDRAW_WORD = "DUYET", "RUT"


def asked(others: Sequence[str]) -> str:
    """After the last step, where it does not go yet."""
    return f"Đã chuyển xin duyệt tới {names(others)}. Được duyệt thì mới gửi; người nhận vẫn đang có bản cũ."


def line(found: Pending) -> str:
    """For the screen of the announcement it is about."""
    whose = "của anh/chị" if found.mine else f"do {found.author} đề nghị"
    return f"{_what(found.wording)} {whose} đang chờ người thứ hai duyệt."


def rows(found: Pending, *, may_approve: bool) -> list[Row]:
    """What leads there: it is seen before it is agreed to, refused or withdrawn."""
    waits = found.mine or not may_approve
    return [(Choice("change", "Xem bản chờ duyệt" if waits else "Xem và duyệt"),)]


def rows_listed(waiting: Sequence[AnnouncementFacts]) -> list[Row]:
    """The ways to those about which one waits, from the list."""
    return [
        (Choice(f"one.{one.id}", shortened(f"Duyệt sửa: {one.content.title}", LABEL_LENGTH)),)
        for one in waiting
    ]


def shown(one: AnnouncementFacts, found: Pending, spread: str, *, may_approve: bool) -> Message:
    """All that whoever agrees has to see: who asks, why, exactly what people get, and how."""
    wording = found.wording
    lines = [f"«{one.content.title}»", line(found), f"Lý do: {wording.reason}", "", spread, ""]
    lines += ["Người nhận sẽ thấy:", "", wording.content.title, wording.content.body]
    lines += described(wording.content, 0)
    ways: tuple[Row, ...] = ()
    if may_approve and not found.mine:
        yes = Choice(f"yes.{found.mark}", "Duyệt và gửi", grave=True, word=APPROVE_WORD)
        ways = ((yes,), (Choice(f"no.{found.mark}", "Không duyệt"),))
    if found.mine:
        withdraw = Choice(f"withdraw.{found.mark}", "Rút lại", grave=True, word=WITHDRAW_WORD)
        ways = ((withdraw,),)
    return Message(title=f"Duyệt {_what(wording).lower()}", body="\n".join(lines), rows=ways)


def nothing(one: AnnouncementFacts) -> Message:
    """Nothing waits any more."""
    return Message(
        title="Duyệt nội dung mới",
        body=f"Không còn bản nào của «{one.content.title}» chờ duyệt.",
    )


def refusing(one: AnnouncementFacts, found: Pending) -> Message:
    """Asks for a reason."""
    return Message(
        title=f"Không duyệt {_what(found.wording).lower()}",
        body=f"«{one.content.title}»: {found.wording.reason}\n\n"
        f"Anh/chị gõ lý do, để {found.author} biết cần sửa gì.",
    )


def wanted(one: AnnouncementFacts, found: Pending, people: int) -> Message:
    """To whoever may approve."""
    what = _what(found.wording).lower()
    return Message(
        title=f"{_what(found.wording)} chờ duyệt",
        body=f"{found.author} đề nghị {what} thông báo «{one.content.title}» đã gửi cho {people} người. "
        f"Lý do: {found.wording.reason}\nChỉ gửi khi có người thứ hai duyệt.",
        doors=(Door("announcements", str(one.id), "Xem và duyệt", WORD),),
    )


def approved(title: str, number: int, by: str) -> Message:
    """To whoever asked."""
    return Message(
        title="Nội dung mới đã được duyệt",
        body=f"{by} đã duyệt nội dung mới của thông báo «{title}»; đang gửi.",
        doors=(Door("announcements", str(number), "Xem", WORD),),
    )


def refused(title: str, number: int, wording: Rewording, by: str, reason: str) -> Message:
    """To whoever asked: why not, with the words they wrote."""
    return Message(
        title="Nội dung mới chưa được duyệt",
        body=f"{by} chưa duyệt {_what(wording).lower()} của thông báo «{title}». Lý do: {reason}\n\n"
        f"Người nhận vẫn đang có bản cũ. Bản anh/chị đã soạn:\n\n{wording.content.body}",
        doors=(Door("announcements", str(number), "Xem", WORD),),
    )


def withdrew(wording: Rewording) -> str:
    """After «Rút lại»: with the words, so that nothing is lost."""
    said = "" if wording.retracts else f" Bản anh/chị đã soạn:\n\n{wording.content.body}"
    return f"Đã rút lại; người nhận vẫn đang có bản cũ.{said}"


def withdrawn(title: str, found: Pending) -> Message:
    """To those who were asked: nothing is to be decided any more."""
    what = _what(found.wording).lower()
    return Message(
        title="Không còn chờ duyệt",
        body=f"{found.author} đã rút lại đề nghị {what} thông báo «{title}»; anh/chị không phải duyệt nữa.",
    )


def overtaken(title: str, number: int) -> Message:
    """To whoever asked: another wording went first."""
    return Message(
        title="Nội dung mới không còn chờ duyệt",
        body=f"Thông báo «{title}» vừa được đính chính hoặc thu hồi, nên bản anh/chị đề nghị không gửi nữa. "
        "Anh/chị xem lại, cần thì đề nghị lần nữa.",
        doors=(Door("announcements", str(number), "Xem", WORD),),
    )


def _what(wording: Rewording) -> str:
    return "Thu hồi" if wording.retracts else "Đính chính"
