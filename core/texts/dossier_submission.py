"""Sentences about handing a dossier in, taking it back, and what was handed in before."""

from collections.abc import Sequence
from datetime import tzinfo

from core.dossier_findings import Finding, errors
from core.dossier_submission import Then, VersionFacts
from core.dossiers import DossierFacts
from core.messages import LABEL_LENGTH, Choice, FileOut, Message, Numbering, Row
from core.texts import dossier_findings as findings_texts
from core.texts import dossiers, pages
from core.vietnamese import file_size, inside_a_sentence, moment, shortened

SUBMIT = "Nộp hồ sơ"
SUBMIT_WORD = "NOP HO SO"
WITHDRAW_WORD = "RUT HO SO"
HELP_SUBMIT = (
    "Nộp rồi thì đơn vị không sửa được cho tới khi rút về hoặc được yêu cầu bổ sung. Còn lỗi thì nêu lý do; "
    "lý do đi cùng hồ sơ tới người thẩm định."
)
WITHDRAWN = "Đã rút hồ sơ. Bản đã nộp vẫn được lưu; hồ sơ mở lại để sửa."
_REASON = 300
_NAME = 60
_FEW = 8
ZIP = "application/zip"


def doctor(found: Sequence[Finding], page: int = 0) -> Message:
    """Everything the doctor found, each with a way to where it is mended."""
    shown = pages.shown(tuple(enumerate(found)), page)
    lines = [f"{number + 1}. {findings_texts.line(one)}" for number, one in shown]
    rows: list[Row] = [
        (
            Choice(
                f"mend.{number}",
                shortened(f"Mục {number + 1}: {findings_texts.mend_label(one)}", LABEL_LENGTH),
            ),
        )
        for number, one in shown
    ]
    rows += pages.turns(page, len(found))
    return Message(
        title=findings_texts.TITLE, body="\n".join(lines) or findings_texts.CLEAN, rows=tuple(rows)
    )


def ask_reason(found: Sequence[Finding]) -> Message:
    """Errors are left: why it is handed in all the same."""
    wrong = errors(found)
    lines = [f"Hồ sơ còn {len(wrong)} lỗi:", *(findings_texts.line(one) for one in wrong[:_FEW])]
    lines += [f"… và {len(wrong) - _FEW} lỗi khác."] if len(wrong) > _FEW else []
    lines += ["", "Sửa xong rồi nộp là tốt nhất. Nếu cần nộp ngay, anh/chị nhắn lý do."]
    return Message(
        title=SUBMIT,
        body="\n".join(lines),
        rows=((Choice("doctor", findings_texts.TITLE),),),
        numbering=Numbering.LETTERS,
    )


def ask_sure(
    facts: DossierFacts,
    names: Sequence[str],
    papers: Sequence[tuple[str, int]],
    evidence: int,
    found: Sequence[Finding],
    reason: str,
    send_to: str,
) -> Message:
    """Everything that is sent, once more; it is handed in with a word."""
    lines = [f"{facts.unit} · {facts.campaign_label}, {inside_a_sentence(facts.round_label)}"]
    lines += [f"Nơi nhận: {send_to}."] if send_to else []
    lines += ["", f"Đề nghị {len(names)}:"]
    lines += [f"• {shortened(name, _NAME)}" for name in names[:_FEW]]
    lines += [f"… và {len(names) - _FEW} người, tập thể khác."] if len(names) > _FEW else []
    lines += ["", "Giấy tờ:", *(f"• {name}: {count}" for name, count in papers)]
    lines.append(f"• Tệp minh chứng: {evidence}")
    odd = [one for one in found if one not in errors(found)]
    if odd:
        lines += ["", *(findings_texts.line(one) for one in odd[:_FEW])]
    if reason:
        lines += ["", f"Còn {len(errors(found))} lỗi, nộp với lý do: {shortened(reason, _REASON)}"]
    return Message(
        title=f"{SUBMIT}?",
        body="\n".join(lines),
        rows=((Choice("submit", SUBMIT, grave=True, word=SUBMIT_WORD),),),
    )


def received(facts: DossierFacts, zone: tzinfo) -> str:
    """What is said at once when it was handed in."""
    at = moment(facts.received_at.astimezone(zone)) if facts.received_at is not None else ""
    late = " Ghi là nộp muộn." if facts.late else ""
    return f"Đã nhận hồ sơ. Biên nhận {facts.receipt}, lúc {at}.{late}"


def ask_withdraw(facts: DossierFacts) -> Message:
    """Why it is taken back."""
    return Message(
        title=f"Rút hồ sơ {facts.receipt}".rstrip(),
        body=(
            "Hồ sơ trở về đơn vị để sửa rồi nộp lại; bản đã nộp vẫn được lưu, và đơn vị lại "
            "còn nợ hồ sơ theo hạn. Anh/chị nhắn lý do rút."
        ),
        numbering=Numbering.LETTERS,
    )


def ask_withdraw_sure(facts: DossierFacts, reason: str) -> Message:
    """Once more."""
    return Message(
        title=f"Rút hồ sơ {facts.receipt}".rstrip() + "?",
        body=f"Lý do: {reason}\n\nVăn phòng và người thẩm định được báo.",
        rows=((Choice("withdraw", "Rút hồ sơ", grave=True, word=WITHDRAW_WORD),),),
    )


def versions(found: Sequence[VersionFacts], zone: tzinfo) -> Message:
    """Everything that was handed in, the newest first."""
    lines = [
        f"• Bản {one.version}: {one.receipt}, {moment(one.at.astimezone(zone))}, {one.by}"
        f"{', nộp muộn' if one.late else ''}."
        for one in found
    ]
    rows = tuple((Choice(f"version.{one.version}", f"Bản {one.version} · {one.receipt}"),) for one in found)
    return Message(title="Các bản đã nộp", body="\n".join(lines) or "Chưa nộp bản nào.", rows=rows)


def version(one: VersionFacts, held: Then, zone: tzinfo, *, files_out: bool) -> Message:
    """One of them: what stood in it, its digest, and its archive."""
    lines = [
        f"{held.unit} · {held.campaign}, {inside_a_sentence(held.round_label)}",
        f"Nộp lúc {moment(one.at.astimezone(zone))}, người nộp: {one.by}.",
    ]
    lines += (
        [f"Nộp khi còn lỗi, lý do: {shortened(one.overridden_for, _REASON)}"] if one.overridden_for else []
    )
    lines += ["", *(f"• {shortened(name, _NAME)}" for name in held.names[:_FEW])]
    lines += [f"… và {len(held.names) - _FEW} người, tập thể khác."] if len(held.names) > _FEW else []
    lines += ["", f"Giấy tờ: {len(held.papers)}; tệp minh chứng: {len(held.evidence)}."]
    lines.append(f"Mã băm nội dung (SHA-256): {one.digest[:16]}…")
    rows: tuple[Row, ...] = ()
    if one.parts:
        total = sum(size for _sha256, size in one.parts)
        lines.append(f"Gói hồ sơ: {len(one.parts)} tệp ZIP, {file_size(total)}.")
        if files_out:
            rows = ((Choice("archive", "Tải gói hồ sơ"),),)
    else:
        lines.append("Gói hồ sơ đang được đóng; xong sẽ có ở đây.")
    return Message(title=f"Bản {one.version} · {one.receipt}", body="\n".join(lines), rows=rows)


def archive_files(one: VersionFacts) -> tuple[FileOut, ...]:
    """The parts of the archive of a submission, to hand over."""
    return archive_parts(one.receipt, one.parts)


def archive_parts(receipt: str, parts: Sequence[tuple[str, int]]) -> tuple[FileOut, ...]:
    """The same, by the digests and sizes of the parts."""
    return tuple(
        FileOut(sha256, archive_name(receipt, place, len(parts)), ZIP, size=size)
        for place, (sha256, size) in enumerate(parts, 1)
    )


def signed_name(receipt: str) -> str:
    """What a signed self-assessment is called, word for word."""
    return f"tu-danh-gia-{receipt}.json"


def archive_name(receipt: str, place: int, count: int) -> str:
    """What a part of the archive is called."""
    return f"{receipt}.zip" if count == 1 else f"{receipt}-{place}.zip"


def archive_notice(receipt: str, dossier_id: int, version_number: int, count: int, size: int) -> Message:
    """To whoever handed it in: its archive is ready."""
    return Message(
        title="Gói hồ sơ đã sẵn sàng",
        body=(
            f"Hồ sơ {receipt} (bản {version_number}): {count} tệp ZIP, {file_size(size)}. Trong gói có danh "
            "mục và mã SHA-256 của từng tệp."
        ),
        doors=(dossiers.door(dossier_id),),
    )


def archive_lost(receipt: str, dossier_id: int) -> Message:
    """To whoever handed it in: the archive cannot be made."""
    return Message(
        title="Chưa đóng được gói hồ sơ",
        body=(
            f"Hồ sơ {receipt} đã nộp và vẫn có hiệu lực, nhưng gói ZIP chưa đóng được sau nhiều lần thử. "
            "Quản trị hệ thống đã được báo."
        ),
        doors=(dossiers.door(dossier_id),),
    )
