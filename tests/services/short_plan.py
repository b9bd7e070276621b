"""A short campaign file that uses every table of the format, and what is found in changed copies of it."""

from core.calendar import WorkCalendar
from core.campaign_files import FileProblem
from core.texts.campaigns import read_back
from services.papers.campaign_toml import CampaignFileError, read

SHORT = '''\
code = "009"
label = "Thi đua CCHC 2025"
kind = "competition"
title = "Phát động phong trào thi đua"
issuer = "Sở Y tế"
number = "41/KH-SYT"
issued_on = 2025-03-21

[window]
words = "từ ngày ban hành đến trước ngày 31/12/2025"
first_year = 2025
last_year = 2025
starts_on = 2025-03-21
ends_on = 2025-12-30

[[window.clauses]]
code = "009-D3"
quote = "Thi đua trong năm 2025."

[feedback]
words = "Các đơn vị phản ánh bằng văn bản."
to = "van-phong"
written = true
changes = true

[[purposes]]
code = "009-M1"
quote = "Nâng cao ý thức trách nhiệm."

[[subjects]]
kind = "individual"
code = "009-II.1"
quote = "Cá nhân: công chức, viên chức."

[[scales]]
code = "xep-loai"
levels = [
    { key = "hoan-thanh", label = "Hoàn thành" },
    { key = "tot", label = "Hoàn thành tốt" },
]

[[groups]]
code = "009-c"
letter = "c"
label = "Thủ tục"
title = "Cải cách thủ tục"
kind = "standard"

[[groups.items]]
code = "009-c1"
label = "Hài lòng"
quote = """Nâng cao
  mức độ hài lòng."""

[[groups.items.measures]]
code = "ty-le"
label = "Tỷ lệ"
kind = "number"
question = "Bao nhiêu phần trăm?"
unit = "%"
operator = ">"
target = 90.5

[[groups.items.measures]]
code = "phut"
label = "Thời gian"
kind = "number"
question = "Bao nhiêu phút?"
unit = "phút"
operator = "<="
target = 15

[[groups.items]]
code = "009-c2"
label = "Xếp loại"
quote = "Hoàn thành tốt nhiệm vụ trở lên."

[[groups.items.measures]]
kind = "ordinal"
question = "Mức nào?"
scale = "xep-loai"
minimum = "tot"
awaited = "Đang chờ xếp loại"

[[groups.items]]
code = "009-c3"
label = "Tăng điểm hoặc tăng hạng"
quote = "Chỉ số tăng điểm hoặc tăng hạng so với năm trước."

[[groups.items.measures]]
code = "diem"
label = "Điểm"
kind = "delta"
question = "Điểm năm trước và năm nay?"
gain = "score"
unit = "điểm"

[[groups.items.measures]]
code = "hang"
label = "Hạng"
kind = "delta"
question = "Hạng năm trước và năm nay?"
gain = "rank"
unit = "hạng"

[[groups.items.measures]]
code = "cong-bo"
label = "Văn bản công bố"
kind = "document"
question = "Gửi văn bản công bố."

[[groups.items.ways]]
code = "du"
label = "Tăng và có văn bản"
all_of = ["tang", "cong-bo"]

[[groups.items.ways]]
code = "tang"
label = "Tăng điểm hoặc tăng hạng"
any_of = ["diem", "hang"]

[[groups.items]]
code = "009-c4"
label = "Rõ người, rõ việc"
quote = "Bảo đảm rõ người, rõ việc."

[[groups.items.measures]]
kind = "slots"
question = "Nêu người và việc."
slots = [
    { key = "nguoi", label = "Rõ người" },
    { key = "viec", label = "Rõ việc" },
]

[[groups.items]]
code = "009-c5"
label = "Cắt giảm thời gian"
quote = "Cắt giảm thời gian từ 30% đến 50%."

[[groups.items.measures]]
kind = "number"
question = "Cắt giảm bao nhiêu phần trăm?"
unit = "%"
operator = "within"
target = 30
upper = 50

[[groups]]
code = "009-đ"
letter = "đ"
label = "Công vụ"
title = "Cải cách công vụ"
kind = "content"
tracks = ["head"]

[[groups.items]]
code = "009-đ1"
label = "Kế hoạch"
quote = "Có kế hoạch."

[[groups.items.measures]]
kind = "document"
question = "Gửi kế hoạch đã ban hành."

[commendation]
code = "009-III"
quote = "Tặng Giấy khen."
form = { code = "009-A1", quote = "Giấy khen của Sở Y tế" }
money = { unsaid = "theo quy định" }

[[commendation.clauses]]
code = "009-A0"
quote = "Tập thể, cá nhân tiêu biểu."

[[commendation.quotas]]
code = "009-A2"
quote = "Không quá 05 tập thể và 10 cá nhân."
round = "yearly"
subject = "collective"
count = 5
at_most = true

[[commendation.quotas]]
code = "009-A2"
quote = "Không quá 05 tập thể và 10 cá nhân."
round = "yearly"
subject = "individual"
count = 10
at_most = true

[dossier]
clause = "009-III"
parts = [
    { code = "009-H1", quote = "Tờ trình" },
    { code = "009-H2", quote = "Biên bản họp" },
]
copies = 1
copies_clause = { code = "009-H3", quote = "Số lượng: 01 bộ." }
send_to = "van-phong"

[[bodies]]
code = "van-phong"
name = "Văn phòng Sở"
roles = ["office"]

[[duties]]
code = "009-V.1"
heading = "Văn phòng Sở"
bodies = ["van-phong"]
quotes = ["Theo dõi.", "Đôn đốc."]

[[deadlines]]
code = "009-D1"
kind = "dossier"
clause = "009-V.1.2"
words = "trước ngày 15/12"
day = 2025-12-15
before = true
round = "2025"

[[deadlines]]
code = "009-D2"
kind = "report"
clause = "009-V.1.1"
words = "trước ngày 01/3 hằng năm"
every_year = { month = 3, day = 1 }
before = true

[[rounds]]
code = "2025"
label = "Năm 2025"
kind = "yearly"
year = 2025
opens_at = 2025-11-01T07:00:00
closes_at = 2025-12-05T17:00:00

[[rounds]]
code = "ca-ky"
label = "Cả kỳ"
kind = "period"

[[remarks]]
kind = "noted"
where = "II"
words = "Ghi chú."

[[left_out]]
code = "009-C9"
reason = "Kế hoạch chỉ nhắc lại."
'''

Found = list[tuple[int | None, str, FileProblem]]


def attempt(text: str) -> Found:
    """What is found in the text; nothing where it is a plan that can be read back."""
    try:
        assert read_back(read(text, "ngan.toml"), WorkCalendar())
    except CampaignFileError as refused:
        return [(one.line, one.key, one.problem) for one in refused.findings]
    return []


def findings_of(text: str) -> Found:
    found = attempt(text)
    assert found
    return found


def line_at(text: str, piece: str) -> int:
    """The line on which `piece` begins as the start of a line."""
    return text[: text.index("\n" + piece) + 1].count("\n") + 1 if not text.startswith(piece) else 1
