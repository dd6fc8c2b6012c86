"""How a rule bears on a question, once it is known what the question tells."""

from typing import Literal, get_args

from assistant.verdicts.conditions import Telling
from assistant.verdicts.ending import ways_out
from assistant.verdicts.matching import Match

# Bans: of all that is asked, of a use, a kind of data or a tool that is a part of it, one with a
# way out ("uden samtykke"), one whose way out is there, one that is only implied. Permissions
# alike: with all conditions met ("only": and nothing else is permitted), with open ones, with a
# broken one, or for a part only.
Bearing = Literal[
    "ban", "ban of a use", "ban of data", "ban of a tool", "ban with a way out", "lifted ban",
    "implied ban",
    "leave", "only leave", "leave on conditions", "leave that fails",
    "leave for a use", "leave for data", "leave for a tool",
    "leave for a use on conditions", "leave for data on conditions",
    "leave for a tool on conditions", "duty",
]  # fmt: skip
BEARINGS: tuple[Bearing, ...] = get_args(Bearing)


def bearing_of(match: Match, told: Telling) -> Bearing | None:
    """How `match` bears on the question; None for advice, and for bans and duties on data that the
    question says are not there.
    """
    if told.is_ruled_out(match) and not match.permits:
        return None
    if match.implied:
        return "implied ban"
    if match.forbids:
        return _ban(match, told)
    if match.permits:
        return _leave(match, told)
    return "duty" if match.prepared.rule.modality == "påbud" else None


def _ban(match: Match, told: Telling) -> Bearing | None:
    if ways := ways_out(match):
        return "lifted ban" if all(map(told.is_there, ways)) else "ban with a way out"
    if match.reaches and not told.is_for_another_case(match):
        return "ban"
    if "narrower" in (match.tool, match.role):
        return "ban of a tool"
    return "ban of data" if match.data == "narrower" else "ban of a use"


def _leave(match: Match, told: Telling) -> Bearing:
    left, broken = told.open_conditions(match)
    if broken:
        return "leave that fails"
    if not match.reaches:
        return _leave_for_a_part(match, on_conditions=bool(left))
    if left:
        return "leave on conditions"
    return "only leave" if match.prepared.rule.modality == "kun" else "leave"


def _leave_for_a_part(match: Match, *, on_conditions: bool) -> Bearing:
    if "narrower" in (match.tool, match.role):
        return "leave for a tool on conditions" if on_conditions else "leave for a tool"
    if match.data == "narrower":
        return "leave for data on conditions" if on_conditions else "leave for data"
    return "leave for a use on conditions" if on_conditions else "leave for a use"
