"""Settings: what may be set, from where, and what an operator reads when it is wrong."""

import contextlib
import os
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr, ValidationError

from bot.config import ConfigError, Data, Settings, Telegram, load
from bot.misconfiguration import keys_of, line_of

EXAMPLE = Path(__file__).parents[2] / "config.example.toml"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.upper().startswith("BOT__")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


def written(folder: Path, text: str) -> Path:
    path = folder / "config.toml"
    path.write_text(text, encoding="utf-8")
    return path


def sentences(folder: Path, text: str) -> list[str]:
    """What an operator reads about this file."""
    path = written(folder, text)
    with pytest.raises(ConfigError) as caught:
        load(path)
    return [str(finding).replace(f"{path}, ", "") for finding in caught.value.findings]


def test_the_example_says_exactly_the_defaults(tmp_path: Path) -> None:
    copy = written(tmp_path, EXAMPLE.read_text(encoding="utf-8"))
    assert load(copy) == load()


def test_the_example_sets_and_explains_every_setting() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    lines = text.splitlines()
    content = tomllib.loads(text)
    for key in keys_of(Settings):
        section = content
        for name in key[:-1]:
            section = section[name]
        assert key[-1] in section, f"{'.'.join(key)} is not in the example"
        line = line_of(text, key)
        assert line is not None
        assert lines[line - 2].startswith("# "), f"{'.'.join(key)} has no comment above it"


def test_without_a_file_the_data_lies_beside_the_current_folder(tmp_path: Path) -> None:
    settings = load()
    assert settings.data.dir == tmp_path / "data"
    assert settings.database_url == f"sqlite+aiosqlite:///{(tmp_path / 'data' / 'bot.db').as_posix()}"
    assert settings.backup_folder == tmp_path / "data" / "backups"
    assert settings.telegram.token is None
    assert settings.organisation.zone.key == "Asia/Ho_Chi_Minh"


def test_relative_paths_start_at_the_file_and_not_at_the_current_folder(tmp_path: Path) -> None:
    folder = tmp_path / "Đơn vị mẫu"
    folder.mkdir()
    settings = load(written(folder, '[data]\ndir = "kho"\n[backup]\nfolder = "sao luu"\n'))
    assert settings.data.dir == folder / "kho"
    assert settings.backup_folder == folder / "sao luu"


def test_the_environment_wins_over_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = written(tmp_path, "[telegram]\nin_flight = 2\npoll_timeout = 7\n[telegram.pace]\nbulk = 5\n")
    monkeypatch.setenv("BOT__TELEGRAM__IN_FLIGHT", "3")
    monkeypatch.setenv("bot__telegram__pace__burst", "1")
    telegram = load(path).telegram
    assert (telegram.in_flight, telegram.poll_timeout) == (3, 7)
    assert (telegram.pace.bulk, telegram.pace.burst, telegram.pace.per_second) == (5, 1, 25)


def test_an_empty_variable_sets_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT__TELEGRAM__TOKEN", "")
    assert load(written(tmp_path, '[telegram]\ntoken = "1:abc"\n')).telegram.token == SecretStr("1:abc")


def test_the_token_may_lie_in_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "telegram_token").write_text("123:secret\n", encoding="utf-8")
    settings = load(written(tmp_path, '[telegram]\ntoken_file = "secrets/telegram_token"\n'))
    assert settings.telegram.token == SecretStr("123:secret")
    assert settings.secrets() == ("123:secret",)
    assert "123:secret" not in repr(settings)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (None, "không mở được tệp"),
        (" \n", "đang trống"),
    ],
)
def test_a_token_file_that_cannot_serve_is_named(tmp_path: Path, content: str | None, sentence: str) -> None:
    if content is not None:
        (tmp_path / "token").write_text(content, encoding="utf-8")
    (said,) = sentences(tmp_path, '[telegram]\ntoken_file = "token"\n')
    assert said.startswith("dòng 2: telegram.token_file: ")
    assert sentence in said


@pytest.mark.parametrize("address", ["http://a.vn", "a.vn", "https://", "https://a.vn/?x=1", "https://[a"])
def test_a_public_address_is_encrypted(tmp_path: Path, address: str) -> None:
    (said,) = sentences(tmp_path, f'[web]\naddress = "{address}"\n')
    assert said.startswith("dòng 2: web.address: cần địa chỉ công khai bắt đầu bằng https://")


def test_a_webhook_needs_a_public_address(tmp_path: Path) -> None:
    (said,) = sentences(tmp_path, "[telegram]\nwebhook = true\n")
    assert said.startswith("dòng 2: telegram.webhook: muốn nhận tin qua webhook")
    settings = load(written(tmp_path, '[web]\naddress = "https://a.vn/bot/"\n[zalo]\nwebhook = true\n'))
    assert (settings.web.address, settings.web.port, settings.zalo.webhook) == (
        "https://a.vn/bot",
        8080,
        True,
    )


def test_two_tokens_are_one_too_many(tmp_path: Path) -> None:
    (said,) = sentences(tmp_path, '[telegram]\ntoken = "1:a"\ntoken_file = "t"\n')
    assert said == "dòng 3: telegram.token_file: chỉ điền một trong hai mục token và token_file."


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "[telegram]\ntokne = 1\n",
            "dòng 2: telegram.tokne: không có mục này; có phải anh/chị muốn viết «telegram.token».",
        ),
        (
            "[telegarm]\nin_flight = 2\n",
            "dòng 1: telegarm: không có mục này; có phải anh/chị muốn viết «telegram».",
        ),
        ("timezone = 'UTC'\n", "dòng 1: timezone: không có mục này; có phải anh/chị muốn viết "),
        ("[log]\nqwxz = 1\n", "dòng 2: log.qwxz: không có mục này."),
        ("telegram.pace.bluk = 3\n", "dòng 1: telegram.pace.bluk: không có mục này; có phải"),
        ("_env_file = '.env'\n", "dòng 1: _env_file: không có mục này."),
        ("[telegram]\nin_flight = 'a'\n", "dòng 2: telegram.in_flight: cần một số nguyên"),
        ("[telegram]\nin_flight = true\n", "dòng 2: telegram.in_flight: cần một số"),
        ("[telegram]\nin_flight = 0\n", "dòng 2: telegram.in_flight: phải từ 1 trở lên."),
        ("[telegram]\nin_flight = 65\n", "dòng 2: telegram.in_flight: không được quá 64."),
        ("[telegram.pace]\nbulk = 0\n", "dòng 2: telegram.pace.bulk: phải lớn hơn 0"),
        ("[telegram.pace]\nbulk = nan\n", "dòng 2: telegram.pace.bulk: phải lớn hơn 0"),
        ("[telegram]\ntoken = 5\n", "dòng 2: telegram.token: cần một chuỗi"),
        ("[data]\ndir = 5\n", "dòng 2: data.dir: cần một chuỗi"),
        ("telegram = 5\n", "dòng 1: telegram: cần một nhóm mục"),
        ("[log]\nlevel = 'LOUD'\n", "dòng 2: log.level: chỉ nhận một trong các giá trị: DEBUG, INFO"),
        ("[organisation]\ntimezone = 'Hà Nội'\n", "dòng 2: organisation.timezone: không có múi giờ này"),
        ("[organisation]\ntimezone = '../x'\n", "dòng 2: organisation.timezone: không có múi giờ này"),
        ("[telegram]\nbase_url = 'https://example.org'\n", "dòng 2: telegram.base_url: cần một địa chỉ"),
        ("[telegram]\nproxy = '10.0.0.5'\n", "dòng 2: telegram.proxy: cần một địa chỉ"),
        ("[database]\nurl = 'mysql://x'\n", "dòng 2: database.url: cần một địa chỉ"),
        ("[telegram]\nx = \n", "không đọc được theo định dạng TOML ở dòng 2"),
    ],
)
def test_a_wrong_file_is_answered_with_file_line_key_and_what_to_write(
    tmp_path: Path, text: str, sentence: str
) -> None:
    (said,) = sentences(tmp_path, text)
    assert sentence in said


def test_everything_wrong_is_said_at_once(tmp_path: Path) -> None:
    said = sentences(tmp_path, "[telegram]\ntokne = 1\nin_flight = 0\n[log]\nlevel = 'x'\n")
    assert len(said) == 3


def test_a_wrong_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT__TELEGRAM__IN_FLIGHT", "many")
    monkeypatch.setenv("BOT__LGO__LEVEL", "INFO")
    monkeypatch.setenv("BOT__TELEGRAM__PACE", "fast")
    with pytest.raises(ConfigError) as caught:
        load()
    said = str(caught.value)
    assert "biến môi trường BOT__LGO__LEVEL: lgo.level: không có mục này; có phải" in said
    assert "biến môi trường BOT__TELEGRAM__PACE: telegram.pace: biến này phải trỏ tới một mục" in said
    monkeypatch.delenv("BOT__TELEGRAM__PACE")
    monkeypatch.delenv("BOT__LGO__LEVEL")
    with pytest.raises(ConfigError, match=r"biến môi trường BOT__TELEGRAM__IN_FLIGHT: .*cần một số nguyên"):
        load()


def test_a_secret_is_never_repeated_in_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    canary = "mysql://u:canary-secret@host"
    assert "canary" not in "".join(sentences(tmp_path, f'[database]\nurl = "{canary}"\n'))
    monkeypatch.setenv("BOT__TELEGRAM__PROXY", canary)
    with pytest.raises(ConfigError) as caught:
        load(written(tmp_path, ""))
    assert "canary" not in str(caught.value)


def test_a_named_file_must_exist(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="không mở được tệp"):
        load(tmp_path / "absent.toml")


def test_a_file_in_another_encoding_is_answered_in_words(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes("[organisation]\nname = 'Sở Y tế'\n".encode("utf-16"))
    with pytest.raises(ConfigError, match="UTF-8"):
        load(path)


def test_notepad_marks_at_the_start_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes("[organisation]\nname = 'Sở Y tế'\n".encode("utf-8-sig"))
    assert load(path).organisation.name == "Sở Y tế"


def test_settings_cannot_be_changed_once_read(tmp_path: Path) -> None:
    settings = Settings(data=Data(dir=tmp_path), telegram=Telegram(token=SecretStr("1:x")))
    with pytest.raises(ValidationError):
        setattr(settings, "data", Data())  # noqa: B010 — the type checker refuses it already
    assert settings.data.dir == tmp_path


@given(st.text(max_size=60))
def test_any_text_is_settings_or_a_config_error(text: str) -> None:
    path = Path("any.toml")
    path.write_text(text, encoding="utf-8", errors="replace")
    with contextlib.suppress(ConfigError):
        load(path)
