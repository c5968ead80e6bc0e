//! The names of bundles, and where they lie in an outbox, on a stick or in an object store.
//!
//! A name is for finding and routing. What counts is inside, and must agree with it.

use super::FORMAT;
use crate::domain::{Incarnation, Seq, StationId, TownshipCode};
use std::fmt;

/// What every name begins with, before the version.
const MAGIC: &str = "VPB";
/// What the name of an unsealed bundle ends with.
const PLAIN: &str = ".tar.zst";
/// What a sealed one has in addition.
const SEALED: &str = ".age";

/// A name from outside, shown harmless: ASCII as it is, anything else escaped, at most 60 characters.
#[derive(Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Takes the bytes of a name.
    pub fn of(bytes: &[u8]) -> Self {
        const MAX: usize = 60;
        let shown = bytes.escape_ascii().to_string();
        if shown.len() <= MAX {
            return Self(shown);
        }
        let start: String = shown.chars().take(MAX).collect();
        Self(format!("{start}…"))
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Name({})", self.0)
    }
}

/// Why a file name is not that of a bundle.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NameFault {
    /// Not written as bundles are named.
    #[error(
        "{0} is not the name of a bundle, such as VPB1-YUNDAO-HY01-i01-0000000001-0000000040.tar.zst"
    )]
    NotABundle(Name),
    /// Named by a newer program.
    #[error("the name says format {0}; this program reads format {FORMAT}: update it")]
    Newer(u32),
}

/// Whose log it is.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Origin {
    /// The town.
    pub township: TownshipCode,
    /// The station in it.
    pub station: StationId,
    /// Which of its disks.
    pub incarnation: Incarnation,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            township,
            station,
            incarnation,
        } = self;
        write!(f, "{township} {station} i{incarnation}")
    }
}

/// The name of a bundle, `VPB1-YUNDAO-HY01-i01-0000001235-0000001274.tar.zst`.
///
/// Numbers are padded, so that names sort in the order of the log. A hyphen inside of a code is
/// written `_`, which no code has, so that a name can be read in one way only.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct BundleName {
    /// Whose operations.
    pub origin: Origin,
    /// The first of them.
    pub from: Seq,
    /// The last of them; one less than `from` where there are none.
    pub to: Seq,
    /// Whether it is sealed for a recipient.
    pub sealed: bool,
}

impl BundleName {
    /// Reads a file name without its folder.
    ///
    /// # Errors
    /// [`NameFault`] for anything that [`BundleName`] would not write.
    pub fn parse(text: &str) -> Result<Self, NameFault> {
        let not_a_bundle = || NameFault::NotABundle(Name::of(text.as_bytes()));
        let rest = text.strip_prefix(MAGIC).ok_or_else(not_a_bundle)?;
        let (version, rest) = rest.split_once('-').ok_or_else(not_a_bundle)?;
        match version.parse::<u32>() {
            Ok(found) if found > FORMAT => return Err(NameFault::Newer(found)),
            Ok(_) | Err(_) => {}
        }
        let (rest, sealed) = match rest.strip_suffix(SEALED) {
            Some(rest) => (rest, true),
            None => (rest, false),
        };
        let rest = rest.strip_suffix(PLAIN).ok_or_else(not_a_bundle)?;
        let mut parts = rest.split('-');
        let mut next = || parts.next().ok_or_else(not_a_bundle);
        let (township, station) = (next()?.replace('_', "-"), next()?.replace('_', "-"));
        let (incarnation, from, to) = (next()?, next()?, next()?);
        let incarnation = incarnation.strip_prefix('i').and_then(|n| n.parse().ok());
        let seq = |text: &str| text.parse().ok().map(Seq::new);
        let parsed = || {
            Some(Self {
                origin: Origin {
                    township: TownshipCode::parse(&township)?,
                    station: StationId::parse(&station)?,
                    incarnation: Incarnation::new(incarnation?)?,
                },
                from: seq(from)?,
                to: seq(to)?,
                sealed,
            })
        };
        let name = parsed().ok_or_else(not_a_bundle)?;
        // What reads the same but is written otherwise would be a second name for one bundle.
        let in_order = name.from.get() >= 1 && name.to.get() >= name.from.get().saturating_sub(1);
        if in_order && name.to_string() == text {
            Ok(name)
        } else {
            Err(not_a_bundle())
        }
    }

    /// The key below which it lies in a directory, on a stick or in an object store.
    pub fn key(&self) -> String {
        format!("{}{self}", Self::folder(&self.origin))
    }

    /// The key that all bundles of a station begin with, `up/YUNDAO/HY01/`.
    pub fn folder(origin: &Origin) -> String {
        format!("up/{}/{}/", origin.township, origin.station)
    }
}

impl fmt::Display for BundleName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let township = self.origin.township.as_str().replace('-', "_");
        let station = self.origin.station.as_str().replace('-', "_");
        let incarnation = self.origin.incarnation.get();
        let (from, to) = (self.from.get(), self.to.get());
        let sealed = if self.sealed { SEALED } else { "" };
        write!(
            f,
            "{MAGIC}{FORMAT}-{township}-{station}-i{incarnation:02}-{from:010}-{to:010}{PLAIN}{sealed}"
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "VPB1-YUN_DAO-HY01-i01-0000001235-0000001274.tar.zst";

    #[test]
    fn names_are_read_in_one_way() {
        let name = BundleName::parse(GOOD).unwrap();
        assert_eq!(name.origin.township.as_str(), "YUN-DAO");
        assert_eq!(
            (name.from.get(), name.to.get(), name.sealed),
            (1235, 1274, false)
        );
        assert_eq!(name.to_string(), GOOD);
        assert_eq!(name.key(), format!("up/YUN-DAO/HY01/{GOOD}"));
        let sealed = BundleName {
            sealed: true,
            ..name
        };
        assert_eq!(BundleName::parse(&sealed.to_string()), Ok(sealed));
        assert!(BundleName::parse("VPB1-Y-H-i9999-0000000001-0000000000.tar.zst").is_ok());
    }

    #[test]
    fn other_names_are_refused() {
        for (from, to) in [
            ("VPB1", "VPB0"),
            ("VPB1", "vpb1"),
            ("VPB1", "VPB01"),
            ("YUN_DAO", "YUN-DAO"),
            ("YUN_DAO", "../../etc"),
            ("YUN_DAO", ""),
            ("HY01", "hy01"),
            ("i01", "i1"),
            ("i01", "i00"),
            ("i01", "i+1"),
            ("0000001235", "1235"),
            ("0000001235", "0000000000"),
            ("0000001274", "0000001233"),
            ("0000001274", "99999999999999999999"),
            (".tar.zst", ".tar.zst.part"),
            (".tar.zst", ".tar"),
            ("VPB1-", "up/VPB1-"),
        ] {
            let name = GOOD.replacen(from, to, 1);
            let answer = BundleName::parse(&name);
            assert!(matches!(answer, Err(NameFault::NotABundle(_))), "{name}");
        }
        let newer = BundleName::parse(&GOOD.replacen("VPB1", "VPB2", 1)).unwrap_err();
        assert_eq!(
            newer.to_string(),
            "the name says format 2; this program reads format 1: update it"
        );
    }
}
