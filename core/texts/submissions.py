"""Sentences about plans and reports that units hand in: number, date, file, receipt, confirmation."""

from collections.abc import Sequence
from datetime import date, tzinfo

from core.absences import AbsenceFacts
from core.assessment import EvidenceFacts
from core.campaign_terms import DeadlineKind
from core.deadlines import Obligation, Standing
from core.messages import LABEL_LENGTH, Capabilities, Choice, Door, Message, Numbering, Row
from core.roles import Role
from core.submissions import HANDED_IN_HERE, ExtensionFacts, SubmissionFacts
from core.texts import deadlines, deputies, extensions, pages, reminders, uploads
from core.texts.reminders import what
from core.vietnamese import at_the_start, inside_a_sentence, long_date, moment, shortened

LABEL = "Kế hoạch, báo cáo của đơn vị"
WORD = "NOP"
RECEIPT = {
    DeadlineKind.PLAN: "KH-",
    DeadlineKind.REPORT: "BC-",
    DeadlineKind.YEARLY_REVIEW: "SK-",
    DeadlineKind.FINAL_REVIEW: "TK-",
}
NOTHING = (
    "Hiện đơn vị không có việc nào có hạn nộp. Khi kế hoạch hoặc hướng dẫn nêu ngày, việc sẽ hiện ở đây "
    "và được nhắc."
)
HELP = "Chọn một việc để xem hạn và nộp. Nộp muộn vẫn được nhận và ghi rõ là muộn."
HELP_NUMBER = "Nhắn số, ký hiệu ghi trên văn bản của đơn vị, ví dụ 12/KH-TYT."
HELP_DATED = "Nhắn ngày ký ghi trên văn bản, ví dụ 20/11/2026 hoặc hôm nay."
HELP_WORDS = "Viết ngắn gọn kết quả chính, tồn tại và kiến nghị, tối đa 1500 ký tự."
HELP_FILE = "Gửi tệp hoặc ảnh chụp văn bản. Chưa có thì chọn nộp không kèm tệp."
WITHOUT_A_FILE = "Chưa có tệp thì chọn nộp không kèm tệp; bản nộp vẫn có biên nhận."
ATTACHED = "Đã nhận tệp; số biên nhận giữ nguyên."
ASK_FILE = "Anh/chị gửi tệp hoặc ảnh chụp văn bản này."
NOT_A_FILE = "Ở bước này anh/chị gửi tệp, hoặc chọn một mục bên dưới. Những gì đã nhập vẫn còn."
ONLY_ONE = "Ở đây chỉ nhận một tệp. Anh/chị gửi lại riêng tệp văn bản."
WITHDRAWN = "Đã rút lại. Bản cũ vẫn nằm trong hồ sơ; anh/chị nộp bản khác được ngay."
CONFIRMED = "Đã xác nhận."
CUT_OFF_SET = "Đã đặt hạn nội bộ."
CUT_OFF_GONE = "Đã bỏ hạn nội bộ."
WITHDRAW_WORD = "RUT"
HEAD = "Thủ trưởng đơn vị"
_NAME = 60
#: What is told on the first screen.
_FEW = 3


def has_words(kind: DeadlineKind) -> bool:
    """Whether it is handed in with a few words of its own."""
    return kind is not DeadlineKind.PLAN


def listed(owed: Sequence[tuple[Obligation, Standing]], page: int = 0) -> Message:
    """Everything the units owe or handed in, a page at a time."""
    several = len({one.unit_id for one, _standing in owed}) > 1
    shown = [(one, _name(one, several=several), stands) for one, stands in pages.shown(owed, page)]
    lines = [f"• {name}: {state(one, stands)}{_waits(one)}" for one, name, stands in shown]
    rows = tuple((Choice(f"one.{one.id}", shortened(name, LABEL_LENGTH)),) for one, name, _stands in shown)
    turns = pages.turns(page, len(owed))
    return Message(title=LABEL, body="\n".join(lines) or NOTHING, rows=(*rows, *turns))


def state(one: Obligation, standing: Standing) -> str:
    """How it stands, in a few words."""
    if one.done_at is not None:
        return f"✅ {reminders.handed_in(one, standing)}"
    came = one.handed_in_at is not None
    told = reminders.handed_in(one, standing) if came else reminders.in_short(standing)
    return f"{'🔴' if standing.late else '▫️'} {told}"


def nearest(owed: Sequence[tuple[Obligation, Standing]]) -> list[str]:
    """For the first screen: what units owe, the nearest first, and how much more there is."""
    lines = [
        f"{state(one, standing).replace(' ', f' {_name(one, several=True)}: ', 1)}{_waits(one)}."
        for one, standing in owed[:_FEW]
    ]
    more = len(owed) - len(lines)
    return [*lines, f"Và {more} việc khác ở «{LABEL}»."] if more > 0 else lines


def _waits(one: Obligation) -> str:
    return "; chờ thủ trưởng xác nhận" if one.missing == (deadlines.MISSING_CONFIRMATION,) else ""


def page(
    one: Obligation,
    standing: Standing,
    facts: SubmissionFacts | None,
    asked: ExtensionFacts | None,
    zone: tzinfo,
    *,
    head: bool,
    away: AbsenceFacts | None = None,
) -> Message:
    """One thing: when it is due, what was handed in, who stands in for the head, and what may be done."""
    lines = [f"{one.unit} · {one.label}", *reminders.dates(one, standing, asked=False)]
    lines += [f"{deputies.period(away)}."] if away is not None else []
    if facts is not None:
        lines += ["", *handed_in(facts, zone)]
    elif one.done_at is None:
        lines.append(reminders.missing(one))
    if asked is not None and asked.state != "granted":
        lines += ["", extensions.told(asked)]
    return Message(
        title=what(one),
        body="\n".join(lines),
        rows=_doing(one, facts, asked, head=head),
    )


def _doing(
    one: Obligation,
    facts: SubmissionFacts | None,
    asked: ExtensionFacts | None,
    *,
    head: bool,
) -> tuple[Row, ...]:
    rows: list[Row] = []
    waits = asked is not None and asked.state == "asked"
    more_time = (
        Choice("take_back", extensions.LABEL_TAKE_BACK) if waits else Choice("extend", extensions.LABEL)
    )
    if facts is not None:
        if facts.confirmed_at is None and head:
            rows.append((Choice(f"confirm.{facts.id}", "Xác nhận"),))
        if facts.lacks_file:
            rows.append((Choice(f"attach.{facts.id}", "Gửi lại tệp" if facts.file else "Gửi tệp"),))
        if facts.confirmed_at is None or head or one.role is not Role.HEAD:
            rows.append((Choice(f"withdraw.{facts.id}", "Rút lại", grave=True, word=WITHDRAW_WORD),))
        rows += [(more_time,)] if waits else []
        return tuple(rows)
    if one.kind in HANDED_IN_HERE:
        rows.append((Choice("hand_in", hand_in_label(one.kind)),))
    if one.kind is DeadlineKind.DOSSIER:
        rows.append((Choice("dossier", "Mở hồ sơ"),))
    rows.append((more_time,))
    if head:
        rows.append((Choice("cut_off", "Đặt hạn nội bộ"),))
    return tuple(rows)


def hand_in_label(kind: DeadlineKind) -> str:
    """What is pressed to hand it in."""
    return "Nộp kế hoạch" if kind is DeadlineKind.PLAN else "Nộp báo cáo"


def handed_in(facts: SubmissionFacts, zone: tzinfo) -> list[str]:
    """What was handed in, with its receipt."""
    lines = [
        f"Đã nộp: văn bản số {facts.number}, ngày {long_date(facts.dated)}.",
        f"Biên nhận: {facts.receipt}",
        f"Ghi nhận lúc {moment(facts.made_at.astimezone(zone))}, người nộp: {facts.made_by}.",
    ]
    if facts.late:
        lines.append("Nộp muộn so với hạn; vẫn được nhận.")
    if facts.words:
        lines.append(f"Nội dung: {facts.words}")
    lines.append(f"Tệp: {facts.file.name}{_checked(facts.file)}" if facts.file else "Tệp: chưa có.")
    if facts.confirmed_at is None:
        lines.append("Còn thiếu xác nhận của thủ trưởng đơn vị.")
    elif facts.confirmed_by and facts.confirmed_by != facts.made_by:
        lines.append(f"{facts.confirmed_by} đã xác nhận lúc {moment(facts.confirmed_at.astimezone(zone))}.")
    return lines


def _checked(file: EvidenceFacts) -> str:
    match file.state:
        case "waiting":
            return " (đang kiểm tra)"
        case "clean":
            return ""
        case _:
            return " (không dùng được; cần gửi lại tệp)"


def ask_number(one: Obligation) -> Message:
    """The number of the unit's document; digits are an answer here."""
    return Message(
        title=hand_in_label(one.kind), body=f"{_place(one)}\n\n{HELP_NUMBER}", numbering=Numbering.LETTERS
    )


def ask_dated(one: Obligation, number: str) -> Message:
    """Its date."""
    return Message(
        title=hand_in_label(one.kind),
        body=f"{_place(one)}\nVăn bản số {number}.\n\n{HELP_DATED}",
        numbering=Numbering.LETTERS,
    )


def ask_words(one: Obligation, number: str, dated: date) -> Message:
    """What the report says."""
    return Message(
        title=hand_in_label(one.kind),
        body=f"{_place(one)}\n{_document(number, dated)}\n\n{HELP_WORDS}",
        numbering=Numbering.LETTERS,
    )


def ask_file(one: Obligation, number: str, dated: date, can: Capabilities) -> Message:
    """Its file, where files can be sent."""
    told = HELP_FILE if can.files_in else f"{uploads.elsewhere(can)} {WITHOUT_A_FILE}"
    return Message(
        title=hand_in_label(one.kind),
        body=f"{_place(one)}\n{_document(number, dated)}\n\n{told}",
        rows=((Choice("without", "Nộp không kèm tệp"),),),
        numbering=Numbering.LETTERS,
    )


def ask_missing_file(one: Obligation, facts: SubmissionFacts, can: Capabilities) -> Message:
    """The file of what was handed in without one, or with one that cannot be used."""
    how = f"{ASK_FILE} {uploads.elsewhere(can)}".rstrip()
    return Message(
        title="Tệp của bản đã nộp",
        body=f"{_place(one)}\nVăn bản số {facts.number}, biên nhận {facts.receipt}.\n\n{how}",
        numbering=Numbering.LETTERS,
    )


def ask_sure(
    one: Obligation, number: str, dated: date, words: str, file: EvidenceFacts | None, standing: Standing
) -> Message:
    """Everything once more."""
    lines = [_place(one), _document(number, dated)]
    lines += [f"Nội dung: {words}"] if words else []
    lines.append(f"Tệp: {file.name}{_checked(file)}." if file else "Không kèm tệp.")
    if standing.late:
        lines.append("Đã quá hạn: bản này vẫn được nhận và ghi là nộp muộn.")
    return Message(title=hand_in_label(one.kind), body="\n".join(lines), rows=((Choice("send", "Nộp"),),))


def received(facts: SubmissionFacts) -> str:
    """What is said at once when it was handed in."""
    late = " Ghi là nộp muộn." if facts.late else ""
    waits = " Đang chờ thủ trưởng đơn vị xác nhận." if facts.confirmed_at is None else ""
    return f"Đã nhận. Biên nhận {facts.receipt}.{late}{waits}"


def ask_confirmation(one: Obligation, facts: SubmissionFacts) -> Message:
    """To the head: somebody handed in for the unit."""
    return Message(
        title="Cần anh/chị xác nhận",
        body=(
            f"{facts.made_by} đã nộp {_thing(one)} của {one.unit}: số {facts.number}, ngày "
            f"{long_date(facts.dated)}. Biên nhận {facts.receipt}.\n"
            "Anh/chị xem và xác nhận thì việc này mới được tính là xong."
        ),
        doors=(Door("submissions", str(facts.id), "Xem và xác nhận", WORD),),
    )


def confirmed_notice(one: Obligation, facts: SubmissionFacts) -> Message:
    """To whoever handed it in."""
    return Message(
        title="Thủ trưởng đã xác nhận",
        body=(
            f"{facts.confirmed_by or HEAD} đã xác nhận {_thing(one)} của {one.unit}, số {facts.number}. "
            f"Biên nhận {facts.receipt}."
        ),
    )


def in_place_notice(one: Obligation, facts: SubmissionFacts) -> Message:
    """To whoever is stood in for: what was handed in or confirmed in their place."""
    state = "Bản này chờ thủ trưởng xác nhận." if facts.confirmed_at is None else ""
    if facts.confirmed_at is not None and facts.confirmed_by != facts.made_by:
        state = f"{facts.confirmed_by or HEAD} đã xác nhận."
    return Message(
        title="Việc làm thay anh/chị",
        body=(
            f"{facts.made_by} đã nộp {_thing(one)} của {one.unit}: số {facts.number}, ngày "
            f"{long_date(facts.dated)}. Biên nhận {facts.receipt}. {state}".rstrip()
        ),
        hint="Tin này để anh/chị biết; không cần làm gì thêm.",
        doors=(Door("submissions", str(facts.id), "Xem bản đã nộp", WORD),),
    )


def withdrawn_notice(one: Obligation, facts: SubmissionFacts, by: str) -> Message:
    """To whoever handed it in: somebody else took it back."""
    return Message(
        title="Bản đã nộp được rút lại",
        body=(
            f"{by} đã rút lại {_thing(one)} của {one.unit}, số {facts.number}, biên nhận {facts.receipt}. "
            "Bản này vẫn nằm trong hồ sơ; đơn vị cần nộp bản khác."
        ),
        doors=(Door("submissions", str(facts.id), "Mở việc này", WORD),),
    )


def cut_off_set(typed: date, kept: date) -> str:
    """It was set; on a day off it is the working day before."""
    if typed == kept:
        return CUT_OFF_SET
    return f"{at_the_start(long_date(typed))} là ngày nghỉ nên hạn nội bộ được ghi là {long_date(kept)}."


def ask_cut_off(one: Obligation, safe_day: date) -> Message:
    """The unit's own day."""
    rows: tuple[Row, ...] = ((Choice("gone", "Bỏ hạn nội bộ"),),) if one.cut_off is not None else ()
    return Message(
        title="Hạn nội bộ của đơn vị",
        body=(
            f"{_place(one)}\nNgày làm việc cuối để nộp: {long_date(safe_day)}.\n\n"
            "Anh/chị nhắn ngày đơn vị phải xong, trước ngày trên; người phụ trách được nhắc vào ngày đó."
        ),
        rows=rows,
        numbering=Numbering.LETTERS,
    )


def _place(one: Obligation) -> str:
    return f"{one.unit} · {one.label}"


def _document(number: str, dated: date) -> str:
    return f"Văn bản số {number}, ngày {long_date(dated)}."


def _thing(one: Obligation) -> str:
    return inside_a_sentence("kế hoạch" if one.kind is DeadlineKind.PLAN else "báo cáo")


def _name(one: Obligation, *, several: bool) -> str:
    where = f"{shortened(one.unit, _NAME)} · " if several else ""
    return f"{where}{what(one)} · {one.label}"
