from django.contrib import admin

from customers.models import Customer
from imports.backoffice import BackofficeAdmin


@admin.register(Customer)
class CustomerAdmin(BackofficeAdmin):
    list_display = ["email", "first_name", "last_name", "birth_date"]
    search_fields = ["email", "last_name"]
