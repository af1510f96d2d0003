"""The talks store's three tables. The live core alone writes them, by journal operations in plain SQL.

The models exist for migrations, and say of each column why it is there and how long it lives; docs/privacy.md lists
them. No row knows who the visitor is: a code that means nothing outside the conversation is all there is (M10).
"""

from django.db import models


class Conversation(models.Model):
    """One conversation. The row goes when the helper has closed it, and at the latest 24 hours after its end."""

    code = models.CharField(max_length=64, primary_key=True)  # its name to the outside
    line = models.CharField(max_length=64)  # whose queue; which helpers may answer
    language = models.CharField(max_length=2)  # shown to helpers, so that they know how to answer
    state = models.CharField(max_length=8)  # of live/lifecycle.py
    newest = models.IntegerField()  # the last number of its log
    visitor = models.CharField(max_length=64)  # the visitor's code in here; no other trace of them
    wants_professional = models.BooleanField()  # their wish; a peer's "accept next" passes over them
    half_key = models.CharField(max_length=64, null=True)  # noqa: DJ001  # the server's half B; null from the end on
    duty = models.CharField(max_length=64, null=True)  # noqa: DJ001  # which duty holds it; null while nobody does
    helper = models.CharField(max_length=64, null=True)  # noqa: DJ001  # the helper's code in here; null likewise
    visitor_position = models.IntegerField()  # how far each side has come, told while ending:
    helper_position = models.IntegerField()  # the contents go when both have everything
    visitor_epoch = models.IntegerField()  # which of the visitor's pages is heard: the newest
    keyed_at = models.IntegerField()  # to which event's public key the conversation key has to be sealed now
    opened_at = models.BigIntegerField()  # a conversation lives a day at most; ms since 1970, as all instants here
    queued_at = models.BigIntegerField()  # the place in the queue
    is_first = models.BooleanField()  # waits again, because the helper was lost or parked it: before all others
    ending_at = models.BigIntegerField(null=True)  # ending lasts two minutes at most
    ended_at = models.BigIntegerField(null=True)  # an ended row lives 24 hours at most
    how = models.CharField(max_length=24, null=True)  # noqa: DJ001  # who ended it, for the other's screen; null before

    class Meta:
        indexes = (
            # The row number is its last column without being named: who came in the same millisecond keeps the order.
            models.Index(fields=["state", "line", "-is_first", "queued_at"], name="conversation_queue"),
            models.Index(fields=["duty"], name="conversation_duty"),
        )

    def __str__(self) -> str:
        """Name the row by what it is called outside."""
        return self.code


class Entry(models.Model):
    """One entry of a conversation's log. Destroyed at the end, together with the half key.

    Append-only by rowid with one unique index: the measured cheapest shape on disk. A second index for message ids
    would double the cost of a row; an id is looked up within its conversation, through this one.
    """

    pk = models.CompositePrimaryKey("conversation", "number")
    conversation = models.CharField(max_length=64)  # whose log
    number = models.IntegerField()  # gap-free from 1
    sender = models.CharField(max_length=64)  # who said it, and ...
    message = models.CharField(max_length=64)  # ... under which id: sent again, it keeps its number
    body = models.BinaryField()  # the event as JSON, as it is pushed and read; messages in it are sealed

    def __str__(self) -> str:
        """Name the row by its place."""
        return f"{self.conversation} {self.number}"


class Duty(models.Model):
    """One helper's time on duty. The row goes ten minutes after its end, when its last grant has expired too."""

    code = models.CharField(max_length=64, primary_key=True)  # its name to the console's session
    helper = models.CharField(max_length=64)  # whose; capacity counts a helper's talks over all their duties (M13)
    role = models.CharField(max_length=16)  # "professional" or "peer": what may be answered (M22), what is shown (M7)
    lines = models.TextField()  # JSON list of the lines they answer
    languages = models.TextField()  # JSON list of the languages they write: told to visitors before the first message
    names = models.TextField()  # JSON: the name shown, an alias, by language (M15)
    capacity = models.IntegerField()  # talks at once
    public_key = models.CharField(max_length=128)  # conversation keys are sealed to it
    epoch = models.IntegerField()  # which of the console's pages is heard: the newest
    is_available = models.BooleanField()  # takes conversations now
    lease_until = models.BigIntegerField()  # the console answers until then, as far as is known
    ended_at = models.BigIntegerField(null=True)  # over: grants given for it are refused

    class Meta:
        verbose_name_plural = "duties"

    def __str__(self) -> str:
        """Name the row by what it is called outside."""
        return self.code
