"""Announcements to begin from: the launch of a campaign, a theme day, results."""

from collections.abc import Sequence

from core.announcement_content import TITLE_LIMIT, Content
from core.announcement_writing import Template
from core.campaign_terms import Commendation, Unsaid
from core.campaigns import Campaign
from core.messages import LABEL_LENGTH, Choice, Message
from core.plan import Reckoning
from core.texts import plan_points
from core.texts.announcements import BLANK
from core.vietnamese import shortened

_BEGUN = "Đã tạo bản nháp từ mẫu, dành cho các đơn vị của phong trào; chưa gửi cho ai."
_LAUNCH_FILE = "Văn bản kế hoạch (PDF) thì anh/chị gửi thêm vào đây."
_PLAN_COMING = "Tệp Excel của kế hoạch được kèm sau vài giây."
_FILL_IN = "Còn những chỗ «[điền …]» cần anh/chị viết tiếp."
_LABELS = {
    Template.LAUNCH: "Phát động phong trào",
    Template.THEME: "Ngày chủ đề",
    Template.RESULTS: "Kết quả phong trào",
}
NO_CAMPAIGN = "Chưa có kế hoạch nào được công bố nên chưa có mẫu để điền; anh/chị soạn thông báo từ đầu."


def begun(template: Template, *, plan_coming: bool) -> str:
    """After a draft was begun from a template."""
    if template is Template.LAUNCH:
        return " ".join((_BEGUN, *((_PLAN_COMING,) if plan_coming else ()), _LAUNCH_FILE))
    return f"{_BEGUN} {_FILL_IN}"


def ask_template() -> Message:
    """Which template."""
    return Message(
        title="Soạn từ mẫu",
        body="Mẫu được điền sẵn từ kế hoạch; anh/chị sửa lại trước khi gửi.",
        rows=tuple((Choice(one.value, label),) for one, label in _LABELS.items()),
    )


def ask_campaign(template: Template, campaigns: Sequence[Campaign]) -> Message:
    """For which campaign."""
    rows = tuple((Choice(f"of.{one.code}", shortened(one.label, LABEL_LENGTH)),) for one in campaigns)
    return Message(
        title=_LABELS[template], body="Mẫu cho phong trào nào?" if rows else NO_CAMPAIGN, rows=rows
    )


def content(template: Template, campaign: Campaign, by: Reckoning) -> Content:
    """The draft that a template begins."""
    match template:
        case Template.LAUNCH:
            return _launch(campaign, by)
        case Template.THEME:
            return _theme(campaign)
        case Template.RESULTS:
            return _results(campaign)


def _launch(campaign: Campaign, by: Reckoning) -> Content:
    """Who, what and by when; the rest is in the plan's file, which goes with it."""
    body = "\n".join(filter(None, (plan_points.who(campaign), plan_points.to_do(campaign, by))))
    return Content(_title(f"Phát động: {campaign.label}"), body, wants_reading=True)


def _theme(campaign: Campaign) -> Content:
    theme = f"Chủ đề: {campaign.theme}." if campaign.theme else plan_points.goal(campaign)
    day = f"{BLANK} tên ngày chủ đề], ngày {BLANK} ngày tháng]"
    lines = [
        f"Hưởng ứng {day}, trong khuôn khổ phong trào {campaign.label}.",
        theme,
        f"Đề nghị các đơn vị: {BLANK} việc cần làm].",
    ]
    return Content(_title(f"{BLANK} tên ngày chủ đề]: {campaign.label}"), "\n\n".join(filter(None, lines)))


def _results(campaign: Campaign) -> Content:
    lines = [
        f"Kết quả phong trào {campaign.label}:",
        f"{BLANK} tập thể, cá nhân được khen thưởng]",
        _how_many(campaign),
        "Trân trọng cảm ơn các đơn vị và anh/chị đã tham gia.",
    ]
    return Content(_title(f"Kết quả: {campaign.label}"), "\n\n".join(filter(None, lines)))


def _how_many(campaign: Campaign) -> str:
    """How many the plan wants commended, where it says so."""
    said = campaign.commendation
    told = isinstance(said, Commendation) and not isinstance(said.quotas, Unsaid)
    return plan_points.how_many(campaign) if told else ""


def _title(words: str) -> str:
    return shortened(words, TITLE_LIMIT)
