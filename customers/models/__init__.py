from customers.keys import ApiKey
from customers.models.attributes import AttributeDefinition, AttributeType
from customers.models.audiences import Audience, AudienceMember, AudienceVersion
from customers.models.changes import CustomerChange
from customers.models.customers import Customer
from customers.models.groups import CustomerGroup, GroupMember
from customers.models.users import User

__all__ = [
    "ApiKey",
    "AttributeDefinition",
    "AttributeType",
    "Audience",
    "AudienceMember",
    "AudienceVersion",
    "Customer",
    "CustomerChange",
    "CustomerGroup",
    "GroupMember",
    "User",
]
