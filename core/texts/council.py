"""The screens of a sitting of the council."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from core.appraisal import Mark
from core.ballots import FEWEST_MEMBERS, PollRules, Verdict
from core.campaign_terms import Clause, SubjectKind
from core.council import Item, Member, QuestionFacts, SittingFacts, SittingState, too_few_for
from core.messages import LABEL_LENGTH, Choice, Message, Numbering, Row
from core.quotas import Ledger
from core.texts import ballots, dossier_archive
from core.texts import council_notices as notices
from core.texts.appraisal_shortlist import prefers
from core.vietnamese import long_date, moment, shortened

LABEL = "Phiên họp Hội đồng"
CLOSE_WORD, CANCEL_WORD, CALL_WORD, ENTER_WORD = "KIEM PHIEU", "HUY PHIEN", "TRIEU TAP", "GHI QD"
END_WORD = "KET THUC"
PAGE = 8
HELP = (
    "Phiên họp xét khen thưởng: chương trình, câu hỏi cho đơn vị, bỏ phiếu kín, kết quả, biên bản, "
    "quyết định. Mỗi người thấy những việc của mình trong phiên."
)
FEW = "⚠️ Về {}: chưa đủ ba thành viên được bỏ phiếu; cần thêm thành viên trước khi mở bỏ phiếu."
PRESIDES = "Đã đổi người chủ trì và báo các thành viên."
SEATED = "Đã thêm thành viên và mời họp."
NONE_YET = "Anh/chị chưa có phiên họp nào để xem."
CHOOSE = "Anh/chị chọn phiên họp."
CALLED = "Đã triệu tập phiên họp và báo các thành viên."
OPENED = "Đã mở bỏ phiếu kín và báo các thành viên."
CLOSED = "Đã kết thúc bỏ phiếu và kiểm phiếu."
NOTED = "Đã ghi."
CONCLUDED = "Đã ghi kết luận; kết quả đã báo các thành viên và người quyết định."
APPROVED = "Đã phê duyệt danh sách. Văn phòng được báo để trình ký Quyết định."
REFERRED = "Đã trả lại Hội đồng kèm ý kiến."
ENDED = "Đã kết thúc; các hồ sơ đã đóng, mọi người được báo."
ENTERED = "Đã nhập Quyết định; những người được chọn đã ghi là được khen."
CANCELLED = "Đã hủy phiên họp; hồ sơ trở về chờ họp."
ANSWERED = "Đã gửi câu trả lời cho Hội đồng."
ASK_WHEN = "Họp lúc nào? Nhập giờ và ngày, ví dụ «14:00 04/12/2026»."
ASK_WHERE = "Họp ở đâu? Nhập địa điểm, hoặc chọn họp qua tin nhắn."
ASK_UNTIL = (
    "Bỏ phiếu đến lúc nào? Nhập giờ và ngày, ví dụ «16:30 04/12/2026». "
    "Chủ trì kết thúc sớm được; từ lúc đó không ai bỏ phiếu nữa."
)
ASK_NUMBER = "Số, ký hiệu của Quyết định đã ký, ví dụ «125/QĐ-SYT»?"
ASK_DATED = "Ngày ký ghi trên Quyết định, ví dụ «15/12/2026»?"
ASK_SCAN = "Gửi ảnh hoặc tệp PDF bản chụp Quyết định đã ký."
ASK_SHEET = "Gửi ảnh hoặc tệp PDF biên bản kiểm phiếu giấy."
NOT_A_FILE = "Bước này cần một tệp ảnh hoặc PDF. Những gì đã nhập vẫn còn."
#: What may be done in a sitting, by key.
ACTS: Mapping[str, Choice] = {
    one.key: one
    for one in (
        Choice("open", "Mở bỏ phiếu kín"),
        Choice("rules", ballots.RULES),
        Choice("seat", "Thêm thành viên"),
        Choice("preside", "Đổi người chủ trì"),
        Choice("close", "Kết thúc, kiểm phiếu", grave=True, word=CLOSE_WORD),
        Choice("early", "Kết thúc, kiểm phiếu"),
        Choice("again", "Bỏ phiếu lại"),
        Choice("conclude", "Kết luận phiên họp"),
        Choice("cancel", "Hủy phiên họp", grave=True, word=CANCEL_WORD),
        Choice("paper", "Phiếu giấy"),
        Choice("approve", "Phê duyệt danh sách"),
        Choice("refer", "Trả lại Hội đồng"),
        Choice("enter", "Nhập Quyết định đã ký"),
        Choice("end", "Kết thúc, không có Quyết định", grave=True, word=END_WORD),
        Choice("papers", "Biên bản, dự thảo Quyết định"),
        Choice("scan", "Bản chụp Quyết định"),
        Choice("whole", "Xem đầy đủ báo cáo, bản tự đánh giá"),
        Choice("archive", dossier_archive.TAKE),
        Choice("ask", "Hỏi đơn vị"),
        Choice("conflict", "Tôi có liên quan"),
    )
}
WHEN_TITLE, WHERE_TITLE, UNTIL_TITLE = "Giờ họp", "Địa điểm", "Mở bỏ phiếu kín"
SHEET_TITLE, NUMBER_TITLE, DATED_TITLE = "Bản chụp phiếu giấy", "Số Quyết định", "Ngày ký"
SCAN_TITLE = "Bản chụp Quyết định"
IN_CHAT = Choice("chat", "Họp qua tin nhắn")
ASKS: Mapping[str, tuple[str, str]] = {
    "ask": ("Hỏi đơn vị", "Anh/chị nhập câu hỏi; đơn vị được báo, câu trả lời hiện cho mọi thành viên."),
    "conflict": ("Khai có liên quan", ballots.ASK_CONFLICT),
    "settle": (
        "Xếp trước người bằng phiếu",
        "Thứ tự đã công bố không phân định được. Anh/chị nêu lý do xếp người này trước, ai cũng đọc được.",
    ),
    "again": ("Bỏ phiếu lại", "Vì sao phải bỏ phiếu lại? Lượt trước vẫn được lưu."),
    "conclude": ("Kết luận phiên họp", "Anh/chị nhập kết luận của Hội đồng bằng lời."),
    "refer": ("Trả lại Hội đồng", "Anh/chị nêu ý kiến để Hội đồng xem xét lại."),
    "cancel": ("Hủy phiên họp", "Vì sao hủy? Các thành viên được báo, hồ sơ trở về chờ họp."),
}
STATES = {
    SittingState.CALLED: "đã triệu tập",
    SittingState.VOTING: "đang bỏ phiếu kín",
    SittingState.COUNTED: "đã kiểm phiếu, chờ kết luận",
    SittingState.CONCLUDED: "đã kết luận, chờ quyết định",
    SittingState.APPROVED: "đã duyệt, chờ số Quyết định",
    SittingState.DECIDED: "đã kết thúc",
    SittingState.CANCELLED: "đã hủy",
}
MARKS = {Mark.MET: "Đạt", Mark.NOT_MET: "Chưa đạt", Mark.UNCLEAR: "Cần làm rõ", None: "chưa thẩm định xong"}
KINDS = {SubjectKind.COLLECTIVE: "tập thể", SubjectKind.INDIVIDUAL: "cá nhân"}


def listed(sittings: Sequence[SittingFacts], *, may_call: bool) -> Message:
    """Every sitting of somebody, and the way to a new one."""
    lines = [f"• Phiên {one.id}: {notices.about(one)}, {STATES[one.state]}" for one in sittings]
    rows: list[Row] = [
        (Choice(f"one.{one.id}", shortened(f"Phiên {one.id}: {one.round_label}", LABEL_LENGTH)),)
        for one in sittings
    ]
    if may_call:
        rows.append((Choice("call", "Triệu tập phiên họp"),))
    return Message(title=LABEL, body="\n".join([CHOOSE, *lines]) if lines else NONE_YET, rows=tuple(rows))


def rounds(found: Sequence[tuple[int, str, str, int]]) -> Message:
    """In which rounds appraised dossiers wait."""
    rows = tuple(
        (Choice(f"round.{number}", shortened(f"{label} · {campaign}", LABEL_LENGTH)),)
        for number, campaign, label, _count in found
    )
    lines = [f"{campaign}, {label}: {count} hồ sơ đã thẩm định" for _number, campaign, label, count in found]
    return Message(
        title="Triệu tập phiên họp", body="\n".join(lines) or "Chưa có hồ sơ nào thẩm định xong.", rows=rows
    )


def ask(title: str, body: str, *choices: Choice) -> Message:
    """One thing to type; letters before choices, so that a number can be an answer."""
    return Message(title=title, body=body, rows=tuple((one,) for one in choices), numbering=Numbering.LETTERS)


def ask_until(called_to: datetime | None) -> Message:
    """Until when the vote is open; before the hour members were `called_to`, what that does to it."""
    early = (
        f"\n\nGiờ họp đã mời là {moment(called_to)}. Mở bây giờ khi các thành viên đồng ý họp sớm: giờ họp "
        "ghi theo lúc mở bỏ phiếu."
        if called_to is not None
        else ""
    )
    return ask(UNTIL_TITLE, f"{ASK_UNTIL}{early}")


def members(found: Sequence[Member], without: Sequence[int]) -> Message:
    """Who sits: everybody who may, without some."""
    lines = [
        f"{'☐' if one.person_id in without else '☑'} {one.name} · {one.post}".rstrip(" ·") for one in found
    ]
    rows: list[Row] = [
        (
            Choice(
                f"turn.{one.person_id}",
                shortened(f"{'Thêm' if one.person_id in without else 'Bớt'}: {one.name}", LABEL_LENGTH),
            ),
        )
        for one in found
    ]
    rows.append((Choice("done", "Xong, chọn người chủ trì"),))
    return Message(
        title="Thành viên dự họp", body="\n".join(lines) or "Chưa có ai là thành viên.", rows=tuple(rows)
    )


def seats(found: Sequence[Member]) -> Message:
    """Who may sit and does not yet."""
    rows = tuple((Choice(f"seat.{one.person_id}", shortened(one.name, LABEL_LENGTH)),) for one in found)
    body = (
        "Thêm ai? Người được thêm nhận giấy mời họp."
        if found
        else "Không còn ai có vai trò thành viên Hội đồng."
    )
    return Message(title="Thêm thành viên", body=body, rows=rows)


def chair(found: Sequence[Member]) -> Message:
    """Who presides."""
    rows = tuple((Choice(f"chair.{one.person_id}", shortened(one.name, LABEL_LENGTH)),) for one in found)
    return Message(title="Người chủ trì", body="Ai chủ trì phiên họp?", rows=rows)


def places(known: Mapping[SubjectKind, int | None]) -> str:
    """How many may still be chosen of each kind."""
    told = [f"{KINDS[kind]} {'chưa quy định' if limit is None else limit}" for kind, limit in known.items()]
    return f"Số suất theo chỉ tiêu: {', '.join(told)}."


def sure(
    at: datetime, place: str, people: Sequence[Member], presiding: str, rules: PollRules, book: Ledger
) -> Message:
    """Everything once more before the sitting is called."""
    body = (
        f"{book.campaign}, {book.round_label}\nHọp {moment(at)}, {place or notices.BY_CHAT}\n"
        f"{len(people)} thành viên: {', '.join(one.name for one in people)}\nChủ trì: {presiding}\n\n"
        f"{ballots.rules(rules)} {notices.MAY_CHANGE}"
    )
    call = Choice("call", "Triệu tập và báo thành viên", grave=True, word=CALL_WORD)
    return Message(title="Triệu tập phiên họp", body=body, rows=((call,),))


def sitting(
    one: SittingFacts,
    at: datetime,
    found: Sequence[Verdict],
    turnout: str,
    acts: Sequence[Choice],
    page: int,
    preferred: Sequence[Clause] = (),
) -> Message:
    """A sitting with what this person may do in it; what the plan prefers is told where votes are equal."""
    lines = [
        f"{notices.about(one)}: {STATES[one.state]}.",
        f"{moment(at)}, {one.place or notices.BY_CHAT}. Chủ trì: {one.chair.name}. Thư ký: {one.secretary}.",
    ]
    if one.state in {SittingState.CALLED, SittingState.VOTING}:
        lines += ["", notices.announced(one), places(one.places)]
    if one.state is SittingState.CALLED:
        lines += [FEW.format(item.name) for item in too_few_for(one, FEWEST_MEMBERS)]
    if one.referred:
        lines += ["", f"Xem xét lại vì: {one.referred}"]
    lines += ["", turnout] if turnout else []
    lines += ["", notices.results(one.items, found, one.rules) if found else notices.agenda(one.items)]
    lines += prefers(preferred) if any(verdict.tied for verdict in found) else []
    lines += [f"{item.name} được xếp trước: {item.settled_words}" for item in one.items if item.settled]
    if one.conclusions and one.state not in {SittingState.CALLED, SittingState.VOTING}:
        lines += ["", f"Kết luận: {one.conclusions}"]
    if one.number and one.dated:
        lines.append(f"Quyết định {one.number}, {long_date(one.dated)}.")
    shown = one.items[page * PAGE : (page + 1) * PAGE]
    rows: list[Row] = [(act,) for act in acts]
    rows += [
        (Choice(f"item.{item.nomination_id}", shortened(f"Xem: {item.name}", LABEL_LENGTH)),)
        for item in shown
    ]
    if len(one.items) > (page + 1) * PAGE:
        rows.append((Choice(f"page.{page + 1}", "Xem tiếp"),))
    return Message(title=f"{LABEL} {one.id}", body="\n".join(lines), rows=tuple(rows))


def to_vote(poll_id: int) -> Choice:
    """To the ballot."""
    return Choice(f"vote.{poll_id}", ballots.LABEL)


def put_first(nomination_id: int, name: str) -> Choice:
    """The chair puts somebody before others who are equal."""
    return Choice(f"settle.{nomination_id}", shortened(f"Xếp trước: {name}", LABEL_LENGTH))


def turnout(voted: Sequence[str], missing: Sequence[str], on_paper: Sequence[str]) -> str:
    """Who has voted; how is nobody's to see."""
    lines = []
    if voted or missing:
        lines.append(f"Đã bỏ đủ phiếu: {len(voted)}. Chưa: {', '.join(missing) or 'không còn ai'}.")
    if on_paper:
        lines.append(f"Bỏ phiếu giấy: {', '.join(on_paper)}.")
    return "\n".join(lines)


CLOSE_NOW = "Kết thúc, kiểm phiếu ngay"
NOT_VOTING = Message(
    title=ACTS["close"].label, body="Phiên họp không có lượt bỏ phiếu nào đang mở. Không có gì thay đổi."
)


def close_early(one: SittingFacts, missing: Sequence[str], until: datetime, close: Choice) -> Message:
    """Before a vote is ended while there is time left: who has not voted; `close` ends it."""
    if not missing:
        body = "Mọi người đã bỏ đủ phiếu. Khi kết thúc, phiếu được kiểm ngay."
    else:
        body = (
            f"⚠️ {len(missing)}/{len(one.members)} thành viên chưa bỏ đủ phiếu: {', '.join(missing)}. "
            f"Đã báo bỏ phiếu đến {moment(until)}.\n\nKết thúc bây giờ thì kiểm phiếu ngay, không nhận thêm "
            "phiếu nào và các thành viên được báo. Chờ thêm thì quay lại."
        )
    return Message(title=ACTS["close"].label, body=body, rows=((replace(close, label=CLOSE_NOW),),))


def item(
    one: Item,
    mark: Mark | None,
    asked: Sequence[QuestionFacts],
    conflicts: Sequence[tuple[str, str]],
    acts: Sequence[Choice],
    remark: str = "",
) -> Message:
    """A nominee for the council: short, with what was asked about it."""
    who = " · ".join(dict.fromkeys(part for part in (one.name, one.post, one.unit) if part))
    lines = [who, f"Thành tích đề nghị khen: {one.achievement}", appraised(mark)]
    lines += [f"Ghi chú của người thẩm định: {remark}"] if remark else []
    if one.reason:
        lines.append(f"{one.reason}.")
    lines += [f"{name} không bỏ phiếu: {why}." for name, why in conflicts]
    for question in asked:
        lines += ["", f"{question.by} hỏi: «{question.words}»"]
        lines.append(
            f"{question.answered_by} trả lời: «{question.answer}»" if question.answer else "Chưa có trả lời."
        )
    return Message(title="Đề nghị khen thưởng", body="\n".join(lines), rows=tuple((act,) for act in acts))


def appraised(mark: Mark | None) -> str:
    """What the appraisal came to."""
    return f"Kết quả thẩm định: {MARKS[mark]}."


def read_back(one: SittingFacts) -> Message:
    """The list the director approves, by typing how many there are."""
    body = (
        f"Danh sách được Hội đồng chọn, {notices.about(one)}:\n\n{_named(one.chosen)}\n\n"
        "Anh/chị đọc lại danh sách rồi gõ số người, tập thể được chọn để phê duyệt."
    )
    return Message(title="Phê duyệt danh sách khen thưởng", body=body, numbering=Numbering.LETTERS)


def paper_voters(found: Sequence[Member], on_paper: Sequence[int]) -> Message:
    """Who votes on paper; a change takes the sums back that were entered."""
    rows: list[Row] = [
        (Choice(f"paper.{one.person_id}", shortened(f"Bỏ phiếu giấy: {one.name}", LABEL_LENGTH)),)
        for one in found
        if one.person_id not in on_paper
    ]
    rows += [
        (Choice(f"here.{one.person_id}", shortened(f"Bỏ qua tin nhắn: {one.name}", LABEL_LENGTH)),)
        for one in found
        if one.person_id in on_paper
    ]
    if on_paper:
        rows.append((Choice("sums", "Nhập số phiếu giấy"),))
    named = [one.name for one in found if one.person_id in on_paper]
    body = (
        f"Đang bỏ phiếu giấy: {', '.join(named) or 'chưa có ai'}.\n"
        "Người đã ghi bỏ phiếu giấy thì phiếu qua tin nhắn của họ không còn tính. "
        "Cần từ ba người bỏ phiếu giấy, và không ai hoặc từ ba người bỏ qua tin nhắn; ít hơn thì con số cho "
        "biết họ bỏ thế nào. Đổi danh sách này thì số phiếu giấy nhập lại."
    )
    return Message(title="Phiếu giấy", body=body, rows=tuple(rows))


def ask_sums(one: Item, place: int, of: int) -> Message:
    """The sums of the paper ballots about one nominee."""
    body = f"{notices.line(one)}\n\nSố phiếu giấy: gõ ba số đồng ý, không đồng ý, phiếu trắng, ví dụ «3 1 0»."
    return Message(title=f"Phiếu giấy {place}/{of}", body=body, numbering=Numbering.LETTERS)


def confirm_sums(lines: Sequence[tuple[str, tuple[int, int, int]]]) -> Message:
    """The sums once more."""
    told = [f"{name}: {yes} đồng ý, {no} không đồng ý, {blank} trắng" for name, (yes, no, blank) in lines]
    return Message(title="Ghi phiếu giấy", body="\n".join(told), rows=((Choice("keep", "Ghi"),),))


FORM_TOLD = "Đã đổi hình thức khen thưởng."


def confirm_decision(one: SittingFacts, number: str, dated: date, form: str) -> Message:
    """The signed decision once more, and the `form` of what it gives."""
    body = (
        f"Quyết định {number}, {long_date(dated)}\nHình thức: {form}\n\nĐược khen:\n{_named(one.chosen)}\n\n"
        "Quyết định ghi hình thức khác thì nhắn lại đúng như trong Quyết định, ví dụ «Giấy khen của Giám đốc "
        "Sở Y tế». Khi ghi, những người này được ghi là đã khen và hồ sơ đóng lại; không sửa được nữa."
    )
    enter = Choice("enter", "Ghi Quyết định", grave=True, word=ENTER_WORD)
    return Message(title="Nhập Quyết định đã ký", body=body, rows=((enter,),))


def question(item_of: Item, asked: QuestionFacts) -> Message:
    """A question of the council for a unit."""
    if asked.answer:
        body = f"Hội đồng hỏi về {item_of.name}:\n«{asked.words}»\n\nĐã trả lời: «{asked.answer}»"
    else:
        body = f"Hội đồng hỏi về {item_of.name}:\n«{asked.words}»\n\nAnh/chị nhập câu trả lời của đơn vị."
    return Message(title="Câu hỏi của Hội đồng", body=body)


def _named(chosen: Sequence[Item]) -> str:
    return notices.agenda(chosen) or "không có ai"
