"""`init`: four answers make a working installation, and nothing that was there is lost."""

import io
import os
import re
import stat
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.__main__ import main
from bot.config import load
from bot.installation import EXAMPLE, with_values
from bot.trouble import Outcome, TroubleError
from core.texts import settings as texts
from tests.bot.restored import logging_restored
from tests.bot.servers import NOW, Api, an_api

TOKEN = "123456789:AAcanary-canary-canary-canary-canary1"
ZALO = "4100000000000000001:zalocanary-zalocanary"
ADMIN = ("--admin-name", "Nguyễn Thị Mẫu", "--admin-code", "QT01", "--admin-phone", "0912 345 678")

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Types `init` with options and answers in an empty folder; gives exit code and what was printed."""
    for name in [name for name in os.environ if name.upper().startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def type_in(*words: str, answers: str = "") -> tuple[int, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(answers))
        code = main(["init", "--offline", *words])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        assert TOKEN not in said.out + said.err
        assert ZALO not in said.out + said.err
        return code, said.out + said.err

    with logging_restored():
        yield type_in


def test_four_answers_make_an_installation(run: Run) -> None:
    code, said = run(answers=f"Sở Y tế Mẫu\n{TOKEN}\n\nNguyễn Thị Mẫu\nQT01\n0912345678\n")
    assert code == Outcome.OK
    settings = load()
    assert settings.organisation.name == "Sở Y tế Mẫu"
    assert settings.telegram.token is not None
    assert settings.telegram.token.get_secret_value() == TOKEN
    assert TOKEN not in Path("config.toml").read_text(encoding="utf-8")
    assert re.search(r"- nhắn cho bot mã: [0-9A-Z]{5}-[0-9A-Z]{5}\n", said)
    assert texts.TRIAL in said
    steps = [line for line in said.split("Việc tiếp theo:\n")[1].splitlines() if line]
    assert [line.rpartition("python3 run.py ")[2].split()[0] for line in steps] == [
        "campaign",
        "people",
        "people",
        "doctor",
        "run",
    ]
    assert "OK        Cơ sở dữ liệu" in said


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")
def test_what_is_written_is_for_its_owner_alone(run: Run) -> None:
    run("--organisation", "Sở", "--token", TOKEN, *ADMIN)
    for path in map(Path, ("config.toml", "secrets/telegram_token", "data/journal.key", "data/bot.db")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600, path
    for path in (Path("secrets"), Path("data")):
        assert stat.S_IMODE(path.stat().st_mode) == 0o700, path


def test_every_comment_of_the_example_is_kept(run: Run) -> None:
    run("--organisation", 'Sở "Y tế" \\ Mẫu', "--token", TOKEN, *ADMIN)
    text = Path("config.toml").read_text(encoding="utf-8")
    comments = [line for line in EXAMPLE.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    assert [line for line in text.splitlines() if line.startswith("#")] == comments
    assert tomllib.loads(text)["organisation"]["name"] == 'Sở "Y tế" \\ Mẫu'


def test_wrong_answers_are_asked_again(run: Run) -> None:
    code, said = run(
        answers=f"\nSở\nmã sai\n{TOKEN}\n41: hỏng\n{ZALO}\nMẫu 2\nMẫu\n\nQT01\n12\n+84 912 345 678\n"
    )
    assert code == Outcome.OK
    for complaint in (
        texts.BAD_ORGANISATION,
        texts.BAD_ACCESS["telegram"],
        texts.BAD_ACCESS["zalo"],
        texts.BAD_NAME,
        texts.BAD_STAFF_CODE,
        texts.BAD_PHONE,
    ):
        assert said.count(complaint) == 1


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("--organisation", " "), texts.BAD_ORGANISATION),
        (("--organisation", "Sở", "--token", "x"), texts.BAD_ACCESS["telegram"]),
        (("--organisation", "Sở", "--zalo-token", "x"), texts.BAD_ACCESS["zalo"]),
        (("--organisation", "Sở", "--token", "", "--admin-code", "1"), texts.NAME_TOO),
        (("--organisation", "Sở", "--token", TOKEN, *ADMIN[:4], "--admin-phone", "1"), texts.BAD_PHONE),
        ((), "Chưa nhận được câu trả lời"),
    ],
)
def test_a_wrong_option_changes_nothing(words: tuple[str, ...], complaint: str, run: Run) -> None:
    code, said = run(*words)
    assert code == Outcome.USAGE
    assert complaint in said
    assert list(Path().iterdir()) == []


def test_everything_but_the_organisation_can_wait(run: Run) -> None:
    code, said = run(answers="Sở Y tế Mẫu\n\n\n\n")
    assert code == Outcome.OK
    assert texts.JOIN_LATER in said
    assert not Path("secrets").exists()
    assert load().telegram.token is None
    assert "1. Lấy mã truy cập Telegram hoặc Zalo, rồi chạy lại: python3 run.py init\n2. Nạp kế hoạch" in said


def test_a_second_time_keeps_what_was_there(run: Run) -> None:
    run("--organisation", "Sở Y tế Mẫu", "--token", "", "--admin-name", "")
    path = Path("config.toml")
    text = path.read_text(encoding="utf-8").replace("in_flight = 4", "in_flight = 2  # mạng yếu")
    path.write_text(text, encoding="utf-8")
    code, said = run(answers=f"\n{TOKEN}\n{ZALO}\nNguyễn Thị Mẫu\nQT01\n0912345678\n")
    assert code == Outcome.OK
    assert "Đã có config.toml" in said
    assert "1. Tên đơn vị [Sở Y tế Mẫu]: " in said
    settings = load()
    assert (settings.organisation.name, settings.telegram.in_flight) == ("Sở Y tế Mẫu", 2)
    assert settings.telegram.token is not None
    assert "in_flight = 2  # mạng yếu" in path.read_text(encoding="utf-8")
    code, said = run("--organisation", "Sở Y tế Mẫu", "--token", "", *ADMIN)
    assert code == Outcome.OK
    assert "Nguyễn Thị Mẫu đã có trong danh sách" in said
    assert (load().telegram.token, load().zalo.token) == (settings.telegram.token, settings.zalo.token)


def test_a_token_in_the_settings_moves_to_its_own_file(run: Run) -> None:
    old = TOKEN.replace("123456789", "987654321")
    Path("config.toml").write_text(f'[telegram]\ntoken = "{old}"  # cũ\n', encoding="utf-8")
    assert run("--organisation", "Sở", "--token", TOKEN, "--admin-name", "")[0] == Outcome.OK
    text = Path("config.toml").read_text(encoding="utf-8")
    assert 'token = ""  # cũ' in text
    assert old not in text
    token = load().telegram.token
    assert token is not None
    assert token.get_secret_value() == TOKEN


def test_a_token_from_the_environment_is_not_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT__TELEGRAM__TOKEN", TOKEN)
    code, said = run("--organisation", "Sở", "--zalo-token", "", "--admin-name", "")
    assert code == Outcome.OK
    assert texts.access_from("BOT__TELEGRAM__TOKEN") in said
    assert not Path("secrets").exists()


@pytest.mark.usefixtures("run")
@pytest.mark.parametrize("telegram", ["", TOKEN])
def test_zalo_alone_or_beside_is_asked_who_the_bot_is(
    telegram: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with an_api() as api:
        Api.date = NOW
        Path("config.toml").write_text(
            f'[telegram]\nbase_url = "{api}/bot"\n[zalo]\nbase_url = "{api}"\n', encoding="utf-8"
        )
        code = main(["init", "--organisation", "Sở", "--token", telegram, "--zalo-token", ZALO, *ADMIN])
    said = capsys.readouterr().out
    assert code == Outcome.OK, said
    assert f"/bot{ZALO}/getMe" in Api.asked
    assert re.search(r"OK +Zalo: kết nối được", said)
    assert "Lấy mã truy cập" not in said
    settings = load()
    assert (settings.telegram.token is not None, settings.zalo.token is not None) == (bool(telegram), True)
    assert Path("secrets/zalo_token").read_text(encoding="utf-8") == f"{ZALO}\n"
    assert ZALO not in Path("config.toml").read_text(encoding="utf-8")


@pytest.mark.usefixtures("run")
def test_the_link_names_the_bot(capsys: pytest.CaptureFixture[str]) -> None:
    with an_api() as api:
        Api.date = NOW
        Path("config.toml").write_text(f'[telegram]\nbase_url = "{api}/bot"\n', encoding="utf-8")
        code = main(["init", "--organisation", "Sở", "--token", TOKEN, *ADMIN])
    said = capsys.readouterr().out
    assert code == Outcome.OK
    assert re.search(r"- mở https://t\.me/MauBot\?start=[\w-]{22}\n", said)
    assert "quét mã" not in said


def test_a_joining_code_is_in_no_log(run: Run) -> None:
    _, said = run("--organisation", "Sở", "--token", TOKEN, *ADMIN)
    code = re.search(r"nhắn cho bot mã: (\S+)", said)
    assert code is not None
    for path in Path("data").rglob("*"):
        if path.is_file():
            assert code[1].encode() not in path.read_bytes()


def test_a_file_of_unusual_shape_is_left_to_its_owner() -> None:
    text = '[organisation]\nname = """\nSở\n"""\n'
    with pytest.raises(TroubleError, match=r"Hãy tự điền các mục: organisation\.name"):
        with_values(text, {("organisation", "name"): "Sở Y tế"})


@given(st.text(max_size=80))
def test_any_text_can_be_a_value(value: str) -> None:
    value = value.encode("utf-8", "ignore").decode()
    text = with_values(EXAMPLE.read_text(encoding="utf-8"), {("organisation", "name"): value})
    assert tomllib.loads(text)["organisation"]["name"] == value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", '\n[telegram]\ntoken_file = "x"\n'),
        ("[telegram]\n", '[telegram]\ntoken_file = "x"\n'),
        ("[telegram]\nin_flight = 2\n[log]\n", '[telegram]\ntoken_file = "x"\nin_flight = 2\n[log]\n'),
        ("[telegram]\n  token_file='y' # z\n", '[telegram]\ntoken_file = "x" # z\n'),
        ('[telegram]\ntoken_file = "a # b"\n', '[telegram]\ntoken_file = "x"\n'),
    ],
)
def test_a_value_is_put_where_it_belongs(text: str, expected: str) -> None:
    assert with_values(text, {("telegram", "token_file"): "x"}) == expected
