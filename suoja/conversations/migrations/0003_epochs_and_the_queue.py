from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import F


def keep_places(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """Who waits through the upgrade keeps the place; a talk that runs was accepted at number 2, as all were before."""
    conversations = apps.get_model('conversations', 'Conversation').objects.using(schema_editor.connection.alias)
    conversations.update(queued_at=F('opened_at'))
    conversations.filter(helper__isnull=False).update(keyed_at=2)


class Migration(migrations.Migration):

    dependencies = [
        ('conversations', '0002_duty_languages'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='conversation',
            name='conversation_queue',
        ),
        migrations.AddField(
            model_name='conversation',
            name='visitor_epoch',
            field=models.IntegerField(default=1),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='conversation',
            name='keyed_at',
            field=models.IntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='conversation',
            name='queued_at',
            field=models.BigIntegerField(default=0),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='conversation',
            name='is_first',
            field=models.BooleanField(default=False),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name='duty',
            name='epoch',
            field=models.IntegerField(default=1),
            preserve_default=False,
        ),
        migrations.RunPython(keep_places, migrations.RunPython.noop, elidable=True),
        migrations.AddIndex(
            model_name='conversation',
            index=models.Index(fields=['state', 'line', '-is_first', 'queued_at'], name='conversation_queue'),
        ),
    ]
