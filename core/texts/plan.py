"""Sentences of the plan at hand: key points, sections, one clause, what a search found, asking the office."""

from collections.abc import Sequence

from core.campaign_terms import Deadline
from core.campaigns import Campaign, CampaignKind, Duty, Group
from core.criteria import ClauseKind, Criterion
from core.messages import LABEL_LENGTH, Choice, Message, Row
from core.plan import Passage, Reckoning, Section, groups_in, sections
from core.plan_search import Hit, Text
from core.questions import LONGEST_QUESTION
from core.texts import campaigns as campaign_texts
from core.texts import criteria, pages
from core.texts import plan_points as points
from core.texts.questions import LABEL_MINE
from core.vietnamese import inside_a_sentence, shortened

LABEL = "Kế hoạch"
SECTIONS = {
    Section.PURPOSES: "Mục đích",
    Section.REQUIREMENTS: "Yêu cầu",
    Section.SUBJECTS: "Đối tượng",
    Section.TIME: "Thời gian",
    Section.CONTENT: "Nội dung thi đua",
    Section.STANDARDS: "Tiêu chuẩn khen thưởng",
    Section.CONDITIONS: "Điều kiện, trường hợp không xét",
    Section.COMMENDATION: "Khen thưởng",
    Section.DOSSIER: "Hồ sơ",
    Section.DEADLINES: "Thời hạn",
    Section.DUTIES: "Tổ chức thực hiện",
    Section.FEEDBACK: "Nơi nhận vướng mắc",
    Section.BASES: "Căn cứ",
    Section.RECIPIENTS: "Nơi nhận",
    Section.REMARKS: "Ghi nhận về văn bản",
}
_KINDS = {
    ClauseKind.CONTENT: "nội dung thi đua",
    ClauseKind.STANDARD: "tiêu chuẩn khen thưởng",
    ClauseKind.PREREQUISITE: "điều kiện phải có trước khi xét",
    ClauseKind.DISQUALIFIER: "trường hợp không được xét",
}

NO_PLAN = "Hiện chưa có kế hoạch nào được áp dụng. Khi có, kế hoạch sẽ hiện ở đây."
SUPERSEDED = "Bản này đã có bản mới thay. Câu trả lời theo bản này vẫn giữ nguyên."
UMBRELLA = "Kế hoạch chung: không có phần tự đánh giá riêng."
ASKED = "Đã gửi câu hỏi cho bộ phận phụ trách. Có câu trả lời là anh/chị được báo."
HINT_SEARCH = "Gõ vài từ để tìm, có dấu hay không dấu đều được, ví dụ: ty le hai long."
HELP = (
    "Xem kế hoạch theo từng phần, mở điều khoản để đọc nguyên văn. "
    "Gõ vài từ hoặc mã điều khoản để tìm; kế hoạch không nói rõ thì chọn «Hỏi bộ phận phụ trách»."
)
HELP_ASK = "Gõ câu hỏi rồi gửi. Bộ phận phụ trách trả lời ngay trong cuộc trò chuyện này."
TOO_MANY_PAGES = "Không có trang đó."
ASK = points.ASK
LISTED, FOUND = 8, 5
_LINE, _GLIMPSE, _NAME, _POINT = 90, 150, 130, 90


def choose(plans: Sequence[tuple[int, Campaign]]) -> Message:
    """The campaigns in force, umbrella plans too."""
    if not plans:
        return Message(title=LABEL, body=NO_PLAN, rows=_asking(()))
    lines = [f"{one.label}: {shortened(one.title, _GLIMPSE)}" for _version, one in plans]
    rows: list[Row] = [
        (Choice(f"plan.{version}", shortened(one.label, LABEL_LENGTH)),) for version, one in plans
    ]
    return Message(title=LABEL, body="\n".join(lines), hint=HINT_SEARCH, rows=_asking(rows))


def key_points(
    campaign: Campaign,
    read: Sequence[Passage],
    by: Reckoning,
    *,
    superseded: bool,
) -> Message:
    """What matters in a few lines, and the sections to read on."""
    lines = (
        SUPERSEDED if superseded else "",
        shortened(campaign.title, _NAME),
        UMBRELLA if campaign.kind is CampaignKind.UMBRELLA else "",
        points.goal(campaign),
        points.who(campaign),
        f"Thời gian: {shortened(campaign.window.words, _POINT)}",
        points.due_dates(campaign, by),
        points.how_many(campaign),
        points.papers(campaign),
        points.where_to_ask(campaign),
    )
    buttons = [Choice(f"section.{one.value}", SECTIONS[one]) for one in sections(tuple(read))]
    rows = [tuple(buttons[place : place + 2]) for place in range(0, len(buttons), 2)]
    return Message(
        title=shortened(campaign.label, _POINT),
        body="\n".join(line for line in lines if line),
        hint=HINT_SEARCH,
        rows=_asking(rows),
    )


def groups(campaign: Campaign, section: Section) -> Message:
    """The heads under which the clauses of a section stand."""
    heads = groups_in(campaign, section)
    lines = [f"{head(one)}: {len(one.criteria)} mục" for one in heads]
    buttons = [Choice(f"group.{one.key}", shortened(head(one), LABEL_LENGTH)) for one in heads]
    return Message(
        title=f"{SECTIONS[section]} · {campaign.label}",
        body="\n".join(lines),
        hint=HINT_SEARCH,
        rows=tuple((one,) for one in buttons),
    )


def part(campaign: Campaign, title: str, shown: Sequence[tuple[int, Passage]], page: int) -> Message:
    """A page of passages: with a code they open, without one they stand there whole."""
    here = shown[page * LISTED : (page + 1) * LISTED]
    lines = [_page_line(one) for _place, one in here]
    rows = _openings([(place, one) for place, one in here if one.code])
    if facts := points.of_section(campaign, here[0][1].section if here else None) if page == 0 else "":
        lines.insert(0, facts)
    return Message(
        title=f"{title} · {campaign.label}",
        body="\n".join(lines),
        hint=HINT_SEARCH,
        rows=(*rows, *pages.turns(page, len(shown), LISTED)),
    )


def clause(
    campaign: Campaign,
    one: Passage,
    by: Reckoning,
    *,
    superseded: bool,
    more: bool,
) -> Message:
    """One clause: its code, its words whole, and what they were understood to mean."""
    title = " · ".join(words for words in (one.code, one.label) if words) or SECTIONS[one.section]
    parts = (
        SUPERSEDED if superseded else "",
        f"«{one.quote}»" if one.quote else "",
        f"{campaign.label} / {_path(campaign, one)}",
        _meaning(campaign, one, by),
    )
    rows: list[Row] = [(Choice("before", "◀️ Mục trước"), Choice("after", "Mục sau ▶️"))] if more else []
    rows += [(Choice("ask", "Hỏi về điều khoản này"),), (Choice("whole", "Xem cả kế hoạch"),)]
    return Message(title=title, body="\n\n".join(told for told in parts if told), rows=tuple(rows))


def found(
    words: str, hits: Sequence[tuple[str, Campaign, Passage, Hit]], page: int, *, alone: bool
) -> Message:
    """What a search found, the best first; `alone` says that only one of several plans was searched.

    The keys come with the hits; the labels of the plans are told where several were searched.
    """
    here = hits[page * FOUND : (page + 1) * FOUND]
    several = len({campaign.code for _key, campaign, _one, _hit in hits}) > 1
    lines: list[str] = []
    rows: list[Row] = []
    for key, campaign, one, hit in here:
        name = " · ".join(told for told in (one.code, one.label or SECTIONS[one.section]) if told)
        label = shortened(name, LABEL_LENGTH)
        where = f" ({campaign.label})" if several else ""
        # The button's words come first, so that where there are no buttons they are told once.
        lines.append(f"{label} · {hit.excerpt}{where}")
        rows.append((Choice(key, label),))
    rows += pages.turns(page, len(hits), FOUND)
    if alone:
        rows.append((Choice("everywhere", "Tìm trong mọi kế hoạch"),))
    rows.append((Choice("ask", ASK),))
    return Message(
        title=f"Tìm «{shortened(words, LABEL_LENGTH)}»: {len(hits)} chỗ" if hits else "Không tìm thấy",
        body="\n".join(lines) or nothing_found(words),
        hint="Gõ từ khác để tìm tiếp.",
        rows=tuple(rows),
    )


def nothing_found(words: str) -> str:
    """The plan has nothing of the kind."""
    return (
        f"Kế hoạch không có chỗ nào nói về «{shortened(words, _LINE)}». "
        "Anh/chị thử từ khác, hoặc hỏi bộ phận phụ trách."
    )


def ask(campaign: Campaign | None, one: Passage | None, words: str) -> Message:
    """Before a question goes to the office: what it is about, and where the plan itself wants it sent."""
    parts = (
        f"Về kế hoạch: {campaign.label}" if campaign is not None else "",
        f"Điều khoản {one.code or SECTIONS[one.section]}: «{shortened(one.quote, _GLIMPSE)}»" if one else "",
        f"Anh/chị gõ câu hỏi (tối đa {LONGEST_QUESTION} ký tự), nêu rõ việc cụ thể.",
        points.channel(campaign) if campaign is not None else "",
    )
    rows: tuple[Row, ...] = ((Choice("send", "Gửi luôn câu vừa gõ"),),) if words else ()
    told = f"Câu vừa gõ: «{words}»" if words else ""
    return Message(title=ASK, body="\n\n".join(part for part in (*parts, told) if part), rows=rows)


def searched(campaign: Campaign, read: Sequence[Passage], by: Reckoning) -> tuple[Text, ...]:
    """What is searched: the plan's words, and what people call these things."""
    return tuple(
        Text(one.code, one.label, one.quote, (*one.more, *_called(campaign, one, by))) for one in read
    )


def _called(campaign: Campaign, one: Passage, by: Reckoning) -> tuple[str, ...]:
    match one.about:
        case Deadline() as deadline:
            return SECTIONS[one.section], f"Hạn {inside_a_sentence(points.due(campaign, deadline, by))}"
        case Criterion() as criterion:
            return (_KINDS[criterion.kind],)
    return (SECTIONS[one.section],)


def _asking(rows: Sequence[Row]) -> tuple[Row, ...]:
    return (*rows, (Choice("ask", ASK), Choice("mine", LABEL_MINE)))


def head(group: Group) -> str:
    """The head of a group, on a title or a button."""
    return campaign_texts.group_title(group)


def _page_line(one: Passage) -> str:
    if isinstance(one.about, Group):
        return f"{one.code} {one.quote}"
    if one.code:
        return f"{one.code} {shortened(one.label or one.quote, _LINE)}"
    return f"• {one.label}: {one.quote}" if one.label else f"• {one.quote}"


def _openings(here: Sequence[tuple[int, Passage]]) -> tuple[Row, ...]:
    buttons = [Choice(f"at.{place}", one.code) for place, one in here]
    return tuple(tuple(buttons[place : place + 3]) for place in range(0, len(buttons), 3))


def _path(campaign: Campaign, one: Passage) -> str:
    of_group = next((head(group) for group in campaign.groups if group.key == one.group), "")
    return " / ".join(told for told in (SECTIONS[one.section], of_group) if told)


def _meaning(campaign: Campaign, one: Passage, by: Reckoning) -> str:
    match one.about:
        case Criterion() as criterion:
            return _of_criterion(criterion)
        case Deadline() as deadline:
            return points.due(campaign, deadline, by)
        case Duty() as duty:
            bodies = ", ".join(points.body(campaign, code) for code in duty.bodies)
            return f"Ai thực hiện: {bodies or campaign_texts.UNSAID}"
        case Group() as group:
            return f"Gồm {len(group.criteria)} mục: {', '.join(item.code for item in group.criteria)}"
    return ""


def _of_criterion(criterion: Criterion) -> str:
    """The questions asked of it, how answers are checked, and the advice that goes with them."""
    asked = (f"• {one.question} {criteria.how_checked(one)}" for one in criterion.measures)
    lines = (
        f"Đây là {_KINDS[criterion.kind]}.",
        "Câu hỏi khi tự đánh giá:" if criterion.measures else "",
        *asked,
        f"Cách hiểu: {criterion.note}" if criterion.note else "",
        f"Minh chứng gợi ý: {criterion.evidence}" if criterion.evidence else "",
        f"Người thường trả lời: {criterion.usual}" if criterion.usual else "",
    )
    return "\n".join(line for line in lines if line)
