//! Whether somebody can leave the kiosk: keys of the terminal that are not off, a user with a login shell.

use super::harness::Room;
use super::{doctor, may_as_root, station};
use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt as _, chown};
use std::path::{Path, PathBuf};
use wenming::config::load;
use wenming::domain::{Cause, Check, Finding, Lang};
use wenming::shell::checkup::{BINDINGS, Environment, Subject, bound, examine};
use wenming::shell::clock::Clock;

const DEPLOY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/kiosk-config/deploy");

fn shipped() -> String {
    fs::read_to_string(Path::new(DEPLOY).join("foot.ini")).unwrap()
}

/// Puts a `foot.ini` into the station's config.
fn install(room: &Room, ini: &str) -> PathBuf {
    let path = room.config().join("deploy/foot.ini");
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, ini).unwrap();
    path
}

/// What is found of leaving on a machine whose files are in `root` of the room.
fn found(room: &Room, demo: bool) -> Vec<Finding> {
    let subject = Subject {
        config: load(&room.config()),
        config_dir: (!demo).then(|| room.config()),
        data: room.data(),
        now: Clock::start().now(),
        lang: Lang::En,
        readers: None,
        printer: None,
        terminal: Environment::default(),
        root: room.path().join("root"),
    };
    let all = examine(&subject).findings.into_iter();
    let leaving = [Cause::TerminalKeys, Cause::LoginShell];
    all.filter(|one| one.cause.is_some_and(|cause| leaving.contains(&cause)))
        .collect()
}

fn file(room: &Room, path: &str, text: &str) {
    let path = room.path().join("root").join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

#[test]
fn the_shipped_file_binds_nothing_and_every_line_of_it_counts() {
    assert_eq!(bound(&shipped()), [""; 0]);
    for (section, actions) in BINDINGS {
        for action in actions {
            let (head, tail) = shipped()
                .split_once(&format!("[{section}]\n"))
                .map(|(head, tail)| (head.to_owned(), tail.to_owned()))
                .unwrap();
            let line = format!("{action}=none\n");
            let name = format!("{section}.{action}");
            for (instead, why) in [
                (String::new(), "left out"),
                (format!("#{line}"), "a comment"),
                (format!("{action}=Control+x # none\n"), "bound"),
                (format!("{action}=[none] Control+x\n"), "bound to a command"),
            ] {
                let changed = format!("{head}[{section}]\n{}", tail.replacen(&line, &instead, 1));
                assert!(bound(&changed).contains(&name), "{name}: {why}");
            }
            let still = tail.replacen(&line, &format!(" {action} = none  # off\n"), 1);
            assert_eq!(bound(&format!("{head}[{section}]\n{still}")), [""; 0]);
        }
    }
    let more = [
        ("[text-bindings]\n\\x03=Mod4+c\n", "text-bindings.\\x03"),
        ("[key-bindings]\nnew-action=F1\n", "key-bindings.new-action"),
        (
            "[key-bindings]\npipe-visible=[sh] F1\n",
            "key-bindings.pipe-visible",
        ),
        (
            "[mouse-bindings]\nspawn-terminal=BTN_SIDE\n",
            "mouse-bindings.spawn-terminal",
        ),
        (
            "[mouse-bindings]\nselection-override-modifiers=none\n",
            "mouse-bindings.selection-override-modifiers",
        ),
        ("[main]\ninclude=/etc/more.ini\n", "main.include"),
    ];
    for (lines, name) in more {
        assert_eq!(bound(&format!("{}{lines}", shipped())), [name]);
    }
    let all: usize = BINDINGS.iter().map(|(_, actions)| actions.len()).sum();
    assert_eq!(bound("").len(), all);
}

#[test]
fn a_terminal_with_keys_of_its_own_is_wrong() {
    let room = station();
    let path = install(&room, &shipped());
    let wrong = doctor(&room).wrong();
    assert!(
        !wrong.contains(&"terminal terminal-keys".to_owned()),
        "{wrong:?}"
    );
    install(&room, &shipped().replace("spawn-terminal=none\n", ""));
    let said = doctor(&room);
    said.is_wrong(
        ("terminal", "terminal-keys"),
        "能离开程序",
        path.to_str().unwrap(),
    );
    let detail = &said.found("terminal", "terminal-keys")["detail"];
    assert!(
        detail
            .as_str()
            .unwrap()
            .contains("1: key-bindings.spawn-terminal"),
        "{detail}"
    );
}

#[test]
fn the_foot_that_shows_the_station_is_asked_first() {
    let room = station();
    let others = room.path().join("others.ini");
    fs::write(&others, shipped()).unwrap();
    let open = install(&room, "[main]\npad=0x0\n");
    let data = room.data();
    let command = |foot: &str| {
        let kiosk = format!(
            "/usr/bin/wenming kiosk --config /etc/wenming --data {}",
            data.display()
        );
        let line = format!("{foot} {kiosk}")
            .split(' ')
            .collect::<Vec<_>>()
            .join("\0");
        file(&room, "proc/77/cmdline", &format!("{line}\0"));
        found(&room, false)
    };
    let ini = others.display();
    for foot in [
        format!("/usr/bin/foot -c {ini}"),
        format!("foot --config={ini} -F"),
        format!("foot -f monospace --config {ini} -o bell.urgent=no"),
    ] {
        assert_eq!(command(&foot), [], "{foot}");
    }
    for (foot, part) in [
        ("foot".to_owned(), "no -c"),
        (format!("foot -c {}", open.display()), "deploy/foot.ini: "),
        (
            format!("foot -c {ini} -o key-bindings.quit=F1"),
            "1: key-bindings.quit",
        ),
        (
            format!("foot -c {ini} --override=key-bindings.quit=F1"),
            "1: key-bindings.quit",
        ),
        // Not this station's: the file of the config counts.
        (
            format!("/usr/bin/cage -- foot -c {ini}"),
            "deploy/foot.ini: ",
        ),
        (format!("xterm -c {ini}"), "deploy/foot.ini: "),
    ] {
        let said = command(&foot);
        let [one] = said.as_slice() else {
            panic!("{foot}: {said:?}")
        };
        assert_eq!(
            (one.check, one.cause),
            (Check::Terminal, Some(Cause::TerminalKeys))
        );
        assert!(one.facts.detail.contains(part), "{foot}: {one:?}");
    }
    assert_eq!(found(&room, true), [], "the demo has no station");
    fs::remove_file(open).unwrap();
    assert_eq!(command("xterm"), [], "no foot is known");
}

#[test]
fn the_user_of_the_installed_unit_has_no_login_shell() {
    let room = station();
    let unit = fs::read_to_string(Path::new(DEPLOY).join("wenming.service")).unwrap();
    file(&room, "etc/systemd/system/wenming.service", &unit);
    let passwd = |shell: &str| {
        let text =
            format!("root:x:0:0::/root:/bin/bash\nwenming:x:990:990::/var/lib/wenming:{shell}\n");
        file(&room, "etc/passwd", &text);
        found(&room, false)
    };
    for shell in ["/usr/sbin/nologin", "/sbin/nologin", "/bin/false"] {
        assert_eq!(passwd(shell), [], "{shell}");
    }
    for (shell, said) in [
        ("/bin/bash", "/bin/bash"),
        ("", "/bin/sh"),
        ("/usr/bin/fish", "fish"),
    ] {
        let all = passwd(shell);
        let [one] = all.as_slice() else {
            panic!("{shell}: {all:?}")
        };
        assert_eq!(
            (one.check, one.cause),
            (Check::Rights, Some(Cause::LoginShell))
        );
        assert!(one.facts.detail.ends_with(said), "{one:?}");
        assert_eq!(one.facts.user, "wenming");
    }
    assert_eq!(found(&room, true), [], "the demo has no station");
    // By its number, and under another name of the file.
    fs::remove_file(room.path().join("root/etc/systemd/system/wenming.service")).unwrap();
    assert_eq!(found(&room, false), [], "nobody's station");
    let numbered = unit.replace("User=wenming", "User=990");
    file(&room, "usr/lib/systemd/system/points.service", &numbered);
    assert_eq!(found(&room, false).len(), 1);
}

#[test]
fn without_a_unit_the_owner_of_the_data_counts_unless_a_person_tries_it_out() {
    if !may_as_root("whose shell counts without a unit") {
        return;
    }
    let room = station();
    let passwd = "root:x:0:0::/root:/bin/bash\nown:x:990:990::/:/bin/sh\nperson:x:1000:1000::/home:/bin/bash\n";
    file(&room, "etc/passwd", passwd);
    fs::set_permissions(room.data(), Permissions::from_mode(0o700)).unwrap();
    for (uid, want) in [(990, 1), (1_000, 0), (991, 0), (0, 0)] {
        chown(room.data(), Some(uid), None).unwrap();
        assert_eq!(found(&room, false).len(), want, "{uid}");
    }
}
