"""One row for each message, written through the ORM, as the Channels tutorial's readers do it."""

from django.db import models


class Message(models.Model):
    """A message that was said."""

    conversation = models.CharField(max_length=64, db_index=True)
    sender = models.CharField(max_length=64)
    message = models.CharField(max_length=64)
    sealed = models.TextField()

    class Meta:
        app_label = "archive"

    def __str__(self) -> str:
        return self.message
