-- How a resident likes the screen, kept because they wished it. Personal, worth no points, and so
-- beside the log like a name: it can be changed and removed without touching the chain.

CREATE TABLE preference(
  account INTEGER PRIMARY KEY REFERENCES resident(account),
  lang    TEXT NOT NULL CHECK(lang IN ('zh', 'en')),
  theme   TEXT NOT NULL CHECK(theme IN ('light', 'contrast'))
) STRICT;
