"""Addresses that nobody else can make: what any change, any other kind and any later moment does to one."""

import re
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.keyfile import links_key
from bot.trouble import TroubleError
from bot.web.signing import ExpiredError, ForgedError, Signer
from core.evidence import FileKind
from core.filenames import clean_name

NOW = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=24)
SIGNER = Signer(b"k" * 32, "https://thidua.example.vn/")
SHA = "ab" * 32
DOCX = FileKind.DOCX.mime


def token_of(address: str) -> str:
    return address.rpartition("/")[2]


@given(number=some.integers(0, 2**63), lives=some.integers(1, 10_000_000))
def test_a_page_opens_until_its_time_is_over(number: int, lives: int) -> None:
    expires = NOW + timedelta(seconds=lives)
    address = SIGNER.upload(number, expires)
    assert re.fullmatch(r"https://thidua\.example\.vn/u/[\w-]{48}", address, re.ASCII)
    assert SIGNER.read_upload(token_of(address), expires - timedelta(seconds=1)) == number
    with pytest.raises(ExpiredError):
        SIGNER.read_upload(token_of(address), expires)


@given(name=some.text(max_size=200), kind=some.sampled_from(FileKind), photo=some.booleans())
def test_a_file_keeps_its_name_and_type(*, name: str, kind: FileKind, photo: bool) -> None:
    make = SIGNER.photo if photo else SIGNER.download
    token = token_of(make(SHA, name + kind.suffix, kind.served.mime, LATER))
    told = SIGNER.read_download(token, NOW)
    assert (told.sha256, told.mime, told.photo) == (SHA, kind.served.mime, photo)
    assert told.name == clean_name(told.name)
    assert told.name.endswith(kind.suffix) or "." not in clean_name(name + kind.suffix)
    with pytest.raises(ExpiredError):
        SIGNER.read_download(token, LATER)


@given(place=some.integers(0, 47), letter=some.characters(max_codepoint=0x17F))
def test_any_changed_letter_is_refused(place: int, letter: str) -> None:
    token = token_of(SIGNER.upload(7, LATER))
    changed = token[:place] + letter + token[place + 1 :]
    if changed != token:
        with pytest.raises(ForgedError):
            SIGNER.read_upload(changed, NOW)


@given(place=some.integers(0, 500), letter=some.sampled_from("ABCDEFGHIJKLMNOPQRSTUVWXYZabcxyz0189-_=+/ \n"))
def test_any_changed_letter_of_a_file_is_refused(place: int, letter: str) -> None:
    """Also the last one, some bits of which stand for nothing."""
    token = token_of(SIGNER.download(SHA, "Báo cáo.docx", DOCX, LATER))
    place %= len(token)
    changed = token[:place] + letter + token[place + 1 :]
    if changed != token:
        with pytest.raises(ForgedError):
            SIGNER.read_download(changed, NOW)


@given(some.text(max_size=700))
def test_what_anybody_types_is_refused(token: str) -> None:
    for read in (SIGNER.read_upload, SIGNER.read_download):
        with pytest.raises(ForgedError):
            read(token, NOW)


def test_an_address_opens_one_kind_of_thing_of_one_house() -> None:
    page, file = SIGNER.upload(7, LATER), SIGNER.download(SHA, "a.docx", DOCX, LATER)
    with pytest.raises(ForgedError):
        SIGNER.read_download(token_of(page), NOW)
    with pytest.raises(ForgedError):
        SIGNER.read_upload(token_of(file), NOW)
    with pytest.raises(ForgedError):
        Signer(b"o" * 32, SIGNER.address).read_upload(token_of(page), NOW)


def test_a_long_name_leaves_room_in_a_message() -> None:
    address = SIGNER.download(SHA, "Báo cáo tự đánh giá cải cách hành chính " * 4 + ".docx", DOCX, LATER)
    assert len(address) < 260
    assert SIGNER.read_download(token_of(address), NOW).name.endswith(".docx")


def test_platforms_get_secrets_of_their_own() -> None:
    telegram, zalo = SIGNER.webhook_secret("telegram"), SIGNER.webhook_secret("zalo")
    assert telegram != zalo
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{43}", secret) for secret in (telegram, zalo))
    assert SIGNER.hook("zalo") == "https://thidua.example.vn/hook/zalo"


def test_the_key_is_made_once_and_never_guessed_at(tmp_path: Path) -> None:
    key = links_key(tmp_path)
    assert links_key(tmp_path) == key
    assert len(key) == 32
    assert (tmp_path / "links.key").stat().st_mode & 0o077 == 0
    (tmp_path / "links.key").write_bytes(key[:31])
    with pytest.raises(TroubleError, match=r"links\.key"):
        links_key(tmp_path)
