"""Text as people wrote it, out of text as PDFs store it."""

import re
import unicodedata

_ODD_SPACES = re.compile(r"[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t\r\f\v ]+")
_INVISIBLE = re.compile(
    r"[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\x00\x01\x03-\x08\x0e-\x1f]"
)
# A soft hyphen in a PDF is a hyphen that was printed; pdfium marks one by \ufffe or \x02.
_HYPHENS = str.maketrans(dict.fromkeys("\xad‐‑\ufffe\x02", "-"))
_BULLETS = str.maketrans(dict.fromkeys("\uf0b7\uf0a7\uf076\uf0d8▪●◦‣⁃■○", "•"))
_LIGATURES = {c: unicodedata.normalize("NFKC", c) for c in "ﬀﬁﬂﬃﬄﬅﬆĳĲǆ"}
_LIGATURE = re.compile("|".join(_LIGATURES))

# A word cut at the end of a line: letters, a hyphen, then a lower-case letter.
_CUT_WORD = re.compile(r"(?P<head>[^\W\d_]+)-$")
# "ind- og udlån", "it- eller …": the hyphen belongs to the word and a space follows it.
_SHARED_PART = re.compile(r"(og|eller|samt|som|til|and|or)\b")


def clean(text: str) -> str:
    """`text` in NFC, with ligatures taken apart, one kind of space and bullet, no control signs."""
    text = unicodedata.normalize("NFC", text)
    text = _LIGATURE.sub(lambda m: _LIGATURES[m.group()], text)
    return _ODD_SPACES.sub(" ", _INVISIBLE.sub("", text.translate(_BULLETS).translate(_HYPHENS)))


def join_lines(lines: list[str], keep_hyphen: frozenset[str] = frozenset()) -> str:
    """The lines of one paragraph as running text, words cut at a line's end joined again.

    `keep_hyphen` holds lower-cased words that the document elsewhere writes with the hyphen
    ("it-sikkerhed"): those keep theirs.
    """
    text = ""
    for line in (part.strip() for part in lines):
        text = _append(text, line, keep_hyphen) if text and line else text or line
    return text


def _append(text: str, line: str, keep_hyphen: frozenset[str]) -> str:
    cut = _CUT_WORD.search(text)
    if cut is None:
        # An address or a number range that breaks after its hyphen or slash has no space.
        return text + ("" if re.search(r"(\w[/@]|https?:\S*)$", text) else " ") + line
    if _SHARED_PART.match(line) or not line[0].isalpha():
        return f"{text} {line}"
    tail = re.match(r"\w*", line)
    word = f"{cut['head']}-{tail.group() if tail else ''}".lower()
    if line[0].isupper() or cut["head"].isupper() or word in keep_hyphen:
        return text + line
    return text[:-1] + line


def hyphenated_words(text: str) -> frozenset[str]:
    """Words written with a hyphen inside a line of `text`, lower-cased."""
    return frozenset(w.lower() for w in re.findall(r"\b[^\W\d_]+-[^\W\d_]+\b", text))


def normalise(text: str) -> str:
    """`text` for comparing: cleaned, spaces folded, typographic quotes and dashes made plain."""
    text = clean(text).translate(str.maketrans("“”„»«’‘´–—−‐‑", '"""""\'\'\'-----'))
    return " ".join(text.split())
