"""What the server does once a day: delete the conversations that are too old."""

import asyncio
import logging

from assistant.errors import DatabaseUnusable
from assistant.store.retention import expire
from assistant.store.store import Store

_DAY = 86_400.0
_AFTER_FAULT = 600.0  # seconds until the next try
_LOG = logging.getLogger(__name__)


async def keep_tidy(store: Store, days: int) -> None:
    """Delete at once, and then every day, until it is cancelled."""
    while True:
        try:
            gone = await asyncio.to_thread(expire, store.database, days)
            if gone.threads:
                _LOG.info("%d conversations were older than %d days", gone.threads, days)
            await asyncio.sleep(_DAY)
        except DatabaseUnusable as error:
            _LOG.error("%s", error)
            await asyncio.sleep(_AFTER_FAULT)
