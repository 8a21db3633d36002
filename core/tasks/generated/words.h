#pragma once

#include <string>
#include <vector>

namespace circuitloom::generated {

/// Both forms of a noun or of a verb of the present tense: `key`, `keys`; `runs`, `run`.
struct Forms
{
    std::string singular;
    std::string plural;
};

/// Common English words, most of which are one token for tokenizers with large vocabularies.
struct Words
{
    std::vector<std::string> women; ///< given names
    std::vector<std::string> men;
    std::vector<std::string> places;
    std::vector<std::string> objects; ///< they go with the article `a`
    std::vector<Forms> people;
    std::vector<Forms> things;
};

const Words& words();

} // namespace circuitloom::generated
