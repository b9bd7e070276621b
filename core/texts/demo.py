"""The words of the demonstration: its scenes, and what Lan presses, types and sends."""

HELP = "Diễn một lượt tự đánh giá bằng dữ liệu mẫu, in hội thoại và các tệp tạo ra. Không gửi gì ra ngoài."
HELP_FOLDER = "Thư mục chứa kết quả; được làm mới mỗi lần chạy."

TITLE = "Trình diễn: một viên chức tự đánh giá, trên Telegram mô phỏng, thời gian giả định"
JOINING = "1. Nối tài khoản"
ANSWERING = "2. Tự đánh giá: nhiều loại tiêu chí"
EVIDENCE = "3. Minh chứng"
SIGNING = "4. Xem lại và ký"

THATS_ME = "Đúng là tôi"
AGREE = "Tôi đồng ý"
START = "Bắt đầu tự đánh giá"
NEXT = "Tiếp theo"
BACK = "Quay lại"
MISSING = "Còn thiếu"
REST = "Các mục còn lại không áp dụng"
REST_SURE = "Ghi không áp dụng"
REVIEW = "Xem lại"
SIGN = "Ký xác nhận"
YES = "Có"
GROUP_C, GROUP_DD, GROUP_H = " c) ", " đ) ", " h) "
SATISFIED = "Hài lòng của người dân"
DISCIPLINE = "Kỷ luật, kỷ cương"
INDEXES = "PAR INDEX"
LEVEL_GOOD, LEVEL_BEST = "Tốt", "Xuất sắc"

NOT_ENOUGH = "90,0"
AS_FRACTION = "113/120"
EXPLANATION = "Không có vi phạm trong kỳ; khoa đã xác nhận."

PDF_NAME = "ket-qua-khao-sat-hai-long.pdf"
OLD_WORD_NAME = "bao-cao-quy-4.doc"

MORE = "…"
FILES_MADE = "Các tệp vừa tạo"
RESULTS = "ket-qua"


def lasted(entries: int) -> str:
    """At the end, once everything was as it should be."""
    return f"Xong. Nhật ký {entries} mục, nguyên vẹn. Không có gì được gửi ra ngoài."
