"""What is said of text that stands under no heading of a field."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from schemas.document import Anchor, Paragraph
from schemas.finding import Finding, RuleCode, Severity

NAMES = {
    "direction": "Công tác chỉ đạo", "launch": "Lễ phát động", "activities": "Các hoạt động",
    "budget": "Kinh phí", "results": "Kết quả đạt được", "difficulties": "Khó khăn, tồn tại",
    "recommendations": "Kiến nghị, đề xuất",
}  # fmt: skip
_SHOWN = 60


@dataclass(frozen=True, slots=True)
class Loose:
    """A paragraph in no field; ``under`` is the unknown heading above it, "" where none is.

    ``background`` says that a heading stands above under which letters present their sender.
    """

    paragraph: Paragraph
    text: str
    under: str
    background: bool = False


def placed(told: Sequence[tuple[Paragraph, str, str]]) -> list[Finding]:
    """One finding for each field that paragraphs went to by their words: paragraph, text, field."""
    out = []
    for name in dict.fromkeys(field for _, _, field in told):
        own = [(paragraph, text) for paragraph, text, field in told if field == name]
        said, others = _shown(own[0][1]), len(own) - 1
        message = (
            f"Đoạn «{said}» và {others} đoạn khác không có đề mục riêng; được xếp vào «{NAMES[name]}» theo lời văn."
            if others
            else f"Đoạn «{said}» không có đề mục riêng; được xếp vào «{NAMES[name]}» theo lời văn."
        )
        out.append(_finding(message, [p.anchor for p, _ in own], said))
    return out


def guessed(told: Sequence[tuple[Loose, str]]) -> list[Finding]:
    """One finding for each unknown heading whose text went to a field by where it stands."""
    out = []
    for under, name in dict.fromkeys((one.under, field) for one, field in told):
        places = [
            one.paragraph.anchor for one, field in told if (one.under, field) == (under, name)
        ]
        said = _shown(under)
        message = f"Đề mục «{said}» không có trong mẫu; đoạn dưới đề mục được xếp vào «{NAMES[name]}» theo vị trí."
        out.append(_finding(message, places, said))
    return out


def unknown(one: Loose) -> Finding:
    """The text under a heading that opens no field was not taken."""
    said = _shown(one.under)
    message = (
        f"Đề mục «{said}» không rõ thuộc phần nào của báo cáo; đoạn dưới đề mục chưa được lấy."
    )
    return _finding(message, [one.paragraph.anchor], said)


def left(loose: Sequence[Loose]) -> list[Finding]:
    """One finding that shows the first of what was not taken, and where all are."""
    if not loose:
        return []
    said = _shown(loose[0].text)
    message = f"Đoạn «{said}» không có đề mục; đoạn này chưa được lấy vào phần nào."
    return [_finding(message, [one.paragraph.anchor for one in loose], said)]


def absent(paragraph: Paragraph, name: str) -> Finding:
    """A part that reports nearly always have was not found, though ``paragraph`` speaks of it."""
    said = _shown(paragraph.text)
    message = (
        f"Báo cáo không có phần «{NAMES[name]}» riêng, nhưng đoạn «{said}» có thể thuộc phần này."
    )
    return replace(_finding(message, [paragraph.anchor], said), field=f"narrative.{name}")


def _finding(message: str, places: Sequence[Anchor], value: str) -> Finding:
    return Finding(
        RuleCode.NARRATIVE_UNCERTAIN, Severity.INFO, message, tuple(places), value=value,
        field="narrative",
    )  # fmt: skip


def _shown(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHOWN else text[:_SHOWN].rpartition(" ")[0] + " …"
