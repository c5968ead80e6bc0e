//! The files of a station, made of the shipped example: its comments stay, what is invented in it goes.

use super::answered::{Answers, BETWEEN, PARTNERS, both, quoted};
use crate::cli::example::EXAMPLE;
use crate::config::{ReaderFormat, Sources};
use crate::domain::Lang;
use crate::words::Words;
use std::collections::{BTreeMap, BTreeSet};

/// The label of the stick in the example's files.
const EXAMPLE_LABEL: &str = "VPB";

/// The texts of the config's files.
pub(super) struct Texts {
    station: String,
    catalogue: String,
    staff: String,
    notices: String,
    stick_mount: String,
    stick_rules: String,
}

impl Texts {
    /// As the config is read.
    pub(super) fn sources(&self) -> Sources<'_> {
        Sources {
            station: &self.station,
            catalogue: &self.catalogue,
            rules: EXAMPLE.rules,
            staff: &self.staff,
            notices: &self.notices,
        }
    }

    /// Every file of the folder with its name.
    pub(super) fn files(&self) -> [(&'static str, &str); 11] {
        [
            ("station.toml", &self.station),
            ("catalogue.toml", &self.catalogue),
            ("rules.toml", EXAMPLE.rules),
            ("staff.toml", &self.staff),
            ("notices.toml", &self.notices),
            (
                "deploy/foot.ini",
                include_str!("../../../kiosk-config/deploy/foot.ini"),
            ),
            (
                "deploy/wenming.service",
                include_str!("../../../kiosk-config/deploy/wenming.service"),
            ),
            (
                "deploy/wenming.sysusers",
                include_str!("../../../kiosk-config/deploy/wenming.sysusers"),
            ),
            (
                "deploy/60-wenming.rules",
                include_str!("../../../kiosk-config/deploy/60-wenming.rules"),
            ),
            ("deploy/61-wenming-stick.rules", &self.stick_rules),
            ("deploy/media-wenming.mount", &self.stick_mount),
        ]
    }
}

/// The files that these answers make.
pub(super) fn texts(answers: &Answers) -> Texts {
    Texts {
        station: station(answers),
        catalogue: catalogue(answers),
        staff: staff(answers),
        notices: notices(),
        stick_mount: labelled(
            include_str!("../../../kiosk-config/deploy/media-wenming.mount"),
            answers,
        ),
        stick_rules: labelled(
            include_str!("../../../kiosk-config/deploy/61-wenming-stick.rules"),
            answers,
        ),
    }
}

/// What mounts the stick, with the label of this station's.
fn labelled(text: &str, answers: &Answers) -> String {
    match answers.get("stick") {
        "" => text.to_owned(),
        label => text.replace(EXAMPLE_LABEL, label),
    }
}

/// Without the lines that warn of the example.
fn own(text: &str) -> String {
    let warns = |line: &str| line.contains("示例") || line.contains("WARNING");
    let mut lines: Vec<&str> = text
        .lines()
        .filter(|line| !(line.starts_with('#') && warns(line)))
        .collect();
    // Two empty remarks are left where a warning stood between them.
    lines.dedup_by(|line, before| *line == "#" && line == before);
    lines.join("\n") + "\n"
}

fn station(answers: &Answers) -> String {
    let text = own(EXAMPLE.station);
    let text = filled(
        &text,
        "[station]",
        &[
            ("township", answers.quoted("town")),
            ("id", answers.quoted("station")),
            ("name", Some(answers.both("name", "name-en"))),
            ("village", Some(answers.both("village", "village-en"))),
            ("technician-phone", answers.quoted("phone")),
        ],
    );
    let text = with_reader(&text, answers);
    let text = match answers.quoted("printer") {
        None => text,
        port => {
            let profile = answers.quoted("printer-profile");
            filled(&text, "[printer]", &[("port", port), ("profile", profile)])
        }
    };
    match answers.quoted("stick") {
        None => text,
        label => {
            let sink = [
                ("name", Some(quoted("U盘"))),
                ("kind", Some(quoted("stick"))),
                ("label", label),
            ];
            filled(&text, "[[sink]]", &sink)
        }
    }
}

/// The first reader as answered, and no other.
fn with_reader(text: &str, answers: &Answers) -> String {
    let Some((before, readers)) = text.split_once("[[reader]]\n") else {
        return text.to_owned();
    };
    // The readers end where the next part begins, with its comment.
    let after = readers
        .find("\n# ")
        .and_then(|at| readers.get(at..))
        .unwrap_or_default();
    let Some(port) = answers.quoted("reader") else {
        return format!("{before}{}", after.trim_start());
    };
    let format = answers.get("reader-format");
    let reads_chips = ReaderFormat::parse(format).is_some_and(ReaderFormat::reads_chips);
    let name = if reads_chips { "card" } else { "scanner" };
    format!(
        "{before}[[reader]]\nname = {}\nport = {port}\nformat = {}\n{after}",
        quoted(name),
        quoted(format)
    )
}

/// A table of the example with these values. Its heading and its keys may be commented out; a key without a value is then.
fn filled(text: &str, heading: &str, values: &[(&str, Option<String>)]) -> String {
    let bare = |line: &'_ str| line.strip_prefix("# ").unwrap_or(line).to_owned();
    let mut lines = Vec::new();
    // Before, in and after the first table of this name.
    let (mut inside, mut done) = (false, false);
    for line in text.lines() {
        let content = bare(line);
        if !done && content == heading {
            (inside, done) = (true, true);
            lines.push(content);
            continue;
        }
        inside &= content.contains(" = ");
        let key = content.split(' ').next().unwrap_or_default();
        match values.iter().find(|(known, _)| inside && *known == key) {
            None => lines.push(line.to_owned()),
            Some((_, None)) => lines.push(format!("# {content}")),
            Some((_, Some(value))) => {
                let comment = content.find("  #").and_then(|at| content.get(at..));
                let comment = comment.unwrap_or_default().trim_start();
                lines.push(format!("{key} = {value}  {comment}").trim_end().to_owned());
            }
        }
    }
    lines.join("\n") + "\n"
}

/// The example's rewards of those who deliver here.
fn catalogue(answers: &Answers) -> String {
    let chosen: BTreeSet<&str> = answers.get("partners").split(';').collect();
    let here: BTreeMap<&str, &str> = PARTNERS
        .iter()
        .filter(|(word, ..)| chosen.contains(word))
        .map(|(_, code, sentence)| (*code, *sentence))
        .collect();
    let delivers = |block: &str| {
        value(block, "partner").is_some_and(|code| code == STATION || here.contains_key(code))
    };
    let blocks: Vec<&str> = EXAMPLE
        .catalogue
        .split("\n\n")
        .map(|block| block.trim_matches('\n'))
        .collect();
    let items = blocks
        .iter()
        .filter(|block| block.starts_with("[[item]]") && delivers(block));
    let used: BTreeSet<&str> = items.filter_map(|item| value(item, "category")).collect();
    let mut kept: Vec<String> = Vec::new();
    let mut last_item = false;
    for block in blocks {
        let heading = block.lines().next().unwrap_or_default();
        match heading {
            "[[category]]" if value(block, "code").is_some_and(|code| used.contains(code)) => {
                kept.push(block.to_owned());
            }
            "[[partner]]" => kept.extend(partner(block, answers, &here)),
            "[[item]]" => {
                last_item = delivers(block);
                kept.extend(last_item.then(|| block.to_owned()));
            }
            "[[item.option]]" if last_item => kept.push(block.to_owned()),
            "[[category]]" | "[[item.option]]" => {}
            // The name of a group, of which nothing may be left.
            _ if block.lines().count() == 1 && !is_used(block, &used) => {}
            _ => kept.push(block.to_owned()),
        }
    }
    kept.join("\n\n") + "\n"
}

/// The station among those who deliver.
const STATION: &str = "STATION";

/// Says whether a comment of one line names a group that is in use.
fn is_used(comment: &str, used: &BTreeSet<&str>) -> bool {
    let name = format!("\"{}\"", comment.trim_start_matches("# "));
    let mut groups = EXAMPLE
        .catalogue
        .split("\n\n")
        .filter(|block| block.contains("[[category]]"));
    groups.any(|group| {
        group.contains(&name) && value(group, "code").is_some_and(|code| used.contains(code))
    })
}

/// The text of a key in a block of TOML.
fn value<'a>(block: &'a str, key: &str) -> Option<&'a str> {
    let value = block
        .lines()
        .find_map(|line| line.strip_prefix(key)?.strip_prefix(" = "))?;
    value.strip_prefix('"')?.strip_suffix('"')
}

/// Who delivers, by a name that is not invented; `None` for those who do not.
fn partner(block: &str, answers: &Answers, here: &BTreeMap<&str, &str>) -> Option<String> {
    let code = value(block, "code")?;
    let (name, hours) = if code == STATION {
        let entries = answers
            .get("hours")
            .split(BETWEEN)
            .map(str::trim)
            .filter(|entry| !entry.is_empty());
        let hours: Vec<String> = entries.map(quoted).collect();
        let hours = (!hours.is_empty()).then(|| format!("hours = [{}]", hours.join(", ")));
        (answers.both("name", "name-en"), hours)
    } else {
        let sentence = here.get(code)?;
        let words = Words::new();
        let name = both(
            &words.say(Lang::Zh).text(sentence),
            &words.say(Lang::En).text(sentence),
        );
        (
            name,
            block
                .lines()
                .find(|line| line.starts_with("hours = "))
                .map(str::to_owned),
        )
    };
    let lines = [
        Some(format!("[[partner]]\ncode = \"{code}\"\nname = {name}")),
        hours,
    ];
    Some(lines.into_iter().flatten().collect::<Vec<_>>().join("\n"))
}

/// The first two of the staff; who works at the counter is added by the manager.
fn staff(answers: &Answers) -> String {
    let text = own(EXAMPLE.staff);
    let head = text.split("[[staff]]").next().unwrap_or_default();
    let member = |(id, role): (&str, &str)| {
        let of = |key: &str| quoted(answers.get(key));
        format!(
            "[[staff]]\nid = \"{id}\"\nname = {}\nrole = \"{role}\"\nbadge = {}\npin = {}\n",
            of(role),
            of(&format!("{role}-badge")),
            of(&format!("{role}-pin")),
        )
    };
    let members = [("M001", "manager"), ("T001", "technician")].map(member);
    format!("{head}{}", members.join("\n"))
}

/// What is told is invented too; it stays as a pattern.
fn notices() -> String {
    let text = own(EXAMPLE.notices);
    let line = |line: &str| match line {
        "" => "\n".to_owned(),
        line if line.starts_with('#') => format!("{line}\n"),
        line => format!("# {line}\n"),
    };
    text.lines().map(line).collect()
}
