from promotions.models.catalogue import (
    Barcode,
    Category,
    Product,
    ProductGroup,
    ProductGroupMember,
)
from promotions.models.conditions import Condition
from promotions.models.discount_items import DiscountItem
from promotions.models.discounts import Discount
from promotions.models.limited import EVERYBODY
from promotions.models.personalized import (
    Choice,
    ListCount,
    ListedProduct,
    PersonalizedPromotion,
)
from promotions.models.points_of_sale import PointOfSale
from promotions.models.product_sets import ProductSet
from promotions.models.uses import Use, UseCounter
from promotions.models.versions import CategoriesVersion, RulesVersion

__all__ = [
    "EVERYBODY",
    "Barcode",
    "CategoriesVersion",
    "Category",
    "Choice",
    "Condition",
    "Discount",
    "DiscountItem",
    "ListCount",
    "ListedProduct",
    "PersonalizedPromotion",
    "PointOfSale",
    "Product",
    "ProductGroup",
    "ProductGroupMember",
    "ProductSet",
    "RulesVersion",
    "Use",
    "UseCounter",
]
