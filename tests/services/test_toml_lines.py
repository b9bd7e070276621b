"""Line numbers of keys, checked against what tomllib understands."""

import tomllib
from collections.abc import Iterator
from textwrap import dedent

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.papers.toml_lines import KeyPath, key_lines, line_of


def paths(value: object, path: KeyPath = ()) -> Iterator[KeyPath]:
    """Every table, key and element that tomllib found."""
    if path:
        yield path
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from paths(inner, (*path, key))
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from paths(inner, (*path, index))


ODD = dedent(
    '''\
    # a comment with [brackets] and = signs
    a = 1
    "quoted key" = 'x # no comment'
    b.c . d = "[not.a.table]"
    text = """
    [neither]
    this = "is"
    \\""" nor this
    e"""""
    raw = \'\'\'
    [[still]] not
    \'\'\'\'
    empty = ""
    when = 2026-11-16 07:00:00  # a space inside
    list = [ # a comment, with ] and "
      "one",
      { x = 1, y = [2,
        3] },

      [],
    ]

    [table]
    f = true
    [table.inner]
    g = {}
    [[rows]]
    h = 1
    [rows.sub]
    i = 2
    [[rows]]
    h = 3
    [[rows.deeper]]
    j = "\\" ] }"
    [[rows.deeper]]
    j = 5
    '''
)


def test_every_key_has_a_line() -> None:
    lines = key_lines(ODD)
    assert set(paths(tomllib.loads(ODD))) <= set(lines)


@pytest.mark.parametrize(
    ("path", "start"),
    [
        (("a",), "a = 1"),
        (("quoted key",), '"quoted key"'),
        (("b", "c", "d"), "b.c . d"),
        (("text",), "text ="),
        (("raw",), "raw ="),
        (("when",), "when ="),
        (("list",), "list ="),
        (("list", 0), '  "one"'),
        (("list", 1, "y"), "  { x"),
        (("list", 1, "y", 1), "    3]"),
        (("list", 2), "  [],"),
        (("table",), "[table]"),
        (("table", "inner", "g"), "g = {}"),
        (("rows", 0), "[[rows]]"),
        (("rows", 0, "sub", "i"), "i = 2"),
        (("rows", 1, "h"), "h = 3"),
        (("rows", 1, "deeper", 0, "j"), 'j = "'),
        (("rows", 1, "deeper", 1, "j"), "j = 5"),
    ],
)
def test_the_line_is_where_the_key_is_written(path: KeyPath, start: str) -> None:
    assert ODD.splitlines()[key_lines(ODD)[path] - 1].startswith(start)


def test_windows_line_ends_count_once() -> None:
    assert key_lines("a = 1\r\n\r\nb = [\r\n2]\r\n") == {("a",): 1, ("b",): 3, ("b", 0): 4}


def test_a_missing_key_is_at_the_table_around_it() -> None:
    lines = key_lines(ODD)
    assert line_of(lines, ("rows", 1, "missing")) == lines["rows", 1]
    assert line_of(lines, ("missing",)) == 1


values = st.recursive(
    st.integers(-5, 5).map(str)
    | st.text(alphabet="ab[]{}#=,' \n", max_size=8).map(lambda text: f'"""{text}"""')
    | st.text(alphabet='ab[]{}#=," ', max_size=8).map(lambda text: f"'{text}'"),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: "[\n" + ",# x]\n".join(items) + "\n]"),
    max_leaves=6,
)


@given(
    st.lists(st.tuples(st.sampled_from(["k = {}", "[[t]]\nk = {}", "[[t.u]]\nk = {}"]), values), max_size=6)
)
def test_whatever_tomllib_reads_is_found_at_its_own_line(entries: list[tuple[str, str]]) -> None:
    text = "\n".join(shape.replace("{}", value) for shape, value in entries)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return
    lines = key_lines(text)
    written = text.split("\n")
    for path in paths(data):
        assert path in lines
        if path[-1] == "k":
            assert written[lines[path] - 1].startswith("k = ")
