"""Sentences about sending files: into the chat, by a page of ours, or some other way."""

from core.messages import Capabilities, Choice

WORD = "GUITEP"
#: What leads to a page, on every screen that takes files. Typed, so that no number of the screen moves.
CHOICE = Choice(".upload", "Gửi tệp qua trang web", grave=True, word=WORD)

HERE_IS_THE_PAGE = (
    "Anh/chị mở địa chỉ ở cuối tin này, chọn tệp rồi bấm gửi. Địa chỉ dùng được một lần, trong 24 giờ; tệp "
    "vào đúng mục này, kể cả khi anh/chị đã làm sang việc khác. Không chuyển địa chỉ cho người khác."
)
#: Something came that this channel does not pass on, where there are pages: the page is given at once.
COULD_NOT_COME = (
    "Ứng dụng này không chuyển được loại tin vừa gửi (tệp, ghi âm, nhãn dán…) nên hệ thống chưa nhận "
    f"được gì. Muốn gửi tệp: {HERE_IS_THE_PAGE[0].lower()}{HERE_IS_THE_PAGE[1:]} "
    "Gửi ảnh thì gửi thẳng vào đây."
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
