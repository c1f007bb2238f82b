-- Who wrote, changed and submitted a version of a rate is looked up before anybody may publish it.

CREATE INDEX audit_rows_by_rate ON audit_rows (subject_id) WHERE subject_kind = 'rate_schedule';
