//! What an audit says: how much it saw, and what is not as it must be.

use crate::domain::{Seq, Text};

/// Something that is not as it must be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditFault {
    /// The operation, where it is one.
    pub seq: Option<Seq>,
    /// What is wrong with it.
    pub what: Text,
}

impl AuditFault {
    /// The same as a sentence, with the operation before it where it is one.
    pub fn told(&self) -> Text {
        let what = self.what.clone();
        match self.seq {
            Some(seq) => Text::of("audit-line")
                .word("seq", seq)
                .fact("what", what.into()),
            None => what,
        }
    }
}

/// What an audit saw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditReport {
    /// How many operations were recomputed.
    pub operations: i64,
    /// How many legs they have.
    pub transfers: i64,
    /// The newest operation and its hash.
    pub head: Option<(Seq, String)>,
    /// Holds that are neither posted nor voided.
    pub open_holds: i64,
    /// Whether tables, indexes, triggers and the rows that they read are those of this program.
    pub schema_intact: bool,
    /// What is wrong, in the order of the log; empty for a clean ledger. At most 100 are listed.
    pub faults: Vec<AuditFault>,
}

impl AuditReport {
    /// The most faults that are listed.
    pub const MAX_FAULTS: usize = 100;

    /// Says whether everything is as it must be.
    pub const fn is_clean(&self) -> bool {
        self.faults.is_empty()
    }

    pub(super) fn fault(&mut self, seq: Option<i64>, what: Text) {
        if self.faults.len() < Self::MAX_FAULTS {
            let seq = seq.map(Seq::new);
            self.faults.push(AuditFault { seq, what });
        }
    }
}
