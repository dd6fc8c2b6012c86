"""The scripted answers of a chat model as a part of the suite (evals/claims.py has the way)."""

from assistant.settings import Settings
from evals.claims import DEFAULT, Bench, read_items, run
from evals.corpora import SAMPLE, named
from evals.measuring.cases import Measured
from evals.measuring.verification import measure


def measured_claims(settings: Settings) -> list[Measured]:
    """What the check of claims lets through, on the reporting half of the scripted answers."""
    bench = Bench(named(SAMPLE, settings).settings.index)
    results, _ = run(read_items(DEFAULT), bench)
    return list(measure(results))
