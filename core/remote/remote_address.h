#pragma once

#include <string>
#include <string_view>

namespace circuitloom {

/// A .loom file on another machine, as ssh finds it.
struct RemoteAddress
{
    std::string host; ///< as ssh is given it: `user@host`, or a name of the user's ssh configuration
    int port = 0; ///< 0: as ssh has it
    /// Absolute, or from the user's home there where the address had ~/ before it.
    std::string path;

    bool operator==(const RemoteAddress&) const = default;
};

/// Whether `text` is meant as one: begins with ssh://.
bool is_remote_address(std::string_view text);
/// Reads ssh://[user@]host[:port]/path/run.loom, with ~/ for the home there and %20 for a space.
/// Throws InputError, in a sentence that says what is missing or not allowed.
RemoteAddress parse_remote_address(std::string_view text);
/// The same address, always written the same way.
std::string text_of(const RemoteAddress& address);
/// The last part of its path, as in run.loom.
std::string file_name_of(const RemoteAddress& address);

} // namespace circuitloom
