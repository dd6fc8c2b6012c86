"""The check of a chat model's claims, on scripted answers with planted errors (evals/claims.py)."""

from collections.abc import Iterator, Mapping, Sequence

from evals.claims import Result
from evals.measuring.cases import Held, Measured

ERRORS_KEPT = "verification.errors-kept"


def by_kind(values: Mapping[str, float]) -> dict[str, list[float]]:
    """The values of `ERRORS_KEPT` by the kind of error that was planted."""
    found: dict[str, list[float]] = {}
    for key, value in sorted(values.items()):
        found.setdefault(key.split("/", 1)[0], []).append(value)
    return found


def measure(results: Sequence[Result]) -> Iterator[Measured]:
    """Planted errors kept from the user, and clean claims lost or said in the source's words."""
    named = {f"{r.planted or 'clean'}/{r.item}/{n}": r for n, r in enumerate(results)}
    planted = {key: r for key, r in named.items() if r.planted}
    clean = {key: r for key, r in named.items() if not r.planted}
    clusters = {key: r.item for key, r in named.items()}
    kept = {key: float(r.outcome != "passed") for key, r in planted.items()}
    dropped = {key: float(r.outcome == "dropped") for key, r in clean.items()}
    replaced = {key: float(r.outcome == "replaced") for key, r in clean.items()}
    yield Measured(ERRORS_KEPT, kept, clusters)
    yield Measured("verification.clean-dropped", dropped, clusters, Held(better="low"))
    yield Measured("verification.clean-replaced", replaced, clusters, Held(better="low"))
