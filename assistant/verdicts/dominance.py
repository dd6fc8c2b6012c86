"""The more specific before the general: which rules overrule which."""

from collections.abc import Sequence

from assistant.verdicts.matching import Match

CLOSER = 0.3  # levels by which one rule is closer than another


def undominated(
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


def _dominates(one: Match, other: Match) -> bool:
    """Whether `one` is closer in some respect and in none further off, and may overrule."""
    if one.forbids == other.forbids or one is other:
        return False
    if one.prepared.standing[0] < other.prepared.standing[0]:
        return False
    pairs = list(zip(one.levels, other.levels, strict=True))
    return all(a >= b - CLOSER for a, b in pairs) and any(a > b + CLOSER for a, b in pairs)


def closest(permits: Sequence[Match]) -> list[Match]:
    """The permissions that no other is closer than in every respect."""
    return [
        m
        for m in permits
        if not any(
            o is not m
            and not (m.tool == "equal" and m.prepared.is_general)
            and all(a >= b for a, b in zip(o.levels, m.levels, strict=True))
            and sum(o.levels) > sum(m.levels) + CLOSER
            for o in permits
        )
    ]
