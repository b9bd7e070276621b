"""The archive of a round: everything is in it, nothing private, the same bytes every time, for the office."""

import json
import re
import zipfile
from hashlib import sha256
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path

import pytest

from core.refusals import Code
from db.models import JournalRow, Round, RoundArchive, RoundArchivePart
from services import round_archives
from tests.chat import Town
from tests.services.considering import notices, round_id
from tests.services.round_over import BORN, HOME, HOSTILE, NUMBER, PHONE, Ended, ended
from tests.services.sitting import chamber
from tests.services.test_assessment import refusal_of


@pytest.fixture
async def done(numbers_town: Town) -> Ended:
    return await ended(numbers_town)


def content_of(town: Town, sha: str) -> bytes:
    """What lies on the shelf of what people may see."""
    return (town.folder / "files" / "served" / sha[:2] / sha[2:4] / sha).read_bytes()


async def packed(done: Ended) -> dict[str, bytes]:
    """The office has it made; every file of it."""
    town = done.here.town
    async with town.office() as session:
        office = await town.actor(session, done.here.office)
        await round_archives.ask(session, office, done.round_id, town.clock.now())
    await town.settle()
    (part,) = await town.rows(RoundArchivePart)
    with zipfile.ZipFile(BytesIO(content_of(town, part.sha256))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


class Page(HTMLParser):
    """What a browser makes of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name in {"href", "src"}]

    def handle_data(self, data: str) -> None:
        self.words += data


async def test_everything_of_the_round_is_in_it_and_nothing_private(done: Ended) -> None:
    files = await packed(done)
    tells_everything(done, files)
    tells_nothing_private(done, files)
    says_names_as_words_alone(files)


def tells_everything(done: Ended, files: dict[str, bytes]) -> None:
    """What is read on the pages, what a machine reads, and every file."""
    index = Page(files["index.html"].decode())
    assert next(iter(files)) == "index.html"
    for told in (
        "Trần Thị Lan",
        NUMBER,
        "Ủy Viên An",
        "Thống nhất theo kết quả bỏ phiếu.",
        "Thông báo kết quả",
    ):
        assert told in index.words
    (unit,) = [name for name in files if name.startswith("don-vi/") and b"HS-222222" in files[name]]
    page = Page(files[unit].decode())
    for told in ("Cần bảng lương tháng 5.", "Biên bản gửi sau.", "Rút ngắn thời gian chờ khám", "TDG-"):
        assert told in page.words
    for path, links in (("index.html", index.links), (unit, page.links)):
        folder = Path(path).parent
        for link in links:
            assert ((folder / link).as_posix().replace("don-vi/../", "")) in files
    for sent in (done.photo, done.scan, done.request):
        assert sent in files.values()
    facts = json.loads(files["du-lieu.json"])
    assert facts["format"] == 1
    (lan, minh) = facts["nominees"]
    assert (lan["state"], minh["state"]) == ("commended", "not_chosen")
    assert [award["number"] for award in facts["awards"]] == [NUMBER]
    signed = facts["assessments"][0]["signed"][0]
    assert sha256(files[signed["path"]]).hexdigest() == signed["digest"]
    version = facts["dossiers"][0]["versions"][0]
    assert sha256(files[version["path"]]).hexdigest() == version["digest"]
    (item, _minh) = facts["sittings"][0]["items"]
    assert item["sums"] == {"entitled": 4, "votes_for": 4, "against": 0, "blank": 0}
    assert files[facts["plans"][0]["path"]].decode().startswith("code")
    for line in files["SHA256SUMS-1"].decode().splitlines():
        digest, _, path = line.partition("  ")
        assert sha256(files[path]).hexdigest() == digest


def tells_nothing_private(done: Ended, files: dict[str, bytes]) -> None:
    """No particulars, and no ballot."""
    everything = b"\n".join(files.values())
    for private in (BORN, HOME, PHONE, "slip", "poll_mark"):
        assert private.encode() not in everything
    assert done.report not in files.values()
    assert sha256(done.report).hexdigest().encode() in everything


def says_names_as_words_alone(files: dict[str, bytes]) -> None:
    """Whatever somebody is called does nothing in a page, nor does a page ask for anything."""
    pages = {name: Page(content.decode()) for name, content in files.items() if name.endswith(".html")}
    assert len(pages) > 1
    for name, page in pages.items():
        assert not page.tags & {"script", "img", "iframe", "object", "embed", "form", "link", "base"}
        assert not [link for link in page.links if ":" in link or link.startswith("/")]
        assert "\u202e" not in page.words
        assert b"http" not in files[name].replace(b"http-equiv", b"")
    assert any(HOSTILE.replace("\u202e", "\ufffd") in page.words for page in pages.values())
    assert all(re.fullmatch(r"[A-Za-z0-9./-]+", name) and ".." not in name for name in files)


async def test_made_again_in_other_portions_it_is_the_same(
    done: Ended, monkeypatch: pytest.MonkeyPatch
) -> None:
    town = done.here.town
    first = await packed(done)
    await town.time_passes(days=400)
    monkeypatch.setattr(round_archives, "PORTION", 1)
    async with town.office() as session:
        office = await town.actor(session, done.here.office)
        await round_archives.ask(session, office, done.round_id, town.clock.now())
        await round_archives.ask(session, office, done.round_id, town.clock.now())
    await town.settle()
    one, two = await town.rows(RoundArchivePart)
    assert one.sha256 == two.sha256
    assert [row.state for row in await town.rows(RoundArchive)] == ["made", "made"]
    assert first["index.html"]
    made = [row for row in await town.rows(JournalRow) if row.verb == "made_archive"]
    assert len(made) == 2
    assert one.sha256 in made[0].facts
    async with town.office() as session:
        told = [one for one in await notices(session, done.here.office) if "Bản lưu trữ đã sẵn sàng" in one]
        assert len(told) == 2


async def test_a_file_that_is_lost_leaves_no_archive(done: Ended) -> None:
    town = done.here.town
    lost = sha256(done.photo).hexdigest()
    (town.folder / "files" / "served" / lost[:2] / lost[2:4] / lost).unlink()
    async with town.office() as session:
        office = await town.actor(session, done.here.office)
        await round_archives.ask(session, office, done.round_id, town.clock.now())
    await town.settle()
    assert await town.rows(RoundArchivePart) == []
    (row,) = await town.rows(RoundArchive)
    async with town.office() as session:
        await round_archives.lost(session, row.id or 0, town.clock.now())
        await round_archives.lost(session, row.id or 0, town.clock.now())
        await round_archives.made(session, row.id or 0, [("0" * 64, 1)], town.clock.now())
    async with town.office() as session:
        told = [one for one in await notices(session, done.here.office) if "Chưa đóng được" in one]
        assert len(told) == 1
        found = await round_archives.one(session, office, done.round_id, town.clock.now())
        assert (found.making, found.parts) == (False, ())


async def test_a_round_that_goes_on_is_refused(numbers_town: Town) -> None:
    here = await chamber(numbers_town)
    now = numbers_town.clock.now()
    async with numbers_town.office() as session:
        office, number = await numbers_town.actor(session, here.office), await round_id(session)
        assert await round_archives.listed(session, office, now) == []
        asked = round_archives.ask(session, office, number, now)
        assert await refusal_of(asked) is Code.ROUND_NOT_OVER
        of = await session.get(Round, number)
        assert of is not None
        of.closes_at = now
        await session.flush()
        asked = round_archives.ask(session, office, number, now)
        assert await refusal_of(asked) is Code.ROUND_NOT_OVER


async def test_only_the_office_has_one_made(done: Ended) -> None:
    town, now = done.here.town, done.here.town.clock.now()
    async with town.office() as session:
        office = await town.actor(session, done.here.office)
        for chat in (done.here.nominees[0], done.here.head, done.here.chair, done.here.director):
            actor = await town.actor(session, chat)
            for refused in (
                round_archives.listed(session, actor, now),
                round_archives.one(session, actor, done.round_id, now),
                round_archives.ask(session, actor, done.round_id, now),
                round_archives.content(session, actor, done.round_id, now),
                round_archives.find(session, actor, "009", now),
            ):
                assert await refusal_of(refused) is Code.NOT_FOUND
        assert (
            await refusal_of(round_archives.ask(session, office, done.round_id + 70, now)) is Code.NOT_FOUND
        )
        assert await round_archives.find(session, office, "009/1999", now) is None
    assert await town.rows(RoundArchive) == []
