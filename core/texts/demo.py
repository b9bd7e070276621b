"""The words of the demonstration up to the awards: its scenes, and what people press, type and send."""

HELP = (
    "Diễn từ tự đánh giá, hạn nộp đến quyết định khen thưởng bằng dữ liệu mẫu, in hội thoại và tệp. "
    "Không gửi gì ra ngoài."
)
HELP_FOLDER = "Thư mục chứa kết quả; được làm mới mỗi lần chạy."

TITLE = "Trình diễn: tự đánh giá, thông báo, hạn nộp, khen thưởng; Telegram mô phỏng, thời gian giả định"
JOINING = "1. Nối tài khoản"
ANSWERING = "2. Tự đánh giá: nhiều loại tiêu chí"
EVIDENCE = "3. Minh chứng"
SIGNING = "4. Xem lại và ký"
ANNOUNCING = "5. Văn phòng thông báo cho các trưởng đơn vị"
READING = "6. Cúc xác nhận đã đọc, Hùng thì chưa: chỉ nhắc Hùng"
DUE = "7. Có hạn nộp: trưởng đơn vị được nhắc"
HANDING_IN = "8. Cúc nộp báo cáo, nhận biên nhận, không bị nhắc nữa"
MISSING_IT = "9. Hùng không nộp: nhắc theo thang, báo cấp phó, báo văn phòng"
OFFICE = "10. Văn phòng xem tình hình nộp"

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

NOT_ENOUGH, ANSWER_AGAIN, ENOUGH = "90,0", "Trả lời lại", "91/100"
AS_FRACTION = "113/120"
EXPLANATION = "Không có vi phạm trong kỳ; khoa đã xác nhận."

PDF_NAME = "ket-qua-khao-sat-hai-long.pdf"
OLD_WORD_NAME = "bao-cao-quy-4.doc"

ANNOUNCE_COMMAND = "/thongbao"
ANNOUNCE = "Soạn thông báo"
MEETING = "Họp giao ban về cải cách hành chính"
MEETING_WORDS = (
    "Đúng 07:30 thứ Tư 16/12/2026 tại hội trường. Mỗi đơn vị mang theo số liệu đến hết ngày 15/12."
)
ASK_READING = "Xác nhận, câu hỏi"
WANT_READING = "Cần xác nhận đã đọc"
AUDIENCE = "Người nhận"
BY_ROLE = "Vai trò"
HEADS = "Thủ trưởng đơn vị"
SENDING = "Gửi…"
SEND_TO = "Gửi cho"
HAVE_READ = "Đã đọc"
RESULTS_SCREEN = "Xem kết quả"
CALLS = "Danh sách cần gọi"
REMIND = "chưa đọc"
MEETING_AGAIN = f"Nhắc đọc: {MEETING}"

HAND_IN_COMMAND = "/nop"
REPORT = "Báo cáo · Thi đua"
HAND_IN = "Nộp báo cáo"
SEND = "Nộp"
REPORT_NUMBER = "12/BC-KKB"
REPORT_DATED = "24/12/2026"
REPORT_WORDS = "Khoa đạt 30/32 tiêu chí; còn chậm ở khám đặt lịch; kiến nghị thêm một máy in mã."
REPORT_FILE = "bao-cao-khoa-kham-benh.pdf"
REMINDED = "Nhắc việc: báo cáo"
OVERDUE = "quá hạn"
LAST_WORD = "Lời nhắc cuối: báo cáo"
MISSED = "Khoa Nội"
MENU = "menu"
BOARD = "Tình hình nộp"

MORE = "…"
FILES_MADE = "Các tệp vừa tạo"
RESULTS = "ket-qua"


def lasted(entries: int) -> str:
    """At the end, once everything was as it should be."""
    return f"Xong. Nhật ký {entries} mục, nguyên vẹn. Không có gì được gửi ra ngoài."


def to(name: str) -> str:
    """The house writes to somebody."""
    return f"→ {name}"
