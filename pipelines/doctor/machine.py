"""The machine: programs, fonts, tesseract's data, disk, permissions."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from pipelines.doctor.check import Check, warned, well, wrong
from schemas.settings import Settings

_PROGRAMS = {
    "soffice": "Word cũ (.doc, .rtf) và ảnh trang của tệp Word: apt-get install libreoffice-writer",
}
_TESSDATA = (
    Path("/usr/share/tesseract-ocr/5/tessdata"),
    Path("/usr/share/tesseract-ocr/4.00/tessdata"),
    Path("/usr/share/tessdata"),
)
_FREE_ERROR, _FREE_WARNING = 200 * 2**20, 2 * 2**30


def machine(settings: Settings) -> Iterator[Check]:
    """Every check of the machine itself."""
    for name, mend in _PROGRAMS.items():
        yield _program(name, mend)
    yield _tessdata()
    yield _fonts()
    folders = {"home": settings.home, "tmp": Path(tempfile.gettempdir())}
    if "://" not in settings.archive_root:
        folders["archive"] = Path(settings.archive_root)
    for name, folder in folders.items():
        yield _writable(name, folder)
        yield _space(name, folder)
    yield _private(settings)


def _program(name: str, mend: str) -> Check:
    path = shutil.which(name)
    return well(name, path) if path else wrong(name, "không có", mend)


def _tessdata() -> Check:
    given = os.environ.get("TESSDATA_PREFIX")
    for folder in ([Path(given)] if given else []) + list(_TESSDATA):
        if (folder / "vie.traineddata").is_file():
            return well("tessdata", str(folder))
    return wrong("tessdata", "không có vie.traineddata", "apt-get install tesseract-ocr-vie")


def _fonts() -> Check:
    """A typeface that holds Vietnamese letters, for pictures of Word files and for documents."""
    mend = "apt-get install fonts-liberation2 fontconfig"
    if shutil.which("fc-list") is None:
        return warned("fonts", "không có fc-list", mend)
    done = subprocess.run(
        ["fc-list", ":lang=vi", "family"], capture_output=True, text=True, check=False, timeout=60
    )
    families = sorted({line.split(",")[0].strip() for line in done.stdout.splitlines() if line})
    if not families:
        return wrong("fonts", "không có phông chữ tiếng Việt", mend)
    serif = [f for f in families if "Times New Roman" in f or "Liberation Serif" in f]
    if not serif:
        return warned("fonts", f"{len(families)} phông, không có phông như Times New Roman", mend)
    return well("fonts", serif[0])


def _existing(folder: Path) -> Path:
    while not folder.exists() and folder != folder.parent:
        folder = folder.parent
    return folder


def _writable(name: str, folder: Path) -> Check:
    mend = f"chown và chmod {folder} cho người dùng chạy tonghop"
    try:
        with tempfile.NamedTemporaryFile(dir=_existing(folder), prefix=".tonghop-doctor-") as probe:
            probe.write(b"x")
            probe.flush()
            os.fsync(probe.fileno())
    except OSError as error:
        return wrong(f"permissions: {name}", str(error), mend)
    return well(f"permissions: {name}", str(folder))


def _space(name: str, folder: Path) -> Check:
    free = shutil.disk_usage(_existing(folder)).free
    told = f"còn {free / 2**30:.1f} GiB"
    mend = f"dọn hoặc thêm chỗ cho {folder}"
    if free < _FREE_ERROR:
        return wrong(f"disk: {name}", told, mend)
    return (
        warned(f"disk: {name}", told, mend) if free < _FREE_WARNING else well(f"disk: {name}", told)
    )


def _private(settings: Settings) -> Check:
    """Settings may hold passwords, the home holds reports."""
    for path in (Path("tonghop.toml"), settings.home):
        if path.exists() and path.stat().st_mode & 0o007:
            return warned("private", f"mọi người đọc được {path}", f"chmod o-rwx {path}")
    return well("private", "người ngoài không đọc được")
