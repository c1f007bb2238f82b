DROP TABLE outage_reports;
DROP TABLE outage_updates;
DROP TABLE outage_accounts;
DROP TABLE outage_areas;
DROP TABLE outages;
