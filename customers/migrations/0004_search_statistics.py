from django.db import migrations

# The planner ignores what it knows of a partial index, and would guess by the number of letters
# how many customers a word finds: wrong by a thousand times, and then it reads the whole table.
CREATE = """
DO $$ BEGIN
    EXECUTE (
        SELECT format(
            'CREATE STATISTICS customer_searched ON (%s) FROM customers_customer',
            pg_get_expr(indexprs, indrelid)
        ) FROM pg_index WHERE indexrelid = 'customer_search'::regclass
    );
    ALTER STATISTICS customer_searched SET STATISTICS 300;
END $$
"""


class Migration(migrations.Migration):
    """How frequent are the words of the expression that `customer_search` indexes."""

    dependencies = [("customers", "0003_api_key")]
    operations = [migrations.RunSQL(CREATE, "DROP STATISTICS customer_searched")]
