from django.urls import path

from suoja.conversations import views

app_name = "conversations"

urlpatterns = [path("api/lines/", views.lines, name="lines")]
