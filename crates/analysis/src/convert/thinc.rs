//! The weights of a component as thinc writes them: nodes with parameters, in breadth-first order.
//!
//! Reads arrays of 32-bit numbers; does not know what the nodes compute.

use crate::error::Error;
use crate::msgpack::{self, Value};

/// An array with its shape.
pub(crate) struct Array {
    pub(crate) shape: Vec<usize>,
    pub(crate) numbers: Vec<f32>,
}

/// The nodes of one component that have parameters.
pub(crate) struct Nodes<'a> {
    file: &'a str,
    nodes: Vec<Node<'a>>,
}

struct Node<'a> {
    name: &'a str,
    attrs: &'a Value<'a>,
    params: &'a Value<'a>,
}

/// Reads the msgpack of a `model` file.
pub(crate) fn read<'a>(file: &str, bytes: &'a [u8]) -> Result<Value<'a>, Error> {
    msgpack::read(bytes).map_err(|error| Error::new(file, error))
}

impl<'a> Nodes<'a> {
    pub(crate) fn new(file: &'a str, value: &'a Value<'a>) -> Result<Self, Error> {
        let list = |name| {
            value.field(name).map(Value::list).ok_or_else(|| Error::new(file, format_args!("no {name}")))
        };
        let (nodes, attrs, params) = (list("nodes")?, list("attrs")?, list("params")?);
        if nodes.len() != params.len() || nodes.len() != attrs.len() {
            return Err(Error::new(file, "nodes, attrs and params differ in number"));
        }
        let mut out = Vec::new();
        for ((node, attrs), params) in nodes.iter().zip(attrs).zip(params) {
            let name = node.field("name").and_then(Value::text);
            let name = name.ok_or_else(|| Error::new(file, "a node without a name"))?;
            out.push(Node { name, attrs, params });
        }
        Ok(Self { file, nodes: out })
    }

    pub(crate) fn error(&self, reason: impl std::fmt::Display) -> Error {
        Error::new(self.file, reason)
    }

    /// The parameter `param` of the `index`th node called `node`, which must have that shape.
    pub(crate) fn array(
        &self,
        node: &str,
        index: usize,
        param: &str,
        shape: &[usize],
    ) -> Result<Vec<f32>, Error> {
        let what = || format!("{node} {index}, {param}");
        let found = self.nodes.iter().filter(|found| found.name == node).nth(index);
        let value = found.and_then(|node| node.params.field(param));
        let value = value.ok_or_else(|| self.error(format_args!("no {}", what())))?;
        let array = read_array(value).ok_or_else(|| self.error(format_args!("cannot read {}", what())))?;
        if array.shape != shape {
            return Err(self.error(format_args!(
                "{}: expected shape {shape:?}, found {:?}",
                what(),
                array.shape
            )));
        }
        if array.numbers.iter().any(|number| !number.is_finite()) {
            return Err(self.error(format_args!("{}: not all numbers are finite", what())));
        }
        Ok(array.numbers)
    }

    /// How many nodes are called `node`.
    pub(crate) fn count(&self, node: &str) -> usize {
        self.nodes.iter().filter(|found| found.name == node).count()
    }

    /// The first dimension of the parameter `param` of the `index`th node called `node`.
    pub(crate) fn first_dimension(&self, node: &str, index: usize, param: &str) -> Option<usize> {
        let found = self.nodes.iter().filter(|found| found.name == node).nth(index)?;
        read_array(found.params.field(param)?)?.shape.first().copied()
    }

    /// The attribute `attr` of the `index`th node called `node`; attributes are msgpack inside msgpack.
    pub(crate) fn attr(&self, node: &str, index: usize, attr: &str) -> Option<Value<'a>> {
        let found = self.nodes.iter().filter(|found| found.name == node).nth(index)?;
        match found.attrs.field(attr)? {
            Value::Bin(bytes) => msgpack::read(bytes).ok(),
            _ => None,
        }
    }
}

fn read_array(value: &Value<'_>) -> Option<Array> {
    if value.field("type")?.text()? != "<f4" {
        return None;
    }
    let shape: Vec<usize> = value.field("shape")?.list().iter().map(Value::int).collect::<Option<_>>()?;
    let Value::Bin(bytes) = value.field("data")? else { return None };
    let numbers: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
    let expected = shape.iter().try_fold(1usize, |product, n| product.checked_mul(*n))?;
    (expected == numbers.len() && bytes.len().is_multiple_of(4)).then_some(Array { shape, numbers })
}
