-- Versions are kept by the names of columns. Before, a column that came to a table without coming to past.<table>_was
-- (an extension of a city's own, a migration that forgot it) made every change of that table fail, and with it every
-- batch: now it is left out of what is kept until past.keep is called again. Tables in the order of 0013.

CREATE OR REPLACE FUNCTION past.keep_version() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    now_at timestamptz := clock_timestamp(); -- a transaction may be long
BEGIN
    IF TG_OP = 'UPDATE' THEN
        NEW.version_since := now_at;
    END IF;
    IF TG_TABLE_NAME = 'components' THEN
        OLD.metrics := '';
    ELSIF TG_TABLE_NAME = 'rejected_messages' THEN
        OLD.payload := '';
    END IF;
    EXECUTE format('INSERT INTO past.%I (until, gone, %s) SELECT $1, $2, %2$s FROM (SELECT ($3).*) AS was',
                   TG_TABLE_NAME || '_was', TG_ARGV[0])
    USING now_at, TG_OP = 'DELETE', OLD;
    IF TG_OP = 'UPDATE' THEN
        RETURN NEW;
    END IF;
    RETURN OLD;
END $$;

-- Begin to keep the versions of a table, or go on with the columns that past.<table>_was has by now. Where `seldom` is not
-- null it is the condition under which an UPDATE is worth a version, and the view is another's business.
CREATE OR REPLACE FUNCTION past.keep(base text, seldom text DEFAULT NULL) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    names text;
BEGIN
    IF to_regclass(format('past.%I', base || '_was')) IS NULL THEN
        EXECUTE format('ALTER TABLE public.%I ADD COLUMN version_since timestamptz NOT NULL DEFAULT ''-infinity''', base);
        EXECUTE format('CREATE TABLE past.%I (until timestamptz NOT NULL, gone boolean NOT NULL, LIKE public.%I)',
                       base || '_was', base);
        EXECUTE format('CREATE INDEX ON past.%I (until, version_since)', base || '_was');
    END IF;
    SELECT string_agg(quote_ident(here.attname), ', ' ORDER BY here.attnum) INTO names
    FROM pg_attribute here
    JOIN pg_attribute there ON there.attname = here.attname AND there.attnum > 0 AND NOT there.attisdropped
    WHERE here.attrelid = format('public.%I', base)::regclass AND here.attnum > 0 AND NOT here.attisdropped
      AND there.attrelid = format('past.%I', base || '_was')::regclass;
    EXECUTE format('CREATE OR REPLACE TRIGGER keep_changed BEFORE UPDATE ON public.%I FOR EACH ROW WHEN (%s) '
                   'EXECUTE FUNCTION past.keep_version(%L)', base, coalesce(seldom, 'OLD.* IS DISTINCT FROM NEW.*'), names);
    EXECUTE format('CREATE OR REPLACE TRIGGER keep_deleted BEFORE DELETE ON public.%I FOR EACH ROW '
                   'EXECUTE FUNCTION past.keep_version(%L)', base, names);
    IF seldom IS NULL THEN
        EXECUTE format('ALTER TABLE public.%I ALTER COLUMN version_since SET DEFAULT clock_timestamp()', base);
        EXECUTE format('CREATE OR REPLACE VIEW past.%1$I AS '
                       'SELECT %3$s FROM public.%1$I WHERE version_since <= past.moment() UNION ALL '
                       'SELECT %3$s FROM past.%2$I WHERE until > past.moment() AND version_since <= past.moment()',
                       base, base || '_was', names);
    END IF;
END $$;

SELECT past.keep('maintenance_windows');
SELECT past.keep('cases');
SELECT past.keep('bulletins');
SELECT past.keep('forecasts');
SELECT past.keep('quakes');
SELECT past.keep('devices');
SELECT past.keep('network_devices', 'OLD.version_since < clock_timestamp() - interval ''10 minutes''');
SELECT past.keep('rejected_messages', 'OLD.version_since < clock_timestamp() - interval ''10 minutes''');
SELECT past.keep('feeds', 'OLD.version_since < clock_timestamp() - interval ''10 seconds''');
SELECT past.keep('components', 'OLD.version_since < clock_timestamp() - interval ''30 seconds'' '
                               'OR OLD.beat_at < clock_timestamp() - interval ''5 seconds'' '
                               'OR OLD.started_at <> NEW.started_at');
SELECT past.keep('alarms');
SELECT past.keep('retry_requests');
