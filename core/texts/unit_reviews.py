"""Sentences about a unit's review of its people: candidates side by side, and one criterion sent back."""

from collections.abc import Sequence
from datetime import tzinfo

from core.assessment import Entry
from core.campaigns import Track
from core.criteria import Outcome
from core.eligibility import Case
from core.messages import LABEL_LENGTH, Choice, Door, Message, Row
from core.quotas import Ledger
from core.texts import (
    criteria,
    criteria_verdict,
    eligibility,
    nominations,
    unit_meetings,
    unit_windows,
    uploads,
)
from core.texts.eligibility import turning
from core.unit_reviews import FEWEST_COMPARED, MOST_COMPARED, Candidate, ReviewFacts, SentBackFacts, UnitRound
from core.vietnamese import inside_a_sentence, moment, shortened

LABEL = "Bình xét của đơn vị"
SENT_BACK_LABEL = "Tiêu chí được trả lại"
SENT_BACK_WORD = "XEMLAI"
HELP = (
    "Bình xét gồm ba việc: so sánh các bản tự đánh giá đã ký, công khai danh sách đề nghị cho cả đơn vị, và "
    "họp bình xét. Thủ trưởng làm; đầu mối xem được."
)
HELP_COMPARE = (
    f"Chọn từ {FEWEST_COMPARED} đến {MOST_COMPARED} bản đã ký rồi chọn «So sánh». Bấm lại để bỏ một bản ra."
)
HELP_CRITERION = (
    "Mở từng minh chứng để xem. Nếu một mục cần làm rõ, thủ trưởng trả lại kèm lý do: chữ ký dừng lại, người "
    "khai xem lại đúng mục đó rồi ký lại. Không câu trả lời nào bị thay đổi."
)
ASK_COMMENT = (
    "Anh/chị nhắn điều cần làm rõ ở mục này, một hai câu. Người khai được báo ngay, chữ ký và đề nghị khen "
    "thưởng (nếu có) dừng lại cho đến khi ký lại."
)
SENT_BACK = "Đã trả lại; người khai được báo."
FILE_SENT = "Tệp ở ngay bên dưới."
NO_FILES_HERE = f"Kênh này chưa gửi tệp được; anh/chị {uploads.FETCH_ELSEWHERE}."
TOO_MANY = f"Mỗi lần so sánh nhiều nhất {MOST_COMPARED} bản. Bỏ bớt một bản rồi chọn bản khác."
NOBODY_SIGNED = "Chưa có bản tự đánh giá nào đã ký ở đợt này."
ON_PAGE = 6
_GLIMPSE, _WORDS = 60, 600
_MARKS = {
    Outcome.MET: "✅",
    Outcome.NOT_MET: "❌",
    Outcome.NEEDS_REVIEW: "🔎",
    Outcome.AWAITED: "⏳",
    Outcome.NOT_APPLICABLE: "➖",
    Outcome.UNANSWERED: "▫️",
}


def choose(places: Sequence[UnitRound]) -> Message:
    """Which unit in which round."""
    rows = tuple(
        (
            Choice(
                f"at.{one.round_id}.{one.unit_id}",
                shortened(f"{one.round_label} · {one.unit} · {one.campaign}", LABEL_LENGTH),
            ),
        )
        for one in places
    )
    lines = [f"• {place(one)}" for one in places]
    return Message(title=LABEL, body="\n".join(lines) or "Hiện chưa có đợt nào để bình xét.", rows=rows)


def place(of: UnitRound) -> str:
    """«Khoa Nội · Thi đua CCHC, năm 2026»."""
    return f"{of.unit} · {of.campaign}, {inside_a_sentence(of.round_label)}"


def review(facts: ReviewFacts, *, may_propose: bool) -> Message:
    """How a unit's review stands, and what comes next."""
    lines = [
        place(facts.of),
        f"Đã ký: {facts.signed} bản. Đã đề nghị: {facts.proposed}.",
        "",
        "Chỉ tiêu toàn ngành:",
        *quota(facts.ledger),
        "",
        f"Công khai: {unit_windows.state_line(facts.window)}"
        + (f"; {facts.unsettled} ý kiến chưa trả lời" if facts.unsettled else ""),
        f"Họp bình xét: {unit_meetings.state_line(facts.meeting) if facts.meeting else 'chưa họp'}",
    ]
    if not facts.open_to_unit:
        lines += ["", "Hồ sơ đã nộp nên chỉ xem được."]
    rows: list[Row] = [(Choice("compare", "So sánh các bản đã ký"),)]
    if may_propose and facts.open_to_unit:
        rows.append((Choice("propose", "Đề nghị khen thưởng"),))
    rows.append((Choice("window", "Công khai danh sách"), Choice("meeting", "Họp bình xét")))
    return Message(title=LABEL, body="\n".join(lines), rows=tuple(rows))


def quota(book: Ledger) -> list[str]:
    """The quotas as they are used; beyond one, that it is so."""
    lines = nominations.rows_of(book)
    over = [one for one in book.rows if one.over]
    if over:
        lines.append("Đang vượt chỉ tiêu: văn phòng đã được báo và sẽ cân đối khi xét.")
    return lines


def pick(cases: Sequence[Case], chosen: Sequence[int], *, page_number: int, more: bool) -> Message:
    """Whom to compare."""
    lines = [f"{eligibility.result_line(one)}{nominations.state(one.nomination)}" for one in cases]
    rows: list[Row] = [
        (
            Choice(
                f"case.{one.assessment_id}",
                f"{'☑️' if one.assessment_id in chosen else '⬜'} {shortened(one.subject, LABEL_LENGTH - 3)}",
            ),
        )
        for one in cases
    ]
    if len(chosen) >= FEWEST_COMPARED:
        rows.append((Choice("compare", f"So sánh {len(chosen)} bản đã chọn"),))
    rows += turning(page_number, more=more)
    body = "\n".join(lines)
    return Message(
        title="So sánh các bản đã ký",
        body=f"{body}\n\n{HELP_COMPARE}" if body else NOBODY_SIGNED,
        rows=tuple(rows),
    )


def comparison(candidates: Sequence[Candidate], page_number: int) -> Message:
    """Criterion by criterion, everybody under it."""
    keys = keys_of(candidates)
    start = page_number * ON_PAGE
    lines = [f"{letter}. {who(one)}: {_standing(one)}" for letter, one in _lettered(candidates)]
    for key in keys[start : start + ON_PAGE]:
        entries = [(letter, _entry(one, key)) for letter, one in _lettered(candidates)]
        criterion = next(entry.criterion for _letter, entry in entries if entry is not None)
        lines += ["", f"{criterion.code} {shortened(criterion.label, 90)}"]
        lines += [f"{letter}. {_in_short(entry)}" for letter, entry in entries]
    rows: list[Row] = [
        (Choice(f"key.{key}", f"Xem {_code(candidates, key)}"),) for key in keys[start : start + ON_PAGE]
    ]
    rows += turning(page_number, more=len(keys) > start + ON_PAGE)
    pages = -(-len(keys) // ON_PAGE)
    return Message(
        title=f"So sánh, trang {page_number + 1}/{max(pages, 1)}", body="\n".join(lines), rows=tuple(rows)
    )


def criterion(candidates: Sequence[Candidate], key: str, zone: tzinfo, *, acts: bool) -> Message:
    """One criterion in full, with the files of each and what was sent back before."""
    first = next(entry for one in candidates if (entry := _entry(one, key)) is not None)
    lines, rows = [f"{first.criterion.code} {first.criterion.label}"], list[Row]()
    for letter, one in _lettered(candidates):
        entry = _entry(one, key)
        lines += ["", f"{letter}. {who(one)}: {_in_short(entry, _WORDS)}"]
        if entry is None:
            continue
        if entry.note:
            lines.append(f"Ghi chú: {shortened(entry.note, _WORDS)}")
        for back in one.sent_back:
            if back.key == key:
                lines.append(f"Đã trả lại {moment(back.at.astimezone(zone))} ({back.by}): {back.comment}")
        clean = [file for file in entry.files if file.state == "clean"]
        rows += [
            (
                Choice(
                    f"file.{one.case.assessment_id}.{file.id}",
                    shortened(f"{letter}: {file.code} {file.name}", LABEL_LENGTH),
                ),
            )
            for file in clean
        ]
        if acts and one.case.signed:
            label = shortened(f"Trả lại cho {who(one)}", LABEL_LENGTH)
            rows.append((Choice(f"back.{one.case.assessment_id}", label),))
    return Message(title="So sánh một tiêu chí", body="\n".join(lines), rows=tuple(rows))


def ask_comment(candidate: Candidate, key: str) -> Message:
    """What is to be made clear."""
    entry = _entry(candidate, key)
    about = f"{entry.criterion.code} {shortened(entry.criterion.label, 120)}\n\n" if entry is not None else ""
    return Message(title=f"Trả lại cho {who(candidate)}", body=f"{about}{ASK_COMMENT}")


def sent_back_notice(case: Case, facts: SentBackFacts) -> Message:
    """To whoever signs it: what to look at again."""
    whom = f" của {case.subject}" if case.track is Track.COLLECTIVE else ""
    return Message(
        title="Một tiêu chí cần xem lại",
        body=f"Bản tự đánh giá{whom}, {inside_a_sentence(case.round_label)}\n\n{_told(facts)}",
        doors=(Door("sent_back", str(facts.id), "Xem lại tiêu chí", SENT_BACK_WORD),),
    )


def returned(facts: SentBackFacts) -> Message:
    """The same, on its own page."""
    return Message(title=SENT_BACK_LABEL, body=_told(facts), rows=((Choice("open", "Mở tiêu chí này"),),))


def who(candidate: Candidate) -> str:
    """Whose it is."""
    return candidate.case.subject


def keys_of(candidates: Sequence[Candidate]) -> list[str]:
    """The criteria of all of them, in the order of the plan."""
    found: dict[str, None] = {}
    for one in candidates:
        for entry in one.sheet.entries:
            found.setdefault(entry.criterion.key)
    return list(found)


def _told(facts: SentBackFacts) -> str:
    return (
        f"{facts.criterion} {facts.label}\n{facts.by}: {facts.comment}\n\n"
        "Chữ ký đã dừng lại để anh/chị xem lại đúng mục này; mọi câu trả lời và minh chứng còn nguyên. "
        "Xem xong, anh/chị ký lại."
    )


def _standing(one: Candidate) -> str:
    proposed = nominations.state(one.case.nomination)
    return f"{inside_a_sentence(eligibility.RESULTS[one.case.standing.result])}{proposed}"


def _in_short(entry: Entry | None, glimpse: int = _GLIMPSE) -> str:
    if entry is None:
        return "không thuộc diện"
    said = criteria_verdict.in_short(entry.criterion, entry.verdict, glimpse)
    files = f"{entry.proofs} minh chứng" if entry.proofs else "không có minh chứng"
    parts = [f"{_MARKS[entry.outcome]} {criteria.outcome(entry.outcome)}", said, files]
    return " · ".join(part for part in parts if part)


def _entry(one: Candidate, key: str) -> Entry | None:
    return next((entry for entry in one.sheet.entries if entry.criterion.key == key), None)


def _code(candidates: Sequence[Candidate], key: str) -> str:
    entry = next(entry for one in candidates if (entry := _entry(one, key)) is not None)
    return entry.criterion.code


def _lettered(candidates: Sequence[Candidate]) -> list[tuple[str, Candidate]]:
    return list(zip("ABCD", candidates, strict=False))
