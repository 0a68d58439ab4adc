"""Without DEBUG the site starts only when it is safe, and every page is served safely."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SAFE = {
    "DEBUG": "0",
    "SECRET_KEY": "k3J9dR_wq8ZxV5nT1yLs7GhB4mPc6FaE0uXoQiNvMzKtYbDrWe",
    "ALLOWED_HOSTS": "offers.example.com",
    "EMAIL_URL": "smtp://mail.example.com:25",
}


def manage(*command: str, state: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *command],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], "STATE_DIR": str(state), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_it_refuses_to_start_and_names_all_that_is_missing(tmp_path):
    nothing = {"DEBUG": "0", "SECRET_KEY": "", "ALLOWED_HOSTS": "", "EMAIL_URL": ""}
    done = manage("check", state=tmp_path, **nothing)
    assert done.returncode != 0
    named = [name for name in SAFE if f"  {name}: " in done.stderr]
    assert named == ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL"]


@pytest.mark.parametrize("name", ["SECRET_KEY", "ALLOWED_HOSTS", "EMAIL_URL"])
def test_one_missing_is_enough(tmp_path, name):
    done = manage("check", state=tmp_path, **{**SAFE, name: ""})
    assert done.returncode != 0
    assert [n for n in SAFE if f"  {n}: " in done.stderr] == [name]


@pytest.mark.parametrize(("name", "unsafe"), [("SECRET_KEY", "short"), ("ALLOWED_HOSTS", "*")])
def test_unsafe_is_as_good_as_missing(tmp_path, name, unsafe):
    assert f"  {name}: " in manage("check", state=tmp_path, **{**SAFE, name: unsafe}).stderr


def test_with_everything_set_djangos_own_check_is_silent(tmp_path):
    done = manage("check", "--deploy", "--fail-level", "WARNING", state=tmp_path, **SAFE)
    assert done.returncode == 0, done.stderr
    assert done.stdout + done.stderr == "System check identified no issues (0 silenced).\n"


def test_what_production_turns_on(tmp_path):
    names = [
        "STAFF_MFA_REQUIRED",
        "SESSION_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "CSRF_COOKIE_SECURE",
        "CSRF_COOKIE_HTTPONLY",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
    ]
    code = f"from django.conf import settings; print([getattr(settings, n) for n in {names}])"
    done = manage("shell", "--no-imports", "-c", code, state=tmp_path, **SAFE)
    assert done.stdout == f"{[True] * 6 + [365 * 24 * 3600]}\n", done.stderr


# --- the policy on every page -------------------------------------------------------------------


def policy(response) -> dict[str, list[str]]:
    parts = [part.split() for part in response["Content-Security-Policy"].split(";")]
    return {name: values for name, *values in parts}


@pytest.mark.parametrize(
    "path", ["/", "/account/sign-in/", "/account/offers/", "/nowhere/", "/admins/"]
)
def test_no_public_page_allows_anything_unsafe(client, db, path):
    rules = policy(client.get(path))
    assert rules["default-src"] == ["'none'"]
    assert rules["script-src"] == rules["style-src"] == ["'self'"]
    assert "unsafe" not in str(rules)
    assert client.get(path)["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize("path", ["/admin/login/", "/admin/", "/admin/password-reset/"])
def test_the_back_office_is_relaxed_as_far_as_its_theme_needs(client, db, path):
    rules = policy(client.get(path))
    public = policy(client.get("/account/sign-in/"))
    assert rules.pop("script-src") == ["'self'", "'unsafe-eval'", "'unsafe-inline'"]
    assert rules.pop("style-src") == ["'self'", "'unsafe-inline'"]
    assert rules == {name: values for name, values in public.items() if name in rules}


def test_the_refusal_of_too_many_attempts_has_the_policy_too(client, db):
    for number in range(22):
        answer = client.post("/account/sign-in/", {"email": f"a{number}@example.com"})
    assert answer.status_code == 429
    assert "unsafe" not in answer["Content-Security-Policy"]
