"""`people`: the sheet goes out, comes back, and names every error; codes reach only the new."""

import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import python_calamine

from bot.__main__ import main
from bot.trouble import Outcome
from core.texts import commands as texts
from core.texts.people_sheet import NO_LINKS
from tests.bot.restored import logging_restored

GOOD = (
    "Mã đơn vị;Đơn vị;Họ tên;Mã nhân viên;Điện thoại\nTT;Trung tâm Y tế Mẫu;Nguyễn Thị Mẫu;NV1;0912345678\n"
)
BAD = GOOD + "TT;Trung tâm Y tế Mẫu;;NV2;0912345679\n"

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Iterator[Run]:
    """Types a `people` command in a folder with an empty installation."""
    for name in [name for name in os.environ if name.upper().startswith("BOT_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)

    def type_in(*words: str) -> tuple[int, str]:
        code = main(["people", *words])
        said = capsys.readouterr()
        assert "Traceback" not in said.out + said.err
        return code, said.out + said.err

    with logging_restored():
        main(["migrate"])
        capsys.readouterr()
        yield type_in


def cells(path: str) -> list[list[str]]:
    rows = python_calamine.load_workbook(path).get_sheet_by_index(0).to_python()
    return [[str(cell) for cell in row] for row in rows]


def test_the_template_is_written_once(run: Run) -> None:
    assert run("template", "mẫu.xlsx") == (Outcome.OK, "Đã ghi mẫu.xlsx.\n")
    before = Path("mẫu.xlsx").read_bytes()
    code, said = run("template", "mẫu.xlsx")
    assert (code, said) == (Outcome.USAGE, f"{texts.exists_already('mẫu.xlsx')}\n")
    assert Path("mẫu.xlsx").read_bytes() == before


def test_a_sheet_is_tried_imported_and_given_out_again(run: Run) -> None:
    Path("ds.csv").write_text(GOOD, encoding="utf-8")
    code, said = run("import", "ds.csv", "--dry-run")
    assert code == Outcome.OK
    assert "thêm 1, sửa 0" in said
    assert said.endswith(f"{texts.DRY_RUN}\n")
    code, said = run("import", "ds.csv", "--codes", "mã.xlsx")
    assert code == Outcome.OK
    assert "thêm 1, sửa 0" in said
    code_sheet = cells("mã.xlsx")
    assert code_sheet[2][0] == "Nguyễn Thị Mẫu"
    assert code_sheet[1][:4] == ["Họ tên", "Mã nhân viên", "Đơn vị", "Mã tham gia"]
    assert code_sheet[2][1] == "NV1"
    assert len(code_sheet[2][3]) == len("K7QM4-T2X9B")
    assert code_sheet[2][4] == ""
    assert NO_LINKS in said
    assert NO_LINKS in code_sheet[0][0]
    if os.name == "posix":
        assert stat.S_IMODE(Path("mã.xlsx").stat().st_mode) == 0o600
    assert run("export", "ra.xlsx")[0] == Outcome.OK
    assert "Nguyễn Thị Mẫu" in [cell for row in cells("ra.xlsx") for cell in row]
    code, said = run("import", "ra.xlsx", "--codes", "mã2.xlsx")
    assert code == Outcome.OK
    assert "thêm 0, sửa 0, giữ nguyên 1" in said
    assert not Path("mã2.xlsx").exists()


def test_bad_rows_are_named_and_the_good_ones_enter(run: Run) -> None:
    Path("ds.csv").write_text(BAD, encoding="utf-8")
    code, said = run("import", "ds.csv", "--errors", "sửa.xlsx")
    assert code == Outcome.PROBLEMS
    assert "thêm 1, sửa 0, giữ nguyên 0, lỗi 1 dòng" in said
    assert "3" in said.splitlines()[0]
    assert any("NV2" in row for row in cells("sửa.xlsx"))


def test_no_unit_is_made_for_bad_rows_alone(run: Run) -> None:
    sheet = (
        "Đơn vị;Đơn vị cấp trên;Họ tên;Mã nhân viên;Điện thoại\n"
        "Khoa Nội;Sở;An Mẫu;NV1;123\nSở;;;;\nKhoa Ngoại;Sở;trần thị Mẫu;NV2;\n"
    )
    Path("ds.csv").write_text(sheet, encoding="utf-8")
    said = run("import", "ds.csv")[1]
    assert "thêm 1, sửa 0, giữ nguyên 0, lỗi 1 dòng.\nĐơn vị: thêm 2, sửa 0." in said
    assert "Họ tên «trần thị Mẫu» có chữ đầu viết thường; vẫn nhập như đã ghi" in said
    run("export", "ra.xlsx")
    listed = [cell for row in cells("ra.xlsx") for cell in row]
    assert "Khoa Ngoại" in listed
    assert "Khoa Nội" not in listed


def test_an_output_that_exists_stops_before_anything_is_imported(run: Run) -> None:
    Path("ds.csv").write_text(GOOD, encoding="utf-8")
    Path("mã.xlsx").write_bytes(b"mine")
    code, said = run("import", "ds.csv", "--codes", "mã.xlsx")
    assert code == Outcome.USAGE
    assert "không ghi đè" in said
    assert "thêm 1" in run("import", "ds.csv", "--dry-run")[1]


@pytest.mark.parametrize("name", ["absent.xlsx", "."])
def test_a_file_that_cannot_be_read_is_named(name: str, run: Run) -> None:
    assert run("import", name) == (Outcome.USAGE, f"{texts.cannot_open(name)}\n")


def test_a_file_that_is_no_sheet_is_refused(run: Run) -> None:
    Path("ảnh.xlsx").write_bytes(b"\xff\xd8\xff not a sheet")
    code, said = run("import", "ảnh.xlsx")
    assert code == Outcome.PROBLEMS
    assert "thêm 0" in said


def test_codes_are_handed_out_again_to_whoever_is_not_linked(run: Run) -> None:
    Path("ds.csv").write_text(GOOD, encoding="utf-8")
    run("import", "ds.csv")
    code, said = run("codes", "mã.xlsx")
    assert (code, said) == (Outcome.OK, f"{texts.codes_issued(1)}\n{NO_LINKS}\n{texts.saved('mã.xlsx')}\n")
    first = cells("mã.xlsx")[2]
    assert first[0] == "Nguyễn Thị Mẫu"
    code, said = run("codes", "mã2.xlsx", "nv1")
    assert code == Outcome.OK
    assert "1 người đang có mã chưa dùng" in said
    assert cells("mã2.xlsx")[2][3] != first[3]


def test_a_code_for_nobody_is_not_made(run: Run) -> None:
    Path("ds.csv").write_text(GOOD, encoding="utf-8")
    run("import", "ds.csv")
    code, said = run("codes", "mã.xlsx", "NV1", "NV9")
    assert (code, said) == (Outcome.USAGE, f"{texts.nobody_has(['NV9'])}\n")
    assert not Path("mã.xlsx").exists()


def test_where_nobody_waits_no_file_is_written(run: Run) -> None:
    assert run("codes", "mã.xlsx") == (Outcome.OK, f"{texts.NOBODY_WAITS}\n")
    assert not Path("mã.xlsx").exists()


def test_who_leaves_is_taken_off_the_list_and_can_come_back(run: Run) -> None:
    Path("ds.csv").write_text(GOOD, encoding="utf-8")
    run("import", "ds.csv")
    assert run("leave", "NV9") == (Outcome.USAGE, f"{texts.nobody_works_as(['NV9'])}\n")
    assert run("leave", "nv1") == (Outcome.OK, f"{texts.have_left(['Nguyễn Thị Mẫu'])}\n")
    assert run("codes", "mã.xlsx") == (Outcome.OK, f"{texts.NOBODY_WAITS}\n")
    assert run("leave", "NV1")[0] == Outcome.USAGE
    assert run("return", "NV1") == (Outcome.OK, f"{texts.are_back(['Nguyễn Thị Mẫu'])}\n")
    assert run("return", "NV1") == (Outcome.USAGE, f"{texts.nobody_left_as(['NV1'])}\n")
    assert run("codes", "mã.xlsx")[0] == Outcome.OK


def test_the_last_administrator_does_not_leave(run: Run) -> None:
    Path("ds.csv").write_text(
        "Đơn vị;Họ tên;Mã nhân viên;Vai trò\nSở;An Mẫu;QT1;quản trị\n", encoding="utf-8"
    )
    run("import", "ds.csv")
    assert run("leave", "QT1") == (Outcome.PROBLEMS, f"{texts.LAST_ADMINISTRATOR}\n")
