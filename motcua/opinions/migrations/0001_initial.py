"""What other agencies are asked."""

import django.db.models.deletion
import motcua.base.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('dossiers', '0006_opinions'),
        ('people', '0003_substitutions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.UUIDField(default=motcua.base.ids.new_id, primary_key=True, serialize=False)),
                ('opinion', models.TextField(blank=True)),
                ('title', models.TextField()),
                ('question', models.TextField()),
                ('asked_at', models.DateTimeField()),
                ('due_at', models.DateTimeField()),
                ('answered_at', models.DateTimeField(null=True)),
                ('agrees', models.BooleanField(null=True)),
                ('answer', models.TextField(blank=True, default='')),
                ('withdrawn_at', models.DateTimeField(null=True)),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions_asked', to='people.agency')),
                ('asked_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='opinions_wanted', to='people.agency')),
                ('dossier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='opinions', to='dossiers.dossier')),
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.officer')),
            ],
            options={
                'indexes': [models.Index(models.F('agency'), models.F('due_at'), condition=models.Q(('answered_at', None), ('withdrawn_at', None)), name='opinion_worklist'), models.Index(models.F('agency'), models.F('answered_at'), condition=models.Q(('answered_at__isnull', False)), name='opinion_answered')],
                'constraints': [models.CheckConstraint(condition=models.Q(('answered_at', None), models.Q(('agrees__isnull', False), ('officer__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='opinion_answered_whole'), models.UniqueConstraint(models.F('dossier'), models.F('agency'), models.F('opinion'), condition=models.Q(('answered_at', None), ('withdrawn_at', None)), name='opinion_open_once')],
            },
        ),
    ]
