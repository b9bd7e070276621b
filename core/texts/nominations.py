"""Sentences about who is proposed for a commendation, and the quotas of the plan."""

from collections.abc import Sequence

from core.awards import AwardFacts
from core.campaign_terms import SubjectKind
from core.eligibility import Case, NominationFacts, Result
from core.messages import LABEL_LENGTH, Choice, Door, Message, Row
from core.quotas import Ledger, LedgerRow
from core.texts import awards, eligibility
from core.vietnamese import inside_a_sentence, shortened

LABEL = "Đề nghị khen thưởng"
QUOTA_LABEL = "Chỉ tiêu khen thưởng"
DOOR_WORD = "CT"
HELP = (
    "Những bản tự đánh giá đã ký trong đơn vị. Bản nào được xét thì đề nghị được, kèm tên thành tích; "
    "một thành tích chỉ khen một lần. Đề nghị rút lại được khi chưa khen."
)
HELP_QUOTAS = (
    "Chỉ tiêu của từng đợt, đếm theo số đang đề nghị và đã khen. Khen hằng năm và khen cả giai đoạn "
    "là hai sổ riêng."
)
NOBODY_SIGNED = "Chưa có bản tự đánh giá nào đã ký ở đợt này."
NOBODY_PROPOSED = "Chưa có đề nghị nào."
ASK_ACHIEVEMENT = (
    "Anh/chị nêu thành tích đề nghị khen, một hoặc hai câu cụ thể. "
    "Một thành tích chỉ khen một lần, nên ghi rõ để không trùng."
)
ASK_REASON = (
    "Chưa ghi đề nghị. Nếu vẫn đề nghị, anh/chị nhắn lý do trong một câu; văn phòng được báo kèm lý do."
)
HELP_OVER = "Không muốn vượt chỉ tiêu thì chọn «Quay lại»."
PROPOSED = "Đã ghi đề nghị khen thưởng."
WITHDRAWN = "Đã rút đề nghị."
WITHDRAW_WORD = "RUT"
COMMEND_LABEL = "Ghi là đã khen"
COMMEND_WORD = "DA KHEN"
SUBJECTS = {SubjectKind.COLLECTIVE: "tập thể", SubjectKind.INDIVIDUAL: "cá nhân"}
_SHOWN = 200


def proposed(over: int) -> str:
    """What has just happened; beyond the quota of the whole sector, that too."""
    if not over:
        return PROPOSED
    return f"{PROPOSED} Toàn ngành đang vượt chỉ tiêu {over}; văn phòng đã được báo và sẽ cân đối."


def candidates(cases: Sequence[Case], *, page_number: int, more: bool) -> Message:
    """Signed self-assessments of the units one leads."""
    lines = [f"{eligibility.result_line(case)}{state(case.nomination)}" for case in cases]
    rows: list[Row] = [
        (Choice(f"case.{case.assessment_id}", shortened(case.subject, LABEL_LENGTH)),) for case in cases
    ]
    rows += eligibility.turning(page_number, more=more)
    return Message(title=LABEL, body="\n".join(lines) or NOBODY_SIGNED, rows=tuple(rows))


def candidate(case: Case, elsewhere: Sequence[NominationFacts], known: Sequence[AwardFacts] = ()) -> Message:
    """One of them: where they stand, what they were commended for, and what to do."""
    lines = [case.unit if case.subject == case.unit else f"{case.name} · {case.unit}"]
    lines += [f"{case.campaign}, {inside_a_sentence(case.round_label)}", ""]
    lines += eligibility.told(case)
    if elsewhere:
        lines += ["", "Đã đề nghị hoặc đã khen ở đợt khác:", *(f"• {_elsewhere(one)}" for one in elsewhere)]
    lines += awards.history(known)
    rows: list[Row] = []
    if case.nomination is not None:
        lines += ["", f"Thành tích{state(case.nomination)}: {case.nomination.achievement}"]
        lines += _proposer(case.nomination)
        if case.nomination.proposed:
            rows.append((Choice("withdraw", "Rút đề nghị", grave=True, word=WITHDRAW_WORD),))
    elif case.signed and case.standing.result is Result.ELIGIBLE:
        rows.append((Choice("propose", "Đề nghị khen thưởng"),))
    return Message(title=LABEL, body="\n".join(lines), rows=tuple(rows))


def ask_reason(case: Case, book: Ledger, subject: SubjectKind) -> Message:
    """Beyond the quota: the sum, and why all the same."""
    lines = ["Nếu đề nghị thêm, toàn ngành sẽ là:", *(f"• {_row(one)}" for one in book.of(subject))]
    return Message(
        title=shortened(f"{LABEL}: {case.subject}", 80),
        body="\n".join((*lines, "", ASK_REASON)),
        hint=HELP_OVER,
    )


def ask_achievement(case: Case) -> Message:
    """What they are to be commended for."""
    return Message(title=shortened(f"{LABEL}: {case.subject}", 80), body=ASK_ACHIEVEMENT)


def ledgers(books: Sequence[Ledger]) -> Message:
    """Every round with its quotas as they are used now."""
    parts = ["\n".join((f"{one.round_label} · {one.campaign}", *rows_of(one))) for one in books]
    rows = tuple(
        (Choice(f"round.{one.round_id}", shortened(f"{one.round_label} · {one.campaign}", LABEL_LENGTH)),)
        for one in books
    )
    return Message(title=QUOTA_LABEL, body="\n\n".join(parts) or "Hiện chưa có đợt nào.", rows=rows)


def rows_of(book: Ledger) -> list[str]:
    """The lines of a ledger."""
    return [f"• {_row(one)}" for one in book.rows]


def round_page(
    book: Ledger, listed: Sequence[tuple[NominationFacts, str]], *, page_number: int, more: bool
) -> Message:
    """One round: its ledger, and who is proposed or commended."""
    lines = [book.campaign, *rows_of(book), ""]
    lines += [f"{_mark(one)} {who}{state(one)}" for one, who in listed]
    if not listed:
        lines.append(NOBODY_PROPOSED)
    rows: list[Row] = [(Choice(f"one.{one.id}", shortened(who, LABEL_LENGTH)),) for one, who in listed]
    rows += eligibility.turning(page_number, more=more)
    return Message(
        title=f"{QUOTA_LABEL} {inside_a_sentence(book.round_label)}", body="\n".join(lines), rows=tuple(rows)
    )


def nominee(case: Case, value: NominationFacts, *, may_commend: bool) -> Message:
    """Somebody proposed, for the office."""
    lines = [case.unit if case.subject == case.unit else f"{case.name} · {case.unit}"]
    lines += [
        f"Thành tích{state(value)}: {value.achievement}",
        *_proposer(value),
        "",
        *eligibility.told(case),
    ]
    rows: tuple[Row, ...] = ()
    if may_commend and value.proposed:
        rows = ((Choice("commend", COMMEND_LABEL),),)
    return Message(title=LABEL, body="\n".join(lines), rows=rows)


def over_quota_notice(book: Ledger, subject: SubjectKind, unit: str = "", reason: str = "") -> Message:
    """To the office: more are proposed than the plan allows."""
    lines = [f"{book.campaign}, {inside_a_sentence(book.round_label)}"]
    lines += [f"• {_row(one)}" for one in book.of(subject)]
    if reason:
        lines.append(f"Lý do của {unit}: {reason}")
    lines.append("Các đơn vị vẫn đề nghị được; khi ghi đã khen thì không vượt chỉ tiêu.")
    return Message(
        title="Số đề nghị khen thưởng đã vượt chỉ tiêu",
        body="\n".join(lines),
        doors=(Door("quotas", str(book.round_id), "Xem chỉ tiêu", DOOR_WORD),),
    )


def proposal_ended_notice(subject: str, unit: str, round_label: str, achievement: str) -> Message:
    """To whoever proposed: the signature was taken back, and the proposal ended with it."""
    whom = subject if subject == unit else f"{subject} · {unit}"
    return Message(
        title="Đề nghị khen thưởng đã dừng",
        body=(
            f"{whom}, {inside_a_sentence(round_label)}\nThành tích: {shortened(achievement, _SHOWN)}\n\n"
            "Chữ ký ở bản tự đánh giá đã được rút lại nên đề nghị này không còn. "
            "Khi bản được ký lại, anh/chị đề nghị lại được."
        ),
    )


def _row(row: LedgerRow) -> str:
    """«Tập thể: 3/5, không quá 5 (000-A2); đã khen 1»."""
    left_out = f"; không được chọn {row.used.not_chosen}" if row.used.not_chosen else ""
    return f"{SUBJECTS[row.subject].capitalize()}: {_count(row)}; đã khen {row.used.commended}{left_out}"


def _count(row: LedgerRow) -> str:
    total = row.used.total
    if row.quota is None:
        return f"đã chọn {total}, chỉ tiêu chưa quy định"
    limit, code = row.quota.count, row.quota.clause.code
    if row.quota.at_most:
        over = f", vượt {row.over}" if row.over else ""
        return f"{total}/{limit}, không quá {limit}{over} ({code})"
    rest = f", còn thiếu {row.short}" if row.short else f", thừa {row.over}" if row.over else ", vừa đủ"
    return f"đã chọn {total}, cần đúng {limit}{rest} ({code})"


def state(value: NominationFacts | None) -> str:
    """« (đã đề nghị)», « (đã khen)», « (không được chọn)»; nothing for whoever is not proposed."""
    if value is None:
        return ""
    if value.not_chosen:
        return " (không được chọn)"
    return " (đã khen)" if value.commended else " (đã đề nghị)"


def _mark(value: NominationFacts) -> str:
    return "✅" if value.commended else "▪️" if value.not_chosen else "▫️"


def _proposer(value: NominationFacts) -> list[str]:
    return [f"Người đề nghị: {value.by}."] if value.by else []


def _elsewhere(value: NominationFacts) -> str:
    where = f"{value.campaign}, {inside_a_sentence(value.round_label)}"
    return f"{where}{state(value)}: {shortened(value.achievement, _SHOWN)}"
