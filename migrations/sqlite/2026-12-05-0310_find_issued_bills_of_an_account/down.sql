DROP INDEX bills_of_account_by_issue;
