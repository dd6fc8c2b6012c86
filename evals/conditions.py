"""Fit the model that tells whether a condition is met: `python -m evals.conditions`.

Reads the questions of leave in the tuning sets, each with the conditions of the leave in a gold
place: all met where the answer is "ja", open where it is "betinget". And the questions that the
encoder is trained on (ingest/encoder/asked/), where a reader has told what the sentence alone says
to each. Writes assistant/verdicts/meeting.json, and prints how many are told right when a tenth of
the municipalities are left out of the fit, beside what words and concepts alone tell.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant.loaded import Loaded
from assistant.verdicts import meeting
from assistant.verdicts.conditions import Telling
from assistant.verdicts.matching import Match
from assistant.verdicts.meeting import FILE, LIKELY
from evals.corpora import SAMPLE
from evals.questions import Gold, Question, read_questions
from evals.relevance import asked_for_leave, is_of, matched, opened
from ingest.encoder.texts import ASKED, Answer, read_answers
from ingest.passages import Passage
from ingest.rules.extract import rules_of
from ingest.rules.lexicon import Lexicon, with_learned
from ingest.rules.model import Rule
from ingest.rules.tools import tools_named_in

TARGET = Path(meeting.__file__).with_name(FILE)
_REGULAR = 0.03  # of .03 to .3, about the best with municipalities left out
_FOLDS = 10
_DIGITS = 4
_LEAVES = ("tilladt", "kun")
Array = np.ndarray[Any, Any]


@dataclass(frozen=True, slots=True)
class _Example:
    municipality: str
    signs: dict[str, float]
    is_met: bool
    written: bool  # that it is of the questions that the encoder is trained on


def main() -> int:
    """Fit and write the model; the exit code."""
    examples = [*_of_tuning(), *_of_asked(opened(SAMPLE))]
    names = list(examples[0].signs)
    rows = np.array([[e.signs[n] for n in names] for e in examples])
    _tell(examples, rows)
    scaler, model = _fitted(rows, np.array([e.is_met for e in examples]))
    weights = model.coef_[0] / scaler.scale_
    bias = float(model.intercept_[0] - weights @ scaler.mean_)
    told = {name: round(float(w), _DIGITS) for name, w in zip(names, weights, strict=True)}
    text = json.dumps({"bias": round(bias, _DIGITS), "weights": told}, indent=1, ensure_ascii=False)
    TARGET.write_text(f"{text}\n", encoding="utf-8")
    return 0


def _of_tuning() -> Iterator[_Example]:
    items = [i for f in asked_for_leave() for i in read_questions(f)]
    loaded = {name: opened(name) for name in sorted({i.corpus for i in items})}
    for item in items:
        if item.verdict in ("ja", "betinget"):
            yield from _of_question(item, loaded[item.corpus])


def _of_question(item: Question, loaded: Loaded) -> Iterator[_Example]:
    """The conditions of the likeliest leave in a gold place."""
    asked, matches = matched(item, loaded)
    if asked.act != "permission":
        return
    leave = next((m for m in matches if _has_conditions(m, item.gold)), None)
    if leave is None:
        return
    rule, telling = leave.prepared.rule, Telling(asked, loaded.rules)
    for condition in _telling(rule.conditions, is_met=item.verdict == "ja"):
        signs = telling.signs(condition, rule.scope, leave.prepared.own)
        yield _Example(item.corpus, signs, item.verdict == "ja", written=False)


def _has_conditions(match: Match, gold: Sequence[Gold]) -> bool:
    conditional = bool(match.permits and match.prepared.rule.conditions)
    return conditional and any(is_of(match, g) for g in gold)


def _telling(conditions: Sequence[str], *, is_met: bool) -> Sequence[str]:
    """Those that are known to be met or open: of several, where all are met."""
    return conditions if is_met or len(conditions) == 1 else ()


def _of_asked(loaded: Loaded) -> Iterator[_Example]:
    lexicon = loaded.rules.book.lexicon
    for answer in read_answers(ASKED):
        rules = _rules_of(answer, lexicon) if answer.verdicts else []
        if len(rules) != 1 or rules[0].modality not in _LEAVES:
            continue
        for question, verdict in zip(answer.questions, answer.verdicts, strict=True):
            asked = loaded.rules.with_classes(loaded.reader.read(question))
            if verdict not in ("ja", "betinget") or asked.act != "permission":
                continue
            telling = Telling(asked, loaded.rules)
            for condition in _telling(rules[0].conditions, is_met=verdict == "ja"):
                signs = telling.signs(condition, rules[0].scope)
                yield _Example(answer.document, signs, verdict == "ja", written=True)


def _rules_of(answer: Answer, lexicon: Lexicon) -> list[Rule]:
    """The rules read from a sentence that stands alone under its heading."""
    text = answer.sentence
    passage = Passage("", "x.pdf", 1, "1", (answer.section,), text, 0, len(text))
    return rules_of([passage], with_learned(lexicon, tools_named_in([passage], lexicon)))


def _fitted(rows: Array, met: Array) -> tuple[StandardScaler, LogisticRegression]:
    scaler = StandardScaler().fit(rows)
    model = LogisticRegression(C=_REGULAR, max_iter=2_000)
    return scaler, model.fit(scaler.transform(rows), met)


def _tell(examples: Sequence[_Example], rows: Array) -> None:
    """Print what models of other municipalities tell right."""
    names = sorted({e.municipality for e in examples})
    folds = np.array([names.index(e.municipality) % _FOLDS for e in examples])
    met = np.array([e.is_met for e in examples])
    alone = np.array([e.signs["about met"] + e.signs["words met"] + e.signs["waived"] > 0
                      for e in examples])  # fmt: skip
    chance = np.zeros(len(examples))
    for fold in range(_FOLDS):
        scaler, model = _fitted(rows[folds != fold], met[folds != fold])
        chance[folds == fold] = model.predict_proba(scaler.transform(rows[folds == fold]))[:, 1]
    written = np.array([e.written for e in examples])
    for name, of in (("tuning sets", ~written), ("asked", written)):
        for way, said in (("words and concepts", alone), ("model", chance >= LIKELY)):
            right = (said == met)[of].mean()
            print(
                f"{name:11} {int(of.sum())} conditions, {way:18} right {right:.3f}"
                f", met: recall {said[of & met].mean():.3f} precision {met[of & said].mean():.3f}"
            )


if __name__ == "__main__":
    raise SystemExit(main())
