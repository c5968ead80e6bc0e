-- Wrong PINs are counted apart for a badge itself and for its number, which anybody can print or type; and a
-- colleague is told of them once.

ALTER TABLE pin_guard RENAME TO pin_guard_before;
CREATE TABLE pin_guard(
  -- The last wrong PIN by three clocks, so that a restart or a wrong wall clock does not give tries back.
  staff    TEXT NOT NULL REFERENCES staff(id),
  shown    TEXT NOT NULL CHECK(shown IN ('badge', 'number')),
  failures INTEGER NOT NULL CHECK(failures >= 0),               -- in a row, for the wait
  today    INTEGER NOT NULL CHECK(today >= 0),                  -- on the day of the last one, for the cap
  ever     INTEGER NOT NULL CHECK(ever >= 0),                   -- never set back, for the colleagues
  boot     BLOB NOT NULL CHECK(length(boot) = 16),
  mono_ms  INTEGER NOT NULL,
  wall_ms  INTEGER NOT NULL,
  PRIMARY KEY(staff, shown)
) STRICT, WITHOUT ROWID;
INSERT INTO pin_guard SELECT staff, 'badge', failures, failures, failures, boot, mono_ms, wall_ms FROM pin_guard_before;
DROP TABLE pin_guard_before;

CREATE TABLE pin_told(
  -- Of how many wrong PINs on a colleague's badge somebody has read at the desk.
  reader   TEXT NOT NULL REFERENCES staff(id),
  staff    TEXT NOT NULL REFERENCES staff(id),
  ever     INTEGER NOT NULL CHECK(ever >= 0),
  PRIMARY KEY(reader, staff)
) STRICT, WITHOUT ROWID;
