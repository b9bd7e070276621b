"""The words of a sitting's papers: its minutes, and the decision as it is put before whoever signs it."""

from core.council import PaperOf
from core.vietnamese import inside_a_sentence

NAMES = {PaperOf.MINUTES: "bien-ban-hop-hoi-dong", PaperOf.DECISION: "du-thao-quyet-dinh"}
BLANK = "………………"

MINUTES_SYMBOL = "Số: ……/BB-HĐTĐKT"
MINUTES = "BIÊN BẢN"
MINUTES_ABOUT = "Họp Hội đồng Thi đua - Khen thưởng\nxét khen thưởng {{ round_in_a_sentence }}"
WHEN = "I. THỜI GIAN, ĐỊA ĐIỂM"
BEGAN = "Thời gian: {{ held_at }}."
WHERE = "Địa điểm: {{ place }}."
WHO = "II. THÀNH PHẦN"
CHAIR = "Chủ trì: {{ chair }}."
SECRETARY = "Thư ký: {{ secretary }}."
MEMBERS = "Thành viên Hội đồng: {{ members_count }} người, {{ voted_count }} người bỏ phiếu."
WHAT = "III. NỘI DUNG"
CONSIDERED = (
    "1. Hội đồng xem xét {{ items_count }} đề nghị khen thưởng theo {{ plan_named }}, "
    "{{ round_in_a_sentence }}, trên cơ sở kết quả thẩm định hồ sơ. {{ rules }} {{ places }}"
)
CONFLICTS = "Thành viên không bỏ phiếu vì có liên quan: {{ conflicts }}."
VOTED = "2. Hội đồng bỏ phiếu kín. Kết quả kiểm phiếu:"
VOTE_HEADS = (
    "TT",
    "Tập thể, cá nhân",
    "Được bỏ phiếu",
    "Đồng ý",
    "Không đồng ý",
    "Phiếu trắng",
    "Tỷ lệ",
    "Kết quả",
)
CONCLUSION = "IV. KẾT LUẬN"
ENDED = "Biên bản được lập xong và thông qua {{ ended_on }}./."
CHAIR_SIGNS = "CHỦ TRÌ"
SECRETARY_SIGNS = "THƯ KÝ"
SIGNS = "(Ký, ghi rõ họ tên)"
COPIES = "Nơi nhận:"
COPY_FILE = "- Lưu: VT, hồ sơ khen thưởng."
CHOSEN, NOT_CHOSEN = "Chọn", "Không chọn"

DECISION_SYMBOL = "Số: ……/QĐ-……"
DECISION = "QUYẾT ĐỊNH"
DECISION_ABOUT = "Về việc tặng Giấy khen {{ round_in_a_sentence }}"
BASIS = "Căn cứ Điều 75 Luật Thi đua, khen thưởng số 06/2022/QH15 ngày 15 tháng 6 năm 2022;"
PROPOSED = "Theo đề nghị của Hội đồng Thi đua - Khen thưởng tại Biên bản họp {{ held_on }}."
DECIDES = "QUYẾT ĐỊNH:"
HONOURED = (
    "Điều 1. Tặng Giấy khen cho {{ honoured }} đã có thành tích trong thực hiện {{ plan_in_a_sentence }}, "
    "{{ round_in_a_sentence }} (có danh sách kèm theo)."
)
REWARDED = "Điều 2. Tập thể, cá nhân có tên tại Điều 1 được tặng thưởng theo quy định hiện hành."
CARRIED_OUT = (
    "Điều 3. Quyết định này có hiệu lực kể từ ngày ký. Thủ trưởng các đơn vị liên quan và các tập thể, "
    "cá nhân có tên tại Điều 1 chịu trách nhiệm thi hành Quyết định này./."
)
ARTICLES = (HONOURED, REWARDED, CARRIED_OUT)
COPY_ARTICLE = "- Như Điều 3;"
LIST = "DANH SÁCH ĐƯỢC TẶNG GIẤY KHEN"
LIST_ABOUT = "(Kèm theo Quyết định số ……/QĐ-…… ngày …… tháng …… năm 20……)"
LIST_HEADS = ("TT", "Tập thể, cá nhân", "Chức vụ, đơn vị", "Thành tích")
NOBODY = "không có"


def honoured(collectives: int, people: int) -> str:
    """«02 tập thể và 13 cá nhân»."""
    parts = [f"{collectives:02} tập thể" if collectives else "", f"{people:02} cá nhân" if people else ""]
    return " và ".join(part for part in parts if part) or "00 cá nhân"


def settled(name: str, words: str) -> str:
    """What the chair settled in the open."""
    return f"Thứ tự đã công bố không phân định được; chủ trì xếp {name} trước: {words}"


def barred(member: str, nominee: str, reason: str) -> str:
    """A member who did not vote about somebody."""
    return f"{member} về {nominee} ({inside_a_sentence(reason)})"


def signer(decided_by: str) -> str:
    """The title a decision is signed with: for a department named alone, its director; else to be written."""
    if decided_by.startswith("Sở "):
        return f"Giám đốc {decided_by}"
    return decided_by if decided_by.startswith("Giám đốc ") else BLANK


def basis(words: str) -> str:
    """One document the decision rests on."""
    return f"Căn cứ {words};"
