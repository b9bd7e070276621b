"""Why an award cannot be put on record."""

from collections.abc import Mapping

from core.refusals import Code

PLAIN: Mapping[Code, str] = {
    Code.AWARD_THERE: "Khen thưởng này (cùng hình thức, số và ngày quyết định) đã có trong hồ sơ của người "
    "hoặc đơn vị này nên không ghi thêm. Anh/chị mở hồ sơ để xem mục đã ghi.",
    Code.AWARD_YEARS: "Chưa đọc được năm của thành tích nên chưa ghi. Anh/chị nhắn một năm hoặc một khoảng "
    "năm không quá năm nay, ví dụ 2025 hoặc 2021-2025; các mục đã nhập vẫn còn.",
    Code.AWARD_SHEET_NOT_XLSX: "Tệp này không phải bảng Excel (.xlsx) nên chưa nhận. Anh/chị lấy mẫu ở "
    "màn hình này, điền rồi lưu dạng .xlsx; chưa có gì thay đổi.",
    Code.AWARD_SHEET_SETTLED: "Bảng này đã được ghi, bỏ hoặc thay đổi trước đó nên lần này chưa ghi gì. "
    "Màn hình dưới đây là tình trạng hiện tại.",
}
