"""What announcements look like to those who get them, and what their authors are told."""

from dataclasses import replace
from datetime import datetime

from core.announcements import TITLE_LIMIT, AnnouncementFacts, Content, Reach
from core.messages import Door, Message
from core.vietnamese import moment

WORD = "TB"
WORD_READ = "DADOC"
WORD_ANSWER = "TRALOI"
CORRECTION = "Đính chính"
RETRACTION = "Thu hồi thông báo"
_READ = "Đã đọc"
_AGAIN = "Nhắc đọc"


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
        hint = "Anh/chị đọc xong thì bấm «Đã đọc»."
        doors = (Door("announcement_read", f"{number}.{version}", _READ, WORD_READ),)
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


def approval_wanted(one: AnnouncementFacts, reach: Reach) -> Message:
    """To whoever may approve."""
    return Message(
        title="Thông báo chờ duyệt",
        body=f"{one.author} muốn gửi thông báo «{one.content.title}» cho {len(reach.people)} người.\n"
        "Thông báo chỉ đi khi có người thứ hai duyệt.",
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


def grown(one: AnnouncementFacts, found: Reach) -> Message:
    """To the author: it did not leave, because it is for more people by now than one may send to alone."""
    return Message(
        title="Thông báo chờ người thứ hai duyệt",
        body=f"Thông báo «{one.content.title}» chưa gửi: đến giờ gửi, số người nhận đã thành "
        f"{len(found.people)} nên cần người thứ hai duyệt. Người có quyền duyệt đã được báo.",
        doors=(Door("announcements", str(one.id), "Xem", WORD),),
    )


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


def next_year_kept(title: str, leaves: datetime, number: int) -> Message:
    """To the author of a yearly one, when it has left: `number` is that of the next."""
    return Message(
        title="Thông báo hằng năm",
        body=f"Thông báo «{title}» đã gửi năm nay và được hẹn gửi lại lúc {moment(leaves)}. "
        "Anh/chị xem lại, đổi giờ hoặc gọi lại lúc nào cũng được.",
        doors=(Door("announcements", str(number), "Xem lần gửi tới", WORD),),
    )
