"""The words of the awards in the demonstration: its scenes, and what people press, type and send."""

NOMINATING = "11. Hùng đề nghị khen thưởng Lan, Thảo và Tâm"
MEETING = "12. Khoa họp bình xét (họp giấy, ghi lại)"
DOSSIER = "13. Hồ sơ của khoa: khám ra lỗi, lập giấy tờ, hết lỗi"
SUBMITTING = "14. Nộp hồ sơ, nhận biên nhận"
APPRAISING = "15. Khánh thẩm định: Lan, Tâm đạt; phần của Thảo cần bổ sung"
SUPPLEMENTING = "16. Khoa bổ sung; thẩm định xong"
CALLING = "17. Triệu tập Hội đồng"
VOTING = "18. Hội đồng bỏ phiếu kín"
CONCLUDING = "19. Kiểm phiếu, kết luận, biên bản"
APPROVING = "20. Giám đốc phê duyệt"
DECIDED = "21. Văn phòng nhập Quyết định đã ký; mọi người được báo"
ON_RECORD = "22. «Khen thưởng của tôi»; dự thảo thông báo kết quả"

ROUND = "Năm 2026"
BACK = "Quay lại"
LAN, THAO, TAM = "Nguyễn Mẫu Lan", "Hồ Mẫu Thảo", "Phan Mẫu Tâm"
HUNG, HANH = "Trần Mẫu Hùng", "Tạ Mẫu Hạnh"

NOMINATE_COMMAND, NOMINATE = "/denghi", "Đề nghị khen thưởng"
ACHIEVEMENTS = {
    LAN: "Rút ngắn thời gian chờ khám từ 60 phút còn 25 phút.",
    THAO: "Chủ trì bộ phiếu khảo sát hài lòng bằng mã QR.",
    TAM: "Sắp xếp lại việc lấy mẫu xét nghiệm buổi sáng.",
}

REVIEW_COMMAND = "/binhxet"
MEET, ON_PAPER = "Họp bình xét", "Ghi lại cuộc họp giấy"
MEMBERS = ("Thành viên", HUNG, THAO, TAM, HANH)
POSTS = ("Chủ trì", HUNG, "Thư ký", HANH)
PLACE, WARD_ROOM = "Địa điểm", "Phòng giao ban khoa"
TIME, MET_AT = "Thời gian", "7 giờ 30 hôm nay"
COUNTS, OF_LAN, OF_THAO, OF_TAM = "Nhập số phiếu", "4 0 0", "3 0 0", "2 1 0"
SIGNED_MINUTES, MINUTES_FILE = "Biên bản đã ký", "bien-ban-hop-khoa-noi.pdf"
CONCLUDE = "Ghi kết luận"
WARD_CONCLUDES = f"Nhất trí đề nghị khen thưởng {LAN}, {THAO} và {TAM}."

DOSSIER_COMMAND = "/hoso"
EXAMINE = "Khám hồ sơ"
PAPERS, MAKE = "Giấy tờ", "Lập giấy tờ"
PARTICULARS, ONE_BY_ONE = "Điền lý lịch", "Điền lần lượt"
BORN, WOMAN = "12/03/1988", "Nữ"
OPEN = "Mở hồ sơ"
SUBMIT, RECEIVED = "Nộp hồ sơ", "Đã nhận hồ sơ. Biên nhận HS-"
#: What is pressed in a dossier that was handed in, to get each file.
FETCHED = (
    (PAPERS, "Tờ trình", "Tải tệp 1"),
    (PAPERS, "Biên bản họp", "Tải tệp 1"),
    (PAPERS, "Báo cáo thành tích", "Tải tệp 1", "Tải tệp 2", "Tải tệp 3"),
    (PAPERS, "Danh sách trích ngang", "Tải tệp 1"),
    (PAPERS, "Danh mục minh chứng", "Tải tệp 1"),
    ("Các bản đã nộp", "Bản 2", "Tải gói hồ sơ"),
)

TAKE_UP = "Nhận thẩm định"
CRITERION = "004-h1"
UNCLEAR, UNCLEAR_WHY = "Cần làm rõ", "Chưa có bảng xếp hạng chỉ số năm 2026 kèm theo."
ASK_MORE, MORE = "Yêu cầu bổ sung mục này", "Gửi bảng xếp hạng PAR INDEX, SIPAS năm 2026."
THE_REST = "Còn lại: Đạt"
ITEMS, SEND_BACK = "Mục cần bổ sung", "Trả hồ sơ để bổ sung"
SUPPLEMENT, FIRST_ITEM = "Bổ sung", "Mục 1"
RANKING_FILE, RANKING_WORDS = "bang-xep-hang-2026.pdf", "Kèm bảng xếp hạng do Sở Y tế công bố."
SUBMIT_AGAIN = "Nộp lại hồ sơ"
SUPPLEMENTED = "Xem phần đã bổ sung"
MET = "Đạt"
FINISH = "Kết thúc thẩm định"
REPORT = "Lập báo cáo thẩm định"

COUNCIL_COMMAND = "/hoidong"
CALL = "Triệu tập phiên họp"
SITS_AT, SITS_WHERE = "14:00 {day}", "Phòng họp Ban Giám đốc"
CHOOSE_CHAIR, CHAIR = "Xong, chọn người chủ trì", "Cao Mẫu Phong"
CALL_SURE = "Triệu tập và báo"
OPEN_SITTING = "Mở phiên họp"
SITTING = "Phiên 1"
OPEN_VOTE, VOTE_UNTIL = "Mở bỏ phiếu kín", "16:30 {day}"
VOTE, BEGIN_VOTE = "Bỏ phiếu kín", "Bỏ phiếu (còn"
FOR, AGAINST, BLANK = "Đồng ý", "Không đồng ý", "Phiếu trắng"
COUNT = "Kết thúc, kiểm phiếu"
CONCLUDE_SITTING = "Kết luận phiên họp"
COUNCIL_CONCLUDES = "Thống nhất đề nghị tặng Giấy khen theo kết quả bỏ phiếu."
APPROVE, CHOSEN = "Phê duyệt danh sách", "2"
ENTER_DECISION = "Nhập Quyết định đã ký"
DECISION_NUMBER, DECISION_FILE = "15/QĐ-TTYT", "quyet-dinh-15.pdf"
RECORD = "Ghi Quyết định"
AWARDS_COMMAND = "/khenthuong"
DRAFT_ANNOUNCEMENT = "Soạn thông báo kết quả"
