"""Words of a dossier's papers: what their templates are written with, and lines made from facts."""

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from core.assessment import EvidenceFacts
from core.campaign_terms import Clause, Commendation, Dossier, Unsaid
from core.campaigns import Campaign
from core.criteria import Outcome
from core.dossier_papers import DossierContent
from core.numbers import format_share
from core.paper_templates import TemplateKind
from core.texts import papers
from core.vietnamese import file_size, fold, inside_a_sentence, official_date

BLANK = "………………"
LINES = "\n".join(["…" * 30] * 3)
DOTS = "……"
NAMES = {
    TemplateKind.REQUEST: "Tờ trình (văn bản đề nghị) khen thưởng",
    TemplateKind.MINUTES: "Biên bản họp Hội đồng",
    TemplateKind.INDIVIDUAL: "Báo cáo thành tích cá nhân",
    TemplateKind.COLLECTIVE: "Báo cáo thành tích tập thể",
    TemplateKind.LIST: "Danh sách trích ngang",
    TemplateKind.EVIDENCE: "Danh mục minh chứng",
}
"""What an office calls each template."""

# ------------------------------------------------------------------ Tờ trình, văn bản đề nghị
REQUEST_SYMBOL = "Số: ……/TTr-……"
LETTER_SYMBOL = "Số: ……/……"
REQUEST = "TỜ TRÌNH"
ABOUT = "Về việc đề nghị khen thưởng {{ round_in_a_sentence }}"
LETTER_ABOUT = "V/v đề nghị khen thưởng {{ round_in_a_sentence }}"
TO = "Kính gửi: {{ recipient }}"
ASKED = (
    "{{ unit }} kính đề nghị {{ recipient_name }} xem xét, trình cấp có thẩm quyền "
    "{{ award_in_a_sentence }} cho {{ proposed }} có thành tích trong thực hiện {{ plan_in_a_sentence }}, "
    "{{ round_in_a_sentence }}, gồm:"
)
LETTER_ASKED = (
    "Thực hiện {{ plan_named }}, {{ unit }} kính đề nghị {{ recipient_name }} xem xét, trình cấp có "
    "thẩm quyền {{ award_in_a_sentence }} cho {{ proposed }} có thành tích {{ round_in_a_sentence }}, gồm:"
)
RESPONSIBLE = (
    "{{ unit }} chịu trách nhiệm về tính chính xác, trung thực của hồ sơ và của thành tích đề nghị "
    "khen thưởng."
)
ENCLOSED = "Hồ sơ gửi kèm{% if copies %} {{ copies }}{% endif %}:"
ASKED_FINALLY = "Kính đề nghị {{ recipient_name }} xem xét, trình cấp có thẩm quyền quyết định./."
REQUEST_HEADS = (
    "TT",
    "Họ và tên,\ntên tập thể",
    "Chức vụ, đơn vị",
    "Tóm tắt thành tích",
    "Phiếu đồng ý",
)
COPIES = "Nơi nhận:"
COPY_ABOVE = "- Như trên;"
COPY_FILE = "- Lưu: VT, hồ sơ."
SIGNS = "(Ký, ghi rõ họ tên, đóng dấu)"
SIGNS_SIMPLY = "(Ký, ghi rõ họ tên)"

# ------------------------------------------------------------------ Biên bản
MINUTES_SYMBOL = "Số: ……/BB-……"
MINUTES = "BIÊN BẢN"
MINUTES_ABOUT = "Họp Hội đồng Thi đua - Khen thưởng\nxét đề nghị khen thưởng {{ round_in_a_sentence }}"
MINUTES_WHEN = "I. THỜI GIAN, ĐỊA ĐIỂM"
BEGAN = "Thời gian bắt đầu: {{ meeting.began }}."
WHERE = "Địa điểm: {{ meeting.place }}."
MINUTES_WHO = "II. THÀNH PHẦN"
CHAIR = "Chủ trì: {{ meeting.chair }}."
SECRETARY = "Thư ký: {{ meeting.secretary }}."
PRESENT = "Có mặt: {{ meeting.present_count }}/{{ meeting.members }} thành viên Hội đồng{{ meeting.quorum }}."
ABSENT = "Vắng mặt: {{ meeting.absent_list }}."
MINUTES_WHAT = "III. NỘI DUNG"
CONSIDERED = (
    "1. Căn cứ {{ plan_named }}, Hội đồng xem xét bản tự đánh giá đã ký, minh chứng và báo cáo thành tích "
    "của {{ proposed }} được đề nghị khen thưởng {{ round_in_a_sentence }}."
)
VOTED = "2. Hội đồng bỏ phiếu kín.{% if meeting.rules %} {{ meeting.rules }}{% endif %} Kết quả kiểm phiếu:"
VOTE_HEADS = (
    "TT",
    "Họ và tên,\ntên tập thể",
    "Được quyền bỏ phiếu",
    "Đồng ý",
    "Không đồng ý",
    "Trắng, không hợp lệ",
    "Tỷ lệ",
    "Kết luận",
)
MINUTES_END = "IV. KẾT LUẬN"
ENDED = (
    "Cuộc họp kết thúc lúc {{ meeting.ended }}. Biên bản đã được đọc lại cho các thành viên có mặt cùng nghe "
    "và thống nhất thông qua./."
)
CHAIR_SIGNS = "CHỦ TRÌ"
SECRETARY_SIGNS = "THƯ KÝ"
ENDORSED = "Đề nghị khen thưởng"
NOT_ENDORSED = "Không đề nghị"
NOBODY = "không"

# ------------------------------------------------------------------ Báo cáo thành tích
REPORT_SYMBOL = "Số: ……/BC-……"
REPORT = "BÁO CÁO THÀNH TÍCH"
REPORT_ASKS = "ĐỀ NGHỊ {{ award_in_capitals }}"
REPORT_ABOUT = "(Thành tích trong {{ plan_in_a_sentence }}, {{ round_in_a_sentence }})"
PERSON = "I. SƠ LƯỢC LÝ LỊCH"
DONE = "II. THÀNH TÍCH ĐẠT ĐƯỢC"
TASKS = "1. Quyền hạn, nhiệm vụ được giao hoặc đảm nhận"
ACHIEVED = "2. Thành tích, sáng kiến"
BY_CRITERION = (
    "Kết quả đối với từng tiêu chuẩn, tiêu chí của kế hoạch"
    "{% if by_criterion %} {{ by_criterion }}{% endif %}:"
)
AWARDS = "III. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG"
UNIT = "I. ĐẶC ĐIỂM, TÌNH HÌNH"
UNIT_TASKS = "1. Chức năng, nhiệm vụ được giao"
UNIT_LAW = "III. VIỆC CHẤP HÀNH CHỦ TRƯƠNG, CHÍNH SÁCH, PHÁP LUẬT VÀ HOẠT ĐỘNG ĐOÀN THỂ"
UNIT_AWARDS = "IV. CÁC HÌNH THỨC ĐÃ ĐƯỢC KHEN THƯỞNG"
ITEM_HEADS = ("Tiêu chuẩn, tiêu chí", "Thành tích đạt được", "Minh chứng", "Kết quả")
COMPARED = "Đối chiếu"
NOTED = "Ghi chú"
SUMMED = (
    "Tổng hợp: {{ nominee.total }} tiêu chí, trong đó đạt {{ nominee.met }}, chưa đạt {{ nominee.not_met }}, "
    "cần làm rõ {{ nominee.unclear }}, không áp dụng {{ nominee.not_applicable }}; "
    "{{ nominee.files }} tệp minh chứng."
)
NOT_APPLIED = "Tiêu chí không áp dụng: {{ nominee.not_applied }}."
SOURCE = (
    "Nội dung bảng lấy từ bản tự đánh giá đã ký xác nhận, biên nhận {{ nominee.receipt }}, "
    "{{ nominee.signed_at }}."
)
CONFIRMS = "XÁC NHẬN CỦA\nTHỦ TRƯỞNG ĐƠN VỊ"
REPORTS = "NGƯỜI BÁO CÁO"
ABOVE_CONFIRMS = "XÁC NHẬN CỦA\nCẤP TRÊN TRỰC TIẾP"

# ------------------------------------------------------------------ Danh sách, danh mục
LIST = "DANH SÁCH TRÍCH NGANG"
LIST_ABOUT = "Tập thể, cá nhân đề nghị {{ award_in_a_sentence }}, {{ round_in_a_sentence }}"
LIST_WITH = "(Kèm theo {{ request_name }} số ……/…… ngày …… tháng …… năm 20…… của {{ unit }})"
LIST_HEADS = (
    "TT",
    "Họ và tên,\ntên tập thể",
    "Ngày sinh",
    "Giới tính",
    "Chức vụ, đơn vị",
    "Trình độ",
    "Tóm tắt thành tích",
    "Tiêu chí đạt",
    "Phiếu đồng ý",
)
LIST_TOTAL = "Danh sách gồm {{ proposed }}./."
EVIDENCE = "DANH MỤC MINH CHỨNG"
EVIDENCE_ABOUT = "Hồ sơ đề nghị khen thưởng {{ round_in_a_sentence }}"
EVIDENCE_HEADS = ("TT", "Mã", "Tên tệp, dung lượng", "Mã kiểm tra\n(SHA-256)", "Tiêu chí")
EVIDENCE_KEY = (
    "Mã kiểm tra ghi 16 ký tự đầu của SHA-256 tính trên tệp gốc; mã đầy đủ có trong bản kê của bộ hồ sơ. "
    "Tổng số: {{ files }} tệp của các bản tự đánh giá đã ký; tệp gửi sau, khi được yêu cầu bổ sung, "
    "ghi trong bản kê."
)

PLACEHOLDER_POST = "THỦ TRƯỞNG ĐƠN VỊ"
_STANDING = {
    Outcome.MET: "Đạt",
    Outcome.NOT_MET: "Chưa đạt",
    Outcome.NEEDS_REVIEW: "Cần làm rõ",
    Outcome.AWAITED: "Cần làm rõ",
    Outcome.UNANSWERED: "Cần làm rõ",
    Outcome.NOT_APPLICABLE: "Không áp dụng",
}
_GIAY_KHEN, _ANY_AWARD = "giay khen", "khen thưởng"


def standing(outcome: Outcome) -> str:
    """What a report says of a criterion: «Đạt», «Chưa đạt» or «Cần làm rõ»."""
    return _STANDING[outcome]


def is_letter(campaign: Campaign) -> bool:
    """Whether the plan asks for a letter («văn bản đề nghị») instead of a «tờ trình»."""
    said = fold(" ".join(part.quote for part in _parts(campaign)))
    return "to trinh" not in said and ("van ban de nghi" in said or "cong van" in said)


def request_name(campaign: Campaign) -> str:
    """What the plan calls the paper that asks."""
    return "Văn bản" if is_letter(campaign) else "Tờ trình"


def award(campaign: Campaign) -> str:
    """«tặng Giấy khen của Giám đốc Sở Y tế», as far as the plan says what is given by whom."""
    said = campaign.commendation
    form = said.form.quote if isinstance(said, Commendation) and isinstance(said.form, Clause) else ""
    if not isinstance(said, Commendation) or _GIAY_KHEN not in fold(form):
        return _ANY_AWARD
    return f"tặng Giấy khen của {said.decided_by}" if said.decided_by else "tặng Giấy khen"


def award_in_capitals(campaign: Campaign) -> str:
    """«TẶNG GIẤY KHEN»."""
    return "KHEN THƯỞNG" if award(campaign) == _ANY_AWARD else "TẶNG GIẤY KHEN"


def bases(content: DossierContent, met_on: date | None) -> list[str]:
    """What the request rests on, a line each."""
    found = [
        "Căn cứ Luật Thi đua, khen thưởng ngày 15 tháng 6 năm 2022;",
        f"Căn cứ {papers.plan_named(content.campaign)};",
    ]
    day = official_date(met_on) if met_on is not None else papers.NO_DATE
    minutes = f"Căn cứ Biên bản họp Hội đồng Thi đua - Khen thưởng của {content.facts.unit} {day}."
    return [*found, minutes]


def proposed(collectives: int, individuals: int) -> str:
    """«01 tập thể và 02 cá nhân»."""
    told = [
        f"{collectives:02d} tập thể" if collectives else "",
        f"{individuals:02d} cá nhân" if individuals else "",
    ]
    return " và ".join(one for one in told if one) or "00 tập thể, cá nhân"


def enclosed(content: DossierContent, files: int) -> list[str]:
    """What is sent with the request: what the plan asks for, in its words, and our lists."""
    parts = [part for part in _parts(content.campaign) if not _asks(part.quote)]
    asked = [f"{part.quote.rstrip('. ')} (điểm {part.code});" for part in parts] or [
        "Biên bản họp Hội đồng Thi đua - Khen thưởng của đơn vị;",
        "Báo cáo thành tích của từng tập thể, cá nhân;",
    ]
    lists = [
        f"Danh sách trích ngang ({len(content.nominees):02d} trường hợp);",
        f"Danh mục minh chứng ({files:02d} tệp).",
    ]
    return [f"{number}. {line}" for number, line in enumerate([*asked, *lists], 1)]


def copies(campaign: Campaign) -> str:
    """«(01 bộ)», where the plan says how many."""
    said = campaign.dossier.copies if isinstance(campaign.dossier, Dossier) else Unsaid()
    return "" if isinstance(said, Unsaid) else f"({said:02d} bộ)"


def recipient_name(campaign: Campaign) -> str:
    """Whom the request is addressed to."""
    return _body(campaign, "send_to") or campaign.issuer


def recipient(campaign: Campaign) -> str:
    """The same with who appraises for them: «Sở Y tế (qua Phòng Tổ chức cán bộ)»."""
    to, by = recipient_name(campaign), _body(campaign, "appraised_by")
    return f"{to} (qua {by})" if by and by != to else to


def by_criterion(campaign: Campaign) -> str:
    """«(điểm 000-H3)»: the clause that asks for a report by each standard."""
    found = [part.code for part in _parts(campaign) if "bao cao" in fold(part.quote)]
    return f"(điểm {found[0]})" if found else ""


NO_CLOCK = f"…… giờ ……, {papers.NO_DATE}"
NO_HOUR = "…… giờ ……, {}"


def quorum(*, enough: bool) -> str:
    """What the minutes say of a meeting's lawfulness."""
    return "; cuộc họp đủ điều kiện tiến hành" if enough else "; chưa đủ số thành viên theo quy định"


def not_applied(codes: Sequence[str], reason: str) -> str:
    """«004-a1, 004-a2 (không thuộc nhiệm vụ)»."""
    return ", ".join(codes) + (f" ({inside_a_sentence(reason.rstrip('. '))})" if reason else "")


def votes(votes_for: int, entitled: int, share: Fraction) -> str:
    """«7/9 (77,7 %)»."""
    return f"{votes_for}/{entitled} ({format_share(share)})"


def people_list(names: Sequence[str]) -> str:
    """Names in a sentence."""
    return "; ".join(names) or NOBODY


def proof(file: EvidenceFacts) -> str:
    """«MC-00012: anh-chup.jpg»."""
    return f"{file.code}: {file.name}"


def file_line(file: EvidenceFacts) -> str:
    """«anh-chup.jpg (1,2 MB)»."""
    return f"{file.name} ({file_size(file.size)})"


def met_of(met: int, total: int) -> str:
    """«18/20»."""
    return f"{met}/{total}"


def _asks(quote: str) -> bool:
    said = fold(quote)
    return "to trinh" in said or "van ban de nghi" in said or "cong van" in said


def _parts(campaign: Campaign) -> Sequence[Clause]:
    said = campaign.dossier
    if not isinstance(said, Dossier) or isinstance(said.parts, Unsaid):
        return ()
    return said.parts


def _body(campaign: Campaign, duty: str) -> str:
    said = campaign.dossier
    code = getattr(said, duty) if isinstance(said, Dossier) else ""
    return next((one.name for one in campaign.bodies if one.code == code), "")
