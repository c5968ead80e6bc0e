//! What to do next, in order, with the commands to type.

use crate::words::Say;
use std::path::Path;

/// Where the service has its program, its config and its data; `kiosk-config/deploy/wenming.service` says so.
const PROGRAM: &str = "/usr/bin/wenming";
const CONFIG: &str = "/etc/wenming";
const DATA: &str = "/var/lib/wenming";

/// The steps, each a sentence and its commands below it.
pub(super) fn next(say: Say<'_>, dir: &Path, (data, made): (Option<&Path>, bool)) -> String {
    let config = quoted(dir);
    let data = quoted(data.unwrap_or(Path::new(DATA)));
    let mut steps: Vec<(String, Vec<String>)> = Vec::new();
    if let Some(program) = std::env::current_exe()
        .ok()
        .filter(|path| path != Path::new(PROGRAM))
    {
        let install = format!("install {} {PROGRAM}", quoted(&program));
        steps.push((say.text("init-next-program"), vec![install]));
    }
    if !made {
        steps.push((
            say.text("init-next-keys"),
            vec![format!("wenming keys --data {data}")],
        ));
    }
    steps.push((say.text("init-next-staff"), vec!["wenming pin".to_owned()]));
    let both = format!("--config {config} --data {data}");
    steps.push((
        say.text("init-next-roster"),
        vec![format!("wenming import roster FILE.csv --by M001 {both}")],
    ));
    steps.push((
        say.text("init-next-kiosk"),
        vec![format!("wenming kiosk {both}")],
    ));
    let places = [(&config, CONFIG), (&data, DATA)];
    let elsewhere = places.iter().filter(|(from, to)| from.as_str() != *to);
    let moves: Vec<String> = elsewhere
        .map(|(from, to)| format!("mv -T {from} {to}"))
        .collect();
    if !moves.is_empty() {
        steps.push((say.text("init-next-move"), moves));
    }
    steps.push((
        say.text("init-next-service"),
        [
            "apt-get install --no-install-recommends cage foot fonts-noto-cjk libpam-systemd dbus procps",
            "cp /etc/wenming/deploy/wenming.sysusers /etc/sysusers.d/wenming.conf && systemd-sysusers",
            "chown -R root:wenming /etc/wenming && chmod -R u=rwX,g=rX,o= /etc/wenming",
            "chown -R wenming: /var/lib/wenming",
            "cp /etc/wenming/deploy/*.rules /etc/udev/rules.d/",
            "cp /etc/wenming/deploy/wenming.service /etc/wenming/deploy/media-wenming.mount /etc/systemd/system/",
            "install -d /media/wenming",
            "systemctl restart systemd-udevd",
            "systemctl daemon-reload && systemctl enable --now wenming",
        ]
        .map(str::to_owned)
        .to_vec(),
    ));
    let doctor = format!("runuser -u wenming -- wenming doctor --config {CONFIG} --data {DATA}");
    steps.push((say.text("init-next-doctor"), vec![doctor]));
    let steps = steps
        .into_iter()
        .zip(1..)
        .flat_map(|((what, commands), n)| {
            let commands = commands.into_iter().map(|command| format!("   {command}"));
            std::iter::once(format!("{n}. {what}")).chain(commands)
        });
    steps.collect::<Vec<_>>().join("\n")
}

/// A path as a shell takes it.
fn quoted(path: &Path) -> String {
    let text = path.display().to_string();
    let plain = |c: char| c.is_alphanumeric() || "/._-+".contains(c);
    if text.chars().all(plain) {
        text
    } else {
        format!("'{}'", text.replace('\'', r"'\''"))
    }
}
