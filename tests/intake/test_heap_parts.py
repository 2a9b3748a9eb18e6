"""Answers as they come: in letters, letters within letters, archives, and saved as .ods."""

import io
import shutil
import subprocess
import zipfile
from collections.abc import Mapping
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path
from typing import Any

import pytest

from cosdesk.errors import UserError
from cosdesk.intake.answer_cells import read_cells
from cosdesk.intake.answer_heap import answer_files, read_heap
from cosdesk.intake.answer_workbook import ReadWorkbook, read_workbook
from cosdesk.intake.answers import Outcome, assess, read_values
from cosdesk.intake.guard import MEGABYTE
from cosdesk.intake.heap_parts import unwrap
from tests.rounds import GOOD, begin, desk, fill, letters_of, make_district

XLSX = "vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(range(256))


@pytest.fixture(scope="module")
def workbooks(tmp_path_factory: pytest.TempPathFactory) -> list[bytes]:
    """The filled workbooks of three schools."""
    with make_district(tmp_path_factory.mktemp("d") / "Район.cosdesk") as file:
        return [fill(letter.workbook, GOOD["internet"]) for letter in letters_of(file, begin(file))]


@pytest.fixture
def heap(tmp_path: Path) -> Path:
    folder = tmp_path / "ответы"
    folder.mkdir()
    return folder


def mail(attached: Mapping[str, bytes], body: str = "Ответ прилагаем.") -> EmailMessage:
    message = EmailMessage(policy=SMTP)
    message["From"], message["To"], message["Subject"] = "s@a.example", "k@a.example", "Ответ школы"
    message["Date"] = "Tue, 10 Mar 2026 09:15:00 +0000"
    message.set_content(body)
    for name, content in attached.items():
        message.add_attachment(content, maintype="application", subtype=XLSX, filename=name)
    return message


def archive(parts: Mapping[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return buffer.getvalue()


def names(path: Path, folder: Path) -> list[str]:
    return [part.place.name for part in unwrap(path, folder)]


def refusal(path: Path, folder: Path) -> str:
    with pytest.raises(UserError) as told:
        unwrap(path, folder)
    return str(told.value)


def test_a_letter_gives_its_workbooks_and_when_it_was_sent(heap: Path, tmp_path: Path, workbooks: list[bytes]) -> None:
    message = mail({"Ответ школы № 1.xlsx": workbooks[0], "подпись.png": PICTURE})
    (heap / "письмо без расширения").write_bytes(message.as_bytes())
    (part,) = unwrap(heap / "письмо без расширения", tmp_path)
    assert part.place.name == "Ответ школы № 1.xlsx" and part.place.read_bytes() == workbooks[0]
    assert part.sent_at == datetime.fromisoformat("2026-03-10T09:15:00+00:00").astimezone().replace(tzinfo=None)


def test_names_of_old_mail_programs_are_read(heap: Path, tmp_path: Path, workbooks: list[bytes]) -> None:
    plain = mail({"name.xlsx": workbooks[0]}).as_bytes()
    for number, name in enumerate(
        (
            b'"=?windows-1251?B?zvLi5fIueGxzeA==?="',
            b'"=?utf-8?Q?=D0=9E=D1=82=D0=B2=D0=B5=D1=82.xlsx?="',
            b'"=?koi8-r?B?79TXxdQueGxzeA==?="',
        )
    ):
        path = heap / f"{number}.eml"
        path.write_bytes(plain.replace(b'"name.xlsx"', name))
        assert names(path, tmp_path) == ["Ответ.xlsx"]


def test_a_forwarded_letter_and_an_archive_in_it(heap: Path, tmp_path: Path, workbooks: list[bytes]) -> None:
    inner = mail({"внутри.xlsx": workbooks[0]})
    outer = mail({"все ответы.zip": archive({"папка/а.xlsx": workbooks[1], "папка/читать.txt": b"text"})})
    outer.add_attachment(inner)
    saved = EmailMessage(policy=SMTP)
    saved["From"], saved["To"], saved["Subject"] = "a@a.example", "b@a.example", "Fwd"
    saved.set_content("см. вложение")
    saved.add_attachment(outer.as_bytes(), maintype="application", subtype="octet-stream", filename="письмо.eml")
    (heap / "fwd.eml").write_bytes(saved.as_bytes())
    assert names(heap / "fwd.eml", tmp_path) == ["а.xlsx", "внутри.xlsx"]


def test_names_in_an_archive_of_windows(heap: Path, tmp_path: Path, workbooks: list[bytes]) -> None:
    raw = archive({"OTVET.xlsx": workbooks[0]}).replace(b"OTVET", "ОТВЕТ".encode("cp866"))
    (heap / "а.zip").write_bytes(raw)
    assert names(heap / "а.zip", tmp_path) == ["ОТВЕТ.xlsx"]


def test_a_name_that_is_not_what_it_says_is_damage(heap: Path, tmp_path: Path, workbooks: list[bytes]) -> None:
    raw = archive({"ответ.xlsx": workbooks[0]}).replace("ответ".encode(), b"\xb1U('!\x1b\x04\xa0w8")
    (heap / "а.zip").write_bytes(raw)
    ((_, found),) = read_heap([heap / "а.zip"])
    assert isinstance(found, UserError) and "повреждён" in str(found)


@pytest.mark.parametrize(
    ("name", "plain"),
    [("../../etc/passwd", "passwd"), ('а"б\\в:г?.xlsx', "в г .xlsx"), ("ответ\u202excod.xlsx", "ответxcod.xlsx"),
     ("я" * 300 + ".xlsx", "я" * 76 + ".xlsx")],
)  # fmt: skip
def test_no_name_leads_out_of_the_folder(
    heap: Path, tmp_path: Path, workbooks: list[bytes], name: str, plain: str
) -> None:
    (heap / "а.eml").write_bytes(mail({name: workbooks[0]}).as_bytes())
    (part,) = unwrap(heap / "а.eml", tmp_path)
    assert part.place.name == plain and part.place.parent.parent == tmp_path


def test_what_holds_no_answer_says_what_it_holds(heap: Path, tmp_path: Path) -> None:
    (heap / "пусто.eml").write_bytes(mail({}).as_bytes())
    assert "«пусто.eml» нет книги с ответом: вложений нет" in refusal(heap / "пусто.eml", tmp_path)
    letter = archive({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"})
    (heap / "скан.eml").write_bytes(mail({"скан.pdf": b"%PDF-1.7 scan", "письмо.docx": letter}).as_bytes())
    assert "только «скан.pdf», «письмо.docx»." in refusal(heap / "скан.eml", tmp_path)


def test_our_own_drafts_are_no_answers(heap: Path, tmp_path: Path) -> None:
    with make_district(tmp_path / "Район.cosdesk") as file:
        letter = letters_of(file, begin(file))[0]
    (heap / letter.draft_name).write_bytes(letter.draft)
    (heap / letter.workbook_name).write_bytes(letter.workbook)
    assert [path.name for path in answer_files(heap)] == [letter.workbook_name]
    assert "черновик письма школе, а не её ответ" in refusal(heap / letter.draft_name, tmp_path)


def test_bombs_in_archives_are_refused(heap: Path, tmp_path: Path, workbooks: list[bytes]) -> None:
    (heap / "бомба.zip").write_bytes(archive({"а.xlsx": b" " * (30 * MEGABYTE)}))
    assert "сжат так, как обычные документы не сжимаются" in refusal(heap / "бомба.zip", tmp_path)
    nested = archive({"а.xlsx": workbooks[0]})
    for level in range(6):
        nested = archive({f"{level}.zip": nested})
    (heap / "матрёшка.zip").write_bytes(nested)
    assert "слишком много вложенного" in refusal(heap / "матрёшка.zip", tmp_path)
    (heap / "много.zip").write_bytes(archive({f"{n}.txt": b"text" for n in range(600)}))
    assert "слишком много вложенного" in refusal(heap / "много.zip", tmp_path)
    locked = bytearray(archive({"а.xlsx": workbooks[0]}))
    locked[locked.rindex(b"PK\x01\x02") + 8] |= 1
    (heap / "пароль.zip").write_bytes(locked)
    assert "закрыт паролем" in refusal(heap / "пароль.zip", tmp_path)
    (heap / "а.eml").write_bytes(mail({"пароль.zip": bytes(locked), "а.xlsx": workbooks[0]}).as_bytes())
    bad, good = unwrap(heap / "а.eml", tmp_path)
    assert "закрыт паролем" in bad.refusal and not good.refusal


def test_a_heap_of_letters_and_archives_is_judged_like_files(heap: Path, tmp_path: Path) -> None:
    """Through the child, as the window does it: one bad letter spoils nothing."""
    with make_district(tmp_path / "Район.cosdesk") as file:
        found = desk(file, begin(file))
        first, second, third = (fill(letter.workbook, GOOD["internet"]) for letter in letters_of(file, 1))
    (heap / "1.eml").write_bytes(mail({"Форма.xlsx": first}).as_bytes())
    (heap / "2.zip").write_bytes(archive({"1/Форма.xlsx": second, "2/Форма.xlsx": second[:3000]}))
    (heap / "3.xlsx").write_bytes(third)
    (heap / "4.eml").write_bytes(mail({"Форма.xlsx": first}).as_bytes())
    (heap / "5.msg").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_3701".encode("utf-16-le"))
    (heap / "6.rar").write_bytes(b"Rar!\x1a\x07\x00" + b"x" * 99)
    collected = {each.file: each for each in assess(read_heap(answer_files(heap)), "u", lambda _: found)}
    outcomes = {name: each.outcome for name, each in collected.items()}
    refused = Outcome.REFUSED
    assert outcomes.pop("1.eml → Форма.xlsx") in (Outcome.ACCEPTED, Outcome.DOUBLED)
    assert outcomes == {
        "2.zip → Форма.xlsx": Outcome.ACCEPTED, "2.zip → Форма (2).xlsx": refused, "3.xlsx": Outcome.ACCEPTED,
        "4.eml → Форма.xlsx": outcomes["4.eml → Форма.xlsx"], "5.msg": refused, "6.rar": refused,
    }  # fmt: skip
    twins = {collected[f"{n}.eml → Форма.xlsx"].outcome for n in (1, 4)}
    assert twins == {Outcome.ACCEPTED, Outcome.DOUBLED}
    assert "письмо Outlook" in collected["5.msg"].message and "сохраните вложенную книгу" in collected["5.msg"].message
    assert "Распакуйте" in collected["6.rar"].message
    assert "повреждён" in collected["2.zip → Форма (2).xlsx"].message


ODS = """<?xml version="1.0" encoding="UTF-8"?>
<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:version="1.3"><office:body><office:spreadsheet>
<table:table table:name="Ответ">%s<table:table-row table:number-rows-repeated="1048000"><table:table-cell
 table:number-columns-repeated="16384"/></table:table-row></table:table></office:spreadsheet></office:body>
</office:document-content>"""
ROWS = """<table:table-header-rows><table:table-row><table:table-cell/>
<table:table-cell office:value-type="percentage" office:value="0.55"><text:p>55%</text:p></table:table-cell>
<table:table-cell office:value-type="float" office:value="12" table:formula="of:=6+6"><text:p>12</text:p>
</table:table-cell></table:table-row></table:table-header-rows><table:table-row table:number-rows-repeated="2">
<table:covered-table-cell/><table:table-cell table:number-columns-repeated="2" office:value-type="date"
 office:date-value="2026-03-05"><text:p>05.03.26</text:p></table:table-cell></table:table-row>
<table:table-row-group><table:table-row><table:table-cell office:value-type="string"><office:annotation><text:p>заметка
</text:p></office:annotation><text:p>да,<text:s text:c="2"/><text:span>есть</text:span></text:p></table:table-cell>
<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>ИСТИНА</text:p></table:table-cell>
<table:table-cell table:formula="of:=1/0" office:value-type="string"><text:p>#ДЕЛ/0!</text:p></table:table-cell>
</table:table-row></table:table-row-group>"""


def ods(path: Path, rows: str, manifest: bytes = b"<a/>") -> Path:
    parts = {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "META-INF/manifest.xml": manifest,
             "content.xml": (ODS % rows).encode()}  # fmt: skip
    path.write_bytes(archive(parts))
    return path


def test_cells_of_an_ods_file(tmp_path: Path) -> None:
    found = read_cells(ods(tmp_path / "а.ods", ROWS))
    assert found.saved_at is None
    (rows,) = found.sheets
    cells = {cell.place: (cell.value, cell.formula, cell.percent, cell.error) for row in rows for cell in row}
    day = (datetime(2026, 3, 5).date(), False, False, False)
    blank = (None, False, False, False)
    assert cells == {
        "A1": blank, "B1": (0.55, False, True, False), "C1": (12, True, False, False),
        "A2": blank, "B2": day, "C2": day, "A3": blank, "B3": day, "C3": day,
        "A4": ("да,  есть", False, False, False), "B4": (True, False, False, False),
        "C4": ("#ДЕЛ/0!", True, False, True),
    } | {key: value for key, value in cells.items() if value == blank}  # fmt: skip
    assert len(rows) <= 500


@pytest.mark.parametrize(
    ("rows", "manifest", "told"),
    [
        (ROWS, b"<manifest:encryption-data/>", "закрыт паролем"),
        ('<table:table-row><table:table-cell office:value-type="float" office:value="x"/></table:table-row>', b"<a/>",
         "повреждена"),
        ("<table:table-row>", b"<a/>", "повреждена"),
    ],
)  # fmt: skip
def test_a_bad_ods_file_is_refused_by_name(tmp_path: Path, rows: str, manifest: bytes, told: str) -> None:
    with pytest.raises(UserError, match=told) as refused:
        read_cells(ods(tmp_path / "плохая.ods", rows, manifest))
    assert "плохая.ods" in str(refused.value)


def test_a_repeated_cell_is_no_bomb(tmp_path: Path) -> None:
    row = (
        '<table:table-row table:number-rows-repeated="1000000"><table:table-cell'
        ' table:number-columns-repeated="1000000000" office:value-type="float" office:value="1"/></table:table-row>'
    )
    (rows,) = read_cells(ods(tmp_path / "а.ods", row)).sheets
    assert (len(rows), len(rows[0])) == (500, 40)


@pytest.fixture(scope="module")
def office() -> str:
    program = shutil.which("soffice")
    if not program:
        pytest.skip("no LibreOffice on the path")
    return program


@pytest.mark.parametrize("form", ["internet", "platform"])
def test_what_libreoffice_saves_as_ods_is_the_same_answer(tmp_path: Path, office: str, form: str) -> None:
    with make_district(tmp_path / "Район.cosdesk") as file:
        found = desk(file, begin(file, form))
        (tmp_path / "а.xlsx").write_bytes(fill(letters_of(file, 1)[1].workbook, GOOD[form]))
    command: list[Any] = [office, f"-env:UserInstallation={(tmp_path / 'lo').as_uri()}", "--headless", "--convert-to",
                          "ods", "--outdir", tmp_path, tmp_path / "а.xlsx"]  # fmt: skip
    subprocess.run(list(map(str, command)), check=True, capture_output=True, timeout=120)
    before, after = read_workbook(tmp_path / "а.xlsx"), read_workbook(tmp_path / "а.ods")
    assert isinstance(after, ReadWorkbook) and after.identity == before.identity and after.labels == before.labels
    assert after.extras == before.extras and after.saved_at is not None
    assert read_values(found.form, after) == read_values(found.form, before)
