"""Agency names set in capitals, written as running text writes them."""

from __future__ import annotations

import re

from parsers.letter import flat

_PHRASES = (
    "Ủy ban nhân dân", "Ủy ban Nhân dân", "Giáo dục và Đào tạo", "Giáo dục nghề nghiệp",
    "Giáo dục thường xuyên", "Trung học phổ thông", "Trung học cơ sở", "Tiểu học", "Mầm non",
    "Học tập cộng đồng", "Ban Chỉ đạo", "Hội Khuyến học", "Văn hóa", "Xã hội", "Thông tin",
    "Thể thao", "Du lịch", "Phổ thông dân tộc nội trú", "Phổ cập giáo dục", "Xóa mù chữ",
    "Xây dựng xã hội học tập", "Cao đẳng", "Đại học", "Thư viện", "Nội vụ", "Khoa học", "Công nghệ",
    "Hội đồng nhân dân", "Cộng đồng", "Dạy nghề", "Hướng nghiệp", "Kỹ thuật", "Tổng hợp", "Sư phạm",
    "Tuyên giáo", "Dân vận", "Giáo dục", "Đào tạo", "Nghề nghiệp", "Thường xuyên", "Tuần lễ", "Học tập suốt đời", "Hưởng ứng",
    "Chỉ đạo", "Tổ chức", "Lao động", "Thương binh", "Huyện ủy", "Tỉnh ủy", "Đảng ủy",
)  # fmt: skip
_LEADING = ("Sở", "Phòng", "Trường", "Trung tâm", "Ban", "Bộ", "Hội", "Vụ", "Cục", "Chi cục")
_UNITS = ("thị xã", "thành phố", "thị trấn", "huyện", "tỉnh", "xã", "phường", "quận")
_LOWER = {"và", "của", "các", "về", "cho", "trên", "tại", "thuộc", "địa", "bàn"}
_ABBREVIATION = re.compile(
    r"(?:UBND|HĐND|THPT|THCS|TH|MN|PTDT\w*|GDNN|GDTX|GD|ĐT|GDĐT|GDDT|TTHTCĐ|HTCĐ|TTGDTX|TP|TX|TT|BCĐ|"
    r"MTTQ|KHKT|XHHT|PCGD|XMC|VHTT|VHXH|CBQL|(?:[^\W\d_AEIOUYĂÂÊÔƠƯÀ-Ỹ]|Đ){2,}|[IVX]+)"
)
_KNOWN = sorted(((flat(p).split(), p.split()) for p in _PHRASES), key=lambda pair: -len(pair[0]))


def natural(name: str) -> str:
    """``name`` as spelled if it is not in capitals; else with each word's usual letter case."""
    letters = [c for c in name if c.isalpha()]
    if not letters or sum(c.isupper() for c in letters) < 0.85 * len(letters):
        return name
    words = re.findall(r"[^\s&/.–-]+|[&/.–-]|\s+", name)
    solid = [i for i, w in enumerate(words) if re.match(r"\w", w)]
    plain = [flat(words[i]) for i in solid]
    out = dict.fromkeys(range(len(words)), "")
    at = 0
    while at < len(solid):
        at += _take(words, solid, plain, at, out)
    return "".join(out[i] or words[i] for i in range(len(words)))


def _take(
    words: list[str], solid: list[int], plain: list[str], at: int, out: dict[int, str]
) -> int:
    for folded, proper in _KNOWN:
        if plain[at : at + len(folded)] == folded:
            for offset, word in enumerate(proper):
                out[solid[at + offset]] = _cased(words[solid[at + offset]], word)
            return len(folded)
    word = words[solid[at]]
    if at:
        for unit in _UNITS:
            parts = flat(unit).split()
            if plain[at : at + len(parts)] == parts:
                for offset in range(len(parts)):
                    out[solid[at + offset]] = words[solid[at + offset]].lower()
                return len(parts)
        if word.lower() in _LOWER:
            out[solid[at]] = word.lower()
            return 1
    elif _leads(words, solid, plain, out):
        return 2
    out[solid[at]] = word if _ABBREVIATION.fullmatch(word) else word.capitalize()
    return 1


def _leads(words: list[str], solid: list[int], plain: list[str], out: dict[int, str]) -> bool:
    """Two-word openers ("Trung tâm", "Chi cục") keep their second word small."""
    two = [p for p in (*_LEADING, "Thị xã", "Thành phố", "Thị trấn") if " " in p]
    for phrase in two:
        if plain[:2] == flat(phrase).split():
            out[solid[0]], out[solid[1]] = words[solid[0]].capitalize(), words[solid[1]].lower()
            return True
    return False


def _cased(word: str, like: str) -> str:
    return word.capitalize() if like[:1].isupper() else word.lower()
