"""Chuẩn bị mọi thứ rồi mở chương trình. / Prepares itself, then starts the bot, its tests or its checks.

    python3 run.py [sandbox]    bản dùng thử, không cần cấu hình / the sandbox, nothing to configure
    python3 run.py demo         diễn từ tự đánh giá đến khen thưởng / from self-assessment to an award
    python3 run.py test [...]   kiểm thử / the tests; further words go to pytest
    python3 run.py check        soát mã nguồn / format, lint, types, imports, locks, house rules
    python3 run.py lock [...]   khóa lại phiên bản thư viện / lock the dependencies of pyproject.toml anew
    python3 run.py LỆNH         lệnh của sản phẩm; mỗi lệnh có --help / a command of the product:

    init        cài đặt lần đầu / set up            doctor      kiểm tra cài đặt / examine the installation
    campaign    nạp kế hoạch / plans                people      nhân sự, mã tham gia / people and codes
    run         chạy bot / run the bot              migrate     nâng cấp cơ sở dữ liệu / update the database
    backup      sao lưu / make a backup             restore     khôi phục / restore one
    audit       soát nhật ký / prove the journal    map         sơ đồ đối thoại / draw the dialogues
    reminders   ai sẽ được nhắc gì / who will be reminded of what, and when

    --wheels FOLDER             cài từ thư mục có sẵn, không cần mạng / install without internet

Only the standard library is used here, in words that Python 3.8 can parse, so that whoever has an old
interpreter, no pip or no network gets a sentence instead of a traceback. Everything goes into .venv beside
this file; deleting that folder undoes it.
"""

from __future__ import annotations

import hashlib
import os
import platform
import re
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Iterable

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
OLDEST_PYTHON = (3, 11)
OLDEST_PIP = (22, 3)  # the first that can install into another environment
BEAT = 1.5  # seconds between two lines of progress
LOCKS = {"run": HERE / "requirements.txt", "dev": HERE / "requirements-dev.txt"}
DEVELOPER_COMMANDS = {"test": "pytest", "check": "tests.house.check", "lock": "tests.house.lock"}
# All of the tests share the cores; a few of them are done sooner in one process.
ALL_TESTS = ["-n", "auto", "--maxprocesses=8", "--dist=worksteal"]


class TroubleError(Exception):
    """An expected failure; its text is all that the person is shown."""


def main(words: list[str]) -> int:
    """Prepare what the command needs and become that command."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]  # a TextIOWrapper
    if words[:1] in (["-h"], ["--help"], ["help"]):
        print(__doc__)
        return 0
    try:
        require_python(tuple(sys.version_info[:2]))
        words, wheels = take_wheels(words)
        command = words[0] if words else "sandbox"
        prepare(["run", "dev"] if command in DEVELOPER_COMMANDS else ["run"], wheels)
    except TroubleError as trouble:
        tell(str(trouble))
        return 1
    except KeyboardInterrupt:
        tell("\nĐã dừng. Gõ lại lệnh để làm tiếp. / Stopped. Run it again to go on.")
        return 130
    if words == ["test"]:
        words += ALL_TESTS
    if command == "test":
        # The tests start many processes; each would compile all of the product anew.
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    if command in DEVELOPER_COMMANDS:
        return become(["-m", DEVELOPER_COMMANDS[command], *words[1:]])
    return become(["-m", "bot", *(words or ["sandbox"])])


def tell(line: str) -> None:
    """Say something to the person, apart from what the command itself prints."""
    print(line, file=sys.stderr, flush=True)


def require_python(version: tuple[int, ...]) -> None:
    """Refuse an interpreter that is too old, naming a newer one if this machine has it."""
    if version >= OLDEST_PYTHON:
        return
    names = [f"python3.{minor}" for minor in range(15, OLDEST_PYTHON[1] - 1, -1)]
    newer = next((name for name in names if shutil.which(name)), None)
    running = ".".join(str(part) for part in version)
    advice = (
        f"Máy đã có bản mới hơn, hãy gõ / a newer one is here, run:  {newer} run.py"
        if newer
        else "Windows, macOS: cài từ / install from python.org\n"
        "Debian 12, Ubuntu 24.04: sudo apt install python3 python3-pip"
    )
    raise TroubleError(
        f"Cần Python 3.11 trở lên; bản đang chạy là {running}. / "
        f"Python 3.11 or newer is needed; this is {running}.\n{advice}"
    )


def take_wheels(words: list[str]) -> tuple[list[str], Path | None]:
    """Take "--wheels FOLDER" out of the command line."""
    if "--wheels" not in words:
        return words, None
    at = words.index("--wheels")
    folder = Path(words[at + 1]).resolve() if at + 1 < len(words) else None
    if folder is None or not folder.is_dir():
        raise TroubleError(
            "Sau --wheels cần tên một thư mục có sẵn. / --wheels must be followed by an existing folder."
        )
    return words[:at] + words[at + 2 :], folder


# --- the environment -----------------------------------------------------------------------------------


def prepare(stages: list[str], wheels: Path | None) -> None:
    """Bring the environment to the locks; does nothing, quickly, when it is there already.

    A stage's stamp is emptied before its installation and written after it. A stamp that is there but does
    not match means that the lock has changed or that an installation was cut short. The environment is then
    made anew, because half-written packages cannot be told from whole ones; pip keeps what it downloaded.
    """
    whole = PYTHON.exists() and read_stamp("run") == fingerprint("run")
    if not whole or read_stamp("dev") not in (None, fingerprint("dev")):
        tell("Đang chuẩn bị môi trường chạy, khoảng một phút. / Preparing, about a minute.")
        make_environment()
    for stage in stages:
        if read_stamp(stage) is None:
            stamp(stage).write_text("", encoding="ascii")
            install(LOCKS[stage], wheels)
            stamp(stage).write_text(fingerprint(stage), encoding="ascii")


def stamp(stage: str) -> Path:
    """Where it is written that a stage is installed."""
    return VENV / ("installed-" + stage)


def read_stamp(stage: str) -> str | None:
    """What the stamp says; nothing if the stage was never begun."""
    try:
        return stamp(stage).read_text(encoding="ascii")
    except OSError:
        return None


def fingerprint(stage: str) -> str:
    """What the stamp of a finished stage says: the lock it was made from, and for which interpreter."""
    interpreter = "{}.{} {} {}".format(*sys.version_info[:2], sys.platform, platform.machine())
    return hashlib.sha256(LOCKS[stage].read_bytes() + interpreter.encode()).hexdigest()


def make_environment() -> None:
    """Make an empty environment, without pip: Debian's python3 can do that without python3-venv."""
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", "--without-pip", str(VENV)],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    if made.returncode:
        raise TroubleError(
            f"{last_lines(made.stdout.decode(errors='replace'))}\n\n"
            f"Không tạo được thư mục {VENV}. / It could not be made.\n"
            "Debian, Ubuntu: sudo apt install python3 python3-pip"
        )


def find_pip() -> list[str]:
    """Return a pip that can install into the environment: the host's, or one the interpreter brings."""
    asked = subprocess.run(
        [sys.executable, "-m", "pip", "--version"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    version = re.match(r"pip (\d+)\.(\d+)", asked.stdout.decode(errors="replace"))
    if version and (int(version[1]), int(version[2])) >= OLDEST_PIP:
        return [sys.executable, "-m", "pip", "--python", str(PYTHON)]
    brought = subprocess.run(
        [str(PYTHON), "-m", "ensurepip"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False
    )
    if brought.returncode == 0:
        return [str(PYTHON), "-m", "pip"]
    raise TroubleError(
        "Máy chưa có pip 22.3 trở lên. / pip 22.3 or newer is missing.\n"
        "Debian, Ubuntu: sudo apt install python3-pip\n"
        "Windows, macOS: cài lại Python từ python.org và chọn pip / reinstall Python from python.org with pip"
    )


def install(lock: Path, wheels: Path | None) -> None:
    """Install a lock with pip, saying at least every two seconds that it is alive."""
    command = [*find_pip(), "install", "--require-hashes", "--no-deps", "-r", str(lock), "--no-input"]
    command += ["--progress-bar", "off", "--no-warn-script-location", "--disable-pip-version-check"]
    command += ["--no-compile"]  # a third faster; the interpreter compiles what it comes to use
    if wheels is not None:
        command += ["--no-index", "--find-links", str(wheels)]
    began = time.monotonic()
    lines: list[str] = []
    pip = subprocess.Popen(
        command,
        cwd=str(HERE),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        env=dict(os.environ, PIP_USER="0", PYTHONUNBUFFERED="1", PYTHONUTF8="1"),
    )
    reader = threading.Thread(target=read_into, args=(pip.stdout, lines), daemon=True)
    reader.start()
    try:
        while pip.poll() is None:
            tell(progress(lines, time.monotonic() - began))
            try:
                pip.wait(BEAT)
            except subprocess.TimeoutExpired:
                continue
    finally:
        if pip.poll() is None:
            pip.kill()
        reader.join(BEAT)
    if pip.returncode:
        raise TroubleError(explain("\n".join(lines), wheels))
    tell(f"  xong / done · {time.monotonic() - began:.0f} s")


def read_into(stream: Iterable[bytes], lines: list[str]) -> None:
    """Gather pip's output while it runs."""
    lines.extend(raw.decode("utf-8", errors="replace").rstrip() for raw in stream)


def progress(lines: list[str], seconds: float) -> str:
    """Sum up in one line how far pip has come."""
    if any(line.startswith("Installing collected packages") for line in lines):
        return f"  đang ghi vào đĩa / writing to disk · {seconds:.0f} s"
    names = [line.split()[1].split("==")[0] for line in lines if line.startswith("Collecting ")]
    if not names:
        return "  đang cài thư viện / installing libraries …"
    return f"  đang tải / downloading {names[-1]} ({len(names)}) · {seconds:.0f} s"


def explain(output: str, wheels: Path | None) -> str:
    """Say what went wrong: the end of pip's own words, then a sentence."""
    if "No space left" in output:
        sentence = "Ổ đĩa đã đầy. / The disk is full."
    elif "DO NOT MATCH THE HASHES" in output:
        sentence = (
            "Gói tải về không khớp mã kiểm tra nên không được cài; hãy báo cho người quản trị mạng.\n"
            "A downloaded package does not match its checksum and was not installed."
        )
    elif wheels is not None:
        sentence = (
            f"Thư mục {wheels} thiếu gói cho bản Python này.\n"
            "That folder lacks packages for this version of Python."
        )
    elif re.search(r"ConnectionError|ConnectTimeout|ReadTimeout|resolution|getaddrinfo|ProxyError", output):
        sentence = (
            "Máy chưa ra được Internet. Nối mạng rồi gõ lại lệnh, hoặc dùng --wheels THƯ_MỤC (xem README).\n"
            "No connection to the package index. Connect and run again, or use --wheels FOLDER (see README)."
        )
    else:
        sentence = (
            "Chưa cài được thư viện; gõ lại lệnh để thử lại.\n"
            "The libraries could not be installed; run the command again to retry."
        )
    return f"{last_lines(output)}\n\n{sentence}"


def last_lines(output: str, count: int = 10) -> str:
    """Keep the end of a program's output."""
    return "\n".join([line for line in output.splitlines() if line.strip()][-count:])


# --- the command ---------------------------------------------------------------------------------------


def become(arguments: list[str]) -> int:
    """Replace this process by the environment's interpreter (on Windows, wait for it)."""
    os.chdir(str(HERE))
    os.environ.setdefault("PYTHONUTF8", "1")
    command = [str(PYTHON), *arguments]
    if os.name != "nt":
        os.execv(command[0], command)  # noqa: S606 - no shell is wanted
    try:
        return subprocess.call(command)
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
