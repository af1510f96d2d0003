import django.db.models.functions.text
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('lines', '0001_initial'),
        ('people', '0002_helper_languages'),
    ]

    operations = [
        migrations.AddConstraint(
            model_name='helper',
            constraint=models.UniqueConstraint(django.db.models.functions.text.Lower('email'), name='email_is_unique_in_any_case', violation_error_message='There is an account with this address.'),
        ),
    ]
