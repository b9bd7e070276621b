"""The page for sending files in a real browser, as wide as a telephone; by keyboard; without its script."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from tests.bot.browser import (
    PHONE,
    FilePayload,
    Page,
    ViewportSize,
    expect,
    looking_at,
    needs_chromium,
)
from tests.bot.test_web_uploads import sent
from tests.bot.web_site import ADDRESS, MB, Standing, standing
from tests.fakes import FrozenClock

pytestmark = needs_chromium

NARROW: ViewportSize = {"width": 360, "height": 740}


@asynccontextmanager
async def served(folder: Path, clock: FrozenClock) -> AsyncIterator[tuple[Standing, str]]:
    """The site on a port of this machine, and the address it has there."""
    async with standing(folder, clock) as site:
        address = f"http://127.0.0.1:{site.site.bind()}"
        stopping = asyncio.Event()
        serve, *rest = site.site.loops(stopping)
        for loop in rest:
            loop.close()
        try:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(serve)
                yield site, address
                stopping.set()
        finally:
            site.site.close()


def a_file(name: str, size: int = 2000) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": b"x" * size}


async def fits(page: Page) -> None:
    """Nothing is wider than the screen."""
    assert await page.evaluate("document.documentElement.scrollWidth <= innerWidth")


async def test_several_files_one_refused_sent_and_the_page_is_used(
    tmp_path: Path, clock: FrozenClock
) -> None:
    async with asyncio.timeout(50), served(tmp_path, clock) as (site, address):
        _number, page_address = await site.page()
        here = page_address.replace(ADDRESS, address)
        async with looking_at(here, PHONE, tmp_path / "browser") as page:
            rows, told = page.locator("#list li"), page.get_by_role("status")
            send = page.get_by_role("button", name="Gửi", exact=True)
            await send.click()
            await expect(told).to_contain_text("Chưa có tệp nào.")
            chosen = [
                a_file("Báo cáo kết quả tự đánh giá quý IV của Khoa Nội tổng hợp (bản ký).pdf", MB),
                a_file("phim.mp4"),
            ]
            await page.get_by_label("Chọn ảnh hoặc tệp").set_input_files(chosen)
            await expect(rows.nth(0)).to_contain_text("Đã tải lên, chờ gửi")
            await expect(rows.nth(1)).to_contain_text("Loại tệp này chưa dùng làm minh chứng được.")
            await expect(told).to_have_text("1 tệp sẵn sàng. Bấm «Gửi» để chuyển cho bot.")
            await page.get_by_label("Chọn ảnh hoặc tệp").set_input_files([a_file("a.xlsx"), a_file("b.pdf")])
            await expect(rows).to_have_count(4)
            await fits(page)
            await page.get_by_role("button", name="Bỏ tệp này: b.pdf").press("Enter")
            await expect(rows).to_have_count(3)
            await page.reload()
            await expect(rows).to_have_count(2)
            await send.press("Enter")
            await expect(page.get_by_role("heading", level=1)).to_have_text("Đã gửi xong")
            await expect(page.get_by_role("listitem")).to_have_count(2)
            await page.goto(here)
            await expect(page.get_by_text("Trang này đã dùng xong.")).to_be_visible()
        ((first, second),) = await sent(site)
        assert (len(first[1]), second[0]) == (MB, "a.xlsx")


async def test_a_lost_line_is_tried_again(tmp_path: Path, clock: FrozenClock) -> None:
    async with asyncio.timeout(50), served(tmp_path, clock) as (site, address):
        _number, page_address = await site.page()
        async with looking_at(
            page_address.replace(ADDRESS, address), NARROW, tmp_path / "browser", colours="dark", deaf=True
        ) as page:
            await page.route("**/file?*", lambda route: route.abort())
            await page.get_by_label("Chọn ảnh hoặc tệp").set_input_files(a_file("a.pdf"))
            row = page.locator("#list li")
            await expect(row).to_contain_text("Mất kết nối khi đang tải tệp này.")
            await fits(page)
            await page.unroute("**/file?*")
            await page.get_by_role("button", name="Thử lại: a.pdf").click()
            await expect(row).to_contain_text("Đã tải lên, chờ gửi")


async def test_the_form_is_enough_without_its_script(tmp_path: Path, clock: FrozenClock) -> None:
    async with asyncio.timeout(50), served(tmp_path, clock) as (site, address):
        _number, page_address = await site.page()
        async with looking_at(
            page_address.replace(ADDRESS, address), NARROW, tmp_path / "browser", scripted=False
        ) as page:
            chooser = page.locator("input[type=file]")
            await chooser.set_input_files([a_file("a.pdf"), a_file("b.exe")])
            await page.get_by_role("button", name="Gửi", exact=True).click()
            await expect(page.get_by_role("listitem")).to_have_count(2)
            await page.get_by_role("button", name="Gửi", exact=True).click()
            await expect(page.get_by_role("heading", level=1)).to_have_text("Đã gửi xong")
        assert [[name for name, _content in files] for files in await sent(site)] == [["a.pdf"]]
