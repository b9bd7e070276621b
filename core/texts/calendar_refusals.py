"""Why the working calendar does not take what was asked."""

from collections.abc import Mapping
from datetime import date
from typing import Literal

from core.dates import DateFault
from core.refusals import Code
from core.texts import dates
from core.vietnamese import at_the_start, long_date


def sentence(
    code: Literal[
        Code.DAY_UNREADABLE,
        Code.DAY_ALREADY_SO,
        Code.NOTHING_TO_SWAP,
        Code.YEAR_CONFIRMED,
        Code.CALENDAR_ENDS,
    ],
    facts: Mapping[str, object],
) -> str:
    """The sentence for a refusal of the calendar."""
    match code:
        case Code.DAY_UNREADABLE:
            return _day_unreadable(facts)
        case Code.DAY_ALREADY_SO:
            already = "ngày làm việc" if facts["works"] else "ngày nghỉ"
            return f"{at_the_start(_day(facts, 'day'))} vốn đã là {already}; chưa có gì thay đổi."
        case Code.NOTHING_TO_SWAP:
            both = "đang là ngày làm việc" if facts["works"] else "đang là ngày nghỉ"
            return (
                f"{at_the_start(_day(facts, 'day'))} và {_day(facts, 'other')} cùng {both} nên không "
                "hoán đổi được; chưa có gì thay đổi. Anh/chị chọn một ngày làm việc và một ngày nghỉ."
            )
        case Code.YEAR_CONFIRMED:
            return f"Lịch năm {facts['year']} đã được xác nhận từ trước; chưa có gì thay đổi."
        case Code.CALENDAR_ENDS:
            return (
                f"Lịch làm việc có từ năm {facts['first']} đến năm {facts['last']}; chưa có gì thay đổi. "
                "Anh/chị chọn một ngày trong khoảng đó."
            )


def _day_unreadable(facts: Mapping[str, object]) -> str:
    fault, actual = facts["fault"], facts.get("actual")
    assert isinstance(fault, DateFault)
    assert actual is None or isinstance(actual, date)
    return dates.unreadable(fault, str(facts["given"]), actual, timed=bool(facts["timed"]))


def _day(facts: Mapping[str, object], name: str) -> str:
    value = facts[name]
    assert isinstance(value, date)
    return long_date(value)
