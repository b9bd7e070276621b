"""Word and Excel documents small enough to read, as parts that a test may change one by one."""

import io
import zipfile

Parts = dict[str, bytes]

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
DOCX_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
XLSX_MAIN = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
HEADER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def xml(text: str) -> bytes:
    return (HEADER + text).encode()


def content_types(*overrides: tuple[str, str], extra: str = "") -> bytes:
    declared = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return xml(
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{extra}{declared}</Types>'
    )


def relation(kind: str, target: str, *, external: bool = False, number: int = 9) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="rId{number}" Type="{R}/{kind}" Target="{target}"{mode}/>'


def relations(*lines: str) -> bytes:
    return xml(f'<Relationships xmlns="{PACKAGE}/relationships">{"".join(lines)}</Relationships>')


def word_parts(body: str = "<w:p/>", *, main: str = DOCX_MAIN) -> Parts:
    """The least that Word opens."""
    return {
        "[Content_Types].xml": content_types(("word/document.xml", main)),
        "_rels/.rels": relations(relation("officeDocument", "word/document.xml", number=1)),
        "word/document.xml": xml(
            f'<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:v="urn:schemas-microsoft-com:vml">'
            f"<w:body>{body}</w:body></w:document>"
        ),
    }


def excel_parts(cells: str = "", *, after: str = "", main: str = XLSX_MAIN) -> Parts:
    """The least that Excel opens; `after` follows the rows of the one sheet."""
    return {
        "[Content_Types].xml": content_types(("xl/workbook.xml", main), ("xl/worksheets/sheet1.xml", SHEET)),
        "_rels/.rels": relations(relation("officeDocument", "xl/workbook.xml", number=1)),
        "xl/workbook.xml": xml(
            f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets>'
            '<sheet name="Bảng 1" sheetId="1" r:id="rId1"/></sheets></workbook>'
        ),
        "xl/_rels/workbook.xml.rels": relations(relation("worksheet", "worksheets/sheet1.xml", number=1)),
        "xl/worksheets/sheet1.xml": xml(
            f'<worksheet xmlns="{S}"><sheetData><row r="1">{cells}</row></sheetData>{after}</worksheet>'
        ),
    }


def formula(text: str) -> str:
    return f'<c r="A1"><f>{text}</f><v>0</v></c>'


def field(*instructions: str) -> str:
    """A paragraph with one field whose instruction is stored in these pieces."""
    said = "".join(
        f'<w:r><w:instrText xml:space="preserve">{one}</w:instrText></w:r>' for one in instructions
    )
    return f"<w:p>{mark('begin')}{said}{mark('separate')}<w:r><w:t>1</w:t></w:r>{mark('end')}</w:p>"


def mark(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def packed(parts: Parts, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def docx(body: str = "<w:p/>") -> bytes:
    """A Word document with this body."""
    return packed(word_parts(body))
