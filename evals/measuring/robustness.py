"""Robustness pairs in RGB's form (Chen et al., 2024): the same questions on changed documents.

With others' documents added an answer is to stay right; with the gold passages taken away it is
to be declined; with an outdated version added the newer is to be preferred, and that said.
"""

import re
from collections.abc import Iterator, Mapping, Sequence

from evals.measuring.cases import Case, Held, Measured, measured
from evals.measuring.nuggets import every_vital, says
from evals.questions import Question
from evals.variants import Change

# Words that tell a reader that two versions are there and which counts.
_SAYS_SO = re.compile(
    r"\b(nyere|nyeste|ældre|tidligere|forældet|afløs\w*|erstatte\w*|udløb\w*|gammel|gamle"
    r"|uenige|modstrid\w*|siger noget andet|gælder (først|ikke længere)|newer|older|outdated)\b",
    re.IGNORECASE,
)


def changed(question: Question, change: Change) -> Question:
    """The question as it is asked of the changed documents, with what is right there."""
    name = f"{question.id}+{change}"
    if change != "withheld":
        return question.model_copy(update={"id": name, "corpus": f"sample+{change}"})
    return Question(
        id=name,
        corpus="sample+withheld",
        question=question.question,
        history=question.history,
        language=question.language,
        answerable=False,
        tags=question.tags,
        reason="stedet, der svarer, er taget ud",
    )


def measure(cases: Mapping[Change | None, Sequence[Case]]) -> Iterator[Measured]:
    """Right as the documents are (None), and by each change."""
    yield measured("robustness.plain", cases.get(None, ()), _right)
    yield measured("robustness.distractors", cases.get("distractors", ()), _right, Held(loss=0.05))
    yield measured("robustness.withheld", cases.get("withheld", ()), _declined, Held(loss=0.05))
    yield measured("robustness.newer", cases.get("outdated", ()), _newer, Held(loss=0.05))
    yield measured("robustness.says-so", cases.get("outdated", ()), _says_so, Held(loss=0.05))


def _right(case: Case) -> bool | None:
    return every_vital(case)


def _declined(case: Case) -> bool:
    return not case.record.answered


def _newer(case: Case) -> bool:
    """The newer is said; the older is not said before it, or not at all."""
    if not every_vital(case):
        return False
    text = case.record.text
    older = [w for w in case.question.must_not if says(text, w)]
    return not older or bool(_SAYS_SO.search(text))


def _says_so(case: Case) -> bool:
    return case.record.answered and bool(_SAYS_SO.search(case.record.text))
