"""The filters that pack streams of PDF files (ISO 32000-1, 7.4), undone within a limit of size.

Only to look into a file before it is opened: what is damaged is cut where the damage begins.
"""

from __future__ import annotations

import base64
import re
import zlib
from collections.abc import Callable, Iterator, Sequence

_FILTER = re.compile(rb"/Filter\s*(?:\[([^\]]*)\]|(/[^\s/<>\[\]()]+))")
_NAME = re.compile(rb"/([^\s/<>\[\]()]+)")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")
_CHUNK = 1 << 20
_SHORT = {b"Fl": b"FlateDecode", b"LZW": b"LZWDecode", b"RL": b"RunLengthDecode",
          b"AHx": b"ASCIIHexDecode", b"A85": b"ASCII85Decode"}  # fmt: skip
_RATIOS = {b"FlateDecode": 1100, b"LZWDecode": 2000, b"RunLengthDecode": 64,
           b"ASCIIHexDecode": 1, b"ASCII85Decode": 4}  # fmt: skip
"""How many times its length a stream can at most become."""

_CLEAR, _END, _MOST_CODES = 256, 257, 4096

Bytes = bytes | memoryview


def filters_of(head: bytes) -> list[bytes]:
    """The filters that a stream's dictionary names, first to be undone first, as far as known here.

    A picture's own packing (JPEG, fax) ends the list.
    """
    found = _FILTER.search(head)
    names = _NAME.findall(found[1] or found[2] or b"") if found else []
    out = []
    for name in names:
        plain = _ESCAPED.sub(lambda hexed: bytes([int(hexed[1], 16)]), name)
        plain = _SHORT.get(plain, plain)
        if plain not in _RATIOS:
            break
        out.append(plain)
    return out


def may_exceed(size: int, filters: Sequence[bytes], limit: int) -> bool:
    """Whether a stream of ``size`` bytes can become longer than ``limit`` at all."""
    for name in filters:
        size *= _RATIOS[name]
    return bool(filters) and size >= limit


def unpacked(body: Bytes, filters: Sequence[bytes], limit: int) -> bytes | None:
    """``body`` with ``filters`` undone; None where any of them gives more than ``limit`` bytes."""
    for name in filters:
        out = _Bounded(limit)
        _UNDO[name](body, out)
        if out.full:
            return None
        body = bytes(out.kept)
    return bytes(body)


def exceeds(body: Bytes, filters: Sequence[bytes], limit: int) -> bool:
    """Whether ``body`` with ``filters`` undone is longer than ``limit``; the whole is never held."""
    *first, last = filters
    inner = unpacked(body, first, limit)
    if inner is None:
        return True
    out = _Bounded(limit, keep=False)
    _UNDO[last](inner, out)
    return out.full


class _Bounded:
    """Takes bytes until there are more than ``limit``; ``kept`` has them if they are to be kept."""

    def __init__(self, limit: int, *, keep: bool = True) -> None:
        self.limit, self.keep, self.size = limit, keep, 0
        self.kept = bytearray()

    @property
    def full(self) -> bool:
        return self.size > self.limit

    def take(self, made: bytes) -> None:
        self.size += len(made)
        if self.keep and not self.full:
            self.kept += made


def _inflate(body: Bytes, out: _Bounded) -> None:
    unpacker, piece = zlib.decompressobj(), body
    try:
        while len(piece) and not (out.full or unpacker.eof):
            out.take(unpacker.decompress(piece, _CHUNK))
            piece = unpacker.unconsumed_tail
    except zlib.error:
        return


def _from_hex(body: Bytes, out: _Bounded) -> None:
    digits = re.sub(rb"[^0-9A-Fa-f]", b"", bytes(body).split(b">", 1)[0])
    out.take(bytes.fromhex((digits + b"0" * (len(digits) % 2)).decode("ascii")))


def _from_85(body: Bytes, out: _Bounded) -> None:
    text = bytes(body).split(b"~>", 1)[0]
    try:
        out.take(base64.a85decode(text, ignorechars=b" \t\n\r\x0b\x0c\0"))
    except ValueError:
        return


def _runs(body: Bytes, out: _Bounded) -> None:
    at, data = 0, bytes(body)
    while at < len(data) and data[at] != 128 and not out.full:
        length = data[at]
        if length < 128:
            out.take(data[at + 1 : at + 2 + length])
            at += 2 + length
        else:
            out.take(data[at + 1 : at + 2] * (257 - length))
            at += 2


def _codes(data: bytes, table: list[bytes]) -> Iterator[int]:
    """Codes of 9 to 12 bits, a bit wider one code early, as PDF has them unless told otherwise."""
    bits = held = 0
    for byte in data:
        held, bits = (held << 8 | byte) & 0xFFFFF, bits + 8
        width = min(12, (len(table) + 1).bit_length())
        if bits >= width:
            bits -= width
            yield held >> bits & (1 << width) - 1


def _lzw(body: Bytes, out: _Bounded) -> None:
    table: list[bytes] = [*(bytes([n]) for n in range(256)), b"", b""]
    before = b""
    for code in _codes(bytes(body), table):
        if code == _CLEAR:
            del table[_END + 1 :]
            before = b""
            continue
        if code == _END or out.full or code > len(table) or (code == len(table) and not before):
            return
        entry = table[code] if code < len(table) else before + before[:1]
        out.take(entry)
        if before and len(table) < _MOST_CODES:
            table.append(before + entry[:1])
        before = entry


_UNDO: dict[bytes, Callable[[Bytes, _Bounded], None]] = {
    b"FlateDecode": _inflate,
    b"ASCIIHexDecode": _from_hex,
    b"ASCII85Decode": _from_85,
    b"RunLengthDecode": _runs,
    b"LZWDecode": _lzw,
}
