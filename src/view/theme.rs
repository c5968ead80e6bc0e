//! The palette. Indexed colours 16 to 231, identical on every 256-colour terminal.
//! Source of the ratios: WCAG 2.1 contrast; `tests/it/contrast.rs` computes them on every screen.

use crate::domain::Theme;
use crate::panel::Emphasis;
use ratatui::style::{Color, Modifier, Style};

/// What a colour pair is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ink {
    /// Running text.
    Page,
    /// Text that may be overlooked.
    Quiet,
    /// The sentence of the screen.
    Strong,
    /// The bar on top.
    Header,
    /// A choice.
    Choice,
    /// Yes.
    Confirm,
    /// Finish.
    Finish,
    /// Back, help, no.
    Neutral,
    /// Something to notice.
    Warning,
    /// The digit in front of a choice.
    Badge,
    /// A PIN box without its digit.
    EmptyBox,
    /// A button that does nothing yet.
    Unarmed,
    /// A button that has just acted.
    Pressed,
}

impl Ink {
    /// How a line of text looks.
    pub(crate) const fn of(emphasis: Emphasis) -> Self {
        match emphasis {
            Emphasis::Plain => Self::Page,
            Emphasis::Strong => Self::Strong,
            Emphasis::Warning => Self::Warning,
            Emphasis::Banner => Self::Header,
        }
    }

    /// Every one of them.
    pub const ALL: [Self; 13] = [
        Self::Page,
        Self::Quiet,
        Self::Strong,
        Self::Header,
        Self::Choice,
        Self::Confirm,
        Self::Finish,
        Self::Neutral,
        Self::Warning,
        Self::Badge,
        Self::EmptyBox,
        Self::Unarmed,
        Self::Pressed,
    ];

    /// Foreground and background.
    pub const fn pair(self, theme: Theme) -> (Color, Color) {
        let (fg, bg) = match theme {
            Theme::Light => self.light(),
            Theme::Contrast => self.contrast(),
        };
        (Color::Indexed(fg), Color::Indexed(bg))
    }

    /// Dark on light: text 7:1 or better.
    const fn light(self) -> (u8, u8) {
        match self {
            Self::Page | Self::Strong => (16, 230),
            Self::Quiet => (238, 230),
            Self::Header | Self::Confirm => (231, 22),
            Self::Choice => (231, 24),
            Self::Finish => (231, 88),
            Self::Neutral => (231, 240),
            Self::Warning => (16, 214),
            Self::Badge => (16, 231),
            Self::EmptyBox => (244, 230),
            Self::Unarmed => (16, 253),
            Self::Pressed => (16, 226),
        }
    }

    /// On black: text 12:1 or better.
    const fn contrast(self) -> (u8, u8) {
        match self {
            Self::Page | Self::Strong | Self::Quiet => (231, 16),
            Self::Header | Self::Badge => (226, 16),
            Self::Choice => (16, 226),
            Self::Confirm => (16, 46),
            Self::Finish => (16, 217),
            Self::Neutral => (16, 252),
            Self::Warning => (16, 222),
            Self::EmptyBox => (244, 16),
            Self::Unarmed => (231, 235),
            Self::Pressed => (16, 231),
        }
    }

    /// The pair as a style; sentences and labels are bold.
    pub fn style(self, theme: Theme) -> Style {
        let (fg, bg) = self.pair(theme);
        let style = Style::new().fg(fg).bg(bg);
        match self {
            Self::Page | Self::Quiet | Self::EmptyBox | Self::Unarmed => style,
            Self::Strong
            | Self::Header
            | Self::Choice
            | Self::Confirm
            | Self::Finish
            | Self::Neutral
            | Self::Warning
            | Self::Badge
            | Self::Pressed => style.add_modifier(Modifier::BOLD),
        }
    }
}
