//! The commands: one enum of all operations of all services, and an order, which is a command with key and signatures.
//!
//! This file alone names the operations of services; each is in the list at `services!`.

use super::award::rule::{Award, Opening};
use super::day::rule::DayTold;
use super::operation::{self, Actor, Ledger, Moment, Operation as _, Plan, Signature, Unlogged};
use super::redeem::rule::Redeem;
use super::register::rule::{AccountOpened, CardBlocked, CardIssued, Consent};
use super::settle::rule::{Post, Reprint, Reversal, Void, Why};
use super::stock::rule::{BudgetIn, BudgetLetter, StockIn, StockOut};
use crate::domain::json::Map;
use crate::domain::{
    AccountId, CardId, CardKind, HolderKind, Kind, MemberGroup, OpId, Person, Points, Seq, Tally,
    Text, Via, Wish,
};

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

            /// The same, with what it comes to as its screen shows it; it is not booked for anything else.
            #[must_use]
            pub fn at_price(mut self, points: Points) -> Self {
                let price = match &mut self {
                    $(Self::$name(operation) => operation.price(),)*
                };
                if let Some(price) = price {
                    *price = Some(points);
                }
                self
            }

            /// What it says beside its body.
            pub fn unlogged(&self) -> Option<Unlogged<'_>> {
                match self {
                    $(Self::$name(operation) => operation.unlogged(),)*
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

services! {
    Redeem, Post, Void, Reversal, Reprint, BudgetIn, StockIn, Award, Opening, StockOut, DayTold, BudgetLetter,
    AccountOpened, CardIssued, CardBlocked,
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

impl Order {
    /// A command that one alone signs.
    pub const fn by(actor: Actor, key: OpId, command: Command) -> Self {
        let signed = Signature::of(actor);
        Self {
            key,
            signed,
            command,
        }
    }
}

/// What an order would come to, before it is booked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Priced {
    /// The order at that price, with a fresh key: it happens at most once, and not at another price.
    pub order: Order,
    /// The reward, where it is about one.
    pub wish: Option<Wish>,
    /// The points that it moves or reserves.
    pub points: Points,
    /// What its person has free before it.
    pub before: Points,
    /// What its person would have free after it.
    pub after: Points,
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

    /// A mistake is mended, for this reason.
    pub const fn reversal(of: Seq, why: Why) -> Self {
        Self::Reversal(Reversal { of, why })
    }

    /// A receipt is printed for the `n`-th time again.
    pub const fn reprint(of: Seq, n: i64) -> Self {
        Self::Reprint(Reprint { about: of, n })
    }

    /// An account is opened by a paper that its person, or the guardian, has signed.
    pub const fn open_account(
        person: Person,
        (holder, group): (HolderKind, MemberGroup),
        guardian: Option<AccountId>,
    ) -> Self {
        Self::AccountOpened(AccountOpened {
            who: None,
            n: None,
            holder,
            group,
            consent: Consent::Paper,
            guardian,
            person: Some(person),
        })
    }

    /// A card of the bank is issued.
    pub const fn issue_card(who: AccountId, number: CardId) -> Self {
        Self::CardIssued(CardIssued {
            who,
            card: CardKind::Card,
            number: Some(number),
        })
    }

    /// What a paper register had is brought over.
    pub const fn bring_over(who: AccountId, points: Points) -> Self {
        Self::Opening(Opening { who, points })
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
