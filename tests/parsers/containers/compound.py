"""Compound files (MS-CFB, version 3) written from a tree of storages and streams."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass, field

SECTOR = 512
FREE, END, FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD


@dataclass
class Entry:
    name: str
    kind: int
    data: bytes = b""
    children: list[Entry] = field(default_factory=list)
    number: int = 0


def compound(streams: Mapping[str, bytes]) -> bytes:
    """``streams`` by path ("storage/stream"). Streams are padded to 4096, so none is a short one."""
    root = Entry("Root Entry", 5)
    for path, data in streams.items():
        here = root
        *folders, name = path.split("/")
        for folder in folders:
            found = next((e for e in here.children if e.name == folder), None)
            if found is None:
                found = Entry(folder, 1)
                here.children.append(found)
            here = found
        here.children.append(Entry(name, 2, data))
    entries: list[Entry] = []

    def number(entry: Entry) -> None:
        entry.number = len(entries)
        entries.append(entry)
        entry.children.sort(key=lambda e: (len(e.name), e.name.upper()))
        for child in entry.children:
            number(child)

    number(root)
    return _file(entries)


def _file(entries: list[Entry]) -> bytes:
    body, chains, starts = b"", [], {}
    for entry in entries:
        if entry.kind == 2:
            data = entry.data.ljust(max(4096, -(-len(entry.data) // SECTOR) * SECTOR), b"\0")
            starts[entry.number] = len(body) // SECTOR
            chains.append((len(body) // SECTOR, len(data) // SECTOR))
            body += data
    siblings = {
        child.number: (entry.children[at + 1].number if at + 1 < len(entry.children) else FREE)
        for entry in entries for at, child in enumerate(entry.children)
    }  # fmt: skip
    directory = b"".join(_entry(e, siblings.get(e.number, FREE), starts) for e in entries)
    directory = directory.ljust(-(-len(directory) // SECTOR) * SECTOR, b"\0")
    first_directory = len(body) // SECTOR
    chains.append((first_directory, len(directory) // SECTOR))
    used = (len(body) + len(directory)) // SECTOR
    fats = 1
    while fats * 128 < used + fats:
        fats += 1
    table = [FREE] * (fats * 128)
    for start, length in chains:
        for at in range(start, start + length):
            table[at] = at + 1 if at + 1 < start + length else END
    for at in range(fats):
        table[used + at] = FAT
    places = [used + at for at in range(fats)] + [FREE] * (109 - fats)
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH6xIIIIIIIII", 0x3E, 3, 0xFFFE, 9, 6, 0, fats, first_directory, 0, 4096, END, 0, END, 0)  # fmt: skip
    head += struct.pack("<109I", *places)
    return head + body + directory + struct.pack(f"<{len(table)}I", *table)


def _entry(entry: Entry, sibling: int, starts: Mapping[int, int]) -> bytes:
    name = entry.name.encode("utf-16-le") + b"\0\0"
    child = entry.children[0].number if entry.children else FREE
    size = max(4096, len(entry.data)) if entry.kind == 2 else 0
    return (
        name.ljust(64, b"\0")
        + struct.pack("<HBBIII", len(name), entry.kind, 1, FREE, sibling, child)
        + b"\0" * 36
        + struct.pack("<IQ", starts.get(entry.number, END if entry.kind == 5 else 0), size)
    )
