DROP TABLE route_stops;
DROP TABLE read_routes;
