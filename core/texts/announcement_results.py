"""Sentences about what became of an announcement: progress, results, corrections, the workbook."""

from collections.abc import Mapping, Sequence

from core.announcement_content import Content
from core.announcement_results import LeftOut, ResultRow, Told, UnitTally
from core.announcements import Act, Addressee, AnnouncementFacts, State, Tally
from core.messages import Choice, Door, FileOut, Message, Row
from core.texts import announcements as told
from core.texts.announcement_office import STATES, WHY
from core.vietnamese import moment, shortened

PAUSED = "Đã tạm dừng; những tin chưa đi sẽ chờ đến khi anh/chị chọn «Gửi tiếp»."
RESUMED = "Tiếp tục gửi."
STOP_SURE = "Dừng hẳn thì những tin chưa đi sẽ không đi nữa. Chọn «Dừng hẳn» ở dưới để xác nhận."
REMINDED = (
    "Bản nháp nhắc đọc đã sẵn sàng, chỉ gửi cho người đã nhận mà chưa xác nhận. "
    "Anh/chị xem lại rồi gửi; ai xác nhận trước lúc gửi sẽ không bị nhắc."
)
FOR_MISSED = (
    "Bản nháp đã sẵn sàng, chỉ gửi cho người chưa nhận được gì của thông báo trước. Anh/chị xem lại rồi gửi."
)
SHEET_ASKED = "Đang lập bảng Excel; tệp sẽ đến ở một tin riêng."
HELP = "Xem ai đã nhận, ai đã xác nhận; nhắc người chưa đọc; đính chính hoặc thu hồi khi có sai sót."
WORD_PAUSE, WORD_RESUME, WORD_STOP = "TAMDUNG", "GUITIEP", "DUNGGUI"
_OUTDATED, _PARTLY = "; đang giữ bản cũ", "; mới nhận một phần"
_GLIMPSE = 300
_TAKING_BACK = {
    State.RUNNING: "đang gửi lời thu hồi",
    State.PAUSED: "tạm dừng gửi lời thu hồi",
    State.STOPPED: "đã dừng gửi lời thu hồi",
}
#: People and units shown on one page.
PAGE = 12


def progress(
    number: int, title: str, state: State, counted: Tally, *, retracted: bool, corrected: bool
) -> Message:
    """The author's card: how far it is, with the ways to halt it."""
    doors: tuple[Door, ...] = (Door("announcements", str(number), "Xem kết quả", told.WORD),)
    stop = Door("announcement_stop", str(number), "Dừng hẳn", WORD_STOP)
    if state is State.RUNNING:
        doors = (Door("announcement_pause", str(number), "Tạm dừng", WORD_PAUSE), stop, *doors)
    if state is State.PAUSED:
        doors = (Door("announcement_resume", str(number), "Gửi tiếp", WORD_RESUME), stop, *doors)
    what = _what(retracted=retracted, corrected=corrected)
    body = [
        f"«{title}»: {_standing(state, retracted=retracted, corrected=corrected)}.",
        *_sent(counted, what),
    ]
    return Message(title="Tiến độ gửi thông báo", body="\n".join(body), doors=doors)


def results(
    one: AnnouncementFacts,
    counted: Tally,
    answers: Mapping[int, int],
    aimed: Sequence[str],
    left_out: LeftOut,
    *,
    wordings: int,
) -> Message:
    """One that has left: what was sent to whom (`aimed`), how far it is, who read it, what may be done."""
    what = _what(retracted=one.retracted, corrected=one.version > 1)
    body = one.content.body if one.retracted else shortened(one.content.body, _GLIMPSE)
    lines = [body, ""] if body else []
    lines += [f"📎 {file.name}" for file in one.content.files]
    lines += [_who_and_when(one), *aimed, ""]
    lines.append(f"Tình trạng: {_standing(one.state, retracted=one.retracted, corrected=one.version > 1)}.")
    lines += _sent(counted, what)
    if left_out.outdated:
        lines.append(f"Trong số không tới, {left_out.outdated} người còn giữ bản cũ; nên gọi trước.")
    if left_out.partly:
        lines.append(f"Trong số không tới, {left_out.partly} người mới nhận một phần; nên gọi trước.")
    lines += _reading(one.content, counted, answers)
    return Message(
        title=one.content.title,
        body="\n".join(lines),
        rows=(*_halts(one), *_ways(one, counted, left_out, wordings)),
    )


def _halts(one: AnnouncementFacts) -> list[Row]:
    """How one that is under way may be halted."""
    stop = Choice(Act.STOP, "Dừng hẳn", grave=True, word="DUNG")
    if one.state is State.RUNNING:
        return [(Choice(Act.PAUSE, "Tạm dừng"), stop)]
    return [(Choice(Act.RESUME, "Gửi tiếp"), stop)] if one.state is State.PAUSED else []


def _who_and_when(one: AnnouncementFacts) -> str:
    when = f", gửi lúc {moment(one.left_at)}" if one.left_at is not None else ""
    return f"{one.author} soạn{when}."


def _ways(one: AnnouncementFacts, counted: Tally, left_out: LeftOut, wordings: int) -> list[Row]:
    """What may be looked at, and done about it."""
    rows: list[Row] = []
    unread = counted.sent - counted.read
    if one.content.asks and unread > 0 and not one.retracted:
        rows.append((Choice("remind", f"Nhắc {unread} người chưa đọc"),))
    if left_out.missed and not one.retracted and one.state in {State.STOPPED, State.FINISHED}:
        rows.append((Choice("missed", f"Gửi cho {left_out.missed} người chưa nhận"),))
    calls = (Choice("calls", "Danh sách cần gọi"),) if counted.not_reached else ()
    rows += [
        (Choice("units", "Theo đơn vị"), *calls),
        (Choice("again", "Cập nhật"), Choice("sheet", "Tải bảng Excel")),
    ]
    if not one.retracted:
        rows.append((Choice("correct", "Đính chính"), Choice("retract", "Thu hồi")))
    if wordings:
        rows.append((Choice("wordings", f"Các bản đã gửi ({wordings})"),))
    return rows


def stopped(count: int) -> str:
    """After «Dừng hẳn»."""
    return f"Đã dừng: {count} tin chưa gửi sẽ không đi nữa."


def units(title: str, found: Sequence[UnitTally], page: int, *, asks: bool) -> Message:
    """By unit: everybody, those who have it, those who confirmed."""
    shown = found[page * PAGE : (page + 1) * PAGE]
    lines = [
        f"• {one.unit or 'Chưa rõ đơn vị'}: đã nhận {one.sent}/{one.total}"
        + (f", đã xác nhận {one.read}" if asks else "")
        for one in shown
    ]
    return _page(f"Theo đơn vị: {title}", lines or ["Chưa có ai trong danh sách nhận."], page, len(found))


def calls(title: str, found: Sequence[Addressee], page: int) -> Message:
    """Whom to call: name, telephone, unit, and why it did not arrive."""
    first = sorted(found, key=lambda one: not (one.outdated or one.partly))
    shown = first[page * PAGE : (page + 1) * PAGE]
    lines = [
        f"• {one.name}, {one.unit or 'chưa rõ đơn vị'}: {one.phone or 'chưa có số điện thoại'}"
        + (f" ({WHY[one.why]}{_holds(one)})" if one.why is not None else "")
        for one in shown
    ]
    return _page(f"Cần gọi: {title}", lines or ["Không còn ai cần gọi."], page, len(found))


def _holds(one: Addressee) -> str:
    return _OUTDATED if one.outdated else _PARTLY if one.partly else ""


def wordings(found: Sequence[Told], page: int) -> Message:
    """Every wording people may have had, one a page, the newest first."""
    if not found:
        return _page("Các bản đã gửi", ["Thông báo chưa được gửi."], 0, 0)
    one = found[min(page, len(found) - 1)]
    why = f"\nLý do: {one.reason}" if one.reason else ""
    head = f"Bản {one.version}/{len(found)}, {one.by} gửi lúc {moment(one.at)}.{why}"
    body = f"{head}\n\n{one.content.title}\n{one.content.body}".rstrip()
    return _page("Các bản đã gửi", [body], page, len(found), size=1)


def sheet_made(title: str, name: str, sha256: str, mime: str) -> Message:
    """To whoever asked for the workbook."""
    return Message(
        title="Bảng kết quả thông báo",
        body=f"Bảng Excel của thông báo «{title}» ở tệp kèm theo.",
        files=(FileOut(sha256, name, mime),),
    )


def sheet_lost(number: int) -> Message:
    """To whoever asked for the workbook: it could not be made."""
    return Message(
        title="Bảng kết quả thông báo",
        body="Bảng Excel chưa lập được; kết quả vẫn nguyên. Anh/chị mở thông báo, chọn lại «Tải bảng Excel».",
        doors=(Door("announcements", str(number), "Mở thông báo", told.WORD),),
    )


# The workbook.
PEOPLE_TAB, UNITS_TAB = "Người nhận", "Theo đơn vị"
PEOPLE_HEADINGS = (
    "Đơn vị",
    "Họ và tên",
    "Chức vụ",
    "Điện thoại",
    "Tình trạng",
    "Nhận lúc",
    "Xác nhận đọc lúc",
    "Trả lời",
)
UNIT_HEADINGS = ("Đơn vị", "Tổng số", "Đã nhận", "Đã xác nhận đọc")


def sheet_name(number: int) -> str:
    """What the workbook is called."""
    return f"ket-qua-thong-bao-{number}.xlsx"


def cells(row: ResultRow, content: Content) -> tuple[str, ...]:
    """One person's line in the workbook."""
    answers = content.question.answers if content.question is not None else ()
    answer = answers[row.answer] if row.answer is not None and row.answer < len(answers) else ""
    right = content.question is not None and row.answer == content.question.right
    return (
        row.unit,
        row.name,
        row.post,
        row.phone,
        _state_of(row),
        moment(row.sent_at) if row.sent_at is not None else "",
        moment(row.read_at) if row.read_at is not None else "",
        f"{answer} ({'đúng' if right else 'chưa đúng'})" if answer else "",
    )


def _state_of(row: ResultRow) -> str:
    if row.why is not None:
        return f"{'mới nhận một phần' if row.partly else 'không tới'}: {WHY[row.why]}"
    return "đã nhận" if row.sent else "còn chờ"


def _standing(state: State, *, retracted: bool, corrected: bool) -> str:
    if retracted:
        return _TAKING_BACK.get(state, "đã thu hồi")
    if state is State.RUNNING and corrected:
        return "đang gửi bản đính chính"
    return STATES[state]


def _what(*, retracted: bool, corrected: bool) -> str:
    """What is received: the wording that is on its way now."""
    return " lời thu hồi" if retracted else " bản đính chính" if corrected else ""


def _sent(counted: Tally, what: str) -> list[str]:
    waits = f"; còn chờ {counted.waiting}" if counted.waiting else ""
    lines = [f"Đã nhận{what}: {counted.sent}/{counted.total} người{waits}."]
    missed = sum(counted.not_reached.values())
    if missed:
        whys = [(count, WHY[one]) for one, count in counted.not_reached.items()]
        alone = len(whys) == 1
        why = whys[0][1] if alone else ", ".join(f"{count} người {said}" for count, said in whys)
        lines.append(f"Không tới: {missed} người{', ' if alone else ': '}{why}.")
    if counted.perhaps_twice:
        lines.append(f"Có thể đã nhận hai lần: {counted.perhaps_twice} người.")
    return lines


def _reading(content: Content, counted: Tally, answers: Mapping[int, int]) -> list[str]:
    """Who confirmed, and how they answered."""
    lines: list[str] = []
    if content.asks:
        rest = max(0, counted.sent - counted.read)
        share = _share(counted.read, counted.sent)
        lines.append(f"Đã xác nhận đọc: {counted.read} người{share}; chưa: {rest}.")
    if content.question is not None:
        lines += ["", f"Câu hỏi: {content.question.words}"]
        lines.append(f"Trả lời đúng: {counted.right}/{counted.answered} người.")
        for place, answer in enumerate(content.question.answers):
            right = " (đáp án đúng)" if place == content.question.right else ""
            lines.append(f"• {answer}{right}: {answers.get(place, 0)} người")
    return lines


def _share(part: int, whole: int) -> str:
    return f" ({100 * part // whole}%)" if whole else ""


def _page(title: str, lines: Sequence[str], page: int, total: int, *, size: int = PAGE) -> Message:
    turns = [Choice(f"page.{page - 1}", "Trang trước")] if page else []
    turns += [Choice(f"page.{page + 1}", "Trang sau")] if (page + 1) * size < total else []
    return Message(title=title, body="\n".join(lines), rows=(tuple(turns),) if turns else ())
