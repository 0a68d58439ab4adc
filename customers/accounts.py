"""From a proven e-mail address to the person who may see what is theirs."""

from django.db import transaction

from customers.models import Customer, User


class AddressTakenError(Exception):
    """The customer with this address signs in by another one; nobody takes them over."""


def open_account(*, email: str) -> User:
    """The user of an address that has just been proven; with a customer, unless they are staff.

    `email` is normalised. Creates whatever is missing, all or nothing; callers at the same time
    get the same user. Raises AddressTakenError.
    """
    with transaction.atomic():
        # Held at once: an erasure may be about to delete them, and then they are made anew.
        users = User.objects.select_for_update()
        user = users.filter(email=email).first()
        if user is None:
            # An unusable password is set here, not by get_or_create's plain insert.
            new = User(email=email)
            new.set_unusable_password()
            user, _ = users.get_or_create(email=email, defaults={"password": new.password})
        if user.is_active and not user.is_staff:
            link(user=user)
    return user


@transaction.atomic
def link(*, user: User) -> Customer:
    """The customer of `user`: theirs already, or the one with their address, or a new one.

    A link once made stays, whatever address the back-office writes into the customer later: only
    the address with which they sign in was ever proven. Raises AddressTakenError when the
    customer with this address belongs to another user. Two sign-ins at once wait for each other.
    """
    User.objects.select_for_update().get(pk=user.pk)
    if customer := Customer.objects.filter(user=user).first():
        return customer
    customer, _ = Customer.objects.select_for_update().get_or_create(email=user.email)
    if customer.user_id:
        raise AddressTakenError
    customer.user = user
    customer.is_prospect = False
    customer.save(update_fields=["user", "is_prospect"])
    return customer
