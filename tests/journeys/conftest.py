"""Journeys are written out: one transcript a journey and platform, to be read by a colleague."""

from collections.abc import Generator, Iterator

import pytest

from tests import transcripts
from tests.chat import Town

_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    report = yield
    if call.when == "call":
        item.stash[_FAILED] = report.failed
    return report


@pytest.fixture
def town(town: Town, request: pytest.FixtureRequest) -> Iterator[Town]:
    """A town whose journey is compared with its transcript in the end."""
    yield from _written_out(town, request)


@pytest.fixture
def files_town(files_town: Town, request: pytest.FixtureRequest) -> Iterator[Town]:
    """The same for platforms that take files."""
    yield from _written_out(files_town, request)


@pytest.fixture
def numbers_town(numbers_town: Town, request: pytest.FixtureRequest) -> Iterator[Town]:
    """The same for text alone."""
    yield from _written_out(numbers_town, request)


def _written_out(place: Town, request: pytest.FixtureRequest) -> Iterator[Town]:
    yield place
    if place.surface.name not in transcripts.SHOWN or request.node.stash.get(_FAILED, True):
        return
    name = request.node.originalname.removeprefix("test_")
    transcripts.check(
        transcripts.FOLDER / f"{name}.{place.surface.name}.txt",
        transcripts.written(str(request.function.__doc__), place.surface.name, place.transcript),
        update=request.config.getoption("--update-transcripts"),
    )
