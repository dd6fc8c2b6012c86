from dataclasses import replace
from datetime import date

import numpy as np
import pytest

from assistant.evidence import weigh
from assistant.extracting import PASSAGES
from assistant.loaded import Loaded, places_of
from assistant.verdicts.asked import Unit
from assistant.verdicts.bearing import BEARINGS
from assistant.verdicts.conditions import Telling
from assistant.verdicts.judge import first_judgement, own_tool_first
from assistant.verdicts.judgement import NONE, Judgement
from assistant.verdicts.mixture import MOST, OUTCOMES, Mixture, in_force
from assistant.verdicts.weighing import Weighing, settles_duty
from ingest.embedders import embedder_named
from ingest.index import Index, IndexFolder
from tests.assistant.verdicts.conftest import DAY, Indexes

ASKED = (
    "Må jeg bruge ChatGPT til interne oplysninger?",
    "Må jeg skrive et CPR-nummer i Copilot?",
    "Må vi optage et internt møde?",
    "Er det ok at lade AI sortere ansøgninger?",
)


@pytest.fixture(scope="module")
def loaded(indexes: Indexes) -> Loaded:
    index = Index(IndexFolder(indexes["havnsoe"]), embedder_named("builtin"))
    return Loaded(index, lambda: DAY)


def _weighed(loaded: Loaded, question: str, day: date = DAY) -> tuple[Weighing, Judgement]:
    asked = loaded.rules.with_classes(loaded.reader.read(question))
    files = frozenset(f for f, d in loaded.documents.items() if d.valid_on(day))
    understood = loaded.analyst.understand(question)
    found = places_of(weigh(understood, loaded.search(understood, PASSAGES), loaded.documents))
    matches = loaded.rules.matching(asked, files, found)
    first = first_judgement(asked, matches, loaded.rules)
    return Weighing.of(asked, own_tool_first(matches), Telling(asked, loaded.rules)), first


@pytest.mark.parametrize("question", ASKED)
def test_chances_add_up_and_the_model_knows_every_signal(loaded: Loaded, question: str) -> None:
    weighing, first = _weighed(loaded, question)
    deciding, ruling, asked = weighing.signs(first)
    chances = Mixture.of(deciding, ruling, asked).chances
    assert sum(chances.values()) == pytest.approx(1.0)
    assert set(chances) == set(OUTCOMES)
    models = in_force()
    assert all(signs.keys() == models["decides"].weights.keys() for signs in deciding)
    assert all(signs.keys() == models["ja"].weights.keys() for signs in ruling)
    assert asked.keys() == models["ja"].question.keys() == models["none"].weights.keys()
    assert len(deciding) == min(MOST, len(weighing.matches))
    assert set(weighing.bearings) <= {*BEARINGS, None}


@pytest.mark.parametrize("question", ASKED)
def test_a_verdict_is_borne_out_by_a_rule(loaded: Loaded, question: str) -> None:
    weighing, first = _weighed(loaded, question)
    judgement = weighing.settled(first)
    best = judgement.because[0]
    if judgement.verdict == "nej":
        assert best.forbids or best.prepared.rule.conditions
    else:
        assert best.permits or judgement.conditions or judgement.cases


def test_a_ban_speaks_for_no_and_a_permission_for_yes(loaded: Loaded) -> None:
    permitted, _ = _weighed(loaded, "Må jeg bruge ChatGPT til interne oplysninger?")
    banned, _ = _weighed(loaded, "Må jeg bruge Copilot til interne oplysninger?")
    yes, no = (Mixture.of(*weighing.signs(NONE)).chances for weighing in (permitted, banned))
    assert yes["ja"] > yes["nej"]
    assert no["nej"] > no["ja"]


def test_what_no_rule_speaks_of_is_not_settled(loaded: Loaded) -> None:
    for question in ("Må jeg parkere min cykel i gården?", "Må jeg tage hunden med på arbejde?"):
        weighing, first = _weighed(loaded, question)
        assert weighing.settled(first) == NONE


def test_where_nothing_matches_the_first_judgement_stands(loaded: Loaded) -> None:
    weighing, _ = _weighed(loaded, ASKED[0])
    assert replace(weighing, matches=()).settled(NONE) == NONE


def test_where_documents_disagree_their_rank_decides(loaded: Loaded) -> None:
    weighing, first = _weighed(loaded, "Må jeg bruge ChatGPT til interne oplysninger?")
    settled = Judgement("nej", first.because, against=first.because)
    assert weighing.settled(settled) is settled


def test_a_ban_of_the_very_tool_is_not_softened_by_what_is_said_of_ai_at_large(
    loaded: Loaded,
) -> None:
    weighing, first = _weighed(loaded, "Må jeg bruge Copilot til at skrive et brev til en borger?")
    chances = Mixture.of(*weighing.signs(first)).chances
    assert max(chances, key=lambda v: chances[v]) != "nej"  # a rule on letters is nearer …
    assert any(m.tool == "equal" for m in first.because)
    assert weighing.settled(first) is first  # … and does not speak of Copilot


def test_a_rule_on_something_else_settles_no_duty(loaded: Loaded) -> None:
    asked = {
        "Skal AI-billeder på plakaten mærkes?": True,
        "Skal afdelingen betale for frokosten på kurset?": False,
    }
    for question, settled in asked.items():
        _, first = _weighed(loaded, question)
        assert first.because
        assert settles_duty(first.because[0]) is settled, question


def test_a_rule_on_just_the_tool_and_data_asked_stands(loaded: Loaded) -> None:
    weighing, first = _weighed(loaded, "Må jeg bruge ChatGPT til interne oplysninger?")
    doubtful = Mixture(np.array([0.0, 1.0]), np.array([[0.1, 0.1, 0.8]]))
    assert first.verdict == "ja"
    assert weighing.weighed(first, doubtful) is first
    for_a_use = replace(weighing, asked=replace(weighing.asked, units=(Unit(1.0),)))
    assert for_a_use.weighed(first, doubtful) == NONE


def test_a_verdict_needs_a_rule_with_a_part_in_it(loaded: Loaded) -> None:
    """The bans that are all but sure of a no are no conditions, whatever the chance of them."""
    weighing, _ = _weighed(loaded, "Må jeg bruge Copilot til interne oplysninger?")
    (ban, *_) = (n for n, how in enumerate(weighing.bearings) if how == "ban")
    shares, verdicts = np.zeros(len(weighing.bearings) + 1), np.zeros((len(weighing.bearings), 3))
    shares[ban], verdicts[ban] = 1.0, [0.0, 0.4, 0.6]  # ja, nej, betinget
    for_a_use = replace(
        weighing, asked=replace(weighing.asked, units=(Unit(1.0),), data=frozenset())
    )
    judgement = for_a_use.weighed(NONE, Mixture(shares, verdicts))
    assert judgement.verdict == "nej"
    assert judgement.because == (weighing.matches[ban],)
