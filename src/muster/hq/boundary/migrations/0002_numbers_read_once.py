"""Policies that read the numbers of the context once a query, and not for every row."""

from django.db import migrations

from muster.hq.boundary.schema import AGAIN


class Migration(migrations.Migration):
    """The policies of the tables that are there; those that are made later have them from the first."""

    dependencies = [("boundary", "0001_initial")]

    operations = [migrations.RunSQL(AGAIN)]
