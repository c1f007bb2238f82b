-- Lists whose rows have no owner of their own are worked too: whose a broken arrangement, a failed delivery or held money is, and that somebody has looked.

CREATE TABLE work_marks (
    kind TEXT NOT NULL CONSTRAINT work_marks_kind_known CHECK (kind IN ('broken_arrangement', 'failed_notice', 'held_credit')),
    subject_id BIGINT NOT NULL,
    owner_staff_id BIGINT REFERENCES staff,
    answer TEXT CONSTRAINT work_marks_answer_said CHECK (answer <> ''),
    answered_by TEXT,
    answered_at TIMESTAMP,
    PRIMARY KEY (kind, subject_id),
    CONSTRAINT work_marks_answered_whole CHECK ((answer IS NULL) = (answered_by IS NULL) AND (answer IS NULL) = (answered_at IS NULL))
);
