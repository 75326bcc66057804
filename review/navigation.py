"""The menu: which pages each role is offered, in this order."""

from __future__ import annotations

from dataclasses import dataclass

from schemas.account import Role


@dataclass(frozen=True, slots=True)
class Entry:
    """``label`` is a text of the catalogues; ``under`` further beginnings of addresses it stands for."""

    path: str
    label: str
    roles: tuple[Role, ...] = tuple(Role)
    under: tuple[str, ...] = ()

    def covers(self, path: str) -> bool:
        """Whether the page at ``path`` belongs to this entry."""
        if self.path == "/":
            return path == "/"
        return path.startswith((self.path, *self.under))


def _(message: str) -> str:
    """Marks a text for the catalogues; it is translated where the menu is drawn."""
    return message


NAVIGATION = (
    Entry("/", _("Trang chủ")),
    Entry("/queue", _("Cần duyệt"), (Role.REVIEWER, Role.APPROVER, Role.ADMIN)),
    Entry("/province", _("Bảng của tỉnh"), under=("/units", "/documents")),
    Entry("/findings", _("Phát hiện")),
    Entry("/search", _("Tìm")),
    Entry("/upload", _("Nộp báo cáo"), (Role.REVIEWER, Role.APPROVER, Role.ADMIN)),
    Entry("/downloads", _("Tải về")),
    Entry("/users", _("Người dùng"), (Role.ADMIN,)),
    Entry("/audit", _("Nhật ký"), (Role.ADMIN,)),
)


def entries(role: Role) -> tuple[Entry, ...]:
    """What a role is offered."""
    return tuple(entry for entry in NAVIGATION if role in entry.roles)
