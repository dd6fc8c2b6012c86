"""Whether a claim says the opposite of its source without a denial: "gemme" for "slette"."""

import re

# Words of everyday Danish that turn a sentence round; each pair as what begins a word.
_PAIRS = (
    (r"større|størst\w*|store?", r"mindre|mindst\w*|lille|små"),
    (r"flere|(?:aller)?flest\w*", r"færre|færrest\w*"),
    (r"før|inden(?! for)|forinden|på forhånd", r"bagefter|efterfølgende|senere|derefter"),
    (r"højst|højest|maksimalt", r"mindst|minimum"),
    (r"gem\w*|opbevar\w*|behold\w*|bevar\w*", r"slet\w*|kasser\w*|destruer\w*|fjern\w*"),
    (r"gælder|gælde|står ved magt", r"bortfald\w*|falde[rt]? (?:væk|bort)|ophæve\w*"),
    (r"fortsæt\w*|videreføre?s?", r"stop\w*|standse\w*|ophør\w*"),
    (r"åben|åbent|åbne", r"lukke[td]\w*"),
    (r"intern\w*", r"ekstern\w*"),
    (r"først|første", r"sidst|sidste"),
    (r"altid|ofte|jævnligt", r"aldrig|sjældent"),
    (r"øg\w*|stig\w*|vokse\w*", r"fald\w*|mindsk\w*|reducer\w*"),
    (r"privat\w*", r"offentlig\w*"),
    (r"let|nemt|lettere|nemmere", r"svært?|sværere|vanskelig\w*"),
    (r"skriftlig\w*", r"mundtlig\w*"),
    (r"frivillig\w*|valgfri\w*", r"obligatorisk\w*|tvungen\w*|pligt\w*"),
    (r"enige?", r"uenige?"),
    (r"straks|omgående|øjeblikkelig\w*|med det samme", r"senere|næste"),
)
_OPPOSITES = tuple(
    tuple(re.compile(rf"\b(?:{words})\b", re.IGNORECASE) for words in pair) for pair in _PAIRS
)


def opposite(claim: str, core: str) -> str:
    """The word of `claim` whose opposite stands in `core`, the words quoted, where neither text
    has both; "" for none.
    """
    for one, other in _OPPOSITES:
        for here, there in ((one, other), (other, one)):
            said = here.search(claim)
            if said and there.search(core) and not (here.search(core) or there.search(claim)):
                return said.group()
    return ""
