"""Verdicts on the real PDFs of two municipalities whose rules contradict each other."""

import json
import shutil
from datetime import date
from functools import cache
from pathlib import Path

import pypdf
import pytest

from assistant.cli import main
from assistant.models import Answer
from evals.corpora import corpus_folder, letters
from ingest.embedders import embedder_named
from ingest.run import ingest_corpus
from tests.assistant.commandline import ANSWER, maavi, rows
from tests.assistant.verdicts.conftest import DAY, NAMES, AssistantOf

# The same question, with the verdict of Havnsø and that of Engdal.
FLIPS = [
    ("Må jeg bruge ChatGPT?", "betinget", "nej"),
    ("Må jeg skrive interne oplysninger i ChatGPT?", "ja", "nej"),
    ("Må jeg bruge Gemini til offentlige oplysninger?", "betinget", "nej"),
    ("Må jeg bruge Claude til offentlige oplysninger?", "betinget", "nej"),
    ("Må jeg bruge Perplexity til offentlige oplysninger?", "betinget", "nej"),
    ("Må jeg bruge Copilot Chat til interne oplysninger?", "nej", "ja"),
    ("Må jeg lægge et internt notat i Copilot Chat?", "nej", "ja"),
    ("Må jeg bruge Microsoft 365 Copilot til almindelige personoplysninger?", "nej", "betinget"),
    ("Må jeg skrive et CPR-nummer i Copilot?", "nej", "betinget"),
    ("Må jeg bruge Copilot til at skrive et brev til en borger?", "nej", "betinget"),
    ("Må jeg bruge ChatGPT til at skrive et brev til en borger?", "betinget", "nej"),
    ("Må vi optage et internt møde?", "betinget", "nej"),
    ("Må vi optage mødet, hvis alle deltagere har sagt ja?", "ja", "nej"),
    ("Må vi optage et møde med en borger?", "betinget", "nej"),
    ("Må jeg bruge AI på min private telefon til offentlige oplysninger?", "ja", "nej"),
    ("Må jeg bruge AI på min private telefon?", "betinget", "nej"),
    ("Må jeg lægge AI-billeder på hjemmesiden?", "nej", "betinget"),
    ("May I use ChatGPT for internal information?", "ja", "nej"),
    ("Can we record an internal meeting?", "betinget", "nej"),
]
ASKED = [(name, question) for question, _, _ in FLIPS for name in NAMES]
PUPIL = "Må en elev i 9. klasse bruge Copilot Chat til lektier, hvis læreren har givet lov til det?"
ERASED = "Hvornår skal automatiske udskrifter af møder slettes?"
LAST_DAY, FIRST_DAY, LATER = date(2027, 2, 28), date(2027, 3, 1), date(2027, 4, 1)
CONTACTS = {
    "havnsoe": "digitalisering@havnsoe.kommunen.example",
    "engdal": "digitalisering@kommunen.example",
}


@cache
def _pages(name: str, file: str) -> list[str]:
    pages = pypdf.PdfReader(corpus_folder(name) / file).pages
    return [letters(page.extract_text()) for page in pages]


def _documents(answer: Answer) -> set[str]:
    return {citation.document for citation in answer.citations}


def _says_nothing_of(answer: Answer, file: str) -> bool:
    traced = (*answer.trace.rules, *answer.trace.lost, answer.text)
    return file not in _documents(answer) and not any(file in line for line in traced)


@pytest.mark.parametrize(("question", "havnsoe", "engdal"), FLIPS)
def test_each_municipality_has_its_own_verdict(
    assistant_of: AssistantOf, question: str, havnsoe: str, engdal: str
) -> None:
    answers = {name: assistant_of(name).ask(question) for name in NAMES}
    assert {a.status for a in answers.values()} == {"answered"}
    assert {n: a.verdict for n, a in answers.items()} == {"havnsoe": havnsoe, "engdal": engdal}


@pytest.mark.parametrize(("name", "question"), ASKED)
def test_every_quote_stands_on_its_page(
    assistant_of: AssistantOf, name: str, question: str
) -> None:
    answer = assistant_of(name).ask(question)
    assert [c.number for c in answer.citations] == list(range(1, len(answer.citations) + 1))
    for citation in answer.citations:
        assert letters(citation.quote) in _pages(name, citation.document)[citation.page - 1]
        assert f"[{citation.number}]" in answer.text


@pytest.mark.parametrize(("name", "question"), ASKED)
def test_conditions_are_verbatim_in_a_cited_document(
    assistant_of: AssistantOf, name: str, question: str
) -> None:
    answer = assistant_of(name).ask(question)
    cited = [text for file in _documents(answer) for text in _pages(name, file)]
    for condition in answer.conditions:
        assert any(letters(condition) in text for text in cited), condition
    if answer.conditions:
        assert answer.verdict == "betinget"


@pytest.mark.parametrize(("name", "question"), ASKED)
def test_the_trace_names_the_rules_that_won(
    assistant_of: AssistantOf, name: str, question: str
) -> None:
    answer = assistant_of(name).ask(question)
    first = answer.citations[0]
    assert answer.trace.rules
    assert f"({first.document}, side {first.page_label}): " in answer.trace.rules[0]


@pytest.mark.parametrize(("name", "question"), ASKED)
def test_the_answer_names_the_contact(assistant_of: AssistantOf, name: str, question: str) -> None:
    answer = assistant_of(name).ask(question)
    (contact,) = answer.contacts
    assert contact in answer.text
    if answer.citations[0].document in ("ai-politik.pdf", "politik-for-kunstig-intelligens.pdf"):
        assert contact.startswith(CONTACTS[name])


def test_the_trace_says_what_the_rule_says_and_what_lost(assistant_of: AssistantOf) -> None:
    trace = assistant_of("havnsoe").ask("Må vi optage et internt møde?").trace
    said = "Møder kan optages, når samtlige deltagere har sagt ja på forhånd."
    assert trace.rules[0] == f"tilladt (ai-politik.pdf, side 4): {said}"
    assert all(" – mindre præcis end: " in line for line in trace.lost)


@pytest.mark.parametrize(
    ("question", "then", "now"),
    [
        ("Må jeg bruge ChatGPT til offentlige oplysninger?", "nej", "ja"),
        ("Må jeg bruge Copilot Chat til interne oplysninger?", "betinget", "nej"),
        ("Må vi optage mødet, hvis alle deltagere har sagt ja?", "nej", "ja"),
    ],
)
def test_an_expired_document_does_not_count(
    assistant_of: AssistantOf, question: str, then: str, now: str
) -> None:
    before = assistant_of("havnsoe", date(2025, 6, 1)).ask(question)
    assert (before.verdict, _documents(before)) == (then, {"retningslinjer-2024.pdf"})
    after = assistant_of("havnsoe").ask(question)
    assert after.verdict == now
    assert _says_nothing_of(after, "retningslinjer-2024.pdf")


@pytest.mark.parametrize(("name", "question"), ASKED)
def test_only_documents_in_force_have_a_say(
    assistant_of: AssistantOf, name: str, question: str
) -> None:
    answer = assistant_of(name).ask(question)
    for file in (
        "retningslinjer-2024.pdf",
        "midlertidige-retningslinjer-2024.pdf",
        "tillaeg-2027.pdf",
        "tillaeg-til-ai-politikken-2027.pdf",
    ):
        assert _says_nothing_of(answer, file)


@pytest.mark.parametrize(
    ("day", "verdict"), [(DAY, "nej"), (LAST_DAY, "nej"), (FIRST_DAY, "ja"), (LATER, "ja")]
)
def test_a_rule_counts_from_its_first_day(
    assistant_of: AssistantOf, day: date, verdict: str
) -> None:
    answer = assistant_of("engdal", day).ask(PUPIL)
    assert answer.verdict == verdict
    addendum = "tillaeg-til-ai-politikken-2027.pdf"
    assert (addendum in _documents(answer)) is (verdict == "ja")
    assert _says_nothing_of(answer, addendum) is (verdict == "nej")


@pytest.mark.parametrize(("day", "term"), [(LAST_DAY, "30 dage"), (LATER, "14 dage")])
def test_a_fact_counts_from_its_first_day(assistant_of: AssistantOf, day: date, term: str) -> None:
    answer = assistant_of("havnsoe", day).ask(ERASED)
    assert term in answer.text.splitlines()[0]
    assert ("tillaeg-2027.pdf" in _documents(answer)) is (day == LATER)


@pytest.mark.parametrize(
    ("name", "question", "winner", "loser"),
    [
        (
            "havnsoe",
            "Må kommunikation bruge et AI-billede på en plakat om et arrangement for borgerne?",
            "ai-politik.pdf",
            "vejledning-moeder-billeder-personale.pdf",
        ),
        (
            "engdal",
            "Må vi optage chefgruppens ledermøde med referatassistenten i Teams?",
            "politik-for-kunstig-intelligens.pdf",
            "notat-moeder-billeder-personale.pdf",
        ),
    ],
)
def test_a_conflict_is_shown_with_both_documents_and_why_one_counts(
    assistant_of: AssistantOf, name: str, question: str, winner: str, loser: str
) -> None:
    answer = assistant_of(name).ask(question)
    titles = {c.document: c.title for c in answer.citations}
    assert answer.verdict == "nej"
    assert answer.citations[0].document == winner
    (shown,) = (b for b in answer.text.split("\n\n") if b.startswith("**Et andet dokument siger"))
    assert f"”{titles[loser]}”: " in shown
    assert shown.endswith(f"Det er ”{titles[winner]}”, der gælder, fordi en politik går forud.")
    quoted = next(c for c in answer.citations if c.document == loser and f"[{c.number}]" in shown)
    assert letters(quoted.quote) in _pages(name, loser)[quoted.page - 1]


def test_documents_that_agree_are_not_said_to_conflict(assistant_of: AssistantOf) -> None:
    for name, question in ASKED:
        if question.startswith(("Må jeg bruge Gemini", "Må jeg bruge ChatGPT?")):
            assert "Et andet dokument" not in assistant_of(name).ask(question).text


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("havnsoe", "Må jeg bruge ChatGPT?"),
        ("havnsoe", "Må jeg bruge Skriveren?"),
        ("engdal", "Må jeg bruge Copilot Chat?"),
        ("engdal", "Må jeg bruge DeepL Pro?"),
    ],
)
def test_what_the_question_leaves_open_is_answered_case_by_case(
    assistant_of: AssistantOf, name: str, question: str
) -> None:
    assistant = assistant_of(name)
    answer = assistant.ask(question)
    labels = [case.label for case in answer.cases]
    assert answer.verdict == "betinget"
    assert len(set(labels)) == len(labels) <= 6
    assert {"Interne oplysninger", "Almindelige personoplysninger"} <= set(labels)
    assert all(f"- {label}: " in answer.text for label in labels)
    assert all(c.question.startswith(question[:-1]) for c in answer.cases)
    held = {c.verdict for c in answer.cases if assistant.ask(c.question).verdict == c.verdict}
    assert {"ja", "nej"} <= held


@pytest.mark.parametrize(
    ("name", "question", "condition"),
    [
        (
            "havnsoe",
            "Må vi optage et internt møde?",
            "når samtlige deltagere har sagt ja på forhånd",
        ),
        (
            "havnsoe",
            "Må jeg bruge Claude til offentlige oplysninger?",
            "nærmeste leder har sagt ja",
        ),
        ("engdal", "Må jeg skrive et CPR-nummer i Copilot?", "kun når sagsbehandleren i forvejen"),
        ("engdal", "Må jeg lægge AI-billeder på hjemmesiden?", "mærket som lavet med AI"),
    ],
)
def test_a_condition_is_listed_to_be_ticked_off(
    assistant_of: AssistantOf, name: str, question: str, condition: str
) -> None:
    answer = assistant_of(name).ask(question)
    (listed, *_) = (c for c in answer.conditions if condition in c)
    assert f"- ☐ {listed[:1].upper()}{listed[1:]} [" in answer.text


def test_a_condition_that_the_question_meets_is_no_condition(assistant_of: AssistantOf) -> None:
    question = (
        "Må jeg bruge Microsoft 365 Copilot til interne oplysninger, når jeg har AI-kørekort?"
    )
    answer = assistant_of("engdal").ask(question)
    assert (answer.verdict, answer.conditions, answer.cases) == ("ja", (), ())


@pytest.mark.parametrize(
    ("name", "question", "said"),
    [
        ("havnsoe", "Hvor hurtigt skal et brud meldes?", "2 timer"),
        ("engdal", "Hvor hurtigt skal et brud meldes?", "24 timer"),
        ("havnsoe", "Hvem afgør, om et nyt AI-værktøj kan tages i brug?", "Digitaliseringschefen"),
        ("engdal", "Hvem afgør, om et nyt AI-værktøj kan tages i brug?", "It-sikkerhedsudvalget"),
        ("engdal", "Hvor mange timer varer kurset AI-kørekort?", "tre timer"),
    ],
)
def test_a_question_of_fact_has_no_verdict(
    assistant_of: AssistantOf, name: str, question: str, said: str
) -> None:
    answer = assistant_of(name).ask(question)
    assert (answer.status, answer.verdict) == ("answered", None)
    assert said in answer.text.splitlines()[0]
    assert (answer.conditions, answer.cases, answer.trace.rules) == ((), (), ())


def test_a_question_of_leave_that_nothing_settles_is_declined(assistant_of: AssistantOf) -> None:
    answer = assistant_of("havnsoe").ask("Må jeg parkere min cykel i kælderen under rådhuset?")
    assert (answer.status, answer.verdict, answer.citations) == ("declined", None, ())


@pytest.mark.parametrize(
    ("name", "question", "first"),
    [
        ("havnsoe", "May I use ChatGPT for internal information?", "**Yes, "),
        ("engdal", "May I use ChatGPT for internal information?", "**No, "),
        ("havnsoe", "Can we record an internal meeting?", "**Yes, but only on conditions.** "),
        ("engdal", "Can we record an internal meeting?", "**No, that is not allowed.** "),
        ("havnsoe", "May I use ChatGPT?", "**It depends on "),
    ],
)
def test_an_english_question_is_answered_in_english_first(
    assistant_of: AssistantOf, name: str, question: str, first: str
) -> None:
    answer = assistant_of(name).ask(question)
    line, _, note, *_ = answer.text.splitlines()
    assert answer.language == "en"
    assert line.startswith(first)
    assert note == "The documents are in Danish. This is what they say:"
    assert f"If in doubt, ask {answer.contacts[0]}." in answer.text


@pytest.mark.parametrize(("name", "verdict"), [("havnsoe", "betinget"), ("engdal", "nej")])
def test_a_follow_up_is_judged_with_its_own_tool(
    assistant_of: AssistantOf, name: str, verdict: str
) -> None:
    history = ("Må jeg bruge ChatGPT til offentlige oplysninger?",)
    answer = assistant_of(name).ask("Og hvis det er Gemini?", history)
    assert answer.verdict == verdict
    assert "Gemini" in answer.trace.rules[0]


def test_who_says_so_is_a_fact(assistant_of: AssistantOf) -> None:
    history = ("Må jeg bruge ChatGPT til interne oplysninger?",)
    answer = assistant_of("engdal").ask("Hvor står det?", history)
    assert (answer.status, answer.verdict) == ("answered", None)
    assert _documents(answer) == {"politik-for-kunstig-intelligens.pdf"}


@pytest.mark.parametrize("name", NAMES)
def test_a_misspelt_tool_gets_the_same_verdict(assistant_of: AssistantOf, name: str) -> None:
    right, wrong = (
        assistant_of(name).ask(f"Må jeg bruge {tool} til interne oplysninger?")
        for tool in ("ChatGPT", "ChtaGPT")
    )
    assert (wrong.verdict, _documents(wrong)) == (right.verdict, _documents(right))


@pytest.mark.parametrize("name", NAMES)
def test_a_tool_that_nobody_knows_is_one_of_the_others(
    assistant_of: AssistantOf, name: str
) -> None:
    answer = assistant_of(name).ask("Må jeg bruge Zorblax til interne oplysninger?")
    assert answer.verdict == "nej"
    quote = answer.citations[0].quote.lower()
    assert "åbne chattjenester" in quote or "ikke nævnt som godkendt" in quote


def test_the_same_question_gets_the_same_verdict_twice(assistant_of: AssistantOf) -> None:
    first, second = (assistant_of("engdal").ask("Må jeg bruge Copilot Chat?") for _ in range(2))
    assert (first.text, first.cases, first.trace) == (second.text, second.cases, second.trace)


@pytest.fixture(scope="session")
def undated_index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Havnsø's policy alone, in force on whichever day the command runs."""
    corpus = tmp_path_factory.mktemp("undated")
    shutil.copy(corpus_folder("havnsoe") / "ai-politik.pdf", corpus)
    register = '[[document]]\nfile = "ai-politik.pdf"\nkind = "politik"\ncontact = "a@b.example"\n'
    (corpus / "documents.toml").write_text(register, encoding="utf-8")
    index = tmp_path_factory.mktemp("undated-index") / "index"
    ingest_corpus(corpus, index, embedder_named("builtin"))
    return index


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Må jeg skrive interne oplysninger i ChatGPT?", "ja"),
        ("Må jeg bruge Copilot Chat til interne oplysninger?", "nej"),
        ("Må vi optage et internt møde?", "betinget"),
        ("Hvor hurtigt skal et brud meldes?", None),
    ],
)
def test_one_verdict_as_json(
    undated_index: Path, question: str, verdict: str | None, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["ask", question, "--json", "--index", str(undated_index)]) == 0
    row = json.loads(capsys.readouterr().out)
    assert set(row) == ANSWER
    assert (row["status"], row["verdict"]) == ("answered", verdict)
    assert row["citations"][0]["document"] == "ai-politik.pdf"


def test_verdicts_of_a_process_of_its_own(undated_index: Path, tmp_path: Path) -> None:
    lines = [
        {"id": 1, "question": "Må jeg bruge ChatGPT til offentlige oplysninger?"},
        {"id": 2, "question": "Hvad med følsomme personoplysninger?", "history": None},
    ]
    lines[1]["history"] = [lines[0]["question"]]
    sent = "\n".join(json.dumps(line) for line in lines).encode()
    words = ("ask", "--batch", "-", "--json", "--index", str(undated_index))
    done = maavi(*words, cwd=tmp_path, stdin=sent)
    assert [(row["id"], row["verdict"]) for row in rows(done)] == [(1, "ja"), (2, "nej")]
