"""Sentences of choosing whom an announcement is for, and of looking at who that is."""

from collections.abc import Collection, Sequence

from core.announcement_choices import AudienceNames, PersonChoice, PlanChoice, UnitChoice
from core.announcements import Addressee, AnnouncementFacts, Audience, Condition, Reach
from core.messages import LABEL_LENGTH, Choice, Message, Row
from core.organisation import UnitKind
from core.roles import Role
from core.texts.account import ROLE_NAMES
from core.texts.announcement_office import WHY
from core.texts.people_sheet import KINDS
from core.vietnamese import at_the_start, inside_a_sentence, shortened

LABEL = "Người nhận"
HELP = (
    "Chọn đơn vị, loại đơn vị, vai trò, điều kiện: ai thỏa mọi phần đã chọn thì nhận. "
    "Người chọn theo tên được thêm vào. Số người và danh sách tính lại mỗi lần xem."
)
HELP_UNITS = (
    "Chọn một đơn vị là chọn cả các đơn vị bên dưới; chọn lần nữa để bỏ. "
    "Gõ tên, mã hoặc tên viết tắt để tìm, ví dụ «TTYT Hoài Nhơn»."
)
HELP_PEOPLE = "Gõ họ tên hoặc một phần tên để tìm; chọn để thêm, chọn lần nữa để bỏ."
HELP_NAMES = "Ai không gửi được thì anh/chị gọi điện theo số ghi trên màn hình."
ASK_PLAN_FIRST = "Điều kiện này gắn với một kế hoạch; anh/chị chọn kế hoạch."
EVERYBODY = "Đổi lại: mọi người"
PAGE = 8
NAMES_PAGE = 20
_MARKED = "✓ "
_NAMED = 8
_NAME = 60
_CONDITIONS = {
    Condition.NO_PLAN: "đơn vị chưa nộp kế hoạch",
    Condition.NOT_BEGUN: "chưa bắt đầu tự đánh giá",
    Condition.UNREAD: "chưa đọc một thông báo trước",
}


def home(names: AudienceNames, found: Reach, *, may_change: bool) -> Message:
    """Whom it is for so far, how many and who they are now, and what may be chosen."""
    lines = [*described(names), "", count(found), *_first_names(found)]
    rows: list[Row] = []
    if may_change:
        rows += [
            (Choice("of_units", "Đơn vị"), Choice("of_kinds", "Loại đơn vị")),
            (Choice("of_roles", "Vai trò"), Choice("of_plan", "Kế hoạch")),
            (Choice("if_not", "Điều kiện"), Choice("by_name", "Theo tên")),
        ]
    if found.people:
        rows.append((Choice("recipients", f"Xem danh sách ({len(found.people)})"),))
    if may_change and not names.everybody:
        rows.append((Choice("everybody", EVERYBODY),))
    return Message(title=LABEL, body="\n".join(lines), rows=tuple(rows))


def described(names: AudienceNames) -> list[str]:
    """An audience in words, a line for each part."""
    if names.everybody:
        return ["Dành cho: mọi người."]
    lines = ["Dành cho:"]
    lines += [f"• Đơn vị: {_listed(names.units, 'đơn vị')} (kể cả đơn vị bên dưới)"] if names.units else []
    lines += [f"• Loại đơn vị: {_listed([KINDS[one] for one in names.kinds], 'loại')}"] if names.kinds else []
    lines += (
        [f"• Vai trò: {_listed([ROLE_NAMES[one] for one in names.roles], 'vai trò')}"] if names.roles else []
    )
    lines += [f"• Kế hoạch: {shortened(names.campaign, _NAME)}"] if names.campaign else []
    if names.condition is Condition.MISSED:
        lines.append(f"• Chỉ ai chưa nhận được «{shortened(names.unread, _NAME)}»")
    elif names.condition is Condition.UNREAD:
        lines.append(f"• Chỉ ai chưa xác nhận đã đọc «{shortened(names.unread, _NAME)}»")
    elif names.condition is not None:
        lines.append(f"• Chỉ ai: {_CONDITIONS[names.condition]}")
    grouped = len(lines) > 1
    if names.people:
        lines.append(f"• {'Thêm' if grouped else 'Những người này'}: {_listed(names.people)}")
    elif not grouped:
        lines.append("• Chưa chọn ai.")
    return lines


def count(found: Reach) -> str:
    """How many, and how many of them cannot be reached."""
    if not found.people:
        return "Lúc này không có ai."
    cut_off = len(found.cut_off)
    apart = f", {cut_off} người không gửi được" if cut_off else ""
    return f"Lúc này có {len(found.people)} người: {len(found.reachable)} người nhận được{apart}."


def units(
    found: Sequence[UnitChoice], chosen: Collection[int], page: int, parent: str, words: str
) -> Message:
    """Units to choose, with the way to those below."""
    head = f"Các đơn vị thuộc {parent}." if parent else "Chọn đơn vị; các đơn vị bên dưới được tính cả."
    if words:
        head = f"Tìm «{words}»: {len(found)} đơn vị." if found else f"Không có đơn vị nào như «{words}»."
    shown = found[page * PAGE : (page + 1) * PAGE]
    rows: list[Row] = []
    for one in shown:
        rows.append((Choice(f"unit.{one.unit_id}", _label(one.name, marked=one.unit_id in chosen)),))
        if one.below:
            rows.append(
                (Choice(f"open.{one.unit_id}", shortened(f"▸ {one.below} đơn vị của {one.name}", 60)),)
            )
    return Message(
        title="Đơn vị nhận",
        body=f"{head}\n{_chosen_count(len(chosen), 'đơn vị')}",
        hint="Gõ tên hoặc mã để tìm đơn vị.",
        rows=(*rows, *turns(page, PAGE, len(found))),
    )


def kinds(found: Sequence[UnitKind], chosen: Collection[str]) -> Message:
    """Kinds of unit to choose."""
    rows = tuple((Choice(f"kind.{one.value}", _label(KINDS[one], marked=one in chosen)),) for one in found)
    return Message(
        title="Loại đơn vị nhận",
        body=f"Chọn một hay nhiều loại.\n{_chosen_count(len(chosen), 'loại')}",
        rows=rows,
    )


def roles(chosen: Collection[Role]) -> Message:
    """Roles to choose."""
    rows = tuple(
        (Choice(f"role.{one.value}", _label(at_the_start(ROLE_NAMES[one]), marked=one in chosen)),)
        for one in Role
    )
    return Message(
        title="Vai trò nhận",
        body=f"Chọn một hay nhiều vai trò.\n{_chosen_count(len(chosen), 'vai trò')}",
        rows=rows,
    )


def plans(found: Sequence[PlanChoice], chosen: str, condition: Condition | None) -> Message:
    """Campaigns to choose one of."""
    rows: list[Row] = [
        (Choice(f"plan.{one.code}", _label(one.title, marked=one.code == chosen)),) for one in found
    ]
    if condition is None and chosen:
        rows.append((Choice("none", "Không theo kế hoạch nào"),))
    body = ASK_PLAN_FIRST if condition is not None else "Chọn kế hoạch: chỉ các đơn vị thuộc kế hoạch nhận."
    if not found:
        body = "Chưa có kế hoạch nào đang áp dụng."
    return Message(title="Theo kế hoạch", body=body, rows=tuple(rows))


def conditions(chosen: Condition | None) -> Message:
    """Conditions to choose one of."""
    rows: list[Row] = [
        (Choice(f"if.{one.value}", _label(at_the_start(_CONDITIONS[one]), marked=one is chosen)),)
        for one in _CONDITIONS
    ]
    if chosen is not None:
        rows.append((Choice("none", "Không đặt điều kiện"),))
    return Message(title="Điều kiện", body="Chỉ gửi cho ai:", rows=tuple(rows))


def unread(found: Sequence[AnnouncementFacts], chosen: int) -> Message:
    """Earlier announcements to choose one of."""
    rows = tuple(
        (Choice(f"of.{one.id}", _label(one.content.title, marked=one.id == chosen)),) for one in found[:PAGE]
    )
    body = "Chọn thông báo mà người nhận chưa xác nhận đã đọc:"
    if not found:
        body = "Chưa có thông báo nào đã gửi mà cần xác nhận đã đọc."
    return Message(title="Chưa đọc thông báo nào", body=body, rows=rows)


def people(found: Sequence[PersonChoice], audience: Audience, words: str) -> Message:
    """People to add by name; who is named already is on the screen too."""
    lines = ["Gõ họ tên để tìm."]
    if words:
        told = f"Tìm «{words}»:" if found else f"Không có ai tên như «{words}». Chưa thêm ai."
        lines = [told, *(f"• {person(one)}" for one in found)]
    lines += ["", _chosen_count(len(audience.people), "người")]
    if audience.only_people and audience.people:
        lines.append("Chỉ những người này nhận.")
    rows = tuple(
        (Choice(f"person.{one.person_id}", _label(_who(one), marked=one.person_id in audience.people)),)
        for one in found
    )
    return Message(title="Chọn theo tên", body="\n".join(lines), hint=HELP_PEOPLE, rows=rows)


def person(one: PersonChoice) -> str:
    """«Lê Thị Lan · Điều dưỡng · Khoa Nội»."""
    return " · ".join(part for part in (one.name, one.post, shortened(one.unit, _NAME)) if part)


def names(found: Reach, page: int, *, apart: bool) -> Message:
    """Everybody by name: those who get it, or (apart) those who do not, with telephone numbers and why."""
    shown = found.cut_off if apart else found.reachable
    some = shown[page * NAMES_PAGE : (page + 1) * NAMES_PAGE]
    head = "Không gửi được, cần báo cách khác" if apart else "Sẽ nhận"
    lines = [f"{head} ({len(shown)} người):", *(_cut_off(one) if apart else _gets(one) for one in some)]
    other = (
        Choice("reached", f"Nhận được ({len(found.reachable)})")
        if apart
        else Choice("apart", f"Không gửi được ({len(found.cut_off)})")
    )
    wanted = found.reachable if apart else found.cut_off
    rows = (*turns(page, NAMES_PAGE, len(shown)), *(((other,),) if wanted else ()))
    return Message(title="Danh sách người nhận", body="\n".join(lines), rows=rows)


def turns(page: int, size: int, total: int) -> tuple[Row, ...]:
    """The buttons to the page before and the page after."""
    row = [Choice("page.before", "◀️ Trang trước")] if page else []
    row += [Choice("page.after", "Trang sau ▶️")] if (page + 1) * size < total else []
    return (tuple(row),) if row else ()


def _gets(one: Addressee) -> str:
    return " · ".join(part for part in (f"• {one.name}", one.post, shortened(one.unit, _NAME)) if part)


def _cut_off(one: Addressee) -> str:
    assert one.why is not None
    phone = one.phone or "chưa có số điện thoại"
    return f"• {one.name}, {shortened(one.unit, _NAME)}, {phone} ({WHY[one.why]})"


def _first_names(found: Reach) -> list[str]:
    if not found.people:
        return []
    return [f"Gồm: {_listed([one.name for one in found.people])}."]


def _listed(names: Sequence[str], what: str = "người") -> str:
    more = len(names) - _NAMED
    return ", ".join(names[:_NAMED]) + (f" và {more} {what} khác" if more > 0 else "")


def _who(one: PersonChoice) -> str:
    return f"{one.name} ({one.unit})" if one.unit else one.name


def _label(name: str, *, marked: bool) -> str:
    return f"{_MARKED if marked else ''}{shortened(name, LABEL_LENGTH)}"


def _chosen_count(number: int, what: str) -> str:
    return f"Đã chọn {number} {inside_a_sentence(what)}." if number else "Chưa chọn gì ở phần này."
