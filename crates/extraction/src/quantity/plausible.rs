//! Whether a number is an amount at all: not a date, not a name, not a label, not a score, not a marker of a list.
//!
//! A known unit settles almost everything; doubts are raised against bare numbers and counted nouns.

use super::amount::{Amount, Reader, is_dash};
use super::atom::Kind;
use super::counted::is_plural;
use super::number::Form;
use super::series::is_bare;
use tolmach_document::{Dep, EntityLabel, Iob, Table, Tag, TimeExpression, TimeKind};
use tolmach_lexicon::quantity::{self, Role};

impl Reader<'_, '_> {
    /// Whether the text means an amount.
    #[must_use]
    pub fn holds(&self, amount: &Amount, times: &Table<TimeExpression>) -> bool {
        if self.is_dated(amount, times) || self.is_marker(amount) || self.is_torn(amount) {
            return false;
        }
        let measured = amount.unit.is_some() && !amount.lent;
        if measured {
            return !self.is_loose_one(amount);
        }
        !(self.is_year(amount) || self.is_label(amount) || self.is_named(amount) || self.is_score(amount))
            && self.stands(amount)
    }

    /// Inside a date or a time of day. A length of time may date ("three months ago") and is an amount all the same.
    #[must_use]
    pub fn is_dated(&self, amount: &Amount, times: &Table<TimeExpression>) -> bool {
        let number = self.atoms.range(amount.number..amount.number_end);
        let kind = amount.unit.map(|unit| self.atoms.lexicon.unit(unit).kind);
        let rows = times.iter().as_slice();
        let near = rows.partition_point(|row| row.range.start() < number.end());
        let dated = rows[near.saturating_sub(2)..near]
            .iter()
            .any(|row| row.range.overlaps(number) && matches!(row.kind, TimeKind::Date | TimeKind::Time));
        match kind {
            None => dated || self.recognised(amount, &[EntityLabel::Date, EntityLabel::Time]) && self.looks_dated(amount),
            Some(_) if amount.lent => dated,
            Some(_) => false,
        }
    }

    /// The recogniser alone says date: believed of bare numbers and of names of months.
    fn looks_dated(&self, amount: &Amount) -> bool {
        let like = (1.0..=31.0).contains(&amount.low) || (1000.0..2100.0).contains(&amount.low);
        like && amount.noun.as_ref().is_none_or(|noun| !is_plural(self.parsed.tag(noun.head)))
    }

    fn recognised(&self, amount: &Amount, labels: &[EntityLabel]) -> bool {
        let token = self.at(amount.number).token;
        self.parsed.entity(token).label().is_some_and(|label| labels.contains(&label))
    }

    /// "1." or "2)" at the beginning of a line.
    fn is_marker(&self, amount: &Amount) -> bool {
        let next = self.at(amount.number_end).text;
        self.at(amount.start).line && amount.form == Form::Figures && is_bare(amount) && matches!(next, "." | ")" | ":")
    }

    /// Part of something longer: "+7 727 250", "9AB8", "5/6", "12-34-56".
    fn is_torn(&self, amount: &Amount) -> bool {
        if self.is_second_half(amount) {
            return true;
        }
        if amount.unit.is_some() || amount.form != Form::Figures {
            return false;
        }
        let (before, after) = (self.atoms.before(amount.start), self.at(amount.number_end));
        let figures = |kind: Kind| matches!(kind, Kind::Figures(_) | Kind::Name | Kind::Ordinal(_));
        let first_glued = self.at(amount.start).glued;
        let decade = after.glued && matches!(after.lower, "'s" | "’s") && amount.low % 10.0 == 0.0;
        let letters = decade || after.glued && after.kind == Kind::Word && !after.text.starts_with(['\'', '’', '.', ',', ')', ';']);
        figures(before.kind) && before.range.end() + 1 >= self.at(amount.start).range.start()
            || (figures(after.kind) && !self.is_comma_list(amount))
            || letters
            || (first_glued && (before.kind == Kind::Word && before.text.ends_with(char::is_alphanumeric)))
            || (first_glued && matches!(before.text, "/" | "#" | "№" | "*" | "+" | "_"))
            || after.glued && matches!(after.text, "/" | "*" | "_" | "×")
    }

    /// "2330-717X": what a hyphen ties to other figures and no range joins.
    fn is_second_half(&self, amount: &Amount) -> bool {
        let tied = amount.start > 1 && self.at(amount.start).glued && is_dash(self.at(amount.start - 1));
        tied && !amount.joined && self.at(amount.start - 1).glued && matches!(self.at(amount.start - 2).kind, Kind::Figures(_) | Kind::Name)
    }

    fn is_comma_list(&self, amount: &Amount) -> bool {
        self.at(amount.number_end).text == ","
    }

    /// "one day I will", "at one point": nobody counts.
    fn is_loose_one(&self, amount: &Amount) -> bool {
        let unit = amount.unit.map(|unit| self.atoms.lexicon.unit(unit).kind);
        let one = self.at(amount.number).lower == "one" && amount.low == 1.0;
        let next = self.at(amount.end).lower;
        let of = self.at(amount.number_end).lower == "of";
        one && of && unit == Some(quantity::Kind::Time) || one && unit == Some(quantity::Kind::Time) && !matches!(next, "of" | "later" | "after" | "before" | "ago" | "in")
            && self.parsed.is_root(self.top(amount))
    }

    /// "the 2019 protests", "in 1897".
    #[must_use]
    pub fn is_year(&self, amount: &Amount) -> bool {
        let text = self.at(amount.number).text;
        let year = text.len() == 4 && text.bytes().all(|b| b.is_ascii_digit()) && amount.scale == 1.0;
        if !year || !(1400.0..2200.0).contains(&amount.low) {
            return false;
        }
        if is_bare(amount) || self.recognised(amount, &[EntityLabel::Date, EntityLabel::Time]) {
            return true;
        }
        let counted = self.recognised(amount, &[EntityLabel::Cardinal, EntityLabel::Quantity]);
        (1900.0..2036.0).contains(&amount.low) && !counted && self.bound_before(amount).is_none()
    }

    /// "Article 5", "iPhone 11", "Model 3 sedans": the number belongs to what stands before it.
    fn is_label(&self, amount: &Amount) -> bool {
        let before = self.atoms.before(amount.start);
        if before.kind != Kind::Word && before.text != "#" && before.text != "№" || before.token >= self.parsed.len() {
            return false;
        }
        let number = self.at(amount.number_end - 1).token;
        let left = self.parsed.head(number) < self.at(amount.start).token && self.parsed.dep(number) == Dep::Nummod
            || self.parsed.head(number) == before.token && matches!(self.parsed.dep(number), Dep::Nummod | Dep::Appos | Dep::Npadvmod);
        let counts = amount.noun.as_ref().is_some_and(|noun| {
            is_plural(self.parsed.tag(noun.head)) && self.parsed.head(number) >= number
        });
        let tag = self.parsed.tag(before.token);
        let lemma = self.atoms.lexicon.word(self.parsed.lemma(before.token));
        let known = (before.word.is(Role::Label) || lemma.is(Role::Label)) && tag != Tag::Nns;
        let name = matches!(tag, Tag::Nnp | Tag::Nnps);
        (known && !counts && amount.form == Form::Figures || known && left) || (name && left) || (name && !counts && self.continues_name(amount))
    }

    /// Whether the recogniser takes the number for a later part of a name.
    fn continues_name(&self, amount: &Amount) -> bool {
        matches!(self.parsed.entity(self.at(amount.number).token), Iob::In(label) if is_name(label))
    }

    /// "787 Dreamliner", "16 Abay Street", "BBC One", "Five Eyes": a name.
    fn is_named(&self, amount: &Amount) -> bool {
        let token = self.at(amount.number).token;
        let first = self.parsed.sentence(token).tokens.start == token;
        let capital = self.at(amount.number).text.starts_with(char::is_uppercase);
        if capital && !first && self.parsed.tag(token) != Tag::Cd {
            return true;
        }
        if self.continues_name(amount) && amount.form == Form::Words && capital {
            return true;
        }
        let begins = matches!(self.parsed.entity(token), Iob::Begin(label) if is_name(label) && label != EntityLabel::Norp && label != EntityLabel::Gpe);
        let Some(noun) = &amount.noun else { return begins || self.continues_name(amount) };
        let word = self.atoms.lexicon.word(self.parsed.lower(noun.head));
        // A name's number is whole: "0.5 WAR" is measured.
        let whole = amount.low.fract() == 0.0;
        let proper = whole && self.parsed.tag(noun.head) == Tag::Nnp && noun.name != "person";
        let address = word.is(Role::Address) && self.parsed.word(noun.head).starts_with(char::is_uppercase);
        let one_of = self.at(amount.number_end).lower == "of";
        address || word.is(Role::Never) || (proper && !one_of) || (begins && capital && !first)
    }

    /// "3-1", "won 2-0": no unit and no noun to a pair, or a pair that falls.
    fn is_score(&self, amount: &Amount) -> bool {
        let (before, after) = (self.atoms.before(amount.start), self.at(amount.number_end));
        let tied = |mark: &super::atom::Atom<'_>, glued: bool| is_dash(mark) && glued;
        let half = amount.form == Form::Figures
            && (tied(before, self.at(amount.start).glued) || tied(after, after.glued) && amount.noun.is_none());
        let pair = amount.joined && amount.form == Form::Figures;
        let bare_pair = pair && is_bare(amount);
        let single = pair
            && self.atoms.before(amount.number_end - 1).kind == Kind::Mark
            && amount.noun.as_ref().is_some_and(|noun| !is_plural(self.parsed.tag(noun.head)) && noun.name != "person");
        half || bare_pair && is_dash(self.at(amount.number + 1)) || single
    }

    /// Whether a number without unit has a noun, or a place in the sentence that amounts have.
    fn stands(&self, amount: &Amount) -> bool {
        let one = amount.low == 1.0 && amount.high.is_none() && amount.form == Form::Words;
        if let Some(noun) = &amount.noun {
            return !one || self.is_counted_one(amount, noun.head);
        }
        if amount.unit.is_some() {
            return true;
        }
        if one || (amount.form == Form::Words && amount.scale == 1.0 && amount.low < 1000.0) {
            return false;
        }
        let token = self.at(amount.number_end - 1).token;
        matches!(
            self.parsed.dep(token),
            Dep::Pobj | Dep::Dobj | Dep::Attr | Dep::Nsubj | Dep::Nsubjpass | Dep::Conj | Dep::Npadvmod | Dep::Oprd | Dep::Acomp
                | Dep::Prep | Dep::Pcomp | Dep::Advmod | Dep::Dep | Dep::Root | Dep::Nummod | Dep::Appos | Dep::Ccomp
        ) && !self.is_enumerated(amount)
    }

    /// A bare number in apposition or in brackets counts nothing: "(3)", "Lang, 20".
    fn is_enumerated(&self, amount: &Amount) -> bool {
        let token = self.at(amount.number_end - 1).token;
        let bracket = self.atoms.before(amount.start).text == "(" && self.at(amount.end).text == ")";
        let plain = amount.low < 1000.0 && amount.scale == 1.0;
        plain && !amount.joined && (bracket || matches!(self.parsed.dep(token), Dep::Appos | Dep::Dep | Dep::Root | Dep::Nummod | Dep::Npadvmod | Dep::Conj | Dep::Advmod))
    }

    /// "one thing", "one of the ports": not "one can", "no one", "each one", "one by one".
    fn is_counted_one(&self, amount: &Amount, head: usize) -> bool {
        let token = self.at(amount.number).token;
        let before = self.atoms.before(amount.start).lower;
        let of = self.at(amount.number_end).lower == "of";
        let before_tag = self.atoms.before(amount.start).token;
        let described = before_tag < self.parsed.len()
            && matches!(self.parsed.tag(before_tag), Tag::Jj | Tag::Jjs | Tag::Jjr | Tag::Dt | Tag::PrpDollar);
        let modifies = self.parsed.head(token) == head || (of && !described);
        let tied = self.at(amount.number_end).lower == "-" || is_dash(self.atoms.before(amount.number));
        modifies && !tied && !matches!(before, "no" | "any" | "every" | "each" | "this" | "that" | "which" | "number" | "someone")
    }
}

/// Labels of the recogniser that stand for names.
fn is_name(label: EntityLabel) -> bool {
    !matches!(
        label,
        EntityLabel::Cardinal
            | EntityLabel::Date
            | EntityLabel::Money
            | EntityLabel::Ordinal
            | EntityLabel::Percent
            | EntityLabel::Quantity
            | EntityLabel::Time
    )
}
