//! Which readings are believed: how sure the model must be, by what the cue says.
//!
//! Saying is believed sooner than holding or wanting; how a thing looks to nobody in particular is the reporter's own
//! hedge and no attribution; inside another's words only what somebody else said counts.

use super::atoms;
use super::grammar;
use super::learned::Reading;
use super::view::View;
use crate::Context;
use tolmach_document::{Dep, Pos, Tag};
use tolmach_lexicon::reporting::Class;

/// Log-odds that a cue must reach.
#[derive(Clone, Copy, Debug)]
pub struct Thresholds {
    /// A verb or noun of saying.
    pub said: f32,
    /// A word of the mind or the will.
    pub held: f32,
    /// A word that the lexicon lacks.
    pub unknown: f32,
    /// Anything inside another's content.
    pub inside: f32,
    /// A content that is no clause and no quotation: "sought help", "responded to his comment".
    pub nominal: f32,
    /// Nobody is named who says it, and nothing is quoted.
    pub sourceless: f32,
}

/// What the program uses, chosen on development texts.
pub const BELIEVED: Thresholds =
    Thresholds { said: -0.25, held: 1.5, unknown: 1.0, inside: 2.0, nominal: 1.5, sourceless: 1.0 };

impl Thresholds {
    /// The lowest of them.
    #[must_use]
    pub fn least(self) -> f32 {
        self.said.min(self.held).min(self.unknown)
    }

    /// Whether a reading of the document's own voice stands.
    #[must_use]
    pub fn believes(self, view: View<'_>, ctx: Context<'_>, reading: &Reading) -> bool {
        reading.score >= self.bar(view, ctx, reading)
    }

    fn bar(self, view: View<'_>, ctx: Context<'_>, reading: &Reading) -> f32 {
        if gives_title(ctx, reading.head)
            || is_invitation(ctx, reading.head)
            || is_anonymity(ctx, reading.head)
            || is_condition(ctx, reading.head)
        {
            return f32::INFINITY;
        }
        let named = has_source(ctx, reading);
        let of_class = match class(ctx, reading.head) {
            Some(Class::Impression) if !named => f32::INFINITY,
            Some(class) if class.is_said() => self.said,
            Some(_) => self.held,
            None if is_function(ctx, reading.head) => self.said,
            None => self.unknown,
        };
        if is_quoted(view, reading) {
            return of_class;
        }
        let of_content = if is_clause(ctx, reading) { f32::MIN } else { self.nominal };
        let of_source = if named { f32::MIN } else { self.sourceless };
        of_class.max(of_content).max(of_source)
    }

    /// Whether a reading inside another's content stands: somebody else's saying, and surely so.
    #[must_use]
    pub fn believes_inside(self, ctx: Context<'_>, reading: &Reading) -> bool {
        let named = reading.source.iter().flat_map(|r| r.iter()).any(|t| ctx.parsed.pos(t) == Pos::Propn);
        let said = match class(ctx, reading.head) {
            Some(Class::Mind) => named && is_clause(ctx, reading),
            class => class.is_none_or(Class::is_said),
        };
        said && reading.score >= self.inside
            && !reading.source.is_empty()
            && !is_speaker_or_hearer(ctx, reading)
    }
}

/// "entitled “…”".
fn gives_title(ctx: Context<'_>, head: usize) -> bool {
    ctx.lexicon.reporting.media.gives_title(ctx.parsed.lower(head))
}

/// "Let us talk about the harbour."
fn is_invitation(ctx: Context<'_>, head: usize) -> bool {
    let p = ctx.parsed;
    p.dep(head) == Dep::Ccomp && p.lemma(p.head(head)) == "let"
}

/// "who asked not to be named".
fn is_anonymity(ctx: Context<'_>, head: usize) -> bool {
    let p = ctx.parsed;
    let hidden = |t: usize| ctx.lexicon.reporting.phrases.hides(p.lemma(t)) && p.child(t, Dep::Neg).is_some();
    p.children(head).any(|c| p.dep(c) == Dep::Xcomp && hidden(c))
}

/// "unless the owner agrees to sell": nobody has agreed.
fn is_condition(ctx: Context<'_>, head: usize) -> bool {
    let p = ctx.parsed;
    p.dep(head) == Dep::Advcl
        && p.child(head, Dep::Mark).is_some_and(|m| matches!(p.lower(m), "unless" | "if"))
}

/// Whether somebody or something is named that says it; the "it" of "it seems" is nobody.
fn has_source(ctx: Context<'_>, reading: &Reading) -> bool {
    let p = ctx.parsed;
    let empty = |t: usize| matches!(p.lower(t), "it" | "there") && p.head(t) == reading.head;
    let impersonal = class(ctx, reading.head) == Some(Class::Impression);
    reading.source.iter().flat_map(|r| r.iter()).any(|t| grammar::is_word(p, t) && !(impersonal && empty(t)))
}

/// Whether words of the content stand in quotation marks that carry speech, at the reading's own level.
fn is_quoted(view: View<'_>, reading: &Reading) -> bool {
    let rows = view.quotes.rows();
    reading
        .content
        .iter()
        .flat_map(|r| r.iter())
        .any(|t| view.quotes.around(t).is_some_and(|q| Some(q) != reading.level && rows[q].speech))
}

/// Whether the content has a verb of its own.
fn is_clause(ctx: Context<'_>, reading: &Reading) -> bool {
    let p = ctx.parsed;
    let finite = |t: usize| {
        matches!(p.tag(t), Tag::Vbd | Tag::Vbz | Tag::Vbp | Tag::Md)
            || p.tag(t) == Tag::Vb && p.children(t).any(|c| p.dep(c) == Dep::Aux)
    };
    reading.content.iter().flat_map(|r| r.iter()).any(finite)
}

fn class(ctx: Context<'_>, head: usize) -> Option<Class> {
    atoms::entries(ctx.parsed, &ctx.lexicon.reporting, head).first().map(|cue| cue.class)
}

/// "according to", a colon: no verb or noun that could be looked up.
fn is_function(ctx: Context<'_>, head: usize) -> bool {
    matches!(ctx.parsed.pos(head), Pos::Punct | Pos::Adp | Pos::Adv | Pos::Sconj)
}

/// "I think", "you know": the one who speaks already.
fn is_speaker_or_hearer(ctx: Context<'_>, reading: &Reading) -> bool {
    let p = ctx.parsed;
    let doer = grammar::doer(p, reading.head).map(|d| d.head);
    let first = reading.source.first().map(|r| r.start);
    [doer, first].into_iter().flatten().any(|t| {
        matches!(p.tag(t), Tag::Prp | Tag::PrpDollar)
            && matches!(p.lower(t), "i" | "we" | "you" | "my" | "our" | "your" | "me" | "us")
    })
}
