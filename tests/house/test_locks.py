"""The lock files install anywhere: hashed, free of addresses, and in step with pyproject.toml."""

import re
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.lock import DEVELOPMENT, RUNTIME
from tests.house.source import ROOT

LOCKS = (RUNTIME, DEVELOPMENT)
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)", re.MULTILINE)


def unhashed(lock: str) -> list[str]:
    """The requirements of a lock that carry no hash."""
    entries = re.split(r"\n(?=[a-z0-9])", re.sub(r"^ *#.*\n", "", lock, flags=re.MULTILINE))
    return [entry.split()[0] for entry in entries if entry.strip() and "--hash=sha256:" not in entry]


def unmet(wanted: list[str], lock: str) -> list[str]:
    """The requirements that a lock does not pin, or pins to a version that does not fit."""
    pins = {canonicalize_name(name): version for name, version in PIN.findall(lock)}
    requirements = [Requirement(text) for text in wanted]
    return [
        str(requirement)
        for requirement in requirements
        if not requirement.specifier.contains(pins.get(canonicalize_name(requirement.name), "0"))
    ]


@pytest.mark.parametrize("name", LOCKS)
def test_no_address_stands_in_a_lock(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    assert "://" not in text
    assert not re.search(r"^\s*(-i|-f|--index-url|--extra-index-url|--find-links)\b", text, re.MULTILINE)


@pytest.mark.parametrize("name", LOCKS)
def test_everything_locked_is_hashed(name: str) -> None:
    assert unhashed((ROOT / name).read_text(encoding="utf-8")) == []


def test_the_locks_fit_pyproject() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime, development = ((ROOT / name).read_text(encoding="utf-8") for name in LOCKS)
    assert unmet(settings["project"]["dependencies"], runtime) == []
    assert unmet(settings["dependency-groups"]["dev"], development) == []


def test_both_locks_agree() -> None:
    runtime, development = (dict(PIN.findall((ROOT / name).read_text(encoding="utf-8"))) for name in LOCKS)
    assert {name: pin for name, pin in development.items() if runtime.get(name, pin) != pin} == {}


def test_what_is_wrong_with_a_lock_is_found() -> None:
    lock = "# made by hand\nrich==15.0.0 \\\n    --hash=sha256:00\n    # via thidua\nsix==1.17.0\n"
    assert unhashed(lock) == ["six==1.17.0"]
    assert unmet(["rich>=14", "six>=2", "typer"], lock + "typer==0.29.2") == ["six>=2"]
    assert unmet(["rich>=14", "holidays>=0.109"], lock) == ["holidays>=0.109"]
