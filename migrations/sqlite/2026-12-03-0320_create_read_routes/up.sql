-- The way on which meters are read: a route belongs to a bill cycle, and each point has its turn on it.

CREATE TABLE read_routes (
    id INTEGER PRIMARY KEY,
    code TEXT NOT NULL CONSTRAINT read_routes_code_unique UNIQUE,
    name TEXT NOT NULL,
    cycle_id INTEGER NOT NULL REFERENCES cycles
) STRICT;

CREATE TABLE route_stops (
    service_point_id INTEGER PRIMARY KEY REFERENCES service_points,
    route_id INTEGER NOT NULL REFERENCES read_routes,
    turn INTEGER NOT NULL,
    note TEXT NOT NULL
) STRICT;

CREATE INDEX route_stops_in_order ON route_stops (route_id, turn);
