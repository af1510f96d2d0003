from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0001_initial'),
    ]

    operations = [
        # A duty that runs through the upgrade says Finnish until its console asks anew.
        migrations.AddField(
            model_name='duty',
            name='languages',
            field=models.TextField(default='["fi"]'),
            preserve_default=False,
        ),
    ]
