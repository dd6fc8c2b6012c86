"""What a person may not see is not searched, not cited, not named and not opened."""

from collections.abc import Iterator

import pytest

from assistant.accounts.people import EVERYTHING, PUBLIC, Access, Person
from assistant.pipeline import Assistant
from assistant.settings import Settings
from ingest.embedders import embedder_named
from ingest.run import ingest_corpus
from tests.conftest import MakePdf

HR = Access(frozenset(("hr",)))
SECRET = "Du må ikke bruge ChatGPT til fortrolige lønforhandlinger om fyringsrunden."
_REGISTER = """
[[document]]
file = "alle.pdf"
title = "Politik for alle"
contact = "alle@kommunen.example"

[[document]]
file = "hr.pdf"
title = "Fyringsrunden"
contact = "hemmelig@kommunen.example"
groups = ["hr"]

[[document]]
file = "ingen.pdf"
title = "Kun for ingen"
groups = []
"""


@pytest.fixture(scope="module")
def assistant(make_pdf: MakePdf, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("begrænset")
    open_rule = "Du må bruge ChatGPT til at skrive udkast til mails, når de kun har åbne data."
    make_pdf(folder / "alle.pdf", [("1 Regler", open_rule)])
    make_pdf(folder / "hr.pdf", [("1 Fyringsrunden", SECRET, "Løndata er klasse Ravn.")])
    make_pdf(folder / "ingen.pdf", [("1 Lukket", "Du må ikke bruge ChatGPT til noget som helst.")])
    (folder / "documents.toml").write_text(_REGISTER, encoding="utf-8")
    index = folder / "ud" / "index"
    ingest_corpus(folder, index, embedder_named("builtin"))
    yield Assistant(Settings(index=index, corpus=folder))


@pytest.mark.parametrize(
    "question",
    [
        "Må jeg bruge ChatGPT til lønforhandlinger om fyringsrunden?",
        "Hvad gælder for fyringsrunden?",
        "Hvem skal jeg spørge om fyringsrunden?",
        "Må jeg bruge ChatGPT til mails?",
        "What about confidential salary negotiations?",
    ],
)
@pytest.mark.parametrize("access", [PUBLIC, Access(frozenset(("skole",)))])
def test_an_answer_has_nothing_of_a_hidden_document(
    assistant: Assistant, question: str, access: Access
) -> None:
    for answer in (
        assistant.ask(question, access=access),
        assistant.ask("Og så?", [question], access=access),
    ):
        told = repr(answer)
        for hidden in ("hr.pdf", "ingen.pdf", "Kun for ingen", "hemmelig@", "fortrolige"):
            assert hidden not in told
    assert {hit.passage.document for hit in assistant.search(question, 50, access)} <= {"alle.pdf"}


def test_those_who_may_see_it_get_it(assistant: Assistant) -> None:
    question = "Må jeg bruge ChatGPT til lønforhandlinger om fyringsrunden?"
    answer = assistant.ask(question, access=HR)
    assert "hr.pdf" in {c.document for c in answer.citations}
    assert SECRET in {c.quote for c in answer.citations}
    assert "hr.pdf" not in repr(assistant.ask(question, access=PUBLIC))  # in whatever order


def test_pdfs_and_the_list_of_documents(assistant: Assistant) -> None:
    assert [d.file for d in assistant.state(PUBLIC).documents] == ["alle.pdf"]
    assert [d.file for d in assistant.state(HR).documents] == ["alle.pdf", "hr.pdf"]
    assert len(assistant.state().documents) == 3
    assert assistant.pdf("hr.pdf", PUBLIC) is None
    assert assistant.pdf("hr.pdf", HR) is not None
    assert assistant.pdf("ingen.pdf", HR) is None
    assert assistant.pdf("ingen.pdf", EVERYTHING) is not None


def test_whom_a_role_and_a_group_lets_in() -> None:
    assert Person("a", roles=frozenset(("hr",))).access == Access(frozenset(("hr", "medarbejder")))
    assert Person("a", groups=frozenset(("skole",))).access == Access(
        frozenset(("skole", "medarbejder"))
    )
    assert Person("a", everything=True).access == EVERYTHING
