#include "ui/inspector/example_sentence.h"

#include <QList>

#include <algorithm>

namespace circuitloom::ui {

QString sentence_before_target(const TaskExample& example)
{
    const QString text = QString::fromStdString(example.text);
    if (example.spans.empty())
        return text; // its answer comes after it
    const auto characters = text.toUcs4();
    const auto end = std::clamp<qsizetype>(example.spans.front().start, 0, characters.size());
    QString before
        = QString::fromUcs4(reinterpret_cast<const char32_t*>(characters.constData()), end);
    while (before.endsWith(u' '))
        before.chop(1);
    return before;
}

QString first_sentence(const std::string& task)
{
    const std::vector<TaskExample> examples = load_task(task);
    return examples.empty() ? QString() : sentence_before_target(examples.front());
}

} // namespace circuitloom::ui
