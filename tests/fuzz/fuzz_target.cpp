#include "tests/fuzz/fuzz_target.h"

#include "core/base/utf8.h"

#include <cstdio>
#include <cstdlib>

namespace circuitloom::fuzz {

namespace {

constexpr std::size_t longest_message = 3000;

} // namespace

void require(bool holds, const char* what)
{
    if (holds)
        return;
    std::fprintf(stderr, "does not hold: %s\n", what);
    std::abort();
}

void require_clear(const InputError& refusal)
{
    const std::string_view message = refusal.what();
    require(message.size() <= longest_message, "a message is short");
    require(is_valid_utf8(message), "a message is UTF-8");
    for (const char byte : message)
        require(static_cast<unsigned char>(byte) >= 0x20 && byte != 0x7F,
            "a message is one line without control characters");
}

bool is_accepted(std::string_view input)
{
    try {
        use_as_file(input);
        return true;
    } catch (const InputError& refusal) {
        require_clear(refusal);
        return false;
    }
}

} // namespace circuitloom::fuzz
