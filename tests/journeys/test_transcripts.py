"""The transcripts themselves: each belongs to a journey, and none gives a secret away."""

import ast
import re
from pathlib import Path

from tests import transcripts

HERE = Path(__file__).parent


def test_every_transcript_belongs_to_a_journey() -> None:
    journeys = {
        node.name.removeprefix("test_")
        for source in HERE.glob("test_*.py")
        for node in ast.parse(source.read_text(encoding="utf-8")).body
        if isinstance(node, ast.AsyncFunctionDef)
    }
    written = {path.name.partition(".")[0] for path in transcripts.FOLDER.glob("*.txt")}
    assert written <= journeys


def test_what_differs_from_run_to_run_is_masked() -> None:
    for path in transcripts.FOLDER.glob("*.txt"):
        text = path.read_text(encoding="utf-8")
        assert not re.search(r"MC-[0-9A-Z]", text), path.name
        assert not re.search(r"/start [^•]", text), path.name
        assert text == transcripts.masked(text), path.name
