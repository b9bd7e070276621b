"""The page for sending files: what it shows, takes, refuses and says; once, and to nobody else."""

import asyncio
import json
import re
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from sqlmodel import select

from bot.web import tray
from db.models import Account
from services import uploads
from tests.bot.web_site import MB, Standing, standing
from tests.fakes import FrozenClock

PDF, DOCX = ("a.pdf", b"%PDF-1.7 a", "application/pdf"), ("kế hoạch.docx", b"PK", "application/octet-stream")


@pytest.fixture
async def site(tmp_path: Path, clock: FrozenClock) -> AsyncIterator[Standing]:
    async with standing(tmp_path, clock) as one:
        yield one


async def file(site: Standing, page: str, name: str, content: bytes = b"x") -> httpx.Response:
    """One file, as the script sends it."""
    return await site.client.post(f"{page}/file", params={"name": name}, content=content)


async def sent(site: Standing) -> list[list[tuple[str, bytes]]]:
    """What arrived by pages: names and bytes."""
    rows = [row for row in await site.inbox() if uploads.came_by_page(row.external_id)]
    told = [json.loads(row.raw or "")["files"] for row in rows]
    return [
        [(one["name"], b"".join([piece async for piece in site.shelf.open(one["ref"])])) for one in files]
        for files in told
    ]


class TestByItsScript:
    async def test_files_come_one_by_one_and_leave_together(self, site: Standing) -> None:
        _number, page = await site.page()
        assert (await site.client.post(f"{page}/offer", json={"name": "a.pdf", "size": 3})).json() == {}
        first = (await file(site, page, "../ảnh 1.jpg", b"abc")).json()
        second = (await file(site, page, "bỏ đi.pdf")).json()
        assert (first["name"], first["size"]) == ("ảnh 1.jpg", 3)
        assert (await site.client.post(f"{page}/remove", json={"part": second["part"]})).json() == {}
        again = (await site.client.get(page)).text
        assert "ảnh 1.jpg" in again
        assert "bỏ đi.pdf" not in again
        assert (await site.client.post(f"{page}/finish")).json() == {}
        assert await sent(site) == [[("ảnh 1.jpg", b"abc")]]
        done = await site.client.get(page)
        assert "Bot đã nhận 1 tệp:" in done.text
        assert "ảnh 1.jpg" in done.text
        assert "xin bot một trang mới" in done.text

    async def test_a_file_is_refused_before_it_is_sent_and_when_it_comes(self, site: Standing) -> None:
        _number, page = await site.page()
        for name, size, sentence in (
            ("phim.mp4", 5, "Loại tệp này chưa dùng làm minh chứng được."),
            ("cũ.doc", 5, "Office cũ"),
            ("a.docm", 5, "macro"),
            ("to.pdf", 2 * MB, "Tệp 2,0 MB, giới hạn 1,0 MB."),
        ):
            offered = await site.client.post(f"{page}/offer", json={"name": name, "size": size})
            came = await file(site, page, name, b"x" * size)
            assert (offered.status_code, came.status_code) == (200, 422)
            assert sentence in offered.json()["message"]
            assert sentence in came.json()["message"]
        assert (await site.client.post(f"{page}/finish")).json()["message"].startswith("Chưa có tệp nào.")

    async def test_count_size_and_emptiness_are_bounded(
        self, site: Standing, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        _number, page = await site.page(most=2)
        assert "Tệp rỗng" in (await file(site, page, "rỗng.pdf", b"")).json()["message"]
        monkeypatch.setattr(tray, "TOTAL", 10)
        await file(site, page, "a.pdf", b"123456")
        assert "Tổng dung lượng" in (await file(site, page, "b.pdf", b"123456")).json()["message"]
        await file(site, page, "c.pdf", b"1234")
        refused = await file(site, page, "d.pdf", b"1")
        assert refused.json()["message"].startswith("Trang này chỉ nhận 2 tệp.")

    async def test_more_than_was_announced_is_cut_off(self, site: Standing, tmp_path: Path) -> None:
        async def flood() -> AsyncIterator[bytes]:
            for _ in range(30):
                yield b"x" * 100_000

        _number, page = await site.page()
        answer = await site.client.post(f"{page}/file?name=a.pdf", content=flood())
        assert answer.json()["message"].startswith("Tệp vượt giới hạn 1,0 MB.")
        assert not any(path.is_file() for path in (tmp_path / "uploads").rglob("*"))

    async def test_exactly_one_of_many_finishes_wins(self, site: Standing) -> None:
        _number, page = await site.page()
        await file(site, page, "a.pdf", b"abc")
        answers = await asyncio.gather(*(site.client.post(f"{page}/finish") for _ in range(20)))
        assert sorted(answer.status_code for answer in answers) == [200, *[409] * 19]
        assert await sent(site) == [[("a.pdf", b"abc")]]
        assert (await file(site, page, "b.pdf")).json()["closed"]
        assert (await site.client.post(f"{page}/remove", json={"part": "1"})).json()["closed"]

    async def test_a_file_that_comes_after_the_others_left_is_said_not_to_have_gone(
        self, site: Standing
    ) -> None:
        number, page = await site.page()
        await file(site, page, "a.pdf", b"abc")

        async def slow() -> AsyncIterator[bytes]:
            yield b"x"
            await site.client.post(f"{page}/finish")
            yield b"y"

        late = await site.client.post(f"{page}/file?name=b.pdf", content=slow())
        assert late.json()["message"].startswith("Trang này đã gửi xong trước khi")
        assert await sent(site) == [[("a.pdf", b"abc")]]
        assert [one.name for one in site.shelf.lying(number)] == ["a.pdf"]

    async def test_no_order_breaks_it(self, site: Standing) -> None:
        _number, page = await site.page()
        for body in (b"", b"[]", b"{", b"[" * 4000, b'{"name":1,"size":"x"}', b"x" * 5000):
            for path in ("offer", "remove", "finish"):
                assert (await site.client.post(f"{page}/{path}", content=body)).status_code < 500

    async def test_a_file_of_another_page_is_not_touched(self, site: Standing) -> None:
        _first, mine = await site.page()
        second, theirs = await site.page()
        await file(site, theirs, "a.pdf")
        (lying,) = site.shelf.lying(second)
        part = lying.ref.rpartition(".")[2]
        for guess in (part, f"../{second}/{part}", lying.ref, "sent.json"):
            assert (await site.client.post(f"{mine}/remove", json={"part": guess})).status_code == 409
        assert site.shelf.lying(second) == [lying]


class TestWithoutScript:
    async def test_the_form_brings_everything_at_once(self, site: Standing) -> None:
        _number, page = await site.page()
        form = [("files", PDF), ("files", DOCX)]
        answer = await site.client.post(page, data={"finish": "1"}, files=form)
        assert (answer.status_code, answer.headers["location"]) == (303, page.rpartition("/")[2])
        assert await sent(site) == [[("a.pdf", PDF[1]), ("kế hoạch.docx", DOCX[1])]]

    async def test_one_refused_leaves_the_others_to_be_looked_at(self, site: Standing) -> None:
        _number, page = await site.page()
        form = [("files", PDF), ("files", ("<b>.exe", b"MZ", "x/y"))]
        shown = await site.client.post(page, data={"finish": "1"}, files=form)
        assert "&lt;b&gt;.exe" in shown.text
        assert "Loại tệp này chưa dùng làm minh chứng được." in shown.text
        assert "1 tệp sẵn sàng." in shown.text
        assert await sent(site) == []
        (part,) = re.findall(r'name="remove" value="(\d+)"', shown.text)
        assert (await site.client.post(page, data={"remove": part})).status_code == 303
        empty = await site.client.post(page, data={"finish": "1"}, files=[("files", ("", b"", ""))])
        assert "Chưa có tệp nào." in empty.text
        await site.client.post(page, data={"finish": "1"}, files=[("files", PDF)])
        assert await sent(site) == [[("a.pdf", PDF[1])]]

    async def test_a_form_too_big_or_broken_is_refused(self, site: Standing) -> None:
        _number, page = await site.page(most=1)
        kind = {"content-type": "multipart/form-data; boundary=x"}

        async def endless() -> AsyncIterator[bytes]:
            yield b'--x\r\ncontent-disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n'
            for _ in range(40):
                yield b"x" * 100_000

        for content in (b"x" * 2 * MB, endless()):
            answer = await site.client.post(page, content=content, headers=kind)
            assert answer.status_code == 413
        several = await site.client.post(page, files=[("files", PDF)] * 3, data={"finish": "1"})
        assert several.text.count("Trang này chỉ nhận 1 tệp.") == 2
        assert (await site.client.post(page, files=[("files", PDF)] * 30)).status_code == 400
        for broken in (b"--x\r\nno", b"", b"--x--", b"--x\r\ncontent-disposition: x\r\n\r\n"):
            assert (await site.client.post(page, content=broken, headers=kind)).status_code < 500
        assert await sent(site) == []


class TestWhoMaySee:
    async def test_the_page_says_whose_it_is_and_for_what_and_nothing_more(self, site: Standing) -> None:
        _number, page = await site.page(what="Tiêu chí <9>")
        shown = (await site.client.get(page)).text
        assert "Gửi cho: Tiêu chí &lt;9&gt;" in shown
        assert "anh/chị Lan" in shown
        assert "Trần" not in shown
        assert "tối đa 3 tệp, mỗi tệp không quá 1,0 MB" in shown

    async def test_it_is_closed_to_search_frames_and_caches(self, site: Standing) -> None:
        _number, page = await site.page()
        headers = (await site.client.get(page)).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "no-referrer"
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["x-robots-tag"] == "noindex, nofollow"
        policy = headers["content-security-policy"]
        assert policy.startswith("default-src 'none';")
        assert "frame-ancestors 'none'" in policy
        assert "unsafe" not in policy

    async def test_forged_expired_used_void_and_forgotten_pages_say_so(self, site: Standing) -> None:
        number, page = await site.page()
        forged = await site.client.get(page[:-1] + ("A" if page[-1] != "A" else "B"))
        assert forged.status_code == 404
        assert "Địa chỉ không đúng" in forged.text
        later = site.clock.now() + timedelta(hours=1)
        assert (await site.client.get(site.signer.upload(number + 5, later))).status_code == 410
        site.clock.move(hours=24)
        expired = await site.client.get(page)
        assert expired.status_code == 410
        assert "Trang này đã hết hạn" in expired.text
        assert "Lan" not in expired.text
        assert (await file(site, page, "a.pdf")).json()["closed"]

    async def test_a_page_dies_with_the_connection_of_its_chat(self, site: Standing) -> None:
        _number, page = await site.page()
        await file(site, page, "a.pdf")
        async with site.house.transactions() as session:
            (account,) = (await session.exec(select(Account))).all()
            account.state = "frozen"
        void = await site.client.get(page)
        assert void.status_code == 410
        assert "không còn kết nối với người gửi" in void.text
        assert (await site.client.post(f"{page}/finish")).json()["closed"]
        assert await sent(site) == []

    async def test_nothing_else_is_there(self, site: Standing) -> None:
        for path in (
            "/",
            "/u",
            "/u/",
            "/f/",
            "/uploads",
            "/page.html",
            "/.env",
            "/u/%00",
            "/f/%ff",
            "/u/a/b",
        ):
            assert (await site.client.get(path)).status_code == 404, path

    async def test_who_asks_too_often_has_to_wait(self, site: Standing) -> None:
        _number, page = await site.page()
        asked = [(await site.client.get(page)).status_code for _ in range(100)]
        assert (asked[0], asked[-1]) == (200, 429)
        assert (await file(site, page, "a.pdf")).json()["again"]
        _other, fresh = await site.page()
        assert (await site.client.get(fresh)).status_code == 200

    async def test_who_guesses_is_told_to_wait_and_their_neighbours_are_not(self, site: Standing) -> None:
        guesses = [(await site.client.get(f"/u/{guess:048}")).status_code for guess in range(200)]
        assert set(guesses) == {404, 429}
        assert guesses.count(404) < 100
        _number, page = await site.page()
        assert (await site.client.get(page)).status_code == 200
        transport = httpx.ASGITransport(site.site.app, client=("198.51.100.9", 1))
        async with httpx.AsyncClient(transport=transport) as other:
            assert (await other.get(f"{page}A")).status_code == 404
