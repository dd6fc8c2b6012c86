"""The verdict: what follows from the rules that match."""

import re
from collections.abc import Sequence

from assistant.models import Verdict
from assistant.verdicts.asked import Asked
from assistant.verdicts.conditions import Telling
from assistant.verdicts.dominance import closest, undominated
from assistant.verdicts.ending import NAMED, WITHIN, Ending, ways_out
from assistant.verdicts.judgement import NONE, Judgement
from assistant.verdicts.matching import Found, Match, Rules
from assistant.verdicts.weighing import Weighing, settles_duty

_WITHIN_FOR_BANS = 2.5  # of the best one's log odds, for a ban to have a say
_MOST = 0.3  # share of the activity that a rule must have to be about it
_RATHER = 0.28  # … or how near it must be in meaning
_WHOLLY = 0.6  # share of the activity that a duty must have to be told besides
_AS_LIKELY = 1.0  # log odds within which the duty that is about more of what is asked counts
_DEMANDING = 2.0  # level from which a duty is about the very activity
_CONSENT = re.compile(
    r"\b(?:have|indhente|kræver|forudsætter|foreligge|givet|få)\b.*"
    r"\b(?:samtykke|godkendelse|tilladelse|aftale|accept)",
    re.IGNORECASE,
)


def judge(asked: Asked, rules: Rules, files: frozenset[str], found: Found) -> Judgement:
    """The verdict on what is asked, by the rules of the documents `files`; `found` is what the
    search gave.
    """
    matches = rules.matching(asked, files, found)
    if asked.waives and (waived := _waived(matches, asked)):
        return waived
    first = first_judgement(asked, matches, rules)
    if asked.act == "duty":
        return first if first.because and settles_duty(first.because[0]) else NONE
    return Weighing.of(asked, own_tool_first(matches), Telling(asked, rules)).settled(first)


def first_judgement(asked: Asked, matches: Sequence[Match], rules: Rules) -> Judgement:
    """What the rules come to one by one, before they are weighed together."""
    kept = [m for m in matches if m.decides or m.score >= matches[0].score - WITHIN]
    if not any(m.decides for m in kept):
        return NONE
    if asked.act == "duty":
        return _duty(kept, asked)
    return _permission(asked, kept, rules)


def _permission(asked: Asked, matches: Sequence[Match], rules: Rules) -> Judgement:
    told = Telling(asked, rules)
    norms = _weighed(asked, [m for m in matches if m.forbids or m.permits], told)
    counting, lost = undominated(norms)
    counting = [m for m in counting if m.reaches]
    counting = [m for m in counting if m.permits or not told.is_for_another_case(m)]
    soft = [m for m in counting if m.forbids and ways_out(m)]
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
    end = Ending(norms, tuple(against), tuple(lost), duties, demanding, told)
    if bans := [m for m in counting if m.forbids]:
        return end.banned(bans)
    permits = closest([m for m in counting if m.permits])
    if asked.tools and all(m.tool == "open" for m in permits):
        permits = [m for m in permits if not _is_by_tool(m, norms)]
    if permits and not any(told.open_conditions(m)[0] for m in permits):
        return end.permitted(permits)
    if soft:
        return end.barred(soft, permits)
    return end.permitted(permits) if permits else end.in_part(asked)


def _is_by_tool(permit: Match, norms: Sequence[Match]) -> bool:
    """Whether a likelier rule permits it for one of the tools that may be meant: then a permission
    that names none does not hold for all of them.
    """
    return any(m.permits and m.tool == "narrower" and m.score > permit.score for m in norms)


def _is_demand(match: Match) -> bool:
    """Whether it is a duty to have a consent or an approval for what is asked about."""
    rule = match.prepared.rule
    return (
        rule.modality == "påbud"
        and match.levels[2] >= _DEMANDING
        and bool(_CONSENT.search(rule.scope))
    )


def _weighed(asked: Asked, norms: Sequence[Match], told: "Telling") -> list[Match]:
    """The rules that have a say in what is asked."""
    if asked.units and not asked.tools:
        norms = [m for m in norms if not m.prepared.is_general]
    if asked.tools and not asked.units and not asked.data:
        norms = [m for m in norms if m.tool != "general" or m.forbids]
    norms = [m for m in norms if _is_on_the_point(m, asked)]
    norms = own_tool_first(_having_a_say(norms, asked))
    return [m for m in norms if not told.is_ruled_out(m)]


def _is_on_the_point(match: Match, asked: Asked) -> bool:
    """Whether it meets the tool, the data, or most of the activity that is asked about. A rule
    that names no tool, asked of one, must be near in meaning too: it may be about a form.
    """
    tool, data, _, _ = match.levels
    elsewhere = match.tool == "open" and bool(asked.tools)
    if data >= NAMED and elsewhere and match.features.meaning < _RATHER:
        return False
    if tool >= NAMED or data >= NAMED or match.prepared.is_general or match.activity == "narrower":
        return True
    met = match.features.covered >= _MOST or match.features.meaning >= _RATHER
    if asked.act == "duty" and match.levels[3]:
        return match.activity == "equal"
    return match.activity == "equal" and (met or bool(match.features.kin))


def _having_a_say(norms: Sequence[Match], asked: Asked) -> list[Match]:
    """The likeliest rules, bans a little further down too, and all that are about the very
    activity, or ban any use of the very tool; where only a tool is asked about, all its cells.
    """
    at_large = not (asked.units or asked.data)
    best = max((m.score for m in norms), default=0.0)
    return [
        m
        for m in norms
        if m.score >= best - (_WITHIN_FOR_BANS if m.forbids and m.reaches else WITHIN)
        or (m.is_close and m.decides)
        or (m.forbids and m.reaches and m.tool == "equal" and m.activity == "open")
        or (at_large and m.tool == "equal" and bool(m.prepared.rule.column))
    ]


def own_tool_first(norms: Sequence[Match]) -> list[Match]:
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


_DUTIES = ("påbud", "ikke påbud")
_MUST: dict[str, Verdict] = {"påbud": "ja", "ikke påbud": "nej", "forbudt": "nej"}


def _duty(matches: Sequence[Match], asked: Asked) -> Judgement:
    """Whether something must be done: by the likeliest rule that says so, or says not."""
    at_large = bool(asked.tools) and not asked.units  # "Skal jeg bruge AI?"
    musts = [
        m
        for m in matches
        if m.prepared.rule.modality in _MUST
        and not m.implied
        and _is_on_the_point(m, asked)
        and (m.prepared.rule.modality != "forbudt" or m.activity == "equal")
        and (not m.prepared.is_general or (at_large and m.prepared.is_of_any_tool))
    ]
    if not musts or not musts[0].decides:
        return NONE
    alike = [m for m in musts if m.score >= musts[0].score - _AS_LIKELY]
    best = max(alike, key=lambda m: (m.features.covered, m.score))
    return Judgement(_MUST[best.prepared.rule.modality], (best,))


_OTHERWISE: dict[Verdict, Verdict] = {"ja": "nej", "nej": "ja", "betinget": "betinget"}


def _waived(matches: Sequence[Match], asked: Asked) -> Judgement | None:
    """Whether something may be left out: where it is no duty. None where no rule speaks of that."""
    kept = [m for m in matches if m.decides and m.prepared.rule.modality in _DUTIES]
    duty = _duty(kept, asked)
    if duty.verdict is None:
        return None
    return Judgement(_OTHERWISE[duty.verdict], duty.because)


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
