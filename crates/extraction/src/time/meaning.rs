//! What an expression of time says before it is known when: the output of the grammar, the input of anchoring.
//!
//! No values and no dates here.

use tolmach_lexicon::time::{Modifier, PartOfDay, Season, Unit};

/// An expression found in the items `start..end`.
#[derive(Clone, Copy, Debug)]
pub struct Found {
    /// First item.
    pub start: usize,
    /// One past the last item.
    pub end: usize,
    /// What it says.
    pub what: What,
    /// TIMEX3 `mod`.
    pub modifier: Option<Modifier>,
    /// Stable rule id.
    pub rule: &'static str,
}

/// The kinds of saying.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum What {
    /// A place on the time line.
    Point(Point),
    /// A length.
    Length(Length),
    /// A repetition.
    Every(Every),
    /// A vague reference: index of the lexicon's table.
    Vague(u16),
}

/// A day or something coarser, and a time of day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// `None`: the day is not said ("10 p.m.").
    pub when: Option<When>,
    /// Time of day.
    pub clock: Option<Clock>,
}

/// A time of day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clock {
    /// Morning, night, …
    Part(PartOfDay),
    /// Hour, minute and second; 60 if unsaid.
    Time {
        /// 0 to 24.
        hour: u8,
        /// 60: unsaid.
        minute: u8,
        /// 60: unsaid.
        second: u8,
        /// Universal time.
        zulu: bool,
    },
}

/// What a date or period is measured from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// A year or a part of one.
    Calendar {
        /// Which year.
        year: Year,
        /// Which part of it.
        span: Span,
        /// "last" August.
        pointer: Pointer,
        /// Of the fiscal year.
        fiscal: bool,
    },
    /// A day of the week.
    Weekday {
        /// 1 is Monday.
        weekday: u8,
        /// "last" Friday.
        pointer: Pointer,
    },
    /// The decade that starts with this year; below 100: of the century that fits.
    Decade(u16),
    /// The `n`th century, before Christ if negative.
    Century(i8),
    /// "this week", "the following year": a unit counted from here or from the story.
    Unit {
        /// Which.
        unit: Unit,
        /// From where.
        pointer: Pointer,
        /// How many further than the pointer says.
        by: i16,
    },
    /// "two years ago", "a week later".
    Shift {
        /// Which unit.
        unit: Unit,
        /// How many halves of it; `None`: "several".
        halves: Option<i32>,
        /// From the story ("later") or from now ("ago").
        story: bool,
        /// Whether ahead.
        forward: bool,
    },
    /// A day with a name: index of the lexicon's table.
    Holiday {
        /// Which.
        index: u16,
        /// Which year.
        year: Year,
        /// "last" Thanksgiving.
        pointer: Pointer,
    },
    /// "the year-ago quarter", "the 1988 period": the part of the year last spoken of, in another year.
    Echo {
        /// Which year.
        year: Year,
        /// Whether a part of the year is meant ("the 1988 period") or whatever was spoken of.
        part: bool,
    },
    /// The week that holds a day.
    WeekOf {
        /// Which year.
        year: Year,
        /// 1 is January.
        month: u8,
        /// Day of the month.
        day: u8,
    },
}

/// How a year is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Year {
    /// Not at all.
    Open,
    /// By number; 0 is 1 BC.
    Given(i16),
    /// By two figures.
    Short(u8),
    /// From the year of publication.
    Turn(i16),
    /// From the year of the story.
    Story(i16),
}

/// A part of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Span {
    /// All of it.
    Whole,
    /// 1 or 2.
    Half(u8),
    /// 1 to 4.
    Quarter(u8),
    /// A season.
    Season(Season),
    /// 1 to 12.
    Month(u8),
    /// Month and day.
    Day(u8, u8),
}

/// Where a relative time is counted from, and in which direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointer {
    /// Unsaid.
    None,
    /// "the".
    The,
    /// "this", "current".
    This,
    /// "last", "past": before now.
    Last,
    /// "next", "coming": after now.
    Next,
    /// "previous": before the story's.
    Previous,
    /// "following": after the story's.
    Following,
    /// "that", "same": the story's.
    Same,
    /// "latest": the last that is over.
    Latest,
}

/// An amount: halves, so that "two and a half" stays exact; `None` is "several".
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Amount {
    /// A number.
    Exact(f32),
    /// Several, a few, or a bare plural.
    Vague,
}

/// A length of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Length {
    /// The main amount and unit.
    pub first: (Amount, Unit),
    /// "and three months".
    pub second: Option<(Amount, Unit)>,
}

/// A repetition.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Every {
    /// Every so many units.
    Unit(Amount, Unit),
    /// Every such weekday, at such a part of the day.
    Weekday(u8, Option<PartOfDay>),
    /// Every such month.
    Month(u8),
    /// Every such season.
    Season(Season),
    /// Every such quarter of the year.
    Quarter(u8),
    /// Every such part of the day.
    Part(PartOfDay),
}

impl When {
    /// A plain year or part of a year without a pointer.
    pub fn calendar(year: Year, span: Span) -> Self {
        Self::Calendar { year, span, pointer: Pointer::None, fiscal: false }
    }
}

impl What {
    /// A date without a time of day.
    pub fn when(when: When) -> Self {
        Self::Point(Point { when: Some(when), clock: None })
    }
}
