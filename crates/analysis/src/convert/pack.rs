//! From weights as thinc has them to the order in which the kernel reads them (see [`crate::network::kernel`]).

use crate::convert::Sections;
use crate::convert::thinc::Nodes;
use crate::convert::vectors::Vectors;
use crate::error::Error;
use crate::network::encoder::{COLUMNS, Column, DEPTH, PIECES, WIDTH};
use crate::network::kernel::LANES;
use crate::network::state::{HIDDEN, PART, SCORE_BLOCK};
use crate::tagger;

/// The encoder in `nodes`, below `name`.
pub(crate) fn encoder(
    nodes: &Nodes<'_>,
    vectors: Option<&Vectors>,
    name: &str,
    out: &mut Sections,
) -> Result<(), Error> {
    let columns = nodes.attr("extract_features", 0, "columns").ok_or_else(|| nodes.error("no columns"))?;
    let columns: Vec<&str> = columns.list().iter().filter_map(|column| column.text()).collect();
    if columns.len() > COLUMNS || columns.len() != nodes.count("hashembed") {
        return Err(nodes.error(format_args!("{} embedded columns, {columns:?}", nodes.count("hashembed"))));
    }
    let mut lines = String::new();
    for (index, column) in columns.iter().enumerate() {
        Column::from_name(column).ok_or_else(|| nodes.error(format_args!("unknown column {column}")))?;
        let seed = nodes.attr("hashembed", index, "seed").and_then(|seed| seed.int::<u32>());
        let seed = seed.ok_or_else(|| nodes.error("an embedding without a seed"))?;
        let rows =
            nodes.first_dimension("hashembed", index, "E").ok_or_else(|| nodes.error("no embeddings"))?;
        out.numbers(format!("{name}/table.{index}"), &nodes.array("hashembed", index, "E", &[rows, WIDTH])?);
        lines.push_str(&format!("{column} {seed} {rows}\n"));
    }
    out.text(format!("{name}/columns"), lines);
    let fixed = nodes.count("static_vectors");
    if let Some(vectors) = vectors.filter(|_| fixed == 1) {
        vectors.project(nodes, name, out)?;
    }
    layer(nodes, 0, (columns.len() + fixed) * WIDTH, &format!("{name}/mixer"), out)?;
    if nodes.count("maxout") != DEPTH + 1 {
        return Err(
            nodes.error(format_args!("expected {DEPTH} convolutions, found {}", nodes.count("maxout") - 1))
        );
    }
    (0..DEPTH).try_for_each(|depth| layer(nodes, depth + 1, 3 * WIDTH, &format!("{name}/layer.{depth}"), out))
}

fn layer(
    nodes: &Nodes<'_>,
    index: usize,
    inputs: usize,
    name: &str,
    out: &mut Sections,
) -> Result<(), Error> {
    let weights = nodes.array("maxout", index, "W", &[WIDTH, PIECES, inputs])?;
    let bias = nodes.array("maxout", index, "b", &[WIDTH, PIECES])?;
    // A block of the kernel holds eight outputs: first their first pieces, then their second, then their third.
    let row_at = |at: usize| {
        let (block, piece, lane) = (at / (PIECES * LANES), at / LANES % PIECES, at % LANES);
        Some((block * LANES + lane) * PIECES + piece)
    };
    matrix(name, &weights, &bias, inputs, PIECES * LANES, WIDTH * PIECES, row_at, out);
    out.numbers(format!("{name}.scale"), &nodes.array("layernorm", index, "G", &[WIDTH])?);
    out.numbers(format!("{name}.shift"), &nodes.array("layernorm", index, "b", &[WIDTH])?);
    Ok(())
}

/// The state network of a parser in `nodes`, for `slots` tokens and `actions` actions, below `name`.
pub(crate) fn state(
    nodes: &Nodes<'_>,
    name: &str,
    slots: usize,
    actions: usize,
    out: &mut Sections,
) -> Result<(), Error> {
    // Breadth first, the matrix of scores comes before the one that reduces token vectors.
    let scores = nodes.array("linear", 0, "W", &[actions, HIDDEN])?;
    let bias = nodes.array("linear", 0, "b", &[actions])?;
    linear(&format!("{name}/scores"), &scores, &bias, SCORE_BLOCK, out);
    let reduce = nodes.array("linear", 1, "W", &[HIDDEN, WIDTH])?;
    linear(&format!("{name}/reduce"), &reduce, &nodes.array("linear", 1, "b", &[HIDDEN])?, 2 * LANES, out);

    let weights = nodes.array("precomputable_affine", 0, "W", &[slots, HIDDEN, 2, HIDDEN])?;
    // One piece of all outputs, then the other, so that maxout compares neighbours a constant distance apart.
    let row_at = |at: usize| at / PART * PART + at % HIDDEN * 2 + at % PART / HIDDEN;
    let none = vec![0.0; slots * PART];
    matrix(
        &format!("{name}/slots"),
        &weights,
        &none,
        HIDDEN,
        2 * LANES,
        slots * PART,
        |at| Some(row_at(at)),
        out,
    );
    let missing = nodes.array("precomputable_affine", 0, "pad", &[1, slots, HIDDEN, 2])?;
    let missing: Vec<f32> = (0..slots * PART).map(|at| missing[row_at(at)]).collect();
    out.numbers(format!("{name}/missing"), &missing);
    let bias = nodes.array("precomputable_affine", 0, "b", &[HIDDEN, 2])?;
    let bias: Vec<f32> = (0..PART).map(|at| bias[row_at(at)]).collect();
    out.numbers(format!("{name}/bias"), &bias);
    Ok(())
}

/// The tagger's matrix of scores.
pub(crate) fn tagger(nodes: &Nodes<'_>, tags: usize, out: &mut Sections) -> Result<(), Error> {
    let weights = nodes.array("softmax", 0, "W", &[tags, WIDTH])?;
    let bias = nodes.array("softmax", 0, "b", &[tags])?;
    linear("model/tagger/scores", &weights, &bias, tagger::SCORE_BLOCK, out);
    Ok(())
}

fn linear(name: &str, weights: &[f32], bias: &[f32], block: usize, out: &mut Sections) {
    let inputs = weights.len() / bias.len();
    let outputs = bias.len().next_multiple_of(block);
    matrix(name, weights, bias, inputs, block, outputs, |at| (at < bias.len()).then_some(at), out);
}

/// Packs rows of weights in blocks of `block` outputs; `row_at` says which row is the output at a place, `None`
/// for padding.
#[expect(clippy::too_many_arguments, reason = "the one place where all of them meet")]
fn matrix(
    name: &str,
    weights: &[f32],
    bias: &[f32],
    inputs: usize,
    block: usize,
    outputs: usize,
    row_at: impl Fn(usize) -> Option<usize>,
    out: &mut Sections,
) {
    let mut packed = Vec::with_capacity(inputs * outputs);
    for from in (0..outputs).step_by(block) {
        for input in 0..inputs {
            packed.extend(
                (from..from + block).map(|at| row_at(at).map_or(0.0, |row| weights[row * inputs + input])),
            );
        }
    }
    out.numbers(format!("{name}.weights"), &packed);
    let bias: Vec<f32> = (0..outputs).map(|at| row_at(at).map_or(0.0, |row| bias[row])).collect();
    out.numbers(format!("{name}.bias"), &bias);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::network::kernel::{Kernel, Packed, Rows};
    use crate::network::sample::Dice;

    fn numbers(out: &Sections, name: &str) -> Vec<f32> {
        let (_, bytes) = out.sections.iter().find(|(found, _)| found == name).unwrap();
        bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()
    }

    #[test]
    fn packed_products_are_those_of_the_matrix() {
        let (inputs, outputs) = (20, 50);
        let mut dice = Dice::new(5);
        let (weights, bias, x) =
            (dice.numbers(inputs * outputs), dice.numbers(outputs), dice.numbers(inputs));
        let mut out = Sections::default();
        linear("m", &weights, &bias, 2 * LANES, &mut out);
        let (packed, packed_bias) = (numbers(&out, "m.weights"), numbers(&out, "m.bias"));
        let packed = Packed::<2>::new(&packed, &packed_bias, inputs).unwrap();
        let mut found = vec![0.0; 64];
        Kernel::detect().linear(&packed, Rows { numbers: &x, stride: inputs, count: 1 }, &mut found);
        for output in 0..outputs {
            let row = &weights[output * inputs..][..inputs];
            let expected: f32 = row.iter().zip(&x).map(|(w, x)| w * x).sum::<f32>() + bias[output];
            assert!((found[output] - expected).abs() < 1e-4, "{output}");
        }
        assert_eq!(found[outputs..], [0.0; 14]);
    }
}
