"""Whether an account knows of the end of a job is kept with the notice of it."""

from django.db import migrations


class Migration(migrations.Migration):
    """``seen`` is not needed any more."""

    dependencies = [("jobs", "0002_attempts_are_told"), ("notices", "0001_initial")]

    operations = [migrations.RemoveField("job", "seen")]
