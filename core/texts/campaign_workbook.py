"""The words of a plan's workbook: tabs, headings, what may be picked, and what is wrong in a cell."""

from collections.abc import Iterable, Mapping

from core.campaign_sheets import SheetFinding, SheetProblem, Spot, Tab
from core.roles import Role
from core.texts.account import ROLE_NAMES

VERSION = "ke-hoach-1"
VERSION_LABEL = "Phiên bản mẫu"
HELP_TAB = "Hướng dẫn"
FAULTS_TAB = "Cần sửa"
FAULT_HEADING = "Cần sửa"
OPEN_MARK = "Để ngỏ"
YES, NO = "có", "không"
EXAMPLE_CODE = "mau"
FAULT_COLUMNS = ("Trang", "Ô", "Điều cần sửa")
TABS = {
    Tab.PLAN: "Kế hoạch",
    Tab.CLAUSES: "Mục đích, yêu cầu",
    Tab.SUBJECTS: "Đối tượng",
    Tab.CRITERIA: "Tiêu chí",
    Tab.WAYS: "Cách đạt",
    Tab.SCALES: "Thang mức",
    Tab.COMMENDATION: "Khen thưởng",
    Tab.DOSSIER: "Hồ sơ",
    Tab.DEADLINES: "Thời hạn",
    Tab.ROUNDS: "Các kỳ",
    Tab.BODIES: "Cơ quan",
    Tab.DUTIES: "Nhiệm vụ",
    Tab.REMARKS: "Ghi nhận",
}

CAMPAIGNS = {"competition": "phong trào có tự đánh giá", "umbrella": "kế hoạch chung"}
CLAUSE_KINDS = {
    "content": "nội dung thi đua",
    "standard": "tiêu chuẩn khen thưởng",
    "prerequisite": "điều kiện tiên quyết",
    "disqualifier": "trường hợp không xét",
}
TRACKS = {"individual": "cá nhân", "head": "người đứng đầu", "collective": "tập thể"}
SUBJECTS = {"individual": "cá nhân", "collective": "tập thể"}
MEASURES = {
    "number": "con số",
    "count": "số đếm",
    "ordinal": "chọn mức",
    "delta": "so với năm trước",
    "slots": "nêu đủ các mục",
    "declaration": "có hoặc không",
    "document": "tệp minh chứng",
    "narrative": "viết vài câu",
}
OPERATORS = {
    ">": "trên",
    ">=": "từ … trở lên",
    "=": "đúng",
    "<=": "không quá",
    "<": "dưới",
    "within": "từ … đến …",
}
GAINS = {"score": "điểm", "rank": "thứ hạng"}
NEEDS = {"any_of": "một trong số", "all_of": "tất cả"}
DEADLINES = {
    "plan": "gửi kế hoạch",
    "dossier": "gửi hồ sơ khen thưởng",
    "report": "báo cáo",
    "yearly_review": "sơ kết",
    "final_review": "tổng kết",
}
ROUNDS = {"yearly": "hằng năm", "period": "cả giai đoạn"}
ROLES = {role.value: ROLE_NAMES[role] for role in Role}
COUNTS = {"false": "đúng", "true": "không quá"}
CLAUSE_SECTIONS = {"purposes": "mục đích", "requirements": "yêu cầu", "window.clauses": "thời gian"}
COMMENDATION_SECTIONS = {
    "main": "điều khoản chính",
    "decided_by": "ai quyết định",
    "form": "hình thức",
    "quotas": "số lượng",
    "money": "kinh phí",
    "clauses": "điều khoản khác",
}
DOSSIER_SECTIONS = {
    "clause": "điều khoản về hồ sơ",
    "parts": "giấy tờ",
    "copies": "số bộ",
    "send_to": "nơi nhận",
    "appraised_by": "nơi thẩm định",
}
REMARK_SECTIONS = {
    "missing": "thiếu",
    "corrected": "đã sửa lỗi chữ",
    "noted": "cần lưu ý",
    "left_out": "không đưa vào",
}

_CODE, _LABEL, _QUOTE = "Mã", "Tên ngắn", "Nguyên văn"
_ONE = {"section": "Phần", "code": _CODE, "quote": _QUOTE}
HEADINGS: dict[Tab, dict[str, str]] = {
    Tab.PLAN: {"item": "Mục", "value": "Nội dung"},
    Tab.CLAUSES: _ONE,
    Tab.SUBJECTS: {"kind": "Tập thể hay cá nhân", "code": _CODE, "quote": _QUOTE},
    Tab.CRITERIA: {
        "groups.code": "Mã nhóm",
        "groups.letter": "Chữ",
        "groups.label": "Tên ngắn của nhóm",
        "groups.title": "Nguyên văn của nhóm",
        "groups.kind": "Loại nhóm",
        "groups.tracks": "Hỏi ai",
        "items.code": "Mã tiêu chí",
        "items.label": "Tên ngắn của tiêu chí",
        "items.quote": "Nguyên văn tiêu chí",
        "items.evidence": "Minh chứng gợi ý",
        "items.usual": "Thường do ai trả lời",
        "items.note": "Cách hiểu",
        "measures.code": "Mã câu hỏi",
        "measures.label": "Tên câu hỏi",
        "measures.question": "Câu hỏi",
        "measures.kind": "Loại câu hỏi",
        "measures.unit": "Đơn vị tính",
        "measures.operator": "So sánh",
        "measures.target": "Mức",
        "measures.upper": "Đến mức",
        "measures.aim": "Mức phấn đấu",
        "measures.fraction": "Tử số / mẫu số",
        "measures.low": "Nhỏ nhất có thể",
        "measures.high": "Lớn nhất có thể",
        "measures.scale": "Thang mức",
        "measures.minimum": "Mức tối thiểu",
        "measures.awaited": "Khi chưa có kết quả",
        "measures.gain": "Năm trước so theo",
        "measures.slots": "Các mục phải nêu",
    },
    Tab.WAYS: {
        "item": "Mã tiêu chí",
        "code": "Mã cách",
        "label": "Tên cách",
        "needs": "Cần",
        "parts": "Gồm các câu hỏi hoặc cách",
    },
    Tab.SCALES: {
        "scales.code": "Mã thang",
        "scales.note": "Thang lấy từ đâu",
        "levels.key": "Mã mức",
        "levels.label": "Tên mức, từ thấp đến cao",
    },
    Tab.COMMENDATION: {
        **_ONE,
        "round": "Kỳ",
        "subject": "Tập thể hay cá nhân",
        "count": "Số lượng",
        "at_most": "Đúng hay không quá",
    },
    Tab.DOSSIER: {**_ONE, "count": "Số bộ", "body": "Mã cơ quan"},
    Tab.DEADLINES: {
        "code": _CODE,
        "kind": "Việc phải làm",
        "clause": "Mã điều khoản",
        "words": "Lời của kế hoạch",
        "day": "Ngày",
        "every_year": "Hằng năm",
        "before": "Trước ngày",
        "at": "Giờ",
        "round": "Mã kỳ",
    },
    Tab.ROUNDS: {
        "code": "Mã kỳ",
        "label": "Tên kỳ",
        "kind": "Loại kỳ",
        "year": "Năm",
        "opens_at": "Lúc mở",
        "closes_at": "Lúc khóa",
    },
    Tab.BODIES: {
        "code": "Mã cơ quan",
        "name": "Tên",
        "aliases": "Tên gọi khác, mỗi dòng một tên",
        "roles": "Vai trò trong phần mềm",
    },
    Tab.DUTIES: {
        "duties.code": _CODE,
        "duties.heading": "Tên khoản",
        "duties.bodies": "Mã các cơ quan thực hiện",
        "quotes.quote": _QUOTE,
    },
    Tab.REMARKS: {"section": "Loại", "where": "Ở đâu, hoặc mã điều khoản", "words": "Nội dung"},
}
ITEMS = {
    "code": "Mã kế hoạch",
    "label": "Tên gọi ngắn",
    "kind": "Loại kế hoạch",
    "title": "Tên đầy đủ",
    "issuer": "Cơ quan ban hành",
    "number": "Số, ký hiệu",
    "issued_on": "Ngày ban hành",
    "signatory.name": "Người ký",
    "signatory.title": "Chức vụ người ký",
    "legal_bases": "Căn cứ",
    "parent": "Kế hoạch cấp trên",
    "parent_code": "Mã kế hoạch cấp trên",
    "theme": "Chủ đề",
    "window.words": "Thời gian, nguyên văn",
    "window.first_year": "Năm đầu",
    "window.last_year": "Năm cuối",
    "window.from_issue": "Bắt đầu từ ngày ban hành",
    "window.starts_on": "Ngày bắt đầu",
    "window.ends_on": "Ngày kết thúc",
    "feedback.words": "Nơi nhận vướng mắc, nguyên văn",
    "feedback.to": "Mã cơ quan nhận vướng mắc",
    "feedback.written": "Vướng mắc phải bằng văn bản",
    "feedback.changes": "Nhận cả đề nghị điều chỉnh",
    "recipients": "Nơi nhận",
    "units": "Mã đơn vị được tham gia",
}
PICK = "Chọn trong danh sách"
PICK_HOW = "Ô này chỉ nhận một trong các từ của danh sách."

HELP = (
    (
        "Cách dùng",
        (
            "Điền các trang theo kế hoạch đã ký rồi gửi tệp này vào mục «Phong trào» của bot, hoặc đưa "
            "cho quản trị viên. Phần mềm chỉ kiểm tra và đọc lại; chưa có gì có hiệu lực cho đến khi đơn "
            "vị duyệt và công bố."
        ),
    ),
    (
        "Chép nguyên văn",
        "Các cột «Nguyên văn» là lời của kế hoạch, giữ đủ dấu. Sửa lỗi chữ thì ghi lại ở trang «Ghi nhận».",
    ),
    (
        "Không nói thì để trống",
        (
            "Điều kế hoạch không quy định thì để trống ô. Kế hoạch nói chung chung thì ghi đúng lời ấy "
            "sau chữ «Để ngỏ:», ví dụ «Để ngỏ: theo quy định»."
        ),
    ),
    (
        "Mã điều khoản",
        (
            "Mã gồm mã kế hoạch, dấu gạch và mục: «004-c3» là mục c, ý thứ ba. Trong mẫu, thay hết «mau» "
            "bằng mã của kế hoạch (dùng Tìm và thay thế). Mã đã dùng thì không đổi, vì câu trả lời của "
            "mọi người gắn với mã."
        ),
    ),
    (
        "Trang «Tiêu chí»",
        (
            "Mỗi dòng là một câu hỏi. Cột của nhóm và của tiêu chí chỉ cần ghi ở dòng đầu; dòng sau để "
            "trống hoặc ghi lại mã. Một tiêu chí có nhiều câu hỏi thì mỗi câu có mã và tên riêng."
        ),
    ),
    (
        "So sánh",
        (
            "«trên» 90 thì 90 không đạt; «từ … trở lên» 90 thì 90 đạt; «từ … đến …» dùng cả «Mức» và «Đến"
            " mức». Số lẻ viết 99,5."
        ),
    ),
    (
        "Trang «Cách đạt»",
        (
            "Chỉ dùng khi một tiêu chí có nhiều cách đạt. Dòng đầu của mỗi tiêu chí là điều cần đạt; nó "
            "gồm các câu hỏi hoặc các cách ở những dòng sau."
        ),
    ),
    (
        "Ngày, giờ",
        (
            "Ngày viết 15/12/2026; giờ viết 17:00 04/12/2026, là giờ Việt Nam. Ngày lặp lại mỗi năm viết "
            "15/12, chọn «có» ở cột «Hằng năm». «Trước ngày» là «có» khi chính ngày đó đã trễ."
        ),
    ),
    ("Các mục phải nêu", "Mỗi dòng một mục, viết: mã = tên. Ví dụ: nguoi = Rõ người."),
    ("Nhiều mã trong một ô", "Cách nhau bằng dấu phẩy."),
)

_SENTENCES = {
    SheetProblem.NOT_A_WORKBOOK: "Tệp không phải bảng tính Excel (.xlsx) hoặc đã hỏng; "
    "anh/chị lưu lại ở dạng .xlsx rồi gửi lại",
    SheetProblem.OLD_WORKBOOK: "Tệp ở dạng Excel cũ (.xls) hoặc có đặt mật khẩu; "
    "anh/chị bỏ mật khẩu, lưu lại ở dạng .xlsx rồi gửi lại",
    SheetProblem.TOO_BIG: "Tệp mở ra quá lớn so với một kế hoạch; anh/chị chép nội dung sang mẫu mới",
    SheetProblem.TOO_MANY_ROWS: "Có trang dài hơn {limit} dòng hoặc quá nhiều cột; "
    "anh/chị xóa những dòng, cột thừa ở cuối trang",
    SheetProblem.NOT_THE_TEMPLATE: "Đây không phải mẫu kế hoạch của phần mềm; "
    "anh/chị tải mẫu Excel về rồi chép nội dung sang",
    SheetProblem.OTHER_VERSION: "Tệp theo phiên bản mẫu «{value}», phần mềm đọc phiên bản «{version}»; "
    "anh/chị tải mẫu mới rồi chép nội dung sang",
    SheetProblem.TAB_MISSING: "Thiếu trang «{value}»; anh/chị lấy lại trang này từ mẫu, để trống cũng được",
    SheetProblem.TAB_TWICE: "Có hai trang cùng tên «{value}»; anh/chị giữ một trang",
    SheetProblem.NO_HEADING: "Không thấy dòng tên cột; anh/chị chép lại dòng đầu của trang này từ mẫu",
    SheetProblem.COLUMN_MISSING: "Thiếu cột «{value}»; anh/chị chép lại dòng tên cột từ mẫu, không gộp ô",
    SheetProblem.COLUMN_TWICE: "Có hai cột cùng tên «{value}»; anh/chị giữ một cột",
    SheetProblem.COLUMN_UNKNOWN: "Mẫu không có cột «{value}» nên nội dung cột này không được đọc; "
    "anh/chị chuyển sang cột của mẫu hoặc xóa cột",
    SheetProblem.ROW_UNKNOWN: "Mẫu không có mục «{value}»; anh/chị chọn lại tên mục của mẫu hoặc xóa dòng",
    SheetProblem.ROW_TWICE: "Mục này đã có ở ô {place}; anh/chị chỉ giữ một dòng",
    SheetProblem.NOT_SAME: "Mã ở dòng này đã dùng ở dòng trên nhưng nội dung khác với ô {place}; "
    "nếu là mục khác thì đổi mã, nếu vẫn là mục ấy thì để trống ô này",
    SheetProblem.ERROR_IN_CELL: "Ô đang báo lỗi công thức «{value}»; anh/chị ghi giá trị thay cho công thức",
    SheetProblem.NO_SUCH_CRITERION: "Không có tiêu chí mã «{value}» ở trang «{tab}»; anh/chị sửa lại mã",
    SheetProblem.EXAMPLE_LEFT: "«{value}» là mã của kế hoạch ví dụ trong mẫu; "
    "anh/chị ghi mã của kế hoạch và thay các dòng ví dụ",
}
_PLAN_SENTENCES = {
    "unknown_key": "Ô này không dùng được ở đây; anh/chị để trống",
    "wrong_kind": "Ô này không dùng với loại câu hỏi «{kind}»; anh/chị để trống, hoặc đổi loại câu hỏi",
    "missing_key": "Ô này bắt buộc phải có nội dung",
    "not_text": "Ô này cần chữ",
    "not_number": "Ô này cần một số, như 90 hoặc 99,5, nhiều nhất 6 chữ số lẻ; số nghìn viết liền, như 1000",
    "not_integer": "Ô này cần một số nguyên",
    "not_date": "Ô này cần một ngày, như 15/12/2026",
    "not_moment": "Ô này cần giờ và ngày, như 17:00 04/12/2026",
    "not_boolean": "Ô này chỉ nhận «có» hoặc để trống",
    "not_list": "Ô này chưa đọc được; anh/chị viết mỗi mục một dòng",
    "not_table": "Mỗi dòng trong ô phải viết: mã = tên",
    "not_in_list": "«{value}» không dùng được; chỉ nhận: {allowed}",
    "empty": "Ô này bắt buộc phải có nội dung",
    "operator_alone": "Có phép so sánh nhưng thiếu mức cần đạt; anh/chị ghi cột «Mức»",
    "target_alone": "Có mức cần đạt nhưng thiếu phép so sánh; anh/chị chọn cột «So sánh»",
    "aim_misplaced": "Mức phấn đấu chỉ đi với «từ … trở lên» và phải lớn hơn cột «Mức»",
    "measure_unnamed": "Một tiêu chí có nhiều câu hỏi thì mỗi câu phải có mã và tên riêng",
    "years_reversed": "Năm cuối sớm hơn năm đầu",
    "days_reversed": "Ngày kết thúc sớm hơn ngày bắt đầu",
    "year_missing": "Kỳ hằng năm cần có năm",
    "year_unwanted": "Chỉ kỳ hằng năm mới có năm",
    "round_reversed": "Lúc khóa phải sau lúc mở",
    "before_nothing": "«Trước ngày» chỉ có nghĩa khi có ngày",
    "upper_misplaced": "«Đến mức» chỉ đi với «từ … đến …» và phải lớn hơn cột «Mức»",
    "way_parts": "Mỗi cách phải gồm ít nhất một câu hỏi hoặc một cách khác; ghi mã, cách nhau bằng dấu phẩy",
    "way_unused": "«{value}» không được dùng trong cách đầu tiên «{root}» của tiêu chí; "
    "anh/chị thêm mã này ở trang «Cách đạt» hoặc bỏ đi",
    "track_without_subject": "Nhóm này hỏi những người mà trang «Đối tượng» không có, nên không ai trả lời "
    "được; anh/chị thêm đối tượng, hoặc sửa cột «Hỏi ai»",
    "umbrella_asks": "Kế hoạch chung không tự đánh giá riêng nên không có tiêu chí, kỳ; "
    "anh/chị bỏ phần này, hoặc đổi loại kế hoạch",
    "start_twice": "Đã tính từ ngày ban hành thì không ghi ngày bắt đầu",
    "time_without_day": "«Giờ» chỉ ghi cùng một ngày, và không cùng «Trước ngày»",
    "day_twice": "Chỉ ghi một ngày: ngày cụ thể, hoặc ngày của mọi năm",
    "unusable": "Giá trị này không dùng được; anh/chị xem lại trang «Hướng dẫn»",
}


def pick_several(words: Iterable[str]) -> str:
    """What may stand in a cell that takes several words."""
    return f"Ghi một hoặc nhiều từ, cách nhau bằng dấu chấm phẩy: {'; '.join(words)}."


def sheet_sentence(problem: SheetProblem, facts: Mapping[str, str]) -> str:
    """What is wrong with the workbook, and what to do."""
    return _SENTENCES[problem].format_map(facts)


def plan_sentence(problem: str, facts: Mapping[str, str], otherwise: str) -> str:
    """What is wrong with the plan in the terms of a workbook; `otherwise` where it is put no better here."""
    sentence = _PLAN_SENTENCES.get(problem)
    if sentence is not None:
        return sentence.format_map(facts)
    return otherwise[:1].upper() + otherwise[1:]


def missing(spot: Spot, key: str) -> str:
    """What has no cell at all: a row of the first tab, or everything on another."""
    if spot.tab is Tab.PLAN and key in ITEMS:
        return f"Thiếu mục «{ITEMS[key]}»; anh/chị lấy lại dòng này từ mẫu và điền"
    return "Trang này thiếu dòng bắt buộc; anh/chị điền theo mẫu"


def place(spot: Spot) -> str:
    """«trang «Tiêu chí», ô B5»."""
    of_tab = f"trang «{TABS[spot.tab]}»"
    return f"{of_tab}, ô {spot.cell}" if spot.row else of_tab


def finding(one: SheetFinding) -> str:
    """One line of the list: where, and what is wrong."""
    if one.spot is None:
        return f"{one.sentence}."
    where = place(one.spot)
    return f"{where[:1].upper()}{where[1:]}: {one.sentence[:1].lower()}{one.sentence[1:]}."


def opened(words: str) -> str:
    """«Để ngỏ: theo quy định»."""
    return f"{OPEN_MARK}: {words}"
