"""What is wrong with a calendar file, told to whoever wrote it."""

from core.calendar_files import CalendarFinding, CalendarProblem

_SAID = {
    CalendarProblem.UNREADABLE: "không đọc được tệp; tệp phải có và ở dạng chữ UTF-8",
    CalendarProblem.SYNTAX: "dòng này sai cú pháp TOML; xem lại dấu ngoặc, dấu nháy, dấu bằng, ngày có thật",
    CalendarProblem.UNKNOWN_KEY: "không có «{about}»; chỉ có off, work, swap, confirmed và các ô của chúng",
    CalendarProblem.MISSING_KEY: "thiếu «{about}»; ghi thêm vào mục này",
    CalendarProblem.NOT_DAY: "«{about}» phải là một ngày không có dấu nháy, ví dụ 2026-01-02",
    CalendarProblem.NOT_YEAR: "«{about}» phải là năm từ 2000 đến 2100, ví dụ 2027",
    CalendarProblem.NOT_TEXT: "«{about}» phải là một dòng chữ trong dấu nháy, không để trống",
    CalendarProblem.NOT_LIST: "«{about}» phải viết thành [[{about}]], mỗi mục một lần",
    CalendarProblem.TWICE: "{about} đã được ghi ở trên; bỏ bớt một mục",
    CalendarProblem.NOT_WORKED_BEFORE: "{about} vốn đã là ngày nghỉ nên không đem hoán đổi được",
    CalendarProblem.NOT_OFF_BEFORE: "{about} vốn đã là ngày làm việc nên không làm bù được",
}


def finding(one: CalendarFinding) -> str:
    """«calendar.toml, dòng 12: …»."""
    return f"{one.file}, dòng {one.line}: {_SAID[one.problem].format(about=one.about)}."
