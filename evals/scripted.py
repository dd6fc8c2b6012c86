"""The scripted answers of a chat model as a part of the suite (evals/claims.py has the way)."""

from evals.claims import DEFAULT, Bench, read_items, run
from evals.corpora import SAMPLE
from evals.measuring.cases import Measured
from evals.measuring.verification import measure
from evals.suite import Corpora


def measured_claims(corpora: Corpora) -> list[Measured]:
    """What the check of claims lets through, on the reporting half of the scripted answers."""
    bench = Bench(corpora.of(SAMPLE).settings.index)
    results, _ = run(read_items(DEFAULT), bench)
    return list(measure(results))
