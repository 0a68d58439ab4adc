"""Nobody hands out rights, or edits somebody who has rights, that they don't have themselves."""

from django.contrib.auth.models import AnonymousUser, Group, Permission
from django.db.models import Q, QuerySet

from customers.models import User


def outranks(actor: User | AnonymousUser, other: User) -> bool:
    """Whether `actor` may edit `other`. Counts what a closed account would have again."""
    if actor.is_superuser:
        return True
    held = Permission.objects.filter(Q(user=other) | Q(group__user=other))
    return not other.is_superuser and not beyond(actor, held)


def grantable_roles(actor: User | AnonymousUser) -> QuerySet[Group]:
    """Roles all of whose permissions `actor` has."""
    if actor.is_superuser:
        return Group.objects.all()
    return Group.objects.exclude(permissions__in=beyond(actor, Permission.objects.all()))


def grantable_permissions(actor: User | AnonymousUser) -> QuerySet[Permission]:
    if actor.is_superuser:
        return Permission.objects.all()
    return Permission.objects.exclude(pk__in=beyond(actor, Permission.objects.all()))


def beyond(actor: User | AnonymousUser, permissions: QuerySet[Permission]) -> list[int]:
    """Ids of those `permissions` that `actor` lacks."""
    held = actor.get_all_permissions()
    return [
        permission.pk
        for permission in permissions.select_related("content_type")
        if f"{permission.content_type.app_label}.{permission.codename}" not in held
    ]
