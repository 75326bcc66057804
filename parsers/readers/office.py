"""LibreOffice, headless, with a profile of its own: old formats to DOCX, Word files to pages."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

from schemas.errors import DamagedFile, MissingProgram, ReadingTimedOut

SECONDS = 120
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
