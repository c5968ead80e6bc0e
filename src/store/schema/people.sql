-- Who the pseudonyms are. Nothing of this enters the log: a name can be corrected or removed
-- without touching the chain.

CREATE TABLE resident(
  account      INTEGER PRIMARY KEY REFERENCES account(id),
  name         TEXT NOT NULL CHECK(length(name) BETWEEN 1 AND 40),
  holder       TEXT NOT NULL CHECK(holder IN ('individual', 'unit', 'collective', 'family')),
  member_group TEXT NOT NULL CHECK(member_group IN
                 ('party-member', 'street-chief', 'villager', 'minor', 'social-unit')),
  birth_year   INTEGER CHECK(birth_year BETWEEN 1880 AND 2100),
  household    TEXT CHECK(length(household) BETWEEN 1 AND 12),  -- who lives together: nobody signs for the own household
  number       INTEGER NOT NULL UNIQUE CHECK(number > 0)        -- of the account at this station: 1, 2, 3 …
) STRICT;

-- Whether somebody has an account already, when a list of people is taken over.
CREATE INDEX resident_name ON resident(name);

CREATE TABLE finder(
  -- How people are found without their card: the first letters of a name's syllables as the digits of a telephone's keys.
  keys    TEXT NOT NULL CHECK(length(keys) BETWEEN 1 AND 40 AND keys NOT GLOB '*[^2-9]*'),
  account INTEGER NOT NULL REFERENCES resident(account),
  PRIMARY KEY(keys, account)
) STRICT, WITHOUT ROWID;

CREATE TABLE card(
  -- Keyed hashes only: HMAC-SHA-256 of the number with keys/card.key. A stolen file names no card.
  hash    BLOB NOT NULL PRIMARY KEY CHECK(length(hash) = 32),
  account INTEGER NOT NULL REFERENCES account(id),
  kind    TEXT NOT NULL CHECK(kind IN ('card', 'alias', 'code')),
  blocked INTEGER NOT NULL DEFAULT 0 CHECK(blocked IN (0, 1)),
  seq     INTEGER NOT NULL REFERENCES operation(seq)            -- the operation that issued it
) STRICT, WITHOUT ROWID;

CREATE INDEX card_account ON card(account);

CREATE TABLE staff(
  id       TEXT NOT NULL PRIMARY KEY CHECK(length(id) BETWEEN 1 AND 12),
  name     TEXT NOT NULL,
  role     TEXT NOT NULL CHECK(role IN ('attendant', 'manager', 'technician')),
  account  TEXT,                                                -- name of their own account as a resident
  badge    BLOB UNIQUE CHECK(length(badge) = 32),               -- keyed hash, as in card
  pin_hash TEXT NOT NULL,                                       -- argon2id, PHC string
  active   INTEGER NOT NULL DEFAULT 1 CHECK(active IN (0, 1))   -- 0: no longer in the config
) STRICT, WITHOUT ROWID;

-- Wrong PINs are counted apart for a badge itself and for its number, which anybody can print or type; and a
-- colleague is told of them once.
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

CREATE TABLE pin_told(
  -- Of how many wrong PINs on a colleague's badge somebody has read at the desk.
  reader   TEXT NOT NULL REFERENCES staff(id),
  staff    TEXT NOT NULL REFERENCES staff(id),
  ever     INTEGER NOT NULL CHECK(ever >= 0),
  PRIMARY KEY(reader, staff)
) STRICT, WITHOUT ROWID;

CREATE TABLE preference(
  -- How a resident likes the screen, kept because they wished it: personal and worth no points.
  account INTEGER PRIMARY KEY REFERENCES resident(account),
  lang    TEXT NOT NULL CHECK(lang IN ('zh', 'en')),
  theme   TEXT NOT NULL CHECK(theme IN ('light', 'contrast')),
  balance TEXT NOT NULL DEFAULT 'shown' CHECK(balance IN ('shown', 'covered')) -- covered until it is asked for
) STRICT;
