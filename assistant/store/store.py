"""All that is kept, behind one name."""

from assistant.settings import Settings
from assistant.store.conversations import Conversations
from assistant.store.database import Database, database_url
from assistant.store.feedback import FeedbackBook


class Store:
    """Conversations and feedback in the database that the settings name."""

    def __init__(self, settings: Settings) -> None:
        url = database_url(settings.given_database_url, settings.state / "maavi.db")
        self.database = Database(url)
        self.conversations = Conversations(self.database)
        self.feedback = FeedbackBook(self.database)

    def open(self) -> None:
        """Make the tables, or bring them up to date.

        Raises:
            DatabaseUnusable: the database cannot be reached or written.
        """
        self.database.open()

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()
