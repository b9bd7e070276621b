"""A short plan with gates, standards, quotas and three tracks, in force instead of the usual one."""

import re
from datetime import datetime
from pathlib import Path

from sqlmodel import update

from db.models import CampaignVersion
from db.transaction import Session
from services import campaigns
from services.actor import console

PLANS = Path(__file__).resolve().parents[2] / "campaigns"
GATED = """\
code = "009"
label = "Thi đua CCHC 2026"
kind = "competition"
title = "Phát động phong trào thi đua"
issuer = "Sở Y tế"
number = "41/KH-SYT"
issued_on = 2026-03-21

[window]
words = "từ ngày ban hành đến trước ngày 31/12/2027"
first_year = 2026
last_year = 2027
starts_on = 2026-03-21
ends_on = 2027-12-30

[[subjects]]
kind = "collective"
code = "009-S1"
quote = "Các khoa, phòng."

[[subjects]]
kind = "individual"
code = "009-S2"
quote = "Viên chức, người lao động."

[[scales]]
code = "xep-loai"
levels = [
    { key = "hoan-thanh", label = "Hoàn thành" },
    { key = "tot", label = "Hoàn thành tốt" },
    { key = "xuat-sac", label = "Hoàn thành xuất sắc" },
]

[[groups]]
code = "009-N"
label = "Điều kiện cá nhân"
title = "Điều kiện đối với cá nhân"
kind = "prerequisite"
tracks = ["individual"]

[[groups.items]]
code = "009-N1"
label = "Xếp loại"
quote = "Được xếp loại Hoàn thành tốt nhiệm vụ trở lên."

[[groups.items.measures]]
kind = "ordinal"
question = "Mức xếp loại năm nay?"
scale = "xep-loai"
minimum = "tot"
awaited = "Đang chờ xếp loại"

[[groups]]
code = "009-X"
label = "Không xét"
title = "Không xét khen thưởng"
kind = "disqualifier"
tracks = ["collective"]

[[groups.items]]
code = "009-X1"
label = "Giờ giấc làm việc"
quote = "Có viên chức không chấp hành nghiêm giờ giấc làm việc chiếm tỷ lệ trên 10% tổng số biên chế."

[[groups.items.measures]]
kind = "number"
question = "Bao nhiêu người trên tổng số biên chế?"
unit = "%"
operator = ">"
target = 10
fraction = "số người/tổng số biên chế"

[[groups]]
code = "009-T"
label = "Tiêu chuẩn"
title = "Tiêu chuẩn khen thưởng"
kind = "standard"

[[groups.items]]
code = "009-T1"
label = "Không trễ hẹn"
quote = "Không có hồ sơ trễ hẹn."

[[groups.items.measures]]
kind = "number"
question = "Bao nhiêu hồ sơ trễ hẹn?"
unit = "hồ sơ"
operator = "="
target = 0

[commendation]
code = "009-III"
quote = "Tặng Giấy khen."

[[commendation.quotas]]
code = "009-A2"
quote = "Không quá 01 tập thể."
round = "yearly"
subject = "collective"
count = 1
at_most = true

[[commendation.quotas]]
code = "009-A2"
quote = "Không quá 01 tập thể."
round = "yearly"
subject = "individual"
count = 1
at_most = true

[[commendation.quotas]]
code = "009-A3"
quote = "03 cá nhân cả giai đoạn."
round = "period"
subject = "individual"
count = 3
at_most = false

[[rounds]]
code = "2026"
label = "Năm 2026"
kind = "yearly"
year = 2026

[[rounds]]
code = "ca-ky"
label = "Cả kỳ 2026 - 2027"
kind = "period"
opens_at = 2026-01-01T07:00:00
"""


async def gated(session: Session, now: datetime, *changes: tuple[str, str]) -> None:
    """Put the short plan in force, perhaps with other words in places, and no other."""
    source = GATED
    for before, after in changes:
        assert before in source
        source = source.replace(before, after)
    await session.exec(update(CampaignVersion).values(current=False))
    await campaigns.load(session, console(now.date()), source, "ngan.toml", now)


async def real(session: Session, now: datetime, *names: str) -> None:
    """Put plans of the folder in force, and no other; what is issued without a date is issued on 1 March."""
    await session.exec(update(CampaignVersion).values(current=False))
    for name in names:
        source = (PLANS / f"{name}.toml").read_text("utf-8")
        dated = re.sub(r"^issued_on = \{.*$", "issued_on = 2024-03-01", source, flags=re.MULTILINE)
        await campaigns.load(session, console(now.date()), dated, name, now)
