//! What the words say one given party does to another: features of a marked sentence for the relation coder.
//!
//! One place for training and use. Emits names; hashing them and weighing them is `coder`'s work.

use super::cast::Cast;
use super::grammar::{kid, kids};
use super::matching::{Found, Matcher};
use crate::attribution::atoms::text_hash;
use crate::{Context, factuality};
use tolmach_lexicon::event::{ROOTS, quad_of_root};
use tolmach_document::{
    Dep, Entity, EntityKind, Extraction, Form, Id, Mention, Parsed, RuleId, Table, TextRange, TokenRange,
};

/// The two parties, as marked; either may be missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Dyad {
    /// Who acts.
    pub source: Option<TextRange>,
    /// To whom.
    pub target: Option<TextRange>,
}

/// A party in the parse: its tokens, and the one that the others hang on.
#[derive(Clone, Copy)]
struct Party {
    tokens: TokenRange,
    head: usize,
}

/// Longest run of words that makes one feature.
const LONGEST_RUN: usize = 2;
/// Heads followed up from a party.
const STEPS: usize = 5;

/// What the source does to the target.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Relation {
    /// PLOVER's root type; YIELD joins CONCEDE and RETREAT.
    pub category: &'static str,
    /// Its quad class.
    pub quad: u8,
    /// How much surer than of the next type, as a probability.
    pub score: f32,
}

/// The type that the weights add up to; `None` without the model.
#[must_use]
pub fn code(ctx: Context<'_>, dyad: Dyad) -> Option<Relation> {
    let model = ctx.lexicon.event.relation_model()?;
    let scores = model.roots.score(&numbers(ctx, dyad));
    let mut order: Vec<usize> = (0..scores.len()).collect();
    order.sort_by(|a, b| scores[*b].total_cmp(&scores[*a]).then(a.cmp(b)));
    let margin = scores[order[0]] - scores[order[1]];
    Some(Relation {
        category: ROOTS[order[0]],
        quad: quad_of_root(order[0]),
        score: 1.0 / (1.0 + (-margin / UNIT).exp()),
    })
}

/// A margin this wide is sure three times in four.
const UNIT: f32 = 20.0;

/// The features as sorted numbers, each once.
#[must_use]
pub fn numbers(ctx: Context<'_>, dyad: Dyad) -> Vec<u32> {
    let mut out = Vec::new();
    features(ctx, dyad, &mut |name| out.push(text_hash(name)));
    out.sort_unstable();
    out.dedup();
    out
}

/// Calls `emit` with the name of every feature of the sentence in which `dyad` is marked.
pub fn features(ctx: Context<'_>, dyad: Dyad, emit: &mut dyn FnMut(&str)) {
    let p = ctx.parsed;
    let source = dyad.source.and_then(|r| party(p, r));
    let target = dyad.target.and_then(|r| party(p, r));
    let tokens = scope(p, source, target);
    let masked = mask(p, tokens, source, target);
    emit("always");
    runs(&masked, "w", emit);
    placed(&masked, emit);
    for (party, name) in [(source, "s"), (target, "t")] {
        if let Some(party) = party {
            climb(p, party, name, emit);
            own_words(p, party, name, emit);
        }
    }
    if let (Some(source), Some(target)) = (source, target) {
        between(p, source, target, emit);
    }
    coded(ctx, tokens, source, target, emit);
}

/// The sentences that hold the parties; the whole text where none is marked.
fn scope(p: Parsed<'_>, source: Option<Party>, target: Option<Party>) -> TokenRange {
    let all = [source, target].into_iter().flatten().map(|party| p.sentence(party.head).tokens);
    all.reduce(|a, b| TokenRange::new(a.start.min(b.start), a.end.max(b.end))).unwrap_or(TokenRange::new(0, p.len()))
}

fn party(p: Parsed<'_>, range: TextRange) -> Option<Party> {
    let tokens = p.tokens_in(range);
    let head = tokens.iter().find(|t| p.is_root(*t) || !tokens.holds(p.head(*t)))?;
    Some(Party { tokens, head })
}

/// The words of `tokens` as lemmas, each party as one word.
fn mask(p: Parsed<'_>, tokens: TokenRange, source: Option<Party>, target: Option<Party>) -> Vec<String> {
    let holds = |party: Option<Party>, t| party.is_some_and(|party| party.tokens.holds(t));
    let mut out: Vec<String> = Vec::new();
    for t in tokens.iter().filter(|t| !p.word(*t).trim().is_empty()) {
        let word = match (holds(source, t), holds(target, t)) {
            (true, _) => "S".to_owned(),
            (_, true) => "T".to_owned(),
            _ => p.lemma(t).to_lowercase(),
        };
        if !(matches!(word.as_str(), "S" | "T") && out.last() == Some(&word)) {
            out.push(word);
        }
    }
    out
}

fn runs(words: &[String], kind: &str, emit: &mut dyn FnMut(&str)) {
    for n in 1..=LONGEST_RUN {
        for run in words.windows(n) {
            emit(&format!("{kind}{n}:{}", run.join(" ")));
        }
    }
}

/// Words before, between and after the parties.
fn placed(masked: &[String], emit: &mut dyn FnMut(&str)) {
    let at = |party: &str| masked.iter().position(|w| w == party);
    let (Some(s), Some(t)) = (at("S"), at("T")) else { return };
    let order = if s < t { "st" } else { "ts" };
    emit(&format!("order:{order}"));
    let (first, second) = (s.min(t), s.max(t));
    runs(&masked[first + 1..second], &format!("b{order}"), emit);
    runs(&masked[first..=second], "in", emit);
    masked[..first].iter().for_each(|w| emit(&format!("pre:{w}")));
    masked[second + 1..].iter().take(8).for_each(|w| emit(&format!("post:{w}")));
    for word in masked[first + 1..second].iter().filter(|w| w.len() > 4) {
        emit(&format!("stem:{}", word.chars().take(5).collect::<String>()));
    }
}

/// The predicates above a party, with what hangs on them.
fn climb(p: Parsed<'_>, party: Party, name: &str, emit: &mut dyn FnMut(&str)) {
    let mut at = party.head;
    let mut path = String::new();
    for step in 0..STEPS {
        let head = p.head(at);
        if head == at {
            break;
        }
        path.push_str(p.dep(at).name());
        let lemma = p.lemma(head).to_lowercase();
        emit(&format!("up{name}:{path}>{lemma}"));
        if step < 3 {
            emit(&format!("up{name}:{lemma}"));
        }
        if step == 0 {
            surroundings(p, head, name, emit);
        }
        path.push('>');
        at = head;
    }
}

/// Auxiliaries, negation, particle, objects and complements of the predicate `t`.
fn surroundings(p: Parsed<'_>, t: usize, name: &str, emit: &mut dyn FnMut(&str)) {
    let lemma = p.lemma(t).to_lowercase();
    emit(&format!("tag{name}:{}", p.tag(t)));
    for c in kids(p, t) {
        let word = p.lemma(c).to_lowercase();
        match p.dep(c) {
            Dep::Aux | Dep::Neg | Dep::Prt | Dep::Mark | Dep::Auxpass => {
                emit(&format!("k{name}:{}:{}", p.dep(c), p.lower(c)));
            }
            Dep::Dobj | Dep::Xcomp | Dep::Ccomp | Dep::Attr | Dep::Acomp | Dep::Oprd => {
                emit(&format!("k{name}:{}:{word}", p.dep(c)));
                emit(&format!("k{name}:{lemma}:{}:{word}", p.dep(c)));
            }
            Dep::Prep => {
                emit(&format!("k{name}:{lemma}:{}", p.lower(c)));
                if let Some(noun) = kid(p, c, Dep::Pobj) {
                    emit(&format!("k{name}:{}:{}", p.lower(c), p.lemma(noun).to_lowercase()));
                }
            }
            _ => {}
        }
    }
}

/// What the marked words themselves are: a target may be "the decision to leave".
fn own_words(p: Parsed<'_>, party: Party, name: &str, emit: &mut dyn FnMut(&str)) {
    emit(&format!("head{name}:{}", p.lemma(party.head).to_lowercase()));
    emit(&format!("dep{name}:{}", p.dep(party.head)));
    for t in party.tokens.iter().filter(|t| p.pos(*t) != tolmach_document::Pos::Propn) {
        emit(&format!("own{name}:{}", p.lemma(t).to_lowercase()));
    }
}

/// The way from one party to the other through the tree.
fn between(p: Parsed<'_>, source: Party, target: Party, emit: &mut dyn FnMut(&str)) {
    let up = |t: usize| std::iter::once(t).chain(p.ancestors(t).take(12)).collect::<Vec<_>>();
    let (from, to) = (up(source.head), up(target.head));
    let Some(top) = from.iter().find(|t| to.contains(t)).copied() else { return };
    let labels = |way: &[usize], name: bool| {
        let steps = way.iter().take_while(|t| **t != top).skip(1);
        let words = steps.map(|t| if name { p.lemma(*t).to_lowercase() } else { p.dep(*t).name().to_owned() });
        words.collect::<Vec<_>>()
    };
    let lemma = p.lemma(top).to_lowercase();
    let ends = format!("{}|{}", p.dep(source.head), p.dep(target.head));
    emit(&format!("path:{ends}|{}^{}", labels(&from, false).join(">"), labels(&to, false).join(">")));
    emit(&format!("lex:{}^{lemma}^{}", labels(&from, true).join(">"), labels(&to, true).join(">")));
    emit(&format!("top:{lemma}"));
    labels(&from, true).iter().chain(&labels(&to, true)).for_each(|w| emit(&format!("way:{w}")));
    surroundings(p, top, "x", emit);
}

/// What the event lexicon finds, and whether the parties stand in it.
fn coded(
    ctx: Context<'_>,
    tokens: TokenRange,
    source: Option<Party>,
    target: Option<Party>,
    emit: &mut dyn FnMut(&str),
) {
    let so_far = marked(ctx.parsed, source, target);
    let cast = Cast { ctx, so_far: &so_far };
    let mut matcher = Matcher::new(cast);
    for t in tokens.iter() {
        if let Some(found) = matcher.read(t) {
            shown(ctx, &found, source, target, emit);
        }
    }
}

fn shown(
    ctx: Context<'_>,
    found: &Found<'_>,
    source: Option<Party>,
    target: Option<Party>,
    emit: &mut dyn FnMut(&str),
) {
    let ontology = ctx.lexicon.event.ontology();
    let row = found.cameo.and_then(|c| ontology.code(c));
    let composed = row.filter(|_| found.cameo != found.sense.cameo.as_deref());
    let category = composed.map_or(&found.sense.category, |r| &r.category);
    let inside = |heads: &[usize], party: Option<Party>| {
        party.is_some_and(|party| heads.iter().any(|h| party.tokens.holds(*h)))
    };
    let acts = inside(&found.actors, source);
    let suffers = inside(&found.recipients, target);
    let swapped = inside(&found.actors, target) || inside(&found.recipients, source);
    let fit = match (acts, suffers, swapped) {
        (true, true, _) => "both",
        (true, false, _) => "actor",
        (false, true, _) => "recipient",
        (_, _, true) => "swapped",
        _ => "none",
    };
    let held = factuality::of(ctx.parsed, ctx.lexicon, found.trigger, None);
    let sign = if held.positive { "" } else { "not " };
    emit(&format!("code:{fit}:{category}"));
    emit(&format!("code:{fit}:{sign}{category}:{}", held.tense.name()));
    if let Some(cameo) = found.cameo {
        emit(&format!("cameo:{fit}:{cameo}"));
        emit(&format!("cameo:{}", cameo.get(..2).unwrap_or(cameo)));
    }
    emit(&format!("sense:{fit}:{}", found.sense.id));
    emit(&format!("code:{category}"));
}

/// The two parties as the only mentions.
fn marked(p: Parsed<'_>, source: Option<Party>, target: Option<Party>) -> Extraction {
    let mut parties: Vec<Party> = [source, target].into_iter().flatten().collect();
    parties.sort_by_key(|party| party.tokens.start);
    let mut mentions = Table::new();
    for party in parties {
        mentions.push(Mention {
            range: p.span(party.tokens),
            head: party.head,
            kind: EntityKind::Org,
            form: Form::Name,
            entity: Id::<Entity>::new(0),
            rule: RuleId("event.marked"),
        });
    }
    Extraction { mentions, ..Extraction::default() }
}

