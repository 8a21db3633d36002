#include "ui/inspector/tried_sentence.h"

#include "ui/base/background.h"
#include "ui/inspector/example_sentence.h"

namespace circuitloom::ui {

TriedSentence::TriedSentence(PanelContext& context, QObject* parent)
    : QObject(parent)
    , context_(context)
{
}

QString TriedSentence::of(const std::string& task)
{
    if (!context_.sentence().isEmpty())
        return context_.sentence();
    const QString name = QString::fromStdString(task);
    if (example_of_ == name)
        return example_;
    example_of_ = name;
    example_.clear();
    failure_.clear();
    in_background(
        this, [task] { return first_sentence(task); },
        [this, name](const QString& sentence) {
            if (example_of_ != name)
                return;
            example_ = sentence;
            Q_EMIT changed();
        },
        [this, name](const QString& sentence) {
            if (example_of_ != name)
                return;
            failure_ = sentence;
            Q_EMIT changed();
        });
    return {};
}

QString TriedSentence::failure() const
{
    return context_.sentence().isEmpty() ? failure_ : QString();
}

void TriedSentence::try_again()
{
    if (failure().isEmpty())
        return;
    example_of_.clear();
    failure_.clear();
    Q_EMIT changed();
}

} // namespace circuitloom::ui
