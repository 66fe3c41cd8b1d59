"""What was released has a title and a time of its own: observers see it without the plan."""

from django.db import migrations, models


class Migration(migrations.Migration):
    """Two fields, and the order of the list."""

    dependencies = [("plans", "0001_initial")]

    operations = [
        migrations.AlterModelOptions(name="released", options={"ordering": ("-released_at", "for_whom", "name")}),
        migrations.AddField(
            model_name="released",
            name="title",
            field=models.CharField(blank=True, default="", max_length=160),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="released", name="released_at", field=models.DateTimeField(blank=True, null=True)
        ),
    ]
