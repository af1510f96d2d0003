"""Addresses of the accounts."""

from django.urls import path

from suoja.people import views

app_name = "people"

urlpatterns = [
    path("accounts/login/", views.SignIn.as_view(), name="login"),
    path("accounts/logout/", views.SignOut.as_view(), name="logout"),
]
