"""What stands in the people sheet, and what is said about it."""

from typing import assert_never

from core.organisation import UnitKind
from core.people_plan import ImportPlan
from core.people_rows import Rating
from core.people_sheet import CellFinding, Column, FindingCode
from core.roles import Role
from core.texts.account import ROLE_NAMES

HEADINGS = {
    Column.UNIT_CODE: "Mã đơn vị",
    Column.UNIT: "Đơn vị",
    Column.UNIT_KIND: "Loại đơn vị",
    Column.PARENT: "Đơn vị cấp trên",
    Column.NAME: "Họ tên",
    Column.STAFF_CODE: "Mã nhân viên",
    Column.PHONE: "Điện thoại",
    Column.POST: "Chức vụ",
    Column.ROLES: "Vai trò",
    Column.RATING: "Xếp loại chất lượng",
    Column.HEAD: "Là trưởng đơn vị",
    Column.DEPUTY: "Là cấp phó",
}
ERROR_HEADING = "Lỗi cần sửa"
NOTE_PREFIX = "Ghi chú: "
YES = "x"

KINDS = {
    UnitKind.DEPARTMENT: "Sở Y tế",
    UnitKind.AGENCY: "Chi cục",
    UnitKind.HOSPITAL: "Bệnh viện",
    UnitKind.CENTRE: "Trung tâm",
    UnitKind.STATION: "Trạm y tế",
    UnitKind.WARD: "Khoa",
    UnitKind.OFFICE: "Phòng",
    UnitKind.OTHER: "Khác",
}
RATINGS = {
    Rating.EXCELLENT: "Hoàn thành xuất sắc nhiệm vụ",
    Rating.GOOD: "Hoàn thành tốt nhiệm vụ",
    Rating.DONE: "Hoàn thành nhiệm vụ",
    Rating.FAILED: "Không hoàn thành nhiệm vụ",
}

DATA_TAB = "Danh sách"
HELP_TAB = "Hướng dẫn"
CODES_TAB = "Mã tham gia"
VERSION_LABEL = "Phiên bản mẫu"
VERSION = "NS-1"

ROLE_LIST = "; ".join(ROLE_NAMES[role] for role in Role if role is not Role.STAFF)
KIND_LIST = ", ".join(KINDS.values())
RATING_LIST = "; ".join(RATINGS.values())

HELP = (
    ("Danh sách nhân sự", "Mỗi người một dòng ở trang «Danh sách». Ba dòng mẫu là tên giả, anh/chị xóa đi."),
    (
        HEADINGS[Column.UNIT_CODE],
        "Mã riêng của đơn vị, giữ nguyên khi đổi tên. Nếu bỏ trống, đơn vị được tìm theo tên.",
    ),
    (
        HEADINGS[Column.UNIT],
        "Tên hiện nay. Ghi tên mới bên cạnh mã cũ là đổi tên; tên trước đây vẫn được nhận ra.",
    ),
    (HEADINGS[Column.UNIT_KIND], f"Một trong các loại: {KIND_LIST}."),
    (HEADINGS[Column.PARENT], "Mã hoặc tên đơn vị cấp trên. Bỏ trống là giữ như hiện có."),
    (HEADINGS[Column.NAME], "Họ và tên đầy đủ, có dấu. Dòng không có người chỉ dùng để khai đơn vị."),
    (HEADINGS[Column.STAFF_CODE], "Bắt buộc, mỗi người một mã. Mã đã có thì dòng này là sửa thông tin."),
    (HEADINGS[Column.PHONE], "Một số di động hoặc cố định, bắt đầu bằng 0 hoặc +84."),
    (HEADINGS[Column.POST], "Chức vụ hoặc chức danh, ví dụ: Điều dưỡng."),
    (
        HEADINGS[Column.ROLES],
        f"Để trống nếu chỉ là viên chức. Nhiều vai trò thì cách nhau bằng dấu chấm phẩy: {ROLE_LIST}.",
    ),
    (HEADINGS[Column.RATING], f"Mức xếp loại gần nhất: {RATING_LIST}. Bỏ trống nếu chưa có."),
    (HEADINGS[Column.HEAD], "Ghi x nếu là người đứng đầu đơn vị; mỗi đơn vị một người."),
    (HEADINGS[Column.DEPUTY], "Ghi x nếu là cấp phó của người đứng đầu."),
    (
        "Trước khi nhập",
        "Có thể chạy thử để xem sẽ thay đổi gì. Dòng lỗi không được nhập; từng lỗi được nêu kèm lý do.",
    ),
    ("Dòng đúng", "Vẫn nhập được dù dòng khác có lỗi. Người không có trong tệp không bị xóa."),
)

EXAMPLES = (
    {
        Column.UNIT_CODE: "VD-01",
        Column.UNIT: "Trung tâm Y tế Ví Dụ",
        Column.UNIT_KIND: KINDS[UnitKind.CENTRE],
        Column.NAME: "Nguyễn Văn Ví Dụ",
        Column.STAFF_CODE: "VD-001",
        Column.PHONE: "0900000001",
        Column.POST: "Giám đốc",
        Column.RATING: RATINGS[Rating.GOOD],
        Column.HEAD: YES,
    },
    {
        Column.UNIT_CODE: "VD-02",
        Column.UNIT: "Phòng Tổ chức - Hành chính",
        Column.UNIT_KIND: KINDS[UnitKind.OFFICE],
        Column.PARENT: "VD-01",
        Column.NAME: "Trần Thị Làm Mẫu",
        Column.STAFF_CODE: "VD-002",
        Column.PHONE: "0900000002",
        Column.POST: "Chuyên viên",
        Column.ROLES: ROLE_NAMES[Role.COORDINATOR],
    },
    {
        Column.UNIT_CODE: "VD-03",
        Column.UNIT: "Khoa Thử Nghiệm",
        Column.UNIT_KIND: KINDS[UnitKind.WARD],
        Column.PARENT: "VD-01",
        Column.NAME: "Lê Giả Định",
        Column.STAFF_CODE: "VD-003",
        Column.PHONE: "0900000003",
        Column.POST: "Điều dưỡng",
    },
)

PICK_FROM_LIST = "Chọn trong danh sách"
PICK_KIND = f"Hãy chọn một trong: {KIND_LIST}."
PICK_RATING = "Hãy chọn một mức xếp loại có trong danh sách, hoặc để trống."
PICK_YES = "Ghi x, hoặc để trống."
PICK_ROLE = "Chọn một vai trò; nếu có nhiều vai trò, gõ cách nhau bằng dấu chấm phẩy."

CODE_HEADINGS = ("Họ tên", "Mã nhân viên", "Đơn vị", "Mã tham gia", "Đường dẫn", "Dùng được đến")
CODES_WARNING = (
    "Mỗi mã chỉ dùng một lần, cho đúng một người. Giao tận tay hoặc nhắn riêng, không đăng vào nhóm chung; "
    "xóa tệp này sau khi giao xong."
)
NO_LINKS = (
    "Cột «Đường dẫn» để trống vì chưa biết tên bot: chưa có mã truy cập, hoặc máy chưa vào được Telegram. "
    "Mã vẫn dùng được: mở bot, bấm Start rồi nhắn mã."
)


def sentence(finding: CellFinding) -> str:
    """What is wrong, or was understood, and what to do; without the row and the column."""
    value, other = finding.value, finding.other
    match finding.code:
        case FindingCode.NOT_A_WORKBOOK:
            return (
                "Không đọc được tệp này: không phải bảng tính Excel (.xlsx) hay tệp CSV, hoặc tệp bị hỏng. "
                "Chưa có gì thay đổi. Anh/chị mở tệp bằng Excel, lưu lại thành .xlsx rồi gửi lại."
            )
        case FindingCode.OLD_WORKBOOK:
            return (
                "Tệp này là Excel kiểu cũ (.xls) hoặc có đặt mật khẩu nên không đọc được. "
                "Chưa có gì thay đổi. Anh/chị lưu lại thành .xlsx, không đặt mật khẩu, rồi gửi lại."
            )
        case FindingCode.TOO_BIG:
            return (
                f"Tệp quá lớn (giới hạn {other} MB sau khi mở) nên không được đọc. Chưa có gì thay đổi. "
                "Anh/chị xóa hình ảnh và các trang không cần, hoặc chia thành nhiều tệp."
            )
        case FindingCode.TOO_MANY_ROWS:
            return (
                f"Bảng có quá nhiều dòng hoặc cột (giới hạn {other} dòng) nên không được đọc. Chưa có gì "
                "thay đổi. Anh/chị xóa các dòng thừa ở cuối bảng, hoặc chia thành nhiều tệp."
            )
        case FindingCode.EMPTY:
            return "Tệp chưa có dòng nào dưới hàng tiêu đề. Anh/chị điền danh sách rồi gửi lại."
        case FindingCode.NO_HEADING:
            return (
                "Không tìm thấy hàng tiêu đề có cột «Họ tên» và «Mã nhân viên». Chưa có gì thay đổi. "
                "Anh/chị dùng tệp mẫu, hoặc đặt hàng tiêu đề trong 20 dòng đầu."
            )
        case FindingCode.WRONG_TEMPLATE:
            return (
                f"Tệp này theo mẫu «{value}», hệ thống đang dùng mẫu «{other}». Chưa có gì thay đổi. "
                "Anh/chị lấy mẫu mới, chép danh sách sang rồi gửi lại."
            )
        case FindingCode.COLUMN_MISSING:
            return f"Thiếu cột «{heading(finding)}». Anh/chị thêm cột này vào hàng tiêu đề rồi gửi lại."
        case FindingCode.COLUMN_TWICE:
            return (
                f"Có hai cột cùng nghĩa «{heading(finding)}» ({value} và {other}). "
                "Anh/chị giữ một cột, xóa hoặc đổi tên cột kia."
            )
        case FindingCode.CELL_ERROR:
            return f"Ô này là lỗi công thức {value}. Anh/chị gõ lại giá trị."
        case FindingCode.CELL_IS_DATE:
            return f"Excel đã tự đổi ô này thành ngày ({value}). Anh/chị định dạng ô là Text rồi gõ lại."
        case FindingCode.TOO_LONG:
            return f"Nội dung quá dài, tối đa {other} ký tự."
        case FindingCode.NAME_MISSING:
            return "Thiếu họ tên."
        case FindingCode.NAME_HAS_DIGITS:
            return f"Họ tên «{value}» có chữ số. Anh/chị kiểm tra xem có lẫn mã hay số điện thoại."
        case FindingCode.NAME_UNREADABLE:
            return f"Họ tên «{value}» không có chữ cái nào."
        case FindingCode.NAME_LOWER_CASE:
            return f"Họ tên «{value}» có chữ đầu viết thường; vẫn nhập như đã ghi. Anh/chị sửa nếu gõ nhầm."
        case FindingCode.STAFF_CODE_MISSING:
            return "Thiếu mã nhân viên. Mỗi người cần một mã riêng để không bị nhầm khi trùng tên."
        case FindingCode.STAFF_CODE_TWICE:
            return f"Mã nhân viên «{value}» đã dùng ở dòng {other}. Mỗi người một mã."
        case FindingCode.PHONE_BAD:
            return (
                f"Số điện thoại «{value}» không đúng. Ghi một số di động 10 chữ số (03, 05, 07, 08, 09…) "
                "hoặc số cố định 11 chữ số (02…)."
            )
        case FindingCode.PHONE_RESTORED:
            return f"Số điện thoại mất số 0 ở đầu, đã hiểu là {other}."
        case FindingCode.ROLE_UNKNOWN:
            return f"Không có vai trò «{other}». Các vai trò: {ROLE_LIST}. Bỏ trống nếu là viên chức."
        case FindingCode.ROLE_NOT_YOURS:
            roles = "; ".join(ROLE_NAMES[Role(role)] for role in value.split(",") if role)
            return (
                f"Dòng này giao hoặc thu vai trò ({roles}); chỉ người quản trị làm được. "
                "Anh/chị ghi lại vai trò như hiện có, hoặc nhờ người quản trị nhập dòng này."
            )
        case FindingCode.LAST_ADMINISTRATOR:
            return (
                f"Dòng này thu vai trò «{ROLE_NAMES[Role.ADMINISTRATOR]}» của người quản trị cuối cùng. "
                f"Ghi lại «{ROLE_NAMES[Role.ADMINISTRATOR]}» ở dòng này, hoặc giao cho người khác."
            )
        case FindingCode.RATING_UNKNOWN:
            return f"Không có mức xếp loại «{value}». Các mức: {RATING_LIST}."
        case FindingCode.KIND_UNKNOWN:
            return f"Không có loại đơn vị «{value}». Các loại: {KIND_LIST}."
        case FindingCode.YES_NO_UNKNOWN:
            return f"Không hiểu «{value}». Ghi x nếu đúng, để trống nếu không."
        case FindingCode.HEAD_AND_DEPUTY:
            return "Một người không thể vừa là trưởng vừa là cấp phó của cùng đơn vị."
        case FindingCode.HEAD_TWICE:
            return f"Đơn vị này có hơn một trưởng đơn vị (cả dòng {other}). Chỉ đánh dấu một người."
        case FindingCode.HEAD_REPLACED:
            return f"Sẽ thay {other} làm trưởng đơn vị." if other else "Sẽ thay trưởng đơn vị hiện nay."
        case FindingCode.UNIT_MISSING:
            return "Thiếu đơn vị. Ghi mã đơn vị hoặc tên đơn vị."
        case FindingCode.UNIT_NAME_MISSING:
            return "Mã đơn vị này chưa có trong hệ thống, cần ghi thêm tên đơn vị."
        case FindingCode.UNIT_DIFFERS:
            return f"«{value}» khác với dòng {other} của cùng đơn vị. Anh/chị ghi giống nhau."
        case FindingCode.UNIT_AMBIGUOUS:
            return f"Có nhiều đơn vị tên «{value}». Anh/chị ghi thêm mã đơn vị hoặc đơn vị cấp trên."
        case FindingCode.UNIT_UNUSABLE:
            return f"Đơn vị chưa tạo được vì lỗi ở dòng {other}. Sửa dòng đó thì dòng này nhập được."
        case FindingCode.UNIT_LOOP:
            return f"Đơn vị cấp trên «{value}» làm đơn vị nằm dưới chính nó."
        case FindingCode.UNIT_OLD_NAME:
            return f"«{value}» là tên trước đây; vẫn hiểu là «{other}», không đổi tên."
        case FindingCode.PARENT_UNKNOWN:
            return f"Không tìm thấy đơn vị cấp trên «{value}» trong tệp và trong hệ thống."
        case FindingCode.PARENT_AMBIGUOUS:
            return f"Có nhiều đơn vị tên «{value}». Anh/chị ghi mã của đơn vị cấp trên."
        case FindingCode.OUT_OF_REACH:
            return "Đơn vị hoặc người này ngoài phạm vi anh/chị phụ trách, cần cấp trên nhập."
        case FindingCode.PERSON_LEFT:
            return f"Người có mã «{value}» đã được ghi nhận là thôi việc. Nếu nhận lại, báo người quản trị."
        case FindingCode.ROLE_ENDS_WITH_MOVE:
            return (
                f"Người này chuyển đơn vị nên vai trò «{ROLE_NAMES[Role(value)]}» ở đơn vị cũ kết thúc; "
                "người quản trị giao lại nếu cần."
            )
        case FindingCode.COLUMN_IGNORED:
            return f"Cột «{value}» không dùng đến, được bỏ qua."
        case FindingCode.EXAMPLE_IGNORED:
            return f"Dòng mẫu «{value}» được bỏ qua."
        case FindingCode.MERGED:
            return f"Ô gộp từ dòng {value} đến dòng {other}: hiểu là mọi dòng đều ghi như nhau."
        case _:
            assert_never(finding.code)


def kind_name(kind: str) -> str:
    """What a stored kind is called; nothing for one nobody knows."""
    return KINDS[UnitKind(kind)] if kind in list(UnitKind) else ""


def rating_name(rating: str) -> str:
    """What a stored rating is called."""
    return RATINGS[Rating(rating)] if rating in list(Rating) else rating


def heading(finding: CellFinding) -> str:
    """The name of the column a finding is about."""
    return HEADINGS[finding.column] if finding.column is not None else ""


def place_and_sentence(finding: CellFinding) -> str:
    """One line: where, then what."""
    where = []
    if finding.row:
        where.append(f"Dòng {finding.row}")
    if finding.row and finding.column is not None:
        where.append(f"cột «{HEADINGS[finding.column]}»")
    return f"{', '.join(where)}: {sentence(finding)}" if where else sentence(finding)


def in_error_column(findings: tuple[CellFinding, ...]) -> str:
    """What the first column of a row says: its errors, then the remarks."""
    lines = [
        ("" if finding.code.blocks else NOTE_PREFIX)
        + (f"{heading(finding)}: " if finding.column is not None else "")
        + sentence(finding)
        for finding in sorted(findings, key=lambda finding: not finding.code.blocks)
    ]
    return "\n".join(lines)


def summary(plan: ImportPlan) -> str:
    """The count of a plan: «thêm 12, sửa 5, giữ nguyên 240, lỗi 3 dòng»."""
    people = (
        f"thêm {len(plan.additions)}, sửa {len(plan.changes)}, giữ nguyên {plan.unchanged}, "
        f"lỗi {len(plan.rows_left_out)} dòng"
    )
    made = sum(1 for step in plan.units if step.before is None)
    changed = len(plan.units) - made
    return f"Người: {people}.\nĐơn vị: thêm {made}, sửa {changed}."
