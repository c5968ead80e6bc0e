//! PINs: argon2id at rest; wrong ones make the next wait longer, and no restart and no clock shortens it.

use super::error::StoreError;
use super::random::random;
use super::writer::Writer;
use super::{Store, guard, people};
use crate::domain::json::{map, text};
use crate::domain::{FREE_TRIES, Kind, Now, Pin, Refusal, Role, ShownBy, Staff, StaffId, no};
use argon2::Argon2;
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher as _, PasswordVerifier as _};

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

impl Writer<'_> {
    fn sign_in(
        &mut self,
        staff: Staff,
        by: ShownBy,
        right: bool,
    ) -> Result<Result<Staff, Refusal>, StoreError> {
        let who = (&staff.id, by);
        // Asked again inside the transaction: another program may have used up the tries meanwhile.
        if let Some(locked) = guard::locked(self.conn, who, &self.now, self.boot)? {
            return self.sign_in_refused(&staff.id, by, locked);
        }
        if right {
            guard::right(self.conn, who)?;
            self.event(Kind::SIGN_IN, staff.id.as_str(), map([]))?;
            return Ok(Ok(staff));
        }
        let failures = guard::wrong(self.conn, who, &self.now, self.boot)?;
        let locked = guard::locked(self.conn, who, &self.now, self.boot)?;
        let left = FREE_TRIES.saturating_sub(failures);
        let refusal = locked.unwrap_or(no("pin-wrong").count("left", left));
        self.sign_in_refused(&staff.id, by, refusal)
    }

    fn sign_in_refused(
        &mut self,
        staff: &StaffId,
        by: ShownBy,
        refusal: Refusal,
    ) -> Result<Result<Staff, Refusal>, StoreError> {
        let what = map([("by", text(by.name())), ("code", text(refusal.code()))]);
        self.event(Kind::SIGN_IN_REFUSED, staff.as_str(), what)?;
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
        (staff, by): (&StaffId, ShownBy),
        pin: &str,
    ) -> Result<Result<Staff, Refusal>, StoreError> {
        let Some(pin) = Pin::parse(pin) else {
            return Ok(Err(no("pin-missing")));
        };
        let Some(known) = people::staff(&self.conn, staff)? else {
            return Ok(Err(no("not-staff")));
        };
        // Checked before the transaction, because argon2 is slow and others may want to write.
        let free = guard::locked(&self.conn, (staff, by), now, self.boot)?.is_none();
        let right = free && self.is_right(staff, &pin)?;
        self.write(now, |writer| writer.sign_in(known, by, right))
    }

    /// Signs a manager in for residents' full names. Another role is refused before its PIN is
    /// looked at, and the refusal is recorded. Whoever types an id has shown no badge.
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
                writer.refuse(staff.as_str(), Refusal::role_too_low("technician"), None)
            }),
            Some(_) | None => self.sign_in(now, (staff, ShownBy::Number), pin),
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
