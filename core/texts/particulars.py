"""Words of the particulars in an achievement report: what is asked, why, and who sees it."""

from collections.abc import Mapping

LABELS: Mapping[str, str] = {
    "born_on": "Ngày, tháng, năm sinh",
    "sex": "Giới tính",
    "ethnicity": "Dân tộc",
    "religion": "Tôn giáo",
    "home": "Quê quán",
    "residence": "Nơi thường trú",
    "qualification": "Trình độ chuyên môn, nghiệp vụ",
    "political_theory": "Trình độ lý luận chính trị",
    "titles": "Học hàm, học vị, danh hiệu",
    "duties": "Quyền hạn, nhiệm vụ được giao",
    "awards": "Các hình thức đã được khen thưởng",
}
UNIT_LABELS: Mapping[str, str] = {
    "address": "Địa chỉ trụ sở chính, điện thoại",
    "founded": "Quá trình thành lập và phát triển",
    "structure": "Cơ cấu tổ chức, số lượng người",
    "conditions": "Cơ sở vật chất, điều kiện thực hiện nhiệm vụ",
    "duties": "Chức năng, nhiệm vụ được giao",
    "policies": "Chấp hành chủ trương của Đảng, pháp luật của Nhà nước",
    "activities": "Hoạt động của tổ chức đảng, đoàn thể",
    "awards": "Các hình thức đã được khen thưởng",
}
