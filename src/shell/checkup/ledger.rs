//! The ledger: whether it opens, and what its audit says. It has a read of its own, beside the kiosk's.

use super::subject::Subject;
use crate::domain::{Cause, Check, ExportStatus, Finding};
use crate::store::{KeyFile, Store, StoreError, read_key};

/// What the ledger told.
pub(super) struct Ledger {
    pub(super) findings: Vec<Finding>,
    /// Wall clock of the first and the newest operation, in milliseconds since 1970.
    pub(super) moments: Option<(i64, Option<i64>)>,
    /// Wall clock of the program's last start, in milliseconds since 1970.
    pub(super) started: Option<i64>,
    /// What stands on disk about exports; `None` where it could not be read.
    pub(super) status: Option<ExportStatus>,
    /// There is a key to sign with.
    pub(super) key: bool,
}

pub(super) fn look(subject: &Subject) -> Ledger {
    let mut ledger = Ledger {
        findings: Vec::new(),
        moments: None,
        started: None,
        status: None,
        key: false,
    };
    if let Err(error) = read(subject, &mut ledger) {
        let finding = subject.found(Check::Ledger, cause(&error), &error.to_string());
        ledger.findings.push(finding);
    }
    ledger
}

fn read(subject: &Subject, ledger: &mut Ledger) -> Result<(), StoreError> {
    let store = Store::open_existing(&subject.data)?;
    ledger.moments = store.moments()?;
    ledger.started = store.started()?;
    ledger.status = Some(store.export_status()?);
    ledger.key = KeyFile::Station.path(&subject.data).exists();
    let report = store.audit()?;
    if let Some(first) = report.faults.first() {
        let text = subject.first_of(report.faults.len(), first.told());
        let finding = subject.found(Check::Ledger, Cause::LedgerFaults, &text);
        ledger.findings.push(finding);
    }
    if read_key(&subject.data, KeyFile::Card)?.is_none() {
        let path = KeyFile::Card.path(&subject.data);
        let facts = subject.about(&path);
        let finding = Finding::new(Check::Ledger, Cause::LedgerKey, facts);
        ledger.findings.push(finding);
    }
    if ledger.findings.is_empty() {
        let head = report.head.map(|(seq, _)| seq.to_string());
        let text = head.unwrap_or_default();
        ledger.findings.push(Finding::well(Check::Ledger, &text));
    }
    Ok(())
}

/// What a failure to read says of the ledger. What is wrong with folders and disks is told there.
const fn cause(error: &StoreError) -> Cause {
    match error {
        StoreError::Absent(_) => Cause::LedgerNone,
        StoreError::Corrupt(_) | StoreError::Schema(_) | StoreError::Foreign(_) => {
            Cause::LedgerDamaged
        }
        StoreError::KeyMissing(_) => Cause::LedgerKey,
        StoreError::Newer { .. } => Cause::LedgerNewer,
        StoreError::Unsafe { .. } | StoreError::ReadOnly | StoreError::DiskFull => Cause::NotLooked,
        StoreError::Busy
        | StoreError::Counts { .. }
        | StoreError::Copy { .. }
        | StoreError::Io { .. }
        | StoreError::Disk(_)
        | StoreError::KioskRunning(..)
        | StoreError::Locked { .. }
        | StoreError::Taken(_)
        | StoreError::Unknown(_)
        | StoreError::Restore { .. }
        | StoreError::Exists(_)
        | StoreError::PinHash(_)
        | StoreError::Random(_)
        | StoreError::Sqlite(_) => Cause::LedgerFailed,
    }
}
