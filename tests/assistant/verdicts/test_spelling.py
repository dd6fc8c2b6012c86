import pytest

from assistant.verdicts.spelling import Speller
from ingest.embedders import embedder_named
from ingest.index import Index, IndexFolder
from tests.assistant.verdicts.conftest import Indexes


@pytest.fixture(scope="session")
def speller(indexes: Indexes) -> Speller:
    index = Index(IndexFolder(indexes["havnsoe"]), embedder_named("builtin"))
    return Speller(index.rules.lexicon, index.lexical.vocabulary)


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Må jge bruge Copliot?", "Må jeg bruge copilot?"),
        ("gemnii", "gemini"),
        ("depseek", "deepseek"),
        ("Må jeg skrive i claud?", "Må jeg skrive i claude?"),
        ("følsome personoplysniger", "følsome personoplysninger"),
        ("medarbjeder", "medarbejder"),
        ("hjemmesdien", "hjemmesiden"),
        ("maa boern ogsaa", "må børn også"),
    ],
)
def test_a_misspelt_word_is_put_right(speller: Speller, text: str, right: str) -> None:
    assert speller.corrected(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "Må jeg bruge ChatGPT, Gemini eller Copilot?",
        "Er det ok at optage mødet på en onsdag?",
        "May I use this tool for a report?",
        "Zorblax",
        "Claudes svar",
        "E3-licenser, 8. klasse, 10 45 20 24",
        "cpr",
        " \n,.!?",
        "",
    ],
)
def test_what_is_right_or_unknown_stays(speller: Speller, text: str) -> None:
    assert speller.corrected(text) == text
