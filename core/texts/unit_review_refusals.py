"""Why something cannot be done in the review within a unit."""

from collections.abc import Iterable, Mapping

from core.refusals import Code, Refusal
from core.unit_reviews import Gap

PLAIN: Mapping[Code, str] = {
    Code.WINDOW_OPEN: "Danh sách này đang được công khai nên không mở thêm lượt nữa. "
    "Các ý kiến đã nhận vẫn còn; anh/chị xem ở mục công khai.",
    Code.WINDOW_OVER: "Lượt công khai này đã kết thúc nên không nhận thêm ý kiến. "
    "Nội dung vừa gửi chưa được ghi; anh/chị trao đổi trực tiếp với thủ trưởng đơn vị.",
    Code.NOBODY_PROPOSED: "Đơn vị chưa đề nghị ai ở đợt này nên chưa làm được bước này. Không có gì bị mất; "
    "anh/chị đề nghị khen thưởng trước rồi quay lại.",
    Code.OBJECTED_ALREADY: "Anh/chị đã có ý kiến về người này trong lượt công khai này nên ý kiến vừa gửi "
    "chưa được ghi; ý kiến trước vẫn còn.",
    Code.OBJECTION_SETTLED: "Ý kiến này đã được trả lời nên câu trả lời vừa gửi chưa được ghi; "
    "câu trả lời trước vẫn còn.",
    Code.MEETING_THERE: "Đã có một cuộc họp bình xét cho hồ sơ này. Cuộc họp đó vẫn còn nguyên; "
    "muốn họp lại thì anh/chị hủy kết quả cuộc họp đó trước.",
    Code.MEETING_MOVED_ON: "Cuộc họp đã sang bước khác nên việc vừa chọn không còn làm được. "
    "Không có gì bị mất; màn hình dưới đây là tình trạng hiện tại.",
    Code.WORDS_FEW: "Nội dung quá ngắn nên chưa ghi gì. Anh/chị viết một câu đầy đủ để người nhận hiểu được.",
}

GAPS: Mapping[Gap, str] = {
    Gap.MEMBERS: "chưa đủ ba thành viên",
    Gap.CHAIR: "chưa có người chủ trì dự họp",
    Gap.SECRETARY: "chưa có thư ký dự họp",
    Gap.PLACE: "chưa ghi địa điểm",
    Gap.TIME: "chưa ghi thời gian họp",
    Gap.QUORUM: "chưa đủ số thành viên dự họp",
    Gap.EARLY: "chưa đến giờ họp đã ghi",
    Gap.VOTES: "chưa nhập đủ số phiếu",
    Gap.PROOF: "chưa có ảnh hoặc bản quét biên bản đã ký, đã kiểm tra xong",
}


def gaps(found: Iterable[Gap]) -> str:
    """«chưa có thư ký; chưa ghi địa điểm»."""
    return "; ".join(GAPS[one] for one in found)


def sentence(refusal: Refusal) -> str:
    """Those that tell a name or a figure."""
    facts = refusal.facts
    if refusal.code is Code.MEETING_LACKS:
        found = facts["gaps"]
        assert isinstance(found, tuple)
        return (
            f"Chưa làm được bước này vì {gaps(found)}. Những gì đã ghi vẫn còn; anh/chị bổ sung rồi chọn lại."
        )
    if refusal.code is Code.MEETING_TOO_FEW:
        return (
            f"Về {facts['name']}, còn {facts['count']} người dự họp được bỏ phiếu; dưới ba người thì kết quả "
            "lộ phiếu của từng người, nên chưa mở bỏ phiếu. Anh/chị thêm thành viên, hoặc họp bỏ phiếu giấy."
        )
    if refusal.code is Code.MEETING_SUMS:
        return (
            f"Số phiếu vừa nhập là {facts['count']}, nhiều hơn {facts['limit']} người dự họp được bỏ phiếu "
            "về người này, nên chưa ghi; số đã nhập trước vẫn còn. Anh/chị kiểm lại biên bản rồi nhập lại."
        )
    return f"Nội dung dài hơn {facts['limit']} ký tự nên chưa ghi gì. Anh/chị chép lại, rút gọn rồi gửi lại."
