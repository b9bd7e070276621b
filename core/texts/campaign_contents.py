"""What a plan asks, read back: heads, clauses, questions, ways to meet them, and what passes."""

from collections.abc import Iterator

from core.campaigns import Campaign, Group, Track
from core.criteria import ClauseKind, Criterion, Way
from core.measures import (
    DeclarationMeasure,
    DeltaMeasure,
    DocumentMeasure,
    Measure,
    NarrativeMeasure,
    NumberMeasure,
    OrdinalMeasure,
    SlotsMeasure,
)
from core.texts.criteria import gain_needed, levels_needed, need, part_name, strung, what_is_met
from core.vietnamese import inside_a_sentence

SILENT = "chưa quy định trong kế hoạch"
_STEP = "  "

CLAUSES = {
    ClauseKind.CONTENT: "nội dung thi đua",
    ClauseKind.STANDARD: "tiêu chuẩn khen thưởng",
    ClauseKind.PREREQUISITE: "điều kiện tiên quyết",
    ClauseKind.DISQUALIFIER: "trường hợp không xét",
}
TRACKS = {
    Track.INDIVIDUAL: "cá nhân",
    Track.HEAD: "người đứng đầu",
    Track.COLLECTIVE: "tập thể",
}


def contents(campaign: Campaign) -> Iterator[str]:
    """Every head with its clauses, and how many of them each is asked; nothing where nothing is asked."""
    if not campaign.groups:
        return
    yield f"NỘI DUNG: {len(campaign.groups)} nhóm, {len(list(campaign.criteria()))} mục"
    for track in campaign.tracks():
        yield f"{_STEP}Diện {TRACKS[track]}: {len(list(campaign.criteria(track)))} mục"
    for group in campaign.groups:
        yield ""
        yield _head(group)
        yield f"{_STEP}«{group.title}»"
        for criterion in group.criteria:
            yield from (f"{_STEP}{line}" for line in _criterion(criterion))


def group_title(group: Group) -> str:
    """«c) Thủ tục hành chính»: the head of a group on a card or a button."""
    return f"{group.letter}) {group.label}" if group.letter else group.label


def asked_of(group: Group) -> str:
    """Whom a head is asked: «tập thể», «cá nhân, người đứng đầu»; empty for everybody."""
    return ", ".join(TRACKS[track] for track in group.tracks)


def met_by(criterion: Criterion) -> str:
    """What meets a clause of several answers: «báo cáo, hoặc (quyết định và hiệu quả)»; else nothing."""
    if criterion.ways:
        return _combined(criterion, criterion.ways[0], outermost=True)
    if len(criterion.measures) < 2:
        return ""
    names = [inside_a_sentence(part_name(criterion, one.code)) for one in criterion.measures]
    return ", hoặc ".join(names) if criterion.excludes else strung(names, "và")


def _head(group: Group) -> str:
    whom = asked_of(group)
    return f"{group_title(group)} [{group.code}], {CLAUSES[group.criteria[0].kind]}" + (
        f", hỏi {whom}" if whom else ""
    )


def _criterion(criterion: Criterion) -> Iterator[str]:
    yield f"[{criterion.code}] {criterion.label}"
    yield f"{_STEP}«{criterion.quote}»"
    for measure in criterion.measures:
        named = f" ({measure.label})" if measure.label else ""
        yield f"{_STEP}Câu hỏi{named}: {measure.question}"
        yield f"{_STEP}Trả lời: {_answer(measure, criterion.kind)}"
    if combined := met_by(criterion):
        yield f"{_STEP}{'Không xét nếu' if criterion.excludes else 'Đạt khi có'}: {combined}"
    if criterion.note:
        yield f"{_STEP}Cách hiểu: {criterion.note}"
    if criterion.evidence:
        yield f"{_STEP}Minh chứng gợi ý: {criterion.evidence}"
    if criterion.usual:
        yield f"{_STEP}Thường do: {criterion.usual}"


def _combined(criterion: Criterion, way: Way, *, outermost: bool) -> str:
    """«A, hoặc (B và C)»."""
    parts = []
    for part in way.parts:
        inner = criterion.way(part)
        if inner is None:
            parts.append(inside_a_sentence(part_name(criterion, part)))
        else:
            parts.append(_combined(criterion, inner, outermost=False))
    joined = ", hoặc ".join(parts) if way.any_of else strung(parts, "và")
    return joined if outermost or len(parts) == 1 else f"({joined})"


def _answer(measure: Measure, kind: ClauseKind) -> str:
    excluded = what_is_met(measure) if kind is ClauseKind.DISQUALIFIER else ""
    passes = f"; không xét nếu {excluded}" if excluded else f"; {_passes(measure)}"
    match measure:
        case NumberMeasure():
            fraction = f", hoặc dạng 12/98 ({measure.fraction})" if measure.fraction else ""
            return f"con số ({measure.unit}){fraction}{passes}"
        case OrdinalMeasure():
            scale = ", ".join(level.label for level in measure.scale.levels)
            note = f". {measure.scale.note}" if measure.scale.note else ""
            wait = f"; chưa có thì chọn «{measure.awaited}»" if measure.awaited else ""
            return f"một mức trong thang {scale}{passes}{wait}{note}"
        case DeltaMeasure():
            return f"hai con số ({measure.unit}), năm trước và năm nay{passes}"
        case SlotsMeasure():
            return f"nêu đủ: {', '.join(slot.label for slot in measure.slots)}; người thẩm định xem xét"
        case DeclarationMeasure():
            return f"có hoặc không, kèm giải thích{passes}"
        case DocumentMeasure():
            return "ít nhất một tệp minh chứng" + (passes if excluded else "")
        case NarrativeMeasure():
            return "vài câu; người thẩm định đọc và đánh giá"


def _passes(measure: Measure) -> str:
    match measure:
        case NumberMeasure(operator=None):
            return f"{SILENT} phải đạt bao nhiêu; người thẩm định xem xét"
        case NumberMeasure():
            return f"phải {need(measure)}"
        case OrdinalMeasure():
            return f"phải là {levels_needed(measure)}"
        case DeltaMeasure():
            return f"phải {gain_needed(measure)}"
        case _:
            return "phải là có"
