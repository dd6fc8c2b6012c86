"""The verdict: what follows from the rules that match."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.models import Verdict
from assistant.verdicts.asked import Asked, is_absent
from assistant.verdicts.matching import Found, Match, Rules
from ingest.embedders import builtin
from ingest.lexical import STOP_WORDS, stem, words
from ingest.rules.lexicon import Mention

WITHIN_FOR_BANS = 2.5  # … for a ban
WITHIN = 2.0  # of the best one's log odds, for another rule to have a say
_SATISFIED = 0.6  # share of a condition's words that the question says, for it to be met
_TEMPORAL = re.compile(r"^(?:før|inden|forinden)\b", re.IGNORECASE)
_WITHOUT = re.compile(r"^(?:uden|medmindre|med mindre)\b", re.IGNORECASE)
_NAMED = 1.5  # level from which a rule is about the tool, or the data, that is asked about
_MOST = 0.3  # share of the activity that a rule must have to be about it
_RATHER = 0.35  # … or how near it must be in meaning
_ALIKE = 0.5  # cosine from which a piece of the question says that a condition is met
_CLOSER = 0.3  # levels by which one rule is closer than another
_WHOLLY = 0.6  # share of the activity that a duty must have to be told besides
_DEMANDING = 2.0  # level from which a duty is about the very activity
_CONSENT = re.compile(
    r"\b(?:have|indhente|kræver|forudsætter|foreligge|givet|få)\b.*"
    r"\b(?:samtykke|godkendelse|tilladelse|aftale|accept)",
    re.IGNORECASE,
)
_FOR_SOME = re.compile(r"^(?:kun|for|alene|gælder)\b", re.IGNORECASE)
_OPENING = 12  # characters within which a condition names who it is for: "kun sagsbehandlere"
_ABSENT = re.compile(r"\b(?:ikke|ingen|uden|aldrig)\b", re.IGNORECASE)
_DEMANDS = re.compile(
    r"\b(?:kræve[rs]?|forudsætte[rs]?|først|godkend\w*|samtykke|aftale)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Case:
    """A part of what is asked that has a verdict of its own."""

    verdict: Verdict
    match: Match


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict with the rules that it follows from, best first, and those that lost, with why.

    `conditions` are those of `because` that the question does not say are met; `cases` are there
    when the verdict hangs on something that is not said; `against` are rules of other documents
    that say otherwise and do not count.
    """

    verdict: Verdict | None
    because: tuple[Match, ...] = ()
    conditions: tuple[tuple[str, Match], ...] = ()
    cases: tuple[Case, ...] = ()
    against: tuple[Match, ...] = ()
    duties: tuple[Match, ...] = ()
    lost: tuple[tuple[Match, str], ...] = ()


NONE = Judgement(None)


def judge(asked: Asked, rules: Rules, files: frozenset[str], found: Found) -> Judgement:
    """The verdict on what is asked, by the rules of the documents `files`; `found` is what the
    search gave.
    """
    matches = rules.matching(asked, files, found)
    matches = [m for m in matches if m.decides or m.score >= matches[0].score - WITHIN]
    if not any(m.decides for m in matches):
        return NONE
    if asked.act == "duty":
        return _duty(matches, asked)
    return _permission(asked, matches, rules)


def _permission(asked: Asked, matches: Sequence[Match], rules: Rules) -> Judgement:
    told = _Telling(asked, rules)
    norms = _weighed(asked, [m for m in matches if m.forbids or m.permits], told)
    counting, lost = _undominated(norms)
    counting = [m for m in counting if m.reaches]
    counting = [m for m in counting if m.permits or not told.is_for_another_case(m)]
    soft = [m for m in counting if m.forbids and _ways_out(m)]
    counting, against = _without_conflicts([m for m in counting if m not in soft])
    duties = tuple(
        m
        for m in matches
        if m.prepared.rule.modality == "påbud"
        and m.is_close
        and m.features.covered >= _WHOLLY
        and m.score >= matches[0].score - WITHIN
    )
    demanding = tuple(m for m in matches if _is_demand(m))
    end = _Ending(norms, tuple(against), tuple(lost), duties, demanding, told)
    if bans := [m for m in counting if m.forbids]:
        return end.banned(bans)
    permits = _closest([m for m in counting if m.permits])
    if permits and not any(told.open_conditions(m)[0] for m in permits):
        return end.permitted(permits)
    if soft:
        return end.barred(soft, permits)
    return end.permitted(permits) if permits else end.in_part(asked)


def _is_demand(match: Match) -> bool:
    """Whether it is a duty to have a consent or an approval for what is asked about."""
    rule = match.prepared.rule
    return (
        rule.modality == "påbud"
        and match.levels[2] >= _DEMANDING
        and bool(_CONSENT.search(rule.scope))
    )


def _weighed(asked: Asked, norms: Sequence[Match], told: "_Telling") -> list[Match]:
    """The rules that have a say in what is asked."""
    if asked.units and not asked.tools:
        norms = [m for m in norms if not m.prepared.is_general]
    norms = [m for m in norms if _is_on_the_point(m, asked)]
    norms = _own_tool_first(_having_a_say(norms))
    return [m for m in norms if not told.is_ruled_out(m)]


def _is_on_the_point(match: Match, asked: Asked) -> bool:
    """Whether it meets the tool, the data, or most of the activity that is asked about. A rule
    that names no tool, asked of one, must be near in meaning too: it may be about a form.
    """
    tool, data, _, _ = match.levels
    elsewhere = match.tool == "open" and bool(asked.tools)
    if data >= _NAMED and elsewhere and match.features.meaning < _RATHER:
        return False
    if (
        tool >= _NAMED
        or data >= _NAMED
        or match.prepared.is_general
        or match.activity == "narrower"
    ):
        return True
    met = match.features.covered >= _MOST or match.features.meaning >= _RATHER
    return match.activity == "equal" and (met or bool(match.features.kin))


def _having_a_say(norms: Sequence[Match]) -> list[Match]:
    """The likeliest rules, bans a little further down too, and all that are about the very
    activity.
    """
    best = max((m.score for m in norms), default=0.0)
    return [
        m
        for m in norms
        if m.score >= best - (WITHIN_FOR_BANS if m.forbids and m.reaches else WITHIN)
        or (m.is_close and m.decides)
    ]


def _own_tool_first(norms: Sequence[Match]) -> list[Match]:
    """Without what a document says of a class of tools by rows and permissions, where it has rules
    for the very tool.
    """
    named = {m.prepared.document.file for m in norms if m.tool == "equal"}
    return [
        m
        for m in norms
        if m.tool != "covers"
        or m.prepared.document.file not in named
        or not (m.permits or m.prepared.rule.column)
    ]


class _Telling:
    """Compares conditions with what the question says."""

    def __init__(self, asked: Asked, rules: Rules) -> None:
        self._asked = asked
        self._rules = rules

    def open_conditions(self, match: Match) -> tuple[list[str], bool]:
        """The conditions that the question does not say are met, and whether it says that one is
        not met.
        """
        left, broken = [], False
        for condition in match.prepared.rule.conditions:
            if _WITHOUT.match(condition):
                continue  # "uden særlig aftale": it takes none
            state = self.state(condition)
            broken = broken or state == "broken"
            if state == "open":
                left.append(condition)
        return left, broken

    def state(self, condition: str) -> str:
        """ "met", "broken" or "open"; a time ("før du …") is met."""
        if _TEMPORAL.match(condition):
            return "met"
        lexicon = self._rules.book.lexicon
        mentions = lexicon.mentions(condition)
        about = self._about_data(condition, mentions) or self._about_roles(condition, mentions)
        return about or self._about_words(condition)

    def _about_data(self, condition: str, mentions: Sequence[Mention]) -> str:
        """What the data of the question say of a condition on data; "" for nothing."""
        data = [m for m in mentions if m.concept.startswith("data.")]
        barred = frozenset(m.concept for m in data if is_absent(condition, m.start))
        wanted = frozenset(m.concept for m in data) - barred
        hierarchy = self._rules.hierarchy
        if barred and any(a in barred or hierarchy.above(a) & barred for a in self._asked.absent):
            return "met"
        if not self._asked.data or not data:
            return ""
        if barred and hierarchy.data(self._asked.data, barred) in ("equal", "covers"):
            return "broken"
        if wanted:
            inside = hierarchy.data(self._asked.data, wanted) in ("equal", "covers")
            return "met" if inside else "broken" if "kun" in condition else ""
        return "met"

    def _about_roles(self, condition: str, mentions: Sequence[Mention]) -> str:
        roles = [m for m in mentions if m.concept.startswith("role.")]
        named = frozenset(m.concept for m in roles)
        if named & self._asked.roles:
            return "met"
        opens = bool(_FOR_SOME.match(condition)) and any(m.start < _OPENING for m in roles)
        if opens and (named & self._asked.absent or self._asked.roles):
            return "broken"
        return ""

    def _about_words(self, condition: str) -> str:
        weigh = self._rules.vocabulary.idf
        stems = {
            s: weigh(s)
            for w in words(condition)
            if w not in STOP_WORDS and (s := stem(w)) not in _CONNECT
        }
        said = [s for s in stems if s in self._asked.words]
        if not stems:
            return "open"
        enough = sum(stems[s] for s in said) >= _SATISFIED * sum(stems.values())
        if not enough and not self._says_alike(condition):
            return "open"
        refused = self._asked.refused & set(said)
        return "broken" if refused and not _ABSENT.search(condition) else "met"

    def _says_alike(self, condition: str) -> bool:
        """Whether a piece of the question means the same as the condition."""
        vectors = builtin().vectors([condition, *self._asked.pieces])
        return bool((vectors[1:] @ vectors[0]).max(initial=0.0) >= _ALIKE)

    def is_ruled_out(self, match: Match) -> bool:
        """Whether a rule is about data that the question says are not there."""
        data, absent = match.prepared.data, self._asked.absent
        hierarchy = self._rules.hierarchy
        return bool(data and absent) and all(
            d in absent or hierarchy.above(d) & absent for d in data
        )

    def is_for_another_case(self, match: Match) -> bool:
        """Whether a ban holds in a case only that the question does not speak of."""
        if match.implied:
            return False
        cases = [c for c in match.prepared.rule.conditions if not _WITHOUT.match(c)]
        return any(self.state(c) != "met" for c in cases)


# Words of conditions that say little of what is to be met.
_CONNECT = frozenset(
    stem(w)
    for w in (
        "hvis når såfremt så længe forudsat kun først efter med uden medmindre at dog bliver "
        "være er "
        "har gennemført gennemføre taget bestået bestå logget logge kurset kursus ja sagt sige "
        "siger "
        "givet give det forudsætter kræver din dit jeres vedkommende samtlige alle begge forhånd"
    ).split()
)


@dataclass(frozen=True, slots=True)
class _Ending:
    """Comes to the verdict, once it is known which rules count."""

    norms: Sequence[Match]
    against: tuple[Match, ...]
    lost: tuple[tuple[Match, str], ...]
    duties: tuple[Match, ...]
    demanding: tuple[Match, ...]
    told: _Telling

    def _judgement(self, verdict: Verdict, because: Sequence[Match], **more: Any) -> Judgement:
        return Judgement(verdict, tuple(because), against=self.against, lost=self.lost, **more)

    def banned(self, bans: Sequence[Match]) -> Judgement:
        """No, unless the ban is for all tools and another rule permits one."""
        cases = [
            m
            for m in self.norms
            if m.permits
            and m.tool == "narrower"
            and m.activity in ("equal", "open")
            and _same_subject(m, bans[0])
            and m.prepared.standing[0] >= bans[0].prepared.standing[0]
            and (bans[0].prepared.is_general or m.levels[2] >= bans[0].levels[2] + _CLOSER)
        ]
        if cases and bans[0].levels[0] < _NAMED:
            ways = tuple(Case("ja", m) for m in cases[:6])
            return self._judgement("betinget", (*cases[:2], *bans[:1]), cases=ways)
        return self._judgement("nej", bans)

    def barred(self, soft: Sequence[Match], permits: Sequence[Match]) -> Judgement:
        """What is not allowed without something: yes when that is there."""
        missing = [(c, m) for m in soft for c in _ways_out(m) if not self._is_there(c)]
        if not missing:
            return self._judgement("ja", (*permits, *soft))
        return self._judgement("betinget", (*soft, *permits), conditions=tuple(missing))

    def _is_there(self, way_out: str) -> bool:
        return self.told.state(_WITHOUT.sub("", way_out).strip()) == "met"

    def permitted(self, permits: Sequence[Match]) -> Judgement:
        """Yes, on the conditions that the question does not say are met."""
        missing: list[tuple[str, Match]] = []
        for match in permits:
            left, broken = self.told.open_conditions(match)
            if broken:
                return self._judgement("nej", (match,))
            if match.score >= permits[0].score - WITHIN:
                missing += [(c, match) for c in left]
        if not missing:
            missing = [(d.prepared.rule.scope, d) for d in self._demands(permits[0])]
        cases = _cases(permits, self.norms)
        if not missing and all(c.verdict == "ja" for c in cases):
            return self._judgement("ja", permits, duties=self.duties)
        return self._judgement(
            "betinget", permits, conditions=tuple(missing), cases=cases, duties=self.duties
        )

    def _demands(self, permit: Match) -> list[Match]:
        """Duties about the very activity that demand a consent or an approval for it, and that
        the question does not say are met.
        """
        return [
            m
            for m in self.demanding
            if m.score >= permit.score - WITHIN
            and self.told.state(m.prepared.rule.scope) != "met"
            and permit.levels[2]
        ][:2]

    def in_part(self, asked: Asked) -> Judgement:
        """No rule reaches all that is asked: the verdict case by case."""
        parts = _one_each(m for m in self.norms if not m.reaches and _close(m))
        left = {id(m): self.told.open_conditions(m)[0] for m in parts}
        cases = tuple(
            Case("nej" if m.forbids else "betinget" if left[id(m)] else "ja", m) for m in parts
        )
        if not cases:
            return self._demanded()
        verdicts = {c.verdict for c in cases}
        if verdicts == {"nej"} and not _leaves_room(cases):
            return self._judgement("nej", parts)
        if verdicts == {"ja"} and asked.absent:
            return self._judgement("ja", parts)  # the other cases are said not to be there
        missing = tuple((c, m) for m in parts for c in left[id(m)])
        return self._judgement("betinget", parts, conditions=missing[:6], cases=cases)

    def _demanded(self) -> Judgement:
        """Where only duties speak of it, they are the conditions."""
        demands = [d for d in self.duties if _DEMANDS.search(d.prepared.sentence.text)][:2]
        if not demands:
            return NONE
        missing = tuple((d.prepared.rule.scope, d) for d in demands)
        return self._judgement("betinget", demands, conditions=missing)


def _ways_out(match: Match) -> list[str]:
    """What would make a ban not hold: "uden samtykke", "medmindre rettighedshaveren …"."""
    rule = match.prepared.rule
    if match.implied:
        return []
    return [c for c in (*rule.conditions, *rule.exceptions) if _WITHOUT.match(c)]


def _cases(permits: Sequence[Match], norms: Sequence[Match]) -> tuple[Case, ...]:
    """Parts of what is asked that other rules treat otherwise: kinds of data for a tool."""
    best = permits[0]
    if best.levels[1] or (best.is_close and best.tool == "equal"):
        return ()  # it names the data itself, or the very use of the tool
    narrower = [
        m
        for m in norms
        if not m.reaches
        and m.data == "narrower"
        and (m.tool == "equal" or (m.tool == best.tool and not best.is_close))
        and m.activity != "narrower"
        and m.role != "narrower"
    ]
    return tuple(Case("nej" if m.forbids else "ja", m) for m in _one_each(narrower))


def _close(match: Match) -> bool:
    tool, data, activity, _ = match.levels
    return bool(tool or data or activity) or "narrower" in (match.tool, match.data)


def _leaves_room(cases: Iterable[Case]) -> bool:
    """Whether the bans are for some data only, so that the rest may be allowed."""
    return all(c.match.data == "narrower" for c in cases)


_MUST: dict[str, Verdict] = {"påbud": "ja", "ikke påbud": "nej", "forbudt": "nej"}


def _duty(matches: Sequence[Match], asked: Asked) -> Judgement:
    """Whether something must be done: by the likeliest rule that says so, or says not."""
    musts = [
        m
        for m in matches
        if m.prepared.rule.modality in _MUST
        and not m.implied
        and _is_on_the_point(m, asked)
        and (m.prepared.rule.modality != "forbudt" or m.activity == "equal")
        and not m.prepared.is_general
    ]
    if not musts or not musts[0].decides:
        return NONE
    return Judgement(_MUST[musts[0].prepared.rule.modality], (musts[0],))


def _undominated(
    matches: Sequence[Match],
) -> tuple[list[Match], list[tuple[Match, str]]]:
    """The matches that no closer one says otherwise than, and the others with why they lost."""
    kept: list[Match] = []
    lost: list[tuple[Match, str]] = []
    for match in matches:
        winner = next((o for o in matches if _dominates(o, match)), None)
        if winner is None:
            kept.append(match)
        else:
            lost.append((match, f"mindre præcis end: {winner.prepared.sentence.text}"))
    return kept, lost


def _closest(permits: Sequence[Match]) -> list[Match]:
    """The permissions that no other is closer than in every respect."""
    return [
        m
        for m in permits
        if not any(
            o is not m
            and not (m.tool == "equal" and m.prepared.is_general)
            and all(a >= b for a, b in zip(o.levels, m.levels, strict=True))
            and sum(o.levels) > sum(m.levels) + _CLOSER
            for o in permits
        )
    ]


def _dominates(one: Match, other: Match) -> bool:
    """Whether `one` is closer in some respect and in none further off, and may overrule."""
    if one.forbids == other.forbids or one is other:
        return False
    if one.prepared.standing[0] < other.prepared.standing[0]:
        return False
    pairs = list(zip(one.levels, other.levels, strict=True))
    return all(a >= b - _CLOSER for a, b in pairs) and any(a > b + _CLOSER for a, b in pairs)


def _without_conflicts(matches: Sequence[Match]) -> tuple[list[Match], list[Match]]:
    """Of rules that meet the question alike and disagree, those of the document that counts."""
    bans = [m for m in matches if m.forbids]
    permits = [m for m in matches if m.permits]
    if not bans or not permits:
        return list(matches), []
    best_ban = max(bans, key=lambda m: m.prepared.standing)
    best_permit = max(permits, key=lambda m: m.prepared.standing)
    if best_permit.prepared.standing > best_ban.prepared.standing and _alike(best_permit, best_ban):
        return permits, bans
    against = [m for m in permits if m.prepared.rule.document != best_ban.prepared.rule.document]
    return bans, against


def _alike(one: Match, other: Match) -> bool:
    return sum(one.levels) >= sum(other.levels) - 1.0


def _same_subject(one: Match, other: Match) -> bool:
    return (
        bool(one.levels[0] and other.levels[0])
        or one.levels[1] == other.levels[1] > 0
        or (one.levels[2] > 0 and other.levels[2] > 0)
    )


def _one_each(matches: Iterable[Match]) -> list[Match]:
    """One match for each tool and kind of data, the closest."""
    seen: dict[tuple[frozenset[str], frozenset[str], bool], Match] = {}
    for match in matches:
        key = (match.prepared.tools, match.prepared.data, match.forbids)
        seen.setdefault(key, match)
    return list(seen.values())[:8]
