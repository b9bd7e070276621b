"""Words of the papers: what their templates are written with, and lines made from facts."""

from datetime import date
from enum import StrEnum

from core.assessment import Entry, EvidenceFacts, SignedCopy
from core.campaigns import Campaign, Group, Track
from core.criteria import Outcome
from core.texts import criteria_verdict
from core.texts.deputies import in_place_of
from core.vietnamese import at_the_start, file_size, inside_a_sentence, official_date


class Style(StrEnum):
    """Names of the paragraph styles of a template, as Word lists them."""

    NATION = "Quốc hiệu"
    MOTTO = "Tiêu ngữ"
    AGENCY = "Cơ quan"
    RULE = "Đường kẻ"
    NUMBER = "Số, ký hiệu"
    ABOUT = "Về việc"
    TITLE = "Tên loại văn bản"
    ADDRESSEE = "Kính gửi"
    SECTION = "Đề mục"
    BODY = "Nội dung"
    PARAGRAPH = "Đoạn văn"
    HEADING = "Mục"
    FACT = "Thông tin"
    HEAD = "Đầu bảng"
    COUNT = "Số liệu bảng"
    GROUP = "Nhóm tiêu chí"
    CODE = "Mã tiêu chí"
    CELL = "Ô bảng"
    MIDDLE = "Ô bảng giữa"
    SMALL = "Chữ nhỏ"
    KEY = "Chú giải"
    BASIS = "Căn cứ"
    DIGEST = "Mã kiểm tra"
    PLACE = "Địa danh, ngày tháng"
    SIGNER = "Người ký"
    SIGNING = "Cách ký"
    COPIES = "Nơi nhận"
    COPY = "Tên nơi nhận"
    FOOTER = "Chân trang"


NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
TITLE = "BẢN TỰ ĐÁNH GIÁ"
SUBTITLE = "Kết quả thực hiện các tiêu chí thi đua, {}"
NAME = "Họ và tên"
STAFF_CODE = "Mã nhân viên"
POST = "Chức vụ"
UNIT = "Đơn vị"
PLAN = "Kế hoạch"
PLAN_NUMBER = "Số, ngày ban hành"
ROUND = "Đợt xét"
RECEIPT = "Số biên nhận"
SIGNED_AT = "Ký xác nhận lúc"

SUMMARY = "I. TỔNG HỢP"
TOTAL = "Tổng số tiêu chí"
FILES = "Tệp minh chứng"

ITEMS = "II. KẾT QUẢ TỪNG TIÊU CHÍ"
CRITERION = "Tiêu chí theo kế hoạch"
ANSWER = "Trả lời, đối chiếu, minh chứng"
RESULT = "Kết quả"
ANSWERED = "Trả lời"
COMPARED = "Đối chiếu"
NOTE = "Ghi chú"
EVIDENCE = "Minh chứng"
EVIDENCE_KEY = (
    "Mỗi minh chứng ghi mã, tên tệp, dung lượng và 12 ký tự đầu của mã kiểm tra (SHA-256) tính trên tệp gốc."
)

SIGNED = "III. NỘI DUNG ĐÃ KÝ XÁC NHẬN"
STATEMENT = (
    "Bản này in lại nội dung người tự đánh giá đã ký xác nhận trong hệ thống vào thời điểm nêu trên. "
    "Việc ký trong hệ thống có giá trị trong nội bộ cơ quan, không thay cho chữ ký tay hoặc chữ ký số."
)
DIGEST = "Mã kiểm tra (SHA-256) của nội dung đã ký:"

DATE_LINE = "………………, ngày …… tháng …… năm 20……"
HEAD_CONFIRMS = "XÁC NHẬN CỦA\nTHỦ TRƯỞNG ĐƠN VỊ"
HEAD_SIGNS = "(Ký, ghi rõ họ tên, đóng dấu)"
PERSON = "NGƯỜI TỰ ĐÁNH GIÁ"
PERSON_SIGNS = "(Ký, ghi rõ họ tên)"
FOOTER = "Biên nhận {} · Mã kiểm tra {}"

NO_DATE = "ngày …… tháng …… năm 20……"
_DOCUMENTS = ("Chỉ thị", "Nghị quyết", "Quyết định", "Luật", "Nghị định")
_NO_NUMBER = "chưa ghi trong bản kế hoạch được nhập"


def plan_number(campaign: Campaign) -> str:
    """«Số 12/KH-TTYT, ngày 15/04/2026», or that the plan at hand gives neither."""
    said = [
        f"số {campaign.number}" if isinstance(campaign.number, str) else "",
        f"ngày {campaign.issued_on:%d/%m/%Y}" if isinstance(campaign.issued_on, date) else "",
    ]
    line = ", ".join(part for part in said if part) or _NO_NUMBER
    return line[0].upper() + line[1:]


def plan_named(campaign: Campaign) -> str:
    """«Kế hoạch số 41/KH-SYT ngày 21 tháng 3 năm 2022 của Sở Y tế … về phát động phong trào …».

    A number or a day nobody entered is left as dots, to be written by hand.
    """
    number = campaign.number if isinstance(campaign.number, str) else "……/KH-……"
    issued = official_date(campaign.issued_on) if isinstance(campaign.issued_on, date) else NO_DATE
    title = inside_a_sentence(campaign.title.rstrip(". ").removeprefix("Kế hoạch "))
    return f"Kế hoạch số {number} {issued} của {campaign.issuer} về {title}"


def movement(campaign: Campaign) -> str:
    """What one takes part in, inside a sentence: «phong trào thi đua đẩy mạnh cải cách hành chính …»."""
    title = campaign.title.rstrip(". ")
    for start in ("Kế hoạch ", "Về việc ", "Tổ chức ", "Phát động ", "Triển khai ", "Thực hiện "):
        title = at_the_start(title.removeprefix(start))
    return title if title.startswith(_DOCUMENTS) else inside_a_sentence(title)


def signing(copy: SignedCopy, at: str) -> str:
    """When it was signed, and by whom for whom where that is not the person it is about."""
    if copy.sheet.track is Track.COLLECTIVE:
        return f"{at}, {in_place_of(copy.name, copy.stood_in_for)} ký thay mặt tập thể {copy.unit}"
    if copy.filled_by:
        return f"{at}, {copy.filled_by} khai thay; căn cứ phiếu giấy đã ký, minh chứng {copy.proof}"
    return at


def group_head(group: Group) -> str:
    """«a) Thi đua nâng cao vai trò lãnh đạo …»: the plan's own words for a group."""
    return f"{group.letter}) {group.title}" if group.letter else group.title


def answers(entry: Entry) -> list[str]:
    """What was answered in full, one paragraph a measure; for what does not apply, why."""
    if entry.outcome is Outcome.NOT_APPLICABLE:
        return [criteria_verdict.verdict(entry.criterion, entry.verdict)]
    given = [one for one in entry.verdict.comparisons if one.answered]
    return [f"{one.measure.label}: {criteria_verdict.answered(one)}".removeprefix(": ") for one in given]


def comparison(entry: Entry) -> str:
    """Each answer beside what the plan asks, a line a measure; nothing where nothing applies."""
    if entry.outcome is Outcome.NOT_APPLICABLE:
        return ""
    return criteria_verdict.verdict(entry.criterion, entry.verdict)


def evidence(file: EvidenceFacts) -> str:
    """«MC-00012; anh-chup.jpg; 1,2 MB; 3f9a12bc45de»: enough to find the file and to recognise it."""
    return "; ".join((file.code, file.name, file_size(file.size), file.sha256[:12]))


def digest_in_groups(digest: str, size: int = 8) -> str:
    """A digest a person can compare by eye."""
    return " ".join(digest[place : place + size] for place in range(0, len(digest), size))
