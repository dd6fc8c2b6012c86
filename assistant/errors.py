"""What can go wrong between a question and its answer.

AssistantError
├── SettingsError    a setting has a value that it cannot have
├── UsageError       the command line, or a file that it names, is wrong
├── IndexUnusable    there is no index to answer from, or it cannot be read
└── DatabaseUnusable the database of conversations cannot be reached, read or written
    └── DatabaseRefused  … it is there, and refused this; trying again would not help

`str()` of each is a sentence in Danish that can be shown to the user.
"""


class AssistantError(Exception):
    """Base of everything that `assistant` raises on purpose."""


class SettingsError(AssistantError):
    """A setting has a value that it cannot have."""


class UsageError(AssistantError):
    """The command line, or a file that it names, is wrong."""


class IndexUnusable(AssistantError):
    """There is no index to answer from, or it cannot be read."""


class DatabaseUnusable(AssistantError):
    """The database of conversations cannot be reached, read or written."""


class DatabaseRefused(DatabaseUnusable):
    """The database is there, and refused this; trying again would not help."""
