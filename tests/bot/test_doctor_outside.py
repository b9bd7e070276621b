"""The doctor on the network: a wrong token is told apart from a blocked way, step by step."""

import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.config import Clamav, Evidence, Settings, Telegram
from bot.doctor import outside
from bot.doctor.check import Check, Level
from bot.doctor.diagnose import as_json, as_text
from core.texts import doctor as texts
from tests.bot.servers import ME, NOW, Api, an_api, listening

SECRET = "AAcanary-canary-canary-canary-canary1"
TOKEN = f"123456789:{SECRET}"
PROGRAM = "python3 run.py"


@pytest.fixture
def api() -> Iterator[str]:
    """Address of a running Bot API."""
    with an_api() as address:
        yield address


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
