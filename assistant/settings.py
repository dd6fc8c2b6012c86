"""Settings: `MAAVI_…` environment variables, or the same names in a file `.env`."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError


class Settings(BaseSettings):
    """What can be set; every field is the variable `MAAVI_` and its name in capitals."""

    model_config = SettingsConfigDict(
        env_prefix="MAAVI_",
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="forbid",
    )

    index: Path = Path(".maavi/index")
    corpus: Path = Path("corpus")
    embedder: str = "builtin"
    llm: Annotated[str, Field(pattern=r"^[a-z_]+:.+$")] | None = None
    llm_base_url: Annotated[str, Field(pattern=r"^https?://")] | None = None
    llm_api_key: SecretStr | None = None
    llm_timeout: Annotated[float, Field(gt=0)] = 30.0
    llm_daily_tokens: Annotated[int, Field(gt=0)] | None = None
    llm_concurrency: Annotated[int, Field(gt=0)] = 4
    llm_entailment: str | None = None
    pdf_patience: Annotated[float, Field(gt=0)] = 20.0


def load_settings(**overrides: object) -> Settings:
    """The settings in force; `overrides` that are not None win over the environment.

    Raises:
        SettingsError: a variable has a value that it cannot have, or `.env` an unknown name.
    """
    given = {name: value for name, value in overrides.items() if value is not None}
    try:
        return Settings(**given)  # type: ignore[arg-type]
    except ValidationError as error:
        raise SettingsError("\n".join(_in_words(fault) for fault in error.errors())) from error


def _in_words(fault: object) -> str:
    assert isinstance(fault, dict)
    name = str(fault["loc"][0]).upper() if fault["loc"] else "?"
    name = name if name.startswith("MAAVI_") else f"MAAVI_{name}"
    if fault["type"] == "extra_forbidden":
        known = ", ".join(f"MAAVI_{field.upper()}" for field in Settings.model_fields)
        return f"{name} i .env kendes ikke. Kendte navne: {known}."
    wanted = _WANTED.get(fault["type"], "en anden værdi")
    return f"{name}={fault['input']} kan ikke bruges; der skal stå {wanted}."


_WANTED = {
    "float_parsing": "et tal",
    "int_parsing": "et helt tal",
    "greater_than": "et tal over 0",
    "path_type": "en mappe",
    "string_type": "en tekst",
    "string_pattern_mismatch": "udbyder:model (fx openai:gpt-5), for en adresse https://…",
}
