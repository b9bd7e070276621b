"""The doctor: every finding has a reason and an exact next step, and nothing secret is told."""

import asyncio
import json
import os
import shutil
import socket
import sqlite3
import ssl
import subprocess
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

import pytest
from pydantic import SecretStr

from bot.backup import make
from bot.config import Clamav, Data, Database, Evidence, Settings, Telegram
from bot.doctor import machine, outside, storage
from bot.doctor.check import Check, Level
from bot.doctor.diagnose import Visit, as_json, as_text, diagnose
from core.texts import doctor as texts
from db import schema
from db.engine import make_engine

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)
SECRET = "AAcanary-canary-canary-canary-canary1"
TOKEN = f"123456789:{SECRET}"
PROGRAM = "python3 run.py"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [name for name in os.environ if name.upper().startswith("BOT__")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=Data(dir=tmp_path / "data"))


def with_database(settings: Settings) -> Settings:
    """The same installation with the schema made."""
    settings.data.dir.mkdir()

    async def create() -> None:
        engine = make_engine(settings.database_url)
        await schema.create(engine)
        await engine.dispose()

    asyncio.run(create())
    return settings


# ---------------------------------------------------------------------------------------- the machine


def test_this_machine_is_fit() -> None:
    assert machine.python().level is Level.OK
    assert machine.own_packages().level is Level.OK


def test_an_old_interpreter_is_named() -> None:
    found = machine.python((3, 9))
    assert (found.level, found.said) == (Level.ERROR, "đang là 3.9, cần từ 3.11")
    assert "python.org" in found.next


def locked(folder: Path) -> Path:
    lock = folder / "requirements.txt"
    lock.write_text(
        "# made by uv\nhttpx==0.28.1 \\\n    --hash=sha256:00\ncolorama==0.4.6 ; sys_platform == 'win32' \\\n"
        "    --hash=sha256:11\nrich==15.0.0\n",
        encoding="utf-8",
    )
    return lock


@pytest.mark.parametrize(
    ("installed", "level", "said"),
    [
        ({"httpx": "0.28.1", "rich": "15.0.0"}, Level.OK, "2 thư viện đúng"),
        ({"httpx": "0.27", "rich": "15.0.0"}, Level.WARNING, "httpx 0.27 (0.28.1)"),
        ({"httpx": "0.27"}, Level.ERROR, "thiếu: rich"),
        ({"httpx": "0.28.1", "rich": "15.0.0", "colorama": "1"}, Level.WARNING, "colorama 1 (0.4.6)"),
    ],
)
def test_libraries_are_compared_with_the_lock(
    installed: dict[str, str], level: Level, said: str, tmp_path: Path
) -> None:
    found = machine.packages(PROGRAM, locked(tmp_path), installed.get)
    assert found.level is level
    assert said in found.said


def test_without_a_lock_nothing_is_claimed(tmp_path: Path) -> None:
    assert machine.packages(PROGRAM, tmp_path / "absent").level is Level.WARNING


def test_a_package_from_elsewhere_is_named(tmp_path: Path) -> None:
    found = machine.own_packages(tmp_path)
    assert found.level is Level.ERROR
    assert "scheduler" in found.said


def test_a_clock_that_runs_behind_the_data_is_found(settings: Settings) -> None:
    settings.data.dir.mkdir()
    file = settings.data.dir / "bot.db"
    file.touch()
    os.utime(file, (NOW.timestamp(), NOW.timestamp()))
    assert machine.clock(settings, NOW).said == "22/11/2026 08:30, múi giờ Asia/Ho_Chi_Minh (UTC+0700)"
    found = machine.clock(settings, NOW - timedelta(days=400))
    assert found.level is Level.ERROR
    assert "chạy lùi" in found.said
    assert "timedatectl" in found.next


# ---------------------------------------------------------------------------------------- the storage


def test_each_wrong_setting_is_a_line_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[telegram]\ntokne = "{TOKEN}"\nin_flight = 99\n', encoding="utf-8")
    found = [check for check in diagnose(Visit(path, NOW, PROGRAM)) if check.name == "config"]
    assert [check.level for check in found] == [Level.ERROR, Level.ERROR]
    assert "dòng 2: telegram.tokne" in found[0].said
    assert SECRET not in as_text(found) + as_json(found)


def test_without_a_file_init_is_the_next_step() -> None:
    assert storage.config(None, PROGRAM).next == "python3 run.py init"


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps rights elsewhere")
def test_a_secret_others_can_read_is_found(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    token_file = tmp_path / "telegram_token"
    token_file.touch(0o644)
    path.touch(0o644)
    open_file = Settings(telegram=Telegram(token=SecretStr(TOKEN), token_file=token_file))
    assert storage.secrets(open_file, path).next == f"chmod 600 {token_file}"
    token_file.chmod(0o600)
    assert storage.secrets(open_file, path).level is Level.OK
    in_config = Settings(telegram=Telegram(token=SecretStr(TOKEN)))
    assert storage.secrets(in_config, path).next == f"chmod 600 {path}"
    assert storage.secrets(Settings(), path).level is Level.OK


def test_a_folder_to_be_made_is_fine_and_is_not_made(settings: Settings) -> None:
    assert storage.data_folder(settings).level is Level.OK
    assert not settings.data.dir.exists()


def test_a_folder_that_is_a_file_is_refused(settings: Settings) -> None:
    settings.data.dir.write_text("", encoding="utf-8")
    found = storage.data_folder(settings)
    assert found.level is Level.ERROR
    assert "không ghi được" in found.said


@pytest.mark.parametrize(
    ("free", "level"), [(3 * 1024**3, Level.OK), (1024**3, Level.WARNING), (1024**2, Level.ERROR)]
)
def test_room_on_the_disk(
    free: int, level: Level, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Usage:
        def __init__(self, _path: Path) -> None:
            self.free = free

    settings.data.dir.mkdir()
    monkeypatch.setattr(shutil, "disk_usage", Usage)
    assert storage.data_folder(settings).level is level


def test_a_network_drive_is_warned_about(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.data.dir.mkdir()
    mounts = settings.data.dir.parent / "mounts"
    mounts.write_text(f"/dev/sda1 / ext4 rw 0 0\nnas:/x {settings.data.dir} nfs4 rw 0 0\n", encoding="utf-8")
    monkeypatch.setattr(storage, "_MOUNTS", mounts)
    found = storage.data_folder(settings)
    assert found.level is Level.WARNING
    assert "nfs4" in found.said


def test_sqlite_is_reported_and_an_old_one_refused() -> None:
    assert storage.sqlite().level is Level.OK
    assert storage.sqlite((3, 34, 1)).said == "phiên bản 3.34.1, cần từ 3.35.0"


def test_a_database_to_be_made_is_not_made_by_looking(settings: Settings) -> None:
    found = storage.database(settings, PROGRAM, quick=False)
    assert (found.level, found.next) == (Level.WARNING, "python3 run.py migrate")
    assert not settings.data.dir.exists()


def test_a_database_at_head_is_fine(settings: Settings) -> None:
    found = storage.database(with_database(settings), PROGRAM, quick=False)
    assert found.said == f"SQLite mở được, cấu trúc số {schema.revisions()[-1]}"


@pytest.mark.parametrize(
    ("statement", "level", "said"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", Level.ERROR, "mới hơn chương trình"),
        ("DROP TABLE alembic_version", Level.ERROR, "không phải của chương trình"),
    ],
)
def test_another_schema_is_named(statement: str, level: Level, said: str, settings: Settings) -> None:
    with_database(settings)
    with closing(sqlite3.connect(settings.data.dir / "bot.db")) as connection:
        connection.execute(statement)
        connection.commit()
    found = storage.database(settings, PROGRAM, quick=True)
    assert found.level is level
    assert said in found.said


def test_a_damaged_database_points_to_the_newest_backup(settings: Settings) -> None:
    made = make(with_database(settings), NOW)
    (settings.data.dir / "bot.db").write_bytes(b"x" * 8192)
    found = storage.database(settings, PROGRAM, quick=True)
    assert found.level is Level.ERROR
    assert f"python3 run.py restore {made.path} --force" in found.next


def test_an_unreachable_server_is_named_without_its_password(settings: Settings) -> None:
    database = Database(url=SecretStr("postgresql+asyncpg://office:canary@127.0.0.1:9/bot"))
    found = storage.database(settings.model_copy(update={"database": database}), PROGRAM, quick=True)
    assert found.level is Level.ERROR
    assert "PostgreSQL" in found.said
    assert "canary" not in found.said + found.next


def test_backups_are_missed_when_old(settings: Settings) -> None:
    assert storage.backups(settings, NOW, PROGRAM) is None
    with_database(settings)
    none_yet = storage.backups(settings, NOW, PROGRAM)
    assert none_yet is not None
    assert none_yet.next == "python3 run.py backup"
    path = make(settings, NOW).path
    os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    fresh = storage.backups(settings, NOW + timedelta(hours=25), PROGRAM)
    stale = storage.backups(settings, NOW + timedelta(hours=27), PROGRAM)
    assert fresh is not None
    assert stale is not None
    assert (fresh.level, stale.level) == (Level.OK, Level.WARNING)


# ---------------------------------------------------------------------------------------- the outside


class Api(BaseHTTPRequestHandler):
    """A Bot API that answers as scripted; also a proxy that leads to itself."""

    answers: ClassVar[dict[str, tuple[int, object]]] = {}
    proxy_status: ClassVar[int] = 200
    date: ClassVar[datetime] = NOW
    asked: ClassVar[list[str]] = []
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        self.asked.append(self.path)
        status, content = self.answers.get(self.path.rpartition("/")[2], (404, "nothing here"))
        body = content.encode() if isinstance(content, str) else json.dumps(content).encode()
        self.send_response_only(status)
        self.send_header("Date", format_datetime(self.date, usegmt=True))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_CONNECT(self) -> None:
        self.asked.append(f"CONNECT {self.path} {self.headers.get('Proxy-Authorization')}")
        self.send_response_only(self.proxy_status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the library's name
        pass


ME = {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "Mẫu", "username": "MauBot"}}
NO_WEBHOOK = {"ok": True, "result": {"url": "", "pending_update_count": 0}}


@pytest.fixture
def api() -> Iterator[str]:
    """Address of a running Bot API."""
    Api.answers = {"getMe": (200, ME), "getWebhookInfo": (200, NO_WEBHOOK)}
    Api.proxy_status, Api.date, Api.asked = 200, NOW, []
    server = ThreadingHTTPServer(("127.0.0.1", 0), Api)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


@contextmanager
def listening(serve: Callable[[socket.socket], object]) -> Iterator[int]:
    """A port on which every connection is handed to `serve`."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held = []

        def accept() -> None:
            try:
                while True:
                    connection, _ = server.accept()
                    held.append(connection)
                    serve(connection)
            except OSError:
                return

        thread = threading.Thread(target=accept, daemon=True)
        thread.start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        thread.join()
        for connection in held:
            connection.close()


def asked(
    base_url: str, token: str = TOKEN, proxy: str | None = None, resolver: object = None
) -> list[Check]:
    channel = Telegram(
        token=SecretStr(token), base_url=base_url, proxy=SecretStr(proxy) if proxy is not None else None
    )
    extra = {"resolver": resolver} if callable(resolver) else {}
    found = list(outside.telegram(Settings(telegram=channel), NOW, PROGRAM, 0.5, **extra))
    told = as_text(found) + as_json(found)
    assert SECRET not in told
    assert "canary-password" not in told
    return found


def test_a_good_token_names_its_bot(api: str) -> None:
    (found,) = asked(f"{api}/bot")
    assert found.level is Level.OK
    assert found.said.startswith("kết nối được, bot là @MauBot, ")
    assert found.said.endswith("(máy chủ riêng 127.0.0.1)")
    assert Api.asked == [f"/bot{TOKEN}/getMe", f"/bot{TOKEN}/getWebhookInfo"]


@pytest.mark.parametrize("status", [401, 404])
def test_a_wrong_token_is_not_a_blocked_network(status: int, api: str) -> None:
    Api.answers = {"getMe": (status, {"ok": False, "error_code": status, "description": "Unauthorized"})}
    (found,) = asked(f"{api}/bot")
    assert found.said.startswith("Telegram trả lời nhưng không nhận mã truy cập này")
    assert found.next == "lấy lại mã từ @BotFather (gõ /token) rồi chạy: python3 run.py init"


def test_a_token_of_another_shape_asks_nobody(api: str) -> None:
    (found,) = asked(f"{api}/bot", token="not a token")
    assert "không đúng dạng" in found.said
    assert Api.asked == []


@pytest.mark.parametrize(
    ("status", "content", "level", "step"),
    [
        (200, "<html>login page</html>", Level.ERROR, texts.CHECK_BASE_URL),
        (404, "not found", Level.ERROR, texts.CHECK_BASE_URL),
        (200, [], Level.ERROR, texts.CHECK_BASE_URL),
        (200, {"ok": True, "result": {"username": "a\nb"}}, Level.ERROR, texts.CHECK_BASE_URL),
        (502, "bad gateway", Level.WARNING, texts.CHECK_LATER),
    ],
)
def test_an_answer_that_is_not_the_bot_api_is_named(
    status: int, content: object, level: Level, step: str, api: str
) -> None:
    Api.answers = {"getMe": (status, content)}
    (found,) = asked(f"{api}/bot")
    assert (found.level, found.next) == (level, step)
    assert str(status) in found.said


def blocked(said: str, found: list[Check]) -> None:
    (one,) = found
    assert one.level is Level.ERROR
    assert said in one.said
    assert one.next == texts.NETWORK_BLOCKED


def test_a_name_that_does_not_resolve() -> None:
    def fails(_host: str, _port: int) -> Sequence[object]:
        raise socket.gaierror(socket.EAI_NONAME, f"secret {SECRET}")

    blocked("bước tên miền", asked("https://api.telegram.org/bot", resolver=fails))


def test_a_resolver_that_never_answers() -> None:
    released = threading.Event()

    def waits(_host: str, _port: int) -> Sequence[object]:
        released.wait(5)
        return []

    blocked("bước tên miền", asked("https://api.telegram.org/bot", resolver=waits))
    released.set()


def test_a_port_that_refuses() -> None:
    blocked("bước TCP", asked("https://127.0.0.1:9/bot"))


def test_encryption_that_is_cut() -> None:
    with listening(lambda connection: connection.close()) as port:
        blocked("bước TLS", asked(f"https://127.0.0.1:{port}/bot"))


def test_encryption_that_is_never_begun() -> None:
    with listening(lambda _connection: None) as port:
        blocked("bước TLS: timeout", asked(f"https://127.0.0.1:{port}/bot"))


def test_encryption_answered_in_clear() -> None:
    with listening(lambda connection: connection.sendall(b"HTTP/1.1 302 Found\r\n\r\n")) as port:
        blocked("bước TLS", asked(f"https://127.0.0.1:{port}/bot"))


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl makes the false certificate")
def test_a_certificate_of_somebody_else(tmp_path: Path) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    subprocess.run(
        [*command, "-subj", "/CN=wall", "-days", "2", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)

    def shake(connection: socket.socket) -> None:
        try:
            with context.wrap_socket(connection, server_side=True):
                pass
        except ssl.SSLError:
            pass

    with listening(shake) as port:
        blocked("chứng thư", asked(f"https://127.0.0.1:{port}/bot"))


def test_a_connection_on_which_nothing_comes() -> None:
    with listening(lambda _connection: None) as port:
        blocked("không nhận được trả lời (timeout)", asked(f"http://127.0.0.1:{port}/bot"))


def test_a_proxy_that_leads_there(api: str) -> None:
    proxy = api.replace("http://", "http://office:canary-password@")
    (found,) = asked("http://nowhere.example:8081/bot", proxy=proxy)
    assert found.level is Level.OK
    assert "máy chủ riêng nowhere.example, qua proxy" in found.said
    assert Api.asked[0] == "CONNECT nowhere.example:8081 Basic b2ZmaWNlOmNhbmFyeS1wYXNzd29yZA=="


def test_a_proxy_that_refuses(api: str) -> None:
    Api.proxy_status = 407
    (found,) = asked("https://api.telegram.org/bot", proxy=api)
    assert found.said == "proxy không cho đi tiếp (407) (qua proxy)"
    assert found.next == texts.CHECK_PROXY


def test_a_proxy_that_is_not_there() -> None:
    (found,) = asked("https://api.telegram.org/bot", proxy="http://127.0.0.1:9")
    assert "không nối được tới 127.0.0.1" in found.said
    assert found.next == texts.CHECK_PROXY


def test_a_clock_unlike_the_servers_is_found(api: str) -> None:
    Api.date = NOW + timedelta(minutes=7)
    _, skew = asked(f"{api}/bot")
    assert (skew.name, skew.said) == ("clock", "lệch 420 giây so với máy chủ Telegram")


def test_a_webhook_elsewhere_is_found_without_its_path(api: str) -> None:
    hook = {"ok": True, "result": {"url": f"https://other.example/{SECRET}"}}
    Api.answers = {"getMe": (200, ME), "getWebhookInfo": (200, hook)}
    _, found = asked(f"{api}/bot")
    assert (found.name, found.level) == ("webhook", Level.WARNING)
    assert "other.example" in found.said


def test_without_a_token_telegram_is_off() -> None:
    (found,) = outside.telegram(Settings(), NOW, PROGRAM, 0.5)
    assert (found.level, found.next) == (Level.WARNING, "python3 run.py init")


@pytest.mark.parametrize(("policy", "level"), [("required", Level.ERROR), ("best_effort", Level.WARNING)])
def test_a_scanner_that_does_not_answer(policy: str, level: Level) -> None:
    clamav = Clamav.model_validate({"socket": "127.0.0.1:9", "policy": policy})
    found = outside.scanner(Settings(evidence=Evidence(clamav=clamav)), 0.5)
    assert found.level is level
    assert found.next == "sudo systemctl start clamav-daemon"


def test_a_scanner_that_answers_and_none_at_all() -> None:
    with listening(lambda connection: connection.sendall(b"PONG\0")) as port:
        clamav = Clamav(socket=f"127.0.0.1:{port}")
        assert outside.scanner(Settings(evidence=Evidence(clamav=clamav)), 0.5).said == "clamd trả lời"
    assert outside.scanner(Settings(), 0.5).level is Level.OK


# ----------------------------------------------------------------------------------------- the report


def test_the_report_is_complete_and_can_be_pasted(api: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(
        f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{api}/bot"\n'
        'proxy = "http://office:canary-password@127.0.0.1:9"\n[data]\ndir = "data"\n',
        encoding="utf-8",
    )
    path.chmod(0o600)
    found = diagnose(Visit(path, NOW, PROGRAM, timeout=0.5))
    told = json.loads(as_json(found))
    assert not told["ok"]
    assert [one["check"] for one in told["checks"]] == [
        "python",
        "packages",
        "own_packages",
        "config",
        "secrets",
        "clock",
        "data",
        "sqlite",
        "database",
        "scanner",
        "telegram",
    ]
    text = as_text(found)
    assert SECRET not in text + as_json(found)
    assert "canary-password" not in text + as_json(found)
    assert "LỖI       Telegram: " in text
    assert "            → kiểm tra [telegram] proxy" in text
    assert text.splitlines()[-1].startswith("Kết quả: ")


def test_a_quick_visit_asks_nobody(api: str, tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(f'[telegram]\ntoken = "{TOKEN}"\nbase_url = "{api}/bot"\n', encoding="utf-8")
    names = [check.name for check in diagnose(Visit(path, NOW, PROGRAM, quick=True))]
    assert "telegram" not in names
    assert "database" in names
    assert Api.asked == []


def test_an_examination_that_breaks_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def breaks() -> Check:
        raise RuntimeError(TOKEN)

    monkeypatch.setattr(machine, "own_packages", breaks)
    (found,) = [check for check in diagnose(Visit(None, NOW, PROGRAM, quick=True)) if "Runtime" in check.said]
    assert found.level is Level.ERROR
    assert found.said == "không kiểm tra được (RuntimeError)"


def test_every_finding_that_is_not_good_has_a_next_step() -> None:
    for check in diagnose(Visit(None, NOW, PROGRAM, timeout=0.1)):
        assert check.name in texts.TITLES
        assert bool(check.next) == (check.level is not Level.OK), check
