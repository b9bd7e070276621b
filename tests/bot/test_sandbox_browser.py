"""The sandbox's page in a real browser: by mouse, by keyboard, and on the width of a telephone."""

import asyncio
import re
from pathlib import Path

from tests.bot.browser import (
    PHONE,
    FilePayload,
    Locator,
    ViewportSize,
    expect,
    looking_at,
    needs_chromium,
)
from tests.bot.sandbox_page import a_picture
from tests.bot.sandbox_process import opened

DESK: ViewportSize = {"width": 1440, "height": 900}
WIDE: ViewportSize = {"width": 1500, "height": 900}
#: On a narrow screen, a group and then whoever is in it.
TABS = ("Khoa", "Lan", "Thảo", "Văn phòng, thẩm định", "Mai", "Khánh", "Hội đồng", "Đức", "Điều khiển")

pytestmark = needs_chromium


async def press(phone: Locator, label: str) -> None:
    """Press the newest button with these words."""
    await phone.locator(".keys button", has_text=label).last.click()


async def test_lan_joins_answers_and_sends_a_photo(tmp_path: Path) -> None:
    async with (
        asyncio.timeout(50),
        opened(tmp_path / "sandbox") as sandbox,
        looking_at(sandbox.address, DESK, tmp_path / "browser") as page,
    ):
        lan = page.get_by_role("article").filter(has=page.get_by_role("heading", name="Nguyễn Mẫu Lan"))
        log, composer = lan.get_by_role("log"), lan.get_by_role("textbox")
        await expect(page.locator(".hour")).to_have_text("08:05")
        await lan.get_by_role("button", name="Mở đường dẫn tham gia").click()
        await press(lan, "Đúng là tôi")
        await press(lan, "Tôi đồng ý")
        await expect(log).to_contain_text("Đã kết nối. Chào anh/chị Nguyễn Mẫu Lan.")
        await press(lan, "Bắt đầu tự đánh giá")
        await press(lan, " c) 0/4")
        await press(lan, "Hài lòng của người dân")
        await composer.fill("90,0")
        await composer.press("Enter")
        await expect(log).to_contain_text("90,0 % không đạt «trên 90 %»")
        await expect(log.locator("b").last).to_have_text(re.compile("Tiêu chí 9/32"))

        photo: FilePayload = {"name": "bang.png", "mimeType": "image/png", "buffer": a_picture()}
        await lan.locator("input[type=file]").set_input_files(photo)
        await composer.fill("<img src=x onerror=alert(1)>")
        await composer.press("Enter")
        await expect(log).to_contain_text("Đã nhận 1 tệp.")
        await expect(log).to_contain_text(re.compile(r"📎 anh-\w+\.jpg · \d+ KB · 08:\d\d 14/12 · MC-\w{6}"))
        await expect(log.locator("img")).to_have_count(1)
        await expect(log.locator(".msg.mine").last).to_contain_text("<img src=x onerror=alert(1)>")
        assert await log.locator("img").evaluate("image => image.naturalWidth") == 320

        await lan.get_by_role("button", name="Zalo (chữ và số)").click()
        await expect(lan).to_contain_text("Gửi thẳng được ảnh; PDF, Word, Excel: gõ GUITEP")
        await lan.get_by_role("button", name="Gõ mã tham gia").click()
        await expect(log).to_contain_text("1. Đúng là tôi")
        await expect(log.locator("button")).to_have_count(0)


async def test_hung_is_reminded_where_the_clock_is_sent_to_what_is_owed(tmp_path: Path) -> None:
    async with (
        asyncio.timeout(50),
        opened(tmp_path / "sandbox") as sandbox,
        looking_at(sandbox.address, WIDE, tmp_path / "browser") as page,
    ):
        hung = page.get_by_role("article").filter(has=page.get_by_role("heading", name="Trần Mẫu Hùng"))
        await expect(hung).to_be_in_viewport(ratio=1)
        await expect(page.get_by_role("article")).to_have_count(3)
        await page.get_by_role("button", name="Hội đồng", exact=True).click()
        for name in ("Cao Mẫu Phong", "Dương Mẫu Yến", "Lương Mẫu Sang"):
            await expect(page.get_by_role("heading", name=name)).to_be_in_viewport(ratio=1)
        await page.get_by_role("button", name="Khoa", exact=True).click()
        await expect(page.locator(".hour")).to_have_text("08:05")
        press_next = page.get_by_role("button", name="Tới việc kế tiếp")
        await press_next.click()
        arrived = page.locator(".arrived")
        await expect(arrived).to_contain_text("Được nhắc: Hùng: các việc trong tuần.")
        await expect(hung.get_by_role("log")).to_contain_text("Anh/chị còn 1 việc đang mở")
        clock = page.locator(".clock")
        while "báo cáo của Khoa Nội" not in await arrived.inner_text():
            await expect(press_next).to_be_enabled()
            before = await clock.inner_text()
            await press_next.click()
            await expect(clock).not_to_have_text(before)  # With it goes what had arrived; the new comes last.
            await expect(arrived).not_to_be_empty()
        await expect(page.locator(".hour")).to_have_text("07:30")
        await expect(hung.get_by_role("log")).to_contain_text("Nhắc việc: báo cáo")


async def test_a_telephone_is_wide_enough_and_keys_are_enough(tmp_path: Path) -> None:
    async with (
        asyncio.timeout(50),
        opened(tmp_path / "sandbox") as sandbox,
        looking_at(sandbox.address, PHONE, tmp_path / "browser") as page,
    ):
        for tab in TABS:
            button = page.get_by_role("button", name=tab, exact=True)
            await expect(button).to_be_in_viewport(ratio=1)
            await button.focus()
            await page.keyboard.press("Enter")
            await expect(button).to_have_attribute("aria-pressed", "true")
            assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], tab
            outside = "[...document.querySelectorAll('main *')].filter(one => one.offsetParent && "
            outside += "one.getBoundingClientRect().right > innerWidth + 1).map(one => one.className)"
            assert await page.evaluate(outside) == [], tab
        # Until then the past of the made-up office is being played.
        await expect(page.locator(".hour")).to_have_text("08:05")
        await page.get_by_role("button", name="+1 giờ").focus()
        await page.keyboard.press("Enter")
        await expect(page.locator(".hour")).to_have_text(re.compile("09:"))
        for tab in ("Khoa", "Lan"):
            await page.get_by_role("button", name=tab, exact=True).press("Enter")
        await page.get_by_role("button", name="Mở đường dẫn tham gia").press("Enter")
        yes = page.get_by_role("button", name="Đúng là tôi")
        await yes.press("Enter")
        await expect(page.get_by_role("log")).to_contain_text("Thông báo về dữ liệu cá nhân")
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
