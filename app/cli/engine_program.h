#pragma once

namespace circuitloom {

/// The words of a command line, as main() has them.
using CommandLine = char**;

/// Whether the command needs LibTorch whatever its options are.
bool needs_engine(CommandLine words);

/// Goes on as circuitloom-cli-engine, the program with LibTorch in it, which
/// core/base/program_files.h finds: in the same process and with the same words. LibTorch takes most of a second to load and a gigabyte of addresses, so commands that compute nothing do
/// without it. Throws ResourceError where that program is missing, or where the address space is
/// limited (ulimit -v) to less than LibTorch needs, with which OpenBLAS would wait for ever.
[[noreturn]] void become_engine_program(CommandLine words);

} // namespace circuitloom
