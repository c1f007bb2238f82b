DROP TABLE work_marks;
