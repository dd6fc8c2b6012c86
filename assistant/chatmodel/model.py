"""The one module that meets LangChain's chat models. Importing it is quick; a model is not."""

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, Protocol

from assistant.chatmodel.faults import ModelFailed, fault_of

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from assistant.settings import Settings

MOST_TOKENS = 900  # that an answer may be long
HUGGING_FACE = "huggingface"


@dataclass(frozen=True, slots=True)
class Turn:
    """One message to the model."""

    role: Literal["system", "user"]
    text: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text of the answer; `tokens_in` and `tokens_out` where the service counts them."""

    text: str
    tokens_in: int = 0
    tokens_out: int = 0


class ChatModel(Protocol):
    """What writes: a service, or a model on this machine."""

    @property
    def name(self) -> str:
        """As `MAAVI_LLM` gives it."""

    def stream(self, turns: Sequence[Turn]) -> Iterator[Piece]:
        """The answer to `turns` as it comes.

        Raises:
            ModelFailed: it fails; the fault says how.
        """


class LangChainModel:
    """The model that the settings name, made when it is first used."""

    def __init__(self, settings: "Settings") -> None:
        assert settings.llm
        self.name = settings.llm
        self._settings = settings
        self._lock = threading.Lock()
        self._made: Future[BaseChatModel] | None = None

    def prepare(self) -> "Future[BaseChatModel]":
        """Begin to load the model, unless it is loaded or loading.

        The thread is none that the interpreter leaves behind: one that is killed in the middle of
        importing a library takes the whole process with it.
        """
        with self._lock:
            failed = self._made and self._made.done() and self._made.exception()
            if self._made is None or failed:
                self._made = Future()
                threading.Thread(target=self._make, args=(self._made,), name="load-model").start()
            return self._made

    def stream(self, turns: Sequence[Turn]) -> Iterator[Piece]:
        """See `ChatModel`."""
        try:
            model = self.prepare().result()
            for chunk in model.stream([(turn.role, turn.text) for turn in turns]):
                yield _piece(chunk)
        except Exception as error:  # every provider raises its own
            raise ModelFailed(fault_of(error)) from error

    def _make(self, made: "Future[BaseChatModel]") -> None:
        provider, _, model = self.name.partition(":")
        try:
            hugging = provider == HUGGING_FACE
            made.set_result(_on_this_machine(model) if hugging else self._service())
        except Exception as error:  # noqa: BLE001 - it is raised where the model is used
            made.set_exception(error)

    def _service(self) -> "BaseChatModel":
        from langchain.chat_models import init_chat_model

        settings = self._settings
        options = _limits(self.name, settings.llm_timeout)
        if settings.llm_base_url:
            options["base_url"] = settings.llm_base_url
        if settings.llm_api_key:
            options["api_key"] = settings.llm_api_key.get_secret_value()
        elif settings.llm_base_url and self.name.startswith("openai:"):
            options["api_key"] = "ingen"  # a server of one's own asks for none; the client does
        made: BaseChatModel = init_chat_model(self.name, **options)
        return made


def _limits(name: str, seconds: float) -> dict[str, Any]:
    """How long and how much, as the provider's class calls it."""
    if name.startswith("ollama:"):
        return {
            "temperature": 0,
            "num_predict": MOST_TOKENS,
            "client_kwargs": {"timeout": seconds},
        }
    options = {
        "temperature": 0,
        "max_tokens": MOST_TOKENS,
        "timeout": seconds,
        "max_retries": 0,  # assistant/chatmodel/calling.py tries again, within the deadline
    }
    if name.startswith(("openai:", "azure_openai:")):
        options["stream_usage"] = True
    return options


def _on_this_machine(folder: str) -> "BaseChatModel":
    from langchain_huggingface import ChatHuggingFace, HuggingFacePipeline

    pipeline = HuggingFacePipeline.from_model_id(
        model_id=folder,
        task="text-generation",
        pipeline_kwargs={
            "max_new_tokens": MOST_TOKENS,
            "do_sample": False,
            "return_full_text": False,
        },
    )
    return ChatHuggingFace(llm=pipeline)


def _piece(chunk: Any) -> Piece:
    usage = getattr(chunk, "usage_metadata", None) or {}
    return Piece(
        _text_of(chunk.content),
        int(usage.get("input_tokens") or 0),
        int(usage.get("output_tokens") or 0),
    )


def _text_of(content: Any) -> str:
    """The text of a message, which some providers give as a list of blocks."""
    if isinstance(content, str):
        return content
    if not isinstance(content, list):
        return ""
    blocks = (b if isinstance(b, str) else b.get("text", "") for b in content)
    return "".join(str(b) for b in blocks if b)
