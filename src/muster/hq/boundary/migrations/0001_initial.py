"""The keys of the context, and what the boundary puts into the database."""

from django.db import migrations, models

from muster.hq.boundary.schema import CONTEXT_FUNCTION, LABEL_FUNCTION


class Migration(migrations.Migration):
    """The first schema."""

    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="ContextKey",
            fields=[
                ("key_id", models.CharField(max_length=20, primary_key=True, serialize=False)),
                ("inner_pad", models.BinaryField()),
                ("outer_pad", models.BinaryField()),
                ("good_until", models.DateTimeField()),
            ],
        ),
        migrations.RunSQL(CONTEXT_FUNCTION + LABEL_FUNCTION),
    ]
