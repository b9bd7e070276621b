"""Sentences about sending files: into the chat, by a page of ours, or some other way."""

from core.messages import Capabilities, Choice
from core.vietnamese import at_the_start

WORD = "GUITEP"
#: What leads to a page, on every screen that takes files. Typed, so that no number of the screen moves.
CHOICE = Choice(".upload", "Gửi tệp qua trang web", grave=True, word=WORD)

_THE_PAGE = (
    "anh/chị mở địa chỉ ở cuối tin này, chọn tệp rồi bấm gửi. Địa chỉ dùng được một lần, trong 24 giờ; không "
    "chuyển cho người khác."
)
_INTO_PLACE = "Tệp vào đúng mục này, kể cả khi anh/chị đã làm sang việc khác."
_INTO_TRAY = (
    "Màn hình này không nhận tệp nên tệp sẽ nằm trong «Minh chứng của tôi». Muốn gửi vào một mục thì mở mục "
    f"đó trước rồi gõ «{WORD}»."
)
_COULD_NOT_COME = (
    "Ứng dụng này không chuyển được loại tin vừa gửi (tệp, ghi âm, nhãn dán…) nên hệ thống chưa nhận được "
    "gì. Gửi ảnh thì gửi thẳng vào đây. Muốn gửi tệp:"
)
NOTHING_TO_SEND = f"Ở đây không có việc nào cần tệp. Anh/chị mở việc cần gửi tệp rồi gõ «{WORD}»."
NOT_TAKEN = (
    "Tệp gửi qua trang web chưa được nhận: trang đó không phải của tài khoản đang kết nối ở đây. "
    "Anh/chị lấy địa chỉ mới rồi gửi lại tệp."
)
KEPT = "Tệp đã nhận nằm trong «Minh chứng của tôi»."
PLACE_GONE = "Mục lấy địa chỉ gửi tệp nay không nhận tệp nữa, hoặc anh/chị không còn phụ trách mục đó."
#: What else can be done, after «anh/chị»: a channel that carries documents, or somebody's help.
ASK_OTHERS = "gửi qua kênh khác đã nối ở «Kênh nhận tin», hoặc nhờ đầu mối của đơn vị"
FETCH_ELSEWHERE = "xem trên kênh khác đã nối ở «Kênh nhận tin», hoặc hỏi đầu mối của đơn vị"


def here_is_the_page(*, into_place: bool, unasked: bool) -> str:
    """With the address of a page; `into_place`: its files go to the place it was asked for at.

    `unasked`: something came that this channel does not pass on, so the page is given at once.
    """
    page = f"{_COULD_NOT_COME} {_THE_PAGE}" if unasked else at_the_start(_THE_PAGE)
    return f"{page} {_INTO_PLACE if into_place else _INTO_TRAY}"


def went_to(what: str, note: str) -> str:
    """Files came by a page while its owner had gone on to something else."""
    return f"Tệp gửi qua trang web đã vào mục «{what}». {note}".rstrip()


def elsewhere(can: Capabilities) -> str:
    """How to send files where documents do not come into the chat; nothing where they do."""
    if can.files_in:
        return ""
    if can.by_page:
        return f"Gửi ảnh ngay tại đây; PDF, Word, Excel thì gõ «{WORD}» để gửi qua trang web."
    return (
        "Gửi ảnh ngay tại đây. Kênh này chưa nhận PDF, Word, Excel: anh/chị chụp từng trang rồi gửi ảnh, "
        f"{ASK_OTHERS}."
    )
