//! The tar inside: POSIX ustar, four regular files in one order, every header written in one way.
//!
//! Name, size and checksum are all that differs between two headers, so the reader first says what is
//! wrong with a foreign one, and then takes only the very bytes that the writer would have written.

use super::MAX_ROWS;
use super::fault::BundleFault;
use super::heartbeat::{HEARTBEAT, Heartbeat};
use super::name::Name;
use super::zst::Unpacker;
use std::borrow::Cow;

/// The manifest.
pub(super) const MANIFEST: &str = "datapackage.json";
/// Its signature.
pub(super) const SIGNATURE: &str = "datapackage.json.sig";
/// The operations.
pub(super) const OPERATIONS: &str = "data/operations.csv";

/// The unit of a tar, in bytes.
const BLOCK: usize = 512;

/// The members in their order, with the most bytes of each.
const MEMBERS: [(&str, usize); 4] = [
    (MANIFEST, 64 << 10),
    (SIGNATURE, 64),
    (OPERATIONS, MAX_ROWS),
    // Four bytes a character, all of them doubled quotes at worst, and what stands between.
    (
        HEARTBEAT,
        Heartbeat::MAX_KEYS * (Heartbeat::MAX_VALUE * 4 + 64),
    ),
];

/// The contents, in the order of the members.
pub(super) type Contents<T> = [T; 4];

/// How many bytes follow a content up to the next block.
const fn padding(bytes: usize) -> usize {
    bytes.next_multiple_of(BLOCK).saturating_sub(bytes)
}

/// The tar in pieces, to be joined: header, content, padding; at the end two blocks of zeros.
pub(super) fn pieces(contents: Contents<&[u8]>) -> Vec<Cow<'_, [u8]>> {
    let mut pieces = Vec::new();
    for ((name, _), content) in MEMBERS.iter().zip(contents) {
        pieces.push(header(name, content.len()).to_vec().into());
        pieces.push(content.into());
        pieces.push(vec![0; padding(content.len())].into());
    }
    pieces.push(vec![0; 2 * BLOCK].into());
    pieces
}

/// The one header of a member: mode 0644, owner 0, group 0, no time.
fn header(name: &str, size: usize) -> [u8; BLOCK] {
    let size = format!("{size:011o}\0");
    let mut header = [0; BLOCK];
    put(&mut header, 0, name.as_bytes());
    for (at, field) in [
        (100, "0000644\0"),
        (108, "0000000\0"),
        (116, "0000000\0"),
        (124, size.as_str()),
        (136, "00000000000\0"),
        (148, "        "),
        (156, "0"),
        (257, "ustar\x0000"),
        (329, "0000000\0"),
        (337, "0000000\0"),
    ] {
        put(&mut header, at, field.as_bytes());
    }
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    put(&mut header, 148, format!("{sum:06o}\0 ").as_bytes());
    header
}

fn put(header: &mut [u8; BLOCK], at: usize, field: &[u8]) {
    for (place, byte) in header.iter_mut().skip(at).zip(field) {
        *place = *byte;
    }
}

/// Reads the four members, each checked before its content is taken in.
pub(super) fn read(unpacker: &mut Unpacker<'_>) -> Result<Contents<Vec<u8>>, BundleFault> {
    let mut contents: Contents<Vec<u8>> = Default::default();
    for (n, content) in contents.iter_mut().enumerate() {
        let at = unpacker.at();
        let found = block(unpacker)?;
        let missing = MEMBERS.get(n).map_or(MANIFEST, |(name, _)| name);
        if found.iter().all(|byte| *byte == 0) {
            return Err(BundleFault::Missing(missing));
        }
        let (place, size) = inspect(&found, at)?;
        if place < n {
            return Err(BundleFault::Twice(raw_name(&found)));
        }
        if place > n {
            return Err(BundleFault::Missing(missing));
        }
        if header(missing, size) != found {
            return Err(BundleFault::Header { at });
        }
        content.resize(size, 0);
        unpacker.fill(content)?;
        zeros(unpacker, padding(size))?;
    }
    let at = unpacker.at();
    let after = block(unpacker)?;
    if after.iter().any(|byte| *byte != 0) {
        // A fifth member is one too many, whatever it is; say which.
        inspect(&after, at)?;
        return Err(BundleFault::Twice(raw_name(&after)));
    }
    zeros(unpacker, BLOCK)?;
    unpacker.end()?;
    Ok(contents)
}

fn block(unpacker: &mut Unpacker<'_>) -> Result<[u8; BLOCK], BundleFault> {
    let mut block = [0; BLOCK];
    unpacker.fill(&mut block)?;
    Ok(block)
}

fn zeros(unpacker: &mut Unpacker<'_>, count: usize) -> Result<(), BundleFault> {
    let at = unpacker.at();
    let mut bytes = vec![0; count];
    unpacker.fill(&mut bytes)?;
    if bytes.iter().all(|byte| *byte == 0) {
        Ok(())
    } else {
        Err(BundleFault::Header { at })
    }
}

/// Which member a header announces, and its size.
fn inspect(header: &[u8; BLOCK], at: u64) -> Result<(usize, usize), BundleFault> {
    let name = field(header, 0, 100);
    let kind = match header.get(156).copied().unwrap_or_default() {
        b'0' => None,
        b'1' => Some("a hard link"),
        b'2' => Some("a symbolic link"),
        b'3' | b'4' => Some("a device"),
        b'5' => Some("a folder"),
        b'6' => Some("a pipe"),
        b'x' | b'g' | b'L' | b'K' => Some("an extension, as for names over 100 bytes"),
        _ => Some("of an unknown kind"),
    };
    if let Some(kind) = kind {
        let name = raw_name(header);
        return Err(BundleFault::NotRegular { name, kind });
    }
    let text = String::from_utf8_lossy(name);
    if text.starts_with('/') || text.contains('\\') || text.split('/').any(|part| part == "..") {
        return Err(BundleFault::Escapes(raw_name(header)));
    }
    let place = MEMBERS
        .iter()
        .position(|(known, _)| known.as_bytes() == name)
        .filter(|_| field(header, 345, 155).is_empty())
        .ok_or_else(|| BundleFault::Unknown(raw_name(header)))?;
    let octal = str::from_utf8(field(header, 124, 12)).ok();
    let size = octal
        .and_then(|octal| u64::from_str_radix(octal, 8).ok())
        .ok_or(BundleFault::Header { at })?;
    let most = MEMBERS.get(place).map_or(0, |(_, most)| *most);
    match usize::try_from(size) {
        Ok(size) if size <= most => Ok((place, size)),
        Ok(_) | Err(_) => Err(BundleFault::MemberSize {
            name: raw_name(header),
            bytes: size,
            most: u64::try_from(most).unwrap_or(u64::MAX),
        }),
    }
}

/// A text field of a header, up to its first NUL.
fn field(header: &[u8; BLOCK], at: usize, len: usize) -> &[u8] {
    let field = header.get(at..at.saturating_add(len)).unwrap_or_default();
    field.split(|byte| *byte == 0).next().unwrap_or_default()
}

/// The name as the header has it, its prefix included.
fn raw_name(header: &[u8; BLOCK]) -> Name {
    let (prefix, name) = (field(header, 345, 155), field(header, 0, 100));
    if prefix.is_empty() {
        Name::of(name)
    } else {
        Name::of(&[prefix, name].join(&b'/'))
    }
}
