# What people type daily. `just` lists it; https://just.systems

[private]
default:
    @just --list

# Everything that a commit must pass, quickly: formatting, clippy, tests
check: fmt-check lint test

# Format everything
fmt:
    cargo fmt

[private]
fmt-check:
    cargo fmt --check

# Clippy, as strict as CI
lint:
    cargo clippy --locked --all-targets -- -D warnings

# All tests, or those whose names hold WORDS; nextest where it is installed
test *WORDS:
    @if command -v cargo-nextest >/dev/null; \
        then cargo nextest run --locked {{ WORDS }} && cargo test --locked --doc --quiet; \
        else cargo test --locked {{ WORDS }}; fi

# One room's tests: `just room checklist`
room NAME:
    cargo test --locked --lib {{ NAME }}::

# Look at changed snapshots one by one
review:
    cargo insta review

# Write what of docs/ is made from the program
docs:
    UPDATE_DOCS=1 cargo test --locked --lib reference
    PROVISION_UPDATE_TABLES=1 cargo test --locked --test clients

# The program against the demo org: `just demo plan`
demo *ARGUMENTS:
    cargo run --locked -- --org demo {{ ARGUMENTS }}

# An org on loopback for other programs
emulator *ARGUMENTS:
    cargo run --locked -- emulator {{ ARGUMENTS }}

# Run an example: `just example plan`
example NAME:
    cargo run --locked --example {{ NAME }}

# Dependencies that nobody uses, licences and sources, the oldest Rust
dependencies:
    cargo machete --with-metadata
    cargo deny --locked check bans licenses sources
    scripts/rust-version

# Speed and serial depth
bench:
    cargo bench --profile dist

# What is promised of the program as it is shipped: start-up time, size and memory
measure:
    cargo build --locked --profile dist --bin provision
    scripts/measure

# All that CI runs, half an hour
ci:
    .ci/run
