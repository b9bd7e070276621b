"""The sandbox's server: whom it answers, what its page may do, and which folder it takes."""

import ast
import re
from importlib import resources
from pathlib import Path

import httpx
import pytest

from bot.sandbox import guard
from bot.sandbox.board import Board
from bot.sandbox.ground import Ground
from bot.trouble import TroubleError
from core.announcements import Act
from core.appraisal import Mark
from core.dossiers import DossierAct
from core.texts import sandbox as texts
from core.texts import sandbox_journal
from tests.bot.sandbox_page import ADDRESS, KEY, a_client, a_game

SERVICES = Path(__file__).parents[2] / "services"
VERB = 2

PATHS = ["/", "/page.js", "/page.css", "/api/events", "/api/transcript/telegram/lan"]
ACTS = ["say", "tap", "join", "block", "time", "fault", "reset"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8800", "127.0.0.1", "127.0.0.1:80", "0.0.0.0:8800"]
)
async def test_a_name_that_is_not_ours_is_turned_away(tmp_path: Path, path: str, host: str) -> None:
    async with a_client(a_game(tmp_path), host=host) as client:
        assert (await client.get(path)).status_code == 403


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(
    "origin", ["http://evil.example", "https://127.0.0.1:8800", "http://127.0.0.1:9", "null"]
)
async def test_a_page_from_elsewhere_is_turned_away(tmp_path: Path, path: str, origin: str) -> None:
    async with a_client(a_game(tmp_path), origin=origin) as client:
        assert (await client.get(path)).status_code == 403


@pytest.mark.parametrize("act", ACTS)
async def test_a_post_from_elsewhere_is_turned_away(tmp_path: Path, act: str) -> None:
    async with a_client(a_game(tmp_path), origin="http://evil.example") as client:
        assert (await client.post(f"/api/{act}", json={})).status_code == 403
    async with a_client(a_game(tmp_path), **{"sec-fetch-site": "cross-site"}) as client:
        assert (await client.post(f"/api/{act}", json={})).status_code == 403


@pytest.mark.parametrize("key", ["", "another", KEY[:-1], f"{KEY} ", "0"])
async def test_nothing_is_told_without_the_key(tmp_path: Path, key: str) -> None:
    async with a_client(a_game(tmp_path), **{guard.KEY_HEADER: key}) as client:
        for act in ACTS:
            assert (await client.post(f"/api/{act}", json={})).status_code == 403
        assert (await client.get("/api/transcript/telegram/lan")).status_code == 403
        assert (await client.get("/api/file/telegram/x")).status_code == 403
        answer = await client.get("/api/events", params={"key": f"{key}ế"})
        assert (answer.status_code, answer.text) == (403, texts.NO_KEY)


async def test_the_key_in_the_address_opens_only_the_events(tmp_path: Path) -> None:
    headers = {"origin": ADDRESS}
    async with a_client(a_game(tmp_path)) as client:
        del client.headers[guard.KEY_HEADER]
        params = {"key": KEY}
        assert (await client.post("/api/reset", params=params, headers=headers)).status_code == 403
        assert (await client.get("/api/transcript/telegram/lan", params=params)).status_code == 403


async def test_both_names_of_this_machine_are_ours(tmp_path: Path) -> None:
    for name in ("127.0.0.1", "localhost"):
        here = {"host": f"{name}:8800", "origin": f"http://{name}:8800"}
        async with a_client(a_game(tmp_path), **here) as client:
            assert (await client.get("/")).status_code == 200


async def test_too_much_is_not_taken_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(guard, "BODY_LIMIT", 1000)

    async def pieces() -> "object":
        for _ in range(3):
            yield b"x" * 400

    async with a_client(a_game(tmp_path)) as client:
        for content in (b"x" * 1001, pieces()):
            answer = await client.post("/api/tap", content=content)  # type: ignore[arg-type]  # bytes, or pieces of it
            assert (answer.status_code, answer.text) == (413, texts.TOO_BIG)
        answer = await client.post("/api/tap", content=b"{}", headers={"content-length": "many"})
        assert answer.status_code == 413


async def test_every_answer_keeps_the_page_to_itself(tmp_path: Path) -> None:
    async with a_client(a_game(tmp_path)) as client:
        answers = [await client.get(path) for path in ("/", "/page.js", "/page.css", "/nothing")]
        answers.append(await client.post("/api/tap", content=b"not json"))
    async with a_client(a_game(tmp_path), host="evil.example") as client:
        answers.append(await client.get("/"))
    for answer in answers:
        policy = answer.headers["content-security-policy"]
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self';")
        assert "unsafe" not in policy
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"] == "no-store"
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("act", "told"),
    [
        ("tap", b"not json"),
        ("tap", b"[]"),
        ("tap", b'{"key": 1}'),
        ("tap", b'{"key": "lan", "message": "1", "data": "x"}'),
        ("join", b'{"key": "lan"}'),
        ("say", b"not a form"),
    ],
)
async def test_what_cannot_be_read_gets_a_sentence(tmp_path: Path, act: str, told: bytes) -> None:
    async with a_client(a_game(tmp_path)) as client:
        answer = await client.post(f"/api/{act}", content=told)
    assert answer.status_code == 409
    assert answer.json()["message"] in {texts.BAD_REQUEST, texts.NOTHING_TO_SAY, texts.RESETTING}


async def test_between_two_worlds_the_page_is_asked_to_wait(tmp_path: Path) -> None:
    async with a_client(a_game(tmp_path)) as client:
        answer = await client.post("/api/fault", json={"kind": "outage"})
    assert (answer.status_code, answer.json()) == (409, {"message": texts.RESETTING})


# ------------------------------------------------------------------------------------------------ the page


async def the_page(folder: Path) -> httpx.Response:
    async with a_client(a_game(folder)) as client:
        return await client.get("/")


async def test_the_page_is_whole(tmp_path: Path) -> None:
    page = (await the_page(tmp_path)).text
    assert "{{" not in page
    assert texts.PAGE["banner"] in page
    assert KEY in page


async def test_the_page_brings_nothing_from_elsewhere(tmp_path: Path) -> None:
    page = (await the_page(tmp_path)).text
    assert not re.search(r"<script(?![^>]*(src=|application/json))", page)
    assert not re.search(r"\son\w+=|\sstyle=", page)
    for name in ("page.html", "page.js", "page.css"):
        text = (resources.files("bot.sandbox") / name).read_text(encoding="utf-8")
        assert "//" not in re.sub(r"(^|\s)// .*", "", text), "an address"
        assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|eval\(|@import", text)


def test_every_word_the_script_uses_is_there_and_every_word_is_used() -> None:
    script, template = (
        (resources.files("bot.sandbox") / name).read_text(encoding="utf-8")
        for name in ("page.js", "page.html")
    )
    used = set(re.findall(r"\bW\.(\w+)", script)) | set(re.findall(r"\{\{(\w+)\}\}", template)) - {"data"}
    used |= {f"{fault}_on" for fault in re.findall(r'data-fault="(\w+)"', template)}
    assert used == set(texts.PAGE)


def verbs_noted(path: Path) -> set[str]:
    """What a module writes into the journal: the third thing it gives to `note`, where it says it plainly."""
    calls = [
        one for one in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(one, ast.Call)
    ]
    noted = [
        one for one in calls if ast.unparse(one.func) in {"journal.note", "_note"} and len(one.args) > VERB
    ]
    given = [part for one in noted for part in ast.walk(one.args[VERB])]
    return {one.value for one in given if isinstance(one, ast.Constant) and isinstance(one.value, str)}


def test_whatever_is_done_has_its_words_in_the_journal() -> None:
    verbs = {verb for path in SERVICES.glob("*.py") for verb in verbs_noted(path)}
    # Pieces of words that are put together.
    verbs = {verb for verb in verbs if not verb.startswith("_") and not verb.endswith("_")}
    verbs |= {f"{act.value}_announcement" for act in (Act.PAUSE, Act.RESUME, Act.STOP)}
    verbs |= {f"dossier_{act.value}" for act in DossierAct}
    verbs |= {f"marked_{mark.value}" for mark in Mark}
    assert {"approved_announcement", "called_council"} <= verbs
    assert verbs - set(sandbox_journal.VERBS) == set()


# ------------------------------------------------------------------------------------- the board, the folder


async def test_a_page_that_was_away_is_told_what_it_missed() -> None:
    board = Board()
    board.put("clock", "08:05")
    board.put("people", [])
    (_one, _two) = board.after(0)
    seen = board.after(0)[-1][0]
    board.put("people", [])
    assert board.after(seen) == []
    board.put("clock", "08:06")
    assert [(topic, told) for _at, topic, told in board.after(seen)] == [("clock", '"08:06"')]
    assert len(board.after(10_000)) == 2, "a number of another process"


def test_another_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "bot.db").write_text("real")
    with pytest.raises(TroubleError, match="không phải của bản dùng thử"):
        Ground(tmp_path).take()
    assert [one.name for one in tmp_path.iterdir()] == ["bot.db"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("real")
    with pytest.raises(TroubleError, match="không phải của bản dùng thử"):
        Ground(tmp_path / "data").take()


def test_one_folder_is_played_in_once_at_a_time(tmp_path: Path) -> None:
    first, second = Ground(tmp_path / "sandbox"), Ground(tmp_path / "sandbox")
    first.take()
    with pytest.raises(TroubleError, match="đang mở ở cửa sổ khác"):
        second.take()
    first.let_go()
    second.take()
    second.let_go()


def test_a_start_makes_everything_anew(tmp_path: Path) -> None:
    ground = Ground(tmp_path / "sandbox")
    ground.take()
    (ground.fresh() / "bot.db").write_text("old")
    assert list(ground.fresh().iterdir()) == []
    ground.let_go()
