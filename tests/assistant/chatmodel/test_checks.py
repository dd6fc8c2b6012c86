"""What is looked at in a claim, one table for each thing; none of it is from the sample corpus."""

from collections.abc import Callable

import pytest

from assistant import facts
from assistant.chatmodel.checks import limits, names, polarity
from assistant.chatmodel.checks.meaning import Meaning
from assistant.chatmodel.checks.ruling import Ruling, contradicts
from assistant.chatmodel.checks.support import support_of
from assistant.chatmodel.checks.verify import Checked, Verifier
from assistant.chatmodel.protocol import ModelClaim
from assistant.models import Verdict
from ingest.lexical import Vocabulary
from ingest.passages import Passage
from ingest.rules.lexicon import Lexicon

TEXT = (
    "Biblioteket låner en cykel ud i højst 14 dage. Cyklen skal afleveres hos cykelværkstedet på "
    "cykel@byen.example. Du må ikke bruge cyklen uden hjelm. Børn under 12 år må kun cykle sammen "
    "med en voksen. Lånere bør låse cyklen om natten. Aftalen gælder fra 1. marts 2025."
)
Check = Callable[..., Checked]


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    return Meaning(Vocabulary.of([TEXT]))


@pytest.fixture(scope="module")
def check(meaning: Meaning) -> Check:
    passage = Passage("p", "cykler.pdf", 2, "2", ("Cykler",), TEXT, 0, len(TEXT))
    verifier = Verifier(meaning, {"cykler.pdf": "Cykler til udlån"})
    return lambda text, quote, sources=(1,): verifier.check(
        ModelClaim(text, sources, quote), [passage]
    )


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Fristen er 14 dage.", "Fristen er to uger."),
        ("Det gælder et år.", "Det gælder i 12 måneder."),
        ("Den 1. marts 2025.", "Fra 1.3.2025 gælder det."),
        ("Den 1.3.2025.", "Fra 2025-03-01."),
        ("Tre personer.", "Der er 3 personer."),
        ("Det koster 1.200 kr.", "Det koster 1200 kroner."),
        ("Se § 7 a.", "Efter lovens § 7a."),
        ("I døgnet ringer du på 12 34 56 78.", "Ring 12345678."),
        ("Fra 8 til 20.", "8–20 deltagere."),
    ],
)
def test_the_same_fact_in_other_words(claim: str, source: str) -> None:
    assert facts.missing(claim, source) == []


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("Fristen er 41 dage.", "Fristen er 14 dage."),
        ("Fristen er 14 uger.", "Fristen er 14 dage."),
        ("Det er den 1. april 2025.", "Det er den 1. marts 2025."),
        ("Det er den 1. marts 2026.", "Det er den 1. marts 2025."),
        ("Efter § 8.", "Efter § 7."),
        ("Efter § 7 b.", "Efter § 7 a."),
        ("Skriv til a@byen.example.", "Skriv til b@byen.example."),
        ("Det står på byen.dk/ny.", "Det står på byen.dk."),
        ("Det koster 2 mio. kr.", "Det koster 2 kr."),
        ("Fire personer.", "Der er tre personer."),
    ],
)
def test_another_fact(claim: str, source: str) -> None:
    assert facts.missing(claim, source) != []


def test_a_fact_of_another_clause(meaning: Meaning) -> None:
    source = "Planen blev vedtaget den 2. maj 2024 og trådte i kraft den 9. juni 2024."
    assert facts.misplaced("Planen blev vedtaget den 9. juni 2024.", source, meaning.alike)
    assert not facts.misplaced("Den trådte i kraft den 9. juni 2024.", source, meaning.alike)


@pytest.mark.parametrize(
    ("claim", "core", "force"),
    [
        ("Du skal låse cyklen.", "Du bør låse cyklen.", "skal"),
        ("Du bør låse cyklen.", "Du skal låse cyklen.", "bør"),
        ("Du kan låse cyklen.", "Du skal låse cyklen.", "kan"),
        ("Det er forbudt at cykle.", "Du bør ikke cykle.", "skal"),
        ("Det anbefales at låse cyklen.", "Du bør låse cyklen.", ""),
        ("Lås cyklen.", "Du skal låse cyklen.", ""),
        ("Du er nødt til at låse cyklen.", "Du skal låse cyklen.", ""),
        ("Man kan låne en cykel.", "Du må låne en cykel.", ""),
    ],
)
def test_how_firmly(claim: str, core: str, force: str) -> None:
    assert polarity.other_force(claim, core) == force


@pytest.mark.parametrize(
    ("claim", "core", "agrees"),
    [
        ("Cyklen må bruges om natten.", "Cyklen må ikke bruges om natten.", False),
        ("Cyklen må ikke bruges om natten.", "Cyklen må bruges om natten.", False),
        ("Cyklen er godkendt til børn.", "Cyklen er endnu ikke godkendt til børn.", False),
        ("Cyklen er ikke kun til voksne.", "Cyklen er kun til voksne.", False),
        ("Det er forbudt at bruge cyklen om natten.", "Cyklen må ikke bruges om natten.", True),
        ("Brug aldrig cyklen om natten.", "Cyklen må ikke bruges om natten.", True),
        ("Cyklen kan bruges om natten.", "Cyklen må bruges om natten.", True),
    ],
)
def test_what_is_denied(claim: str, core: str, agrees: bool, meaning: Meaning) -> None:
    assert (polarity.other_sign(claim, core, (), meaning) == "") == agrees


@pytest.mark.parametrize(
    ("claim", "sentence", "kept"),
    [
        ("Du må låne cyklen.", "Du må låne cyklen, hvis værkstedet har godkendt det.", False),
        ("Har værkstedet godkendt det, må du låne cyklen.",
         "Du må låne cyklen, hvis værkstedet har godkendt det.", True),
        ("Du må låne cyklen, også når det regner.", "Du må låne cyklen, også når det sner.", True),
    ],
)  # fmt: skip
def test_conditions(claim: str, sentence: str, kept: bool, meaning: Meaning) -> None:
    surely, _ = limits.left_out(claim, [sentence], meaning)
    assert (surely < 0.45) == kept


def test_only_and_at_most(meaning: Meaning) -> None:
    only = ["Børn må kun cykle sammen med en voksen."]
    assert limits.loses_only("Børn må cykle sammen med en voksen.", only, meaning)
    assert not limits.loses_only("Børn må aldrig cykle uden en voksen.", only, meaning)
    most = ["Cyklen lånes ud i højst 14 dage."]
    assert limits.loses_bound("Cyklen lånes ud i 14 dage.", most)
    assert not limits.loses_bound("Cyklen lånes ud i op til 14 dage.", most)


def test_names(meaning: Meaning) -> None:
    core = "Ansøgningen behandles af afdelingschefen sammen med Kultur og Fritid."
    assert names.swapped("Ansøgningen behandles af systemejeren.", core, meaning) == [
        "systemejeren"
    ]
    assert names.missing("Den behandles af Miljø i Odense.", core, meaning) == ["Miljø", "Odense"]
    assert not names.swapped("Afdelingschefen behandler ansøgningen.", core, meaning)


@pytest.mark.parametrize(
    ("claim", "quote", "outcome"),
    [
        ("Du kan have cyklen i op til to uger.", "låner en cykel ud i højst 14 dage", "passed"),
        ("Cyklen kan lånes i højst 12 dage.", "låner en cykel ud i højst 12 dage", "replaced"),
        ("Cyklen afleveres på bil@byen.example.", "skal afleveres hos cykelværkstedet", "replaced"),
        ("Man må gerne bruge cyklen uden hjelm.", "Du må ikke bruge cyklen uden hjelm", "replaced"),
        ("Låneren skal låse cyklen om natten.", "bør låse cyklen om natten", "replaced"),
        ("Børn under 12 år må cykle.", "Børn under 12 år må kun cykle sammen", "replaced"),
        ("En hjelm halverer risikoen for hovedskader ved fald.",
         "Du må ikke bruge cyklen uden hjelm", "dropped"),
        ("Cyklen er blå.", "Cyklen er malet blå af borgmesteren", "dropped"),
    ],
)  # fmt: skip
def test_what_becomes_of_a_claim(check: Check, claim: str, quote: str, outcome: str) -> None:
    found = check(claim, quote)
    assert found.outcome == outcome
    assert found.text in ("", claim, " ".join(s.text for s in found.quoted))
    if found.text:
        assert all(q.text in TEXT for s in found.quoted for q in s.quotes)


@pytest.mark.parametrize(
    ("claim", "verdict", "against"),
    [
        ("Ja, det må du gerne.", "nej", True),
        ("Nej, det må du ikke.", "ja", True),
        ("Nej.", "betinget", True),
        ("Ja, når lederen har godkendt det.", "betinget", False),
        ("Du må gerne bruge ChatGPT.", "nej", True),
        ("Det er tilladt.", "nej", True),
        ("Du må gerne bruge Copilot.", "nej", False),  # what to use instead
        ("Du må ikke bruge ChatGPT.", "ja", True),
        ("Du må ikke skrive cpr-numre i ChatGPT.", "ja", False),
        ("Du må ikke bruge ChatGPT.", "nej", False),
    ],
)
def test_the_verdict_is_not_the_models_to_change(
    claim: str, verdict: Verdict, against: bool
) -> None:
    ruling = Ruling(verdict, frozenset(["tool.chatgpt"]), Lexicon.load())
    assert contradicts(claim, ruling) == against


@pytest.mark.parametrize("sources", [(), (2,), (0,), (-1,), (1, 57)])
def test_sources_that_are_not_there(check: Check, sources: tuple[int, ...]) -> None:
    quote = "Lånere bør låse cyklen om natten."
    assert check(quote, quote, sources).outcome == "dropped"


def test_a_quote_is_found_whatever_its_dashes_and_spaces() -> None:
    text = "Åbent kl. 9–16 – også\ni ferien. Ring først til kontoret."
    passage = Passage("p", "a.pdf", 1, "1", (), text, 0, len(text))
    found = support_of("åbent  kl. 9-16 - også i ferien", [passage], {})
    assert found is not None
    assert found.exact
    assert support_of("Kontoret holder lukket i hele ferien", [passage], {}) is None
