"""Words of the appraisal report: the paper, and what is said of it in chat."""

from core.appraisal import MarkFacts, NomineeVerdict
from core.dossiers import DossierFacts
from core.eligibility import Case
from core.evidence import FileKind
from core.filenames import dashed
from core.messages import Door, FileOut, Message
from core.texts import appraisal as texts
from core.texts import eligibility
from core.vietnamese import inside_a_sentence

_UNIT = 60
ASKED = "Đang lập báo cáo thẩm định; tệp Word sẽ đến trong một tin riêng."
LOST = "Chưa lập được báo cáo thẩm định. Các kết quả thẩm định vẫn còn; anh/chị mở hồ sơ và lập lại."
TITLE = "BÁO CÁO"
SUBTITLE = "Kết quả thẩm định hồ sơ đề nghị khen thưởng của {{ unit }}, {{ round }}"
SYMBOL = "Số: ……/BC-……"
INTRODUCTION = (
    "Căn cứ {{ plan }}; căn cứ hồ sơ đề nghị khen thưởng của {{ unit }}{% if receipt %} (biên nhận "
    "{{ receipt }}){% endif %}, nộp lần {{ version }}{% if submitted %} lúc {{ submitted }}{% endif %}"
    "{% if late %}, nộp sau hạn{% endif %}; kết quả thẩm định như sau:"
)
SUMMARY = "I. KẾT QUẢ CHUNG"
DETAILS = "II. KẾT QUẢ TỪNG TRƯỜNG HỢP, THEO TỪNG TIÊU CHUẨN"
ITEMS = "III. NỘI DUNG ĐÃ YÊU CẦU BỔ SUNG"
CLOSING = (
    "Thời gian thẩm định đã dùng: {{ used }}/{{ days }} ngày làm việc. Báo cáo được lập từ kết quả đã ghi "
    "đến {{ made_at }}; người ký kiểm tra và chịu trách nhiệm về nội dung."
)
NO_ITEMS = "Không yêu cầu bổ sung."
SUMMARY_HEADS = ("STT", "Họ và tên, tập thể", "Đơn vị", "Thành tích", "Kết quả")
DETAIL_HEADS = ("Tiêu chuẩn", "Tự đánh giá, minh chứng", "Thẩm định", "Lý do")
SIGNER = "NGƯỜI THẨM ĐỊNH"
SIGNING = "(Ký, ghi rõ họ tên)"
NOT_MARKED = "Chưa ghi"
OBSTACLES = "Điều kiện xét: {}"
ALIKE = "Điểm trùng với hồ sơ khác: {}"


def standing(case: Case) -> str:
    """Whether something stands in the way, without the signs of a screen."""
    first, *others = eligibility.told(case)
    return OBSTACLES.format(" ".join([first.partition(" ")[2], *others]))


def verdict(one: NomineeVerdict) -> str:
    """What it comes to, for a cell."""
    words = texts.marked(one)
    return words[:1].upper() + words[1:]


def mark(one: MarkFacts | None) -> str:
    """A mark, for a cell."""
    return texts.MARKS[one.mark] if one is not None else NOT_MARKED


def paper(unit: str, sha256: str) -> FileOut:
    """The report, named after the unit."""
    return FileOut(sha256, f"bao-cao-tham-dinh-{dashed(unit, _UNIT)}.docx", FileKind.DOCX.mime)


def ready(facts: DossierFacts, sha256: str) -> Message:
    """The report is made."""
    return Message(
        title="Báo cáo thẩm định",
        body=f"Hồ sơ {facts.unit}, {inside_a_sentence(facts.round_label)}. Số, ngày, chữ ký để trống.",
        files=(paper(facts.unit, sha256),),
        doors=(Door("appraisal", str(facts.id), "Mở hồ sơ", texts.WORD),),
    )


def lost(facts: DossierFacts) -> Message:
    """It could not be made."""
    return Message(
        title="Chưa lập được báo cáo thẩm định",
        body=f"Hồ sơ {facts.unit}.\n{LOST}",
        doors=(Door("appraisal", str(facts.id), "Mở hồ sơ", texts.WORD),),
    )
