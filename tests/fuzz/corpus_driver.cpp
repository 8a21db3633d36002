// Gives a target every file of its seed corpus, CORPUS/accepted and CORPUS/refused, and checks
// that it is taken or not as the folder says, with no more memory than its size and a bound.

#include "core/formats/input_file.h"
#include "tests/fuzz/fuzz_target.h"

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <malloc.h>
#include <new>
#include <string>

namespace {

/// What is allocated with `new`, now and at most.
std::atomic<std::size_t> allocated = 0;
std::atomic<std::size_t> peak = 0;

/// A seed is small; a vocabulary table for the highest token id is the largest thing it may ask
/// for.
constexpr std::size_t memory_bound = std::size_t{ 192 } << 20;

} // namespace

void* operator new(std::size_t size, const std::nothrow_t&) noexcept
{
    void* memory = std::malloc(size == 0 ? 1 : size);
    const std::size_t now = allocated += malloc_usable_size(memory);
    std::size_t highest = peak;
    while (now > highest && !peak.compare_exchange_weak(highest, now)) { }
    return memory;
}

void* operator new(std::size_t size)
{
    void* memory = operator new(size, std::nothrow);
    if (!memory)
        throw std::bad_alloc();
    return memory;
}

void operator delete(void* memory) noexcept
{
    if (memory)
        allocated -= malloc_usable_size(memory);
    std::free(memory);
}

void operator delete(void* memory, std::size_t) noexcept
{
    operator delete(memory);
}

namespace {

namespace fs = std::filesystem;
using namespace circuitloom;

int check_folder(const fs::path& folder, bool expected)
{
    int failures = 0;
    int files = 0;
    for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
        const std::string input = read_input_file(entry.path(), std::size_t{ 1 } << 20);
        // Where it crashes or hangs, the last name printed is its.
        std::printf("%s\n", entry.path().c_str());
        std::fflush(stdout);
        const std::size_t before = allocated;
        peak = before;
        if (fuzz::is_accepted(input) != expected) {
            std::printf("  should be %s\n", expected ? "accepted" : "refused");
            ++failures;
        }
        if (peak - before > input.size() + memory_bound) {
            std::printf("  took %zu bytes of memory\n", peak - before);
            ++failures;
        }
        ++files;
    }
    fuzz::require(files > 0, "a folder of the corpus has files");
    return failures;
}

} // namespace

int main(int argc, char** argv)
{
    fuzz::require(argc == 2, "one argument, the folder of a corpus");
    const fs::path corpus = argv[1];
    for (const char* part : { "accepted", "refused" })
        if (!fs::is_directory(corpus / part)) {
            std::fprintf(stderr, "%s has no folder %s; give the folder of a corpus.\n", argv[1], part);
            return EXIT_FAILURE;
        }
    return check_folder(corpus / "accepted", true) + check_folder(corpus / "refused", false) == 0
        ? EXIT_SUCCESS
        : EXIT_FAILURE;
}
