"""Open questions, which no single sentence answers: which tools there are, what one must know, what
is never allowed, how a new tool gets approved, and whom to ask; and what is told of a mishap.

A multinomial logistic model over the words of a question and its vector tells them from all others.
It was fitted by `python -m evals.opening` on questions written for it (evals/openings/); the
weights are in opening.json beside this file.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Literal, get_args

from assistant.asking import Expectation, expectation_of, in_full
from assistant.verdicts.acts import act_of
from ingest.embedders import builtin
from ingest.lexical import STOP_WORDS, words
from ingest.marked import MarkedModel
from ingest.rules.lexicon import Lexicon
from ingest.rules.norms import masked

FILE = "opening.json"
Kind = Literal["tools", "rules", "bans", "approval", "help"]
KINDS: tuple[Kind, ...] = get_args(Kind)
MISHAP = "mishap"
OTHER = "other"
LIKELY = 0.8  # chance from which a question is taken for one of a kind
PLAIN = 0.7  # … where it asks which tools in so many words
SURE = 0.95  # … where it is put like a question of one thing
CERTAIN = 0.998  # … like one of leave or duty
# Concepts that name no tool of their own.
GENERIC = frozenset(("tool.ai", "tool.chat", "tool.other-tools", "tool.open-chat"))
_ANY_TOOL = dict.fromkeys(GENERIC, "ai")
_ONE_THING: frozenset[Expectation] = frozenset(
    ("count", "money", "date", "time", "phone", "mail", "name", "where", "why", "definition")
)
_SO_MANY = re.compile(
    r"\b(?:hvilke|de|which|the) (?:to|tre|fire|fem|seks|syv|otte|ni|ti|two|three|four|five|six)\b",
    re.IGNORECASE,
)
_A_TOOL = r"(?:værktøj|tjeneste|program|chatbot|app|system|løsning|tool|service)\w*"
_WHICH_TOOLS = re.compile(
    r"\b(?:(?<!uanset )hvilke[nt]?|hvad (?:(?:er der|har \w+|findes(?: der)?) )?"
    r"(?:af|for nog(?:le|en))"
    r"|which|what) (?:\w+[ -]){0,2}?(?:ai|ki)?-?"
    rf"{_A_TOOL}\b",
    re.IGNORECASE,
)
_TOOL = re.compile(rf"\b(?:ai|ki)?-?{_A_TOOL}\b", re.IGNORECASE)
_INSTEAD = re.compile(
    r"\b(?:(?:i ?)?sted(?:et|en)|instead|andre|andet|other|udover|ud over|besides|alternativ\w*)\b",
    re.IGNORECASE,
)
_USE = re.compile(r"\b(?:bruge?s?|anvendes?|benyttes?|use|using|used)\b", re.IGNORECASE)
_AT_WORK = frozenset(
    "arbejde arbejdet job jobbet hverdag hverdagen arbejdsplads arbejdspladsen work".split()
)
VECTOR = 4.0  # what the vector counts beside the words


@dataclass(frozen=True, slots=True)
class Opening:
    """An open question; `chance` is that it is one at all, `focus` are the words that narrow
    it, "" for none, and `named` the kinds of thing that are named in it.
    """

    kind: Kind
    text: str
    chance: float
    focus: str
    named: frozenset[str]

    @property
    def is_sure(self) -> bool:
        """Whether it is hardly anything else."""
        return self.chance >= SURE


def opening_of(text: str, lexicon: Lexicon) -> Opening | None:
    """Which open question `text` is; None for any other."""
    asked = in_full(" ".join(text.split()))
    chances = chances_of(asked, lexicon)
    chance = sum(chances[kind] for kind in KINDS)
    which = bool(_WHICH_TOOLS.search(asked))
    kind = "tools" if which else max(KINDS, key=lambda k: chances[k])
    if chance < _least(asked, kind, which=which):
        return None
    parts = lexicon.parts(asked)
    if kind == "approval" and not (_TOOL.search(asked) or any(p.kind == "tool" for p in parts)):
        return None
    named = [p for p in parts if p.concept not in GENERIC]
    said = (p.said for p in parts if p.concept in GENERIC and kind in ("bans", "tools"))
    generic = {word for name in said for word in words(name)}
    if kind == "tools" and {p.kind for p in named} == {"tool"} and not _INSTEAD.search(asked):
        return None  # of that tool, not which there are
    narrow = _focus(asked, [p.said for p in named])
    focus = " ".join(word for word in narrow if word not in generic)
    return Opening(kind, asked, chance, focus, frozenset(p.kind for p in named))


def at_large(text: str, lexicon: Lexicon) -> Opening | None:
    """The open question which tools there are, where leave is asked to use AI with no word of which
    or for what ("Må vi bruge AI på arbejdet?"); None for any other.
    """
    asked = in_full(" ".join(text.split()))
    parts = lexicon.parts(asked)
    said = {word for part in parts for word in words(part.said)}
    of_any = parts and all(part.concept in GENERIC for part in parts)
    if not (of_any and act_of(asked) == "permission" and _USE.search(asked)):
        return None
    narrow = set(_focus(asked, [])) - said - _AT_WORK
    return None if narrow else Opening("tools", asked, 1.0, "", frozenset())


def _least(text: str, kind: Kind, *, which: bool) -> float:
    """The chance from which `text` is taken for an open question of this `kind`: more where it is
    put like one of leave, of duty, or for a number, a date, a place, a reason or a person, which
    one sentence answers. `which` says that it asks which tools in so many words.
    """
    act, instead = act_of(text), bool(_INSTEAD.search(text))
    if act in ("permission", "duty") and not instead:
        return CERTAIN
    expected = expectation_of(text)
    of_one = not which and (expected in _ONE_THING or bool(_SO_MANY.search(text)))
    of_whom = expected in ("who", "contact") and kind != "help"
    of_a_tool = kind == "tools" and not (which or instead)
    if act or of_one or of_whom or of_a_tool:
        return SURE
    return PLAIN if which else LIKELY


def marks_of(text: str, lexicon: Lexicon) -> set[str]:
    """What the model sees of the words of `text`: each and each two that follow one another, with
    a tool, a role, a task or a kind of data seen as that alone.
    """
    found = words(masked(text, lexicon, _ANY_TOOL))
    return {*found, *(f"{one} {other}" for one, other in pairwise(found))}


def _focus(text: str, named: list[str]) -> Iterator[str]:
    """The words that narrow a question: what is named in it, and what is not said in all of its
    kind.
    """
    general = _model().general
    within = {word for said in named for word in words(said)}
    for word in dict.fromkeys(words(text)):
        if word in within or not (word in STOP_WORDS or word in general):
            yield word


def chances_of(text: str, lexicon: Lexicon) -> dict[str, float]:
    """The chance that `text` is of each kind, tells of a mishap, or is any other question."""
    vector = VECTOR * builtin().vectors([text])[0]
    return _model().chances(marks_of(text, lexicon), vector)


@lru_cache
def _model() -> MarkedModel:
    return MarkedModel.read("assistant", FILE)
