"""Settings: `MAAVI_…` environment variables, or the same names in a file `.env`."""

from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from assistant.errors import SettingsError

_HEADER = r"^[A-Za-z0-9-]+$"


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
    database_url: SecretStr | None = None
    retention_days: Annotated[int, Field(gt=0)] = 365
    auth: Literal["none", "password", "header", "oauth"] = "none"
    auth_open: bool = False
    auth_users: Path | None = None
    auth_roles: Path | None = None
    auth_secret: Annotated[SecretStr, Field(min_length=32)] | None = None
    proxies: str | None = None
    auth_header_user: Annotated[str, Field(pattern=_HEADER)] = "X-Remote-User"
    auth_header_name: Annotated[str, Field(pattern=_HEADER)] = "X-Remote-Name"
    auth_header_groups: Annotated[str, Field(pattern=_HEADER)] = "X-Remote-Groups"
    auth_header_roles: Annotated[str, Field(pattern=_HEADER)] = "X-Remote-Roles"
    url: Annotated[str, Field(pattern=r"^https?://[^/]+/?$")] | None = None
    oauth_issuer: Annotated[str, Field(pattern=r"^https?://")] | None = None
    oauth_tenant: Annotated[str, Field(pattern=r"^[\w.-]+$")] | None = None
    oauth_client_id: str | None = None
    oauth_client_secret: SecretStr | None = None

    @property
    def state(self) -> Path:
        """The folder for what must be kept: it holds the index, users, the secret, SQLite."""
        return self.index.parent

    @property
    def users_file(self) -> Path:
        """Where the users of `MAAVI_AUTH=password` are."""
        return self.auth_users or self.state / "users.json"

    @property
    def given_database_url(self) -> str | None:
        """`MAAVI_DATABASE_URL`, which may hold a password."""
        return self.database_url.get_secret_value() if self.database_url else None


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
    wanted = _WANTED_OF.get(name) or _WANTED.get(fault["type"], "en anden værdi")
    shown = "…" if name in _SECRET else fault["input"]
    return f"{name}={shown} kan ikke bruges; der skal stå {wanted}."


_SECRET = ("MAAVI_AUTH_SECRET", "MAAVI_DATABASE_URL", "MAAVI_OAUTH_CLIENT_SECRET")
_WANTED_OF = {
    "MAAVI_AUTH": "none, password, header eller oauth",
    "MAAVI_AUTH_SECRET": "mindst 32 tilfældige tegn",
    "MAAVI_AUTH_HEADER_USER": "navnet på en header, fx X-Remote-User",
    "MAAVI_AUTH_HEADER_NAME": "navnet på en header, fx X-Remote-Name",
    "MAAVI_AUTH_HEADER_GROUPS": "navnet på en header, fx X-Remote-Groups",
    "MAAVI_AUTH_HEADER_ROLES": "navnet på en header, fx X-Remote-Roles",
    "MAAVI_URL": "adressen, som brugerne skriver, fx https://maavi.kommunen.dk",
    "MAAVI_OAUTH_ISSUER": "en adresse, fx https://login.kommunen.dk/realms/medarbejdere",
    "MAAVI_OAUTH_TENANT": "lejerens id eller domæne, fx kommunen.onmicrosoft.com",
}
_WANTED = {
    "bool_parsing": "true eller false",
    "float_parsing": "et tal",
    "int_parsing": "et helt tal",
    "greater_than": "et tal over 0",
    "path_type": "en mappe",
    "string_type": "en tekst",
    "string_pattern_mismatch": "udbyder:model (fx openai:gpt-5), for en adresse https://…",
}
