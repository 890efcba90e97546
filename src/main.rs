//! The `apictl` binary: hands its arguments to the library and exits with its code.

fn main() -> std::process::ExitCode {
    apictl::cli::main(std::env::args_os())
}
