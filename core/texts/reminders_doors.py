"""What may be done about a reminder, from the message itself and on its page."""

from collections.abc import Sequence
from datetime import datetime

from core.deadlines import Obligation, Standing
from core.ladder import Audience
from core.messages import Choice, Door, Message, Row
from core.reminders_facts import Nudge, Tone
from core.reminders_hours import SnoozeChoice
from core.texts import board, pages
from core.texts import reminders as texts
from core.vietnamese import inside_a_sentence, moment, shortened

LABEL = "Việc cần nộp"
WORD, WORD_DONE, WORD_LATER = "NHAC", "XONG", "HEN"
WORD_NUDGE, WORD_NUDGE_ALL, WORD_EXTEND, WORD_DEPUTY = "DONDOC", "DONDOCHET", "CHOHAN", "PHANCONG"
HELP = "Đây là những việc có hạn của anh/chị. Anh/chị chọn một việc để xem hạn và còn thiếu gì."
HELP_LATER = "Anh/chị chọn giờ muốn được nhắc lại; đến giờ mà việc đã xong thì không nhắc nữa."
DONE = "Đã nhận việc này."
NOTHING = "Hiện không có việc nào còn mở."
_NAME = 60
_UNIT = 30


def of_one(nudge: Nudge, number: int) -> tuple[Door, ...]:
    """On a message about one thing: done, later, open; the office remind, give more time, name a stand-in."""
    opens = Door("reminders", str(number), texts.OPEN, WORD)
    if nudge.tone is Tone.ESCALATION and nudge.audience is Audience.OFFICE:
        return (
            Door("reminder_nudge", str(number), board.NUDGE, WORD_NUDGE),
            Door("reminder_extend", str(number), board.EXTEND, WORD_EXTEND),
            Door("reminder_deputy", str(number), board.STAND_IN, WORD_DEPUTY),
            opens,
        )
    if nudge.tone in {Tone.ESCALATION, Tone.LAST_WORD}:
        return (opens,)
    return (
        Door("reminder_done", str(number), texts.DONE, WORD_DONE),
        Door("reminder_later", str(number), texts.SNOOZE, WORD_LATER),
        opens,
    )


def of_hand(number: int, *, may_put_off: bool) -> tuple[Door, ...]:
    """On a reminder that the office sent by hand."""
    later = Door("reminder_later", str(number), texts.SNOOZE, WORD_LATER)
    return (
        Door("reminder_done", str(number), texts.DONE, WORD_DONE),
        *([later] if may_put_off else []),
        Door("reminders", str(number), texts.OPEN, WORD),
    )


def of_several(nudges: Sequence[Nudge] = (), number: int = 0) -> tuple[Door, ...]:
    """On a message about several things: the list; the office may remind all units of one occasion."""
    opens = Door("reminders", "", texts.OPEN, WORD)
    if not (number and of_one_occasion(nudges)):
        return (opens,)
    return Door("reminder_nudge_all", str(number), board.NUDGE_ALL, WORD_NUDGE_ALL), opens


def of_one_occasion(nudges: Sequence[Nudge]) -> bool:
    """Whether several things came up to the office that units owe on one occasion."""
    if len(nudges) < 2 or any(one.audience is not Audience.OFFICE for one in nudges):
        return False
    return len({one.obligation.id.rpartition(":")[0] for one in nudges}) == 1


def mine(listed: Sequence[tuple[int, Obligation, Standing]], page: int = 0) -> Message:
    """What one person was reminded of and still owes, a page at a time."""
    units = len({one.unit_id for _number, one, _standing in listed}) > 1
    rows = tuple(
        (Choice(f"nudge.{number}", shortened(_called(one, units=units), _NAME)),)
        for number, one, _standing in pages.shown(listed, page)
    )
    lines = [
        f"• {texts.what(one)} · {shortened(one.unit, _NAME)}: {texts.in_short(standing)}"
        for _number, one, standing in pages.shown(listed, page)
    ]
    turns = pages.turns(page, len(listed))
    return Message(title=LABEL, body="\n".join(lines) or NOTHING, rows=(*rows, *turns))


def _called(one: Obligation, *, units: bool) -> str:
    where = f"{shortened(one.unit, _UNIT)} · " if units else ""
    return f"{where}{texts.what(one)} · {one.label}"


def one(
    obligation: Obligation, standing: Standing, *, may_put_off: bool, may_hand_in: bool, office: bool
) -> Message:
    """One thing: when it is due, what is missing, and what may be done."""
    where = f"{obligation.unit} · {obligation.label}"
    if obligation.done_at is not None:
        return Message(title=texts.what(obligation), body=f"{where}\n{done(obligation.done_at)}")
    lines = [where, *texts.dates(obligation, standing), texts.missing(obligation)]
    opens: tuple[Row, ...] = ((Choice("open", texts.OPEN),),) if may_hand_in or office else ()
    if office:
        acts = Choice("nudge", board.NUDGE), Choice("extend", board.EXTEND), Choice("deputy", board.STAND_IN)
        return Message(title=texts.what(obligation), body="\n".join(lines), rows=(acts, *opens))
    later = ((Choice("later", texts.SNOOZE),),) if may_put_off else ()
    rows = ((Choice("done", texts.DONE),), *later, *opens)
    return Message(title=texts.what(obligation), body="\n".join(lines), rows=rows)


def done(at: datetime) -> str:
    """It was handed in."""
    return f"Việc này đã xong lúc {moment(at)}. Không còn lời nhắc nào về việc này."


def not_done(obligation: Obligation) -> str:
    """Somebody says that it is done, and nothing came in."""
    what = inside_a_sentence(texts.what(obligation))
    return f"Hệ thống chưa nhận được việc này ({what}), nên chưa ghi là xong. {texts.missing(obligation)}"


def ask_later(obligation: Obligation, choices: Sequence[SnoozeChoice], now: datetime) -> Message:
    """Until when; what is done is not put off."""
    rows = tuple((Choice(f"at.{one.kind.value}", texts.snooze_label(one, now)),) for one in choices)
    where = f"{texts.what(obligation)} · {shortened(obligation.label, _NAME)}"
    if obligation.done_at is not None:
        return Message(title=texts.SNOOZE, body=f"{where}\n{done(obligation.done_at)}")
    return Message(
        title=texts.SNOOZE, body=f"{where}\n{texts.ASK_SNOOZE if rows else texts.NO_SNOOZE}", rows=rows
    )
