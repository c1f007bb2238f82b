DROP INDEX bills_by_issue;
DROP TABLE bill_documents;
