"""What `maavi doctor` looks at in the chat model: that it can be had, its form and its speed."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import dataclass

from assistant.chatmodel.budget import Budget
from assistant.chatmodel.calling import Caller, Tally
from assistant.chatmodel.checks.support import letters
from assistant.chatmodel.engine import usage_file
from assistant.chatmodel.faults import Fault, Kind, ModelFailed
from assistant.chatmodel.model import LangChainModel
from assistant.chatmodel.prompting import answer_turns
from assistant.chatmodel.protocol import LineReader, ModelClaim
from assistant.commands.checks import Check, bad, good, odd
from assistant.settings import Settings
from ingest.passages import Passage

_QUESTION = "Hvornår åbner kantinen?"
_SENTENCE = "Kantinen åbner hver dag klokken 11.30 og lukker klokken 13."
_PASSAGE = Passage("proeve", "proeve.pdf", 1, "1", ("Kantinen",), _SENTENCE, 0, len(_SENTENCE))
_REMEDIES: dict[Kind, str] = {
    "timeout": "Se, om serveren kører, eller sæt MAAVI_LLM_TIMEOUT op.",
    "unreachable": "Se, om serveren kører, og om MAAVI_LLM_BASE_URL er rigtig.",
    "refused": "Ret MAAVI_LLM_API_KEY.",
    "busy": "Vent, eller få en højere kvote hos leverandøren.",
    "server": "Se i serverens log, eller prøv igen om lidt.",
    "request": "Se, om modellens navn i MAAVI_LLM er rigtigt.",
    "setup": "Ret MAAVI_LLM, eller installér pakken til udbyderen.",
    "budget": "Sæt MAAVI_LLM_DAILY_TOKENS op, eller vent til i morgen.",
}


@dataclass(frozen=True, slots=True)
class _Probe:
    claims: tuple[ModelClaim, ...]
    raw: str
    first: float
    total: float


def all_of(settings: Settings) -> Iterator[Check]:
    """The model that the settings name, asked one question about one made-up sentence."""
    if settings.llm_base_url is None and not str(settings.llm).startswith("huggingface:"):
        yield odd(
            f"{settings.llm}: spørgsmål og uddrag af dokumenterne sendes til udbyderen",
            "Sørg for, at der er en databehandleraftale.",
        )
    budget = Budget(usage_file(settings.index), settings.llm_daily_tokens)
    if settings.llm_daily_tokens:
        yield good(f"{budget.spent} af dagens {settings.llm_daily_tokens} tokens er brugt")
    try:
        probe = _asked(settings, budget)
    except ModelFailed as failed:
        yield _failed(settings, failed.fault)
        return
    yield from _judged(settings, probe)


def _asked(settings: Settings, budget: Budget) -> _Probe:
    model = LangChainModel(settings)
    with contextlib.suppress(Exception):  # the call below tells what is wrong
        model.prepare().result(timeout=settings.llm_timeout)
    caller = Caller(model, budget, settings.llm_concurrency)
    turns = answer_turns(_QUESTION, [_PASSAGE], {}, None, ())
    reader, tally, started = LineReader(), Tally(), time.perf_counter()
    said = []
    for text in caller.stream(turns, settings.llm_timeout, tally):
        said += list(reader.feed(text))
        if reader.too_long:
            break
    said += list(reader.close())
    claims = tuple(s for s in said if isinstance(s, ModelClaim))
    return _Probe(claims, reader.raw, tally.first_text or 0.0, time.perf_counter() - started)


def _judged(settings: Settings, probe: _Probe) -> Iterator[Check]:
    speed = f"første ord efter {_seconds(probe.first)}, hele svaret efter {_seconds(probe.total)}"
    if not probe.raw.strip():
        yield bad(f"{settings.llm} svarer, men tomt", "Vælg en anden model.")
        return
    yield good(f"{settings.llm} svarer: {speed}")
    quoted = [
        c for c in probe.claims if letters(c.quote) and letters(c.quote) in letters(_SENTENCE)
    ]
    if quoted and all(c.sources == (1,) for c in quoted):
        yield good("Modellen følger formen: sætning, kilde og ordret citat")
    else:
        yield odd(
            "Modellen følger ikke formen, så svarene bliver dokumenternes egne ord",
            "Vælg en større model; den skal kunne skrive JSON og citere ordret på dansk.",
        )


def _failed(settings: Settings, fault: Fault) -> Check:
    detail = f" ({fault.detail})" if fault.detail else ""
    remedy = _REMEDIES.get(fault.kind, "Prøv igen om lidt.")
    return bad(f"{settings.llm} kan ikke bruges: {fault.kind}{detail}", remedy)


def _seconds(value: float) -> str:
    return f"{value:.1f} s".replace(".", ",")
