"""What a question asks leave for, as the reader of one municipality's index sees it."""

import pytest

from assistant.loaded import Loaded
from assistant.verdicts.acts import act_of
from assistant.verdicts.asked import UNKNOWN_TOOL, Reader
from ingest.embedders import embedder_named
from ingest.index import Index, IndexFolder
from tests.assistant.verdicts.conftest import Indexes

BEFORE = ("Må jeg bruge ChatGPT til interne oplysninger?",)


@pytest.fixture(scope="session")
def reader(indexes: Indexes) -> Reader:
    index = Index(IndexFolder(indexes["havnsoe"]), embedder_named("builtin"))
    return Loaded(index).reader


@pytest.mark.parametrize(
    ("question", "act"),
    [
        ("Må jeg bruge ChatGPT?", "permission"),
        ("Er det tilladt at bruge Gemini?", "permission"),
        ("Har vi lov til at optage mødet?", "permission"),
        ("Kan jeg bruge Copilot til et referat?", "permission"),
        ("Jeg har skrevet et brev. Må ChatGPT rette det?", "permission"),
        ("May I use Claude?", "permission"),
        ("Is it ok to use DeepL?", "permission"),
        ("Kan kantinen levere frokost?", "maybe"),
        ("Skal jeg melde et brud?", "duty"),
        ("Behøver jeg et samtykke?", "duty"),
        ("Er det et krav, at alle siger ja?", "duty"),
        ("Must I report it?", "duty"),
        ("Hvad er ChatGPT?", ""),
        ("Hvor må jeg bruge Copilot?", ""),
        ("Hvem afgør, om et nyt værktøj kan bruges?", ""),
        ("Hvor mange dage gemmes udskrifter?", ""),
        ("How long are transcripts kept?", ""),
    ],
)
def test_a_question_asks_for_leave_for_a_duty_or_for_a_fact(question: str, act: str) -> None:
    assert act_of(question) == act


@pytest.mark.parametrize(
    ("question", "tool"),
    [
        ("Må jeg bruge Copliot?", "tool.copilot"),
        ("Må jeg bruge Copilto til referater?", "tool.copilot"),
        ("Må jeg bruge ChtaGPT?", "tool.chatgpt"),
        ("må jge bruge chatgtp", "tool.chatgpt"),
        ("Må jeg bruge Gemnii?", "tool.gemini"),
        ("Må jeg bruge DepSeek?", "tool.deepseek"),
        ("Maa jeg bruge Skrivren?", "tool.skriveren"),
    ],
)
def test_a_misspelt_tool_is_known(reader: Reader, question: str, tool: str) -> None:
    asked = reader.read(question)
    assert asked.act == "permission"
    assert asked.named_tools == {tool}
    assert asked.names == ()


@pytest.mark.parametrize("name", ["Zorblax", "zorblax", "Qvistobot"])
def test_a_tool_that_nothing_knows_is_one_all_the_same(reader: Reader, name: str) -> None:
    asked = reader.read(f"Må jeg bruge {name} til interne oplysninger?")
    assert asked.tools == {UNKNOWN_TOOL}
    assert asked.names == (name,)
    assert asked.data == {"data.internal"}


@pytest.mark.parametrize(
    "follow_up", ["Og hvis det er Gemini?", "Hvad med Gemini?", "Også Gemini?"]
)
def test_a_follow_up_replaces_the_tool_and_keeps_the_data(reader: Reader, follow_up: str) -> None:
    asked = reader.read(follow_up, BEFORE)
    assert asked.act == "permission"
    assert asked.tools == {"tool.gemini"}
    assert asked.data == {"data.internal"}
    assert asked.text == follow_up


def test_a_follow_up_replaces_the_data_and_keeps_the_tool(reader: Reader) -> None:
    asked = reader.read("Hvad med følsomme personoplysninger?", BEFORE)
    assert asked.act == "permission"
    assert asked.tools == {"tool.chatgpt"}
    assert asked.data == {"data.sensitive"}


def test_a_whole_question_stands_alone(reader: Reader) -> None:
    question = "Må jeg bruge Skriveren til offentlige oplysninger?"
    assert reader.read(question, BEFORE) == reader.read(question)
    assert reader.read("Hvor mange dage gemmes udskrifter?", BEFORE).act == ""


@pytest.mark.parametrize("question", ["Hvem siger det?", "Hvor står det?", "Who says so?"])
def test_who_says_so_asks_what_was_asked_before(reader: Reader, question: str) -> None:
    asked = reader.read(question, BEFORE)
    assert asked.act == "source"
    assert asked.tools == {"tool.chatgpt"}
    assert asked.data == {"data.internal"}


@pytest.mark.parametrize(
    ("question", "absent"),
    [
        ("Må jeg lægge en vagtplan i ChatGPT uden navne?", "data.contact"),
        ("Må jeg bruge ChatGPT uden personoplysninger?", "data.personal"),
        ("Må jeg bruge ChatGPT, når der ikke er noget CPR-nummer i teksten?", "data.cpr"),
        ("May I use ChatGPT with no names in the text?", "data.contact"),
    ],
)
def test_what_is_said_not_to_be_there_is_absent(reader: Reader, question: str, absent: str) -> None:
    asked = reader.read(question)
    assert absent in asked.absent
    assert absent not in asked.data
    assert asked.tools == {"tool.chatgpt"}


def test_data_that_are_there_are_not_absent(reader: Reader) -> None:
    asked = reader.read("Må jeg lægge en vagtplan i ChatGPT med navne?")
    assert asked.absent == set()
    assert "data.contact" in asked.data


@pytest.mark.parametrize(
    ("question", "nothing"),
    [
        ("må jeg bruge det her?", True),
        ("Er det tilladt?", True),
        ("Må jeg bruge AI?", False),
        ("Må jeg bruge navne?", False),
        ("Må jeg optage mødet?", False),
    ],
)
def test_a_question_that_names_nothing_says_nothing(
    reader: Reader, question: str, nothing: bool
) -> None:
    asked = reader.read(question)
    assert (asked.act, asked.says_nothing) == ("permission", nothing)


def test_roles_grades_and_activities_are_read(reader: Reader) -> None:
    asked = reader.read("Må elever i ottende klasse bruge AI til lektier?")
    assert asked.roles == {"role.pupil"}
    assert asked.grades == {8}
    assert asked.activities == {"activity.homework"}
    assert asked.named_tools == set()


@pytest.mark.parametrize(
    "question",
    [
        "Må jeg bruge Skriveren, når CPR-numrene er fjernet?",
        "Jeg har slettet navn, adresse og cpr. Må jeg bruge Skriveren?",
        "May I use Skriveren if the CPR number is removed?",
        "Jeg har taget cpr-nummeret ud. Må jeg bruge Skriveren?",
    ],
)
def test_what_is_taken_out_is_not_there(reader: Reader, question: str) -> None:
    asked = reader.read(question)
    assert "data.cpr" in asked.absent
    assert "data.cpr" not in asked.data


@pytest.mark.parametrize(
    "question",
    [
        "Må jeg bruge Skriveren, når CPR-numrene ikke er fjernet?",
        "Må jeg bruge Skriveren? CPR-numrene er ikke slettet.",
        "Jeg har ikke slettet cpr-numrene. Må jeg bruge Skriveren?",
        "Jeg har taget kurset, må jeg skrive cpr-numre i Skriveren?",
        "Jeg har taget et billede af et cpr-kort. Må Skriveren læse det?",
        "Jeg har slettet adressen, må jeg skrive cpr-nummeret i Skriveren?",
    ],
)
def test_what_is_not_taken_out_is_there(reader: Reader, question: str) -> None:
    asked = reader.read(question)
    assert "data.cpr" in asked.data
    assert "data.cpr" not in asked.absent


@pytest.mark.parametrize(
    ("question", "waives"),
    [
        ("Må jeg bruge Skriveren, hvis jeg ikke nævner navnet?", False),
        ("Må jeg skrive om en borger uden at nævne cpr?", False),
        ("Må jeg undlade at skrive, at AI har hjulpet?", True),
        ("Er det ok, at vi ikke oplyser det?", True),
        ("Må jeg skrive, at AI har hjulpet?", False),
        ("Skal jeg skrive, at AI har hjulpet?", False),
    ],
)
def test_leave_to_leave_something_out(reader: Reader, question: str, waives: bool) -> None:
    assert reader.read(question).waives == waives


def test_a_tool_written_as_a_name_is_no_part_of_an_activity(reader: Reader) -> None:
    asked = reader.read("Må jeg bruge Skriveren med interne oplysninger?")
    assert asked.tools == {"tool.skriveren"}
    assert "activity.transcribe" not in asked.activities
    without = reader.read("Må jeg bruge en app, der skriver med, når vi holder møde?")
    assert "activity.transcribe" in without.activities


def test_who_says_yes_to_it_asks_for_no_source(reader: Reader) -> None:
    asked = reader.read("Og hvem siger ja til den?", ("Hvor længe må en pilot vare?",))
    assert asked.act == ""
