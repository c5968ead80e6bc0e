//! Sealing: a signed bundle for the town's eyes only, in the `age` format. A courier learns its size.
//!
//! Signed inside, sealed outside. What is sealed twice differs, because age draws a new key each time.

use super::MAX_BUNDLE;
use super::open::SEALED;
use std::fmt;
use std::io::{Read as _, Write as _};
use std::iter::once;

/// Why something cannot be sealed or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// Not a recipient.
    #[error("read the recipient: not an age recipient, age1…")]
    Recipient,
    /// Not an identity.
    #[error("read the identity: not an age identity, AGE-SECRET-KEY-1…")]
    Identity,
    /// The system gave no random bytes or no memory.
    #[error("seal the bundle: the system failed")]
    Seal,
    /// Sealed for someone else, or damaged in its header.
    #[error("open the seal: sealed for another recipient, or damaged")]
    Closed,
    /// Damaged after its header.
    #[error("open the seal: the sealed file is damaged or was not copied whole")]
    Damaged,
    /// More than a bundle can be.
    #[error("open the seal: more than {MAX_BUNDLE} bytes; no bundle is so large")]
    Size,
}

/// Whom bundles are sealed for: the town.
#[derive(Clone)]
pub struct Recipient(age::x25519::Recipient);

impl Recipient {
    /// Reads `age1…`.
    ///
    /// # Errors
    /// [`SealFault::Recipient`].
    pub fn parse(text: &str) -> Result<Self, SealFault> {
        text.parse().map(Self).map_err(|_| SealFault::Recipient)
    }

    /// Seals bytes; only the recipient's identity opens them.
    ///
    /// # Errors
    /// [`SealFault::Seal`].
    pub fn seal(&self, bytes: &[u8]) -> Result<Vec<u8>, SealFault> {
        let recipient: &dyn age::Recipient = &self.0;
        let encryptor =
            age::Encryptor::with_recipients(once(recipient)).map_err(|_| SealFault::Seal)?;
        let mut sealed = Vec::with_capacity(bytes.len().saturating_add(1024));
        let mut writer = encryptor
            .wrap_output(&mut sealed)
            .map_err(|_| SealFault::Seal)?;
        writer.write_all(bytes).map_err(|_| SealFault::Seal)?;
        writer.finish().map_err(|_| SealFault::Seal)?;
        Ok(sealed)
    }
}

impl fmt::Display for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

impl fmt::Debug for Recipient {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Recipient({})", self.0)
    }
}

/// The town's secret, which opens what was sealed for it. Never shown.
#[derive(Clone)]
pub struct Identity(age::x25519::Identity);

impl Identity {
    /// Reads `AGE-SECRET-KEY-1…`.
    ///
    /// # Errors
    /// [`SealFault::Identity`].
    pub fn parse(text: &str) -> Result<Self, SealFault> {
        text.parse().map(Self).map_err(|_| SealFault::Identity)
    }

    /// Whom to seal for.
    pub fn recipient(&self) -> Recipient {
        Recipient(self.0.to_public())
    }

    /// Opens a sealed bundle; what comes out is then [opened](super::open) in turn.
    ///
    /// # Errors
    /// [`SealFault`] when it was sealed for another, is damaged, or is larger than any bundle.
    pub fn open(&self, sealed: &[u8]) -> Result<Vec<u8>, SealFault> {
        // The header and a tag for every 64 KiB take less than a thousandth and 64 KiB.
        if sealed.len()
            > MAX_BUNDLE
                .saturating_add(MAX_BUNDLE / 1000)
                .saturating_add(64 << 10)
        {
            return Err(SealFault::Size);
        }
        let decryptor = age::Decryptor::new(sealed).map_err(|_| SealFault::Closed)?;
        let identity: &dyn age::Identity = &self.0;
        let mut reader = decryptor
            .decrypt(once(identity))
            .map_err(|_| SealFault::Closed)?;
        let mut bytes = Vec::with_capacity(sealed.len());
        reader
            .read_to_end(&mut bytes)
            .map_err(|_| SealFault::Damaged)?;
        if bytes.len() > MAX_BUNDLE {
            return Err(SealFault::Size);
        }
        Ok(bytes)
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Identity(of {})", self.0.to_public())
    }
}

/// Says whether a file was sealed with age.
pub fn is_sealed(bytes: &[u8]) -> bool {
    bytes.starts_with(SEALED)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_recipient_opens_it_whole() {
        let [town, other] = [(); 2].map(|()| Identity(age::x25519::Identity::generate()));
        let recipient = Recipient::parse(&town.recipient().to_string()).unwrap();
        let sealed = recipient.seal(b"bundle").unwrap();
        assert!(is_sealed(&sealed));
        assert_eq!(town.open(&sealed).as_deref(), Ok(&b"bundle"[..]));
        assert_eq!(other.open(&sealed), Err(SealFault::Closed));
        assert!(town.open(&sealed[..sealed.len() - 1]).is_err());
        for at in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[at] ^= 1;
            assert!(town.open(&changed).is_err(), "byte {at}");
        }
        assert_eq!(Recipient::parse("age1").unwrap_err(), SealFault::Recipient);
        assert_eq!(Identity::parse("age1").unwrap_err(), SealFault::Identity);
    }
}
