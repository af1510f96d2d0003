import django.core.validators
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Line',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=32, unique=True, validators=[django.core.validators.RegexValidator('^[a-z][a-z0-9-]{0,31}$', 'Small letters, digits and hyphens.')], verbose_name='code')),
                ('order', models.PositiveSmallIntegerField(default=0, verbose_name='place in lists')),
                ('peers_may_answer', models.BooleanField(default=False, verbose_name='peers may answer')),
                ('name_fi', models.CharField(max_length=60, verbose_name='name in Finnish')),
                ('name_sv', models.CharField(max_length=60, verbose_name='name in Swedish')),
                ('name_en', models.CharField(max_length=60, verbose_name='name in English')),
                ('audience_fi', models.CharField(max_length=200, verbose_name='for whom, in Finnish')),
                ('audience_sv', models.CharField(max_length=200, verbose_name='for whom, in Swedish')),
                ('audience_en', models.CharField(max_length=200, verbose_name='for whom, in English')),
            ],
            options={
                'verbose_name': 'line',
                'verbose_name_plural': 'lines',
                'ordering': ('order', 'code'),
            },
        ),
    ]
