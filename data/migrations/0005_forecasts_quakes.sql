-- What BMKG expects and what it has felt: forecasts by kelurahan, of each time the newest analysis; earthquakes.

CREATE TABLE forecasts (
    subdistrict text        NOT NULL,
    valid_at    timestamptz NOT NULL,
    analysed_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    channel     text        NOT NULL,
    temperature double precision,
    humidity    double precision,
    rain        double precision,
    weather     smallint,
    words       text,
    wind_speed  double precision,
    wind_from   text,
    cloud       double precision,
    PRIMARY KEY (subdistrict, valid_at)
);
COMMENT ON TABLE forecasts IS 'The three hours from valid_at on: °C, %, mm in the three hours, km/h';
COMMENT ON COLUMN forecasts.weather IS 'BMKG''s number, not documented: only its words are interpreted';
CREATE INDEX forecasts_by_time ON forecasts (valid_at);

CREATE TABLE quakes (
    id          text             PRIMARY KEY,
    at          timestamptz      NOT NULL,
    received_at timestamptz      NOT NULL,
    channel     text             NOT NULL,
    lat         double precision NOT NULL,
    lon         double precision NOT NULL,
    magnitude   double precision NOT NULL,
    depth_km    double precision,
    place       text,
    felt        text,
    potential   text
);
COMMENT ON COLUMN quakes.id IS 'Of time and place: the feeds of BMKG repeat each other and number nothing';
CREATE INDEX quakes_by_time ON quakes (at DESC);
