//! PINs: argon2id at rest, five wrong tries and then a wait that no restart and no clock shortens.

use super::append::Draft;
use super::error::StoreError;
use super::random::random;
use super::writer::Writer;
use super::{Store, people};
use crate::domain::json::{map, text};
use crate::domain::{
    BootId, Now, OperationKind, PIN_TRIES, Pin, Refusal, Role, Staff, StaffId, Stamp, no,
};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};
use rusqlite::{Connection, OptionalExtension as _, params};

/// How long a badge is locked after [`PIN_TRIES`] wrong PINs.
const LOCK_MS: i64 = 15 * 60 * 1000;

/// The argon2id hash of a PIN as a PHC string (19 MiB, two passes, one lane: OWASP's first choice).
///
/// # Errors
/// [`StoreError::Random`] without salt, [`StoreError::PinHash`] without memory.
pub fn hash_pin(pin: &Pin) -> Result<String, StoreError> {
    let salt: [u8; 16] = random()?;
    let hash: Result<PasswordHash, _> =
        Argon2::default().hash_password_with_salt(pin.digits().as_bytes(), &salt);
    let hash = hash.map_err(|_| StoreError::PinHash("a new member of staff".to_owned()))?;
    Ok(hash.to_string())
}

/// Wrong PINs in a row, and when the last one was.
struct Guard {
    failures: i64,
    last: Stamp,
}

impl Guard {
    /// Milliseconds until the next try, or 0.
    ///
    /// In the same start of the program the monotonic clock tells. Over a restart the wall clock
    /// tells, unless it went back; then only the time since this start is certain.
    fn wait(&self, now: &Stamp) -> i64 {
        if self.failures < PIN_TRIES {
            return 0;
        }
        let wall = now.wall_ms.saturating_sub(self.last.wall_ms);
        let passed = if now.boot == self.last.boot {
            now.mono_ms.saturating_sub(self.last.mono_ms)
        } else if wall >= 0 {
            wall
        } else {
            now.mono_ms
        };
        LOCK_MS.saturating_sub(passed.max(0)).max(0)
    }
}

fn guard(conn: &Connection, staff: &StaffId) -> Result<Option<Guard>, StoreError> {
    let row = conn
        .prepare_cached("SELECT failures, boot, mono_ms, wall_ms FROM pin_guard WHERE staff = ?1")?
        .query_row([staff.as_str()], |row| {
            Ok(Guard {
                failures: row.get(0)?,
                last: Stamp {
                    boot: BootId::new(row.get(1)?),
                    mono_ms: row.get(2)?,
                    wall_ms: row.get(3)?,
                },
            })
        });
    Ok(row.optional()?)
}

/// Minutes until the next try, rounded up; `None` when the badge is not locked.
pub(super) fn locked(
    conn: &Connection,
    staff: &StaffId,
    now: &Stamp,
) -> Result<Option<i64>, StoreError> {
    let wait = guard(conn, staff)?.map_or(0, |guard| guard.wait(now));
    Ok((wait > 0).then(|| minutes(wait)))
}

const fn minutes(wait_ms: i64) -> i64 {
    wait_ms.saturating_add(59_999) / 60_000
}

impl Writer<'_> {
    /// The moment as operations keep it.
    pub(super) fn stamp(&self) -> Stamp {
        self.now.stamp(self.boot)
    }

    fn sign_in(&mut self, staff: Staff, right: bool) -> Result<Result<Staff, Refusal>, StoreError> {
        let now = self.stamp();
        // Asked again inside the transaction: another program may have used up the tries meanwhile.
        if let Some(minutes) = locked(self.conn, &staff.id, &now)? {
            return self.sign_in_refused(&staff.id, no("pin-locked").count("minutes", minutes));
        }
        if right {
            self.conn.execute(
                "DELETE FROM pin_guard WHERE staff = ?1",
                [staff.id.as_str()],
            )?;
            self.event(OperationKind::SignIn, staff.id.as_str(), map([]))?;
            return Ok(Ok(staff));
        }
        // A lock that has run out gives all tries back.
        let before = guard(self.conn, &staff.id)?.map_or(0, |guard| guard.failures);
        let before = if before >= PIN_TRIES { 0 } else { before };
        let failures = before.saturating_add(1);
        self.conn.execute(
            "INSERT INTO pin_guard(staff, failures, boot, mono_ms, wall_ms)
             VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT(staff) DO UPDATE SET failures = excluded.failures, boot = excluded.boot,
               mono_ms = excluded.mono_ms, wall_ms = excluded.wall_ms",
            params![
                staff.id.as_str(),
                failures,
                now.boot.bytes(),
                now.mono_ms,
                now.wall_ms
            ],
        )?;
        let left = PIN_TRIES.saturating_sub(failures);
        let refusal = if left > 0 {
            no("pin-wrong").count("left", left)
        } else {
            no("pin-locked").count("minutes", minutes(LOCK_MS))
        };
        self.sign_in_refused(&staff.id, refusal)
    }

    fn sign_in_refused(
        &mut self,
        staff: &StaffId,
        refusal: Refusal,
    ) -> Result<Result<Staff, Refusal>, StoreError> {
        let what = map([("code", text(refusal.code()))]);
        let op_id = self.next_op_id()?;
        let draft = Draft::event(OperationKind::SignInRefused, staff.as_str(), what);
        self.append(op_id, &draft)?;
        Ok(Err(refusal))
    }
}

impl Store {
    /// Signs a member of staff in, or counts the try. What is no PIN at all is not counted.
    ///
    /// # Errors
    /// [`StoreError`] when the disk fails; the answer inside says why the PIN will not do.
    pub fn sign_in(
        &mut self,
        now: &Now,
        staff: &StaffId,
        pin: &str,
    ) -> Result<Result<Staff, Refusal>, StoreError> {
        let Some(pin) = Pin::parse(pin) else {
            return Ok(Err(no("pin-missing")));
        };
        let Some(known) = people::staff(&self.conn, staff)? else {
            return Ok(Err(no("not-staff")));
        };
        let stamp = now.stamp(self.boot);
        // Checked before the transaction, because argon2 is slow and others may want to write.
        let right = locked(&self.conn, staff, &stamp)?.is_none() && self.is_right(staff, &pin)?;
        self.write(now, |writer| writer.sign_in(known, right))
    }

    /// Signs a manager in for residents' full names. Another role is refused before its PIN is
    /// looked at, and the refusal is recorded.
    ///
    /// # Errors
    /// As [`Store::sign_in`].
    pub fn sign_in_for_names(
        &mut self,
        now: &Now,
        staff: &StaffId,
        pin: &str,
    ) -> Result<Result<Staff, Refusal>, StoreError> {
        match people::staff(&self.conn, staff)? {
            Some(known) if known.role != Role::Manager => self.write(now, |writer| {
                writer.refuse(staff.as_str(), no("role-too-low"), None)
            }),
            Some(_) | None => self.sign_in(now, staff, pin),
        }
    }

    fn is_right(&self, staff: &StaffId, pin: &Pin) -> Result<bool, StoreError> {
        let stored: String = self.conn.query_row(
            "SELECT pin_hash FROM staff WHERE id = ?1",
            [staff.as_str()],
            |row| row.get(0),
        )?;
        let hash =
            PasswordHash::new(&stored).map_err(|_| StoreError::PinHash(staff.to_string()))?;
        let digits = pin.digits().as_bytes();
        Ok(Argon2::default().verify_password(digits, &hash).is_ok())
    }
}
