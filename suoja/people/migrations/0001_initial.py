import suoja.lib.codes
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('lines', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Helper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('password', models.CharField(max_length=128, verbose_name='password')),
                ('email', models.EmailField(max_length=254, unique=True, verbose_name='email')),
                ('code', models.CharField(default=suoja.lib.codes.new_code, editable=False, max_length=64, unique=True)),
                ('role', models.CharField(choices=[('professional', 'professional'), ('peer', 'peer supporter (chatvertainen)'), ('contact_person', 'contact person'), ('chat_coordinator', 'chat coordinator'), ('trainer', 'trainer'), ('administrator', 'administrator')], max_length=20, verbose_name='role')),
                ('alias', models.CharField(blank=True, max_length=30, verbose_name='alias')),
                ('is_active', models.BooleanField(default=True, verbose_name='account is open')),
                ('lines', models.ManyToManyField(blank=True, to='lines.line', verbose_name='lines')),
            ],
            options={
                'verbose_name': 'helper',
                'verbose_name_plural': 'helpers',
                'constraints': [models.UniqueConstraint(condition=models.Q(('is_active', True), models.Q(('alias', ''), _negated=True)), fields=('alias',), name='alias_is_unique_among_active', violation_error_message='Another helper is shown by this name.')],
            },
        ),
    ]
