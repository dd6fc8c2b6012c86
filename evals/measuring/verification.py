"""The check of a chat model's claims, on scripted answers with planted errors (evals/claims.py)."""

from collections.abc import Iterator, Sequence

from evals.claims import Result
from evals.measuring.cases import Held, Measured


def measure(results: Sequence[Result]) -> Iterator[Measured]:
    """Planted errors kept from the user, and clean claims lost or said in the source's words."""
    named = {f"{r.item}/{n}": r for n, r in enumerate(results)}
    planted = {key: r for key, r in named.items() if r.planted}
    clean = {key: r for key, r in named.items() if not r.planted}
    clusters = {key: r.item for key, r in named.items()}
    kept = {key: float(r.outcome != "passed") for key, r in planted.items()}
    dropped = {key: float(r.outcome == "dropped") for key, r in clean.items()}
    replaced = {key: float(r.outcome == "replaced") for key, r in clean.items()}
    yield Measured("verification.errors-kept", kept, clusters)
    yield Measured("verification.clean-dropped", dropped, clusters, Held(better="low"))
    yield Measured("verification.clean-replaced", replaced, clusters, Held(better="low"))
