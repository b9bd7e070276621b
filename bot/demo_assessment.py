"""The first part of the demonstration: a self-assessment from the joining link to the signed copy."""

import io

from bot.demo_stage import Telephone
from core.texts import demo as texts


async def joining(lan: Telephone) -> None:
    """Lan joins by her link."""
    lan.stage.scene(texts.JOINING)
    await lan.opens_link()
    await lan.taps(texts.THATS_ME)
    await lan.taps(texts.AGREE)


async def answering(lan: Telephone) -> None:
    """She answers criteria of several kinds."""
    lan.stage.scene(texts.ANSWERING)
    await lan.taps(texts.START)
    await lan.taps(texts.GROUP_C)
    await lan.taps(texts.SATISFIED)
    await lan.says(texts.NOT_ENOUGH)
    await lan.taps(texts.ANSWER_AGAIN)
    await lan.says(texts.ENOUGH)
    await lan.taps(texts.BACK)
    await lan.taps(texts.GROUP_H)
    await lan.taps(texts.INDEXES)
    await lan.taps(texts.LEVEL_GOOD)
    await lan.taps(texts.LEVEL_BEST)
    await lan.taps(texts.NEXT)
    await lan.says(texts.AS_FRACTION)
    await lan.taps(texts.BACK)
    await lan.taps(texts.GROUP_DD)
    await lan.taps(texts.DISCIPLINE)
    await lan.taps(texts.YES)
    await lan.says(texts.EXPLANATION)
    await lan.taps(texts.BACK)


async def sends_evidence(lan: Telephone) -> None:
    """She sends photos and files, one of which is refused."""
    lan.stage.scene(texts.EVIDENCE)
    await lan.taps(texts.GROUP_C)
    await lan.taps(texts.SATISFIED)
    await lan.sends_album([a_photo("steelblue"), a_photo("seagreen")])
    await lan.sends(texts.PDF_NAME, a_pdf())
    await lan.sends(texts.OLD_WORD_NAME, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4096))
    await lan.taps(texts.BACK)


async def signing(lan: Telephone) -> None:
    """She looks it over, signs, and gets her receipt."""
    lan.stage.scene(texts.SIGNING)
    await lan.taps(texts.MISSING)
    await lan.taps(texts.REST)
    await lan.taps(texts.REST_SURE)
    await lan.taps(texts.REVIEW)
    await lan.taps(texts.SIGN)
    await lan.taps(texts.SIGN)


def a_photo(colour: str) -> bytes:
    """A photo of that colour."""
    from PIL import Image, ImageDraw

    image = Image.new("RGB", (640, 480), colour)
    ImageDraw.Draw(image).rectangle((120, 90, 520, 390), outline="white", width=12)
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=80)
    return buffer.getvalue()


def a_pdf() -> bytes:
    """A page of PDF."""
    import pikepdf

    buffer = io.BytesIO()
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(595, 842))
        document.save(buffer)
    return buffer.getvalue()
