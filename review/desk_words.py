"""Words of the desk."""

from __future__ import annotations

from reconcile.desk import number_key_of
from reconcile.risk import Item
from review.desk_rows import FIELD_LABELS
from schemas.form import Form


def _(message: str) -> str:
    """Marks a text for the catalogues; it is translated where it is shown."""
    return message


STATE = {
    "to_do": _("chưa xem"),
    "in_review": _("đang duyệt"),
    "returned": _("đã gửi lại đơn vị"),
    "finished": _("chờ phê duyệt"),
    "approved": _("đã phê duyệt"),
    "stale": _("phê duyệt đã cũ"),
}
STATE_TAG = {
    "to_do": "info",
    "in_review": "info",
    "returned": "warning",
    "finished": "provisional",
    "approved": "approved",
    "stale": "error",
}
REASONS = {
    "ask_unit": _("Chờ hỏi đơn vị"),
    "see_original": _("Cần xem bản giấy"),
    "ask_colleague": _("Cần hỏi đồng nghiệp"),
    "later": _("Để sau"),
}
"""Why a value is put off."""
EVENT = {
    "finished": _("duyệt xong"),
    "returned": _("gửi lại đơn vị"),
    "reopened": _("mở lại"),
}


def subject(form: Form, name: str, item: Item | None = None) -> str:
    """What a subject is called."""
    key = number_key_of(name)
    if key is not None:
        indicator = form.indicator(key[0])
        unit = next((m.unit for m in indicator.measures if m.code == key[1]), key[1])
        return f"{indicator.short or indicator.label} ({unit})"
    if name in FIELD_LABELS:
        return FIELD_LABELS[name].partition(":")[0].partition("(")[0].strip()
    if item is not None and item.findings:
        return item.findings[0].finding.message
    return name


def kind(item: Item) -> str:
    """numbers, fields or rows: what sort of thing is asked."""
    if item.key is not None:
        return "numbers"
    return "rows" if item.subject.startswith("finding:") else "fields"
