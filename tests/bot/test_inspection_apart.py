"""The process that reads files: what it cannot do, and what happens when it fails or lies."""

import asyncio
import os
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest

from bot.inspection.inspector import Inspector, Verdict
from bot.inspection.policy import InspectionPolicy
from core.evidence import FileLimits, FileOutcome, RefusedFile, WaitingFile
from tests.bot.benign_files import drawn
from tests.bot.office_files import docx, excel_parts, packed

MB = 1024 * 1024
PROJECT = Path(__file__).parents[2]
BEHIND_WALLS = """
    import errno, os, resource, socket, sys
    sys.path.insert(0, sys.argv[1])
    from bot.inspection.confinement import raise_walls, shut_doors
    raise_walls(512 * 1024 * 1024, 10)
    shut_doors()

    def attempt(what):
        try:
            what()
        except (OSError, MemoryError) as error:
            return type(error).__name__
        return "succeeded"

    print(attempt(lambda: socket.socket()))
    print(attempt(lambda: open(os.devnull)))
    print(attempt(lambda: os.pipe()))
    print(attempt(lambda: os.dup(0)))
    print(attempt(lambda: bytearray(600 * 1024 * 1024)))
    print(attempt(lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (64, 64))) if os.getuid() else "root")
"""
NOSY = """
    import json, os
    print("ready")
    variables = open("/proc/self/environ").read().count("=")
    descriptors = [one for one in os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd/" + one)]
    inherited = len(set(descriptors) - {"0", "1", "2"})
    print(json.dumps({"reason": "empty", "facts": {"pages": variables, "members": inherited}}))
"""
UNIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such limits")
FalseChild = Callable[[str], None]


@pytest.fixture
def false_child(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FalseChild:
    """Puts a shell script in the place of the process that reads, as if a file had taken it over."""

    def install(script: str) -> None:
        path = tmp_path / "child.sh"
        path.write_text("#!/bin/sh\n" + textwrap.dedent(script))
        path.chmod(0o700)
        monkeypatch.setattr(sys, "executable", str(path))

    return install


async def look(folder: Path, data: bytes, name: str = "a.docx", **policy: object) -> Verdict:
    path = folder / "4f2a"
    path.write_bytes(data)
    inspector = Inspector(InspectionPolicy(**policy))  # type: ignore[arg-type]  # fields by name
    verdict = await inspector.inspect(path, name)
    assert verdict.served is not None or not (folder / "4f2a.served").exists()
    return verdict


@UNIX
def test_behind_its_walls_a_process_opens_nothing_and_stays_small() -> None:
    ended = subprocess.run(
        [sys.executable, "-I", "-c", textwrap.dedent(BEHIND_WALLS), str(PROJECT)],
        capture_output=True,
        text=True,
        check=True,
    )
    said = ended.stdout.split()
    assert said[:5] == ["OSError", "OSError", "OSError", "OSError", "MemoryError"]
    assert said[5] in {"ValueError", "OSError", "root"}


@UNIX
async def test_the_process_gets_no_environment_and_no_descriptor_but_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    nosy = tmp_path / "nosy"
    nosy.write_text(f"#!{sys.executable} -IS\n{textwrap.dedent(NOSY)}")
    nosy.chmod(0o700)
    monkeypatch.setattr(sys, "executable", str(nosy))
    with (tmp_path / "open elsewhere").open("w") as ours:
        os.set_inheritable(ours.fileno(), True)
        verdict = await look(tmp_path, docx())
    assert verdict.reason is RefusedFile.EMPTY
    assert (verdict.facts.pages, verdict.facts.members) == (0, 0)


async def test_a_file_that_takes_too_much_processor_time_is_refused(tmp_path: Path) -> None:
    cells = "".join(f"<c r='A{number}'><v>{number * 7919 % 10_007}</v></c>" for number in range(700_000))
    data = packed(excel_parts(cells))
    verdict = await look(tmp_path, data, "a.xlsx", cpu_seconds=1)
    assert verdict.reason is RefusedFile.TOO_HEAVY


async def test_a_file_that_takes_too_long_is_refused(tmp_path: Path) -> None:
    verdict = await look(tmp_path, docx(), wall_seconds=0.001)
    assert verdict.reason is RefusedFile.TOO_HEAVY


@UNIX
async def test_a_file_that_takes_too_much_memory_is_refused(tmp_path: Path) -> None:
    data = drawn("PNG", (6000, 6000))
    verdict = await look(tmp_path, data, "a.png", memory=128 * MB)
    assert verdict.reason is RefusedFile.TOO_HEAVY
    assert (await look(tmp_path, data, "a.png")).outcome is FileOutcome.CLEAN


@UNIX
async def test_a_process_that_cannot_start_makes_files_wait(tmp_path: Path) -> None:
    verdict = await look(tmp_path, docx(), memory=16 * MB)
    assert verdict.outcome is FileOutcome.WAIT
    assert verdict.waits_for is WaitingFile.CHECKER_DOWN


async def test_a_missing_interpreter_makes_files_wait(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "nothing"))
    verdict = await look(tmp_path, docx())
    assert verdict.waits_for is WaitingFile.CHECKER_DOWN


@UNIX
@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("echo ready; exit 1", RefusedFile.DAMAGED),
        ("echo ready; kill -SEGV $$", RefusedFile.DAMAGED),
        ("echo ready; kill -KILL $$", RefusedFile.TOO_HEAVY),
        ("echo ready; echo no json", RefusedFile.DAMAGED),
        ("echo ready; echo []", RefusedFile.DAMAGED),
        ('echo ready; echo \'{"reason":"no such","facts":{}}\'', RefusedFile.DAMAGED),
        ('echo ready; echo \'{"reason":"","facts":{"pages":"1"},"served":0}\'', RefusedFile.DAMAGED),
        ('echo ready; echo \'{"reason":"","facts":{"pages":-1},"served":0}\'', RefusedFile.DAMAGED),
        ('echo ready; echo \'{"reason":"","facts":{},"served":9}\'; echo four', RefusedFile.DAMAGED),
        ('echo ready; echo \'{"reason":"","facts":{},"served":2}\'; echo four', RefusedFile.DAMAGED),
        (
            'echo ready; echo \'{"reason":"","facts":{},"served":999999999}\'; exec cat /dev/zero',
            RefusedFile.TOO_HEAVY,
        ),
        ("echo ready; head -c 100000 /dev/zero | tr '\\0' x", RefusedFile.DAMAGED),
        ("echo ready; exec sleep 60", RefusedFile.TOO_HEAVY),
    ],
)
async def test_a_process_that_was_taken_over_gets_nothing_past(
    script: str, reason: RefusedFile, false_child: FalseChild, tmp_path: Path
) -> None:
    false_child(script)
    verdict = await look(tmp_path, docx(), wall_seconds=0.5)
    assert verdict.outcome is FileOutcome.REFUSED
    assert verdict.reason is reason


@UNIX
@pytest.mark.parametrize("script", ["exit 1", "echo steady", "head -c 100000 /dev/zero | tr '\\0' x"])
async def test_a_process_that_never_comes_up_makes_files_wait(
    script: str, false_child: FalseChild, tmp_path: Path
) -> None:
    false_child(script)
    verdict = await look(tmp_path, docx())
    assert verdict.waits_for is WaitingFile.CHECKER_DOWN


@UNIX
async def test_no_process_outlives_a_question_taken_back(false_child: FalseChild, tmp_path: Path) -> None:
    false_child(f"echo $$ > {tmp_path}/pid; exec sleep 60")
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await look(tmp_path, docx())
    with pytest.raises(ProcessLookupError):
        os.kill(int((tmp_path / "pid").read_text()), 0)


async def test_files_are_looked_at_a_few_at_once(tmp_path: Path) -> None:
    inspector = Inspector(InspectionPolicy(at_once=2))
    paths = [tmp_path / f"{number}" for number in range(6)]
    for path in paths:
        path.write_bytes(docx())
    verdicts = await asyncio.gather(*(inspector.inspect(path, "a.docx") for path in paths))
    assert {verdict.outcome for verdict in verdicts} == {FileOutcome.CLEAN}
    assert len({verdict.served for verdict in verdicts}) == 6


async def test_limits_are_those_of_the_policy(tmp_path: Path) -> None:
    small = FileLimits(max_bytes=2000, max_members=2, max_pixels=100)
    assert (await look(tmp_path, docx(), limits=small)).reason is RefusedFile.TOO_MANY_MEMBERS
    assert (await look(tmp_path, bytes(2001), limits=small)).reason is RefusedFile.TOO_BIG
    picture = await look(tmp_path, drawn("PNG", (11, 10)), "a.png", limits=small)
    assert picture.reason is RefusedFile.TOO_MANY_PIXELS


def test_importing_the_inspector_imports_no_reader() -> None:
    code = "import sys; sys.path.insert(0, sys.argv[1]); import bot.inspection.inspector; print(*sys.modules)"
    ended = subprocess.run(
        [sys.executable, "-c", code, str(PROJECT)], capture_output=True, text=True, check=True
    )
    assert not {"PIL", "pikepdf", "defusedxml", "filetype", "pi_heif"} & set(ended.stdout.split())
