"""Sentences about a unit's dossier of a round: where it stands, who is told of it."""

import re
from collections.abc import Sequence
from datetime import tzinfo

from core.campaign_terms import Clause
from core.deadlines import Obligation
from core.dossier_findings import Finding, Severity
from core.dossiers import (
    OPEN_TO_THE_UNIT,
    DossierAct,
    DossierFacts,
    DossierState,
    StepFacts,
    acts,
)
from core.messages import LABEL_LENGTH, Choice, Door, Message, Row
from core.texts import appraisal, pages
from core.texts import dossier_findings as findings_texts
from core.vietnamese import inside_a_sentence, long_date, moment, shortened

LABEL = "Hồ sơ đề nghị khen thưởng"
WORD = "HS"
HELP = (
    "Hồ sơ của đơn vị cho từng đợt: ai được đề nghị, giấy tờ gì, còn thiếu gì. Đầu mối và thủ trưởng cùng "
    "chuẩn bị; thủ trưởng nộp. Nộp muộn vẫn được nhận và ghi rõ là muộn."
)
MAKING = "⏳ Giấy tờ đang được lập; xong sẽ báo."
NOTHING = "Hiện chưa có đợt nào để lập hồ sơ."
GATHERED_NONE = "Không có đề nghị mới nào ngoài hồ sơ."
STATES = {
    DossierState.DRAFTING: "đang soạn",
    DossierState.SUBMITTED: "đã nộp",
    DossierState.APPRAISING: "đang thẩm định",
    DossierState.SUPPLEMENT: "cần bổ sung",
    DossierState.APPRAISED: "đã thẩm định",
    DossierState.IN_COUNCIL: "đang trình hội đồng",
    DossierState.CONCLUDED: "hội đồng đã kết luận",
    DossierState.DECIDED: "đã có kết quả",
}
ACTS = {
    DossierAct.SUBMIT: "Nộp hồ sơ",
    DossierAct.WITHDRAW: "Rút hồ sơ",
    DossierAct.TAKE_UP: "Nhận thẩm định",
    DossierAct.LET_GO: "Trả về hàng chờ thẩm định",
    DossierAct.RETURN: "Yêu cầu bổ sung",
    DossierAct.FINISH: "Hoàn thành thẩm định",
    DossierAct.REOPEN: "Thẩm định lại",
    DossierAct.PUT: "Đưa ra hội đồng",
    DossierAct.TAKE_OFF: "Đưa ra khỏi phiên hội đồng",
    DossierAct.CONCLUDE: "Hội đồng kết luận",
    DossierAct.REFER: "Trả lại hội đồng",
    DossierAct.DECIDE: "Quyết định",
}
_MARKS = {DossierState.DRAFTING: "▫️", DossierState.SUPPLEMENT: "🔁"}
_NAME = 60
_REASON = 300


def gathered(count: int) -> str:
    """Who came in just now."""
    return f"Đã thêm {count} đề nghị mới vào hồ sơ." if count else GATHERED_NONE


def listed(
    found: Sequence[tuple[int, int, str, str, str, DossierState | None, Obligation | None]], page: int = 0
) -> Message:
    """Every round and unit by their numbers and names, with how far it is and by when it is due."""
    several = len({one[1] for one in found}) > 1
    shown = pages.shown(found, page)
    lines = [
        f"{_mark(state)} {_called(unit, label, campaign, several=several)}: {_how(state, due)}"
        for _round, _unit, unit, label, campaign, state, due in shown
    ]
    rows = tuple(
        (
            Choice(
                f"of.{round_id}.{unit_id}",
                shortened(_called(unit, label, campaign, several=several), LABEL_LENGTH),
            ),
        )
        for round_id, unit_id, unit, label, campaign, _state, _due in shown
    )
    turns = pages.turns(page, len(found))
    return Message(title=LABEL, body="\n".join(lines) or NOTHING, rows=(*rows, *turns))


def _called(unit: str, label: str, campaign: str, *, several: bool) -> str:
    where = f"{shortened(unit, _NAME)} · " if several else ""
    return f"{where}{label} · {campaign}"


def _mark(state: DossierState | None) -> str:
    return "▫️" if state is None else _MARKS.get(state, "✅")


def _how(state: DossierState | None, due: Obligation | None) -> str:
    told = "chưa lập" if state is None else STATES[state]
    by = f", hạn {long_date(due.due)}" if due is not None and due.done_at is None else ""
    return f"{told}{by}"


def page(
    facts: DossierFacts,
    names: Sequence[str],
    found: Sequence[Finding],
    due: Obligation | None,
    copies: tuple[int | None, Clause | None],
    zone: tzinfo,
    *,
    may_submit: bool,
    making: bool,
) -> Message:
    """One dossier: where it stands, who is in it, what is wrong with it, and what may be done."""
    lines = [
        f"{facts.unit} · {facts.campaign_label}, {inside_a_sentence(facts.round_label)}",
        *_state(facts, zone),
    ]
    if due is not None:
        lines.append(f"Hạn nộp: hết {long_date(due.due)}{f' ({due.clause})' if due.clause else ''}.")
    else:
        lines.append("Hạn nộp: kế hoạch chưa nêu ngày.")
    count, clause = copies
    if count is not None:
        lines.append(f"Số bộ giấy: {count:02d}{f' ({clause.code})' if clause else ''}.")
    lines += ["", f"Được đề nghị: {len(names)}."]
    lines += [f"• {shortened(name, _NAME)}" for name in names[:_FEW]]
    if len(names) > _FEW:
        lines.append(f"… và {len(names) - _FEW} người, tập thể khác.")
    opened = facts.state in OPEN_TO_THE_UNIT
    if opened:
        lines += ["", f"{findings_texts.TITLE}: {findings_texts.counted(found)}."]
    lines += [MAKING] if making else []
    return Message(
        title=LABEL,
        body="\n".join(lines),
        rows=_doing(facts, found, may_submit=may_submit),
    )


_FEW = 8
_LEAD = re.compile(r"^lý do\s*:\s*", re.IGNORECASE)


def bare_reason(words: str) -> str:
    """A reason without the «Lý do:» that is said before it wherever it is told."""
    return _LEAD.sub("", words)


def _state(facts: DossierFacts, zone: tzinfo) -> list[str]:
    lines = [f"Tình trạng: {STATES[facts.state]}, bản thứ {facts.version}."]
    if facts.received_at is not None and facts.state is not DossierState.DRAFTING:
        late = ", nộp muộn" if facts.late else ""
        lines.append(
            f"Biên nhận {facts.receipt}, nộp lúc {moment(facts.received_at.astimezone(zone))}{late}."
        )
    if facts.appraiser and facts.state is not DossierState.DRAFTING:
        lines.append(f"Người thẩm định: {facts.appraiser}.")
    if facts.supplement_due is not None:
        lines.append(f"Cần bổ sung trước khi hết {long_date(facts.supplement_due)}.")
    return lines


def _doing(facts: DossierFacts, found: Sequence[Finding], *, may_submit: bool) -> tuple[Row, ...]:
    opened = facts.state in OPEN_TO_THE_UNIT
    rows: list[Row] = [
        (Choice("nominees", "Danh sách đề nghị"), Choice("parts", "Giấy tờ")),
    ]
    if opened:
        rows.append((Choice("doctor", f"{findings_texts.TITLE} ({_short(found)})"),))
        if facts.state is DossierState.SUPPLEMENT:
            rows.append((Choice("supplement", "Bổ sung theo yêu cầu"),))
        elif may_submit:
            rows.append((Choice("submit", "Nộp hồ sơ"),))
    elif may_submit and DossierAct.WITHDRAW in acts(facts.state):
        rows.append((Choice("withdraw", "Rút hồ sơ"),))
    versions = [Choice("versions", "Các bản đã nộp")] if facts.version > 1 or not opened else []
    rows.append((Choice("history", "Quá trình"), *versions))
    return tuple(rows)


def _short(found: Sequence[Finding]) -> str:
    wrong = sum(one.severity is Severity.ERROR for one in found)
    return f"{wrong} lỗi" if wrong else "không có lỗi"


def history(steps: Sequence[StepFacts], zone: tzinfo, page: int = 0) -> Message:
    """Everything done with it, the newest first."""
    newest = tuple(reversed(steps))
    lines = [
        f"• {moment(one.at.astimezone(zone))}: {ACTS[one.act]} (bản {one.version}), {one.by}."
        + (f" Lý do: {shortened(one.reason, _REASON)}" if one.reason else "")
        for one in pages.shown(newest, page)
    ]
    return Message(
        title="Quá trình của hồ sơ",
        body="\n".join(lines) or "Hồ sơ chưa nộp lần nào.",
        rows=pages.turns(page, len(newest)),
    )


def submitted_notice(facts: DossierFacts, nominees: int, reason: str) -> Message:
    """To the office and whoever appraises: a dossier came in."""
    late = " Nộp muộn so với hạn." if facts.late else ""
    why = f"\nĐơn vị nộp khi còn lỗi, lý do: {shortened(reason, _REASON)}" if reason else ""
    return Message(
        title="Hồ sơ khen thưởng mới nộp",
        body=(
            f"{facts.unit} đã nộp hồ sơ {_of(facts)}: {nominees} đề nghị. Biên nhận {facts.receipt}, "
            f"bản thứ {facts.version}.{late}{why}"
        ),
    )


def withdrawn_notice(facts: DossierFacts, reason: str) -> Message:
    """To the same people: it was taken back."""
    return Message(
        title="Đơn vị rút hồ sơ khen thưởng",
        body=(
            f"{facts.unit} đã rút hồ sơ {_of(facts)}, biên nhận {facts.receipt}.\n"
            f"Lý do: {shortened(reason, _REASON)}\nBản đã nộp vẫn được lưu; đơn vị sẽ nộp bản khác."
        ),
    )


def in_place_notice(facts: DossierFacts, by: str) -> Message:
    """To whoever is stood in for: their dossier was handed in."""
    return Message(
        title="Đã nộp hồ sơ thay anh/chị",
        body=f"{by} đã nộp thay anh/chị hồ sơ {_of(facts)} của {facts.unit}. Biên nhận {facts.receipt}.",
        doors=(door(facts.id),),
    )


def taken_out_notice(facts: DossierFacts, who: str, by: str, reason: str) -> Message:
    """To whoever proposed somebody: they were taken out of the dossier."""
    return Message(
        title="Một đề nghị được đưa ra khỏi hồ sơ",
        body=(
            f"{by} đã đưa {who} ra khỏi hồ sơ {_of(facts)}.\nLý do: {shortened(reason, _REASON)}\n"
            "Đề nghị vẫn còn và đưa lại vào hồ sơ được."
        ),
        doors=(door(facts.id),),
    )


def door(dossier_id: int) -> Door:
    """Leads to a dossier."""
    return Door("dossiers", str(dossier_id), "Mở hồ sơ", WORD)


def to_appraise(facts: DossierFacts) -> Door:
    """Leads whoever appraises to it."""
    return Door("appraisal", str(facts.id), "Mở hồ sơ", appraisal.WORD)


def _of(facts: DossierFacts) -> str:
    return f"{facts.campaign_label}, {inside_a_sentence(facts.round_label)}"
