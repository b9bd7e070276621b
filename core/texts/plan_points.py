"""What matters of a plan in a few lines: goal, who, when, how many, which papers, where to ask."""

from dataclasses import replace
from datetime import date

from core.campaign_dates import deadline_subject
from core.campaign_terms import Commendation, Deadline, DeadlineKind, Dossier, RoundKind, SubjectKind, Unsaid
from core.campaigns import Campaign
from core.plan import Reckoning, Section, year_in
from core.texts import campaigns as campaign_texts
from core.vietnamese import inside_a_sentence, shortened

DUE = {
    DeadlineKind.PLAN: "Gửi kế hoạch của đơn vị",
    DeadlineKind.DOSSIER: "Nộp hồ sơ đề nghị khen thưởng",
    DeadlineKind.REPORT: "Gửi báo cáo",
    DeadlineKind.YEARLY_REVIEW: "Sơ kết",
    DeadlineKind.FINAL_REVIEW: "Tổng kết",
}
_HANDED_IN = (DeadlineKind.PLAN, DeadlineKind.DOSSIER, DeadlineKind.REPORT)
_SUBJECTS = {SubjectKind.COLLECTIVE: "tập thể", SubjectKind.INDIVIDUAL: "cá nhân"}
_ROUNDS = {RoundKind.YEARLY: "hằng năm", RoundKind.PERIOD: "cả giai đoạn"}

ASK = "Hỏi bộ phận phụ trách"
REMARKS_NOTE = "Ghi chú của người nhập về chính văn bản, không phải lời của kế hoạch."
_GLIMPSE, _NAME, _POINT, _PART, _WORDS = 150, 130, 90, 40, 40
_MOST_POINTS = 3


def goal(campaign: Campaign) -> str:
    """What the campaign is for."""
    goal = campaign.purposes[0].quote if campaign.purposes else ""
    return f"Mục tiêu: {shortened(goal, _NAME)}" if goal else ""


def who(campaign: Campaign) -> str:
    """Who may enter."""
    quotes = dict.fromkeys(one.quote.rstrip(".") for one in campaign.subjects)
    told = "; ".join(shortened(one, _POINT) for one in quotes)
    return f"Đối tượng: {told}" if told else ""


def due_dates(campaign: Campaign, by: Reckoning) -> str:
    """When things are due, papers for a commendation first, in the plan's words and as a day."""
    order = sorted(campaign.deadlines, key=lambda one: one.kind is not DeadlineKind.DOSSIER)
    brief = [replace(one, words=shortened(one.words, _WORDS)) for one in order[:_MOST_POINTS]]
    lines = [f"▫️ {due(campaign, one, by)}" for one in brief]
    if not lines:
        return f"Thời hạn: {campaign_texts.UNSAID}"
    more = len(campaign.deadlines) - len(lines)
    return "\n".join(
        ("Thời hạn:", *lines, *((f"▫️ và {more} mốc khác trong mục «Thời hạn»",) if more > 0 else ()))
    )


def to_do(campaign: Campaign, by: Reckoning) -> str:
    """What is handed in and by when, for whoever reads nothing else of the plan."""
    own = [one for one in campaign.deadlines if one.kind in _HANDED_IN]
    own.sort(key=lambda one: _HANDED_IN.index(one.kind))
    brief = (replace(one, words=shortened(one.words, _WORDS)) for one in own[:_MOST_POINTS])
    lines = [f"▫️ {due(campaign, one, by)}" for one in brief]
    return "\n".join(("Việc cần làm và hạn:", *lines)) if lines else f"Thời hạn: {campaign_texts.UNSAID}"


def due(campaign: Campaign, deadline: Deadline, by: Reckoning) -> str:
    """What is due, and when: in the plan's words and as the last day that counts.

    A last day that is off is told with the working day before it, a day that the office has entered with
    its document. What recurs is told for this year, or the year of the campaign that is nearest to it.
    """
    labels = {one.code: f", {inside_a_sentence(one.label)}" for one in campaign.rounds}
    year = year_in(campaign, by.year)
    when, last = campaign_texts.last_day(deadline, year), deadline.last_day(year)
    if isinstance(last, date) and not by.calendar.is_working_day(last):
        when = f"{when}; ngày làm việc cuối: {campaign_texts.safe_day(by.calendar, last)}"
    document = by.documents.get(deadline_subject(deadline.code), "")
    by_whom = "ngày do đơn vị nhập" if document in when else f"ngày do đơn vị nhập, theo {document}"
    rests_on = f" ({by_whom})" if document else ""
    return f"{DUE[deadline.kind]}{labels.get(deadline.round, '')}: {when}{rests_on}"


def how_many(campaign: Campaign) -> str:
    """How many are commended, and whether exactly so many."""
    said = campaign.commendation
    if not isinstance(said, Commendation):
        return f"Khen thưởng: {campaign_texts.unsaid(said)}"
    if isinstance(said.quotas, Unsaid):
        return f"Số lượng khen: {campaign_texts.unsaid(said.quotas)}"
    by_round: dict[RoundKind, list[str]] = {}
    for one in said.quotas:
        limit = "không quá" if one.at_most else "đúng"
        by_round.setdefault(one.round, []).append(f"{limit} {one.count:02d} {_SUBJECTS[one.subject]}")
    told = (f"{_ROUNDS[kind]} {', '.join(counts)}" for kind, counts in by_round.items())
    return f"Số lượng khen: {'; '.join(told)}"


def papers(campaign: Campaign) -> str:
    """What a dossier holds, in how many copies, and to whom it goes."""
    said = campaign.dossier
    if not isinstance(said, Dossier):
        return f"Hồ sơ: {campaign_texts.unsaid(said)}"
    if isinstance(said.parts, Unsaid):
        told = campaign_texts.unsaid(said.parts)
    else:
        told = f"{len(said.parts)} phần: " + "; ".join(
            shortened(one.quote.rstrip(".;"), _PART) for one in said.parts
        )
    copies = "" if isinstance(said.copies, Unsaid) else f", {said.copies:02d} bộ"
    sent = f"; gửi {body(campaign, said.send_to)}" if said.send_to else ""
    return f"Hồ sơ: {told}{copies}{sent}"


def where_to_ask(campaign: Campaign) -> str:
    """Where to ask: as the plan says, or here."""
    told = channel(campaign)
    return told or f"Nơi hỏi: kế hoạch không nói; anh/chị chọn «{ASK}»"


def channel(campaign: Campaign) -> str:
    """Where the plan itself wants difficulties told, and how."""
    said = campaign.feedback
    if isinstance(said, Unsaid):
        return ""
    how = " bằng văn bản" if said.written else ""
    where = f" gửi {body(campaign, said.to)}" if said.to else ""
    also = ", kể cả đề nghị điều chỉnh kế hoạch" if said.changes else ""
    if how or where:
        return (
            f"Vướng mắc chính thức: kế hoạch yêu cầu{how}{where}{also}. "
            "Hỏi ở đây để được giải thích, không thay cho văn bản."
        )
    return f"Vướng mắc chính thức: «{shortened(said.words, _GLIMPSE)}»"


def of_section(campaign: Campaign, section: Section | None) -> str:
    """What was understood of a whole section."""
    match section:
        case Section.COMMENDATION:
            said = campaign.commendation
            who = said.decided_by if isinstance(said, Commendation) else ""
            return "\n".join(
                line for line in (how_many(campaign), f"Ai quyết định: {who}" if who else "") if line
            )
        case Section.DOSSIER:
            return papers(campaign)
        case Section.FEEDBACK:
            return channel(campaign)
        case Section.REMARKS:
            return REMARKS_NOTE
    return ""


def body(campaign: Campaign, code: str) -> str:
    """A body by its name."""
    return campaign.body(code).name
