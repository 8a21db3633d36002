#pragma once

#include <QString>
#include <QStringList>

#include <string>
#include <vector>

namespace circuitloom::ui {

/// Some examples of a task or a capability suite as a model reads them.
struct SourcePreview
{
    struct Token
    {
        QString text;
        bool predicts = false; ///< the model's prediction after it is scored
        bool target = false; ///< what is to be predicted
    };
    struct Example
    {
        std::vector<Token> tokens;
        QStringList scored; ///< what is compared, a line for each target
    };

    std::vector<Example> examples; ///< the first few
    QString summary; ///< how many there are, how many of them can be used, and why not the others
    int count = 0; ///< of all examples; 0 where that is not known
    int longest = 0; ///< tokens of the longest example that was looked at
    int targets = 0; ///< of the one that has most, of a task
    QString problem; ///< why it cannot be read; empty where it can
};

/// Previews of a task or a suite. They read files: not for the GUI's thread. Examples are cut to
/// `max_tokens`.
SourcePreview preview_task(const std::string& model, const std::string& source, int max_tokens);
SourcePreview preview_suite(const std::string& model, const std::string& source, int max_tokens);

} // namespace circuitloom::ui
