
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Duty',
            fields=[
                ('code', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('helper', models.CharField(max_length=64)),
                ('role', models.CharField(max_length=16)),
                ('lines', models.TextField()),
                ('names', models.TextField()),
                ('capacity', models.IntegerField()),
                ('public_key', models.CharField(max_length=128)),
                ('is_available', models.BooleanField()),
                ('lease_until', models.BigIntegerField()),
                ('ended_at', models.BigIntegerField(null=True)),
            ],
            options={
                'verbose_name_plural': 'duties',
            },
        ),
        migrations.CreateModel(
            name='Entry',
            fields=[
                ('pk', models.CompositePrimaryKey('conversation', 'number', blank=True, editable=False, primary_key=True, serialize=False)),
                ('conversation', models.CharField(max_length=64)),
                ('number', models.IntegerField()),
                ('sender', models.CharField(max_length=64)),
                ('message', models.CharField(max_length=64)),
                ('body', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Conversation',
            fields=[
                ('code', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('line', models.CharField(max_length=64)),
                ('language', models.CharField(max_length=2)),
                ('state', models.CharField(max_length=8)),
                ('newest', models.IntegerField()),
                ('visitor', models.CharField(max_length=64)),
                ('wants_professional', models.BooleanField()),
                ('half_key', models.CharField(max_length=64, null=True)),
                ('duty', models.CharField(max_length=64, null=True)),
                ('helper', models.CharField(max_length=64, null=True)),
                ('visitor_position', models.IntegerField()),
                ('helper_position', models.IntegerField()),
                ('opened_at', models.BigIntegerField()),
                ('ending_at', models.BigIntegerField(null=True)),
                ('ended_at', models.BigIntegerField(null=True)),
                ('how', models.CharField(max_length=24, null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['state', 'line', 'opened_at'], name='conversation_queue'), models.Index(fields=['duty'], name='conversation_duty')],
            },
        ),
    ]
