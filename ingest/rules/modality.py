"""What a clause rules: may, may not, must, should … with negation and its scope."""

import re
from dataclasses import dataclass, replace

from ingest.rules.habits import HABITS
from ingest.rules.model import Modality

_GAP = r"(?:[^\s,;:.]+ ){0,%d}?"
_PASSIVE = (
    r"(?:bruges|anvendes|benyttes|optages|behandles|indtastes|indsættes|lægges|skrives|deles|sendes"
    r"|uploades|kopieres|oversættes|transskriberes|udarbejdes|laves|analyseres|vedhæftes|ske"
    r"|installeres|tages|overlades|indgå|stå|køre|gives|løses|klares|opsummeres|åbnes|dikteres"
    r"|gemmes|anskaffes|købes|prøves|afprøves|testes|vurderes|sorteres|håndteres|bruge)"
)
# Any other passive after "kan", but for what is only seen or known.
_ANY_PASSIVE = (
    r"(?!(?:ses|findes|læses|opleves|siges|mærkes|skyldes|lykkes|opstå|kendes|genkendes|føres"
    r"|udledes|misforstås|spores|forveksles|betyde)\b)[a-zæøå]{3,}[^s\W]es"
)
_MADE_PUBLIC = r"(?:offentliggøres|publiceres|udleveres|videregives|udgives|trykkes)"
_DOING = (
    r"(?:bruge?|anvende?|benytte?|skriv(?:e)?|indtaste?|indsætte?|læg(?:ge)?|del(?:e)?|send(?:e)?"
    r"|upload(?:e)?|kopi[eé]re?|optag(?:e)?|vedhæfte?|giv(?:e)?|lade?|tage?|installere?|bed(?:e)?"
    r"|stol(?:e)?|fotograf[eé]re?|klik(?:ke)?|slet(?:te)?|åbn(?:e)?|fodre?|dikt[eé]re?)"
)
_APPROVED = (
    r"(?:tilladt|tilladte|lovligt?|godkendte?|frigivet|en mulighed|acceptabelt?|accepteret"
    r"|åben for|åbent for"
    r"|i orden|okay|ok|velkommen)"
)
_USING = (
    r"(?:bruge|anvende|benytte|få|lade|skrive|lægge|optage|bede|lave|oversætte|indsætte|indtaste"
    r"|dele|uploade|søge|vælge|tage|prøve|arbejde|hente|sende|behandle|bestille|sammenfatte|oprette"
    r"|opsummere|formulere|gennemgå|analysere|generere|redigere|fremstille|udarbejde|læse"
    r"|vise|indtale"
    r"|diktere|bygge|besvare|fotografere|afprøve|åbne|illustrere|transskribere|planlægge|tegne"
    r"|programmere|visualisere|undersøge|kontrollere)"
)
# What is done with tools and data: "skal ikke bruges til" is no leave to do without, but a ban.
_USED = (
    r"(?:bruges|anvendes|benyttes|sorteres|sammenlignes|opsummeres|sammenfattes|analyseres|kopieres"
    r"|lægges|indtastes|indsættes|indlæses|uploades|deles|optages|transskriberes|oversættes"
    r"|dikteres"
    r"|vurderes|bedømmes|rangeres|genereres|offentliggøres|vedhæftes|installeres|købes"
    r"|(?:bruge|anvende|benytte)(?! tid| kræfter)|lægge|indtaste|kopiere|uploade)"
)
_HAVING = (
    r"(?:få (?:en |et |adgang|licens|udleveret|lov|(?-i:[A-ZÆØÅ])\w*)|bruge|anvende|benytte|udvide)"
)
_ORDERS = (
    r"(?:slet|fjern|meld|kontakt|spørg|læs|tjek|kontroll?[eé]r|ring|vælg|oplys|mærk|gem|stop"
    r"|afbryd|anmeld|giv"
    r"|fortæl|slå|følg|undersøg|vent|orient[eé]r|inform[eé]r|gennemgå|notér"
    r"|noter(?! (?:fra|om|til|med|af|i|på|og))|journalis[eé]r"
    r"|beskriv|anonymis[eé]r"
    r"|behandl|udpeg|indhent|udfyld|sikr|sæt|skift|opdat[eé]r|lås|log|ret|brug(?! gerne| af)|skriv"
    r"|hold|tag|få|bed)"
)
_WHO = (
    r"(?:du|vi|i|man|alle|medarbejder\w*|ansatte|ledere\w*|lærer\w*|elever\w*|hr|kolleger"
    r"|sagsbehandler\w*|afdeling\w*|enhver|leder\w*|andre medarbejdere)"
)

_RULES = (
    r"(?:[Rr]eglerne|[Rr]egulativet|[Pp]olitikken|[Rr]etningslinje\w*|[Ss]pilleregler\w*"
    r"|[Vv]ejledningen"
    r"|[Ii]nstruksen|[Nn]otatet|[Hh]åndbogen)"
)
_CARE = (
    r"(?:mærker|sletter|gemmer|spørger|melder|tjekker|læser|oplyser|fortæller|journaliserer|noterer"
    r"|anonymiserer|kontrollerer|indhenter)"
)
_PEOPLE = (
    r"(?:[a-zæøå-]*(?:medarbejder|leder|rådgiver|plejerske|assistent|terapeut|lærer|pædagog"
    r"|konsulent"
    r"|planlægger|hjælper|ambassadør|koordinator|elev|kandidat|politiker|sekretær|visitator"
    r"|chauffør"
    r"|bibliotekar|vikar|praktikant|udvikler|vejleder|ingeniør|læge|psykolog|behandler|ansvarlig)"
    r"(?:e|en|er|r|ne|erne|ene|rne)?|chefen|juristen|[a-zæøå]+(?:chefen|juristen|ejeren)"
    r"|ansatte|frivillige"
    r"|studerende|medhjælpere|[a-zæøå]+(?:personale|personalet|grupper|holdere))"
)
# What is told of people as a rule: "vi optager ikke …", "eleverne bruger kun …".
_STAFF = (
    r"(?:vi|man|du|eleverne|elever|lærere|lærerne|medarbejdere|medarbejderne|ansatte|ledere|børn"
    r"|børnene|pædagoger|personalet|kommunen|AI|KI)"
)
_DOES = (
    r"(?!(?:er|har|ved|tror|kender|får|står|bliver|ønsker|forventer|anbefaler|kræver|mener|siger"
    r"|gør|kommer|dækker|gælder|hedder|findes|regner|håber|går|ser|synes|vil|erstatter|forstår"
    r"|behøver|eller|efter|over|under|andre|aldrig|tager stilling|husker)\b)[a-zæøå]{3,}r"
)

# The earliest in a clause counts; of those that overlap it, the first in this order.
_PATTERNS: tuple[tuple[Modality, str], ...] = (
    ("påbud", r"\bmå (?:\w+ )?(?:ikke|aldrig) (?:undlade|glemme|springe over)\b"),
    ("forbudt", r"\b(?:skal|bedes) (?:\w+ ){0,2}(?:undlade|afholde sig fra|lade være)\b"
     r"|\btillader (?:\w+ )?(?:ikke|aldrig)\b|\btillades (?:\w+ )?ikke\b"),
    ("tilladt", r"\btillader\b|\btillades\b"),
    ("ikke påbud", rf"\b(?:behøver|behøves) {_GAP % 4}(?:ikke|hverken)\b"
     rf"|\bbehøver (?=\w+ (?:heller )?ikke\b)"
     rf"|\bskal (?:[^\s,;:.]+ ){{0,2}}?(?:heller )?ikke\b(?! kun\b)(?! {_GAP % 2}{_USED}\b)"
     rf"|\b{_RULES} (?:gælder|omfatter|vedrører) (?:dog )?ikke\b|\ber ikke omfattet\b"
     rf"|\b(?:ikke|intet|ingen) {_GAP % 2}(?:et krav|krav om|nødvendigt?|pligt|forpligtet"
     rf"|påkrævet)\b"
     rf"|\bkræve[rs] {_GAP % 3}(?:ikke|ingen|hverken)\b|\bfritaget (?:fra|for)\b|\bkan undlades\b"
     r"|\bingen er forpligtet\b|\buden at (?:skulle|spørge|søge)\b|\bslipper (?:du |I )?for\b"),
    ("tilladt", rf"\b(?:ikke|intet|ingen|hverken|næppe) {_GAP % 2}(?:forbudt|udelukket|ulovligt?"
     r"|til hinder|forbud mod|i vejen)\b|\bikke (?:sådan|rigtigt), at .{0,40}? ikke må\b"
     r"|\bmå ikke kun\b"),
    ("afventer", rf"\bendnu ikke {_GAP % 3}(?:{_APPROVED}|taget|vurderet|afklaret|besluttet|klar)\b"
     rf"|\bikke {_GAP % 2}{_APPROVED} endnu\b|\bikke {_GAP % 1}(?:taget stilling|færdigvurderet"
     r"|afklaret)\b|\bunder (?:test|afprøvning|vurdering|afklaring|godkendelse)\b"
     r"|\bafvent(?:er|e)\b"
     r"|\btil (?:vurdering|godkendelse) hos\b|\bforeløbig ikke\b|\bventer på (?:godkendelse|svar)\b"
     r"|\btestes (?:i øjeblikket|stadig|fortsat)\b"),
    ("frarådes", rf"\bfrarå[dt]\w*|\bbør {_GAP % 4}(?:ikke|aldrig|undgå\w*|undlade\w*|afholde)\b"
     r"|\b(?:anbefales|anbefaler vi|anbefaler) (?:det )?ikke\b|\bikke (?:at anbefale"
     r"|hensigtsmæssigt)"
     r"|\bundgå\b|\bundlad\b|\bvær (?:varsom|forsigtig|tilbageholdende)\b"),
    ("kun", rf"\bmå {_GAP % 6}(?:kun|udelukkende|alene)\b(?! til\b.* stå alene)"
     rf"|\b(?:kun|udelukkende|alene) {_GAP % 4}{_APPROVED}\b|\bkan {_GAP % 4}(?:kun"
     rf"|udelukkende|alene)"
     rf" {_GAP % 3}{_PASSIVE}\b|\bkun {_GAP % 10}må\b|\bkan (?:kun|udelukkende|alene) {_PASSIVE}\b"
     r"|\b(?:kun|udelukkende) beregnet\b|\b(?:bruges|anvendes|benyttes) (?:kun|udelukkende)\b"
     rf"|\bmå ikke {_GAP % 2}til andet end\b|\b{_DOING} (?:kun|udelukkende)\b"
     rf"|\bmå {_GAP % 3}først\b|\bden eneste\b.*\bhar .*adgang til\b"
     r"|\b(?:kan|må) .* og (?:ikke|intet) (?:til |i |med )?andet\b"
     r"|\b(?:først|alene) (?:når|efter|hvis) .* må\b|\bog intet andet\b|\bforbeholdt\b"
     rf"|\b{_STAFF} {_DOES} (?:[^\s,;:.]+ )?(?:kun|udelukkende)\b"
     rf"|\b{_STAFF} {_DOES} .* og ikke andet\b"
     r"|\b(?!findes|ses|varer)[a-zæøå]{4,}es (?:kun|udelukkende) (?:af|i|med|til|på)\b"
     r"|\bhører kun hjemme\b"
     rf"|\b(?:{_DOES}|[a-zæøå]{{3,}}es) (?:[^\s,;:.]+ ){{0,2}}?først$|\b(?:bruger|får"
     rf"|optager) først\b"
     r"|\bgælder kun\b(?=.* må)|\b(?:kun|alene) (?:med|efter|når|hvis|til)\b"),
    ("forbudt", rf"\bmå {_GAP % 8}(?:ikke|aldrig|hverken|under ingen)\b|\bmå (?:ingen|intet)\b"
     rf"|\bkan (?:dog |heller |som regel )?(?:ikke|aldrig) (?:[^\s,;:.]+ ){{0,2}}?{_HAVING}\b"
     rf"|\b(?:ingens?|intet|aldrig|ikke|hverken) {_GAP % 8}må\b|^hverken\b.*\bmå\b"
     rf"|\b(?:ikke|aldrig|heller ikke|hverken) {_GAP % 3}{_APPROVED}\b|\b(?:forbud|forbuddet"
     rf"|forbudt|forbyde[rs]?)\b"
     r"|\b[a-zæøå]{3,}es (?:\w+ )?uden (?:\w+ ){0,2}(?:AI|KI|kunstig intelligens)\b"
     rf"|\b(?!(?:find|se|kend|syn|lykk|mærk|skyld|kræv|behøv|forvent|mød|opfatt|betragt|anse|regn"
     r"|tæll|oplev|nævn|omfatt|fortæll|berør|ændr|påvirk|begræns|kald|opdag|genkend)e?s\b)"
     rf"[a-zæøå]{{3,}}es (?:[^\s,;:.]+ ){{0,2}}?(?:ikke|aldrig|hverken)\b"
     r"|\b(?:skriver|laver|sætter|vurderer|formulerer|afgør|tager|ringer|læser|udfylder|giver) "
     rf"(?:og \w+ )?(?:[^\s,;:.]+ ){{1,2}}(?:altid )?selv\b"
     rf"|\bkan {_GAP % 3}(?:ikke|aldrig) (?:træde i stedet|erstatte|afløse)\b"
     rf"|\b{_STAFF} {_DOES} (?:[^\s,;:.]+ ){{0,2}}?(?:ikke|aldrig)\b"
     rf"|\b{_DOES} (?:vi|du|man|I) (?:[^\s,;:.]+ ){{0,2}}?(?:ikke|aldrig)\b"
     rf"|\b(?:{_STAFF} {_DOES}|{_DOES} (?:vi|du|man"
     rf"|I)) (?:[^\s,;:.]+ ){{0,4}}?uden (?:\w+ ){{0,2}}(?:AI|KI|kunstig intelligens)\b"
     r"|\b(?:træffes|foretages|bedømmes|afgøres|vurderes) (?:\w+ )?af (?:et menneske|mennesker"
     r"|en medarbejder|\w+ selv)\b"
     r"|\b(?:skrives|laves|udføres|træffes|udarbejdes|foretages|regnes|bedømmes|tegnes|fastsættes)"
     r" (?:\w+ ){0,2}(?:af (?:et menneske|mennesker)|i hånden)\b"
     r"|\b[a-zæøå]{3,}(?:er|es) (?:[^\s,;:.]+ ){0,4}?(?:uden|ikke (?:af|med)|aldrig (?:af"
     r"|med)) (?:AI|KI)\b"
     r"|^(?:selv )?uden (?:hjælp fra |brug af )?(?:AI|KI|kunstig intelligens)$"
     r"|^(?:men |og )?aldrig (?:med |af )?(?:AI|KI)\b"
     r"|\bskriver \w+(?:en|et) (?:selv|fra bunden)\b|\b(?:er|holdes) (?:helt )?(?:ude"
     r"|fri af (?:AI|KI))\b"
     r"|\btjenesteforseelse\b|\bdet går ikke\b"
     r"|\bulovligt?\b|\budelukket\b|\bspærret\b|\bblokeret\b|\bbandlyst\b|\buønsket\b"
     r"|\bafskåret fra\b|\bikke (?:berettiget|adgang) til\b"
     rf"|\bskal (?:[^\s,;:.]+ ){{0,2}}?(?:heller )?(?:ikke|aldrig) {_GAP % 2}{_USED}\b"
     r"|\bomfattet af (?:(?:det )?samme |dette |det )?forbud\w*"
     rf"|\bkan {_GAP % 5}(?:ikke|aldrig|hverken) {_GAP % 3}"
     rf"(?:{_PASSIVE}|{_MADE_PUBLIC}|godkendes|tillades|komme på tale)\b"
     rf"|\bhører {_GAP % 1}(?:ikke|aldrig) (?:hjemme|til (?:i|her|hos|på|dér))\b"
     r"|\bskal (?:holdes ude|blive ude)\b"
     rf"|^(?:og |men |så )?{_DOING} {_GAP % 3}(?:ikke|aldrig|hverken)\b|\baldrig {_DOING}\b"
     rf"|\b(?:ikke|ingen|aldrig) {_GAP % 2}lov til\b|\blad være\b|\bhold .{{2,30}} ude\b"
     rf"|\b(?:bruges|anvendes|benyttes|optages|behandles|sendes|deles|træffer|træffes|gives) "
     rf"(?:der )?(?:ikke|aldrig)\b|\btil ingen\b|^nej\b|\bsvaret (?:er )?nej\b"
     rf"|\btilbagekaldt\b|\bikke tilladelse\b"
     r"|\bkan (?:\w+ ){0,2}ikke give lov\b|\bikke brug af\b|\bholde sig fra\b"),
    ("bør", r"\bbør\b|\banbefal\w*|\bopfordr\w*|\ben god idé\b|\bhelst\b|\btilrådes\b"
     r"|\bgod skik\b|\bkan med fordel\b|^(?:vælg|brug) (?:helst|så vidt muligt)"),
    ("påbud", r"\bskal\b|\bforpligte[rt]\b|\bpligt til\b|\bobligatorisk\w*"
     r"|\bet (?:ufravigeligt )?krav\b"
     r"|\bkræve[rs]\b|\bforudsætte[rs]?\b|\bnødvendigt\b|\bhusk\b|\bsørg for\b|\bvi forventer\b"
     rf"|^(?:og |men |så )?{_ORDERS}\b"
     rf"|\b{_RULES} gælder (?:\w+ )?(?:for|alle|enhver)\b|\ber omfattet\b"
     rf"|\b{_CARE} (?:vi|du|man|I) |\b(?:vi|du|man) {_CARE} "
     r"|(?<!kan )(?<!må )\b(?:slettes|læses|rettes|gemmes|journaliseres|mærkes|meldes|noteres"
     r"|kontrolleres|anmeldes|orienteres"
     r"|opbevares|stoppes|standses|gennemgås) (?=(?:\w+ ){0,4}(?:senest|altid|straks|inden"
     r"|af dig|i|på|med|når|før|til)\b)"
     r"|\bhar ansvar\w*|\bbetingelsen er\b|\bpåkrævet\b|\bfordrer\b|\bhar pligt\b"),
    ("tilladt", rf"\bmå\b|\b(?:er|bliver|blev) (?:{_GAP % 3}){_APPROVED}\b|\b{_APPROVED} til\b"
     rf"|\bhar {_GAP % 2}lov(?: til)?\b|\bgives {_GAP % 2}lov\b"
     rf"|\bkan (?:{_GAP % 6}){_PASSIVE}\b|\bkan (?:{_GAP % 3}){_ANY_PASSIVE}\b"
     rf"|\bkan {_WHO} {_GAP % 3}{_USING}\b"
     rf"|\b{_WHO} kan {_GAP % 3}{_USING}\b|\bfrie hænder\b"
     rf"|\b{_PEOPLE} (?:med (?:[^\s,;:.]+ ){{1,6}}?)?kan {_GAP % 3}{_USING}\b"
     rf"|\bkan (?:chatbotten|robotten) {_GAP % 2}(?:be)?svare\b"
     r"|\bkan (?:[^\s,;:.]+ ){0,2}(?:bruge|anvende|benytte)\b"
     r"|\bstår (?:\w+ ){0,2}(?:frit|åben|åbent|til rådighed)\b|\bfrit (?:bruge\w*|anvende\w*)"
     r"|\bbrug gerne\b|^ja\b|\b(?:er|det er) (?:helt )?fint\b"
     r"|^(?:lad|tag|få|skriv|spørg|hent|optag|lav|prøv|brug) (?:bare|endelig|gerne|løs)\b"
     r"|\b[a-zæøå]{2,}(?:es|er (?:du|I|man|vi)) (?:[^\s,;:.]+ ){0,4}?(?:uden videre|frit)\b"
     r"|\bbestemmer (?:du |I )?selv, hvilke\w*"
     r"|\b(?:vi|man|du) [a-zæøå]{3,}r gerne\b"
     r"|\b(?:tilladt|tilladte|godkendt|godkendte)$|\ber velkommen til\b|\bgrønt lys\b"
     r"|\bhar adgang til at\b|\ber berettiget til\b|\bgives der adgang til\b"),
)  # fmt: skip
_COMPILED = tuple(
    (modality, re.compile(pattern, re.I)) for modality, pattern in (*_PATTERNS, *HABITS)
)

# "må" and the like that rule nothing.
_IDIOM = re.compile(
    r"\bmå (?:det |vi |man |der |nok |jo |altså )*(?:siges|antages|forventes|konstateres"
    r"|indrømme\w*"
    r"|erkende\w*|påregne\w*|regne\w*|vente\w*|betragtes|formodes|nødvendigvis"
    r"|stole på at"
    r"|forveksle\w*|ikke forveksle\w*|se |ses|vide|leve)"
    r"|\b(?:det|der|man|vi|så) må (?:\w+ )?(?:være|have)\b|\bmå (?:det|der|man|vi|jo"
    r"|nok) (?:være|have)\b"
    r"|\bskal (?:nævnes|bemærkes|ses i|forstås|siges|vi være)|\bkan være (?:svært|let|vanskelig)"
    r"|\bbør ikke (?:komme bag|overraske)|\bhvad \w+ må(?: og ikke må)?\b|\bkan læse (?:mere|om)"
    r"|\bkan (?:heller )?ikke give (?:dig )?lov\b|\bnår som helst\b"
    r"|\b(?:har|få[r]?|fik) (?:\w+ ){0,2}krav på\b"
    r"|^(?:retningslinje\w*|politik\w*|vejledning\w*|notat\w*|dokument\w*|aftale\w*|plan\w*"
    r"|program\w*)"
    r" (?:\w+ )?(?:er|blev|må) (?:\w+ )?(?:godkendt|vedtaget|være)",
    re.IGNORECASE,
)
# What is told of others, or of former days.
_REPORTED = re.compile(
    r"\b(?:mener|mente|handlede|deltog|tror|spurgte|spørger|drøftede|drøftet|kritiker\w*"
    r"|ifølge en|har peget på"
    r"|foreslog|foreslår|sagde|lød|havde|nabokommun\w*|andre kommuner|ikke alle kommuner|^ikke alle"
    r"|til at træne|forbedre (?:sine|deres)|hørte|leverandøren anbefaler|diskuterede"
    r"|ville have|tidligere krav|gammel regel"
    r"|blev ophævet|bortfaldt|gjaldt|har ikke besluttet|debatten|^tegnet|burde have"
    r"|kunne .{0,25}være blevet)\b",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:i|før|indtil|frem til) (?:19|20)\d\d\b.*\bvar\b|\bvar (?:det |der )?(?:ikke )?"
    r"(?:tilladt|forbudt|nødvendigt)\b|\bbehøvede\b|\bskulle\b|\bmåtte\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"(?:\b(?:hvad|hvornår|hvordan|hvilke[nt]?|hvor)|(?:^|[,;:] )om)\b[^,;:]*"
    r"\b(?:må|skal|kan|bør|er)\b"
    r"(?: (?:ikke )?(?:forbudt|tilladt|godkendt|lovligt?|nødvendigt?)\b)?",
    re.I,
)


# A duty to do it without AI is a ban.
_WITHOUT_AI = re.compile(
    r"\b(?:skal|kræver).*\buden (?:(?:hjælp fra|brug af|inddragelse af|anvendelse af|at bruge"
    r"|at inddrage) )?(?:AI|KI|kunstig intelligens)\b"
    r"|\bskal (?:\w+ ){0,5}(?:slået fra|slås fra|slukket|slukkes)\b"
    r"|\bskal (?:\w+ ){0,4}"
    r"(?:skr[ie]v|formuler|lav|udarbejd|tegn|træff|afgør|vurder|oversæt|tast|før)"
    r"\w*(?: \w+){0,3} (?:af et menneske|i hånden|manuelt|af (?:\w+ ){1,3}selv|af \w+ \w+, selv)\b",
    re.IGNORECASE,
)
# Where "only" stands away from the verb.
_ONLY_SO = re.compile(
    r"^(?:det er )?kun\b.*\bmå\b|\ber det kun\b.*\bmå\b|\bog intet andet\b|\bog ikke andet\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Found:
    """A modality and the words of the clause that say it, at `start` to `end`."""

    modality: Modality
    start: int
    end: int


def modality_of(clause: str) -> Found | None:
    """What `clause` rules; None when it rules nothing."""
    if _REPORTED.search(clause) or _PAST.search(clause):
        return None
    text = _blanked(_ASKED, _blanked(_IDIOM, clause))
    found = [
        Found(modality, m.start(), m.end())
        for modality, pattern in _COMPILED
        if (m := pattern.search(text))
    ]
    if not found:
        return None
    if _ONLY_SO.search(text) and any(f.modality == "tilladt" for f in found):
        return next(replace(f, modality="kun") for f in found if f.modality == "tilladt")
    first = min(found, key=lambda f: f.start)
    return next(f for f in found if f.start < first.end and first.start < f.end)


def demands_doing_without(clause: str) -> bool:
    """Whether it is a duty to do something without AI, which is a ban."""
    return bool(_WITHOUT_AI.search(clause))


def column_modality(head: str) -> Modality | None:
    """What the heading of a column or a section says by itself of what is under it."""
    return next((modality for modality, pattern in _HEADINGS if pattern.search(head)), None)


_NO_DUTY = re.compile(
    r"\b(?:kræver ikke|kræver ingen|behøver (?:\w+ )?ikke|skal (?:du|vi|I) ikke)\b(?!\?)", re.I
)


def heading_modality(heading: str) -> Modality | None:
    """What a heading lends to the items under it; None for one that only names a subject."""
    if _NO_DUTY.search(heading):
        return "ikke påbud"
    if own := column_modality(heading):
        return own
    if heading.endswith("?") or re.search(
        r"\b(?:hvad|hvem|hvornår|hvilke[nt]?|hvordan|regler)\b", heading, re.I
    ):
        return None
    found = modality_of(heading) if " " in heading.strip() else None
    return found.modality if found else None


_HEADINGS: tuple[tuple[Modality, re.Pattern[str]], ...] = (
    ("afventer", re.compile(
        r"\b(?:afvent\w+|endnu ikke|under (?:test|afprøvning|vurdering))\b", re.I)),
    ("forbudt", re.compile(
        r"\bmå (?:\w+ )?(?:ikke|aldrig)\b(?!\?)|\bikke[ -](?:tilladt\w*|godkendt\w*|ok)"
        r"|\bforbudte?\b|\bforbud\b"
        r"|\bgør (?:aldrig|ikke)\b|\brødt? (?:lys|liste)|\bno-?go\b|\baldrig\b|^nej\b"
        r"|\bdon.?ts?\b|^lukket\b|\bsiger (?:vi )?nej (?:tak )?til\b|\bnej tak til\b"
        r"|\bikke (?:fint|i orden|okay)\b|^(?:udelukket|spærret|tabu|stop)\b|^uden AI$", re.I)),
    ("bør", re.compile(r"\bbør\b|\banbefal\w*|\bgode råd\b", re.I)),
    ("påbud", re.compile(
        r"\bdet skal du\b|\bskal (?:du|vi)\b(?!.*\?)|\bkrav\b|\bhusk\b|\bpligt\w*", re.I)),
    ("tilladt", re.compile(
        r"\bmå (?:\w+ )?gerne\b|\bdet må du\b|\btilladte?\b|\bgodkendte?\b|\bgrønt? (?:lys"
        r"|liste)|^ja\b"
        r"|^(?:må|kan) (?:\w+ )?(?:bruges|anvendes|benyttes)\b|^(?:du |vi |I |man )?må$"
        r"|^gør(?: gerne| det)?$|^(?:helt )?frit\b|^(?:gør det )?uden videre\b|\bkør bare\b"
        r"|\bsiger (?:vi )?ja til\b|^gør det (?:trygt|roligt|bare)\b|^åbent\b"
        r"|\bkan (?:du|vi|bruges|anvendes)\b|^dos?\b", re.I)),
)  # fmt: skip


def _blanked(pattern: re.Pattern[str], text: str) -> str:
    return pattern.sub(lambda m: "·" * len(m.group()), text)


_YES = re.compile(
    r"^(?:ja\b|ok\b|okay\b|tilladt\b|godkendt\b|må\b(?! ikke)|frit\b|fri\b|grønt?\b|[✔✓☑√+]|x$"
    r"|tillades\b"
    r"|yes\b|kan bruges)",
    re.I,
)
_NO = re.compile(
    r"^(?:nej\b|ikke\b|forbudt\b|må ikke\b|aldrig\b|rødt?\b|spærret\b|udelukket\b|afvist\b"
    r"|ingen (?:adgang|brug|AI)\b|no\b"
    r"|[✗✘✖❌×–—-]+$|[✗✘✖❌×])",
    re.I,
)
_ONLY = re.compile(
    r"^(?:kun\b|på betingelse\w*|kursus\b|efter\b|med\b|når\b|hvis\b|kræver\b|gult?\b"
    r"|betinget\b|i særlige|særlig|forudsat\b"
    r"|aftales\b|så længe\b|\(✔\)|\(ja\)|delvis|undtagelsesvis"
    r"|(?:på )?(?:vilkår|betingelser?|krav)\W*$)",
    re.I,
)
_NOT_YET = re.compile(
    r"^(?:endnu ikke|afventer|under (?:test|vurdering|afklaring)|ikke endnu)", re.I
)


def cell_modality(cell: str) -> Modality | None:
    """What a table cell such as "Ja, når …", "Efter aftale" or "✔" rules; None for other words."""
    text = cell.strip()
    for pattern, modality in _CELLS:
        if pattern.search(text):
            return modality
    return None


_CELLS: tuple[tuple[re.Pattern[str], Modality], ...] = (
    (_NOT_YET, "afventer"),
    (_NO, "forbudt"),
    (_YES, "tilladt"),
    (_ONLY, "kun"),
)
