"""`campaign`: files are checked with what is odd about them; drafts wait; dates rest on documents."""

import asyncio
import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlmodel import select

from bot.__main__ import main
from bot.clock import SystemClock
from bot.trouble import Outcome
from core.roles import Role
from core.texts import campaign_changes, campaign_commands, campaign_dates
from core.texts import commands as texts
from db.engine import make_engine
from db.models import Account, OutboxRow
from db.transaction import Transactions
from services import outbox
from services.papers.campaign_fields import VIETNAM
from tests import builders
from tests.bot.restored import logging_restored
from tests.services.short_plan import SHORT

FROM_ISSUE = SHORT.replace("issued_on = 2025-03-21\n", "").replace(
    "starts_on = 2025-03-21\n", "from_issue = true\n"
)
LETTER = "Công văn số 12/SYT-VP ngày 03/11/2025"
REGISTRY = Path(__file__).parents[2] / "campaigns" / "laws.toml"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Types a `campaign` command in a folder with an empty installation and a short plan."""
    for name in [name for name in os.environ if name.upper().startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    Path("plan.toml").write_text(SHORT, encoding="utf-8")
    Path("tu-ngay-ban-hanh.toml").write_text(FROM_ISSUE, encoding="utf-8")

    def type_in(*words: str) -> tuple[int, str]:
        code = main(["campaign", *words])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, said.out + said.err

    with logging_restored():
        main(["migrate"])
        capsys.readouterr()
        yield type_in


def test_what_is_odd_about_a_plan_is_told_and_fails_nothing(run: Run) -> None:
    code, said = run("check", "tu-ngay-ban-hanh.toml")
    *notes, counted, good = said.splitlines()
    assert code == Outcome.OK
    assert good == texts.campaigns_good(1)
    assert counted == campaign_commands.findings(len(notes))
    assert all(note.startswith("tu-ngay-ban-hanh.toml: lưu ý: ") for note in notes)
    assert any("chưa ghi ngày ban hành" in note for note in notes)


def test_the_registry_beside_the_plans_is_no_plan(run: Run) -> None:
    Path("campaigns").mkdir()
    Path("campaigns/laws.toml").write_bytes(REGISTRY.read_bytes())
    assert run("check") == (Outcome.USAGE, f"{texts.NO_CAMPAIGNS}\n")
    Path("campaigns/ngan.toml").write_text(SHORT, encoding="utf-8")
    assert run("check")[0] == Outcome.OK
    code, said = run("check", "campaigns/ngan.toml", "campaigns/laws.toml")
    assert code == Outcome.OK
    assert campaign_commands.registry("campaigns/laws.toml") in said
    assert run("check", "campaigns/laws.toml")[0] == Outcome.USAGE


def test_faults_and_findings_of_several_files(run: Run) -> None:
    Path("hong.toml").write_text("code = 5\n", encoding="utf-8")
    code, said = run("check", "hong.toml", "tu-ngay-ban-hanh.toml")
    assert code == Outcome.PROBLEMS
    assert "hong.toml, dòng 1" in said
    assert "tu-ngay-ban-hanh.toml: lưu ý: " in said


def test_a_plan_is_put_in_force_once(run: Run) -> None:
    label = "Thi đua CCHC 2025"
    code, said = run("load", "plan.toml")
    assert (code, said.splitlines()[-1]) == (Outcome.OK, texts.campaign_loaded("009", label))
    assert run("load", "plan.toml") == (Outcome.OK, f"{texts.campaign_same('009')}\n")


def test_what_is_odd_is_told_of_a_plan_that_is_put_in_force(run: Run) -> None:
    Path("plan.toml").write_text(SHORT.replace("issued_on = 2025-03-21\n", ""), encoding="utf-8")
    code, said = run("load", "plan.toml")
    *notes, counted, loaded = said.splitlines()
    assert code == Outcome.OK
    assert loaded == texts.campaign_loaded("009", "Thi đua CCHC 2025")
    assert counted == campaign_commands.findings(len(notes))
    assert "plan.toml: lưu ý: Văn bản chưa ghi ngày ban hành." in said
    assert run("load", "plan.toml")[1] == f"{texts.campaign_same('009')}\n"


def test_a_plan_without_its_issue_date_waits_as_a_draft_until_it_is_entered(run: Run) -> None:
    code, said = run("load", "tu-ngay-ban-hanh.toml")
    assert code == Outcome.PROBLEMS
    assert "Đã lưu bản nháp kế hoạch 009 (Thi đua CCHC 2025).\nChưa công bố được" in said
    code, said = run("dates", "009")
    assert code == Outcome.OK
    assert f"{campaign_commands.ENTERED}\n{campaign_dates.NONE_ENTERED}" in said
    assert "issued_on: Ngày ban hành" in said.splitlines()

    code, said = run("enter-date", "009", "issued_on", "21/03/2025", "--document", LETTER)
    assert code == Outcome.OK
    assert said.startswith(f"Đã ghi. Ngày ban hành: đơn vị đã nhập thứ Sáu 21/03/2025, theo {LETTER}.")
    assert run("load", "tu-ngay-ban-hanh.toml")[0] == Outcome.OK
    assert "issued_on" not in run("dates", "009")[1]


def test_a_changed_date_stays_on_record(run: Run) -> None:
    run("load", "plan.toml")
    for day in ("20/12/2025", "22/12/2025"):
        assert run("enter-date", "009", "deadline:009-D1", day, "--document", LETTER)[0] == Outcome.OK
    _, said = run("dates", "009")
    assert "kế hoạch ghi thứ Hai 15/12/2025, đã thay bằng thứ Hai 22/12/2025" in said
    assert "đã thay bằng thứ Bảy 20/12/2025" in said
    assert said.count("Đã được thay ngày") == 1


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("issued_on", "hôm qua", "--document", LETTER), "Không đọc được «hôm qua»"),
        (("issued_on", "21/03/2025", "--document", " "), "thiếu văn bản làm căn cứ"),
    ],
)
def test_a_date_that_cannot_stand_is_refused(run: Run, words: tuple[str, ...], told: str) -> None:
    run("load", "plan.toml")
    code, said = run("enter-date", "009", *words)
    assert code == Outcome.PROBLEMS
    assert told in said


def test_a_wrong_name_of_a_date_is_answered_with_the_right_ones(run: Run) -> None:
    run("load", "plan.toml")
    code, said = run("enter-date", "009", "issue_on", "21/03/2025", "--document", LETTER)
    assert code == Outcome.USAGE
    assert "không có ngày nào tên «issue_on»" in said
    assert "  issued_on\n" in said
    assert "  deadline:009-D1\n" in said
    assert "campaign dates 009" in said


def test_an_entered_date_is_taken_back(run: Run) -> None:
    run("load", "plan.toml")
    run("enter-date", "009", "deadline:009-D1", "20/12/2025", "--document", LETTER)
    code, said = run("withdraw-date", "009", "deadline:009-D1")
    assert (code, said.endswith("Ngày đã rút vẫn được lưu.\n")) == (Outcome.OK, True)
    assert "Đã được rút ngày" in run("dates", "009")[1]
    code, said = run("withdraw-date", "009", "deadline:009-D1")
    assert code == Outcome.USAGE
    assert "không có ngày đã nhập nào tên «deadline:009-D1»" in said


def test_a_date_needs_its_document(run: Run) -> None:
    assert run("enter-date", "009", "issued_on", "21/03/2025")[0] == Outcome.USAGE


def test_two_plans_are_compared(run: Run) -> None:
    Path("moi.toml").write_text(SHORT.replace("2025-12-15", "2025-12-20"), encoding="utf-8")
    code, said = run("compare", "plan.toml", "moi.toml")
    assert code == Outcome.OK
    assert said.startswith("1. Đổi thời hạn [009-D1]: ")
    assert run("compare", "plan.toml", "plan.toml") == (Outcome.OK, f"{campaign_changes.SAME}\n")
    assert run("compare", "plan.toml", "khong-co.toml")[0] == Outcome.PROBLEMS


def test_the_plan_of_another_year_starts_from_the_last(run: Run) -> None:
    run("load", "plan.toml")
    assert run("copy", "009", "2026", "nam-sau.toml") == (Outcome.OK, "Đã ghi nam-sau.toml.\n")
    assert run("check", "nam-sau.toml")[0] == Outcome.OK
    before = Path("nam-sau.toml").read_bytes()
    assert run("copy", "009", "2027", "nam-sau.toml")[0] == Outcome.USAGE
    assert Path("nam-sau.toml").read_bytes() == before
    assert run("copy", "009", "2025", "khac.toml")[0] == Outcome.PROBLEMS
    assert run("copy", "404", "2026", "khac.toml")[0] == Outcome.PROBLEMS
    assert not Path("khac.toml").exists()


NOVEMBER = datetime(2025, 11, 3, 2, 0, tzinfo=UTC)


async def a_head_with_a_telephone() -> None:
    """A unit with a head who joined on Telegram; the house live."""
    engine = make_engine(f"sqlite+aiosqlite:///{Path.cwd() / 'data' / 'bot.db'}")
    try:
        async with Transactions.over(engine, journal_key=b"", zone=VIETNAM)() as session:
            unit = await builders.a_unit(session)
            person = await builders.a_person(session, unit, NOVEMBER, roles=(Role.HEAD,))
            session.add(Account(person_id=person, channel="telegram", bot="1", chat="7", linked_at=NOVEMBER))
            await outbox.set_live(session)
    finally:
        await engine.dispose()


async def queued() -> list[OutboxRow]:
    engine = make_engine(f"sqlite+aiosqlite:///{Path.cwd() / 'data' / 'bot.db'}", read_only=True)
    try:
        async with Transactions.over(engine)() as session:
            return list((await session.exec(select(OutboxRow))).all())
    finally:
        await engine.dispose()


def test_units_that_owe_it_are_told_of_a_date_changed_at_the_machine(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SystemClock, "now", lambda _self: NOVEMBER)
    monkeypatch.setenv("BOT__TELEGRAM__TOKEN", f"1:{'A' * 35}")
    run("load", "plan.toml")
    asyncio.run(a_head_with_a_telephone())
    words = ("enter-date", "009", "deadline:009-D1", "20/12/2025", "--document", LETTER)
    code, said = run(*words)
    assert code == Outcome.PROBLEMS
    assert "cần lý do" in said
    assert asyncio.run(queued()) == []
    code, said = run(*words, "--reason", "Sở gia hạn chung")
    assert code == Outcome.OK
    assert "Có 1 đơn vị đang nợ việc này" in said
    (row,) = asyncio.run(queued())
    assert row.chat == "7"
    assert "Hạn cũ: hết Chủ nhật 14/12/2025." in row.payload
    assert "Hạn mới: hết thứ Bảy 20/12/2025; ngày làm việc cuối: thứ Sáu 19/12/2025" in row.payload
    assert "Sở gia hạn chung" in run("dates", "009")[1]

    assert run("withdraw-date", "009", "deadline:009-D1")[0] == Outcome.PROBLEMS
    code, said = run("withdraw-date", "009", "deadline:009-D1", "--reason", "Nhập nhầm kế hoạch")
    assert code == Outcome.OK
    assert "Có 1 đơn vị đang nợ việc này" in said
    assert len(asyncio.run(queued())) == 2
