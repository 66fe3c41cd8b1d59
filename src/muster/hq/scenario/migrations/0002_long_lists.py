"""Long lists: words without capitals, which are searched as they are, and an index that says whether rows are seen."""

from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

_AT_ONCE = 1000


def fold(apps: StateApps, editor: BaseDatabaseSchemaEditor) -> None:
    """Take the capitals from the words of all rows; nothing else of them changes."""
    rows = apps.get_model("scenario", "Row").objects.using(editor.connection.alias)
    several = []
    for row in rows.only("pk", "words").order_by("pk").iterator(_AT_ONCE):
        row.words = row.words.casefold()
        several.append(row)
        if len(several) == _AT_ONCE:
            rows.bulk_update(several, ["words"])
            several = []
    rows.bulk_update(several, ["words"])


class Migration(migrations.Migration):
    """What lists of 100,000 rows need."""

    dependencies = [("scenario", "0001_initial")]

    operations = [
        migrations.RunPython(fold, migrations.RunPython.noop),
        migrations.RemoveIndex(model_name="row", name="scenario_ro_table_936d03_idx"),
        migrations.AddIndex(
            model_name="row",
            index=models.Index(
                fields=["table", "position", "owner", "name"],
                include=("id", "removed_at", "marking", "rel_low", "rel_high"),
                name="row_in_its_place",
            ),
        ),
    ]
