//! A finger on the screen: the button that got the Down acts on the Up, if the finger is still there.

use crate::app::Key;
use crate::view::Page;
use ratatui::crossterm::event::{MouseButton, MouseEvent, MouseEventKind};
use ratatui::layout::{Position, Rect};

/// What a finger is doing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Touch {
    down: Option<(Rect, Key)>,
}

impl Touch {
    /// Takes what a finger, or a pointer that stands for one, does; gives the key of a button that was pressed.
    pub fn mouse(&mut self, page: &Page, mouse: MouseEvent) -> Option<Key> {
        let (column, row) = (mouse.column, mouse.row);
        match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                self.down(page, column, row);
                None
            }
            MouseEventKind::Up(MouseButton::Left) => self.up(column, row),
            MouseEventKind::Down(_)
            | MouseEventKind::Up(_)
            | MouseEventKind::Drag(_)
            | MouseEventKind::Moved
            | MouseEventKind::ScrollDown
            | MouseEventKind::ScrollUp
            | MouseEventKind::ScrollLeft
            | MouseEventKind::ScrollRight => None,
        }
    }

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
