"""The keys by which contexts are verified."""

from django.db import models


class ContextKey(models.Model):
    """A key of the context as the database needs it; the application cannot read this table."""

    key_id = models.CharField(max_length=20, primary_key=True)
    inner_pad = models.BinaryField()
    outer_pad = models.BinaryField()
    good_until = models.DateTimeField()
