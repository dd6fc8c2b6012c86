import pytest

from assistant.expectations import fulfilment
from assistant.question import analyst_of
from ingest.lexical import Vocabulary

TEXTS = [
    "Der er 2386 licenser i brug.",
    "Kommunen har købt Kaunt.",
    "Medarbejderne bruger ChatGPT.",
    "Direktionen godkender.",
]


@pytest.mark.parametrize(
    ("question", "holds", "lacks"),
    [
        ("Hvor mange licenser er der?", "Der er 2386 stk. licenser.", "Der er licenser i 2023."),
        (
            "Hvor mange licenser er der?",
            "Vi har fire licenser.",
            "Licenser til ChatGPT 4 er i brug.",
        ),
        ("Hvad koster licenserne?", "Licenserne koster 300 kr. om året.", "Licenserne er dyre."),
        ("Hvornår købte vi Kaunt?", "Kaunt blev købt 3. marts 2024.", "Kaunt blev købt."),
        ("Hvor længe gemmes det?", "Det gemmes i 30 dage.", "Det gemmes på serveren."),
        ("Hvilken dato er det?", "Det er den 2. februar 2025.", "Det er om 30 dage."),
        ("Hvem har købt Kaunt?", "Direktionen har købt Kaunt.", "Kaunt er købt."),
        ("Hvilket telefonnummer har de?", "Ring på lokal 4000.", "Skriv til a@b.example."),
        ("Hvad er deres mailadresse?", "Skriv til a@b.example.", "Ring på lokal 4000."),
        ("Må jeg bruge ChatGPT?", "ChatGPT er ikke tilladt.", "ChatGPT blev lanceret i 2022."),
        ("Hvad hedder programmet?", "Programmet er AppWriter.", "Programmet er godt."),
        ("Hvad koster DeepL Pro?", "DeepL Pro er gratis.", "DeepL Pro: Ja; DeepL gratis: Nej"),
        ("Hvad koster programmet?", "Pris for afdelingen: Gratis", "Den gratis udgave er lukket."),
        ("Hvornår må jeg dele det?", "Du må dele det, når chefen er enig.", "Du må dele det."),
        ("Hvilken model kører det på?", "Det kører på GPT-5.", "Det bygger på en sprogmodel."),
        ("Hvilken dag er kurset?", "Kurset er hver onsdag.", "Kurset er i kantinen."),
        ("Hvor lang skal koden være?", "Koden skal være på mindst 15 tegn.", "Koden er lang."),
        ("Hvor mange må være med?", "Der må højst være 25 deltagere.", "Der er 25 licenser."),
        ("Hvor mange dage har vi?", "Vi har højst to uger til at svare.", "Vi har 14 licenser."),
        ("Hvor mange år gemmes det?", "Det gemmes i 18 måneder.", "Det gemmes i 30 dage."),
        ("How many weeks do we have?", "Vi skal svare inden 7 arbejdsdage.", "Vi har 7 pladser."),
        ("Hvor mange procent er det?", "Det er 41 pct. af dem.", "Det er 41 dage."),
        ("Hvem har ansvaret?", "Den, der deler det, har ansvaret.", "Der er et ansvar."),
        ("Hvor er Kaunt?", "Biblioteket og Jobcentret: Kaunt læser fakturaer.", "Kaunt: Læser."),
        ("Hvem er det ved navn?", "Det er Birgitte Holm.", "Det er lederen i AI-registret."),
    ],
)
def test_a_sentence_is_checked_for_what_the_question_expects(
    question: str, holds: str, lacks: str
) -> None:
    asked = analyst_of(Vocabulary.of(TEXTS)).understand(question)
    assert fulfilment(asked, holds) > fulfilment(asked, lacks)
    assert fulfilment(asked, holds) >= 0.8


def test_the_date_of_one_law_is_not_another_ones() -> None:
    asked = analyst_of(Vocabulary.of(TEXTS)).understand("Hvornår gælder AI-forordningen?")
    other = "GDPR-forordningen gælder fra 25. maj 2018, og her suppleres den af AI-forordningen."
    assert fulfilment(asked, other) < 0.5
    assert fulfilment(asked, "AI-forordningen gælder fra 2. februar 2025.") == 1.0
