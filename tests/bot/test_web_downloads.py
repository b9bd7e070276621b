"""Files handed over by an address, and whether the house is well."""

import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from core.evidence import FileKind
from db.transaction import connection_of
from tests.bot.web_site import Standing, standing
from tests.fakes import FrozenClock

NAME = "Báo cáo “quý 4” của Lan's.docx"


@pytest.fixture
async def site(tmp_path: Path, clock: FrozenClock) -> AsyncIterator[Standing]:
    async with standing(tmp_path, clock) as one:
        yield one


async def test_a_document_is_saved_under_its_own_name(site: Standing) -> None:
    sha = await site.store.put_served(b"PK content")
    address = site.signer.download(sha, NAME, FileKind.DOCX.mime, site.clock.now() + timedelta(hours=24))
    answer = await site.client.get(address)
    assert (answer.status_code, answer.content) == (200, b"PK content")
    assert answer.headers["content-type"] == FileKind.DOCX.mime
    assert answer.headers["content-disposition"] == (
        'attachment; filename="B_o c_o _qu_ 4_ c_a Lan\'s.docx"; '
        "filename*=UTF-8''B%C3%A1o%20c%C3%A1o%20%E2%80%9Cqu%C3%BD%204%E2%80%9D%20c%E1%BB%A7a%20Lan%27s.docx"
    )
    assert "sandbox" in answer.headers["content-security-policy"]
    assert answer.headers["cache-control"] == "no-store"


async def test_a_picture_is_shown_as_often_as_it_is_asked_for_until_its_time_is_over(site: Standing) -> None:
    sha = await site.store.put_served(b"\xff\xd8jpeg")
    address = site.signer.photo(sha, "ảnh.jpg", "image/jpeg", site.clock.now() + timedelta(hours=24))
    for _ in range(3):
        answer = await site.client.get(address)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
        assert answer.headers["content-disposition"].startswith("inline;")
        assert not answer.has_redirect_location
    assert (await site.client.head(address)).headers["content-length"] == "6"
    site.clock.move(hours=24)
    expired = await site.client.get(address)
    assert expired.status_code == 410
    assert "hết hạn" in expired.text


async def test_an_original_cannot_be_fetched_nor_what_is_gone(site: Standing) -> None:
    original = await site.store.put(b"with the place where it was taken")
    later = site.clock.now() + timedelta(hours=1)
    address = site.signer.photo(original, "a.jpg", "image/jpeg", later)
    gone = await site.client.get(address)
    assert gone.status_code == 404
    assert "không còn được lưu" in gone.text
    forged = await site.client.get(address[:-2] + "AA")
    assert "Địa chỉ không đúng" in forged.text


@pytest.mark.parametrize(("asked", "said"), [("health", "database"), ("page", "Tạm thời chưa mở được")])
async def test_a_database_that_cannot_be_asked_is_told(
    site: Standing, tmp_path: Path, asked: str, said: str
) -> None:
    async with site.house.transactions() as session:
        await connection_of(session).exec_driver_sql("PRAGMA busy_timeout=20")
    with closing(sqlite3.connect(tmp_path / "bot.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        page = site.signer.upload(1, site.clock.now() + timedelta(hours=1))
        with capture_logs() as noted:
            answer = await site.client.get("/health" if asked == "health" else page)
    assert len(noted) == 1
    assert answer.status_code == 503
    assert said in answer.text


async def test_health_tells_nothing_else(site: Standing) -> None:
    well = await site.client.get("/health")
    assert (well.status_code, well.text) == (200, "ok")
