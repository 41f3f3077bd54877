"""Addresses of logging in, of one's own account, of users and of the log."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from bianzhi.office.access.views import account, codes, log, login, users

urlpatterns = [
    path("login", login.Login.as_view(), name="login"),
    path("logout", LogoutView.as_view(), name="logout"),
    path("code", login.code, name="code"),
    path("account", account.account, name="account"),
    path("password", account.password, name="password"),
    path("everywhere", account.everywhere, name="everywhere"),
    path("codes", codes.codes, name="codes"),
    path("tokens", account.tokens, name="tokens"),
    path("users", users.users, name="users"),
    path("user", users.user, name="user"),
    path("log", log.log, name="access-log"),
]
