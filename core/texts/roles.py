"""Who may do what, as a page to read: every role, every permission, how far it reaches."""

from collections.abc import Sequence

from core.roles import Permission, Role, Scope, matrix
from core.texts.account import ROLE_NAMES

PERMISSION_NAMES = {
    Permission.ASSESS_SELF: "tự đánh giá, gửi minh chứng, ký xác nhận",
    Permission.READ_PLAN: "đọc kế hoạch và tiêu chí",
    Permission.MANAGE_ACCOUNT: "xem và khóa tài khoản, dữ liệu của mình",
    Permission.SEE_PEOPLE: "xem danh sách nhân sự",
    Permission.MANAGE_PEOPLE: "thêm, sửa, chuyển nhân sự",
    Permission.ISSUE_CODES: "cấp mã tham gia",
    Permission.GIVE_ROLES: "giao và thu vai trò",
    Permission.LOAD_CAMPAIGN: "nạp, duyệt và ban hành kế hoạch thi đua",
    Permission.ASK_OFFICE: "gửi câu hỏi về bộ phận phụ trách",
    Permission.ANSWER_QUESTIONS: "trả lời câu hỏi gửi về",
    Permission.ASSESS_UNIT: "chia và trả lời bản tự đánh giá của tập thể",
    Permission.SIGN_UNIT: "ký bản tự đánh giá của tập thể",
    Permission.ASSESS_FOR_OTHERS: "khai thay người chưa có tài khoản",
    Permission.NOMINATE: "đề nghị khen thưởng",
    Permission.HAND_IN: "nộp kế hoạch, báo cáo của đơn vị; xin gia hạn",
    Permission.ANNOUNCE: "soạn và gửi thông báo",
    Permission.APPROVE_ANNOUNCEMENTS: "duyệt thông báo của người khác",
    Permission.CONFIRM_HANDED_IN: "xác nhận kế hoạch, báo cáo người khác nộp; đặt hạn nội bộ",
    Permission.NAME_DEPUTY: "cử người thay khi vắng",
    Permission.SEE_BOARD: "xem tình hình nộp của các đơn vị, trả lời xin gia hạn",
    Permission.COMMEND: "ghi nhận đã được khen thưởng, hủy khen thưởng (hai người)",
    Permission.SEE_AWARDS: "xem hồ sơ khen thưởng",
    Permission.PREPARE_DOSSIER: "lập hồ sơ đề nghị khen thưởng của đơn vị",
    Permission.SUBMIT_DOSSIER: "nộp, rút hồ sơ đề nghị khen thưởng của đơn vị",
    Permission.APPRAISE: "thẩm định hồ sơ đề nghị khen thưởng",
    Permission.CALL_COUNCIL: "chuẩn bị phiên họp Hội đồng",
    Permission.VOTE: "bỏ phiếu tại Hội đồng",
    Permission.DECIDE: "duyệt danh sách khen thưởng",
    Permission.NOTE_HINDRANCES: "ghi nhận kỷ luật, khiếu nại",
    Permission.WAIVE: "đề nghị và quyết định bỏ qua một điều kiện xét (hai người)",
    Permission.SEE_QUOTAS: "xem chỉ tiêu khen thưởng",
    Permission.MANAGE_CALENDAR: "ghi ngày nghỉ, ngày làm bù, xác nhận lịch của năm",
    Permission.READ_JOURNAL: "xem nhật ký thao tác",
    Permission.GO_LIVE: "chuyển sang hoạt động chính thức",
    Permission.ARCHIVE_ROUND: "đóng gói lưu trữ các đợt đã xong",
    Permission.SEE_CHANNELS: "xem kênh và lượt tin của tháng",
    Permission.MANAGE_CHANNELS: "cho kênh đang dừng gửi lại",
}
SCOPE_NAMES = {
    Scope.SELF: "bản thân",
    Scope.UNIT: "đơn vị",
    Scope.ALL: "tất cả",
}
NOT_AT_ALL = "–"

_PAGE = """\
# Vai trò và quyền (roles and permissions)

Trang này được in ra từ `core/roles.py`; muốn đổi quyền thì sửa ở đó. Không có vai trò thì không có quyền
nào.

This page is printed from `core/roles.py` by a test; without a role nothing is allowed.

## Phạm vi (scope)

{scopes}

Vai trò có ngày bắt đầu và có thể có ngày kết thúc, tính cả hai ngày đó. Một người có thể giữ nhiều vai trò;
các quyền được cộng lại. Thao tác không được phép và nội dung không tồn tại được trả lời như nhau.

A role holds from its first day to its last, both included; roles of one person add up. What is not
allowed and what does not exist get the same answer.

## Vai trò (roles)

{roles}

## Quyền theo vai trò (permissions by role)

{cells}
"""


def printed_matrix() -> str:
    """The page `docs/roles.md`, in Markdown."""
    return _PAGE.format(scopes=_scopes(), roles=_roles(), cells=_cells())


def _scopes() -> str:
    meanings = {
        Scope.SELF: ("chỉ dữ liệu của chính mình", "one's own data only"),
        Scope.UNIT: (
            "đơn vị được giao vai trò và các đơn vị trực thuộc",
            "the unit the role is held for, and every unit below it",
        ),
        Scope.ALL: (
            "mọi đơn vị, dù vai trò được giao cho đơn vị nào",
            "every unit, whichever the role is held for",
        ),
    }
    rows = [(SCOPE_NAMES[scope], f"`{scope.value}`", *meanings[scope]) for scope in Scope]
    return _table(("Phạm vi", "Scope", "Nghĩa", "Meaning"), rows)


def _roles() -> str:
    return _table(("Vai trò", "Role"), [(ROLE_NAMES[role], f"`{role.value}`") for role in Role])


def _cells() -> str:
    reach = {(role, permission): scope for role, permission, scope in matrix()}
    rows = [
        (
            PERMISSION_NAMES[permission],
            f"`{permission.value}`",
            *(_cell(reach[role, permission]) for role in Role),
        )
        for permission in Permission
    ]
    return _table(("Quyền", "Permission", *(ROLE_NAMES[role] for role in Role)), rows)


def _cell(scope: Scope | None) -> str:
    return NOT_AT_ALL if scope is None else SCOPE_NAMES[scope]


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    lines = [heads, tuple("---" for _ in heads), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
