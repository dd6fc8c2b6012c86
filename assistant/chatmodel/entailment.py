"""An optional second opinion: a model of natural language inference, by name or folder."""

import threading
from functools import lru_cache
from typing import Any

_ENOUGH = 0.5  # probability of entailment
_MOST = 2_000  # characters of a source that are read


@lru_cache(maxsize=2)
def entailment_named(name: str) -> "EntailmentModel":
    """The model that `MAAVI_LLM_ENTAILMENT` names, loaded when it is first used."""
    return EntailmentModel(name)


class EntailmentModel:
    """A sequence classifier with a label for entailment, run by transformers on this machine."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._loaded: Any = None

    def follows(self, claim: str, source: str) -> bool:
        """Whether `claim` follows from `source`. A model that cannot be had says no: what was
        asked to be checked is not shown unchecked.
        """
        try:
            return self.probability(claim, source) >= _ENOUGH
        except Exception:  # noqa: BLE001 - a hub, a disk or a file may fail in any way
            return False

    def probability(self, claim: str, source: str) -> float:
        """The probability that `claim` follows from `source`, 0..1."""
        with self._lock:
            if self._loaded is None:
                from transformers import pipeline

                self._loaded = pipeline("text-classification", model=self._name)
            pair = {"text": source[-_MOST:], "text_pair": claim}
            scores = self._loaded(pair, top_k=None, truncation=True)
        entailed = [s["score"] for s in scores if "entail" in s["label"].lower()]
        denied = [s for s in scores if s["label"].lower().startswith(("not", "non", "contra"))]
        return float(entailed[0]) if entailed and len(scores) > len(denied) else 0.0
