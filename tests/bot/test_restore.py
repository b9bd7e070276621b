"""Restoring: a backup may come from anywhere, so nothing in it is believed."""

import hashlib
import json
import shutil
import stat
import zipfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import SimpleNamespace

import pytest

from bot.backup import DATABASE, MANIFEST, make
from bot.config import Data, Settings
from bot.restore import restore, verify
from bot.trouble import TroubleError
from tests.bot.installation import an_installation, tree

NOW = datetime(2026, 11, 22, 1, 30, tzinfo=UTC)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return an_installation(tmp_path / "dữ liệu")


def refusal(act: Callable[[], object]) -> str:
    with pytest.raises(TroubleError) as caught:
        act()
    return str(caught.value)


class Forge:
    """Rewrites a good backup into a bad one."""

    def __init__(self, good: Path, bad: Path) -> None:
        self.bad = bad
        with zipfile.ZipFile(good) as archive:
            self.content = {name: archive.read(name) for name in archive.namelist() if name != MANIFEST}
            self.manifest = json.loads(archive.read(MANIFEST))

    def add(self, name: str, content: bytes) -> None:
        """A file the manifest vouches for."""
        self.content[name] = content
        self.list(name, content)

    def list(self, name: str, content: bytes) -> None:
        told = {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        self.manifest["members"].append(told)

    def write(self, **how: int) -> zipfile.ZipFile:
        archive = zipfile.ZipFile(self.bad, "w", zipfile.ZIP_STORED)
        for name, content in self.content.items():
            info = zipfile.ZipInfo(name)
            info.filename = name
            info.compress_type = how.get("compression", zipfile.ZIP_STORED)
            info.external_attr = how.get("mode", 0o600) << 16 if name.startswith("files/") else 0
            archive.writestr(info, content)
        archive.writestr(MANIFEST, json.dumps(self.manifest))
        return archive


@pytest.fixture
def forge(settings: Settings, tmp_path: Path) -> Forge:
    return Forge(make(settings, NOW).path, tmp_path / "xấu.zip")


@pytest.fixture
def unharmed(tmp_path: Path) -> Iterator[Callable[[Path], str]]:
    """Tries to restore; whatever happens, nothing may appear anywhere outside or inside."""
    target = tmp_path / "in" / "data"
    target.parent.mkdir()
    (target.parent / "victim").write_text("safe", encoding="utf-8")

    def attempt(path: Path) -> str:
        refusal(lambda: verify(path))
        refusal(lambda: restore(path, Settings(data=Data(dir=target)), NOW))
        return refusal(lambda: restore(path, Settings(data=Data(dir=target)), NOW, force=True))

    yield attempt
    assert tree(target.parent) == {"victim": b"safe"}


@pytest.mark.parametrize(
    "name",
    [
        "../victim",
        "files/../../victim",
        "files/evidence/../../../victim",
        "/etc/passwd",
        "files//etc/passwd",
        "files/./x",
        "C:/Windows/x",
        "files/C:evil",
        "files/..\\..\\victim",
        "files\\x",
        "files/a\x01b",
        "files/a./b",
        "files/b /c",
        "files/",
        "files",
        "bot.db",
        "files/secrets/telegram_token",
        "files/Secrets/telegram_token",
        "files/backups/backup-20990101-000000.zip",
        "manifest.json/x",
    ],
)
def test_no_name_leads_outside(name: str, forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.add(name, b"evil")
    forge.write().close()
    assert "không an toàn" in unharmed(forge.bad)


@pytest.mark.parametrize("name", ["files/bot.db", "files/bot.db-wal", "files/BOT.DB-journal"])
def test_no_file_lands_on_the_database(name: str, forge: Forge, tmp_path: Path) -> None:
    forge.add(name, b"evil")
    forge.write().close()
    elsewhere = Settings(data=Data(dir=tmp_path / "mới"))
    assert "không an toàn" in refusal(lambda: restore(forge.bad, elsewhere, NOW))
    assert tree(tmp_path / "mới") == {}


@pytest.mark.parametrize("mode", [stat.S_IFLNK | 0o777, stat.S_IFDIR | 0o700, stat.S_IFIFO | 0o600])
def test_only_plain_files_are_taken(mode: int, forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.write(mode=mode).close()
    assert "không an toàn" in unharmed(forge.bad)


def test_a_compressed_member_may_be_a_bomb(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.write(compression=zipfile.ZIP_DEFLATED).close()
    assert "không an toàn" in unharmed(forge.bad)


def test_a_stranger_inside_is_refused(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.content["files/evidence/extra"] = b"unlisted"
    forge.write().close()
    assert "thừa tệp" in unharmed(forge.bad)


def test_a_missing_member_is_named(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    del forge.content["files/evidence/ab/abcd"]
    forge.write().close()
    assert "thiếu tệp «files/evidence/ab/abcd»" in unharmed(forge.bad)


def test_one_changed_byte_is_found(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.content["files/evidence/ab/abcd"] = b"phoTo"
    forge.write().close()
    assert "nội dung tệp «files/evidence/ab/abcd» không khớp" in unharmed(forge.bad)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_twice_is_refused(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    with forge.write() as archive:
        archive.writestr("files/evidence/ab/abcd", b"photo")
    assert "bị lặp" in unharmed(forge.bad)


def test_names_that_differ_in_case_only_are_one(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.add("files/evidence/AB/abcd", b"other")
    forge.write().close()
    assert "bị lặp" in unharmed(forge.bad)


def test_a_database_that_is_none_is_refused(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.manifest["members"] = [m for m in forge.manifest["members"] if m["name"] != DATABASE]
    forge.add(DATABASE, b"SQLite format 3\x00" + b"\xff" * 5000)
    forge.write().close()
    assert "không toàn vẹn" in unharmed(forge.bad)


def test_rows_that_differ_from_the_manifest_are_found(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.manifest["rows"]["person"] = 3
    forge.write().close()
    assert "số dòng dữ liệu không khớp" in unharmed(forge.bad)


@pytest.mark.parametrize(
    "manifest",
    [
        [],
        {},
        {"members": 5},
        {"created_at": "x", "revision": "", "rows": {}, "members": [{}], "format": 1},
        {"created_at": "x", "revision": "", "rows": [], "members": [], "format": 1},
        "[" * 100_000,
    ],
)
def test_a_manifest_of_another_shape_is_refused(
    manifest: object, forge: Forge, unharmed: Callable[[Path], str]
) -> None:
    forge.write().close()
    with zipfile.ZipFile(forge.bad, "w") as archive:
        archive.writestr(MANIFEST, manifest if isinstance(manifest, str) else json.dumps(manifest))
    assert "manifest.json không đọc được" in unharmed(forge.bad)


def test_a_zip_without_manifest_is_not_a_backup(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    with zipfile.ZipFile(forge.bad, "w") as archive:
        archive.writestr("photo.jpg", b"x")
    assert "thiếu danh mục" in unharmed(forge.bad)


def test_a_later_format_asks_for_an_upgrade(forge: Forge, unharmed: Callable[[Path], str]) -> None:
    forge.manifest["format"] = 99
    forge.write().close()
    assert "nâng cấp" in unharmed(forge.bad)


@pytest.mark.parametrize("kept", [0, 10, 1000, 0.5, 0.99])
def test_a_cut_off_file_is_refused(
    kept: float, settings: Settings, tmp_path: Path, unharmed: Callable[[Path], str]
) -> None:
    whole = make(settings, NOW).path.read_bytes()
    cut = tmp_path / "cụt.zip"
    cut.write_bytes(whole[: int(len(whole) * kept) if 0 < kept < 1 else int(kept)])
    assert "đã hỏng" in unharmed(cut)


def test_a_file_that_is_not_there_is_named(tmp_path: Path, unharmed: Callable[[Path], str]) -> None:
    assert "không có tệp này" in unharmed(tmp_path / "absent.zip")


def test_a_full_disk_is_said_before_writing(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = make(settings, NOW)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: SimpleNamespace(free=1))
    elsewhere = Settings(data=Data(dir=tmp_path / "mới"))
    assert "Không đủ chỗ" in refusal(lambda: restore(made.path, elsewhere, NOW))


def test_flipped_bits_anywhere_are_found(settings: Settings, tmp_path: Path) -> None:
    (settings.data.dir / "evidence" / "ab" / "abce").unlink()
    made = make(settings, NOW)
    whole, sound = made.path.read_bytes(), made.manifest
    bad = tmp_path / "lật.zip"
    for position in range(0, len(whole), max(1, len(whole) // 150)):
        flipped = bytearray(whole)
        flipped[position] ^= 0x10
        bad.write_bytes(flipped)
        try:
            found = verify(bad)
        except TroubleError:
            continue
        # Only what nobody reads, such as a time stamp inside the ZIP, may differ unseen.
        assert (found.rows, found.members) == (sound.rows, sound.members)
