"""Addresses of the console."""

from django.urls import path

from suoja.console import views

app_name = "console"

urlpatterns = [
    path("console/", views.console, name="console"),
    path("console/grant/", views.grant, name="grant"),
    path("console/begin/", views.begin, name="begin"),
]
