"""Sentences about the archives of rounds that are over, in chat and at the machine."""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from core.messages import LABEL_LENGTH, Choice, Door, FileOut, Message, Row
from core.round_archive import Over, part_name
from core.texts import pages, uploads
from core.vietnamese import file_size, inside_a_sentence, moment, shortened

LABEL = "Lưu trữ đợt thi đua"
WORD = "LT"
ZIP = "application/zip"
HELP = (
    "Mỗi đợt đã xong đóng được thành một gói ZIP: kế hoạch, bản tự đánh giá đã ký, minh chứng, hồ sơ, thẩm "
    "định, kết quả của Hội đồng, quyết định. Gói đọc được bằng trình duyệt, không cần phần mềm này. Trong "
    "gói không có ngày sinh, địa chỉ, số điện thoại; phiếu kín chỉ có tổng số."
)
NOTHING = (
    "Chưa có đợt nào xong để lưu trữ. Đợt xong khi có Quyết định, hoặc khi đã khóa mà không còn hồ sơ nào "
    "chờ."
)
CHOOSE = "Anh/chị chọn đợt."
NONE_YET = "Chưa có bản lưu nào."
ASKED = "Đang đóng gói; xong sẽ báo trong một tin riêng."
NOT_OVER = (
    "Đợt này chưa xong nên chưa lưu trữ được: còn đang mở, còn hồ sơ chưa có kết quả hoặc Hội đồng đang họp. "
    "Không có gì bị mất; anh/chị lưu trữ sau khi có Quyết định hoặc khi đợt đã khóa."
)
ARCHIVE_HELP = "Đóng gói lưu trữ một đợt đã xong, hoặc kiểm tra gói."
ROUND = "Đợt, ví dụ 004/2026, rồi tệp sẽ ghi (.zip); với --verify là các tệp .zip cần kiểm tra."
ROUND_WORD = "ĐỢT TỆP"
VERIFY = "Kiểm tra gói: đủ tệp, đúng mã băm, không thừa. Gói nhiều phần thì nêu mọi phần."
USAGE = (
    "Chưa làm gì. Anh/chị gõ: campaign archive ĐỢT TỆP.zip, ví dụ «campaign archive 004/2026 luu-tru.zip»; "
    "để kiểm tra: campaign archive --verify TỆP.zip và các phần còn lại."
)


def door(round_id: int) -> Door:
    """To the round."""
    return Door("round_archive", str(round_id), "Mở bản lưu trữ", WORD)


def listed(found: Sequence[Over], page: int = 0) -> Message:
    """Every round that is over."""
    shown = pages.shown(found, page)
    lines = [f"• {_called(one)}: {_standing(one)}" for one in shown]
    rows: list[Row] = [
        (Choice(f"one.{one.round_id}", shortened(f"{one.round_label} · {one.campaign_label}", LABEL_LENGTH)),)
        for one in shown
    ]
    body = "\n".join([CHOOSE, *lines]) if lines else NOTHING
    return Message(title=LABEL, body=body, rows=(*rows, *pages.turns(page, len(found))))


def one(of: Over, *, files_out: bool) -> Message:
    """One of them: its archive, and having one made."""
    lines = [_called(of), ""]
    rows: list[Row] = []
    if of.going:
        return Message(title=LABEL, body="\n".join([*lines, NOT_OVER]))
    if of.made_at is not None:
        total = sum(size for _sha256, size in of.parts)
        lines.append(f"Bản lưu đóng lúc {moment(of.made_at)}: {len(of.parts)} tệp ZIP, {file_size(total)}.")
        lines += [f"{file.name}: SHA-256 {file.sha256}" for file in files(of)]
        if files_out:
            rows.append((Choice("get", "Tải bản lưu"),))
        else:
            lines.append(f"Kênh trò chuyện này không gửi được tệp; anh/chị {uploads.FETCH_ELSEWHERE}.")
    elif not of.making:
        lines.append(NONE_YET)
    if of.making:
        lines.append(ASKED)
    else:
        rows.append((Choice("make", "Đóng gói lại" if of.parts else "Đóng gói"),))
    return Message(title=LABEL, body="\n".join(lines), rows=tuple(rows))


def files(of: Over) -> tuple[FileOut, ...]:
    """The parts, to hand over."""
    return tuple(
        FileOut(sha256, part_name(of.name, place, len(of.parts)), ZIP, size=size)
        for place, (sha256, size) in enumerate(of.parts, 1)
    )


def ready(of: Over) -> Message:
    """To whoever asked for it: it is there."""
    total = sum(size for _sha256, size in of.parts)
    return Message(
        title="Bản lưu trữ đã sẵn sàng",
        body=(
            f"{_called(of)}: {len(of.parts)} tệp ZIP, {file_size(total)}. Giải nén mọi phần vào một thư mục "
            "rồi mở index.html."
        ),
        files=files(of),
        doors=(door(of.round_id),),
    )


def lost(of: Over) -> Message:
    """To whoever asked for it: it could not be made."""
    return Message(
        title="Chưa đóng được bản lưu trữ",
        body=(
            f"{_called(of)}: sau nhiều lần thử vẫn chưa đóng được gói, có thể vì thiếu một tệp trong kho. Dữ "
            "liệu của đợt không bị thay đổi; quản trị hệ thống đã được báo. Anh/chị thử lại sau."
        ),
        doors=(door(of.round_id),),
    )


def no_such_round(name: str, names: Iterable[str]) -> str:
    """No round, or several, are called so."""
    listed = "\n".join(f"  {known}" for known in names) or "  (chưa có đợt nào)"
    return f"Không có đúng một đợt tên «{name}». Chưa ghi gì. Các đợt:\n{listed}"


def there_already(file: str) -> str:
    """A file of that name would be overwritten."""
    return f"{file} đã có. Chưa ghi gì; anh/chị chọn tên tệp khác."


def lacks(sha256: str) -> str:
    """A file is not in the store as it should be."""
    return (
        f"Kho thiếu hoặc hỏng một tệp của đợt này (SHA-256 {sha256}) nên chưa đóng gói. Chưa ghi gì; anh/chị "
        "khôi phục tệp từ bản sao lưu rồi chạy lại."
    )


def written(parts: Sequence[tuple[str, str]]) -> str:
    """What was written, with the SHA-256 of each part."""
    lines = [f"  {name}  {sha256}" for name, sha256 in parts]
    return "\n".join(["Đã đóng gói; mã SHA-256 của từng tệp đã ghi vào nhật ký:", *lines])


class Fault(StrEnum):
    """What is wrong with an archive."""

    NO_FILE = "no_file"
    NOT_AN_ARCHIVE = "not_an_archive"
    OTHER_FORMAT = "other_format"
    MISSING_PART = "missing_part"
    LAST_PART = "last_part"
    OTHER_PART = "other_part"
    MISSING = "missing"
    DAMAGED = "damaged"
    EXTRA = "extra"


_FAULTS = {
    Fault.NO_FILE: "{}: không mở được tệp này.",
    Fault.NOT_AN_ARCHIVE: "{}: không phải bản lưu trữ của một đợt, hoặc tệp ZIP đã hỏng.",
    Fault.OTHER_FORMAT: "{}: bản lưu theo khuôn dạng mới hơn phần mềm này. Anh/chị dùng phần mềm mới hơn.",
    Fault.MISSING_PART: "Thiếu phần {}. Anh/chị nêu đủ các phần trong cùng một lệnh.",
    Fault.LAST_PART: "Thiếu phần cuối (phần có manifest.json).",
    Fault.OTHER_PART: "{}: là phần của bản lưu khác, hoặc đã nêu phần này rồi.",
    Fault.MISSING: "{}: thiếu tệp này.",
    Fault.DAMAGED: "{}: nội dung không còn như khi đóng gói.",
    Fault.EXTRA: "{}: tệp thừa, không có trong danh mục.",
}


def fault(kind: Fault, what: str) -> str:
    """What is wrong, and with what."""
    return _FAULTS[kind].format(what)


def whole(label: str, count: int, parts: Sequence[tuple[str, str]]) -> str:
    """Nothing is wrong; the SHA-256 of each part is to be compared with the journal."""
    lines = [f"  {name}  {sha256}" for name, sha256 in parts]
    told = f"Bản lưu còn nguyên vẹn: {label}, {count} tệp đủ và đúng mã băm, không thừa tệp nào."
    return "\n".join([told, "Mã SHA-256 của từng phần, để đối chiếu với nhật ký:", *lines])


def broken(count: int) -> str:
    """So many faults were told."""
    return f"Bản lưu không nguyên vẹn: {count} lỗi."


def _called(of: Over) -> str:
    return f"{of.campaign_label}, {inside_a_sentence(of.round_label)}"


def _standing(of: Over) -> str:
    if of.making:
        return "đang đóng gói"
    return f"đã lưu lúc {moment(of.made_at)}" if of.made_at is not None else "chưa lưu"
