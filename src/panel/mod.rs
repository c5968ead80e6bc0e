//! What a screen is, as data: a title, a body, the choices it offers, what a card does here, and what is spoken.
//!
//! `app` makes the panel of the screen in front, `view` lays out each kind of body once, and a key or a touch runs the act
//! of the choice that it stands for. So a label and what it does stand side by side, and neither is written twice.

mod body;
mod choice;
mod key;

pub use body::{Body, Emphasis, Entry, Line};
pub use choice::{Choice, Place, Tone};
pub use key::{Aid, Key};

use crate::domain::{Prompt, Text};

/// Buttons on one page. Source: kiosk studies, at most six options a screen.
pub const MENU_A_PAGE: usize = 6;
/// Buttons on one page that also has 上一页 and 下一页.
const MENU_BESIDE_PAGER: usize = 4;
/// Lines of a list on one page; at 64×16 that leaves a blank row between lines.
pub const LINES_A_PAGE: usize = 4;
/// Rows of a terminal from which on a menu beside a pager has three lines of buttons, and a list six lines.
const TALL: u16 = 21;
/// Rows from which on a list has seven lines: more digits are not left beside those that turn the page.
const TALLER: u16 = 25;

/// The three buttons at the bottom, and so what 0 and minus mean.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Footer {
    /// Digits choose here, so 0 is back.
    Choosing,
    /// Digits are typed here, so minus is back.
    Typing,
    /// Nobody has a session: the language stands where back would, the colours where finish would.
    Idle,
    /// Nothing lies behind: the colours stand where back would.
    Home,
}

/// Who reads a panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Audience {
    /// Residents, in two languages.
    Residents,
    /// The staff, in one.
    Staff,
}

/// What a card does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OnCard {
    /// Its owner is asked for: it opens a session, or is refused in another's.
    Opens,
    /// The same, but the session's own card ends it: nothing has been begun.
    Leaves,
    /// The session here is over, the card opens the next one.
    Next,
    /// It confirms as a badge.
    Confirms,
    /// It is refused: somebody is at work.
    Refused,
    /// Its owner is the answer to what is asked.
    Asked,
    /// It is the answer itself, whoever's it is.
    Taken,
    /// A technician looks at it; it opens nothing.
    Looked,
    /// Nothing at all.
    Nothing,
}

/// Digits that are typed here instead of choosing. Unless it says otherwise they are secret: no log may have them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typing {
    /// A card number.
    Card,
    /// What a person is found by: a number, or the first letters of a name.
    Person,
    /// A PIN.
    Pin,
    /// A number that anybody may read: how many there are.
    Number,
}

/// How long the panel stays when nobody touches it, in seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stays {
    /// As long as the config says; then it asks whether somebody is there.
    AsUsual,
    /// So long; then it asks.
    Asks(i64),
    /// So long since it came; then the session ends.
    Ends(i64),
    /// For ever, or as its own rule says.
    Forever,
}

/// A screen as data. `A` is what a choice does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Panel<A> {
    /// One sentence.
    pub title: Text,
    /// What stands at the other end of its row.
    pub beside: Option<Text>,
    /// The sentence is a warning.
    pub alarm: bool,
    /// What the screen is for.
    pub body: Body,
    /// Entries of a menu or list that have no number yet; `paged` gives them one.
    pub items: Vec<Choice<A>>,
    /// Everything that can be chosen, with its key.
    pub choices: Vec<Choice<A>>,
    /// What every key that ends something does, where that is all one can do.
    pub any: Option<A>,
    /// The three buttons at the bottom.
    pub footer: Footer,
    /// What a card does.
    pub card: OnCard,
    /// Digits are typed.
    pub typing: Option<Typing>,
    /// Whose it is.
    pub audience: Audience,
    /// How long it stays.
    pub stays: Stays,
    /// What is said of it.
    pub spoken: Prompt,
    /// The figures, said on request only.
    pub figures: Option<Prompt>,
    /// The message that tells a newcomer in the demo what to try.
    pub hint: &'static str,
    /// The devices' states stand under the body.
    pub devices: bool,
    /// How many pages there are, 1 or more.
    pub pages: usize,
    /// 上一页 and 下一页 have their places at the foot.
    pub pager: bool,
    /// Places for buttons at the foot, between those two.
    pub slots: usize,
}

impl<A> Panel<A> {
    /// A resident's panel with nothing but a sentence and a body.
    pub const fn new(title: Text, body: Body, spoken: Prompt) -> Self {
        Self {
            title,
            beside: None,
            alarm: false,
            body,
            items: Vec::new(),
            choices: Vec::new(),
            any: None,
            footer: Footer::Choosing,
            card: OnCard::Opens,
            typing: None,
            audience: Audience::Residents,
            stays: Stays::AsUsual,
            spoken,
            figures: None,
            hint: "demo-choose",
            devices: false,
            pages: 1,
            pager: false,
            slots: 0,
        }
    }

    /// A panel of the staff.
    pub const fn staff(title: Text, body: Body) -> Self {
        let mut panel = Self::new(title, body, Prompt::Staff);
        panel.audience = Audience::Staff;
        panel.card = OnCard::Refused;
        panel
    }

    /// Adds entries that are numbered by their places on the page.
    #[must_use]
    pub fn items(mut self, items: impl IntoIterator<Item = Choice<A>>) -> Self {
        self.items.extend(items);
        self
    }

    /// Adds a choice.
    #[must_use]
    pub fn with(mut self, choice: impl IntoIterator<Item = Choice<A>>) -> Self {
        self.choices.extend(choice);
        self
    }

    /// Adds a button at the foot.
    #[must_use]
    pub fn foot(mut self, choice: Choice<A>) -> Self {
        let slot = self.slots;
        self.slots = slot.saturating_add(1);
        self.choices.push(choice.at(Place::Foot(slot)));
        self
    }

    /// Leaves a place at the foot without a button.
    #[must_use]
    pub const fn gap(mut self) -> Self {
        self.slots = self.slots.saturating_add(1);
        self
    }

    /// Numbers the entries of a page in a terminal of so many rows and adds what turns it; the title may tell which page it is.
    #[must_use]
    pub fn paged(mut self, page: usize, rows: u16, turn: impl Fn(usize) -> A) -> Self {
        let a_page = self.body.a_page(self.items.len(), (rows, self.slots));
        self.pages = self.pages.max(pages_of(self.items.len(), a_page));
        let last = self.pages.saturating_sub(1);
        let page = page.min(last);
        if self.pages > 1 {
            self.pager = true;
            self.body.beside_pager(a_page);
            let back = page.checked_sub(1).map(|to| Choice::page_back(turn(to)));
            let on = (page < last).then(|| Choice::page_on(turn(page.saturating_add(1))));
            self.choices.extend(back.into_iter().chain(on));
        }
        if !self.title.has("page") {
            self.title = self.title.page(page, self.pages);
        }
        let pages = self.pages;
        self.beside = self.beside.map(|beside| beside.page(page, pages));
        let from = page.saturating_mul(a_page);
        let shown = self.items.drain(..).skip(from).take(a_page);
        let numbered = (1_u8..).zip(shown).map(|(digit, item)| Choice {
            key: Key::Digit(digit),
            ..item
        });
        self.choices.extend(numbered);
        self
    }

    /// What a key stands for.
    pub fn choice(&self, key: Key) -> Option<&Choice<A>> {
        let is = |choice: &&Choice<A>| choice.key == key || choice.also == Some(key);
        self.choices.iter().find(is)
    }

    /// Says whether a key does here what cannot be undone.
    pub fn is_irreversible(&self, key: Key) -> bool {
        self.choice(key).is_some_and(|choice| choice.irreversible)
    }

    /// Says whether a key means back here.
    pub const fn is_back(&self, key: Key) -> bool {
        match self.footer {
            Footer::Choosing => matches!(key, Key::Back | Key::Digit(0)),
            Footer::Typing | Footer::Home => matches!(key, Key::Back),
            Footer::Idle => false,
        }
    }

    /// Says whether a digit may be told: where digits choose, and where a number that is no secret is typed.
    pub fn tells_digits(&self) -> bool {
        if self.typing == Some(Typing::Number) {
            return true;
        }
        let chooses = |key: Key| matches!(key, Key::Digit(_));
        let chosen = self.choices.iter().any(|choice| chooses(choice.key));
        self.typing.is_none() && (chosen || self.any.is_some() || self.footer == Footer::Choosing)
    }
}

/// How many pages there are, 1 or more.
pub fn pages_of(entries: usize, a_page: usize) -> usize {
    entries.div_ceil(a_page).max(1)
}
