"""Sentences of filling in for a colleague who never had an account."""

from collections.abc import Sequence
from datetime import tzinfo

from core.assessment import EvidenceFacts, RoundFacts, Sheet
from core.collective import Colleague
from core.messages import LABEL_LENGTH, Capabilities, Choice, Message, Row
from core.texts import evidence as evidence_texts
from core.texts import menu, uploads
from core.vietnamese import shortened

LABEL = "Khai thay đồng nghiệp"
SIGN_WORD = "KY THAY"
HELP = (
    "Chỉ khai thay cho người trong đơn vị chưa có tài khoản. Người đó ký trên phiếu giấy; anh/chị gửi ảnh "
    "hoặc bản quét phiếu làm căn cứ rồi mới ký thay được. Khi có tài khoản, người đó xem lại và rút lại được."
)
ASK_NAME = "Gõ tên (hoặc một phần tên), hoặc chọn trong danh sách."
NOBODY = "Không có ai tên như vậy trong đơn vị mà chưa có tài khoản. Chưa ghi gì; anh/chị gõ lại tên."
NOBODY_YET = "Mọi người trong đơn vị đã có tài khoản nên không cần khai thay cho ai."
ASK_PROOF = (
    "Gửi ảnh hoặc bản quét (PDF) phiếu tự đánh giá bằng giấy có chữ ký của người được khai thay. "
    "Tệp được kiểm tra rồi mới dùng được."
)
CHECKING = "Tệp đang được kiểm tra; anh/chị chờ ít phút rồi chọn «Kiểm tra lại»."
NOT_A_PROOF = "Tệp này không dùng làm căn cứ được: cần ảnh hoặc PDF đã kiểm tra xong. Anh/chị gửi tệp khác."
ONLY_ONE = "Mỗi lần một tệp: anh/chị gửi một ảnh, hoặc một tệp PDF gồm các trang. Chưa nhận tệp nào."
NOT_ASKED_HERE = "Anh/chị gửi ảnh hoặc tệp phiếu giấy, hoặc chọn một mục bên dưới."


def ask_whom(people: Sequence[Colleague], words: str) -> Message:
    """For whom."""
    found = "\n".join(f"• {one.name}: {_standing(one)}" for one in people)
    looked_for = f"Tìm: «{words}»" if words else ""
    nobody = (NOBODY, ASK_NAME) if words else (NOBODY_YET,)
    parts = (looked_for, *((found, ASK_NAME) if found else nobody))
    return Message(
        title=LABEL,
        body="\n\n".join(part for part in parts if part),
        hint=HELP,
        rows=tuple((Choice(f"person.{one.person_id}", shortened(one.name, LABEL_LENGTH)),) for one in people),
    )


def ask_round(colleague: Colleague, rounds: Sequence[RoundFacts]) -> Message:
    """Which round, under the name of whom it is for."""
    lines = [f"Người được khai thay: {colleague.name}, {_standing(colleague)}.", ""]
    lines += [f"{_mark(one)} {menu.round_name(one, rounds)}: {_how_far(one)}" for one in rounds]
    if not rounds:
        lines.append("Hiện không có đợt nào người này được tham gia.")
    return Message(
        title=LABEL,
        body="\n".join(lines),
        hint=HELP,
        rows=tuple((Choice(f"round.{one.key}", menu.round_button("", one, rounds)),) for one in rounds),
    )


def ask_proof(
    sheet: Sheet,
    file: EvidenceFacts | None,
    at_hand: Sequence[EvidenceFacts],
    zone: tzinfo,
    can: Capabilities,
) -> Message:
    """The sheet signed on paper, before anything is signed here."""
    how = f"{ASK_PROOF} {uploads.elsewhere(can)}".rstrip()
    parts = [f"Cần căn cứ trước khi ký thay cho {sheet.subject}.", how]
    rows: list[Row] = []
    if file is not None:
        parts.append(evidence_texts.line(file, zone))
        if file.proves:
            rows.append((Choice("on", "Dùng tệp này và ký thay…"),))
        elif file.state == "waiting":
            parts.append(CHECKING)
            rows.append((Choice("look", "Kiểm tra lại"),))
        else:
            parts.append(NOT_A_PROOF)
    rows += [(evidence_texts.button(one),) for one in at_hand if file is None or one.id != file.id]
    return Message(title="Phiếu giấy đã ký", body="\n\n".join(parts), rows=tuple(rows))


def ask_sign(sheet: Sheet, proof: EvidenceFacts) -> Message:
    """What signing for somebody else means."""
    whom = sheet.subject or "đồng nghiệp"
    return Message(
        title=f"Ký thay cho {whom}",
        body=(
            f"{sheet.total} tiêu chí. Căn cứ: phiếu giấy đã ký, minh chứng {proof.code}.\n\n"
            "Khi ký, anh/chị xác nhận nội dung ở đây đúng như phiếu giấy. Bản sao và nhật ký ghi rõ "
            f"anh/chị đã khai thay. Khi có tài khoản, {whom} xem lại và rút lại được khi đợt còn mở."
        ),
        rows=((Choice("sign", "Ký thay", grave=True, word=SIGN_WORD),),),
    )


def signed(receipt: str) -> str:
    """After signing for somebody else."""
    return f"Đã ký thay. Số biên nhận: {receipt}."


def _standing(one: Colleague) -> str:
    return ", ".join(part for part in (one.post, one.unit) if part)


def _mark(one: RoundFacts) -> str:
    return "✅" if one.signed else "▫️"


def _how_far(one: RoundFacts) -> str:
    if one.signed:
        return "đã ký"
    return (
        f"{one.answered}/{one.total} tiêu chí"
        if one.assessment_id
        else f"chưa bắt đầu ({one.total} tiêu chí)"
    )
