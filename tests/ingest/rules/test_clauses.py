import pytest

from ingest.rules.clauses import clauses_of, fragment

_Rules = list[tuple[str | None, str]]


def _of(sentence: str) -> _Rules:
    return [(clause.modality, clause.text) for clause in clauses_of(sentence)]


@pytest.mark.parametrize(
    ("sentence", "modality", "scope", "condition"),
    [
        (
            "Du må bruge Copilot, hvis din leder har godkendt det.",
            "tilladt",
            "Du må bruge Copilot",
            "hvis din leder har godkendt det",
        ),
        (
            "Hvis din leder har godkendt det, må du bruge Copilot.",
            "tilladt",
            "må du bruge Copilot",
            "Hvis din leder har godkendt det",
        ),
        (
            "Har din leder godkendt det, må du bruge Copilot.",
            "tilladt",
            "må du bruge Copilot",
            "Har din leder godkendt det",
        ),
        (
            "Med din leders godkendelse må du bruge Copilot.",
            "tilladt",
            "må du bruge Copilot",
            "Med din leders godkendelse",
        ),
        (
            "Du må bruge Copilot efter aftale med din leder.",
            "tilladt",
            "Du må bruge Copilot",
            "efter aftale med din leder",
        ),
        (
            "Du må bruge Copilot så længe du er logget på.",
            "tilladt",
            "Du må bruge Copilot",
            "så længe du er logget på",
        ),
        (
            "Du må bruge Copilot, når du er logget på, og du har taget kurset.",
            "tilladt",
            "Du må bruge Copilot",
            "når du er logget på, og du har taget kurset",
        ),
        (
            "Møder må optages, forudsat at alle har sagt ja.",
            "tilladt",
            "Møder må optages",
            "forudsat at alle har sagt ja",
        ),
        (
            "Du må kun bruge Copilot, når du er logget på.",
            "kun",
            "Du må kun bruge Copilot",
            "når du er logget på",
        ),
        (
            "Først når alle har sagt ja, må mødet optages.",
            "kun",
            "må mødet optages",
            "Først når alle har sagt ja",
        ),
        (
            "Du må ikke optage uden samtykke.",
            "forbudt",
            "Du må ikke optage",
            "uden samtykke",
        ),
        (
            "Uden samtykke må du ikke optage.",
            "forbudt",
            "må du ikke optage",
            "Uden samtykke",
        ),
        (
            "Når mødet er slut, skal optagelsen slettes.",
            "påbud",
            "skal optagelsen slettes",
            "Når mødet er slut",
        ),
        (
            "Hvis du er i tvivl, så spørg din leder.",
            "påbud",
            "så spørg din leder",
            "Hvis du er i tvivl",
        ),
        (
            "Brugen kræver samtykke fra borgeren.",
            "påbud",
            "Brugen kræver samtykke fra borgeren",
            "samtykke fra borgeren",
        ),
    ],
)
def test_a_condition_before_or_after(
    sentence: str, modality: str, scope: str, condition: str
) -> None:
    (clause,) = clauses_of(sentence)
    assert (clause.modality, clause.text) == (modality, scope)
    assert clause.conditions == [condition]
    assert clause.exceptions == []


@pytest.mark.parametrize(
    ("sentence", "modality", "scope", "exception"),
    [
        (
            "Du må ikke bruge ChatGPT, medmindre din leder har godkendt det.",
            "forbudt",
            "Du må ikke bruge ChatGPT",
            "medmindre din leder har godkendt det",
        ),
        (
            "Medmindre din leder har godkendt det, må du ikke bruge ChatGPT.",
            "forbudt",
            "må du ikke bruge ChatGPT",
            "Medmindre din leder har godkendt det",
        ),
        (
            "Personoplysninger må ikke indtastes, med undtagelse af navne på kolleger.",
            "forbudt",
            "Personoplysninger må ikke indtastes",
            "med undtagelse af navne på kolleger",
        ),
        (
            "Alle må bruge Copilot bortset fra elever.",
            "tilladt",
            "Alle må bruge Copilot",
            "bortset fra elever",
        ),
        (
            "Du må bruge Copilot, undtagen til interne data.",
            "tilladt",
            "Du må bruge Copilot",
            "undtagen til interne data",
        ),
        (
            "Du må bruge Copilot, dog ikke til cpr-numre.",
            "tilladt",
            "Du må bruge Copilot",
            "dog ikke til cpr-numre",
        ),
    ],
)
def test_an_exception_before_or_after(
    sentence: str, modality: str, scope: str, exception: str
) -> None:
    clause, *_ = clauses_of(sentence)
    assert (clause.modality, clause.text) == (modality, scope)
    assert clause.exceptions == [exception]
    assert clause.conditions == []


@pytest.mark.parametrize(
    ("sentence", "second"),
    [
        ("Du må bruge Copilot, men ikke til interne data.", "forbudt"),
        ("Du må bruge Copilot men ikke til interne data.", "forbudt"),
        ("Du må bruge Copilot, men aldrig til interne data.", "forbudt"),
        ("Du må bruge Copilot, men kun til åbne data.", "kun"),
    ],
)
def test_but_not_and_but_only_lean_on_the_verb_before(sentence: str, second: str) -> None:
    may, but = clauses_of(sentence)
    assert (may.modality, may.text, may.elliptic) == ("tilladt", "Du må bruge Copilot", False)
    assert (but.modality, but.elliptic) == (second, True)


def test_but_not_for_anything_else_limits_what_is_permitted() -> None:
    sentence = "Du må bruge Copilot til udkast, men ikke til andet."
    assert _of(sentence) == [("kun", "Du må bruge Copilot til udkast")]


def test_a_condition_belongs_to_the_clause_before_it() -> None:
    may, but = clauses_of("Du må bruge Copilot, når du er logget på, men ikke til afgørelser.")
    assert (may.modality, may.conditions) == ("tilladt", ["når du er logget på"])
    assert (but.modality, but.text, but.conditions) == ("forbudt", "men ikke til afgørelser", [])


@pytest.mark.parametrize(
    ("sentence", "rules"),
    [
        (
            "Du må bruge Copilot til udkast, men du må ikke skrive navne.",
            [
                ("tilladt", "Du må bruge Copilot til udkast"),
                ("forbudt", "men du må ikke skrive navne"),
            ],
        ),
        (
            "Du må bruge Copilot; du skal læse svaret igennem.",
            [("tilladt", "Du må bruge Copilot"), ("påbud", "du skal læse svaret igennem")],
        ),
        (
            "Copilot er godkendt, mens ChatGPT er forbudt.",
            [("tilladt", "Copilot er godkendt"), ("forbudt", "mens ChatGPT er forbudt")],
        ),
        (
            "Du må bruge DeepL Pro til breve og skal læse oversættelsen igennem.",
            [
                ("tilladt", "Du må bruge DeepL Pro til breve"),
                ("påbud", "og skal læse oversættelsen igennem"),
            ],
        ),
    ],
)
def test_two_clauses_rule_each_its_own(sentence: str, rules: _Rules) -> None:
    assert _of(sentence) == rules


@pytest.mark.parametrize(
    ("sentence", "modality", "scope"),
    [
        (
            "Du må ikke skrive navne i ChatGPT, heller ikke hvis borgeren siger ja.",
            "forbudt",
            "Du må ikke skrive navne i ChatGPT",
        ),
        (
            "Du må ikke skrive navne, selv om borgeren siger ja.",
            "forbudt",
            "Du må ikke skrive navne",
        ),
        ("Du må bruge Copilot, uanset hvor du arbejder.", "tilladt", "Du må bruge Copilot"),
    ],
)
def test_a_concession_is_neither_condition_nor_exception(
    sentence: str, modality: str, scope: str
) -> None:
    (clause,) = clauses_of(sentence)
    assert (clause.modality, clause.text) == (modality, scope)
    assert clause.conditions == clause.exceptions == []


@pytest.mark.parametrize(
    "sentence",
    [
        "I ChatGPT må navne, adresser og telefonnumre ikke indtastes.",
        "Der må navne, cpr-numre og helbredsoplysninger ikke stå.",
        "I Copilot må cpr-numre, navne og adresser aldrig skrives.",
    ],
)
def test_a_list_between_the_verb_and_its_negation(sentence: str) -> None:
    (clause,) = clauses_of(sentence)
    assert clause.modality == "forbudt"


def test_a_list_after_the_verb_stays_whole() -> None:
    sentence = "Copilot må bruges i Word, Excel og Teams."
    assert _of(sentence) == [("tilladt", "Copilot må bruges i Word, Excel og Teams")]


def test_what_a_permission_requires_is_its_condition() -> None:
    (clause,) = clauses_of("Copilot er godkendt, men det kræver, at du er logget på.")
    assert clause.modality == "tilladt"
    assert "at du er logget på" in clause.conditions


def test_brackets_are_not_taken_apart() -> None:
    (clause,) = clauses_of("Du må bruge Copilot (også når du er hjemme).")
    assert clause.text == "Du må bruge Copilot (også når du er hjemme)"
    assert clause.conditions == []


def test_a_duty_to_do_without_ai_is_a_ban() -> None:
    assert [m for m, _ in _of("Afgørelser skal skrives uden brug af AI.")] == ["forbudt"]


def test_a_sentence_that_rules_nothing_has_no_clauses() -> None:
    assert clauses_of("Kommunen har mange licenser.") == []


@pytest.mark.parametrize(
    ("text", "scope", "conditions", "exceptions"),
    [
        ("Referater", "Referater", [], []),
        ("Referater, når alle har sagt ja.", "Referater", ["når alle har sagt ja"], []),
        ("Breve, medmindre chefen siger ja", "Breve", [], ["medmindre chefen siger ja"]),
        ("Breve, mails og referater", "Breve, mails og referater", [], []),
    ],
)
def test_a_fragment_takes_its_modality_from_outside(
    text: str, scope: str, conditions: list[str], exceptions: list[str]
) -> None:
    clause = fragment(text, "tilladt")
    assert (clause.modality, clause.text) == ("tilladt", scope)
    assert (clause.conditions, clause.exceptions) == (conditions, exceptions)


@pytest.mark.parametrize(
    ("sentence", "modality", "conditions"),
    [
        (
            "Kode må skrives med Copilot, men koden skal gennemses, før den tages i brug.",
            "tilladt",
            ["koden skal gennemses, før den tages i brug"],
        ),
        (
            "Scripts må skrives med Claude, men de prøves på en kopi.",
            "tilladt",
            ["de prøves på en kopi"],
        ),
        ("Elever må bruge Madro sammen med en faglært.", "tilladt", ["sammen med en faglært"]),
        (
            "Vikarer må bruge Notat efter en times oplæring.",
            "tilladt",
            ["efter en times oplæring"],
        ),
        ("Samtaler optages først, når borgeren har sagt ja.", "kun", ["når borgeren har sagt ja"]),
        (
            "HR-juristen kan undtage et forløb.",
            "tilladt",
            ["HR-juristen kan undtage et forløb"],
        ),
    ],
)
def test_what_comes_with_a_permission_is_its_condition(
    sentence: str, modality: str, conditions: list[str]
) -> None:
    clause, *_ = clauses_of(sentence.rstrip("."))
    assert (clause.modality, clause.conditions) == (modality, conditions)


@pytest.mark.parametrize(
    ("sentence", "left_out"),
    [
        ("Taler kan skrives med Claude, dog ikke mindetaler", "dog ikke mindetaler"),
        ("Alle må bruge Copilot bortset fra elever", "bortset fra elever"),
    ],
)
def test_what_a_permission_leaves_out_is_forbidden(sentence: str, left_out: str) -> None:
    leave, ban = clauses_of(sentence)
    assert (leave.modality, ban.modality, ban.text) == ("tilladt", "forbudt", left_out)
    assert ban.elliptic


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("Data fra rigtige borgere skal ikke bruges til test", "forbudt"),
        ("Breve, som du selv har læst, skal ikke mærkes", "ikke påbud"),
        ("Du skal ikke spørge nogen om lov", "ikke påbud"),
        ("Tjenester, der kræver betaling, må ikke tegnes", "forbudt"),
        ("AI må ikke udpege, hvem der skal tage en ekstra vagt", "forbudt"),
        ("Noter fra en samtale må ikke skrives ind i chatten", "forbudt"),
        ("I lukkede systemer skal udvidelsen være slået fra", "forbudt"),
        ("Karakterer skal gives uden inddragelse af AI", "forbudt"),
        ("Lønforhandlinger forbereder de uden AI", "forbudt"),
        ("Diagnoser foreslås ikke af AI", "forbudt"),
        ("Gratis prøveperioder er omfattet af samme forbud", "forbudt"),
        ("Ingen agent må have skriveadgang", "forbudt"),
        ("Stemmen må være kunstig", "tilladt"),
        ("Tekniske servicemedarbejdere kan fotografere fejl", "tilladt"),
        ("Oversættelse klares i DeepL uden videre", "tilladt"),
        ("Lister godkendes af lederen, før de sendes", "påbud"),
    ],
)
def test_what_is_ruled_in_other_words(sentence: str, modality: str) -> None:
    assert {c.modality for c in clauses_of(sentence)} == {modality}


@pytest.mark.parametrize(
    "sentence",
    [
        "Det må være nok for i dag",
        "AI kan skrive tekster, der ligner et menneskes",
        "Juristen afgør, om brugen er forbudt",
    ],
)
def test_what_only_sounds_like_a_norm_rules_nothing(sentence: str) -> None:
    assert [c for c in clauses_of(sentence) if c.modality in ("tilladt", "forbudt")] == []


@pytest.mark.parametrize(
    ("sentence", "conditions", "bans"),
    [
        (
            "Du må bruge Copilot, hvis chefen er enig, og du ikke skriver navne.",
            ["hvis chefen er enig, og du ikke skriver navne"],
            [],
        ),
        (
            "Du må bruge Copilot, hvis chefen er enig, og du må ikke skrive navne.",
            ["hvis chefen er enig"],
            ["og du må ikke skrive navne"],
        ),
        (
            "Du må bruge Copilot, når du er logget på, og Gemini ikke til noget.",
            ["når du er logget på"],
            ["og Gemini ikke til noget"],
        ),
    ],
)
def test_a_condition_goes_on_with_its_verb_after_the_negation(
    sentence: str, conditions: list[str], bans: list[str]
) -> None:
    leave, *rest = clauses_of(sentence)
    assert (leave.modality, leave.conditions) == ("tilladt", conditions)
    assert [(c.text, c.modality) for c in rest] == [(ban, "forbudt") for ban in bans]
