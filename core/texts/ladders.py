"""Sentences of «Lịch và nhắc việc»: the ladders, what a change would do, the weeks ahead, the rehearsal."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime

from core.ladder import Audience, Ladder, Ladders, Rung, Whose
from core.messages import LABEL_LENGTH, Choice, Message, Numbering, Row
from core.reminders_ahead import Planned, PlannedDay
from core.texts import quiet, reminders, reminders_ladder
from core.texts.account import ROLE_NAMES
from core.texts.calendar import LABEL as CALENDAR
from core.texts.campaign_dates import DEADLINES
from core.vietnamese import at_the_start, inside_a_sentence, long_date, shortened

LABEL = "Lịch và nhắc việc"
LADDERS = "Thang nhắc việc"
AHEAD = "Lời nhắc sắp tới"
REHEARSAL = "Diễn tập nhắc việc"
DEFAULT = "Mặc định cho mọi việc"
HELP = (
    "Xem và đổi lịch làm việc, các bậc nhắc việc; xem ai sẽ được nhắc việc gì, ngày nào. "
    "Xem trước và diễn tập không gửi tin cho ai."
)
HELP_ONE = (
    "Thêm một bậc bằng cách nhắn số ngày làm việc và người được báo, ví dụ «7 ngày trước», «trong ngày», "
    "«2 ngày sau, văn phòng». Muốn bỏ bậc nào thì chọn bậc đó. Trước khi lưu, anh/chị xem được điều gì đổi."
)
HELP_DAYS = "Nhắn một ngày để xem ngày đó, ví dụ «07/12/2026». Không tin nào được gửi đi, không ghi gì."
ASK_DAY = "Nhắn một ngày để xem ngày đó."
SAVED = "Đã lưu. Lời nhắc từ nay theo thang này."
_NOTHING_CHANGES = "Trong 4 tuần tới, những lời nhắc sẽ gửi vẫn như cũ."
_IN_A_WEEK = "Ngày làm việc đầu tuần, ai còn việc thì có thêm một dòng về việc trong tuần."
_NO_OWN = "Đang theo mặc định."
_OWN = "Đang có thang riêng."
_NAME = 60
_LINES_A_DAY = 4
_NAMES_A_DAY = 3
_DAYS_COMPARED = 5
LETTERS_A_PAGE = 8


def top(ladders: Ladders) -> Message:
    """The first screen."""
    own = (
        f"Ngoài ra có {len(ladders.special)} thang riêng." if ladders.special else "Chưa có thang riêng nào."
    )
    return Message(
        title=LABEL,
        body=f"{DEFAULT}:\n{reminders_ladder.ladder(ladders.default)}\n\n{own}",
        rows=(
            (Choice("calendar", CALENDAR),),
            (Choice("ladders", LADDERS),),
            (Choice("hours", quiet.GENERAL),),
            (Choice("ahead", AHEAD),),
            (Choice("rehearsal", REHEARSAL),),
        ),
    )


def shelf(ladders: Ladders, whose: Sequence[Whose]) -> Message:
    """Every ladder there may be."""
    lines = [f"• {name(one)}: {_state(ladders, one)}" for one in whose]
    return Message(
        title=LADDERS,
        body="\n".join(["Mỗi loại việc theo thang mặc định, trừ khi có thang riêng.", "", *lines]),
        rows=tuple((Choice(f"of.{key(one)}", shortened(name(one), LABEL_LENGTH)),) for one in (None, *whose)),
    )


def one(ladders: Ladders, whose: Whose | None, suggested: Sequence[Rung]) -> Message:
    """One ladder, rung by rung; `suggested` are rungs that may be added."""
    own = whose is None or whose in ladders.special
    ladder = ladders.at(whose)
    state = [] if whose is None else [_OWN if own else _NO_OWN]
    rows: list[Row] = [(Choice(f"add.{each.key}", f"Thêm: {_short(each)}"),) for each in suggested]
    rows += [(Choice(f"remove.{each.key}", f"Bỏ: {_short(each)}"),) for each in ladder.rungs]
    if whose is None or own:
        rows.append((Choice("reset", "Về thang ban đầu" if whose is None else "Về mặc định"),))
    return Message(
        title=name(whose),
        body="\n".join([*state, reminders_ladder.ladder(ladder)]),
        hint="Thêm bậc khác: nhắn ví dụ «7 ngày trước», «trong ngày», «2 ngày sau, văn phòng».",
        rows=tuple(rows),
        numbering=Numbering.LETTERS,
    )


def sure(
    whose: Whose | None,
    before: Ladder,
    after: Ladder,
    days_before: Sequence[PlannedDay],
    days_after: Sequence[PlannedDay],
    names: Mapping[int, str],
) -> Message:
    """What a ladder would become, and what that changes in the weeks ahead."""
    gone = [f"Bỏ: {reminders_ladder.rung(one)}." for one in before.rungs if one not in after.rungs]
    more = [f"Thêm: {reminders_ladder.rung(one)}." for one in after.rungs if one not in before.rungs]
    told = gone + more or ["Các bậc vẫn như cũ."]
    lines = [*told, "", "Thang sẽ là:", reminders_ladder.ladder(after), ""]
    return Message(
        title=f"Đổi thang: {inside_a_sentence(name(whose))}",
        body="\n".join([*lines, *_differences(days_before, days_after, names)]),
        hint="Chưa đổi gì cho đến khi anh/chị lưu.",
        rows=((Choice("save", "Lưu", grave=True, word="LUU"),),),
    )


def week(
    start: date, end: date, days: Sequence[PlannedDay], names: Mapping[int, str], today: date
) -> Message:
    """Who will be reminded of what on the days from `start` to `end`, were nothing done."""
    span = f"Từ {long_date(start)} đến {long_date(end)}"
    told = ["\n".join([at_the_start(reminders_ladder.planned_day(day)), *_lines(day, names)]) for day in days]
    opening = f"{span}, nếu từ giờ chưa ai nộp gì:" if days else f"{span} không đến bậc nhắc nào."
    turns = (Choice("back.week", "7 ngày trước"),) if start > today else ()
    return Message(
        title=AHEAD,
        body="\n\n".join([opening, *told, _IN_A_WEEK]),
        hint=ASK_DAY,
        rows=(
            *((Choice(f"day.{day.day.isoformat()}", f"Diễn tập {day.day:%d/%m}"),) for day in days),
            (*turns, Choice("next.week", "7 ngày sau")),
        ),
        numbering=Numbering.LETTERS,
    )


def rehearsal(
    day: date,
    letters: Sequence[tuple[str, datetime, int, bool]],
    page: int,
    *,
    previous: bool,
) -> Message:
    """Who would get a message on that day: name, time, how many things are in it, whether it could arrive."""
    first = page * LETTERS_A_PAGE
    shown = letters[first : first + LETTERS_A_PAGE]
    lines = [f"Giả sử hôm nay là {long_date(day)} và từ giờ đến đó chưa ai nộp gì."]
    lines.append("Không tin nào được gửi đi, không ghi gì.")
    if not letters:
        lines.append("Ngày này không ai được nhắc.")
    else:
        missed = sum(not each[-1] for each in letters)
        left = f", {missed} tin nữa chưa gửi được vì người nhận chưa có tài khoản" if missed else ""
        lines.append(
            f"Sẽ gửi được {len(letters) - missed} tin{left}:" if missed else f"Sẽ có {len(letters)} tin:"
        )
    lines += [_letter_line(first + place, *each) for place, each in enumerate(shown)]
    rest = len(letters) - first - len(shown)
    lines += [f"Và {rest} tin nữa."] if rest > 0 else []
    rows: list[Row] = [
        (Choice(f"letter.{first + place}", shortened(f"Tin {first + place + 1}: {each[0]}", LABEL_LENGTH)),)
        for place, each in enumerate(shown)
    ]
    pages = [Choice(f"page.{page - 1}", "Trang trước")] if page else []
    pages += [Choice(f"page.{page + 1}", "Trang sau")] if rest > 0 else []
    rows += [tuple(pages)] if pages else []
    before = (Choice("previous", "Ngày làm việc trước"),) if previous else ()
    rows.append((*before, Choice("following", "Ngày làm việc sau")))
    return Message(
        title=REHEARSAL,
        body="\n".join(lines),
        hint=ASK_DAY,
        rows=tuple(rows),
        numbering=Numbering.LETTERS,
    )


def letter(person: str, at: datetime, message: Message, *, reachable: bool) -> Message:
    """One message of the rehearsal as it would be read."""
    head = f"Tin {person} sẽ nhận lúc {at:%H:%M} {long_date(at.date())}"
    head += ":" if reachable else " (chưa kết nối tài khoản nên chưa nhận được):"
    told = "\n".join(part for part in (message.title, message.body, message.hint) if part)
    return Message(title=REHEARSAL, body=f"{head}\n\n{told}")


def name(whose: Whose | None) -> str:
    """«Thủ trưởng đơn vị · báo cáo»."""
    if whose is None:
        return DEFAULT
    kind, role = whose
    return f"{at_the_start(ROLE_NAMES[role])} · {inside_a_sentence(DEADLINES[kind])}"


def key(whose: Whose | None) -> str:
    """How it is called in a choice; empty for the default."""
    return "" if whose is None else ".".join(whose)


def line(one: Planned, names: Mapping[int, str]) -> str:
    """«07:30 Trần Thị Lan: báo cáo · Khoa Nội»."""
    nudge = one.nudge
    who = names.get(nudge.person, str(nudge.person))
    what = inside_a_sentence(reminders.what(nudge.obligation))
    return f"{one.at:%H:%M} {who}: {what} · {shortened(nudge.obligation.unit, _NAME)}"


def _state(ladders: Ladders, whose: Whose) -> str:
    if whose not in ladders.special:
        return "theo mặc định"
    return f"thang riêng, {len(ladders.special[whose].rungs)} bậc"


def _short(rung: Rung) -> str:
    """«7 ngày trước · người phụ trách»."""
    days = abs(rung.offset)
    when = "đúng ngày" if not days else f"{days} ngày {'trước' if rung.offset < 0 else 'sau'}"
    return f"{when} · {reminders_ladder.AUDIENCES[rung.audience]}"


def _lines(day: PlannedDay, names: Mapping[int, str]) -> list[str]:
    shown = [f"  {line(one, names)}" for one in day.planned[:_LINES_A_DAY]]
    more = len(day.planned) - len(shown)
    return [*shown, *([f"  và {more} lời nhắc khác"] if more else [])]


def _letter_line(place: int, person: str, at: datetime, things: int, reachable: bool) -> str:  # noqa: FBT001 - a column
    what = f"{things} việc" if things else "việc trong tuần"
    return f"{place + 1}. {at:%H:%M} {person}: {what}{'' if reachable else ' (chưa kết nối tài khoản)'}"


def _differences(
    before: Sequence[PlannedDay], after: Sequence[PlannedDay], names: Mapping[int, str]
) -> list[str]:
    """A line for each day that would be another."""
    was, would = {one.day: one for one in before}, {one.day: one for one in after}
    lines = []
    for day in sorted(was.keys() | would.keys()):
        old, new = _said(was.get(day)), _said(would.get(day))
        parts = [_part("thêm", new.keys() - old.keys(), names), _part("bớt", old.keys() - new.keys(), names)]
        told = "; ".join(part for part in parts if part)
        lines += [f"• {long_date(day)}: {told}"] if told else []
    if not lines:
        return [_NOTHING_CHANGES]
    more = len(lines) - _DAYS_COMPARED
    rest = [f"• và {more} ngày khác"] if more > 0 else []
    return ["Nếu đổi thế này, trong 4 tuần tới:", *lines[:_DAYS_COMPARED], *rest]


def _said(day: PlannedDay | None) -> dict[tuple[int, str, Audience], None]:
    if day is None:
        return {}
    return {(one.nudge.person, one.nudge.obligation.id, one.nudge.audience): None for one in day.planned}


def _part(verb: str, said: Iterable[tuple[int, str, Audience]], names: Mapping[int, str]) -> str:
    """«thêm 12 lời nhắc (Trần Thị Lan, Lê Thị Hoa …)»."""
    told = sorted(said)
    if not told:
        return ""
    people = sorted({names.get(person, str(person)) for person, _what, _audience in told})
    shown = ", ".join(people[:_NAMES_A_DAY])
    return f"{verb} {len(told)} lời nhắc ({shown}{' …' if len(people) > _NAMES_A_DAY else ''})"
