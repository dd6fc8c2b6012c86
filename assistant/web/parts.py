"""What the server is put together from: our routes, and what stands in front of them."""

from pathlib import Path

import chainlit as cl
import chainlit.server
from starlette.middleware import Middleware
from starlette.routing import BaseRoute, Route

from assistant.accounts.oauth import provider_of
from assistant.accounts.proxy import networks
from assistant.accounts.signin import SignIn
from assistant.pipeline import Assistant
from assistant.settings import Settings
from assistant.store.keeper import Keeper
from assistant.store.store import Store
from assistant.web import signin
from assistant.web.accounts import Accounts
from assistant.web.assets import Assets
from assistant.web.datalayer import DataLayer
from assistant.web.feedback import FeedbackRoutes
from assistant.web.history import History
from assistant.web.identity import Identity
from assistant.web.roles import RolePages
from assistant.web.sources import Sources, not_found
from assistant.web.tokens import Tokens

# Chainlit's routes that nobody needs here: sharing a conversation, calling servers of tools,
# uploads, and its description of itself.
_CLOSED = ("project/share", "project/thread/share", "mcp", "project/file", "docs", "redoc")
_OURS = ("samtaler", "tilbagemeldinger", "svar", "hvem")


class Parts:
    """Everything that is ours around Chainlit's app."""

    def __init__(
        self,
        assistant: Assistant,
        settings: Settings,
        sign_in: SignIn,
        store: Store,
        tokens: Tokens,
    ) -> None:
        self._keeper = Keeper()
        self._store = store
        self.accounts = Accounts(sign_in, tokens, store, self._keeper)
        self._sources = Sources(assistant)
        layer = DataLayer(store, self._keeper)
        cl.data_layer(lambda: layer)
        signin.register(sign_in, tokens, provider_of(settings))
        self.routes: list[BaseRoute] = [
            *self._sources.routes,
            *FeedbackRoutes(self.accounts).routes,
            *Assets(
                Path(chainlit.server.build_dir) / "assets", Path(chainlit.server.public_dir)
            ).routes,
            *History(self.accounts).routes,
            *RolePages(self.accounts, assistant).routes,
            *(
                Route(path, not_found, methods=["GET", "POST", "PUT", "DELETE"])
                for name in (*_OURS, *_CLOSED, "openapi.json")
                for path in (f"/{name}", f"/{name}/{{rest:path}}")
            ),
        ]
        proxies = networks(settings.proxies or "")
        self.middleware = [
            Middleware(Identity, sign_in=sign_in, tokens=tokens, proxies=proxies, url=settings.url)
        ]

    def close(self, seconds: float) -> None:
        """End what runs, with at most `seconds` for what is not in the database yet."""
        self._sources.close()
        self._keeper.close(seconds)
        self._store.close()


def _folders() -> tuple[Path, Path]:
    """Chainlit's own files, and ours beside them."""
    return Path(chainlit.server.build_dir) / "assets", Path(chainlit.server.public_dir)
