"""Bombs, entities and outside references: refused within a second and 200 MB, no other file and no network touched."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.disk import ROOT
from tests.intake.test_bad_input import a_docx, billion_laughs, bomb, in_document, many_parts, xxe

# Everything opened and every connection made while the document is read, by Python's own audit.
READING = """
import json, resource, sys, time
from pathlib import Path
from cosdesk.errors import UserError
from cosdesk.intake.reading import read_outline
import cosdesk.intake.word, cosdesk.intake.excel, cosdesk.intake.parting, cosdesk.intake.package
path, touched = Path(sys.argv[1]), []
def watch(event, arguments):
    if event == "open" and str(arguments[0]) != str(path) and not str(arguments[0]).endswith((".py", ".pyc", ".so")):
        touched.append(str(arguments[0]))
    if event.startswith(("socket.", "urllib.", "subprocess.", "os.system")):
        touched.append(event)
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
sys.addaudithook(watch)
began, told = time.monotonic(), ""
try:
    read_outline(path)
except UserError as error:
    told = str(error)
seconds = time.monotonic() - began
print(json.dumps([told, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before, touched]))
"""


def linked_picture(folder: Path) -> Path:
    """A picture that lies on a server: Word would fetch it, the program never does."""
    link = (
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"'
        b' Target="http://192.0.2.1/a.png" TargetMode="External"/></Relationships>'
    )
    return a_docx(
        folder, lambda name, part: part.replace(b"</Relationships>", link) if name.endswith(".rels") else part
    )


def attached_template(folder: Path) -> Path:
    return a_docx(
        folder, in_document(b"<w:body>", b'<w:body><w:p><w:fldSimple w:instr="INCLUDETEXT /etc/passwd"/></w:p>')
    )


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (bomb, "опасен"),
        (many_parts, "опасен"),
        (xxe, "посторонние объявления"),
        (billion_laughs, "посторонние объявления"),
        (linked_picture, ""),
        (attached_template, ""),
    ],
)
def test_nothing_is_touched(make: Callable[[Path], Path], said: str, tmp_path: Path) -> None:
    pytest.importorskip("resource")
    path = make(tmp_path)
    command = [sys.executable, "-c", READING, path]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    told, seconds, kilobytes, touched = json.loads(done.stdout)
    assert said in told and bool(said) == bool(told)
    assert seconds < 1 and kilobytes < 200 * 1024
    assert [name for name in touched if not name.startswith(str(ROOT))] == []
