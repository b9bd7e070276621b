"""Photos are fetched from Zalo's hosts alone, whole, and once they are gone they are gone."""

import socket
from collections.abc import Sequence
from datetime import timedelta

import httpx
import pytest

from bot.channels.base import FetchFailedError, FileGoneError, FileTooBigError
from bot.channels.zalo_media import ZaloMedia
from core.messages import FileRef
from tests.bot.zalo_line import LAN, Line, a_line

LINK = "https://photo-stal-11.zdn.vn/media/1.jpg"


async def fetched(line: Line) -> bytes:
    """The bytes of the photo that came in last."""
    (file,) = (await line.hears())[-1].files
    return b"".join([piece async for piece in line.channel.fetch(file)])


def media(
    answer: httpx.Response | Exception, *addresses: str, hosts: Sequence[str] = ("zdn.vn",)
) -> ZaloMedia:
    """Somebody's media host, at these addresses."""

    def handle(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def resolver(host: str) -> Sequence[str]:
        looked_up.append(host)
        return addresses or ["8.8.8.8"]

    asked.clear()
    looked_up.clear()
    return ZaloMedia(hosts, transport=httpx.MockTransport(handle), resolver=resolver)


asked: list[httpx.Request] = []
looked_up: list[str] = []


async def test_a_photo_is_fetched_whole() -> None:
    line = a_line()
    line.server.user_sends_photo(LAN, b"\xff\xd8" * 5000)
    assert await fetched(line) == b"\xff\xd8" * 5000


@pytest.mark.parametrize("status", [403, 404])
async def test_a_photo_that_is_kept_no_longer_is_gone(status: int) -> None:
    line = a_line()
    line.server.switches.media_status = status
    line.server.user_sends_photo(LAN, b"\xff\xd8")
    with pytest.raises(FileGoneError):
        await fetched(line)


async def test_a_photo_whose_time_is_over_is_gone() -> None:
    line = a_line()
    line.server.switches.media_lifetime = timedelta(minutes=10)
    line.server.user_sends_photo(LAN, b"\xff\xd8")
    line.clock.move(minutes=11)
    with pytest.raises(FileGoneError):
        await fetched(line)


async def test_an_outage_is_worth_another_try() -> None:
    line = a_line()
    line.server.user_sends_photo(LAN, b"\xff\xd8")
    heard = await line.hears()
    line.server.outage = True
    with pytest.raises(FetchFailedError):
        _ = [piece async for piece in line.channel.fetch(heard[0].files[0])]


async def test_asked_is_the_address_that_was_judged_under_the_name_of_the_host() -> None:
    assert await media(httpx.Response(200, content=b"x"), "2606:4700::1", "8.8.4.4").read(LINK) == b"x"
    (request,) = asked
    assert (request.url.host, request.headers["Host"]) == ("8.8.4.4", "photo-stal-11.zdn.vn")
    assert request.extensions["sni_hostname"] == "photo-stal-11.zdn.vn"
    assert looked_up == ["photo-stal-11.zdn.vn"]


@pytest.mark.parametrize(
    "link",
    [
        "http://photo.zdn.vn/1.jpg",
        "https://zdn.vn.example.org/1.jpg",
        "https://evilzdn.vn/1.jpg",
        "https://photo.zdn.vn@10.0.0.1/1.jpg",
        "https://lan:mat-khau@photo.zdn.vn/1.jpg",
        "https://photo.zdn.vn:8443/1.jpg",
        "https://127.0.0.1/1.jpg",
        "https://[::1]/1.jpg",
        "https://2130706433/1.jpg",
        "ftp://photo.zdn.vn/1.jpg",
        "file:///etc/passwd",
        "//photo.zdn.vn/1.jpg",
        "https:///1.jpg",
        "không phải địa chỉ",
        "https://[",
        "https://photo.zdn.vn:99999999/1.jpg",
        "\x00",
    ],
)
async def test_no_other_host_is_ever_asked(link: str) -> None:
    with pytest.raises(FileGoneError):
        await media(httpx.Response(200)).read(link)
    assert not asked
    assert not looked_up


@pytest.mark.parametrize(
    "addresses",
    [
        ["10.0.0.5"],
        ["127.0.0.1"],
        ["169.254.169.254"],
        ["192.168.1.1"],
        ["8.8.8.8", "10.0.0.5"],
        ["::1"],
        ["fe80::1%eth0"],
        ["::ffff:10.0.0.5"],
        ["100.64.0.1"],
        ["không phải"],
    ],
)
async def test_a_name_of_zalos_that_leads_inside_is_not_followed(addresses: list[str]) -> None:
    with pytest.raises(FetchFailedError):
        await media(httpx.Response(200), *addresses).read(LINK)
    assert asked == []


@pytest.mark.parametrize("status", [301, 302, 307, 500, 204])
async def test_a_way_to_elsewhere_is_not_taken(status: int) -> None:
    elsewhere = httpx.Response(status, headers={"Location": "https://10.0.0.1/"})
    with pytest.raises(FetchFailedError):
        await media(elsewhere).read(LINK)
    assert len(asked) == 1


@pytest.mark.parametrize("trouble", [httpx.ReadTimeout("x"), socket.gaierror(), httpx.DecodingError("x")])
async def test_a_failing_line_is_worth_another_try_and_tells_no_address(trouble: Exception) -> None:
    with pytest.raises(FetchFailedError) as caught:
        await media(trouble).read(LINK)
    assert caught.value.__cause__ is caught.value.__context__ is None
    assert str(caught.value) == type(trouble).__name__


async def test_what_is_far_too_large_is_left_unread() -> None:
    with pytest.raises(FileTooBigError):
        await media(httpx.Response(200, content=bytes(26 * 1024 * 1024))).read(LINK)


async def test_an_origin_of_our_own_can_be_tried() -> None:
    own = media(httpx.Response(200, content=b"x"), hosts=["http://127.0.0.1:8082"])
    assert await own.read("http://127.0.0.1:8082/media/1.jpg") == b"x"
    with pytest.raises(FileGoneError):
        await own.read("http://127.0.0.1:8083/media/1.jpg")
    assert looked_up == []


async def test_no_link_is_no_file() -> None:
    with pytest.raises(FileGoneError):
        _ = [piece async for piece in a_line().channel.fetch(FileRef("", "", "a.jpg", 0, "image/jpeg"))]
