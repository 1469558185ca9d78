"""What other agencies are asked."""

import django.db.models.deletion
import motcua.base.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0003_substitutions'),
    ]

    operations = [
        migrations.CreateModel(
            name='Opinion',
            fields=[
                ('id', models.UUIDField(default=motcua.base.ids.new_id, primary_key=True, serialize=False)),
                ('reference', models.TextField(db_index=True)),
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
                ('officer', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, to='people.officer')),
            ],
            options={
                'indexes': [models.Index(models.F('agency'), models.F('due_at'), condition=models.Q(('answered_at', None)), name='opinion_worklist')],
                'constraints': [models.CheckConstraint(condition=models.Q(('answered_at', None), models.Q(('agrees__isnull', False), ('officer__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='opinion_answered_whole'), models.UniqueConstraint(models.F('reference'), models.F('agency'), models.F('opinion'), condition=models.Q(('answered_at', None), ('withdrawn_at', None)), name='opinion_open_once')],
            },
        ),
    ]
