"""Rows of one owner are found, and counted, without going through those of all."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """An index that begins with table and owner."""

    dependencies = [("scenario", "0002_long_lists")]

    operations = [
        migrations.AddIndex(
            model_name="row",
            index=models.Index(
                fields=["table", "owner", "position", "name"],
                include=("id", "removed_at", "marking", "rel_low", "rel_high"),
                name="row_among_those_of_its_owner",
            ),
        ),
    ]
