#include "core/formats/csv.h"

#include "core/base/error.h"

#include <algorithm>
#include <array>

namespace circuitloom {

namespace {

constexpr std::size_t max_fields = std::size_t{ 1 } << 22;

class Reader
{
public:
    Reader(std::string_view text, char separator, std::string_view origin)
        : text_(text)
        , separator_(separator)
        , origin_(origin)
    {
    }

    bool at_end() const { return position_ == text_.size(); }
    CsvRecord record()
    {
        CsvRecord record{ {}, line_ };
        do {
            if (++fields_ > max_fields)
                fail("the table has more than " + std::to_string(max_fields) + " fields");
            record.fields.push_back(field());
        } while (take(separator_));
        if (!at_end()) {
            ++position_; // the line's end
            ++line_;
        }
        return record;
    }

private:
    [[noreturn]] void fail(const std::string& what) const
    {
        throw InputError(
            std::string(origin_) + ":" + std::to_string(line_) + ": " + what + ".");
    }
    bool take(char wanted)
    {
        const bool there = !at_end() && text_[position_] == wanted;
        position_ += there ? 1 : 0;
        return there;
    }
    bool at_field_end() const
    {
        return at_end() || text_[position_] == separator_ || text_[position_] == '\n';
    }
    std::string field()
    {
        if (take('"'))
            return quoted();
        const std::size_t begin = position_;
        while (!at_field_end())
            ++position_;
        return std::string(text_.substr(begin, position_ - begin));
    }
    std::string quoted()
    {
        const std::size_t first_line = line_;
        std::string value;
        for (;;) {
            if (at_end()) {
                line_ = first_line;
                fail("a field begins with a quote that is never closed");
            }
            const char character = text_[position_++];
            if (character == '"' && !take('"'))
                break;
            line_ += character == '\n' ? 1 : 0;
            value += character;
        }
        if (!at_field_end())
            fail("something follows the quote that closes a field; a quote within one is doubled");
        return value;
    }

    std::string_view text_;
    char separator_;
    std::string_view origin_;
    std::size_t position_ = 0;
    std::size_t line_ = 1;
    std::size_t fields_ = 0;
};

} // namespace

char csv_separator(std::string_view first_line)
{
    constexpr std::array candidates{ ',', '\t', ';' };
    std::array<std::size_t, candidates.size()> counts{};
    bool inside = false;
    for (const char character : first_line) {
        inside ^= character == '"';
        for (std::size_t i = 0; i < candidates.size(); ++i)
            counts[i] += !inside && character == candidates[i] ? 1 : 0;
    }
    return candidates[static_cast<std::size_t>(std::ranges::max_element(counts) - counts.begin())];
}

std::vector<CsvRecord> parse_csv(std::string_view text, char separator, std::string_view origin)
{
    Reader reader(text, separator, origin);
    std::vector<CsvRecord> records;
    while (!reader.at_end()) {
        CsvRecord record = reader.record();
        if (record.fields.size() > 1 || !record.fields.front().empty())
            records.push_back(std::move(record));
    }
    return records;
}

} // namespace circuitloom
