"""Words of the command that shows the reminders of the coming weeks."""

from collections.abc import Mapping, Sequence

from core.reminders_ahead import PlannedDay
from core.texts import ladders
from core.texts import reminders_ladder as ladder

HELP = "Lời nhắc sắp tới."
PREVIEW_HELP = "In ra ai sẽ được nhắc việc gì, ngày nào, nếu từ giờ chưa ai nộp gì. Không gửi tin nào."
FROM_HELP = "Xem từ ngày này, ví dụ 01/12/2026; không nêu thì từ hôm nay."
DAYS_HELP = "Xem bao nhiêu ngày."
DAY_WORD = "NGÀY"
COUNT_WORD = "SỐ"


def preview(days: Sequence[PlannedDay], names: Mapping[int, str]) -> str:
    """Every day with what is said on it, or that nothing is."""
    if not days:
        return ladder.NOTHING_PLANNED
    return "\n\n".join("\n".join([ladder.planned_day(day), *_lines(day, names)]) for day in days)


def _lines(day: PlannedDay, names: Mapping[int, str]) -> list[str]:
    return [f"  {ladders.line(one, names)}" for one in day.planned]
