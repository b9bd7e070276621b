"""Files as people really send them, none of which may be refused."""

import base64
import io
import zipfile
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import docx as python_docx
import openpyxl
import xlsxwriter
from docx.shared import Cm
from pikepdf import Array, Dictionary, Name, OutlineItem, String
from PIL import Image, PngImagePlugin

from tests.bot.hostile_pdfs import action, noted, on_open, paged, root, saved
from tests.bot.office_files import docx, excel_parts, field, formula, packed, relation, relations, word_parts

Named = tuple[str, bytes]


class File(NamedTuple):
    """The name a person gave, and the bytes."""

    name: str
    data: bytes


HEIC = base64.b85decode(
    "0000SW^{RQXk}?*00000ZE0pPXk}?*ZE0a<0005LZDn*}000000000XXk=`10000000000aA{+700000000000000000000G-+&aV*"
    "mgE07O6l0ssL300001;s5~v00000001KZ0ssI200IR70RR9100000cmMzZIB98aW&i*H00062000$fZf0cy000000RRAKc4ILB0000"
    "LX>Mj^0ssI300IC2MR;ju000004sdC7Z2$lO00031008}IaB^?}007--aAR)(004Gqc4I>U18@KU0FVFx0000U@BsY%`1k+-4+CHT"
    "0RR|40Sp2E{{wIU00RJ!0009300RIXx&lC90096hLID8-Z~y=U0FVFx0{{R603M(qfd!W8<fgf}2xu@M00096AOHXZ03l)k0RRR>0"
    "l{;?i2wiq6Ju{|a&BX6cmM$a4FCp!0000KX>)L8000000000$0000$0000eV{Bn?0000$000010000m000010000000002|NsB+00"
    "0020000GaA|mH000000|*ER0000OX>e^}0000000001009Mo0s{qv0000QX>w&|000000000EV`Ot<00IC3009610HbYWVRQfh03R"
    "p;uNi>uDyI6@Y3myX;p?Z?XS6;pn!4%N?Nf&sU;qFB21R&jW&i+9O#mtY000O80|5^J0ssI21^@s6G650*0{{R30RRR70Ei_31ONa"
    "40RR91H~;_u06}nYY-Iod0ssL30ssI20!{z`000621poj50{{R3RsaA1000005C8xG0RR911poj50RR91000000R"
)
"""A photo of 64 × 48 pixels as an iPhone writes it."""

GPS = b"\x10\x00\x00\x00\x01\x00\x00\x00"


def photo(size: tuple[int, int] = (640, 480), orientation: int = 1, **options: object) -> bytes:
    """A picture as a telephone writes it: make, time, orientation, place."""
    exif = Image.Exif()
    exif[0x010F] = "SECRET-PHONE"
    exif[0x0112] = orientation
    exif[0x0132] = "2026:11:20 07:45:12"
    exif.get_ifd(0x8825).update({1: "N", 2: (16.0, 5.0, 0.0), 3: "E", 4: (108.0, 13.0, 0.0)})
    return drawn("JPEG", size, "RGB", exif=exif, **options)


def drawn(kind: str, size: tuple[int, int] = (320, 240), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert(mode).save(out, kind, **options)
    return out.getvalue()


def sixteen_bit() -> bytes:
    out = io.BytesIO()
    ramp = b"".join(value.to_bytes(2, "little") for value in range(0, 65_536, 64))
    Image.frombytes("I;16", (32, 32), ramp).save(out, "PNG")
    return out.getvalue()


def see_through(kind: str, size: tuple[int, int] = (64, 64), **options: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGBA", size, (200, 0, 0, 90)).save(out, kind, **options)
    return out.getvalue()


def moving(kind: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in ("red", "green", "blue")]
    frames[0].save(out, kind, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def png_with_place() -> bytes:
    info = PngImagePlugin.PngInfo()
    info.add_itxt("XML:com.adobe.xmp", "<x>SECRET-PHONE</x>")
    exif = Image.Exif()
    exif[0x010F] = "SECRET-PHONE"
    return drawn("PNG", pnginfo=info, exif=exif)


def images() -> Iterable[Named]:
    for orientation in range(1, 9):
        yield f"Ảnh hội nghị {orientation}.jpg", photo(orientation=orientation)
    yield "IMG_20261120_074512.JPG", photo((4032, 3024), orientation=6)
    yield "48 megapixel.jpeg", drawn("JPEG", (8000, 6000), "L")
    yield "ảnh tiến dần.jpg", photo(progressive=True)
    yield "đen trắng.jfif", drawn("JPEG", mode="L")
    yield "bản in.jpg", drawn("JPEG", mode="CMYK")
    yield "hai ảnh.jpg", moving("MPO")
    yield "ảnh đôi đã sửa.jpg", moving("MPO").replace(b"MPF\0II*\0", b"MPF\0xxxx")
    yield "ảnh chuyển động.jpg", photo() + b"\0\0\0\x18ftypmp42" + bytes(5000)
    yield "EXIF hỏng.jpg", drawn("JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff" + b"\xff" * 40)
    yield "EXIF cụt.jpg", drawn("JPEG", exif=b"Exif\0\0II*")
    yield "lời bình.jpg", drawn("JPEG", comment=b"<script>alert(1)</script>")
    yield "màu.png", drawn("PNG", mode="P")
    yield "màu trong suốt.png", see_through("PNG")
    yield "một bit.png", drawn("PNG", (5000, 700), mode="1")
    yield "xám trong.png", drawn("PNG", mode="LA")
    yield "mười sáu bit.png", sixteen_bit()
    yield "có vị trí.png", png_with_place()
    yield "động.png", moving("PNG")
    yield "chụp màn hình dài.png", drawn("PNG", (1080, 20_000), mode="P")
    yield "trong suốt lớn.png", see_through("PNG", (7000, 7000), compress_level=1)
    yield "ảnh.webp", drawn("WEBP")
    yield "không mất.webp", see_through("WEBP", lossless=True)
    yield "động.webp", moving("WEBP")
    yield (
        "web có vị trí.webp",
        drawn("WEBP", exif=photo()[6:200].partition(b"Exif")[1] + b"\0\0II*\0\x08\0\0\0\0\0"),
    )


def written_by_word() -> bytes:
    """What an office writes: headings, a table, a picture, a header, a page number, a link."""
    document = python_docx.Document()
    document.core_properties.author = "Nguyễn Thị Ánh"
    document.add_heading("Báo cáo thành tích năm 2026", 0)
    document.sections[0].header.paragraphs[0].text = "SỞ Y TẾ"
    table = document.add_table(rows=3, cols=2, style="Table Grid")
    table.cell(0, 0).text = "Tiêu chí"
    document.add_picture(io.BytesIO(photo()), width=Cm(5))
    document.add_paragraph("Số lượng < 5 & > 3")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word_linked(*lines: str) -> bytes:
    return packed(word_parts() | {"word/_rels/document.xml.rels": relations(*lines)})


def with_more(parts: dict[str, bytes], **more: bytes) -> bytes:
    return packed(
        parts | {name.replace("__", "/").replace("_dot_", "."): data for name, data in more.items()}
    )


def from_another_office() -> bytes:
    """Parts in another order, streamed, stored without compression, as other programs do."""
    out = io.BytesIO()
    with zipfile.ZipFile(_Unseekable(out), "w") as archive:
        for name, data in reversed(word_parts("<w:p/><!-- WPS -->").items()):
            archive.writestr(name, data)
    return out.getvalue()


class _Unseekable(io.RawIOBase):
    """A stream that cannot be gone back on, so that sizes follow their parts."""

    def __init__(self, target: io.BytesIO) -> None:
        self._target = target

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return self._target.write(data)  # type: ignore[arg-type]  # whatever zipfile hands over


def strict_edition() -> bytes:
    parts = {
        name: data.replace(
            b"schemas.openxmlformats.org/officeDocument", b"purl.oclc.org/ooxml/officeDocument"
        )
        for name, data in word_parts().items()
    }
    return packed(parts)


def word() -> Iterable[Named]:
    yield "Báo cáo thành tích (bản cuối).docx", written_by_word()
    yield "ngắn.docx", docx()
    yield "WPS.docx", from_another_office()
    yield "chuẩn chặt.docx", strict_edition()
    yield "mục lục.docx", docx(field('TOC \\o "1-3" \\h \\z \\u') + field(" PAGE "))
    yield "đường dẫn.docx", docx(field(' HYPERLINK "https://dantri.com.vn/dde-link" '))
    yield "ảnh dán.docx", docx(field(' INCLUDEPICTURE "https://a.vn/x.png" \\* MERGEFORMATINET '))
    yield (
        "liên kết.docx",
        word_linked(
            relation("hyperlink", "https://moh.gov.vn/?a=1&amp;b=2", external=True),
            relation("hyperlink", "mailto:vanthu@example.vn", external=True, number=2),
            relation("hyperlink", "Phụ lục 1.docx", external=True, number=3),
            relation("hyperlink", "file:///C:/Users/Anh/Phu%20luc.docx", external=True, number=4),
            relation("theme", "theme/theme1.xml", number=5),
        ),
    )
    yield "phông chữ.docx", with_more(word_parts(), word__fonts__font1_dot_odttf=bytes(range(256)) * 8)
    yield "hình vẽ.docx", with_more(word_parts(), word__media__image1_dot_emf=b"\x01\0\0\0" + bytes(400))
    yield "ảnh trùng chữ.docx", with_more(word_parts(), word__media__image1_dot_wmf=b"MZ" + bytes(100))


def written_by_excel() -> bytes:
    """A chart, a picture, checks, notes and formulas, as a head of unit keeps them."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out)
    sheet = book.add_worksheet("Quý 1 & 2")
    for row in range(50):
        sheet.write_row(row, 0, [f"Khoa {row}", row * 1.5, f"=B{row + 1}*2"])
    sheet.data_validation("D1:D9", {"validate": "list", "source": ["Đạt", "Chưa đạt"]})
    sheet.conditional_format("B1:B50", {"type": "formula", "criteria": "=$B1>10"})
    sheet.write_comment("A1", "Ghi chú")
    sheet.write_url("E1", "https://example.vn/bao-cao")
    sheet.insert_image("G1", "anh.png", {"image_data": io.BytesIO(drawn("PNG"))})
    chart = book.add_chart({"type": "column"})
    chart.add_series({"values": "='Quý 1 & 2'!$B$1:$B$50"})
    sheet.insert_chart("G20", chart)
    book.define_name("Tong", "='Quý 1 & 2'!$B$1")
    book.close()
    return out.getvalue()


def long_list(rows: int) -> bytes:
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    sheet = book.add_worksheet()
    for row in range(rows):
        sheet.write_row(row, 0, [row, f"Nguyễn Văn {row}", "Trạm y tế", 2026, "Đạt"])
    book.close()
    return out.getvalue()


def written_by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Danh sách")
    sheet.append(["STT", "Họ tên", '=IF(A2="","",CONCATENATE(A2,"|",B2))'])
    sheet["D1"].hyperlink = "https://example.vn"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def excel() -> Iterable[Named]:
    yield "Tổng hợp quý I.xlsx", written_by_excel()
    yield "Danh sách 5.000 người.xlsx", long_list(5_000)
    yield "openpyxl.XLSX", written_by_openpyxl()
    yield "ngắn.xlsx", packed(excel_parts())
    yield "đường dẫn.xlsx", packed(excel_parts(formula('HYPERLINK("https://a.vn|b","x")')))
    yield "tên bảng lạ.xlsx", packed(excel_parts(formula("SUM('A|B'!A1:B2)")))
    yield "máy in.xlsx", with_more(excel_parts(), xl__printerSettings__p1_dot_bin=bytes(900))


def scanned(pages: int = 2) -> bytes:
    out = io.BytesIO()
    page = Image.linear_gradient("L").resize((1240, 1754))
    page.save(out, "PDF", save_all=True, append_images=[page] * (pages - 1), resolution=150)
    return out.getvalue()


def bilevel() -> bytes:
    out = io.BytesIO()
    Image.new("1", (2480, 3508), 1).save(out, "PDF", resolution=300)
    return out.getvalue()


def described() -> bytes:
    """Title, author, bookmarks and a page to open at."""
    pdf = paged(3)
    pdf.docinfo["/Author"] = String("Trần Thị Bích SECRET-AUTHOR")
    with pdf.open_metadata() as metadata:
        metadata["dc:title"] = "SECRET-AUTHOR"
    with pdf.open_outline() as outline:
        outline.root.append(OutlineItem("Chương 1", 0))
    pdf.Root.OpenAction = Array([pdf.pages[1].obj, Name.Fit])
    return saved(pdf)


def linked_pdf(address: str) -> bytes:
    return noted(Subtype=Name.Link, A=action("URI", URI=String(address)))


def form() -> bytes:
    return noted(Subtype=Name.Widget, FT=Name.Tx, T=String("ho_ten"), V=String("Lê Văn Cường"))


def signed() -> bytes:
    signature = Dictionary(
        Type=Name.Sig,
        Filter=Name("/Adobe.PPKLite"),
        SubFilter=Name("/adbe.pkcs7.detached"),
        ByteRange=Array([0, 1, 2, 3]),
        Contents=String("chữ ký số"),
    )
    return noted(Subtype=Name.Widget, FT=Name.Sig, T=String("chu_ky"), V=signature)


def changed_later() -> bytes:
    """An update appended by another program, with a table of its own."""
    data = saved(paged())
    start = data.rindex(b"startxref") + 10
    before = data[start : data.index(b"\n", start)]
    added = b"\n9 0 obj\n(x)\nendobj\n"
    table = b"xref\n9 1\n%010d 00000 n \ntrailer\n<</Size 10/Root 1 0 R/Prev %s>>\n" % (len(data) + 1, before)
    return data + added + table + b"startxref\n%d\n%%%%EOF" % (len(data) + len(added))


def linearized() -> bytes:
    out = io.BytesIO()
    paged(5).save(out, linearize=True, min_version="2.0")
    return out.getvalue()


def pdfs() -> Iterable[Named]:
    yield "Quyết định khen thưởng.pdf", scanned()
    yield "quét đen trắng.pdf", bilevel()
    yield "Bản mô tả sáng kiến.PDF", described()
    yield "500 trang.pdf", saved(paged(500), packing=True)
    yield "tuyến tính.pdf", linearized()
    yield "biểu mẫu.pdf", form()
    yield "đã ký số.pdf", signed()
    yield "cập nhật sau.pdf", changed_later()
    yield "đuôi thừa.pdf", saved(paged()) + b"\r\n\0\0\0" * 20
    yield "bảng lệch.pdf", saved(paged()).replace(b"startxref\n", b"startxref\n9")
    yield "mở ở trang 1.pdf", on_open(action("GoTo", D=Array([0, Name.Fit])))
    yield "đọc được.pdf", root(Lang=String("vi-VN"), MarkInfo=Dictionary(Marked=True), PageMode=Name.UseNone)
    for number, address in enumerate(("https://moh.gov.vn", "mailto:a@b.vn", "www.moh.gov.vn", "#trang-2")):
        yield f"liên kết {number}.pdf", linked_pdf(address)


def strange_names() -> Iterable[Named]:
    good = drawn("JPEG", (32, 32))
    for name in (
        "13/12 họp giao ban.jpg",
        "..\\..\\ảnh.jpg",
        "a\u0301nh tách dấu.jpg",
        "ảnh\u202e gốc.jpg",
        "ảnh .jpg ",
        "😀 vui.jpg",
        f"{'rất dài ' * 40}.jpg",
        "CON.jpg",
        "ảnh.jpg.",
    ):
        yield name, good


def full() -> Iterable[Named]:
    picture = drawn("JPEG")
    yield "vừa đúng 20 MB.jpg", picture + bytes(20 * 1024 * 1024 - len(picture))


GROUPS = {"images": images, "word": word, "excel": excel, "pdf": pdfs, "names": strange_names, "full": full}


def files(group: str) -> Iterator[File]:
    return (File(*named) for named in GROUPS[group]())
