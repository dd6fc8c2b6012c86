import pytest

from ingest.rules.extract import rules_of
from ingest.rules.lexicon import Lexicon
from ingest.rules.model import Rule
from ingest.rules.rows import cells_of
from tests.ingest.rules.reading import table


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def _concepts(rule: Rule) -> list[str]:
    return [part.concept for part in rule.parts]


def test_a_row_taken_apart() -> None:
    label, cells = cells_of("DeepL Pro: Offentligt: Ja; Internt: Efter aftale, se punkt 4")
    assert label == "DeepL Pro"
    assert cells == [("Offentligt", "Ja"), ("Internt", "Efter aftale, se punkt 4")]


def test_tools_in_rows_and_data_in_columns(lexicon: Lexicon) -> None:
    row = "DeepL Pro: Åbne data: Ja; Interne data: Efter aftale; Fortrolige data: Nej"
    rules = rules_of([table(row)], lexicon)
    assert [(r.modality, _concepts(r), r.column, r.cell) for r in rules] == [
        ("tilladt", ["tool.deepl-pro", "data.public"], "Åbne data", "Ja"),
        ("tilladt", ["tool.deepl-pro", "data.internal"], "Interne data", "Efter aftale"),
        ("forbudt", ["tool.deepl-pro", "data.confidential"], "Fortrolige data", "Nej"),
    ]
    assert [r.conditions for r in rules] == [(), ("Efter aftale",), ()]
    assert {r.scope for r in rules} == {"DeepL Pro"}


def test_data_in_rows_and_tools_in_columns(lexicon: Lexicon) -> None:
    rules = rules_of([table("Referat: ChatGPT: Nej; Copilot: Ja; DeepL: Kun udkast")], lexicon)
    assert [(r.modality, _concepts(r), r.conditions) for r in rules] == [
        ("forbudt", ["activity.minutes", "tool.chatgpt"], ()),
        ("tilladt", ["activity.minutes", "tool.copilot"], ()),
        ("tilladt", ["activity.minutes", "tool.deepl"], ("Kun udkast",)),
    ]


def test_every_row_is_a_sentence_with_rules_of_its_own(lexicon: Lexicon) -> None:
    rows = "Copilot: Åbne data: ✔; Følsomme oplysninger: ✗\nChatGPT: Åbne data: ✔; Cpr-numre: ✗"
    rules = rules_of([table(rows)], lexicon)
    assert [(r.number, r.scope, r.modality) for r in rules] == [
        (0, "Copilot", "tilladt"),
        (0, "Copilot", "forbudt"),
        (1, "ChatGPT", "tilladt"),
        (1, "ChatGPT", "forbudt"),
    ]


@pytest.mark.parametrize(
    ("cell", "modality", "conditions", "exceptions"),
    [
        ("Ja", "tilladt", (), ()),
        ("Ja, når navne er fjernet", "tilladt", ("når navne er fjernet",), ()),
        ("Kun efter aftale", "tilladt", ("Kun efter aftale",), ()),
        ("Hvis borgeren har sagt ja", "tilladt", ("Hvis borgeren har sagt ja",), ()),
        ("Nej", "forbudt", (), ()),
        ("–", "forbudt", (), ()),
        ("Nej, medmindre DPO har sagt ja", "forbudt", (), ("medmindre DPO har sagt ja",)),
        ("Endnu ikke", "afventer", (), ()),
    ],
)
def test_a_cell_under_a_kind_of_data(
    lexicon: Lexicon,
    cell: str,
    modality: str,
    conditions: tuple[str, ...],
    exceptions: tuple[str, ...],
) -> None:
    (rule,) = rules_of([table(f"Copilot: Personoplysninger: {cell}")], lexicon)
    assert (rule.modality, rule.conditions, rule.exceptions) == (modality, conditions, exceptions)
    assert _concepts(rule) == ["tool.copilot", "data.personal"]


@pytest.mark.parametrize(
    "row",
    [
        "Copilot: Pris: 14 kr.",
        "Copilot: Ansvarlig: It-afdelingen",
        "Copilot: Bemærkning: Nej",
        "Copilot: Udløber: –",
    ],
)
def test_a_cell_that_rules_nothing(lexicon: Lexicon, row: str) -> None:
    assert rules_of([table(row)], lexicon) == []


def test_a_column_of_conditions_goes_for_what_the_row_permits(lexicon: Lexicon) -> None:
    row = "Copilot: Åbne data: Ja; Cpr-numre: Nej; Betingelser: Du er logget på"
    may, not_ = rules_of([table(row)], lexicon)
    assert (may.modality, may.conditions) == ("tilladt", ("Du er logget på",))
    assert (not_.modality, not_.conditions) == ("forbudt", ())


def test_a_column_of_no_conditions_adds_none(lexicon: Lexicon) -> None:
    (rule,) = rules_of([table("Copilot: Åbne data: Ja; Betingelser: Ingen")], lexicon)
    assert rule.conditions == ()


@pytest.mark.parametrize(
    ("head", "cell", "modality", "scope"),
    [
        ("Skal det mærkes?", "Ja", "påbud", "Afgørelser"),
        ("Skal slettes", "Nej", "ikke påbud", "Afgørelser"),
        ("Samtykke?", "Ja", "påbud", "Afgørelser"),
        ("Må AI bruges?", "Nej", "forbudt", "Afgørelser"),
    ],
)
def test_a_column_of_duties(
    lexicon: Lexicon, head: str, cell: str, modality: str, scope: str
) -> None:
    (rule,) = rules_of([table(f"Afgørelser: {head}: {cell}")], lexicon)
    assert (rule.modality, rule.scope, rule.column) == (modality, scope, head)
    assert "activity.decision" in _concepts(rule)


@pytest.mark.parametrize(
    ("head", "cell", "modality", "concept"),
    [
        ("Må gerne bruges til", "Idéer og udkast", "tilladt", "activity.ideas"),
        ("Kan bruges til", "Breve til borgere", "tilladt", "activity.letter"),
        ("Må ikke bruges til", "Breve til borgere", "forbudt", "activity.letter"),
    ],
)
def test_a_column_that_says_what_it_may_be_used_for(
    lexicon: Lexicon, head: str, cell: str, modality: str, concept: str
) -> None:
    (rule,) = rules_of([table(f"ChatGPT: {head}: {cell}")], lexicon)
    assert (rule.modality, _concepts(rule)) == (modality, ["tool.chatgpt", concept])
    assert (rule.column, rule.cell) == (head, cell)


def test_such_a_column_with_a_condition_and_an_exception(lexicon: Lexicon) -> None:
    row = (
        "ChatGPT: Må gerne bruges til: Idéer, når navne er fjernet; "
        "Må ikke bruges til: Afgørelser, medmindre chefen har sagt ja"
    )
    may, not_ = rules_of([table(row)], lexicon)
    assert (may.modality, may.conditions) == ("tilladt", ("når navne er fjernet",))
    assert (not_.modality, not_.exceptions) == ("forbudt", ("medmindre chefen har sagt ja",))


def test_the_heading_names_the_tool_of_a_table_of_data(lexicon: Lexicon) -> None:
    (rule,) = rules_of([table("Åbne data: Tilladt: Ja", "4.2 Copilot")], lexicon)
    assert _concepts(rule) == ["data.public"]
    assert [part.concept for part in rule.inherited] == ["tool.copilot"]
    assert rule.concepts("tool") == ("tool.copilot",)


def test_a_tool_in_the_row_wins_over_the_heading(lexicon: Lexicon) -> None:
    (rule,) = rules_of([table("ChatGPT: Åbne data: Ja", "4.2 Copilot")], lexicon)
    assert rule.concepts("tool") == ("tool.chatgpt",)


def test_a_column_headed_by_a_question(lexicon: Lexicon) -> None:
    label, cells = cells_of("Udkast til brev: Må du? Ja, som udkast; Sådan: Uden navne")
    assert (label, cells) == (
        "Udkast til brev",
        [("Må du?", "Ja, som udkast"), ("Sådan", "Uden navne")],
    )


def test_a_table_of_tasks_told_in_words(lexicon: Lexicon) -> None:
    row = (
        "Partshøring: Må: Udkast i Copilot, når navnet er fjernet; "
        "Må ikke: AI må ikke sætte fristen. Ikke når barnet er under 15 år"
    )
    may, not_, case = rules_of([table(row)], lexicon)
    assert (may.modality, may.scope) == ("tilladt", "Partshøring: Udkast i Copilot")
    assert may.conditions == ("når navnet er fjernet",)
    assert (not_.modality, not_.scope) == ("forbudt", "Partshøring: AI må ikke sætte fristen")
    assert (case.modality, case.conditions) == ("forbudt", ("når barnet er under 15 år",))
    assert all(rule.is_of_task for rule in (may, not_))


def test_a_table_of_tools_told_in_words(lexicon: Lexicon) -> None:
    row = (
        "Copilot: Hvem: Ledere med licens; Det må du lægge ind: Offentlige og interne oplysninger; "
        "Det må du ikke: Helbredsoplysninger. Alt andet"
    )
    may, not_ = rules_of([table(row)], lexicon)
    assert (may.modality, _concepts(may)) == (
        "kun",
        ["tool.copilot", "data.public", "data.internal"],
    )
    assert may.conditions == ("Ledere med licens",)
    assert (not_.modality, _concepts(not_)) == ("forbudt", ["tool.copilot", "data.health"])


@pytest.mark.parametrize("whom", ["Alle", "Alle ansatte", "Hele kommunen"])
def test_a_tool_for_everybody_is_on_no_condition(lexicon: Lexicon, whom: str) -> None:
    (rule,) = rules_of([table(f"Copilot: Hvem: {whom}; Oplysninger: Interne data")], lexicon)
    assert rule.conditions == ()


def test_a_column_of_what_may_be_put_in_that_says_none(lexicon: Lexicon) -> None:
    (rule,) = rules_of(
        [table("Copilot: Brugere: Alle; Oplysninger: Ingen personoplysninger")], lexicon
    )
    assert (rule.modality, _concepts(rule)) == ("forbudt", ["tool.copilot", "data.personal"])


def test_a_column_of_tasks_beside_a_place_or_a_number(lexicon: Lexicon) -> None:
    in_kitchen = "Køkken: Opgave: Omregne opskrifter; Tilladt? Ja; Betingelse: Ingen"
    (rule,) = rules_of([table(in_kitchen)], lexicon)
    assert (rule.modality, rule.scope, rule.conditions) == (
        "tilladt",
        "Køkken: Omregne opskrifter",
        (),
    )
    numbered = "2: Opgave: Dagsordenpunkt; Status: Vilkår; Bemærkning: Når chefen har læst det"
    (rule,) = rules_of([table(numbered)], lexicon)
    assert (rule.modality, rule.scope, rule.conditions) == (
        "tilladt",
        "Dagsordenpunkt",
        ("Når chefen har læst det",),
    )


@pytest.mark.parametrize("bare", ["På vilkår", "Vilkår", "Krav", "På betingelse"])
def test_a_cell_that_only_points_to_the_conditions(lexicon: Lexicon, bare: str) -> None:
    row = f"Udkast til afslag: Må man? {bare}; Betingelse: En jurist læser udkastet"
    (rule,) = rules_of([table(row)], lexicon)
    assert (rule.modality, rule.conditions) == ("tilladt", ("En jurist læser udkastet",))


def test_a_remark_that_names_the_tool_is_no_condition(lexicon: Lexicon) -> None:
    (rule,) = rules_of([table("Aktindsigt: Må AI? Ja; Sådan: I Copilot Chat")], lexicon)
    assert (rule.modality, rule.conditions) == ("tilladt", ())
    assert "tool.copilot-chat" in _concepts(rule)
