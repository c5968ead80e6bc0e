//! What the bank does: one folder a service. `rule.rs` has its operations, pure as `domain`; `task.rs` what is asked for them, and the
//! Fluent files its sentences.

mod award;
mod command;
mod day;
mod operation;
mod redeem;
mod register;
mod settle;
mod stock;
mod task;

pub use command::{Command, KINDS, Order, Priced};
pub use operation::{
    Actor, Beside, Ledger, Moment, Operation, Plan, Recorded, Signature, Unlogged,
};
pub use task::{Asking, Field, Given, List, Pick, Question, Task};

pub use settle::rule::Why;

use crate::domain::Kind;

/// Every kind: what the ledger writes by itself, and what the services bring.
pub fn kinds() -> impl Iterator<Item = Kind> {
    Kind::OWN.into_iter().chain(KINDS.iter().copied())
}

/// The kind of that name.
pub fn kind(name: &str) -> Option<Kind> {
    kinds().find(|kind| kind.name() == name)
}

/// The sentences of all services, in Chinese and in English.
pub const WORDS: [[&str; 2]; 6] = [
    award::WORDS,
    day::WORDS,
    redeem::WORDS,
    register::WORDS,
    settle::WORDS,
    stock::WORDS,
];

/// What the staff is asked while the clock is wrong.
pub const DAY_TASK: Task = day::task::TASK;

/// What the staff does at the desk, in the order of its menu.
pub fn tasks() -> impl Iterator<Item = &'static Task> {
    let tasks = award::task::TASKS.iter();
    tasks.chain(register::task::TASKS).chain(stock::task::TASKS)
}

/// What the staff looks through.
pub fn lists() -> impl Iterator<Item = &'static List> {
    let lists = award::task::LISTS.iter();
    lists.chain(register::task::LISTS).chain(stock::task::LISTS)
}
