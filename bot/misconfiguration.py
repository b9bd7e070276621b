"""Says which setting is wrong, where it stands and what to write instead."""

import difflib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from core.texts import settings as texts

PREFIX = "BOT__"

_BOUNDS = {
    "greater_than_equal": ("ge", texts.at_least),
    "greater_than": ("gt", texts.more_than),
    "less_than_equal": ("le", texts.at_most),
}
_KINDS = {
    "int": texts.NOT_WHOLE,
    "float": texts.NOT_NUMBER,
    "finite": texts.NOT_NUMBER,
    "string": texts.NOT_TEXT,
    "path": texts.NOT_TEXT,
    "model": texts.NOT_SECTION,
    "dict": texts.NOT_SECTION,
    "missing": texts.MISSING,
}
_TOML_LINE = re.compile(r"at line (\d+)")
_SECTION = re.compile(r"^\s*\[\s*([^\[\]]+?)\s*\]")


@dataclass(frozen=True)
class Finding:
    """One wrong setting; never carries the value itself, which may be a secret."""

    source: str
    """Name of the file or of the environment variable."""
    key: str
    """Dotted key, or nothing when the whole source is unreadable."""
    problem: str
    line: int | None = None

    def __str__(self) -> str:
        return texts.finding(self.source, self.line, self.key, self.problem)


class ConfigError(Exception):
    """The settings cannot be used; `findings` says everything that is wrong, not only the first."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        super().__init__("\n".join(str(finding) for finding in self.findings))


@dataclass(frozen=True)
class Sources:
    """Where the settings came from, so that an error can point there."""

    path: Path | None
    text: str
    variables: Mapping[tuple[str, ...], str]
    """Dotted key of each `BOT__…` variable → the name of the variable as set."""

    def finding(self, key: tuple[str, ...], problem: str) -> Finding:
        """Attribute a problem to the variable that set the key, else to the line of the file."""
        dotted = ".".join(key)
        if key in self.variables:
            return Finding(f"{texts.ENVIRONMENT} {self.variables[key]}", dotted, problem)
        name = "config.toml" if self.path is None else str(self.path)
        return Finding(name, dotted, problem, line_of(self.text, key))


def variables_of(environ: Mapping[str, str]) -> dict[tuple[str, ...], str]:
    """The `BOT__…` variables that hold something, by the key they speak of."""
    return {
        tuple(name[len(PREFIX) :].lower().split("__")): name
        for name, value in environ.items()
        if name.upper().startswith(PREFIX) and value != ""
    }


def line_of(text: str, key: tuple[str, ...]) -> int | None:
    """Line number of `key` in TOML `text`; the section's own line when the key stands in none."""
    section: tuple[str, ...] = ()
    nearest: int | None = None
    for number, line in enumerate(text.split("\n"), start=1):
        if heading := _SECTION.match(line):
            section = tuple(part.strip(" \"'") for part in heading.group(1).split("."))
            if section == key[: len(section)]:
                nearest = number
        elif "=" in line and not line.lstrip().startswith("#"):
            written = tuple(part.strip(" \"'") for part in line.split("=", 1)[0].strip().split("."))
            if section + written == key[: len(section) + len(written)]:
                return number
    return nearest


def toml_line(error: ValueError) -> int | None:
    """The line a TOML decoding error names, which Python keeps only inside its sentence."""
    found = _TOML_LINE.search(str(error))
    return int(found.group(1)) if found else None


def sections(model: type[BaseModel]) -> dict[str, type[BaseModel]]:
    """The fields of a model that are themselves groups of settings."""
    return {
        name: field.annotation
        for name, field in model.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, BaseModel)
    }


def keys_of(model: type[BaseModel], above: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """Every single setting below a model, as keys."""
    inner = sections(model)
    for name in model.model_fields:
        if name in inner:
            yield from keys_of(inner[name], (*above, name))
        else:
            yield (*above, name)


def unknown(model: type[BaseModel], key: tuple[str, ...]) -> str | None:
    """What is wrong with a key that names no setting, or nothing when it names one."""
    here = model
    for depth, name in enumerate(key):
        inner = sections(here)
        if name not in here.model_fields:
            return texts.unknown_key(_nearest(model, here, key, depth))
        if name not in inner:
            return None if depth == len(key) - 1 else texts.unknown_key(".".join(key[: depth + 1]))
        here = inner[name]
    return texts.SECTION_VARIABLE


def _nearest(model: type[BaseModel], here: type[BaseModel], key: tuple[str, ...], depth: int) -> str | None:
    """The nearest name in the same group, else the same last name in any group."""
    beside = difflib.get_close_matches(key[depth], list(here.model_fields), n=1)
    if beside:
        return ".".join((*key[:depth], beside[0]))
    elsewhere = [".".join(known) for known in keys_of(model) if known[-1] == key[-1]]
    return elsewhere[0] if elsewhere else None


def problem(error: ErrorDetails) -> str:
    """A pydantic error as a Vietnamese sentence, without the value."""
    kind = error["type"]
    context = error.get("ctx", {})
    if kind in _BOUNDS:
        name, sentence = _BOUNDS[kind]
        return sentence(str(context[name]))
    if kind == "literal_error":
        return texts.one_of(str(context["expected"]).replace("'", "").replace(" or ", ", "))
    if kind == "value_error":
        return str(context["error"])
    return _KINDS.get(kind.split("_", 1)[0], texts.NOT_USABLE)
