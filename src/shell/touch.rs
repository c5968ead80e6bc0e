//! A finger on the screen: the button that got the Down acts on the Up, if the finger is still there.

use crate::app::Key;
use crate::view::Page;
use ratatui::layout::{Position, Rect};

/// What a finger is doing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Touch {
    down: Option<(Rect, Key)>,
}

impl Touch {
    /// The finger comes down on a cell of this page.
    pub fn down(&mut self, page: &Page, column: u16, row: u16) {
        self.down = page
            .button_at(column, row)
            .map(|button| (button.at, button.key));
    }

    /// The finger leaves; gives the key of the button, unless the finger slid away from it by more
    /// than a row or two columns.
    pub fn up(&mut self, column: u16, row: u16) -> Option<Key> {
        let (at, key) = self.down.take()?;
        let near = Rect {
            x: at.x.saturating_sub(2),
            y: at.y.saturating_sub(1),
            width: at.width.saturating_add(4),
            height: at.height.saturating_add(2),
        };
        near.contains(Position::new(column, row)).then_some(key)
    }
}
