"""Legacy formats: LibreOffice, headless, with a profile of its own, makes a DOCX of them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import zipfile
from dataclasses import replace
from pathlib import Path

import olefile

from parsers.readers.docx import read_docx
from schemas.document import Document, Doubt, Source
from schemas.errors import DamagedFile, MacrosIgnored, MissingProgram, ReadingTimedOut

SECONDS = 60
DOCX_FILTER = "docx:MS Word 2007 XML"
PDF_FILTER = (
    'pdf:writer_pdf_Export:{"ExportBookmarksToPDFDestination":{"type":"boolean","value":"true"}}'
)
# Macros never run, whatever the document's place; nothing that a document links to is fetched.
_PROFILE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="MacroSecurityLevel" oor:op="fuse"><value>3</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="DisableMacrosExecution" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Security/Scripting"><prop oor:name="BlockUntrustedRefererLinks" oor:op="fuse"><value>true</value></prop></item>
<item oor:path="/org.openoffice.Office.Writer/Content/Update"><prop oor:name="Link" oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="FirstRun" oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


def read_office(path: Path, source: Source) -> Document:
    """DOC, RTF or ODT as a Document. Raises MissingProgram, DamagedFile, ReadingTimedOut."""
    with tempfile.TemporaryDirectory(prefix="tonghop-office-") as folder:
        made = convert(path, DOCX_FILTER, Path(folder), source.name)
        document = read_docx(made, source)
    macros = (Doubt(MacrosIgnored.code, "VBA"),) if _has_macros(path) else ()
    return replace(document, source=source, doubts=(*document.doubts, *macros))


def _has_macros(path: Path) -> bool:
    """Whether a DOC carries a VBA project, or an ODT a script."""
    with path.open("rb") as stream:
        head = stream.read(8)
    if head.startswith(b"PK"):
        with zipfile.ZipFile(path) as archive:
            return any(name.startswith(("Basic/", "Scripts/")) for name in archive.namelist())
    if not olefile.isOleFile(str(path)):
        return False
    with olefile.OleFileIO(str(path)) as ole:
        return any(parts[0].casefold() == "macros" for parts in ole.listdir(storages=True))


def convert(path: Path, kind: str, folder: Path, name: str) -> Path:
    """What LibreOffice makes of the file at ``path``, in ``folder``; ``kind`` is its filter.

    The profile is private, so that runs never share a lock. Raises MissingProgram, DamagedFile,
    ReadingTimedOut.
    """
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise MissingProgram(name=name, detail="libreoffice-writer-nogui")
    copy = folder / "in.bin"
    shutil.copyfile(path, copy)
    registry = folder / "profile" / "user" / "registrymodifications.xcu"
    if not registry.exists():
        registry.parent.mkdir(parents=True)
        registry.write_text(_PROFILE, "utf-8")
    _run(
        [
            program,
            f"-env:UserInstallation=file://{folder}/profile",
            "--headless",
            "--norestore",
            "--nolockcheck",
            "--convert-to",
            kind,
            "--outdir",
            f"{folder}/out",
            str(copy),
        ],
        folder,
        name,
    )
    made = folder / "out" / f"in.{kind.partition(':')[0]}"
    # LibreOffice exits with 0 even where it wrote nothing.
    if not made.exists():
        raise DamagedFile(name=name, detail="LibreOffice")
    return made


def _run(command: list[str], folder: Path, name: str) -> None:
    """Its own process group, but the caller's session: the fence ends both."""
    with subprocess.Popen(
        command,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        process_group=0,
        env={**os.environ, "HOME": str(folder), "TMPDIR": str(folder)},
    ) as process:
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise ReadingTimedOut(name=name, place="LibreOffice") from None
