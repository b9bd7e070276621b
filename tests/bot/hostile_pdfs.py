"""PDF documents that act, hide something, or are built to exhaust whoever opens them."""

import io
import zlib
from collections.abc import Callable, Iterable
from typing import Literal

import pikepdf
from pikepdf import (
    Array,
    Dictionary,
    Encryption,
    Name,
    Object,
    ObjectStreamMode,
    Pdf,
    Permissions,
    Stream,
    StreamDecodeLevel,
    String,
)

from core.evidence import RefusedFile
from tests.bot.office_files import packed

MB = 1024 * 1024

Case = tuple[str, bytes, RefusedFile]


def saved(pdf: Pdf, lock: Encryption | None = None, *, packing: bool = False) -> bytes:
    """The file; `packing` lays its objects into packed streams."""
    out = io.BytesIO()
    pdf.save(
        out,
        encryption=lock or False,
        compress_streams=False,
        stream_decode_level=None if lock else StreamDecodeLevel.none,
        object_stream_mode=ObjectStreamMode.generate if packing else ObjectStreamMode.disable,
    )
    return out.getvalue()


def repacked(data: bytes) -> bytes:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return saved(pdf, packing=True)


def paged(pages: int = 1) -> Pdf:
    pdf = pikepdf.new()
    for _ in range(pages):
        pdf.add_blank_page(page_size=(595, 842))
    return pdf


def changed(change: Callable[[Pdf], None]) -> bytes:
    pdf = paged()
    change(pdf)
    return saved(pdf)


def filled(target: Object, entries: dict[str, object]) -> Object:
    for name, value in entries.items():
        target[f"/{name}"] = value
    return target


def action(kind: str, **more: object) -> Object:
    return filled(Dictionary(S=Name(f"/{kind}")), more)


def script() -> Object:
    return action("JavaScript", JS=String("app.alert(1)"))


def on_open(does: Object) -> bytes:
    def change(pdf: Pdf) -> None:
        pdf.Root.OpenAction = does

    return changed(change)


def noted(**annotation: object) -> bytes:
    """A page with one annotation."""

    def change(pdf: Pdf) -> None:
        note = filled(Dictionary(Type=Name.Annot, Rect=Array([0, 0, 9, 9])), annotation)
        shared = pdf.make_indirect(note)
        pdf.pages[0].obj.Annots = Array([shared])
        pdf.Root.AcroForm = Dictionary(Fields=Array([shared]))

    return changed(change)


def linking(address: str) -> bytes:
    return noted(Subtype=Name.Link, A=action("URI", URI=String(address)))


def root(**entries: object) -> bytes:
    def change(pdf: Pdf) -> None:
        filled(pdf.Root, entries)

    return changed(change)


def attached() -> bytes:
    def change(pdf: Pdf) -> None:
        pdf.attachments["hoa-don.xml"] = b"<a/>"

    return changed(change)


def unreferenced() -> bytes:
    """A script that no page leads to, left in the file all the same."""
    data = paged()
    data.Root.Later = data.make_indirect(script())
    return saved(data)


def hidden_name() -> bytes:
    """The word JavaScript spelt with escapes, as a PDF allows."""
    plain = on_open(script())
    return plain.replace(b"/JavaScript", b"/J#61v#61Script").replace(b"/JS ", b"/#4aS ")


def deep(levels: int) -> bytes:
    nest = b"[" * levels + b"]" * levels
    return root(Deep=String("here")).replace(b"(here)", nest)


def streamed(data: bytes, packing: Name | Array | None = None, **entries: object) -> bytes:
    """A page whose content is this stream, packed already as `packing` says."""

    def change(pdf: Pdf) -> None:
        content = Stream(pdf, b"")
        content.write(data, filter=packing)
        pdf.pages[0].obj.Contents = filled(content, entries)

    return changed(change)


def flate_bomb() -> bytes:
    squeeze = zlib.compressobj(1)
    zeros = b"".join(squeeze.compress(bytes(MB)) for _ in range(210)) + squeeze.flush()
    return streamed(zeros, Name.FlateDecode)


def drawn(**entries: object) -> bytes:
    """A page whose resources hold this stream."""

    def change(pdf: Pdf) -> None:
        resource = filled(Stream(pdf, b"\0"), entries)
        pdf.pages[0].obj.Resources = Dictionary(XObject=Dictionary(X=resource))

    return changed(change)


def looping() -> bytes:
    """A tree of pages that contains itself."""
    pdf = paged()
    pdf.Root.Pages.Kids = Array([pdf.Root.Pages, pdf.Root.Pages])
    return saved(pdf)


def cut(data: bytes) -> bytes:
    return data[: len(data) * 2 // 3]


def endless_table() -> bytes:
    """A cross-reference table announcing two billion objects."""
    return (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\nxref\n0 2147483647\n"
        b"trailer<</Size 2147483647/Root 1 0 R>>\nstartxref\n46\n%%EOF"
    )


def locked(user: str, edition: Literal[3, 4, 6]) -> bytes:
    """A file with a password for opening it, or, if `user` is empty, for printing only."""
    new = edition > 3
    lock = Encryption(
        user=user, owner="chu", R=edition, aes=new, metadata=new, allow=Permissions(print_lowres=False)
    )
    return saved(paged(), lock)


def script_cases() -> Iterable[Case]:
    reason = RefusedFile.PDF_SCRIPT
    yield "script on opening", on_open(script()), reason
    yield (
        "script by name",
        root(Names=Dictionary(JavaScript=Dictionary(Names=Array(["a", script()])))),
        reason,
    )
    yield "script on leaving a page", root(AA=Dictionary(WC=script())), reason
    yield "script under a button", noted(Subtype=Name.Widget, FT=Name.Btn, A=script()), reason
    yield (
        "script after another action",
        on_open(action("GoTo", D=String("x"), Next=Array([script()]))),
        reason,
    )
    yield "script spelt with escapes", hidden_name(), reason
    yield (
        "script in a packed object",
        repacked(on_open(script())),
        reason,
    )
    yield "script on no page", unreferenced(), reason
    yield "script in the trailer", _in_trailer(), reason
    yield "PostScript", drawn(Subtype=Name.PS), reason


def _in_trailer() -> bytes:
    def change(pdf: Pdf) -> None:
        pdf.trailer.Extra = Array([Array([script()])])

    return changed(change)


def attachment_cases() -> Iterable[Case]:
    reason = RefusedFile.PDF_ATTACHMENT
    yield "attachment", attached(), reason
    yield "attachment on a page", noted(Subtype=Name.FileAttachment), reason
    yield "associated file", root(AF=Array([])), reason
    yield "embedded stream", drawn(Subtype=Name.Form, Type=Name.EmbeddedFile), reason
    yield "portfolio", root(Names=Dictionary(EmbeddedFiles=Dictionary())), reason
    yield "rich media", noted(Subtype=Name.RichMedia), reason
    yield "film", noted(Subtype=Name.Movie), reason
    yield "film by action", on_open(action("Rendition")), reason
    yield "3D", noted(Subtype=Name("/3D")), reason
    yield "jump into an attachment", on_open(action("GoToE")), reason


def outside_cases() -> Iterable[Case]:
    link = RefusedFile.EXTERNAL_LINK
    yield "launch", on_open(action("Launch", F=String("cmd.exe"))), RefusedFile.PDF_LAUNCH
    yield "launch under a link", noted(Subtype=Name.Link, A=action("Launch")), RefusedFile.PDF_LAUNCH
    yield "jump into another file", on_open(action("GoToR", F=String("\\\\10.0.0.9\\x.pdf"))), link
    yield "form sent away", noted(Subtype=Name.Widget, A=action("SubmitForm", F=String("http://a.vn"))), link
    yield "data imported", on_open(action("ImportData")), link
    for address in ("file:///C:/x.exe", "javascript:alert(1)", "\\\\10.0.0.9\\share", "ms-msdt:/id x"):
        yield f"link to {address}", linking(address), link
    yield "stream in another file", streamed(b"", F=String("C:\\x")), link
    yield "dynamic form", root(AcroForm=Dictionary(XFA=Array([]))), RefusedFile.PDF_XFA


def exhausting_cases() -> Iterable[Case]:
    yield "501 pages", saved(paged(501)), RefusedFile.TOO_MANY_PAGES
    yield "stream of 210 MB", flate_bomb(), RefusedFile.BOMB
    yield "stream packed twice", streamed(b"x", Array([Name.FlateDecode, Name.FlateDecode])), _BOMB
    yield (
        "picture of 2.5 gigapixels",
        drawn(Subtype=Name.Image, Width=50_000, Height=50_000),
        RefusedFile.TOO_MANY_PIXELS,
    )
    yield "pages within pages", looping(), RefusedFile.DAMAGED
    yield "arrays 100,000 deep", deep(100_000), RefusedFile.DAMAGED
    yield "endless table", endless_table(), RefusedFile.DAMAGED
    yield "no pages", saved(pikepdf.new()), RefusedFile.DAMAGED
    yield "cut off", cut(saved(paged(20))), RefusedFile.DAMAGED
    yield "header alone", b"%PDF-1.7\n%%EOF", RefusedFile.DAMAGED
    yield "nothing but an end", b"%PDF-1.7\n" + bytes(4096), RefusedFile.DAMAGED


_BOMB = RefusedFile.BOMB


def cases() -> Iterable[Case]:
    """What the case is called, the bytes of a .pdf, and why it must be refused."""
    yield from script_cases()
    yield from attachment_cases()
    yield from outside_cases()
    yield from exhausting_cases()
    editions: tuple[Literal[3, 4, 6], ...] = (3, 4, 6)
    for edition in editions:
        yield f"password, edition {edition}", locked("mat khau", edition), RefusedFile.ENCRYPTED
        yield f"rights, edition {edition}", locked("", edition), RefusedFile.ENCRYPTED
    good = saved(paged())
    yield "archive behind a PDF", good + packed({"a.txt": b"a"}), RefusedFile.TWO_IN_ONE
    yield "something before a PDF", b"\r\n" * 9 + good, RefusedFile.TYPE_MISMATCH
    yield "program as PDF", b"MZ\x90\0" + bytes(256), RefusedFile.TYPE_MISMATCH
    yield "web page as PDF", b"<html></html>", RefusedFile.TYPE_MISMATCH
    yield "archive as PDF", packed({"a.txt": b"a"}), RefusedFile.TYPE_MISMATCH
