"""The sentence for every refusal: what happened, that nothing is lost, what to do."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Literal

from core.numbers import NumberProblem
from core.refusals import Code, Refusal
from core.texts import (
    announcement_refusals,
    appraisal_refusals,
    award_refusals,
    ballot_refusals,
    calendar_refusals,
    campaign_dates,
    council_refusals,
    criteria_typed,
    cut_off,
    deputies,
    dossier_refusals,
    extensions,
    nudging,
    quota_meter,
    reminders_ladder,
    round_archive,
    unit_review_refusals,
)
from core.vietnamese import at_the_start, file_size, long_date

_PLAIN = {
    **announcement_refusals.PLAIN,
    **appraisal_refusals.PLAIN,
    **award_refusals.PLAIN,
    **ballot_refusals.PLAIN,
    **council_refusals.PLAIN,
    **dossier_refusals.PLAIN,
    **unit_review_refusals.PLAIN,
    Code.NOT_FOUND: (
        "Không tìm thấy nội dung này, hoặc anh/chị không có quyền xem. Gõ «menu» để về trang việc của mình."
    ),
    Code.NOT_JOINED: "Anh/chị chưa kết nối tài khoản. Hãy nhập mã tham gia do đơn vị cấp.",
    Code.CODE_UNUSABLE: (
        "Mã này không dùng được: có thể gõ sai, đã dùng hoặc đã hết hạn. "
        "Anh/chị kiểm tra lại, hoặc xin đầu mối của đơn vị cấp mã mới."
    ),
    Code.CODE_SHEET_FILES: cut_off.PROBLEM_FILES,
    Code.CODE_SHEET_SIZE: cut_off.PROBLEM_SIZE,
    Code.CODE_LOCKED: (
        "Mã này không dùng được. Vì đã nhập sai nhiều lần, anh/chị chờ 1 giờ rồi thử lại, "
        "hoặc liên hệ đầu mối của đơn vị."
    ),
    Code.NO_ROUND: "Hiện chưa có đợt tự đánh giá nào đang mở. Khi có, mục này sẽ hiện trong «Việc của tôi».",
    Code.ROUND_CLOSED: (
        "Đợt này đã khóa nên không thay đổi được nữa. Câu trả lời đã lưu vẫn còn và xem lại được. "
        "Nếu cần bổ sung, anh/chị liên hệ bộ phận phụ trách."
    ),
    Code.ALREADY_SIGNED: (
        "Bản tự đánh giá đã ký nên không sửa được. Nếu cần sửa, anh/chị rút lại bản đã ký "
        "(khi đợt còn mở) rồi sửa và ký lại."
    ),
    Code.ROUND_NOT_OVER: round_archive.NOT_OVER,
    Code.NOT_SIGNED: "Bản tự đánh giá này chưa ký hoặc đã được rút lại.",
    Code.ANSWERED: (
        "Tiêu chí này đã có câu trả lời nên tin nhắn vừa rồi chưa được ghi. "
        "Muốn đổi thì chọn «Trả lời lại», muốn thêm thì chọn «Ghi chú»."
    ),
    Code.EVIDENCE_OF_UNIT: (
        "Tệp này đang là minh chứng trong bản của đơn vị, ở phần nay do người khác phụ trách, nên "
        "anh/chị không gỡ hay thay được. Tệp vẫn còn; cần gỡ thì nhắn người phụ trách bản của đơn vị."
    ),
    Code.UPLOAD_PAGES: (
        "Hôm nay anh/chị đã lấy nhiều địa chỉ gửi tệp nên chưa cấp thêm được. Địa chỉ chưa dùng vẫn gửi được "
        "tệp trong 24 giờ; cần thêm thì anh/chị thử lại sau vài giờ."
    ),
    Code.HANDED_IN_ALREADY: (
        "Đơn vị đã nộp việc này rồi; bản đã nộp vẫn còn nguyên. Muốn nộp bản khác thì rút lại trước."
    ),
    Code.HANDED_IN_ANEW: (
        "Bản anh/chị đang xem đã được thay bằng bản khác nên chưa ghi gì. Anh/chị xem bản mới dưới đây trước."
    ),
    Code.NUMBER_OF_PAPER_MISSING: (
        "Chưa thấy số văn bản nên chưa ghi gì. Anh/chị nhập số, ký hiệu, ví dụ «12/KH-TYT»."
    ),
    Code.EXTENSION_WAITING: (
        "Đơn vị đang có một đề nghị gia hạn chờ trả lời cho việc này nên đề nghị mới chưa được gửi."
    ),
    Code.EXTENSION_ANSWERED: (
        "Đề nghị gia hạn này đã được trả lời hoặc rút lại trước đó nên lần này chưa ghi gì."
    ),
    Code.TEXT_TOO_SHORT: "Nội dung quá ngắn để người thẩm định hiểu được. Anh/chị viết thêm ít nhất vài từ.",
    Code.HAS_ACCOUNT: (
        "Người này đã có tài khoản nên tự làm bản tự đánh giá; anh/chị không khai thay được. "
        "Những gì đã khai thay vẫn được giữ và người đó xem lại được."
    ),
    Code.PROOF_MISSING: (
        "Chưa ký được: cần một ảnh hoặc bản quét phiếu giấy có chữ ký của người được khai thay, "
        "đã kiểm tra xong. Câu trả lời vẫn được giữ."
    ),
    Code.CAMPAIGN_NOT_APPROVED: (
        "Chưa công bố được vì bản nháp này chưa được duyệt. Bản nháp vẫn còn; "
        "anh/chị đọc lại, so với văn bản và chọn «Duyệt», rồi công bố."
    ),
    Code.CAMPAIGN_PUBLISHED: (
        "Phiên bản này đã công bố nên không bỏ được: câu trả lời của mọi người gắn với nó. "
        "Muốn thay thì anh/chị nạp bản mới và công bố."
    ),
    Code.DATES_DISORDERED: (
        "Ngày này làm cho lúc kết thúc đứng trước lúc bắt đầu nên chưa được ghi; các ngày đã nhập "
        "vẫn còn. Anh/chị kiểm tra lại, và nếu cần thì sửa đầu kia trước."
    ),
    Code.DOCUMENT_MISSING: (
        "Ngày chưa được ghi vì thiếu văn bản làm căn cứ. Anh/chị nêu số, ký hiệu "
        "và ngày của văn bản, ví dụ «Công văn số 12/SYT-VP ngày 03/11/2026»."
    ),
    Code.ALREADY_NOMINATED: (
        "Bản tự đánh giá này đã được đề nghị khen thưởng rồi. Muốn đổi thì rút đề nghị cũ trước."
    ),
    Code.NOT_NOMINATED: (
        "Không còn đề nghị nào để thực hiện việc này: đề nghị đã được rút hoặc đã khen. "
        "Anh/chị mở lại danh sách để xem tình trạng mới nhất."
    ),
    Code.WAIVER_SETTLED: (
        "Việc bỏ qua này không còn hiệu lực: đã có đề nghị, đã được quyết định, "
        "hoặc câu trả lời đã đổi. Anh/chị mở lại hồ sơ để xem tình trạng mới nhất."
    ),
    Code.TWO_PEOPLE: (
        "Việc bỏ qua phải do hai người: người đề nghị và người được xét không tự quyết định. "
        "Đề nghị vẫn chờ một người khác có thẩm quyền quyết định."
    ),
    Code.OWN_CASE: (
        "Việc này liên quan đến chính anh/chị hoặc đơn vị anh/chị phụ trách nên phải do người khác "
        "có thẩm quyền làm. Chưa có gì thay đổi."
    ),
    Code.COMMENDED: (
        "Bản tự đánh giá này đã được ghi là được khen nên chữ ký không rút lại được. "
        "Nếu có sai sót, anh/chị liên hệ bộ phận phụ trách."
    ),
    Code.PERIOD_REVERSED: (
        "Ngày kết thúc đứng trước ngày bắt đầu nên chưa ghi gì. "
        "Anh/chị nhập lại ngày kết thúc, hoặc chọn «Chưa rõ ngày kết thúc»."
    ),
    Code.QUIET_UNREADABLE: (
        "Chưa hiểu giờ này nên giờ cũ vẫn giữ nguyên. Anh/chị nhập lúc bắt đầu và lúc kết thúc, "
        "ví dụ «18h đến 8h» hoặc «11:30-13:30»."
    ),
    Code.QUIET_WHOLE_DAY: (
        "Giờ này cùng với giờ nghỉ chung không chừa lúc nào để nhắc nên chưa ghi; giờ cũ vẫn giữ nguyên. "
        "Anh/chị chọn khoảng ngắn hơn."
    ),
    Code.QUESTION_TOO_SHORT: "Nội dung quá ngắn nên chưa gửi. Anh/chị viết rõ hơn, ít nhất vài từ.",
    Code.REASON_OF_DATE_MISSING: (
        "Ngày này đổi hạn của đơn vị nên cần lý do để báo cho họ; chưa ghi gì. "
        "Anh/chị nêu lý do, ít nhất vài từ."
    ),
}
"""Sentences that need no facts."""


def sentence(refusal: Refusal) -> str:
    """The sentence a person reads."""
    facts = refusal.facts
    match refusal.code:
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
            return criteria_typed.unreadable(
                _problem(facts),
                str(facts["given"]),
                str(facts.get("unit", "")),
                _decimal(facts, "low"),
                _decimal(facts, "high"),
            )
        case Code.SLOT_TOO_SHORT:
            return criteria_typed.slot_too_short(str(facts["slot"]))
        case Code.SLOT_TOO_LONG:
            return criteria_typed.slot_too_long(
                str(facts["slot"]), _number(facts, "length"), _number(facts, "limit")
            )
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
        case Code.ISSUE_DATE_MISSING:
            return (
                f"Chưa công bố được kế hoạch {facts['plan']}: thời gian tính từ ngày ban hành, mà văn bản "
                "chưa ghi ngày ban hành. Bản nháp vẫn còn. Anh/chị nhập «Ngày ban hành» "
                "kèm văn bản làm căn cứ, rồi công bố lại."
            )
        case Code.DATE_UNREADABLE:
            return _date_unreadable(facts)
        case Code.DATE_IMPLAUSIBLE:
            return campaign_dates.implausible(facts)
        case Code.NOT_ELIGIBLE:
            return (
                f"Chưa thực hiện được: còn {_number(facts, 'obstacles')} điều cản trở chưa được giải quyết. "
                "Anh/chị xem từng điều ngay tại đây; bản tự đánh giá vẫn còn nguyên."
            )
        case Code.ALREADY_COMMENDED:
            return (
                f"Thành tích này đã được đề nghị hoặc đã được khen ở «{facts['where']}». "
                "Một thành tích chỉ khen một lần, nên chưa ghi đề nghị. Nếu là thành tích khác, "
                "anh/chị ghi rõ hơn."
            )
        case Code.QUOTA_FULL:
            return (
                f"Đã khen đủ {_number(facts, 'limit')} theo chỉ tiêu của kế hoạch nên chưa ghi thêm. "
                "Đề nghị vẫn còn trong danh sách."
            )
        case Code.QUESTIONS_OPEN:
            return (
                f"Anh/chị đang có {_number(facts, 'limit')} câu hỏi chờ trả lời nên câu này chưa gửi. "
                "Các câu trước vẫn còn; có câu trả lời rồi thì gửi tiếp được."
            )
        case Code.QUESTION_ANSWERED:
            return (
                f"Câu hỏi này vừa được {facts.get('name') or 'người khác'} trả lời, người hỏi đã nhận. "
                "Nội dung anh/chị vừa gõ chưa gửi cho ai."
            )
        case Code.TEXT_TOO_LONG:
            length = f" {_number(facts, 'length')} ký tự" if "length" in facts else ""
            return (
                f"Nội dung vừa nhắn dài{length}, quá giới hạn {_number(facts, 'limit')} ký tự "
                "nên chưa được ghi; những gì đã lưu vẫn còn nguyên. "
                "Anh/chị chép lại tin vừa nhắn, rút gọn rồi gửi lại."
            )
        case Code.PLAN_NOT_WORKBOOK:
            return (
                f"Tệp «{facts['name']}» không phải bảng tính .xlsx nên chưa được nhận. Anh/chị lưu kế hoạch "
                "theo mẫu Excel rồi gửi lại; tệp TOML thì quản trị viên nạp bằng dòng lệnh."
            )
        case Code.YEAR_OUTSIDE:
            return (
                f"Không chép được cho năm {facts['year']}: năm mới phải sau năm {facts['first']}, "
                f"và kế hoạch phải xong trước hết năm {facts['last']}. Chưa có gì thay đổi."
            )
        case (
            Code.DAY_UNREADABLE
            | Code.DAY_ALREADY_SO
            | Code.NOTHING_TO_SWAP
            | Code.YEAR_CONFIRMED
            | Code.CALENDAR_ENDS
        ):
            return calendar_refusals.sentence(refusal.code, facts)
        case Code.DATED_LATER | Code.CUT_OFF_OUTSIDE:
            return _of_handing_in(refusal.code, facts)
        case (
            Code.EXTENSION_TOO_EARLY
            | Code.EXTENSION_TOO_LATE
            | Code.EXTENSION_CUT_SHORT
            | Code.EXTENSION_UNCHANGED
            | Code.EXTENSION_OVERTAKEN
        ):
            return extensions.declined(refusal)
        case Code.CHANNEL_FULL:
            return quota_meter.people_full(str(facts["channel"]), _number(facts, "users"))
        case Code.VOTE_SUMS:
            return ballot_refusals.sums(refusal)
        case Code.COUNCIL_TOO_FEW:
            return council_refusals.too_few(refusal)
        case Code.MEETING_LACKS | Code.MEETING_TOO_FEW | Code.MEETING_SUMS | Code.OBJECTION_LONG:
            return unit_review_refusals.sentence(refusal)
        case (
            Code.APPRAISAL_ELSEWHERE
            | Code.APPRAISAL_UNFINISHED
            | Code.APPRAISAL_DAYS_OUTSIDE
            | Code.SUPPLEMENT_FULL
            | Code.SUPPLEMENT_OPEN
            | Code.SHORTLIST_PLACE
        ):
            return appraisal_refusals.sentence(refusal)
        case Code.LADDER_WRONG:
            return reminders_ladder.wrong(refusal)
        case Code.SNOOZE_TOO_LATE:
            return reminders_ladder.snooze_too_late(refusal)
        case Code.SNOOZE_PAST:
            return reminders_ladder.SNOOZE_PAST
        case (
            Code.ANNOUNCEMENT_QUESTION
            | Code.ANNOUNCEMENT_TIME_PAST
            | Code.ANNOUNCEMENTS_A_DAY
            | Code.ANNOUNCEMENT_FILES
            | Code.ANNOUNCEMENT_FILES_WAITING
        ):
            return announcement_refusals.sentence(refusal)
        case Code.NUDGED_TODAY | Code.NUDGED_TOO_EARLY | Code.NOTHING_TO_NUDGE | Code.NOBODY_TO_NUDGE:
            return nudging.declined(refusal)
        case (
            Code.ABSENCE_PAST
            | Code.ABSENCE_REVERSED
            | Code.ABSENCE_TOO_LONG
            | Code.ABSENCE_OVERLAPS
            | Code.DEPUTY_SELF
            | Code.DEPUTY_GONE
            | Code.DEPUTY_AWAY
            | Code.DEPUTY_BEYOND
        ):
            return deputies.declined(refusal)
        case _:
            return _PLAIN[refusal.code]


def _of_handing_in(
    code: Literal[Code.DATED_LATER, Code.CUT_OFF_OUTSIDE],
    facts: Mapping[str, object],
) -> str:
    match code:
        case Code.DATED_LATER:
            return (
                f"{at_the_start(_day(facts, 'day'))} chưa đến nên chưa ghi gì. "
                "Anh/chị nhập ngày ký ghi trên văn bản."
            )
        case Code.CUT_OFF_OUTSIDE:
            return (
                f"Hạn nội bộ phải từ {_day(facts, 'day')} và trước {_day(facts, 'other')} là ngày làm việc "
                "cuối để nộp; chưa có gì thay đổi. Anh/chị chọn ngày khác."
            )


def _day(facts: Mapping[str, object], name: str) -> str:
    value = facts[name]
    assert isinstance(value, date)
    return long_date(value)


def _date_unreadable(facts: Mapping[str, object]) -> str:
    if facts["moment"]:
        example = "giờ và ngày như «17:00 04/12/2026»"
    else:
        every = ", hoặc «15/12» nếu là ngày của mọi năm" if facts["yearly"] else ""
        example = f"ngày như «15/12/2026»{every}"
    return f"Không đọc được «{facts['given']}» nên chưa ghi gì. Anh/chị nhập {example}."


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
