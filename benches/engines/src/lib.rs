//! One engine a build, behind three exports: `input` gives room for the text, `load` takes it as patterns, `scan` counts
//! what is found in it.

#[cfg(feature = "meta")]
#[path = "meta.rs"]
mod engine;
#[cfg(feature = "rules")]
#[path = "rules.rs"]
mod engine;

use std::cell::RefCell;

thread_local! {
    static INPUT: RefCell<Vec<u8>> = const { RefCell::new(Vec::new()) };
}

/// Where `length` bytes of input are to be written.
#[unsafe(no_mangle)]
pub extern "C" fn input(length: usize) -> *mut u8 {
    INPUT.with_borrow_mut(|input| {
        input.resize(length, 0);
        input.as_mut_ptr()
    })
}

/// Takes the input as patterns, one a line. Returns how many there are.
#[unsafe(no_mangle)]
pub extern "C" fn load() -> usize {
    INPUT.with_borrow(|input| engine::load(&String::from_utf8_lossy(input)))
}

/// How much is found in the input.
#[unsafe(no_mangle)]
pub extern "C" fn scan() -> usize {
    INPUT.with_borrow(|input| engine::scan(input))
}
