"""Words of the command that shows the reminders of the coming weeks."""

from collections.abc import Mapping, Sequence

from core.reminders_ahead import Planned, PlannedDay
from core.texts import reminders as texts
from core.texts import reminders_ladder as ladder
from core.vietnamese import inside_a_sentence, shortened

HELP = "Lời nhắc sắp tới."
PREVIEW_HELP = "In ra ai sẽ được nhắc việc gì, ngày nào, nếu từ giờ chưa ai nộp gì. Không gửi tin nào."
FROM_HELP = "Xem từ ngày này, ví dụ 01/12/2026; không nêu thì từ hôm nay."
DAYS_HELP = "Xem bao nhiêu ngày."
DAY_WORD = "NGÀY"
COUNT_WORD = "SỐ"
_NAME = 60


def preview(days: Sequence[PlannedDay], names: Mapping[int, str]) -> str:
    """Every day with what is said on it, or that nothing is."""
    if not days:
        return ladder.NOTHING_PLANNED
    return "\n\n".join("\n".join([ladder.planned_day(day), *_lines(day, names)]) for day in days)


def _lines(day: PlannedDay, names: Mapping[int, str]) -> list[str]:
    return [_line(one, names) for one in day.planned]


def _line(one: Planned, names: Mapping[int, str]) -> str:
    nudge = one.nudge
    who = names.get(nudge.person, str(nudge.person))
    what = inside_a_sentence(texts.what(nudge.obligation))
    return f"  {one.at:%H:%M} {who}: {what} · {shortened(nudge.obligation.unit, _NAME)}"
