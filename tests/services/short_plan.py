"""A short campaign file that uses every table of the format, and what is found in changed copies of it."""

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

[[purposes]]
code = "009-M1"
quote = "Nâng cao ý thức trách nhiệm."

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

[[groups]]
code = "009-đ"
letter = "đ"
label = "Công vụ"
title = "Cải cách công vụ"
kind = "content"

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
form = "Giấy khen"
money = { unsaid = "theo quy định" }

[[commendation.quotas]]
round = "yearly"
subject = "collective"
count = 5
at_most = true

[dossier]
clause = "009-III"
parts = ["Tờ trình", "Biên bản họp"]
copies = 1
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
'''

Found = list[tuple[int | None, str, FileProblem]]


def attempt(text: str) -> Found:
    """What is found in the text; nothing where it is a plan that can be read back."""
    try:
        assert read_back(read(text, "ngan.toml"))
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
