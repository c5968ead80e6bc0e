//! The audit: everything that the ledger says, worked out again from what it kept.
//!
//! The triggers refuse what is wrong while they are there. This finds what was done without them.

use super::differences::differences;
use super::error::StoreError;
use super::report::{AuditFault, AuditReport};
use super::walk::Walk;
use super::{Store, files, soundness, sums};
use crate::domain::Text;
use rusqlite::Connection;
use soundness::Depth;
use std::panic::resume_unwind;
use std::thread;

fn check_schema(conn: &Connection, report: &mut AuditReport) -> Result<(), StoreError> {
    // An older file is sound when it is as its own version built it; the next start brings it up.
    for difference in differences(conn)? {
        report.fault(None, difference.told());
    }
    report.schema_intact = report.faults.is_empty();
    Ok(())
}

impl Store {
    /// Recomputes the chain, the bodies, the legs, the balances and the schema, and asks `SQLite` everything.
    ///
    /// # Errors
    /// [`StoreError`] when the file cannot be read; everything else is a fault in the report.
    pub fn audit(&self) -> Result<AuditReport, StoreError> {
        self.audited(Depth::Whole)
    }

    /// The audit before an export: it proves the same, and does not ask `SQLite` what it proves by itself.
    ///
    /// # Errors
    /// As [`Self::audit`].
    pub fn audit_for_export(&self) -> Result<AuditReport, StoreError> {
        self.audited(Depth::BesideWalk)
    }

    /// The walk in this thread, and in another `SQLite`'s own check, which reads the same pages.
    fn audited(&self, depth: Depth) -> Result<AuditReport, StoreError> {
        let path = files::database(&self.dir);
        let check = || soundness::check_file(&path, depth);
        thread::scope(|scope| {
            let beside = thread::Builder::new()
                .name("quick-check".into())
                .spawn_scoped(scope, check);
            let mut report = self.walked()?;
            let checked = match beside {
                Ok(thread) => thread.join().unwrap_or_else(|panic| resume_unwind(panic)),
                Err(_no_thread) => check(),
            };
            if let Err(error) = checked {
                let what = if let StoreError::Corrupt(what) = error {
                    what
                } else {
                    error.to_string()
                };
                let what = Text::of("audit-quick-check").word("what", what);
                report.faults.insert(0, AuditFault { seq: None, what });
                report.faults.truncate(AuditReport::MAX_FAULTS);
            }
            Ok(report)
        })
    }

    fn walked(&self) -> Result<AuditReport, StoreError> {
        self.read(|conn| {
            let mut report = AuditReport {
                operations: 0,
                transfers: 0,
                head: None,
                open_holds: 0,
                schema_intact: true,
                faults: Vec::new(),
            };
            check_schema(conn, &mut report)?;
            let sums = Walk::along(conn, &mut report)?;
            sums.check(conn, &mut report)?;
            sums::check_pairs(conn, &mut report)?;
            Ok(report)
        })
    }
}
