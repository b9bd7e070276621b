"""Why a file was not taken: what happened, that nothing else is lost, and what to do."""

from decimal import Decimal
from typing import assert_never

from core.evidence import FileFacts, FileKind, FileLimits, RefusedFile
from core.numbers import format_number
from core.vietnamese import file_size

KEPT = "Các câu trả lời và tệp khác vẫn được giữ."
ACCEPTED = "ảnh JPEG, PNG, WebP, HEIC hoặc tệp PDF, DOCX, XLSX"
_AS_PDF = "Anh/chị mở tệp, chọn Lưu thành (Save as) PDF rồi gửi tệp PDF."
_PRINTED_PDF = "Anh/chị in lại ra PDF (Microsoft Print to PDF) hoặc gửi ảnh chụp từng trang."
_ANEW = "Anh/chị mở tệp trên máy xem có đủ không, lưu lại rồi gửi lần nữa."


def refused_file(reason: RefusedFile, facts: FileFacts, limits: FileLimits) -> str:
    """What a person reads about a file that was not taken."""
    happened, remedy = _told(reason, facts, limits)
    return f"{happened} {KEPT} {remedy}"


def kind_name(kind: FileKind) -> str:
    """A kind of file as people call it."""
    match kind:
        case FileKind.JPEG | FileKind.PNG | FileKind.HEIC:
            return f"ảnh {kind.value.upper()}"
        case FileKind.WEBP:
            return "ảnh WebP"
        case FileKind.PDF:
            return "tệp PDF"
        case FileKind.DOCX:
            return "tệp Word (.docx)"
        case FileKind.XLSX:
            return "tệp Excel (.xlsx)"
        case _:
            assert_never(kind)


def _told(reason: RefusedFile, facts: FileFacts, limits: FileLimits) -> tuple[str, str]:
    """What happened, and what to do about it."""
    match reason:
        case RefusedFile.EMPTY:
            return "Tệp rỗng, không có nội dung (0 byte).", _ANEW
        case RefusedFile.TOO_BIG:
            return (
                f"{_too_big(facts.size, limits.max_bytes)}.",
                "Anh/chị giảm dung lượng hoặc tách thành nhiều tệp rồi gửi lại.",
            )
        case RefusedFile.NO_ROOM:
            return (
                "Máy chủ sắp hết chỗ lưu nên tạm thời chưa nhận tệp mới.",
                "Anh/chị giữ tệp lại và gửi sau; quản trị viên cần giải phóng chỗ lưu.",
            )
        case RefusedFile.TYPE_NOT_ALLOWED:
            return "Loại tệp này chưa dùng làm minh chứng được.", f"Anh/chị gửi {ACCEPTED}."
        case RefusedFile.OLD_OFFICE:
            return (
                "Tệp ở định dạng Office cũ (Word, Excel 97–2003 hoặc tương tự), không kiểm tra an toàn được.",
                "Anh/chị mở tệp, lưu thành .docx, .xlsx hoặc PDF rồi gửi lại.",
            )
        case RefusedFile.LOOSE_ARCHIVE:
            return "Tệp nén chưa dùng làm minh chứng được.", "Anh/chị giải nén rồi gửi từng tệp bên trong."
        case RefusedFile.HEIC_NOT_READ:
            return (
                "Máy chủ chưa đọc được ảnh HEIC của iPhone.",
                (
                    "Anh/chị gửi dạng ảnh JPEG: gửi như ảnh thường thay vì gửi như tệp, "
                    "hoặc trên iPhone chọn Cài đặt, Camera, Định dạng, Tương thích nhất."
                ),
            )
        case RefusedFile.TYPE_MISMATCH:
            return _mismatch(facts.kind), "Anh/chị xuất lại tệp từ phần mềm đã tạo ra nó rồi gửi lại."
        case RefusedFile.TWO_IN_ONE:
            return (
                "Tệp chứa một tệp khác giấu bên trong.",
                "Anh/chị chụp lại, quét lại hoặc xuất lại tệp rồi gửi lần nữa.",
            )
        case RefusedFile.DAMAGED:
            return "Tệp bị hỏng hoặc thiếu một phần nên không đọc được.", _ANEW
        case RefusedFile.TOO_HEAVY:
            return (
                "Tệp quá phức tạp, máy chủ không kiểm tra xong trong giới hạn cho phép.",
                "Anh/chị giảm kích thước hoặc tách tệp rồi gửi lại.",
            )
        case RefusedFile.ENCRYPTED:
            return (
                "Tệp được đặt mật khẩu hoặc bị khóa quyền nên không kiểm tra được nội dung.",
                "Anh/chị lưu một bản không có mật khẩu rồi gửi lại.",
            )
        case RefusedFile.INFECTED:
            return (
                "Máy quét phát hiện mã độc trong tệp.",
                (
                    "Anh/chị không mở tệp này nữa, báo bộ phận công nghệ thông tin của đơn vị "
                    "và gửi một bản sạch."
                ),
            )
        case RefusedFile.TOO_MANY_PIXELS:
            return (
                f"{_pixels(facts)}, giới hạn {_count(limits.max_pixels // 1_000_000)} megapixel.",
                "Anh/chị thu nhỏ ảnh hoặc chụp lại ở độ phân giải thấp hơn rồi gửi lại.",
            )
        case RefusedFile.TOO_MANY_PAGES:
            return (
                (
                    f"Tệp PDF có {_count(facts.pages or limits.max_pages + 1)} trang, "
                    f"giới hạn {_count(limits.max_pages)} trang."
                ),
                "Anh/chị tách thành nhiều tệp rồi gửi lại.",
            )
        case RefusedFile.TOO_MANY_MEMBERS:
            return (
                (
                    "Tệp Word hoặc Excel có quá nhiều thành phần bên trong, "
                    f"giới hạn {_count(limits.max_members)}."
                ),
                "Anh/chị tách thành nhiều tệp, hoặc xuất ra PDF rồi gửi lại.",
            )
        case RefusedFile.BOMB:
            return (
                f"Nội dung bên trong tệp nở ra quá lớn khi mở, giới hạn {file_size(limits.max_unpacked)}.",
                "Anh/chị xóa phần thừa (dòng, cột trống; ảnh quá lớn) hoặc tách tệp rồi gửi lại.",
            )
        case RefusedFile.ARCHIVE_STRUCTURE:
            return "Cấu trúc bên trong tệp không bình thường, mở ra có thể không an toàn.", _AS_PDF
        case RefusedFile.NESTED_ARCHIVE:
            return "Bên trong tệp có tệp nén hoặc tài liệu khác được nhúng vào.", _AS_PDF
        case RefusedFile.MACRO:
            return (
                "Tệp có chứa macro (chương trình chạy kèm tài liệu).",
                "Anh/chị lưu thành .docx hoặc .xlsx không có macro, hoặc xuất ra PDF rồi gửi lại.",
            )
        case RefusedFile.ACTIVE_CONTROL:
            return "Tệp có thành phần điều khiển ActiveX có thể tự chạy.", _AS_PDF
        case RefusedFile.EMBEDDED_OBJECT:
            return "Tệp có đối tượng nhúng (biểu đồ, bảng tính hoặc tệp đính kèm bên trong).", _AS_PDF
        case RefusedFile.EXTERNAL_LINK:
            return (
                "Tệp lấy nội dung từ nơi khác khi mở ra (mẫu, ảnh hoặc số liệu liên kết ngoài).",
                "Anh/chị ngắt liên kết (Break Links) hoặc xuất ra PDF rồi gửi lại.",
            )
        case RefusedFile.DDE:
            return "Tệp có lệnh gọi chương trình khác (DDE), mở ra không an toàn.", _AS_PDF
        case RefusedFile.XML_ENTITIES:
            return "Tệp có khai báo thực thể XML, mở ra không an toàn.", _AS_PDF
        case RefusedFile.PDF_SCRIPT:
            return "Tệp PDF có mã lệnh (JavaScript) bên trong.", _PRINTED_PDF
        case RefusedFile.PDF_LAUNCH:
            return "Tệp PDF có lệnh mở chương trình hoặc tệp khác.", _PRINTED_PDF
        case RefusedFile.PDF_ATTACHMENT:
            return (
                "Tệp PDF có tệp đính kèm hoặc phim, âm thanh bên trong.",
                "Anh/chị gửi riêng từng tệp đính kèm, và in lại bản chính ra PDF (Microsoft Print to PDF).",
            )
        case RefusedFile.PDF_XFA:
            return "Tệp PDF là biểu mẫu động (XFA), nội dung có thể thay đổi khi mở.", _PRINTED_PDF
        case _:
            assert_never(reason)


def _count(count: int) -> str:
    """A count with its thousands apart: «2.000»."""
    return format_number(Decimal(count))


def _too_big(size: int, limit: int) -> str:
    """«Tệp 34 MB, giới hạn 20 MB»; in bytes where both would read the same.

    Of a file that was cut off while it came in, no more is known than that it is too big.
    """
    if size <= limit:
        return f"Tệp vượt giới hạn {file_size(limit)}"
    if file_size(size) != file_size(limit):
        return f"Tệp {file_size(size)}, giới hạn {file_size(limit)}"
    return f"Tệp {_count(size)} byte, giới hạn {_count(limit)} byte ({file_size(limit)})"


def _pixels(facts: FileFacts) -> str:
    if facts.width is None or facts.height is None:
        return "Ảnh có quá nhiều điểm ảnh"
    return f"Ảnh {facts.width}×{facts.height} điểm ảnh"


def _mismatch(kind: FileKind | None) -> str:
    if kind is None:
        return "Tên tệp và nội dung tệp không khớp nhau."
    return f"Theo tên thì đây là {kind_name(kind)} nhưng nội dung không phải loại đó."
