"""`campaign archive`: a round that is over is put away, one that goes on refused; archives are checked."""

import asyncio
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from bot.__main__ import main
from bot.trouble import Outcome
from core.texts import commands
from core.texts import round_archive as texts
from db.engine import make_engine
from db.models import JournalRow
from db.transaction import Transactions
from tests.bot.restored import logging_restored
from tests.services.short_plan import SHORT

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Types `campaign archive` where a short plan is in force."""
    for name in [name for name in os.environ if name.upper().startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    Path("plan.toml").write_text(SHORT, encoding="utf-8")

    def type_in(*words: str) -> tuple[int, str]:
        code = main(["campaign", "archive", *words])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, said.out + said.err

    with logging_restored():
        main(["migrate"])
        main(["campaign", "load", "plan.toml"])
        capsys.readouterr()
        yield type_in


def journal() -> list[JournalRow]:
    """What was noted."""

    async def read() -> list[JournalRow]:
        engine = make_engine("sqlite+aiosqlite:///data/bot.db")
        async with Transactions.over(engine)() as session:
            rows = list((await session.exec(select(JournalRow))).all())
        await engine.dispose()
        return rows

    return asyncio.run(read())


def test_a_round_is_put_away_and_checked_where_nothing_else_is(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, said = run("009/ca-ky", "goi.zip")
    assert (code, said.strip()) == (Outcome.PROBLEMS, texts.NOT_OVER)
    code, said = run("009/1999", "goi.zip")
    assert code == Outcome.PROBLEMS
    assert "009/2025" in said
    assert run("009/2025")[0] == Outcome.USAGE
    assert run("009/2025", "goi.txt")[0] == Outcome.USAGE
    assert not list(Path().glob("goi*"))
    assert run("009/2025", "khong-co/goi.zip") == (
        Outcome.PROBLEMS,
        f"{commands.cannot_save(str(Path('khong-co/goi.zip')))}\n",
    )
    code, said = run("009/2025", "goi.zip")
    assert code == Outcome.OK
    (noted,) = [row for row in journal() if row.verb == "made_archive"]
    assert noted.actor == "console"
    sha256 = noted.facts.split('"')[3]
    assert sha256 in said
    assert run("009/2025", "goi.zip") == (Outcome.PROBLEMS, f"{texts.there_already('goi.zip')}\n")
    assert sorted(path.name for path in Path().glob("goi*")) == ["goi.zip"]
    elsewhere = Path("years/later")
    elsewhere.mkdir(parents=True)
    Path("goi.zip").replace(elsewhere / "goi.zip")
    monkeypatch.chdir(elsewhere)
    code, said = run("--verify", "goi.zip")
    assert code == Outcome.OK
    assert sha256 in said
    content = Path("goi.zip").read_bytes()
    Path("goi.zip").write_bytes(content.replace(b"<h1>", b"<h2>", 1))
    code, said = run("--verify", "goi.zip", "khong-co.zip")
    assert code == Outcome.PROBLEMS
    assert "index.html: nội dung không còn như khi đóng gói." in said
    assert "khong-co.zip: không mở được tệp này." in said
    assert [path.name for path in Path().iterdir()] == ["goi.zip"]
