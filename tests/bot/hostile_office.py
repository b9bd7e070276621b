"""Word and Excel documents whose content is the weapon: macros, objects, links, fields, entities."""

from collections.abc import Iterable

from core.evidence import RefusedFile
from tests.bot.office_files import (
    HEADER,
    Parts,
    content_types,
    docx,
    excel_parts,
    field,
    formula,
    mark,
    packed,
    relation,
    relations,
    word_parts,
    xml,
)

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MACRO_DOCX = "application/vnd.ms-word.document.macroEnabled.main+xml"
MACRO_XLSX = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
SLIDES = "application/vnd.openxmlformats-officedocument.presentationml.presentation.main+xml"
LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))

Case = tuple[str, bytes, RefusedFile]


def linked(line: str, **parts: bytes) -> bytes:
    """A Word document whose main part has this relationship."""
    return packed(
        word_parts()
        | {"word/_rels/document.xml.rels": relations(line)}
        | {f"word/{name}": data for name, data in parts.items()}
    )


def with_part(name: str, data: bytes = b"data", kind: str = "") -> bytes:
    """A Word document with one part more, declared to be of this type."""
    parts = word_parts() | {name: data}
    if kind:
        declared = parts["[Content_Types].xml"].decode()
        override = f'<Override PartName="/{name}" ContentType="{kind}"/></Types>'
        parts["[Content_Types].xml"] = declared.replace("</Types>", override).encode()
    return packed(parts)


def without(name: str) -> bytes:
    return packed({part: data for part, data in word_parts().items() if part != name})


def with_doctype(doctype: str, name: str = "word/document.xml", encoding: str = "UTF-8") -> bytes:
    """A Word document one part of which begins with this document type declaration."""
    parts = word_parts()
    text = parts.get(name, xml("<a/>")).decode().removeprefix(HEADER)
    parts[name] = f'<?xml version="1.0" encoding="{encoding}"?>{doctype}{text}'.encode(encoding)
    return packed(parts)


def as_xml_by_type() -> bytes:
    """Entities in a part that is XML only by what the package declares."""
    return with_part(
        "customData/item.dat", b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>', "text/xml"
    )


def encrypted() -> bytes:
    """What Word writes when a password is set: an old container with the document inside."""
    return OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(4096)


def relation_cases() -> Iterable[Case]:
    outside = (
        ("attachedTemplate", "http://example.com/mau.dotm"),
        ("attachedTemplate", "file://///10.0.0.9/share/mau.dotm"),
        ("image", "http://example.com/anh.png"),
        ("image", "\\\\10.0.0.9\\share\\anh.png"),
        ("frame", "http://example.com/frame.html"),
        ("subDocument", "http://example.com/phan2.docx"),
        ("mailMergeSource", "file:///C:/nguon.xlsx"),
        ("video", "https://example.com/phim"),
    )
    for kind, target in outside:
        yield (
            f"{kind} from {target}",
            linked(relation(kind, target, external=True)),
            RefusedFile.EXTERNAL_LINK,
        )
    yield "template said to lie inside", linked(relation("attachedTemplate", "http://a.vn/x.dotm")), _LINK
    for target in (
        "file://10.0.0.9/share/x.docx",
        "\\\\10.0.0.9\\share\\x.docx",
        "//10.0.0.9/share",
        "ms-msdt:/id PCWDiagnostic",
        "javascript:alert(1)",
        "search-ms:query=x",
        "vbscript:x",
    ):
        yield f"hyperlink to {target}", linked(relation("hyperlink", target, external=True)), _LINK
    for kind, reason in (
        ("oleObject", RefusedFile.EMBEDDED_OBJECT),
        ("package", RefusedFile.EMBEDDED_OBJECT),
        ("aFChunk", RefusedFile.EMBEDDED_OBJECT),
        ("control", RefusedFile.ACTIVE_CONTROL),
        ("vbaProject", RefusedFile.MACRO),
        ("attachedToolbars", RefusedFile.MACRO),
        ("webextensiontaskpanes", _LINK),
    ):
        yield f"{kind} inside", linked(relation(kind, "parts/x.bin")), reason
    strict = relation("oleObject", "x.bin").replace("schemas.openxmlformats.org", "purl.oclc.org/ooxml")
    yield "object in the strict edition", linked(strict), RefusedFile.EMBEDDED_OBJECT
    yield "linked object", linked(relation("oleObject", "http://a.vn", external=True)), _OBJECT


def part_cases() -> Iterable[Case]:
    ole = OLE + bytes(64)
    yield "macros", with_part("word/vbaProject.bin", ole), RefusedFile.MACRO
    yield "macro data", with_part("word/vbaData.xml", xml("<a/>")), RefusedFile.MACRO
    yield (
        "macros under another name",
        with_part("word/harmless.bin", ole, "application/vnd.ms-office.vbaProject"),
        RefusedFile.MACRO,
    )
    yield "renamed .docm", packed(word_parts(main=MACRO_DOCX)), RefusedFile.MACRO
    yield "ActiveX", with_part("word/activeX/activeX1.xml", xml("<a/>")), RefusedFile.ACTIVE_CONTROL
    yield (
        "ActiveX under another name",
        with_part("word/x.xml", xml("<a/>"), "application/vnd.ms-office.activeX+xml"),
        RefusedFile.ACTIVE_CONTROL,
    )
    yield "embedded object", with_part("word/embeddings/oleObject1.bin", ole), _OBJECT
    yield "embedded workbook", with_part("word/embeddings/b.xlsx", packed(excel_parts())), _OBJECT
    yield (
        "object under another name",
        with_part("word/x.bin", b"x", "application/vnd.openxmlformats-officedocument.oleObject"),
        _OBJECT,
    )
    yield "object as picture", with_part("word/media/image1.png", ole), _OBJECT
    yield "add-in", with_part("word/w.xml", xml("<a/>"), "application/vnd.ms-office.webextension+xml"), _LINK
    yield "remote VML picture", docx('<v:shape><v:imagedata src="http://a.vn/x.png"/></v:shape>'), _LINK
    yield "template", packed(word_parts(main=TEMPLATE)), RefusedFile.TYPE_MISMATCH
    yield "slides", packed(word_parts(main=SLIDES)), RefusedFile.TYPE_MISMATCH
    yield "workbook", packed(excel_parts()), RefusedFile.TYPE_MISMATCH
    yield "no types", without("[Content_Types].xml"), RefusedFile.TYPE_MISMATCH
    yield "no relationships", without("_rels/.rels"), RefusedFile.TYPE_MISMATCH
    yield "no document", without("word/document.xml"), RefusedFile.DAMAGED
    yield "any archive", packed({"a.txt": b"a"}), RefusedFile.TYPE_MISMATCH
    yield "encrypted", encrypted(), RefusedFile.ENCRYPTED
    yield "old Word", OLE + bytes(4096), RefusedFile.OLD_OFFICE
    yield "broken XML", docx("<w:p>"), RefusedFile.DAMAGED


def field_cases() -> Iterable[Case]:
    command = ' c:\\\\windows\\\\system32\\\\cmd.exe "/c calc"'
    codes = " ".join(str(ord(letter)) for letter in "DDEAUTO c:\\cmd.exe")
    hidden = f"{mark('begin')}<w:r><w:instrText> QUOTE {codes} </w:instrText></w:r>{mark('end')}"
    for what, body in (
        ("DDE", field(f" DDE{command}")),
        ("DDEAUTO", field(f"DDEAUTO{command}")),
        ("DDEAUTO in pieces", field(" DD", "EAU", "TO", command)),
        ("DDE in small letters", field(f' "ddeauto"{command}')),
        ("DDE in one element", f'<w:p><w:fldSimple w:instr="DDEAUTO{command.replace(chr(34), "")}"/></w:p>'),
        ("DDE as character codes", f"<w:p>{mark('begin')}{hidden}{mark('separate')}{mark('end')}</w:p>"),
        (
            "DDE in a field that never ends",
            f"<w:p>{mark('begin')}<w:r><w:instrText>DDE x</w:instrText></w:r></w:p>",
        ),
        ("DDE outside a field", "<w:p><w:r><w:instrText>DDEAUTO x</w:instrText></w:r></w:p>"),
        (
            "DDE deleted with changes tracked",
            field("x").replace("instrText", "delInstrText").replace(">x<", ">DDE x<"),
        ),
    ):
        yield what, docx(body), RefusedFile.DDE
    header = word_parts(field("DDEAUTO x"))["word/document.xml"]
    yield "DDE in a header", with_part("word/header1.xml", header), RefusedFile.DDE
    for instruction in (
        'INCLUDETEXT "http://a.vn/x.docx"',
        'INCLUDEPICTURE "\\\\\\\\10.0.0.9\\\\x.png"',
        'INCLUDEPICTURE "file://10.0.0.9/x.png"',
        "LINK Excel.Sheet.12 C:\\\\x.xlsx",
        "IMPORT x.png",
        "DATABASE \\d x",
    ):
        yield f"field {instruction}", docx(field(instruction)), _LINK


def entity_cases() -> Iterable[Case]:
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    for what, data in (
        ("entity from a file", with_doctype(outside)),
        ("entity in the types", with_doctype(outside, "[Content_Types].xml")),
        ("entity in the relationships", with_doctype(outside, "_rels/.rels")),
        ("entity in UTF-16", with_doctype(outside, encoding="UTF-16")),
        ("entity in a further part", with_doctype(outside, "customXml/item1.xml")),
        ("entity in a drawing", with_doctype(outside, "word/drawing1.vml")),
        ("entity in a part of any name", as_xml_by_type()),
        ("billion laughs", with_doctype(f'<!DOCTYPE a [<!ENTITY a0 "ha">{LAUGHS}]>')),
        ("quadratic blow-up", with_doctype(f'<!DOCTYPE a [<!ENTITY a "{"a" * 50_000}">]>')),
        ("parameter entity", with_doctype('<!DOCTYPE a [<!ENTITY % x SYSTEM "http://a.vn/x.dtd"> %x;]>')),
        ("declaration elsewhere", with_doctype('<!DOCTYPE a SYSTEM "http://a.vn/x.dtd">')),
    ):
        yield what, data, RefusedFile.XML_ENTITIES


def cases() -> Iterable[Case]:
    """What the case is called, the bytes of a .docx, and why it must be refused."""
    yield from relation_cases()
    yield from part_cases()
    yield from field_cases()
    yield from entity_cases()


def excel_with(name: str, data: bytes = b"data") -> bytes:
    return packed(excel_parts() | {name: data})


def excel_linked(line: str) -> bytes:
    return packed(excel_parts() | {"xl/worksheets/_rels/sheet1.xml.rels": relations(line)})


def excel_typed(name: str, kind: str) -> Parts:
    parts = excel_parts() | {name: xml("<a/>")}
    parts["[Content_Types].xml"] = content_types(
        ("xl/workbook.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"),
        (name, kind),
    )
    return parts


def excel_cases() -> Iterable[Case]:
    """As `cases`, for .xlsx."""
    for text in (
        "cmd|' /C calc'!A0",
        "+cmd|' /C powershell x'!'A1'",
        "MSEXCEL|'\\..\\..\\cmd.exe /c calc'!''",
        "SUM(A1,DDE|x!y)",
    ):
        yield f"formula {text}", packed(excel_parts(formula(text))), RefusedFile.DDE
    yield (
        "DDE in a name",
        packed(
            excel_parts()
            | {"xl/names.xml": xml("<a><definedName name='x'>cmd|'/c calc'!A0</definedName></a>")}
        ),
        RefusedFile.DDE,
    )
    validation = (
        "<dataValidations><dataValidation><formula1>cmd|'/c'!A0</formula1></dataValidation></dataValidations>"
    )
    yield "DDE in a validation", packed(excel_parts(after=validation)), RefusedFile.DDE
    rule = "<conditionalFormatting><cfRule><formula>cmd|'/c'!A0</formula></cfRule></conditionalFormatting>"
    yield "DDE in a format", packed(excel_parts(after=rule)), RefusedFile.DDE
    yield (
        "DDE link",
        excel_with("xl/links/l.xml", xml('<a><ddeLink ddeService="cmd" ddeTopic="/c"/></a>')),
        RefusedFile.DDE,
    )
    yield "other workbook", excel_with("xl/externalLinks/externalLink1.xml", xml("<a/>")), _LINK
    yield (
        "other workbook by relation",
        excel_linked(relation("externalLinkPath", "b.xlsx", external=True)),
        _LINK,
    )
    yield "OLE link", excel_with("xl/l.xml", xml("<a><oleLink/></a>")), _LINK
    for text in ('WEBSERVICE("http://a.vn")', 'RTD("x",,"y")', '_xlfn.IMAGE("http://a.vn/x.png")'):
        yield f"formula {text}", packed(excel_parts(formula(text))), _LINK
    for text in ('CALL("urlmon","x")', 'EXEC("calc")', 'REGISTER("a","b")', 'REGISTER.ID("a","b")'):
        yield f"formula {text}", packed(excel_parts(formula(text))), RefusedFile.MACRO
    yield "macro sheet", excel_with("xl/macrosheets/sheet1.xml", xml("<a/>")), RefusedFile.MACRO
    yield (
        "macro sheet by type",
        packed(excel_typed("xl/worksheets/sheet2.xml", "application/vnd.ms-excel.macrosheet+xml")),
        RefusedFile.MACRO,
    )
    yield (
        "data connections",
        packed(
            excel_typed(
                "xl/x.xml", "application/vnd.openxmlformats-officedocument.spreadsheetml.connections+xml"
            )
        ),
        _LINK,
    )
    yield "renamed .xlsm", packed(excel_parts(main=MACRO_XLSX)), RefusedFile.MACRO
    yield "macros in Excel", excel_with("xl/vbaProject.bin"), RefusedFile.MACRO
    yield "object in Excel", excel_linked(relation("oleObject", "../x.bin")), _OBJECT
    yield "document as workbook", docx(), RefusedFile.TYPE_MISMATCH
    yield "encrypted workbook", encrypted(), RefusedFile.ENCRYPTED
    yield "old Excel", OLE + bytes(2048), RefusedFile.OLD_OFFICE
    yield (
        "entities in a sheet",
        packed(excel_parts() | {"xl/sharedStrings.xml": b'<!DOCTYPE a [<!ENTITY x "y">]><sst>&x;</sst>'}),
        RefusedFile.XML_ENTITIES,
    )


_LINK = RefusedFile.EXTERNAL_LINK
_OBJECT = RefusedFile.EMBEDDED_OBJECT
