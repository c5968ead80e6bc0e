//! Import circles: files of `src` that cannot be understood, or moved, one without the other.
//!
//! An edge leads from a file to the file where what it names is written. A `pub use` that hands on what lies
//! below is no edge: who imports through it depends on the file behind it.

use super::{Token, is_join, sources};
use std::collections::{BTreeMap, BTreeSet};

/// A path from the root of the crate: `["bundle", "tape", "MANIFEST"]`.
type Path = Vec<String>;

/// What one file says about others.
#[derive(Debug, Default)]
struct File {
    /// Names that `use` gives a meaning, by the module that has them.
    names: BTreeMap<(Path, String), Path>,
    /// What is named, without what is only handed on.
    named: BTreeSet<Path>,
}

/// The files by the paths of their modules: `["bundle", "tape"]` is `src/bundle/tape.rs`.
struct Tree {
    modules: BTreeMap<Path, String>,
    files: BTreeMap<String, File>,
}

/// The module of a file; none for the program's own `main.rs`.
fn module_of(path: &str) -> Option<Path> {
    let inside = path.strip_prefix("src/")?.strip_suffix(".rs")?;
    let mut parts: Path = inside.split('/').map(str::to_owned).collect();
    match parts.last().map(String::as_str) {
        Some("main") if parts.len() == 1 => return None,
        Some("mod") => drop(parts.pop()),
        Some("lib") if parts.len() == 1 => drop(parts.pop()),
        _ => {}
    }
    Some(parts)
}

/// The paths of a `use`, from behind it, each with the name that it gives, `*` for all names.
fn leaves(tokens: &mut &[Token], before: &Path) -> Vec<(Path, String)> {
    let mut path = before.clone();
    let mut all = Vec::new();
    while let [first, rest @ ..] = *tokens {
        *tokens = rest;
        match first {
            Token::Word(word) if word == "as" => {
                let [Token::Word(name), rest @ ..] = *tokens else {
                    break;
                };
                *tokens = rest;
                return vec![(path, name.clone())];
            }
            Token::Word(word) => path.push(word.clone()),
            Token::Sign('*') => return vec![(path, "*".to_owned())],
            Token::Sign('{') => {
                while !matches!(tokens, [Token::Sign('}'), ..] | []) {
                    all.extend(leaves(tokens, &path));
                    if let [Token::Sign(','), rest @ ..] = *tokens {
                        *tokens = rest;
                    }
                }
                *tokens = tokens.get(1..).unwrap_or_default();
                return all;
            }
            Token::Sign(_) => {}
        }
        if matches!(tokens, [Token::Sign(',' | '}' | ';'), ..]) {
            break;
        }
    }
    if path.last().is_some_and(|last| last == "self") && path.len() > 1 {
        path.pop();
    }
    let name = path.last().cloned().unwrap_or_default();
    vec![(path, name)]
}

impl Tree {
    fn of(sources: &[(String, String)]) -> Self {
        let modules: BTreeMap<Path, String> = sources
            .iter()
            .filter_map(|(path, _)| Some((module_of(path)?, path.clone())))
            .collect();
        let mut tree = Self {
            modules,
            files: BTreeMap::new(),
        };
        for (path, text) in sources {
            if let Some(module) = module_of(path) {
                let file = tree.read(&module, &super::tokens(text));
                tree.files.insert(path.clone(), file);
            }
        }
        tree
    }

    /// Reads a file; modules in braces, such as its tests, belong to it.
    fn read(&self, module: &Path, tokens: &[Token]) -> File {
        let mut file = File::default();
        // The module at each open brace.
        let mut open = vec![module.clone()];
        let mut rest = tokens;
        let mut is_public = false;
        while let [first, after @ ..] = rest {
            rest = after;
            let here = open.last().unwrap_or(module).clone();
            match (first, after) {
                (Token::Word(word), [Token::Word(name), Token::Sign('{'), after @ ..])
                    if word == "mod" =>
                {
                    let mut inner = here;
                    inner.push(name.clone());
                    open.push(inner);
                    rest = after;
                }
                (Token::Sign('{'), _) => open.push(here),
                (Token::Sign('}'), _) if open.len() > 1 => drop(open.pop()),
                (
                    Token::Word(word),
                    [
                        Token::Sign('('),
                        Token::Word(_),
                        Token::Sign(')'),
                        after @ ..,
                    ],
                ) if word == "pub" => {
                    is_public = true;
                    rest = after;
                    continue;
                }
                (Token::Word(word), _) if word == "pub" => {
                    is_public = true;
                    continue;
                }
                (Token::Word(word), _) if word == "use" => {
                    for (path, name) in leaves(&mut rest, &Vec::new()) {
                        let Some(path) = self.absolute(&file, &here, &path, 1) else {
                            continue;
                        };
                        let hands_on = is_public && path.starts_with(module);
                        if !hands_on {
                            file.named.insert(path.clone());
                        }
                        file.names.insert((here.clone(), name), path);
                    }
                }
                (Token::Word(word), _) => {
                    let mut path = vec![word.clone()];
                    while is_join(rest)
                        && let Some(Token::Word(word)) = rest.get(2)
                    {
                        path.push(word.clone());
                        rest = &rest[3..];
                    }
                    file.named.extend(self.absolute(&file, &here, &path, 2));
                }
                (Token::Sign(_), _) => {}
            }
            is_public = false;
        }
        file
    }

    /// A path of at least `least` words from the root of the crate; nothing for those of other crates.
    fn absolute(&self, file: &File, here: &Path, path: &Path, least: usize) -> Option<Path> {
        let (first, rest) = path.split_first()?;
        if path.len() < least {
            return None;
        }
        let mut whole = match first.as_str() {
            "crate" | "wenming" => Vec::new(),
            "self" => here.clone(),
            "super" => here.split_last()?.1.to_vec(),
            name => {
                let mut child = here.clone();
                child.push(name.to_owned());
                let known = file.names.get(&(here.clone(), name.to_owned()));
                match known {
                    Some(known) => known.clone(),
                    None if self.modules.contains_key(&child) => child,
                    None => return None,
                }
            }
        };
        for word in rest {
            match word.as_str() {
                "super" => drop(whole.pop()),
                "self" => {}
                word => whole.push(word.to_owned()),
            }
        }
        Some(whole)
    }

    /// The file where it is written what a path names, through all that only hands it on.
    fn written_in(&self, path: &Path, steps: usize) -> Option<&str> {
        let mut module = Vec::new();
        for (n, word) in path.iter().enumerate() {
            module.push(word.clone());
            if self.modules.contains_key(&module) {
                continue;
            }
            module.pop();
            let file = self.modules.get(&module)?;
            let known = self.files.get(file)?;
            let name = |name: &str| known.names.get(&(module.clone(), name.to_owned()));
            let through = name(word).filter(|_| steps > 0);
            return match through {
                Some(through) if through != path => {
                    let behind = path.get(n + 1..).unwrap_or_default();
                    let whole = [through.as_slice(), behind].concat();
                    self.written_in(&whole, steps - 1)
                }
                _ => Some(file),
            };
        }
        self.modules.get(&module).map(String::as_str)
    }

    /// Which files each file depends on.
    fn edges(&self) -> BTreeMap<&str, BTreeSet<&str>> {
        let edges_of = |(path, file): (&'_ String, &'_ File)| -> BTreeSet<&str> {
            let targets = file
                .named
                .iter()
                .filter_map(|named| self.written_in(named, 8));
            targets.filter(|target| target != path).collect()
        };
        self.files
            .iter()
            .map(|(path, file)| (path.as_str(), edges_of((path, file))))
            .collect()
    }
}

/// All that a file depends on, also through others.
fn reach<'a>(edges: &BTreeMap<&'a str, BTreeSet<&'a str>>, from: &'a str) -> BTreeSet<&'a str> {
    let mut reached = BTreeSet::new();
    let mut next = vec![from];
    while let Some(file) = next.pop() {
        for target in edges.get(file).into_iter().flatten() {
            if reached.insert(*target) {
                next.push(target);
            }
        }
    }
    reached
}

/// The circles of a graph, each as the sorted files that depend on each other.
fn circles(sources: &[(String, String)]) -> Vec<String> {
    let tree = Tree::of(sources);
    let edges = tree.edges();
    let all: BTreeMap<&str, BTreeSet<&str>> = edges
        .keys()
        .map(|file| (*file, reach(&edges, file)))
        .collect();
    let reaches = |from: &str, to: &str| all.get(from).is_some_and(|all| all.contains(to));
    let mut circles = BTreeSet::new();
    for (file, reached) in &all {
        let circle: Vec<&str> = reached
            .iter()
            .copied()
            .filter(|other| reaches(other, file))
            .collect();
        if !circle.is_empty() {
            circles.insert(circle.join(" "));
        }
    }
    circles.into_iter().collect()
}

/// Circles that stand until their rooms are rewritten, each with why. Nothing may be added; what is untied is taken out.
const UNTIL_THEN: &[&str] = &[
    // The model holds the screen in front, help and covers; each of them is shown and answers in a context, which holds
    // the model.
    "src/app/aid.rs src/app/context.rs src/app/event.rs src/app/model.rs src/app/screens/checkup.rs \
     src/app/screens/choose.rs src/app/screens/close.rs src/app/screens/confirm.rs src/app/screens/desk.rs \
     src/app/screens/detective.rs src/app/screens/devices.rs src/app/screens/done.rs \
     src/app/screens/exports.rs src/app/screens/holds.rs src/app/screens/home.rs \
     src/app/screens/idle.rs src/app/screens/lists.rs src/app/screens/mod.rs src/app/screens/more.rs src/app/screens/operations.rs \
     src/app/screens/passbook.rs src/app/screens/pin_pad.rs src/app/screens/printer_setup.rs \
     src/app/screens/quantity.rs src/app/screens/remember.rs src/app/screens/reverse.rs \
     src/app/screens/rewards.rs src/app/screens/second.rs src/app/screens/setting.rs src/app/screens/task.rs \
     src/app/screens/variants.rs src/app/screens/waiting.rs",
];

/// What is wrong with the circles found, beside what is known: a file that came into one, a file that left.
fn news(found: &[String], known: &[&str]) -> Vec<String> {
    let all = |circles: &[&str]| -> BTreeSet<String> {
        let files = circles.iter().flat_map(|circle| circle.split_whitespace());
        files.map(str::to_owned).collect()
    };
    let is_part = |circle: &str, whole: &str| all(&[circle]).is_subset(&all(&[whole]));
    let new = found
        .iter()
        .filter(|circle| !known.iter().any(|whole| is_part(circle, whole)))
        .map(|circle| format!("these files depend on each other: {circle}"));
    let found: Vec<&str> = found.iter().map(String::as_str).collect();
    let left = &all(known) - &all(&found);
    let left = left
        .into_iter()
        .map(|file| format!("{file} is in no circle any more: take it out of UNTIL_THEN"));
    new.chain(left).collect()
}

#[test]
fn no_file_depends_on_itself_through_others() {
    let news = news(&circles(&sources("src")), UNTIL_THEN);
    assert!(news.is_empty(), "\n{}\n", news.join("\n"));
}

/// Two files of a room and its front door, and the circles that they make.
#[track_caller]
fn check(front: &str, a: &str, b: &str, want: &[&str]) {
    let files = [("mod", front), ("a", a), ("b", b)]
        .map(|(name, text)| (format!("src/room/{name}.rs"), text.to_owned()));
    assert_eq!(circles(&files), want, "{front} | {a} | {b}");
}

#[test]
fn a_circle_is_seen_however_it_is_written() {
    let both = ["src/room/a.rs src/room/b.rs"];
    for (a, b) in [
        ("use super::b::B;", "use super::a::A;"),
        ("use super::b::B;", "use crate::room::a::A;"),
        ("use super::{b::{B, C}, X};", "use super::a as other;"),
        ("use super::b;", "fn f() { super::a::go() }"),
        ("use super::b::*;", "fn f(it: &crate::room::a::A) {}"),
        (
            "pub use super::b::B;",
            "mod inner { use super::super::a::A; }",
        ),
        ("use crate::room::B;", "use super::A;"),
    ] {
        check("mod a; mod b; pub use a::A; pub use b::B;", a, b, &both);
    }
    check(
        "mod a; mod b; use a::A; const MAX: usize = 1;",
        "use super::MAX;",
        "",
        &["src/room/a.rs src/room/mod.rs"],
    );
    check(
        "mod a; mod b; fn f() { a::go() } const MAX: usize = 1;",
        "use super::b;",
        "fn f() { super::MAX }",
        &["src/room/a.rs src/room/b.rs src/room/mod.rs"],
    );
}

#[test]
fn what_goes_one_way_is_no_circle() {
    for (front, a, b) in [
        ("mod a; mod b; pub use b::B;", "use super::B;", ""),
        (
            "mod a; pub use a::A; pub const MAX: usize = 1;",
            "use super::MAX;",
            "",
        ),
        (
            "mod a; mod b;",
            "use super::b::B; mod tests { use super::*; }",
            "",
        ),
        (
            "mod a; mod b;",
            "pub(super) struct A; pub(in crate::room) struct C;",
            "use super::a;",
        ),
        (
            "mod a; mod b;",
            "// use super::b;\nconst S: &str = \"super::b::B\";",
            "use super::a;",
        ),
        (
            "mod a; mod b;",
            "use std::fmt; use fmt::Display;",
            "use super::a::A;",
        ),
    ] {
        check(front, a, b, &[]);
    }
}

#[test]
fn the_list_of_circles_only_shrinks() {
    let found =
        |circles: &[&str]| -> Vec<String> { circles.iter().map(ToString::to_string).collect() };
    assert_eq!(news(&found(&["a b c"]), &["a b c"]), [""; 0]);
    assert_eq!(
        news(&found(&["a b"]), &["a b c"]),
        ["c is in no circle any more: take it out of UNTIL_THEN"]
    );
    assert_eq!(
        news(&found(&["a b c d"]), &["a b c"]),
        ["these files depend on each other: a b c d"]
    );
}
