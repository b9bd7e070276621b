"""What people are told around a sitting of the council, and why somebody was or was not chosen."""

from collections.abc import Sequence
from datetime import datetime

from core.appraisal import TieRule
from core.ballots import Base, Count, PollRules, Verdict
from core.council import Item, SittingFacts
from core.messages import Door, FileOut, Message
from core.texts import ballots
from core.texts.appraisal_shortlist import RULES
from core.vietnamese import inside_a_sentence, long_date, moment, shortened

NAME = "Hội đồng Thi đua - Khen thưởng"
DOOR_WORD = "HD"
ANSWER_WORD = "TLHD"
OPEN = "Mở phiên họp"
OWN_CASE = "Là người được đề nghị"
OWN_UNIT = "Cùng đơn vị với người, tập thể được đề nghị"
BY_CHAT = "họp qua tin nhắn"
MAY_CHANGE = "Chủ trì đổi được quy tắc bỏ phiếu trước khi mở bỏ phiếu."
_SHOWN = 20


def door(sitting_id: int) -> Door:
    """To the sitting."""
    return Door("council", str(sitting_id), OPEN, DOOR_WORD)


def about(sitting: SittingFacts) -> str:
    """«Khen hằng năm (Kế hoạch 004), năm 2026»."""
    return f"{sitting.campaign_label}, {inside_a_sentence(sitting.round_label)}"


def line(item: Item) -> str:
    """«Trần Thị Lan · Khoa Nội: Rút ngắn thời gian chờ khám»."""
    who = item.name if item.name == item.unit else f"{item.name} · {item.unit}"
    return f"{who}: {shortened(item.achievement, 120)}"


def agenda(items: Sequence[Item]) -> str:
    """Everybody on it, in its order."""
    lines = [f"• {line(item)}" for item in items[:_SHOWN]]
    if len(items) > _SHOWN:
        lines.append(f"… và {len(items) - _SHOWN} đề nghị khác")
    return "\n".join(lines)


def announced(sitting: SittingFacts) -> str:
    """By which rules it is voted, and what goes first among equals at the last place."""
    return f"{ballots.rules(sitting.rules)}\n{tie_order(sitting.order)}"


def earlier(called_to: datetime) -> str:
    """The vote is opened before the hour members were called to."""
    return f"Phiên họp bắt đầu trước giờ đã mời ({moment(called_to)}); giờ họp ghi theo lúc mở bỏ phiếu."


def tie_order(order: Sequence[TieRule]) -> str:
    """What goes first among equals, in its order."""
    told = "; ".join(f"({place}) {RULES[rule]}" for place, rule in enumerate(order, 1))
    first = f"xét lần lượt {told}; còn bằng nữa thì chủ trì quyết" if told else "chủ trì quyết"
    return f"Bằng phiếu ở suất cuối: {first}."


def called(sitting: SittingFacts, at: datetime) -> Message:
    """To every member."""
    body = (
        f"Mời anh/chị dự phiên họp xét khen thưởng {about(sitting)}, {moment(at)}, "
        f"{sitting.place or BY_CHAT}. Chủ trì: {sitting.chair.name}.\n\n{agenda(sitting.items)}"
    )
    return Message(title=f"Mời họp {NAME}", body=body, doors=(door(sitting.id),))


def presides(sitting: SittingFacts) -> Message:
    """To every member: somebody else presides."""
    body = (
        f"Phiên họp xét {about(sitting)}: người chủ trì trước không còn là thành viên Hội đồng. "
        f"Từ nay {sitting.chair.name} chủ trì; phiếu đã bỏ vẫn còn."
    )
    return Message(title="Đổi người chủ trì phiên họp", body=body, doors=(door(sitting.id),))


def cancelled(sitting: SittingFacts, reason: str) -> Message:
    """To every member."""
    return Message(
        title="Hủy phiên họp Hội đồng", body=f"Phiên họp xét {about(sitting)} đã hủy. Lý do: {reason}"
    )


def asked(name: str, words: str, question_id: int) -> Message:
    """To whoever prepares the dossier of a unit."""
    body = f"Hội đồng hỏi về {name}:\n«{words}»"
    way = Door("council_answers", str(question_id), "Trả lời", ANSWER_WORD)
    return Message(title="Câu hỏi của Hội đồng", body=body, doors=(way,))


def answered(name: str, words: str, answer: str, sitting_id: int) -> Message:
    """To the member who asked."""
    body = f"Về {name}, anh/chị hỏi:\n«{words}»\n\nĐơn vị trả lời:\n«{answer}»"
    return Message(title="Đơn vị trả lời Hội đồng", body=body, doors=(door(sitting_id),))


def count(value: Count) -> str:
    """«3 đồng ý, 1 không đồng ý, 0 phiếu trắng; 4/5 người bỏ phiếu»."""
    return (
        f"{value.votes_for} đồng ý, {value.against} không đồng ý, {value.blank} phiếu trắng; "
        f"{value.cast}/{value.entitled} người được bỏ phiếu đã bỏ"
    )


def reason(verdict: Verdict, rules: PollRules) -> str:
    """What decided it."""
    if not verdict.count.cast:
        return ballots.UNCOUNTED
    told = count(verdict.count)
    if verdict.chosen:
        return f"Được chọn: {told}"
    if not verdict.quorate:
        return f"Không đủ số người bỏ phiếu ({ballots.share(rules.quorum)}): {told}"
    if not verdict.passed:
        base = "thành viên được bỏ phiếu" if rules.base is Base.MEMBERS else "phiếu đã bỏ"
        return f"Không đạt {ballots.share(rules.threshold)} {base}: {told}"
    return f"Đạt phiếu nhưng hết suất theo chỉ tiêu: {told}"


def results(items: Sequence[Item], found: Sequence[Verdict], rules: PollRules) -> str:
    """A line a nominee, in the order of the result."""
    names = {item.nomination_id: item.name for item in items}
    lines = []
    for verdict in found:
        told = f"Bằng nhau ở suất cuối: {count(verdict.count)}" if verdict.tied else reason(verdict, rules)
        lines.append(
            f"{'✅' if verdict.chosen else '❔' if verdict.tied else '❌'} {names[verdict.nominee]}. {told}."
        )
    return "\n".join(lines)


def concluded(sitting: SittingFacts, found: Sequence[Verdict]) -> Message:
    """To members and secretary: the totals."""
    told = results(sitting.items, found, sitting.rules)
    body = f"{about(sitting)}.\n\n{told}\n\nKết luận: {sitting.conclusions}"
    return Message(title="Kết quả bỏ phiếu của Hội đồng", body=body, doors=(door(sitting.id),))


def to_decide(sitting: SittingFacts) -> Message:
    """To the director."""
    body = (
        f"Hội đồng đã kết luận về {about(sitting)}: chọn {len(sitting.chosen)}/{len(sitting.items)} đề nghị."
    )
    return Message(title="Chờ anh/chị quyết định khen thưởng", body=body, doors=(door(sitting.id),))


def votes_on_paper(sitting: SittingFacts, *, on_paper: bool) -> Message:
    """To a member whom the secretary noted as voting on paper, or as voting here after all."""
    wrong = f"Nếu không đúng, anh/chị báo thư ký {sitting.secretary} hoặc chủ trì {sitting.chair.name}."
    if not on_paper:
        body = f"{about(sitting)}: anh/chị được ghi là bỏ phiếu qua tin nhắn. Mời anh/chị bỏ phiếu. {wrong}"
        return Message(title="Mời bỏ phiếu kín", body=body, doors=(ballots.door(sitting.poll_id),))
    body = (
        f"{about(sitting)}: anh/chị được ghi là bỏ phiếu giấy; phiếu đã bỏ qua tin nhắn, nếu có, không còn "
        f"tính. {wrong}"
    )
    return Message(title="Bỏ phiếu giấy", body=body, doors=(door(sitting.id),))


def closed_early(sitting: SittingFacts, missing: int) -> Message:
    """To members: the chair ended the vote before its time, with so many who had not voted."""
    body = (
        f"{about(sitting)}: chủ trì {sitting.chair.name} đã kết thúc bỏ phiếu trước giờ đã báo và kiểm "
        f"phiếu, khi {missing}/{len(sitting.members)} thành viên chưa bỏ đủ phiếu. Không nhận thêm phiếu. "
        "Ai cần bỏ phiếu lại thì báo chủ trì trước khi kết luận."
    )
    return Message(title="Kết thúc bỏ phiếu sớm", body=body, doors=(door(sitting.id),))


def time_over(subject: str, poll_id: int) -> Message:
    """To whoever opened a vote: its time is over, nobody is counted yet."""
    body = (
        f"{ballots.meeting(subject)}: lượt bỏ phiếu số {poll_id} đã hết giờ. Anh/chị kết thúc để kiểm phiếu."
    )
    sitting = subject.partition(":")[2]
    doors = (door(int(sitting)),) if subject.startswith("council:") else ()
    return Message(title="Hết giờ bỏ phiếu kín", body=body, doors=doors)


def approved(sitting: SittingFacts) -> Message:
    """To the office."""
    body = (
        f"Danh sách khen thưởng {about(sitting)} ({len(sitting.chosen)} đề nghị) đã được phê duyệt. "
        "Quyết định ký ngoài hệ thống; khi có số và ngày, anh/chị nhập kèm bản chụp."
    )
    return Message(title="Đã duyệt danh sách khen thưởng", body=body, doors=(door(sitting.id),))


def referred(sitting: SittingFacts, words: str) -> Message:
    """To members and secretary."""
    body = f"Danh sách {about(sitting)} được trả lại để Hội đồng xem xét lại:\n«{words}»"
    return Message(title="Trả lại Hội đồng", body=body, doors=(door(sitting.id),))


def decided(sitting: SittingFacts) -> Message:
    """To members: signed, or over because nobody was chosen."""
    if not sitting.number:
        body = f"{about(sitting)}: Hội đồng không chọn đề nghị nào, nên không có Quyết định."
        return Message(title="Kết quả xét khen thưởng", body=body, doors=(door(sitting.id),))
    day = long_date(sitting.dated) if sitting.dated else ""
    body = f"Quyết định {sitting.number} ký {day} khen {len(sitting.chosen)} đề nghị của {about(sitting)}."
    return Message(title="Kết quả xét khen thưởng", body=body, doors=(door(sitting.id),))


def papers_ready(sitting: SittingFacts, files: Sequence[FileOut]) -> Message:
    """To the secretary, with the files."""
    body = (
        f"Biên bản họp và dự thảo Quyết định của {about(sitting)}. Số, ngày và chữ ký để trống; "
        "anh/chị kiểm tra lại trước khi trình ký."
    )
    return Message(
        title="Giấy tờ phiên họp Hội đồng", body=body, files=tuple(files), doors=(door(sitting.id),)
    )


def handed(files: Sequence[FileOut]) -> Message:
    """Files somebody asked for."""
    return Message(body="Các tệp anh/chị vừa hỏi:", files=tuple(files))
