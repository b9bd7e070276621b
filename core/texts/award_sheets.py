"""Sentences about sheets of earlier awards: their columns, what is wrong with a cell, what came of one."""

from collections.abc import Mapping, Sequence

from core.awards import AwardSheetFacts, AwardSheetState, Column, Fault, SheetFault
from core.evidence import FileKind
from core.messages import LABEL_LENGTH, Capabilities, Choice, Door, FileOut, Message, Row
from core.vietnamese import shortened

TITLE = "Bảng khen thưởng từ trước"
DOOR_WORD = "BKT"
DATA_TAB = "Khen thưởng"
HELP_TAB = "Hướng dẫn"
FAULT_HEADING = "Lỗi cần sửa"
TEMPLATE_FILE = "Mẫu bảng khen thưởng từ trước.xlsx"
HELP = (
    "Lấy mẫu, mỗi dòng ghi một khen thưởng, rồi gửi lại vào đây. Mỗi lỗi được báo ngay tại ô của "
    "nó; còn lỗi thì chưa dòng nào được ghi. Không còn lỗi thì anh/chị xem lại rồi mới ghi vào hồ sơ."
)
SOON = "Đang chuẩn bị; tệp mẫu sẽ đến trong một tin riêng."
RECEIVED = "Đã nhận tệp; hệ thống đọc rồi báo lại trong một tin riêng."
ENTERED = "Đã ghi vào hồ sơ khen thưởng."
CHANGED_SINCE = "Dữ liệu đã đổi từ lúc gửi bảng nên có lỗi mới; chưa dòng nào được ghi."
DROPPED = "Đã bỏ bảng này; chưa dòng nào được ghi."
KEEP_WORD = "GHI BANG"
_XLSX = FileKind.XLSX.mime
_SHOWN = 12
_VALUE_SHOWN = 60
KINDS: Mapping[bool, str] = {True: "Chuyên đề", False: "Khác"}
HEADINGS: Mapping[Column, str] = {
    Column.STAFF_CODE: "Mã nhân viên (khi khen cá nhân)",
    Column.NAME: "Họ tên (để đối chiếu)",
    Column.UNIT: "Tập thể (mã hoặc tên đơn vị)",
    Column.TITLE: "Hình thức khen",
    Column.AUTHORITY: "Cấp khen",
    Column.NUMBER: "Số quyết định",
    Column.DATED: "Ngày quyết định",
    Column.KIND: "Loại (Chuyên đề hoặc Khác)",
    Column.FIRST_YEAR: "Thành tích từ năm",
    Column.LAST_YEAR: "Đến năm (bỏ trống nếu một năm)",
    Column.ACHIEVEMENT: "Thành tích",
}
EXAMPLES: Sequence[Mapping[Column, str]] = (
    {
        Column.STAFF_CODE: "VD0001",
        Column.NAME: "Nguyễn Thị Mẫu",
        Column.TITLE: "Giấy khen",
        Column.AUTHORITY: "Giám đốc Sở Y tế",
        Column.NUMBER: "000/QĐ-VIDU",
        Column.DATED: "15/12/2024",
        Column.KIND: "Chuyên đề",
        Column.FIRST_YEAR: "2024",
        Column.ACHIEVEMENT: "Ví dụ: số hóa toàn bộ hồ sơ bệnh án của khoa",
    },
    {
        Column.UNIT: "Khoa Mẫu",
        Column.TITLE: "Bằng khen",
        Column.AUTHORITY: "Chủ tịch UBND tỉnh",
        Column.NUMBER: "001/QĐ-VIDU",
        Column.DATED: "20/01/2025",
        Column.KIND: "Khác",
        Column.FIRST_YEAR: "2021",
        Column.LAST_YEAR: "2025",
        Column.ACHIEVEMENT: "Ví dụ: hoàn thành xuất sắc nhiệm vụ giai đoạn 2021-2025",
    },
)
HELP_ROWS: Sequence[tuple[str, str]] = (
    (
        "Cách điền",
        "Mỗi dòng một khen thưởng. Hai dòng ví dụ chữ xám không được ghi; xóa hay để lại đều được.",
    ),
    ("Cá nhân", "Điền mã nhân viên; họ tên chỉ để đối chiếu, không đủ để biết là ai."),
    ("Tập thể", "Bỏ trống mã nhân viên, điền mã hoặc tên đơn vị."),
    ("Ngày quyết định", "Ngày/tháng/năm, ví dụ 15/12/2024."),
    (
        "Loại",
        "«Chuyên đề» (theo phong trào): không tính làm căn cứ khen thưởng theo công trạng. Còn lại «Khác».",
    ),
    (
        "Thành tích",
        "Như trong quyết định hoặc báo cáo. Lần sau có đề nghị khen cùng thành tích, hệ thống sẽ báo.",
    ),
    ("Sửa sau khi ghi", "Không sửa được. Ghi nhầm thì đề nghị gỡ, một người khác của văn phòng quyết định."),
)
_STATES: Mapping[AwardSheetState, str] = {
    AwardSheetState.WAITING: "đang đọc",
    AwardSheetState.FAULTY: "có lỗi, chưa ghi",
    AwardSheetState.REFUSED: "không nhận được",
    AwardSheetState.LOST: "không lấy về được",
    AwardSheetState.READ: "chờ anh/chị ghi",
    AwardSheetState.ENTERED: "đã ghi",
    AwardSheetState.DROPPED: "đã bỏ",
}


_SENTENCES: Mapping[Fault, str] = {
    Fault.NOT_A_WORKBOOK: "Tệp không đọc được như một bảng Excel (.xlsx).",
    Fault.TOO_BIG: "Tệp quá lớn. Anh/chị bỏ bớt hình ảnh hoặc chia thành nhiều bảng.",
    Fault.TOO_MANY_ROWS: "Bảng có quá nhiều dòng hoặc cột; mỗi lần không quá {value} dòng.",
    Fault.NO_HEADING: "Không thấy dòng tên cột. Anh/chị dùng mẫu lấy ở màn hình này.",
    Fault.COLUMN_MISSING: "Thiếu cột «{column}».",
    Fault.COLUMN_TWICE: "Có hai cột «{column}».",
    Fault.EMPTY: "Bảng chưa có dòng nào ngoài ví dụ.",
    Fault.MISSING: "Thiếu «{column}».",
    Fault.TOO_SHORT: "«{column}» quá ngắn để hiểu được.",
    Fault.TOO_LONG: "«{column}» dài quá {value} chữ cái.",
    Fault.NO_NUMBER: "«{value}» chưa có số của quyết định.",
    Fault.DATE: "Không đọc được ngày «{value}»; ghi như 15/12/2024.",
    Fault.DATED_LATER: "Ngày «{value}» chưa đến.",
    Fault.YEAR: "«{value}» không phải một năm, hoặc năm chưa đến; ghi như 2024.",
    Fault.YEARS_REVERSED: "Năm sau đứng trước năm đầu.",
    Fault.KIND_UNKNOWN: "«{value}»: chọn «Chuyên đề» hoặc «Khác».",
    Fault.NOBODY: "Không có ai mang mã «{value}».",
    Fault.NAME_DIFFERS: "Mã này là của {value}; họ tên trong bảng khác.",
    Fault.UNIT_UNKNOWN: "Không có đơn vị «{value}».",
    Fault.UNIT_AMBIGUOUS: "Có nhiều đơn vị «{value}»; ghi mã đơn vị.",
    Fault.WHO_TWICE: "Có cả mã nhân viên và tập thể; mỗi dòng chỉ ghi một.",
    Fault.WHO_MISSING: "Cần mã nhân viên, hoặc tập thể; họ tên không đủ để biết là ai.",
    Fault.TWICE_IN_SHEET: "Trùng với dòng {value} của bảng.",
    Fault.THERE_ALREADY: "Khen thưởng này đã có trong hồ sơ.",
    Fault.OWN: "Khen thưởng của chính anh/chị hoặc đơn vị anh/chị phụ trách do người khác của văn phòng ghi.",
}


def sentence(one: SheetFault) -> str:
    """What is wrong, and what to do."""
    column = HEADINGS[one.column].partition(" (")[0] if one.column is not None else ""
    return _SENTENCES[one.fault].format(column=column, value=shortened(one.value, _VALUE_SHOWN))


def finding(one: SheetFault) -> str:
    """A fault with its place, for a list."""
    place = f"Dòng {one.row}: " if one.row else ""
    return f"{place}{sentence(one)}"


def sheets(sent: Sequence[AwardSheetFacts], can: Capabilities) -> Message:
    """Where a sheet is sent, and what was sent lately."""
    lines = [HELP, *([""] if sent else []), *(f"• {_named(one)}: {_STATES[one.state]}" for one in sent)]
    rows: list[Row] = [(Choice("template", "Lấy mẫu Excel"),)]
    rows += [(Choice(f"sheet.{one.id}", shortened(_named(one), LABEL_LENGTH)),) for one in sent]
    hint = (
        "Gửi bảng Excel (.xlsx) vào đây."
        if can.files_in
        else "Bảng gửi bằng tệp Excel, qua kênh hoặc trang nhận được tệp."
    )
    return Message(title=TITLE, body="\n".join(lines), hint=hint, rows=tuple(rows))


def _named(one: AwardSheetFacts) -> str:
    """People send the same file again: a number tells one from the other."""
    return f"{one.id}. {one.name}"


def sheet(one: AwardSheetFacts, lines: Sequence[str]) -> Message:
    """One that was sent: its faults, or its awards to read before they are entered."""
    body = [f"{one.name}: {_STATES[one.state]}."]
    rows: list[Row] = []
    if one.state is AwardSheetState.READ:
        body += [f"Bảng có {one.rows} khen thưởng, không có lỗi:", *_cut(lines)]
        body += ["", "Ghi rồi thì không sửa được từng mục."]
        label = f"Ghi {one.rows} khen thưởng vào hồ sơ"
        rows = [(Choice("enter", label, grave=True, word=KEEP_WORD),), (Choice("drop", "Bỏ bảng này"),)]
    elif one.findings:
        body += ["Chưa dòng nào được ghi:", *_cut([f"• {line}" for line in one.findings])]
        body += ["", "Anh/chị sửa rồi gửi lại vào đây."]
        if one.sha256:
            rows = [(Choice("file", "Lấy bảng có đánh dấu lỗi"),)]
    return Message(title=TITLE, body="\n".join(body), rows=tuple(rows))


def _cut(lines: Sequence[str]) -> list[str]:
    more = [f"… và {len(lines) - _SHOWN} dòng nữa"] if len(lines) > _SHOWN else []
    return [*lines[:_SHOWN], *more]


def faulty_file(one: AwardSheetFacts) -> FileOut:
    """The sheet with its faults pointed out."""
    return FileOut(one.sha256, f"Lỗi - {one.name}", _XLSX)


def template_notice(sha256: str) -> Message:
    """The template, to whoever asked."""
    return Message(
        title=TITLE,
        body="Điền mỗi dòng một khen thưởng rồi gửi lại ở mục này.",
        files=(FileOut(sha256, TEMPLATE_FILE, _XLSX),),
        doors=(Door("award_sheets", "", "Gửi bảng", DOOR_WORD),),
    )


def read_notice(one: AwardSheetFacts) -> Message:
    """It has no faults: to be looked at before it is entered."""
    return Message(
        title="Bảng khen thưởng không có lỗi",
        body=f"{one.name} có {one.rows} khen thưởng. Chưa dòng nào được ghi: anh/chị xem lại rồi ghi.",
        doors=_door(one.id),
    )


def faulty_notice(one: AwardSheetFacts) -> Message:
    """It has faults, told here and in the sheet given back."""
    return Message(
        title="Bảng khen thưởng có lỗi",
        body="\n".join(
            (f"{one.name}: chưa dòng nào được ghi.", *_cut([f"• {line}" for line in one.findings]))
        ),
        files=(faulty_file(one),) if one.sha256 else (),
        doors=_door(one.id),
    )


def lost_notice(sheet_id: int, name: str) -> Message:
    """It could not be fetched."""
    return Message(
        title="Chưa lấy được bảng khen thưởng",
        body=f"{name}: nền tảng không còn tệp này. Anh/chị gửi lại; chưa có gì thay đổi.",
        doors=_door(sheet_id),
    )


def _door(sheet_id: int) -> tuple[Door, ...]:
    return (Door("award_sheets", str(sheet_id), "Xem bảng", DOOR_WORD),)
