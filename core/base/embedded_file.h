#pragma once

#include <string_view>

/// Puts a file of resources/ into the program: the assembler copies it into the read-only data
/// between the labels circuitloom_LABEL and circuitloom_LABEL_end, at global scope.
#define CIRCUITLOOM_EMBED(label, file)                                                             \
    __asm__(".section .rodata\n"                                                                   \
            ".balign 64\n"                                                                         \
            ".globl circuitloom_" #label "\n"                                                      \
            ".hidden circuitloom_" #label "\n"                                                     \
            "circuitloom_" #label ":\n"                                                            \
            ".incbin \"" CIRCUITLOOM_RESOURCES "/" file "\"\n"                                     \
            ".globl circuitloom_" #label "_end\n"                                                  \
            ".hidden circuitloom_" #label "_end\n"                                                 \
            "circuitloom_" #label "_end:\n"                                                        \
            ".byte 0\n"                                                                            \
            ".previous\n");                                                                        \
    extern "C" __attribute__((visibility("hidden"))) const char circuitloom_##label[];             \
    extern "C" __attribute__((visibility("hidden"))) const char circuitloom_##label##_end[];

namespace circuitloom {

/// What lies between the two labels.
inline std::string_view embedded_text(const char* begin, const char* end)
{
    return { begin, static_cast<std::size_t>(end - begin) };
}

} // namespace circuitloom
