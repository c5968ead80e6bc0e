//! The good-deed book (善行簿), newest line first: what, when, how much, and what was left.

use crate::app::context::{Context, Transition};
use crate::app::screens::State;
use crate::app::{Answer, Effect};
use crate::domain::{AccountId, Fact, PassbookLine, PassbookPage, Prompt, Text};
use crate::panel::{Body, Choice, Entry, Panel, Place};

/// The passbook screen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passbook {
    /// The page in front.
    pub page: PassbookPage,
}

impl Passbook {
    /// The buttons that turn the page; the ledger knows the others.
    fn pager(&self, account: &AccountId) -> impl Iterator<Item = Choice<Transition>> + use<> {
        let page = self.page.page;
        let turn = |page| {
            let account = account.clone();
            Transition::want(Effect::LoadPassbook { account, page })
        };
        let back = page.checked_sub(1);
        let on = page.checked_add(1).filter(|to| *to < self.page.pages);
        let back = back.map(|to| Choice::page_back(turn(to)));
        let on = on.map(|to| Choice::page_on(turn(to)));
        back.into_iter().chain(on)
    }
}

fn entry(line: &PassbookLine) -> Entry {
    let after = Text::of("passbook-after");
    Entry {
        when: Text::row([Fact::Date(line.wall_ms)]),
        what: line.told.clone(),
        change: Text::row([Fact::Change(line.change)]),
        after: after.fact("points", Fact::Balance(line.after)),
    }
}

impl State for Passbook {
    fn panel(&self, context: &Context<'_>) -> Panel<Transition> {
        let book = &self.page;
        let title = Text::of("passbook-title").page(book.page, book.pages);
        let body = Body::Entries {
            rows: book.lines.iter().map(entry).collect(),
            empty: Text::of("passbook-empty"),
        };
        // What reads the page and what shows its figures stand between the two buttons of the pager.
        let (read, cover) = (context.read(6), context.cover(5));
        let slots = if read.is_some() || cover.is_some() {
            2
        } else {
            0
        };
        let read = read.map(|read| read.at(Place::Foot(0)));
        let cover = cover.map(|cover| {
            if cover.place == Place::Hidden {
                cover
            } else {
                cover.at(Place::Foot(1))
            }
        });
        let account = context.account();
        Panel {
            pager: slots > 0 || book.pages > 1,
            slots,
            figures: account
                .as_ref()
                .map(|_| Prompt::Entries(book.lines.clone())),
            ..Panel::new(title, body, Prompt::Passbook)
        }
        .with(account.iter().flat_map(|account| self.pager(account)))
        .with(read)
        .with(cover)
    }

    fn answer(&mut self, answer: &Answer, _context: &Context<'_>) -> Transition {
        if let Answer::Passbook(page) = answer {
            self.page = page.clone();
        }
        Transition::stay()
    }
}
