"""Made-up words of the dossier that templates are tried on."""

from collections.abc import Mapping

ROUND = "Năm 2027"
UNIT = "Khoa Ví dụ"
HEAD = "Trần Văn Trưởng"
HEAD_POST = "Trưởng khoa"
POST = "Điều dưỡng"
NAMES = ("Nguyễn Thị Ví Dụ", "Lê Văn Mẫu", "Phạm Thị Thử")
ACHIEVEMENT = (
    "Rút ngắn thời gian chờ khám từ 60 phút còn 25 phút nhờ lấy số trực tuyến, áp dụng toàn khoa từ tháng 3."
)
TOLD = "Đã thực hiện từ tháng 3, có báo cáo kết quả từng quý."
FILE = "Báo cáo kết quả số {}.pdf"
PLACE = "Phòng họp Khoa Ví dụ"
SECRETARY = "Đỗ Thị Thư, điều dưỡng"
PRESENT = (
    "Trần Văn Trưởng, Trưởng khoa",
    "Bùi Thị Phó, Phó Trưởng khoa",
    "Đỗ Thị Thư, điều dưỡng",
    "Hồ Văn Tám, bác sĩ",
    "Lý Thị Chín, điều dưỡng",
    "Mai Văn Mười, kỹ thuật viên",
    "Ngô Thị Sáu, bác sĩ",
    "Phan Văn Bảy, điều dưỡng",
)
ABSENT = ("Vũ Thị Năm, bác sĩ (đi công tác)",)
CONCLUSIONS = (
    "Hội đồng thống nhất đề nghị khen thưởng các trường hợp có tên trên; giao thư ký hoàn thiện hồ sơ."
)
PARTICULARS: Mapping[str, str] = {
    "born_on": "12/03/1988",
    "sex": "Nữ",
    "ethnicity": "Kinh",
    "religion": "Không",
    "home": "Xã Ví Dụ, tỉnh Mẫu",
    "residence": "Phường Ví Dụ, tỉnh Mẫu",
    "qualification": "Cử nhân điều dưỡng",
    "political_theory": "Sơ cấp",
    "titles": "Không",
    "duties": "Chăm sóc người bệnh, phụ trách tiếp nhận và hướng dẫn tại khoa.",
    "awards": "Giấy khen của Giám đốc đơn vị năm 2025 (Quyết định số 12/QĐ-ĐVM ngày 05/01/2026).",
    "address": "Số 1 đường Ví Dụ, tỉnh Mẫu; điện thoại 0200 000 000",
    "founded": "Thành lập năm 2010.",
    "structure": "02 tổ, 24 người: 06 bác sĩ, 15 điều dưỡng, 03 kỹ thuật viên.",
    "conditions": "30 giường bệnh, 05 phòng khám.",
    "policies": "Chấp hành tốt, không có người vi phạm.",
    "activities": "Chi bộ và công đoàn bộ phận hoàn thành tốt nhiệm vụ.",
}
