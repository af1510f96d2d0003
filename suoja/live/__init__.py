"""The live core: an asyncio application that carries conversations. It imports no Django.

Commands come in as requests, events go out on one stream per browser. docs/how-a-message-travels.md tells the way.
"""
