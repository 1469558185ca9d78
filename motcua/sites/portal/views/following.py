"""Following a dossier that is not one's own: no more is told than its code tells anybody."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.views.decorators.http import require_POST

from motcua.dossiers.queries import standing_by_code
from motcua.notices import actions
from motcua.people.models import Citizen
from motcua.people.queries import citizen_actor
from motcua.sites.portal.asking import citizen_only


@require_POST
@citizen_only
def follow(request: HttpRequest, who: Citizen) -> HttpResponse:
    """Keep the dossier with this code in the account. Raises `NotFound` ``dossier_unknown``."""
    dossier = standing_by_code(request.POST.get("ma", "").replace("\x00", "")).dossier
    if dossier.filed_by_id != who.id:
        actions.follow(dossier.stream, by=citizen_actor(who), at=timezone.now())
        messages.success(request, now_("Đã theo dõi hồ sơ %(code)s.") % {"code": dossier.code})
    else:
        messages.info(
            request, now_("Đây là hồ sơ của bạn: bạn vẫn được báo mỗi khi có bước mới, không cần theo dõi.")
        )
    return redirect("portal:account")


@require_POST
@citizen_only
def unfollow(request: HttpRequest, who: Citizen) -> HttpResponse:
    """Take it off the account."""
    dossier = standing_by_code(request.POST.get("ma", "").replace("\x00", "")).dossier
    actions.unfollow(dossier.stream, by=citizen_actor(who))
    messages.success(request, now_("Đã bỏ theo dõi hồ sơ %(code)s.") % {"code": dossier.code})
    return redirect("portal:account")
