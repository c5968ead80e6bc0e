//! A station's key pair: ed25519, in files that OpenSSL 3.0 reads too.

use super::fingerprint::Fingerprint;
use ed25519_dalek::pkcs8::{
    DecodePrivateKey as _, DecodePublicKey as _, EncodePrivateKey as _, EncodePublicKey as _,
    KeypairBytes, spki::der::pem::LineEnding,
};
use ed25519_dalek::{SIGNATURE_LENGTH, Signature, Signer as _, SigningKey, VerifyingKey};
use std::fmt;
use zeroize::Zeroizing;

/// Why a key cannot be read or written.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Not a private key of this kind.
    #[error("read the private key: not an ed25519 key in PEM, -----BEGIN PRIVATE KEY-----")]
    Private,
    /// Not a public key of this kind.
    #[error("read the public key: not an ed25519 key in PEM, -----BEGIN PUBLIC KEY-----")]
    Public,
    /// The key has no PEM form.
    #[error("write the key as PEM")]
    Write,
}

/// The private half, by which a station signs. Wiped when dropped; never shown.
pub struct StationKey(SigningKey);

impl StationKey {
    /// Makes a key pair of 32 bytes that nobody else may know: draw them from the system.
    pub fn from_seed(seed: &Zeroizing<[u8; 32]>) -> Self {
        Self(SigningKey::from_bytes(seed))
    }

    /// Reads a private key, PKCS#8 in PEM, version 1 or 2.
    ///
    /// # Errors
    /// [`KeyFault::Private`].
    pub fn from_pem(pem: &str) -> Result<Self, KeyFault> {
        SigningKey::from_pkcs8_pem(pem)
            .map(Self)
            .map_err(|_| KeyFault::Private)
    }

    /// The private key as PKCS#8 version 1 in PEM: OpenSSL 3.0 does not know version 2.
    ///
    /// # Errors
    /// [`KeyFault::Write`], which no ed25519 key meets.
    pub fn pem(&self) -> Result<Zeroizing<String>, KeyFault> {
        // Version 2 is what carries a public key as well.
        let alone = KeypairBytes {
            secret_key: self.0.to_bytes(),
            public_key: None,
        };
        alone
            .to_pkcs8_pem(LineEnding::LF)
            .map_err(|_| KeyFault::Write)
    }

    /// The public half.
    pub fn public(&self) -> PublicKey {
        PublicKey(self.0.verifying_key())
    }

    /// Signs: 64 bytes, as `openssl pkeyutl -sign -rawin` gives them.
    pub fn sign(&self, bytes: &[u8]) -> [u8; SIGNATURE_LENGTH] {
        self.0.sign(bytes).to_bytes()
    }
}

impl fmt::Debug for StationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "StationKey({})", self.public().fingerprint().hex())
    }
}

/// The public half, which the town keeps on its roster.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicKey(VerifyingKey);

impl PublicKey {
    /// Reads a public key in PEM.
    ///
    /// # Errors
    /// [`KeyFault::Public`], also for a key of low order, by which anything would seem signed.
    pub fn from_pem(pem: &str) -> Result<Self, KeyFault> {
        VerifyingKey::from_public_key_pem(pem)
            .ok()
            .filter(|key| !key.is_weak())
            .map(Self)
            .ok_or(KeyFault::Public)
    }

    /// The public key in PEM.
    ///
    /// # Errors
    /// [`KeyFault::Write`], which no ed25519 key meets.
    pub fn pem(&self) -> Result<String, KeyFault> {
        self.0
            .to_public_key_pem(LineEnding::LF)
            .map_err(|_| KeyFault::Write)
    }

    /// The 32 bytes of the key.
    pub fn bytes(&self) -> &[u8; 32] {
        self.0.as_bytes()
    }

    /// What two people compare before they trust a key.
    pub fn fingerprint(&self) -> Fingerprint {
        Fingerprint::of(self.bytes())
    }

    /// Says whether these 64 bytes are this key's signature, by the strict rules that leave one
    /// signature one form.
    pub fn verifies(&self, bytes: &[u8], signature: &[u8; SIGNATURE_LENGTH]) -> bool {
        let signature = Signature::from_bytes(signature);
        self.0.verify_strict(bytes, &signature).is_ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(byte: u8) -> StationKey {
        StationKey::from_seed(&Zeroizing::new([byte; 32]))
    }

    #[test]
    fn keys_come_back_from_their_files() {
        let made = key(1);
        let private = made.pem().unwrap();
        let back = StationKey::from_pem(&private).unwrap();
        assert_eq!(back.public(), made.public());
        let public = made.public().pem().unwrap();
        assert_eq!(PublicKey::from_pem(&public), Ok(made.public()));
        assert_eq!(PublicKey::from_pem(&private), Err(KeyFault::Public));
        assert_eq!(
            StationKey::from_pem(&public).unwrap_err(),
            KeyFault::Private
        );
        assert!(!format!("{made:?}").contains(&"01".repeat(8)));
    }

    #[test]
    fn only_its_own_signature_is_right() {
        let signature = key(1).sign(b"a");
        assert!(key(1).public().verifies(b"a", &signature));
        assert!(!key(1).public().verifies(b"b", &signature));
        assert!(!key(2).public().verifies(b"a", &signature));
    }
}
