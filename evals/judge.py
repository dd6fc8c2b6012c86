"""The judged layer: a chat model says whether each sentence is supported, and whether the answer
answers. Optional, never in CI, and kept apart from what is measured without a model.

Faithfulness is claim-level (Es et al., 2023, RAGAS): the share of an answer's sentences that the
passages *support*; one that nothing contradicts is not thereby supported. Relevance is whether the
answer answers what was asked. Every judgement is asked for twice and kept in a folder under the
digest of judge, prompt and text, so that a run again costs nothing and can be looked over.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from assistant.chatmodel.faults import ModelFailed
from assistant.chatmodel.model import ChatModel, LangChainModel, Turn
from assistant.errors import AssistantError, UsageError
from assistant.settings import Settings
from evals.agreement import Agreement, agreement, read_pairs
from evals.measuring.cases import Case, Held, Measured, answered
from evals.suite import Run

VERSION = "judge-1"
RUNS = 2
_LONGEST = 6_000  # characters of passages that are sent
_SUPPORTED = (
    "Du bedømmer, om en sætning har dækning i nogle tekster. Svar kun med ét ord: JA, hvis "
    "teksterne siger det, sætningen siger; ellers NEJ. At teksterne ikke siger imod, er ikke nok."
)
_ANSWERS = (
    "Du bedømmer, om et svar svarer på det, der blev spurgt om. Svar kun med ét ord: JA eller NEJ. "
    "Om svaret er rigtigt, skal du ikke bedømme."
)


@dataclass
class Judge:
    """Asks `model` for a yes or a no, `RUNS` times, and keeps what it says in `folder`."""

    model: ChatModel
    folder: Path

    def supported(self, claim: str, source: str) -> list[bool]:
        """Whether `source` says what `claim` says, once for each run."""
        return self._asked(_SUPPORTED, f"TEKSTER:\n{source[:_LONGEST]}\n\nSÆTNING:\n{claim}")

    def answers(self, question: str, text: str) -> list[bool]:
        """Whether `text` answers `question`, once for each run."""
        return self._asked(_ANSWERS, f"SPØRGSMÅL:\n{question}\n\nSVAR:\n{text}")

    def _asked(self, system: str, text: str) -> list[bool]:
        return [self._once(system, text, number) for number in range(RUNS)]

    def _once(self, system: str, text: str, number: int) -> bool:
        key = "\n".join((VERSION, self.model.name, system, text, str(number)))
        path = self.folder / f"{hashlib.sha256(key.encode()).hexdigest()[:32]}.json"
        if path.exists():
            return bool(json.loads(path.read_text(encoding="utf-8"))["yes"])
        said = self._said(system, text)
        row = {"judge": self.model.name, "prompt": VERSION, "run": number, "text": text,
               "said": said, "yes": _is_yes(said)}  # fmt: skip
        self.folder.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(row, ensure_ascii=False, indent=1), encoding="utf-8")
        return _is_yes(said)

    def _said(self, system: str, text: str) -> str:
        try:
            turns = (Turn("system", system), Turn("user", text))
            return "".join(piece.text for piece in self.model.stream(turns))
        except ModelFailed as failed:
            fault = failed.fault
            raise AssistantError(
                f"--judge: {self.model.name} svarede ikke ({fault.kind}: {fault.detail}). Det, der "
                "er bedømt, er gemt; kør igen, når modellen svarer."
            ) from failed


def judged(run: Run, settings: Settings, folder: Path) -> Iterator[Measured]:
    """What the chat model of the settings says of the answers of `run`; prints how far it agrees
    with itself and with the hand labels.

    Raises:
        UsageError: no chat model is set.
        AssistantError: the model fails.
    """
    if not settings.llm:
        raise UsageError("--judge: sæt MAAVI_LLM til den sprogmodel, der skal bedømme.")
    judge = Judge(LangChainModel(settings), folder)
    print(_trust(judge))
    shown = answered(run.cases)
    clusters = {case.question.id: case.cluster for case in shown}
    faithful = {c.question.id: v for c in shown if (v := _faithfulness(judge, c)) is not None}
    relevant = {c.question.id: _relevance(judge, c) for c in shown}
    yield Measured("judged.faithfulness", faithful, clusters, Held("mean", loss=1.0))
    yield Measured("judged.relevance", relevant, clusters, Held("mean", loss=1.0))


def _faithfulness(judge: Judge, case: Case) -> float | None:
    source = "\n\n".join(found.text for found in case.context)
    votes = [v for c in case.record.claims for v in judge.supported(c.text, source)]
    return sum(votes) / len(votes) if votes else None


def _relevance(judge: Judge, case: Case) -> float:
    votes = judge.answers(case.question.question, case.record.text)
    return sum(votes) / len(votes)


def _trust(judge: Judge) -> str:
    pairs = read_pairs()
    votes = [judge.supported(pair.claim, pair.source) for pair in pairs]
    labels = [pair.follows for pair in pairs]
    self_ = agreement([v[0] for v in votes], [v[1] for v in votes])
    hand = agreement(labels, [all(v) for v in votes])
    return (
        f"Dommer: {judge.model.name}, {VERSION}, {RUNS} kørsler. "
        f"Enig med sig selv: {_told(self_)}. Enig med mennesker: {_told(hand)}."
    )


def _told(found: Agreement) -> str:
    return f"{found.same}/{found.total}, kappa {found.kappa:.2f}"


def _is_yes(said: str) -> bool:
    word = said.strip().strip("*\"'.:").split()
    return bool(word) and word[0].strip(".,:!*").lower() in ("ja", "yes")
