"""Sentences of the office's view of who handed in, who is late and what is missing."""

from collections.abc import Sequence
from datetime import tzinfo

from core.absences import AbsenceFacts
from core.deadlines import Obligation, Standing
from core.messages import LABEL_LENGTH, Choice, Message, Row
from core.reminders_facts import Reminded
from core.submissions import DueFacts, ExtensionFacts, SubmissionFacts
from core.texts import deputies, extensions, pages, reminders, submissions
from core.texts import reminded as last_nudges
from core.texts.reminders import what
from core.vietnamese import at_the_start, inside_a_sentence, long_date, shortened

LABEL = "Tình hình nộp"
WORD = "TH"
NOTHING = "Chưa có việc nào có ngày hạn. Ngày nêu trong hướng dẫn thì nhập ở «Ngày của kế hoạch»."
HELP = "Chọn một việc để xem từng đơn vị: đã nộp, còn thiếu, quá hạn. Chọn đơn vị để xem biên nhận và tệp."
LABEL_ASKED = "Đơn vị xin gia hạn"
NOTHING_ASKED = "Hiện không có đề nghị gia hạn nào chờ trả lời."
SENT = "Tệp được gửi ở tin ngay dưới."
NO_FILE = "Chưa có tệp để gửi: đơn vị chưa nộp tệp, hoặc tệp chưa qua kiểm tra."
NUDGE_ALL = "Nhắc các đơn vị chưa nộp"
NUDGE, EXTEND, STAND_IN = "Nhắc", "Gia hạn", "Phân công"
_NAME = 60


def occasions(found: Sequence[DueFacts]) -> Message:
    """Everything that is due: how many owe it, handed it in, are late."""
    lines = []
    for one in found:
        told = f", {one.late} quá hạn" if one.late else ""
        day = long_date(one.obligation.legal_day)
        lines.append(f"• {_title(one.obligation)}: hạn {day}; đã nộp {one.done}/{one.count}{told}")
    rows = tuple(
        (Choice(f"due.{one.key}", shortened(_title(one.obligation), LABEL_LENGTH)),) for one in found
    )
    return Message(title=LABEL, body="\n".join(lines) or NOTHING, rows=rows)


def occasion(found: Sequence[tuple[Obligation, Standing]], page: int) -> Message:
    """Every unit of one occasion, a page at a time."""
    if not found:
        return Message(title=LABEL, body=NOTHING)
    shown = pages.shown(found, page)
    lines = [f"• {shortened(one.unit, _NAME)}: {_unit_state(one, stands)}" for one, stands in shown]
    rows: list[Row] = [
        (Choice(f"unit.{one.unit_id}", shortened(one.unit, LABEL_LENGTH)),) for one, _stands in shown
    ]
    rows += pages.turns(page, len(found))
    if any(each.open_on(stood.today) for each, stood in found):
        rows.append((Choice("nudge", NUDGE_ALL),))
    one, stands = next((pair for pair in found if pair[0].extension is None), found[0])
    head = [one.label, f"Kế hoạch ghi: «{shortened(one.words, 200)}» ({one.clause})."]
    safe = f"ngày làm việc cuối: {long_date(stands.safe_day)}{reminders.estimated(stands)}"
    head.append(f"Hạn: hết {long_date(one.legal_day)}; {safe}; {_days(stands)}.")
    return Message(title=what(one), body="\n".join([*head, "", *lines]).strip(), rows=tuple(rows))


def unit(
    one: Obligation,
    standing: Standing,
    facts: SubmissionFacts | None,
    asked: ExtensionFacts | None,
    zone: tzinfo,
    away: AbsenceFacts | None = None,
    *,
    reminded: Sequence[Reminded],
) -> Message:
    """One unit's: its receipt and file, or what is missing, who stands in for its head, who was reminded."""
    lines = [f"{one.unit} · {one.label}", *reminders.dates(one, standing, asked=False)]
    lines += [f"{at_the_start(deputies.period(away))}."] if away is not None else []
    lines += ["", *submissions.handed_in(facts, zone)] if facts is not None else [reminders.missing(one)]
    if reminded or one.open_on(standing.today):
        lines += ["", *last_nudges.lines(reminded, zone)]
    rows: list[Row] = []
    if asked is not None and asked.state != "granted":
        lines += ["", extensions.told(asked)]
    if asked is not None and asked.state == "asked":
        rows.append((Choice(f"asked.{asked.id}", "Trả lời xin gia hạn"),))
    if facts is not None and facts.file is not None:
        rows.append((Choice("file", "Lấy tệp"),))
    if one.open_on(standing.today):
        rows.append((Choice("nudge", NUDGE), Choice("extend", EXTEND), Choice("deputy", STAND_IN)))
    return Message(title=what(one), body="\n".join(lines), rows=tuple(rows))


def asked_list(found: Sequence[tuple[Obligation, ExtensionFacts]], page: int = 0) -> Message:
    """Requests for more time that wait for an answer, a page at a time."""
    shown = pages.shown(found, page)
    lines = [
        f"• {shortened(one.unit, _NAME)}, {_title(one)}: xin đến hết {long_date(facts.until)}"
        for one, facts in shown
    ]
    rows = tuple((Choice(f"asked.{facts.id}", shortened(one.unit, LABEL_LENGTH)),) for one, facts in shown)
    turns = pages.turns(page, len(found))
    return Message(title=LABEL_ASKED, body="\n".join(lines) or NOTHING_ASKED, rows=(*rows, *turns))


def _unit_state(one: Obligation, standing: Standing) -> str:
    told = submissions.state(one, standing)
    if one.extension is not None:
        told = f"{told}, gia hạn đến hết {long_date(one.due)}"
    if one.done_at is not None:
        return told
    return f"{told}; {inside_a_sentence(reminders.missing(one).rstrip('.'))}"


def _days(standing: Standing) -> str:
    return reminders.in_short(standing)


def _title(one: Obligation) -> str:
    return f"{what(one)} · {one.label}"
