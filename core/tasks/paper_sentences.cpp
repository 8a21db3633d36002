#include "core/base/utf8.h"
#include "core/tasks/foreign_tasks.h"
#include "core/tasks/word_pieces.h"

#include <map>

namespace circuitloom {

namespace {

using Pieces = std::vector<WordPiece>;

constexpr std::size_t max_verbs = 1000;
constexpr std::size_t max_sentence = std::size_t{ 1 } << 16;
/// Words to skip, in both sentences together, until they must agree again.
constexpr std::size_t search_window = 32;

std::string read_sentence(const JsonObject& json, const char* field)
{
    std::string sentence = json.text(field);
    if (sentence.size() > max_sentence)
        json.fail(field,
            "has " + std::to_string(sentence.size()) + " bytes; at most "
                + std::to_string(max_sentence) + " are read");
    return sentence;
}

std::vector<std::string> read_verbs(const JsonObject& json, const char* field)
{
    const nlohmann::json& array = json.array(field);
    if (array.empty() || array.size() > max_verbs)
        json.fail(field, "must have 1 to " + std::to_string(max_verbs) + " verbs");
    std::vector<std::string> verbs;
    for (const nlohmann::json& verb : array) {
        if (!verb.is_string() || verb.get_ref<const std::string&>().empty())
            json.fail(field, "must be a list of words");
        verbs.push_back(verb.get<std::string>());
    }
    return verbs;
}

/// Walks through both sentences side by side and finds the listed verbs in order. Other words may
/// differ as well: verbs that are not listed, or spaces that were lost.
class VerbSearch
{
public:
    VerbSearch(const std::string& right, const std::string& wrong)
        : right_text_(right)
        , wrong_text_(wrong)
        , right_(word_pieces(right))
        , wrong_(word_pieces(wrong))
    {
    }

    /// False where the rest of the sentences does not have the verb; the walk then stays.
    bool find(std::string_view right_verb, std::string_view wrong_verb)
    {
        const Place start = place_;
        while (inside(place_)) {
            if (is_verb(place_, right_verb, wrong_verb))
                return true;
            if (same(place_))
                place_ = after(place_);
            else if (!meet_again(right_verb, wrong_verb))
                break;
        }
        place_ = start;
        return false;
    }
    /// The verb that was found, as a target; the walk goes on behind it.
    TaskSpan take()
    {
        const Place found = place_;
        place_ = after(found);
        return span_of(wrong_text_, wrong_, found.wrong, found.wrong + 1,
            std::string(with_space(right_text_, right_, found.right, found.right + 1)));
    }

private:
    struct Place
    {
        std::size_t right = 0;
        std::size_t wrong = 0;
    };

    static Place after(Place place) { return { place.right + 1, place.wrong + 1 }; }
    bool inside(Place place) const
    {
        return place.right < right_.size() && place.wrong < wrong_.size();
    }
    bool same(Place place) const { return right_[place.right].text == wrong_[place.wrong].text; }
    /// The first word is never listed: nothing predicts it.
    bool is_verb(Place place, std::string_view right_verb, std::string_view wrong_verb) const
    {
        return place.right > 0 && place.wrong > 0 && right_[place.right].text == right_verb
            && wrong_[place.wrong].text == wrong_verb;
    }
    /// Moves to the nearest place where the sentences agree or have the verb.
    bool meet_again(std::string_view right_verb, std::string_view wrong_verb)
    {
        for (std::size_t distance = 1; distance <= search_window; ++distance)
            // Nearly as many words in both is likelier than any other.
            for (std::size_t lag = distance % 2; lag <= distance; lag += 2) {
                const std::size_t steps = (distance - lag) / 2;
                for (const Place& step :
                    { Place{ steps, steps + lag }, Place{ steps + lag, steps } }) {
                    const Place next{ place_.right + step.right, place_.wrong + step.wrong };
                    if (inside(next) && (same(next) || is_verb(next, right_verb, wrong_verb))) {
                        place_ = next;
                        return true;
                    }
                }
            }
        return false;
    }

    const std::string& right_text_;
    const std::string& wrong_text_;
    Pieces right_;
    Pieces wrong_;
    Place place_;
};

std::string other_pronoun(const JsonObject& json, const std::string& pronoun)
{
    static const std::map<std::string, std::string> others{ { "he", "she" }, { "she", "he" },
        { "his", "her" }, { "him", "her" }, { "her", "him" }, { "himself", "herself" },
        { "herself", "himself" } };
    if (json.has("anti_pronoun"))
        return json.text("anti_pronoun");
    const auto found = others.find(pronoun);
    if (found == others.end())
        json.fail(
            "pronoun", "is " + pronoun + "; it may be he, she, his, her, him, himself or herself");
    return found->second;
}

} // namespace

ForeignExample read_verb_pair(const JsonObject& json)
{
    const std::string right = read_sentence(json, "clean_text");
    const std::vector<std::string> right_verbs = read_verbs(json, "clean_verbs");
    const std::vector<std::string> wrong_verbs = read_verbs(json, "corr_verbs");
    if (right_verbs.size() != wrong_verbs.size())
        json.fail("corr_verbs",
            "has " + std::to_string(wrong_verbs.size()) + " verbs, but clean_verbs "
                + std::to_string(right_verbs.size()));
    ForeignExample read;
    read.example.text = read_sentence(json, "corr_text");
    VerbSearch search(right, read.example.text);
    for (std::size_t i = 0; i < right_verbs.size(); ++i) {
        if (right_verbs[i] != wrong_verbs[i] && search.find(right_verbs[i], wrong_verbs[i]))
            read.example.spans.push_back(search.take());
        else
            read.left_out.push_back({ json.where() + ", " + for_message(wrong_verbs[i]) + " for "
                    + for_message(right_verbs[i]),
                "the two texts do not have these verbs at one place" });
    }
    return read;
}

ForeignExample read_pronoun_sentence(const JsonObject& json)
{
    ForeignExample read;
    read.example.text = read_sentence(json, "sentence");
    const std::string pronoun = json.text("pronoun");
    const std::string other = other_pronoun(json, pronoun);
    const Pieces pieces = word_pieces(read.example.text);
    const std::int64_t start = json.integer_or("pronoun_start", 0, 0, max_sentence);
    for (std::size_t i = 0; i < pieces.size(); ++i)
        if (pieces[i].text == pronoun && static_cast<std::int64_t>(pieces[i].start) >= start) {
            std::string alternative(with_space(read.example.text, pieces, i, i + 1));
            alternative.replace(alternative.size() - pronoun.size(), pronoun.size(), other);
            read.example.spans.push_back(
                span_of(read.example.text, pieces, i, i + 1, std::move(alternative)));
            return read;
        }
    read.left_out.push_back({ json.where() + ", " + for_message(pronoun),
        "the sentence does not have the pronoun as a word" });
    return read;
}

} // namespace circuitloom
