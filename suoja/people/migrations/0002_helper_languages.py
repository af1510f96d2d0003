import suoja.people.models
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='helper',
            name='languages',
            field=models.JSONField(default=suoja.people.models.only_finnish, verbose_name='languages'),
        ),
    ]
