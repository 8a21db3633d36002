#include "ui/tryit/next_words.h"

#include <QCoreApplication>

#include <algorithm>
#include <cmath>
#include <map>

namespace circuitloom::ui {

namespace {

struct Words
{
    Q_DECLARE_TR_FUNCTIONS(NextWords)
};

double greatest_chance(const NextWord& word)
{
    double greatest = 0;
    for (const auto& chance : word.chances)
        greatest = std::max(greatest, chance.value_or(0));
    return greatest;
}

void take_chances(NextWord& word, std::int32_t id, const AskedAnswers& answers)
{
    for (std::size_t i = 0; i < asked_count; ++i)
        if (answers[i] && static_cast<std::size_t>(id) < answers[i]->log_probabilities.size())
            word.chances[i]
                = std::exp(answers[i]->log_probabilities[static_cast<std::size_t>(id)]);
}

} // namespace

std::vector<NextWord> next_words(const AskedAnswers& answers, int most)
{
    std::map<std::int32_t, NextWord> found; // by token
    for (const auto& answer : answers) {
        if (!answer)
            continue;
        for (const TokenChance& chance : answer->likeliest)
            found[chance.id].word = QString::fromStdString(chance.text);
        for (std::size_t i = 0; i < std::min<std::size_t>(2, answer->candidates.size()); ++i) {
            NextWord& word = found[answer->candidates[i].id];
            word.word = QString::fromStdString(answer->candidates[i].text);
            if (word.mark == NextWord::Mark::none)
                word.mark = i == 0 ? NextWord::Mark::target : NextWord::Mark::alternative;
        }
    }
    std::vector<NextWord> words;
    for (auto& [id, word] : found) {
        take_chances(word, id, answers);
        words.push_back(std::move(word));
    }
    std::ranges::stable_sort(words, [](const NextWord& a, const NextWord& b) {
        return greatest_chance(a) > greatest_chance(b);
    });
    std::vector<NextWord> shown;
    for (NextWord& word : words)
        if (word.mark != NextWord::Mark::none || &word - words.data() < most)
            shown.push_back(std::move(word));
    std::ranges::stable_sort(shown, [](const NextWord& a, const NextWord& b) {
        for (std::size_t i = 0; i < asked_count; ++i)
            if (a.chances[i] && b.chances[i] && *a.chances[i] != *b.chances[i])
                return *a.chances[i] > *b.chances[i];
        return false;
    });
    return shown;
}

QString chance_text(double share)
{
    const double percent = 100 * share;
    if (percent >= 9.95)
        return Words::tr("%1 %").arg(std::lround(percent));
    if (percent >= 0.995)
        return Words::tr("%1 %").arg(percent, 0, 'f', 1);
    return percent > 0 && percent < 0.01 ? Words::tr("<0.01 %")
                                         : Words::tr("%1 %").arg(percent, 0, 'f', 2);
}

} // namespace circuitloom::ui
