//! `wenming` (文明): the points-bank station of a village.
//!
//! The rooms, in reading order. `docs/ARCHITECTURE.md` draws them; `tests/it/house/mod.rs` keeps them apart.

pub mod app;
pub mod bundle;
pub mod cli;
pub mod config;
pub mod disk;
pub mod domain;
pub mod panel;
pub mod services;
pub mod sheet;
pub mod shell;
pub mod sim;
pub mod store;
pub mod view;
pub mod wire;
pub mod words;
