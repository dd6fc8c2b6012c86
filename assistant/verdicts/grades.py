"""School grades, which rules limit and questions name: "fra og med 7. klasse", "8th graders"."""

import re

_HIGHEST = 10
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth".split(),
    "første anden tredje fjerde femte sjette syvende ottende niende tiende".split(),
)
_NUMBER = r"(\d{1,2})(?:\.|st|nd|rd|th)?"
_GRADE = r"(?:klass\w*|klasse\w*|kl\b|grade\w*|[a-dA-D]\b)"
_RANGE = re.compile(rf"{_NUMBER}\s*(?:til(?: og med)?|-|–|to)\s*{_NUMBER} ?{_GRADE}", re.IGNORECASE)
_ONE = re.compile(rf"\b{_NUMBER} ?{_GRADE}", re.IGNORECASE)
_MORE = re.compile(rf"((?:\b{_NUMBER},? )+)(?:og|eller|and|or) $", re.IGNORECASE)
_UP_TO = re.compile(r"\b(?:til og med|op til|up to) $", re.IGNORECASE)
_FROM = re.compile(r"\b(?:fra(?: og med)?|from) $", re.IGNORECASE)
_ABOVE = re.compile(r"^\w* (?:og opefter|og derover|og op|and up|and above)", re.IGNORECASE)
_BELOW = re.compile(r"^\w* (?:og derunder|og nedefter|og ned|and below)", re.IGNORECASE)


def grades_in(text: str) -> frozenset[int]:
    """The school grades, 0..10, that `text` is about; empty when it names none."""
    plain = _with_digits(text)
    if span := _RANGE.search(plain):
        return frozenset(range(int(span.group(1)), int(span.group(2)) + 1))
    found = _ONE.search(plain)
    if not found:
        return frozenset()
    return _from_one(int(found.group(1)), plain[: found.start()], plain[found.end() :])


def _from_one(number: int, ahead: str, after: str) -> frozenset[int]:
    """The grades that one number stands for, between what is `ahead` of it and `after` it."""
    if _UP_TO.search(ahead) or _BELOW.match(after):
        return frozenset(range(number + 1))
    if more := _MORE.search(ahead):
        return frozenset((number, *map(int, re.findall(r"\d{1,2}", more.group(1)))))
    if _FROM.search(ahead) or _ABOVE.match(after):
        return frozenset(range(number, _HIGHEST + 1))
    return frozenset((number,))


def _with_digits(text: str) -> str:
    for words in _ORDINALS:
        for n, word in enumerate(words, 1):
            text = re.sub(rf"\b{word}(?=[ -](?:klass|grade))", f"{n}.", text, flags=re.IGNORECASE)
    return text
