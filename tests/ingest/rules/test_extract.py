import pytest

from ingest.rules.extract import rules_of
from ingest.rules.lexicon import Lexicon
from ingest.rules.model import Rule
from tests.ingest.rules.reading import passage

_Short = tuple[str, tuple[str, ...], tuple[str, ...]]


@pytest.fixture(scope="module")
def lexicon() -> Lexicon:
    return Lexicon.load()


def _short(rule: Rule) -> _Short:
    """Its modality, the concepts that it says and those that it inherits."""
    return (
        rule.modality,
        tuple(part.concept for part in rule.parts),
        tuple(part.concept for part in rule.inherited),
    )


def _of(lexicon: Lexicon, text: str, *section: str) -> list[_Short]:
    return [_short(rule) for rule in rules_of([passage(text, *section)], lexicon)]


def test_a_sentence_is_a_rule_with_its_parts(lexicon: Lexicon) -> None:
    text = "Kun ledere må bruge Copilot til personalesager."
    (rule,) = rules_of([passage(text, "2 Regler")], lexicon)
    assert rule.modality == "kun"
    assert rule.scope == text.rstrip(".")
    assert [(p.concept, p.said) for p in rule.parts] == [
        ("role.leader", "ledere"),
        ("tool.copilot", "Copilot"),
        ("data.employee", "personalesager"),
    ]
    assert (rule.passage, rule.document, rule.number) == ("id", "a.pdf", 0)
    assert rule.context == "Regler"


@pytest.mark.parametrize(
    "text",
    [
        "Kommunen har 2386 licenser.",
        "Må jeg bruge ChatGPT?",
        "Kommunen må aldrig bruge AI til noget af dette:",
    ],
)
def test_what_rules_nothing_is_no_rule(lexicon: Lexicon, text: str) -> None:
    assert _of(lexicon, text, "4.2 Copilot") == []


def test_the_leader_who_is_asked_is_not_who_the_rule_is_for(lexicon: Lexicon) -> None:
    assert _of(lexicon, "Du skal spørge din leder.") == [("påbud", (), ())]


@pytest.mark.parametrize(
    ("heading", "modality"),
    [
        ("Det må du ikke", "forbudt"),
        ("3.1 Det må du ikke", "forbudt"),
        ("Det må du gerne", "tilladt"),
        ("Endnu ikke godkendt", "afventer"),
        ("Det kræver ikke godkendelse", "ikke påbud"),
    ],
)
def test_a_heading_rules_over_its_items(lexicon: Lexicon, heading: str, modality: str) -> None:
    assert _of(lexicon, "• cpr-numre\n• idéer til arrangementer", heading) == [
        (modality, ("data.cpr",), ()),
        (modality, ("activity.ideas",), ()),
    ]


def test_a_heading_of_a_subject_rules_nothing(lexicon: Lexicon) -> None:
    assert _of(lexicon, "• cpr-numre\n• idéer til arrangementer", "2 Hvad må jeg?") == []


def test_a_sentence_under_a_heading_that_forbids_says_itself_what_it_rules(
    lexicon: Lexicon,
) -> None:
    text = "Copilot må bruges til mails."
    assert [m for m, *_ in _of(lexicon, text, "Det må du ikke")] == ["tilladt"]


@pytest.mark.parametrize(
    "text", ["Værktøjet må bruges til interne data.", "Du må bruge det til interne data."]
)
def test_a_heading_names_the_tool(lexicon: Lexicon, text: str) -> None:
    assert _of(lexicon, text, "4.2 Copilot") == [("tilladt", ("data.internal",), ("tool.copilot",))]


def test_the_nearest_heading_that_names_a_tool_counts(lexicon: Lexicon) -> None:
    text = "Det er tilladt at skrive interne data."
    assert _of(lexicon, text, "4 ChatGPT", "4.2 Copilot") == [
        ("tilladt", ("data.internal",), ("tool.copilot",))
    ]
    assert _of(lexicon, text, "4 ChatGPT", "4.2 Data") == [
        ("tilladt", ("data.internal",), ("tool.chatgpt",))
    ]


def test_a_tool_of_its_own_wins_over_the_heading(lexicon: Lexicon) -> None:
    assert _of(lexicon, "ChatGPT må bruges til mails.", "4.2 Copilot") == [
        ("tilladt", ("tool.chatgpt", "activity.mail"), ())
    ]


def test_only_under_a_tool(lexicon: Lexicon) -> None:
    assert _of(lexicon, "Kun til åbne data.", "4.2 Copilot") == [
        ("kun", ("data.public",), ("tool.copilot",))
    ]


def test_an_introduction_rules_over_its_items(lexicon: Lexicon) -> None:
    text = "Du må ikke skrive:\n• cpr-numre\n• helbredsoplysninger"
    rules = rules_of([passage(text, "ChatGPT")], lexicon)
    assert [_short(rule) for rule in rules] == [
        ("forbudt", ("data.cpr",), ("tool.chatgpt",)),
        ("forbudt", ("data.health",), ("tool.chatgpt",)),
    ]
    assert [rule.number for rule in rules] == [1, 2]
    assert {rule.context for rule in rules} == {"Du må ikke skrive: ChatGPT"}


def test_an_introduction_names_the_tool_and_an_item_its_condition(lexicon: Lexicon) -> None:
    text = "Du må bruge Copilot til:\n• udkast til mails\n• referater, når alle har sagt ja"
    mails, minutes = rules_of([passage(text)], lexicon)
    assert _short(mails) == ("tilladt", ("activity.mail",), ("tool.copilot",))
    assert _short(minutes) == ("tilladt", ("activity.minutes",), ("tool.copilot",))
    assert (mails.conditions, minutes.conditions) == ((), ("når alle har sagt ja",))


def test_a_list_of_conditions(lexicon: Lexicon) -> None:
    text = "Du må bruge Copilot, når:\n• du er logget på\n• du har taget kurset"
    (rule,) = rules_of([passage(text)], lexicon)
    assert _short(rule) == ("tilladt", ("tool.copilot",), ())
    assert rule.conditions[-2:] == ("du er logget på", "du har taget kurset")
    assert rule.more == (rule.number + 1,)


def test_a_list_of_what_it_takes(lexicon: Lexicon) -> None:
    text = (
        "Jobcentret må bruge Copilot. Det kræver,\n1. at borgeren har sagt ja\n"
        "2. at du har taget kurset"
    )
    (rule,) = rules_of([passage(text)], lexicon)
    assert rule.conditions == ("borgeren har sagt ja", "du har taget kurset")


def test_the_same_goes_for_another_tool(lexicon: Lexicon) -> None:
    text = "ChatGPT må ikke bruges til personoplysninger. Det samme gælder Gemini."
    assert _of(lexicon, text) == [
        ("forbudt", ("tool.chatgpt", "data.personal"), ()),
        ("forbudt", ("tool.gemini",), ("data.personal",)),
    ]


def test_the_same_goes_on_the_same_conditions(lexicon: Lexicon) -> None:
    text = (
        "Copilot må bruges til åbne data, hvis du er logget på. Det samme gælder DeepL Pro. "
        "Tilladelsen gælder interne data."
    )
    copilot, deepl, internal = rules_of([passage(text)], lexicon)
    assert copilot.conditions == deepl.conditions == ("hvis du er logget på",)
    assert _short(deepl) == ("tilladt", ("tool.deepl-pro",), ("data.public",))
    assert _short(internal) == ("tilladt", ("data.internal",), ("tool.deepl-pro",))
    assert internal.conditions == ()


@pytest.mark.parametrize(
    ("text", "modality", "parts"),
    [
        (
            "Må jeg bruge ChatGPT til breve? Nej, det må du ikke.",
            "forbudt",
            ("tool.chatgpt", "activity.letter"),
        ),
        (
            "Må jeg bruge ChatGPT til breve? Nej. Skriv dem selv.",
            "forbudt",
            ("tool.chatgpt", "activity.letter"),
        ),
        (
            "Må vi optage møder? Ja.",
            "tilladt",
            ("activity.record", "activity.meeting"),
        ),
    ],
)
def test_a_question_answered(
    lexicon: Lexicon, text: str, modality: str, parts: tuple[str, ...]
) -> None:
    answer = rules_of([passage(text)], lexicon)[0]
    assert _short(answer)[:2] == (modality, parts)
    assert answer.number == 1
    assert answer.scope == text.partition("?")[0]


def test_an_answer_adds_what_the_question_leaves_out(lexicon: Lexicon) -> None:
    (rule,) = rules_of([passage("Må vi optage møder? Ja, med Teams.")], lexicon)
    assert rule.concepts("activity") == ("activity.record", "activity.meeting")
    assert rule.concepts("tool") == ("tool.teams",)


@pytest.mark.parametrize(
    "condition",
    [
        "Det er en betingelse, at alle har sagt ja",
        "Det kræver samtykke fra alle",
        "Det forudsætter, at alle har sagt ja",
        "Samtykket skal foreligge på skrift",
    ],
)
def test_a_sentence_of_conditions_goes_with_the_permission_before_it(
    lexicon: Lexicon, condition: str
) -> None:
    text = f"Møder må optages med Teams. {condition}."
    (rule,) = rules_of([passage(text)], lexicon)
    assert rule.modality == "tilladt"
    assert rule.conditions == (condition,)
    assert (rule.number, rule.more) == (0, (1,))


def test_after_a_ban_it_is_a_rule_of_its_own(lexicon: Lexicon) -> None:
    text = "Møder må ikke optages. Det kræver samtykke fra alle."
    assert [m for m, *_ in _of(lexicon, text)] == ["forbudt", "påbud"]


def test_the_exception_to_a_ban_is_permitted(lexicon: Lexicon) -> None:
    text = "ChatGPT må ikke bruges. Eneste undtagelse er idéer til arrangementer."
    assert _of(lexicon, text) == [
        ("forbudt", ("tool.chatgpt",), ()),
        ("tilladt", ("activity.ideas",), ("tool.chatgpt",)),
    ]


def test_but_not_inherits_the_tool(lexicon: Lexicon) -> None:
    assert _of(lexicon, "Du må bruge Copilot, men ikke til interne data.") == [
        ("tilladt", ("tool.copilot",), ()),
        ("forbudt", ("data.internal",), ("tool.copilot",)),
    ]


def test_a_permission_that_but_only_narrows_does_not_stand_alone(lexicon: Lexicon) -> None:
    assert _of(lexicon, "Du må bruge Copilot, men kun til åbne data.") == [
        ("kun", ("data.public",), ("tool.copilot",))
    ]


def test_a_pronoun_takes_the_tool_of_the_sentence_before(lexicon: Lexicon) -> None:
    text = "Du må bruge Copilot til mails. Du må ikke bruge den til afgørelser."
    assert _of(lexicon, text)[1] == ("forbudt", ("activity.decision",), ("tool.copilot",))


def test_nothing_is_taken_over_from_another_section(lexicon: Lexicon) -> None:
    passages = [
        passage("Du må bruge Copilot til mails.", "1 Mails"),
        passage("Du må ikke bruge den til afgørelser.", "2 Afgørelser"),
    ]
    rules = rules_of(passages, lexicon)
    assert _short(rules[1]) == ("forbudt", ("activity.decision",), ())


def test_what_it_is_about_goes_from_the_sentence_into_its_json_and_back(lexicon: Lexicon) -> None:
    text = "Copilot må bruges til åbne data, hvis du er logget på. Det kræver samtykke."
    (rule,) = rules_of([passage(text, "ChatGPT")], lexicon)
    assert Rule.from_json(rule.to_json()) == rule


def test_what_must_not_be_there_is_a_condition(lexicon: Lexicon) -> None:
    (rule,) = rules_of(
        [passage("Du må bruge Copilot til breve uden helbredsoplysninger.")], lexicon
    )
    assert rule.conditions == ("uden helbredsoplysninger",)
    assert not rule.concepts("data")


def test_what_opens_a_case_is_what_it_is_about(lexicon: Lexicon) -> None:
    (rule,) = rules_of([passage("Handler det om helbred, må du kun bruge Copilot.")], lexicon)
    assert rule.conditions == ()
    assert rule.concepts("data") == ("data.health",)


def test_abilities_are_no_leave(lexicon: Lexicon) -> None:
    text = "Copilot skriver udkast, og du kan lægge dokumenter ind."
    assert rules_of([passage(text, "Copilot", "Hvad kan det?")], lexicon) == []


def test_what_is_excepted_without_a_verb(lexicon: Lexicon) -> None:
    text = "Du må ikke bruge AI på din telefon. Undtaget er Copilot Chat."
    ban, leave = rules_of([passage(text)], lexicon)
    assert (ban.modality, leave.modality) == ("forbudt", "tilladt")
    assert leave.concepts("tool") == ("tool.copilot-chat",)


@pytest.mark.parametrize(
    "text",
    [
        "Mødebotter må ingen invitere ind.",
        "Byrådets medlemmer kan ikke få Copilot.",
        "Vikarer får ikke adgang til Copilot.",
        "Cpr-numre skrives ikke i Copilot.",
        "Begrundelsen skriver du selv.",
        "Ingen form for optagelse af samtaler.",
    ],
)
def test_more_ways_of_saying_no(lexicon: Lexicon, text: str) -> None:
    assert [r.modality for r in rules_of([passage(text)], lexicon)] == ["forbudt"]
