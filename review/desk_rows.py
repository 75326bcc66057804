"""One report as rows to go through: each value and field with what stands there and where."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from reconcile.risk import Item
from review import field_texts
from review.pictures import Pictures, Spot
from schemas import fields
from schemas.document import Anchor
from schemas.effective import EffectiveValue, ValueStatus
from schemas.form import Form
from schemas.numbers import written
from schemas.report import Located, Report


def _(message: str) -> str:
    """Marks a text for the catalogues; it is translated where it is shown."""
    return message


FIELD_LABELS = {
    "header.number": _("Số, ký hiệu"),
    "header.issued_on": _("Ngày ban hành"),
    "header.issuer": _("Cơ quan ban hành"),
    "header.issuer_unit": _("Đơn vị báo cáo (chọn trong danh mục)"),
    "header.place": _("Địa danh"),
    "header.title": _("Trích yếu"),
    "header.addressees": _("Kính gửi (mỗi dòng một nơi)"),
    "header.copies_to": _("Nơi nhận (mỗi dòng một nơi)"),
    "header.signer": _("Người ký: họ tên | chức vụ | quyền hạn"),
    "annex.number": _("Số văn bản ghi ở phụ lục"),
    "annex.issued_on": _("Ngày ghi ở phụ lục"),
    "launch.held_on": _("Ngày khai mạc"),
    "launch.time": _("Giờ khai mạc"),
    "launch.mode": _("Hình thức khai mạc"),
    "launch.platform": _("Nền tảng trực tuyến"),
    "launch.venues": _("Số điểm cầu"),
    "theme": _("Chủ đề"),
    "references": _("Văn bản viện dẫn: số | ngày | cơ quan (mỗi dòng một văn bản)"),
    "commended": _("Đơn vị được khen: tên | loại (mỗi dòng một đơn vị)"),
    "narrative.direction": _("Công tác chỉ đạo"),
    "narrative.launch": _("Lễ khai mạc (phần lời)"),
    "narrative.activities": _("Các hoạt động"),
    "narrative.budget": _("Kinh phí"),
    "narrative.results": _("Kết quả"),
    "narrative.difficulties": _("Khó khăn, vướng mắc"),
    "narrative.recommendations": _("Kiến nghị, đề xuất"),
}
"""The fields a person goes through, in the order of the page."""
_LONG = frozenset(
    {s for s in FIELD_LABELS if s.startswith("narrative.")}
    | field_texts.LINES
    | {"header.title", "theme"}
)


@dataclass(frozen=True, slots=True)
class Trust:
    """How far a value can be trusted: ``kind`` picks drawing and line style, ``says`` is the word."""

    kind: str
    says: str
    who: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """``text`` stands in the field; ``base`` is the value in force as a decision states it."""

    subject: str
    section: str
    label: str
    unit: str
    kind: str
    text: str
    base: str
    raw: str
    status: ValueStatus
    trust: Trust
    spots: tuple[Spot, ...] = ()
    item: Item | None = None

    @property
    def asked(self) -> bool:
        """Whether a person is asked about it."""
        return self.item is not None

    @property
    def long(self) -> bool:
        return self.kind in {"long", "lines"}


def trust_of(value: EffectiveValue | None) -> Trust:
    """Confidence in words."""
    if value is None:
        return Trust("missing", _("không thấy trong văn bản"))
    if value.decided_by is not None:
        return Trust("person", _("người đã xác nhận"), value.decided_by)
    if value.needs_review or value.confidence < 0.8:
        return Trust("doubtful", _("máy đọc chưa chắc"))
    if value.confidence < 0.95:
        return Trust("fair", _("máy đọc khá chắc"))
    return Trust("sure", _("máy đọc chắc"))


def text_of(value: EffectiveValue | None) -> str:
    """A number as it stands in its field."""
    return written(value.value) if value is not None and value.value is not None else ""


def number_rows(
    form: Form,
    values: Mapping[tuple[str, str], EffectiveValue],
    items: Mapping[str, Item],
    pictures: Pictures,
) -> list[Row]:
    """Every cell of the form, filled in or not, in the form's order."""
    out = []
    for indicator in form.indicators:
        for measure in indicator.measures:
            value = values.get((indicator.code, measure.code))
            subject = f"{indicator.code}.{measure.code}"
            out.append(
                Row(
                    subject,
                    "numbers",
                    indicator.label,
                    measure.unit,
                    "number",
                    text_of(value),
                    str(value.value) if value is not None and value.value is not None else "",
                    value.raw if value is not None else "",
                    value.status if value is not None else ValueStatus.BLANK,
                    trust_of(value),
                    _spots(pictures, [value.where] if value is not None else []),
                    items.get(subject),
                )
            )
    return out


def field_rows(
    report: Report, items: Mapping[str, Item], decided: Mapping[str, str], pictures: Pictures
) -> list[Row]:
    """Every field of the letter; ``decided`` says who decided some."""
    out = []
    stated = fields.all_stated(report)
    for subject, label in FIELD_LABELS.items():
        value = stated[subject]
        located = [x for x in report.located if x.field == subject]
        out.append(
            Row(
                subject,
                "narrative" if subject.startswith("narrative.") else "letter",
                label,
                "",
                _kind(subject),
                field_texts.shown(subject, value),
                value or "",
                located[0].raw if located else "",
                ValueStatus.REPORTED if value is not None else ValueStatus.BLANK,
                _field_trust(value, located, decided.get(subject)),
                _spots(pictures, _places(report, subject)),
                items.get(subject),
            )
        )
    return out


def _kind(subject: str) -> str:
    if subject == "header.issuer_unit":
        return "issuer"
    if subject in field_texts.LINES:
        return "lines"
    return "long" if subject in _LONG else "text"


def _field_trust(value: str | None, located: Sequence[Located], who: str | None) -> Trust:
    if who:
        return Trust("person", _("người đã xác nhận"), who)
    if value is None:
        return Trust("missing", _("không thấy trong văn bản"))
    if any(x.needs_review for x in located):
        return Trust("doubtful", _("máy đọc chưa chắc"))
    return Trust("sure", _("máy đọc chắc"))


def _places(report: Report, subject: str) -> list[Anchor]:
    group, _dot, name = subject.partition(".")
    if subject == "references":
        return [r.where for r in report.references]
    if subject == "commended":
        return [c.where for c in report.commended]
    if group == "narrative":
        return [n.where for n in report.narrative if n.field == name]
    wanted = {subject, group} if group == "annex" else {subject}
    if subject == "header.issuer_unit":
        wanted = {"header.issuer"}
    return [x.where for x in report.located if x.field in wanted]


def _spots(pictures: Pictures, places: list[Anchor]) -> tuple[Spot, ...]:
    return tuple(s for s in (pictures.spot(p) for p in places) if s is not None)
