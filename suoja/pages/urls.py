"""Addresses of the public pages; no subject stands in any of them."""

from django.urls import path

from suoja.pages import views

app_name = "pages"

urlpatterns = [path("", views.front, name="front")]
