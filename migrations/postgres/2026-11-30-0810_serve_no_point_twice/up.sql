-- Nobody is served where somebody else is on the same day, whatever two people do at the same moment. A range of one number stands for the point, so that no extension is needed.

ALTER TABLE service_agreements ADD CONSTRAINT service_agreements_served_once
    EXCLUDE USING gist (int8range(service_point_id, service_point_id, '[]') WITH &&, daterange(from_on, until_on) WITH &&)
    WHERE (withdrawn_at IS NULL);
