"""Small policies in Markdown are typeset to PDFs and read back as they were written."""

from datetime import date
from pathlib import Path

import pytest

from assistant.models import Verdict
from assistant.pipeline import Assistant
from assistant.settings import Settings
from evals.policies import POLICIES, typeset
from evals.questions import SETS, read_questions
from ingest.embedders import embedder_named
from ingest.run import ingest_corpus

POLICY = """# AI i Prøvely Kommune – #1 & "regler"

## Hvad må jeg?

Det er i orden, at du:

- får lavet et referat af interne teammøder
- skriver en tale med Claude, dog ikke en mindetale

## Må vi bruge AI i rekruttering?

Kun hvis HR har sagt ja.

## Værktøjer

| Værktøj | Grønne data | Røde data |
|---|---|---|
| Copilot Chat | Fri brug | Nej |

Data fra rigtige borgere skal ikke bruges til test.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    folder = tmp_path_factory.mktemp("politik")
    (folder / "proevely.md").write_text(POLICY, encoding="utf-8")
    typeset(folder / "proevely.md", folder / "pdf")
    ingest_corpus(folder / "pdf", folder / "index", embedder_named("builtin"))
    return Assistant(Settings(index=folder / "index"), lambda: date(2026, 11, 30))


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Må jeg få lavet et referat af vores interne teammøde?", "ja"),
        ("Må jeg skrive en mindetale med Claude?", "nej"),
        ("Må vi bruge AI i rekruttering?", "betinget"),
        ("Må jeg bruge Copilot Chat til grønne data?", "ja"),
        ("Må jeg bruge Copilot Chat til røde data?", "nej"),
        ("Må vi bruge data fra rigtige borgere til test?", "nej"),
    ],
)
def test_verdicts_follow_a_small_policy(
    assistant: Assistant, question: str, verdict: Verdict
) -> None:
    answer = assistant.ask(question)
    assert answer.verdict == verdict
    assert all(c.document == "proevely.pdf" for c in answer.citations)


def test_every_gold_quote_is_a_line_of_its_policy() -> None:
    policies = {p.stem: p.read_text(encoding="utf-8") for p in POLICIES.glob("*/*.md")}
    for half in ("tuning", "reporting"):
        for question in read_questions(SETS / f"policies.{half}.jsonl"):
            folder = POLICIES / half
            assert (folder / f"{question.corpus}.md").is_file(), question.id
            lines = _flat(policies[question.corpus])
            assert all(_flat(gold.quote) in lines for gold in question.gold), question.id


def _flat(text: str) -> str:
    return "".join(c for c in text if not c.isspace() and c != "|")


def test_a_policy_is_typeset_from_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "kort.md").write_text("# Kort\n\nTekst med $, * og #.\n", encoding="utf-8")
    typeset(tmp_path / "kort.md", tmp_path / "pdf")
    assert (tmp_path / "pdf" / "kort.pdf").read_bytes().startswith(b"%PDF")
    assert 'title = "Kort"' in (tmp_path / "pdf" / "documents.toml").read_text(encoding="utf-8")
