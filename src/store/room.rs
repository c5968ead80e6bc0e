//! Room on the disk: how much is left, and a reserve that is given up when nothing else is, so that what was begun can
//! still be ended.

use super::error::StoreError;
use crate::disk;
use rustix::fs::{FallocateFlags, fallocate, statvfs};
use rustix::io::Errno;
use std::fs::{self, File};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The most that is kept back, in bytes: the write log at its usual size (1,000 pages of 4 KiB) and, since each of these
/// pages may be a new one of the ledger, the same again. That is some two hundred bookings; a station has a few to end.
const RESERVE: u64 = 8 << 20;
/// Of a small disk this part of the whole is kept back.
const PART: u64 = 8;
/// With less than so much left, in bytes, the reserve is given up: one booking writes less than 100 KiB, and the index of the write
/// log takes 32 KiB.
const LEAST: u64 = 512 << 10;
/// Where the system cannot set blocks aside they are written, so many bytes at a time.
const BLOCK: usize = 64 << 10;

fn reserve(dir: &Path) -> PathBuf {
    dir.join("reserve")
}

/// A disk as its file system tells of it.
struct Room {
    /// What is left for this user, in bytes.
    free: u64,
    /// The whole, in bytes.
    whole: u64,
    /// No further file can be made.
    no_names: bool,
}

impl Room {
    fn look(dir: &Path) -> io::Result<Self> {
        let stat = statvfs(dir)?;
        Ok(Self {
            free: stat.f_bavail.saturating_mul(stat.f_frsize),
            whole: stat.f_blocks.saturating_mul(stat.f_frsize),
            // Some file systems have no table of files, and say 0 of 0.
            no_names: stat.f_files > 0 && stat.f_favail == 0,
        })
    }

    /// How large the reserve is here, in bytes.
    const fn share(&self) -> u64 {
        let share = self.whole / PART;
        if share < RESERVE { share } else { RESERVE }
    }

    /// Room for a reserve and for as much again: one that has just been given up is not made of its own room.
    const fn has_room(&self) -> bool {
        self.free >= self.share().saturating_mul(2).saturating_add(LEAST)
    }
}

/// Room left for this user on the disk that holds `dir`, in MiB.
///
/// # Errors
/// [`StoreError::Io`] when the disk cannot be asked.
pub fn free_disk_mib(dir: &Path) -> Result<u64, StoreError> {
    let room = Room::look(dir).map_err(StoreError::io("ask for free room", dir))?;
    Ok(room.free / (1024 * 1024))
}

/// Says whether the disk that holds a data directory is full: only what a reserve gave is left, or less.
pub fn is_disk_full(dir: &Path) -> bool {
    let given_up = !reserve(dir).exists();
    Room::look(dir)
        .is_ok_and(|room| room.no_names || room.free < LEAST || (given_up && !room.has_room()))
}

/// Says whether so little is left that a write may have failed for that.
pub(super) fn is_out(dir: &Path) -> bool {
    Room::look(dir).is_ok_and(|room| room.no_names || room.free < LEAST)
}

/// Says whether fewer than so many MiB are left, or the reserve is given up.
pub(super) fn is_low(dir: &Path, least_mib: u64) -> bool {
    let free = Room::look(dir).map(|room| room.free / (1024 * 1024));
    free.is_ok_and(|free| free < least_mib) || is_disk_full(dir)
}

/// Makes the reserve where there is none and room for it.
///
/// # Errors
/// The disk fails; then there is none.
pub(super) fn keep(dir: &Path) -> io::Result<()> {
    let (path, room) = (reserve(dir), Room::look(dir)?);
    if path.exists() || !room.has_room() {
        return Ok(());
    }
    let file = disk::create_new(&path)?;
    set_aside(&file, room.share())
        .and_then(|()| file.sync_all())
        .and_then(|()| disk::sync_dir(dir))
        .inspect_err(|_| fs::remove_file(&path).unwrap_or_default())
}

/// Takes blocks for a file: a file with holes would take none.
fn set_aside(mut file: &File, length: u64) -> io::Result<()> {
    match fallocate(file, FallocateFlags::empty(), 0, length) {
        Err(Errno::OPNOTSUPP | Errno::NOSYS) => {
            let block = vec![0x5A; BLOCK];
            let blocks = length / u64::try_from(BLOCK).unwrap_or(u64::MAX);
            (0..blocks).try_for_each(|_| file.write_all(&block))
        }
        answer => Ok(answer?),
    }
}

/// Gives the reserve up; says whether there was one.
pub(super) fn give_up(dir: &Path) -> bool {
    fs::remove_file(reserve(dir)).is_ok()
}

/// Gives the reserve up when next to nothing else is left.
pub(super) fn make_way(dir: &Path) {
    if is_out(dir) {
        give_up(dir);
    }
}
