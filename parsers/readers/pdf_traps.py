"""PDF files made to hang or swell whoever opens them, told by their bytes before anything opens them.

What cannot be told so cheaply dies at the limits of the process that reads it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from parsers.readers.pdf_filters import exceeds, filters_of, may_exceed, unpacked
from schemas.errors import PdfLoop, PdfStreamTooLarge

MAX_CONTENT = 64 * 2**20
MAX_IMAGE = 256 * 2**20
MAX_DRAWS = 100_000
_LONGEST_DICTIONARY = 1 << 16
_OBJ = re.compile(rb"\bobj\b")
_NUMBER = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+$")
_IMAGE = re.compile(rb"/Subtype\s*/Image\b")
_FORM = re.compile(rb"/Subtype\s*/Form\b")
_NODE = re.compile(rb"/Type\s*/Pages\b")
_PACKED = re.compile(rb"/Type\s*/ObjStm\b")
_FIRST = re.compile(rb"/First\s+(\d{1,9})")
_KIDS = re.compile(rb"/Kids\s*\[([^\]]*)\]")
_ELSEWHERE = re.compile(rb"/(Kids|Resources|XObject)\s+(\d{1,10})\s+\d{1,5}\s+R\b")
_REFERENCE = re.compile(rb"(\d{1,10})\s+\d{1,5}\s+R\b")
_NAMED = re.compile(rb"/([^\s/<>\[\]()]+)\s+(\d{1,10})\s+\d{1,5}\s+R\b")
_XOBJECT = re.compile(rb"/XObject\s*<<(.*?)>>", re.DOTALL)
_DRAWN = re.compile(rb"/([^\s/<>\[\]()]+)\s+Do\b")


@dataclass(frozen=True, slots=True)
class _Object:
    """``head`` is the dictionary; ``body`` what lies in the stream, to the end of the object."""

    number: int
    head: bytes
    body: memoryview


def refuse_traps(path: Path, name: str) -> None:
    """Raises PdfLoop for page trees and forms without end, PdfStreamTooLarge for bombs."""
    data = path.read_bytes()
    objects: dict[int, _Object] = {}
    for one in _objects(data):
        _refuse_bomb(one, name)
        objects[one.number] = one
        objects |= {inner.number: inner for inner in _inside(one)}
    nodes = {
        n: _kids(_with_parts(one.head, objects))
        for n, one in objects.items()
        if _NODE.search(one.head)
    }
    if _circular(nodes):
        raise PdfLoop(name=name, detail="/Pages")
    forms = {
        n: _drawn(one, _with_parts(one.head, objects))
        for n, one in objects.items()
        if len(one.body) and _FORM.search(one.head)
    }
    edges = {n: [f for f in drawn if f in forms] for n, drawn in forms.items()}
    if _circular(edges) or _most_draws(edges) > MAX_DRAWS:
        raise PdfLoop(name=name, detail="/XObject")


def _objects(data: bytes) -> Iterator[_Object]:
    view = memoryview(data)
    starts = [(match.start(), match.end()) for match in _OBJ.finditer(data)]
    for at, (before, begin) in enumerate(starts):
        number = _NUMBER.search(data, max(0, before - 24), before)
        if number is None:
            continue
        end = starts[at + 1][0] if at + 1 < len(starts) else len(data)
        body = data.find(b"stream", begin, min(end, begin + _LONGEST_DICTIONARY))
        if body < 0:
            yield _Object(
                int(number[1]), data[begin : min(end, begin + _LONGEST_DICTIONARY)], view[:0]
            )
        else:
            inside = body + 6 + (2 if data[body + 6 : body + 8] == b"\r\n" else 1)
            yield _Object(int(number[1]), data[begin:body], view[inside:end])


def _refuse_bomb(one: _Object, name: str) -> None:
    filters = filters_of(one.head)
    limit = MAX_IMAGE if _IMAGE.search(one.head) else MAX_CONTENT
    if may_exceed(len(one.body), filters, limit) and exceeds(one.body, filters, limit):
        raise PdfStreamTooLarge(name=name, detail=f"đối tượng {one.number}")


def _inside(packed: _Object) -> Iterator[_Object]:
    """The objects that an object stream holds (ISO 32000-1, 7.5.7)."""
    first = _FIRST.search(packed.head)
    if first is None or not _PACKED.search(packed.head):
        return
    text = unpacked(packed.body, filters_of(packed.head), MAX_CONTENT) or b""
    begin = int(first[1])
    numbers = [int(n) for n in re.findall(rb"\d{1,10}", text[:begin])]
    places = [*numbers[1::2], len(text)]
    for at, number in enumerate(numbers[: 2 * (len(numbers) // 2) : 2]):
        yield _Object(number, text[begin + places[at] : begin + places[at + 1]], memoryview(b""))


def _with_parts(head: bytes, objects: Mapping[int, _Object], depth: int = 2) -> bytes:
    """``head`` with its kids, resources and drawn objects in it where they stand elsewhere."""

    def put_in(found: re.Match[bytes]) -> bytes:
        part = objects.get(int(found[2]))
        if part is None or not depth:
            return found[0]
        return b"/" + found[1] + b" " + _with_parts(part.head, objects, depth - 1)

    return _ELSEWHERE.sub(put_in, head)


def _kids(head: bytes) -> list[int]:
    kids = _KIDS.search(head)
    return [int(n) for n in _REFERENCE.findall(kids[1])] if kids else []


def _drawn(form: _Object, head: bytes) -> list[int]:
    """The forms that ``form``, its dictionary being ``head``, draws, as often as it draws them."""
    resources = _XOBJECT.search(head)
    if resources is None:
        return []
    named = {label: int(number) for label, number in _NAMED.findall(resources[1])}
    body = unpacked(form.body, filters_of(form.head), MAX_CONTENT) or b""
    return [named[label] for label in _DRAWN.findall(body) if label in named]


def _circular(edges: Mapping[int, list[int]]) -> bool:
    """Whether some chain of ``edges`` comes back to where it was."""
    done: set[int] = set()
    for start in edges:
        trail, stack = {start}, [(start, iter(edges[start]))]
        while stack:
            node, rest = stack[-1]
            child = next((c for c in rest if c not in done and c in edges), None)
            if child is None:
                stack.pop()
                trail.discard(node)
                done.add(node)
            elif child in trail:
                return True
            else:
                trail.add(child)
                stack.append((child, iter(edges[child])))
    return False


def _most_draws(edges: Mapping[int, list[int]]) -> int:
    """How many drawings the costliest form comes to; ``edges`` must not be circular."""
    known: dict[int, int] = {}
    pending = list(edges)
    while pending:
        node = pending[-1]
        missing = [c for c in edges[node] if c not in known]
        if missing:
            pending += set(missing)
            continue
        pending.pop()
        known[node] = min(1 + sum(known[c] for c in edges[node]), MAX_DRAWS + 1)
    return max(known.values(), default=0)
