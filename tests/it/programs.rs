//! Whoever starts a program from outside takes it from the list of `tests/equipment`, and the list has no more than that.
#![expect(
    clippy::unwrap_used,
    clippy::wildcard_enum_match_arm,
    reason = "Rust has many expressions; a source file that cannot be read fails the test"
)]

use crate::equipment::list::{Kind, TOOLS};
use crate::house::sources;
use std::collections::BTreeSet;
use syn::visit::{self, Visit};
use syn::{Expr, ExprCall, ExprLit, ItemUse, Lit, Macro, UseTree};

/// What gives a program that is in the list, or made here.
const GIVERS: [&str; 3] = ["tool", "ours", "python"];

/// What a file starts and says.
#[derive(Debug, Default)]
struct Found {
    /// Names under which the file has a type `Command`.
    commands: BTreeSet<String>,
    /// Whether it knows the list at all; else its `tool` is another.
    equipped: bool,
    /// What it takes from the list, by name.
    taken: BTreeSet<String>,
    /// Every text in quotes.
    texts: BTreeSet<String>,
    /// Starts that go by the list.
    faults: Vec<String>,
}

/// The last word of the path that is called, such as `new` of `Command::new`, and the word before it.
fn called(call: &ExprCall) -> (String, String) {
    let Expr::Path(path) = &*call.func else {
        return Default::default();
    };
    let mut words = path.path.segments.iter().rev().map(|s| s.ident.to_string());
    let last = words.next().unwrap_or_default();
    (words.next().unwrap_or_default(), last)
}

/// Every text in an expression.
fn texts(expr: &Expr) -> BTreeSet<String> {
    let mut found = Found::default();
    found.visit_expr(expr);
    found.texts
}

/// Whether an expression is given by the list, or is the program under test.
fn is_given(expr: &Expr) -> bool {
    match expr {
        Expr::Call(call) => {
            let (before, name) = called(call);
            GIVERS.contains(&name.as_str())
                || (before == "Path" && name == "new" && call.args.iter().all(is_given))
        }
        Expr::Reference(inner) => is_given(&inner.expr),
        Expr::Path(path) => path
            .path
            .segments
            .last()
            .is_some_and(|s| s.ident == "WENMING"),
        Expr::Macro(env) => env.mac.tokens.to_string() == "\"CARGO_BIN_EXE_wenming\"",
        Expr::If(both) => {
            let other = both.else_branch.as_ref();
            gives(&both.then_branch) && other.is_some_and(|(_, other)| is_given(other))
        }
        Expr::Block(block) => gives(&block.block),
        _ => false,
    }
}

/// Whether a block ends with what is given.
fn gives(block: &syn::Block) -> bool {
    matches!(block.stmts.last(), Some(syn::Stmt::Expr(expr, None)) if is_given(expr))
}

impl Found {
    fn walk(&mut self, tree: &UseTree) {
        match tree {
            UseTree::Path(path) => {
                self.equipped |= path.ident == "equipment";
                self.walk(&path.tree);
            }
            UseTree::Group(group) => group.items.iter().for_each(|one| self.walk(one)),
            UseTree::Rename(to) if to.ident == "Command" => {
                self.commands.insert(to.rename.to_string());
            }
            UseTree::Name(name) => self.equipped |= name.ident == "equipment",
            UseTree::Rename(_) | UseTree::Glob(_) => {}
        }
    }
}

impl Visit<'_> for Found {
    fn visit_item_use(&mut self, item: &ItemUse) {
        self.walk(&item.tree);
    }

    fn visit_expr_call(&mut self, call: &ExprCall) {
        let (before, name) = called(call);
        let starts = name == "new" && (before == "Command" || self.commands.contains(&before));
        if starts && !call.args.iter().all(is_given) {
            let texts = call.args.iter().flat_map(texts);
            let what: Vec<String> = texts.collect();
            let what = what.first().map_or("what a variable says", String::as_str);
            self.faults.push(format!("{before}::new starts {what}"));
        }
        if ["tool", "has", "only", "python"].contains(&name.as_str()) {
            self.taken.extend(call.args.iter().flat_map(texts));
        }
        visit::visit_expr_call(self, call);
    }

    /// A stage has a `tool` of its own, which hands the name on.
    fn visit_expr_method_call(&mut self, call: &syn::ExprMethodCall) {
        if call.method == "tool" {
            self.equipped = true;
            self.taken
                .extend(call.args.first().map(texts).into_iter().flatten());
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_lit(&mut self, literal: &ExprLit) {
        if let Lit::Str(text) = &literal.lit {
            self.texts.insert(text.value());
        }
    }

    /// Inside of a macro, as of `assert!`, is what parses as a list of expressions.
    fn visit_macro(&mut self, mac: &Macro) {
        type Args = syn::punctuated::Punctuated<Expr, syn::Token![,]>;
        if let Ok(args) = mac.parse_body_with(Args::parse_terminated) {
            args.iter().for_each(|expr| self.visit_expr(expr));
        }
    }
}

fn read(text: &str) -> Found {
    let mut found = Found::default();
    found.visit_file(&syn::parse_file(text).unwrap());
    found
}

/// What is wrong with a file of tests or benches, by its name without `.rs`.
fn faults(name: &str, found: &Found) -> Vec<String> {
    let mut faults: Vec<String> = found
        .faults
        .iter()
        .map(|fault| {
            format!("{name}: {fault}; take it from tests/equipment: Command::new(tool(\"…\"))")
        })
        .collect();
    let others = BTreeSet::new();
    let taken = if found.equipped {
        &found.taken
    } else {
        &others
    };
    for taken in taken {
        let listed = TOOLS.iter().find(|tool| tool.name == taken);
        faults.extend(match listed {
            None => Some(format!("{name}: {taken} is not in tests/equipment/list.rs")),
            Some(tool) if !tool.users.contains(&name) => Some(format!(
                "{name}: tests/equipment/list.rs does not have it among those who need {taken}"
            )),
            Some(_) => None,
        });
    }
    faults
}

#[test]
fn every_program_that_is_started_is_in_the_list_and_the_list_has_no_other() {
    let mut wrong = Vec::new();
    let mut seen: Vec<(String, Found)> = Vec::new();
    for (path, text) in ["tests", "benches"].into_iter().flat_map(sources) {
        let name = path.strip_suffix(".rs").unwrap().to_owned();
        // They are the list, and this.
        if name.starts_with("tests/equipment/") || name.ends_with("/programs") {
            continue;
        }
        let found = read(&text);
        wrong.extend(faults(&name, &found));
        seen.push((name, found));
    }
    for tool in TOOLS {
        for user in tool.users {
            // What a test links or opens by another name is not in it.
            let links = tool.kind == Kind::File || tool.name == "pkg-config";
            let own = user.starts_with("tests/equipment/");
            let found = seen.iter().find(|(name, _)| name == user);
            if !own && !found.is_some_and(|(_, found)| links || found.texts.contains(tool.name)) {
                wrong.push(format!(
                    "tests/equipment/list.rs: {user} does not need {}",
                    tool.name
                ));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn a_program_that_is_not_in_the_list_is_seen_however_it_is_started() {
    for (body, want) in [
        ("Command::new(\"ps\")", "Command::new starts ps"),
        (
            "std::process::Command::new(\"ps\").arg(\"x\")",
            "Command::new starts ps",
        ),
        ("Pty::new(\"script\")", "Pty::new starts script"),
        (
            "assert!(Command::new(\"ps\").status().unwrap().success())",
            "Command::new starts ps",
        ),
        (
            "Command::new(program)",
            "Command::new starts what a variable says",
        ),
        (
            "Command::new(if x { tool(\"sh\") } else { other })",
            "Command::new starts sh",
        ),
    ] {
        let text = format!("use pty_process::Command as Pty;\nfn f() {{ {body}; }}");
        let found = faults("tests/a", &read(&text));
        assert!(
            found.iter().any(|fault| fault.contains(want)),
            "{body}: {found:?}"
        );
    }
    let found = faults(
        "tests/a",
        &read(
            "use crate::equipment::{only, tool}; fn f() { Command::new(tool(\"curl\")); only(&[\"sh\"]); }",
        ),
    );
    assert_eq!(
        found,
        [
            "tests/a: curl is not in tests/equipment/list.rs",
            "tests/a: tests/equipment/list.rs does not have it among those who need sh",
        ]
    );
    for body in [
        "Command::new(WENMING)",
        "Command::new(env!(\"CARGO_BIN_EXE_wenming\"))",
        "Command::new(ours(&path))",
    ] {
        let found = faults("tests/a", &read(&format!("fn f() {{ {body}; }}")));
        assert!(found.is_empty(), "{found:?}");
    }
}
