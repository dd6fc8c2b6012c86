"""Rule 2 of the house: what a user reads cites a page, with a quote that stands there."""

import json
import re
from pathlib import Path

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from assistant.models import Answer
from assistant.pipeline import Assistant
from assistant.settings import Settings
from evals.questions import SETS
from ingest.text import normalise

CORPUS = Path(__file__).parents[2] / "corpus"
WORDS = (
    "må jeg bruge ChatGPT Copilot til cpr-numre møder optage hvem godkender frist brud DPO "
    "hvor mange hvornår hvorfor Svendborg signaturprojekter AI-forordningen licenser kursus "
    "oversætte billeder følsomme fortrolige data og ikke hvis leder borgere".split()
)


def _letters(text: str) -> str:
    """`text` without spaces and hyphens, so that a word cut at a line's end is the same word."""
    return re.sub(r"[\s-]+", "", normalise(text))


@pytest.fixture(scope="session")
def pages() -> dict[tuple[str, int], str]:
    """The text of every page of the sample corpus, read anew."""
    return {
        (path.name, number): _letters(page.extract_text())
        for path in CORPUS.glob("*.pdf")
        for number, page in enumerate(pypdf.PdfReader(path).pages, 1)
    }


@pytest.fixture(scope="session")
def assistant(sample_index: Path) -> Assistant:
    return Assistant(Settings(index=sample_index))


def _check(answer: Answer, pages: dict[tuple[str, int], str]) -> None:
    for citation in answer.citations:
        assert _letters(citation.quote) in pages[citation.document, citation.page], citation
    quotes = {c.number: c.quote for c in answer.citations}
    for claim in answer.claims:
        said = re.findall(r"\w+", claim.text.lower())
        stands = _letters(" ".join(quotes[n] for n in claim.citations)).lower()
        # A table row is shown with its column headings, which its quote does not repeat.
        kept = sum(_letters(word) in stands for word in said)
        assert kept >= 0.25 * len(said), claim
    if answer.status == "answered":
        assert answer.claims
        assert answer.citations


def _questions() -> list[str]:
    lines = (SETS / "corpus.tuning.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["question"] for line in lines]


def test_every_answer_to_the_tuning_questions(
    assistant: Assistant, pages: dict[tuple[str, int], str]
) -> None:
    answers = [assistant.ask(question) for question in _questions()]
    for answer in answers:
        _check(answer, pages)
    assert sum(answer.status == "answered" for answer in answers) > 20


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    st.lists(st.sampled_from(WORDS), min_size=1, max_size=8) | st.text(max_size=80).map(str.split)
)
def test_every_answer_to_any_words(
    assistant: Assistant, pages: dict[tuple[str, int], str], words: list[str]
) -> None:
    _check(assistant.ask(" ".join(words)), pages)
