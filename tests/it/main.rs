//! All integration tests, in one binary: one file a subject, `cargo test --test it -- kiosk::` for one of them.
//!
//! What several share stands in folders: `harness` drives the real program, `station` is a small ledger, `exporting` and
//! `bundles` are what travels, `common` has screens and paper, `folder` is the one
//! kind of temporary folder. `equipment` has what is needed from outside.

mod bundles;
mod common;
#[path = "../equipment/mod.rs"]
mod equipment;
mod exporting;
mod folder;
mod forge;
mod harness;
mod station;

mod badge_ways;
mod bounds;
mod bundle_format;
mod bundle_outside;
mod bundle_refused;
mod card_events;
mod cli;
mod commands;
mod config_faults;
mod config_load;
mod contrast;
mod crash;
mod decoders;
mod deployed;
mod detective;
mod device_cli;
mod device_listen;
mod disk;
mod doctor;
mod domain_laws;
mod export_cli;
mod export_due;
mod export_faults;
mod export_hostile;
mod export_kill;
mod export_outbox;
mod export_people;
mod export_s3;
mod house;
mod kiosk;
mod kiosk_badges;
mod kiosk_devices;
mod kiosk_export;
mod kiosk_pn532;
mod kiosk_readers;
mod kiosk_voice;
mod ledger_keys;
mod ledger_pairs;
mod ledger_sql;
mod ledger_ways;
mod panels;
mod paper;
mod pcsc;
mod pin_terminal;
mod pins;
mod print_load;
mod print_queue;
mod printer;
mod programs;
mod readers;
mod schedule;
mod screens;
mod services;
mod sessions;
mod sim_line;
mod sim_pn532;
mod start_faults;
mod stdout_full;
mod store_audit;
mod store_award;
mod store_exports;
mod store_holds;
mod store_model;
mod store_questions;
mod store_redeem;
mod store_reprint;
mod store_station;
mod terminal;
mod three_days;
mod touches;
mod voice;
mod words;
