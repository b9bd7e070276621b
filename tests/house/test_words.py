"""Rules 11 and 12: sentences stand in core/texts, without markup; modules bear the words of the glossary."""

import ast
import re
import unicodedata
from collections.abc import Iterator

import pytest

from tests.house.source import ROOMS, ROOT, Finding, Source, assert_kept, lines_found, sources

INNER_ROOMS = {"texts", "models", "queries", "migrations"}
MODULE_COLUMN = 3
TEXTS = "core/texts/"
# The alphabet itself: folding, sorting by given name, words for numbers and days.
ALPHABET = "core/vietnamese.py"
# What people type while something is measured: said to the house, not by it.
TYPED = "bench/"
NAMED_ROOMS = ("services", "handlers", "scheduler", "core", "core/texts", "db/models", "db/queries")
MARKUP = re.compile(r"</?(a|b|blockquote|br|code|em|i|p|pre|s|strong|u)(\s[^>]*)?/?>|\*\*|&(amp|gt|lt|nbsp);")


def is_vietnamese(text: str) -> bool:
    """Whether a text has a Latin letter that English does not have."""
    return any(
        not letter.isascii() and unicodedata.name(letter, "").startswith(("LATIN", "COMBINING"))
        for letter in text
    )


def literals(source: Source) -> Iterator[ast.Constant]:
    """The strings of a module that are used for something; docstrings and other bare strings are not."""
    bare = {node.value for node in source.nodes if isinstance(node, ast.Expr)}
    for node in source.nodes:
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in bare:
            yield node


def sentences_in_texts(source: Source) -> Iterator[Finding]:
    """Rule 11: no Vietnamese outside core/texts."""
    if source.within(TEXTS, ALPHABET, TYPED) or (source.text.isascii() and "\\" not in source.text):
        return
    for literal in literals(source):
        if is_vietnamese(str(literal.value)):
            what = f"a sentence outside core/texts: {str(literal.value)[:40]!r}"
            yield Finding(source.path, literal.lineno, what)


def plain_sentences(source: Source) -> Iterator[Finding]:
    """Rule 11: no markup in a text, and no voice is raised."""
    for literal in literals(source):
        if found := MARKUP.search(str(literal.value)):
            yield Finding(source.path, literal.lineno, f"markup in a text: {found[0]}")
        if "!" in str(literal.value):
            yield Finding(source.path, literal.lineno, "an exclamation mark in a text")


def glossary_words(glossary: str) -> set[str]:
    """The module names that the glossary's tables give in their third column."""
    rows = [line.split("|") for line in glossary.splitlines() if line.startswith("|")]
    return {
        word
        for row in rows
        if len(row) > MODULE_COLUMN
        for word in re.findall(r"`([a-z_]+)`", row[MODULE_COLUMN])
    }


def is_known(name: str, words: set[str]) -> bool:
    """Whether a module bears a word of the glossary; a finer one may follow it, as in "people_sheet"."""
    first = name.partition("_")[0]
    return bool({name, first, first + "s"} & words)


def modules_of(room: str) -> set[str]:
    """The modules and packages that stand directly in a room."""
    entries = (ROOT / room).iterdir() if (ROOT / room).is_dir() else ()
    names = {entry.stem for entry in entries if entry.suffix == ".py" or (entry / "__init__.py").exists()}
    return {name for name in names if not name.startswith("_")} - INNER_ROOMS


def test_sentences_stand_in_texts() -> None:
    assert_kept(sentences_in_texts, sources(*ROOMS, "bench"))


def test_texts_are_plain() -> None:
    assert_kept(plain_sentences, sources(TEXTS))


@pytest.mark.parametrize("room", NAMED_ROOMS)
def test_modules_bear_the_words_of_the_glossary(room: str) -> None:
    known = glossary_words((ROOT / "docs/glossary.md").read_text(encoding="utf-8"))
    unknown = {name for name in modules_of(room) if not is_known(name, known)}
    assert not unknown, f"{room}: give these words a line in docs/glossary.md, or use one that has: {unknown}"


@pytest.mark.parametrize(
    "planted",
    [
        'title = "Xin chào"',
        'title = f"{name} đã nộp"',
        'raise ValueError("thiếu tên")',
        'def ask(word="hủy"): ...',
        'title = "Xin chao\\u0300"',
    ],
)
def test_a_sentence_out_of_place_is_found(planted: str) -> None:
    assert lines_found(sentences_in_texts, planted) == [1]
    assert lines_found(sentences_in_texts, planted, "core/texts/menu.py") == []


def test_docstrings_comments_and_english_are_no_sentences() -> None:
    planted = '"""Đợt thi đua."""\nx = 1  # hạn nộp\n"""Đơn vị."""\ny = "a title … ✓ 🏠"\n'
    assert lines_found(sentences_in_texts, planted) == []


@pytest.mark.parametrize("text", ["<b>Hạn</b>", "**Hạn**", "Hạn &lt; 5", "Xong!", "<a href='x'>đây</a>"])
def test_markup_is_found(text: str) -> None:
    assert lines_found(plain_sentences, f"TITLE = {text!r}") == [1]


def test_plain_sentences_pass() -> None:
    planted = 'A = "3 < 5, gõ <mã>"\ndef left(n: int) -> str:\n    return f"còn {n!r} ngày"\n'
    assert lines_found(plain_sentences, planted) == []


def test_the_glossary_is_read_from_its_third_column() -> None:
    table = (
        "| Tiếng Việt | English | Module | |\n|---|---|---|---|\n| sổ | journal | `journal` | not `this` |\n"
    )
    assert glossary_words(table) == {"journal"}


def test_a_word_without_a_line_is_found() -> None:
    words = {"evidence", "campaigns"}
    assert is_known("evidence", words)
    assert is_known("evidence_refusals", words)
    assert is_known("campaign_files", words)
    assert not is_known("refused_evidence", words)
    assert not is_known("proofs", words)
