//! What one word form can mean in a time: a small copyable record, and the closed sets it speaks of.
//!
//! Only meanings; which of them holds in a text is the grammar's business. (A catalogue, mostly.)

/// Lengths of time that have a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Unit {
    /// 1 s.
    Second,
    /// 60 s.
    Minute,
    /// 60 min.
    Hour,
    /// 24 h.
    Day,
    /// The dark part of a day.
    Night,
    /// Saturday and Sunday.
    Weekend,
    /// Seven days from Monday.
    Week,
    /// Two weeks.
    Fortnight,
    /// Calendar month.
    Month,
    /// Three months.
    Quarter,
    /// Calendar year.
    Year,
    /// Ten years.
    Decade,
    /// A hundred years.
    Century,
    /// A thousand years.
    Millennium,
}

impl Unit {
    /// The unit of that English name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        use Unit::*;
        Some(match name {
            "second" => Second,
            "minute" => Minute,
            "hour" => Hour,
            "day" => Day,
            "night" => Night,
            "weekend" => Weekend,
            "week" => Week,
            "fortnight" => Fortnight,
            "month" => Month,
            "quarter" => Quarter,
            "year" => Year,
            "decade" => Decade,
            "century" => Century,
            "millennium" => Millennium,
            _ => return None,
        })
    }

    /// Whether its durations stand behind a `T`.
    #[must_use]
    pub fn is_clock(self) -> bool {
        self <= Unit::Hour
    }
}

/// Quarters of the natural year.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Season {
    /// March to May.
    Spring,
    /// June to August.
    Summer,
    /// September to November.
    Fall,
    /// December to February.
    Winter,
}

impl Season {
    /// All, in the order of the year.
    pub const ALL: [Self; 4] = [Self::Spring, Self::Summer, Self::Fall, Self::Winter];

    /// TIMEX3 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Fall => "FA",
            Self::Winter => "WI",
        }
    }

    /// The month it begins with.
    #[must_use]
    pub const fn first_month(self) -> i8 {
        match self {
            Self::Spring => 3,
            Self::Summer => 6,
            Self::Fall => 9,
            Self::Winter => 12,
        }
    }

    /// The season of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|season| season.code() == code)
    }
}

/// Parts of the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PartOfDay {
    /// Before noon.
    Morning,
    /// After noon.
    Afternoon,
    /// Before bed.
    Evening,
    /// In the dark.
    Night,
}

impl PartOfDay {
    /// TIMEX3 code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Morning => "MO",
            Self::Afternoon => "AF",
            Self::Evening => "EV",
            Self::Night => "NI",
        }
    }

    /// The part of that code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        [Self::Morning, Self::Afternoon, Self::Evening, Self::Night].into_iter().find(|p| p.code() == code)
    }
}

/// TIMEX3 `mod`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Modifier {
    /// About.
    Approx,
    /// Below.
    LessThan,
    /// Above.
    MoreThan,
    /// At most.
    EqualOrLess,
    /// At least.
    EqualOrMore,
    /// Early in.
    Start,
    /// In the middle of.
    Mid,
    /// Late in.
    End,
}

impl Modifier {
    /// All.
    pub const ALL: [Self; 8] = [
        Self::Approx,
        Self::LessThan,
        Self::MoreThan,
        Self::EqualOrLess,
        Self::EqualOrMore,
        Self::Start,
        Self::Mid,
        Self::End,
    ];

    /// Name in TIMEX3.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Approx => "APPROX",
            Self::LessThan => "LESS_THAN",
            Self::MoreThan => "MORE_THAN",
            Self::EqualOrLess => "EQUAL_OR_LESS",
            Self::EqualOrMore => "EQUAL_OR_MORE",
            Self::Start => "START",
            Self::Mid => "MID",
            Self::End => "END",
        }
    }

    /// The modifier of that name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// How a number word counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Number {
    /// No number.
    #[default]
    None,
    /// A value by itself.
    Cardinal(u8),
    /// Multiplies what stands before it.
    Scale(u32),
}

macro_rules! roles {
    ($($variant:ident = $name:literal),+ $(,)?) => {
        /// The parts that small words play in the grammar of times; what each means is told in `data/times/words.toml`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        #[expect(missing_docs, reason = "a catalogue: the names are the words")]
        pub enum Role { $($variant),+ }

        impl Role {
            /// Every role.
            pub const ALL: &'static [Role] = &[$(Role::$variant),+];

            /// Its name in `data/times/`.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Role::$variant => $name),+ }
            }

            /// The role of that name.
            #[must_use]
            pub fn from_name(name: &str) -> Option<Self> {
                match name { $($name => Some(Role::$variant),)+ _ => None }
            }
        }
    };
}

roles! {
    The = "the", A = "a", This = "this", That = "that", These = "these", Same = "same", Last = "last",
    Previous = "previous", Next = "next", Following = "following", Coming = "coming", Current = "current",
    Latest = "latest", Each = "each", Ago = "ago", Earlier = "earlier", Later = "later", Before = "before",
    After = "after", Now = "now", Early = "early", Late = "late", Mid = "mid", Start = "start", End = "end",
    Remainder = "remainder", Part = "part", Of = "of", To = "to", And = "and", Or = "or", Between = "between",
    From = "from", In = "in", Over = "over", On = "on", At = "at", By = "by", Since = "since", Fiscal = "fiscal",
    Filler = "filler", Few = "few", Several = "several", Couple = "couple", Some = "some", Half = "half",
    Period = "period", Corresponding = "corresponding", OClock = "oclock", Am = "am", Pm = "pm", Zone = "zone",
    Bc = "bc", Ad = "ad", Old = "old", Long = "long", Once = "once", Times = "times", Per = "per",
    Ahead = "ahead", Recent = "recent", Future = "future", Moment = "moment", Yearly = "yearly", Titles = "titles",
    PastPreposition = "past_prepositions", FuturePreposition = "future_prepositions",
    FutureAuxiliary = "future_auxiliaries", CertainAuxiliary = "certain_auxiliaries", Perfect = "perfect",
    Planning = "planning", Aiming = "aiming", Zulu = "zulu", Loose = "loose", Measure = "measure",
    Ended = "ended",
}

/// What one lower-case form can mean.
#[derive(Clone, Copy, Debug, Default)]
pub struct Word {
    /// 1 to 12; 0: no month.
    pub month: u8,
    /// 1 (Monday) to 7; 0: no weekday.
    pub weekday: u8,
    /// Of a season.
    pub season: Option<Season>,
    /// Of a part of the day.
    pub part: Option<PartOfDay>,
    /// Hour that the word is by itself (noon 12, midnight 24); 0: none.
    pub hour: u8,
    /// Days from the day of speaking ("yesterday": -1).
    pub deictic: Option<i8>,
    /// Of a unit.
    pub unit: Option<Unit>,
    /// As a number.
    pub number: Number,
    /// 1 for "first"; 0: no ordinal.
    pub ordinal: u8,
    /// 90 for "nineties"; 0: none.
    pub decade: u8,
    /// A plural form of weekday, season or unit.
    pub plural: bool,
    /// An abbreviation of a month or weekday.
    pub short: bool,
    /// Often another word: needs evidence.
    pub shy: bool,
    /// A one-word repetition ("weekly").
    pub often: bool,
    /// A one-word length ("weeklong").
    pub long: bool,
    pub(super) roles: u128,
    pub(super) phrases: (u16, u16),
}

impl Word {
    /// Whether the form can play `role`.
    #[must_use]
    pub fn is(&self, role: Role) -> bool {
        self.roles & (1 << role as u8) != 0
    }

    /// Whether the form can play one of `roles`.
    #[must_use]
    pub fn is_any(&self, roles: &[Role]) -> bool {
        roles.iter().any(|role| self.is(*role))
    }

    /// Whether a multi-word expression begins with the form.
    #[must_use]
    pub fn opens_phrase(&self) -> bool {
        self.phrases.1 > 0
    }

    pub(super) fn add(&mut self, role: Role) {
        self.roles |= 1 << role as u8;
    }
}
