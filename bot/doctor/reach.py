"""Asks one web address step by step, so that a blocked network is told apart from a wrong token.

Name, connection, proxy, encryption, answer: whichever fails first is the finding. Plain standard
library on purpose: a client library reports these steps as one failure.
"""

import base64
import contextlib
import http.client
import json
import queue
import socket
import ssl
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import SplitResult, unquote, urlsplit

from core.texts import doctor as texts

BODY = 65_536
"""Bytes of an answer that are read."""


class Stage(StrEnum):
    """How far a question came."""

    NAME = "name"
    CONNECTION = "connection"
    PROXY = "proxy"
    ENCRYPTION = "encryption"
    CERTIFICATE = "certificate"
    ANSWER = "answer"
    ANSWERED = "answered"


@dataclass(frozen=True, slots=True)
class Reached:
    """How far the question came, and what was answered; never the address, which holds the token."""

    stage: Stage
    host: str
    """Whose step failed: the server's name, or the proxy's."""
    reason: str = ""
    status: int = 0
    content: object = None
    """The body, if it was JSON."""
    date: str = ""
    """The server's clock, as it writes it."""


def hindrance(found: Reached) -> str:
    """Why no answer came, by the step that failed."""
    return {
        Stage.NAME: texts.no_name(found.host),
        Stage.CONNECTION: texts.no_connection(found.host, found.reason),
        Stage.PROXY: texts.no_proxy(found.reason),
        Stage.ENCRYPTION: texts.no_encryption(found.host, found.reason),
        Stage.CERTIFICATE: texts.false_certificate(found.host),
        Stage.ANSWER: texts.no_answer(found.reason),
    }.get(found.stage, "")


class _StoppedError(Exception):
    def __init__(self, stage: Stage, host: str, reason: str) -> None:
        super().__init__(stage, host, reason)
        self.reached = Reached(stage, host, reason)


Resolve = Callable[[str, int], Sequence[object]]


def resolve(host: str, port: int) -> Sequence[object]:
    """Ask the system for the addresses of a host."""
    return socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)


def ask(url: str, *, timeout: float, proxy: str | None = None, resolver: Resolve = resolve) -> Reached:
    """GET an address, every step bounded by `timeout` seconds. Never raises for what the network does."""
    target = urlsplit(url)
    try:
        with contextlib.closing(_connected(target, proxy, timeout, resolver)) as connection:
            return _answer(connection, target)
    except _StoppedError as stopped:
        return stopped.reached


def _connected(
    target: SplitResult, proxy: str | None, timeout: float, resolver: Resolve
) -> http.client.HTTPConnection:
    host, port = target.hostname or "", target.port or (443 if target.scheme == "https" else 80)
    through = urlsplit(proxy) if proxy is not None else None
    first, first_port = (host, port) if through is None else (through.hostname or "", through.port or 3128)
    _require_name(first, first_port, timeout, resolver)
    connection = http.client.HTTPConnection(first, first_port, timeout=timeout)
    try:
        connection.connect()
    except OSError as error:
        raise _StoppedError(Stage.CONNECTION, first, _reason(error)) from error
    if through is not None:
        _pass_on(connection, through, host, port)
    if target.scheme == "https":
        _encrypt(connection, host)
    return connection


def _require_name(host: str, port: int, timeout: float, resolver: Resolve) -> None:
    """Resolve in a thread, since the system's resolver keeps its own time."""
    answers: queue.Queue[str] = queue.Queue()

    def look_up() -> None:
        try:
            answers.put("" if resolver(host, port) else "empty")
        except (OSError, UnicodeError) as error:
            answers.put(type(error).__name__)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        failure = answers.get(timeout=timeout)
    except queue.Empty:
        failure = "timeout"
    if failure:
        raise _StoppedError(Stage.NAME, host, failure)


def _pass_on(connection: http.client.HTTPConnection, through: SplitResult, host: str, port: int) -> None:
    """Ask the proxy for a tunnel."""
    lines = [f"CONNECT {host}:{port} HTTP/1.1", f"Host: {host}:{port}"]
    if through.username is not None:
        pair = f"{unquote(through.username)}:{unquote(through.password or '')}"
        lines.append(f"Proxy-Authorization: Basic {base64.b64encode(pair.encode()).decode()}")
    proxy = through.hostname or ""
    try:
        connection.sock.sendall("\r\n".join([*lines, "", ""]).encode("ascii"))
        answer = http.client.HTTPResponse(connection.sock, method="CONNECT")
        answer.begin()
    except (OSError, http.client.HTTPException) as error:
        connection.close()
        raise _StoppedError(Stage.PROXY, proxy, _reason(error)) from error
    if answer.status != http.client.OK:
        connection.close()
        raise _StoppedError(Stage.PROXY, proxy, str(answer.status))


def _encrypt(connection: http.client.HTTPConnection, host: str) -> None:
    try:
        context = ssl.create_default_context()
        connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
    except ssl.SSLCertVerificationError as error:
        connection.close()
        raise _StoppedError(Stage.CERTIFICATE, host, error.verify_message) from error
    except OSError as error:
        connection.close()
        raise _StoppedError(Stage.ENCRYPTION, host, _reason(error)) from error


def _answer(connection: http.client.HTTPConnection, target: SplitResult) -> Reached:
    host = target.hostname or ""
    try:
        connection.request("GET", target.path or "/", headers={"Accept": "application/json"})
        answer = connection.getresponse()
        body = answer.read(BODY)
    except (OSError, http.client.HTTPException) as error:
        raise _StoppedError(Stage.ANSWER, host, _reason(error)) from error
    content: object = None
    with contextlib.suppress(ValueError):
        content = json.loads(body)
    return Reached(Stage.ANSWERED, host, "", answer.status, content, answer.getheader("Date") or "")


def _reason(error: Exception) -> str:
    """A short word for a failure; never its text, which may repeat the address."""
    if isinstance(error, TimeoutError):
        return "timeout"
    if isinstance(error, ssl.SSLError):
        return error.reason or "SSL"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__
