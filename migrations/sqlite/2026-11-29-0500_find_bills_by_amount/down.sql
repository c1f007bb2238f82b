DROP INDEX bills_by_amount_due;
DROP INDEX bills_by_charges;
