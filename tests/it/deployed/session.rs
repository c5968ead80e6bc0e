//! The running session: its keys, its screen, its processes, its end.

use super::hand::{DEAF_MS, pause, until};
use super::machine::Machine;
use ratatui::style::Color;
use std::fs;
use std::path::PathBuf;
use std::process::Child;
use wenming::domain::Theme;
use wenming::shell::clock::Clock;
use wenming::view::Ink;

/// Red, green, blue.
type Rgb = [u8; 3];

/// What is on the screen of 1366x768, whose 65x16 cells begin 8 pixels below its upper edge.
pub(crate) struct Shot {
    pixels: Vec<Rgb>,
}

impl Shot {
    fn at(&self, x: usize, y: usize) -> Rgb {
        self.pixels[y * 1_366 + x]
    }

    /// The page, to the last pixel of each corner.
    fn has_page(&self, theme: Theme) -> bool {
        let page = ground(Ink::Page, theme);
        let left = [(2, 400), (1_363, 400), (2, 200)];
        left.into_iter().all(|(x, y)| self.at(x, y) == page)
    }

    pub(crate) fn is_dark(&self) -> bool {
        self.has_page(Theme::Contrast)
    }

    /// The light page to the edges of the screen, the head, the band that says that no reader is there, the three buttons, words and a clock.
    pub(crate) fn is_idle(&self) -> bool {
        let page = ground(Ink::Page, Theme::Light);
        let corners = [(0, 0), (1_365, 0), (0, 767), (1_365, 767)];
        let bands = [(500, 30, Ink::Header), (100, 400, Ink::Warning)];
        let buttons = [50, 490, 930].map(|x| (x, 650, Ink::Neutral));
        let ink = |from: usize, to: usize| {
            let all = &self.pixels[from * 1_366..to * 1_366];
            all.iter().filter(|pixel| **pixel == [0; 3]).count()
        };
        self.has_page(Theme::Light)
            && corners.into_iter().all(|(x, y)| self.at(x, y) == page)
            && bands
                .into_iter()
                .chain(buttons)
                .all(|(x, y, ink)| self.at(x, y) == ground(ink, Theme::Light))
            && ink(56, 100) > 2_000
            && ink(104, 334) > 20_000
    }
}

/// What is behind the letters of an ink.
fn ground(ink: Ink, theme: Theme) -> Rgb {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let Color::Indexed(index @ 16..) = ink.pair(theme).1 else {
        unreachable!("the palette has indexed colours only");
    };
    if index >= 232 {
        return [8 + 10 * (index - 232); 3];
    }
    let cube = usize::from(index) - 16;
    [cube / 36, cube / 6 % 6, cube % 6].map(|step| STEPS[step])
}

/// The shipped unit, started.
pub(crate) struct Session<'a> {
    pub(crate) machine: &'a Machine,
    clock: Clock,
    user: String,
    /// A keyboard that is plugged in as long as the session lasts.
    keyboard: Child,
}

impl<'a> Session<'a> {
    /// Starts the unit, and gives its screen the size of the smallest that stations have.
    pub(crate) fn start(machine: &'a Machine) -> Self {
        let clock = Clock::start();
        machine.says(&["systemctl", "start", "wenming"]);
        let user = machine.says(&["id", "-u", "wenming"]).trim().to_owned();
        let runtime = format!("/run/user/{user}");
        let screen = [
            "wlr-randr",
            "--output",
            "HEADLESS-1",
            "--custom-mode",
            "1366x768",
        ];
        let shown = until(|| {
            let set = display(machine, &runtime, &screen).output().unwrap();
            set.status.success().then_some(())
        });
        assert!(shown.is_some(), "no screen\n{}", machine.journal());
        let keyboard = display(machine, &runtime, &["wtype", "-s", "600000"]);
        let keyboard = { keyboard }.spawn().unwrap();
        Self {
            machine,
            clock,
            user,
            keyboard,
        }
    }

    fn runtime(&self) -> String {
        format!("/run/user/{}", self.user)
    }

    /// The compositor's socket, seen from outside.
    pub(crate) fn socket(&self) -> PathBuf {
        self.machine.path(&format!("{}/wayland-0", self.runtime()))
    }

    /// Waits until something is so.
    pub(crate) fn until(&self, what: &str, is: impl Fn(&Self) -> bool) {
        let became = until(|| is(self).then_some(()));
        assert!(
            became.is_some(),
            "no {what}: {:?}, {}\n{}",
            self.programs(),
            self.size(),
            self.machine.journal()
        );
    }

    /// Waits until the screen shows something; keeps what it shows instead.
    pub(crate) fn becomes(&self, what: &str, is: impl Fn(&Shot) -> bool) {
        let shows = until(|| is(&self.shot()).then_some(()));
        if shows.is_none() {
            self.keep("instead.png");
        }
        assert!(
            shows.is_some(),
            "no {what}: see debian-13/instead.png\n{}",
            self.machine.journal()
        );
    }

    fn shot(&self) -> Shot {
        let grim = display(self.machine, &self.runtime(), &["grim", "-t", "ppm", "-"]);
        let ppm = { grim }.output().unwrap().stdout;
        let head = b"P6\n1366 768\n255\n";
        let body = ppm
            .strip_prefix(head)
            .unwrap_or_else(|| panic!("{:?}", ppm.get(..20)));
        Shot {
            pixels: body.as_chunks::<3>().0.to_vec(),
        }
    }

    /// Keeps a picture for people, beside the tree.
    pub(crate) fn keep(&self, name: &str) {
        let grim = display(self.machine, &self.runtime(), &["grim", "-"]);
        let png = { grim }.output().unwrap().stdout;
        fs::write(self.machine.tree.0.with_file_name(name), png).unwrap();
    }

    /// What runs as the station's user, but for systemd's own.
    pub(crate) fn programs(&self) -> Vec<String> {
        let said = self.machine.run(&["ps", "-u", "wenming", "-o", "comm="]);
        let text = String::from_utf8_lossy(&said.stdout).into_owned();
        let all = text.lines().map(|line| line.trim().to_owned());
        let others = ["systemd", "(sd-pam)", "dbus-daemon"];
        let mut all: Vec<String> = all
            .filter(|name| !others.contains(&name.as_str()))
            .collect();
        all.sort();
        all
    }

    /// Rows and columns of the kiosk's terminal.
    pub(crate) fn size(&self) -> String {
        let size = "stty -F /proc/$(pgrep -x wenming)/fd/0 size";
        let said = self.machine.run(&["sh", "-c", size]);
        String::from_utf8_lossy(&said.stdout).trim().to_owned()
    }

    /// Presses a combination as foot writes it, `Control+Shift+n`, and lets it go.
    pub(crate) fn press(&self, combo: &str) {
        let (held, key) = combo.rsplit_once('+').unwrap_or(("", combo));
        let mut args = modifiers("-M", held);
        args.extend(["-k", key]);
        args.extend(modifiers("-m", held));
        let args = [&["wtype"], args.as_slice()].concat();
        let typed = display(self.machine, &self.runtime(), &args).output();
        let typed = typed.unwrap();
        assert!(typed.status.success(), "{combo}: {typed:?}");
    }

    /// Holds keys down until they are let go.
    pub(crate) fn hold(&self, held: &str) -> Option<Child> {
        if held.is_empty() {
            return None;
        }
        let args = [
            &["wtype"],
            modifiers("-M", held).as_slice(),
            &["-s", "600000"],
        ]
        .concat();
        let keyboard = display(self.machine, &self.runtime(), &args)
            .spawn()
            .unwrap();
        pause(DEAF_MS);
        Some(keyboard)
    }

    pub(crate) fn let_go(&self, keyboard: Option<Child>) {
        let Some(mut keyboard) = keyboard else {
            return;
        };
        keyboard
            .kill()
            .and_then(|()| keyboard.wait().map(drop))
            .unwrap();
        self.machine.run(&["pkill", "-n", "-x", "wtype"]);
    }

    /// The kiosk has the keyboard and obeys it: the key of the colours changes them, and changes them back.
    pub(crate) fn answers(&self) {
        let before = self.shot().is_dark();
        for dark in [!before, before] {
            pause(DEAF_MS);
            self.press("plus");
            self.becomes("the other colours", |shot| shot.is_dark() == dark);
        }
    }

    /// The reload that the manual tells is heard by the program.
    pub(crate) fn reloads(&self) {
        self.machine.says(&["systemctl", "reload", "wenming"]);
        let log = self.machine.path("/var/lib/wenming/log/events.play");
        self.until("reload in the log", |_| {
            fs::read_to_string(&log).unwrap().contains("reload")
        });
    }

    /// Stops the unit; gives how long it took until nothing of it was left, in milliseconds.
    pub(crate) fn stop(mut self) -> i64 {
        let began = self.clock.now().mono_ms;
        self.machine.says(&["systemctl", "stop", "wenming"]);
        self.until("end", |session| session.programs().is_empty());
        let took = self.clock.now().mono_ms - began;
        let _gone = self.keyboard.kill().and_then(|()| self.keyboard.wait());
        let result = [
            "systemctl",
            "show",
            "--property=Result",
            "--value",
            "wenming",
        ];
        assert_eq!(self.machine.says(&result), "success\n");
        took
    }
}

/// A program that speaks to the compositor.
fn display(machine: &Machine, runtime: &str, args: &[&str]) -> std::process::Command {
    let runtime = format!("XDG_RUNTIME_DIR={runtime}");
    machine.command(&[&["env", &runtime, "WAYLAND_DISPLAY=wayland-0"], args].concat())
}

/// The arguments of wtype that press or let go of modifiers.
fn modifiers<'a>(how: &'a str, held: &str) -> Vec<&'a str> {
    let names = held.split('+').filter(|name| !name.is_empty());
    let names = names.map(|name| match name {
        "Control" => "ctrl",
        "Shift" => "shift",
        "Mod1" => "alt",
        "Mod4" => "logo",
        other => panic!("what is {other}?"),
    });
    names.flat_map(|name| [how, name]).collect()
}
