"""Sentences about the public window: a list everybody of the unit sees, and what they hold against it."""

from collections.abc import Sequence

from core.messages import LABEL_LENGTH, Choice, Door, Message, Row
from core.texts import criteria
from core.unit_reviews import ObjectionFacts, ShownNominee, UnitRound, WindowFacts
from core.vietnamese import at_the_start, inside_a_sentence, long_date, shortened

LABEL = "Danh sách đề nghị công khai"
HEAD_LABEL = "Công khai danh sách"
OPEN_WORD = "CONG KHAI"
WORD, HEAD_WORD = "CK", "YK"
HELP = (
    "Đơn vị công khai ai được đề nghị khen thưởng. Anh/chị có ý kiến về mỗi người một lần, nêu tên hoặc "
    "không; thủ trưởng trả lời và anh/chị xem được câu trả lời ở đây."
)
HELP_HEAD = (
    "Danh sách được công khai cho mọi người trong đơn vị trong một số ngày làm việc rồi tự đóng. Ý kiến "
    "không chặn việc gì, nhưng ý kiến chưa trả lời được nêu khi kiểm tra hồ sơ."
)
ASK_WORDS = "Anh/chị nhắn ý kiến của mình về người này, nêu sự việc cụ thể."
ASK_ANSWER = "Anh/chị nhắn câu trả lời. Người có ý kiến được báo; trả lời rồi thì không sửa lại được."
SAID = "Đã ghi ý kiến; thủ trưởng đơn vị được báo."
SETTLED = "Đã trả lời; người có ý kiến được báo."
OPENED = "Đã công khai; mọi người trong đơn vị được báo."
NOBODY_SEES = "Hiện đơn vị không công khai danh sách nào."
UNNAMED = "không nêu tên"
DAYS = (1, 3, 5)
_WORDS = 800


def state_line(facts: WindowFacts | None) -> str:
    """How a window stands, in a few words."""
    if facts is None:
        return "chưa công khai"
    if facts.is_open:
        return f"đang công khai đến hết {long_date(facts.last_day)}"
    return f"đã công khai đến hết {long_date(facts.last_day)}"


def head(facts: WindowFacts | None, of: UnitRound, said: Sequence[ObjectionFacts], *, acts: bool) -> Message:
    """For the head: whether it is shown, and what was objected."""
    lines = [_place(of), f"Tình trạng: {state_line(facts)}."]
    if facts is not None:
        lines.append(f"Danh sách có {facts.nominees}; nhận {len(said)} ý kiến.")
    lines += [f"• {_line(one)}" for one in said]
    rows: list[Row] = [
        (Choice(f"objection.{one.id}", shortened(f"{_mark(one)} Về {one.nominee}", LABEL_LENGTH)),)
        for one in said
    ]
    if acts and (facts is None or not facts.is_open):
        again = "Công khai lại…" if facts is not None else "Công khai…"
        rows.append((Choice("open", again),))
    return Message(title=HEAD_LABEL, body="\n".join(lines), rows=tuple(rows))


def ask_days(of: UnitRound, proposed: int) -> Message:
    """For how many working days."""
    return Message(
        title=HEAD_LABEL,
        body=(
            f"{_place(of)}\n\nDanh sách {proposed} đề nghị được báo cho mọi người trong đơn vị có "
            "tài khoản: tên, thành tích và kết quả theo tiêu chí, không có thông tin cá nhân và minh chứng. "
            "Tính từ ngày mai, công khai trong bao nhiêu ngày làm việc?"
        ),
        rows=tuple(
            (Choice(f"days.{one}", f"{one} ngày làm việc", grave=True, word=f"{OPEN_WORD} {one}"),)
            for one in DAYS
        ),
    )


def objection(facts: ObjectionFacts, *, acts: bool) -> Message:
    """One objection, for the head."""
    lines = [f"Về {facts.nominee}", f"{facts.by or UNNAMED}, {long_date(facts.made_on)}:", facts.words]
    if facts.settled:
        lines += ["", f"{facts.settled_by} đã trả lời:", facts.settlement]
    rows: tuple[Row, ...] = ((Choice("answer", "Trả lời"),),) if acts and not facts.settled else ()
    return Message(title="Ý kiến", body="\n".join(lines), rows=rows)


def ask_answer(facts: ObjectionFacts) -> Message:
    """What the head says to it."""
    return Message(
        title=f"Trả lời ý kiến về {facts.nominee}", body=f"{shortened(facts.words, _WORDS)}\n\n{ASK_ANSWER}"
    )


def lists(found: Sequence[WindowFacts]) -> Message:
    """What is shown to one's unit, or was."""
    rows = tuple(
        (Choice(f"window.{one.id}", shortened(f"{one.of.unit} · {one.of.round_label}", LABEL_LENGTH)),)
        for one in found
    )
    lines = [f"• {_place(one.of)}: {state_line(one)}" for one in found]
    return Message(title=LABEL, body="\n".join(lines) or NOBODY_SEES, rows=rows)


def shown(facts: WindowFacts, nominees: Sequence[ShownNominee]) -> Message:
    """The list, for whoever works in the unit."""
    lines = [_place(facts.of), f"{at_the_start(state_line(facts))}.", ""]
    lines += [f"• {one.name}: {shortened(one.achievement, 160)}" for one in nominees]
    if not nominees:
        lines.append("Không còn ai trong danh sách.")
    rows = tuple(
        (Choice(f"nominee.{one.nomination_id}", shortened(one.name, LABEL_LENGTH)),) for one in nominees
    )
    return Message(title=LABEL, body="\n".join(lines), rows=rows)


def nominee(facts: WindowFacts, one: ShownNominee, mine: Sequence[ObjectionFacts]) -> Message:
    """Somebody on the list: what for, how the plan judges it, and what one said oneself."""
    outcomes = ", ".join(
        f"{count} {inside_a_sentence(criteria.outcome(value))}" for value, count in one.outcomes
    )
    lines = [one.name if one.name == one.unit else f"{one.name} · {one.unit}"]
    lines += [f"Thành tích: {one.achievement}", f"Theo tiêu chí: {outcomes}."]
    if one.objected is not None:
        heading = "Ý kiến của anh/chị:" if one.objected else "Các ý kiến không nêu tên về người này:"
        lines += ["", heading]
        for said in mine:
            answer = f"Trả lời ({said.settled_by}): {said.settlement}" if said.settled else "Chưa trả lời."
            lines += [f"• {shortened(said.words, _WORDS)}", answer]
    rows: tuple[Row, ...] = ()
    if facts.is_open and not one.own and one.objected is None:
        rows = ((Choice("object", "Có ý kiến"),),)
    return Message(title=LABEL, body="\n".join(lines), rows=rows)


def ask_named(one: ShownNominee) -> Message:
    """With one's name or without it."""
    return Message(
        title=f"Ý kiến về {shortened(one.name, 60)}",
        body=(
            "Nêu tên: thủ trưởng biết ai có ý kiến để trao đổi thêm. Không nêu tên: thủ trưởng và hội đồng "
            "không thấy tên; câu trả lời hiện cho những ai có ý kiến không nêu tên về người này. Tin nhắn "
            "vẫn đi qua máy chủ, nên người giữ máy chủ có thể biết."
        ),
        rows=((Choice("named", "Nêu tên tôi"),), (Choice("unnamed", "Không nêu tên"),)),
    )


def ask_words(one: ShownNominee, *, named: bool) -> Message:
    """What it is."""
    how = "có nêu tên" if named else UNNAMED
    return Message(title=f"Ý kiến về {shortened(one.name, 60)} ({how})", body=ASK_WORDS)


def opened_notice(facts: WindowFacts) -> Message:
    """To everybody of the unit: the list can be seen."""
    return Message(
        title=LABEL,
        body=(
            f"{_place(facts.of)}\n\n{facts.nominees} đề nghị khen thưởng được công khai đến hết "
            f"{long_date(facts.last_day)}. Anh/chị xem và có ý kiến nếu cần."
        ),
        doors=(Door("unit_window", str(facts.id), "Xem danh sách", WORD),),
    )


def objected_notice(one: ObjectionFacts) -> Message:
    """To the head: there is something."""
    return Message(
        title="Có ý kiến về danh sách công khai",
        body=f"Về {one.nominee}, {one.by or UNNAMED}:\n{shortened(one.words, _WORDS)}",
        doors=(Door("objections", str(one.id), "Trả lời", HEAD_WORD),),
    )


def settled_notice(one: ObjectionFacts) -> Message:
    """To whoever objected: what the head says to it."""
    kind = "Ý kiến của anh/chị" if one.by else "Một ý kiến không nêu tên"
    return Message(
        title="Ý kiến đã được trả lời",
        body=f"{kind} về {one.nominee}: {shortened(one.words, 200)}\n\n{one.settled_by}: {one.settlement}",
        doors=(Door("unit_window", str(one.window_id), "Xem danh sách", WORD),),
    )


def closed_notice(facts: WindowFacts) -> Message:
    """To whoever opened it: it is over."""
    left = f", còn {facts.unsettled} ý kiến chưa trả lời" if facts.unsettled else ""
    return Message(
        title="Đã hết thời gian công khai",
        body=f"{_place(facts.of)}\n\nNhận {facts.objections} ý kiến{left}.",
    )


def _place(of: UnitRound) -> str:
    return f"{of.unit} · {of.campaign}, {inside_a_sentence(of.round_label)}"


def _mark(one: ObjectionFacts) -> str:
    return "✅" if one.settled else "▫️"


def _line(one: ObjectionFacts) -> str:
    state = "đã trả lời" if one.settled else "chưa trả lời"
    return f"Về {one.nominee}, {one.by or UNNAMED}: {shortened(one.words, 120)} ({state})"
