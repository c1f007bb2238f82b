DROP TABLE responsibility_changes;
DROP TABLE name_changes;
