"""Staff and roles: nobody hands out, or takes over, more rights than they have."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth.models import Group, Permission
from django.test import Client

from customers.models import User
from tests.factories import make_staff, make_user
from tests.pages import staff_with

USERS = "/admin/customers/user/"
ROLES = "/admin/auth/group/"
MANAGER = (
    "customers.view_user",
    "customers.add_user",
    "customers.change_user",
    "auth.view_group",
    "auth.add_group",
    "auth.change_group",
    "auth.delete_group",
    "offers.view_privateoffer",
)


@pytest.fixture
def manager(db) -> Client:
    """May manage people and look at offers; nothing else."""
    return staff_with(*MANAGER, email="manager@example.com")


@pytest.fixture
def superuser(db) -> Client:
    return staff_with(email="super@example.com", is_superuser=True)


def make_role(name: str, *codenames: str) -> Group:
    role = Group.objects.create(name=name)
    role.permissions.set(Permission.objects.filter(codename__in=codenames))
    return role


def row(**fields) -> dict[str, object]:
    return {"email": "mia@example.com", "first_name": "", "last_name": "", **fields}


def names(role: Group) -> list[str]:
    return list(role.permissions.values_list("codename", flat=True))


def test_the_list_shows_staff_only(superuser):
    make_user("customer@example.com")
    make_staff(email="mia@example.com")
    page = superuser.get(USERS)
    assert [user.email for user in page.context["cl"].result_list] == [
        "mia@example.com",
        "super@example.com",
    ]
    assert "customer@example.com" not in page.content.decode()


@pytest.mark.parametrize("path", [USERS, ROLES, f"{USERS}add/", f"{ROLES}add/"])
def test_who_lacks_the_permission_sees_nothing(db, path):
    assert staff_with("offers.view_privateoffer").get(path).status_code == 403


def test_a_new_member_of_staff_has_no_password_that_anybody_knows(manager):
    manager.post(f"{USERS}add/", row(email=" Mia@Example.com", is_active="on"))
    mia = User.objects.get(email="mia@example.com")
    assert (mia.is_staff, mia.is_superuser, mia.has_usable_password()) == (True, False, False)


def test_a_customers_address_is_not_made_staff(manager):
    make_user("mia@example.com")
    page = manager.post(f"{USERS}add/", row(is_active="on"))
    assert "A customer signs in with this address" in page.content.decode()
    assert not User.objects.get(email="mia@example.com").is_staff


def test_only_superusers_make_superusers(manager, superuser):
    manager.post(f"{USERS}add/", row(is_active="on", is_superuser="on"))
    mia = User.objects.get(email="mia@example.com")
    assert not mia.is_superuser
    manager.post(f"{USERS}{mia.pk}/change/", row(is_active="on", is_superuser="on"))
    manager.post(
        f"{USERS}{User.objects.get(email='manager@example.com').pk}/change/",
        row(email="manager@example.com", is_active="on", is_superuser="on"),
    )
    assert list(User.objects.filter(is_superuser=True).values_list("email", flat=True)) == [
        "super@example.com"
    ]
    superuser.post(f"{USERS}{mia.pk}/change/", row(is_active="on", is_superuser="on"))
    mia.refresh_from_db()
    assert mia.is_superuser


@pytest.mark.parametrize("is_active", [True, False])
def test_who_has_more_rights_is_not_edited(manager, is_active):
    """Their address would be enough to choose a new password, and so to become them."""
    chief = make_staff("offers.change_privateoffer", email="chief@example.com", is_active=is_active)
    boss = make_staff(email="boss@example.com", is_superuser=True, is_active=is_active)
    for user in (chief, boss):
        assert manager.get(f"{USERS}{user.pk}/change/").status_code == 200
        answer = manager.post(f"{USERS}{user.pk}/change/", row(is_active="on"))
        assert answer.status_code == 403
        before = (user.email, user.is_active)
        user.refresh_from_db()
        assert (user.email, user.is_active) == before


def test_only_roles_within_ones_own_rights_are_handed_out(manager):
    make_role("Editors", "view_privateoffer", "change_privateoffer")
    readers = make_role("Readers", "view_privateoffer")
    form = manager.get(f"{USERS}add/").context["adminform"].form
    assert list(form.fields["groups"].queryset) == [readers]
    manager.post(f"{USERS}add/", row(is_active="on", groups=[g.pk for g in Group.objects.all()]))
    assert not User.objects.filter(email="mia@example.com").exists()
    manager.post(f"{USERS}add/", row(is_active="on", groups=[readers.pk]))
    assert list(User.objects.get(email="mia@example.com").groups.all()) == [readers]


def test_roles_are_made_of_ones_own_rights_only(manager):
    view = Permission.objects.get(codename="view_privateoffer")
    change = Permission.objects.get(codename="change_privateoffer")
    manager.post(f"{ROLES}add/", {"name": "Editors", "permissions": [view.pk, change.pk]})
    assert not Group.objects.filter(name="Editors").exists()
    manager.post(f"{ROLES}add/", {"name": "Readers", "permissions": [view.pk]})
    assert names(Group.objects.get(name="Readers")) == ["view_privateoffer"]


def test_a_role_with_more_rights_is_neither_edited_nor_deleted(manager):
    editors = make_role("Editors", "change_privateoffer")
    assert manager.post(f"{ROLES}{editors.pk}/change/", {"name": "Mine"}).status_code == 403
    assert manager.post(f"{ROLES}{editors.pk}/delete/", {"post": "yes"}).status_code == 403
    chosen = {"action": "delete_selected", "_selected_action": [editors.pk], "post": "yes"}
    manager.post(ROLES, chosen)
    assert names(Group.objects.get(name="Editors")) == ["change_privateoffer"]


def test_permissions_read_as_words(superuser):
    form = superuser.get(f"{ROLES}add/").context["adminform"].form
    labels = [str(label) for _, label in form.fields["permissions"].choices]
    assert "Customer: Can export customers" in labels
    assert [label for label in labels if "session" in label or "|" in label] == []


def test_staff_are_never_deleted(superuser):
    mia = make_staff(email="mia@example.com")
    assert superuser.post(f"{USERS}{mia.pk}/delete/", {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=mia.pk).exists()


def test_only_superusers_remove_a_lost_second_factor(manager, superuser):
    mia = make_staff(email="mia@example.com")
    Authenticator.objects.create(user=mia, type="totp", data={"secret": "x"})
    lost = {"action": "remove_second_factors", "_selected_action": [mia.pk]}
    manager.post(USERS, lost)
    assert Authenticator.objects.filter(user=mia).count() == 1
    superuser.post(USERS, lost)
    assert Authenticator.objects.filter(user=mia).count() == 0


def test_allauths_own_pages_are_not_there(superuser):
    for path in ("account/emailaddress", "mfa/authenticator"):
        assert superuser.get(f"/admin/{path}/").status_code == 404


def test_roles_are_called_roles_in_what_one_reads_too(superuser):
    answer = superuser.post(f"{ROLES}add/", {"name": "Cashiers"}, follow=True)
    assert "The role “<a" in answer.content.decode()
    role = Group.objects.get(name="Cashiers")
    for page in ("add/", f"{role.pk}/change/", f"{role.pk}/delete/", ""):
        body = superuser.get(f"{ROLES}{page}").content.decode()
        assert [word for word in ("Group", "a group", "the group") if word in body] == [], page
