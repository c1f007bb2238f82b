DROP INDEX audit_rows_by_rate;
