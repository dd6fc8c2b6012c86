"""`maavi user`: the users of `MAAVI_AUTH=password`."""

import argparse
import getpass
import sys

from assistant.accounts.passwords import Account, PasswordFile, checked_name, hashed
from assistant.accounts.people import ROLES, roles_named
from assistant.commands.arguments import Commands, add_command, add_subcommands
from assistant.commands.exits import DONE
from assistant.commands.output import say
from assistant.errors import UsageError
from assistant.settings import load_settings

_HOW = "Adgangskoden spørges der om, eller den læses som første linje af standard input."


def add_to(commands: Commands) -> None:
    """Add the command to the command line."""
    below = add_subcommands(commands, "user", "giv og tag adgang, når MAAVI_AUTH=password")
    add = add_command(below, "add", run_add, "tilføj en bruger", _HOW)
    add.options.add_argument("--name", metavar="TEKST", default="", help="navnet, der vises")
    add.options.add_argument(
        "--role",
        metavar="ROLLE",
        action="append",
        default=[],
        help=f"en rolle ({', '.join(ROLES)}); kan gives flere gange",
    )
    add.options.add_argument(
        "--group",
        metavar="GRUPPE",
        action="append",
        default=[],
        help="en gruppe fra documents.toml; kan gives flere gange",
    )
    password = add_command(below, "password", run_password, "giv en ny adgangskode", _HOW)
    remove = add_command(below, "remove", run_remove, "fjern en bruger, som straks er logget ud")
    for parser in (add, password, remove):
        parser.words.add_argument("user", metavar="BRUGER", help="navnet, der logges ind med")
    add_command(below, "list", run_list, "vis brugerne med roller og grupper")


def run_add(arguments: argparse.Namespace) -> int:
    """Carry it out."""
    users = _users()
    name = checked_name(arguments.user)
    roles = tuple(sorted(roles_named(arguments.role, "--role")))
    groups = tuple(dict.fromkeys(group.strip() for group in arguments.group if group.strip()))
    if name in users.accounts():
        raise UsageError(f"{name} findes. Brug `maavi user password`, eller fjern brugeren først.")
    account = Account(hash=hashed(_asked()), name=arguments.name, roles=roles, groups=groups)
    users.put(name, account)
    say(f"{name} er tilføjet i {users.path}.")
    return DONE


def run_password(arguments: argparse.Namespace) -> int:
    """Carry it out."""
    users = _users()
    account = users.accounts().get(arguments.user)
    if account is None:
        raise UsageError(f"{arguments.user}: brugeren findes ikke i {users.path}.")
    users.put(arguments.user, account.model_copy(update={"hash": hashed(_asked())}))
    say(f"{arguments.user} har fået en ny adgangskode og skal logge ind igen.")
    return DONE


def run_remove(arguments: argparse.Namespace) -> int:
    """Carry it out."""
    users = _users()
    users.remove(arguments.user)
    say(f"{arguments.user} er fjernet. Samtalerne slettes, når de er gamle nok.")
    return DONE


def run_list(arguments: argparse.Namespace) -> int:
    """Carry it out."""
    users = _users()
    for name, account in sorted(users.accounts().items()):
        roles = ", ".join(account.roles) or "medarbejder"
        groups = ", ".join(account.groups) or "–"
        print(f"{name}\t{account.name or '–'}\t{roles}\t{groups}")
    if not users.accounts():
        say(f"Ingen brugere i {users.path}. Tilføj en med `maavi user add BRUGER`.")
    return DONE


def _users() -> PasswordFile:
    return PasswordFile(load_settings().users_file)


def _asked() -> str:
    """The password, from the terminal or the first line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass("Adgangskode: ")
    if getpass.getpass("Gentag adgangskoden: ") != password:
        raise UsageError("De to adgangskoder er ikke ens. Prøv igen.")
    return password
