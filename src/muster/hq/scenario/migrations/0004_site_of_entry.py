"""Rows say at which site they were entered; names are unique among the rows of a site."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    """Rows that are there were entered here."""

    dependencies = [("scenario", "0003_rows_of_an_owner")]

    operations = [
        migrations.AddField(
            model_name="row",
            name="site",
            field=models.CharField(default=settings.SITE, max_length=8),
            preserve_default=False,
        ),
        migrations.RemoveConstraint(model_name="row", name="row_is_named_once_by_its_owner"),
        migrations.AddConstraint(
            model_name="row",
            constraint=models.UniqueConstraint(
                condition=models.Q(("removed_at__isnull", True), models.Q(("name", ""), _negated=True)),
                fields=("table", "owner", "name", "site"),
                name="row_is_named_once_by_its_owner",
            ),
        ),
    ]
