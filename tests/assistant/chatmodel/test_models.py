"""Real models: a tiny one of Hugging Face's in a folder, one for entailment, and `maavi doctor`."""

from pathlib import Path

import pytest

from assistant.chatmodel.entailment import entailment_named
from assistant.chatmodel.model import LangChainModel, Turn
from assistant.cli import main
from assistant.settings import Settings
from evals.chatserver import ChatServer, Reply, line
from tests.assistant.chatmodel.conftest import FACT, AssistantWith
from tests.conftest import LICENCES

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
TEMPLATE = "{% for m in messages %}{{ m['role'] }}: {{ m['content'] }}\n{% endfor %}assistant:"
LUNCH = "Kantinen åbner hver dag klokken 11.30 og lukker klokken 13."


def _tokenizer(folder: Path) -> int:
    from tokenizers import Tokenizer, models, pre_tokenizers, trainers
    from transformers import PreTrainedTokenizerFast

    made = Tokenizer(models.BPE(unk_token="<unk>"))
    made.pre_tokenizer = pre_tokenizers.ByteLevel()
    trainer = trainers.BpeTrainer(vocab_size=300, special_tokens=["<unk>", "<pad>", "</s>"])
    made.train_from_iterator([LICENCES, LUNCH], trainer)
    fast = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]
        tokenizer_object=made, unk_token="<unk>", pad_token="<pad>", eos_token="</s>"
    )
    fast.chat_template = TEMPLATE
    fast.save_pretrained(str(folder))
    return len(fast)


@pytest.fixture(scope="module")
def chat_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A model of a few thousand random weights, as Hugging Face keeps one."""
    import torch
    from transformers import LlamaConfig, LlamaForCausalLM

    folder = tmp_path_factory.mktemp("tiny-chat")
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=_tokenizer(folder), hidden_size=16, intermediate_size=16, num_hidden_layers=1,
        num_attention_heads=2, max_position_embeddings=8192, eos_token_id=2, pad_token_id=1,
    )  # fmt: skip
    LlamaForCausalLM(config).save_pretrained(str(folder))
    return folder


@pytest.fixture(scope="module")
def entailment_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    import torch
    from transformers import LlamaConfig, LlamaForSequenceClassification

    folder = tmp_path_factory.mktemp("tiny-entailment")
    torch.manual_seed(1)
    config = LlamaConfig(
        vocab_size=_tokenizer(folder), hidden_size=16, intermediate_size=16, num_hidden_layers=1,
        num_attention_heads=2, pad_token_id=1, eos_token_id=2,
        id2label={0: "contradiction", 1: "neutral", 2: "entailment"},
        label2id={"contradiction": 0, "neutral": 1, "entailment": 2},
    )  # fmt: skip
    model = LlamaForSequenceClassification(config)  # type: ignore[no-untyped-call]
    model.save_pretrained(str(folder))
    return folder


def test_a_hugging_face_model_in_a_folder(chat_folder: Path) -> None:
    model = LangChainModel(Settings(llm=f"huggingface:{chat_folder}"))
    said = "".join(piece.text for piece in model.stream([Turn("user", LUNCH)]))
    assert said.strip()


def test_what_it_babbles_is_not_shown(assistant_with: AssistantWith, chat_folder: Path) -> None:
    answer = assistant_with(
        llm=f"huggingface:{chat_folder}", llm_base_url=None, llm_timeout=60.0
    ).ask(FACT)
    assert answer.text.startswith(f"**{LICENCES}** [1]")
    assert answer.engine == "extractive"
    assert answer.trace.model is not None
    assert answer.trace.model.raw
    assert answer.trace.model.fault


def test_a_folder_that_is_not_there(assistant_with: AssistantWith, tmp_path: Path) -> None:
    answer = assistant_with(llm=f"huggingface:{tmp_path / 'none'}", llm_base_url=None).ask(FACT)
    assert "ikke sat rigtigt op" in answer.text


def test_the_entailment_model_is_asked_after_the_checks(
    assistant_with: AssistantWith, server: ChatServer, entailment_folder: Path
) -> None:
    model = entailment_named(str(entailment_folder))
    chance = model.probability("Der er 2386 licenser.", LICENCES)
    assert 0 < chance < 0.5  # three labels and random weights: it believes nothing
    server.say(Reply(line("Der er 2386 licenser i brug.", [1], LICENCES)))
    answer = assistant_with(llm_entailment=str(entailment_folder)).ask(FACT)
    assert answer.text == f"**{LICENCES}** [1]"
    assert answer.trace.model is not None
    assert "følger ikke af kilden" in answer.trace.model.dropped[0]


def test_an_entailment_model_that_cannot_be_had_lets_nothing_through(tmp_path: Path) -> None:
    (tmp_path / "none").mkdir()
    assert not entailment_named(str(tmp_path / "none")).follows("Ja.", "Ja.")


@pytest.mark.parametrize(
    ("reply", "code", "said"),
    [
        (Reply(line("Kantinen åbner klokken 11.30.", [1], LUNCH)), 0, "✓ Modellen følger formen"),
        (Reply("Den åbner 11.30."), 0, "! Modellen følger ikke formen"),
        (Reply(""), 1, "✗ openai:scripted svarer, men tomt"),
        (Reply(status=401), 1, "refused (HTTP 401)\n  → Ret MAAVI_LLM_API_KEY."),
        (Reply(status=500), 1, "✗ openai:scripted kan ikke bruges: server (HTTP 500)"),
    ],
)
def test_doctor(  # noqa: PLR0917
    server: ChatServer,
    small_index: Path,
    small_corpus: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    reply: Reply,
    code: int,
    said: str,
) -> None:
    server.say(reply)
    for name, value in {
        "INDEX": str(small_index), "CORPUS": str(small_corpus), "LLM": "openai:scripted",
        "LLM_BASE_URL": server.url, "LLM_API_KEY": "sk-hemmelig",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"MAAVI_{name}", value)
    assert main(["doctor"]) == code
    out = capsys.readouterr().out
    assert said in out
    assert "hemmelig" not in out


def test_a_model_without_a_provider_is_a_wrong_setting(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MAAVI_LLM", "gpt-5")
    assert main(["doctor"]) == 1
    assert "MAAVI_LLM=gpt-5 kan ikke bruges; der skal stå udbyder:model" in capsys.readouterr().out
