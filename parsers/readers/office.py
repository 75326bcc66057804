"""Legacy formats: LibreOffice, headless, with a profile of its own, makes a DOCX of them."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
from dataclasses import replace
from pathlib import Path

from parsers.readers.docx import read_docx
from schemas.document import Document, Source
from schemas.errors import DamagedFile, MissingProgram, ReadingTimedOut

SECONDS = 60


def read_office(path: Path, source: Source) -> Document:
    """DOC, RTF or ODT as a Document. The profile is private, so that runs never share a lock."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        raise MissingProgram(name=source.name, detail="libreoffice-writer-nogui")
    with tempfile.TemporaryDirectory(prefix="tonghop-office-") as folder:
        copy = Path(folder) / "in.bin"
        shutil.copyfile(path, copy)
        _convert(
            [
                program,
                f"-env:UserInstallation=file://{folder}/profile",
                "--headless",
                "--norestore",
                "--nolockcheck",
                "--convert-to",
                "docx:MS Word 2007 XML",
                "--outdir",
                f"{folder}/out",
                str(copy),
            ],
            source,
        )
        made = Path(folder) / "out" / "in.docx"
        # LibreOffice exits with 0 even where it wrote nothing.
        if not made.exists():
            raise DamagedFile(name=source.name, detail="LibreOffice")
        return replace(read_docx(made, source), source=source)


def _convert(command: list[str], source: Source) -> None:
    with subprocess.Popen(
        command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as process:
        try:
            process.wait(SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            raise ReadingTimedOut(name=source.name, place="LibreOffice") from None
