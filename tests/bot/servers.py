"""Servers of this machine that behave like Telegram, a proxy, or a wall in between."""

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import ClassVar

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


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

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        asked = self.asked
        if self.path.endswith("/getUpdates"):
            time.sleep(0.2)
        if asked is not self.asked:
            return  # The test that asked is over; the next one counts its own.
        # Whoever asked may have been told to stop meanwhile.
        with suppress(BrokenPipeError, ConnectionResetError):
            self.do_GET()

    def do_CONNECT(self) -> None:
        self.asked.append(f"CONNECT {self.path} {self.headers.get('Proxy-Authorization')}")
        self.send_response_only(self.proxy_status)
        self.end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 — the library's name
        pass


ME = {"ok": True, "result": {"id": 1, "is_bot": True, "first_name": "Mẫu", "username": "MauBot"}}
NO_WEBHOOK = {"ok": True, "result": {"url": "", "pending_update_count": 0}}


@contextmanager
def an_api() -> Iterator[str]:
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
