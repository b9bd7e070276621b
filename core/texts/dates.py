"""Why what somebody typed is not taken for a date, with two examples of what would be."""

from datetime import date
from typing import assert_never

from core.dates import DateFault
from core.vietnamese import long_date

_DAYS = "«15/12/2026» hoặc «thứ 6 tuần sau»"
_MOMENTS = "«17h 15/12/2026» hoặc «8 giờ 30 sáng mai»"


def unreadable(fault: DateFault, given: str, actual: date | None, *, timed: bool) -> str:
    """The whole sentence: what happened, that nothing changed, and what to type."""
    return (
        f"{_why(fault, given, actual)} Chưa ghi gì; anh/chị nhắn lại, ví dụ {_MOMENTS if timed else _DAYS}."
    )


def _why(fault: DateFault, given: str, actual: date | None) -> str:
    match fault:
        case DateFault.UNREADABLE:
            return f"Chưa hiểu «{given}» là ngày nào."
        case DateFault.NO_SUCH_DAY:
            return f"Không có ngày «{given}»; ngày viết trước, tháng viết sau."
        case DateFault.NO_SUCH_TIME:
            return f"Không có giờ như trong «{given}»."
        case DateFault.WRONG_WEEKDAY:
            told = f": ngày đó là {long_date(actual)}" if actual is not None else ""
            return f"Thứ và ngày trong «{given}» không khớp{told}."
        case DateFault.OUT_OF_RANGE:
            return f"«{given}» nằm ngoài các năm từ 2000 đến 2100."
        case DateFault.TIME_MISSING:
            return f"«{given}» còn thiếu giờ."
        case DateFault.TIME_UNWANTED:
            return f"«{given}» có giờ, mà ở đây chỉ cần ngày."
        case _:
            assert_never(fault)
