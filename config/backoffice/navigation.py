"""The chapters of the back-office, named as the documents name them."""

from typing import Any

from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from imports import registry

# The colour of our mark, in the steps that the theme wants.
INDIGO = {
    "50": "oklch(96.2% .018 272.314)",
    "100": "oklch(93% .034 272.788)",
    "200": "oklch(87% .065 274.039)",
    "300": "oklch(78.5% .115 274.713)",
    "400": "oklch(67.3% .182 276.935)",
    "500": "oklch(58.5% .233 277.117)",
    "600": "oklch(51.1% .262 276.966)",
    "700": "oklch(45.7% .24 277.023)",
    "800": "oklch(39.8% .195 277.366)",
    "900": "oklch(35.9% .144 278.697)",
    "950": "oklch(25.7% .09 281.288)",
}


def unfold(environment: str) -> dict[str, Any]:
    """Settings of the theme; `environment` is shown in the top bar (T2)."""
    return {
        "SITE_TITLE": "Bespoke",
        "SITE_HEADER": "Bespoke",
        "SITE_URL": None,
        "SITE_ICON": lambda request: static("offers/icon.svg"),
        "SITE_FAVICONS": [
            {
                "rel": "icon",
                "type": "image/svg+xml",
                "href": lambda request: static("offers/icon.svg"),
            }
        ],
        "COLORS": {"primary": INDIGO},
        "ENVIRONMENT": lambda request: [environment, "info"],
        "STYLES": [lambda request: static("config/session.css")],
        "SCRIPTS": [lambda request: static("config/session.js")],
        "ACCOUNT": {
            "navigation": [
                {"title": _("Change password"), "link": reverse_lazy("admin:password_change")},
                {"title": _("Two-step sign-in"), "link": reverse_lazy("mfa_index")},
            ]
        },
        "SHOW_HISTORY": True,
        "SHOW_VIEW_ON_SITE": False,
        "SIDEBAR": {"show_search": False, "navigation": chapters()},
    }


def item(title: Any, icon: str, url_name: str, permission: str) -> dict[str, Any]:
    return {
        "title": title,
        "icon": icon,
        "link": reverse_lazy(f"admin:{url_name}"),
        "permission": lambda request: request.user.has_perm(permission),
    }


def chapters() -> list[dict[str, Any]]:
    return [
        {
            "title": _("Customers"),
            "items": [
                item(
                    _("Customer private offers"),
                    "loyalty",
                    "offers_privateoffer_changelist",
                    "offers.view_privateoffer",
                ),
                item(
                    _("Customers"),
                    "group",
                    "customers_customer_changelist",
                    "customers.view_customer",
                ),
                item(
                    _("Customer groups"),
                    "groups",
                    "customers_customergroup_changelist",
                    "customers.view_customergroup",
                ),
                item(
                    _("Audiences"),
                    "filter_alt",
                    "customers_audience_changelist",
                    "customers.view_audience",
                ),
                item(
                    _("Attributes"),
                    "label",
                    "customers_attributedefinition_changelist",
                    "customers.view_attributedefinition",
                ),
                {
                    "title": _("Receipts"),
                    "icon": "receipt",
                    "link": reverse_lazy("receipts"),
                    "active": lambda request: request.path.startswith("/admin/receipts/"),
                    "permission": lambda request: request.user.has_perm("loyalty.view_purchase"),
                },
                item(
                    _("Cashback batches"),
                    "payments",
                    "loyalty_batch_changelist",
                    "loyalty.view_batch",
                ),
            ],
        },
        {
            "title": _("Promotions"),
            "items": [
                item(
                    _("Discounts"),
                    "percent",
                    "promotions_discount_changelist",
                    "promotions.view_discount",
                ),
                item(
                    _("Personal offers"),
                    "person_heart",
                    "loyalty_personaloffer_changelist",
                    "loyalty.view_personaloffer",
                ),
                item(
                    _("Personalized promotions"),
                    "featured_seasonal_and_gifts",
                    "promotions_personalizedpromotion_changelist",
                    "promotions.PersonalizedPromotions",
                ),
                {
                    "title": _("Try a basket"),
                    "icon": "receipt_long",
                    "link": reverse_lazy("try_basket"),
                    "permission": lambda request: request.user.has_perm("promotions.view_discount"),
                },
            ],
        },
        {
            "title": _("Catalogue"),
            "items": [
                item(
                    _("Products"),
                    "sell",
                    "promotions_product_changelist",
                    "promotions.view_product",
                ),
                item(
                    _("Categories"),
                    "account_tree",
                    "promotions_category_changelist",
                    "promotions.view_category",
                ),
                item(
                    _("Product groups"),
                    "inventory_2",
                    "promotions_productgroup_changelist",
                    "promotions.view_productgroup",
                ),
                item(
                    _("Points of sale"),
                    "point_of_sale",
                    "promotions_pointofsale_changelist",
                    "promotions.view_pointofsale",
                ),
            ],
        },
        {
            "title": _("Import / export"),
            "items": [
                {
                    "title": _("Import"),
                    "icon": "upload_file",
                    "link": reverse_lazy("admin:imports_job_add"),
                    "active": lambda request: request.path.startswith("/admin/imports/job/"),
                    "permission": lambda request: bool(registry.runnable_by(request.user)),
                },
                {
                    "title": _("Export"),
                    "icon": "download",
                    "link": reverse_lazy("admin:imports_export_add"),
                    "active": lambda request: request.path == "/admin/imports/export/add/",
                    "permission": lambda request: bool(registry.exportable_by(request.user)),
                },
                {
                    "title": _("Exports"),
                    "icon": "receipt_long",
                    "link": reverse_lazy("admin:imports_export_changelist"),
                    "active": lambda request: request.path == "/admin/imports/export/",
                    "permission": lambda request: request.user.has_perm("imports.view_export"),
                },
            ],
        },
        {
            "title": _("Content"),
            "items": [
                item(
                    _("Image gallery"),
                    "photo_library",
                    "offers_image_changelist",
                    "offers.view_image",
                ),
            ],
        },
        {
            "title": _("Settings"),
            "items": [
                item(
                    _("Altshops"),
                    "storefront",
                    "offers_altshop_changelist",
                    "offers.view_altshop",
                ),
                item(
                    _("Points programme"),
                    "stars",
                    "loyalty_programme_changelist",
                    "loyalty.change_programme",
                ),
                item(_("Users"), "person", "customers_user_changelist", "customers.view_user"),
                item(_("Roles"), "shield_person", "auth_group_changelist", "auth.view_group"),
                item(_("API keys"), "key", "customers_apikey_changelist", "customers.view_apikey"),
                {
                    "title": _("Verify"),
                    "icon": "verified",
                    "link": reverse_lazy("verification"),
                    "permission": lambda request: request.user.has_perm("loyalty.verify"),
                },
            ],
        },
    ]
