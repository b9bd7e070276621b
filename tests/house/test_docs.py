"""What the documents say is there: links, commands, settings, places in the code, words on the screen."""

import ast
import re
import shlex
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest
import typer
from pydantic import BaseModel
from typer._click.core import Command

from bot.commands.app import build
from bot.commands.invocation import Invocation
from bot.commands.speech import Group
from bot.config import Settings
from tests.house.source import ROOMS, ROOT, sources

DOCUMENTS = sorted(
    path.relative_to(ROOT).as_posix()
    for path in (*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("campaigns/*.md"))
)
READMES = ("README.md", "README.vi.md")
FOR_PEOPLE = (*READMES, *(path for path in DOCUMENTS if path.startswith("docs/guide/")))

LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
BLOCK = re.compile(r"^```.*?\n(.*?)^```", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
HEADING = re.compile(r"^(#+) (.+)$", re.MULTILINE)
ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://[^\s`)\"'|»]*", re.IGNORECASE)
ON_SCREEN = re.compile(r"«([^»]+)»")
IN_THE_CODE = re.compile(rf"((?:{'|'.join(ROOMS)}|tests|bench|campaigns)/[\w/.-]*)(?:: (\w+)[\w().]*)?")

# Documents that are linked and not written yet; an entry goes when its document comes.
AWAITED: set[str] = set()
# What run.py does by itself, before anything of ours is there.
OF_THE_LAUNCHER = {"test", "check", "lock"}
# No registry, no host of code: this machine, this network, the platform's own link, and forms to fill in.
ADDRESSES = (
    "http://127.0.0.1",
    "http://localhost",
    "http://10.0.0.5:3128",
    "http://ten:mat_khau@may_chu:cong",
    "https://t.me/",
)


def text_of(path: str) -> str:
    """A document as it stands."""
    return (ROOT / path).read_text(encoding="utf-8")


def prose_of(path: str) -> str:
    """A document without its blocks of code."""
    return BLOCK.sub("", text_of(path))


@cache
def anchors_of(path: Path) -> set[str]:
    """What a link can point to inside a document: its headings, as they are made into anchors."""
    headings = HEADING.findall(BLOCK.sub("", path.read_text(encoding="utf-8")))
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for _level, title in headings}


def commands_of(path: str) -> Iterator[str]:
    """Every command line in blocks and between backticks, without what starts it and what is said of it."""
    text = text_of(path)
    lines = [line for block in BLOCK.findall(text) for line in block.splitlines()]
    for line in (*lines, *CODE.findall(BLOCK.sub("", text))):
        words = re.split(r"\s{2,}|#", line.strip(), maxsplit=1)[0]
        if started := re.match(r"(?:python3|py) run\.py|python -m bot", words):
            yield words[started.end() :]


@cache
def commands() -> Command:
    """The command line as it is."""
    return typer.main.get_command(build(Invocation()))


def complaint_about(words: Sequence[str]) -> str:
    """What the command line would not understand of these words."""
    left = list(words)
    if left[:1] == ["--wheels"]:
        left = left[2:]
    if not left or left[0] in OF_THE_LAUNCHER:
        return ""
    command = commands()
    while isinstance(command, Group) and left and not left[0].startswith("-"):
        found = command.commands.get(left.pop(0))
        if found is None:
            return f"no such command: {' '.join(words)}"
        command = found
    known = {option for one in command.params for option in (*one.opts, *one.secondary_opts)} | {"--help"}
    strange = [word for word in left if word.startswith("-") and word not in known]
    return f"no such option: {' '.join(words)}" if strange else ""


def settings_of(model: type[BaseModel] = Settings, before: str = "") -> dict[str, object]:
    """Every setting by its dotted key, with its default."""
    found: dict[str, object] = {}
    for name, field in model.model_fields.items():
        kind = field.annotation
        if isinstance(kind, type) and issubclass(kind, BaseModel):
            found |= settings_of(kind, f"{before}{name}.")
        else:
            found[before + name] = field.default
    return found


def table_below(path: str, title: str) -> list[list[str]]:
    """The cells of the first table below a heading, its own head left out."""
    below = text_of(path).partition(f"\n## {title}\n")[2]
    rows = [line for line in below.partition("\n## ")[0].splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row.split("|")[1:-1]] for row in rows[2:]]


@cache
def words_on_screens() -> str:
    """Every string of core/texts and of the plans, in one."""
    strings = [
        node.value
        for source in sources("core/texts")
        for node in source.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    ]
    plans = [path.read_text(encoding="utf-8") for path in ROOT.glob("campaigns/*.toml")]
    return "\n".join((*strings, *plans)).casefold()


@pytest.mark.parametrize("path", DOCUMENTS)
def test_links_lead_somewhere(path: str) -> None:
    lost = []
    for target in LINK.findall(prose_of(path)):
        if ADDRESS.match(target):
            continue
        name, _, anchor = target.partition("#")
        file = ((ROOT / path).parent / name).resolve() if name else ROOT / path
        if file.relative_to(ROOT).as_posix() in AWAITED:
            continue
        if not file.exists() or (anchor and anchor not in anchors_of(file)):
            lost.append(target)
    assert lost == []


@pytest.mark.parametrize("path", DOCUMENTS)
def test_commands_that_are_printed_exist(path: str) -> None:
    complaints = [complaint_about(shlex.split(command)) for command in commands_of(path)]
    assert [one for one in complaints if one] == []


def test_a_command_that_does_not_exist_is_found() -> None:
    assert complaint_about(["people", "codes", "x.xlsx", "NV1"]) == ""
    assert complaint_about(["--wheels", "wheels", "backup", "--verify"]) == ""
    assert complaint_about(["people", "fire", "x"]) == "no such command: people fire x"
    assert complaint_about(["backup", "--prove"]) == "no such option: backup --prove"


@pytest.mark.parametrize("path", DOCUMENTS)
def test_no_address_is_named(path: str) -> None:
    found = ADDRESS.findall(text_of(path))
    assert [one for one in found if not one.startswith(ADDRESSES)] == []


@pytest.mark.parametrize("path", DOCUMENTS)
def test_places_in_the_code_exist(path: str) -> None:
    lost = []
    for code in CODE.findall(prose_of(path)):
        found = IN_THE_CODE.fullmatch(code)
        if found is None:
            continue
        file = ROOT / found[1]
        named = found[2] is None or re.search(rf"\b{found[2]}\b", file.read_text(encoding="utf-8"))
        if not file.exists() or not named:
            lost.append(code)
    assert lost == []


@pytest.mark.parametrize("path", FOR_PEOPLE)
def test_words_on_the_screen_are_quoted_as_they_stand(path: str) -> None:
    said = words_on_screens()
    quoted = ON_SCREEN.findall(prose_of(path))
    assert [one for one in quoted if one.casefold() not in said] == []


class TestBothReadmes:
    """English and Vietnamese say the same, and each leads to the other."""

    def test_each_leads_to_the_other_in_its_first_line(self) -> None:
        assert text_of("README.md").splitlines()[0] == "[Tiếng Việt](README.vi.md)"
        assert text_of("README.vi.md").splitlines()[0] == "[English](README.md)"

    def test_headings_stand_alike(self) -> None:
        english, vietnamese = (
            [level for level, _title in HEADING.findall(prose_of(path))] for path in READMES
        )
        assert english == vietnamese

    def test_blocks_and_links_are_the_same(self) -> None:
        english, vietnamese = (text_of(path).split("\n", 1)[1] for path in READMES)
        assert BLOCK.findall(english) == BLOCK.findall(vietnamese)
        assert LINK.findall(english) == LINK.findall(vietnamese)

    def test_tables_have_the_same_first_column_where_it_is_code(self) -> None:
        first = re.compile(r"^\| (`[^`]+`) \|", re.MULTILINE)
        english, vietnamese = (first.findall(text_of(path)) for path in READMES)
        assert english == vietnamese


@pytest.mark.parametrize(("path", "title"), [("README.md", "Configuration"), ("README.vi.md", "Cấu hình")])
def test_the_table_of_settings_is_whole_and_right(path: str, title: str) -> None:
    rows = table_below(path, title)
    defaults = settings_of()
    assert [key.strip("`") for key, _default, _meaning in rows] == list(defaults)
    wrong = {
        key: default
        for key, default, _meaning in rows
        if default.startswith("`") and key != "`backup.folder`" and default != f"`{defaults[key.strip('`')]}`"
    }
    assert wrong == {}


def test_the_version_has_its_chapter() -> None:
    project = tomllib.loads(text_of("pyproject.toml"))["project"]
    assert re.search(rf"^## \[{re.escape(project['version'])}\]", text_of("CHANGELOG.md"), re.MULTILINE)
