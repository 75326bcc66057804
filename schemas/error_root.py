"""What every failure of this program carries."""

from __future__ import annotations

from typing import ClassVar


class TonghopError(Exception):
    """The root. ``exit_status`` is the command's: 1 for bad input, 2 for usage or configuration."""

    code: ClassVar[str] = "internal_error"
    exit_status: ClassVar[int] = 1
    says: ClassVar[str] = "Chương trình gặp lỗi không lường trước."
    next_step: ClassVar[str] = "Gửi tệp và nhật ký cho người quản trị."

    def __init__(self, *, name: str = "", place: str = "", detail: str = "") -> None:
        self.name = name
        self.place = place
        self.detail = detail
        super().__init__(self.message)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.name, self.place, self.detail))

    @property
    def message(self) -> str:
        """One Vietnamese line: file, place, what is wrong, what to do next."""
        head = ", ".join(part for part in (self.name, self.place) if part)
        body = f"{self.says} ({self.detail})" if self.detail else self.says
        return f"{head}: {body} {self.next_step}" if head else f"{body} {self.next_step}"


def _rebuild(cls: type[TonghopError], name: str, place: str, detail: str) -> TonghopError:
    return cls(name=name, place=place, detail=detail)
