"""Addresses of the counter and the office: queue tickets, groups, absences, what was taken in for others."""

from django.urls import path

from motcua.sites.desk.views import absences, afar, groups, tickets

AFAR = "tiep-nhan-ho/<str:code>/"
urlpatterns = [
    path("tiep-nhan-ho/", afar.listed, name="afar_list"),
    path(AFAR, afar.afar, name="afar"),
    path(AFAR + "giay-tiep-nhan/", afar.paper, name="afar_receipt"),
    path(AFAR + "ket-qua/", afar.result, name="afar_result"),
    path(AFAR + "<str:slug>/", afar.move, name="afar_move"),
    path("vang-mat/", absences.absences, name="absences"),
    path("vang-mat/<str:absence>/ket-thuc/", absences.ended, name="absence_ended"),
    path("nhom/", groups.listed, name="groups"),
    path("nhom/tu-danh-sach/", groups.chosen, name="group_chosen"),
    path("nhom/<str:code>/", groups.group, name="group"),
    path("nhom/<str:code>/dua-ra/", groups.out, name="group_out"),
    path("so-thu-tu/", tickets.tickets, name="tickets"),
    path("so-thu-tu/lay-so/", tickets.kiosk, name="kiosk"),
    path("so-thu-tu/phieu/<str:ticket>/", tickets.ticket, name="ticket"),
    path("so-thu-tu/man-hinh/<str:agency>/", tickets.screen, name="screen"),
    path("so-thu-tu/<str:slug>/", tickets.act, name="ticket_act"),
]
