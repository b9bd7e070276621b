"""Why something cannot be done with a dossier."""

from collections.abc import Mapping

from core.refusals import Code

PLAIN: Mapping[Code, str] = {
    Code.DOSSIER_MOVED_ON: "Hồ sơ này đã sang bước khác nên việc vừa chọn không còn làm được. "
    "Không có gì bị mất; màn hình dưới đây là tình trạng hiện tại.",
    Code.DOSSIER_NOT_OPEN: "Hồ sơ đã nộp nên đơn vị không sửa được lúc này. Nội dung vẫn còn nguyên; "
    "nếu cần sửa, thủ trưởng đơn vị rút hồ sơ về, sửa rồi nộp lại.",
}
