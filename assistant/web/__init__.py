"""The chat in the browser: Chainlit, our own routes beside it, and the server that runs both."""
