"""`make bench`: speed and memory, as ratios measured in one run."""

import resource
import statistics
import sys
import tempfile
import time
from pathlib import Path

from assistant.pipeline import Assistant
from assistant.settings import Settings
from evals.chatserver import SCENARIOS, ChatServer
from evals.questions import SETS, read_questions
from ingest.embedders import BuiltinEmbedder, embedder_named
from ingest.run import ingest_corpus

_PASSAGES = 3_000


def main() -> int:
    """Ingest the sample corpus twice and ask it the tuning questions."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder)
        first, second = (_ingest(index) for _ in range(2))
        assistant = Assistant(Settings(index=index))
        assistant.ask("Hvor mange E3-licenser er i brug?")
        times = sorted(_ask(assistant))
        encoded, loaded = _encoder(index)
        beside = _beside_a_model(index)
    median = statistics.median(times)
    print(f"first ingest            {first:8.3f} s")
    print(f"second / first ingest   {second / first:8.3f}   (to be under 0.1)")
    print(f"median answer           {median * 1000:8.1f} ms")
    print(f"95th percentile/median  {times[int(0.95 * len(times))] / median:8.2f}")
    print(f"beside a chat model     {beside * 1000:8.1f} ms (to be under 100)")
    print(f"beside it / answer      {beside / median:8.2f}")
    print(f"answers per ingest      {first / median:8.0f}")
    print(f"encoded per second      {encoded:8.0f}   passages of 100 words (to be over 3000)")
    print(f"encoding / first ingest {_PASSAGES / encoded / first:8.3f}   for {_PASSAGES} passages")
    print(f"encoder loaded          {loaded * 1000:8.1f} ms (to be under 300)")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(
        f"peak memory             {peak / (2**20 if sys.platform == 'darwin' else 2**10):8.0f} MB"
    )
    return 0


def _ingest(index: Path) -> float:
    started = time.perf_counter()
    ingest_corpus(Path("corpus"), index, embedder_named("builtin"))
    return time.perf_counter() - started


def _encoder(index: Path) -> tuple[float, float]:
    """Passages of 100 words that a fresh encoder encodes in a second, and seconds to load it."""
    passages = Assistant(Settings(index=index)).search("AI", 200)
    words = " ".join(hit.passage.text for hit in passages).split() * 20
    texts = [" ".join(words[n : n + 100]) for n in range(0, 100 * _PASSAGES, 100)]
    encoder = BuiltinEmbedder()
    started = time.perf_counter()
    encoder.vectors(["Må vi?"])
    loaded = time.perf_counter()
    encoder.vectors(texts)
    return len(texts) / (time.perf_counter() - loaded), loaded - started


def _beside_a_model(index: Path) -> float:
    """Median seconds of an answer with a model that are not the model's: a server on loopback
    answers at once with a sentence of the first passage.
    """
    with ChatServer(SCENARIOS["instant"]) as server:
        given = Settings(index=index, llm="openai:scripted", llm_base_url=server.url)
        assistant = Assistant(given)
        assistant.ask("Hvor mange E3-licenser er i brug?")
        times = _ask(assistant)
    return statistics.median(times)


def _ask(assistant: Assistant) -> list[float]:
    times = []
    for item in read_questions(SETS / "corpus.tuning.jsonl"):
        started = time.perf_counter()
        assistant.ask(item.question, item.history)
        times.append(time.perf_counter() - started)
    return times


if __name__ == "__main__":
    raise SystemExit(main())
