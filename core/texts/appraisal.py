"""Sentences for those who appraise dossiers: the queue, one dossier, one nominee, one criterion."""

from collections.abc import Mapping, Sequence
from datetime import tzinfo

from core.appraisal import (
    Clock,
    Conflict,
    Desk,
    Likeness,
    LikenessFacts,
    Mark,
    MarkFacts,
    NomineeVerdict,
    QueueLine,
)
from core.assessment import Entry
from core.awards import AwardFacts
from core.dossiers import DossierFacts, DossierState, NomineeFacts
from core.eligibility import Case
from core.messages import LABEL_LENGTH, Choice, Door, FileOut, Message, Numbering, Row
from core.texts import awards, criteria, dossier_archive, eligibility, pages
from core.texts.eligibility import turning
from core.vietnamese import inside_a_sentence, long_date, moment, shortened

LABEL = "Thẩm định hồ sơ"
WORD = "TD"
HELP = (
    "Hồ sơ các đơn vị đã nộp, cũ trước mới sau, kèm số ngày làm việc còn lại. Nhận thẩm định một hồ sơ rồi "
    "mở từng người, từng tiêu chí để đối chiếu và ghi Đạt, Chưa đạt hay Cần làm rõ. "
    "Trong lúc chờ đơn vị bổ sung thì thời gian thẩm định không tính."
)
EMPTY = "Hiện không có hồ sơ nào chờ thẩm định."
EMPTY_DONE = "Chưa có hồ sơ nào thẩm định xong."
TAKEN_UP = "Đã nhận thẩm định. Hệ thống đang tìm minh chứng và nội dung trùng với hồ sơ khác."
LEFT = "Người giữ hồ sơ không thẩm định được nữa; anh/chị nhận thay thì các kết quả đã ghi vẫn còn."
LET_GO = "Đã trả hồ sơ về hàng chờ. Các kết quả đã ghi vẫn còn."
HANDED_OVER = "Đã chuyển và báo cho người nhận."
CONFLICT_TOLD = "Đã ghi. Hồ sơ này do người khác thẩm định; những người khác đã được báo."
CONFLICT_STEP = "Người thẩm định khai có liên quan."
FINISHED = "Đã kết thúc thẩm định hồ sơ này."
REOPENED = "Đã mở lại thẩm định."
NO_COLLEAGUE = "Hiện không có ai khác thẩm định được hồ sơ này."
ASK_REASON = "Anh/chị nêu lý do trong một tin nhắn."
ASK_CONFLICT = (
    "Anh/chị nêu mối liên quan, ví dụ «Chồng tôi có tên trong danh sách». Hồ sơ sẽ được trả về hàng chờ "
    "và anh/chị không thẩm định hồ sơ này nữa."
)
_WHY = {
    "let_go": ("Trả về hàng chờ", ASK_REASON),
    "reopen": ("Mở lại thẩm định", ASK_REASON),
    "conflict": ("Tôi có liên quan", ASK_CONFLICT),
}
FINISH_WORD = "KET THUC"
#: Criteria of a nominee on one page.
CRITERIA = 10
_GLIMPSE = 900
_ALIKE_SHOWN = 5
_WRONG_SHOWN = 8

MARKS = {Mark.MET: "Đạt", Mark.NOT_MET: "Chưa đạt", Mark.UNCLEAR: "Cần làm rõ"}
SIGNS: dict[Mark | None, str] = {Mark.MET: "✅", Mark.NOT_MET: "❌", Mark.UNCLEAR: "❓", None: "▫️"}
CONFLICTS = {
    Conflict.SELF: "có tên anh/chị trong hồ sơ",
    Conflict.OWN_UNIT: "hồ sơ của đơn vị anh/chị",
    Conflict.DECLARED: "anh/chị đã khai có liên quan",
}
LIKENESSES = {
    Likeness.FILE: "cùng một tệp",
    Likeness.PICTURE: "cùng một ảnh",
    Likeness.WORDS: "nội dung viết gần giống",
}
STATES = {
    DossierState.DRAFTING: "đơn vị đang chuẩn bị",
    DossierState.SUBMITTED: "chờ nhận thẩm định",
    DossierState.APPRAISING: "đang thẩm định",
    DossierState.SUPPLEMENT: "chờ đơn vị bổ sung",
    DossierState.APPRAISED: "đã thẩm định",
    DossierState.IN_COUNCIL: "đang ở Hội đồng",
    DossierState.CONCLUDED: "Hội đồng đã kết luận",
    DossierState.DECIDED: "đã có kết quả",
}


def queue(lines: Sequence[QueueLine], page: int, *, more: bool, done: bool) -> Message:
    """What waits, or is done."""
    told: list[str] = []
    rows: list[Row] = []
    for one in lines:
        facts = one.facts
        parts = [f"{one.nominees} trường hợp", about(facts, one.clock)]
        parts += [] if one.complete else ["nộp khi khám hồ sơ còn lỗi"]
        parts += [CONFLICTS[one.conflict]] if one.conflict else []
        told.append(f"• {facts.unit}: {', '.join(parts)}")
        rows.append(
            (Choice(f"one.{facts.id}", shortened(f"{facts.unit} · {facts.round_label}", LABEL_LENGTH)),)
        )
    rows += turning(page, more=more)
    rows.append((Choice("waiting", "Hồ sơ đang chờ") if done else Choice("done", "Hồ sơ đã thẩm định"),))
    rows.append((Choice("shortlists", "Danh sách xếp thứ tự"),))
    title = "Hồ sơ đã thẩm định" if done else LABEL
    return Message(title=title, body="\n".join(told) or (EMPTY_DONE if done else EMPTY), rows=tuple(rows))


def about(facts: DossierFacts, clock: Clock) -> str:
    """Where a dossier stands and how much time is left, in one line."""
    parts = [STATES[facts.state]]
    if facts.appraiser and facts.state is not DossierState.SUBMITTED:
        parts.append(f"người thẩm định {facts.appraiser}")
    if clock.due is not None:
        parts.append(_left(clock))
    if facts.late:
        parts.append("nộp muộn")
    return ", ".join(parts)


def _left(clock: Clock) -> str:
    if clock.left < 0:
        return f"quá hạn {-clock.left} ngày làm việc"
    if clock.left == 0:
        return "hôm nay là ngày cuối"
    return f"còn {clock.left} ngày làm việc"


def desk(
    found: Desk,
    zone: tzinfo,
    noted: int,
    report: FileOut | None,
    wrong: Sequence[str],
    *,
    opened: bool,
    packed: bool,
    asked: bool,
) -> Message:
    """One dossier with everybody in it, and what can be done; so many things are `noted` as missing.

    `wrong` is what a reason was given for, `asked` whether the unit was ever asked for anything.
    """
    facts, clock, conflict = found.facts, found.clock, found.conflict
    lines = [
        f"{facts.campaign_label}, {inside_a_sentence(facts.round_label)}",
        f"Tình trạng: {about(facts, clock)}.",
    ]
    if facts.received_at is not None:
        receipt = f" · biên nhận {facts.receipt}" if facts.receipt else ""
        times = facts.version - (facts.state is DossierState.SUPPLEMENT)
        lines.append(f"Nộp lúc {moment(facts.received_at.astimezone(zone))}, lần {times}{receipt}")
    if clock.due is not None:
        lines.append(
            f"Hạn thẩm định: {long_date(clock.due)} (đã dùng {clock.used}/{clock.days} ngày làm việc)"
        )
    if facts.supplement_due is not None and facts.state is DossierState.SUPPLEMENT:
        lines.append(f"Đơn vị bổ sung đến hết {long_date(facts.supplement_due)}")
    if found.overridden_for:
        lines.append(f"Đơn vị nộp khi phần khám hồ sơ còn lỗi, lý do: {found.overridden_for}")
        lines += wrong[:_WRONG_SHOWN]
        lines += [f"… và {len(wrong) - _WRONG_SHOWN} lỗi khác."] if len(wrong) > _WRONG_SHOWN else []
    if conflict is not None:
        lines += ["", f"Anh/chị không thẩm định hồ sơ này: {CONFLICTS[conflict]}."]
        return Message(title=shortened(f"Hồ sơ {facts.unit}", 80), body="\n".join(lines))
    lines += ["", *(f"{SIGNS[one.mark]} {_person(who)}: {marked(one)}" for who, one in found.nominees)]
    rows: list[Row] = [
        (Choice(f"who.{who.nomination_id}", shortened(who.name, LABEL_LENGTH)),)
        for who, _one in found.nominees
    ]
    if found.left:
        lines += ["", LEFT]
        rows.append((Choice("take_up", "Nhận thay"),))
    rows += _acts(facts, marks_now=found.marks_now, noted=noted, asked=asked)
    if packed:
        rows.append((Choice("archive", dossier_archive.TAKE),))
    if report is not None:
        rows.append((Choice("open_report", "Mở báo cáo gần nhất"),))
    return Message(
        title=shortened(f"Hồ sơ {facts.unit}", 80),
        body="\n".join(lines),
        rows=tuple(rows),
        files=(report,) if report is not None and opened else (),
    )


def _acts(facts: DossierFacts, *, marks_now: bool, noted: int, asked: bool) -> list[Row]:
    rows: list[Row] = []
    if facts.state is DossierState.SUBMITTED:
        rows.append((Choice("take_up", "Nhận thẩm định"),))
    if marks_now:
        rows.append((Choice("items", f"Mục cần bổ sung ({noted})" if noted else "Mục cần bổ sung"),))
        rows.append((Choice("finish", "Kết thúc thẩm định"),))
        rows.append((Choice("hand_over", "Chuyển người khác"), Choice("let_go", "Trả về hàng chờ")))
    if asked and facts.state is not DossierState.SUPPLEMENT:
        rows.append((Choice("answers", "Xem phần đã bổ sung"),))
    if facts.state is DossierState.APPRAISED:
        rows.append((Choice("reopen", "Mở lại thẩm định"),))
    if facts.state not in {DossierState.SUBMITTED, DossierState.SUPPLEMENT}:
        rows.append((Choice("report", "Lập báo cáo thẩm định"),))
    if facts.state in {DossierState.SUBMITTED, DossierState.APPRAISING}:
        rows.append((Choice("conflict", "Tôi có liên quan"),))
    return rows


def _person(who: NomineeFacts) -> str:
    return who.name if who.name == who.unit else f"{who.name} ({who.unit})"


def marked(one: NomineeVerdict) -> str:
    """How far the marks of a nominee are, or what they come to."""
    if one.mark is None:
        return f"đã ghi {one.marked}/{one.total} tiêu chí"
    unclear = f", {one.unclear} cần làm rõ" if one.unclear else ""
    return f"{MARKS[one.mark].lower()} ({one.met}/{one.total} đạt{unclear})"


def besides(known: Sequence[AwardFacts], alike: Sequence[LikenessFacts]) -> list[str]:
    """What a nominee was awarded before, and what they have in common with others."""
    lines = awards.history(known)
    if alike:
        lines += ["", "Có điểm trùng với hồ sơ khác:"]
        lines += [f"• {alike_line(one)}" for one in alike[:_ALIKE_SHOWN]]
        if len(alike) > _ALIKE_SHOWN:
            lines.append(f"• và {len(alike) - _ALIKE_SHOWN} điểm khác; mở từng tiêu chí để xem")
    return lines


def nominee(
    who: NomineeFacts,
    case: Case,
    entries: Sequence[Entry],
    marks: Mapping[str, MarkFacts],
    besides: Sequence[str],
    page: int,
    *,
    rest: int,
    waives: bool,
) -> Message:
    """Criteria at a glance, a page at a time: own verdict beside the appraiser's, `besides` what is known."""
    shown = pages.shown(entries, page, CRITERIA)
    marked_now = sum(entry.criterion.code in marks for entry in entries)
    lines = [
        " · ".join(part for part in (who.post, who.unit) if part and part != who.name),
        f"Thành tích: {who.achievement}",
        "",
        *eligibility.told(case),
        *besides,
    ]
    how_many = f" (đã ghi {marked_now}/{len(entries)})" if len(entries) > CRITERIA else ""
    lines += ["", f"Tự đánh giá → thẩm định{how_many}:"]
    lines += [_compared(entry, marks.get(entry.criterion.code)) for entry in shown]
    rows: list[Row] = [
        (
            Choice(
                f"at.{entry.criterion.key}",
                shortened(f"{entry.criterion.code} {entry.criterion.label}", LABEL_LENGTH),
            ),
        )
        for entry in shown
    ]
    rows += pages.turns(page, len(entries), CRITERIA)
    if rest:
        rows.insert(0, (Choice("rest", f"Còn lại: Đạt ({rest})"),))
    if waives and case.standing.left:
        rows.append((Choice("waivers", "Bỏ qua vướng mắc (hai người)"),))
    return Message(
        title=shortened(who.name, 80),
        body="\n".join(line for place, line in enumerate(lines) if line or place),
        rows=tuple(rows),
        numbering=Numbering.DIGITS,
    )


def _compared(entry: Entry, mark: MarkFacts | None) -> str:
    own = inside_a_sentence(criteria.outcome(entry.outcome))
    sign = SIGNS[mark.mark if mark else None]
    found = MARKS[mark.mark].lower() if mark else "chưa ghi"
    proofs = f", {entry.proofs} tệp" if entry.proofs else ""
    return f"{sign} {entry.criterion.code} {entry.criterion.label}: {own}{proofs} → {found}"


def alike_line(one: LikenessFacts) -> str:
    """«004-a1: cùng một ảnh với Trần Văn Bình (Khoa Nội), 12/11/2026»."""
    share = f" {one.share} %" if one.kind is Likeness.WORDS else ""
    where = f" ({one.where})" if one.where and one.where != one.who else ""
    what = one.criterion or "Thành tích đề nghị"
    return f"{what}: {LIKENESSES[one.kind]}{share} với {one.who}{where}, {one.when:%d/%m/%Y}"


def noted_mark(mark: Mark, count: int) -> str:
    """What has just been marked."""
    if not count:
        return "Kết quả vẫn như cũ."
    return f"Đã ghi: {MARKS[mark]}." if count == 1 else f"Đã ghi {MARKS[mark]} cho {count} tiêu chí."


def ask_mark_reason(entry: Entry, mark: Mark) -> Message:
    """Why somebody does not reach it, or what is unclear."""
    one = entry.criterion
    return Message(
        title=f"{one.code}: {MARKS[mark]}",
        body=f"«{shortened(' '.join(one.quote.split()), 300)}»\n\n"
        "Anh/chị nêu lý do trong một tin nhắn; lý do đi cùng điều khoản trên vào báo cáo thẩm định.",
    )


def ask_reason(facts: DossierFacts, act: str) -> Message:
    """Why something is done with a dossier: let go, opened again, or nobody's business of theirs."""
    title, ask = _WHY[act]
    return Message(title=title, body=f"Hồ sơ {facts.unit}, {inside_a_sentence(facts.round_label)}.\n\n{ask}")


def ask_finish(facts: DossierFacts, unmarked: int, unclear: int) -> Message:
    """Before an appraisal ends: whether everything is there, or why it ends without."""
    if not unmarked and not unclear:
        return Message(
            title="Kết thúc thẩm định",
            body=f"Hồ sơ {facts.unit}: mọi tiêu chí của mọi người đã có kết quả. "
            "Kết thúc thì hồ sơ chờ đưa ra Hội đồng và đơn vị được báo.",
            rows=((Choice("finish", "Kết thúc thẩm định", grave=True, word=FINISH_WORD),),),
        )
    return Message(
        title="Kết thúc khi còn mục mở",
        body=f"Hồ sơ {facts.unit}: {unmarked} tiêu chí chưa có kết quả, {unclear} tiêu chí «Cần làm rõ». "
        "Muốn kết thúc khi còn như vậy, anh/chị nêu lý do trong một tin nhắn; lý do đi cùng hồ sơ "
        "ra Hội đồng.",
    )


def choose_colleague(facts: DossierFacts, found: Sequence[tuple[int, str]]) -> Message:
    """To whom a dossier goes."""
    return Message(
        title="Chuyển người khác thẩm định",
        body=f"Hồ sơ {facts.unit}." + ("" if found else f"\n\n{NO_COLLEAGUE}"),
        rows=tuple((Choice(f"to.{key}", shortened(name, LABEL_LENGTH)),) for key, name in found),
        numbering=Numbering.LETTERS,
    )


def _door(facts: DossierFacts) -> tuple[Door, ...]:
    return (Door("appraisal", str(facts.id), "Mở hồ sơ", WORD),)


def taken_up_notice(facts: DossierFacts) -> Message:
    """To the unit: its dossier is being appraised."""
    return Message(
        title="Hồ sơ đã vào thẩm định",
        body=f"Hồ sơ {facts.unit}, {inside_a_sentence(facts.round_label)}, biên nhận {facts.receipt}. "
        "Nếu cần bổ sung, anh/chị sẽ được báo từng mục.",
    )


def handed_over_notice(facts: DossierFacts, by: str) -> Message:
    """To whom a dossier was given."""
    return Message(
        title="Anh/chị được chuyển một hồ sơ để thẩm định",
        body=f"Hồ sơ {facts.unit}, {inside_a_sentence(facts.round_label)}.\nNgười chuyển: {by}",
        doors=_door(facts),
    )


def conflict_notice(facts: DossierFacts) -> Message:
    """To those who could take it up instead."""
    return Message(
        title="Cần người khác thẩm định một hồ sơ",
        body=f"Hồ sơ {facts.unit}, {inside_a_sentence(facts.round_label)}: một người thẩm định có liên quan "
        "nên không thẩm định hồ sơ này.",
        doors=_door(facts),
    )
