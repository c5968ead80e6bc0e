//! What a terminal can say.

/// Something that a terminal sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TtyInput {
    /// A character; Enter is `\r`, controls are themselves.
    Char(char),
    /// A key that is no character.
    Key(TtyKey),
    /// What the left button of a mouse, or a finger, does.
    Pointer(Pointer),
    /// Bytes without a meaning here, or an end that never came.
    Unknown,
}

/// A key that is no character, without Ctrl, Alt or Super.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is named as on a keyboard")]
pub enum TtyKey {
    Escape,
    Backspace,
    Insert,
    Delete,
    Home,
    End,
    PageUp,
    PageDown,
    Up,
    Down,
    Left,
    Right,
    /// The 5 of a keypad without Num Lock.
    Begin,
    /// F1 to F20.
    Function(u8),
}

/// A report of the mouse.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pointer {
    /// What it does.
    pub act: PointerAct,
    /// The column, from 0.
    pub column: u16,
    /// The row, from 0.
    pub row: u16,
}

/// What a mouse does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PointerAct {
    /// The left button goes down.
    Down,
    /// It moves with the left button down.
    Drag,
    /// The left button goes up.
    Up,
    /// The wheel turns.
    Scroll,
    /// Something else, such as a move without a button.
    Other,
}
