"""Sentences about where a case stands on its way to a decision."""

from datetime import date, tzinfo

from core.campaign_terms import SubjectKind
from core.results import CaseStanding, DossierStanding, Stage, Standing
from core.vietnamese import at_the_start, inside_a_sentence, long_date, shortened

MAY_ASK = "Muốn rõ thêm hoặc có ý kiến về kết quả, anh/chị hỏi thủ trưởng đơn vị hoặc văn phòng."
HEAD_MAY_ASK = "Muốn rõ thêm hoặc có ý kiến về kết quả, anh/chị hỏi văn phòng."
STAGES = {
    Stage.SIGNED: "đã ký bản tự đánh giá, đơn vị chưa đề nghị",
    Stage.PROPOSED: "đơn vị đã đề nghị, hồ sơ đang soạn",
    Stage.SUBMITTED: "đơn vị đã nộp hồ sơ, chờ thẩm định",
    Stage.APPRAISING: "hồ sơ đang được thẩm định",
    Stage.SUPPLEMENT: "hồ sơ được trả lại, đơn vị đang bổ sung",
    Stage.APPRAISED: "hồ sơ đã thẩm định xong",
    Stage.IN_COUNCIL: "hồ sơ đang ở Hội đồng",
    Stage.CONCLUDED: "Hội đồng đã kết luận, chưa có quyết định",
    Stage.APPROVED: "danh sách đã được phê duyệt, chờ ký quyết định",
    Stage.COMMENDED: "đã được khen thưởng",
    Stage.NOT_CHOSEN: "không được chọn khen thưởng lần này",
}
_NEXT = {
    Stage.SIGNED: "đơn vị xét và đề nghị",
    Stage.PROPOSED: "đơn vị nộp hồ sơ",
    Stage.SUBMITTED: "thẩm định",
    Stage.APPRAISING: "thẩm định xong",
    Stage.SUPPLEMENT: "đơn vị bổ sung và nộp lại",
    Stage.APPRAISED: "đưa ra Hội đồng",
    Stage.IN_COUNCIL: "Hội đồng họp",
    Stage.CONCLUDED: "lãnh đạo duyệt danh sách và quyết định",
    Stage.APPROVED: "ký quyết định",
}
_ANNULLED = "sau đó đã hủy"
_ON_A_DAY = frozenset({Stage.IN_COUNCIL})
_ACHIEVEMENT, _NAME, _FEW = 120, 60, 10


def lines(found: Standing, zone: tzinfo) -> list[str]:
    """Everything that is under way, a paragraph each; nothing where there is none."""
    own = [case(one, zone) for one in found.cases]
    return own + [dossier(one, zone) for one in found.dossiers]


def case(one: CaseStanding, zone: tzinfo) -> str:
    """One's own: where it stands, since when, what comes next; the reason where one was not chosen."""
    told = [f"{one.campaign}, {inside_a_sentence(one.round_label)}"]
    if one.subject is SubjectKind.COLLECTIVE:
        told[0] += f" · tập thể {one.name}"
    if one.achievement:
        told.append(f"Thành tích: {shortened(one.achievement, _ACHIEVEMENT)}")
    told.append(f"{at_the_start(_how(one))} (từ {long_date(one.since.astimezone(zone).date())}).")
    told += _next(one.stage, one)
    if one.stage is Stage.NOT_CHOSEN:
        told.append(MAY_ASK)
    return "\n".join(told)


def dossier(one: DossierStanding, zone: tzinfo) -> str:
    """A unit's: where it stands, and everybody in it."""
    since = long_date(one.since.astimezone(zone).date())
    told = [f"Hồ sơ {one.unit} · {one.campaign}, {inside_a_sentence(one.round_label)}"]
    if one.stage in {Stage.COMMENDED, Stage.NOT_CHOSEN}:
        told.append(f"Đã có kết quả (từ {since}).")
    else:
        told.append(f"{at_the_start(STAGES[one.stage])} (từ {since}).")
        told += _next(one.stage, one)
    told += [f"• {shortened(who.name, _NAME)}{_result(who)}" for who in one.nominees[:_FEW]]
    if len(one.nominees) > _FEW:
        told.append(f"… và {len(one.nominees) - _FEW} người, tập thể khác")
    return "\n".join(told)


def outcome(reason: str, *, chosen: bool | None) -> str:
    """What the council concluded of a nominee."""
    if chosen is None:
        return ""
    return "Hội đồng chọn đề nghị khen" if chosen else f"Hội đồng không chọn, lý do: {why(reason)}"


def why(reason: str) -> str:
    """Why somebody was not chosen, without the sums: outside the council they could tell how people voted."""
    return inside_a_sentence(reason.partition(":")[0])


def decision(number: str, dated: date | None) -> str:
    """«Quyết định số 12/QĐ-SYT ngày 22/11/2026», as far as it is known."""
    day = f" ngày {dated:%d/%m/%Y}" if dated is not None else ""
    return f"Quyết định số {number}{day}" if number else "Quyết định"


def _how(one: CaseStanding) -> str:
    said = STAGES[one.stage]
    if one.stage in {Stage.CONCLUDED, Stage.APPROVED} and one.chosen is not None:
        return f"{said}: {outcome(one.reason, chosen=one.chosen)}"
    if one.annulled:
        return f"{said} theo {decision(one.number, one.dated)}, {_ANNULLED}"
    if one.stage is Stage.COMMENDED and one.number:
        return f"{said} theo {decision(one.number, one.dated)}"
    if one.stage is Stage.NOT_CHOSEN and one.reason:
        return f"{said}. Lý do: {why(one.reason)}"
    return said


def _next(stage: Stage, one: CaseStanding | DossierStanding) -> list[str]:
    if stage not in _NEXT:
        return []
    by = "" if one.next_on is None else long_date(one.next_on)
    when = "" if not by else f", {by}" if stage in _ON_A_DAY else f", hạn {by}"
    return [f"Bước sau: {_NEXT[stage]}{when}."]


def _result(who: CaseStanding) -> str:
    if who.stage is Stage.COMMENDED:
        return f": được khen, {_ANNULLED}" if who.annulled else ": được khen"
    if who.stage is Stage.NOT_CHOSEN:
        return f": không được chọn. Lý do: {why(who.reason)}" if who.reason else ": không được chọn"
    told = outcome(who.reason, chosen=who.chosen)
    return f": {told}" if told else ""
