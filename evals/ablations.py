"""What each part is worth: the same questions with one part off at a time, compared with all on."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.retrieve import WEIGHTS
from evals.baseline import Change, changes
from evals.claims import DEFAULT, Bench, read_items, run
from evals.corpora import SAMPLE, Corpus
from evals.measuring import measure_all
from evals.measuring.cases import Case
from evals.measuring.verification import measure
from evals.questions import Question
from evals.result import Result, figures, result_of
from evals.suite import Corpora, QuestionSet, Run, ask

PARTS = (*WEIGHTS, "encoder", "rules")
VERIFICATION = "verification"
SHOWN = (
    "right",
    "verdict.right",
    "verdict.cost",
    "nuggets.vital",
    "citations.right-page",
    "retrieval.fused.ndcg@10",
    "abstention.declined",
    "abstention.needless",
    "verification.errors-kept",
    "verification.clean-dropped",
)
NAMES = {
    "stems": "ordstammer",
    "grams": "bogstavfølger",
    "parts": "orddele",
    "dense": "mening (kun søgningen)",
    "encoder": "mening (alt)",
    "rules": "reglerne",
    VERIFICATION: "eftersynet af en sprogmodels svar",
}


@dataclass(frozen=True, slots=True)
class Ablation:
    """What changed when `part` was off."""

    part: str
    changes: tuple[Change, ...]


def ablate(sets: Sequence[QuestionSet], corpora: Corpora) -> list[Ablation]:
    """Every part off in turn; the check of claims on the scripted answers, which need it."""
    pairs = [(q, corpora.of(q.corpus)) for s in sets for q in s.questions]
    whole = _result(sets, pairs, corpora, "")
    found = [Ablation(part, _shown(_result(sets, pairs, corpora, part), whole)) for part in PARTS]
    return [*found, Ablation(VERIFICATION, _without_verification(corpora))]


def _result(
    sets: Sequence[QuestionSet],
    pairs: Sequence[tuple[Question, Corpus]],
    corpora: Corpora,
    without: str,
) -> Result:
    recording = ask(pairs, corpora.settings, without)
    cases = tuple(Case(q, recording.records[q.id], c) for q, c in pairs)
    run_ = Run(tuple(sets), cases, recording.configuration, tuple(measure_all(cases)))
    return result_of(run_)


def _shown(without: Result, whole: Result) -> tuple[Change, ...]:
    return tuple(change for change in changes(without, whole) if change.name in SHOWN)


def _without_verification(corpora: Corpora) -> tuple[Change, ...]:
    """Nothing is checked: every claim is shown as it is, so that each planted error is too."""
    bench = Bench(corpora.of(SAMPLE).settings.index)
    measured = list(measure(run(read_items(DEFAULT), bench)[0]))
    clusters = {key: c for m in measured for key, c in m.clusters.items()}
    whole: Result = {"measures": {m.name: figures(m) for m in measured}, "clusters": clusters}
    off: Result = {
        "measures": {
            name: {**row, "values": dict.fromkeys(row["values"], 0.0)}
            for name, row in whole["measures"].items()
        },
        "clusters": clusters,
    }
    return _shown(off, whole)
