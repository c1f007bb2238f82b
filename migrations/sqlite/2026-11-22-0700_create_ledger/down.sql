DROP TABLE customer_credits;
DROP TABLE open_items;
DROP TABLE ledger_applications;
DROP TABLE ledger_postings;
DROP TABLE ledger_entries;
