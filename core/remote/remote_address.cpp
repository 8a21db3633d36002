#include "core/remote/remote_address.h"

#include "core/base/error.h"
#include "core/base/utf8.h"

#include <algorithm>
#include <charconv>

namespace circuitloom {

namespace {

constexpr std::string_view scheme = "ssh://";
constexpr std::size_t longest_address = 2000;

[[noreturn]] void refuse(std::string_view text, const std::string& why)
{
    throw InputError("\"" + for_message(text) + "\" is no address: " + why
        + ". It must be as in ssh://user@host/path/run.loom, or ssh://host/~/run.loom from the home "
          "there.");
}

int digit(char letter)
{
    if (letter >= '0' && letter <= '9')
        return letter - '0';
    if (letter >= 'a' && letter <= 'f')
        return letter - 'a' + 10;
    return letter >= 'A' && letter <= 'F' ? letter - 'A' + 10 : -1;
}

std::string unescaped(std::string_view text, std::string_view whole)
{
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] != '%') {
            plain += text[i];
            continue;
        }
        const int high = i + 2 < text.size() ? digit(text[i + 1]) : -1;
        const int low = i + 2 < text.size() ? digit(text[i + 2]) : -1;
        if (high < 0 || low < 0)
            refuse(whole, "after % come two digits, as in %20");
        plain += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return plain;
}

bool is_of_host(char letter)
{
    const auto byte = static_cast<unsigned char>(letter);
    return (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')
        || std::string_view("-._@:+").find(letter) != std::string_view::npos;
}

bool is_control(char letter)
{
    return static_cast<unsigned char>(letter) < 0x20 || letter == 0x7f;
}

// Only what a colon at the end can be.
void split_port(RemoteAddress& address, std::string_view whole)
{
    const std::size_t colon = address.host.rfind(':');
    if (colon == std::string::npos || address.host.find(']', colon) != std::string::npos)
        return;
    const std::string text = address.host.substr(colon + 1);
    const char* end = text.data() + text.size();
    if (std::from_chars(text.data(), end, address.port).ptr != end || text.empty()
        || address.port < 1 || address.port > 65535)
        refuse(whole, "a port is a number from 1 to 65535");
    address.host.resize(colon);
}

} // namespace

bool is_remote_address(std::string_view text)
{
    return text.starts_with(scheme);
}

RemoteAddress parse_remote_address(std::string_view text)
{
    if (!is_remote_address(text))
        refuse(text, "it does not begin with ssh://");
    if (text.size() > longest_address)
        refuse(text, "it is too long");
    const std::string_view rest = text.substr(scheme.size());
    const std::size_t slash = rest.find('/');
    if (slash == std::string_view::npos)
        refuse(text, "the path of the file is missing");
    RemoteAddress address;
    address.host = rest.substr(0, slash);
    split_port(address, text);
    // The brackets of an IPv6 address are not ssh's; what stands in them must hold without them.
    std::erase_if(address.host, [](char letter) { return letter == '[' || letter == ']'; });
    // ssh would take what begins with - for an option.
    if (address.host.empty() || !std::ranges::all_of(address.host, is_of_host)
        || address.host.starts_with('-') || address.host.starts_with('@')
        || address.host.ends_with('@') || address.host.find("@-") != std::string::npos)
        refuse(text, "the host is missing, or has letters that no host has");
    address.path = unescaped(rest.substr(slash), text);
    if (std::ranges::any_of(address.path, is_control))
        refuse(text, "its path has control characters");
    if (address.path.starts_with("/~/"))
        address.path.erase(0, 3);
    if (address.path.empty() || address.path.ends_with('/'))
        refuse(text, "the name of the file is missing");
    return address;
}

std::string text_of(const RemoteAddress& address)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    std::string text(scheme);
    text += address.host.find(':') == std::string::npos
        ? address.host
        : std::string(address.host).insert(address.host.find('@') + 1, "[") + "]";
    if (address.port > 0)
        text += ":" + std::to_string(address.port);
    text += address.path.starts_with('/') ? "" : "/~/";
    for (const char letter : address.path)
        if (const auto byte = static_cast<unsigned char>(letter); letter == '%' || letter == ' ')
            text.append("%").append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
        else
            text += letter;
    return text;
}

std::string file_name_of(const RemoteAddress& address)
{
    return address.path.substr(address.path.rfind('/') + 1);
}

} // namespace circuitloom
