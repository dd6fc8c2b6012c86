"""From the rules that count to the verdict, with what it hangs on."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.models import Verdict
from assistant.verdicts.asked import Asked
from assistant.verdicts.conditions import WITHOUT, Telling
from assistant.verdicts.dominance import CLOSER
from assistant.verdicts.judgement import NONE, Case, Judgement
from assistant.verdicts.matching import Match

WITHIN = 2.0  # of the best one's log odds, for another rule to have a say
_TOGETHER = 1.0  # … for a permission to be told, and met, together with the best one
NAMED = 1.5  # level from which a rule is about the tool, or the data, that is asked about
_DEMANDS = re.compile(
    r"\b(?:kræve[rs]?|forudsætte[rs]?|først|godkend\w*|samtykke|aftale)\b", re.IGNORECASE
)

_LIMITS = re.compile(r"(?:men|og|dog)?\s*kun\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Ending:
    """Comes to the verdict, once it is known which rules count."""

    norms: Sequence[Match]
    against: tuple[Match, ...]
    lost: tuple[tuple[Match, str], ...]
    duties: tuple[Match, ...]
    demanding: tuple[Match, ...]
    told: Telling

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
            and (bans[0].prepared.is_general or m.levels[2] >= bans[0].levels[2] + CLOSER)
        ]
        if cases and bans[0].levels[0] < NAMED:
            ways = tuple(Case("ja", m) for m in cases[:6])
            return self._judgement("betinget", (*cases[:2], *bans[:1]), cases=ways)
        return self._judgement("nej", bans)

    def barred(self, soft: Sequence[Match], permits: Sequence[Match]) -> Judgement:
        """What is not allowed without something: yes when that is there."""
        missing = [(c, m) for m in soft for c in ways_out(m) if not self.told.is_there(c)]
        if not missing:
            return self._judgement("ja", (*permits, *soft))
        return self._judgement("betinget", (*soft, *permits), conditions=tuple(missing))

    def permitted(self, permits: Sequence[Match]) -> Judgement:
        """Yes, on the conditions that the question does not say are met."""
        near = [m for m in permits if m.score >= permits[0].score - _TOGETHER]
        missing: list[tuple[str, Match]] = []
        for match in near:
            left, broken = self.told.open_conditions(match)
            if broken:
                return self._judgement("nej", (match,))
            missing += [(c, match) for c in left]
        missing = _told_of(missing, permits)
        if not missing:
            missing = [(d.prepared.rule.scope, d) for d in self._demands(permits[0])]
        cases = _cases(permits, self.norms)
        if not missing and all(c.verdict == "ja" for c in cases):
            return self._judgement("ja", near, duties=self.duties)
        return self._judgement(
            "betinget", near, conditions=tuple(missing), cases=cases, duties=self.duties
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
        parts = _one_each(m for m in self.norms if not m.reaches and _close(m) and names_a_case(m))
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
        missing = tuple((c, m) for m in parts if m.permits for c in left[id(m)])
        return self._judgement("betinget", parts, conditions=missing[:6], cases=cases)

    def _demanded(self) -> Judgement:
        """Where only duties speak of it, they are the conditions."""
        demands = [d for d in self.duties if _DEMANDS.search(d.prepared.sentence.text)][:2]
        if not demands:
            return NONE
        missing = tuple((d.prepared.rule.scope, d) for d in demands)
        return self._judgement("betinget", demands, conditions=missing)


def _told_of(missing: list[tuple[str, Match]], permits: Sequence[Match]) -> list[tuple[str, Match]]:
    """Without a cell's bare "betinget" where another permission says on what."""
    bare = [m for m in missing if m[0] == m[1].prepared.rule.cell]
    others = [m for m in permits if m.prepared.rule.conditions and m not in [b[1] for b in bare]]
    return [m for m in missing if m not in bare] if others else missing


def names_a_case(match: Match) -> bool:
    """Whether what it rules says of itself which case it is: "men kun i Skriveren" does not."""
    return not _LIMITS.match(match.prepared.rule.scope)


def ways_out(match: Match) -> list[str]:
    """What would make a ban not hold: "uden samtykke", "medmindre rettighedshaveren …"."""
    rule = match.prepared.rule
    if match.implied:
        return []
    return [c for c in (*rule.conditions, *rule.exceptions) if WITHOUT.match(c)]


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
