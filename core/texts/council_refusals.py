"""Why something cannot be done with a sitting of the council."""

from collections.abc import Mapping

from core.refusals import Code, Refusal

PLAIN: Mapping[Code, str] = {
    Code.COUNCIL_TOO_SMALL: "Bỏ phiếu kín cần ít nhất ba thành viên nên chưa triệu tập. "
    "Anh/chị chọn thêm thành viên; các mục đã chọn vẫn còn.",
    Code.COUNCIL_SITS: "Đợt này đang có một phiên họp chưa xong nên chưa triệu tập phiên mới. "
    "Anh/chị mở phiên đang có trong danh sách.",
    Code.COUNCIL_NOTHING: "Đợt này chưa có hồ sơ nào thẩm định xong nên chưa triệu tập. Không có gì bị mất.",
    Code.COUNCIL_MOVED_ON: "Phiên họp đã sang bước khác nên việc vừa chọn không còn làm được. "
    "Không có gì bị mất; màn hình dưới đây là tình trạng hiện tại.",
    Code.COMMENDED_BY_COUNCIL: "Đề nghị này nằm trong hồ sơ khen thưởng của đơn vị nên không ghi riêng; "
    "chưa có gì thay đổi. Khi Quyết định được ký, anh/chị nhập ở phiên họp Hội đồng, ghi cho mọi người.",
    Code.COUNCIL_TIED: "Còn người bằng phiếu ở suất cuối nên chưa kết luận. Kết quả kiểm phiếu vẫn còn; "
    "anh/chị chọn người xếp trước và nêu lý do.",
    Code.COUNCIL_SHEET: "Tệp này không dùng làm bản chụp được: cần ảnh hoặc PDF mở được nên chưa ghi. "
    "Anh/chị quay lại rồi gửi tệp khác; số đã nhập vẫn còn.",
    Code.COUNCIL_SHEET_WAITS: "Tệp vừa gửi đang được kiểm tra nên chưa ghi; số đã nhập vẫn còn. "
    "Anh/chị chờ một phút rồi bấm lại.",
    Code.COUNCIL_WORDS: "Nội dung quá ngắn nên chưa ghi gì. Anh/chị viết thành một câu để người khác "
    "hiểu được.",
    Code.COUNCIL_READ_BACK: "Con số vừa gõ khác số người trong danh sách nên chưa phê duyệt. "
    "Anh/chị đọc lại danh sách rồi gõ đúng số người được chọn.",
    Code.COUNCIL_SUMS: "Chưa đọc được số phiếu nên chưa ghi. Anh/chị gõ ba số cách nhau, "
    "ví dụ «3 1 0» là 3 đồng ý, 1 không đồng ý, 0 phiếu trắng.",
}


def too_few(refusal: Refusal) -> str:
    """So few could vote about somebody that the sums would tell how."""
    return (
        f"Về {refusal.facts['name']} còn chưa đủ ba thành viên được bỏ phiếu (những người khác có liên quan) "
        "nên kết quả sẽ lộ phiếu của từng người; vì vậy chưa mở. Người triệu tập bấm «Thêm thành viên», "
        "hoặc hủy phiên và triệu tập lại với thêm thành viên; hồ sơ trở về chờ họp, không mất gì."
    )
