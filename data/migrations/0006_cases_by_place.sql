-- The desk asks for the cases of one kelurahan, of one agency, and for the newest of all services.

CREATE INDEX cases_by_place ON cases (subdistrict, opened_at DESC);
CREATE INDEX cases_by_agency ON cases (agency, opened_at DESC);
CREATE INDEX cases_by_time ON cases (opened_at DESC, service, case_id);
