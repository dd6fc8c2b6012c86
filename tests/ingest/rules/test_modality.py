import pytest

from ingest.rules.modality import (
    cell_modality,
    column_modality,
    demands_doing_without,
    heading_modality,
    modality_of,
)

_CLAUSES = {
    "tilladt": (
        "Du må bruge Copilot til udkast",
        "Du må gerne bruge Copilot",
        "Du må godt bruge ChatGPT",
        "Copilot er godkendt til interne data",
        "Copilot kan bruges til åbne data",
        "Det er tilladt at bruge Copilot",
        "I kan bruge Copilot til idéer",
        "Det står dig frit at bruge DeepL",
        "Brug gerne Copilot til idéer",
        "Alle har lov til at bruge Copilot",
    ),
    "kun": (
        "Du må kun bruge Copilot til åbne data",
        "Kun Copilot må bruges",
        "Copilot må udelukkende bruges af ledere",
        "Copilot er kun godkendt til åbne data",
        "Copilot er forbeholdt ledere",
        "ChatGPT må kun anvendes med din leders godkendelse",
    ),
    "forbudt": (
        "Du må ikke bruge ChatGPT",
        "Du må aldrig skrive cpr-numre i ChatGPT",
        "Man må heller ikke dele navne",
        "Du må under ingen omstændigheder bruge DeepSeek",
        "ChatGPT må hverken bruges til breve eller mails",
        "Ingen må bruge DeepSeek",
        "Aldrig må du bruge DeepSeek",
        "Copilot er ikke tilladt",
        "Det er ikke længere tilladt at bruge ChatGPT",
        "Det er forbudt at bruge ChatGPT",
        "Brug ikke ChatGPT",
        "Skriv aldrig cpr-numre",
        "Lad være med at bruge ChatGPT",
        "ChatGPT kan ikke bruges til breve",
        "Cpr-numre hører ikke hjemme i ChatGPT",
        "Cpr-numre skal holdes ude af ChatGPT",
        "ChatGPT bruges ikke til breve",
        "Ingen medarbejder har lov til at bruge ChatGPT",
        "DeepSeek er spærret",
    ),
    "afventer": (
        "Copilot er endnu ikke godkendt",
        "Copilot er ikke godkendt endnu",
        "Copilot er under afprøvning",
        "Copilot afventer en databehandleraftale",
        "Der er endnu ikke taget stilling til Copilot",
    ),
    "frarådes": (
        "Vi fraråder at bruge ChatGPT",
        "Du bør ikke bruge ChatGPT",
        "Du bør undgå navne",
        "Det anbefales ikke at bruge ChatGPT",
        "Undgå navne i ChatGPT",
        "Vær varsom med navne",
    ),
    "bør": (
        "Du bør læse svaret igennem",
        "Vi anbefaler at bruge Copilot",
        "Det er en god idé at spørge",
        "Brug helst Copilot",
    ),
    "påbud": (
        "Du skal læse udkastet igennem",
        "Slet optagelsen efter mødet",
        "Husk at slette optagelsen",
        "Samtykke er et krav",
        "Optagelsen slettes senest efter 14 dage",
        "Brugen kræver samtykke",
        "Det er obligatorisk at tage kurset",
        "Du har ansvaret for svaret",
    ),
    "ikke påbud": (
        "Du behøver ikke spørge din leder",
        "Du skal ikke spørge først",
        "Der er ikke krav om samtykke",
        "Det kræver ikke godkendelse",
        "Det er ikke nødvendigt at spørge",
        "Ingen er forpligtet til at bruge Copilot",
        "Ledere er fritaget for kurset",
    ),
}


@pytest.mark.parametrize(
    ("modality", "clause"), [(m, clause) for m, clauses in _CLAUSES.items() for clause in clauses]
)
def test_a_clause_rules(modality: str, clause: str) -> None:
    found = modality_of(clause)
    assert found is not None
    assert found.modality == modality


@pytest.mark.parametrize(
    "clause",
    [
        "Det er ikke forbudt at bruge Copilot",
        "Det er ikke ulovligt at bruge ChatGPT",
        "ChatGPT er ikke længere forbudt",
        "Intet er til hinder for at bruge DeepL",
        "Der er ikke noget i vejen for at bruge Copilot",
        "Du må ikke kun bruge Copilot til mails",
    ],
)
def test_a_ban_denied_is_a_permission(clause: str) -> None:
    found = modality_of(clause)
    assert found is not None
    assert found.modality == "tilladt"


def test_not_only_a_duty_is_still_a_duty() -> None:
    found = modality_of("Du skal ikke kun spørge din leder")
    assert found is not None
    assert found.modality == "påbud"


@pytest.mark.parametrize(
    "clause",
    [
        "Kommunen har 2386 licenser",
        "Svaret læses af et menneske",
        "En borger har ikke krav på at optage et møde",  # a right, no duty
        # idioms
        "Det må siges at være godt",
        "Det må antages at være rigtigt",
        "Det må være nok",
        "Det skal nævnes, at systemet er nyt",
        "Det kan være svært at gennemskue",
        "Du kan læse mere om Copilot her",
        "Politikken er godkendt af byrådet",
        # told of others, or of former days
        "Leverandøren mener, at du må bruge alt",
        "Nabokommunen har forbudt ChatGPT",
        "I 2023 var det tilladt at bruge ChatGPT",
        "Tidligere skulle man søge om lov",
        # asked, not said
        "Her kan du se, hvad du må bruge",
        "Vi oplyser, om du må bruge Copilot",
    ],
)
def test_a_clause_that_rules_nothing(clause: str) -> None:
    assert modality_of(clause) is None


@pytest.mark.parametrize(
    ("clause", "words"),
    [
        ("I Copilot må du ikke skrive navne", "må du ikke"),
        ("Det er forbudt at bruge ChatGPT", "forbudt"),
        ("I DeepL må du oversætte", "må"),
    ],
)
def test_the_words_that_rule_are_told(clause: str, words: str) -> None:
    found = modality_of(clause)
    assert found is not None
    assert clause[found.start : found.end] == words


@pytest.mark.parametrize(
    ("clause", "without"),
    [
        ("Afgørelser skal skrives uden brug af AI", True),
        ("Prøven kræver besvarelse uden hjælp fra kunstig intelligens", True),
        ("Afgørelser skal skrives af en sagsbehandler", False),
        ("Du kan skrive uden brug af AI", False),
    ],
)
def test_a_duty_to_do_without_ai(clause: str, without: bool) -> None:
    assert demands_doing_without(clause) is without


@pytest.mark.parametrize(
    ("head", "modality"),
    [
        ("Det må du gerne", "tilladt"),
        ("Må gerne bruges til", "tilladt"),
        ("Kan bruges til", "tilladt"),
        ("Grøn liste", "tilladt"),
        ("Godkendte værktøjer", "tilladt"),
        ("Ja", "tilladt"),
        ("Det må du ikke", "forbudt"),
        ("Må ikke bruges til", "forbudt"),
        ("Ikke-godkendte værktøjer", "forbudt"),
        ("Rødt lys", "forbudt"),
        ("Forbudt", "forbudt"),
        ("Nej", "forbudt"),
        ("Don'ts", "forbudt"),
        ("Endnu ikke godkendt", "afventer"),
        ("Under vurdering", "afventer"),
        ("Det skal du", "påbud"),
        ("Krav", "påbud"),
        ("Gode råd", "bør"),
        ("Anbefalinger", "bør"),
        ("Interne data", None),
        ("Formål", None),
    ],
)
def test_the_head_of_a_column(head: str, modality: str | None) -> None:
    assert column_modality(head) == modality
    assert heading_modality(head) == modality


@pytest.mark.parametrize(
    ("heading", "modality"),
    [
        ("Copilot må bruges", "tilladt"),
        ("ChatGPT er ikke tilladt i kommunen", "forbudt"),
        ("Du skal", "påbud"),
        ("Hvad må jeg?", None),
        ("Hvad må jeg ikke?", None),
        ("Må jeg bruge ChatGPT?", None),
        ("Skal vi oplyse om AI?", None),
        ("Regler for brug", None),
    ],
)
def test_a_heading_lends_its_modality_unless_it_asks(heading: str, modality: str | None) -> None:
    assert heading_modality(heading) == modality


@pytest.mark.parametrize(
    ("cell", "modality"),
    [
        ("Ja", "tilladt"),
        (" Ja ", "tilladt"),
        ("Ja, når navne er fjernet", "tilladt"),
        ("✔", "tilladt"),
        ("x", "tilladt"),
        ("Tilladt", "tilladt"),
        ("Må gerne", "tilladt"),
        ("Grøn", "tilladt"),
        ("Nej", "forbudt"),
        ("Nej, aldrig", "forbudt"),
        ("✗", "forbudt"),
        ("–", "forbudt"),
        ("Må ikke", "forbudt"),
        ("Ikke tilladt", "forbudt"),
        ("Rød", "forbudt"),
        ("Kun efter aftale", "kun"),
        ("Efter aftale", "kun"),
        ("Med samtykke", "kun"),
        ("Når alle har sagt ja", "kun"),
        ("Kræver DPIA", "kun"),
        ("(✔)", "kun"),
        ("Gul", "kun"),
        ("Endnu ikke", "afventer"),
        ("Ikke endnu", "afventer"),
        ("Afventer kontrakt", "afventer"),
        ("Under test", "afventer"),
        ("14 dage", None),
        ("It-afdelingen", None),
        ("", None),
    ],
)
def test_a_cell(cell: str, modality: str | None) -> None:
    assert cell_modality(cell) == modality
