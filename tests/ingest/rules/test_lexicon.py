from pathlib import Path

import pytest

from ingest.errors import CorpusError
from ingest.rules.concepts import EXTENSION, KINDS, Concept, read_extension
from ingest.rules.lexicon import Lexicon, with_learned
from ingest.rules.model import CONDITION

_Said = list[tuple[str, str]]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def _mentions(lexicon: Lexicon, text: str, *, loose: bool = False) -> _Said:
    return [(m.concept, text[m.start : m.end]) for m in lexicon.mentions(text, loose=loose)]


def _small(*names: str) -> Lexicon:
    return Lexicon([Concept("tool.x", names, ())])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Microsoft 365 Copilot", [("tool.m365-copilot", "Microsoft 365 Copilot")]),
        (
            "Copilot Chat og Copilot",
            [("tool.copilot-chat", "Copilot Chat"), ("tool.copilot", "Copilot")],
        ),
        ("DeepL Pro og DeepL", [("tool.deepl-pro", "DeepL Pro"), ("tool.deepl", "DeepL")]),
        ("gratisudgaven af DeepL", [("tool.deepl-free", "gratisudgaven af DeepL")]),
        ("andre værktøjer", [("tool.other-tools", "andre værktøjer")]),
        ("helbredsoplysninger", [("data.health", "helbredsoplysninger")]),
        ("CPR-nummeret", [("data.cpr", "CPR-nummeret")]),
    ],
)
def test_the_longest_name_counts(lexicon: Lexicon, text: str, said: _Said) -> None:
    assert _mentions(lexicon, text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Claude", [("tool.claude", "Claude")]),
        ("Claudes svar", [("tool.claude", "Claudes")]),
        ("Claudette", []),
        ("Teams", [("tool.teams", "Teams")]),
        ("Teamet", []),
        ("Poesi", []),
        ("mistral", [("tool.mistral", "mistral")]),
    ],
)
def test_a_product_takes_no_ending_but_the_genitive(
    lexicon: Lexicon, text: str, said: _Said
) -> None:
    assert _mentions(lexicon, text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("gæld", [("data.income", "gæld")]),
        ("reglen gælder", []),
        ("optagelserne", [("activity.record", "optagelserne")]),
        ("underretningen", [("data.social", "underretningen")]),
    ],
)
def test_another_ending_is_the_same_word_if_it_is_long_enough(
    lexicon: Lexicon, text: str, said: _Said
) -> None:
    assert _mentions(lexicon, text) == said


@pytest.mark.parametrize(
    ("name", "text", "found"),
    [
        ("robot*", "robotten", "robotten"),
        ("robot*", "en møderobot", ""),
        ("*robot", "en møderobot", "møderobot"),
        ("*robot", "en robot", ""),
        ("egen * robot", "kommunens egen sikre robot", "egen sikre robot"),
        ("spørg* … robot*", "spørge den nye robot om det", "spørge den nye robot"),
        ("spørg* … robot*", "spørge en af de mange helt nye robotter om det", ""),
        ("robot", "robot-kode", "robot-kode"),
    ],
)
def test_a_star_is_the_rest_of_a_word_and_dots_are_some_words(
    name: str, text: str, found: str
) -> None:
    assert [said for _, said in _mentions(_small(name), text)] == ([found] if found else [])


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("offentlige tekster", ["offentlige"]),
        ("åbne og interne oplysninger", ["åbne", "interne oplysninger"]),
        ("åbent", ["åbent"]),
        ("Vi holder åbent i dag for alle borgere", []),
        ("må jeg bruge det internt", []),
    ],
)
def test_an_adjective_counts_before_data(lexicon: Lexicon, text: str, said: list[str]) -> None:
    assert [words for _, words in _mentions(lexicon, text)] == said


def test_a_name_with_a_capital(lexicon: Lexicon) -> None:
    named = "Kommunikation må bruge Canva"
    assert ("role.communication", "Kommunikation") in _mentions(lexicon, named)
    assert _mentions(lexicon, "god kommunikation er vigtig") == []


def test_a_question_may_leave_out_nouns_and_capitals(lexicon: Lexicon) -> None:
    assert _mentions(lexicon, "må jeg bruge det internt", loose=True) == [
        ("data.internal", "internt")
    ]
    assert _mentions(lexicon, "skal kommunikation spørges", loose=True) == [
        ("role.communication", "kommunikation")
    ]


def test_parts_are_named_once_and_in_order(lexicon: Lexicon) -> None:
    parts = lexicon.parts("Claude og mails, Claude og breve")
    assert [(p.concept, p.said, p.kind) for p in parts] == [
        ("tool.claude", "Claude", "tool"),
        ("activity.mail", "mails", "activity"),
        ("activity.letter", "breve", "activity"),
    ]


@pytest.mark.parametrize(
    ("concept", "above"),
    [
        ("data.health", {"data.sensitive", "data.personal", "data.red"}),
        ("data.income", {"data.ordinary", "data.personal"}),
        ("tool.claude", {"tool.open-chat", "tool.chat", "tool.ai"}),
        ("tool.deepl-free", {"tool.deepl", "tool.open-chat", "tool.chat", "tool.ai"}),
        ("tool.ai", set()),
        ("tool.ukendt", set()),
    ],
)
def test_what_a_concept_is_a_kind_of(lexicon: Lexicon, concept: str, above: set[str]) -> None:
    assert lexicon.above(concept) == above


def test_parents_that_go_in_a_ring_end() -> None:
    ring = Lexicon([Concept("tool.a", ("a",), ("tool.b",)), Concept("tool.b", ("b",), ("tool.a",))])
    assert ring.above("tool.a") == {"tool.b"}


@pytest.mark.parametrize(
    ("concept", "label"),
    [
        ("tool.copilot-chat", "Copilot Chat"),
        ("data.public", "åbne data"),
        ("role.communication", "Kommunikation"),
        ("tool.ukendt", "ukendt"),
    ],
)
def test_how_a_concept_is_shown(lexicon: Lexicon, concept: str, label: str) -> None:
    assert lexicon.label(concept) == label


def test_every_parent_in_the_shipped_lexicon_is_a_concept_of_the_same_kind(
    lexicon: Lexicon,
) -> None:
    for concept in lexicon.concepts.values():
        kind = concept.id.partition(".")[0]
        assert kind in (*KINDS, CONDITION)
        assert concept.names
        for parent in concept.under:
            assert parent in lexicon.concepts
            assert parent.startswith(f"{kind}.")


def _own(folder: Path, text: str) -> Path:
    path = folder / EXTENSION
    path.write_text(text, encoding="utf-8")
    return path


def test_a_municipality_adds_a_concept_of_its_own(tmp_path: Path, lexicon: Lexicon) -> None:
    _own(tmp_path, '[tool.skriveren]\nnames = ["Skriveren"]\nunder = ["own-chat"]\n')
    extended = Lexicon.load(tmp_path)
    assert _mentions(lexicon, "Brug Skriveren") == []
    assert _mentions(extended, "Brug Skriveren") == [("tool.skriveren", "Skriveren")]
    assert extended.above("tool.skriveren") == {"tool.own-chat", "tool.chat", "tool.ai"}
    assert extended.label("tool.skriveren") == "Skriveren"


def test_a_municipality_adds_names_and_parents_to_a_known_concept(tmp_path: Path) -> None:
    _own(tmp_path, '[data.income]\nnames = ["husleje*"]\nunder = ["confidential"]\n')
    extended = Lexicon.load(tmp_path)
    assert [c for c, _ in _mentions(extended, "huslejen og gæld")] == ["data.income"] * 2
    assert extended.above("data.income") == {"data.ordinary", "data.personal", "data.confidential"}
    assert extended.label("data.income") == "økonomiske forhold"


def test_a_folder_without_an_extension_has_the_shipped_lexicon(
    tmp_path: Path, lexicon: Lexicon
) -> None:
    assert Lexicon.load(tmp_path).concepts == lexicon.concepts


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('[tools.x]\nnames = ["X"]\n', "[tools.…] kendes ikke; brug tool, data, activity, role"),
        ("[tool.x\n", "er ikke gyldig TOML"),
        ('[tool.x]\nnavne = ["X"]\n', "[tool.x]: navne"),
        ('[tool.x]\nnames = "X"\n', "[tool.x]: names"),
        ("[tool.x]\nnames = [1]\n", "[tool.x]: names"),
        ('tool = "X"\n', "skriv [tool.navn]"),
        ('[tool]\nx = ["X"]\n', "[tool.x]"),
    ],
)
def test_a_wrong_extension_is_told_with_its_file(tmp_path: Path, text: str, told: str) -> None:
    path = _own(tmp_path, text)
    with pytest.raises(CorpusError) as caught:
        Lexicon.load(tmp_path)
    assert str(path) in str(caught.value)
    assert told in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_extension_that_is_not_utf8_is_told_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / EXTENSION
    path.write_bytes('[tool.x]\nnames = ["Mødeø"]\n'.encode("latin-1"))
    with pytest.raises(CorpusError) as caught:
        read_extension(path)
    assert str(path) in str(caught.value)


def test_a_tool_learned_from_the_documents_is_a_kind_of_ai(lexicon: Lexicon) -> None:
    learned = with_learned(lexicon, ["Kommunia", "Claude"])
    assert _mentions(learned, "Brug Kommunia") == [("tool.kommunia", "Kommunia")]
    assert learned.above("tool.kommunia") == {"tool.ai"}
    assert len(learned.concepts) == len(lexicon.concepts) + 1
