-- Whether the balance is covered until it is asked for: part of how a resident likes the screen.

ALTER TABLE preference ADD COLUMN balance TEXT NOT NULL DEFAULT 'shown' CHECK(balance IN ('shown', 'covered'));
