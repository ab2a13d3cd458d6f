//! Inputs in batches: as many as are there, so that a full folder keeps all cores busy and a slow pipe is
//! answered line by line.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, sync_channel};
use tolmach_host::input::{self, InputError, Item};

/// Most inputs in a batch.
const MOST: usize = 32;

/// What `paths` name, in order, in batches of one or more.
pub fn batches(paths: &[PathBuf], options: &input::Options) -> impl Iterator<Item = Vec<Result<Item, InputError>>> {
    let (send, receive) = sync_channel(MOST);
    let (paths, options) = (paths.to_vec(), options.clone());
    // Not joined: a reader that waits for standard input must not keep a finished program alive.
    std::thread::spawn(move || {
        for item in input::items(&paths, &options) {
            if send.send(item).is_err() {
                break;
            }
        }
    });
    std::iter::from_fn(move || batch(&receive))
}

fn batch(receive: &Receiver<Result<Item, InputError>>) -> Option<Vec<Result<Item, InputError>>> {
    let mut out = vec![receive.recv().ok()?];
    while out.len() < MOST {
        match receive.try_recv() {
            Ok(item) => out.push(item),
            Err(_) => break,
        }
    }
    Some(out)
}
