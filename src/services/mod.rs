//! What the bank does: one folder a service. `rule.rs` has its operations, pure as `domain`.
//!
//! This file alone knows which services there are: each kind is a row below, and a row of `kind` with its ways in
//! `store/schema/kinds.sql`.

mod award;
mod operation;
mod redeem;
mod settle;
mod stock;

pub use operation::{Actor, Ledger, Moment, Operation, Plan, Recorded, Signature};

use crate::domain::json::Map;
use crate::domain::{AccountId, Kind, OpId, Points, Seq, Tally, Text, Via, Wish};
use award::{Award, Opening};
use redeem::Redeem;
use settle::{Post, Reprint, Reversal, Void};
use stock::{BudgetIn, StockIn};

/// Makes the enum of all commands, and what is asked of each alike.
macro_rules! services {
    ($($name:ident),* $(,)?) => {
        /// Something that shall be written into the log.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Command {
            $(
                #[doc = concat!("The command `", stringify!($name), "`.")]
                $name($name),
            )*
        }

        /// The kinds that services bring.
        pub const KINDS: &[Kind] = &[$($name::KIND),*];

        impl Command {
            /// Its kind.
            pub const fn kind(&self) -> Kind {
                match self {
                    $(Self::$name(_) => $name::KIND,)*
                }
            }

            /// Reads the part of a body that belongs to its kind; `None` for a kind that no service brings.
            ///
            /// # Errors
            /// What is wrong with the body.
            pub fn read(
                kind: &str,
                what: serde_json::Value,
            ) -> Option<Result<Self, serde_json::Error>> {
                $(if kind == $name::KIND.name() {
                    return Some(serde_json::from_value(what).map(Self::$name));
                })*
                None
            }

            /// The part of its body that belongs to its kind.
            pub fn what(&self) -> Map {
                match self {
                    $(Self::$name(operation) => operation::body(operation),)*
                }
            }

            /// What is written, or why not.
            ///
            /// # Errors
            /// A refusal, or the ledger cannot be read.
            pub fn decide<L: Ledger>(&self, ledger: &L, at: &Moment<'_>) -> Result<Plan, L::Error> {
                match self {
                    $(Self::$name(operation) => operation.decide(ledger, at),)*
                }
            }

            /// The one sentence about it.
            pub fn told(&self) -> Text {
                match self {
                    $(Self::$name(operation) => operation.told(),)*
                }
            }
        }
    };
}

/// Every kind: what the ledger writes by itself, and what the services bring.
pub fn kinds() -> impl Iterator<Item = Kind> {
    Kind::OWN.into_iter().chain(KINDS.iter().copied())
}

/// The kind of that name.
pub fn kind(name: &str) -> Option<Kind> {
    kinds().find(|kind| kind.name() == name)
}

services! {
    Redeem, Post, Void, Reversal, Reprint, BudgetIn, StockIn, Award, Opening,
}

/// A command with its key and its signatures: all that the ledger needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The idempotency key: the same order again is answered with what the first one did.
    pub key: OpId,
    /// Who signs.
    pub signed: Signature,
    /// What shall be written.
    pub command: Command,
}

impl Command {
    /// A resident takes a reward, at the price that was shown; `via` says how the card number came.
    pub fn redeem(
        who: &AccountId,
        wish: &Wish,
        (points, via): (Option<Points>, Option<Via>),
    ) -> Self {
        Self::Redeem(Redeem {
            who: who.clone(),
            about: wish.item.clone(),
            option: wish.option.clone(),
            n: wish.quantity,
            day: None,
            via,
            points,
        })
    }

    /// What is held becomes final.
    pub const fn post(of: Seq) -> Self {
        Self::Post(Post { of })
    }

    /// What is held is called off.
    pub const fn void(of: Seq) -> Self {
        Self::Void(Void { of })
    }

    /// A mistake is mended.
    pub const fn reversal(of: Seq) -> Self {
        Self::Reversal(Reversal { of })
    }

    /// A receipt is printed for the `n`-th time again.
    pub const fn reprint(of: Seq, n: i64) -> Self {
        Self::Reprint(Reprint { about: of, n })
    }

    /// The reprints of a post.
    pub fn reprints(of: Seq) -> Tally {
        Reprint::copies(of)
    }

    /// The account that it concerns, where its body names one.
    pub fn who(&self) -> Option<AccountId> {
        AccountId::parse(self.what().get("who")?.as_text()?)
    }
}
