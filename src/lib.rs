//! `wenming` (文明): the points-bank station of a village.
//!
//! The rooms, in reading order. `docs/ARCHITECTURE.md` draws them; `tests/house.rs` keeps them apart.

pub mod domain;
pub mod store;
