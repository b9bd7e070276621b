"""What announcements look like to those who get them, and what their authors are told."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from core.announcement_approval import Asked
from core.announcement_content import TITLE_LIMIT, Content
from core.announcements import AnnouncementFacts, Reach
from core.messages import Door, Message
from core.vietnamese import moment, shortened

WORD = "TB"
WORD_READ = "DADOC"
WORD_ANSWER = "TRALOI"
CORRECTION = "Đính chính"
RETRACTION = "Thu hồi thông báo"
READ = "Đã đọc"
_AGAIN = "Nhắc đọc"
#: So much of a correction is repeated to whoever confirmed what it replaces.
_NOTICED = 300


def message(content: Content, number: int, version: int) -> Message:
    """An announcement exactly as it arrives; `number` is the one that a reading counts for."""
    doors: tuple[Door, ...] = ()
    hint = ""
    if content.question is not None:
        hint = f"Câu hỏi: {content.question.words}"
        doors = tuple(
            Door("announcement_answer", f"{number}.{version}.{place}", answer, WORD_ANSWER)
            for place, answer in enumerate(content.question.answers)
        )
    elif content.wants_reading:
        hint = "Anh/chị đọc xong thì xác nhận «Đã đọc»."
        doors = (Door("announcement_read", f"{number}.{version}", READ, WORD_READ),)
    return Message(title=content.title, body=content.body, hint=hint, doors=doors, files=content.files)


#: How a place that a template leaves to its author begins.
BLANK = "[điền"


def has_blanks(content: Content) -> bool:
    """Whether something of a template is still to be filled in."""
    return BLANK in content.title or BLANK in content.body


def parts(content: Content) -> int:
    """About how many messages it takes for each person."""
    return 1 + len(content.files)


def corrected(content: Content, reason: str) -> Content:
    """The wording that replaces another, where people can see that it does."""
    head = f"{CORRECTION}: {reason}" if reason else f"{CORRECTION}."
    return Content(
        content.title, f"{head}\n\n{content.body}", content.files, content.wants_reading, content.question
    )


def replaced(content: Content, number: int, version: int) -> Message:
    """To whoever confirmed what this correction has replaced where it stood: an edit is silent."""
    words = shortened(content.body, _NOTICED)
    return replace(
        message(content, number, version),
        body=f"Thông báo anh/chị đã xác nhận vừa được sửa ngay tại tin cũ.\n\n{words}".rstrip(),
        files=(),
    )


def plain(content: Content, reason: str) -> Content:
    """The right wording without the line that says it was another one before."""
    return replace(content, body=content.body.removeprefix(f"{CORRECTION}: {reason}\n\n"))


def taken_back(content: Content, reason: str) -> Content:
    """What stands in the place of an announcement that is taken back."""
    because = f" Lý do: {reason}" if reason else ""
    return Content(
        f"{RETRACTION}: {content.title}"[:TITLE_LIMIT],
        f"Thông báo «{content.title}» đã được thu hồi.{because}\n\nAnh/chị không làm theo thông báo đó nữa.",
    )


def reminder(content: Content) -> Content:
    """The same announcement for those who have not confirmed it."""
    title = content.title if content.title.startswith(_AGAIN) else f"{_AGAIN}: {content.title}"
    return replace(content, title=title[:TITLE_LIMIT])


_AUTHOR_GONE = "Người soạn không còn quyền tự gửi thông báo."


def approval_wanted(one: AnnouncementFacts, reach: Reach, why: Asked | None = None) -> Message:
    """To whoever may approve; `why` it was not asked before."""
    because = {Asked.AUTHOR: f"\n{_AUTHOR_GONE}", Asked.YEARLY: "\nĐây là thông báo hằng năm."}
    return Message(
        title="Thông báo chờ duyệt",
        body=f"{one.author} muốn gửi thông báo «{one.content.title}» cho {len(reach.people)} người.\n"
        f"Thông báo chỉ đi khi có người thứ hai duyệt.{because.get(why, '') if why is not None else ''}",
        doors=(Door("announcements", str(one.id), "Xem và duyệt", WORD),),
    )


def approved(one: AnnouncementFacts) -> Message:
    """To the author."""
    when = f", gửi lúc {moment(one.leaves_at)}" if one.leaves_at is not None else ""
    return Message(
        title="Thông báo đã được duyệt",
        body=f"{one.approver} đã duyệt thông báo «{one.content.title}»{when}.",
        doors=(Door("announcements", str(one.id), "Xem", WORD),),
    )


def refused(one: AnnouncementFacts, reason: str) -> Message:
    """To the author: it is a draft again, with the reason."""
    return Message(
        title="Thông báo chưa được duyệt",
        body=f"Thông báo «{one.content.title}» chưa được duyệt. Lý do: {reason}\n\n"
        "Bản nháp vẫn còn nguyên; anh/chị sửa rồi gửi lại.",
        doors=(Door("announcements", str(one.id), "Mở bản nháp", WORD),),
    )


def waits_again(one: AnnouncementFacts, found: Reach, why: Asked, others: Sequence[str]) -> Message:
    """To the author: it has not left, and why it waits for a second person now."""
    because = {
        Asked.GROWN: f"chưa gửi: đến giờ gửi, số người nhận đã thành {len(found.people)}",
        Asked.YEARLY: "gửi hằng năm, mỗi năm duyệt một lần",
        Asked.AUTHOR: "chưa gửi: anh/chị không còn quyền tự gửi thông báo",
    }[why]
    told = f"Đã báo {names(others)}." if others else "Chưa ai có quyền duyệt; quản trị cần giao quyền đó."
    return Message(
        title="Thông báo chờ người thứ hai duyệt",
        body=f"Thông báo «{one.content.title}» {because} nên cần người thứ hai duyệt. {told}",
        doors=(Door("announcements", str(one.id), "Xem", WORD),),
    )


#: Most people named in a sentence.
_NAMED = 3


def names(people: Sequence[str]) -> str:
    """People in a sentence, the first few by name."""
    more = f" và {len(people) - _NAMED} người nữa" if len(people) > _NAMED else ""
    return ", ".join(people[:_NAMED]) + more


def called_back(one: AnnouncementFacts, by: str) -> Message:
    """To the author, when somebody else called it back."""
    return Message(
        title="Thông báo đã được gọi lại",
        body=f"{by} đã gọi lại thông báo «{one.content.title}»; chưa ai nhận được. Bản nháp vẫn còn nguyên.",
        doors=(Door("announcements", str(one.id), "Mở bản nháp", WORD),),
    )


def put_off(one: AnnouncementFacts, by: str) -> Message:
    """To the author, when somebody else gave it another time."""
    when = f" sang {moment(one.leaves_at)}" if one.leaves_at is not None else ""
    return Message(
        title="Thông báo đã đổi giờ gửi",
        body=f"{by} đã đổi giờ gửi thông báo «{one.content.title}»{when}.",
        doors=(Door("announcements", str(one.id), "Xem", WORD),),
    )


def next_year_kept(title: str, wanted: datetime, leaves: datetime, number: int, *, second: bool) -> Message:
    """To the author of a yearly one, when it has left: `number` is that of the next."""
    moved = ""
    if leaves.date() != wanted.date():
        moved = f" Ngày {wanted:%d/%m/%Y} là ngày nghỉ nên được dời; muốn đúng ngày thì chọn «Đổi giờ gửi»."
    asked = " Trước đó 7 ngày, người có quyền duyệt được hỏi lại." if second else ""
    return Message(
        title="Thông báo hằng năm",
        body=f"Thông báo «{title}» đã gửi năm nay và được hẹn gửi lại lúc {moment(leaves)}.{moved}{asked} "
        "Anh/chị xem lại, đổi giờ hoặc gọi lại lúc nào cũng được.",
        doors=(Door("announcements", str(number), "Xem lần gửi tới", WORD),),
    )


def nobody_left(title: str, number: int) -> Message:
    """To the author of a reminder: everybody has done by now what it reminds of, or cannot be reached."""
    return Message(
        title="Lời nhắc không cần gửi nữa",
        body=f"«{title}» chưa gửi: đến giờ gửi không còn ai cần nhận. Bản nháp vẫn còn nguyên.",
        doors=(Door("announcements", str(number), "Mở bản nháp", WORD),),
    )


def gave_up(title: str, number: int) -> Message:
    """To the author: it could not leave."""
    return Message(
        title="Thông báo chưa gửi được",
        body=f"Thông báo «{title}» đã không gửi được suốt một ngày vì máy chủ gặp lỗi; chưa ai nhận. "
        "Bản nháp vẫn còn nguyên; anh/chị mở ra gửi lại.",
        doors=(Door("announcements", str(number), "Mở bản nháp", WORD),),
    )


def fell_away(title: str) -> Message:
    """To the author of a reminder, or of next year's: what it repeats was taken back."""
    return Message(
        title="Thông báo sẽ không gửi",
        body=f"Thông báo «{title}» sẽ không gửi nữa, vì thông báo mà nó nhắc lại đã được thu hồi.",
    )
