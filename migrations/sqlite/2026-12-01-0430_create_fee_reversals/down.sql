DROP INDEX ledger_entries_fees_by_day;
DROP TABLE fee_reversals;
