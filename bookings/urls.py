"""Pages of this app."""

from __future__ import annotations

from django.urls import path

from bookings import views

app_name = "bookings"
urlpatterns = [
    path("", views.need, name="price"),
    path("price/<uuid:quote_id>/", views.quote, name="quote"),
    path("visits/", views.mine, name="mine"),
    path("visits/<uuid:booking_id>/", views.visit, name="visit"),
    path("visits/<uuid:booking_id>/here/", views.here, name="here"),
    path("visits/<uuid:booking_id>/cancel/", views.cancel, name="cancel"),
    path("visits/<uuid:booking_id>/times/", views.times, name="times"),
    path("visits/<uuid:booking_id>/settle/", views.settle, name="settle"),
    path("series/<uuid:series_id>/", views.series, name="series"),
    path("today/", views.today, name="today"),
    path("time/", views.worktime, name="time"),
    path("offers/<uuid:offer_id>/", views.offer, name="offer"),
    path("offers/<uuid:offer_id>/answer/", views.answer, name="answer"),
    path("offers/<uuid:offer_id>/why/", views.why, name="why"),
    path("work/", views.work, name="work"),
    path("work/<uuid:booking_id>/", views.job, name="job"),
    path("work/<uuid:booking_id>/arrive/", views.arrive, name="arrive"),
    path("work/<uuid:booking_id>/leave/", views.leave, name="leave"),
    path("work/<uuid:booking_id>/withdraw/", views.withdraw, name="withdraw"),
    path("desk/", views.desk, name="desk"),
    path("desk/<str:day>/", views.desk, name="desk_day"),
    path("desk/again/<uuid:booking_id>/", views.again, name="again"),
]
