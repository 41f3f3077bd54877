"""Logging in: lock-out, one-time codes, how long a login lasts."""

from __future__ import annotations

import re
import time

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from bianzhi.office.access import sessions
from bianzhi.office.access.models import LogEntry, User
from tests.support.cast import browser, user
from tests.support.pages import text

pytestmark = pytest.mark.django_db
GOOD = "quiet-harbour-72"


@pytest.fixture
def clerk():
    return User.objects.make("zhou", GOOD, "office_clerk", "周敏")


def visitor():
    return Client(SERVER_NAME="localhost")


def log_in(client, password=GOOD, name="zhou"):
    return client.post("/access/login", {"username": name, "password": password})


def acts():
    return list(LogEntry.objects.order_by("no").values_list("act", flat=True))


def test_passwords_are_kept_as_argon2(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
    assert User.objects.make("a", GOOD, "auditor", "甲").password.startswith("argon2")


def test_a_login_and_a_logout_are_logged(clerk):
    client = visitor()
    assert log_in(client)["Location"] == "/"
    client.post("/access/logout")
    assert acts() == ["login", "logout"]


def test_five_wrong_passwords_lock_the_name_and_say_so(clerk):
    client = visitor()
    answers = [log_in(client, "wrong") for _ in range(5)]
    assert [each.status_code for each in answers] == [200] * 4 + [429]
    assert "已锁定 15 分钟" in text(answers[-1].content.decode())
    assert log_in(client).status_code == 429  # the right one does not help now
    assert "locked" in acts()
    assert acts().count("failed") >= 5


def test_a_closed_user_does_not_get_in(clerk):
    clerk.is_active = False
    clerk.save()
    assert "用户名或密码不对" in text(log_in(visitor()).content.decode())


def test_where_there_are_no_users_the_page_says_how_to_make_them():
    assert "bianzhi users first" in visitor().get("/access/login").content.decode()


def test_the_administrator_lands_where_there_is_something_to_do():
    User.objects.make("guan", GOOD, "administrator", "关宁")
    client = visitor()
    assert log_in(client, name="guan")["Location"] == "/access/users"
    assert client.get("/").status_code == 403


@pytest.mark.parametrize(
    ("since", "seen", "over"),
    [(0, 0, False), (0, 29 * 60, False), (0, 31 * 60, True), (13 * 3600, 0, True)],
)
def test_a_login_ends_when_idle_or_too_long(clerk, since, seen, over):
    client = visitor()
    log_in(client)
    session, now = client.session, int(time.time())
    session[sessions.SINCE], session[sessions.SEEN] = now - since, now - seen
    session.save()
    answer = client.get("/access/account")
    assert (answer.status_code == 302) == over
    if over:
        assert "登录已结束" in client.get(answer["Location"]).content.decode()


def test_logging_out_everywhere_ends_every_login(clerk):
    one, other = visitor(), visitor()
    log_in(one)
    log_in(other)
    one.post("/access/everywhere")
    assert one.get("/access/account").status_code == other.get("/access/account").status_code == 302
    log_in(other)
    assert other.get("/access/account").status_code == 200


def test_a_first_password_must_be_changed_before_anything_else(clerk):
    clerk.must_change = True
    clerk.save()
    client, other = visitor(), visitor()
    log_in(client)
    log_in(other)
    assert client.get("/")["Location"] == "/access/password"
    fields = {"old_password": GOOD, "new_password1": "12345678901", "new_password2": "12345678901"}
    assert "全部是数字" in client.post("/access/password", fields).content.decode().replace(
        "密码只包含数字", "全部是数字"
    )
    new = {
        "old_password": GOOD,
        "new_password1": "lake-window-81",
        "new_password2": "lake-window-81",
    }
    assert client.post("/access/password", new)["Location"] == "/"
    assert client.get("/access/account").status_code == 200
    assert other.get("/access/account").status_code == 302


def code_of(device):
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits)
    totp.time = time.time()
    return f"{totp.token():06d}"


def set_up(client, clerk):
    page = client.get("/access/codes").content.decode()
    assert 'src="data:image/svg+xml' in page
    device = TOTPDevice.objects.get(user=clerk)
    page = client.post("/access/codes", {"code": code_of(device)}).content.decode()
    return device, re.findall(r"<code>([a-z0-9-]+)</code>", page)


def test_one_time_codes_are_asked_for_once_set_up(clerk):
    client = visitor()
    log_in(client)
    device, words = set_up(client, clerk)
    assert len(set(words)) == 8
    fresh = visitor()
    log_in(fresh)
    assert fresh.get("/")["Location"] == "/access/code"
    assert "动态码不对" in fresh.post("/access/code", {"code": "000000"}).content.decode()
    assert fresh.get("/access/account")["Location"] == "/access/code"
    TOTPDevice.objects.update(last_t=-1, throttling_failure_count=0)
    device.refresh_from_db()
    assert fresh.post("/access/code", {"code": code_of(device)}).status_code == 302
    assert fresh.get("/access/account").status_code == 200


def test_a_recovery_code_lets_in_once(clerk):
    client = visitor()
    log_in(client)
    _, words = set_up(client, clerk)
    for expected in (302, 200):
        fresh = visitor()
        log_in(fresh)
        assert fresh.post("/access/code", {"code": words[0]}).status_code == expected


def test_codes_are_taken_off_with_the_password(clerk):
    client = visitor()
    log_in(client)
    set_up(client, clerk)
    client.post("/access/codes", {"off": "1", "password": "wrong"})
    assert TOTPDevice.objects.exists()
    client.post("/access/codes", {"off": "1", "password": GOOD})
    assert not TOTPDevice.objects.exists()


def test_cookies_are_closed_to_scripts_and_other_sites(clerk):
    cookie = log_in(visitor()).cookies["sessionid"]
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


@pytest.mark.parametrize("page", ["account", "password", "codes", "users", "log", "code"])
def test_nobody_gets_anywhere_without_a_name(page):
    user("auditor")
    assert visitor().get(f"/access/{page}")["Location"].startswith("/access/login")


def test_tokens_are_shown_once_and_kept_as_digests(clerk):
    client = browser("office_clerk")
    page = client.post("/access/tokens", {"title": "报表程序"}).content.decode()
    secret = re.findall(r"<code>([a-z0-9-]{20,})</code>", page)[0]
    token = user("office_clerk").tokens.get()
    assert secret not in str(token.__dict__)
    client.post("/access/tokens", {"revoke": str(token.pk)})
    token.refresh_from_db()
    assert token.revoked_at is not None
    assert "请写明" in client.post("/access/tokens", {"title": " "}, follow=True).content.decode()
