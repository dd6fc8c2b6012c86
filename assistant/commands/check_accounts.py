"""What `maavi doctor` looks at of sign-in, database and retention."""

from collections.abc import Iterator
from contextlib import closing

from assistant.accounts.oauth import chainlit_environment
from assistant.accounts.passwords import PasswordFile
from assistant.accounts.signin import PasswordSignIn, sign_in
from assistant.commands.checks import Check, bad, good, odd
from assistant.commands.output import counted
from assistant.errors import AssistantError
from assistant.settings import Settings

_OPEN = "Enhver, der kan nå maskinen, kan bruge Må vi? som gæst (MAAVI_AUTH_OPEN=true)"


def all_of(settings: Settings) -> Iterator[Check]:
    """How users sign in, where conversations are kept, and for how long."""
    yield _sign_in(settings)
    yield from _database(settings)


def _sign_in(settings: Settings) -> Check:
    try:
        way = sign_in(settings)
        if settings.auth == "oauth":
            chainlit_environment(settings)
    except AssistantError as error:
        return bad(str(error))
    if isinstance(way, PasswordSignIn):
        return _passwords(way.users)
    return _way(settings)


def _passwords(users: PasswordFile) -> Check:
    number = len(users.accounts())
    if not number:
        return bad(f"Ingen brugere i {users.path}", "Kør `maavi user add BRUGER`.")
    return good(f"Login med adgangskode: {counted(number, 'bruger', 'brugere')}")


def _way(settings: Settings) -> Check:
    if settings.auth == "none" and settings.auth_open:
        return odd(_OPEN, "Er det ikke meningen, så sæt MAAVI_AUTH til en måde at logge ind på.")
    if settings.auth == "none":
        return good("Uden login: Må vi? svarer kun på maskinen selv")
    if settings.auth == "header":
        return good(f"Login gennem proxyen på {settings.proxies}")
    where = f"Login gennem {'Entra ID' if settings.oauth_tenant else settings.oauth_issuer}"
    if settings.url is None:
        return odd(where, "Bag en proxy skal MAAVI_URL være adressen, som brugerne skriver.")
    return good(f"{where}; brugerne kommer tilbage til {settings.url}")


def _database(settings: Settings) -> Iterator[Check]:
    from assistant.store.retention import expired
    from assistant.store.store import Store

    try:
        with closing(Store(settings)) as store:
            store.open()
            rows = store.database.rows("SELECT COUNT(*) AS n FROM threads")
            old = expired(store.database, settings.retention_days)
            yield good(
                f"{store.database.shown}: {counted(rows[0]['n'], 'samtale', 'samtaler')} gemt"
            )
    except AssistantError as error:
        yield bad(str(error))
        return
    days = counted(settings.retention_days, "dag", "dage")
    text = f"Samtaler slettes, {days} efter at der sidst blev skrevet i dem"
    if old.threads:
        waiting = counted(old.threads, "er for gammel", "er for gamle")
        yield odd(
            f"{text}; {waiting}", "Chatten sletter dem hver dag; ellers kør `maavi retention`."
        )
    else:
        yield good(text)
