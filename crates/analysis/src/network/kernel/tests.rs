//! Every path against the portable one: equal to the bit where it promises to be, else but for rounding.

use super::*;
use proptest::prelude::*;

fn numbers(count: usize, seed: u32) -> Vec<f32> {
    let mut state = seed | 1;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 8) as f32 / 8_388_608.0 - 1.0
    };
    (0..count).map(|_| next()).collect()
}

/// `a` and `b` are equal but for the rounding of sums of `terms` products.
fn close(a: &[f32], b: &[f32], terms: usize) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 1e-6 * terms as f32)
}

fn maxout(kernel: Kernel, packed: &Packed<'_, 3>, rows: Rows<'_>) -> Vec<f32> {
    let mut out = vec![0.0; rows.count * packed.outputs() / 3];
    kernel.maxout(packed, rows, &mut out);
    out
}

fn linear<const V: usize>(kernel: Kernel, packed: &Packed<'_, V>, rows: Rows<'_>) -> Vec<f32> {
    let mut out = vec![0.0; rows.count * packed.outputs()];
    kernel.linear(packed, rows, &mut out);
    out
}

/// Quantizes rows of `width` numbers and multiplies, `count` rows of `segments` segments `stride` apart.
fn maxout8(kernel: Kernel, packed: &Packed<'_, 3>, x: &[f32], stride: usize, count: usize) -> Vec<f32> {
    let mut rows = kernel.quantized();
    rows.resize(x.len() / SEGMENT);
    kernel.quantize::<SEGMENT>(x, &mut rows);
    let mut out = vec![0.0; count * packed.outputs() / 3];
    kernel.maxout8(&kernel.pack_maxout(packed), Window { rows: &rows, from: 0, stride, count }, &mut out);
    out
}

fn linear8<const V: usize, const INPUTS: usize>(
    kernel: Kernel,
    packed: &Packed<'_, 2>,
    x: &[f32],
) -> Vec<f32> {
    let count = x.len() / INPUTS;
    let mut rows = kernel.quantized();
    rows.resize(count);
    kernel.quantize::<INPUTS>(x, &mut rows);
    let whole = kernel.pack_linear::<V, 2>(packed);
    let mut out = vec![0.0; count * whole.outputs()];
    kernel.linear8(&whole, Window { rows: &rows, from: 0, stride: 1, count }, &mut out);
    out.chunks_exact(whole.outputs()).flat_map(|row| &row[..packed.outputs()]).copied().collect()
}

proptest! {
    #[test]
    fn all_paths_give_the_same_products(inputs in 1usize..300, rows in 0usize..20, blocks in 1usize..5, seed: u32) {
        let weights = numbers(blocks * 3 * LANES * inputs, seed);
        let bias = numbers(blocks * 3 * LANES, seed ^ 1);
        let packed = Packed::<3>::new(&weights, &bias, inputs).unwrap();
        let x = numbers(rows * 7 + inputs, seed ^ 2);
        let rows = Rows { numbers: &x, stride: 7, count: rows };
        for kernel in Kernel::all() {
            let expected = maxout(Kernel::PORTABLE, &packed, rows);
            prop_assert!(close(&expected, &maxout(kernel, &packed, rows), inputs), "{}", kernel.name());
            let expected = linear(Kernel::PORTABLE, &packed, rows);
            prop_assert!(close(&expected, &linear(kernel, &packed, rows), inputs), "{}", kernel.name());
        }
    }

    #[test]
    fn a_row_does_not_depend_on_its_neighbours(rows in 1usize..14, seed: u32) {
        let (weights, bias) = (numbers(48 * 40, seed), numbers(48, seed ^ 1));
        let x = numbers(rows * 40, seed ^ 2);
        let (two, three) = (Packed::<2>::new(&weights, &bias, 40).unwrap(), Packed::new(&weights, &bias, 40).unwrap());
        for kernel in Kernel::all() {
            let all = Rows { numbers: &x, stride: 40, count: rows };
            let (plain, pieces) = (linear(kernel, &two, all), maxout(kernel, &three, all));
            for row in 0..rows {
                let alone = Rows { numbers: &x[row * 40..], stride: 40, count: 1 };
                prop_assert_eq!(&plain[row * 48..][..48], linear(kernel, &two, alone));
                prop_assert_eq!(&pieces[row * 16..][..16], maxout(kernel, &three, alone));
            }
        }
    }

    #[test]
    fn all_paths_normalize_and_merge_to_the_same_bits(seed: u32) {
        let (scale, shift) = (numbers(96, seed), numbers(96, seed ^ 1));
        let part = |seed: u32| <[f32; 128]>::try_from(numbers(128, seed)).unwrap();
        let (a, b, bias) = (part(seed), part(seed ^ 3), part(seed ^ 4));
        let all = Kernel::all().into_iter().map(|kernel| {
            let mut rows = numbers(96 * 3, seed ^ 2);
            kernel.normalize(&mut rows, &scale, &shift);
            (rows, kernel.merge(&[&a, &b], &bias))
        });
        let all: Vec<_> = all.collect();
        prop_assert!(all.iter().all(|found| *found == all[0]));
    }

    #[test]
    fn whole_numbers_give_the_same_bits_everywhere(
        segments in 1usize..7, rows in 0usize..12, size in -30f32..30.0, seed: u32,
    ) {
        let (weights, bias) = (numbers(96 * segments * SEGMENT, seed), numbers(96, seed ^ 1));
        let packed = Packed::<3>::new(&weights, &bias, segments * SEGMENT).unwrap();
        let x: Vec<f32> = numbers((rows + segments) * SEGMENT, seed ^ 2).iter().map(|x| x * size.exp2()).collect();
        let expected = maxout8(Kernel::PORTABLE, &packed, &x, 1, rows);
        for kernel in Kernel::all() {
            prop_assert_eq!(&expected, &maxout8(kernel, &packed, &x, 1, rows), "{}", kernel.name());
        }
        let fractions = maxout(Kernel::PORTABLE, &packed, Rows { numbers: &x, stride: SEGMENT, count: rows });
        for (whole, fraction) in expected.iter().zip(fractions) {
            let terms = (segments * SEGMENT) as f32;
            prop_assert!((whole - fraction).abs() < terms.sqrt() * size.exp2() * 0.05 + 1e-5, "{whole}, not {fraction}");
        }
    }

    #[test]
    fn whole_numbers_without_maxout_give_the_same_bits_everywhere(rows in 1usize..8, seed: u32) {
        check_linear8::<64>(rows, seed)?;
        check_linear8::<SEGMENT>(rows, seed)?;
    }

    #[test]
    fn finishing_is_the_same_to_the_bit_everywhere(rows in 0usize..5, seed: u32) {
        let norm = [seed, seed ^ 1].map(|seed| <[f32; SEGMENT]>::try_from(numbers(SEGMENT, seed)).unwrap());
        let (given, before) = (numbers(rows * SEGMENT, seed ^ 2), numbers(rows * SEGMENT, seed ^ 3));
        let (weights, bias) = (numbers(48 * SEGMENT, seed ^ 4), numbers(48, seed ^ 5));
        let packed = Packed::<3>::new(&weights, &bias, SEGMENT).unwrap();
        let all = Kernel::all().into_iter().map(|kernel| {
            let (mut x, mut whole) = (given.clone(), kernel.quantized());
            whole.resize(rows);
            kernel.finish(&mut x, &before, [&norm[0], &norm[1]], &mut whole);
            let mut out = vec![0.0; rows * 16];
            let window = Window { rows: &whole, from: 0, stride: 1, count: rows };
            kernel.maxout8(&kernel.pack_maxout(&packed), window, &mut out);
            (x, out)
        });
        let all: Vec<_> = all.collect();
        prop_assert!(all.iter().all(|found| *found == all[0]));
    }
}

fn check_linear8<const INPUTS: usize>(rows: usize, seed: u32) -> Result<(), TestCaseError> {
    let (weights, bias) = (numbers(128 * INPUTS, seed), numbers(128, seed ^ 1));
    let packed = Packed::<2>::new(&weights, &bias, INPUTS).unwrap();
    let x = numbers(rows * INPUTS, seed ^ 2);
    let expected = linear8::<4, INPUTS>(Kernel::PORTABLE, &packed, &x);
    for kernel in Kernel::all() {
        prop_assert_eq!(&expected, &linear8::<4, INPUTS>(kernel, &packed, &x), "{}", kernel.name());
        prop_assert_eq!(&expected, &linear8::<7, INPUTS>(kernel, &packed, &x), "{}", kernel.name());
    }
    let fractions = linear(Kernel::PORTABLE, &packed, Rows { numbers: &x, stride: INPUTS, count: rows });
    prop_assert!(expected.iter().zip(fractions).all(|(whole, fraction)| (whole - fraction).abs() < 0.4));
    Ok(())
}

#[test]
fn normalized_rows_have_mean_zero_and_spread_one() {
    let mut row = numbers(96, 7);
    Kernel::detect().normalize(&mut row, &[1.0; 96], &[0.0; 96]);
    let mean = row.iter().sum::<f32>() / 96.0;
    let spread = row.iter().map(|x| x * x).sum::<f32>() / 96.0;
    assert!(mean.abs() < 1e-6 && (spread - 1.0).abs() < 1e-4, "{mean} {spread}");
}

#[test]
fn rows_of_zeros_and_of_tiny_numbers_stay_finite() {
    let (weights, bias) = (numbers(48 * SEGMENT, 1), numbers(48, 2));
    let packed = Packed::<3>::new(&weights, &bias, SEGMENT).unwrap();
    let expected = maxout(Kernel::PORTABLE, &packed, Rows { numbers: &[0.0; SEGMENT], stride: 0, count: 1 });
    for kernel in Kernel::all() {
        for x in [0.0, 1e-40, -1e-37] {
            let found = maxout8(kernel, &packed, &[x; SEGMENT], 1, 1);
            assert!(close(&expected, &found, 1), "{x} with {}", kernel.name());
        }
    }
}

#[test]
#[should_panic(expected = "hold")]
fn short_input_is_refused() {
    let (weights, bias) = (numbers(16 * 4, 1), numbers(16, 2));
    let packed = Packed::<2>::new(&weights, &bias, 4).unwrap();
    Kernel::detect().linear(&packed, Rows { numbers: &[0.0; 7], stride: 4, count: 2 }, &mut [0.0; 32]);
}
