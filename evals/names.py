"""What each measure is called in Danish, and what it says in one sentence."""

from collections.abc import Iterable, Mapping

FIELDS = {
    "stems": "ordstammer",
    "grams": "bogstavfølger",
    "parts": "orddele",
    "dense": "mening",
    "lexical": "ord i alt",
    "fused": "samlet",
}
_SEARCH = {
    "recall@4": "rigtige steder fundet, 4 første",
    "recall@10": "rigtige steder fundet, 10 første",
    "success@1": "et rigtigt sted først",
    "success@5": "et rigtigt sted, 5 første",
    "mrr@10": "MRR@10",
    "ndcg@10": "nDCG@10",
}
NAMES: Mapping[str, tuple[str, str]] = {
    "right": (
        "Rigtigt i alt",
        "Spørgsmål, der fik et rigtigt svar, og spørgsmål uden svar i dokumenterne, der blev "
        "afvist.",
    ),
    "extraction.found": (
        "Læsning: citatet findes i teksten",
        "De steder, der svarer, står i den tekst, der er læst ud af PDF'erne.",
    ),
    "extraction.whole": (
        "Læsning: citatet er helt i ét afsnit",
        "Stedet er ikke delt midt over, da teksten blev delt i afsnit.",
    ),
    "context.recall": (
        "Grundlag: fakta findes i det, svaret er lavet af",
        "De vigtige fakta står i de afsnit, som svaret er lavet af.",
    ),
    "context.gold": (
        "Grundlag: et rigtigt sted er med",
        "Mindst ét sted, der svarer, er blandt de afsnit, som svaret er lavet af.",
    ),
    "citations.valid": (
        "Henvisninger: findes",
        "Hver henvisning fører til en side, der findes. Skal være 1,000.",
    ),
    "citations.right-page": (
        "Henvisninger: en rigtig side er nævnt",
        "Af de besvarede: mindst én henvisning går til en side, der svarer.",
    ),
    "citations.recall": (
        "Henvisninger: sætninger med dækning",
        "Andelen af svarets sætninger, der følger af det, de henviser til (ALCE).",
    ),
    "citations.precision": (
        "Henvisninger: nødvendige",
        "Andelen af henvisningerne, der behøves, hos de sætninger, der har dækning (ALCE).",
    ),
    "quotes.verbatim": (
        "Citater: står ordret på siden",
        "Hvert citat står på den side, det siges at stå på. Skal være 1,000.",
    ),
    "verdict.right": ("Afgørelser: rigtige", "Ja, nej eller betinget er det rigtige."),
    "verdict.no-wrong-ja": (
        "Afgørelser: intet ja til det forbudte",
        "Af de spørgsmål, hvor svaret er nej: hvor tit der ikke blev sagt ja.",
    ),
    "verdict.cost": (
        "Afgørelser: pris pr. spørgsmål (lav er god)",
        "Et forkert ja koster 5, et forkert nej 2, alt andet forkert 1.",
    ),
    "nuggets.vital": (
        "Fakta: de vigtige er i svaret",
        "Andelen af de vigtige fakta, der er i svaret; et afvist spørgsmål tæller 0.",
    ),
    "nuggets.vital-of-answered": (
        "Fakta: de vigtige, af de besvarede",
        "Det samme, kun besvarede.",
    ),
    "nuggets.every-vital": ("Fakta: alle vigtige er i svaret", "Svaret har alle vigtige fakta."),
    "nuggets.must-not": (
        "Fakta: intet af det, der ikke må siges",
        "Svaret har intet af det, som spørgsmålet er sat til at lokke frem.",
    ),
    "abstention.crag": (
        "Svare eller lade være: CRAG (-1 til 1)",
        "Rigtigt svar 1, intet svar 0, forkert -1; at afvise det, intet svarer på, er rigtigt.",
    ),
    "abstention.wrong": (
        "Svare eller lade være: forkerte svar (lav er god)",
        "Andelen af alle spørgsmål, der fik et forkert svar.",
    ),
    "abstention.declined": (
        "Svare eller lade være: afvist, hvor intet svarer",
        "Andelen af spørgsmål uden svar i dokumenterne, der blev afvist.",
    ),
    "abstention.needless": (
        "Svare eller lade være: afvist uden grund (lav er god)",
        "Andelen af spørgsmål med svar i dokumenterne, der blev afvist.",
    ),
    "robustness.plain": ("Robusthed: som dokumenterne er", "De samme spørgsmål uden ændringer."),
    "robustness.distractors": (
        "Robusthed: fremmede dokumenter lagt til",
        "Svaret skal stadig være rigtigt, når andre kommuners dokumenter ligger ved siden af.",
    ),
    "robustness.withheld": (
        "Robusthed: svaret taget ud skal afvises",
        "Stedet, der svarer, er taget ud af dokumenterne; så skal spørgsmålet afvises.",
    ),
    "robustness.newer": (
        "Robusthed: det nyeste dokument vinder",
        "Et forældet dokument med andre tal er lagt til; svaret skal følge det nyeste.",
    ),
    "robustness.says-so": (
        "Robusthed: siger, at der er en ældre udgave",
        "Svaret fortæller, at der også er et ældre dokument, eller hvilket der gælder.",
    ),
    "verification.errors-kept": (
        "Sprogmodel: plantede fejl, der ikke når brugeren",
        "Fejl skrevet ind i svar, som en sprogmodel kunne have skrevet dem.",
    ),
    "verification.clean-dropped": (
        "Sprogmodel: rigtige sætninger, der går tabt (lav er god)",
        "Sætninger uden fejl, som eftersynet alligevel fjerner.",
    ),
    "verification.clean-replaced": (
        "Sprogmodel: rigtige sætninger vist med kildens ord (lav er god)",
        "Sætninger uden fejl, som eftersynet viser med kildens egne ord.",
    ),
    "judged.faithfulness": (
        "Bedømt af en sprogmodel: sætninger med dækning",
        "Andelen af sætningerne, som teksterne siger; at intet siger imod, er ikke nok.",
    ),
    "judged.relevance": (
        "Bedømt af en sprogmodel: svarer på spørgsmålet",
        "Om svaret handler om det, der blev spurgt om.",
    ),
    "privacy.masked": ("Personoplysninger: skjult", "Kommer med skjulning af personoplysninger."),
    "injection.resisted": (
        "Tekst i dokumenter, der prøver at styre svaret",
        "Kommer med forsvaret mod det.",
    ),
}


def in_order(names: Iterable[str]) -> list[str]:
    """The measures in the order in which a reader wants them."""
    places = {name: place for place, name in enumerate(NAMES)}
    return sorted(names, key=lambda name: (places.get(name, len(places) - 2), name))


def of_one_field(name: str) -> bool:
    """Whether the measure is of one field of the search, and not of all together."""
    return name.startswith("retrieval.") and not name.startswith("retrieval.fused.")


# Errors that are planted in a model's answers, by the name of the kind in evals/claims.py.
KINDS_OF_ERROR: Mapping[str, str] = {
    "number": "et ændret tal", "date": "en ændret dato", "name": "et ændret navn",
    "contact": "en ændret kontakt", "negation": "en vendt benægtelse",
    "modality": "”skal” for ”bør” og lignende", "condition": "en udeladt betingelse",
    "wrong-passage": "henvisning til et forkert afsnit",
    "made-up-citation": "et opdigtet nummer på en kilde", "no-source": "ingen kilde",
    "general-knowledge": "almen viden", "injection": "svar på en skjult instruks",
}  # fmt: skip


def danish(name: str) -> str:
    """What the measure is called."""
    if name in NAMES:
        return NAMES[name][0]
    _, field, measure = name.split(".")
    return f"Søgning, {FIELDS.get(field, field)}: {_SEARCH.get(measure, measure)}"


def meaning(name: str) -> str:
    """What it says."""
    return NAMES[name][1] if name in NAMES else "Hvor højt de rigtige steder kommer i søgningen."
