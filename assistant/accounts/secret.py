"""The secret that cookies are signed with: made once and kept; a restart signs nobody out."""

import os
import secrets
from pathlib import Path

from assistant.errors import SettingsError

SHORTEST = 32  # characters


def kept_secret(path: Path) -> str:
    """The secret in the file `path`, which is made when it is missing.

    Raises:
        SettingsError: it cannot be written or read, or is too short.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            _make(path)
        secret = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(
            f"{path}: hemmeligheden til login kan ikke læses eller skrives ({error}). "
            "Giv brugeren, der kører Må vi?, rettigheder til mappen, eller sæt MAAVI_AUTH_SECRET."
        ) from error
    if len(secret) < SHORTEST:
        raise SettingsError(f"{path}: hemmeligheden er for kort. Slet filen, så laves en ny.")
    return secret


def _make(path: Path) -> None:
    made = path.with_name(f"{path.name}.{os.getpid()}")
    handle = os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        out.write(secrets.token_urlsafe(48) + "\n")
    try:
        os.link(made, path)  # two that start at once agree on the first one's
    except FileExistsError:
        pass
    except OSError:
        made.replace(path)  # a file system without links
        return
    made.unlink()
