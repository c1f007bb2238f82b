DROP INDEX autopay_enrolments_by_account;

DROP INDEX calls_by_account;
