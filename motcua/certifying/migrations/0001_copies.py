"""Copies and their scans."""
import django.db.models.deletion
import motcua.base.ids
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('base', '0001_floor'),
        ('people', '0003_substitutions'),
        ('results', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Copy',
            fields=[
                ('id', models.UUIDField(default=motcua.base.ids.new_id, primary_key=True, serialize=False)),
                ('state', models.TextField(default='taken')),
                ('presenter_name', models.TextField()),
                ('presenter_identity', models.TextField(blank=True)),
                ('title', models.TextField()),
                ('original_number', models.TextField(blank=True)),
                ('issued_by', models.TextField()),
                ('issued_on', models.DateField(null=True)),
                ('folded', models.TextField()),
                ('pages', models.IntegerField()),
                ('taken_at', models.DateTimeField()),
                ('compared_at', models.DateTimeField(null=True)),
                ('ended_at', models.DateTimeField(null=True)),
                ('year', models.IntegerField(null=True)),
                ('number', models.IntegerField(null=True)),
                ('ground', models.TextField(blank=True, default='')),
                ('note', models.TextField(blank=True, default='')),
                ('agency', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='people.agency')),
                ('compared_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies_compared', to='people.officer')),
                ('ended_by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies_ended', to='people.officer')),
                ('presenter', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copies', to='people.citizen')),
                ('result', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='copy', to='results.result')),
                ('taken_by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='copies_taken', to='people.officer')),
            ],
        ),
        migrations.CreateModel(
            name='Scan',
            fields=[
                ('id', models.UUIDField(default=motcua.base.ids.new_id, primary_key=True, serialize=False)),
                ('place', models.SmallIntegerField()),
                ('pages', models.IntegerField()),
                ('copy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scans', to='certifying.copy')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, to='base.storedfile')),
            ],
            options={
                'ordering': ['place'],
            },
        ),
        migrations.AddIndex(
            model_name='copy',
            index=models.Index(models.F('agency'), models.F('taken_at'), condition=models.Q(('state__in', ['taken', 'compared'])), name='copy_waiting'),
        ),
        migrations.AddIndex(
            model_name='copy',
            index=models.Index(models.F('agency'), models.OrderBy(models.F('ended_at'), descending=True), name='copy_ended'),
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', [motcua.certifying.states.State['TAKEN'], motcua.certifying.states.State['COMPARED'], motcua.certifying.states.State['CERTIFIED'], motcua.certifying.states.State['REFUSED'], motcua.certifying.states.State['CANCELLED']])), name='copy_state'),
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.CheckConstraint(condition=models.Q(('pages__gte', 1), ('pages__lte', 500)), name='copy_pages'),
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.CheckConstraint(condition=models.Q(('ground__in', ['', 'altered', 'damaged', 'secret', 'unlawful', 'not_legalised', 'unattested'])), name='copy_ground'),
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), models.Q(('ground', ''), _negated=True)), models.Q(models.Q(('state', 'refused'), _negated=True), ('ground', '')), _connector='OR'), name='copy_refused_for_a_ground'),
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number__gte', 1), ('number__isnull', False), ('result__isnull', False), ('state', 'certified'), ('year__isnull', False)), models.Q(models.Q(('state', 'certified'), _negated=True), ('number', None), ('result', None), ('year', None)), _connector='OR'), name='copy_certified_is_numbered'),
        ),
        migrations.AddConstraint(
            model_name='copy',
            constraint=models.UniqueConstraint(models.F('agency'), models.F('year'), models.F('number'), name='copy_number_once'),
        ),
        migrations.AddConstraint(
            model_name='scan',
            constraint=models.UniqueConstraint(models.F('copy'), models.F('place'), name='scan_place_once'),
        ),
    ]
