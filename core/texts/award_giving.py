"""Sentences about a signed decision by which somebody proposed is commended without a dossier."""

from datetime import date

from core.awards import AwardFacts
from core.eligibility import Case, NominationFacts
from core.messages import Choice, Door, Message, Numbering
from core.texts import awards, nominations
from core.vietnamese import long_date, shortened

ASK_NUMBER = "Số, ký hiệu của Quyết định đã ký, ví dụ «125/QĐ-SYT»?"
ASK_DATED = "Ngày ký ghi trên Quyết định, ví dụ «15/12/2026»?"
GIVEN = "Đã ghi là được khen, kèm số và ngày Quyết định; người được khen và đơn vị được báo."
HELP = (
    "Khi ghi, đề nghị này được ghi là đã khen theo Quyết định và vào hồ sơ khen thưởng; "
    "không ghi thì chọn «Quay lại»."
)
_TITLE = 80


def ask(case: Case, question: str) -> Message:
    """One thing to type."""
    title = shortened(f"{nominations.COMMEND_LABEL}: {case.subject}", _TITLE)
    return Message(title=title, body=question, numbering=Numbering.LETTERS)


def confirm(case: Case, value: NominationFacts, number: str, dated: date) -> Message:
    """Everything once more."""
    lines = [
        case.unit if case.subject == case.unit else f"{case.name} · {case.unit}",
        f"Thành tích: {value.achievement}",
        f"Quyết định số {number}, ký {long_date(dated)}",
        "",
        "Khi ghi, khen thưởng vào hồ sơ và không sửa được nữa; ghi nhầm thì phải hai người mới gỡ được.",
    ]
    commend = Choice("commend", nominations.COMMEND_LABEL, grave=True, word=nominations.COMMEND_WORD)
    return Message(
        title=shortened(f"{nominations.COMMEND_LABEL}: {case.subject}", _TITLE),
        body="\n".join(lines),
        rows=((commend,),),
    )


def given_notice(value: AwardFacts) -> Message:
    """To the person whose award it is."""
    said = value.decision
    return Message(
        title="Anh/chị được khen thưởng",
        body=f"{awards.cited(said)}.\nThành tích: {said.achievement}",
        doors=(_door(value),),
    )


def given_head_notice(value: AwardFacts) -> Message:
    """To whoever looks after the unit."""
    said = value.decision
    who = value.subject if value.subject == value.unit else f"{value.subject} · {value.unit}"
    return Message(
        title="Đơn vị có khen thưởng",
        body=f"{who}\n{awards.cited(said)}.\nThành tích: {said.achievement}",
        doors=(_door(value),),
    )


def _door(value: AwardFacts) -> Door:
    return Door("awards", str(value.id), "Xem khen thưởng", awards.DOOR_WORD)
