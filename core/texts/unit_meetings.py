"""Sentences about the meeting of a unit's own council: who is there, what is voted, what was concluded."""

from collections.abc import Sequence
from datetime import datetime, tzinfo
from fractions import Fraction

from core.ballots import Count
from core.messages import LABEL_LENGTH, Capabilities, Choice, Door, Message, Numbering, Row
from core.numbers import format_share
from core.texts import ballots, uploads
from core.texts import evidence as evidence_texts
from core.texts.eligibility import turning
from core.texts.unit_review_refusals import gaps
from core.unit_reviews import AgendaItem, MeetingFacts, MeetingState, MemberFacts
from core.vietnamese import inside_a_sentence, moment, shortened

LABEL = "Họp bình xét"
OPEN_WORD, CLOSE_WORD = "MO PHIEU", "KIEM PHIEU"
BALLOT, BALLOT_WORD = "ballot", "BP"
OWN = "Là người được đề nghị"
HELP = (
    "Cuộc họp của Hội đồng thi đua, khen thưởng đơn vị. Anh/chị chọn thành viên, người chủ trì, thư ký, ghi "
    "địa điểm và giờ, rồi mở bỏ phiếu kín tại đây hoặc nhập kết quả của cuộc họp đã họp giấy. Không ai, "
    "kể cả người quản trị, xem được từng người bỏ phiếu thế nào."
)
ASK_PLACE = "Anh/chị nhắn địa điểm họp, ví dụ «Phòng họp tầng 2»."
ASK_TIME = "Anh/chị nhắn ngày giờ họp, ví dụ «14:00 25/11/2026» hoặc «14 giờ hôm nay»."
ASK_ABSENCE = "Anh/chị nhắn lý do vắng, ví dụ «Đi công tác»."
ASK_REASON = "Anh/chị nhắn lý do không bỏ phiếu về người này, ví dụ «Là vợ của người được đề nghị»."
ASK_CONCLUSION = (
    "Anh/chị nhắn kết luận của cuộc họp, một vài câu, như ghi trong biên bản. Người không đạt đủ phiếu thì "
    "đề nghị dừng lại và được báo; kết luận ghi xong thì cuộc họp đóng lại."
)
ASK_ANNUL = "Anh/chị nhắn lý do hủy kết quả cuộc họp. Cuộc họp vẫn lưu lại; các thành viên được báo."
ASK_SUMS = "Anh/chị nhắn ba số theo biên bản: số phiếu đồng ý, không đồng ý và phiếu trắng, ví dụ «5 1 0»."
SUMS_UNREADABLE = "Chưa đọc được ba số nên chưa ghi gì. Anh/chị nhắn ba số cách nhau, ví dụ «5 1 0»."
ASK_PROOF = "Gửi ảnh hoặc bản quét (PDF) biên bản có chữ ký. Tệp được kiểm tra rồi mới dùng được."
ONLY_ONE = "Mỗi lần một tệp: anh/chị gửi một ảnh, hoặc một tệp PDF gồm các trang. Chưa nhận tệp nào."
NOT_ASKED_HERE = "Anh/chị gửi ảnh hoặc tệp biên bản, hoặc chọn một mục bên dưới."
SAVED = "Đã ghi."
WORD = "HOP"
WHICH = {
    "chair": "Chủ trì",
    "secretary": "Thư ký",
    "absent": "Vắng mặt",
    "conflict": "Không bỏ phiếu về ai",
    "sums": "Nhập số phiếu",
    "place": "Địa điểm",
    "time": "Thời gian",
    "conclude": "Kết luận",
    "annul": "Hủy kết quả cuộc họp",
}
_QUESTIONS = {
    "absent": ASK_ABSENCE,
    "conflict": ASK_REASON,
    "sums": ASK_SUMS,
    "place": ASK_PLACE,
    "time": ASK_TIME,
    "conclude": ASK_CONCLUSION,
    "annul": ASK_ANNUL,
}
INVITED = "Đã báo các thành viên giờ và nơi họp."
VOTE_OPENED = "Đã mở bỏ phiếu; từng thành viên dự họp được báo."
VOTE_CLOSED = "Đã kết thúc và kiểm phiếu."
CONCLUDED = "Đã ghi kết luận; thành viên và người được đề nghị được báo."
ANNULLED = "Đã hủy kết quả cuộc họp; có thể họp lại."
CLOSINGS = ("1", "4", "8", "24")


def member(one: MemberFacts) -> str:
    """«Trần Thị Lan, Điều dưỡng»; of one who is away, why."""
    who = ", ".join(part for part in (one.name, one.post) if part)
    return f"{who} ({inside_a_sentence(one.absent_because)})" if one.absent_because else who


def ask_kind(of: str) -> Message:
    """Held here, or on paper already."""
    return Message(
        title=LABEL,
        body=f"{of}\n\nHọp và bỏ phiếu kín tại đây, hay ghi lại cuộc họp đã họp giấy?",
        rows=(
            (Choice("here", "Họp và bỏ phiếu tại đây"),),
            (Choice("paper", "Ghi lại cuộc họp giấy"),),
        ),
    )


def meeting(facts: MeetingFacts, *, acts: bool) -> Message:
    """A meeting as it stands, with what can be done next."""
    parts = ["\n".join(_heading(facts)), "\n".join(_people(facts)), "\n".join(_agenda(facts))]
    if facts.conflicts:
        said = [
            f"• {one.member} về {one.nominee}: {inside_a_sentence(one.reason)}" for one in facts.conflicts
        ]
        parts.append("\n".join(("Không bỏ phiếu:", *said)))
    if facts.state is MeetingState.PREPARING and facts.gaps:
        parts.append(f"Còn thiếu: {gaps(facts.gaps)}.")
    if facts.state is MeetingState.VOTING:
        parts.append(_turnout(facts))
    if facts.conclusions:
        parts.append(f"Kết luận: {facts.conclusions}")
    if facts.annulled_because:
        parts.append(f"Lý do hủy: {facts.annulled_because}")
    return Message(
        title=LABEL, body="\n\n".join(part for part in parts if part), rows=_rows(facts) if acts else ()
    )


def ask_members(
    facts: MeetingFacts, people: Sequence[tuple[int, str, str]], *, page_number: int, more: bool
) -> Message:
    """Who belongs to the council: picked, or picked out again."""
    chosen = {one.person_id for one in facts.members}
    names = ", ".join(one.name for one in facts.members) or "chưa có ai"
    rows: list[Row] = [
        (
            Choice(
                f"person.{number}", f"{'☑️' if number in chosen else '⬜'} {shortened(name, LABEL_LENGTH - 3)}"
            ),
        )
        for number, name, _post in people
    ]
    rows += turning(page_number, more=more)
    return Message(
        title="Thành viên dự họp",
        body=f"Đã chọn {len(facts.members)}: {names}.\n\nChọn một người để thêm, chọn lại để bỏ ra.",
        rows=tuple(rows),
    )


def ask_one(facts: MeetingFacts, title: str) -> Message:
    """One of the members: for the chair, the minutes, an absence or a conflict."""
    rows = tuple(
        (Choice(f"person.{one.person_id}", shortened(one.name, LABEL_LENGTH)),) for one in facts.members
    )
    lines = [f"• {member(one)}" for one in facts.members]
    return Message(title=title, body="\n".join(lines) or "Chưa có thành viên nào.", rows=rows)


def ask_nominee(facts: MeetingFacts, title: str) -> Message:
    """One of the nominees."""
    rows = tuple(
        (Choice(f"nominee.{one.nomination_id}", shortened(one.name, LABEL_LENGTH)),)
        for one in facts.agenda
        if not one.withdrawn
    )
    return Message(title=title, body="\n".join(_agenda(facts)), rows=rows)


def ask_line(facts: MeetingFacts, what: str, person_id: int, nomination_id: int) -> Message:
    """Something to type; of somebody who was away, also that they are there."""
    member_there = facts.member(person_id)
    nominee = next((one for one in facts.agenda if one.nomination_id == nomination_id), None)
    about = [one.name for one in (member_there, nominee) if one is not None]
    away = what == "absent" and member_there is not None and not member_there.present
    question = _QUESTIONS[what]
    if what == "sums" and nominee is not None:
        question = f"{facts.voting(nomination_id)} người dự họp được bỏ phiếu. {question}"
    return Message(
        title=shortened(" · ".join((WHICH[what], *about)), 100),
        body="\n\n".join((*_agenda(facts)[1:], question)) if what == "conclude" else question,
        rows=((Choice("there", "Có mặt"),),) if away else (),
        numbering=Numbering.LETTERS,
    )


def ask_closing(facts: MeetingFacts) -> Message:
    """Until when the vote is open."""
    return Message(
        title="Mở bỏ phiếu kín",
        body=(
            f"{len(facts.present)}/{len(facts.members)} thành viên dự họp. {ballots.rules(facts.rules)}\n\n"
            "Phiếu chỉ nằm trong bộ nhớ cho đến khi kiểm: không ai xem được từng người bỏ thế nào. Nếu hệ "
            "thống khởi động lại giữa chừng, ai đã bỏ phải bỏ lại.\n\nBỏ phiếu trong bao lâu?"
        ),
        rows=tuple(
            (Choice(f"hours.{one}", f"{one} giờ", grave=True, word=f"{OPEN_WORD} {one}"),) for one in CLOSINGS
        ),
    )


def ask_proof(facts: MeetingFacts, zone: tzinfo, can: Capabilities) -> Message:
    """The signed minutes of a meeting on paper."""
    how = f"{ASK_PROOF} {uploads.elsewhere(can)}".rstrip()
    parts = [how]
    rows: list[Row] = []
    if facts.proof is not None:
        parts.append(evidence_texts.line(facts.proof, zone))
        if facts.proof.state == "waiting":
            parts.append("Tệp đang được kiểm tra; anh/chị chờ ít phút rồi chọn «Kiểm tra lại».")
            rows.append((Choice("look", "Kiểm tra lại"),))
        elif not facts.proof.proves:
            parts.append("Tệp này không dùng được: cần ảnh hoặc PDF. Anh/chị gửi tệp khác.")
    return Message(title="Biên bản đã ký", body="\n\n".join(parts), rows=tuple(rows))


def invitation(facts: MeetingFacts, at: datetime) -> Message:
    """To a member: when and where, about whom."""
    lines = [where(facts), f"Thời gian: {moment(at)}", f"Địa điểm: {facts.place}", "", *_agenda(facts)]
    return Message(title="Mời họp bình xét", body="\n".join(lines))


def vote_notice(facts: MeetingFacts, poll_id: int, until: datetime) -> Message:
    """To a member: the vote is open."""
    return Message(
        title=f"Bỏ phiếu kín: {inside_a_sentence(LABEL)}",
        body=(
            f"{where(facts)}\n\nAnh/chị là thành viên. Bỏ phiếu đến {moment(until)}.\n\n"
            f"{ballots.rules(facts.rules)}"
        ),
        doors=(Door(BALLOT, str(poll_id), "Bỏ phiếu", BALLOT_WORD),),
    )


def late_notice(facts: MeetingFacts, until: datetime) -> Message:
    """To a member who has not voted, once before the end."""
    return Message(
        title="Anh/chị chưa bỏ phiếu xong",
        body=f"{where(facts)}\n\nLượt bỏ phiếu kết thúc lúc {moment(until)}.",
        doors=(Door(BALLOT, str(facts.poll_id), "Bỏ phiếu", BALLOT_WORD),),
    )


def counted_notice(facts: MeetingFacts) -> Message:
    """To whoever called it: the time is over, the votes are counted."""
    return Message(
        title="Đã hết giờ bỏ phiếu và kiểm phiếu",
        body=f"{where(facts)}\n\nAnh/chị ghi kết luận để đóng cuộc họp.",
        doors=(_door(facts, "Ghi kết luận"),),
    )


def concluded_notice(facts: MeetingFacts, own: Sequence[AgendaItem] = ()) -> Message:
    """To the members: what the meeting came to, and what became of their `own` case where they have one."""
    lines = [where(facts), "", *_agenda(facts), "", f"Kết luận: {facts.conclusions}"]
    for item in own:
        lines += ["", f"{item.name}: {inside_a_sentence(_became(item))}"]
    return Message(title="Kết quả họp bình xét", body="\n".join(lines))


def annulled_notice(facts: MeetingFacts, reason: str) -> Message:
    """To the members: it does not stand."""
    return Message(
        title="Kết quả họp bình xét đã hủy",
        body=f"{where(facts)}\n\nLý do: {reason}\n\nNếu họp lại, anh/chị sẽ được báo.",
    )


def taken_back_notice(facts: MeetingFacts, item: AgendaItem) -> Message:
    """To a nominee: what they were told of the meeting stands no more."""
    return Message(
        title="Kết quả họp bình xét đã hủy",
        body=(
            f"{where(facts)}\n\nKết quả về {item.name} đã báo trước đây không còn dùng. Nếu họp lại, anh/chị "
            "được báo kết quả mới."
        ),
    )


def nominee_notice(facts: MeetingFacts, item: AgendaItem) -> Message:
    """To a nominee: endorsed or not, with the figures of the minutes."""
    assert item.count is not None
    lines = [where(facts), "", f"{item.name}: {count(item.count)}.", _became(item)]
    if not item.endorsed:
        lines += ["", f"Kết luận của cuộc họp: {facts.conclusions}"]
    return Message(title="Kết quả họp bình xét", body="\n".join(lines))


def _became(item: AgendaItem) -> str:
    if item.endorsed:
        return "Cuộc họp đủ số phiếu đồng ý; tên anh/chị nằm trong hồ sơ của đơn vị."
    return (
        "Cuộc họp không đủ số phiếu đồng ý nên đề nghị khen thưởng dừng lại. Bản tự đánh giá đã ký vẫn "
        "còn nguyên; anh/chị trao đổi với thủ trưởng đơn vị nếu cần."
    )


def count(value: Count) -> str:
    """«5/7 phiếu đồng ý (71,4 %), 1 không đồng ý, 0 trắng»."""
    if not value.cast:
        return inside_a_sentence(ballots.UNCOUNTED)
    share = f" ({format_share(Fraction(value.votes_for, value.entitled))})" if value.entitled else ""
    return (
        f"{value.votes_for}/{value.entitled} phiếu đồng ý{share}, {value.against} không đồng ý, "
        f"{value.blank} trắng"
    )


def where(facts: MeetingFacts) -> str:
    """«Khoa Nội · Thi đua CCHC, năm 2026»."""
    return f"{facts.of.unit} · {facts.of.campaign}, {inside_a_sentence(facts.of.round_label)}"


def state_line(facts: MeetingFacts) -> str:
    """How a meeting stands, in a word."""
    return _STATES[facts.state]


_STATES = {
    MeetingState.PREPARING: "đang chuẩn bị",
    MeetingState.VOTING: "đang bỏ phiếu",
    MeetingState.COUNTED: "đã kiểm phiếu, chờ kết luận",
    MeetingState.HELD: "đã họp",
    MeetingState.ANNULLED: "đã hủy kết quả",
}


def _heading(facts: MeetingFacts) -> list[str]:
    kind = "Họp giấy" if facts.on_paper else "Họp tại đây"
    lines = [where(facts), f"{kind}: {_STATES[facts.state]}"]
    if facts.state in {MeetingState.PREPARING, MeetingState.VOTING}:
        lines.append(ballots.rules(facts.rules))
    if facts.held_at is not None:
        lines.append(f"Thời gian: {moment(facts.held_at)}")
    if facts.place:
        lines.append(f"Địa điểm: {facts.place}")
    return lines


def _people(facts: MeetingFacts) -> list[str]:
    if not facts.members:
        return []
    lines = [f"Thành viên: {len(facts.present)}/{len(facts.members)} dự họp"]
    for one in facts.members:
        parts = [
            "chủ trì" if one.person_id == facts.chair_id else "",
            "thư ký" if one.person_id == facts.secretary_id else "",
            f"vắng: {inside_a_sentence(one.absent_because)}" if one.absent_because else "",
        ]
        told = "; ".join(part for part in parts if part)
        lines.append(f"• {one.name}{f' ({told})' if told else ''}")
    return lines


def _agenda(facts: MeetingFacts) -> list[str]:
    lines = ["Người được đề nghị:"]
    for one in facts.agenda:
        line = f"• {one.name}"
        if one.count is not None:
            line += f": {count(one.count)}"
            if facts.state is MeetingState.HELD:
                line += "; đủ phiếu" if one.endorsed else "; không đủ phiếu"
        elif one.withdrawn:
            line += " (đề nghị đã rút)"
        lines.append(line)
    return lines


def _turnout(facts: MeetingFacts) -> str:
    until = f" Kết thúc lúc {moment(facts.closes_at)}." if facts.closes_at else ""
    missing = f" Chưa xong: {', '.join(facts.awaited)}." if facts.awaited else ""
    return f"Đã bỏ phiếu: {facts.voted}/{len(facts.present)}.{until}{missing}"


def _rows(facts: MeetingFacts) -> tuple[Row, ...]:
    rows: list[Row] = []
    match facts.state:
        case MeetingState.PREPARING:
            rows += [
                (Choice("members", "Thành viên"), Choice("absent", "Vắng mặt")),
                (Choice("chair", "Chủ trì"), Choice("secretary", "Thư ký")),
                (Choice("place", "Địa điểm"), Choice("time", "Thời gian")),
                (Choice("conflict", "Không bỏ phiếu về ai"), Choice("rules", ballots.RULES)),
            ]
            if not facts.on_paper and facts.members and facts.place and facts.held_at:
                rows.append((Choice("invite", "Báo các thành viên"),))
            if facts.on_paper:
                rows.append((Choice("sums", "Nhập số phiếu"), Choice("proof", "Biên bản đã ký")))
            if not facts.gaps:
                rows.append(
                    (Choice("conclude", "Ghi kết luận") if facts.on_paper else Choice("vote", "Mở bỏ phiếu"),)
                )
        case MeetingState.VOTING:
            rows.append((Choice("look", "Xem lại"),))
            close = f"close.{facts.held}"
            rows.append((Choice(close, "Kết thúc và kiểm phiếu", grave=True, word=CLOSE_WORD),))
        case MeetingState.COUNTED:
            rows.append((Choice("conclude", "Ghi kết luận"),))
        case MeetingState.ANNULLED:
            rows.append((Choice("again", "Họp lại"),))
    if facts.state is not MeetingState.ANNULLED:
        rows.append((Choice("annul", "Hủy kết quả cuộc họp" if facts.conclusions else "Hủy cuộc họp"),))
    return tuple(rows)


def _door(facts: MeetingFacts, label: str) -> Door:
    return Door("unit_meetings", str(facts.id), label, WORD)
