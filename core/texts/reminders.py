"""Sentences of reminders: what is due in the plan's words, by when, what is missing, and when they end."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import assert_never

from core.deadlines import Obligation, Standing, late_at
from core.messages import Door, Message
from core.reminders_case import offset_of
from core.reminders_digest import Digest, WeeklyLine
from core.reminders_facts import Besides, Failure, Ground, Nudge, Tone
from core.reminders_hours import SnoozeChoice, SnoozeKind
from core.texts import calendar
from core.texts.campaign_dates import DEADLINES
from core.texts.reminders_ladder import AUDIENCES, when
from core.vietnamese import at_the_start, inside_a_sentence, long_date, moment, shortened

LABEL = "Nhắc việc"
DONE = "✅ Đã làm"
SNOOZE = "⏰ Nhắc lại"
OPEN = "Mở"
ASK_SNOOZE = "Anh/chị muốn được nhắc lại lúc nào?"
NO_SNOOZE = "Không còn giờ nào để hẹn trước ngày làm việc cuối. Anh/chị làm ngay, hoặc xin gia hạn."
HINT = "Nộp xong thì không còn lời nhắc nào về việc này."
_ENDS = "Đây là lời nhắc cuối về việc này. Việc vẫn còn mở: nộp lúc nào cũng được nhận và ghi là muộn."
_UNTOLD = {
    None: "chưa được báo",
    Failure.NO_ACCOUNT: "chưa có tài khoản nên chưa nhận được",
    Failure.EXPIRED: "chưa nhận được vì lời nhắc đã hết giờ gửi",
    Failure.UNREACHABLE: "không nhận được tin nhắn",
    Failure.REJECTED: "không nhận được tin nhắn",
    Failure.NOBODY: "chưa có ai",
}
_MOST_LISTED = 7
_MOST_PARTS = 10
_WORDS = 200
_NAME = 80
#: In a list, so that a morning's digest stays one message.
_FEW_PARTS = 3
_FEW_WORDS = 100
_SHORT_NAME = 50
_ASKING = frozenset({Tone.REMINDER, Tone.CUT_OFF, Tone.AGAIN})


def what(obligation: Obligation) -> str:
    """«Gửi kế hoạch của đơn vị»."""
    return DEADLINES[obligation.kind]


def count(standing: Standing) -> str:
    """How long is left, explained: «còn 9 ngày làm việc (không tính 4 ngày cuối tuần)»."""
    if standing.late:
        past = -standing.working_days
        return f"đã quá hạn {past} ngày làm việc" if past else "đã quá hạn"
    if standing.working_days > 0:
        return f"còn {calendar.explained(standing.count)}"
    if standing.today == standing.safe_day:
        return "hôm nay là ngày làm việc cuối"
    return f"đã qua ngày làm việc cuối, theo văn bản còn đến hết {_last(standing)}"


def handed_in(obligation: Obligation, standing: Standing) -> str:
    """«đã nộp lúc …, đúng hạn», or by how much it was late, of what is done or waits for confirmation."""
    came = obligation.done_at or obligation.handed_in_at
    assert came is not None
    at = moment(came)
    if not late_at(obligation, came):
        return f"đã nộp lúc {at}, đúng hạn"
    past = -standing.working_days if obligation.done_at is not None else standing.behind
    return f"đã nộp muộn {past} ngày làm việc, lúc {at}" if past > 0 else f"đã nộp muộn, lúc {at}"


def in_short(standing: Standing) -> str:
    """The same for a list: «còn 9 ngày làm việc»."""
    left = standing.working_days
    return f"còn {left} ngày làm việc" if left > 0 and not standing.late else count(standing)


def dates(obligation: Obligation, standing: Standing, *, asked: bool = True) -> list[str]:
    """The plan's words, the last day by law, the last safe working day, the count or when it was done.

    Whoever is `asked` to confirm what was handed in is told how long is left; others, when it came.
    """
    code = f" ({obligation.clause})" if obligation.clause else ""
    lines = [f"Kế hoạch ghi: «{shortened(obligation.words, _WORDS)}»{code}."] if obligation.words else []
    if obligation.extension is not None:
        rests_on = shortened(obligation.extension.document, _WORDS)
        lines.append(f"Được gia hạn đến hết {_last(standing)}, theo {rests_on}.")
    else:
        rests_on = f", theo {shortened(obligation.rests_on, _WORDS)}" if obligation.rests_on else ""
        lines.append(f"Hạn theo văn bản: hết {_last(standing)}{rests_on}.")
    lines.append(f"Ngày làm việc cuối để nộp: {long_date(standing.safe_day)}{estimated(standing)}.")
    lines += _own_day(obligation, standing)
    came = obligation.done_at is not None or (obligation.handed_in_at is not None and not asked)
    told = handed_in(obligation, standing) if came else count(standing)
    return [*lines, f"{at_the_start(told)}."]


def _own_day(obligation: Obligation, standing: Standing) -> list[str]:
    """The unit's own cut-off, and how long is left to it while the thing is not handed in."""
    if obligation.cut_off is None:
        return []
    told = f"Hạn nội bộ của đơn vị: {long_date(obligation.cut_off)}"
    open_still = obligation.done_at is None and obligation.handed_in_at is None
    if open_still and obligation.cut_off == standing.today:
        return ["Hôm nay là hạn nội bộ của đơn vị."]
    left = standing.internal
    if not open_still or not left:
        return [f"{told}."]
    return [f"{told}, còn {left} ngày làm việc." if left > 0 else f"{told}, đã qua {-left} ngày làm việc."]


def clock_was_ahead(count: int, newest: datetime, now: datetime) -> Message:
    """To administrators: the machine's clock ran ahead, and reminders went out too early."""
    return Message(
        title="Đồng hồ máy chủ",
        body=f"Có {count} lời nhắc mang giờ {moment(newest)}, sau giờ hiện tại ({moment(now)}): đồng hồ đã "
        "có lúc chạy nhanh, hoặc đang chạy chậm. Không lời nhắc nào được gửi hai lần, nhưng những mốc đã "
        "nhắc sớm sẽ không được nhắc lại.",
        hint="Anh/chị kiểm tra giờ của máy chủ; đơn vị nào cần thì văn phòng nhắc ở «Tình hình nộp».",
    )


def estimated(standing: Standing) -> str:
    """« (dự kiến)» behind the last safe working day of a year whose calendar nobody has confirmed."""
    return f" ({calendar.ESTIMATED})" if standing.safe_day.year in standing.count.estimated else ""


def missing(obligation: Obligation, most: int = _MOST_PARTS, length: int = _WORDS) -> str:
    """What is still missing; what is asked for at all where nothing smaller is known."""
    parts = obligation.missing
    if not parts:
        return f"Việc cần làm: {inside_a_sentence(what(obligation))}."
    more = f" và {len(parts) - most} mục khác" if len(parts) > most else ""
    return f"Còn thiếu: {'; '.join(shortened(one, length) for one in parts[:most])}{more}."


def notice(nudge: Nudge, names: Mapping[int, str], doors: Sequence[Door] = ()) -> Message:
    """One nudge as a message. `names` are the people's; `doors` what may be done about it."""
    obligation = nudge.obligation
    lines = [_where(obligation), *_opening(nudge, names)]
    lines += [*dates(obligation, nudge.standing), missing(obligation), *_closing(nudge)]
    hint = HINT if nudge.tone in _ASKING else ""
    return Message(title=_title(nudge), body="\n".join(lines), hint=hint, doors=tuple(doors))


def digest(
    folded: Digest,
    names: Mapping[int, str],
    weekly: WeeklyLine | None = None,
    doors: Sequence[Door] = (),
) -> Message:
    """What one person is told in a morning: a single nudge in full, several as a list."""
    if len(folded.nudges) == 1:
        message = notice(folded.nudges[0], names, doors)
        body = message.body
    else:
        hint = HINT if any(nudge.tone in _ASKING for nudge in folded.nudges) else ""
        message = Message(title=_title_of(folded.nudges), hint=hint, doors=tuple(doors))
        shown = [_item(nudge, names) for nudge in folded.nudges[:_MOST_LISTED]]
        more = len(folded.nudges) - len(shown)
        body = "\n\n".join([*shown, *([f"Và {more} việc khác."] if more else [])])
    if weekly is not None:
        body = f"{body}\n\n{weekly_line(weekly)}"
    return Message(title=message.title, body=body, hint=message.hint, doors=message.doors)


def weekly_line(line: WeeklyLine) -> str:
    """«Anh/chị còn 3 việc đang mở, 1 việc đã quá hạn; gần nhất: …»."""
    nearest = next((one for one in line.items if not one.standing.late), line.items[0])
    late = f", {line.late} việc đã quá hạn" if line.late else ""
    told = f"{inside_a_sentence(what(nearest.obligation))}, {in_short(nearest.standing)}"
    which = "gần nhất" if not nearest.standing.late else "lâu nhất"
    return f"Anh/chị còn {len(line.items)} việc đang mở{late}; {which}: {told}."


def weekly(line: WeeklyLine, doors: Sequence[Door] = ()) -> Message:
    """The line of the week as a message of its own."""
    return Message(title="Việc trong tuần", body=weekly_line(line), doors=tuple(doors))


def snooze_label(choice: SnoozeChoice, now: datetime) -> str:
    """«1 giờ nữa (09:05)», «Chiều nay (14:00)», «Sáng mai (08:00 thứ Ba 08/12/2026)»."""
    until = choice.until
    match choice.kind:
        case SnoozeKind.HOUR:
            return f"1 giờ nữa ({until:%H:%M})"
        case SnoozeKind.AFTERNOON:
            return f"Chiều nay ({until:%H:%M})"
        case SnoozeKind.TOMORROW:
            tomorrow = (until.date() - now.date()).days == 1
            return f"{'Sáng mai' if tomorrow else 'Ngày làm việc tới'} ({moment(until)})"
        case SnoozeKind.MONDAY:
            return f"{'Thứ Hai tới' if until.weekday() == 0 else 'Đầu tuần tới'} ({moment(until)})"
        case _:
            assert_never(choice.kind)


def snoozed(until: datetime) -> str:
    """It was put off."""
    return f"Sẽ nhắc lại lúc {moment(until)}, nếu đến lúc đó việc chưa xong."


def ground(found: Ground) -> str:
    """On what an escalation rests."""
    if found.delivered_at is not None:
        return f"Người phụ trách đã được nhắc lúc {moment(found.delivered_at)}."
    match found.failure:
        case Failure.NO_ACCOUNT:
            return "Người phụ trách chưa kết nối tài khoản nên chưa nhắc được."
        case Failure.EXPIRED:
            return "Lời nhắc cho người phụ trách đã hết giờ gửi mà chưa gửi được."
        case Failure.NOBODY:
            return "Đơn vị chưa có người phụ trách việc này."
        case Failure.UNREACHABLE | Failure.REJECTED | None:
            return "Người phụ trách không nhận được tin nhắn nên chưa nhắc được."
        case _:
            assert_never(found.failure)


def _title_of(nudges: Sequence[Nudge]) -> str:
    """«Quá hạn: 3 việc của 3 đơn vị», «Nhắc việc: 3 việc, 1 việc quá hạn»."""
    late = sum(one.standing.late for one in nudges)
    if late < len(nudges):
        return f"{LABEL}: {len(nudges)} việc{f', {late} việc quá hạn' if late else ''}"
    units = len({one.obligation.unit_id for one in nudges})
    return f"Quá hạn: {late} việc{f' của {units} đơn vị' if units > 1 else ''}"


def _title(nudge: Nudge) -> str:
    subject = what(nudge.obligation)
    match nudge.tone:
        case Tone.ESCALATION:
            return (
                f"{'Việc quá hạn' if nudge.standing.late else 'Việc chưa xong'}: {inside_a_sentence(subject)}"
            )
        case Tone.LAST_WORD:
            return f"Lời nhắc cuối: {inside_a_sentence(subject)}"
        case Tone.CUT_OFF:
            return f"Hạn nội bộ: {inside_a_sentence(subject)}"
        case Tone.REMINDER | Tone.AGAIN:
            return f"{LABEL}: {inside_a_sentence(subject)}"
        case _:
            assert_never(nudge.tone)


def _opening(nudge: Nudge, names: Mapping[int, str]) -> list[str]:
    lines = []
    if nudge.person != nudge.principal:
        lines.append(f"Anh/chị nhận lời nhắc này thay {_name(nudge.principal, names)}.")
    if nudge.ground is not None:
        owner = nudge.obligation.person
        instead = f"; hiện {_name(nudge.instead, names)} thay" if nudge.instead is not None else ""
        who = f" Người phụ trách: {_name(owner, names)}{instead}." if owner is not None else ""
        state = "quá hạn" if nudge.standing.late else "chưa xong"
        lines.append(f"{_rule(nudge)}, việc {state} được báo đến anh/chị.{who} {ground(nudge.ground)}")
        lines += [at_the_start(f"{told}.") for told in _others_told(nudge)]
    if nudge.tone is Tone.AGAIN:
        lines.append("Anh/chị đã hẹn nhắc lại vào giờ này.")
    return lines


def _rule(nudge: Nudge) -> str:
    """Which rung of the ladder it is, by which somebody else is told at all."""
    offset = offset_of(nudge.rung, nudge.audience)
    assert offset is not None
    return f"Theo thang nhắc việc («{when(offset)}: báo {AUDIENCES[nudge.audience]}»)"


def _closing(nudge: Nudge) -> list[str]:
    if nudge.tone is not Tone.LAST_WORD:
        return []
    told = "; ".join(_others_told(nudge))
    return ["", f"{at_the_start(told)}. {_ENDS}" if told else _ENDS]


def _others_told(nudge: Nudge) -> list[str]:
    """Who besides was told of it, and who could not be."""
    reached = " và ".join(AUDIENCES[one.audience] for one in nudge.told if _went_out(one))
    lines = [f"việc này đã được báo cho {reached}"] if reached else []
    return lines + [
        f"{AUDIENCES[one.audience]} {_UNTOLD[one.failure]}" for one in nudge.told if not _went_out(one)
    ]


def _went_out(one: Besides) -> bool:
    return one.reached or bool(one.now)


def _item(nudge: Nudge, names: Mapping[int, str]) -> str:
    obligation, standing = nudge.obligation, nudge.standing
    instead = f" (thay {_name(nudge.principal, names)})" if nudge.person != nudge.principal else ""
    last = " Đây là lời nhắc cuối." if nudge.tone is Tone.LAST_WORD else ""
    heard = f" {_rule(nudge)}. {ground(nudge.ground)}" if nudge.ground is not None else ""
    code = f" ({obligation.clause})" if obligation.clause else ""
    left = in_short(standing)
    safe = f"{long_date(standing.safe_day)}{estimated(standing)}"
    lines = [
        f"• {what(obligation)}{instead} · {_where(obligation, _SHORT_NAME)}",
        *([f"  «{shortened(obligation.words, _FEW_WORDS)}»{code}"] if obligation.words else []),
        f"  Hạn: hết {_last(standing)}; ngày làm việc cuối: {safe}.",
        f"  {left[:1].upper()}{left[1:]}. {missing(obligation, _FEW_PARTS, _SHORT_NAME)}{heard}{last}",
    ]
    return "\n".join(lines)


def _where(obligation: Obligation, length: int = _NAME) -> str:
    return f"{shortened(obligation.unit, length)} · {shortened(obligation.label, length)}"


def _last(standing: Standing) -> str:
    told = long_date(standing.due)
    return f"{standing.at:%H:%M} {told}" if standing.at is not None else told


def _name(person: int, names: Mapping[int, str]) -> str:
    return names.get(person, "người phụ trách")
