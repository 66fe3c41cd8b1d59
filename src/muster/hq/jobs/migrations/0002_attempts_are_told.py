"""A worker is told which claim it has; figures of the best so far."""

from django.db import migrations, models

from muster.hq.jobs.claiming import CLAIM_FUNCTION


class Migration(migrations.Migration):
    """The function of the first schema, which told less, is replaced."""

    dependencies = [("jobs", "0001_initial")]

    operations = [
        migrations.AddField("job", "figures", models.JSONField(default=dict)),
        migrations.RunSQL("DROP FUNCTION hq.claim_job(integer);" + CLAIM_FUNCTION),
    ]
