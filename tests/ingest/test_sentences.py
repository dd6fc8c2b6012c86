from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.sentences import sentence_spans, sentences


@pytest.mark.parametrize(
    "text",
    [
        "Du må fx. ikke dele den.",
        "Brug f.eks. Copilot Chat til referater.",
        "Se bl.a. Jura og Udbud.",
        "Det koster ca. 500 kr. pr. bruger.",
        "Det gælder jf. § 7, stk. 2, nr. 3 i loven.",
        "Efter art. 6 kan kommunen behandle data.",
        "Mødet er den 3. marts 2026.",
        "Mødet er den 14. Januar.",
        "Kontakt dr. Hansen om det.",
        "Priser ekskl. Moms står i bilaget.",
        "Henv. til A. P. Møller om det.",
        "Aftalen ml. KL og kommunen gælder.",
        "Gælder t.o.m. Juli.",
        "Kommunen har 1.250 ansatte og 3,5 mio. kr. til AI.",
        "Brug version 2.1 af chat.kommunen.dk nu.",
        "Det kaldes AI (dvs. Kunstig intelligens) her.",
        "Ring på lokal 4000 kl. 7.30–15.30 på hverdage.",
        "Er det tilladt? spørger mange.",
    ],
)
def test_one_sentence(text: str) -> None:
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "parts",
    [
        ("Du må ikke.", "Spørg din leder."),
        ("Må jeg det?", "Ja!", "Spørg først."),
        ("Det gælder mails, noter osv.", "Det gælder ikke journaler."),
        ("Det koster 500 kr.", "Du skal spørge."),
        ("Politikken er fra 2026.", "Den gælder nu."),
        ("»Du må ikke.«", "Sådan står der."),
        ("Hun sagde: »Nej!«", "Så var det afgjort."),
        ("Det er slut …", "Nu begynder det."),
        ("Se bilag 2.", "Det viser tallene."),
        ("Første linje\n", "Anden linje\n", "Tredje"),
        ("• punkt et\n", "• punkt to"),
        ("Han skrev (se side 4).", "Hun læste."),
        ("Har du Copilot?", "• Så må du godt."),
    ],
)
def test_several_sentences(parts: tuple[str, ...]) -> None:
    assert sentences(" ".join(parts)) == [part.strip() for part in parts]


@pytest.mark.parametrize("text", ["", " ", "\n\n"])
def test_no_sentence(text: str) -> None:
    assert sentences(text) == []


_TEXTS = st.text(st.sampled_from("aBæÅ1 .!?…\n»«\"')(,:;–•"), max_size=80)


@given(_TEXTS | st.text(max_size=80))
def test_spans_are_in_order_apart_and_hold_everything_but_space(text: str) -> None:
    spans = sentence_spans(text)
    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(a_end <= b_start for (_, a_end), (b_start, _) in pairwise(spans))
    inside = set().union(*(range(start, end) for start, end in spans)) if spans else set()
    assert all(text[at].isspace() for at in range(len(text)) if at not in inside)
    assert all(not text[a].isspace() and not text[b - 1].isspace() for a, b in spans)


@given(_TEXTS)
def test_no_sentence_runs_over_a_line_break(text: str) -> None:
    assert all("\n" not in sentence for sentence in sentences(text))
