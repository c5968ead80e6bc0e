//! Names in an export: those of rewards and rules from the config, those of residents for a manager.

use crate::cli::secret::ask;
use crate::cli::{Failure, read_config, told};
use crate::domain::{Catalogue, Now, Rule, StaffId, Text};
use crate::store::Store;
use crate::words::{Known, Say};
use std::io::{self, Write as _};
use std::path::Path;

/// Where a config is looked for when none is named.
const USUAL: &str = "kiosk-config";

/// Names of rewards and rules.
///
/// A config that was named must be right. Where the usual one is missing or faulty, the export is
/// made all the same, with codes, and says so.
pub(super) fn reward_names(config: Option<&Path>) -> Result<(Catalogue, Vec<Rule>), Failure> {
    let loaded = match config {
        Some(dir) => Some(read_config(dir)?),
        None => crate::config::load(Path::new(USUAL)).ok(),
    };
    let Some(config) = loaded else {
        let remark = told(&Text::of("table-no-names").word("path", USUAL));
        writeln!(io::stderr(), "wenming: {remark}").unwrap_or_default();
        return Ok((Catalogue::default(), Vec::new()));
    };
    Ok((config.catalogue, config.rules))
}

/// Asks a manager's PIN on standard input; the sign-in, or its refusal, is in the ledger afterwards.
pub(super) fn sign(store: &mut Store, now: &Now, who: &str, say: &Say<'_>) -> Result<(), Failure> {
    let id = StaffId::parse(who);
    let id = id.ok_or_else(|| Failure::from(Text::of("table-no-badge").word("who", who)))?;
    let pin = ask(&told(&Text::of("table-pin")))?;
    match store.sign_in_for_names(now, &id, pin.trim())? {
        Ok(_) => Ok(()),
        Err(refusal) if refusal.is("role-too-low") => {
            Err(Failure::from(say.text("export-names-manager")))
        }
        Err(refusal) => {
            let names = Catalogue::default();
            let what = say.refusal(&refusal, Known::new(&names, &[])).what;
            let only = say.text("export-names-manager");
            Err(Failure::from(format!("{what} {only}")))
        }
    }
}
