"""Chromium, for the tests of pages: one of its own for each, headless, and saying nothing to anybody."""

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Literal

import pytest

playwright = pytest.importorskip("playwright.async_api", reason="playwright is not installed")
from playwright.async_api import (  # noqa: E402 - after the skip
    FilePayload,
    Locator,
    Page,
    ViewportSize,
    async_playwright,
    expect,
)

__all__ = [
    "PHONE",
    "FilePayload",
    "Locator",
    "Page",
    "ViewportSize",
    "expect",
    "looking_at",
    "needs_chromium",
]

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium on this machine")
#: A browser for one test: no sandbox of its own (CI runs as root), and no word to anybody.
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PHONE: ViewportSize = {"width": 390, "height": 844}


@asynccontextmanager
async def looking_at(
    address: str,
    size: ViewportSize,
    folder: Path,
    *,
    scripted: bool = True,
    colours: Literal["light", "dark"] = "light",
    deaf: bool = False,
) -> AsyncIterator[Page]:
    """The page in a browser of its own; whatever the browser complains of fails the test, unless `deaf`."""
    complaints: list[str] = []
    async with async_playwright() as driver:
        browser = await driver.chromium.launch_persistent_context(
            folder,
            executable_path=CHROMIUM,
            args=FLAGS,
            headless=True,
            viewport=size,
            locale="vi-VN",
            java_script_enabled=scripted,
            color_scheme=colours,
        )
        try:
            page = browser.pages[0]
            page.set_default_timeout(10_000)
            page.on("pageerror", lambda error: complaints.append(str(error)))
            page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
            await page.goto(address)
            yield page
        finally:
            await browser.close()
    assert deaf or not complaints, complaints
