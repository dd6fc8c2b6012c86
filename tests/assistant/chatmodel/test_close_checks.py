"""Errors of one word in a sentence that is otherwise the source's; none is from the sample corpus.

Each table has a claim that is kept from the user and one that says the same and is not.
"""

import pytest

from assistant import facts
from assistant.chatmodel.checks import (
    deeds,
    denials,
    limits,
    names,
    omissions,
    opposites,
    polarity,
    reach,
    rows,
)
from assistant.chatmodel.checks.meaning import Meaning
from assistant.chatmodel.checks.verify import Verifier
from assistant.chatmodel.protocol import ModelClaim
from ingest.lexical import Vocabulary
from ingest.passages import Passage

BOAT = "Båden må lejes ud til foreninger, når skipperen har et gyldigt bevis."
TEXT = (
    f"{BOAT} Havnefogeden fører listen over både. Du må ikke fiske fra molen om natten. "
    "Redningsveste, der er beskadiget, skal kasseres straks."
)


@pytest.fixture(scope="module")
def meaning() -> Meaning:
    return Meaning(Vocabulary.of([TEXT]))


@pytest.mark.parametrize(
    ("claim", "sentence", "agrees"),
    [
        ("Fiskeri fra molen er tilladt, selv om der ikke er lys.",
         "Fiskeri fra molen er ikke tilladt, når der ikke er lys.", False),
        ("Båden koster ikke penge, for den er ejet af klubben.",
         "Båden koster penge, for den er ikke ejet af klubben.", False),
        ("Skipperen skal ikke vise bevis, før båden sejler.",
         "Skipperen skal vise bevis, før båden sejler.", False),
        ("Er skibet lejet ud, må du ikke sejle med det.",
         "Du må gerne sejle med skibet, selv om det er lejet ud, men du må ikke svømme fra det.",
         False),
        ("Fiskeri fra molen er forbudt uden lys.",
         "Fiskeri fra molen er ikke tilladt, når der ikke er lys.", True),
        ("Skipperen skal vise sit bevis, inden båden sejler.",
         "Skipperen skal vise bevis, før båden sejler.", True),
        ("Lej ikke båden ud, før du har set beviset.", "Se beviset, før du lejer båden ud.", True),
    ],
)  # fmt: skip
def test_denials(claim: str, sentence: str, agrees: bool, meaning: Meaning) -> None:
    assert (denials.turned(claim, [sentence], (), meaning) == "") == agrees


def test_a_denial_that_stands_near_by(meaning: Meaning) -> None:
    claim = "Den lille båd har ikke motor, så årerne følger med båden."
    source, near = "Årerne følger med båden.", "Den lille båd har ingen motor."
    assert denials.turned(claim, [source], (), meaning)
    assert not denials.turned(claim, [source], (near,), meaning)


@pytest.mark.parametrize(
    ("claim", "agrees"),
    [
        ("Jollen må sejle om vinteren.", False),
        ("Kajakken må ikke sejle om vinteren.", False),
        ("Kajakken må sejle om vinteren.", True),
        ("Jollen må ikke sejle om vinteren.", True),
    ],
)
def test_the_yes_and_no_of_a_row(claim: str, agrees: bool, meaning: Meaning) -> None:
    row = "Sejlads om vinteren: Jolle: Nej; Kajak: Ja"
    assert (denials.answer_turned(claim, [row], meaning) == "") == agrees


def test_the_text_of_a_cell(meaning: Meaning) -> None:
    cells = ["Bølger, strøm og vind kan vælte båden"]
    assert denials.cell_turned("Bølger, strøm og vind kan ikke vælte båden.", cells, meaning)
    assert not denials.cell_turned("Båden kan vælte i bølger, strøm og vind.", cells, meaning)


@pytest.mark.parametrize(
    ("claim", "verb"),
    [
        ("Du kan tømme båden for vand.", "tøm"),
        ("Du bør tømme båden for vand.", "tøm"),
        ("Du skal tømme båden for vand.", ""),
        ("Du må kun sejle, når du har tømt båden.", ""),
    ],
)
def test_what_one_must_do(claim: str, verb: str, meaning: Meaning) -> None:
    sentences = ["Du skal tømme båden for vand og kan derefter sejle."]
    assert deeds.other_force(claim, sentences, denials.clauses, meaning) == verb


@pytest.mark.parametrize(
    ("claim", "sentence", "lost"),
    [
        ("Redningsveste skal kasseres.", "Redningsveste, der er beskadiget, skal kasseres.", True),
        ("Kasser redningsveste, der er beskadiget.",
         "Redningsveste, der er beskadiget, skal kasseres.", False),
        ("Nøglen må lånes ud.", "Nøglen med rødt bånd må lånes ud.", True),
        ("Du skal ringe til havnefogeden.",
         "Er slusen lukket, skal du ringe til havnefogeden.", True),
        ("Så skal du ringe til havnefogeden.",
         "Er slusen lukket, skal du ringe til havnefogeden.", False),
        ("Ring til havnefogeden, når slusen er lukket.",
         "Er slusen lukket, skal du ringe til havnefogeden.", False),
        ("Båden må sejle, hvis skipperen har bevis.",
         "Båden må sejle, hvis skipperen har bevis, og vejret er roligt.", True),
        ("Du må bruge kajakken.", "Du må bruge kajakken til træning.", True),
        ("Kajakken må bruges til træning.", "Du må bruge kajakken til træning.", False),
        ("Du skal tømme tanken, når båden er på land.",
         "Du skal tømme tanken, før båden kommer på land.", True),
        ("Alle skal bære vest.", "Alle, der sejler kajak, skal bære vest.", True),
    ],
)  # fmt: skip
def test_what_narrows(claim: str, sentence: str, lost: bool, meaning: Meaning) -> None:
    assert bool(omissions.unsaid(claim, [sentence], False, meaning)) == lost


def test_the_condition_of_a_row(meaning: Meaning) -> None:
    row = ["Leje af kajak: Må jeg? Ja; Betingelse: Svømmeprøve hos instruktøren"]
    assert rows.condition_unsaid("Du må gerne leje en kajak.", row, meaning)
    assert not rows.condition_unsaid("Du må leje en kajak efter svømmeprøve.", row, meaning)
    assert not rows.condition_unsaid("Du må ikke leje en kano.", row, meaning)


def test_a_condition_with_more_after_it(meaning: Meaning) -> None:
    sentence = ["Skitsen slettes, når kranen er betalt, og senest efter 30 dage."]
    lost, _ = limits.left_out("Skitsen slettes senest efter 30 dage.", sentence, meaning)
    kept, _ = limits.left_out("Er kranen betalt, slettes skitsen.", sentence, meaning)
    assert lost > 0.25 > kept


def test_a_number_in_words_keeps_its_bound() -> None:
    assert limits.loses_bound("Listen læses én gang om året.", ["Listen læses mindst én gang."])
    assert not limits.loses_bound("Mindst én gang læses listen.", ["Listen læses mindst én gang."])


@pytest.mark.parametrize(
    ("claim", "core", "word"),
    [
        ("Alle både skal synes.", "Både over 6 meter skal synes.", "Alle"),
        ("Båden må aldrig sejle.", "Båden må som udgangspunkt ikke sejle.", "som udgangspunkt"),
        ("Alle både skal synes.", "Enhver båd skal synes.", ""),
        ("Båden må normalt ikke sejle.", "Båden må som udgangspunkt ikke sejle.", ""),
    ],
)
def test_how_far_it_holds(claim: str, core: str, word: str) -> None:
    assert reach.overstated(claim, core) == word


def test_only_both_and_at_once() -> None:
    assert reach.narrowed("Kun skipperen får nøglen.", "Skipperen får nøglen.") == "Kun"
    assert not reach.narrowed("Kun skipperen får nøglen.", "Nøglen får ingen andre.")
    assert reach.loosened("Vest eller line.", "Det kræver både vest og line.") == "eller"
    assert not reach.loosened("Vest og line.", "Det kræver både vest og line.")
    assert not reach.loosened("Hverken vest eller line.", "Du skal ikke have vest og line.")
    assert reach.unhurried("Meld skaden.", "Meld skaden straks.") == "straks"
    assert not reach.unhurried("Meld skaden med det samme.", "Meld skaden straks.")


def test_opposites() -> None:
    assert opposites.opposite("Listen gemmes.", "Listen slettes.") == "gemmes"
    assert not opposites.opposite("Listen slettes.", "Listen slettes.")
    assert not opposites.opposite("Listen gemmes og slettes så.", "Listen slettes.")


def test_people_and_tools(meaning: Meaning) -> None:
    core = "Havnekoordinatoren underskriver aftalen, når bådføreren har betalt."
    assert names.swapped("Miljøkoordinatoren underskriver aftalen.", core, meaning)
    assert not names.swapped("Koordinatoren underskriver aftalen.", core, meaning)
    turned = "Når systemejeren har betalt, underskriver borgeren aftalen."
    assert names.misplaced(turned, "Systemejeren underskriver, når borgeren har betalt.", meaning)
    assert not names.misplaced(
        turned, "Borgeren underskriver, når systemejeren har betalt.", meaning
    )
    assert names.swapped("Gemini oversætter skiltet.", "DeepL oversætter skiltet.", meaning)
    assert names.swapped("Sofie må sejle.", "Holger må sejle.", meaning) == ["Sofie"]
    assert not names.swapped("Reglen må læses.", "Holger må sejle.", meaning)


def test_an_address_names_nobody(meaning: Meaning) -> None:
    core = "Spørg systemejeren på havn@kommunen.example."
    assert names.swapped("Spørg kommunen.", core, meaning) == ["kommunen"]
    assert not names.swapped("Spørg systemejeren.", core, meaning)


@pytest.mark.parametrize(
    ("claim", "core", "turned"),
    [
        ("Lederen er vejleder for eleven.", "Eleven er vejleder for lederen.", True),
        ("Lederen skal spørge eleven.", "Eleven skal spørge lederen.", True),
        ("Eleven er vejleder for lederen.", "Eleven er vejleder for lederen.", False),
        ("Lederen spørges af eleven.", "Eleven skal spørge lederen.", False),
        ("Lederen og eleven sejler.", "Eleven og lederen sejler.", False),
    ],
)
def test_who_acts_on_whom(claim: str, core: str, turned: bool) -> None:
    assert bool(names.exchanged(claim, core)) == turned


@pytest.mark.parametrize(
    ("claim", "source", "same"),
    [
        ("Synet er i juni.", "Synet er i januar.", False),
        ("Synet er i marts 2025.", "Synet er den 2. marts 2025.", True),
        ("Senest efter et døgn.", "Senest efter 4 timer.", False),
        ("Senest efter et døgn.", "Senest efter 24 timer.", True),
        ("Meld det næste dag.", "Meld det samme dag.", False),
    ],
)
def test_times(claim: str, source: str, same: bool) -> None:
    assert (facts.missing(claim, source) == []) == same


def test_to_approve_is_no_permission() -> None:
    assert polarity.other_force("Planen kan godkendes.", "Planen skal godkendes.") == "kan"
    assert (
        polarity.other_force("Båden kan sejle.", "Båden er godkendt til fart, men skal syn.") == ""
    )


def test_no_less_than_a_ban() -> None:
    assert polarity.other_force("Du må kun sejle med vest.", "Du bør kun sejle med vest.") == "må"
    assert polarity.other_force("Du bør kun sejle med vest.", "Du bør kun sejle med vest.") == ""


@pytest.mark.parametrize(
    ("quote", "outcome"),
    [
        ("Havnefogeden fører listen over både", "passed"),
        ("Havnefogeden – fører  listen over både.", "passed"),
        ("Havnefogeden fører en liste over både", "replaced"),
    ],
)
def test_an_inexact_quote_shows_the_source(quote: str, outcome: str, meaning: Meaning) -> None:
    passage = Passage("p", "havn.pdf", 1, "1", ("Havn",), TEXT, 0, len(TEXT))
    verifier = Verifier(meaning, {"havn.pdf": "Havnen"})
    claim = ModelClaim("Listen over både føres af havnefogeden.", (1,), quote)
    found = verifier.check(claim, [passage])
    assert found.outcome == outcome
    if outcome == "replaced":
        assert found.text == "Havnefogeden fører listen over både."
