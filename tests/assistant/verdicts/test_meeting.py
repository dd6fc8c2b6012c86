"""Whether what a question tells meets the condition of a leave, in other words than the rule's."""

from collections.abc import Sequence

import pytest

from assistant.loaded import Loaded
from assistant.verdicts import conditions
from assistant.verdicts.conditions import Telling
from assistant.verdicts.meeting import LIKELY, chance_met
from ingest.embedders import embedder_named
from ingest.index import Index, IndexFolder
from tests.assistant.verdicts.conftest import Indexes


@pytest.fixture(scope="session")
def loaded(indexes: Indexes) -> Loaded:
    return Loaded(Index(IndexFolder(indexes["havnsoe"]), embedder_named("builtin")))


def _chance(loaded: Loaded, question: str, condition: str, scope: str) -> float:
    asked = loaded.rules.with_classes(loaded.reader.read(question))
    return chance_met(Telling(asked, loaded.rules).signs(condition, scope))


@pytest.mark.parametrize(
    ("questions", "condition", "scope"),
    [
        (
            (
                "Må vi optage mødet i Teams?",
                "Vi er otte på mødet, og alle har sagt, at det er fint med dem. Må vi optage det?",
            ),
            "når alle deltagere har givet samtykke",
            "møder må optages i Teams",
        ),
        (
            (
                "Må jeg lade Claude skrive brevet?",
                "Min chef har godkendt, at Claude skriver brevet. Må jeg så lade den gøre det?",
            ),
            "når lederen har godkendt det",
            "breve må skrives med Claude",
        ),
        (
            (
                "Må jeg bruge DeepL til brevet om fru Hansen?",
                "Jeg har fjernet navn og adresse fra brevet. Må jeg så bruge DeepL til det?",
            ),
            "når navn og adresse er fjernet",
            "breve må oversættes i DeepL",
        ),
    ],
)
def test_a_condition_is_likelier_met_where_the_question_says_so(
    loaded: Loaded, questions: Sequence[str], condition: str, scope: str
) -> None:
    bare, told = (_chance(loaded, q, condition, scope) for q in questions)
    assert bare < LIKELY < told


def test_what_concepts_tell_of_a_condition_stays(
    loaded: Loaded, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However likely the model finds it: a CPR number is no public information."""
    monkeypatch.setattr(conditions, "chance_met", lambda signs: 1.0)
    asked = loaded.rules.with_classes(loaded.reader.read("Må jeg bruge AI til et CPR-nummer?"))
    telling = Telling(asked, loaded.rules)
    matches = loaded.rules.matching(asked, frozenset(loaded.documents), {})
    leave = next(m for m in matches if m.permits)
    assert telling.state("når det kun er offentlige oplysninger", leave) == "broken"
    assert telling.state("når lederen har godkendt det", leave) == "met"
