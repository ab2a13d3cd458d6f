//! Labels of arcs, some of them decorated: `prep||dobj` is a `prep` whose true head is a `dobj` below the head
//! that the parser could give it.

use tolmach_document::Dep;

/// A label and, where the arc was lifted, the label of the true head.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Label {
    pub(crate) dep: Dep,
    pub(crate) lifted_from: Option<Dep>,
}

impl Label {
    /// Reads `dep` or `dep||dep`; the empty label of actions without arcs is a `Dep::None`.
    pub(crate) fn from_name(name: &str) -> Option<Self> {
        match name.split_once("||") {
            Some((dep, head)) => {
                Some(Self { dep: Dep::from_name(dep)?, lifted_from: Some(Dep::from_name(head)?) })
            }
            None => Some(Self { dep: Dep::from_name(name)?, lifted_from: None }),
        }
    }
}
