"""The sentence for every refusal: what happened, that nothing is lost, what to do."""

from collections.abc import Mapping
from decimal import Decimal
from typing import assert_never

from core.numbers import NumberProblem
from core.refusals import Code, Refusal
from core.texts import criteria
from core.vietnamese import file_size


def sentence(refusal: Refusal) -> str:
    """The sentence a person reads."""
    facts = refusal.facts
    match refusal.code:
        case Code.NOT_FOUND:
            return (
                "Không tìm thấy nội dung này, hoặc anh/chị không có quyền xem. "
                "Gõ «menu» để về trang việc của mình."
            )
        case Code.NOT_JOINED:
            return "Anh/chị chưa kết nối tài khoản. Hãy nhập mã tham gia do đơn vị cấp."
        case Code.CODE_UNUSABLE:
            return (
                "Mã này không dùng được: có thể gõ sai, đã dùng hoặc đã hết hạn. "
                "Anh/chị kiểm tra lại, hoặc xin đầu mối của đơn vị cấp mã mới."
            )
        case Code.CODE_LOCKED:
            return (
                "Mã này không dùng được. Vì đã nhập sai nhiều lần, anh/chị chờ 1 giờ rồi thử lại, "
                "hoặc liên hệ đầu mối của đơn vị."
            )
        case Code.NO_ROUND:
            return "Hiện chưa có đợt tự đánh giá nào đang mở. Khi có, mục này sẽ hiện trong «Việc của tôi»."
        case Code.ROUND_CLOSED:
            return (
                "Đợt này đã khóa nên không thay đổi được nữa. Câu trả lời đã lưu vẫn còn và xem lại được. "
                "Nếu cần bổ sung, anh/chị liên hệ bộ phận phụ trách."
            )
        case Code.ALREADY_SIGNED:
            return (
                "Bản tự đánh giá đã ký nên không sửa được. Nếu cần sửa, anh/chị rút lại bản đã ký "
                "(khi đợt còn mở) rồi sửa và ký lại."
            )
        case Code.NOT_SIGNED:
            return "Bản tự đánh giá này chưa ký hoặc đã được rút lại."
        case Code.ANSWERED:
            return (
                "Tiêu chí này đã có câu trả lời nên tin nhắn vừa rồi chưa được ghi. "
                "Muốn đổi thì chọn «Trả lời lại», muốn thêm thì chọn «Ghi chú»."
            )
        case Code.INCOMPLETE:
            return (
                f"Chưa ký được: còn {_number(facts, 'missing')} tiêu chí chưa trả lời. "
                "Mở «Còn thiếu» để làm tiếp; phần đã trả lời vẫn được giữ."
            )
        case Code.EVIDENCE_CHECKING:
            return (
                f"Còn {_number(facts, 'files')} tệp đang được kiểm tra. "
                "Anh/chị chờ ít phút rồi ký lại; câu trả lời vẫn được giữ."
            )
        case Code.NUMBER_UNREADABLE:
            return criteria.unreadable(
                _problem(facts),
                str(facts["given"]),
                str(facts.get("unit", "")),
                _decimal(facts, "low"),
                _decimal(facts, "high"),
            )
        case Code.TEXT_TOO_SHORT:
            return "Nội dung quá ngắn để người thẩm định hiểu được. Anh/chị viết thêm ít nhất vài từ."
        case Code.TOO_MANY_FILES:
            return (
                f"Mỗi tiêu chí dùng tối đa {_number(facts, 'limit')} tệp nên chưa gắn thêm được. "
                "Các tệp vẫn còn trong «Minh chứng của tôi»; anh/chị bỏ bớt tệp khỏi tiêu chí rồi gắn lại."
            )
        case Code.DAILY_QUOTA:
            return (
                f"Trong 24 giờ qua anh/chị đã gửi đủ {_number(facts, 'limit')} tệp hoặc đủ dung lượng "
                "cho phép; tệp vừa gửi chưa được nhận. Các tệp trước vẫn còn; anh/chị gửi lại sau vài giờ."
            )
        case Code.FILE_TOO_BIG:
            return (
                f"Tệp «{facts.get('name', '')}» {_size(facts, 'size')}, giới hạn {_size(facts, 'limit')}; "
                "tệp này chưa được nhận, câu trả lời vẫn còn. "
                "Anh/chị gửi ảnh chụp thay cho bản quét lớn, hoặc tách tệp thành nhiều phần."
            )
        case _:
            assert_never(refusal.code)


def _number(facts: Mapping[str, object], name: str) -> int:
    value = facts[name]
    assert isinstance(value, int)
    return value


def _size(facts: Mapping[str, object], name: str) -> str:
    return file_size(_number(facts, name))


def _decimal(facts: Mapping[str, object], name: str) -> Decimal | None:
    value = facts.get(name)
    return value if isinstance(value, Decimal) else None


def _problem(facts: Mapping[str, object]) -> NumberProblem:
    value = facts["problem"]
    assert isinstance(value, NumberProblem)
    return value
