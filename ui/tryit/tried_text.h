#pragma once

#include <QString>

#include <string>
#include <vector>

namespace circuitloom::ui {

/// What models are tried on.
struct TriedText
{
    QString text;
    QString target; ///< a continuation that is always listed; may be empty
    QString alternative; ///< what competes with it; nothing without a target
    bool operator==(const TriedText&) const = default;
};

/// A word as the token that may follow `text`: with a space before it where it begins with a letter
/// or a figure, and the text does not end in a space already.
inline QString word_after(const QString& text, const QString& word)
{
    const bool begins = !word.isEmpty() && word.front().isLetterOrNumber();
    const bool spaced = text.isEmpty() || text.back().isSpace();
    return begins && !spaced ? QLatin1Char(' ') + word : word;
}

/// Target and alternative, as far as they are named, as a question's candidates.
inline std::vector<std::string> candidates_of(const TriedText& tried)
{
    std::vector<std::string> candidates;
    if (tried.target.isEmpty())
        return candidates;
    candidates.push_back(tried.target.toStdString());
    if (!tried.alternative.isEmpty())
        candidates.push_back(tried.alternative.toStdString());
    return candidates;
}

} // namespace circuitloom::ui
